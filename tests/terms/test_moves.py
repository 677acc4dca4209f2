"""Moves: sentences with what they must give, and traps that must give nothing (tests/cases/moves)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from onthetable.case import Case, Party, pack
from onthetable.model import Move, Report
from onthetable.spans.find import find_spans
from onthetable.statements import attribute
from onthetable.terms.discourse import discourse
from onthetable.terms.moves import find_moves
from onthetable.text import digest

CASES = Path(__file__).parent.parent / "cases" / "moves"


def moves_of(text: str, case: Case) -> tuple[Move, ...]:
    report = Report(digest(text)[:12], "test", text, digest(text))
    spans = find_spans(report, case)
    return find_moves(discourse(report, spans, attribute(report, spans), case))


def parties(rows: list[dict[str, Any]]) -> tuple[Party, ...]:
    return tuple(Party(**{k: tuple(v) if isinstance(v, list) else v for k, v in row.items()}) for row in rows)


def sentences() -> Iterator[Any]:
    for path in sorted(CASES.glob("*.toml")):
        talks = tomllib.loads(path.read_text("utf-8"))
        case = Case(path.stem, tuple(pack(name) for name in talks["packs"]), parties(talks["party"]))
        for sentence in talks["sentence"]:
            name = f"{path.stem}: {sentence['rule']}: {sentence['text'][:50]}"
            marks = [pytest.mark.xfail(reason=sentence["xfail"])] if "xfail" in sentence else []
            yield pytest.param(case, sentence, id=name, marks=marks)


def _expected(rows: list[list[str]]) -> set[tuple[str | None, ...]]:
    return {(*row, None)[:4] for row in rows}


@pytest.mark.parametrize(("case", "sentence"), list(sentences()))
def test_the_moves_of_a_sentence(case: Case, sentence: dict[str, Any]) -> None:
    found = moves_of(sentence["text"], case)
    rows = {(m.party, m.act, m.issue, m.giver) for m in found}
    wanted, allowed = _expected(sentence["moves"]), _expected(sentence.get("optional", []))
    assert not wanted - rows, "missed"
    assert not rows - wanted - allowed, "made up"
    if "condition" in sentence:
        assert found[0].condition is not None
        assert found[0].condition.text == sentence["condition"]
    if "when" in sentence:
        assert found[0].when == sentence["when"]


ANSWERS = tomllib.loads((CASES / "answers.toml").read_text("utf-8"))
FERRIES = Case("answers", tuple(pack(name) for name in ANSWERS["packs"]), parties(ANSWERS["party"]))


@pytest.mark.parametrize(
    "text",
    [
        "The union agreed to the pay deal after two days of talks.",
        "The union accepted the pay offer without a ballot.",
        "The union would strike until Friday.",
    ],
)
def test_times_and_what_came_before_are_no_conditions(text: str) -> None:
    (move,) = moves_of(text, FERRIES)
    assert move.condition is None


def test_a_number_measures_the_nearest_of_two_issues() -> None:
    pay, pensions = moves_of("The union demanded a 6 per cent pay rise and a pension guarantee.", FERRIES)
    assert pay.quantity is not None
    assert pensions.quantity is None


def test_a_denied_lower_bound_is_an_upper_one() -> None:
    (move,) = moves_of("The company said it could not offer a pay rise of more than 4 per cent.", FERRIES)
    assert move.quantity is not None
    assert (move.quantity.low, move.quantity.high) == (None, 4)


@pytest.mark.parametrize(
    ("text", "accepting"),
    [
        (
            "The Miners Union has met the Coal Board. The two sides agreed to a truce.",
            ["the Miners Union", "the Coal Board"],
        ),
        ("Army and rebel negotiators signed a pact.", ["Army", "rebel negotiators"]),
        ("Envoys from Vorland and the island republic agreed to a truce.", ["Vorland", "the island republic"]),
        ("A number of carriers accepted the proposal.", ["carriers"]),
    ],
)
def test_each_side_moves_where_anybody_may_be_a_party(text: str, accepting: list[str]) -> None:
    found = [m.party for m in moves_of(text, Case("", open=True)) if m.act == "accepts"]
    assert [name.lower() for name in found] == [name.lower() for name in accepting]


def test_a_decree_is_signed_by_nobody_at_the_table() -> None:
    assert not moves_of("The president signed a decree on fishing.", Case("", open=True))


def test_a_sentence_given_twice_makes_its_moves_once() -> None:
    once = "The union rejected the pay offer that the ferry company had put to it before the summer."
    again = "The union rejected the pay offer, its secretary told a rally in the harbour, and would not vote on it."
    count = len(moves_of(once, FERRIES))
    assert count
    assert len(moves_of(f"{once}\n\nThe ferries ran late.\n\n{once}", FERRIES)) == count
    assert len(moves_of(f"{once}\n\n{again}", FERRIES)) > count
