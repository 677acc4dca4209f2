"""Everything that can go wrong, in one tree.

OnTheTableError
├── InputError            a report that cannot be read: `reason` says why, the run goes on without it
├── CaseError             a case file or issue pack that says something wrong: file, line and field
├── StoreError            a kept ledger that cannot be opened, read or written: where, and why
└── UsageError            the command or call itself makes no sense
"""

from __future__ import annotations


class OnTheTableError(Exception):
    """Base of every error that the program raises on purpose."""


class InputError(OnTheTableError):
    """A report that cannot be read.

    `name` is the path or address as the user gave it; `reason` is one clause in plain words.
    """

    def __init__(self, name: str, reason: str) -> None:
        self.name = name
        self.reason = reason
        super().__init__(f"{name}: {reason}")

    def __reduce__(self) -> tuple[type[InputError], tuple[str, str]]:
        return type(self), (self.name, self.reason)  # workers send it back to the process that started them


class CaseError(OnTheTableError):
    """A case file or issue pack with a mistake; `line` counts from 1 and `field` is a dotted path."""

    def __init__(self, path: str, reason: str, *, line: int | None = None, field: str | None = None) -> None:
        self.path = path
        self.reason = reason
        self.line = line
        self.field = field
        where = path if line is None else f"{path}:{line}"
        super().__init__(f"{where}: {f'{field}: ' if field else ''}{reason}")


class UsageError(OnTheTableError):
    """The command or call itself makes no sense (a date that is none, an unknown format)."""


class StoreError(OnTheTableError):
    """A kept ledger that cannot be opened, read or written; `where` is the file or address as the user gave it."""

    def __init__(self, where: str, reason: str) -> None:
        self.where = where
        self.reason = reason
        super().__init__(f"{where}: {reason}")
