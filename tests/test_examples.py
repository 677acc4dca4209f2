"""The bundled examples: invented, annotated by exact words, and read by the program without a loss."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, get_args

import pytest

from onthetable.case import pack, read_case
from onthetable.gazetteer import countries
from onthetable.model import ACTS, EventType, Kind, Manner, Qualifier, Status, When

EXAMPLES = Path(__file__).parents[1] / "examples"
REPORTS = sorted([*EXAMPLES.glob("talks/*.txt"), *EXAMPLES.glob("talks/*.html"), *EXAMPLES.glob("strike/*.txt")])
GOLD = sorted(EXAMPLES.glob("gold/*.json"))
ISSUES = {issue.id for issue in pack("peace").issues}


def gold(path: Path) -> tuple[dict[str, Any], str]:
    annotations = json.loads(path.read_text("utf-8"))
    return annotations, (EXAMPLES / "talks" / annotations["report"]).read_text("utf-8")


def test_there_are_two_talks_of_several_reports() -> None:
    assert len(REPORTS) >= 10
    assert len([p for p in REPORTS if p.parent.name == "strike"]) >= 3


@pytest.mark.parametrize("path", REPORTS, ids=lambda p: p.name)
def test_no_state_that_exists_takes_part(path: Path) -> None:
    words = set(re.findall(r"[A-Z]\w+", path.read_text("utf-8")))
    states = {n for c in countries() for n in (c.name, *c.peoples, *c.capitals) if " " not in n}
    assert not words & states


def test_the_case_file_is_right() -> None:
    case = read_case(EXAMPLES / "case.toml")
    assert [p.name for p in case.parties] == ["Sorvana", "Tolmera League", "Pelland", "Quillon"]
    assert not case.drafted


@pytest.mark.parametrize("path", GOLD, ids=lambda p: p.stem)
def test_every_annotation_is_in_the_words_of_its_report(path: Path) -> None:
    annotations, text = gold(path)
    words = [*annotations["boilerplate"]]
    words += [s[key] for s in annotations["statements"] for key in ("content", "source")]
    for kind in ("moves", "proposals", "figures", "events"):
        words += [x["evidence"] for x in annotations[kind]]
    words += [m["condition"] for m in annotations["moves"] if "condition" in m]
    assert not [w for w in words if w not in text]


@pytest.mark.parametrize("path", GOLD, ids=lambda p: p.stem)
def test_annotations_use_the_words_of_the_guide(path: Path) -> None:
    annotations, _ = gold(path)
    used = {
        **{("act", m["act"]): ACTS for m in annotations["moves"]},
        **{("when", m["when"]): get_args(When) for m in annotations["moves"]},
        **{("issue", m["issue"]): ISSUES for m in annotations["moves"]},
        **{("issue", t["issue"]): ISSUES for p in annotations["proposals"] for t in p["terms"]},
        **{("status", p["status"]): get_args(Status) for p in annotations["proposals"]},
        **{("kind", s["kind"]): get_args(Kind) for s in annotations["statements"]},
        **{("manner", s["manner"]): get_args(Manner) for s in annotations["statements"]},
        **{("qualifier", f["qualifier"]): get_args(Qualifier) for f in annotations["figures"]},
        **{("type", e["type"]): get_args(EventType) for e in annotations["events"]},
    }
    assert not [(field, value) for (field, value), allowed in used.items() if value not in allowed]


def test_enough_of_the_examples_is_annotated() -> None:
    assert len(GOLD) >= 6
