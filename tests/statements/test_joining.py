"""Rules and tagger united, with a tagging made by hand."""

from __future__ import annotations

from tests.conftest import report_of, spans_of

from onthetable.model import Statement
from onthetable.statements import attribution
from onthetable.statements.grading import band, grade
from onthetable.statements.joining import Limits, join
from onthetable.statements.tagger import Tagged, Tagging

TEXT = "The millers said that flour was dear. Ada Flint is haunted by the fear that the mill will burn."
LIMITS = Limits(trusted=0.8, support=0.3, least=0.05, borders=0.0, sure=0.6, new=0.5)


def place(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def tagging(*, likely: float = 1.0) -> Tagging:
    """Both contents marked; `likely` is how likely any word is content."""
    cues = (Tagged("cue", *place("said"), 0.99), Tagged("cue", *place("is haunted by the fear"), 0.99))
    return Tagging(
        (Tagged("source", *place("The millers"), 0.99, 0, 0.99), Tagged("source", *place("Ada Flint"), 0.99, 1, 0.99)),
        cues,
        (
            Tagged("content", *place("that flour was dear"), 0.99, 0, 0.99),
            Tagged("content", *place("that the mill will burn"), 0.99, 1, 0.99),
        ),
        tuple(range(len(TEXT))),
        tuple(likely * n for n in range(len(TEXT) + 1)),
    )


def rules() -> tuple[Statement, ...]:
    return tuple(
        s for s in attribution._by_rules(report_of(TEXT), spans_of(TEXT), "polnear") if s.cue and s.cue.text == "said"
    )


def joined(tagged: Tagging, found: tuple[Statement, ...] | None = None) -> tuple[Statement, ...]:
    return join(report_of(TEXT), spans_of(TEXT), rules() if found is None else found, tagged, LIMITS)


def test_what_the_tagger_alone_marked_becomes_a_statement() -> None:
    said, feared = joined(tagging())
    assert said.rule != "tagged"
    assert (feared.rule, feared.content.text) == ("tagged", "that the mill will burn")
    assert feared.source is not None
    assert feared.source.span.text == "Ada Flint"
    assert [s.id[-3:] for s in (said, feared)] == [".s1", ".s2"]


def test_what_the_tagger_denies_is_dropped() -> None:
    assert [s.rule for s in joined(tagging(likely=0.0))] == ["tagged", "tagged"]


def test_what_is_held_already_is_not_told_twice() -> None:
    assert len(joined(tagging())) == 2


def test_a_piece_of_a_cue_that_has_a_statement_joins_it() -> None:
    t = tagging()
    more = Tagged("content", *place("that the mill will burn"), 0.99, 0, 0.99)
    (said,) = joined(Tagging(t.sources, t.cues, (t.contents[0], more), t.places, t.shares))
    assert [p.text for p in said.pieces] == ["that flour was dear", "that the mill will burn"]


def test_agreement_makes_the_grade() -> None:
    (said,) = rules()
    assert grade(said, tagging()) == "firm"
    assert grade(said, Tagging()) == "rule"


def test_nothing_tagged_and_nothing_found() -> None:
    assert joined(Tagging(), ()) == ()


def test_bands_are_in_order() -> None:
    assert [band(c) for c in (1.0, 0.0)] == ["high", "low"]
