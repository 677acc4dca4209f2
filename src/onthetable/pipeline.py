"""The whole path on one screen: reports in, a ledger out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import Any

from onthetable.case import Case
from onthetable.drafting import draft
from onthetable.errors import InputError
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


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a set of reports: their case, the readings, and those left out with the reason."""

    case: Case
    readings: tuple[Reading, ...]
    rejected: tuple[InputError, ...]


def read_all(
    reports: Sequence[Report], case: Case | None, *, workers: int = 1, progress: Progress | None = None
) -> Outcome:
    """Reads reports, for a case that is drafted from them if none is given; the result does not depend on `workers`.

    A report that the program fails on, or that is about something else, is rejected and stops nothing.
    """
    ordered = sorted(reports, key=lambda r: r.id)
    note = progress or (lambda done, of: None)
    if workers > 1 and len(ordered) > 1:
        with ProcessPoolExecutor(workers) as pool:
            return _read_with(pool.map, ordered, case, note)
    return _read_with(map, ordered, case, note)


def _read_with(run: Any, ordered: Sequence[Report], case: Case | None, note: Progress) -> Outcome:
    """`run` is `map`, here or over processes."""
    trees: list[Tree | None] = [None] * len(ordered)
    if case is None:
        trees = list(run(_parsed, ordered))
        case = draft([t for t in trees if t is not None])
    readings: list[Reading] = []
    failed: list[InputError] = []
    for n, found in enumerate(run(_guarded, ordered, [case] * len(ordered), trees), 1):
        (readings if isinstance(found, Reading) else failed).append(found)
        note(n, len(ordered))
    kept, aside = set_aside(readings, case)
    return Outcome(case, kept, (*failed, *aside))


def _parsed(report: Report) -> Tree | None:
    try:
        return parse(report)
    except Exception:  # whatever one report does to the parser, the others are read; `_guarded` names it
        return None


def _guarded(report: Report, case: Case, tree: Tree | None) -> Reading | InputError:
    try:
        return read(report, case, tree)
    except Exception as e:  # a mistake in the program must not cost the other reports
        return InputError(report.path, f"the program failed on it ({type(e).__name__}: {e})")


def set_aside(readings: Sequence[Reading], case: Case) -> tuple[tuple[Reading, ...], tuple[InputError, ...]]:
    """The readings that are about the talks, and the reports that are about something else, each with its reason.

    A report is about the talks if a party of the case moves, speaks or is named in it.
    """
    parties = {p.name for p in case.parties}
    kept, aside = [], []
    for r in readings:
        speakers = {s.source.party for s in r.statements if s.source}
        named = parties & (speakers | {w.referent for w in r.wordings})
        if r.moves or named:
            kept.append(r)
        else:
            what = f"it names no party of {case.name!r}" if parties else "nobody in it makes a move"
            aside.append(InputError(r.report.path, f"is about something else: {what}"))
    return tuple(kept), tuple(aside)


def build(readings: Sequence[Reading], case: Case) -> tuple[tuple[Reading, ...], Ties]:
    """The readings in their one order, and what ties them. It never looks at text again."""
    ordered = tuple(sorted(readings, key=lambda r: r.report.id))
    return ordered, tie(ordered, case)
