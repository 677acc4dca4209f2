"""From inputs to reports: each read, hashed and labelled, or rejected by name and reason."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from onthetable.errors import InputError
from onthetable.model import Report, Span
from onthetable.outlets import outlet_of
from onthetable.reports.decode import MAX_TEXT, too_long
from onthetable.reports.document import Document
from onthetable.reports.furniture import find_furniture
from onthetable.reports.language import language_of
from onthetable.reports.masthead import read_masthead
from onthetable.reports.page import Meta
from onthetable.reports.sources import find_sources
from onthetable.reports.web import Fetcher
from onthetable.text import digest, fix


@dataclass(frozen=True, slots=True)
class Intake:
    """What came of the inputs: the reports, sorted by path, and what was rejected, each with its reason."""

    reports: tuple[Report, ...]
    rejected: tuple[InputError, ...]


def gather(
    paths: Sequence[str],
    stdin: BinaryIO | None = None,
    progress: Callable[[int, int], None] | None = None,
    fetcher: Fetcher | None = None,
) -> Intake:
    """The reports in files, folders (walked, hidden files passed over), addresses and "-" for standard input.

    The order of `paths` makes no difference. Whatever cannot be read is rejected by name and reason and does not stop
    the rest; of two reports with one text the second is rejected. `progress` is told how many inputs of how many
    are done. Nothing is raised for a bad input.
    """
    if stdin is None and "-" in paths and sys.stdin is not None:
        stdin = sys.stdin.buffer
    sources = find_sources(paths, stdin, fetcher)
    reports: dict[str, Report] = {}
    rejected: list[InputError] = []
    for n, (_, read) in enumerate(sources):
        for found in read():
            try:
                report = found if isinstance(found, InputError) else _new(found, reports)
            except InputError as e:
                report = e
            if isinstance(report, InputError):
                rejected.append(report)
            else:
                reports[report.sha256] = report
        if progress:
            progress(n + 1, len(sources))
    return Intake(tuple(sorted(reports.values(), key=lambda r: (r.path, r.id))), tuple(rejected))


def _new(found: Document, reports: dict[str, Report]) -> Report:
    known = reports.get(digest(fix(found.text)))
    if known:
        raise InputError(found.name, f"the same text as {known.path}")
    report = make_report(found.text, found.name, found.meta)
    if report.language != "en":
        raise InputError(found.name, f"in {language_of(report.text, report.furniture)[1]}, and only English is read")
    return report


def make_report(text: str, path: str = "-", meta: Meta | None = None) -> Report:
    """A report from its text: fixed, hashed, its furniture labelled, its masthead read; `meta` wins over the text.

    Raises InputError if the text has no letters or more than `MAX_TEXT` code points.
    """
    meta = meta or Meta()
    if len(text) > MAX_TEXT:
        raise InputError(path, too_long())
    text = fix(text)
    if not text.strip():
        raise InputError(path, "empty")
    if not re.search(r"[^\W\d_]{2}", text):
        raise InputError(path, "no words in it")
    sha = digest(text)
    furniture = find_furniture(text)
    head = read_masthead(text, furniture)
    dated = head.dated if meta.dated is None or (head.dated and head.dated.day == meta.dated) else None
    return Report(
        id=sha[:12],
        path=path,
        text=text,
        sha256=sha,
        title=_title(text, meta.title) or head.title,
        url=meta.url,
        outlet=_outlet(meta.outlet) or head.outlet,
        author=meta.author or head.author,
        language=language_of(text, furniture)[0],
        dated=meta.dated or (dated.day if dated else None),
        dated_by=Span(dated.start, dated.end, text[dated.start : dated.end]) if dated else None,
        furniture=furniture,
        credits=head.credits,
    )


def _outlet(name: str | None) -> str | None:
    return outlet_of(name, loose=True) or name if name else None


def _title(text: str, title: str | None) -> Span | None:
    at = text[:5_000].find(title) if title else -1
    return Span(at, at + len(title), title) if title and at >= 0 else None
