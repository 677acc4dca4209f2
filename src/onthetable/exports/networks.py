"""The discourse network: who takes which stance on what, and who agrees with whom (Leifeld 2017, Discourse Network
Analyzer), as GraphML.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from itertools import combinations
from typing import Any

from onthetable.exports.frames import needed
from onthetable.exports.xml import xml
from onthetable.views import labels
from onthetable.views.ledger import Ledger

FOR = frozenset({"offers", "accepts", "concedes", "delivers", "demands", "considers"})
AGAINST = frozenset({"rejects", "threatens"})
"""The acts by which a party is for or against what is to be given; others take no side."""
_Side = tuple[str, bool]
"""Giver ("" where none is named), and whether for it."""


def networks(ledger: Ledger, at: date | None = None) -> dict[str, Any]:
    """Three graphs of networkx: `affiliation` (actors and issues, an edge for each stance), `congruence` and `conflict`
    (actors, weighted by the issues on which they take the same or opposite sides).

    Two stances on an issue meet if they name the same giver, or if one of them names none: who refuses "the truce" is
    against whoever demands it, from anybody. An issue counts once for a pair in each graph, however many stances meet.
    """
    nx = needed("networkx", "graphs")
    affiliation, congruence, conflict = nx.MultiGraph(), nx.Graph(), nx.Graph()
    sides: dict[str, dict[str, set[_Side]]] = defaultdict(lambda: defaultdict(set))
    stances = Counter((m.party, m.issue, m.giver or "", m.act) for m in ledger.moves(at))
    for (party, issue, giver, act), n in sorted(stances.items()):
        known = ledger.case.party(party)
        affiliation.add_node(party, kind="actor", role=known.role if known else "")
        affiliation.add_node(f"issue:{issue}", kind="issue", label=labels.issue(ledger, issue))
        sign = "for" if act in FOR else "against" if act in AGAINST else ""
        affiliation.add_edge(
            party, f"issue:{issue}", key=f"{act}|{giver}", stance=act, side=sign, giver=giver, weight=n
        )
        if sign:
            sides[issue][party].add((giver, sign == "for"))
    for graph in (congruence, conflict):
        graph.add_nodes_from(sorted({p for p, *_ in stances}))
    for held in sides.values():
        for a, b in combinations(sorted(held), 2):
            met = {x == y for g, x in held[a] for h, y in held[b] if g == h or not (g and h)}
            if True in met:
                _more(congruence, a, b)
            if False in met:
                _more(conflict, a, b)
    return {"affiliation": affiliation, "congruence": congruence, "conflict": conflict}


def graphml(graph: Any) -> str:
    """A graph as GraphML, without what XML cannot hold."""
    nx = needed("networkx", "graphs")
    return "\n".join(nx.generate_graphml(_clean(graph))) + "\n"


def _clean(graph: Any) -> Any:
    found = graph.__class__()
    found.add_nodes_from((xml(n), {k: xml(v) for k, v in d.items()}) for n, d in graph.nodes(data=True))
    if graph.is_multigraph():
        edges = graph.edges(keys=True, data=True)
        found.add_edges_from((xml(a), xml(b), xml(k), {n: xml(v) for n, v in d.items()}) for a, b, k, d in edges)
    else:
        found.add_edges_from((xml(a), xml(b), {n: xml(v) for n, v in d.items()}) for a, b, d in graph.edges(data=True))
    return found


def _more(graph: Any, a: str, b: str) -> None:
    weight = graph.edges[a, b]["weight"] + 1 if graph.has_edge(a, b) else 1
    graph.add_edge(a, b, weight=weight)
