"""Other complements as content: "urged X to C", "accused X of C", "called X C", "denied C", "the claim that C"."""

from __future__ import annotations

from onthetable.statements.cues import PREPOSITIONS
from onthetable.statements.layout import Content, Layout, to_infinitive
from onthetable.statements.sources import passive

_NOT_IN_CONTENT = ("tell", "ask", "remind")


def complement(lay: Layout) -> Content | None:
    """The content of a cue verb that is no clause: infinitive, predicate, prepositional or direct object."""
    slots = lay.after()
    if "infinitive" in slots:
        return _infinitive(lay, slots)
    if "predicate" in slots and "predicate" in lay.cue.slots:
        return _predicate(lay, slots)
    for prep in PREPOSITIONS:
        if prep in slots and prep in lay.cue.slots and (prep != "at" or _counted(lay, slots[prep])):
            return _prepositional(lay, slots, prep)
    if "object" in lay.cue.slots:
        return _object(lay, slots)
    return _under_object(lay, slots) if "object" in slots else None


def _counted(lay: Layout, prep: int) -> bool:
    """Whether "at" gives a figure or somebody's words: "puts the loss at nine million"."""
    first, last = lay.tree.edges[prep]
    return any(lay.tree[i].pos == "NUM" or lay.tree[i].tag == "``" for i in range(first, last))


def _under_object(lay: Layout, slots: dict[str, int]) -> Content | None:
    """ "X accused Y of C", "X called Y 'C'" where the parse hangs the second part on the first."""
    tree, thing = lay.tree, slots["object"]
    first, last = tree.edges[thing]
    end = min(last + 1, tree.sentence(thing)[1])
    quoted = next((i for i in range(first + 1, end) if tree[i].tag == "``"), None)
    if quoted is not None and "predicate" in lay.cue.slots:
        return lay.content([(first, max(last, quoted + 1))], "predicate", lay.cue.slots["predicate"])
    for c in tree.children[thing]:
        slot = "predicate" if tree[c].dep in ("appos", "acl") else tree[c].lemma if tree[c].dep == "prep" else ""
        if c > thing and slot in lay.cue.slots and (slot != "at" or _counted(lay, c)):
            rule = slot if slot == "predicate" else f"object-{slot}"
            return lay.content([tree.edges[thing]], rule, lay.cue.slots[slot])
    return None


def _infinitive(lay: Layout, slots: dict[str, int]) -> Content | None:
    """ "X vows to C", "X urges Y to C", "Y is expected to C"."""
    tree, cue = lay.tree, lay.cue
    tier = cue.slots["infinitive"]
    first, last = tree.edges[slots["infinitive"]]
    first = max(first, cue.last)
    raised = tree.kid(cue.head, "nsubjpass")
    if raised is not None and lay.source is None:
        return lay.content([tree.edges[raised], (first, last)], "passive-infinitive", tier)
    thing = slots.get("object")
    if thing is not None and tree[cue.head].lemma not in _NOT_IN_CONTENT:
        first = min(first, tree.edges[thing][0])
    return lay.content([(first, last)], "infinitive", tier)


def _predicate(lay: Layout, slots: dict[str, int]) -> Content | None:
    """ "X calls Y Z", "X described Y as Z", "Y was described by X as Z"."""
    tree, cue = lay.tree, lay.cue
    at = slots["predicate"]
    tier = cue.slots["predicate"]
    thing = slots.get("object")
    if thing is not None:
        first = min(tree.edges[thing][0], tree.edges[at][0])
        last = max(tree.edges[thing][1], tree.edges[at][1])
        return lay.content([(max(first, cue.last), last)], "predicate", tier)
    moved = [c for c in tree.children[cue.head] if c < cue.head and tree[c].dep in ("dobj", "nsubjpass", "oprd")]
    if not moved and tree[at].dep == "prep" and not passive(tree, cue.head):
        return None
    first, last = tree.edges[at]
    first = max(first, cue.last) if first <= cue.head else first
    return lay.content([*(tree.edges[c] for c in moved), (first, last)], "predicate", tier)


def _prepositional(lay: Layout, slots: dict[str, int], prep: str) -> Content | None:
    """ "X called for C", "X accused Y of C", "X warned of C"."""
    tree, cue = lay.tree, lay.cue
    at = slots[prep]
    tier = cue.slots[prep]
    first, last = tree.edges[at]
    thing = slots.get("object")
    if thing is not None and thing < at and tree[cue.head].lemma != "ask":
        return lay.content([(tree.edges[thing][0], last)], f"object-{prep}", tier)
    if prep == "for" and tree[at].dep != "prep":
        return lay.content([(first + 1, last)], prep, tier, (cue.first, first + 1))
    if first > cue.last or tree[at].dep != "prep":
        return lay.content([(first, last)], prep, tier)
    moved = next((c for c in tree.kids(cue.head, "nsubjpass", "dobj") if c < cue.head), None)
    if moved is not None and (tree[moved].dep == "dobj" or passive(tree, cue.head)):
        return lay.content([tree.edges[moved], (first, last)], f"passive-{prep}", tier)
    goals = [c for c in tree.kids(cue.head, "xcomp", "ccomp", "advcl") if c > at and to_infinitive(tree, c)]
    if goals and prep in ("on", "for", "with"):
        last = max(last, tree.edges[goals[0]][1])
    return lay.content([(at + 1, last)], prep, tier, (cue.first, at + 1))


def _object(lay: Layout, slots: dict[str, int]) -> Content | None:
    """ "X denied C", "C was denied by X"."""
    tree, cue = lay.tree, lay.cue
    tier = cue.slots["object"]
    if "object" in slots:
        first, last = tree.edges[slots["object"]]
        for c in tree.children[cue.head]:
            if tree.edges[c][0] == last and tree[c].dep == "prep" and tree[c].lemma in ("for", "as", "over"):
                last = tree.edges[c][1]
        return lay.content([(max(first, cue.last), last)], "object", tier)
    moved = [c for c in tree.children[cue.head] if c < cue.head and tree[c].dep in ("dobj", "nsubjpass")]
    if moved and (tree[moved[0]].dep == "dobj" or tree.kid(cue.head, "agent") is not None):
        return lay.content([tree.edges[moved[0]]], "object-before", tier)
    return None


def of_adjective(lay: Layout) -> Content | None:
    """ "X was adamant that C"."""
    tree, cue = lay.tree, lay.cue
    clauses = [c for c in (*tree.kids(cue.head, "ccomp", "xcomp"), *tree.kids(cue.top, "ccomp")) if c > cue.head]
    return lay.content([tree.edges[clauses[0]]], "adjective", cue.slots["clause"]) if clauses else None


def of_noun(lay: Layout) -> Content | None:
    """ "The claim that C", "her decision to C"."""
    tree, cue = lay.tree, lay.cue
    for c in tree.children[cue.head]:
        t = tree[c]
        if c < cue.head or t.dep not in ("acl", "ccomp", "relcl") or t.pos not in ("VERB", "AUX"):
            continue
        mark = tree.kid(c, "mark")
        if (mark is not None and tree[mark].lemma == "that") or (t.dep == "acl" and to_infinitive(tree, c)):
            first, last = tree.edges[c]
            return lay.content([(max(first, cue.last), last)], "noun", cue.slots["clause"])
    return None
