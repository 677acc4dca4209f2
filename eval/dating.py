"""Dating on news whose true day is known, without what states it: datelines, stamps, bracketed days.

TimeBank gives the day of each article, PolNeAR in its ids. Likelihoods were fitted on the first, third, ... article of
TimeBank and on PolNeAR's training part; the figures are those of the others. An article that nothing bounds within
ten years is left undated, and counted apart.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import median

from onthetable.case import Case
from onthetable.model import Reading, Report
from onthetable.spans.nlp import parse
from onthetable.spans.times import find_times
from onthetable.text import digest
from onthetable.ties.dating import date_reports

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DAY = (
    rf"(?:{_MONTH} \d{{1,2}}(?:, \d{{4}})?|\d{{1,2}} {_MONTH}(?: \d{{4}})?"
    r"|\d{1,2}/\d{1,2}/\d{2,4}|\d{4}-\d\d-\d\d)"
)
_STATED = (
    re.compile(rf"^.{{0,60}}?[,(] ?({_DAY})(?=[^\n]{{0,40}}(?:--|_|—|–))", re.MULTILINE),  # a dateline
    re.compile(rf"[(\[][^)\]\n]{{0,40}}({_DAY})[^)\]\n]{{0,40}}[)\]]"),  # a bracketed day
    re.compile(rf"^\W*(?:[A-Z][a-z]+day,? )?({_DAY})\W*$", re.MULTILINE),  # a line of its own
    re.compile(rf"\b(?:[Pp]osted|[Pp]ublished|[Uu]pdated|By [A-Z]\w+ [A-Z]\w+)\W[^\n]{{0,30}}?({_DAY})"),
)
_TOP = 400
"""Code points at the beginning in which a day before a dash or on a line of its own is metadata."""


def masked(text: str) -> str:
    """The text without the days that state when it was published; lengths stay the same."""
    for n, form in enumerate(_STATED):
        top = text if n in (1, 3) else text[:_TOP]
        for m in list(form.finditer(top)):
            text = text[: m.start(1)] + " " * (m.end(1) - m.start(1)) + text[m.end(1) :]
    return text


def articles(gold: Path) -> Iterator[tuple[date, Reading]]:
    """The true day and the reading of every article of a file that was not fitted on."""
    records = sorted((json.loads(line) for line in gold.read_text("utf-8").splitlines()), key=lambda r: str(r["id"]))
    for record in records[1::2] if "date" in records[0] else records:
        day = re.search(r"\d{4}-\d\d-\d\d", record.get("date") or record["id"])
        if day:
            text = masked(record["text"])
            sha = digest(text)
            report = Report(sha[:12], f"{record['id']}.txt", text, sha)
            yield date.fromisoformat(day[0]), Reading(report, (), (), (), (), (), find_times(parse(report)), ())


def dating(*golds: Path) -> dict[str, float]:
    """How many intervals hold the true day and how many articles get one (percent), and the median width in days."""
    widths: list[int] = []
    held = known = 0
    for true, reading in (pair for gold in golds for pair in articles(gold)):
        known += 1
        found = date_reports([reading], Case()).get(reading.report.id)
        if found:
            widths.append(found.interval.days)
            held += found.interval.earliest <= true <= found.interval.latest
    return {
        "hold the day": round(100 * held / max(1, len(widths)), 1),
        "dated.share": round(100 * len(widths) / max(1, known), 1),
        "median_days": float(median(widths)) if widths else 0.0,
    }
