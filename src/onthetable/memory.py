"""Python's cycle collector, kept from looking through a whole ledger again and again: records hold no cycles.

Reading 2,000 stored reports takes half as long without it.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

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


def set_apart() -> None:
    """What there is now is looked through once more and never again; it still goes when nothing holds it any more."""
    gc.collect()
    gc.freeze()
