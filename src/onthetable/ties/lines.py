"""The line of proposals: which proposals of several reports are one, which answers which, and what changed.

Two are one if the same side tables them and their terms agree: a number in common and none against it, or most
terms in common where no numbers are given. Nothing here looks at text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from onthetable.model import Answer, Interval, Move, Proposal, Quantity, Status, Term, TermChange, Track

_ANSWERS: dict[str, Status] = {"accepts": "accepted", "rejects": "rejected", "considers": "under-review"}
_OPEN: frozenset[Status] = frozenset({"tabled", "under-review", "rejected", "countered"})
_HISTORY = "deal"
"""The rule of what is told as an agreement of the past, which is no proposal that waits for an answer."""
_LONG = timedelta(days=60)
"""How far apart two reports may tell of one proposal."""
_MEASURES = frozenset({"day", "week", "month", "year", "hour", "minute", "decade", "%", "percent"})
_Days = Mapping[str, Interval | None]


@dataclass(slots=True)
class _Group:
    told: list[Proposal]
    terms: dict[tuple[str, str | None], Term] = field(default_factory=dict)

    def add(self, p: Proposal) -> None:
        for t in p.terms:
            known = self.terms.get((t.issue, t.giver))
            if known is None and t.quantity and _numbers([t]) <= _numbers(self.terms.values()):
                continue  # told before, by another giver: one of the two is misread
            if known is None or (t.quantity and not known.quantity):
                self.terms[t.issue, t.giver] = t


def find_lines(proposals: Sequence[Proposal], days: _Days, moves: Mapping[str, Move]) -> tuple[Track, ...]:
    """The proposals as tracks, in the order of the first report of each.

    `proposals` come report by report in the order of the text; `days` gives the day of each report (by id), `moves` the
    moves that reply to them (by id).
    """
    groups: list[_Group] = []
    of: dict[str, int] = {}
    about: dict[tuple[str | None, str], list[int]] = {}
    for p in sorted(proposals, key=lambda p: _known_by(days.get(p.report))):
        alike = {n for t in p.terms for n in about.get((p.proposer, t.issue), ())}
        same = (n for n in sorted(alike, reverse=True) if _is_one(groups[n], p, days))
        at = next(same, len(groups))
        if at == len(groups):
            groups.append(_Group([]))
        groups[at].told.append(p)
        groups[at].add(p)
        of[p.id] = at
        for issue in {t.issue for t in p.terms}:
            known = about.setdefault((p.proposer, issue), [])
            if at not in known[-1:]:
                known.append(at)
    made: list[Track] = []
    for n, group in enumerate(groups):
        made.append(_track(n, group, groups, of, made, days, moves))
    return tuple(made)


def _known_by(day: Interval | None) -> tuple[date, date]:
    """A report that may have come early or late counts once it is certain to have come; an undated one is oldest."""
    return (day.latest, day.earliest) if day else (date.min, date.min)


def _is_one(group: _Group, p: Proposal, days: _Days) -> bool:
    first, last = group.told[0], group.told[-1]
    if p.proposer != first.proposer or (p.rule == _HISTORY) != (first.rule == _HISTORY):
        return False
    if not _close(days.get(last.report), days.get(p.report)):
        return False
    pairs = [(group.terms[t.issue, t.giver], t) for t in p.terms if (t.issue, t.giver) in group.terms]
    numbers = [(a.quantity, b.quantity) for a, b in pairs if a.quantity and b.quantity]
    if any(_sort(a) == _sort(b) and (a.low, a.high) != (b.low, b.high) for a, b in numbers):
        return False
    needed = 1 if p.proposer else 2
    fewer = min(len(group.terms), len({(t.issue, t.giver) for t in p.terms}))
    shared = _numbers(group.terms.values()) & _numbers(p.terms)
    return len(shared) >= needed or (len(pairs) > 1 and 2 * len(pairs) > fewer)


def _numbers(terms: Iterable[Term]) -> set[tuple[str, str, float | None, float | None]]:
    return {(t.issue, _sort(t.quantity), t.quantity.low, t.quantity.high) for t in terms if t.quantity}


def _sort(q: Quantity) -> str:
    """What a number measures: time, a share, or things, which reports call by several names."""
    unit = q.unit.lower().removesuffix("s")
    return unit if unit in _MEASURES else "things"


def _close(a: Interval | None, b: Interval | None) -> bool:
    return a is None or b is None or max(b.earliest - a.latest, a.earliest - b.latest) <= _LONG


def _track(
    n: int, group: _Group, groups: list[_Group], of: dict[str, int], made: list[Track], days: _Days,
    moves: Mapping[str, Move],
) -> Track:  # fmt: skip
    first, last = group.told[0], group.told[-1]
    answered = _answered(n, group, of, made)
    follows = next((t for t in reversed(made) if _goes_before(t, group)), None)
    against = answered or follows
    changes = compare(against.terms, tuple(group.terms.values())) if against else ()
    known = [d for p in group.told if (d := days.get(p.report))]
    return Track(
        first.id, first.proposer, tuple(p.id for p in group.told), tuple(group.terms.values()), last.status,
        _by_party(group, moves), min(known, default=None), max(known, default=None),
        answered.id if answered else None, follows.id if follows else None, changes,
    )  # fmt: skip


def _goes_before(t: Track, group: _Group) -> bool:
    """Whether a track is an earlier one of the same side, from another report, on an issue of this one."""
    first = group.told[0]
    elsewhere = first.report not in {p.partition(".")[0] for p in t.proposals}
    own = first.proposer is not None and t.proposer == first.proposer and first.rule != _HISTORY
    return own and elsewhere and not {x.issue for x in t.terms}.isdisjoint(issue for issue, _ in group.terms)


def _answered(n: int, group: _Group, of: dict[str, int], made: list[Track]) -> Track | None:
    """The track that a report says it answers, else the last open one of another side, if it is called an answer."""
    named = next((of[p.answers] for p in group.told if p.answers and of[p.answers] < n), None)
    if named is not None:
        return made[named]
    if not any(p.counters for p in group.told):
        return None
    others = (t for t in reversed(made) if t.proposer and t.proposer != group.told[0].proposer)
    return next((t for t in others if t.status in _OPEN), None)


def _by_party(group: _Group, moves: Mapping[str, Move]) -> tuple[Answer, ...]:
    """What each party is last said to make of it."""
    found: dict[str, Answer] = {}
    for m in (moves[r] for p in group.told for r in p.replies if r in moves):
        if m.act in _ANSWERS:
            found[m.party] = Answer(m.party, _ANSWERS[m.act], m.id)
    return tuple(found[party] for party in sorted(found))


def compare(before: Sequence[Term], after: Sequence[Term]) -> tuple[TermChange, ...]:
    """Term by term, what of one package became in another; a giver that one leaves open is no difference."""
    left = list(before)
    found: list[TermChange] = []
    for t in after:
        old = next((b for b in left if b.issue == t.issue and b.giver == t.giver), None) or next(
            (b for b in left if b.issue == t.issue and None in (b.giver, t.giver)), None
        )
        if old is None:
            found.append(TermChange("added", None, t))
            continue
        left.remove(old)
        found.append(TermChange("changed" if _differ(old, t) else "same", old, t))
    return (*found, *(TermChange("dropped", b, None) for b in left))


def _differ(a: Term, b: Term) -> bool:
    """Whether two tell different numbers or lengths; what one of them leaves out is not different."""
    numbers = ((a.quantity, b.quantity), (a.duration, b.duration))
    return any(x and y and (_sort(x), x.low, x.high) != (_sort(y), y.low, y.high) for x, y in numbers)
