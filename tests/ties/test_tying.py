"""Reports that come one by one, in any order and again with other findings, are tied as if all had come at once."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

import pytest
from eval.newsroom import case, newsroom
from tests.ties import wire

from onthetable.case import Anchor, Case, Party, pack
from onthetable.ledger import Ledger
from onthetable.model import Reading, Report
from onthetable.pipeline import build, read
from onthetable.text import digest
from onthetable.ties import Tying, claims, copies, dating, tie
from onthetable.ties.claims import find_claims

TALKS = replace(case(), anchors=(Anchor(dt.date(2023, 12, 1), None, ("the war began",)),))
FERRIES = Case(
    "ferries",
    (pack("labour"),),
    (
        Party("Solund Lines", "principal", ("the company",), ("Ragna Thoresen",), ()),
        Party("Stewards' Guild", "principal", ("the guild",), ("Odd Brekke",), ()),
    ),
)
READINGS = newsroom(100)
WHOLE = tie(READINGS, TALKS)


def test_the_readings_have_what_ties_are_made_of() -> None:
    """Otherwise the next test proves nothing."""
    assert {t.kind for t in WHOLE.ties} == {"copies", "relays", "corroborates", "contradicts"}
    assert WHOLE.same
    assert any(len(f) > 2 for f in WHOLE.families)
    assert any(r.report.dated is None for r in READINGS)


@pytest.mark.parametrize("seed", range(3))
def test_any_order_and_any_second_reading_comes_to_the_same(seed: int) -> None:
    rng = random.Random(seed)
    order = rng.sample(READINGS, len(READINGS))
    tying = Tying(TALKS)
    while order:
        batch, order = order[: (size := rng.choice((1, 1, 2, 7)))], order[size:]
        tying.put(batch)
        again = [_otherwise(r) for r in batch if rng.random() < 0.3]
        tying.put(again)
        tying.put(r for r in batch if r.report.id in {a.report.id for a in again})
    assert tying.ties() == WHOLE


def test_so_it_is_where_a_count_of_the_dead_is_seen_by_its_neighbours_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dating, "_NEIGHBOURS", 2)
    whole = tie(READINGS, TALKS)
    assert whole.published != WHOLE.published
    tying = Tying(TALKS)
    for reading in random.Random(7).sample(READINGS, len(READINGS)):
        tying.put([reading])
        if reading.report.id < "2":
            tying.put([_otherwise(reading)])
            tying.put([reading])
    assert tying.ties() == whole


@pytest.mark.parametrize("few", [1, 7])
def test_so_it_is_however_few_are_judged_and_compared_at_a_time(monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    monkeypatch.setattr(claims, "AT_ONCE", few)
    monkeypatch.setattr(copies, "HELD", few)
    assert tie(READINGS, TALKS) == WHOLE
    tying = Tying(TALKS, READINGS[:60])
    tying.put(READINGS[60:])
    assert tying.ties() == WHOLE


@pytest.mark.parametrize("few", [1, 7])
def test_so_it_is_whatever_comes_first_of_those_that_are_judged(monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    whole = find_claims(READINGS)
    monkeypatch.setattr(claims, "AT_ONCE", few)
    assert find_claims(random.Random(few).sample(READINGS, len(READINGS))) == whole


def test_a_correction_counts_at_once() -> None:
    corrected = [_otherwise(r) if n % 5 == 0 else r for n, r in enumerate(READINGS)]
    tying = Tying(TALKS, READINGS)
    tying.put(r for n, r in enumerate(corrected) if n % 5 == 0)
    assert tying.ties() == tie(corrected, TALKS) != WHOLE


def _otherwise(r: Reading) -> Reading:
    return replace(r, moves=r.moves[1:], statements=r.statements[:-1], figures=r.figures[1:])


def test_what_a_report_merges_stays_two_stories_and_each_part_is_of_its_own() -> None:
    def out(text: str, outlet: str, day: int) -> Reading:
        sha = digest(text)
        return read(Report(sha[:12], "-", text, sha, outlet=outlet, dated=dt.date(2026, 4, day)), FERRIES)

    monday, march, merged = (
        out(wire.MONDAY, "Sund Agency", 13), out(wire.MARCH, "Sund Agency", 13), out(wire.MERGED, "Vardal Post", 14),
    )  # fmt: skip
    ledger = Ledger(FERRIES, *build((monday, march, merged), FERRIES))
    assert all(len(family) == 1 for family in ledger.ties.families)
    assert {(t.kind, t.source, t.target) for t in ledger.ties.ties} == {
        ("copies", merged.report.id, monday.report.id), ("copies", merged.report.id, march.report.id),
    }  # fmt: skip
    again = [c for c in ledger.claims() if c.reports > 1]
    assert again
    assert all(c.origins == 1 for c in again)
