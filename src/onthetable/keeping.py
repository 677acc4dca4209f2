"""Reports are added to a kept ledger, each with what it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onthetable import pipeline
from onthetable.case import Case
from onthetable.errors import InputError, UsageError
from onthetable.model import Reading
from onthetable.processes import Progress, Workers
from onthetable.relevance import Gate
from onthetable.reports import Intake, gather
from onthetable.store import Entry, Store
from onthetable.store.version import version


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of an addition: how many reports are new, were known, were read again, and what was rejected."""

    new: int
    known: int
    again: int
    rejected: tuple[InputError, ...]
    drafted: bool
    """Whether the case was drafted from these reports, because the ledger had none."""
    skipped: int = 0
    """How many were left out unread because they are not about the talks (`only_relevant`)."""


def keep(
    paths: Sequence[str],
    store: Store,
    case: Case | None = None,
    *,
    workers: Workers = 1,
    timeout: float | None = None,
    only_relevant: bool = False,
    progress: Progress | None = None,
) -> Kept:
    """Adds the reports in files, folders, JSON lines and "-" to a kept ledger.

    Each report is put in with what it says, all or nothing, so a run that is broken off goes on where it was. Of a
    report that is there already nothing changes, unless the case or the rules have: then it is read again. Without a
    case, that of the ledger counts; if there is none, it is drafted from these reports. With `only_relevant`, new
    reports that name neither two parties nor one and an issue are skipped before they are parsed, each with its reason.
    Raises StoreError, and UsageError where those are to be skipped and there is no case.
    """
    note = progress or (lambda what, done, of: None)
    intake = gather(paths, progress=lambda done, of: note("opening", done, of))
    return take(intake, store, case, workers=workers, timeout=timeout, only_relevant=only_relevant, progress=progress)


def take(
    intake: Intake,
    store: Store,
    case: Case | None = None,
    *,
    workers: Workers = 1,
    timeout: float | None = None,
    only_relevant: bool = False,
    progress: Progress | None = None,
) -> Kept:
    """Adds reports that were opened already, as `keep` does."""
    note = progress or (lambda what, done, of: None)
    if only_relevant and not (case or store.case()):
        raise UsageError("only reports about the talks are to be read, but no case says what these are (--case FILE)")
    rejected = tuple(e for e in intake.rejected if not store.consists_of(e.name))
    store.note(Entry(e.name, "rejected", e.reason) for e in rejected)
    known = store.known(r.id for r in intake.reports)
    case = case or store.case()
    drafted = case is None
    if case is None and not intake.reports:
        return Kept(0, 0, 0, rejected, False)
    case = case or pipeline.draft_from(intake.reports, workers=workers, timeout=timeout)
    gate = Gate(case) if only_relevant else None
    store.set_case(case)
    made_by = version(case)
    new_ones = [r for r in intake.reports if r.id not in known]
    skipped = {r.path: why for r in new_ones if gate and (why := gate.reason(r.text))}
    store.note(Entry(path, "skipped", why) for path, why in skipped.items())
    fresh = [r for r in new_ones if r.path not in skipped]
    again = store.unread(made_by)
    todo = [*fresh, *again]
    failed: list[InputError] = []
    new = 0
    for n, found in enumerate(pipeline.read_each(todo, case, workers=workers, timeout=timeout)):
        report = todo[n]
        if isinstance(found, Reading):
            store.add(report, found, made_by)
            new += n < len(fresh)
        else:
            failed.append(found)
            store.note([Entry(report.path, "rejected", found.reason)])
        note("reading", n + 1, len(todo))
    store.note(Entry(r.path, "known", None, r.id) for r in intake.reports if r.id in known)
    return Kept(new, len(known), len(todo) - len(failed) - new, (*rejected, *failed), drafted, len(skipped))
