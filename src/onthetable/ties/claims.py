"""Findings of different reports that say the same, support or contradict each other; kept side by side, never settled.

A finding is linked to the earliest one that it agrees with, not to every member of a group, so that the ties
grow with the number of findings and not with its square.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onthetable.case import Party
from onthetable.model import Interval, Published, Reading, Tie
from onthetable.ties import counts, happenings, sayings, steps
from onthetable.ties.bodies import Body
from onthetable.ties.claim import Doubles, Finding, Stories, link
from onthetable.ties.judge import Judge
from onthetable.ties.same import Said, gather
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
    judge = Judge(unique, days, parties)
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
    everything = {f.id: f for found in (said, happened, *told) for group in found.groups for f in group}
    ties = {t for t in ties if not _overruled(t, everything, judge)}
    ties |= set(_contradictions(everything.values(), days, judge, ties))
    groups = [g for found in (said, *told, happened) for g in _several(found)]
    pairs = {pair for found in (said, *told, happened) for pair in found.entails}
    return Found(
        tuple(sorted(ties, key=lambda t: (t.kind, t.source, t.target))), tuple(sorted(groups)), tuple(sorted(pairs))
    )


def _overruled(tie: Tie, findings: Mapping[str, Finding], judge: Judge) -> bool:
    """Whether the sentences of two findings say otherwise."""
    a, b = findings.get(tie.source), findings.get(tie.target)
    found = judge.of(a, b) if a and b else None
    return found is not None and (found is Verdict.CONTRADICTS) != (tie.kind == "contradicts")


def _contradictions(
    findings: Iterable[Finding], days: Mapping[str, Interval], judge: Judge, known: Iterable[Tie]
) -> Iterator[Tie]:
    """Ties between findings whose sentences cannot both be so, one for each two sentences."""
    at: dict[Hashable, list[Finding]] = defaultdict(list)
    for f in findings:
        at[judge.place(f)].append(f)
    first = [min(group, key=_rank) for group in at.values()]
    by_id = {f.id: f for group in at.values() for f in group}
    tied = {frozenset(judge.place(by_id[i]) for i in (t.source, t.target) if i in by_id) for t in known if t.kind == "contradicts"}

    def never(a: Finding, b: Finding) -> bool:
        return False

    def clash(a: Finding, b: Finding) -> bool:
        return judge.of(a, b) is Verdict.CONTRADICTS

    for later, earlier in gather(first, days, judge.keys, never, never, clash=clash).clashes:
        if frozenset((judge.place(later), judge.place(earlier))) not in tied:
            yield link("contradicts", *_two(at[judge.place(later)], at[judge.place(earlier)]), 1.0)


def _two(later: Sequence[Finding], earlier: Sequence[Finding]) -> tuple[Finding, Finding]:
    """The two findings of two sentences that are of one kind, or the first of each."""
    pairs = ((a, b) for a in sorted(later, key=_rank) for b in sorted(earlier, key=_rank))
    return next((p for p in pairs if type(p[0]) is type(p[1])), (min(later, key=_rank), min(earlier, key=_rank)))


def _rank(f: Finding) -> tuple[int, int, str]:
    """Statements first, then moves, figures and events; in the order of the text."""
    kinds = (sayings.Saying, steps.Step, counts.Count)
    return next((n for n, k in enumerate(kinds) if isinstance(f, k)), len(kinds)), f.evidence.start, f.id


def _several(said: Said[Any]) -> Iterable[tuple[str, ...]]:
    return (tuple(f.id for f in group) for group in said.groups if len(group) > 1)
