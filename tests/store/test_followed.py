"""A ledger that grows under the eyes of its readers is the one made at once; what is derived is kept."""

from __future__ import annotations

import hashlib
import os
import pickle
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import update
from tests.store.test_keeping import Opened, filled, run

from onthetable import answers, following
from onthetable.case import read_case
from onthetable.errors import StoreError
from onthetable.following import Followed, load
from onthetable.keeping import keep
from onthetable.model import Ties
from onthetable.reviews import Review, anchor
from onthetable.store import Store, codec
from onthetable.store.tables import DERIVED
from onthetable.ties import tie


@pytest.fixture
def store(talks: Path, where: str, opened: Opened) -> Store:
    return opened(filled(talks, where))


def correct(store: Store) -> None:
    """Somebody rejects the first move."""
    ledger = load(store).ledger
    move = ledger.moves()[0]
    store.review(Review("reject", "Ada", "2026-01-01T00:00:00Z", anchor(ledger.report(move.report), move)))


def test_reports_and_reviews_count_as_they_come(talks: Path, where: str, opened: Opened) -> None:
    store = opened(where, create=True)
    followed = Followed(store)
    with pytest.raises(StoreError, match="nothing is in it yet"):
        followed.load()
    for file in sorted(os.listdir(talks / "reports")):
        keep([str(talks / "reports" / file)], store, read_case(talks / "case.toml"))
        assert followed.load() == load(store)
    correct(store)
    assert followed.load() == load(store)
    store.review(Review("undo", "Ada", "2026-01-02T00:00:00Z", undoes=1))
    assert followed.load() == load(store)


def test_another_case_counts_at_once(store: Store, talks: Path) -> None:
    followed = Followed(store)
    followed.load()
    case = read_case(talks / "case.toml")
    keep([], store, replace(case, name="Other talks"))
    assert followed.load() == load(store)
    assert followed.load().ledger.case.name == "Other talks"


def test_a_ledger_that_has_not_changed_is_not_tied_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    before = load(store)

    def never(*_: object) -> None:
        raise AssertionError("tied again")

    monkeypatch.setattr(following, "Tying", never)
    assert load(store) == before
    monkeypatch.undo()
    correct(store)
    monkeypatch.setattr(following, "Tying", never)
    with pytest.raises(AssertionError, match="tied again"):
        load(store)


def test_what_is_derived_is_checked(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    ledger = load(store).ledger
    assert following.check(store) == []
    with store.engine.begin() as c:
        derived = update(DERIVED).where(DERIVED.c.name != answers.ANSWERS)
        c.execute(derived.values(data=codec.ties_to_bytes(ledger.ties)[:-9]))
    assert {f.where for f in following.check(store)} == {"derived ties", "derived what ties were made of"}
    assert load(store).ledger == ledger  # what is damaged is made again
    assert following.check(store) == []
    forge(store, "ties", codec.ties_to_bytes(Ties({}, {}, (), ())))
    assert [(f.where, f.what) for f in following.check(store)] == [("derived ties", "is not what the readings give")]


def forge(store: Store, name: str, data: bytes) -> None:
    """Puts something else in the place of what was derived, as if it had been."""
    with store.engine.begin() as c:
        values = {"data": data, "digest": hashlib.sha256(data).hexdigest()}
        c.execute(update(DERIVED).where(DERIVED.c.name == name).values(**values))


MEMORY = "what ties were made of"


def test_a_later_run_goes_on_from_what_ties_were_made_of(
    talks: Path, where: str, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, files = opened(where, create=True), sorted(os.listdir(talks / "reports"))
    keep([str(talks / "reports" / f) for f in files[:5]], store, read_case(talks / "case.toml"))
    load(store)
    correct(store)
    keep([str(talks / "reports" / f) for f in files[5:]], store)
    taken: list[int] = []
    put = following.Tying.put
    monkeypatch.setattr(following.Tying, "put", lambda self, new: (taken.append(len(new)), put(self, new)))
    found = load(store).ledger
    assert taken[-1] == len(files[5:]) + 1  # the new ones, and the one that was corrected
    monkeypatch.undo()
    assert found.ties == tie(found.readings, found.case)


def test_what_was_corrected_when_it_was_tied_is_there_after_another_correction(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    correct(store)
    load(store)
    store.review(Review("undo", "Ada", "2026-01-02T00:00:00Z", undoes=1))
    monkeypatch.setattr(following, "MANY", 1)
    found = load(store).ledger
    assert found.ties == tie(found.readings, found.case)
    assert following.check(store) == []


def test_a_forged_memory_runs_nothing_and_is_made_again(store: Store, tmp_path: Path) -> None:
    before = load(store).ledger

    class Evil:
        def __reduce__(self) -> tuple[object, ...]:
            return os.mkdir, (str(tmp_path / "run"),)

    names = [f"{r.report.id} {store.contents(lambda _: '').counting[r.report.id]}" for r in before.readings]
    forge(store, MEMORY, codec.memory_to_bytes(names, pickle.dumps({"_readings": Evil()})))
    correct(store)
    found = load(store).ledger
    assert found.ties == tie(found.readings, found.case)
    assert not (tmp_path / "run").exists()


def test_a_ledger_that_cannot_be_written_can_be_read(talks: Path, tmp_path: Path, opened: Opened) -> None:
    where = tmp_path / "ledger.db"
    filled(talks, str(where))
    store = opened(str(where))

    def full(*_: object) -> None:
        raise StoreError(store.where, "the disk is full")

    store.derive = full  # type: ignore[method-assign]
    assert load(store).ledger.moves()
    assert run("check", "--ledger", where) == 0


def test_the_first_change_to_a_ledger_that_was_tied_before_is_prepared(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(store)
    followed = Followed(store)
    followed.load()
    followed.prepare()
    correct(store)
    expected = load(store)

    def never(*_: object) -> None:
        raise AssertionError("tied from the beginning")

    monkeypatch.setattr(following, "Tying", never)
    assert followed.load() == expected


def test_tying_that_breaks_off_is_not_gone_on_with(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    followed = Followed(store)
    followed.load()
    followed.prepare()
    correct(store)

    def broken(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("onthetable.ties.claims.Claims.settle", broken)
    with pytest.raises(MemoryError):
        followed.load()
    monkeypatch.undo()
    found = followed.load().ledger
    assert found.ties == tie(found.readings, found.case)
