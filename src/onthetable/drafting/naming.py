"""The name that a token belongs to, if it can be a party's."""

from __future__ import annotations

from onthetable.drafting.words import ALONE, FORMS_OF_STATE, GENERIC, NOT_PARTIES
from onthetable.gazetteer import country
from onthetable.outlets import outlet_of
from onthetable.spans.roles import BODIES, PEOPLE, TITLES
from onthetable.tree import Tree

_OTHER = frozenset({"DATE", "TIME", "MONEY", "CARDINAL", "PERCENT", "ORDINAL", "EVENT", "LAW", "WORK_OF_ART", "FAC"})
"""What the recogniser finds with capitals that is no party."""


def name_at(tree: Tree, i: int) -> tuple[str, str] | None:
    """The name around a token: the state that it belongs to, or the run of capitals, as name and form."""
    first, last = _run(tree, i)
    start, stop = tree.sentence(i)
    if state := _state(tree, i, first, last):
        return state
    if tree[last - 1].lemma in FORMS_OF_STATE and last + 1 < stop and tree[last].text == "of":
        return name_at(tree, last + 1) if tree[last + 1].pos == "PROPN" else None
    while first < last - 1 and (tree[first].lemma in PEOPLE or tree[first].text.lower() in GENERIC | TITLES):
        first += 1
    if last - first == 1 and tree[first].lemma in BODIES and first == start:
        return None  # "Union rejects offer": a common noun that begins the sentence
    text = tree.span(first, last).text.strip("'’ ")
    label = tree[i].entity
    person = label == "PERSON" and last - first > 1 and tree[last - 1].lemma not in BODIES
    if person or label in _OTHER or (tree[i].pos == "ADJ" and label != "NORP"):
        return None
    return (text, text) if _may_be_party(text, tree[last - 1].lemma) else None


def _run(tree: Tree, i: int) -> tuple[int, int]:
    """The tokens (end exclusive) of the run of capitals around a token."""
    first, last = i, i + 1
    start, stop = tree.sentence(i)
    while first > start and _capital(tree, first - 1) and tree[first - 1].tag != "POS":
        first -= 1
    if (
        first - 2 >= start
        and tree[first - 1].text in ("'", "’")
        and tree[last - 1].lemma in BODIES
        and tree[first - 2].text[:1].isupper()
    ):
        first -= 2  # "the Lower Weavers' Union": a plural possessive is part of the name, with what stands before it
        while first > start and tree[first - 1].text[:1].isupper() and tree[first - 1].pos in ("PROPN", "ADJ", "NOUN"):
            first -= 1
    while last < stop and (_capital(tree, last) or _inside(tree, last)):
        last += 1
    return first, last


def _state(tree: Tree, i: int, first: int, last: int) -> tuple[str, str] | None:
    """The state that the longest part of a run around a token names."""
    for a in range(first, i + 1):
        for b in range(last, i, -1):
            text = tree.span(a, b).text
            if b - a < last - first and text.lower() in ALONE:
                continue
            state = country(text)
            if state and any(c.isupper() for c in text):
                return state.name, text
    return None


def _may_be_party(text: str, last: str) -> bool:
    """Whether words that end in a lemma can be the name of a party."""
    shouted = text.isupper() and " " in text
    listed = last in PEOPLE or text.lower() in NOT_PARTIES or last in NOT_PARTIES
    return text[:1].isupper() and not shouted and not listed and not outlet_of(text)


def _capital(tree: Tree, i: int) -> bool:
    token = tree[i]
    return token.text[:1].isupper() and token.pos in ("PROPN", "ADJ", "NOUN") and token.lemma not in PEOPLE


def _inside(tree: Tree, i: int) -> bool:
    """ "of", "and" or a possessive mark inside one recognised name."""
    token = tree[i]
    return (
        bool(token.entity)
        and not token.begins
        and token.entity == "ORG"
        and (
            token.tag in ("POS", "CC", "IN")
            and i + 1 < len(tree)
            and tree[i + 1].entity == "ORG"
            and not tree[i + 1].begins
        )
    )


def headline(tree: Tree, i: int) -> bool:
    """Whether most words of the sentence stand with a capital, so that it tells nothing of names."""
    first, last = tree.sentence(i)
    words = [tree[j].text for j in range(first, last) if tree[j].text.isalpha() and len(tree[j].text) > 3]
    return sum(w[0].isupper() for w in words) * 3 > len(words) * 2
