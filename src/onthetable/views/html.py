"""A ledger as a dossier: one HTML file that works offline, without JavaScript and without a request.

The text of reports goes through Jinja2's escaping and nowhere else; a content security policy forbids
everything but the style and script that stand in the page, by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from onthetable.model import (
    Event,
    Figure,
    Gap,
    Interval,
    Measure,
    Move,
    Position,
    Proposal,
    Reading,
    Report,
    Statement,
    Term,
    Voice,
)
from onthetable.views import labels, marks, svg
from onthetable.views.ledger import Ledger
from onthetable.views.packages import Package, packages

_WIDTH = 1088
_LABEL = 150


@dataclass(frozen=True, slots=True)
class Card:
    """A note in the margin of a report: what was read there, and the place in the dossier that uses it."""

    kind: str
    text: str
    evidence: str
    back: str


@dataclass(frozen=True, slots=True)
class Dot:
    """Something drawn on a time line, leading to `href`."""

    bar: svg.Bar
    row: int
    href: str
    title: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Lane:
    """A row of a time line, `rows` dots high."""

    name: str
    y: int
    rows: int
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A time line: lanes under one axis."""

    axis: svg.Axis
    ticks: tuple[svg.Tick, ...]
    lanes: tuple[Lane, ...]
    height: int


