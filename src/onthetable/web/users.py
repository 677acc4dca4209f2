"""Who may log in, from a TOML file, with hashed passwords.

[[user]]
name = "ida"
role = "reviewer"            # reader or reviewer
password = "scrypt$..."      # made by `onthetable serve --hash-password`
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from onthetable.errors import UsageError

_COST = (2**14, 8, 1)
"""n, r and p of scrypt (RFC 7914): 16 MB and some 50 ms for each try."""
_NOBODY = "scrypt$16384$8$1$AAAAAAAAAAAAAAAAAAAAAA==$" + base64.b64encode(bytes(32)).decode()


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who may log in; a reader looks, a reviewer also corrects and adds."""

    name: str
    role: Literal["reader", "reviewer"]
    password: str


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str
    role: Literal["reader", "reviewer"] = "reader"
    password: str


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")
    user: list[_Row]


def read_users(path: Path) -> tuple[User, ...]:
    """The users of a file. Raises UsageError if it cannot be read or names somebody twice."""
    try:
        rows = _File.model_validate(tomllib.loads(path.read_text("utf-8"))).user
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValidationError) as e:
        raise UsageError(f"--users {path}: {str(e).splitlines()[0]}") from None
    users = tuple(User(r.name, r.role, r.password) for r in rows)
    if not users or len({u.name for u in users}) < len(users):
        raise UsageError(f"--users {path}: expected one [[user]] or more, each name once")
    if any(not u.password.startswith("scrypt$") for u in users):
        raise UsageError(f"--users {path}: a password is not hashed (onthetable serve --hash-password makes a hash)")
    return users


def hashed(password: str) -> str:
    """A password as it is kept: scrypt with a salt of its own."""
    salt = secrets.token_bytes(16)
    n, r, p = _COST
    key = hashlib.scrypt(password.encode(), salt=salt, n=n, r=r, p=p, dklen=32)
    return f"scrypt${n}${r}${p}${base64.b64encode(salt).decode()}${base64.b64encode(key).decode()}"


def known(users: Iterable[User], name: str, password: str) -> User | None:
    """The user of that name and password; it takes as long for a name that nobody has."""
    user = next((u for u in users if u.name == name), None)
    _, n, r, p, salt, key = (user.password if user else _NOBODY).split("$")
    wanted = base64.b64decode(key)
    given = hashlib.scrypt(
        password.encode("utf-8", "replace")[:1024], salt=base64.b64decode(salt), n=int(n), r=int(r), p=int(p), dklen=32
    )
    return user if hmac.compare_digest(given, wanted) and user else None
