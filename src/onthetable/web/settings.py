"""How the web app is run: which ledger, for whom, and what it lets in."""

from __future__ import annotations

from dataclasses import dataclass, field

from onthetable.web.users import User

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1", "[::1]"})


@dataclass(frozen=True, slots=True)
class Settings:
    """What `create_app` is told.

    `ledger` is a file or a postgresql:// address. Without `users`, whoever has `token` may read and review; with them,
    people log in. `hosts` are the names by which the app may be addressed (against DNS rebinding). `upload` and `files`
    bound what one request may bring, in bytes and files; `burst` and `rate` how many requests a client may make at once
    and a second. `fetch` tells whether addresses may be fetched.
    """

    ledger: str
    token: str | None = None
    users: tuple[User, ...] = ()
    hosts: frozenset[str] = field(default=LOOPBACK)
    upload: int = 32 * 1024 * 1024
    files: int = 200
    burst: int = 240
    rate: float = 60.0
    fetch: bool = True
    timeout: float = 120.0
