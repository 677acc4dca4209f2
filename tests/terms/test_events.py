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


def events(text: str, case: Case = CASE) -> tuple[Event, ...]:
    report = Report(digest(text)[:12], "test", text, digest(text))
    found = find_events(report, find_spans(report, case), (), case)
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


@pytest.mark.parametrize(
    ("text", "kind", "participants"),
    [
        # meetings
        ("Envoys of Norland and Tarvia huddled in Geneva for six hours on Friday.", "meeting", {"Norland", "Tarvia"}),
        ("Petra Lund held a telephone conversation with Osk Derry on Friday.", "meeting", {"Norland", "Tarvia"}),
        ("Petra Lund spoke by phone with Osk Derry on Friday.", "meeting", {"Norland", "Tarvia"}),
        ("Norland and Tarvia exchanged views in Geneva on Friday.", "meeting", {"Norland", "Tarvia"}),
        ("Petra Lund was received by the president of Selland on Friday.", "meeting", {"Norland", "Selland"}),
        ("Both delegations sat in one room on Tuesday.", "meeting", {"Norland", "Tarvia"}),
        ("Petra Lund is in Geneva for talks with Osk Derry.", "meeting", {"Norland", "Tarvia"}),
        (
            "Following a meeting with Osk Derry in Geneva, Petra Lund said the levy stays.",
            "meeting",
            {"Norland", "Tarvia"},
        ),
        ("Petra Lund went straight into a meeting with Osk Derry.", "meeting", {"Norland", "Tarvia"}),
        ("Norland's delegation stormed out of the talks in Geneva on Friday.", "meeting", {"Norland"}),
        ("Coalition talks between the Greens and the Liberals resumed on Sunday.", "meeting", {"Greens", "Liberals"}),
        ("On 12 and 13 May Petra Lund received the Tarvian envoy.", "meeting", {"Norland", "Tarvia"}),
        ("Norland played host to the Tarvian delegation on Monday.", "meeting", {"Norland", "Tarvia"}),
        ("Talks between the union and the company ended on Monday.", "meeting", {"Harbour Union", "company"}),
        # visits
        ("Osk Derry flew home from Geneva on Monday.", "visit", {"Tarvia"}),
        ("Petra Lund left for Geneva on Sunday.", "visit", {"Norland"}),
        ("The chief inspector toured the plant on Tuesday.", "visit", {"chief inspector"}),
        ("The plant was visited by inspectors on Tuesday.", "visit", {"inspectors"}),
        ("Inspectors gained access to the plant on Wednesday.", "visit", {"Inspectors"}),
        # statements
        ("Petra Lund said on state television on Monday that the levy stays.", "statement", {"Norland"}),
        ("Joint statement by Norland and Tarvia on the dam", "statement", {"Norland", "Tarvia"}),
        ("Osk Derry spoke to the nation on Sunday.", "statement", {"Tarvia"}),
        ("Tarvia released a statement on Monday.", "statement", {"Tarvia"}),
        # attacks
        ("Two villagers died when shells hit the school in Geneva on Tuesday.", "attack", {"villagers"}),
        ("Bandits abducted six teachers near the dam on Saturday.", "attack", {"Bandits"}),
        ("Police fired on a crowd in Geneva on Monday, killing four.", "attack", {"Police"}),
        ("Six soldiers were killed late on Sunday in an ambush near Geneva.", "attack", {"soldiers"}),
        # releases
        ("Norland gave back two trawlers to Tarvia on Friday.", "release", {"Norland"}),
        ("The first batch of 40 prisoners was released on Monday.", "release", {"prisoners"}),
        # protests
        ("Relatives of the sailors marched past the ministry on Monday.", "protest", {"Relatives of the sailors"}),
        ("Nurses blocked the road to the port on Friday.", "protest", {"Nurses"}),
        ("Shopkeepers observed a one-day hartal on Thursday.", "protest", {"Shopkeepers"}),
        ("The union staged a sit-in outside the ministry on Monday.", "protest", {"Harbour Union"}),
        ("The strike by nurses entered its third week on Monday.", "protest", {"nurses"}),
        ("About 4,000 nurses are on strike in Geneva.", "protest", {"nurses"}),
        ("The overtime ban by the union began on Monday.", "protest", {"Harbour Union"}),
        # leaks
        ("Petra Lund accused Tarvia of leaking the draft to the press.", "leak", {"Tarvia"}),
        ("The Herald has obtained a copy of the draft.", "leak", {"Herald"}),
    ],
)
def test_wider_wording(text: str, kind: str, participants: set[str]) -> None:
    found = [e for e in events(text) if e.type == kind]
    assert found, events(text)
    assert participants <= set(found[0].participants)


