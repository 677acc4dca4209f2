"""Runs the migrations over the connection that `onthetable.store.migrate` holds."""

from alembic import context

from onthetable.store.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
context.run_migrations()
