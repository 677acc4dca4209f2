"""Brings the tables of a ledger up to what this version of the program needs."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from onthetable.errors import StoreError

_LOCK = 0x6F74745F
"""Held while a shared database is brought up, so that two processes do not do it at once."""


def upgrade(engine: Engine, where: str) -> None:
    """All migrations that are missing, in one transaction. Raises StoreError for a ledger of a later version."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    scripts = ScriptDirectory.from_config(config)
    with engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
        if found == scripts.get_current_head():
            return
        if found and found not in {s.revision for s in scripts.walk_revisions()}:
            raise StoreError(where, f"was made by a later version of the program (its tables are {found})")
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()
