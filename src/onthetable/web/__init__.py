"""The web app: the state of play of a kept ledger, in a browser on this machine.

Routes read a ledger through `Desk` and write through `keeping` and `Store` alone. Pages are made of the same parts as
the dossier; nothing on them needs JavaScript, and no request leaves the machine but to an address that a user gives.
"""

from onthetable.web.app import create_app
from onthetable.web.settings import Settings
from onthetable.web.users import User, hashed, read_users

__all__ = ["Settings", "User", "create_app", "hashed", "read_users"]
