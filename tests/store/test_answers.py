"""What a kept ledger answers without being opened is what it answers when it is."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select, update
from tests.store.test_followed import correct
from tests.store.test_keeping import Opened, said

import onthetable
from onthetable import answers, following
from onthetable.answering import Answering
from onthetable.case import read_case
from onthetable.errors import StoreError
from onthetable.keeping import keep
from onthetable.ledger import Ledger
from onthetable.store import Store
from onthetable.store.tables import ANSWERS
from onthetable.views.entries import VIEWS

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture
def store(where: str, opened: Opened) -> Store:
    """The bundled example, and somebody has rejected a move."""
    store = opened(where, create=True)
    keep([str(EXAMPLES / "talks")], store, read_case(EXAMPLES / "case.toml"))
    correct(store)
    return store


@pytest.fixture
def whole(store: Store) -> Ledger:
    """The ledger with all that is in it, which is written down from then on."""
    return following.load(store).ledger


@pytest.fixture
def found(whole: Ledger, where: str) -> Ledger:
    """The same as it is when it need not be opened."""
    ledger = following.kept(where).ledger
    assert whole.readings
    assert isinstance(ledger, Answering)
    return ledger


@pytest.fixture
def unopened(found: Ledger, monkeypatch: pytest.MonkeyPatch) -> Ledger:
    """The same, and opening it fails the test."""
    monkeypatch.setattr(Answering, "_whole", property(lambda _: pytest.fail("opened")))
    return found


def between(ledger: Ledger) -> date:
    """A day by which some of the reports are out."""
    days = sorted(d.latest for r in ledger.reports() if (d := ledger.day(r.id)))
    assert days[0] < days[-1]
    return days[len(days) // 2]


def test_what_was_written_down_is_fetched(whole: Ledger, unopened: Ledger) -> None:
    found = unopened
    assert found.positions() == whole.positions()
    assert found.positions()
    assert found.lines() == whole.lines()
    assert found.gaps() == whole.gaps()
    for steps in (1, 2, 40, 500):
        assert found.gaps(steps=steps) == whole.gaps(steps=steps)
    assert max(len(p.history) for g in whole.gaps() for p in g.positions) > 1
    assert max(len(p.history) for g in whole.gaps(steps=1) for p in g.positions) == 1
    assert found.issues() == whole.issues()
    assert found.parties() == whole.parties()
    assert found.extent() == whole.extent()
    assert found.publication_days() == whole.publication_days()
    assert found.case == whole.case
    assert found.corrections == whole.corrections
    assert found.corrections
    assert [e.name for e in found.rejected] == [e.name for e in whole.rejected]
    for r in whole.reports():
        assert found.report(r.id) == r
        assert found.reading(r.id) == whole.reading(r.id)
        assert found.places(r.id) == whole.places(r.id)
        assert found.voices(r.id) == whole.voices(r.id)
        assert found.published(r.id) == whole.published(r.id)
        assert found.family(r.id) == whole.family(r.id)
        assert found.origins(r.id) == whole.origins(r.id)
    assert [found.move(m.id) for m in whole.moves()] == list(whole.moves())
    assert [found.statement(s.id) for s in whole.statements()] == list(whole.statements())
    assert [found.proposal(p.id) for p in whole.proposals()] == list(whole.proposals())


def test_what_is_no_report_of_it_is_told_apart(whole: Ledger, unopened: Ledger) -> None:
    ids = [r.id for r in whole.reports()]
    assert whole.among([*ids, "000000000000"]) == unopened.among([*ids, "000000000000"]) == frozenset(ids)
    for ledger in (whole, unopened):
        assert ledger.published("000000000000") is None
        assert ledger.family("000000000000") == ("000000000000",)
        assert ledger.origins("000000000000") == ()


@pytest.mark.parametrize("piece", [1, 3, 250])
def test_what_waits_is_fetched_piece_by_piece(
    store: Store, where: str, piece: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "PIECE", piece)
    whole = following.load(store).ledger.waiting()
    assert len(whole) > 3
    monkeypatch.setattr(Answering, "_whole", property(lambda _: pytest.fail("opened")))
    found = following.kept(where).ledger.waiting()
    assert len(found) == len(whole)
    assert list(found) == list(whole) == [*found[:2], *found[2:]]
    assert found[-1] == whole[-1]
    with pytest.raises(IndexError):
        found[len(whole)]


def test_moves_are_fetched_by_party_and_issue(whole: Ledger, unopened: Ledger) -> None:
    found = unopened
    for at in (None, date(1999, 1, 1), between(whole)):
        for party in whole.parties():
            assert found.moves(at, party=party) == whole.moves(at, party=party)
            assert found.moves(at, party=party, act="offers") == whole.moves(at, party=party, act="offers")
            for issue in {m.issue for m in whole.moves()}:
                assert found.history(party, issue, at) == whole.history(party, issue, at)
                assert found.count(party, issue, at) == len(whole.history(party, issue, at))
        assert found.moves(at, issue="talks") == whole.moves(at, issue="talks")


@pytest.mark.parametrize("piece", [1, 2, 250])
def test_the_latest_are_fetched_piece_by_piece(
    store: Store, where: str, piece: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "PIECE", piece)
    whole = following.load(store).ledger
    found = following.kept(where).ledger
    assert isinstance(found, Answering)
    for at in (None, date(1999, 1, 1), between(whole)):
        for last in (1, 2, 3, 500):
            for issue in {m.issue for m in whole.moves()}:
                assert found.moves(at, issue=issue, last=last) == whole.moves(at, issue=issue)[-last:]
                for act in ("demands", "offers"):
                    expected = whole.moves(at, issue=issue, act=act)[-last:]
                    assert found.moves(at, issue=issue, act=act, last=last) == expected


def test_what_is_not_there_is_a_key_error(found: Ledger) -> None:
    for ask in (found.report, found.move, found.statement, found.proposal):
        with pytest.raises(KeyError):
            ask("0123456789ab.x1")
    with pytest.raises(KeyError):
        found.move(f"{found.reports()[0].id}.m99")


def test_the_rest_is_asked_of_the_whole(whole: Ledger, found: Ledger, where: str) -> None:
    later = between(whole)
    assert found.readings == whole.readings
    assert found.ties == whole.ties
    assert onthetable.kept(where) == whole == found
    assert found.claims() == whole.claims()
    assert found.positions(later) == whole.positions(later)
    assert found.lines(later) == whole.lines(later)
    assert found.gaps(later) == whole.gaps(later)
    assert found.extent(later) == whole.extent(later)
    assert found.moves() == whole.moves()


def test_nothing_is_fetched_once_it_is_open(whole: Ledger, found: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    assert found.readings
    monkeypatch.setattr(Store, "answers", lambda *_: pytest.fail("fetched"))
    monkeypatch.setattr(Store, "readings", lambda *_: pytest.fail("fetched"))
    for r in whole.reports():
        assert found.report(r.id) == r
        assert found.day(r.id) == whole.day(r.id)
        assert found.family(r.id) == whole.family(r.id)
        assert found.origins(r.id) == whole.origins(r.id)
    assert [found.move(m.id) for m in whole.moves()] == list(whole.moves())
    assert [found.statement(s.id) for s in whole.statements()] == list(whole.statements())
    assert [found.proposal(p.id) for p in whole.proposals()] == list(whole.proposals())


def test_every_view_is_the_same(store: Store, whole: Ledger, where: str, capsys: pytest.CaptureFixture[str]) -> None:
    for view in VIEWS:
        for more in ([], ["--json"], ["--at", str(between(whole))]):
            asked = "show", view, "--ledger", where, *more
            with store.engine.begin() as c:
                c.execute(ANSWERS.delete())
            first = said(capsys, *asked)
            with store.engine.connect() as c:
                assert c.scalar(select(func.count()).select_from(ANSWERS))
            assert said(capsys, *asked) == first


@pytest.mark.usefixtures("whole")
def test_showing_where_parties_stand_loads_no_parser(where: str) -> None:
    code = (
        "import sys; from onthetable import following; l = following.kept(sys.argv[1]).ledger; l.positions();"
        "assert l.history(l.parties()[0], l.issues()[0].id) is not None; assert 'spacy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code, where], check=True)


def test_what_came_since_is_shown(store: Store, found: Ledger, where: str, tmp_path: Path) -> None:
    late = tmp_path / "late.txt"
    late.write_text(f"{between(found):%d %B %Y}\n\n{found.parties()[0]} rejected the offer on Friday.", "utf-8")
    keep([str(late)], store)
    assert len(following.kept(where).ledger.reports()) == len(found.reports()) + 1
    assert found.moves(party=found.parties()[0])  # whoever is still at it goes on with what there was
    late.write_text(f"{between(found):%d %B %Y}\n\n{found.parties()[0]} accepted the offer on Sunday.", "utf-8")
    keep([str(late)], store)
    assert len(following.kept(where).ledger.reports()) == len(found.reports()) + 2
    with pytest.raises(StoreError, match="has changed since it was opened"):
        found.moves(party=found.parties()[0])


def test_what_comes_while_answers_are_written_down_is_not_taken_for_answered(
    store: Store, where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = tmp_path / "late.txt"
    late.write_text("20 March 2026\n\nSorvana rejected the offer on Friday.", "utf-8")
    derive = Store.derive

    def slowly(self: Store, *kept: object) -> None:
        derive(self, *kept)  # type: ignore[arg-type]
        keep([str(late)], store)

    monkeypatch.setattr(Store, "derive", slowly)
    before = following.load(store).ledger
    monkeypatch.undo()
    assert len(following.kept(where).ledger.reports()) == len(before.reports()) + 1
    assert following.check(store) == []


def test_an_answer_that_is_damaged_is_made_anew(store: Store, found: Ledger, where: str) -> None:
    assert following.check(store) == []
    with store.engine.begin() as c:
        c.execute(update(ANSWERS).where(ANSWERS.c.name == "position").values(data=b"rubbish"))
    assert [f.where for f in following.check(store)] == [f"derived {answers.ANSWERS}"]
    with pytest.raises(StoreError, match="damaged and is made anew"):
        found.positions()
    assert following.kept(where).ledger.positions() == following.load(store).ledger.positions()
    assert following.check(store) == []
