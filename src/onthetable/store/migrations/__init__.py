"""How the tables of a kept ledger came to be, step by step (Alembic)."""
