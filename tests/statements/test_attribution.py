"""What holds for statements of any report."""

from __future__ import annotations

import time

import pytest
from tests.conftest import report_of, spans_of

from onthetable.case import Case
from onthetable.model import Statement
from onthetable.spans.find import find_spans
from onthetable.statements import attribute
from onthetable.statements.attribution import Marking

STORY = """Orchard strike enters third week

The pickers' league said on Friday that no fruit would leave the valley “until every hand is paid”. \
“We are tired of waiting,” Odile Marsh, who leads it, told reporters. “We shall wait all the same.”

According to two growers, a third of the plums have been lost. The growers want the army to step in, and they \
believe that the league is divided. It denies having any such quarrel."""


def statements(text: str, marking: Marking = "ledger") -> tuple[Statement, ...]:
    report = report_of(text)
    return attribute(report, spans_of(text), marking=marking)


def test_ids_pieces_and_offsets() -> None:
    report = report_of(STORY)
    found = attribute(report, find_spans(report, Case()))
    assert [s.id for s in found] == [f"{report.id}.s{n}" for n in range(1, len(found) + 1)]
    for s in found:
        assert STORY[s.content.start : s.content.end] == s.content.text
        assert (s.pieces[0].start, s.pieces[-1].end) == (s.content.start, s.content.end)
        assert s.source is not None
        for span in (*s.pieces, *s.quoted, s.source.span, s.cue):
            assert span is not None
            assert STORY[span.start : span.end] == span.text
        assert 0 <= s.confidence <= 1


def test_the_ledger_keeps_what_is_said_and_leaves_out_belief_and_will() -> None:
    said = [s.source.span.text for s in statements(STORY) if s.source]
    assert said == ["The pickers' league", "Odile Marsh, who leads it", "two growers", "It"]
    more = {s.content.text for s in statements(STORY, "polnear")}
    assert "that the league is divided" in more
    assert "the army to step in" in more


def test_polnear_marks_nothing_inside_a_content() -> None:
    text = "Two aides told reporters that the queen had said that she would stay."
    assert len(statements(text)) == 2
    assert [s.cue.text for s in statements(text, "polnear") if s.cue] == ["told"]


def test_a_relative_pronoun_stands_for_its_noun_in_the_ledger_alone() -> None:
    text = "The fleet is in the hands of the bank, which says that it will be sold."
    assert [s.source.span.text for s in statements(text, "polnear") if s.source] == ["which"]
    assert [s.source.span.text for s in statements(text) if s.source] == ["the bank"]


def test_a_headline_is_not_told_twice() -> None:
    text = "Bakers say ovens will stay cold\n\nThe bakers said on Monday that the ovens would stay cold."
    report = report_of(text)
    titled = type(report)(report.id, report.path, text, report.sha256, title=report.span(0, 31))
    assert len(attribute(titled, find_spans(titled, Case()))) == 1


@pytest.mark.parametrize("text", ["", "...", "“", "““““ said", "said said said", "“a” “b” said", ": : :", "12 34"])
def test_odd_texts_do_not_fail(text: str) -> None:
    for s in statements(text):
        assert text[s.content.start : s.content.end] == s.content.text


def test_time_grows_with_the_length() -> None:
    def seconds(times: int) -> float:
        text = "“No, never,” he said, according to Ann, who said that she said so. " * times
        report, spans = report_of(text), spans_of(text)
        start = time.process_time()
        attribute(report, spans)
        return time.process_time() - start

    seconds(5)
    assert seconds(400) < 20 * seconds(80) + 0.1
