"""A process of its own that follows a large ledger: it ties what is new, and writes down what the app shows.

So the process that serves pages neither ties nor opens a ledger because of a change. They talk by lines of JSON: the
address of the store first, then one line for each turn, answered by one line when what was written down is there. The
process ends when its input does, and so with the app, however that ends.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from onthetable import answers
from onthetable.errors import OnTheTableError, StoreError
from onthetable.following import Followed
from onthetable.ledger import Ledger
from onthetable.memory import set_apart, uncollected
from onthetable.store import Store, open_store
from onthetable.web import standard

PREPARED = 20_000
"""Reports up to which it is made ready for a change before there is one: of more, that alone takes gigabytes."""
NICE = 10
"""By how much readers come first."""
_START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from onthetable.web.scribe import serve; serve()"


class BrokeOff(StoreError):
    """The process ended by itself, and when it was started once more it did so again."""


class Scribe:
    """The process as the app knows it; it is started when there is something to do. `shown` names the store."""

    def __init__(self, where: str, shown: str) -> None:
        self._where, self._shown = where, shown
        self._process: subprocess.Popen[str] | None = None
        self._closed = False
        self._lock, self._turns = threading.Lock(), threading.Lock()

    def turn(self) -> bool:
        """Has what the store holds tied and written down, and tells whether it could be written down.

        Raises BrokeOff if the process did not survive it twice, and StoreError for what it could not do.
        """
        with self._turns:
            said = self._ask() or self._ask()
        if said is None:
            raise BrokeOff(self._shown, "what makes the ledger ready broke off twice; it is shown as it was")
        if said["error"]:
            raise StoreError(self._shown, said["error"])
        return bool(said["written"])

    def close(self) -> None:
        """Ends the process, whatever it is doing: what it has not written down is made again."""
        with self._lock:
            self._closed = True
            self._end()

    def _end(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                with suppress(OSError):  # what was still to be written has no reader any more
                    if pipe:
                        pipe.close()
            self._process = None

    def _ask(self) -> dict[str, Any] | None:
        """The answer to one turn; None if the process has ended."""
        try:
            process = self._started()
            assert process.stdin
            assert process.stdout
            process.stdin.write("turn\n")
            process.stdin.flush()
            found: dict[str, Any] = json.loads(process.stdout.readline())
        except (OSError, ValueError):  # broken pipes, closed ones, and no line
            return None
        return found

    def _started(self) -> subprocess.Popen[str]:
        with self._lock:
            if self._closed:
                raise OSError
            if not self._process or self._process.poll() is not None:
                self._end()
                self._process = subprocess.Popen(
                    [sys.executable, "-c", _START, json.dumps(sys.path)],
                    stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                )  # fmt: skip
                assert self._process.stdin
                self._process.stdin.write(json.dumps(self._where) + "\n")
            return self._process


class Writing:
    """The work of that process, turn by turn."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._followed = Followed(store)
        self._ledger: Ledger | None = None
        self._state = ""

    @uncollected()
    def turn(self) -> bool:
        """Ties what is new, and writes down answers and standard pages; tells whether they are written down."""
        self._ledger = None
        loaded = self._followed.load()
        state = self._followed.state
        written = self._followed.keep(_pages)
        if written and not self._store.answers(answers.PAGE, state, [standard.plain().key]):
            self._store.answer_also(state, list(_pages(loaded.ledger)))
        self._ledger, self._state = loaded.ledger, state
        return written

    @uncollected()
    def rest(self, waited_for: Callable[[], bool]) -> None:
        """What can come later, as long as nobody waits for another turn: the news, and to be ready for a change."""
        for screen in standard.news(self._ledger) if self._ledger else ():
            if waited_for():
                return
            if self._ledger and not self._store.answers(answers.PAGE, self._state, [screen.key]):
                self._store.answer_also(self._state, list(standard.rows([screen], self._ledger)))
        if self._store.revision()[1] <= PREPARED and not waited_for():
            self._followed.prepare()


def _pages(ledger: Ledger) -> list[answers.Row]:
    return list(standard.rows(standard.standard(ledger), ledger)) if ledger.readings else []


def serve() -> None:
    """The work of that process: turns from standard input, answers to standard output, until there is no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches it too; the one that started it ends it
    said = os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # whatever a library prints is no answer
    if hasattr(os, "nice"):
        os.nice(NICE)
    where = json.loads(sys.stdin.readline())
    turns: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(turns,), daemon=True).start()
    work: Writing | None = None
    while turns.get():
        answer: dict[str, Any] = {"error": "", "written": False}
        try:
            work = work or Writing(open_store(where))
            answer["written"] = work.turn()
        except StoreError as e:
            answer["error"] = e.reason
        except OnTheTableError as e:
            answer["error"] = str(e)
        print(json.dumps(answer), file=said, flush=True)
        set_apart()
        if work and not answer["error"]:
            _rest(work, turns)


def _rest(work: Writing, turns: queue.SimpleQueue[str]) -> None:
    try:
        work.rest(lambda: not turns.empty())
    except OnTheTableError:  # nobody waits for it, and the next turn tells what is wrong
        return


def _listen(turns: queue.SimpleQueue[str]) -> None:
    for line in sys.stdin:
        turns.put(line)
    os._exit(0)
