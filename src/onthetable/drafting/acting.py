"""Who acts in a text: the subjects, owners and agents of the predicates of the table, and who mediates."""

from __future__ import annotations

from collections.abc import Iterator

from onthetable.drafting.naming import headline, name_at
from onthetable.drafting.words import AUSPICES, BROKERED, ENVOYS, MEDIATING, MEDIATING_BODIES, NEUTRAL, TALKS
from onthetable.gazetteer import country
from onthetable.spans.roles import OUTSIDERS, PEOPLE
from onthetable.terms import clauses
from onthetable.terms.acts import predicates
from onthetable.tree import Tree

VOICE = 0.25
"""What it counts to do or say anything at all, beside an act of the table."""


def acting(tree: Tree) -> Iterator[tuple[str, str, float, bool]]:
    """Who acts in a text: name, form as written, how much it counts, and whether the act is one of mediation."""
    for head, weight, mediates in heads(tree):
        for name, form, role in _named(tree, head):
            yield name, form, weight, mediates or role


def heads(tree: Tree) -> Iterator[tuple[int, float, bool]]:
    """The nouns that act, how much that counts, and whether they mediate."""
    for p in predicates(tree):
        i = p.head
        if headline(tree, i):
            continue
        heads: list[int | None]
        if p.form == "noun":
            heads = [*tree.kids(i, "poss", "compound", "amod"), *_objects(tree, i, "by", "of", "between")]
        elif p.form == "verb" and clauses.passive(tree, i):
            heads = [clauses.agent(tree, i)]
        else:
            heads = [clauses.subject(tree, i)]
        if p.act == "meets":
            heads += _objects(tree, i, "with", "between", "and")
        yield from ((h, 1.0, p.act == "mediates") for h in heads if h is not None)
    for t in tree.tokens:
        if t.lemma in TALKS and t.pos == "NOUN":
            yield from ((head, 1.0, False) for head in _objects(tree, t.i, "between"))
        elif t.lemma in MEDIATING and t.pos in ("NOUN", "PROPN"):
            yield t.i, 1.0, True
        elif t.dep == "nsubj" and tree[t.head].pos == "VERB" and not headline(tree, t.i):
            yield t.i, VOICE, False
        yield from ((head, 1.0, True) for head in _hosts(tree, t.i))


def _hosts(tree: Tree, i: int) -> list[int]:
    """Who stands between the parties by a token: "under the auspices of X", "X-brokered", "who chairs them for X"."""
    t = tree[i]
    if t.lemma in AUSPICES and tree[t.head].lemma in ("under", "with", "through"):
        good = t.lemma != "office" or any(tree[k].lemma == "good" for k in tree.kids(i, "amod"))
        return behind(tree, i) if good else []
    if t.lemma in MEDIATING_BODIES and t.pos == "PROPN" and not headline(tree, i):
        return [t.head if t.dep == "compound" and tree[t.head].pos == "PROPN" else i]
    if t.pos != "VERB" or t.lemma not in BROKERED:
        return []
    if t.dep == "amod":
        return tree.kids(i, "npadvmod", "compound", "nmod")
    if t.dep == "pcomp" and tree[t.head].lemma == "for":
        return tree.kids(tree[t.head].head, "dobj")  # "thanked X for hosting"
    subject = clauses.subject(tree, i)
    if t.dep == "relcl" or (subject is not None and tree[subject].entity == "PERSON"):
        return [o for v in (i, *tree.kids(i, "dobj")) for o in _objects(tree, v, "for", "on") if tree[o].pos == "PROPN"]
    return []


def behind(tree: Tree, i: int) -> list[int]:
    """Whom a noun belongs to: what modifies or owns it, or stands behind "of" or "for"."""
    found = [*tree.kids(i, "poss", "compound", "nmod", "amod"), *_objects(tree, i, "of", "for")]
    return [j for j in found if tree[j].text[:1].isupper() or tree[j].pos == "NOUN"]


def neutral(tree: Tree, i: int, name: str) -> bool:
    """Whether a noun is the envoy of a body of many states, who stands between the parties."""
    return tree[i].lemma in ENVOYS and name.lower() in NEUTRAL


def _objects(tree: Tree, i: int, *prepositions: str) -> list[int]:
    return [o for c in tree.kids(i, "prep", "agent") if tree[c].lemma in prepositions for o in tree.kids(c, "pobj")]


def _named(tree: Tree, i: int, depth: int = 0) -> Iterator[tuple[str, str, bool]]:
    """The names that a noun stands for: itself, or what modifies it."""
    for j in (i, *tree.kids(i, "conj")):
        token = tree[j]
        if token.pos == "PROPN" and token.lemma not in PEOPLE:
            run = name_at(tree, j)
            if run:
                yield run[0], run[1], False
                continue
        if depth or token.lemma in OUTSIDERS:
            continue
        role = token.lemma in MEDIATING
        title = _title(tree, j) if role and token.text[:1].isupper() else None
        if title:
            yield title, title, True
            continue
        beside = tree.kids(j, "compound", "amod", "poss", "nmod", "npadvmod")
        beside += [x for c in beside for x in tree.kids(c, "conj")]
        named = [n for c in beside for n in _name_of(tree, c)]
        named += [n for o in _objects(tree, j, "of", "for", "from") for n in _name_of(tree, o)] if not named else []
        named += [(n, f) for a in tree.kids(j, "appos") for n, f, _ in _named(tree, a, 1)] if not named else []
        yield from ((name, form, role or neutral(tree, j, name)) for name, form in named)


def _title(tree: Tree, i: int) -> str | None:
    """An office that acts by itself and for no state: "State Conciliator"."""
    first = i
    while first > 0 and tree[first - 1].pos == "PROPN" and tree[first - 1].sentence == tree[i].sentence:
        first -= 1
    text = tree.span(first, i).text if first < i else ""
    return (
        tree.span(first, i + 1).text
        if text and not country(text) and tree[first].entity not in ("GPE", "NORP")
        else None
    )


def _name_of(tree: Tree, i: int) -> Iterator[tuple[str, str]]:
    run = name_at(tree, i)
    if run and (tree[i].pos in ("PROPN", "ADJ", "NOUN") and tree[i].text[:1].isupper()):
        yield run
