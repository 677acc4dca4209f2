"""How a report words what outlets name differently, in its own words: outside quotation marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from onthetable.case import Case
from onthetable.lexicon import Lexicon, load
from onthetable.model import Mention, Quote, Report, Span, Wording
from onthetable.tree import Spans, Tree

_NOUNS = frozenset({"NOUN", "PROPN"})
_BESIDE = frozenset({"amod", "compound", "nmod"})
"""What stands beside another noun: "the Ambrian minister" words the minister, not Ambria."""


def find_wordings(report: Report, spans: Spans, case: Case) -> tuple[Wording, ...]:
    """The terms that the report itself uses, in the order of the text; what stands in quotation marks is left out.

    Referents are the parties of the case (by their short name), and what `wording.toml` lists for the packs of
    the case, or for all packs if it names none. A term has no
    article; those of `wording.toml` are given in the singular, as listed there.
    """
    quoted = _tokens_of(spans.tree, spans.quotes)
    found = [*_parties(report, spans, quoted), *_things(report, spans.tree, case, quoted)]
    unique = {(w.span, w.referent): w for w in found}
    return tuple(sorted(unique.values(), key=lambda w: (w.span, w.referent)))


def _parties(report: Report, spans: Spans, quoted: frozenset[int]) -> Iterator[Wording]:
    for m in spans.mentions:
        actor = spans.actors[m.actor]
        if actor.party is None or m.form == "pronoun" or m.head in quoted or not _names_party(spans, m):
            continue
        span = _without_article(spans.tree, m.first, m.last)
        if span:
            yield Wording(report.id, actor.party, _term(spans.tree, span, named=m.form == "name"), span)


LONGEST = 4
"""Words of a term; what is longer describes rather than names."""


def _names_party(spans: Spans, m: Mention) -> bool:
    """Whether the words stand for the party as a whole: not one of its people or offices, not a mere adjective."""
    head = spans.tree[m.head]
    if (
        spans.actors[m.actor].kind != "organisation"
        or head.pos == "ADJ"
        or head.dep in _BESIDE
        or m.last - m.first > LONGEST
    ):
        return False
    if any(spans.tree[i].dep == "poss" and spans.tree[i].pos != "PRON" for i in range(m.first, m.last) if i != m.head):
        return False
    return m.form == "name" or head.lemma not in _neutral()


def _things(report: Report, tree: Tree, case: Case, quoted: frozenset[int]) -> Iterator[Wording]:
    for hit in _lexicon(frozenset(p.id for p in case.packs)).find(tree):
        words = range(hit.first, hit.last)
        bare = len(words) == 1
        if quoted.intersection(words):
            continue
        if bare and (tree[hit.first].pos not in _NOUNS or tree[hit.first].dep == "compound"):
            continue
        term, referents = hit.value
        span = _without_article(tree, hit.first, hit.last)
        if span:
            yield from (Wording(report.id, referent, term, span) for referent in referents)


def _without_article(tree: Tree, first: int, last: int) -> Span | None:
    while first < last and (tree[first].tag in {"DT", "PRP$"} or tree[first].text.lower() in {"the", "a", "an"}):
        first += 1
    while last > first and tree[last - 1].tag in {"POS", ",", "."}:
        last -= 1
    return tree.span(first, last) if first < last else None


def _term(tree: Tree, span: Span, *, named: bool) -> str:
    """As written, but for the capital at the head of a sentence and the capitals of a dateline."""
    first = tree[tree.range(span.start, span.end)[0]]
    usual = first.text.title()
    head = usual if first.text.isupper() and len(usual) > 1 and usual in tree.text else first.text
    if not named and first.i == tree.sentence(first.i)[0] and first.pos != "PROPN":
        head = head.lower()
    return head + span.text[len(first.text) :]


def _tokens_of(tree: Tree, quotes: Iterable[Quote]) -> frozenset[int]:
    return frozenset(i for q in quotes for i in range(*tree.range(q.span.start, q.span.end)))


@cache
def _data() -> dict[str, Any]:
    return load("onthetable.terms", "wording.toml")


@cache
def _neutral() -> frozenset[str]:
    return frozenset(_data()["neutral"]["heads"].split())


@cache
def _lexicon(packs: frozenset[str]) -> Lexicon[tuple[str, tuple[str, ...]]]:
    """For each term its listed form and what it can be a term for, in talks of these kinds."""
    meant: dict[str, list[str]] = {}
    for referent in _data()["referent"]:
        if not packs or "packs" not in referent or packs.intersection(referent["packs"]):
            for term in referent["terms"].replace("\n", " ").split(","):
                if term.strip():
                    meant.setdefault(term.strip(), []).append(referent["name"])
    return Lexicon((term, (term.removeprefix("the "), tuple(names))) for term, names in meant.items())
