"""A case file read with a critical eye: what is ambiguous, what is missing, and what the reports never name."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from onthetable.case import Case, Pack, Party
from onthetable.model import Report
from onthetable.text import plain

SHORT = 2
"""Letters of a name that is too short to be looked for safely."""
AROUND = 90
"""Code points of a sentence that are shown as evidence."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about a case that its author should look at; `about` is the name or field that it concerns."""

    about: str
    says: str


def remarks(case: Case, reports: Sequence[Report] = (), drafted: Case | None = None) -> tuple[Remark, ...]:
    """Everything that strikes the eye, in the order of the file.

    With `reports`, names that none of them has are told, and with the case that is `drafted` from them parties that
    are not in this one.
    """
    found = [*_parties(case.parties), *_ambiguous(case.parties), *_issues(case.packs), *_anchors(case)]
    if reports:
        found += _never_met(case, reports)
    if drafted:
        found += _missing(case, drafted)
    return tuple(found)


def _parties(parties: Sequence[Party]) -> Iterator[Remark]:
    principals = sum(p.role == "principal" for p in parties)
    if principals < 2:
        yield Remark("party", f"{principals} with the role principal: a gap needs two sides")
    for p in parties:
        for name in _names(p):
            if sum(map(str.isalnum, name)) <= SHORT and not name.isupper():
                yield Remark(name, f"too short a name for {p.name}: it will be found where nobody means it")


def _ambiguous(parties: Sequence[Party]) -> Iterator[Remark]:
    owners: dict[str, list[str]] = defaultdict(list)
    shown: dict[str, str] = {}
    for p in parties:
        for name in dict.fromkeys(map(plain, _names(p))):
            owners[name].append(p.name)
        shown |= {plain(n): n for n in _names(p)}
    for name, of in owners.items():
        if len(of) > 1:
            yield Remark(shown[name], f"ambiguous: a name of {' and of '.join(of)}; the first one gets it")


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
            if not i.words and not i.pairs:
                yield Remark(i.id, "has neither words nor pairs: nothing will ever be about it")
            for word in dict.fromkeys(map(str.casefold, i.words)):
                words[word].append(i.id)
    for word, of in words.items():
        if len(set(of)) > 1:
            yield Remark(word, f"ambiguous: a word for {' and for '.join(sorted(set(of)))}")


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
        there = [n for n in _names(p) if _is_in(plain(n), text)]
        if not there:
            yield Remark(p.name, "named in none of the reports, by none of its names")
            continue
        for kind, names in (("alias", p.aliases), ("person", p.people), ("place", p.places)):
            yield from (Remark(n, f"{kind} of {p.name}: in none of the reports") for n in names if n not in there)
    for a in case.anchors:
        if not any(_is_in(plain(s), text) for s in a.says):
            yield Remark(a.says[0], f"an anchor on {a.date} that no report refers back to")


def _missing(case: Case, drafted: Case) -> Iterator[Remark]:
    known = {plain(n) for p in case.parties for n in _names(p)}
    for p in drafted.parties:
        if known.isdisjoint(map(plain, _names(p))):
            yield Remark(p.name, f"acts in the reports like a {p.role}, and is no party of the case")
    for k in drafted.packs:
        if case.packs and k.id not in {c.id for c in case.packs}:
            yield Remark(k.id, "a pack whose issues the reports name, and which the case leaves out")


def evidence(case: Case, reports: Sequence[Report]) -> Mapping[str, str]:
    """For each name of a case in how many reports it is, and the sentence of the first of them that has it."""
    texts = [(r, plain(r.text)) for r in reports]
    found: dict[str, str] = {}
    for name in (n for p in case.parties for n in _names(p)):
        having = [r for r, text in texts if _is_in(plain(name), text)]
        if having:
            first = having[0]
            at = re.search(re.escape(name), first.text, re.IGNORECASE)
            words = _sentence(first.text, at.start(), at.end()) if at else ""
            quoted = f": “{words}”" if words else ""
            found[name] = f"in {len(having)} of {len(reports)} reports, first {first.path}{quoted}"
    return found


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence around some words, or as much of it as is shown, in whole words."""
    stop = text.rfind(". ", 0, start)
    first = max(text.rfind("\n", 0, start) + 1, stop + 2 if stop >= 0 else 0)
    if start - first > AROUND:
        first = text.find(" ", start - AROUND, start) + 1 or start
    ends = [i for i in (text.find("\n", end), text.find(". ", end)) if i >= 0]
    last = min([*ends, len(text)])
    if last - end > AROUND:
        last = max(text.rfind(" ", end, end + AROUND), end)
    return " ".join(text[first:last].split())


def _names(p: Party) -> tuple[str, ...]:
    return (p.name, *p.aliases, *p.people, *p.places)


def _is_in(name: str, text: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(name)}", text))


def pack_remarks(packs: Iterable[Pack]) -> tuple[Remark, ...]:
    """What strikes the eye in packs alone."""
    return tuple(_issues(tuple(packs)))
