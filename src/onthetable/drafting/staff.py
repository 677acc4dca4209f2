"""Whose people are whom no report ties to a party: by their office, and by for whom they speak."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from onthetable.case import Case
from onthetable.drafting.words import COMPANY_OFFICES, STATE_OFFICES, UNION_OFFICES
from onthetable.model import Actor, Mention
from onthetable.spans.aliases import find_aliases, sorts
from onthetable.spans.names import find_names
from onthetable.spans.phrases import name_run, roles_of
from onthetable.terms import clauses
from onthetable.tree import Tree

_OFFICES = {"state": STATE_OFFICES, "company": COMPANY_OFFICES, "union": UNION_OFFICES}


def staffed(case: Case, trees: Sequence[Tree]) -> Case:
    """The case with the people whose office or whose own words make them one party's.

    "Personnel director" is the one company's; "Orla would wait, Minister Ada Orr said" makes her Orla's, and "her
    Morvenian counterpart" does not make her Morvenia's.
    """
    score: dict[str, Counter[str]] = defaultdict(Counter)
    offices: dict[str, set[str]] = defaultdict(set)
    sort: dict[str, str] = {}
    known = {n for p in case.parties for n in p.people}
    for tree in trees:
        sort |= sorts(tree, case, find_aliases(tree, case))
        actors, mentions = find_names(tree, case)
        people = {m.actor for m in mentions if actors[m.actor].kind == "named" and " " in actors[m.actor].name}
        people -= {a for a in people if actors[a].party or actors[a].name in known}
        for m in mentions:
            if m.actor in people:
                name = actors[m.actor].name
                offices[name] |= _kinds(tree, m)
                for party, points in _speaks_for(tree, m, actors, {x.head: x for x in mentions}):
                    score[name][party] += points
    principals = [p.name for p in case.parties if p.role == "principal"]
    if "union" in (sort.get(p) for p in principals):  # whoever faces a union employs
        sort |= {p: "company" for p in principals if sort.get(p) == "movement"}
    found: dict[str, set[str]] = defaultdict(set)
    for name, kinds in sorted(offices.items()):
        fit = [p for p in principals if sort.get(p) in kinds]
        ranked = sorted(((score[name][p], p) for p in fit), reverse=True)
        sure = len(fit) == 1 and "state" not in kinds
        if (
            ranked
            and (sure or (score[name] and (len(ranked) < 2 or ranked[0][0] > ranked[1][0])))
            and ranked[0][0] >= 0
        ):
            found[ranked[0][1]].add(name)
    return replace(
        case, parties=tuple(replace(p, people=tuple(sorted({*p.people, *found[p.name]}))) for p in case.parties)
    )


def _kinds(tree: Tree, m: Mention) -> set[str]:
    """The sorts of party whose offices stand beside a name."""
    first, last = name_run(tree, m.head)
    roles = (
        roles_of(tree, first, last) | {tree[j].lemma for j in range(max(first - 3, 0), first)}
        if m.form == "name"
        else set()
    )
    return {sort for sort, words in _OFFICES.items() if roles & words}


def _speaks_for(
    tree: Tree, m: Mention, actors: Sequence[Actor], at: Mapping[int, Mention]
) -> Iterator[tuple[str, int]]:
    """The parties that somebody speaks of as of his own (+1) and those that he meets or speaks against (-1)."""
    token = tree[m.head]
    verb = token.head
    if token.dep == "nsubj" and tree[verb].pos == "VERB":
        for said in tree.kids(verb, "ccomp"):
            subject = clauses.subject(tree, said)
            party = _party(subject, actors, at)
            if party:
                yield party, 1
        objects = tree.kids(verb, "dobj")
        objects += [o for v in (verb, *objects) for c in tree.kids(v, "prep") for o in tree.kids(c, "pobj")]
        yield from ((p, -1) for o in objects if o in at and (p := _party(o, actors, at)))
        for o in objects:  # "with her Morvenian counterpart"
            if tree[o].lemma == "counterpart":
                yield from ((p, -1) for k in tree.kids(o, "amod", "compound") if (p := _party(k, actors, at)))
    elif token.dep == "poss" and tree[verb].lemma == "counterpart":
        yield from ((p, -1) for k in tree.kids(verb, "amod", "compound") if (p := _party(k, actors, at)))


def _party(i: int | None, actors: Sequence[Actor], at: Mapping[int, Mention]) -> str | None:
    return actors[at[i].actor].party if i is not None and i in at else None
