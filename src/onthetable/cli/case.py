"""`onthetable case`: work on case files."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from onthetable.case import Anchor, Case, pack, read_case
from onthetable.cli.options import TIMEOUT, Out, Paths, Timeout
from onthetable.cli.output import check, write
from onthetable.cli.status import DONE, SOME_REJECTED
from onthetable.cli.terminal import progress, put, say
from onthetable.drafting.proof import evidence, pack_remarks, remarks
from onthetable.errors import InputError, UsageError
from onthetable.model import Report
from onthetable.tree import Tree
from onthetable.views import case as case_file
from onthetable.views import labels

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
    from onthetable.pipeline import parse_within
    from onthetable.reports import gather

    check(out, paths)
    if out and out.is_file() and not force:
        raise UsageError(f"--out {out}: is there already, perhaps corrected by hand; --force writes over it")
    with progress() as note:
        intake = gather(paths, progress=lambda done, of: note("opening", done, of))
        found: list[Tree | InputError] = []
        for report in intake.reports:
            found.append(parse_within(report, timeout))
            note("reading", len(found), len(intake.reports))
    rejected = [*intake.rejected, *(f for f in found if isinstance(f, InputError))]
    for error in rejected:
        say(f"not read: {error}")
    case = drafted([f for f in found if isinstance(f, Tree)])
    write(case_file.document(case, evidence(case, intake.reports), anchors_of(intake.reports, case, timeout)), out)
    raise typer.Exit(SOME_REJECTED if rejected else DONE)


def anchors_of(reports: Sequence[Report], case: Case, timeout: float) -> list[Anchor]:
    """Events on days that the reports state, the most often told first, as anchors to choose from."""
    from onthetable import pipeline
    from onthetable.ledger import Ledger

    outcome = pipeline.read_all(reports, case, timeout=timeout)
    ledger = Ledger(case, *pipeline.build(outcome.readings, case))
    told: dict[date, list[str]] = defaultdict(list)
    for e in ledger.timeline():
        if e.date and e.date.days == 1 and e.event.type != "statement":
            told[e.date.earliest].append(labels.clip(labels.one_line(e.event.evidence.text), 60))
    best = sorted(told, key=lambda d: (-len(told[d]), d))[:PROPOSED]
    return [Anchor(d, None, (told[d][0],)) for d in sorted(best)]


def check_case(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A case file, or an issue pack.")],
    paths: Annotated[list[str] | None, typer.Argument(metavar="[PATH...]", help="Reports to hold it against.")] = None,
    timeout: Timeout = TIMEOUT,
) -> None:
    """Says what is unknown, ambiguous or missing in a case file or an issue pack. Exit status 1 if anything is.

    A mistake that keeps it from being read is named by line and field, with exit status 2.

    Example: `onthetable case check case.toml reports/`
    """
    if is_pack(file):
        found = pack_remarks([pack(str(file.resolve()))])
    else:
        case = read_case(file)
        reports: Sequence[Report] = ()
        other = None
        if paths:
            from onthetable.pipeline import draft_from
            from onthetable.reports import gather

            intake = gather(paths)
            for error in intake.rejected:
                say(f"not read: {error}")
            reports = intake.reports
            other = draft_from(reports, timeout=timeout) if reports else None
        found = remarks(case, reports, other)
    for remark in found:
        put(f"{remark.about}: {remark.says}\n")
    say(f"{file}: {labels.count(len(found), 'remark')}" if found else f"{file}: nothing to remark")
    raise typer.Exit(SOME_REJECTED if found else DONE)


def is_pack(file: Path) -> bool:
    """Whether a TOML file is an issue pack; one that cannot be read is left to whoever reads it as a case."""
    try:
        return "issue" in tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
