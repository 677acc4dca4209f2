"""A search is narrowed by party, issue, source, outlet and day, as the readings have them and people corrected them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.store.test_keeping import Opened, run, said

from onthetable import following, keeping
from onthetable.case import Case, Party, pack
from onthetable.errors import UsageError
from onthetable.reviews import Review, anchor
from onthetable.store import Only, Store

CASE = Case(
    "Ferry talks", (pack("labour"),), (Party("Deckhands' Guild", aliases=("the Guild",)), Party("Northern Ferries"))
)
FIRST = """The Deckhands' Guild demanded higher wages on Monday.

Northern Ferries rejected the demand for higher wages. "The wages are fair," said its spokeswoman Ada Lorn.

Passengers spoke about wages on the quay and went home.
"""
SECOND = """"Northern Ferries has offered higher wages," an official who was not named said.

The Guild demanded shorter hours. Its wages are another matter.
"""


@pytest.fixture
def store(opened: Opened, where: str, tmp_path: Path) -> Store:
    rows: list[dict[str, Any]] = [
        {"id": "one", "text": FIRST, "outlet": "The Associated Press", "date": "2026-03-02"},
        {"id": "two", "text": SECOND, "outlet": "Quay Post", "date": "2026-03-09"},
        {"id": "three", "text": FIRST.replace("Ada Lorn", "Jo Vale"), "outlet": "Quay Post"},
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, rows)))
    store = opened(where, create=True)
    assert keeping.keep([str(tmp_path / "in.jsonl")], store, CASE).new == 3
    return store


def found(store: Store, query: str = "wages", **only: Any) -> set[tuple[str, str]]:
    """By report and first words."""
    passages = store.find(query, 50, Only(**only))
    names = {r.id: r.path.partition("#")[2] for r in store.reports({p.report for p in passages})}
    return {(names[p.report], " ".join(p.text.split()[:2])) for p in passages}


def test_without_limits_all_are_found(store: Store) -> None:
    assert len(found(store)) == 8
    assert store.find("wages", 50, Only()) == store.find("wages")


def test_by_party_and_issue(store: Store) -> None:
    guild = found(store, party="Deckhands' Guild")
    assert guild == found(store, party="THE guild") == {
        ("one", "The Deckhands'"), ("two", "The Guild"), ("three", "The Deckhands'"),
    }  # fmt: skip
    assert found(store, party="the Guild", issue="pay") == guild - {("two", "The Guild")}
    both = found(store, issue="pay")
    assert {("one", "The Deckhands'"), ("one", "Northern Ferries"), ("two", '"Northern Ferries')} <= both
    assert not {p for p in both if p[1] == "Passengers spoke"}


def test_by_source(store: Store) -> None:
    assert found(store, source="Lorn") == found(store, source="ada lorn") == {("one", "Northern Ferries")}
    assert found(store, source="official") == {("two", '"Northern Ferries')}
    assert found(store, source="Lorn Vale") == found(store, source="!") == set()


def test_by_outlet_and_day(store: Store) -> None:
    assert {r for r, _ in found(store, outlet="AP")} == {"one"}
    assert {r for r, _ in found(store, outlet="quay post")} == {"two", "three"}
    assert {r for r, _ in found(store, since=date(2026, 3, 3))} == {"two"}, "what is not dated is not certain"
    assert {r for r, _ in found(store, until=date(2026, 3, 2))} == {"one"}
    assert found(store, since=date(2026, 3, 3), until=date(2026, 3, 8)) == set()
    assert {r for r, _ in found(store, outlet="Quay Post", since=date(2026, 1, 1), party="the Guild")} == {"two"}


def test_the_best_come_first_and_no_more_than_asked(store: Store) -> None:
    every = [p for p in store.find("wages") if p in store.find("wages", 50, Only(issue="pay"))]
    assert store.find("wages", 2, Only(issue="pay")) == every[:2]


def test_of_very_many_the_last_are_looked_at(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    every = store.find("wages")
    monkeypatch.setattr("onthetable.store.passages.LOOKED", 3)
    last = store.find("wages")
    assert len(last) == 3 < len(every)
    assert [p for p in every if p in last] == last
    assert len(store.find('"wages are fair"')) == len([p for p in every if "wages are fair" in p.text]) == 2


def test_corrections_count(store: Store) -> None:
    ledger = following.kept(store.where).ledger
    move = next(m for m in ledger.moves(party="Deckhands' Guild") if ledger.report(m.report).path.endswith("#one"))
    store.review(Review("reject", "ida", "2026-03-10T00:00:00+00:00", anchor(ledger.report(move.report), move)))
    assert ("one", "The Deckhands'") not in found(store, party="the Guild", issue=move.issue)
    assert ("three", "The Deckhands'") in found(store, party="the Guild", issue=move.issue)


@pytest.mark.parametrize(
    ("only", "told"),
    [({"party": "Nobody"}, "known: Deckhands' Guild, Northern Ferries"), ({"issue": "x"}, "no such issue"),
     ({"since": date(2026, 3, 3), "until": date(2026, 3, 2)}, "is before")],
)  # fmt: skip
def test_mistakes_are_told(store: Store, only: dict[str, Any], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        store.find("wages", 50, Only(**only))


def test_the_command(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    where = store.where
    rows = json.loads(said(capsys, "find", "wages", "--ledger", where, "--party", "the Guild", "--issue", "pay",
                           "--outlet", "AP", "--from", "2026-03-01", "--to", "2026-03-02", "--json"))  # fmt: skip
    assert [r["path"].partition("#")[2] for r in rows] == ["one"]
    assert "Ada Lorn" in said(capsys, "find", "wages", "--ledger", where, "--source", "Lorn")
    assert run("find", "wages", "--ledger", where, "--party", "Nobody") == 2
    assert "known: Deckhands' Guild" in capsys.readouterr().err
    assert run("find", "wages", "--ledger", where, "--from", "soon") == 2


def test_only_what_the_words_find_is_read(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    from onthetable.store import codec

    read: list[str] = []
    real = codec.reading_from_bytes
    monkeypatch.setattr(codec, "reading_from_bytes", lambda data, r: (read.append(r.path), real(data, r))[1])
    assert found(store, "shorter hours", party="the Guild") == {("two", "The Guild")}
    assert [path.partition("#")[2] for path in read] == ["two"]
