"""Events: what triggers one, whether it took place, who took part, where and when."""

from __future__ import annotations

import pytest

from onthetable.case import Case, Party
from onthetable.model import Event, Report, Span
from onthetable.spans.find import find_spans
from onthetable.terms.events import find_events
from onthetable.text import digest

CASE = Case(
    parties=(
        Party("Norland", people=("Petra Lund",), aliases=("the Norland government", "Norlandic")),
        Party("Tarvia", people=("Osk Derry",)),
        Party("Harbour Union", aliases=("the union",)),
        Party("Selland", role="mediator"),
    )
)


def events(text: str) -> tuple[Event, ...]:
    report = Report(digest(text)[:12], "test", text, digest(text))
    found = find_events(report, find_spans(report, CASE), (), CASE)
    for e in found:
        assert text[e.evidence.start : e.evidence.end] == e.evidence.text
    return found


@pytest.mark.parametrize(
    ("text", "kind", "participants"),
    [
        ("Norland and Tarvia have resumed talks in Geneva.", "meeting", {"Norland", "Tarvia"}),
        ("The Norland government held a meeting on Monday.", "meeting", {"Norland"}),
        ("Petra Lund met Osk Derry in Geneva on Friday.", "meeting", {"Norland", "Tarvia"}),
        ("Petra Lund hosted Osk Derry at Lakeside.", "meeting", {"Norland", "Tarvia"}),
        ("Petra Lund discussed the duty with Osk Derry.", "meeting", {"Norland", "Tarvia"}),
        ("A round of talks between Norland and Tarvia began on Monday.", "meeting", {"Norland", "Tarvia"}),
        ("Osk Derry landed in Geneva on Friday.", "visit", {"Tarvia"}),
        ("Osk Derry is visiting Selland this week.", "visit", {"Tarvia", "Selland"}),
        ("Tarvia issued a brief statement on Monday.", "statement", {"Tarvia"}),
        ("Petra Lund said in a televised address that the levy stays.", "statement", {"Norland"}),
        ("Norland shelled the harbour of Tarvia on Monday.", "attack", {"Norland"}),
        ("Tarvia freed 27 sailors in exchange for grain.", "release", {"Tarvia"}),
        ("Thousands of nurses demonstrated in Geneva against the plan.", "protest", {"nurses"}),
        ("The dock strike called by the union began on Monday.", "protest", {"Harbour Union"}),
        ("Norland and Tarvia sat down for a third round of talks on Tuesday.", "meeting", {"Norland", "Tarvia"}),
        ("Talks between Norland and Tarvia got under way on Sunday.", "meeting", {"Norland", "Tarvia"}),
        ("Petra Lund has twice in Geneva with Osk Derry discussed the duty.", "meeting", {"Norland", "Tarvia"}),
        ("Norland's delegation reached Geneva on Friday.", "visit", {"Norland"}),
        ("Norland put out a communique on Sunday.", "statement", {"Norland"}),
        ("Petra Lund told a press conference that the levy stays.", "statement", {"Norland"}),
        ("Four villagers were killed in a Tarvian raid on Monday.", "attack", {"villagers", "Tarvia"}),
        ("Tarvia handed over the bodies of four sailors on Wednesday.", "release", {"Tarvia"}),
        ("Petra Lund said on a visit to Selland that the levy stays.", "visit", {"Norland"}),
        ("Petra Lund said at a press conference in Geneva that the levy stays.", "statement", {"Norland"}),
        ("When Petra Lund met Osk Derry on Friday, she demanded that the levy go.", "meeting", {"Norland", "Tarvia"}),
        ("Talks with Tarvian and Norlandic envoys have started in Geneva.", "meeting", {"Tarvia", "Norland"}),
        ("Nurses went on strike on Monday.", "protest", {"Nurses"}),
        ("Norland killed a senior commander in Tarvia on Monday.", "attack", {"Norland"}),
        ("Hundreds of nurses took to the streets on Monday.", "protest", {"nurses"}),
        ("Nurses staged a one-day strike on Friday.", "protest", {"Nurses"}),
        ("Relatives of the sailors rallied outside parliament.", "protest", {"Relatives of the sailors"}),
        ("The Greens and the Liberals met on Sunday to discuss a coalition.", "meeting", {"Greens", "Liberals"}),
        ("The inspectors visited the plant on Tuesday.", "visit", {"inspectors"}),
        ("A document leaked by Norland was read to this paper.", "leak", {"Norland"}),
    ],
)
def test_triggers(text: str, kind: str, participants: set[str]) -> None:
    found = [e for e in events(text) if e.type == kind]
    assert found, events(text)
    assert participants <= set(found[0].participants)


@pytest.mark.parametrize(
    "text",
    [
        "Norland refused to meet Tarvia.",
        "Norland did not hold a meeting on Monday.",
        "Norland would meet Tarvia if the levy went.",
        "There are fears of an attack on the harbour by Norland.",
        "Tarvia offered to free 27 sailors.",
        "The deal would see Tarvia release 27 sailors.",
        "Petra Lund attacked Tarvia in a newspaper column.",
        "Tarvia could strike at the port.",
        "Norland ruled out a meeting with Tarvia.",
        "Tarvia denied that its troops had shelled the port.",
        "No meeting took place.",
        "Petra Lund meets Osk Derry often.",
        "Tarvian attacks have killed 9,000 people.",
        "Tarvia wants the army to leave before a single sailor is freed.",
        "The union called off the strike.",
    ],
)
def test_what_did_not_happen(text: str) -> None:
    assert events(text) == ()


def test_place_time_and_plover() -> None:
    (one,) = events("Petra Lund met Osk Derry in Geneva on Friday.")
    assert (one.place, one.plover) == ("Geneva", "CONSULT")
    assert one.time is not None
    assert one.time.span.text == "Friday"


def test_an_event_told_twice_is_one() -> None:
    first = "Norland and Tarvia held a meeting in Geneva on Friday."
    found = events(f"{first} The meeting between Norland and Tarvia ended late.")
    assert [e.type for e in found] == ["meeting"]
    assert found[0].evidence.text == first


def test_a_title_that_the_text_tells_again_is_no_event_of_its_own() -> None:
    title, rest = "Norland and Tarvia resume talks", "\n\nNorland and Tarvia have resumed talks in Geneva."
    text = title + rest
    report = Report(digest(text)[:12], "test", text, digest(text), title=Span(0, len(title), title))
    (one,) = find_events(report, find_spans(report, CASE), (), CASE)
    assert one.evidence.start > len(title)


def test_what_is_only_named_as_a_place_takes_no_part() -> None:
    (one,) = events("Leaders of the Greens and the Liberals met in Selland on Sunday.")
    assert "Selland" not in one.participants
    assert one.place == "Selland"


def test_ids_run_in_the_order_of_the_text() -> None:
    found = events("Osk Derry landed in Geneva on Friday. On Saturday Tarvia issued a statement.")
    assert [e.id[-3:] for e in found] == [".e1", ".e2"]
    assert [e.evidence.start for e in found] == sorted(e.evidence.start for e in found)
