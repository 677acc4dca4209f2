"""`onthetable case`: work on case files."""

from __future__ import annotations

from typing import Annotated

import typer

from onthetable.cli.options import TIMEOUT, Out, Paths, Timeout
from onthetable.cli.output import check, write
from onthetable.cli.status import DONE, SOME_REJECTED
from onthetable.cli.terminal import progress, say
from onthetable.errors import InputError, UsageError
from onthetable.tree import Tree
from onthetable.views import case as case_file


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
    write(case_file.document(drafted([f for f in found if isinstance(f, Tree)])), out)
    raise typer.Exit(SOME_REJECTED if rejected else DONE)
