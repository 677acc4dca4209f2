"""What one outlet has from another is tied to that other's own report."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from onthetable.model import Interval, Published, Reading, Report, Source, Span, Statement, Tie
from onthetable.text import digest
from onthetable.ties import bodies, relays
from onthetable.ties.bodies import Bodies, Body, read_body
from onthetable.ties.claim import Stories
from onthetable.ties.relays import Relays, find_relays

OWN = "Ansty. The port authority of Ansty will reopen 14 quays on Monday, its director Ida Munk told the Rell Gazette."
SAID = "Ida Munk said 14 quays in Ansty would be reopened by the port authority on Monday, the Rell Gazette reported."


def reading(text: str, outlet: str | None = None, relay: tuple[str, ...] = ()) -> Reading:
    sha = digest(text)
    report = Report(sha[:12], "-", text, sha, outlet=outlet)
    content = Span(0, len(text) - 1, text[:-1])
    source = Source(Span(0, 4, text[:4]), None, None, "named")
    fields = (content, (content,), None, source, "indirect", relay, (), False, False, "made", 1.0)
    statement = Statement(f"{report.id}.s1", report.id, *fields)  # type: ignore[arg-type]
    return Reading(report, (statement,), (), (), (), (), (), ())


OWNER, TELLER = reading(OWN, "Rell Gazette"), reading(SAID, "Daily Rope", ("Rell Gazette",))


def on(**days: int) -> dict[str, Published]:
    ids = {"owner": OWNER.report.id, "teller": TELLER.report.id}
    return {ids[k]: Published(Interval(dt.date(2026, 5, d), dt.date(2026, 5, d)), ()) for k, d in days.items()}


def test_a_statement_leads_to_the_report_that_had_it() -> None:
    (tie,) = find_relays([OWNER, TELLER])
    assert (tie.kind, tie.source, tie.target) == ("relays", TELLER.report.id, OWNER.report.id)
    assert tie.evidence[0].text == SAID
    assert tie.evidence[1].text.startswith("The port authority")
    assert find_relays([TELLER, OWNER]) == (tie,)


@pytest.mark.parametrize(
    "other",
    [
        reading(OWN, "Vale Courier"),
        reading(OWN),
        reading("Ansty. The bakers of Ansty have run out of flour, their guild told the Rell Gazette.", "Rell Gazette"),
    ],
    ids=["another outlet", "an unknown outlet", "another matter"],
)
def test_no_other_report_is_meant(other: Reading) -> None:
    assert not find_relays([other, TELLER])


def test_a_statement_that_names_no_outlet_leads_nowhere() -> None:
    assert not find_relays([OWNER, reading(SAID, "Daily Rope")])


def test_only_what_came_out_shortly_before_can_be_passed_on() -> None:
    expected = find_relays([OWNER, TELLER])
    assert find_relays([OWNER, TELLER], on(owner=3, teller=4)) == expected
    assert find_relays([OWNER, TELLER], on(owner=5, teller=4)) == ()
    assert find_relays([OWNER, TELLER], on(owner=3, teller=28)) == ()


def test_a_copy_relays_nothing() -> None:
    none: tuple[Tie, ...] = ()
    assert find_relays([OWNER, TELLER], None, [(OWNER.report.id, TELLER.report.id)]) == none


def test_an_outlet_that_is_itself_the_source() -> None:
    said = reading(SAID, "Daily Rope")
    source = Source(Span(0, 4, SAID[:4]), "The Rell Gazette", None, "organisation")
    said = replace(said, statements=(replace(said.statements[0], source=source),))
    assert len(find_relays([OWNER, said])) == 1
    person = replace(source, kind="named")
    said = replace(said, statements=(replace(said.statements[0], source=person),))
    assert not find_relays([OWNER, said])


def test_two_reports_are_compared_once_and_again_when_one_is_read_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[str] = []
    told = relays._told

    def counting(*args: object) -> Tie | None:
        compared.append("once")
        return told(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(relays, "_told", counting)
    found = Relays(Stories(), Bodies([OWNER.report, TELLER.report]))
    for reading in (OWNER, TELLER):
        found.put(reading, None)
    found.settle()
    assert found.all() == find_relays([OWNER, TELLER])
    compared.clear()
    found.put(TELLER, on(teller=4)[TELLER.report.id].interval)
    found.again(TELLER.report.id)
    found.settle()
    assert found.all()
    assert not compared
    found.put(replace(TELLER, statements=()), None)
    assert found.settle() == {TELLER.report.id}
    assert not found.all()
    found.put(TELLER, None)
    found.settle()
    assert compared
    assert found.all() == find_relays([OWNER, TELLER])


def test_what_is_held_ready_serves_all_that_cite_an_outlet(monkeypatch: pytest.MonkeyPatch) -> None:
    outlets = ("Rell Gazette", "Vale Courier", "Sund Tribune")
    owners = [reading(OWN.replace("14", str(n)), outlets[n % 3]) for n in range(20, 44)]
    tellers = [reading(SAID.replace("14", str(n)), "Daily Rope", outlets) for n in range(20, 40)]
    read: list[str] = []

    def noted(report: Report) -> Body:
        read.append(report.id)
        return read_body(report)

    monkeypatch.setattr(bodies, "HELD", 10)
    monkeypatch.setattr(bodies, "read_body", noted)
    ties = find_relays([*owners, *tellers])
    assert ties
    assert len(read) <= len(owners) + len(tellers) * len(outlets)
