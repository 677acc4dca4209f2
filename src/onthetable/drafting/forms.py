"""Short and long forms of names, and which words are people's: looked for in all reports together."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from onthetable.drafting.naming import headline, name_at
from onthetable.drafting.words import OF_THE_PRESS
from onthetable.gazetteer import adjective_of, country
from onthetable.spans.roles import BODIES, PEOPLE, TITLES
from onthetable.text import plain
from onthetable.tree import Tree


def acronyms(trees: Sequence[Tree]) -> dict[str, str]:
    """ "Quay Workers' Union (QWU)": the long form of every short one that a report explains or spells out."""
    pattern = re.compile(r"((?:[A-Z][\w'’&-]+ (?:(?:of|and|for|the|de) )*){1,7})\(([A-Z]{2,7})\)")
    found: dict[str, str] = {}
    for tree in trees:
        for m in pattern.finditer(tree.text):
            words = m[1].split()
            first = next((k for k in range(len(words) - 1, -1, -1) if _initials(words[k:]) == m[2]), None)
            if first is not None:
                found[" ".join(words[first:])] = m[2]
    return found | _unexplained(trees, frozenset(found.values()))


_LONG = re.compile(r"\b[A-Z][\w'’&-]{1,40}(?: (?:(?:of|and|for|the|de) ){0,2}[A-Z][\w'’&-]{1,40}){2,6}")
_SHORT = re.compile(r"\b[A-Z]{3,6}\b")


def _unexplained(trees: Iterable[Tree], explained: frozenset[str]) -> dict[str, str]:
    """Short forms that no bracket explains, but whose letters begin the words of one long name of the reports."""
    trees = list(trees)
    shorts = {m[0] for tree in trees for m in _SHORT.finditer(tree.text)} - explained
    found: dict[str, set[str]] = defaultdict(set)
    for tree in trees if shorts else ():
        for m in _LONG.finditer(tree.text):
            words = m[0].split()
            for k in (k for k, w in enumerate(words) if w[:1].isupper()):
                short = _initials(words[k:])
                if short in shorts:
                    found[short].add(" ".join(words[k:]))
    return {next(iter(names)): short for short, names in found.items() if len(names) == 1}


def _initials(words: list[str]) -> str:
    return "".join(w[0] for w in words if w[:1].isupper())


def long_names(trees: Iterable[Tree]) -> dict[str, str]:
    """ "Green", "Greens" and "Left" for "Green Left", where a word belongs to one such name only."""
    runs: Counter[str] = Counter()
    for tree in trees:
        for first, end in tree.sentences:
            if headline(tree, first):
                continue
            for i in range(first, end - 1):
                two = tree[i].pos == tree[i + 1].pos == "PROPN" and tree[i].entity != "PERSON"
                alone = (i == first or tree[i - 1].pos != "PROPN") and (i + 2 == end or tree[i + 2].pos != "PROPN")
                if two and alone and tree[i].lemma not in PEOPLE and tree[i + 1].lemma not in PEOPLE:
                    runs[tree.span(i, i + 2).text] += 1
    found: dict[str, set[str]] = defaultdict(set)
    for run, times in runs.items():
        if times > 1 and not country(run):
            one, two_ = run.split()[0], run.split()[-1]
            for short in (one, f"{one}s", two_):
                found[short].add(run)
    return {short: next(iter(names)) for short, names in found.items() if len(names) == 1}


def people_in(trees: Iterable[Tree]) -> frozenset[str]:
    """The last words of people's names: of long names that the recogniser takes for a person, or behind a title."""
    found: Counter[str] = Counter()
    for tree in trees:
        for t in tree.tokens:
            before = tree[t.i - 1] if t.i else None
            ends = (
                t.i + 1 == len(tree)
                or tree[t.i + 1].entity != t.entity
                or tree[t.i + 1].begins
                or tree[t.i + 1].tag == "POS"
            )
            if not before or t.pos != "PROPN" or not ends or t.lemma in BODIES:
                continue
            found[t.text] += t.entity == "PERSON" and before.entity == "PERSON" and not t.begins
            found[t.text] += before.text.lower().rstrip(".") in TITLES
    starts: dict[str, set[str]] = defaultdict(set)  # an adjective begins with three letters of its place
    for text in {t.text for tree in trees for t in tree.tokens if t.text[:1].isupper()}:
        starts[plain(text)[:3]].add(text)
    return frozenset(w for w, n in found.items() if n and not any(adjective_of(t, w) for t in starts[plain(w)[:3]]))


def press(trees: Iterable[Tree]) -> frozenset[str]:
    """Newspapers and broadcasters that no list knows: whom people give interviews, and who has editorials.

    A body to which somebody speaks like that may be named in any report, so all of them are looked through.
    """
    found: set[str] = set()
    for tree in trees:
        for t in tree.tokens:
            owner = t.dep == "poss" and tree[t.head].lemma in OF_THE_PRESS
            given = t.dep == "pobj" and tree[t.head].lemma in ("with", "to", "by")
            asked = given and tree[tree[t.head].head].lemma == "interview"
            if (owner or asked) and t.pos == "PROPN" and t.entity != "PERSON":
                name = name_at(tree, t.i)
                found |= {name[0]} if name and not country(name[0]) else set()
    return frozenset(found)
