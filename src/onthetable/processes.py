"""How long one report may take, and processes that work side by side."""

from __future__ import annotations

import multiprocessing
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from types import FrameType
from typing import Any

_AGAIN = 5.0
"""Seconds after which the alarm rings again, should a library have swallowed the first one."""


class OutOfTime(BaseException):
    """The time is up. No `Exception`, so that nothing on the way takes it for a mistake and goes on."""


@contextmanager
def within(seconds: float | None) -> Iterator[None]:
    """Raises OutOfTime inside the block once it has run for so many seconds; None or 0 is no limit.

    There is none either where the system has no alarm (Windows) or outside the main thread. A single long call
    into compiled code is interrupted when it returns.
    """
    main = threading.current_thread() is threading.main_thread()
    if not seconds or not main or not hasattr(signal, "SIGALRM"):
        yield
        return
    before = signal.signal(signal.SIGALRM, _ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _ring(number: int, frame: FrameType | None) -> None:
    raise OutOfTime


@contextmanager
def side_by_side(workers: int) -> Iterator[Callable[..., Iterator[Any]]]:
    """`map` over so many processes. If the block fails or is interrupted, they are ended at once and say nothing."""
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(workers, initializer=_leave_interrupts)
    try:
        yield pool.map
    except BaseException:
        for process in set(multiprocessing.active_children()) - others:
            process.terminate()
        _free_feeder(pool)
        pool.shutdown(cancel_futures=True)
        raise
    pool.shutdown()


def _free_feeder(pool: ProcessPoolExecutor) -> None:
    """Close the pipe that the ended processes read, or the thread that fills it may wait for ever.

    The pool does so itself (`Queue._terminate_broken`), but only if it sees them end before it is told to shut down.
    """
    queue: Any = getattr(pool, "_call_queue", None)
    if queue is not None:
        queue._reader.close()


def _leave_interrupts() -> None:
    """Ctrl-C reaches every process of the terminal; the one that started the others ends them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
