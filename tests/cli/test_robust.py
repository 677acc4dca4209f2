"""The command as a process of its own: streams that are closed or full, terminals, interrupts."""

import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

TEXT = """Norland offers a truce on the lake

PORT ANNE, March 3, 2026 - Norland offered Sudmark a ceasefire of six weeks on Tuesday, its envoy Maja Brun said.

Sudmark rejected the ceasefire. "Six weeks is a fishing trip," said Jon Vik, a spokesman for the government of Sudmark.
"""
CASE = 'packs = ["peace"]\n[[party]]\nname = "Norland"\n[[party]]\nname = "Sudmark"\n'
COMMAND = f'"{sys.executable}" -c "from onthetable.cli import main; main()"'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "one.txt").write_text(TEXT, "utf-8")
    (tmp_path / "case.toml").write_text(CASE, "utf-8")
    return tmp_path


def shell(line: str, folder: Path) -> tuple[int, str, str]:
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", line.replace("onthetable", COMMAND)],
        cwd=folder, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
    return done.returncode, done.stdout, done.stderr


BRIEF = "onthetable brief reports --case case.toml"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize(
    ("line", "said"),
    [
        (f"{BRIEF} > /dev/full", "standard output: No space left on device"),
        (f"{BRIEF} --out /dev/full", "--out /dev/full: No space left on device"),
        ("onthetable case draft reports > /dev/full", "standard output: No space left on device"),
        ("""echo '{"id": 1, "text": "x"}' | onthetable annotate > /dev/full""", "standard output: No space left"),
        ("onthetable --help > /dev/full", "No space left on device"),
        ("onthetable --version > /dev/full", "No space left on device"),
    ],
)
def test_a_full_disk_is_said_in_one_line(folder: Path, line: str, said: str) -> None:
    status, _, err = shell(line, folder)
    assert status == 3
    assert said in err
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize(
    ("line", "status", "said"),
    [
        (f"{BRIEF} >&-", 3, "standard output is closed"),
        (f"{BRIEF} 2>&-", 0, ""),
        (f"{BRIEF} <&-", 0, ""),
        ("onthetable annotate <&-", 3, "standard input is closed"),
        ("onthetable brief - --case case.toml <&-", 1, "not read: -: nothing on standard input"),
        ("onthetable brief - --case case.toml </dev/null", 1, "not read: -: empty file"),
        (f"{BRIEF} | head -1", 0, ""),
        ("onthetable --help | head -1", 0, ""),
    ],
)
def test_streams_that_are_closed(folder: Path, line: str, status: int, said: str) -> None:
    ended, _, err = shell(line, folder)
    assert (ended, said in err) == (status, True), err
    assert len(err.splitlines()) == bool(said)


def on_terminal(arguments: list[str], folder: Path, **environment: str) -> bytes:
    """What a terminal gets to see, standard error included."""
    main, side = pty.openpty()
    shown = b""
    with subprocess.Popen(
        [sys.executable, "-c", "from onthetable.cli import main; main()", *arguments],
        cwd=folder, stdin=side, stdout=side, stderr=side, env={**os.environ, **environment},
    ):  # fmt: skip
        os.close(side)
        while True:
            try:
                read = os.read(main, 65_536)
            except OSError:  # the other end is closed
                break
            if not read:
                break
            shown += read
    os.close(main)
    return shown


@pytest.mark.parametrize("arguments", [["brief", "reports", "--case", "case.toml"], ["--help"], ["brief", "--nosuch"]])
@pytest.mark.parametrize("environment", [{"TERM": "dumb"}, {"TERM": "xterm-256color", "NO_COLOR": "1"}])
def test_a_terminal_that_wants_none_gets_no_escape(
    folder: Path, arguments: list[str], environment: dict[str, str]
) -> None:
    shown = on_terminal(arguments, folder, **environment)
    assert shown.strip()
    assert b"\x1b" not in shown


def test_another_terminal_gets_colours_and_a_bar(folder: Path) -> None:
    shown = on_terminal(["brief", "reports", "--case", "case.toml"], folder, TERM="xterm-256color", NO_COLOR="")
    assert b"\x1b[" in shown
    assert b"opening" in shown


@pytest.mark.parametrize("workers", ["1", "2"])
def test_an_interrupt_ends_it_quietly(folder: Path, workers: str) -> None:
    for n in range(6):
        (folder / "reports" / f"{n}.txt").write_text("\n\n".join([TEXT, str(n)] * 400), "utf-8")
    command = [sys.executable, "-c", "from onthetable.cli import main; main()", "brief", "reports"]
    with subprocess.Popen(
        [*command, "--workers", workers, "--out", "brief.html"],
        cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    ) as process:  # fmt: skip
        time.sleep(4)
        assert process.poll() is None
        os.killpg(process.pid, signal.SIGINT)  # as Ctrl-C does: to every process of the group
        try:
            out, err = process.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    assert (process.returncode, out, err) == (130, b"", b"")
    assert not list(folder.glob("*brief.html*"))
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)
