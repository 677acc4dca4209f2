"""Cues from what everybody knows: dated events that a report names, terms of office, published tolls."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from onthetable import dates
from onthetable.case import Case
from onthetable.model import Basis, Interval, Report, Span, Time
from onthetable.ties import likelihoods as like
from onthetable.ties import world
from onthetable.ties.anchorcues import looked_back
from onthetable.ties.anchors import Hit
from onthetable.ties.cue import HISTORY, Cue
from onthetable.ties.elapsedcues import NOW, counted, lengths, placed, tells_when


def of_the_world(report: Report, times: Sequence[Time], hits: Sequence[Hit]) -> Iterator[Iterator[Cue]]:
    """Known events that the report names, and what counts from them; several that bear one name are alternatives."""
    named: dict[Span, list[Hit]] = defaultdict(list)
    for h in hits:
        if not h.dated:  # a full date has been weighed as one
            named[h.span].append(h)
    yield _known_events(named, hits)
    most = max(map(len, named.values()), default=0)
    ranks = [[group[n] for group in named.values() if n < len(group)] for n in range(most)]
    yield _either([c for rank in ranks for c in lengths(report, times, rank, Case(), going_on=True)])
    yield _either([c for rank in ranks for c in placed(report, times, rank, Case())])
    yield _either([c for rank in ranks for c in counted(report, rank, Case())])


def _known_events(named: dict[Span, list[Hit]], hits: Sequence[Hit]) -> Iterator[Cue]:
    taken: set[date] = set()
    for span, group in sorted(named.items(), key=lambda x: (len(x[1]), x[0].start)):
        if taken & {h.anchor.date for h in group}:
            continue
        taken |= {h.anchor.date for h in group}
        events = sorted({Interval(h.anchor.date, h.anchor.end or h.anchor.date) for h in group})
        back = min(looked_back(hits, e) for e in events)
        days = " or ".join(e.earliest.isoformat() for e in events)
        says = f"speaks of a known event, of {days}" + (", as still to come" if back < 0.5 else "")
        weigh = like.known(events, back, by_month=group[0].bare == "month")
        yield Cue(Basis(span, says), weigh, True, at=events[0].earliest, to=_later(events[-1].latest), force=HISTORY)


def _later(day: date) -> date:
    """Known events are spoken of for decades, and not beyond the days that the tables reach."""
    return max(day, min(dates.months_after(day, 240), world.reach()))


def _either(cues: Sequence[Cue]) -> Iterator[Cue]:
    """Cues on the same words are alternatives: the one that fits a day best counts."""
    groups: dict[Span | None, list[Cue]] = defaultdict(list)
    for c in cues:
        groups[c.basis.span].append(c)
    for group in groups.values():
        says = " or ".join(dict.fromkeys(c.basis.says for c in group))
        yield replace(group[0], basis=replace(group[0].basis, says=says), weigh=like.best([c.weigh for c in group]))


def offices(report: Report) -> Iterator[Cue]:
    """Who is called by the title of an office, in it, before it or after it."""
    for h in world.holders(report):
        first, last = h.terms[0].earliest, h.terms[-1].latest
        days = " or ".join(f"{t.earliest.isoformat()} to {t.latest.isoformat()}" for t in h.terms)
        weigh = like.out_of_office(h.terms) if h.sense == "out of office" else like.elected(h.terms)
        if h.sense == "in office":
            weigh = like.in_office(h.terms, for_life=h.for_life)
        yield Cue(
            Basis(h.span, f"{h.sense}: the term is {days}"), weigh, True, at=first, to=_later(last), force=HISTORY
        )


def tolls(report: Report, times: Sequence[Time]) -> Iterator[Cue]:
    """A count of which a published series tells the days, and when it was passed: "above 30,000 last week"."""
    if found := world.dated_toll(report):
        span, when, sigma, passed = found.span, found.days, found.sigma, found.passed
        for t in times:
            if passed and t.shift and 0 <= t.span.start - span.end <= 25 and tells_when(report, t):
                says = f'puts {passed.isoformat()} at "{" ".join(t.span.text.split())}"'
                yield Cue(Basis(report.span(span.start, t.span.end), says), like.meaning(t, passed), True, at=passed)
        says = f"published counts reach that number from {when.earliest.isoformat()} to {when.latest.isoformat()}"
        weigh = like.around(when.earliest, when.latest, sigma, NOW)
        yield Cue(Basis(span, says), weigh, True, at=when.earliest, to=when.latest)
