"""The whole path on one screen: reports in, a ledger out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor

from onthetable.case import Case
from onthetable.drafting import draft
from onthetable.model import Reading, Report
from onthetable.spans.find import find_spans
from onthetable.spans.nlp import parse
from onthetable.statements import attribute
from onthetable.terms.understand import understand
from onthetable.ties import Ties, tie
from onthetable.tree import Tree

Progress = Callable[[int, int], None]
"""Called with how many reports are done, and of how many."""


def read(report: Report, case: Case, tree: Tree | None = None) -> Reading:
    """What one report says by itself. Pure: it sees no other report, and the same report gives the same reading."""
    spans = find_spans(report, case, tree)
    statements = attribute(report, spans)
    found = understand(report, spans, statements, case)
    return Reading(
        report, statements, found.moves, found.proposals, found.figures, found.events, spans.times, found.wordings
    )


def build(readings: Sequence[Reading], case: Case) -> tuple[tuple[Reading, ...], Ties]:
    """The readings in their one order, and what ties them. It never looks at text again."""
    ordered = tuple(sorted(readings, key=lambda r: r.report.id))
    return ordered, tie(ordered, case)


def read_all(
    reports: Sequence[Report], case: Case | None, *, workers: int = 1, progress: Progress | None = None
) -> tuple[Case, tuple[Reading, ...]]:
    """The readings of all reports; with no case, one is drafted from them first."""
    ordered = sorted(reports, key=lambda r: r.id)
    note = progress or (lambda done, of: None)
    if case is None:
        trees = [parse(r) for r in ordered]
        case = draft(trees)
    else:
        trees = []
    if workers > 1 and len(ordered) > 1:
        with ProcessPoolExecutor(workers) as pool:
            jobs = [pool.submit(read, r, case) for r in ordered]
            readings = []
            for job in jobs:
                readings.append(job.result())
                note(len(readings), len(ordered))
            return case, tuple(readings)
    readings = []
    for n, report in enumerate(ordered):
        readings.append(read(report, case, trees[n] if trees else None))
        note(n + 1, len(ordered))
    return case, tuple(readings)
