"""How long one report may take, and processes that work side by side: on this machine, or on a Ray cluster."""

from __future__ import annotations

import importlib
import multiprocessing
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from types import FrameType
from typing import Any

from onthetable.errors import OnTheTableError

AHEAD = 4
"""Pieces of work that wait for each processor of a cluster."""
_AGAIN = 5.0
"""Seconds at most after which the alarm rings again, should something have swallowed the first one."""


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
    signal.setitimer(signal.ITIMER_REAL, seconds, min(seconds, _AGAIN))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _ring(number: int, frame: FrameType | None) -> None:
    raise OutOfTime


Progress = Callable[[str, int, int], None]
"""Called with what is being done ("opening", "reading"), how many are done, and of how many."""
Workers = int | str
"""How many processes of this machine; or "ray" for a Ray of its own, or the ray:// address of a cluster."""


def several(workers: Workers, count: int) -> bool:
    """Whether so many pieces of work are worth other processes."""
    return count > 1 and (isinstance(workers, str) or workers > 1)


@contextmanager
def side_by_side(workers: Workers, count: int) -> Iterator[Callable[..., Iterator[Any]]]:
    """`map` over processes, no more than `count`. If the block fails, they are ended at once and say nothing.

    Raises OnTheTableError if Ray is asked for and not installed, or cannot be reached.
    """
    if isinstance(workers, str):
        with _on_ray(workers) as run:
            yield run
        return
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(min(workers, count), initializer=_leave_interrupts)
    try:
        yield pool.map
    except BaseException:
        for process in set(multiprocessing.active_children()) - others:
            process.terminate()
        _free_feeder(pool)
        pool.shutdown(cancel_futures=True)
        raise
    pool.shutdown()


@contextmanager
def _on_ray(address: str) -> Iterator[Callable[..., Iterator[Any]]]:
    """The same over the workers of a Ray cluster; results come in the order of the work, a few waiting at a time."""
    try:
        ray: Any = importlib.import_module("ray")
    except ImportError:
        raise OnTheTableError("--workers ray needs Ray: pip install 'onthetable[ray]'") from None
    try:
        ray.init(None if address == "ray" else address, include_dashboard=False, log_to_driver=False,
                 logging_level="error", ignore_reinit_error=True)  # fmt: skip
    except (ConnectionError, RuntimeError, ValueError) as e:
        raise OnTheTableError(f"--workers {address}: no Ray there ({str(e).splitlines()[0][:120]})") from None
    waiting = max(2, int(ray.cluster_resources().get("CPU", 1))) * AHEAD

    @ray.remote  # type: ignore[untyped-decorator]
    def call(function: Callable[..., Any], *arguments: Any) -> Any:
        return function(*arguments)

    def run(function: Callable[..., Any], *work: Iterable[Any]) -> Iterator[Any]:
        pending: deque[Any] = deque()
        for arguments in zip(*work, strict=True):
            pending.append(call.remote(function, *arguments))
            if len(pending) >= waiting:
                yield ray.get(pending.popleft())
        while pending:
            yield ray.get(pending.popleft())

    try:
        yield run
    finally:
        ray.shutdown()


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