@dataclass(frozen=True, slots=True)
class Count:
    """One value of a measure, and the figures that give it."""

    figures: tuple[Figure, ...]
    bar: svg.Bar | None
    against: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class TermRow:
    """One term across proposals: for each of them the terms on it, and what changed against the one before."""

    issue: str
    giver: str | None
    cells: tuple[tuple[Term, ...], ...]
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One issue of the matrix: for each party its positions, as indexes, and how many earlier moves it has."""

    gap: Gap
    cells: tuple[tuple[int, ...], ...]
    earlier: tuple[int, ...]


def page(ledger: Ledger, at: date | None = None) -> str:
    """The whole dossier, as of a day if one is given.

    Every claim links to the highlighted words of its report (`#e-REPORT-START-END`) and every note in a
    report's margin leads back. The same ledger gives the same page.
    """
    view = Dossier(ledger, at)
    style, script = _asset("dossier.css"), _asset("dossier.js")
    return _environment().get_template("dossier.html").render(
        view=view, ledger=ledger, at=at, style=Markup(style), script=Markup(script),
        style_hash=_hash(style), script_hash=_hash(script),
    )  # fmt: skip


@cache
def _environment() -> Environment:
    env = Environment(
        loader=PackageLoader("onthetable.views"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    env.globals.update(labels=labels)
    return env


@cache
def _asset(name: str) -> str:
    return files("onthetable.views").joinpath("templates", name).read_text("utf-8")


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


class Dossier:
    """What the templates ask: the ledger's answers, arranged as the screens show them."""

    def __init__(self, ledger: Ledger, at: date | None) -> None:
        self._ledger = ledger
        self.reports = ledger.reports(at)
        self.positions = ledger.positions(at)
        self.gaps = ledger.gaps(at)
        self.proposals = ledger.proposals(at)
        self.measures = ledger.figures(at)
        self.timeline = ledger.timeline(at)
        self.voices = ledger.sources(at)
        self.wording = ledger.wording(at)
        ids = {r.id for r in self.reports}
        self.readings = tuple(r for r in ledger.readings if r.report.id in ids)
        self.moves = ledger.moves(at)
        self.assumed = labels.assumed(ledger, at)
        self._figures = {f.id: f for m in self.measures for f in m.figures}
        self._number = {p: n for n, p in enumerate(self.positions)}
        self._of_move = {m: n for n, p in enumerate(self.positions) for m in _all_moves(p)}

    # --- links --------------------------------------------------------------------------------------

    def evidence(self, item: Move | Proposal | Figure | Event) -> str:
        """The address of the highlighted words behind a finding."""
        return f"#{marks.anchor(item.report, item.evidence)}"

    def said(self, statement: Statement) -> str:
        """The address of what a statement says."""
        return f"#{marks.anchor(statement.report, statement.content)}"

    def issue_id(self, issue: str) -> str:
        """Where an issue is on the page; characters that an id cannot have are spelt out."""
        return "i-" + re.sub(r"[^\w-]", lambda m: f".{ord(m[0]):x}.", issue)

    def number(self, position: Position) -> int:
        """The number of a position on the page."""
        return self._number[position]

    # --- where they stand ---------------------------------------------------------------------------

    @property
    def parties(self) -> tuple[str, ...]:
        """The parties with a position, in the order of the case."""
        held = {p.party for p in self.positions}
        known = [p.name for p in self._ledger.case.parties if p.name in held]
        return (*known, *sorted(held - set(known)))

    @property
    def silent_parties(self) -> tuple[str, ...]:
        """The parties of the case without any position."""
        return tuple(p.name for p in self._ledger.case.parties if p.name not in self.parties)

    @property
    def matrix(self) -> tuple[Row, ...]:
        """The issues on which anything is reported, with the positions of each party."""
        moves: dict[tuple[str, str], int] = defaultdict(int)
        for m in self.moves:
            moves[m.party, m.issue] += 1
        rows = []
        for gap in self.gaps:
            cells = [tuple(self._number[p] for p in gap.positions if p.party == name) for name in self.parties]
            earlier = tuple(moves[name, gap.issue] for name in self.parties)
            if any(cells):
                rows.append(Row(gap, tuple(cells), earlier))
        return tuple(rows)

    def word(self, p: Position) -> str:
        """On whose word a position stands, in short: the latest one, and how many more."""
        said = labels.words(self._ledger, reversed(p.moves))
        more = f" and {len(said) - 1} more" if len(said) > 1 else ""
        return labels.clip(said[0], 60) + more

    def besides(self, p: Position) -> tuple[str, ...]:
        """What other acts are reported of the party on the same day."""
        return tuple(dict.fromkeys(a for m in p.also if (a := self._ledger.move(m).act) != p.stance))

    def silent_in(self, row: Row) -> tuple[str, ...]:
        """The parties without a position on an issue."""
        return tuple(name for name, cell in zip(self.parties, row.cells, strict=True) if not cell)

    @property
    def silent(self) -> tuple[str, ...]:
        """The issues on which no position is reported."""
        return tuple(labels.issue(self._ledger, g.issue) for g in self.gaps if not g.positions)

    @property
    def counts(self) -> dict[str, int]:
        """How many issues are in each state, in the order agreed, contested, one-sided, not reported."""
        found = dict.fromkeys(("agreed", "contested", "one-sided", "not reported"), 0)
        for gap in self.gaps:
            found[gap.state] += 1
        return found

    @property
    def stories(self) -> int:
        """How many reports there are once copies of a story count once."""
        return len({self._ledger.family(r.id)[0] for r in self.reports})

    def lanes(self, gap: Gap) -> Chart | None:
        """The moves on an issue over time, a lane for each party; None where they all were on one day."""
        moves = [m for m in self.moves if m.issue == gap.issue]
        drawn = [(m, day) for m in moves if (day := self._ledger.day(m.report))]
        if len({day for _, day in drawn}) < 2:
            return None
        groups: dict[str, list[tuple[Interval, str, str, str]]] = defaultdict(list)
        for m, day in drawn:
            title = f"{labels.move(self._ledger, m)} · {labels.interval(day)}"
            groups[m.party].append((day, self.evidence(m), title, labels.act_mark(m.act)))
        order = [p for p in self.parties if p in groups]
        return _chart([(name, groups[name]) for name in [*order, *sorted(set(groups) - set(order))]])

    # --- proposals ----------------------------------------------------------------------------------

    @property
    def compared(self) -> tuple[Package, ...]:
        """What each side proposes in each story, to be set side by side."""
        return packages(self._ledger, (p for p in self.proposals if p.terms))

    @property
    def terms(self) -> tuple[TermRow, ...]:
        """Term by term, what each proposal has of it and how that differs from an earlier one."""
        order = [i.id for i in self._ledger.issues()]
        keys = sorted(
            {(t.issue, t.giver) for p in self.compared for t in p.terms},
            key=lambda k: (order.index(k[0]) if k[0] in order else len(order), k[0], k[1] or ""),
        )
        return tuple(self._term_row(issue, giver) for issue, giver in keys)

    def _term_row(self, issue: str, giver: str | None) -> TermRow:
        cells = tuple(tuple(t for t in p.terms if (t.issue, t.giver) == (issue, giver)) for p in self.compared)
        before = (None if n is None else cells[n] for n in map(self._compared_with, range(len(cells))))
        return TermRow(issue, giver, cells, tuple(_term_change(b, c) for b, c in zip(before, cells, strict=True)))

    def _compared_with(self, n: int) -> int | None:
        """The package that the n-th answers, else the last one before it of the same proposer."""
        mine, earlier = self.compared[n], list(enumerate(self.compared[:n]))
        answered = (k for k, p in earlier if p.ids & mine.answers)
        own = (k for k, p in reversed(earlier) if mine.proposer and p.proposer == mine.proposer)
        return next(answered, next(own, None))

    # --- timeline and figures -----------------------------------------------------------------------

    @property
    def chart(self) -> Chart | None:
        """Events by type, and the reports below them, over time."""
        groups: dict[str, list[tuple[Interval, str, str, str]]] = defaultdict(list)
        for e in self.timeline:
            if e.date:
                title = f"{e.event.type}: {', '.join(e.event.participants)} · {labels.interval(e.date)}"
                groups[e.event.type].append((e.date, f"#ev-{e.event.id}", title, ""))
        lanes = sorted(groups.items())
        reports = [
            (day, f"#r-{r.id}", f"report: {labels.title(r)} · {labels.interval(day)}", "")
            for r in self.reports
            if (day := self._ledger.day(r.id))
        ]
        return _chart([*lanes, ("reports", reports)]) if reports else _chart(lanes)

    @property
    def single_figures(self) -> tuple[Measure, ...]:
        """What only one figure is reported for."""
        return tuple(m for m in self.measures if len(m.figures) == 1)

    def counts_of(self, measure: Measure) -> tuple[Count, ...]:
        """The values in circulation, each once, on one scale, with those that contradict it."""
        axis = svg.numbers(measure.figures, 8, 232)
        groups: dict[str, list[Figure]] = defaultdict(list)
        for f in measure.figures:
            groups[labels.figure(f)].append(f)
        against = self._against(measure)
        return tuple(
            Count(
                tuple(figures),
                svg.number_bar(axis, figures[0]) if axis and len(groups) > 1 else None,
                tuple({labels.figure(o): o for f in figures for o in against[f.id]}.values()),
            )
            for figures in groups.values()
        )

    def _against(self, measure: Measure) -> dict[str, list[Figure]]:
        found: dict[str, list[Figure]] = defaultdict(list)
        for t in measure.contradictions:
            for one, other in ((t.source, t.target), (t.target, t.source)):
                if other in self._figures:
                    found[one].append(self._figures[other])
        return found

    # --- sources ------------------------------------------------------------------------------------

    @property
    def camps(self) -> tuple[tuple[str | None, tuple[Voice, ...]], ...]:
        """Sources by the party they speak for, in the order of the case; those who speak for none come last."""
        order: list[str | None] = [*(p.name for p in self._ledger.case.parties), None]
        groups: dict[str | None, list[Voice]] = {name: [] for name in order}
        for v in self.voices:
            groups[v.party if v.party in groups else None].append(v)
        return tuple((name, tuple(voices)) for name, voices in groups.items() if voices)

    def voice_id(self, voice: Voice) -> str:
        """Where a source is on the page."""
        return f"v-{voice.statements[0]}"

    def statements(self, voice: Voice) -> tuple[Statement, ...]:
        """What a source is said to have said."""
        return tuple(self._ledger.statement(s) for s in voice.statements)

    @property
    def families(self) -> tuple[tuple[Report, ...], ...]:
        """Reports that tell the same story, group by group."""
        ids = {r.id for r in self.reports}
        groups = dict.fromkeys(self._ledger.family(r.id) for r in self.reports)
        inside = (tuple(self._ledger.report(i) for i in g if i in ids) for g in groups)
        return tuple(g for g in inside if len(g) > 1)

    @property
    def outlets(self) -> tuple[str | None, ...]:
        """The outlets whose wording is known; None are the reports of unknown outlet."""
        return tuple(dict.fromkeys(sorted((w.outlet for w in self.wording), key=lambda o: (o is None, o or ""))))

    @property
    def worded(self) -> tuple[tuple[str, tuple[tuple[tuple[str, int], ...], ...]], ...]:
        """For each referent the terms of each outlet."""
        table = {(w.referent, w.outlet): w.terms for w in self.wording}
        referents = dict.fromkeys(w.referent for w in self.wording)
        return tuple((r, tuple(table.get((r, o), ()) for o in self.outlets)) for r in referents)

    # --- reports ------------------------------------------------------------------------------------

    def paragraphs(self, reading: Reading) -> tuple[tuple[marks.Paragraph, tuple[Card, ...]], ...]:
        """A report's text, line by line, with the notes that belong beside each line."""
        cards = self._cards(reading)
        found = []
        for paragraph in marks.paragraphs(reading):
            beside = tuple(c for at, c in cards if paragraph.start <= at < paragraph.end)
            found.append((paragraph, beside))
        return tuple(found)

    def _cards(self, reading: Reading) -> list[tuple[int, Card]]:
        of_voice = {s: self.voice_id(v) for v in self.voices for s in v.statements}
        found: list[tuple[int, Card]] = []
        for s in reading.statements:
            if s.source and s.id in of_voice:
                text = f"{s.source.name or s.source.span.text}, {s.manner}"
                found.append((s.content.start, Card("says", text, self.said(s), f"#{of_voice[s.id]}")))
        for m in reading.moves:
            number = self._of_move.get(m.id)
            back = f"#pos-{number}" if number is not None else f"#{self.issue_id(m.issue)}"
            found.append((m.evidence.start, Card("move", labels.move(self._ledger, m), self.evidence(m), back)))
        for p in reading.proposals:
            text = f"{p.proposer or 'not said by whom'}, {labels.status(p.status)}"
            found.append((p.evidence.start, Card("proposal", text, self.evidence(p), f"#p-{p.id}")))
        for f in reading.figures:
            text = f"{f.measure}: {labels.figure(f)}"
            found.append((f.evidence.start, Card("figure", text, self.evidence(f), f"#f-{f.id}")))
        for e in reading.events:
            text = ", ".join((e.type, *e.participants))
            found.append((e.evidence.start, Card("event", text, self.evidence(e), f"#ev-{e.id}")))
        return sorted(found, key=lambda c: (c[0], c[1].kind, c[1].text))


