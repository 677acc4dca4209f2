"""The gate itself: it must refuse what is worse, and count what is right."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from eval.__main__ import worse
from eval.scoring import score

ROOT = Path(__file__).resolve().parent.parent
TEXT = "The guild demanded nine per cent. The board refused."


@pytest.mark.parametrize(
    ("name", "value", "floor", "bad"),
    [
        ("x/moves.f1", 59.9, 60.0, True),
        ("x/moves.f1", 60.0, 60.0, False),
        ("x/moves.f1", 61.0, 60.0, False),
        ("x/dates.median_days", 31, 30, True),
        ("x/dates.median_days", 29, 30, False),
        ("x/unsupported", 1, 0, True),
        ("renaming/talks.rows changed", 1.0, 2.0, False),
        ("bench moves/traps taken", 30.0, 28.0, True),
    ],
)
def test_what_is_worse_is_refused(name: str, value: float, floor: float, bad: bool) -> None:
    assert worse(name, value, floor) is bad


def scored(tmp_path: Path, moves: list[dict[str, object]]) -> float:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "gold").mkdir(exist_ok=True)
    demand = {"party": "Guild", "act": "demands", "issue": "pay", "giver": "Board", "evidence": TEXT[:32]}
    refusal = {"party": "Board", "act": "rejects", "issue": "pay", "evidence": "The board refused", "optional": True}
    gold = {"report": "a.txt", "statements": [], "figures": [], "events": [], "moves": [demand, refusal]}
    (tmp_path / "gold" / "a.json").write_text(json.dumps(gold), "utf-8")
    rows = [{"report": "r", "giver": None, "evidence": {"start": 0, "end": 20}, **m} for m in moves]
    ledger = {"reports": [{"id": "r", "path": "x/a.txt"}], "moves": rows, "statements": [], "figures": [], "events": []}
    return score(json.dumps(ledger), tmp_path / "gold", tmp_path)["moves.f1"]


def test_right_wrong_missed_and_optional_are_told_apart(tmp_path: Path) -> None:
    right = {"party": "Guild", "act": "demands", "issue": "pay"}
    optional = {"party": "Board", "act": "rejects", "issue": "pay", "evidence": {"start": 34, "end": 52}}
    wrong = {"party": "Board", "act": "offers", "issue": "pay"}
    assert scored(tmp_path, [right]) == 100.0
    assert scored(tmp_path, [right, optional]) == 100.0
    assert scored(tmp_path, [right, wrong]) == 66.7
    assert scored(tmp_path, []) == 0.0
    assert scored(tmp_path, [{**right, "giver": "Guild"}]) == 0.0


def test_the_gate_explains_itself_and_lowers_nothing_without_a_reason() -> None:
    run = [sys.executable, "-m", "eval", "--lower", "a/b"]
    refused = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=False)
    assert refused.returncode == 2
    assert "--reason" in refused.stderr


def test_every_floor_is_a_number() -> None:
    floors = json.loads((ROOT / "eval" / "baseline.json").read_text("utf-8"))["floors"]
    assert floors
    assert all(isinstance(v, int | float) for v in floors.values())
