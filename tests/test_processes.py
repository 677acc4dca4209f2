"""Time limits and worker processes."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from onthetable.errors import InputError
from onthetable.pipeline import parse_within, read_all
from onthetable.processes import OutOfTime, side_by_side, within
from onthetable.reports import make_report
from onthetable.tree import Tree

SENTENCE = "Norland offered Sudmark a ceasefire of six weeks on Tuesday, its envoy Maja Brun said in Port Anne. "


def spin() -> None:
    while True:
        try:
            time.sleep(0.01)
        except Exception:  # what a library may do with anything that goes wrong inside it
            continue


def swallow() -> None:
    with suppress(OutOfTime):  # as where the alarm rings while the collector tells that it is at work
        spin()
    spin()


@pytest.mark.parametrize("work", [spin, lambda: time.sleep(30), swallow])
def test_the_time_is_up(work: Callable[[], None]) -> None:
    begun = time.monotonic()
    with pytest.raises(OutOfTime), within(0.1):
        work()
    assert time.monotonic() - begun < 2
    time.sleep(0.15)  # and no alarm rings afterwards


@pytest.mark.parametrize("limit", [None, 0, 5])
def test_there_is_time(limit: float | None) -> None:
    with within(limit):
        time.sleep(0.01)


def test_outside_the_main_thread_there_is_no_limit() -> None:
    done = []

    def work() -> None:
        with within(0.01):
            time.sleep(0.05)
        done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]


def test_a_report_that_takes_too_long_to_parse_is_named() -> None:
    short = make_report(SENTENCE, "short.txt")
    assert isinstance(parse_within(short, 60), Tree)
    found = parse_within(make_report(SENTENCE * 2_000, "long.txt"), 0.3)
    assert isinstance(found, InputError)
    assert str(found) == "long.txt: takes too long (more than 0.3 seconds)"


@pytest.mark.parametrize("workers", [1, 2])
def test_the_others_are_read(workers: int) -> None:
    reports = [make_report(SENTENCE, "short.txt"), make_report(SENTENCE * 4_000, "long.txt")]
    steps: list[tuple[int, int]] = []
    outcome = read_all(reports, None, workers=workers, timeout=1.5, progress=lambda *step: steps.append(step))
    assert [e.name for e in outcome.rejected] == ["long.txt"]
    assert [r.report.path for r in outcome.readings] == ["short.txt"]
    assert steps == [(n, 4) for n in (1, 2, 3, 4)]


def test_a_failure_ends_the_workers() -> None:
    begun = time.monotonic()
    with pytest.raises(TypeError), side_by_side(2, 9) as run:  # one fails at once, the other has begun to sleep
        list(run(time.sleep, ["soon", 30]))
    assert time.monotonic() - begun < 10


MUCH_WAITING = """
import time
from onthetable.processes import side_by_side

def slow(item: bytes) -> int:
    time.sleep(60)
    return len(item)

try:
    with side_by_side(2, 9) as map_:
        found = map_(slow, [bytes(5_000_000)] * 8)
        time.sleep(1)
        raise KeyboardInterrupt
except KeyboardInterrupt:
    print("ended")
"""


def test_an_interrupted_block_ends_though_more_waits_than_a_pipe_holds(tmp_path: Path) -> None:
    script = tmp_path / "much.py"
    script.write_text(MUCH_WAITING, "utf-8")
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=30, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "ended\n", "")
