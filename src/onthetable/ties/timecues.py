"""The cues in one report that tell when it was published, of all kinds together."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from onthetable.case import Case
from onthetable.model import Reading
from onthetable.text import plain
from onthetable.ties import world
from onthetable.ties.anchorcues import anchored
from onthetable.ties.anchors import find_anchors
from onthetable.ties.calendarcues import bare_days, month_parts, stated, weekdays, weekends
from onthetable.ties.cue import LIMIT, Cue
from onthetable.ties.elapsedcues import counted, lengths, placed
from onthetable.ties.worldcues import of_the_world, offices, tolls


def find_cues(reading: Reading, case: Case) -> list[Cue]:
    """All cues of one report, each of its kind and meaning once, `LIMIT` of a kind at most."""
    report, times = reading.report, reading.times
    hits = find_anchors(report, times, case.anchors)
    known = () if case.anchors else find_anchors(report, times, world.named_events(report), own_days=False)
    kinds = (
        stated(report, times, hits),
        lengths(report, times, hits, case),
        counted(report, hits, case),
        placed(report, times, hits, case),
        anchored(hits, case),
        bare_days(report, times, (*hits, *known)),
        weekdays(times),
        month_parts(times),
        weekends(times),
        offices(report),
        tolls(report, times),
        *of_the_world(report, times, known),
    )
    return [c for kind in kinds for c in islice(_once(kind), LIMIT)]


def _once(cues: Iterator[Cue]) -> Iterator[Cue]:
    """Without those that repeat the same words and reason: they are one piece of evidence."""
    seen: set[tuple[str, str]] = set()
    for c in cues:
        key = (plain(c.basis.span.text) if c.basis.span else "", c.basis.says)
        if key not in seen:
            seen.add(key)
            yield c
