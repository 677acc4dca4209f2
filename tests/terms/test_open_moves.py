"""Moves where nobody's case is given: what the rules propose of single sentences (tests/cases/open_moves.toml)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from onthetable.annotation import proposed

CASES = Path(__file__).parent.parent / "cases" / "open_moves.toml"
SENTENCES = tomllib.loads(CASES.read_text("utf-8"))["sentence"]


@pytest.mark.parametrize("sentence", SENTENCES, ids=[s["text"][:60] for s in SENTENCES])
def test_what_the_rules_propose(sentence: dict[str, Any]) -> None:
    _, found = proposed(sentence["text"])
    rows = {(m.party, m.act, m.issue) for m in found}
    wanted, allowed = ({tuple(row) for row in sentence.get(k, [])} for k in ("moves", "optional"))
    assert not wanted - rows, "missed"
    assert not rows - wanted - allowed, "made up"


def rows(text: str) -> set[tuple[str, str, str]]:
    return {(m.party, m.act, m.issue) for m in proposed(text)[1]}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Norwegian, Chilean and Kenyan mediators are trying to broker a ceasefire deal.",
            {(who, "mediates", "talks") for who in ("Norwegian", "Chilean", "Kenyan")},
        ),
        (
            "Chilean and Norwegian envoys agreed to extend the ceasefire.",
            {("Chilean", "accepts", "ceasefire"), ("Norwegian", "accepts", "ceasefire")},
        ),
        (
            "Government and rebel negotiators agreed to a ceasefire.",
            {("Government", "accepts", "ceasefire"), ("rebel", "accepts", "ceasefire")},
        ),
        (
            "Envoys from Norway and Chile agreed to a ceasefire.",
            {("Norway", "accepts", "ceasefire"), ("Chile", "accepts", "ceasefire")},
        ),
        (
            "Norway and Chile are at odds over cod. Both countries agreed to suspend the tariffs.",
            {("Norway", "accepts", "tariffs"), ("Chile", "accepts", "tariffs")},
        ),
        (
            "Norway has quarrelled with Chile for a year. The two sides agreed to suspend the tariffs.",
            {("Norway", "accepts", "tariffs"), ("Chile", "accepts", "tariffs")},
        ),
        ("The pair agreed to a ceasefire.", {("The pair", "accepts", "ceasefire")}),
        ("In the ferry dispute the union refused to meet the managers.", {("the union", "rejects", "talks")}),
        ("The dockers rejected the new contract.", {("The dockers", "rejects", "talks")}),
        ("Norway agreed to a truce in the bitter trade war.", {("Norway", "accepts", "tariffs")}),
        ("Norway refused to give up its nuclear weapons.", {("Norway", "rejects", "stockpile")}),
        ("Norway insists on keeping its troops in the valley.", {("Norway", "demands", "withdrawal")}),
        ("Norway offered to lift the tariffs on copper.", {("Norway", "offers", "tariffs")}),
    ],
)  # fmt: skip
def test_moves(text: str, wanted: set[tuple[str, str, str]]) -> None:
    assert wanted <= rows(text)


@pytest.mark.parametrize(
    "text",
    [
        "The museum promised to paint its hall. The mayor refused to buy brushes.",
        "Norway proposed new tariffs on copper, and talks are far off.",
        "The minister offered a glimpse of the draft agreement.",
        "The spokesman declined to detail the proposal.",
        "The pope called for a ceasefire.",
        "Thousands of mourners demanded a ceasefire.",
        "It is time for Norway to accept the deal.",
        "Envoys urged Norway to accept the deal.",
        "Norway will vote on the dates as opposed to the offer.",
        "Norway is expected to reject the deal.",
    ],
)
def test_no_acts_of_giving_or_answering(text: str) -> None:
    assert not [r for r in rows(text) if r[1] in ("offers", "accepts", "rejects")]


@pytest.mark.parametrize("text", ["The pope called for a ceasefire.", "Thousands of mourners demanded a ceasefire."])
def test_outsiders_move_nothing(text: str) -> None:
    assert not rows(text)
