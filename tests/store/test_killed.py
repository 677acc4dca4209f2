"""`read` is killed at random moments: the next run completes the ledger, and it is that of an undisturbed run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("ONTHETABLE_KILLS", "0"))
"""100 for the whole trial, over 500 reports; without it, a dozen over 60."""


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_a_killed_run_is_completed_by_the_next(database: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    server = [] if database == "sqlite" else [request.getfixturevalue("server").address]
    script = [sys.executable, "tests/store/killing.py", str(KILLS or 12), "500" if KILLS else "60", str(tmp_path)]
    done = subprocess.run(
        [*script, *server], cwd=ROOT, env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    print(found)
    assert found["differ"] == found["unsound"] == 0
    assert found["killed"] >= (KILLS or 12) / 2, "most runs must still be at work when they are killed"
    assert len(set(found["reached"])) >= 3, "killed at different moments"
