"""A process of its own for what compiled code does with strangers' files: it can be ended when it takes too long.

An alarm (`processes.within`) is heard when a call into compiled code returns, and a PDF of two kilobytes can keep one
busy for days. The process is started when it is first needed and kept; it holds no more than `MEMORY`.
"""

from __future__ import annotations

import atexit
import json
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any, TypeVar

from onthetable.errors import OnTheTableError
from onthetable.processes import OutOfTime

T = TypeVar("T")
MEMORY = 4 << 30
"""Most bytes of memory that the process may hold, where the system can limit it."""
_START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from onthetable.apart import serve; serve()"


class BrokeDown(Exception):
    """The process ended by itself: compiled code crashed in it, or it had no memory left."""


class _Worker:
    def __init__(self) -> None:
        self.owner = os.getpid()
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START, json.dumps(sys.path)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        assert self._process.stdout
        self._process.stdout.read(1)  # its start is on nobody's time

    def run(self, seconds: float | None, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        """What a function gives there. Raises OutOfTime, BrokeDown, and what the function raises."""
        late = threading.Event()

        def end() -> None:
            late.set()
            self._process.kill()

        timer = threading.Timer(seconds or threading.TIMEOUT_MAX, end)
        timer.daemon = True
        timer.start()
        try:
            assert self._process.stdin
            assert self._process.stdout
            pickle.dump((function, arguments), self._process.stdin)
            self._process.stdin.flush()
            good, found = pickle.load(self._process.stdout)
        except (OSError, EOFError, pickle.UnpicklingError) as e:
            self.close()
            raise OutOfTime if late.is_set() else BrokeDown from e
        except BaseException:  # an interrupt: what would come next is the answer to this
            self.close()
            raise
        finally:
            timer.cancel()
        if not good:
            raise found
        return found

    @property
    def there(self) -> bool:
        """Whether it is to be had: it runs, and is this process's own and no copy of its parent's."""
        return self.owner == os.getpid() and self._process.poll() is None

    def close(self) -> None:
        """Ends it."""
        if self.owner == os.getpid():
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe:
                    try:
                        pipe.close()
                    except OSError:  # what was still to be written has no reader any more
                        continue


_lock = threading.Lock()
_worker: _Worker | None = None


def apart(seconds: float | None, function: Callable[..., T], *arguments: Any) -> T:
    """What a function of a module gives, called in a process of its own; one call at a time.

    Raises OutOfTime after so many seconds (None or 0 is no limit), BrokeDown if the process did not survive it, and
    whatever OnTheTableError the function raises.
    """
    global _worker
    with _lock:
        if _worker is None or not _worker.there:
            _close()
            _worker = _Worker()
            atexit.register(_close)
        found: T = _worker.run(seconds, function, arguments)
        return found


def _close() -> None:
    global _worker
    if _worker:
        _worker.close()
        atexit.unregister(_close)
        _worker = None


def _after_fork() -> None:
    """A copy of this process leaves the worker to the original, and may have been made while the lock was held."""
    global _lock, _worker
    _lock = threading.Lock()
    _worker = None


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)


def serve() -> None:
    """The work of that process: calls from standard input, answers to standard output, until there is no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches it too; the one that started it ends it
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # whatever a library prints is no answer
    _limit_memory()
    answers.write(b"!")
    answers.flush()
    while True:
        try:
            function, arguments = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        try:
            answer = True, function(*arguments)
        except OnTheTableError as e:
            answer = False, e
        except MemoryError:
            os._exit(1)
        pickle.dump(answer, answers)
        answers.flush()


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # another system
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, most))
