"""`onthetable brief`: what is on the table, from reports."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from onthetable.case import read_case
from onthetable.cli import llm as model
from onthetable.cli.options import TIMEOUT, At, CaseFile, MaybeLedger, MaybePaths, Out, Timeout, Workers
from onthetable.cli.output import check, write
from onthetable.cli.reading import asked_of, read, status
from onthetable.cli.status import DONE
from onthetable.cli.terminal import say, shown
from onthetable.errors import UsageError
from onthetable.ledger import Ledger
from onthetable.views import html, json, labels, markdown, text


class Format(StrEnum):
    """What `brief` can write."""

    text = "text"
    html = "html"
    json = "json"
    md = "md"


_ENDINGS = {
    "": Format.text, ".txt": Format.text, ".text": Format.text, ".html": Format.html, ".htm": Format.html,
    ".json": Format.json, ".md": Format.md,
}  # fmt: skip


def brief(
    paths: MaybePaths = None,
    ledger: MaybeLedger = None,
    case: CaseFile = None,
    at: At = None,
    format: Annotated[
        Format | None, typer.Option(help="What to write; else by the ending of --out, else text.")
    ] = None,
    out: Out = None,
    workers: Workers = 1,
    timeout: Timeout = TIMEOUT,
    llm: model.Url = None,
    llm_model: model.Model = None,
    llm_key: model.Key = None,
    llm_price: model.Price = None,
    llm_yes: model.Yes = False,
    estimate: model.Estimate = False,
) -> None:
    """Reads reports and prints what is on the table.

    Without a case file, the parties and issues are drafted from the reports, and the output says so.

    Examples:

    - `onthetable brief reports/ --case case.toml`

    - `onthetable brief reports/ --at 2024-05-03 --out brief.html`

    - `onthetable brief reports/ --format json | jq .positions`
    """
    form = format or _format_of(out)
    check(out, paths or [], case)
    helper = model.model_of(llm, llm_model, llm_key)
    if helper and (ledger or not paths):
        raise UsageError("--llm reads reports that are named; it does not ask a kept ledger")
    known = read_case(Path(case)) if helper and case else None
    if helper and estimate:
        model.tell_estimate(paths or [], known, llm_price)
        raise typer.Exit(DONE)
    if helper:
        model.permitted(helper, llm_yes)
        with closing(helper):
            asked = read(paths or [], known, workers, timeout, helper)
        model.tell(helper.outcome, llm_price)
    else:
        asked = asked_of(paths, ledger, case, workers, timeout)
    if at and (first := _first_after(asked, at)):
        say(f"nothing is known to have been reported by {labels.day(at)}: the first report is of {first}")
    write(_rendered(asked, form, at, out), out)
    raise typer.Exit(status(asked))


def _format_of(out: Path | None) -> Format:
    form = _ENDINGS.get(out.suffix.lower()) if out else Format.text
    if form is None:
        known = ", ".join(e for e in _ENDINGS if e)
        raise UsageError(
            f"--out {out}: no format has that ending (known: {known}); another ending needs --format text, html, json"
            " or md"
        )
    return form


def _first_after(ledger: Ledger, at: date) -> str | None:
    """The day of the first report, if none was out by then."""
    if ledger.reports(at) or not ledger.reports():
        return None
    days = [d for r in ledger.reports() if (d := ledger.day(r.id))]
    return labels.interval(min(days, key=lambda d: (d.latest, d.earliest))) if days else None


def _rendered(ledger: Ledger, form: Format, at: date | None, out: Path | None) -> str:
    match form:
        case Format.html:
            return html.page(ledger, at)
        case Format.json:
            return json.document(ledger, at)
        case Format.md:
            return markdown.render(ledger, at)
        case Format.text:
            return shown(ledger, at) if out is None else text.render(ledger, at)
