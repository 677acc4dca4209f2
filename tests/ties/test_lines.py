"""The line of proposals, on records made by hand."""

from __future__ import annotations

from dataclasses import replace

from tests.talks import days, make_move, make_report

from onthetable.model import Interval, Move, Proposal, Quantity, Span, Status, Term, Track
from onthetable.ties.lines import compare, find_lines


def term(issue: str, giver: str | None = None, number: float | None = None, unit: str = "people") -> Term:
    return Term(giver, issue, Quantity(number, number, unit) if number else None, None, None)


def told(
    report: str, n: int, by: str | None, *terms: Term, status: Status = "tabled", rule: str = "package"
) -> Proposal:
    return Proposal(f"{report}.p{n}", report, by, status, None, terms, Span(0, 1, "x"), rule)


DAYS = {"a": days("2026-03-01"), "b": days("2026-03-02"), "c": days("2026-03-09"), "z": days("2026-09-01")}


def lines(
    *proposals: Proposal, known: dict[str, Interval] | None = None, moves: dict[str, Move] | None = None
) -> tuple[Track, ...]:
    return find_lines(proposals, known or DAYS, moves or {})


FREE, PAUSE = term("detainee-release", "Norland", 40), term("ceasefire", None, 30, "days")


def test_the_same_proposal_in_several_reports_is_one() -> None:
    (track,) = lines(
        told("a", 1, "Norland", FREE, PAUSE),
        told("b", 1, "Norland", PAUSE),
        told("c", 1, "Norland", FREE, status="rejected"),
    )
    assert track.proposals == ("a.p1", "b.p1", "c.p1")
    assert (track.status, track.since, track.last_reported) == ("rejected", DAYS["a"], DAYS["c"])
    assert set(track.terms) == {FREE, PAUSE}


def test_the_unit_is_a_word_of_the_report_and_the_number_is_not() -> None:
    captives = replace(FREE, quantity=Quantity(40, 40, "captives"))
    assert len(lines(told("a", 1, "Norland", FREE), told("b", 1, "Norland", captives))) == 1
    more = replace(FREE, quantity=Quantity(60, 60, "captives"))
    assert len(lines(told("a", 1, "Norland", FREE), told("b", 1, "Norland", more))) == 2
    assert len(lines(told("a", 1, "Norland", FREE, PAUSE), told("b", 1, "Norland", more, PAUSE))) == 2


def test_other_sides_and_other_seasons_are_other_proposals() -> None:
    assert len(lines(told("a", 1, "Norland", FREE), told("b", 1, "Sudmark", FREE))) == 2
    assert len(lines(told("a", 1, "Norland", FREE), told("z", 1, "Norland", FREE))) == 2
    assert len(lines(told("a", 1, None, FREE), told("b", 1, None, FREE, rule="deal"))) == 2


def test_a_counter_proposal_answers_the_last_open_one_and_is_compared_with_it() -> None:
    first = told("a", 1, "Norland", FREE, PAUSE)
    longer = term("ceasefire", None, 60, "days")
    counter = replace(told("b", 1, "Sudmark", longer, term("aid", "Norland")), counters=True)
    track = lines(first, counter)[1]
    assert track.answers == "a.p1"
    assert {(c.kind, (c.after or c.before).issue) for c in track.changes if c.after or c.before} == {
        ("changed", "ceasefire"), ("added", "aid"), ("dropped", "detainee-release"),
    }  # fmt: skip
    changed = next(c for c in track.changes if c.kind == "changed")
    assert (changed.before, changed.after) == (PAUSE, longer)


def test_what_the_report_says_it_answers_goes_first() -> None:
    named = replace(told("c", 1, "Sudmark", term("aid", "Norland", 5)), answers="a.p1", counters=True)
    found = lines(told("a", 1, "Norland", FREE), told("b", 1, "Ostia", PAUSE), named)
    assert found[2].answers == "a.p1"


def test_a_side_goes_on_from_its_last_proposal_on_the_issue() -> None:
    found = lines(
        told("a", 1, "Norland", FREE),
        told("b", 1, "Norland", term("aid")),
        told("c", 1, "Norland", replace(FREE, quantity=Quantity(60, 60, "people"))),
    )
    assert [t.follows for t in found] == [None, None, "a.p1"]
    assert [c.kind for c in found[2].changes] == ["changed"]


def test_status_by_party_is_the_last_that_is_told() -> None:
    r = make_report("Sudmark studies it. Sudmark rejects it.")
    moves = {m.id: m for m in (make_move(r, 1, "Sudmark", "considers"), make_move(r, 2, "Sudmark", "rejects"))}
    (track,) = lines(
        replace(told("a", 1, "Norland", FREE), replies=(f"{r.id}.m1",)),
        replace(told("b", 1, "Norland", FREE), replies=(f"{r.id}.m2",)),
        moves=moves,
    )
    assert [(a.party, a.status, a.move) for a in track.by_party] == [("Sudmark", "rejected", f"{r.id}.m2")]


def test_a_report_that_may_be_late_counts_when_it_is_certain() -> None:
    known = {"a": days("2026-03-01", "2026-05-30"), "b": days("2026-03-05")}
    found = lines(
        told("a", 1, "Norland", FREE),
        told("b", 1, "Norland", replace(FREE, quantity=Quantity(9, 9, "people"))),
        known=known,
    )
    assert [t.id for t in found] == ["b.p1", "a.p1"]


def test_a_giver_left_open_is_no_difference() -> None:
    assert [c.kind for c in compare((term("aid", "Norland"),), (term("aid"),))] == ["same"]
    assert [c.kind for c in compare((term("aid", "Norland"),), (term("aid", "Sudmark"),))] == ["added", "dropped"]
