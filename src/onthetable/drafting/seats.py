"""Towns that speak for a state ("Orlan rejected the plan"): which ones the reports tell, and whose they are."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from onthetable.case import Case, Party
from onthetable.drafting.words import DENYING, NOT_PARTIES
from onthetable.gazetteer import adjective_of, country
from onthetable.spans.names import find_names
from onthetable.spans.roles import BODIES
from onthetable.terms import clauses
from onthetable.tree import Tree

_NAME = r"[A-Z][\w-]{1,40}(?: [A-Z][\w-]{1,40}){0,2}"
_MONTH = r"(?:Jan|Feb|March|Mar|April|Apr|May|June|Jun|July|Jul|Aug|Sept|Sep|Oct|Nov|Dec)"
_DATELINE = re.compile(
    rf"^({_NAME})(?:, [^\n()/—–]{{0,24}}\b{_MONTH}[^\n()/—–-]{{0,20}}| ?(?=\())(?:\([^)\n]{{2,40}}\))?\s?[-—–/]", re.M
)
_CAPITAL = re.compile(rf"\b({_NAME}), (?:the )?(?:({_NAME})(?:[’']s?)? capital\b|capital of (?:the )?({_NAME}))")
_NAMED_CAPITAL = re.compile(rf"\b({_NAME})(?:[’']s?)? capital,? (?:of )?({_NAME})")
_SEAT = re.compile(rf"\b(?:government|authorities|regime|junta|rulers|leaders) in ({_NAME})")
_FEW = 20
"""How many towns a report tells at most in each of these ways."""


def seated(case: Case, trees: Sequence[Tree]) -> Case:
    """The case with towns among its parties' places instead of among its parties.

    Whose a town is, some report says ("the Velmaran capital, Orlan"), or it is the one principal that never acts
    against the town and whose people are met in it. A town of a dateline that is nobody's is no party either.
    """
    owned, towns = _told(case, trees)
    names = {p.name for p in case.parties}
    states = [p.name for p in case.parties if p.name not in towns and p.role == "principal" and not _body(p)]
    for town, score in _scores(_placed(case, owned), trees, towns - owned.keys()).items():
        ranked = sorted(((score[s], s) for s in states), reverse=True)
        clear = ranked and score and (len(ranked) < 2 or ranked[0][0] > ranked[1][0])
        if clear and ranked[0][0] >= 0:
            owned[town] = ranked[0][1]
    gone = {t for t in towns & names if t in owned or len(states) > 1}
    return _placed(replace(case, parties=tuple(p for p in case.parties if p.name not in gone)), owned)


def _placed(case: Case, owned: Mapping[str, str]) -> Case:
    """The case with each party's towns."""
    towns = {p.name: tuple(sorted(t for t, owner in owned.items() if owner == p.name)) for p in case.parties}
    return replace(case, parties=tuple(replace(p, places=towns[p.name]) for p in case.parties))


def _body(party: Party) -> bool:
    return party.name.split()[-1].lower() in BODIES


def _told(case: Case, trees: Sequence[Tree]) -> tuple[dict[str, str], set[str]]:
    """Whose a town is where the reports say so, and all towns that they tell by a dateline or as a seat."""
    owned: dict[str, str] = {}
    towns: set[str] = set()
    for tree in trees:
        towns |= {_spelled(m[1], tree) for p in (_DATELINE, _SEAT) for m in islice(p.finditer(tree.text), _FEW)}
        told = [(m[1], m[2] or m[3]) for m in islice(_CAPITAL.finditer(tree.text), _FEW)]
        told += [(m[2], m[1]) for m in islice(_NAMED_CAPITAL.finditer(tree.text), _FEW)]
        for town, owner in told:
            party = next((p.name for p in case.parties if _names(owner, p)), None)
            towns.add(town)
            if party:
                owned[town] = party
    words: dict[str, set[str]] = defaultdict(set)
    for word in {t.text for tree in trees for t in tree.tokens if t.text[:1].isupper()}:
        words[word[:3].lower()].add(word)
    real = {t for t in towns if not country(t) and t.lower() not in NOT_PARTIES}
    real -= {
        t for t in real if any(adjective_of(w, t) for w in words[t[:3].lower()])
    }  # a state has people, a town seldom
    return {t: p for t, p in owned.items() if t in real and t != p}, real


def _spelled(town: str, tree: Tree) -> str:
    return town.title() if town.isupper() and town.title() in tree.text else town


def _names(form: str, party: Party) -> bool:
    return any(form == n or n.endswith(f" {form}") or adjective_of(form, n) for n in (party.name, *party.aliases))


def _scores(case: Case, trees: Sequence[Tree], towns: set[str]) -> Mapping[str, Counter[str]]:
    """How often each party acts in a town or speaks of it as its own, less how often it acts against it."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for tree in trees if towns else ():
        actors, mentions = find_names(tree, case)
        party = {m.head: actors[m.actor].party for m in mentions}
        for i, town in _met(tree, towns):
            for who, points in _speaks(tree, i, party):
                if who and who != town:
                    found[town][who] += points
    return found


def _met(tree: Tree, towns: set[str]) -> Iterator[tuple[int, str]]:
    ends = {t.split()[-1]: t for t in towns}
    for t in tree.tokens:
        town = ends.get(t.text)
        begins = t.i - town.count(" ") if town else 0
        dateline = begins == tree.sentence(t.i)[0] and t.i + 1 < len(tree) and tree[t.i + 1].text in (",", "(")
        if town and not dateline and tree.span(begins, t.i + 1).text == town:
            yield t.i, town


def _speaks(tree: Tree, i: int, party: Mapping[int, str | None]) -> Iterator[tuple[str | None, int]]:
    """Who is met beside a town: in it, across from it, or speaking for it."""
    token = tree[i]
    verb = token.head
    if token.dep == "pobj" and tree[verb].lemma in ("in", "from"):
        over = tree[verb].head
        subject = clauses.subject(tree, over) if tree[over].pos == "VERB" else over
        above = clauses.subject(tree, tree[over].head) if subject == over else None
        yield from ((party.get(j), 1) for j in (subject, above) if j is not None)
    elif token.dep == "dobj":
        subject = clauses.subject(tree, verb)
        yield (party.get(subject) if subject is not None else None), -1
    elif token.dep == "nsubj":
        objects = tree.kids(verb, "dobj")
        objects += [o for v in (verb, *objects) for c in tree.kids(v, "prep") for o in tree.kids(c, "pobj")]
        objects += [k for o in objects for k in tree.kids(o, "poss", "amod", "compound")]
        yield from ((party.get(o), -1) for o in objects)
        speaker = clauses.subject(tree, tree[verb].head) if tree[verb].dep == "ccomp" else None
        if speaker is not None and speaker != i:
            yield party.get(speaker), 1
        if tree[verb].lemma in DENYING:
            yield from ((who, 1) for who in _accused(tree, i, party))


def _accused(tree: Tree, i: int, party: Mapping[int, str | None]) -> Iterator[str | None]:
    """Whom the sentence before accuses: the one who denies it next."""
    first = tree.sentence(i)[0]
    for t in tree.tokens[tree.sentence(first - 1)[0] : first] if first else ():
        if t.lemma == "accuse":
            yield from (party.get(o) for o in tree.kids(t.i, "dobj"))
