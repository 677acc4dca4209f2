"""Text in, a tree out."""

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conftest import report_of

from onthetable.model import Furniture
from onthetable.spans.nlp import CHUNK, parse
from onthetable.tree import Tree


def check(tree: Tree) -> None:
    """What every tree promises."""
    for t in tree.tokens:
        assert tree.text[t.start : t.end] == t.text
        first, last = tree.sentence(t.i)
        assert first <= t.i < last
        assert first <= t.head < last
        a, b = tree.edges[t.i]
        assert a <= t.i < b
        assert all(tree[c].head == t.i for c in tree.children[t.i])


def test_sentences_stop_at_line_ends_and_furniture() -> None:
    text = "Union walks out\nThe guild left the room. Share this Nobody followed."
    at = text.index("Share this")
    report = report_of(text)
    report = type(report)(
        report.id, report.path, text, report.sha256, furniture=(Furniture(report.span(at, at + 10), "x"),)
    )
    tree = parse(report)
    check(tree)
    spans = [tree.span(*s).text for s in tree.sentences]
    assert spans == ["Union walks out", "The guild left the room.", "Nobody followed."]


def test_a_dateline_is_no_part_of_the_sentence() -> None:
    tree = parse(report_of("PORT KELM, June 3 (Northern Wire) — Morvenia refused to sign."))
    assert tree.span(*tree.sentences[-1]).text == "Morvenia refused to sign."


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet='ab .,"“”‘’\n-–—!?\u00a0\u200b\U0001f54a1%', max_size=300))
def test_any_text_gives_a_sound_tree(text: str) -> None:
    check(parse(report_of(text)))


@pytest.mark.parametrize("text", ['"' * 300_000, "1234567890 " * 30_000, "\u202e" * 50_000])
def test_what_has_no_words_costs_nothing(text: str) -> None:
    start = time.perf_counter()
    assert len(parse(report_of(text))) == 0
    assert time.perf_counter() - start < 5


def test_halves_of_surrogate_pairs_are_read_over() -> None:
    tree = parse(report_of("The guild left."))
    check(tree)
    odd = "\ud800 The guild \udfff left."
    check(parse(replace(report_of("x"), text=odd)))


def test_a_paragraph_longer_than_the_parser_takes_is_cut_at_a_space() -> None:
    tree = parse(report_of("The guild met the board again. " * (CHUNK // 20)))
    check(tree)
    assert len(tree.sentences) > 100
