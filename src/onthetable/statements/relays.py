"""Through which outlets the words came."""

from __future__ import annotations

from onthetable import outlets
from onthetable.statements.layout import Layout
from onthetable.statements.speakers import author
from onthetable.tree import Spans

_PREPOSITIONS = ("to", "with", "by", "in", "on")


def relays_of(spans: Spans, lay: Layout) -> tuple[str, ...]:
    """The outlets through which a statement reached the report, the one nearest the source last.

    The outlet that is told ("told Reuters"), quotes ("was quoted by") or interviews; a source that is an outlet
    itself.
    """
    tree, cue, source = spans.tree, lay.cue, lay.source
    found: list[str] = []
    heads: list[int] = []
    if source is not None:
        outlet = outlets.outlet_of(tree.span(source.first, source.last).text) or author(tree, source)
        if outlet:
            found.append(outlet)
    if cue.kind == "verb":
        for c in tree.children[cue.head]:
            if tree[c].dep in ("dobj", "dative") and tree[c].pos != "ADP":
                heads.append(c)
            elif tree[c].dep in ("prep", "agent", "dative") and tree[c].lemma in _PREPOSITIONS:
                heads += tree.kids(c, "pobj")
    for head in heads:
        first, last = tree.edges[head]
        if last - first > 12:
            continue
        outlet = outlets.outlet_of(tree.span(first, last).text)
        if outlet is None and tree[head].lemma in ("interview", "report", "comment", "remark", "statement"):
            for prep in tree.kids(head, "prep"):
                for inner in tree.kids(prep, "pobj"):
                    outlet = outlet or outlets.outlet_of(tree.subtree_span(inner).text)
        if outlet and outlet not in found:
            found.append(outlet)
    return tuple(found)
