"""Readers of a ledger that takes long to make have it as it was, and then everything of the new one at once."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

from onthetable import following
from onthetable.ledger import Ledger
from onthetable.reviews import Review, anchor
from onthetable.store import open_store
from onthetable.web import desk as module
from onthetable.web.desk import Desk


@pytest.fixture
def desk(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """One to which every ledger takes long."""
    monkeypatch.setattr(module, "QUICK", -1.0)
    made = Desk(str(ledger))
    yield made
    made.close()


def reject_the_first(desk: Desk) -> str:
    """Somebody else rejects the first move; its id."""
    with open_store(desk.store.where) as store:
        ledger = following.load(store).ledger
        move = ledger.moves()[0]
        store.review(Review("reject", "Ada", "2026-01-01T00:00:00Z", anchor(ledger.report(move.report), move)))
    return move.id


def ids(ledger: Ledger) -> tuple[str, ...]:
    return tuple(m.id for m in ledger.moves())


def test_readers_have_the_old_one_until_the_new_one_is_whole(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    go = threading.Event()
    load = desk._followed.load

    def slow() -> following.Loaded:
        assert go.wait(30)
        return load()

    before = desk.sit().answer("ids", ids)
    monkeypatch.setattr(desk._followed, "load", slow)
    gone = reject_the_first(desk)
    early = desk.sit()
    assert early.answer("ids", ids) == before
    go.set()
    assert ids(desk.latest()) == desk.sit().answer("ids", ids) == tuple(i for i in before if i != gone)
    assert ids(early.ledger) == early.answer("ids again", ids) == before  # to the end of the request


def test_answers_are_made_before_readers_have_the_new_one(desk: Desk) -> None:
    """What knows of the old one is not; what cannot be made keeps nothing else back."""
    made: list[int] = []

    def count(ledger: Ledger) -> int:
        made.append(len(ledger.moves()))
        return made[-1]

    def only_once(ledger: Ledger) -> str:
        if len(ledger.moves()) != made[0]:
            raise KeyError("no such move any more")
        return "found"

    first = desk.sit()
    assert first.answer("count", count) == first.answer("count", count)
    page = first.answer("page", lambda _: f"{len(first.ledger.moves())} moves", again=False)
    assert first.answer("once", only_once) == "found"
    reject_the_first(desk)
    desk.latest()
    assert made == [made[0], made[0] - 1]
    later = desk.sit()
    assert later.answer("count", count) == made[0] - 1
    assert len(made) == 2
    assert later.answer("page", lambda x: f"{len(x.moves())} moves", again=False) != page
    with pytest.raises(KeyError):
        later.answer("once", only_once)


def test_who_changes_the_ledger_sees_it_changed(desk: Desk) -> None:
    ledger = desk.sit().ledger
    move = ledger.moves()[0]
    desk.review(Review("reject", "Ada", "2026-01-01T00:00:00Z", anchor(ledger.report(move.report), move)))
    assert move.id not in ids(desk.sit().ledger)


def test_what_stood_in_the_store_at_the_end_opens_at_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    where = desk.store.where
    assert desk.sit().ledger
    reject_the_first(desk)
    expected = desk.latest()
    desk.close()

    def never(*_: object) -> None:
        raise AssertionError("tied again")

    monkeypatch.setattr(following, "Tying", never)
    assert following.kept(where).ledger == expected


@pytest.mark.parametrize("least", [1, 1_000])
def test_a_ledger_that_was_goes_when_nobody_has_it(ledger: Path, least: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the cycle collector, which what the app holds is kept from."""
    monkeypatch.setattr(module, "LARGE", least)
    desk = Desk(str(ledger))
    before = desk.sit().ledger
    asked = before.positions(), before.waiting()[0], before.family(before.waiting()[0].report), before.claims()
    assert all(asked)
    gone = weakref.ref(before)
    reject_the_first(desk)
    del before
    gc.disable()
    try:
        assert desk.latest().positions()
        assert gone() is None
    finally:
        gc.enable()
    desk.close()
