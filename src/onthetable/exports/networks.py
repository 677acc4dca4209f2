"""The discourse network: who takes which stance on what, and who agrees with whom (Leifeld 2017, Discourse Network
Analyzer), as GraphML.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from itertools import combinations
from typing import Any

from onthetable.exports.frames import needed
from onthetable.views import labels
from onthetable.views.ledger import Ledger

_UNWRITABLE = re.compile("[^\t\n\r\\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
FOR = frozenset({"offers", "accepts", "concedes", "delivers", "demands", "considers"})
AGAINST = frozenset({"rejects", "threatens"})
"""The acts by which a party is for or against what is to be given; others take no side."""


def networks(ledger: Ledger, at: date | None = None) -> dict[str, Any]:
    """Three graphs of networkx: `affiliation` (actors and issues, an edge for each stance), `congruence` and `conflict`
    (actors, weighted by the issues on which they take the same or opposite sides).
    """
    nx = needed("networkx", "graphs")
    affiliation, congruence, conflict = nx.MultiGraph(), nx.Graph(), nx.Graph()
    sides: dict[tuple[str, str], dict[str, set[bool]]] = {}
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
            sides.setdefault((issue, giver), {}).setdefault(party, set()).add(sign == "for")
    for graph in (congruence, conflict):
        graph.add_nodes_from(sorted({p for p, *_ in stances}))
    for held in sides.values():
        for a, b in combinations(sorted(held), 2):
            if held[a] & held[b]:
                _more(congruence, a, b)
            if any((not side) in held[b] for side in held[a]):
                _more(conflict, a, b)
    return {"affiliation": affiliation, "congruence": congruence, "conflict": conflict}


def graphml(graph: Any) -> str:
    """A graph as GraphML, without what XML cannot hold."""
    nx = needed("networkx", "graphs")
    return "\n".join(nx.generate_graphml(_clean(nx, graph))) + "\n"


def _clean(nx: Any, graph: Any) -> Any:
    found = graph.__class__()
    found.add_nodes_from((xml(n), {k: xml(v) for k, v in d.items()}) for n, d in graph.nodes(data=True))
    if graph.is_multigraph():
        edges = graph.edges(keys=True, data=True)
        found.add_edges_from((xml(a), xml(b), xml(k), {n: xml(v) for n, v in d.items()}) for a, b, k, d in edges)
    else:
        found.add_edges_from((xml(a), xml(b), {n: xml(v) for n, v in d.items()}) for a, b, d in graph.edges(data=True))
    return found


def xml(value: Any) -> Any:
    """Text without the characters that XML 1.0 has no way to write; anything else as it is."""
    if not isinstance(value, str):
        return value
    return _UNWRITABLE.sub("\ufffd", value)


def _more(graph: Any, a: str, b: str) -> None:
    weight = graph.edges[a, b]["weight"] + 1 if graph.has_edge(a, b) else 1
    graph.add_edge(a, b, weight=weight)
