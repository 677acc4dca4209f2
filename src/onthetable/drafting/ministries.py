"""Ministries that employ: in labour disputes they are parties, by whatever form of their name."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from onthetable.case import Party
from onthetable.drafting.words import EMPLOYING
from onthetable.tree import Tree

_KINDS = "ministry|department"
_FIELD = "|".join(EMPLOYING)
_FORMS = re.compile(
    rf"\b(?:(?P<of>(?:{_KINDS})) of (?P<after>{_FIELD})|(?P<before>{_FIELD}) (?P<plain>{_KINDS}))\b", re.I
)
_HEADS = re.compile(rf"\b(?i:{_FIELD}) (?i:minister|secretary) ([A-Z][\w’'-]{{1,40}}(?: [A-Z][\w’'-]{{1,40}}){{1,2}})")
_ENOUGH = 2
"""How often the reports name a ministry, or its minister, before it counts as a party."""


def ministry(trees: Sequence[Tree], taken: frozenset[str]) -> Party | None:
    """The one ministry that acts most, by its long name, with its other forms and the ministers named with it."""
    named: Counter[str] = Counter()
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    people: dict[str, set[str]] = defaultdict(set)
    for tree in trees:
        for m in _FORMS.finditer(tree.text):
            field = (m["after"] or m["before"]).capitalize()
            forms[field][_title(m)] += 1
            named[field] += _acts(tree, m)
        for m in _HEADS.finditer(tree.text):
            field = m[0].split()[0].capitalize()
            people[field].add(m[1])
            named[field] += 1
    best = max(sorted(forms), key=lambda f: named[f], default=None)
    if best is None or named[best] < _ENOUGH:
        return None
    name = max(sorted(forms[best]), key=lambda f: forms[best][f])
    others = {*forms[best], *_variants(best, forms[best])} - {name}
    kinds = {f"the {'department' if 'Department' in f else 'ministry'}" for f in forms[best]}
    state = set() if taken & {"the government", "government"} else {"the government"}
    return Party(name, "principal", tuple(sorted(others | kinds | state)), tuple(sorted(people[best])))


def _title(m: re.Match[str]) -> str:
    field, kind = (m["after"] or m["before"]).capitalize(), (m["of"] or m["plain"]).capitalize()
    return f"{kind} of {field}" if m["of"] else f"{field} {kind}"


def _variants(field: str, forms: Counter[str]) -> Iterator[str]:
    for kind in ("Ministry", "Department"):
        if any(kind in f for f in forms):
            yield from (f"{kind} of {field}", f"{field} {kind}")


def _acts(tree: Tree, m: re.Match[str]) -> bool:
    """Whether the ministry is the subject of a verb or owns or makes something."""
    first, last = tree.range(m.start(), m.end())
    return any(
        tree[i].dep in ("nsubj", "nsubjpass", "poss") or tree[tree[i].head].dep == "agent" for i in range(first, last)
    )
