"""Noun phrases as the tree gives them: where a name begins and ends, and whether it is a person's."""

from __future__ import annotations

from itertools import islice

from onthetable.outlets import outlet_of
from onthetable.spans.roles import BODIES, DOCUMENTS, EMPTY, NOBODY, OUTSIDERS, PEOPLE, SEEMING
from onthetable.tree import Tree

MODIFIERS = ("compound", "amod", "nmod", "poss", "npadvmod")
LONG = 4
"""A person's name of more words than this has a title or a body in it."""


def head_of(tree: Tree, first: int, last: int) -> int:
    """The token of a stretch whose own head lies outside of it."""
    outward = (i for i in range(last - 1, first - 1, -1) if not first <= tree[i].head < last or tree[i].head == i)
    return next(outward, last - 1)


def base(tree: Tree, i: int) -> tuple[int, int]:
    """The tokens of a noun with what stands before it."""
    left = [c for c in tree.children[i] if c < i and tree[c].dep in (*MODIFIERS, "det", "nummod", "predet")]
    return min([i, *(tree.edges[c][0] for c in left)]), i + 1


def name_run(tree: Tree, i: int) -> tuple[int, int]:
    """The run of proper nouns around a token, "of" and "the" inside a recognised entity included."""
    bounds = tree.sentence(i)
    first = last = i
    while first > bounds[0] and _joins(tree, first - 1, first):
        first -= 1
    while last + 1 < bounds[1] and _joins(tree, last, last + 1):
        last += 1
    return first, last + 1


def _joins(tree: Tree, a: int, b: int) -> bool:
    left, right = tree[a], tree[b]
    if left.entity and right.entity == left.entity and not right.begins and right.tag != "POS":
        return left.entity not in NOBODY
    return left.pos == right.pos == "PROPN" and right.text[:1].isupper()


def bare_name(tree: Tree, start: int, last: int) -> str:
    """A person's name without the body that a long run has before it ("... for Peace Ada B. Lorn")."""
    small = max((j for j in range(start, last - 1) if not tree[j].text[:1].isupper()), default=None)
    titled = any(tree[c].lemma in PEOPLE for c in tree.kids(head_of(tree, start, last), "appos", "compound"))
    if small is not None and titled and last - start > LONG:
        start = max(start, small + 1, last - 3)
    return tree.span(start, last).text


def acronym(tree: Tree, last: int) -> str | None:
    """The short form that stands in brackets behind a name."""
    if last + 2 >= len(tree) or tree[last].text != "(" or tree[last + 2].text != ")":
        return None
    short = tree[last + 1].text
    return short if short.isupper() and 2 <= len(short) <= 7 else None


def is_person(tree: Tree, first: int, last: int) -> bool:
    """Whether a run of proper nouns names a person: by the recogniser, a role beside it, or "who" behind it."""
    if tree[first].text.lower() == "the" or outlet_of(tree.span(first, last).text):
        return False
    if tree[last - 1].entity == "PERSON" and tree[last - 1].lemma not in BODIES:
        return True
    if tree[last - 1].lemma in BODIES | DOCUMENTS or (tree[first].text.isupper() and last - first == 1):
        return False
    behind = [tree[j].text.lower() for j in range(last, min(last + 2, len(tree)))]
    if last - first == 2 and (behind[:1] == ["who"] or behind in ([",", "who"], [",", "whose"])):
        return True
    if first > 0 and tree[first - 1].text.lower() == "one" and last - first == 2:
        return True
    if first > 0 and tree[first - 1].lemma in PEOPLE and tree[first - 1].dep in (*MODIFIERS, "appos"):
        return True
    head = head_of(tree, first, last)
    if any(tree[c].lemma in PEOPLE for c in tree.kids(head, "appos")):
        return True
    return tree[head].dep == "appos" and tree[described_by(tree, head)].lemma in PEOPLE


def described_by(tree: Tree, i: int) -> int:
    """The noun that an apposition explains: "the envoy of Quill, Ada Orr" hangs on the place and means the envoy."""
    up = tree[i].head
    over = tree[tree[up].head].head
    return over if tree[up].dep == "pobj" and tree[up].lemma not in PEOPLE and tree[over].lemma in PEOPLE else up


def apposed_name(tree: Tree, i: int) -> int | None:
    """The name beside a role noun: "the envoy, Ada Orr", "Orr, the spokesman"."""
    around = tree.kids(i, "appos") + ([tree[i].head] if tree[i].dep == "appos" else [])
    objects = [o for c in tree.kids(i, "prep") for o in tree.kids(c, "pobj")]
    around += [a for o in objects for a in tree.kids(o, "appos") if described_by(tree, a) == i]
    return next((j for j in around if tree[j].pos == "PROPN" and (j < i or is_person(tree, *name_run(tree, j)))), None)


def roles_of(tree: Tree, first: int, last: int) -> set[str]:
    """The roles that stand beside a name: title, apposition, "Commerce Minister" right before it."""
    head = head_of(tree, first, last)
    near = [*range(first, last), *tree.kids(head, "compound", "appos", "nmod")]
    near += [tree[head].head] if tree[head].dep == "appos" else []
    j = first - 1
    while j >= tree.sentence(first)[0] and (tree[j].pos in ("PROPN", "NOUN", "ADJ") or tree[j].text == ","):
        near.append(j)
        j -= 1
    return {tree[j].lemma for j in near if tree[j].lemma in PEOPLE}


def outsider(tree: Tree, head: int) -> bool:
    """Whether a role beside a noun is one that speaks for nobody at the table ("the historian Ada Orr")."""
    if any(tree[c].lemma in OUTSIDERS and tree[c].dep in ("appos", "compound", "nmod") for c in tree.children[head]):
        return True
    return tree[head].dep in ("appos", "compound") and tree[tree[head].head].lemma in OUTSIDERS


def definite(tree: Tree, i: int) -> bool:
    """Whether "the", "this" or "that" stands before a noun."""
    return any(tree[c].text.lower() in ("the", "this", "that", "these", "those") for c in tree.children[i] if c < i)


def expletive(tree: Tree, i: int) -> bool:
    """Whether "it" stands for a clause, or for nothing: "it is unclear whether", "it remains to be seen"."""
    if tree[i].dep == "expl":
        return True
    if tree[i].dep not in ("nsubj", "nsubjpass"):
        return False
    verb = tree[tree[i].head]
    if any(tree[c].dep == "acomp" and tree[c].lemma in EMPTY for c in tree.children[verb.i]):
        return True
    if verb.lemma in ("know", "understand", "expect"):
        return tree[i].dep == "nsubjpass"
    return verb.lemma in SEEMING and bool(tree.kids(verb.i, "ccomp", "csubj", "xcomp", "advcl"))


def fellow_argument(tree: Tree, a: int, b: int) -> bool:
    """Whether both are arguments of one verb, so that they cannot be the same: "Ostia told it"."""
    first, second = tree[a], tree[b]
    verb = tree[first.head].pos in ("VERB", "AUX")
    return first.head == second.head and second.dep != "poss" and first.dep != "conj" and verb


def quoted_as(tree: Tree, a: int, b: int) -> bool:
    """Whether `b` stands in what `a` is quoted as saying: "quoted the minister as saying that he"."""
    for j in islice(tree.above(b), 6):
        if tree[j].dep == "pcomp" and tree[tree[j].head].lemma == "as":
            return tree[a].dep in ("dobj", "nsubjpass") and tree[a].head == tree[tree[j].head].head
    return False
