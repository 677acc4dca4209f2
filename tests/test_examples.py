"""The bundled examples: invented, annotated by exact words, and read by the program without a loss."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, get_args

import pytest

from onthetable.case import pack, read_case
from onthetable.gazetteer import countries
from onthetable.model import ACTS, EventType, Kind, Manner, Qualifier, Reading, Status, Ties, When
from onthetable.pipeline import build, read_all
from onthetable.reports import gather

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


# --- read by the program ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def readings() -> tuple[Reading, ...]:
    intake = gather([str(EXAMPLES / "talks")])
    assert not intake.rejected
    return read_all(intake.reports, read_case(EXAMPLES / "case.toml")).readings


@pytest.fixture(scope="module")
def ties(readings: tuple[Reading, ...]) -> Ties:
    return build(readings, read_case(EXAMPLES / "case.toml"))[1]


def test_each_report_is_read_and_says_something(readings: tuple[Reading, ...]) -> None:
    assert len(readings) == len([p for p in REPORTS if p.parent.name == "talks"])
    assert all(r.statements and r.moves and r.figures and r.wordings for r in readings)


def test_every_span_has_the_words_of_its_report(readings: tuple[Reading, ...], ties: Ties) -> None:
    texts = {r.report.id: r.report.text for r in readings}
    for tie in ties.ties:
        for id, span in zip((tie.source, tie.target), tie.evidence, strict=True):
            assert texts[id.split(".")[0]][span.start : span.end] == span.text
    for r in readings:
        for w in r.wordings:
            assert r.report.text[w.span.start : w.span.end] == w.span.text


def test_one_pair_of_reports_is_one_story(readings: tuple[Reading, ...], ties: Ties) -> None:
    names = {r.report.id: Path(r.report.path).name for r in readings}
    pairs = [(names[t.source], names[t.target]) for t in ties.ties if t.kind == "copies"]
    assert pairs == [("04-globebeat-truce.txt", "01-sextant-round-one.txt")]
    assert sorted(map(len, ties.families)) == [1] * (len(readings) - 2) + [2]


def test_one_report_passes_on_what_another_had(readings: tuple[Reading, ...], ties: Ties) -> None:
    names = {r.report.id: Path(r.report.path).name for r in readings}
    pairs = [(names[t.source], names[t.target]) for t in ties.ties if t.kind == "relays"]
    assert pairs == [("08-hillside-analysis.txt", "06-sextant-round-two.txt")]


def test_how_many_soldiers_are_held_is_contradicted(readings: tuple[Reading, ...], ties: Ties) -> None:
    numbers = {f.id: f.low for r in readings for f in r.figures}
    pairs = {frozenset((numbers.get(t.source), numbers.get(t.target))) for t in ties.ties if t.kind == "contradicts"}
    assert frozenset((11, 17)) in pairs


def test_each_side_has_its_own_words(readings: tuple[Reading, ...]) -> None:
    terms = {Path(r.report.path).name[:2]: {w.term for w in r.wordings} for r in readings}
    assert {"gunmen", "hostage"} <= terms["02"]
    assert {"regime", "defenders", "political prisoner", "occupation troop"} <= terms["03"]
    assert not terms["02"] & {"regime", "defenders", "occupation troop"}
    assert not terms["03"] & {"gunmen", "hostage"}


def test_any_order_of_readings_gives_the_same_ties(readings: tuple[Reading, ...], ties: Ties) -> None:
    assert build(readings[::-1], read_case(EXAMPLES / "case.toml"))[1] == ties


def test_the_strike_needs_no_case_file() -> None:
    outcome = read_all(gather([str(EXAMPLES / "strike")]).reports, None)
    case, found = outcome.case, outcome.readings
    assert case.drafted
    assert len(found) == 3
