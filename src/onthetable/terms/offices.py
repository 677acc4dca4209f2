"""Offices, bodies and workers that stand for a party without its name."""

from __future__ import annotations

from onthetable.case import Case
from onthetable.lexicon import load
from onthetable.tree import Spans, Tree

_DATA = load("onthetable.terms", "table.toml")
MEDIATORS = frozenset(_DATA["mediators"])
"""Nouns for whoever goes between."""
_OF_STATE = frozenset(_DATA["of_state"])
_WORKERS = frozenset(_DATA["workers"])
_ALL = frozenset(_DATA["all"])
_NOT_ALL = frozenset(_DATA["not_all"])
_UNIONS = frozenset(_DATA["unions"])
_HEADS = frozenset(_DATA["heads"])
_BODIES = frozenset(_DATA["bodies"])


def lone_mediator(mediators: frozenset[str]) -> str | None:
    """Whom "the mediator" means where just one party goes between."""
    return next(iter(mediators)) if len(mediators) == 1 else None


def by_office(spans: Spans, case: Case, mediators: frozenset[str], j: int) -> str | None:
    """The party of "State Conciliator Hedda Quist" or "union chiefs": that which the words before the noun name."""
    token = spans.tree[j]
    before = spans.tree.kids(j, "compound")
    if before and token.text.lower().removesuffix("s") in _HEADS:
        return _of_kind(case, spans.tree[before[-1]].lemma.lower())
    if token.pos == "PROPN":
        parties = (a.party for c in before if (a := spans.actor(c)) and a.party in mediators)
        named = next(parties, None)
        goes_between = any(spans.tree[c].lemma.lower() in MEDIATORS for c in before)
        return named or (lone_mediator(mediators) if goes_between else None)
    return None


def _of_kind(case: Case, kind: str) -> str | None:
    """The one principal whose name or alias has a word for a kind of body: "union", "board", "front"."""
    principals = (p for p in case.parties if p.role == "principal")
    words = {p.name: " ".join((p.name, *p.aliases)).lower().split() for p in principals}
    fitting = [name for name, known in words.items() if kind in known]
    return fitting[0] if len(fitting) == 1 and kind in _BODIES else None


def body_of(spans: Spans, j: int) -> str | None:
    """The party that a body belongs to: "Norland's foreign ministry", where it is named nowhere by itself."""
    if spans.tree[j].lemma.lower() not in _OF_STATE:
        return None
    owners = (spans.actor(c) for c in spans.tree.kids(j, "poss"))
    return next((a.party for a in owners if a and a.party), None)


def union_of(tree: Tree, case: Case, j: int) -> str | None:
    """The one union at the table, for those who work: "nurses at Bellin Works", "the company's drivers"."""
    token = tree[j]
    acting = token.tag == "NNS" and token.dep in ("nsubj", "conj")
    if not acting or token.lemma not in _WORKERS or not _at_work(tree, j):
        return None
    principals = [p for p in case.parties if p.role == "principal"]
    words = {p.name: {w for n in (p.name, *p.aliases) for w in n.lower().split()} for p in principals}
    unions = [name for name, known in words.items() if not _UNIONS.isdisjoint(known)]
    return unions[0] if len(unions) == 1 else None


def _at_work(tree: Tree, j: int) -> bool:
    """Whether it is told where they work: "drivers in Lund", "at the mill", "the firm's", "tram drivers"."""
    return bool(tree.kids(j, "prep", "poss", "compound"))


def some_workers(tree: Tree, j: int) -> bool:
    """ "Some drivers", "a few nurses", "angry miners": not the whole body."""
    if tree[j].lemma not in _WORKERS:
        return False
    beside = [c for c in tree.kids(j, "det", "amod", "nummod") if tree[c].text.lower() not in _ALL]
    return any(tree[c].dep == "nummod" or tree[c].lemma in _NOT_ALL for c in beside)
