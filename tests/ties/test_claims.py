"""Claims are linked, kept side by side and never settled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from onthetable.model import (
    Act,
    Figure,
    Interval,
    Move,
    Published,
    Qualifier,
    Quantity,
    Reading,
    Report,
    Span,
    Tie,
    Time,
)
from onthetable.text import digest
from onthetable.ties.claims import find_claims

WORDS = "Ambria will give forty soldiers back"


def move(
    act: Act, issue: str = "withdrawal", party: str = "Ambria", quantity: Quantity | None = None, **other: Any
) -> Move:
    span = Span(0, len(WORDS), WORDS)
    fields: dict[str, Any] = {
        "statement": None, "speaker": None, "giver": None, "to": None, "condition": None, "when": "now", "hedge": False,
        "negated": False, "actor": None, "rule": "made", "confidence": 0.8, **other,
    }  # fmt: skip
    fields = {"trigger": span, "evidence": span, **fields}
    return Move("", "", party=party, act=act, issue=issue, quantity=quantity, **fields)


def figure(
    low: float | None,
    high: float | None,
    qualifier: Qualifier = "exact",
    measure: str = "soldiers held",
    authority: str | None = None,
    unit: str = "people",
) -> Figure:
    span = Span(0, len(WORDS), WORDS)
    return Figure("", "", measure, low, high, unit, qualifier, authority, None, Span(17, 22, "forty"), span, "made")


def reading(name: str, *found: Move | Figure) -> Reading:
    moves = [m for m in found if isinstance(m, Move)]
    figures = [f for f in found if isinstance(f, Figure)]
    text = f"{WORDS}. {name}"
    return Reading(
        Report(name, name, text, digest(text)),
        (),
        tuple(replace(m, id=f"{name}.m{n}", report=name) for n, m in enumerate(moves, 1)),
        (),
        tuple(replace(f, id=f"{name}.f{n}", report=name) for n, f in enumerate(figures, 1)),
        (),
        (),
        (),
    )


def days(**first: int) -> dict[str, Published]:
    """Reports by name, each published on one day of a May."""
    return {name: Published(Interval(dt.date(2026, 5, d), dt.date(2026, 5, d)), ()) for name, d in first.items()}


def links(ties: Sequence[Tie]) -> list[tuple[str, str, str]]:
    return [(t.kind, t.source, t.target) for t in ties]


# --- moves --------------------------------------------------------------------------------------------


def test_the_same_move_in_two_reports_is_corroborated_from_the_later_to_the_earlier() -> None:
    readings = [reading("a", move("offers")), reading("b", move("offers"))]
    (tie,) = find_claims(readings, days(a=4, b=3))
    assert (tie.kind, tie.source, tie.target, tie.score) == ("corroborates", "a.m1", "b.m1", 0.8)
    assert [e.text for e in tie.evidence] == [WORDS, WORDS]


@pytest.mark.parametrize(
    "other",
    [
        move("demands"),
        move("offers", issue="aid"),
        move("offers", party="Kelt Front"),
        move("offers", giver="Kelt Front"),
        move("offers", quantity=Quantity(90, 90, "people")),
        move("offers", quantity=Quantity(40, 40, "days")),
    ],
)
def test_another_move_corroborates_nothing(other: Move) -> None:
    first = move("offers", quantity=Quantity(40, 40, "people"))
    assert not find_claims([reading("a", first), reading("b", other)], days(a=3, b=3))


def test_a_move_without_its_quantity_is_compatible_with_one_that_has_it() -> None:
    readings = [reading("a", move("offers", quantity=Quantity(40, None, "people"))), reading("b", move("offers"))]
    assert links(find_claims(readings, days(a=3, b=3))) == [("corroborates", "b.m1", "a.m1")]


def test_copies_of_one_story_corroborate_nothing() -> None:
    readings = [reading(name, move("offers"), figure(40, 40)) for name in "abc"]
    assert not find_claims(readings, days(a=3, b=3, c=3), [("a", "b", "c")])
    assert len(find_claims(readings, days(a=3, b=3, c=3), [("a", "b"), ("c",)])) == 2


def test_what_a_report_has_from_another_does_not_corroborate_it() -> None:
    readings = [reading(name, move("offers"), figure(40, 40)) for name in "ab"]
    whole, apart = Span(0, len(WORDS), WORDS), Span(40, 45, "apart")
    assert not find_claims(readings, days(a=3, b=3), (), [Tie("relays", "b", "a", 1.0, (whole, whole))])
    assert len(find_claims(readings, days(a=3, b=3), (), [Tie("relays", "b", "a", 1.0, (apart, whole))])) == 2


def test_ties_grow_with_the_claims_and_not_with_their_square() -> None:
    readings = [reading(f"r{n:03}", move("offers"), figure(40, 40)) for n in range(200)]
    assert len(find_claims(readings)) == 2 * 199


def test_moves_long_apart_are_not_about_one_state_of_things() -> None:
    readings = [reading("a", move("offers")), reading("b", move("offers"))]
    assert not find_claims(readings, days(a=1, b=20))


@pytest.mark.parametrize("act", ["offers", "accepts", "concedes", "considers", "delivers"])
def test_a_denial_contradicts_what_it_denies(act: Act) -> None:
    readings = [reading("a", move(act)), reading("b", move("denies"))]
    assert links(find_claims(readings, days(a=3, b=4))) == [("contradicts", "b.m1", "a.m1")]
    assert links(find_claims(readings, days(a=4, b=3))) == [("contradicts", "a.m1", "b.m1")]


def test_the_denial_of_another_party_or_issue_contradicts_nothing() -> None:
    first = reading("a", move("offers"))
    assert not find_claims([first, reading("b", move("denies", party="Kelt Front"))], days(a=3, b=3))
    assert not find_claims([first, reading("b", move("denies", issue="aid"))], days(a=3, b=3))


def test_accepting_and_rejecting_the_same_at_one_time() -> None:
    readings = [reading("a", move("accepts")), reading("b", move("rejects"))]
    assert links(find_claims(readings, days(a=3, b=4))) == [("contradicts", "b.m1", "a.m1")]
    assert not find_claims(readings, days(a=3, b=15))
    assert not find_claims(readings, days(a=3))


def test_offering_one_thing_and_rejecting_another_on_an_issue_is_no_contradiction() -> None:
    assert not find_claims([reading("a", move("offers")), reading("b", move("rejects"))], days(a=3, b=3))


def test_what_was_accepted_before_may_be_rejected_now() -> None:
    readings = [reading("a", move("accepts", when="past")), reading("b", move("rejects"))]
    assert not find_claims(readings, days(a=3, b=3))


# --- figures ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        (figure(17, 17), figure(17, 17), "corroborates"),
        (figure(17, 17), figure(11, 11), "contradicts"),
        (figure(20, 33, "range"), figure(25, 25), "corroborates"),
        (figure(20, 33, "range"), figure(40, 40), "contradicts"),
        (figure(2300, None, "at-least"), figure(1500, 1500, "about"), "contradicts"),
        (figure(2300, None, "at-least"), figure(2400, 2400), None),
        (figure(2300, None, "at-least"), figure(3100, None, "at-least"), None),
        (figure(None, 40, "at-most"), figure(55, 55), "contradicts"),
        (figure(1500, 1500, "about"), figure(1560, 1560), "corroborates"),
        (figure(24, None, "vague"), figure(11, 11), None),
        (figure(14, 14, measure="deaths"), figure(2300, 2300, measure="deaths"), None),
        (figure(17, 17), figure(11, 11, measure="deaths"), None),
        (figure(17, 17), figure(11, 11, unit="days"), None),
        (figure(17, 17, measure="captives held"), figure(11, 11, measure="hostages held"), "contradicts"),
    ],
)
def test_figures_of_two_reports(one: Figure, other: Figure, kind: str | None) -> None:
    expected = [(kind, "b.f1", "a.f1")] if kind else []
    assert links(find_claims([reading("a", one), reading("b", other)], days(a=3, b=3))) == expected


def test_two_counts_in_one_report_contradict_if_two_authorities_give_them() -> None:
    mine, theirs = figure(17, 17, authority="the army"), figure(11, 11, authority="the Front")
    assert links(find_claims([reading("a", mine, theirs)])) == [("contradicts", "a.f2", "a.f1")]
    assert not find_claims([reading("a", mine, figure(11, 11, authority="the army"))])
    assert not find_claims([reading("a", mine, figure(11, 11))])


def told(name: str, sentence: str, low: float, measure: str, unit: str = "people") -> Reading:
    """A report of one sentence with one figure, of two authorities' counts."""
    number = next(w for w in sentence.split() if w[:1].isdigit())
    at = sentence.index(number)
    one = figure(low, low, measure=measure, unit=unit, authority=f"the office of {name}")
    one = replace(one, number=Span(at, at + len(number), number), evidence=Span(0, len(sentence), sentence))
    found = reading(name, one)
    return replace(found, report=replace(found.report, text=sentence))


