"""Quotation marks of every kind, paired and chained."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onthetable.model import Quote, Report
from onthetable.spans.quotes import find_quotes


def quotes(text: str) -> tuple[Quote, ...]:
    return find_quotes(Report("r", "r.txt", text, "0"))


def found(text: str) -> list[str]:
    return [q.span.text for q in quotes(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Not yet,” she said.", ["“Not yet,”"]),
        ('"Not yet," she said.', ['"Not yet,"']),
        ("‘Not yet,’ she said.", ["‘Not yet,’"]),
        ("'Not yet,' she said.", ["'Not yet,'"]),
        ("«Pas encore», dit-elle.", ["«Pas encore»"]),
        ("»Noch nicht«, sagte sie.", ["»Noch nicht«"]),
        ("„Noch nicht“, sagte sie.", ["„Noch nicht“"]),
        ("”Inte än”, sade hon.", ["”Inte än”"]),
        ("``Not yet,'' she said.", ["``Not yet,''"]),
        ("''Not yet,'' she said.", ["''Not yet,''"]),
        ("“Not yet,“ she said.", ["“Not yet,“"]),
        ('("Not yet")', ['"Not yet"']),
    ],
)
def test_every_kind_of_mark(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It's the bakers' oven and the baker's dough.",
        "It’s the bakers’ oven and the baker’s dough.",
        "’Twas in ’98, rock ’n’ roll, get ’em.",
        "'Tis the season of the '60s.",
        "A 6'2\" plank.",
        'A lone " mark between spaces.',
        "“”, \"\", '' and ‘’ hold nothing.",
    ],
)
def test_apostrophes_primes_and_empty_marks_are_no_quotations(text: str) -> None:
    assert found(text) == []


def test_apostrophes_inside_single_marks() -> None:
    assert found("'It's ours, we don't sell,' he said, 'not now.'") == ["'It's ours, we don't sell,'", "'not now.'"]
    assert found("‘the bakers’ oven’ it was") == ["‘the bakers’ oven’"]


def test_nested() -> None:
    assert found("“He told me ‘go home’ and left,” she said.") == ["“He told me ‘go home’ and left,”", "‘go home’"]


def test_inner_is_without_the_marks() -> None:
    (quote,) = quotes("She wrote “ back soon ” on the door.")
    assert (quote.span.text, quote.inner.text) == ("“ back soon ”", "back soon")


@pytest.mark.parametrize("mark", ["“", '"'])
def test_paragraphs_each_opened_and_the_last_closed(mark: str) -> None:
    end = "”" if mark == "“" else mark
    text = f"{mark}One.\n\n{mark}Two.\n\n{mark}Three,{end} he said. {mark}Four.{end}"
    assert [(q.inner.text, q.open, q.continues) for q in quotes(text)] == [
        ("One.", True, None), ("Two.", True, 0), ("Three,", False, 1), ("Four.", False, None),
    ]  # fmt: skip


def test_a_paragraph_not_opened_again() -> None:
    first, second = quotes("He said: “One.\n\nTwo,” and left.")
    assert (first.open, second.inner.text, second.continues) == (True, "Two,", 0)


def test_an_unclosed_quotation_ends_with_its_paragraph() -> None:
    first, second = quotes("“Never closed.\n\nA paragraph between.\n\n“Closed.”")
    assert (first.inner.text, first.open, second.continues) == ("Never closed.", True, None)


def test_a_second_opening_mark_ends_the_first() -> None:
    first, second = quotes("“One, he said. “Two.”")
    assert (first.inner.text, first.open, second.inner.text, second.open) == ("One, he said.", True, "Two.", False)


@given(st.text(alphabet="“”‘’\"'`«»„ab ,.\n", max_size=120))
def test_every_span_is_at_its_place(text: str) -> None:
    report = Report("r", "r.txt", text, "0")
    for n, q in enumerate(find_quotes(report)):
        assert text[q.span.start : q.span.end] == q.span.text
        assert q.inner.within(q.span)
        assert q.continues is None or q.continues < n


@pytest.mark.parametrize("unit", ['"', "“", "'", "“‘", "“a", '"\n', " 'a", "“”"])
def test_time_grows_with_the_length(unit: str) -> None:
    def seconds(size: int) -> float:
        start = time.process_time()
        quotes(unit * (size // len(unit)))
        return time.process_time() - start

    seconds(1_000)
    assert seconds(200_000) < 20 * seconds(40_000) + 0.1
