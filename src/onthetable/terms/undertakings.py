"""Deeds that count at the table: done or promised, agreed on, or about an issue of it."""

from __future__ import annotations

from collections.abc import Sequence

from onthetable.lexicon import load
from onthetable.model import Act
from onthetable.terms import clauses
from onthetable.terms.acts import WHOLE, Predicate
from onthetable.terms.discourse import Discourse
from onthetable.terms.gatherings import is_of_table
from onthetable.terms.issues import OTHER, Named
from onthetable.terms.stretches import Stretch
from onthetable.terms.table import Seat
from onthetable.terms.turns import to_come
from onthetable.tree import Tree

_DATA = load("onthetable.terms", "moves.toml")
_FIGHTING = frozenset(_DATA["fighting"])
_DEALS = WHOLE | {"swap", "exchange", "ceasefire"}
BY_KEY: dict[str, str] = {k: issue for issue, keys in _DATA["by_key"].items() for k in keys}
"""Deeds that name no issue because they are about one alone."""
_OUTSIDERS = frozenset(_DATA["outsiders"])


def between_parties(d: Discourse, seat: Seat, act: Act, p: Predicate) -> bool:
    """Whether a reproach is about the talks and no outsider's, and a deed may be agreed on, where anybody may act."""
    if act == "accuses":
        first, last = d.tree.sentence(p.head)
        words = (d.tree[j] for j in range(first, last))
        about = d.issues.between(first, last) or any(is_of_table(t) for t in words)
        return bool(about) and d.tree[seat.head].lemma not in _OUTSIDERS
    if act == "delivers":
        if not is_done(d, p.head) and not (p.key in BY_KEY and clauses.modality(d.tree, p.head) == "will"):
            return False
        if as_agreed(d.tree, p.head) or BY_KEY.get(p.key) == OTHER:
            return True
        objects = d.tree.kids(p.head, "dobj", "nsubjpass")
        inside = [Stretch(min(p.head, d.tree.edges[o][0]), max(d.tree.edges[o][1], p.head + 1), o) for o in objects]
        if d.tree[p.head].dep == "acl":
            noun = d.tree[p.head].head
            inside = [Stretch(d.tree.edges[noun][0], noun + 1, noun)]
        return p.key in BY_KEY or (p.key not in _FIGHTING and (not inside or any(d.issues.of(s) for s in inside)))
    return True


def as_agreed(tree: Tree, i: int) -> bool:
    """ "In return for", "as part of the deal", "as agreed", "that it had promised": a deed that was agreed on."""
    inside = range(i, tree.edges[i][1])
    for j in inside:
        swap = tree[j].lemma in ("return", "exchange") and tree[j - 1].lemma == "in"
        if swap and tree[min(j + 1, len(tree) - 1)].lemma == "for":
            return True
        if tree[j].lemma in ("promise", "pledge", "agree") and tree[j].dep in ("relcl", "advcl", "acl"):
            return True
        if tree[j].lemma in _DEALS and tree[tree[j].head].lemma in ("under", "of") and tree[j].dep == "pobj":
            part = tree[tree[j].head].head
            if tree[tree[j].head].lemma == "under" or tree[part].lemma in ("part", "terms", "implementation"):
                return True
    return False


def is_done(d: Discourse, i: int) -> bool:
    """Whether a verb form tells a deed: "freed", "have freed", "is freeing", not "free" or "freeing" alone."""
    helped = d.tree.kids(i, "aux", "auxpass")
    up = d.tree[d.tree[i].head]
    if d.tree[i].dep == "ccomp" and up.lemma == "see" and up.tag == "VBD":
        return True
    return d.tree[i].tag in ("VBD", "VBN") or (d.tree[i].tag == "VBG" and bool(helped)) or d.tree[i].dep == "xcomp"


def act_of_giving(d: Discourse, p: Predicate, named: Sequence[Named]) -> Act:
    """What a verb of giving is in its mood: done, promised, or threatened."""
    if p.key in BY_KEY or not to_come(d.tree, p.head):
        return "delivers"
    return "threatens" if any(n.issue == "industrial-action" for n in named) else "offers"


def gives_counted(tree: Tree, i: int) -> bool:
    """ "Gave up nine tonnes", "surrendered 40 rifles": done, and no demand or claim that is given up."""
    things = [t for o in tree.kids(i, "dobj") for t in (o, *tree.kids(o, "conj"))]
    return tree[i].tag in ("VBD", "VBN") and any(tree.kids(t, "nummod") for t in things)