@pytest.mark.parametrize(
    ("one", "other", "contradict"),
    [
        ("The blast at the Orvik mill killed 12 people", "The blast that hit a mill at Orvik killed 19 people", True),
        (
            "killing 12 people, a blast tore the mill at Orvik apart",
            "A priest at Orvik, who buried 19 people, blessed the mill",
            True,
        ),
        (
            "Another clerk said 12 people died at the Orvik mill",
            "A priest at Orvik, who buried 19 people, blessed the mill",
            True,
        ),
        ("The blast at the Orvik mill killed 12 people", "A ferry sank off Lund and 19 people died", False),
        ("The blast in Orvik killed 12 workers of the mill", "The blast in Lund killed 19 workers of a mill", False),
    ],
)
def test_deaths_contradict_each_other_only_where_they_are_told_of_one_thing(
    one: str, other: str, contradict: bool
) -> None:
    readings = [told("a", one, 12, "deaths"), told("b", other, 19, "deaths")]
    assert links(find_claims(readings, days(a=3, b=3))) == ([("contradicts", "b.f1", "a.f1")] if contradict else [])


@pytest.mark.parametrize(("first", "then", "contradict"), [(12, 19, False), (19, 12, True)])
def test_a_later_report_may_have_found_more_dead_of_one_day(first: int, then: int, contradict: bool) -> None:
    blast = "The blast of 4 March at the Orvik mill killed {} people"
    a, b = (told(n, blast.format(low), low, "deaths") for n, low in (("a", first), ("b", then)))
    day = Time(Span(0, 7, "4 March"), "DATE", "2026-03-04", None, "day")
    a, b = (replace(r, figures=tuple(replace(f, as_of=day) for f in r.figures)) for r in (a, b))
    assert bool(find_claims([a, b], days(a=3, b=23))) == contradict


