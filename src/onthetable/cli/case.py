"""`onthetable case`: work on case files."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onthetable.case import Anchor, Case, pack, read_case
from onthetable.cli.options import TIMEOUT, Out, Paths, Timeout
from onthetable.cli.output import check, write
from onthetable.cli.status import DONE, SOME_REJECTED
from onthetable.cli.terminal import progress, put, say
from onthetable.errors import InputError, UsageError
from onthetable.ledger import Ledger
from onthetable.model import Event, Report
from onthetable.tree import Tree
from onthetable.views import labels

if TYPE_CHECKING:
    from onthetable.drafting.proof import Remark

PROPOSED = 5
"""Anchors that a draft proposes at most."""


def draft(
    paths: Paths,
    out: Out = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there already.")] = False,
    timeout: Timeout = TIMEOUT,
) -> None:
    """Drafts a case file from the reports themselves, to be corrected by hand.

    Example: `onthetable case draft reports/ -o case.toml`
    """
    from onthetable.drafting import draft as drafted
    from onthetable.drafting.evidence import evidence
    from onthetable.views import case as case_file

    check(out, paths)
    if out and out.is_file() and not force:
        raise UsageError(f"--out {out}: is there already, perhaps corrected by hand; --force writes over it")
    parsed = opened(paths, timeout)
    case = drafted([tree for _, tree in parsed.reports])
    told = evidence(case, [(report.path, tree) for report, tree in parsed.reports])
    proposed = anchors_of([report for report, _ in parsed.reports], case, timeout)
    write(case_file.document(case, told, proposed), out)
    raise typer.Exit(SOME_REJECTED if parsed.rejected else DONE)


@dataclass(frozen=True, slots=True)
class Parsed:
    """Reports with their trees, and how many could not be read."""

    reports: tuple[tuple[Report, Tree], ...]
    rejected: int


def opened(paths: list[str], timeout: float) -> Parsed:
    """The reports in files and folders, parsed; those that cannot be read are named on standard error."""
    from onthetable.pipeline import parse_within
    from onthetable.reports import gather

    with progress() as note:
        intake = gather(paths, progress=lambda done, of: note("opening", done, of))
        found: list[tuple[Report, Tree | InputError]] = []
        for report in intake.reports:
            found.append((report, parse_within(report, timeout)))
            note("reading", len(found), len(intake.reports))
    rejected = [*intake.rejected, *(f for _, f in found if isinstance(f, InputError))]
    for error in rejected:
        say(f"not read: {error}")
    return Parsed(tuple((report, f) for report, f in found if isinstance(f, Tree)), len(rejected))


def anchors_of(reports: Sequence[Report], case: Case, timeout: float) -> list[tuple[Anchor, str]]:
    """Events on days that the reports state, the most often told first, to choose anchors from, and who tells them."""
    from onthetable import pipeline

    outcome = pipeline.read_all(reports, case, timeout=timeout)
    ledger = Ledger(case, *pipeline.build(outcome.readings, case))
    told: dict[date, list[Event]] = defaultdict(list)
    for e in ledger.timeline():
        if e.date and e.date.days == 1 and e.event.type != "statement":
            told[e.date.earliest].append(e.event)
    best = sorted(told, key=lambda d: (-len({e.report for e in told[d]}), -len(told[d]), d))[:PROPOSED]
    return [_anchor(d, told[d], ledger) for d in sorted(best)]


def _anchor(day: date, events: Sequence[Event], ledger: Ledger) -> tuple[Anchor, str]:
    """An event by its place where some report names that, since "the meeting" alone would be any."""
    placed = next((e for e in events if e.place), events[0])
    words = f"the {placed.place} {placed.type}" if placed.place else labels.one_line(placed.evidence.text)
    reports = labels.count(len({e.report for e in events}), "report")
    where = f"told in {reports}, as in {ledger.report(placed.report).path}"
    return Anchor(day, None, (labels.clip(words, 60),)), f"{where}: “{labels.one_line(placed.evidence.text)}”"


def check_case(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A case file, or an issue pack.")],
    paths: Annotated[list[str] | None, typer.Argument(metavar="[PATH...]", help="Reports to hold it against.")] = None,
    timeout: Timeout = TIMEOUT,
) -> None:
    """Says what is unknown, ambiguous or missing in a case file or an issue pack. Exit status 1 if anything is.

    A mistake that keeps it from being read is named by line and field, with exit status 2.

    Example: `onthetable case check case.toml reports/`
    """
    from onthetable.drafting.proof import pack_remarks, remarks

    if is_pack(file):
        found = pack_remarks([pack(str(file.resolve()))])
    else:
        case = read_case(file)
        found = _held_against(case, opened(paths, timeout)) if paths else remarks(case)
    for remark in found:
        put(f"{remark.about}: {remark.says}\n")
    say(f"{file}: {labels.count(len(found), 'remark')}" if found else f"{file}: nothing to remark")
    raise typer.Exit(SOME_REJECTED if found else DONE)


def _held_against(case: Case, parsed: Parsed) -> tuple[Remark, ...]:
    from onthetable.drafting import draft as drafted
    from onthetable.drafting.proof import remarks
    from onthetable.terms.issues import finder

    if not parsed.reports:
        return remarks(case)
    trees = [tree for _, tree in parsed.reports]
    issues = finder(case.with_all_packs().packs)
    named = {n.issue for tree in trees for n in issues.find(tree)}
    return remarks(case, [report for report, _ in parsed.reports], drafted(trees), named)


def is_pack(file: Path) -> bool:
    """Whether a TOML file is an issue pack; one that cannot be read is left to whoever reads it as a case."""
    try:
        return "issue" in tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
