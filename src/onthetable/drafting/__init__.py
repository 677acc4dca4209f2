"""A case drafted from the reports themselves: who acts at the table, who mediates, which issues.

Whoever is the subject, owner or agent of the predicates of the table counts, by how often and in how many
reports; people and bodies count for the name beside them ("Morvenian mediators", "the union's negotiators").
Whatever is concluded here is an assumption, and is marked as one (`Case.drafted`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from onthetable.case import PACKS, Case, Pack, Party, pack
from onthetable.drafting.acting import acting
from onthetable.drafting.candidates import Candidate, chosen, merge, take_base_names, take_plurals
from onthetable.drafting.deeds import deeds
from onthetable.drafting.forms import acronyms, long_names, people_in, press
from onthetable.drafting.ministries import ministry
from onthetable.drafting.seats import seated
from onthetable.drafting.staff import staffed
from onthetable.drafting.words import NOT_PARTIES
from onthetable.gazetteer import country
from onthetable.spans.names import find_names
from onthetable.spans.roles import BODIES
from onthetable.terms.issues import weights
from onthetable.text import plain
from onthetable.tree import Tree

WIDE = 16
"""How many names are looked at more closely."""
MOST = 8
"""How many parties a drafted case has at most."""
SHARE = 0.15
"""A party acts at least this often, as a share of the one that acts most."""


def draft(trees: Sequence[Tree], packs: Sequence[str] = PACKS) -> Case:
    """The case that the parsed reports suggest. The order of the trees makes no difference."""
    found: dict[str, Candidate] = defaultdict(Candidate)
    full = acronyms(trees)
    last = {name.split()[-1]: short for name, short in full.items()}
    last |= {w: short for name, short in full.items() if (w := name.split()[0]).lower() in BODIES}
    longer = long_names(trees)
    people = people_in(trees)
    papers = press(trees)
    for n, tree in enumerate(trees):
        for who, form, weight, mediates in acting(tree):
            if who in papers or (who.split()[-1] in people and not country(who)):
                continue
            c = found[full.get(who) or last.get(who) or _ending(full, who) or longer.get(who) or who]
            c.acts += weight * (not mediates)
            c.mediates += weight * mediates
            c.reports.add(n)
            c.forms[form] += 1
    take_base_names(found, trees)
    merge(found)
    take_plurals(found)
    case = Case("talks", _packs(trees, packs), chosen(found, full, WIDE, 0.0), drafted=True)
    _recount(found, case, trees)
    case = replace(case, parties=chosen(found, full, MOST, SHARE, len(trees)))
    if case.packs == (pack("labour"),):
        case = _employed(case, trees)
    case = replace(case, parties=tuple(_with_people(case, trees)))
    return staffed(seated(case, trees), trees)


def _employed(case: Case, trees: Sequence[Tree]) -> Case:
    """The case with the ministry whose people are in dispute, if there is one and no state is a party."""
    known = frozenset(n for p in case.parties for n in (p.name, *p.aliases))
    found = ministry(trees, known)
    if found is None or any(country(n) for n in known):
        return case
    same = [p for p in case.parties if p.name in (found.name, *found.aliases)]
    aliases = {found.name, *found.aliases, *(n for p in same for n in (p.name, *p.aliases))} - {found.name}
    others = [p for p in case.parties if p not in same]
    found = replace(found, aliases=tuple(sorted(aliases)))
    return replace(case, parties=tuple(sorted((*others, found), key=lambda p: p.name)))


def _ending(full: dict[str, str], who: str) -> str | None:
    """The short form of the long name that ends in these words ("Workers' Union")."""
    return next((short for name, short in full.items() if " " in who and plain(name).endswith(plain(who))), None)


def _recount(found: dict[str, Candidate], case: Case, trees: Sequence[Tree]) -> None:
    """Counts again who acts, now that people and bodies are known to speak for somebody."""
    for c in found.values():
        c.acts = c.mediates = 0
        c.reports = set()
    for n, tree in enumerate(trees):
        for deed in deeds(tree, case):
            if deed.party in found:
                found[deed.party].acts += deed.weight * (not deed.between)
                found[deed.party].mediates += deed.weight * deed.between
                found[deed.party].reports.add(n)


def _packs(trees: Iterable[Tree], names: Sequence[str]) -> tuple[Pack, ...]:
    """The pack whose own issues the reports name most, if they name any."""
    known = [pack(n) for n in names]
    total = counted(trees, known)
    best = max(known, key=lambda p: total[p.id])
    return (best,) if total[best.id] else tuple(known)


def counted(trees: Iterable[Tree], packs: Sequence[Pack]) -> Counter[str]:
    """How often the reports name each pack's own issues."""
    total: Counter[str] = Counter()
    for tree in trees:
        total.update(weights(tree, packs))
    return total


def _with_people(case: Case, trees: Iterable[Tree]) -> Iterator[Party]:
    """The parties with the people whom some report names as theirs, and no other report as another's."""
    belongs: dict[str, set[str]] = defaultdict(set)
    for tree in trees:
        for actor in find_names(tree, case)[0]:
            if actor.kind == "named" and actor.party and len(actor.name.split()) > 1:
                belongs[actor.name].add(actor.party)
    for p in case.parties:
        theirs = {_bare(n) for n, parties in belongs.items() if parties == {p.name}}
        yield replace(p, people=tuple(sorted(n for n in theirs | {*p.people} if " " in n)))


def _bare(name: str) -> str:
    """A person's name without a day or an office that the parser took for part of it ("Monday Ada Orr")."""
    first, _, rest = name.partition(" ")
    return rest if first.lower() in NOT_PARTIES else name