@pytest.mark.parametrize(
    ("one", "other", "contradict"),
    [
        ("The inspectors found 40 sealed drums in the cellar", "In the cellar inspectors found 55 sealed drums", True),
        (
            "The inspectors found 40 sealed drums in the cellar",
            "In the cellar inspectors found another 55 drums",
            False,
        ),
        ("The inspectors found 40 sealed drums in the cellar", "In the cellar they found 55 other sealed drums", False),
        ("In Orvik inspectors found 40 sealed drums", "They found 55 sealed drums in a cellar of Lund", False),
        ("The bill won 40 votes in the lower house", "The bill needs 55 votes in the lower house", False),
        (
            "spending 40 crowns on posters for the ballot",
            "Rivals who fear the ballot bought posters for 55 crowns",
            False,
        ),
    ],
)
def test_numbers_of_two_authorities_contradict_where_both_count_the_whole_that_is_there(
    one: str, other: str, contradict: bool
) -> None:
    readings = [told("a", one, 40, "drums found", "drums"), told("b", other, 55, "drums found", "drums")]
    assert bool(links(find_claims(readings, days(a=3, b=3)))) == contradict


def test_shares_of_two_groups_do_not_contradict_each_other() -> None:
    texts = ("Some 45 per cent of Green voters like the pact", "Some 28 per cent of Farmer voters like the pact")
    a, b = (told(n, t, float(t.split()[1]), "share", "percent") for n, t in zip("ab", texts, strict=True))
    assert not find_claims([a, b], days(a=3, b=3))


