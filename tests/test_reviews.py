"""What people say of records: it wins over every rebuild, finds its record again, and can be taken back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from tests.conftest import report_of

from onthetable import following, keeping
from onthetable.case import Case, Party, pack
from onthetable.cli import run
from onthetable.errors import UsageError
from onthetable.model import Move, Reading
from onthetable.pipeline import read
from onthetable.reviews import Review, anchor, apply, checked
from onthetable.store import check, open_store

CASE = Case("ferries", (pack("labour"),), (Party("Deckhands' Guild"), Party("Northern Ferries")))
TEXT = "The Deckhands' Guild rejected the pay offer of Northern Ferries on Monday. The Guild demanded a shorter week."


@pytest.fixture(scope="module")
def reading() -> Reading:
    found = read(report_of(TEXT), CASE)
    assert len(found.moves) >= 2
    return found


def said(action: Any, reading: Reading, move: Move, **more: Any) -> Review:
    return Review(action, "Ida", "2026-05-01T08:00:00+00:00", anchor(reading.report, move), **more)


def acts(reading: Reading) -> list[str]:
    return [m.act for m in reading.moves]


def test_rejected_moves_leave_and_undone_reviews_do_nothing(reading: Reading) -> None:
    review = said("reject", reading, reading.moves[0])
    assert apply([reading], [review]).readings[0].moves == reading.moves[1:]
    undo = Review("undo", "Ida", "2026-05-02T08:00:00+00:00", undoes=1)
    assert apply([reading], [review, undo]).readings == (reading,)
    again = Review("undo", "Ida", "2026-05-03T08:00:00+00:00", undoes=2)
    assert apply([reading], [review, undo, again]).readings[0].moves == reading.moves[1:]


def test_accepted_and_edited_moves_are_sure_and_say_by_whom(reading: Reading) -> None:
    first, second = reading.moves[:2]
    reviews = [said("accept", reading, first), said("edit", reading, second, changes=({"act": "offers"},))]
    one, two = apply([reading], reviews).readings[0].moves[:2]
    assert (one.act, one.confidence, one.rule) == (first.act, 1.0, "review:accepted")
    assert (two.act, two.evidence, two.rule) == ("offers", second.evidence, "review:edited")


def test_split_and_merge(reading: Reading) -> None:
    first, second = reading.moves[:2]
    parts = ({"issue": "pay"}, {"issue": "hours", "act": "demands"})
    found = apply([reading], [said("split", reading, first, changes=parts)]).readings[0].moves
    assert [(m.issue, m.id) for m in found[:2]] == [("pay", first.id), ("hours", f"{first.id}b")]
    merged = said("merge", reading, first, other=anchor(reading.report, second))
    done = apply([reading], [merged])
    assert done.readings[0].moves == (first, *reading.moves[2:])
    assert [(c.record, c.number) for c in done.corrections] == [(first.id, 1), (second.id, 1)]


def test_a_review_finds_its_record_after_other_rules_have_read_the_report(reading: Reading) -> None:
    target = reading.moves[-1]
    review = said("edit", reading, target, changes=({"act": "considers"},))
    wider = replace(target, id="other", evidence=reading.report.span(target.evidence.start, len(TEXT)), rule="new")
    again = replace(reading, moves=(*reading.moves[:-1], wider))
    assert acts(apply([again], [review]).readings[0])[-1] == "considers"
    assert acts(apply([again], [review]).readings[0])[:-1] == acts(reading)[:-1]


def test_a_review_without_its_record_is_an_orphan(reading: Reading) -> None:
    review = said("reject", reading, reading.moves[0])
    assert apply([replace(reading, moves=reading.moves[1:])], [review]).orphans == (1,)
    assert apply([], [review]).orphans == (1,)


@pytest.mark.parametrize(
    ("action", "more", "why"),
    [
        ("edit", {}, "one set of changes"),
        ("edit", {"changes": ({"evidence": "x"},)}, "evidence"),
        ("edit", {"changes": ({"act": "shouts"},)}, "act"),
        ("split", {"changes": ({"act": "offers"},)}, "one for each part"),
        ("accept", {"changes": ({"act": "offers"},)}, "changes no field"),
        ("merge", {}, "says the same"),
        ("undo", {"undoes": 1}, "takes back"),
    ],
)
def test_what_cannot_be_is_refused(reading: Reading, action: Any, more: dict[str, Any], why: str) -> None:
    with pytest.raises(UsageError, match=why):
        checked(said(action, reading, reading.moves[0], **more))


def test_a_review_without_a_name_is_refused(reading: Reading) -> None:
    with pytest.raises(UsageError, match="name"):
        checked(replace(said("accept", reading, reading.moves[0]), by=" "))


@pytest.fixture
def ledger(tmp_path: Path) -> str:
    (tmp_path / "ferries.txt").write_text(TEXT, "utf-8")
    where = str(tmp_path / "ferries.db")
    keeping.keep([str(tmp_path / "ferries.txt")], open_store(where, create=True), CASE)
    return where


def test_reviews_on_the_command_line(ledger: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = following.load(open_store(ledger)).ledger.moves()
    assert run(["review", "reject", before[0].id, "--ledger", ledger, "--by", "Ida", "--reason", "told twice"]) == 0
    assert following.load(open_store(ledger)).ledger.moves() == before[1:]
    assert run(["review", "history", "--ledger", ledger]) == 0
    assert "Ida  reject move" in capsys.readouterr().out
    assert run(["review", "undo", "1", "--ledger", ledger]) == 0
    assert following.load(open_store(ledger)).ledger.moves() == before
    assert run(["review", "undo", "9", "--ledger", ledger]) == 2
    assert run(["review", "accept", "nobody.m1", "--ledger", ledger]) == 2


def test_corrections_survive_another_reading(ledger: str) -> None:
    store = open_store(ledger)
    loaded = following.load(store).ledger
    move = loaded.moves()[0]
    store.review(Review("edit", "Ida", "2026-05-01T08:00:00+00:00", anchor(loaded.reports()[0], move),
                        changes=({"act": "considers"},)))  # fmt: skip
    kept = keeping.keep([], store, replace(CASE, name="read again"))
    assert kept.again == 1
    assert following.load(store).ledger.moves()[0].act == "considers"


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE reviews SET data = replace(data, 'Ida', 'Eve') WHERE seq = 1",
        "DELETE FROM reviews WHERE seq = 1",
        "UPDATE reviews SET hash = 'x' WHERE seq = 2",
        "UPDATE reviews SET data = '{' WHERE seq = 2",
    ],
)
def test_a_changed_history_is_found(ledger: str, damage: str) -> None:
    store = open_store(ledger)
    loaded = following.load(store).ledger
    for move in loaded.moves()[:2]:
        store.review(Review("accept", "Ida", "2026-05-01T08:00:00+00:00", anchor(loaded.reports()[0], move)))
    assert not check(store)
    with store.engine.begin() as c:
        c.execute(text(damage))
    assert any(f.where.startswith("review") for f in check(store))
