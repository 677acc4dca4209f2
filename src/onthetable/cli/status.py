"""Exit statuses, and what is said of an error."""

from __future__ import annotations

from onthetable.errors import CaseError, OnTheTableError, UsageError

DONE, SOME_REJECTED, WRONG_USAGE, COULD_NOT = 0, 1, 2, 3
INTERRUPTED = 130

_REPORT_IT = "This is a mistake in the program: please report it with what `onthetable --debug COMMAND ...` shows."


def status_of(e: Exception) -> int:
    """The exit status that an error ends the program with."""
    return WRONG_USAGE if isinstance(e, UsageError | CaseError) else COULD_NOT


def reason(e: Exception) -> str:
    """An error in one line."""
    if isinstance(e, OSError) and e.strerror:
        return f"{e.filename}: {e.strerror}" if e.filename else e.strerror
    return str(e) if isinstance(e, OnTheTableError) else f"unexpected {type(e).__name__}: {e}. {_REPORT_IT}"
