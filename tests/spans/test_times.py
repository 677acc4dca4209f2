import time as clock
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onthetable import dates
from onthetable.model import Interval, Report, Time
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
    "No flight landed in [recent weeks|DATE|PAST_REF].",
    "The lockout went on for [the past couple of years|DURATION|P2Y].",
    "Stewards sat out [two and a half days|DURATION|P2.5D].",
    "The deal must close by [year-end|DATE|2031-12-31].",
    "The crews will walk out on [Good Friday|DATE|2031-04-11].",
    "The truce of [Easter 2025|DATE|2025-04-20] held.",
    "They met on [Thanksgiving|DATE|2030-11-28].",
    "Profit fell in [the year|DURATION|P1Y] ended [Feb. 28|DATE|2031-02-28].",
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
    "Talks will resume on [June 5|DATE|2031-06-05] and [6|DATE|2031-06-06].",
    "Talks will resume on [June 5|DATE|2031-06-05], [6|DATE|2031-06-06] and [7th|DATE|2031-06-07] in Vienna.",
    "Talks will resume from [5|DATE|2031-06-05] to [7 June|DATE|2031-06-07].",
    "On [June 5|DATE|2030-06-05], 6 stewards resigned.",
    "Revenue fell in [fiscal 2029|DATE|2029].",
    "Revenue fell in [the fiscal third quarter|DATE|2030-Q3].",
    "The yard posted a [third-quarter|DATE|2030-Q3] loss.",
    "Output fell in [the first half of 2029|DATE|2029-H1].",
    "Wages stood still in [the mid-eighties|DATE|198].",
    "The panel sat at [9 a.m. GMT|TIME|2031-03-12T09:00].",
    "The panel sat at [1430 GMT Monday|TIME|2031-03-10T14:30].",
    "The panel sat [Monday at 5 p.m. Eastern time|TIME|2031-03-10T17:00].",
    "They signed in [the early hours of Sunday|TIME|2031-03-09TMO].",
    "Pickets stand on [Monday|SET|XXXX-WXX-1TNI] and [Tuesday nights|SET|XXXX-WXX-2TNI].",
    "The council meets [Friday|DATE|2031-03-14].",
    "Envoys went to Vienna to meet the guild [Friday|DATE|2031-03-07].",
    "Crews planned a march for [Saturday|DATE|2031-03-15].",
    "Stewards left on [3 May 2027|DATE|2027-05-03] and came back [the following day|DATE|2027-05-04].",
    "They met on [Monday|DATE|2031-03-10] and signed [that night|TIME|2031-03-10TNI].",
    "[Two weeks later|DATE|XXXX-WXX] they signed.",
    "The pact lapsed [two weeks|DURATION|P2W] after the vote.",
    "In [the weeks|DURATION|PXW] before the vote prices rose.",
    "She left [the day|DATE|XXXX-XX-XX] after the vote.",
    "Our paper of [the day after|DATE|2031-03-13] asks for less.",
    "They met on [Monday|DATE|2031-03-10]. [An hour later|DATE|2031-03-10] they signed.",
    "Clerks earn 900 crowns [per annum|SET|P1Y].",
    "They have met on [the 5th of this month|DATE|2031-03-05].",
    "Prices doubled over [the past decade|DURATION|P10Y].",
    "The [current|DATE|PRESENT_REF] pact lapses in [the year two thousand and forty|DATE|2040].",
    "The levy of [25/12/2030|DATE|2030-12-25] stands.",
    "They met on [June 5|DATE|2029-06-05] and [6, 2029|DATE|2029-06-06] in Vienna.",
    "Income fell in [FY2029|DATE|2029].",
    "They left at [dawn Sunday|TIME|2031-03-09TMO].",
    "The guild wants [two or three weeks|DURATION|P2W].",
    "Ferries ran on [Labor Day|DATE|2030-09-02].",
    "Ferries run on [weekends|SET|XXXX-WXX-WE].",
    "They signed in [2028|DATE|2028]; [a year later|DATE|2029] the pact lapsed.",
    "It was a debt for [several quarters|DURATION|PXQ].",
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
        "The guild wants 500 crowns a year.",
        "Three-quarters of the crews agreed.",
        "A quarter of the crews agreed.",
        "Eastern Ferries cut its fares.",
    ],
)
def test_what_only_looks_like_a_time(text: str) -> None:
    assert not times(text)


@pytest.mark.parametrize(
    "words",
    [
        "31 April", "February 30, 2030", "29 February 2030", "2030-02-31", "2030-13-45", "31/02/2030", "0000-01-01",
        "32 May 2030", "May 45, 2030", "0 June", "5 May 0000", "5 May 123456789012", "the year 0", "the year 99999",
        "the 31st of last month",
    ],
)  # fmt: skip
def test_an_impossible_date_has_no_value_but_a_reason(words: str) -> None:
    (found,) = times(f"The pact of {words} is a forgery.")
    assert dates.value(found, WEDNESDAY) is None
    assert dates.reason(found, WEDNESDAY) == "no such day in the calendar"


@pytest.mark.parametrize("words", ["12 Ramadan 1446", "5 Tishrei", "1 Farvardin 1404", "Eid al-Fitr", "Ramadan"])
def test_a_day_of_another_calendar_has_no_value_but_a_reason(words: str) -> None:
    (found,) = times(f"The pact of {words} is in force.")
    assert found.span.text == words
    assert dates.value(found, WEDNESDAY) is None
    assert dates.reason(found, WEDNESDAY) == "a day of a calendar that is not converted"


WORDS = ["May", "June", "Ramadan", "Tishrei", "the year", "quarter", "Q4", "fiscal", "of", "and", "to", "/", "-", ", ",
         "Friday", "last", "weeks later", "a.m.", "GMT", "Easter", "st", "century", "s", "first-half"]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS) | st.from_regex(r"\A[0-9]{1,12}\Z"), max_size=8), st.dates())
def test_no_string_of_numbers_and_names_raises(words: list[str], day: date) -> None:
    for text in (" ".join(words), "".join(words)):
        for t in times(text):
            known = dates.value(t, day)
            assert (known is None) == (dates.reason(t, day) is not None)
            assert dates.days(known or "") is None or dates.interval(t, Interval(day, day))


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