def _all_moves(p: Position) -> tuple[str, ...]:
    return (*p.moves, *p.also, *(m for step in p.history for m in step.moves))


def _term_change(before: tuple[Term, ...] | None, now: tuple[Term, ...]) -> str:
    """What a proposal does to a term, against an earlier one; nothing where there is none to compare with."""
    if before is None or not (before or now):
        return ""
    if not before:
        return "new"
    if not now:
        return "dropped"
    same = [(t.quantity, t.phase) for t in before] == [(t.quantity, t.phase) for t in now]
    return "same" if same else "changed"


def _chart(groups: list[tuple[str, list[tuple[Interval, str, str, str]]]]) -> Chart | None:
    axis = svg.days((day for _, dots in groups for day, *_ in dots), _LABEL, _WIDTH - 28)
    if axis is None:
        return None
    lanes: list[Lane] = []
    y = 30
    for name, dots in groups:
        bars = [svg.day_bar(axis, day) for day, *_ in dots]
        placed = svg.rows(
            [svg.Bar(b.middle - 9, 18) if dots[n][3] else svg.Bar(b.x, max(b.width, 10)) for n, b in enumerate(bars)]
        )
        height = max(placed, default=0) + 1
        drawn = tuple(
            Dot(bar, row, href, title, mark)
            for bar, row, (_, href, title, mark) in zip(bars, placed, dots, strict=True)
        )
        lanes.append(Lane(name, y, height, drawn))
        y += height * 16 + 12
    return Chart(axis, svg.spread(axis.ticks, 58), tuple(lanes), y)
