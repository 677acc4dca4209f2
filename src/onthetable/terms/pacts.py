"""Those with whom a pact is made: who signs a deal with somebody binds both."""

from __future__ import annotations

from collections.abc import Iterator

from onthetable.terms.acts import PACTS, Predicate
from onthetable.terms.discourse import Discourse
from onthetable.terms.table import Seat


def partners(d: Discourse, p: Predicate) -> Iterator[Seat]:
    """The other side of a pact: "signed a deal with the miners", "agreed with the firms to a truce"."""
    tree, i = d.tree, p.head
    pacts = [o for o in tree.kids(i, "dobj", "nsubjpass") if tree[o].lemma in PACTS]
    if tree[i].dep in ("relcl", "acl") and tree[tree[i].head].lemma in PACTS:
        pacts.append(tree[i].head)
    whole = tree[i].lemma == "agree" and len(tree.kids(i, "prep", "xcomp", "ccomp")) > 1
    if not pacts and not whole:
        return
    inside = (
        c for o in pacts for c in range(*tree.edges[o]) if tree[c].dep == "prep" and tree[tree[c].head].pos != "VERB"
    )
    for c in (c for c in (*tree.kids(i, "prep"), *inside) if tree[c].lemma == "with"):
        for seat in d.table.seats_of_all(tree.kids(c, "pobj")):
            if d.table.spans.actor(seat.head) or tree[seat.head].pos == "PROPN" or tree[seat.head].tag == "NNS":
                yield seat
