"""What is told of other days or places is not the same; what can be done but once excludes the other account."""

from __future__ import annotations

from datetime import date

import pytest

from onthetable.case import Case, Party, pack
from onthetable.model import Reading, Report, Ties
from onthetable.pipeline import build, read
from onthetable.text import digest

CASE = Case(
    "ferries",
    (pack("labour"), pack("peace")),
    (Party("Deckhands' Guild", people=("Ida Rook",)), Party("Northern Ferries", people=("Tom Vale", "Una Birch"))),
)


def told(text: str, day: int, outlet: str) -> Reading:
    sha = digest(text)
    return read(Report(sha[:12], "-", text, sha, outlet=outlet, dated=date(2026, 3, day)), CASE)


def between(a: str, b: str) -> tuple[Ties, set[str]]:
    ties = build((told(a, 12, "Quay Post"), told(b, 13, "Meridian")), CASE)[1]
    return ties, {t.kind for t in ties.ties}


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (
            "The Deckhands' Guild and Northern Ferries initialled a deal on pay and night shifts on Monday.",
            "The Deckhands' Guild and Northern Ferries initialled a deal on pay and night shifts on Wednesday.",
        ),
        (
            "The strike of the Deckhands' Guild over night shifts began on Monday, March 9.",
            "The strike of the Deckhands' Guild over night shifts began on Wednesday, March 11.",
        ),
    ],
)
def test_what_is_done_once_cannot_have_been_done_on_two_days(a: str, b: str) -> None:
    ties, kinds = between(a, b)
    assert "contradicts" in kinds
    assert not ties.same


def test_what_may_happen_again_is_two_things_and_no_contradiction() -> None:
    a = "Ida Rook said on Monday that forty deckhands of the night boats had blocked the pier."
    ties, kinds = between(a, a.replace("Monday", "Wednesday"))
    assert not ties.same
    assert "contradicts" not in kinds


def test_other_places_are_other_things() -> None:
    a = "Seven deckhands were hurt by a loose cable in Halse on Wednesday, the police said."
    assert not between(a, a.replace("Halse", "Orsk"))[0].same


def test_one_quotation_given_to_two_speakers_is_a_contradiction() -> None:
    a = '"There is not a penny left in the till," Tom Vale said on Wednesday.'
    ties, kinds = between(a, a.replace("Tom Vale", "Una Birch"))
    assert "contradicts" in kinds
    assert not ties.same


def test_one_offer_told_with_two_numbers_is_a_contradiction() -> None:
    a = "Northern Ferries offered the deckhands a pay rise of 4 per cent on Wednesday."
    assert "contradicts" in between(a, a.replace("4 per cent", "6 per cent"))[1]
