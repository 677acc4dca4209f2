"""How long opening one document may take, wherever its bytes come from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from onthetable.apart import BrokeDown, apart
from onthetable.errors import InputError
from onthetable.processes import OutOfTime, within

T = TypeVar("T")
OPENING = 60.0
"""Seconds; the largest file that is taken needs a tenth of it."""


def opened(name: str, read: Callable[..., T], *arguments: Any) -> T:
    """What a function makes of a document. Raises InputError if that takes too long.

    For Python code, which an alarm stops; there is none outside the main thread.
    """
    try:
        with within(OPENING):
            return read(*arguments)
    except OutOfTime:
        raise too_slow(name) from None


def opened_apart(name: str, read: Callable[..., T], *arguments: Any) -> T:
    """The same in a process of its own, for formats that compiled code reads, and for what is large."""
    try:
        return apart(OPENING, read, *arguments)
    except OutOfTime:
        raise too_slow(name) from None
    except BrokeDown:
        raise InputError(name, "cannot be read: what opens it broke down") from None


def too_slow(name: str) -> InputError:
    """The rejection of what takes too long."""
    return InputError(name, f"takes too long to open (more than {OPENING:g} seconds)")
