"""What a large ledger takes: small sets that are equal are held once, and the cycle collector leaves records alone.

Records hold no cycles, and the collector would look through all of them again and again: reading 2,000 stored reports
takes half as long without it.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Hashable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import TypeVar

T = TypeVar("T", bound=Hashable)
SETS = 50_000
"""Sets that are known at a time."""
_LOCK = threading.Lock()
_inside = 0
_was_on = True


@contextmanager
def uncollected() -> Iterator[None]:
    """The collector is off inside, for all threads, and as it was before once the last of them has left."""
    global _inside, _was_on
    with _LOCK:
        if not _inside:
            _was_on = gc.isenabled()
            gc.disable()
        _inside += 1
    try:
        yield
    finally:
        with _LOCK:
            _inside -= 1
            if not _inside and _was_on:
                gc.enable()


@lru_cache(SETS)
def _one(items: frozenset[T]) -> frozenset[T]:
    return items


def shared(items: Iterable[T]) -> frozenset[T]:
    """A set of a few things, the same object as one before that is equal, mostly."""
    return _one(frozenset(items))


def set_apart() -> None:
    """What there is now is looked through once more and never again; it still goes when nothing holds it any more."""
    gc.collect()
    gc.freeze()
