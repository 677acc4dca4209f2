"""Answers of the last state stay beside those of the latest: what was written down before is made anew."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Makes the table anew."""
    op.drop_table("answers")
    op.execute("DELETE FROM derived WHERE name = 'answers'")
    op.create_table(
        "answers",
        sa.Column("turn", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("name", sa.String(32), primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )
