"""The whole path on one screen: reports in, a ledger out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from onthetable.case import Case
from onthetable.drafting import draft
from onthetable.errors import InputError
from onthetable.model import Reading, Report
from onthetable.processes import OutOfTime, Workers, several, side_by_side, within
from onthetable.relevance import set_aside
from onthetable.spans.find import find_spans
from onthetable.spans.nlp import parse
from onthetable.statements import attribute
from onthetable.terms.understand import understand
from onthetable.ties import Ties, tie
from onthetable.tree import Tree

Progress = Callable[[int, int], None]
"""Called with how many steps are done, and of how many: one for each report, two where the case is drafted."""

T = TypeVar("T")


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
    reports: Sequence[Report],
    case: Case | None,
    *,
    workers: Workers = 1,
    timeout: float | None = None,
    progress: Progress | None = None,
) -> Outcome:
    """Reads reports, for a case that is drafted from them if none is given; the result does not depend on `workers`.

    A report that the program fails on, that takes longer than `timeout` seconds to parse or to read, or that is
    about something else, is rejected and stops nothing.
    """
    ordered = sorted(reports, key=lambda r: r.id)
    note = progress or (lambda done, of: None)
    if several(workers, len(ordered)):
        with side_by_side(workers, len(ordered)) as run:
            return _read_with(run, ordered, case, timeout, note)
    return _read_with(map, ordered, case, timeout, note)


def _read_with(
    run: Any, ordered: Sequence[Report], case: Case | None, timeout: float | None, note: Progress
) -> Outcome:
    """`run` is `map`, here or over processes."""
    count = len(ordered)
    limits = [timeout] * count
    trees: list[Tree | InputError | None] = [None] * count
    steps = count if case else 2 * count
    if case is None:
        for n, found in enumerate(run(parse_within, ordered, limits)):
            trees[n] = found
            note(n + 1, steps)
        case = draft([t for t in trees if isinstance(t, Tree)])
    readings: list[Reading] = []
    failed: list[InputError] = []
    for n, found in enumerate(run(_read_within, ordered, [case] * count, trees, limits), 1):
        (readings if isinstance(found, Reading) else failed).append(found)
        note(steps - count + n, steps)
    kept, aside = set_aside(readings, case)
    return Outcome(case, kept, (*failed, *aside))


def read_each(
    reports: Sequence[Report], case: Case, *, workers: Workers = 1, timeout: float | None = None
) -> Iterator[Reading | InputError]:
    """What each report says for a case, or why it could not be read, as soon as that is known and in their order."""
    count = len(reports)
    work = (_read_within, reports, [case] * count, [None] * count, [timeout] * count)
    if several(workers, count):
        with side_by_side(workers, count) as run:
            yield from run(*work)
    else:
        yield from map(*work)


def draft_from(reports: Sequence[Report], *, workers: Workers = 1, timeout: float | None = None) -> Case:
    """A case drafted from what the reports tell of who acts."""
    ordered = sorted(reports, key=lambda r: r.id)
    limits = [timeout] * len(ordered)
    if several(workers, len(ordered)):
        with side_by_side(workers, len(ordered)) as run:
            found = list(run(parse_within, ordered, limits))
    else:
        found = list(map(parse_within, ordered, limits))
    return draft([t for t in found if isinstance(t, Tree)])


def parse_within(report: Report, timeout: float | None = None) -> Tree | InputError:
    """The tree of a report, or why there is none: the parser failed on it, or took longer than `timeout` seconds."""
    return _guarded(report, timeout, lambda: parse(report))


def _read_within(
    report: Report, case: Case, tree: Tree | InputError | None, timeout: float | None
) -> Reading | InputError:
    return tree if isinstance(tree, InputError) else _guarded(report, timeout, lambda: read(report, case, tree))


def _guarded(report: Report, timeout: float | None, work: Callable[[], T]) -> T | InputError:
    try:
        with within(timeout):
            return work()
    except OutOfTime:
        return InputError(report.path, f"takes too long (more than {timeout:g} seconds)")
    except Exception as e:  # a mistake in the program must not cost the other reports
        return InputError(report.path, f"the program failed on it ({type(e).__name__}: {e})")


def build(readings: Sequence[Reading], case: Case) -> tuple[tuple[Reading, ...], Ties]:
    """The readings in their one order, and what ties them. It never looks at text again."""
    ordered = tuple(sorted(readings, key=lambda r: r.report.id))
    return ordered, tie(ordered, case)
