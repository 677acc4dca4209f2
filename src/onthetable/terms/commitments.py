"""Commitments: whom a clause binds, and whether to do something or to leave it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onthetable.lexicon import load
from onthetable.model import Act, Move
from onthetable.terms import clauses
from onthetable.terms.acts import NEEDING, Predicate
from onthetable.terms.discourse import Discourse
from onthetable.terms.givers import giver
from onthetable.terms.issues import TALKS, Named
from onthetable.terms.stretches import Stretch
from onthetable.terms.table import Seat
from onthetable.tree import Tree

DEEDS: frozenset[Act] = frozenset({"concedes", "delivers", "meets"})
"""The acts of predicates that only name a deed: on terms, it is offered or refused."""
BURDENS = frozenset(load("onthetable.terms", "conditions.toml")["burdens"])
"""Issues that weigh on the other side until they are lifted."""
SAYING = frozenset(load("onthetable.terms", "stretches.toml")["saying"]) | {"hint", "vow", "mutter"}
"""Verbs of saying, behind which it is told what somebody would do."""
_SETTLING = frozenset({"sign", "discuss", "negotiate", "talk", "settle", "agree", "ratify"})


def committed(d: Discourse, h: int) -> Seat | None:
    """Whom a clause commits: its subject or agent where that is a party, else the party that says so."""
    tree, speaker, statement = d.tree, d.table.speaker(h), d.table.statement(h)
    passive = clauses.passive(tree, h)
    seats = d.table.seats(clauses.agent(tree, h) if passive else clauses.subject(tree, h))
    source = statement.source if statement else None
    if source and source.party is None and source.kind != "anonymous":
        return None  # what outsiders reckon
    mood = clauses.modality(tree, h)
    if seats:
        own = seats[0].party == speaker
        if mood == "may" and not own and not is_denied(tree, h):
            return None
        retold = speaker is not None and speaker not in d.table.mediators
        return seats[0] if own or retold or mood == "will" or (source and speaker is None) else None
    mood_fits = mood in ("will", "may") or of_deal(d, h) or passive
    return Seat(speaker, h) if speaker and mood_fits else None


def own_can(d: Discourse, h: int) -> bool:
    """Whether a clause tells what "can" or "may" be, in the words of a party."""
    return clauses.modality(d.tree, h) == "may" and d.table.speaker(h) is not None


def is_denied(tree: Tree, i: int) -> bool:
    """Whether a clause is negated, by "not one" or "no" before its subject as well."""
    subject = tree.kid(i, "nsubj", "nsubjpass")
    nouns = [*([] if subject is None else [subject]), *tree.kids(i, "attr")]
    near = {k for s in nouns for c in tree.children[s] if c < s for k in (c, *tree.children[c])}
    words = {tree[k].text.lower() for k in near}
    return clauses.negated(tree, i) or not words.isdisjoint({"not", "no"})


def of_deal(d: Discourse, h: int) -> bool:
    """Whether a clause is about whether there is a deal at all: "the talks are over", "can there be a deal"."""
    tree = d.tree
    nouns = tree.kids(h, "nsubj", "nsubjpass", "attr")
    if any(tree[n].text.lower() == "nothing" and _to_settle(tree, n) for n in nouns):
        return True  # "there was nothing left to discuss"
    lemmas = {tree[n].lemma for n in nouns}
    issues = {n.issue for k in nouns for n in d.issues.between(*tree.edges[k])}
    return not lemmas.isdisjoint(NEEDING | {"talk"}) or bool(issues & {TALKS, "ceasefire"})


def _to_settle(tree: Tree, i: int) -> bool:
    return any(tree[c].lemma in _SETTLING for c in tree.kids(i, "relcl", "acl"))


def own_deed(
    d: Discourse, seat: Seat, act: Act, p: Predicate, s: Stretch, named: Sequence[Named], terms: Stretch | None = None
) -> Iterator[Move]:
    """A deed that a party promises or refuses: it would give itself what it will not do."""
    if act != "rejects":
        yield from d.moves_on(seat, act, p, s, named, terms, rule="condition")
        return
    for n in named:
        yield d.move(seat, act, n.issue, p, s, giver(d.table, seat.party, "offers", n, s), n, terms, "condition")


def gives_up_demand(d: Discourse, i: int) -> bool:
    """Whether what is given up is a demand: "would drop its claim"."""
    nouns = (d.predicates.get(o) for o in d.tree.kids(i, "dobj"))
    return any(n is not None and n.act == "demands" for n in nouns)
