"""Givers: whose an issue is to give, by the words around it or by the act alone."""

from __future__ import annotations

from collections.abc import Iterator

from onthetable.model import Act
from onthetable.terms import clauses
from onthetable.terms.acts import Predicate
from onthetable.terms.issues import Named
from onthetable.terms.stretches import Stretch
from onthetable.terms.table import Table

GIVING: frozenset[Act] = frozenset({"offers", "accepts", "considers", "delivers", "threatens"})
ASKING: frozenset[Act] = frozenset({"demands", "concedes"})
_TABLED = frozenset({"offer", "proposal", "bid"})
"""What one side studies of the other's."""
STRIKES = "industrial-action"
"""The issue that whoever has called it gives up."""
PEACE = "end-of-war"
"""The mutual issue that one side asks of the other: whoever demands an end to the war means the other's part in it."""
WITHDRAWAL = "withdrawal"
"""The issue of the packs whose giver stands behind "of": "the withdrawal of the army"."""


def giver(table: Table, party: str, act: Act, n: Named, s: Stretch) -> str | None:
    """Who would give an issue that a party moves: whoever the words name, else the side that the act leaves."""
    if n.given == "mutual":
        if n.issue == PEACE and act == "rejects" and table.tree[n.head].pos == "VERB":
            return party  # "would not hear of halting the campaign"
        return table.other(party) if n.issue == PEACE and act in ASKING else None
    named = named_giver(table, n, s)
    if named and not (act == "demands" and named == party and table.tree[n.head].pos == "NOUN"):
        return named  # "its frozen funds" are what it asks the other for
    if n.issue == STRIKES and act == "concedes":
        return party
    nouns = (n.head, table.tree[n.head].head)
    offered = act == "considers" and any(table.tree[j].lemma in _TABLED for j in nouns)
    if act in ASKING or offered:
        return table.other(party)
    if act not in GIVING or party in table.mediators or (act == "accepts" and table.tree[n.head].pos != "VERB"):
        return None
    return party


def named_giver(table: Table, n: Named, s: Stretch) -> str | None:
    """Who gives by the words of the issue: its subject, agent or owner within the stretch, or the object of "by"."""
    for i in (n.head, *range(n.first, n.last)):
        for c in _doers(table, n, i):
            found = table.seats(c)
            if found and s.first <= c < s.last:
                return found[0].party
        for c in table.tree.kids(i, "prep"):
            lemma = table.tree[c].lemma
            if lemma == "by" or (lemma == "of" and n.issue == WITHDRAWAL):
                found = table.seats_of_all(table.tree.kids(c, "pobj"))
                if found:
                    return found[0].party
    return None


def addressee(table: Table, p: Predicate) -> str | None:
    """Whom a verb of asking asks: "urged X to", "called on X to"."""
    tree = table.tree
    if p.form != "verb":
        return None
    towards = p.key.rpartition(" ")[2]
    by_prep = [o for c in tree.kids(p.head, "prep") if tree[c].lemma == towards for o in tree.kids(c, "pobj")]
    asked = [o for o in (*tree.kids(p.head, "dobj", "dative"), *by_prep) if table.spans.mention(o)]
    return next((s.party for s in table.seats_of_all(asked)), None)


def _doers(table: Table, n: Named, i: int) -> Iterator[int]:
    tree = table.tree
    if tree[i].pos == "VERB":
        yield from tree.kids(i, "nsubj")[:1]
    agent = clauses.agent(tree, i)
    if agent is not None:
        yield agent
    if i == n.head and tree[i].pos == "NOUN":
        yield from tree.kids(i, "poss")
