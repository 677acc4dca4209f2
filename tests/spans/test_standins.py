"""Parties under one name for the parser, and their own in the tree."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import spans_of

from onthetable.case import Case, Party
from onthetable.spans.standins import mask_for

CASE = Case(
    parties=(
        Party("Morvenia", "principal", ("the Morvenian government",)),
        Party("Reed Front", "principal", ("the RF", "the movement")),
        Party("Moulders' Union", "principal"),
        Party("Norway", "mediator"),
    )
)
TEXTS = (
    "Morvenia",
    "the Reed Front",
    "The RF's envoys",
    "Moulders' Union",
    "Norwegian",
    "a Morvenian",
    "refused",
    ".",
    " ",
)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Morvenia met the Reed Front.", "Washington met the Kremlin."),
        ("A Morvenian envoy met Norwegians.", "A American envoy met Americans."),
        ("The movement's aims, Frontier towns and Morvenias stay.",) * 2,
    ],
)
def test_each_party_is_one_name_and_common_words_stay(text: str, masked: str) -> None:
    assert mask_for(CASE)(text).text == masked


@pytest.mark.parametrize("case", [None, Case(), replace(CASE, drafted=True)])
def test_without_parties_or_with_drafted_ones_nothing_gives_way(case: Case | None) -> None:
    assert mask_for(case)("Norway met Morvenia.").text == "Norway met Morvenia."


@given(st.lists(st.sampled_from(TEXTS), max_size=12))
def test_every_stretch_leads_back(parts: list[str]) -> None:
    text = " ".join(parts)
    masked = mask_for(CASE)(text)
    for (start, end), (a, b) in zip(masked.there, masked.here, strict=True):
        assert masked.original(start, end) == (a, b)
    for at, letter in enumerate(masked.text):
        start, end = masked.original(at, at + 1)
        assert letter == text[start:end] or any(a <= at < b for a, b in masked.there)


def test_the_tree_has_the_words_of_the_report() -> None:
    text = "The Reed Front and the Moulders' Union met Morvenia in Castra."
    tree = spans_of(text, CASE).tree
    assert [t.text for t in tree.tokens] == (
        ["The", "Reed", "Front", "and", "the", "Moulders", "'", "Union", "met", "Morvenia", "in", "Castra", "."]
    )
    assert all(text[t.start : t.end] == t.text for t in tree.tokens)
    assert tree[tree[1].head].text == "Front"
    assert tree[2].dep == "nsubj"