@pytest.mark.parametrize(("number", "supports"), [(1237, True), (5, False), (40, False)])
def test_a_number_that_tells_little_supports_another_only_in_like_words(number: int, supports: bool) -> None:
    texts = f"The library counts {number} windows", f"Glaziers found {number} windows in the reading rooms"
    a, b = (told(n, t, number, "windows", "windows") for n, t in zip("ab", texts, strict=True))
    assert bool(find_claims([a, b], days(a=3, b=3))) == supports


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("38 per cent of the islanders want a ferry", "Of the islanders 38 per cent want a ferry", True),
        ("38 per cent of the islanders want a ferry", "Prices at the market rose by 38 per cent", False),
    ],
)
def test_shares_support_each_other_only_where_they_are_parts_of_one_whole(one: str, other: str, same: bool) -> None:
    readings = [told("a", one, 38, "share", "percent"), told("b", other, 38, "share", "percent")]
    assert bool(find_claims(readings, days(a=3, b=3))) == same


def test_a_count_of_another_week_may_have_grown() -> None:
    readings = [reading("a", figure(17, 17)), reading("b", figure(11, 11))]
    assert not find_claims(readings, days(a=3, b=10))
    assert not find_claims(readings)


def test_counts_of_those_held_in_other_matters_do_not_exclude_each_other() -> None:
    ill = "The director of the fort's clinic said 59 of the soldiers on the list had fevers or wounds"
    bus = "An earlier exchange collapsed when a bus carrying 18 soldiers was turned back at the river"
    camp = "The clinic in the fort has 18 soldiers with fevers or wounds on its list, nurses reckon"

    def told(name: str, sentence: str, number: int) -> Reading:
        at = sentence.index(str(number))
        span, evidence = Span(at, at + 2, str(number)), Span(0, len(sentence), sentence)
        found = reading(name, replace(figure(number, number), number=span, evidence=evidence))
        return replace(found, report=replace(found.report, text=sentence))

    assert not find_claims([told("a", ill, 59), told("b", bus, 18)], days(a=3, b=3))
    assert find_claims([told("a", ill, 59), told("b", camp, 18)], days(a=3, b=3))


def test_numbers_on_the_table_are_no_counts() -> None:
    offer = move("offers", quantity=Quantity(40, 40, "people"))
    readings = [reading("a", offer, figure(40, 40)), reading("b", figure(90, 90))]
    assert not find_claims(readings, days(a=3, b=3))


@pytest.mark.parametrize(
    ("sentence", "counted"),
    [
        ("The Front holds 40 soldiers.", True),
        ("The Front must free the 40 soldiers.", True),
        ("Ambria offers to leave the pass for 40 of its soldiers.", True),
        ("Ambria asked for 40 soldiers.", False),
        ("The Front would free 40 soldiers.", False),
    ],
)
def test_a_number_that_is_asked_for_is_a_count_only_where_it_is_taken_for_granted(sentence: str, counted: bool) -> None:
    at = sentence.index("40")
    number, evidence = Span(at, at + 2, "40"), Span(0, len(sentence), sentence)
    told = replace(figure(40, 40), number=number, evidence=evidence)
    one = reading("a", told)
    one = replace(one, report=replace(one.report, text=sentence))
    ties = find_claims([one, reading("b", figure(17, 17))], days(a=3, b=3))
    assert links(ties) == ([("contradicts", "b.f1", "a.f1")] if counted else [])


def test_a_denial_of_something_else_contradicts_nothing() -> None:
    there = "The government denied shelling the post"
    other = move("denies", evidence=Span(0, len(there), there))
    assert not find_claims([reading("a", move("offers")), reading("b", other)], days(a=3, b=3))


