"""Meetings: those with whom talks are held, and talks that are held with nobody named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from onthetable.lexicon import load
from onthetable.model import Act, Move
from onthetable.terms import clauses
from onthetable.terms.actors import owner_of
from onthetable.terms.acts import NOUNS, Predicate
from onthetable.terms.discourse import Discourse
from onthetable.terms.efforts import on_efforts
from onthetable.terms.issues import TALKS
from onthetable.terms.outsiders import OUTSIDE
from onthetable.terms.stretches import Stretch
from onthetable.terms.table import Seat
from onthetable.terms.turns import asserted, unreal
from onthetable.tree import Tree

_DATA = load("onthetable.terms", "moves.toml")
_GOING_ON = frozenset(_DATA["going_on"])
_BEFORE = 6
"""How many tokens before talks those who hold them may be named."""
_FIXING = frozenset(_DATA["fixing"])
_COURSE = _GOING_ON | frozenset(_DATA["course"])
_WELCOMING = frozenset(_DATA["welcoming"])
_AIMS = frozenset(_DATA["aims"])


def meetings(d: Discourse, p: Predicate) -> Iterator[Move]:
    """The meetings and mediations that a predicate of meeting makes of others than its own subject."""
    tree, i = d.tree, p.head
    if (
        (p.act != "meets" and p.key not in _WELCOMING and not _hosts_talks(d, p))
        or i in d.told
        or unreal(tree, i)
        or not asserted(d.table, p, [])
    ):
        return
    if p.form == "noun" and _impersonal(d, i):
        for party in d.table.principals:
            move = d.move(Seat(party, i), "meets", TALKS, p, Stretch(*tree.edges[i], i), rule="impersonal")
            yield replace(move, when="planned") if move.when == "now" and _fixed(d, i) else move
    welcomed = p.key in _WELCOMING and not d.table.case.open
    if (p.key == "meet" or welcomed) and not clauses.negated(tree, i):
        for seat in d.table.seats_of_all(o for o in tree.kids(i, "dobj") if _somebody(d, o)):
            if welcomed and seat.party in {s.party for s in d.table.seats(clauses.subject(tree, i))}:
                continue
            if welcomed and any(d.table.mediates(s) for s in d.table.seats(clauses.subject(tree, i))):
                continue
            does: Act = "mediates" if d.table.mediates(seat) else "meets"
            yield d.move(seat, does, TALKS, p, Stretch(i, tree.edges[i][1], i), rule="met")
    if not clauses.negated(tree, i):
        yield from _partners(d, p) if p.act == "meets" or _hosts_talks(d, p) else ()
    told = tree[i].dep in ("nsubj", "nsubjpass", "attr", "ROOT")
    if d.table.case.open and p.form == "noun" and told and _held(d, i):
        for c in _paired(tree, i):
            yield d.move(Seat(tree[c].text, c), "meets", TALKS, p, Stretch(c, tree.edges[i][1], i), rule="paired")


def _partners(d: Discourse, p: Predicate) -> Iterator[Move]:
    """ "Meetings with Kelmari mediators have begun": those whom the talks are held with mediate or meet, too."""
    tree, i = d.tree, p.head
    inner = [o for c in tree.kids(i, "prep") if tree[c].lemma == "of" for o in tree.kids(c, "pobj")]
    for j in (i, *tree.kids(i, "dobj", "pobj"), *inner):
        for c in tree.kids(j, "prep"):
            if tree[c].lemma not in ("with", "between"):
                continue
            for seat in d.table.seats_of_all(o for o in tree.kids(c, "pobj") if tree[o].lemma not in _AIMS):
                act: Act = "mediates" if seat.party in d.table.mediators or on_efforts(d, i) else "meets"
                between = tree[c].lemma == "between" and _held(d, i)
                if act == "mediates" or between or p.form == "verb":
                    yield d.move(seat, act, TALKS, p, Stretch(i, tree.edges[c][1], i), rule="host")


def _hosts_talks(d: Discourse, p: Predicate) -> bool:
    """ "Hosted talks between Norland and Tarvia", by somebody who goes between."""
    talks = (o for o in d.tree.kids(p.head, "dobj") if NOUNS.get(d.tree[o].lemma) == "meets")
    between = (c for o in talks for j in range(o, d.tree.edges[o][1]) for c in d.tree.kids(j, "prep"))
    by_another = any(d.table.mediates(s) for s in d.table.seats(clauses.subject(d.tree, p.head)))
    return p.act == "mediates" and by_another and any(d.tree[c].lemma == "between" for c in between)


def _paired(tree: Tree, i: int) -> list[int]:
    """The two whose names stand before talks: "Norlandic-Tarvian talks", "the Lund-Moreno summit"."""
    before = range(max(tree.edges[i][0], i - _BEFORE), i)
    marks = [j for j in before if tree[j].text in ("-", "–") and tree[j - 1].entity and tree[j + 1].entity]
    return [j for m in marks[:1] for j in (m - 1, m + 1) if tree[j].pos in ("PROPN", "ADJ")]


def _held(d: Discourse, i: int) -> bool:
    """Whether the talks between two sides are told as held, and not only named, where nobody is known."""
    tree = d.tree
    if not d.table.case.open:
        return True
    while tree[i].dep == "pobj" and tree[tree[i].head].lemma == "of" and tree[tree[tree[i].head].head].pos == "NOUN":
        i = tree[tree[i].head].head
    up, dep = tree[i].head, tree[i].dep
    if dep in ("nsubj", "nsubjpass"):
        verbs = (up, *tree.kids(up, "xcomp", "acomp", "prep"))
        return any(tree[j].lemma in _COURSE for j in verbs) and not clauses.negated(tree, up)
    if dep == "attr":
        return bool(tree.kids(up, "expl")) and not clauses.negated(tree, up) and not clauses.modality(tree, up)
    return dep == "dobj" or (dep == "pobj" and tree[up].lemma in ("after", "following", "during", "in", "at"))


def _impersonal(d: Discourse, i: int) -> bool:
    """ "Another round is planned", "talks resume": everybody at the table meets."""
    tree, up = d.tree, d.tree[i].head
    if len(d.table.principals) != 2 or tree[i].dep not in ("nsubj", "nsubjpass"):
        return False
    if tree[up].dep not in ("ROOT", "ccomp", "conj") or clauses.negated(tree, up):
        return False
    if any(tree[c].text.lower() == "had" for c in tree.kids(up, "aux")) and _fixed(d, i):
        return False  # "talks had been expected to resume"
    if tree[up].dep == "ccomp" and tree[up].tag == "VB" and not tree.kids(up, "aux", "auxpass"):
        return False  # "to let the talks resume"
    going_on = any(tree[j].lemma in _GOING_ON for j in (up, *tree.kids(up, "xcomp", "acomp")))
    return going_on and owner_of(d.table, i) is None and not _named_partners(d, i)


def _fixed(d: Discourse, i: int) -> bool:
    """ "The next round is set for Monday": it is still to come."""
    up = d.tree[i].head
    if clauses.modality(d.tree, up) == "will":
        return True
    fixed = (up, *d.tree.kids(up, "acomp"))
    return any(d.tree[j].lemma in _FIXING and (d.tree[j].tag == "VBN" or d.tree[j].pos == "ADJ") for j in fixed)


def _named_partners(d: Discourse, i: int) -> bool:
    tree = d.tree
    withs = (c for c in range(i, tree.edges[i][1]) if tree[c].lemma in ("with", "between"))
    return any(d.table.seats_of_all(tree.kids(c, "pobj")) for c in withs)


def _somebody(d: Discourse, i: int) -> bool:
    """Whether who is met is a known party, or anybody with a name or office where nobody is known."""
    return not d.table.case.open or d.table.spans.actor(i) is not None


def several(d: Discourse, p: Predicate) -> bool:
    """Whether a verb of meeting has no object, and more than one who meets: "the two sides met"."""
    subject = clauses.subject(d.tree, p.head)
    plural = subject is not None and (d.tree[subject].tag in ("NNS", "NNPS", "PRP") or len(d.table.seats(subject)) > 1)
    return plural and not d.tree.kids(p.head, "dobj")


def with_outsiders(tree: Tree, i: int) -> bool:
    """ "Discussed it with the families": those who are met are never at the table."""
    withs = (c for c in tree.kids(i, "prep") if tree[c].lemma == "with")
    return any(tree[o].lemma in OUTSIDE for c in withs for o in tree.kids(c, "pobj"))


def with_partner(d: Discourse, i: int) -> bool:
    """Whether somebody is met: "held a meeting with X", not a cabinet's own."""
    tree = d.tree
    if any(d.table.spans.mention(o) for s in d.table.seats_of_all(tree.kids(i, "dobj")) for o in (s.head,)):
        return True
    inside = range(*tree.edges[i])
    return any(tree[j].lemma in ("with", "between") and tree[j].dep == "prep" for j in inside)
