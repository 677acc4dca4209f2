"""Findings of different reports that say the same, support or contradict each other; kept side by side, never settled.

A finding is linked to the earliest one that it agrees with, not to every member of a group, so that the ties
grow with the number of findings and not with its square.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onthetable.case import Party
from onthetable.model import Interval, Published, Reading, Tie
from onthetable.ties import counts, happenings, sayings, steps
from onthetable.ties.bodies import Body
from onthetable.ties.claim import Doubles, Finding, Stories, link
from onthetable.ties.judge import Judge, Place
from onthetable.ties.settings import Settings
from onthetable.ties.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Found:
    """What findings have to do with one another: ties, groups that say the same, and what follows from what, by id."""

    ties: tuple[Tie, ...]
    same: tuple[tuple[str, ...], ...]
    entails: tuple[tuple[str, str], ...]


def find_claims(
    readings: Sequence[Reading],
    published: Mapping[str, Published] | None = None,
    families: Iterable[Iterable[str]] = (),
    relays: Iterable[Tie] = (),
) -> tuple[Tie, ...]:
    """Ties of kind `corroborates` and `contradicts` between findings, but for events, from the later to the earlier.

    Corroborates: one party, act, issue and giver with a compatible quantity, one measure with the same number, or
    one side with a statement of the same content, in reports of different stories within a week. `families` are the
    groups of copies; what a report has from another (`relays`) counts as that one's story.
    Contradicts: numbers of one measure that exclude each other on days that overlap or lie three
    apart (in two reports, or in one by two authorities); a move and a denial by the same party of that issue;
    one party accepting and rejecting the same. `published` gives the days of a report by its id; a report
    without any is taken to contradict no other. The evidence is that of `source`, then that of `target`.
    """
    return compare(readings, published, families, relays).ties


def compare(
    readings: Sequence[Reading],
    published: Mapping[str, Published] | None = None,
    families: Iterable[Iterable[str]] = (),
    relays: Iterable[Tie] = (),
    bodies: Mapping[str, Body] | None = None,
    parties: Iterable[Party] = (),
) -> Found:
    """The ties of `find_claims`, and what says the same or follows from what. Any order of readings gives the same.

    Every finding is in one group at most; a sentence and its second wording beside it say the same.
    """
    story = Stories(families, relays)
    unique = list({r.report.id: r for r in readings}.values())
    doubles = Doubles((r.report for r in unique), bodies)
    days = {i: p.interval for i, p in (published or {}).items()}
    settings = Settings(unique, days)
    judge = Judge(unique, days, story, parties, bodies)
    moves = steps.steps_of(unique, days, story)
    said, spoken = sayings.of_statements(unique, days, story, doubles, settings, judge)
    happened = happenings.of_events(unique, days, story, doubles, settings, judge)
    ties = {*steps.of_moves(moves), *counts.of_figures(unique, days, story), *spoken}
    told = (
        steps.said_by(moves, days, doubles, settings, judge),
        counts.said_by(unique, days, story, doubles, settings, judge),
    )  # fmt: skip
    for found in (said, happened, *told):
        ties |= {link("contradicts", later, first, 1.0) for later, first in found.clashes}
    all = [*told, said, happened]
    at: dict[Place, list[Finding]] = defaultdict(list)
    for f in (f for found in all for group in found.groups for f in group):
        at[judge.place(f)].append(f)
    ties = {t for t in ties if not _overruled(t, at, judge)}
    ties |= set(_contradictions(judge, at, ties, story))
    groups, pairs = _bridged([g for found in all for g in found.groups], [p for f in all for p in f.entails], judge, at)
    return Found(
        tuple(sorted(ties, key=lambda t: (t.kind, t.source, t.target))),
        tuple(sorted(g for g in groups if len(g) > 1)),
        tuple(sorted(pairs)),
    )


_NOT_OPPOSED = (Verdict.APART,)
_NOT_ALIKE = (Verdict.APART, Verdict.CONTRADICTS, Verdict.UNLIKE)
_At = Mapping[Place, Sequence[Finding]]


def _overruled(tie: Tie, at: _At, judge: Judge) -> bool:
    """Whether the sentences of two findings say otherwise."""
    ends = {f.id: f for i in (tie.source, tie.target) if i in judge for f in at[judge.at(i)]}
    a, b = ends.get(tie.source), ends.get(tie.target)
    found = judge.of(a, b) if a and b else None
    return found in (_NOT_OPPOSED if tie.kind == "contradicts" else _NOT_ALIKE)


def _contradictions(judge: Judge, at: _At, known: Iterable[Tie], story: Stories) -> Iterator[Tie]:
    """Ties between what stands in sentences that cannot both be so, one for each two sentences.

    A sentence in which nothing was found is named by its report.
    """
    tied = {
        frozenset((judge.at(t.source), judge.at(t.target)))
        for t in known if t.kind == "contradicts" and t.source in judge and t.target in judge
    }  # fmt: skip
    for earlier, later, _ in judge.pairs(Verdict.CONTRADICTS):
        if frozenset((earlier, later)) in tied:
            continue
        if earlier in at and later in at:
            yield link("contradicts", *_two(at[later], at[earlier]), 1.0)
        else:
            ends = [min(at[p], key=_rank).id if p in at else p[0] for p in (later, earlier)]
            yield Tie("contradicts", ends[0], ends[1], 1.0, (judge.span(later), judge.span(earlier)))


def _bridged(
    groups: Iterable[Sequence[Finding]], entails: Iterable[tuple[str, str]], judge: Judge, at: _At
) -> tuple[list[tuple[str, ...]], set[tuple[str, str]]]:
    """Groups and pairs, with those of different kinds joined that stand in sentences of which that is told.

    What one report tells as a deed and another as what somebody says is one claim; findings of one kind come first.
    """
    own = {f.id: group for group in map(list, groups) for f in group}
    for a, b in judge.same():
        first, second = at.get(a), at.get(b)
        if not first or not second or any(own[f.id] is own[g.id] for f in first for g in second):
            continue
        pair = _two(second, first)
        if type(pair[0]) is type(pair[1]):
            continue  # they were not joined as findings of one kind: two who are not of one side
        joined = own[pair[1].id]
        for f in own[pair[0].id]:
            joined.append(f)
            own[f.id] = joined
    lead = {i: group[0].id for i, group in own.items()}
    pairs = {(lead[a], lead[b]) for a, b in entails if lead[a] != lead[b]}
    for a, b, v in judge.pairs(Verdict.HOLDS, Verdict.FOLLOWS):
        first, second = at.get(a), at.get(b)
        if not first or not second:
            continue
        ids = {lead[f.id] for f in first}, {lead[f.id] for f in second}
        if any((x in ids[0] and y in ids[1]) or (x in ids[1] and y in ids[0]) for x, y in pairs):
            continue
        later, earlier = _two(second, first)
        if type(later) is not type(earlier) and lead[later.id] != lead[earlier.id]:
            ends = lead[earlier.id], lead[later.id]
            pairs.add(ends if v is Verdict.HOLDS else ends[::-1])
    unique = {id(group): group for group in own.values()}
    return [tuple(f.id for f in group) for group in unique.values()], pairs


def _two(later: Sequence[Finding], earlier: Sequence[Finding]) -> tuple[Finding, Finding]:
    """The two findings of two sentences that are of one kind, or the first of each."""
    pairs = ((a, b) for a in sorted(later, key=_rank) for b in sorted(earlier, key=_rank))
    return next((p for p in pairs if type(p[0]) is type(p[1])), (min(later, key=_rank), min(earlier, key=_rank)))


def _rank(f: Finding) -> tuple[int, int, str]:
    """Statements first, then moves, figures and events; in the order of the text."""
    kinds = (sayings.Saying, steps.Step, counts.Count)
    return next((n for n, k in enumerate(kinds) if isinstance(f, k)), len(kinds)), f.evidence.start, f.id