@pytest.mark.parametrize(
    "text",
    [
        "Petra Lund attacked the proposal on Monday.",
        "Farmers attacked the levy as unfair on Monday.",
        "Petra Lund launched an attack on the levy on Friday.",
        "Petra Lund shot down the idea on Monday.",
        "Talks were under attack from both sides on Monday.",
        "Oil rose above the strike price of 70 crowns on Monday.",
        "The strike hit exports on Monday.",
        "Norland fired 300 port workers on Monday.",
        "Troops marched into the valley on Monday.",
        "The target was met on Friday.",
        "The plan met with criticism on Friday.",
        "Opposition lawmakers blocked the bill on Friday.",
        "The union protested that the offer was late.",
        "Norland returned the call on Friday.",
        "Tarvia released figures on Monday.",
        "Water leaked from the dam on Monday.",
        "Norland called for talks with Tarvia.",
        "Norland postponed a visit to Tarvia on Friday.",
        "If Norland and Tarvia meet on Friday, the levy will fall.",
        "No date has been set for the next round of talks.",
        "The walkout was averted on Sunday.",
        "Tarvia is committed to securing the release of the sailors.",
        "There were no talks on Monday.",
        "The bill came to parliament on Monday.",
        "Orders poured in on Saturday.",
    ],
)
def test_traps(text: str) -> None:
    assert events(text) == ()


TWO = Case(parties=(Party("Norland", people=("Petra Lund",)), Party("Tarvia"), Party("Selland", role="mediator")))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Talks adjourned on Friday without a deal.", "meeting"),
        ("Talks in Geneva went on until Thursday night.", "meeting"),
        ("A third round of talks is scheduled for Friday in Geneva.", "meeting"),
        ("Proximity talks mediated by Selland got off to a slow start on Sunday.", "meeting"),
        ("Mediators said at the end of a second round of talks that the levy stays.", "meeting"),
        ("The second round had been put off twice. It began on 4 May in Geneva.", "meeting"),
        ("The negotiating teams will reconvene in Geneva on Thursday.", "meeting"),
    ],
)
def test_what_names_nobody_is_between_the_principals(text: str, kind: str) -> None:
    (one,) = events(text, TWO)
    assert one.type == kind
    assert {"Norland", "Tarvia"} <= set(one.participants)


@pytest.mark.parametrize(
    "text",
    [
        "Two rockets landed near the port on Sunday.",
        "The raid on the port, in which nine people died, took place on Monday.",
    ],
)
def test_an_attack_that_nobody_signs_names_no_party(text: str) -> None:
    (one,) = events(text, TWO)
    assert one.type == "attack"
    assert not {"Norland", "Tarvia"} & set(one.participants)


def test_an_attack_is_not_laid_at_the_door_of_who_speaks_of_it() -> None:
    found = events("Petra Lund rejected the offer on Monday, two weeks after the shelling of Geneva.", TWO)
    assert all(set(e.participants) != {"Norland"} for e in found if e.type == "attack")


def test_a_body_meets_by_itself() -> None:
    (one,) = events("Norland's cabinet approved the draft at an emergency session on Sunday night.", TWO)
    assert one.participants == ("Norland",)
