"""What says the same is one claim; what differs in number, polarity, mood or part is not."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from onthetable.case import Case
from onthetable.ledger import Ledger
from onthetable.model import (
    Claim,
    Event,
    Interval,
    Kind,
    Manner,
    Published,
    Reading,
    Report,
    Source,
    Span,
    Statement,
    Tie,
)
from onthetable.text import digest
from onthetable.ties import tie
from onthetable.ties.claims import compare

DAY = dt.date(2026, 5, 3)
LEAD = "Somebody said that "


def said(
    name: str,
    content: str,
    *,
    by: str | None = "Orla Fenn",
    party: str | None = "Ferry Guild",
    kind: Kind = "named",
    manner: Manner = "indirect",
    relay: tuple[str, ...] = (),
    outlet: str | None = None,
    more: str = "",
) -> Reading:
    """A report in which somebody says something; what stands in double quotes is quoted."""
    text = f"{LEAD}{content}. {name}{more}"
    start = len(LEAD)
    span = Span(start, start + len(content), content)
    places = [i for i, c in enumerate(text) if c == '"']
    quoted = tuple(Span(a, b + 1, text[a : b + 1]) for a, b in zip(places[::2], places[1::2], strict=True))
    source = Source(Span(12, 25, text[12:25]), None if kind == "anonymous" else by, party, kind)
    statement = Statement(
        f"{name}.s1",
        name,
        span,
        (span,),
        None,
        source if by else None,
        manner,
        relay,
        quoted,
        False,
        False,
        "made",
        0.9,
    )
    report = Report(name, name, text, digest(text), outlet=outlet)
    return Reading(report, (statement,), (), (), (), (), (), ())


def published(*names: str, day: dt.date = DAY) -> dict[str, Published]:
    return {name: Published(Interval(day, day), ()) for name in names}


def one(a: str, b: str, **more: object) -> bool:
    """Whether two statements of one side are one claim."""
    found = compare([said("a", a, **more), said("b", b, **more)], published("a", "b"))  # type: ignore[arg-type]
    return found.same == (("a.s1", "b.s1"),)


def claims(
    *readings: Reading, ties: tuple[Tie, ...] = (), families: tuple[tuple[str, ...], ...] = ()
) -> tuple[Claim, ...]:
    names = [r.report.id for r in readings]
    when = published(*names)
    found = compare(readings, when, families, ties)
    made = tie((), Case())
    made = replace(
        made, published=when, families=families, ties=(*ties, *found.ties), same=found.same, entails=found.entails
    )
    return Ledger(Case(), readings, made).claims()


SAME = [
    ("the guild would end its strike on Friday", "the guild will finish its walkout on Friday"),
    ("the harbour board must pay the crews 40 crowns an hour", "the harbour board has to pay crews 40 crowns per hour"),
    ("the owners had agreed to a pause of six weeks", "the owners agreed to a six-week pause"),
    ("the talks with the owners would resume on Monday", "negotiations with the owners would restart on Monday"),
    ('the offer was "a rope with no boat at the end"', 'what was on the table was "a rope with no boat at the end"'),
    ("the guild will not sign the paper on night shifts", "the guild would not sign that document about night shifts"),
    ("the island crews want their licences back", "crews of the island want to have the licences back"),
    ("both envoys approved the text of the truce", "the text of the ceasefire was endorsed by both envoys"),
]
APART = [
    ("the guild accepted the offer of the harbour board", "the guild rejected the offer of the harbour board"),
    ("the guild will sign the paper on night shifts", "the guild will not sign the paper on night shifts"),
    ("the owners won't reopen the docks this year", "the owners will reopen the docks this year"),
    ("Ostmark will hand Velland forty crewmen", "Velland will hand Ostmark forty crewmen"),
    ("we will give Velland the lower harbour", "Velland will give us the lower harbour"),
    ("it would give Velland the lower harbour", "Velland would give it the lower harbour"),
    ("the harbour board will pay 40 crowns an hour", "the harbour board will pay 45 crowns an hour"),
    ("the truce in the strait should last six weeks", "the truce in the strait should last six months"),
    ("at least 50 crewmen were held in the fort", "at most 50 crewmen were held in the fort"),
    ("at least 50 crewmen were held in the fort", "59 crewmen were held in the fort"),
    ("talks on the strait would resume on Monday", "talks on the strait would resume on Thursday"),
    ("the guild would end its strike in the port", "the guild might end its strike in the port"),
    ("the guild would end its strike in the port", "the guild would end its strike in the port if crews are paid"),
    ("the owners lifted the ban on night shifts", "the owners imposed the ban on night shifts"),
    ("the fleet would leave the inner harbour", "the fleet would stay in the inner harbour"),
    ("crews were freed before the talks in the fort", "crews were freed after the talks in the fort"),
    ("the docks would be opened to the island crews", "the docks would be closed to the island crews"),
    ("the owners would raise the wages of night crews", "the owners would cut the wages of night crews"),
    ("the guild signed with guarantees from the board", "the guild signed without guarantees from the board"),
    ("the guild wants the licences back", "the mayor of the island is ill"),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_other_words_for_the_same_are_one_claim(a: str, b: str) -> None:
    assert one(a, b)


@pytest.mark.parametrize(("a", "b"), APART)
def test_what_differs_in_more_than_words_is_two_claims(a: str, b: str) -> None:
    assert not one(a, b)


PAIRS = tomllib.loads((Path(__file__).parent / "pairs.toml").read_text("utf-8"))


def test_most_pairs_are_told_apart_or_put_together_rightly() -> None:
    joined = [pair for pair in PAIRS["apart"] if one(*pair)]
    assert not joined
    together = [one(*pair) for pair in PAIRS["same"]]
    assert len(together) + len(PAIRS["apart"]) > 150
    assert sum(together) >= 0.85 * len(together)


def test_another_side_says_something_else_in_the_same_words() -> None:
    words = "the docks should stay closed until the autumn"
    other = said("b", words, by="Tam Roke", party="Harbour Board")
    found = compare([said("a", words), other], published("a", "b"))
    assert not found.same
    assert not found.ties


def test_another_speaker_of_the_side_says_the_same_and_weeks_later_it_is_news_again() -> None:
    words = "the docks should stay closed until the autumn"
    other = said("b", words, by="Tam Roke")
    assert compare([said("a", words), other], published("a", "b")).same
    later = published("b", day=DAY + dt.timedelta(days=20))
    assert not compare([said("a", words), other], published("a") | later).same


def test_a_quotation_stays_one_claim_whenever_it_is_repeated() -> None:
    words = '"Nobody ties a boat to a falling pier"'
    later = published("b", day=DAY + dt.timedelta(days=40))
    assert compare([said("a", words), said("b", words)], published("a") | later).same


def test_reports_of_different_stories_corroborate_and_copies_do_not() -> None:
    words, others = "the docks should stay closed until the autumn", "the docks should remain closed until the autumn"
    readings = [said("a", words), said("b", words), said("c", others)]
    found = compare(readings, published("a", "b", "c"), [("a", "b"), ("c",)])
    assert [(t.kind, t.source, t.target) for t in found.ties] == [("corroborates", "c.s1", "a.s1")]
    assert found.same == (("a.s1", "b.s1", "c.s1"),)


def test_the_very_same_words_are_no_second_telling_unless_they_are_a_quotation() -> None:
    words = "the docks should stay closed until the autumn"
    again = compare([said("a", words), said("b", words)], published("a", "b"))
    assert again.same == (("a.s1", "b.s1"),)
    assert not again.ties
    quoted = compare([said("a", f'"{words}"'), said("b", f'"{words}"')], published("a", "b"))
    assert [(t.kind, t.source, t.target) for t in quoted.ties] == [("corroborates", "b.s1", "a.s1")]


def test_what_follows_in_one_direction_only() -> None:
    exact, least = "59 crewmen were held in the old fort", "at least 50 crewmen were held in the old fort"
    assert compare([said("a", least), said("b", exact)], published("a", "b")).entails == (("b.s1", "a.s1"),)
    assert not compare([said("a", "40 crewmen were held in the old fort"), said("b", least)]).entails
    longer = "the guild would end its strike in the port on Friday and pay its dues"
    shorter = "the guild would end its strike in the port"
    claim, other = claims(said("a", longer), said("b", shorter))
    assert (claim.entails, other.entails) == (("b.s1",), ())


def test_any_order_of_arrival_gives_the_same_claims() -> None:
    words = [SAME[0][0], SAME[0][1], APART[0][0], APART[0][1], SAME[0][0]]
    readings = [said("abcde"[n], w) for n, w in enumerate(words)]
    first = compare(readings, published(*"abcde"))
    assert first.same
    assert all(compare(order, published(*"abcde")) == first for order in permutations(readings))


# --- origins ------------------------------------------------------------------------------------------

WORDS = "the docks should stay closed until the autumn"


def test_the_same_words_of_people_unnamed_are_one_origin_until_parties_tell_them_apart() -> None:
    def anonymous(name: str, outlet: str, party: str | None) -> Reading:
        return said(name, WORDS, kind="anonymous", party=party, outlet=outlet)

    (claim,) = claims(anonymous("a", "Strait Post", None), anonymous("b", "Pier Radio", None))
    assert (claim.members, claim.reports, claim.origins, claim.named) == (("a.s1", "b.s1"), 2, 1, 0)
    found = compare([anonymous("a", "Strait Post", None), anonymous("b", "Pier Radio", None)], published("a", "b"))
    assert not found.ties
    apart = claims(anonymous("a", "Strait Post", "Ferry Guild"), anonymous("b", "Pier Radio", "Harbour Board"))
    assert [(c.reports, c.origins) for c in apart] == [(1, 1), (1, 1)]


def test_the_same_words_of_one_named_source_to_two_outlets_are_two_origins() -> None:
    (claim,) = claims(said("a", WORDS, outlet="Strait Post"), said("b", WORDS, outlet="Pier Radio"))
    assert (claim.reports, claim.origins, claim.named) == (2, 2, 1)


def test_copies_and_relays_of_relays_are_one_origin() -> None:
    def report(name: str, outlet: str, relay: tuple[str, ...] = ()) -> Reading:
        return said(name, WORDS, outlet=outlet, relay=relay)

    first, second = report("a", "Strait Post"), report("b", "Pier Radio", ("The Post of the Strait",))
    third = report("c", "Quay Times", ("The Radio of the Pier",))
    span = first.statements[0].content
    ties = (Tie("relays", "b", "a", 1.0, (span, span)), Tie("relays", "c", "b", 1.0, (span, span)))
    (claim,) = claims(first, second, third, ties=ties)
    assert (claim.reports, claim.origins) == (3, 1)
    (claim,) = claims(first, second, third)
    assert claim.origins == 3
    plain = [report("a", "Strait Post"), report("b", "Pier Radio")]
    (claim,) = claims(*plain, families=(("a", "b"),))
    assert (claim.reports, claim.origins) == (2, 1)


# --- events, second wordings --------------------------------------------------------------------------


def event(
    name: str, words: str, who: tuple[str, ...] = ("Ferry Guild", "Harbour Board"), place: str | None = None
) -> Reading:
    text = f"{words}. {name}"
    found = Event(f"{name}.e1", name, "meeting", "CONSULT", who, place, None, Span(0, len(words), words), "made")
    return Reading(Report(name, name, text, digest(text)), (), (), (), (), (found,), (), ())


def test_events_of_the_same_people_in_like_words_are_one() -> None:
    here = event("a", "the guild met the owners for talks in the customs house")
    assert compare([here, event("b", "the guild and the owners met for negotiations in the customs house")]).same
    assert not compare([here, event("b", "the guild met the owners for a second round of talks")]).same
    assert not compare([here, event("b", "the guild met the mayor", ("Ferry Guild", "Mayor"))]).same
    wide = event("b", "the guild met the owners for talks", ("Ferry Guild", "Harbour Board", "Mayor"), "Quayside")
    assert compare([here, wide]).entails == (("b.e1", "a.e1"),)
    assert not compare([here, wide]).ties


def test_a_sentence_and_its_second_wording_are_one_claim() -> None:
    first = "The guild will lift its blockade of the harbour once the owners pay the night crews"
    second = "Its barricade of the harbour the guild will drop as soon as the owners have paid the night crews"
    text = f"{first}, Orla Fenn said. {second}, Orla Fenn stated.\n"
    source = Source(Span(text.index("Orla"), text.index("Orla") + 9, "Orla Fenn"), "Orla Fenn", "Ferry Guild", "named")
    found = []
    for n, words in enumerate((first, second), 1):
        span = Span(text.index(words), text.index(words) + len(words), words)
        found.append(
            Statement(f"a.s{n}", "a", span, (span,), None, source, "indirect", (), (), False, False, "made", 0.9)
        )
    reading = Reading(Report("a", "a", text, digest(text)), tuple(found), (), (), (), (), (), ())
    (claim,) = claims(reading)
    assert (claim.members, claim.reports, claim.origins, claim.named) == (("a.s1", "a.s2"), 1, 1, 1)


def test_the_work_grows_with_the_statements_and_not_with_their_square() -> None:
    readings = [said(f"r{n:04}", f"the docks of pier {n} should stay closed") for n in range(600)]
    found = compare(readings, published(*(r.report.id for r in readings)))
    assert not found.same
    same = [said(f"r{n:04}", f'"{WORDS}"') for n in range(600)]
    found = compare(same, published(*(r.report.id for r in same)))
    assert len(found.ties) == 599
    assert len(found.same) == 1


def test_a_day_leaves_out_what_was_not_out() -> None:
    readings = [said("a", WORDS, outlet="Strait Post"), said("b", WORDS, outlet="Pier Radio")]
    when = published("a") | published("b", day=DAY + dt.timedelta(days=2))
    found = compare(readings, when)
    made = replace(tie((), Case()), published=when, ties=found.ties, same=found.same, entails=found.entails)
    ledger = Ledger(Case(), tuple(readings), made)
    assert [(c.id, c.reports, c.origins) for c in ledger.claims()] == [("a.s1", 2, 2)]
    assert [(c.id, c.reports, c.origins) for c in ledger.claims(DAY)] == [("a.s1", 1, 1)]