def test_a_denial_of_giving_way_is_not_against_what_is_demanded() -> None:
    there = "Ambria denied that it had dropped its demand for the old forts"
    denies = move("denies", evidence=Span(0, len(there), there))
    asked, given = "Ambria demands all of the old forts", "Ambria has dropped its demand for the old forts"
    demands, concedes = (move(act, evidence=Span(0, len(t), t)) for act, t in (("demands", asked), ("concedes", given)))
    assert not find_claims([reading("a", demands), reading("b", denies)], days(a=3, b=3))
    assert links(find_claims([reading("a", concedes), reading("b", denies)], days(a=3, b=3))) == [
        ("contradicts", "b.m1", "a.m1")
    ]


def test_a_denial_right_after_a_claim_is_about_it() -> None:
    there = "Her office denied any such thing"
    other = move("denies", evidence=Span(60, 60 + len(there), there))
    assert links(find_claims([reading("a", move("offers"), other)])) == [("contradicts", "a.m2", "a.m1")]


@pytest.mark.parametrize(
    "sentence",
    ["About 90 soldiers are held, among them 40 drivers.", "The Front holds 90 soldiers, up from 40 in May."],
)
def test_a_part_of_a_number_or_a_former_one_contradicts_nothing(sentence: str) -> None:
    at = sentence.index("40")
    told = replace(figure(40, 40), number=Span(at, at + 2, "40"), evidence=Span(0, len(sentence), sentence))
    one = reading("a", told)
    one = replace(one, report=replace(one.report, text=sentence))
    assert not find_claims([one, reading("b", figure(90, 90))], days(a=3, b=3))


def test_talks_may_be_about_anything_so_words_have_to_agree() -> None:
    here, there = "Ambria accepted the paper on ferries", "Ambria denied that it had accepted any paper"
    accepts = move("accepts", issue="talks", evidence=Span(0, len(here), here))
    denies = move("denies", issue="talks", evidence=Span(0, len(there), there))
    other = move("denies", issue="talks", evidence=Span(0, 31, "Ambria denied shelling the post"))
    assert links(find_claims([reading("a", accepts), reading("b", denies)], days(a=3, b=3))) == [
        ("contradicts", "b.m1", "a.m1")
    ]
    assert not find_claims([reading("a", accepts), reading("b", other)], days(a=3, b=3))


def test_any_order_of_readings_gives_the_same_ties() -> None:
    readings = [
        reading("a", move("offers"), figure(17, 17)),
        reading("b", move("denies"), figure(11, 11)),
        reading("c", move("offers"), figure(17, 17), figure(9, 9, authority="x")),
    ]
    when = days(a=3, b=4, c=3)
    ties = find_claims(readings, when)
    assert len(ties) >= 4
    assert find_claims(readings[::-1], when) == ties
    assert find_claims([readings[1], readings[2], readings[0], readings[0]], when) == ties


def test_a_count_that_only_grows_contradicts_no_earlier_one_and_a_part_none_at_all() -> None:
    first, grown = figure(40, 40, measure="deaths", authority="A"), figure(55, 55, measure="deaths", authority="B")
    assert not find_claims([reading("a", first), reading("b", grown)], days(a=3, b=5))
    assert links(find_claims([reading("a", first), reading("b", grown)], days(a=5, b=3))) == [
        ("contradicts", "a.f1", "b.f1")
    ]
    assert links(find_claims([reading("a", first), reading("b", grown)], days(a=3, b=3))) == [
        ("contradicts", "b.f1", "a.f1")
    ]
    assert not find_claims([reading("a", first), reading("b", replace(grown, rule="part"))], days(a=3, b=3))


def test_at_least_agrees_with_what_is_more() -> None:
    least, exact = figure(50, None, "at-least", "deaths", "A"), figure(59, 59, measure="deaths", authority="B")
    assert not find_claims([reading("a", least), reading("b", exact)], days(a=3, b=3))
