"""A case file read with a critical eye: what is ambiguous, what is missing, and what the reports never name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from onthetable.case import PACKS, Case, Issue, Pack, Party
from onthetable.drafting.evidence import has, names_of
from onthetable.model import Report
from onthetable.text import plain

SHORT = 2
"""Letters of a name that is too short to be looked for safely."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about a case that its author should look at; `about` is the name or field that it concerns."""

    about: str
    says: str


def remarks(
    case: Case, reports: Sequence[Report] = (), drafted: Case | None = None, named: Collection[str] | None = None
) -> tuple[Remark, ...]:
    """Everything that strikes the eye, in the order of the file.

    With `reports`, names that none of them has are told; with the case that is `drafted` from them, parties and people
    that are not in this one; with the ids of the issues that they have `named`, those of one's own packs that they
    have not.
    """
    found = [*_parties(case.parties), *_ambiguous(case.parties), *_issues(case.packs), *_anchors(case)]
    if reports:
        found += _never_met(case, reports)
    if named is not None:
        found += _silent(case, named)
    if drafted:
        found += _missing(case, drafted)
    return tuple(found)


def _parties(parties: Sequence[Party]) -> Iterator[Remark]:
    principals = sum(p.role == "principal" for p in parties)
    if principals < 2:
        yield Remark("party", f"{principals} with the role principal: a gap needs two sides")
    for p in parties:
        for name in names_of(p):
            if sum(map(str.isalnum, name)) <= SHORT and not name.isupper():
                yield Remark(name, f"too short a name for {p.name}: it will be found where nobody means it")


def _ambiguous(parties: Sequence[Party]) -> Iterator[Remark]:
    owners: dict[str, list[str]] = defaultdict(list)
    shown: dict[str, str] = {}
    for p in parties:
        for name in dict.fromkeys(map(plain, names_of(p))):
            owners[name].append(p.name)
        shown |= {plain(n): n for n in names_of(p)}
    for name, of in owners.items():
        if len(of) > 1:
            yield Remark(shown[name], f"ambiguous: a name of {' and of '.join(of)}; the first one gets it")
    people: dict[str, dict[str, str]] = defaultdict(dict)
    for p in parties:
        for name in (n for n in p.people if len(n.split()) > 1):
            people[plain(name.split()[-1])].setdefault(p.name, name)
    for of_party in people.values():
        if len(of_party) > 1 and len(set(map(plain, of_party.values()))) > 1:
            whose = " and ".join(f"{name} ({party})" for party, name in of_party.items())
            yield Remark(next(iter(of_party.values())).split()[-1], f"ambiguous: the last name of {whose}")


def _issues(packs: Sequence[Pack]) -> Iterator[Remark]:
    if not packs:
        yield Remark("packs", "none named: the issues of all packs are looked for, which finds more and errs more")
    ids = Counter(i.id for k in packs for i in k.issues)
    for id, n in ids.items():
        if n > 1:
            yield Remark(id, f"an issue of {n} packs; their words are put together")
    words: dict[str, list[str]] = defaultdict(list)
    for k in packs:
        for i in k.issues:
            yield from _worded(i)
            for word in dict.fromkeys(map(str.casefold, i.words)):
                words[word].append(i.id)
        if not any(i.id == "talks" for i in k.issues):
            yield Remark(k.id, "has no issue 'talks': meetings and mediation will be about nothing")
    for word, of in words.items():
        if len(set(of)) > 1:
            yield Remark(word, f"ambiguous: a word for {' and for '.join(sorted(set(of)))}")


def _worded(i: Issue) -> Iterator[Remark]:
    if not i.words and not i.pairs:
        yield Remark(i.id, "has neither words nor pairs: nothing will ever be about it")
    never = "that is never found: a hyphen is a word of its own, as in 'lay - off'"
    for phrase in (*i.words, *(w for pair in i.pairs for side in pair for w in side)):
        if _glued(phrase):
            yield Remark(phrase, f"a word for {i.id} {never}")


def _glued(phrase: str) -> bool:
    """Whether a hyphen stands between letters: texts are split there."""
    return any(
        a.isalnum() and b == "-" and c.isalnum() for a, b, c in zip(phrase, phrase[1:], phrase[2:], strict=False)
    )


def _anchors(case: Case) -> Iterator[Remark]:
    days = [a.date for a in case.anchors]
    if days != sorted(days):
        yield Remark("anchor", "not in the order of their days, which makes a file hard to read")
    for a in case.anchors:
        if case.start and a.date < case.start:
            yield Remark(a.says[0], f"an anchor on {a.date}, before the talks start on {case.start}")
    for says, n in Counter(plain(s) for a in case.anchors for s in a.says).items():
        if n > 1:
            yield Remark(says, "said of two anchors: it dates nothing")


def _never_met(case: Case, reports: Sequence[Report]) -> Iterator[Remark]:
    text = "\n".join(plain(r.text) for r in reports)
    for p in case.parties:
        there = [n for n in names_of(p) if has(n, text)]
        if not there:
            yield Remark(p.name, "named in none of the reports, by none of its names")
            continue
        for kind, names in (("alias", p.aliases), ("person", p.people), ("place", p.places)):
            yield from (Remark(n, f"{kind} of {p.name}: in none of the reports") for n in names if n not in there)
    for a in case.anchors:
        if not any(has(s, text) for s in a.says):
            yield Remark(a.says[0], f"an anchor on {a.date} that no report refers back to")


def _silent(case: Case, named: Collection[str]) -> Iterator[Remark]:
    for k in case.packs:
        silent = (i.id for i in k.issues if k.id not in PACKS and i.id not in named)
        yield from (Remark(id, f"an issue of the pack {k.id} that no report names by its words") for id in silent)


def _missing(case: Case, drafted: Case) -> Iterator[Remark]:
    known = {plain(n) for p in case.parties for n in names_of(p)}
    for p in drafted.parties:
        if known.isdisjoint(map(plain, names_of(p))):
            yield Remark(p.name, f"acts in the reports like a {p.role}, and is no party of the case")
        for q in case.parties:
            if not {plain(n) for n in names_of(q)}.isdisjoint(map(plain, (p.name, *p.aliases))):
                people = (n for n in p.people if plain(n) not in known)
                yield from (Remark(n, f"speaks for {q.name} in the reports, and is none of its people") for n in people)
    for k in drafted.packs:
        if case.packs and k.id not in {c.id for c in case.packs}:
            yield Remark(k.id, "a pack whose issues the reports name, and which the case leaves out")


def pack_remarks(packs: Iterable[Pack]) -> tuple[Remark, ...]:
    """What strikes the eye in packs alone."""
    return tuple(_issues(tuple(packs)))
