"""What compiled code does with strangers' files, in a process that can be ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from onthetable import apart as module
from onthetable.apart import BrokeDown, apart
from onthetable.errors import InputError
from onthetable.processes import OutOfTime


def hold(seconds: float) -> int:
    time.sleep(seconds)
    return os.getpid()


def crash(how: str) -> None:
    print("words that are no answer", flush=True)
    match how:
        case "signal":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "memory":
            bytearray(module.MEMORY + 1)
        case "error":
            raise TypeError(how)
        case "refused":
            raise InputError("a", "is bad")


def test_one_process_is_kept_and_another_one_follows_it() -> None:
    first = apart(60, hold, 0)
    assert first == apart(60, hold, 0) != os.getpid()
    begun = time.monotonic()
    with pytest.raises(OutOfTime):
        apart(0.3, hold, 60)
    assert time.monotonic() - begun < 5
    assert apart(None, hold, 0) not in (first, os.getpid())
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)


@pytest.mark.parametrize("how", ["signal", "memory", "error"])
def test_a_crash_is_told_and_the_next_call_answered(how: str) -> None:
    with pytest.raises(BrokeDown):
        apart(60, crash, how)
    assert apart(60, hold, 0)


def test_refusals_come_back() -> None:
    with pytest.raises(InputError, match="a: is bad"):
        apart(60, crash, "refused")
    before = apart(60, hold, 0)
    assert before == apart(60, hold, 0)


def test_outside_the_main_thread_there_is_a_limit_too() -> None:
    found: list[Any] = []

    def work() -> None:
        try:
            apart(0.2, hold, 60)
        except OutOfTime as e:
            found.append(e)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for t in threads:
        t.start()
    for t in threads:
        t.join(30)
    assert len(found) == 3


def test_a_copy_of_the_process_has_one_of_its_own() -> None:
    ours = apart(60, hold, 0)
    if not (child := os.fork()):
        os._exit(0 if apart(60, hold, 0) != ours else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert apart(60, hold, 0) == ours


@pytest.mark.parametrize("ending", ["", "; os.kill(os.getpid(), 9)"])
def test_it_ends_with_the_program(tmp_path: Path, ending: str) -> None:
    script = f"import os; from onthetable.apart import apart; print(apart(60, os.getpid), flush=True){ending}"
    done = subprocess.run([sys.executable, "-W", "error", "-c", script], capture_output=True, text=True, check=False)
    assert not done.stderr
    child = int(done.stdout)
    for _ in range(100):
        try:
            os.kill(child, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    raise AssertionError("still there")
