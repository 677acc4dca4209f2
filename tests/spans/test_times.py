import time as clock
from datetime import date
from itertools import pairwise

import pytest

from onthetable import dates
from onthetable.model import Report, Time
from onthetable.spans.nlp import parse
from onthetable.spans.times import find_times

WEDNESDAY = date(2031, 3, 12)


def times(text: str) -> tuple[Time, ...]:
    return find_times(parse(Report("r", "r.txt", text, "0")))


CASES = [
    "The ferry crews will walk out [Friday|DATE|2031-03-14].",
    "The crews walked out on [Friday|DATE|2031-03-07].",
    "Both sides met [Tuesday night|TIME|2031-03-11TNI] at the mill.",
    "She arrived [early on Monday|DATE|2031-03-10].",
    "The guild voted [last month|DATE|2031-02] to reject the offer.",
    "The minister spoke [earlier this week|DATE|2031-W11].",
    "A reply is due by [the end of April|DATE|2031-04].",
    "They signed in [late November 2029|DATE|2029-11].",
    "The pact was signed on [14 October 2025|DATE|2025-10-14].",
    "The pact was signed on [May 27, 2025|DATE|2025-05-27].",
    "The pact of [2025-05-27|DATE|2025-05-27] has lapsed.",
    "No grain has moved since [Nov. 9|DATE|2030-11-09].",
    "The levy was cut [two years ago|DATE|2029].",
    "The mine closed [nine years back|DATE|2022].",
    "The mine closed [a decade ago|DATE|202].",
    "They may meet again in [two weeks' time|DATE|2031-W13].",
    "The strike lasted [nearly four months|DURATION|P4M].",
    "It is a [six-week|DURATION|P6W] truce between the cartels.",
    "Inspectors get [24 hours|DURATION|PT24H] to reply.",
    "They talked for [an hour and a half|DURATION|PT1.5H].",
    "Talks go on in [the coming days|DURATION|PXD].",
    "Prices rose over [the past two decades|DURATION|P20Y].",
    "Wages are reviewed [annually|SET|P1Y].",
    "The board sits [every two weeks|SET|P2W].",
    "The board sits on [Mondays|SET|XXXX-WXX-1].",
    "Steel sales fell in [the third quarter of 2030|DATE|2030-Q3].",
    "Tariffs were high in [the 1990s|DATE|199].",
    "The council meets [tonight|TIME|2031-03-12TNI].",
    "The council met at [10:30 a.m. Tuesday|TIME|2031-03-11T10:30].",
    "Nobody is [now|DATE|PRESENT_REF] at the table.",
    "The envoy [recently|DATE|PAST_REF] flew home.",
    "They left in [June 2028|DATE|2028-06] and came back [later that year|DATE|2028].",
    "The union wants [more than 18 months|DURATION|P18M].",
    "Crews downed tools in [the summer of 2029|DATE|2029-SU].",
]


@pytest.mark.parametrize("marked", CASES)
def test_times_with_their_type_and_value(marked: str) -> None:
    text, wanted = unmark(marked)
    found = [(t.span.start, t.span.text, t.type, dates.value(t, WEDNESDAY)) for t in times(text)]
    assert found == wanted


def unmark(marked: str) -> tuple[str, list[tuple[int, str, str, str]]]:
    """The plain text, and (start, words, type, value) of what stands in square brackets."""
    text, wanted = "", []
    for n, piece in enumerate(marked.replace("]", "[").split("[")):
        if n % 2:
            words, kind, value = piece.split("|")
            wanted.append((len(text), words, kind, value))
            piece = words
        text += piece
    return text, wanted


@pytest.mark.parametrize(
    "text",
    [
        "The mill may reopen.",
        "Workers march on the harbour.",
        "The baker tabled a second offer.",
        "It counts 2,019 members and 1,987 pensioners.",
        "Sun Ferries paid $1995 for each seat.",
        "A 52-year-old clerk spoke.",
        "Three-quarters of the crews agreed.",
    ],
)
def test_what_only_looks_like_a_time(text: str) -> None:
    assert not times(text)


def test_spans_are_in_order_apart_and_at_their_offsets() -> None:
    text = "On Monday, 3 May 2027, after six weeks of talks, the two-day walkout that began last Tuesday ended at noon."
    found = times(text)
    assert len(found) >= 4
    assert all(text[t.span.start : t.span.end] == t.span.text for t in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))


def test_hostile_text_takes_linear_time() -> None:
    tree = parse(Report("r", "r.txt", "1 2 3 a few the last 10 about " * 600, "0"))
    began = clock.perf_counter()
    find_times(tree)
    assert clock.perf_counter() - began < 2
