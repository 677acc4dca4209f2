"""On what evidence a drafted case rests: which reports and sentences, how often, what share of the words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onthetable.case import PACKS, Case, Party, pack
from onthetable.drafting import counted
from onthetable.drafting.deeds import deeds
from onthetable.text import plain
from onthetable.tree import Tree

AROUND = 90
"""Code points of a sentence that are shown on either side."""
MANY = 50
"""Places of a name in one report that are looked at for a whole sentence."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a case: by name, by party for its role, and for the packs; each one line for people to read."""

    names: Mapping[str, str]
    roles: Mapping[str, str]
    packs: str | None


def evidence(case: Case, told: Sequence[tuple[str, Tree]]) -> Evidence:
    """The evidence for a case in parsed reports, each with its path. Sentences count from 1, the title among them."""
    texts = [plain(tree.text) for _, tree in told]
    names = {n: said for p in case.parties for n in names_of(p) if (said := _named(n, told, texts))}
    return Evidence(names, _roles(case, told), _packs([tree for _, tree in told]))


def names_of(p: Party) -> tuple[str, ...]:
    """Everything that a party is known by."""
    return (p.name, *p.aliases, *p.people, *p.places)


def has(name: str, text: str) -> bool:
    """Whether a text that is made plain has a name, from the beginning of a word on."""
    return bool(re.search(rf"(?<!\w){re.escape(plain(name))}", text))


def _named(name: str, told: Sequence[tuple[str, Tree]], texts: Sequence[str]) -> str | None:
    having = [n for n, text in enumerate(texts) if has(name, text)]
    if not having:
        return None
    path, tree = told[having[0]]
    at = _place(tree, texts[having[0]], plain(name))
    where = f"in {len(having)} of {len(told)} reports, first {path}"
    return where if at is None else f"{where}, {_sentence(tree, at)}"


def _place(tree: Tree, text: str, name: str) -> int | None:
    """The first token of a name in a sentence with a verb, rather than in a dateline or a byline."""
    found = []
    for n, m in enumerate(re.finditer(rf"(?<!\w){re.escape(name)}", text)):
        i = tree.at(m.start())
        if i is None or n == MANY:
            break
        if any(tree[j].pos in ("VERB", "AUX") for j in range(*tree.sentence(i))):
            return i
        found.append(i)
    return found[0] if found else None


def _sentence(tree: Tree, i: int) -> str:
    """The number of a token's sentence, and the sentence, or as much of it as is shown, in whole words."""
    first, last = tree.sentence(i)
    start = next(j for j in range(first, i + 1) if tree[i].start - tree[j].start <= AROUND)
    end = next(j for j in range(last - 1, i - 1, -1) if j == i or tree[j].end - tree[i].end <= AROUND)
    words = " ".join(tree.text[tree[start].start : tree[end].end].split())
    return f"sentence {tree[i].sentence + 1}: “{'… ' * (start > first)}{words}{' …' * (end < last - 1)}”"


def _roles(case: Case, told: Sequence[tuple[str, Tree]]) -> dict[str, str]:
    """How often each party acts for itself and stands between the others, and the first sentence that fits its role."""
    acts: dict[str, list[int]] = {p.name: [0, 0] for p in case.parties}
    first: dict[str, str] = {}
    roles = {p.name: p.role == "mediator" for p in case.parties}
    for path, tree in told:
        for deed in deeds(tree, case):
            if deed.party in acts and deed.weight == 1:
                acts[deed.party][deed.between] += 1
                if deed.between == roles[deed.party] and deed.party not in first:
                    first[deed.party] = f"first {path}, {_sentence(tree, deed.head)}"
    return {name: _role(own, between, first.get(name)) for name, (own, between) in acts.items() if own + between}


def _role(own: int, between: int, first: str | None) -> str:
    return f"acts for itself {own}×, stands between others {between}×" + (f"; {first}" if first else "")


def _packs(trees: Sequence[Tree]) -> str | None:
    """What share of the issue words that the reports have is whose."""
    total = counted(trees, [pack(n) for n in PACKS])
    if not total.total():
        return None
    shares = (f"{id} {100 * n / total.total():.0f} %" for id, n in total.most_common())
    return f"of the {total.total():,} words and phrases in the reports that name an issue: {', '.join(shares)}"
