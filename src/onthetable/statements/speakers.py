"""Who a source is: its kind, name and party, from the names of the report or else from the words themselves."""

from __future__ import annotations

from functools import cache

from onthetable import outlets
from onthetable.lexicon import load
from onthetable.model import Actor, Kind, Source, Span
from onthetable.statements.sources import Phrase
from onthetable.text import words
from onthetable.tree import Spans, Tree


@cache
def _nouns() -> dict[str, Kind]:
    data = load("onthetable.statements", "speakers.toml")
    kinds: tuple[Kind, ...] = ("anonymous", "organisation", "document")
    return {lemma: kind for kind in kinds for lemma in data[kind].split()}


def kind_of(noun: str) -> Kind | None:
    """The kind of source that a noun in lower case tells ("ministry": an organisation), None if it tells none."""
    return _nouns().get(noun)


def speaker(spans: Spans, phrase: Phrase) -> Source:
    """The source that a phrase names.

    Who it is comes from the report's names; a phrase that is no mention gets its kind from its head noun.
    """
    tree = spans.tree
    span = tree.span(phrase.first, phrase.last)
    outlet = author(tree, phrase)
    if outlet is not None:
        return Source(span, outlet, None, "organisation")
    actor = spans.actor(phrase.head)
    if actor is None:
        for i in range(phrase.first, phrase.last):
            if tree[i].head == phrase.head and tree[i].dep in ("appos", "compound", "flat", "nmod") and spans.actor(i):
                actor = spans.actor(i)
                break
    if actor is not None:
        return Source(span, _name(actor, span), actor.party, actor.kind)
    outlet = outlets.outlet_of(span.text)
    return Source(span, outlet, None, "organisation" if outlet else _kind(tree, phrase))


def _name(actor: Actor, span: Span) -> str | None:
    """The actor's name, unless it is unnamed and the phrase itself says as much ("two people familiar with it")."""
    told = {w.casefold() for w in words(actor.name)} <= {w.casefold() for w in words(span.text)}
    return None if told and actor.kind in ("anonymous", "document") else actor.name


def author(tree: Tree, phrase: Phrase) -> str | None:
    """The outlet whose report it is ("a report by Reuters")."""
    for prep in tree.kids(phrase.head, "prep", "agent"):
        if tree[prep].lemma in ("by", "from", "in") and tree[phrase.head].lemma in REPORTS:
            for head in tree.kids(prep, "pobj"):
                return outlets.outlet_of(tree.subtree_span(head).text)
    return None


REPORTS = frozenset(["report", "article", "story", "dispatch", "account", "piece", "interview"])


def _kind(tree: Tree, phrase: Phrase) -> Kind:
    head = tree[phrase.head]
    if head.lemma in _nouns() and head.pos != "PROPN":
        return _nouns()[head.lemma]
    if head.pos == "PROPN":
        return "organisation" if head.entity in ("ORG", "GPE", "NORP", "LOC", "FAC") else "named"
    return "anonymous"
