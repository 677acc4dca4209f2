"""A ledger for the terminal: good in colour and without, from 60 columns up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import StringIO

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from onthetable.model import Figure, Gap, GapState, Interval, Measure, Position
from onthetable.views import labels
from onthetable.views.ledger import Ledger
from onthetable.views.packages import Package, packages

_GAP_STYLE: dict[GapState, str] = {
    "agreed": "bold cyan",
    "contested": "bold yellow",
    "one-sided": "magenta",
    "not reported": "dim",
}
_EVENTS, _SOURCES, _MEASURES, _PACKAGES = 12, 10, 10, 12
_NEVER = Interval(date.min, date.min)


def render(ledger: Ledger, at: date | None = None, width: int = 80, colour: bool = False) -> str:
    """What is on the table, as lines of at most `width` columns; with ANSI colours if asked for."""
    out = StringIO()
    console = Console(
        file=out, width=max(width, 60), force_terminal=colour, color_system="standard" if colour else None,
        highlight=False, markup=False, emoji=False, legacy_windows=False,
    )  # fmt: skip
    for part in _parts(ledger, at, console.width):
        console.print(part, soft_wrap=False)
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().split("\n")).rstrip("\n") + "\n"


_Parts = Iterator[Text | Padding]


def _parts(ledger: Ledger, at: date | None, width: int) -> _Parts:
    yield from _head(ledger, at)
    if ledger.reports(at):
        yield from _body(ledger, at, width)
    yield from _unread(ledger)


def _body(ledger: Ledger, at: date | None, width: int) -> _Parts:
    yield from _positions(ledger, at, width)
    yield from _proposals(ledger, at, width)
    yield from _figures(ledger, at)
    yield from _events(ledger, at)
    yield from _sources(ledger, at)


def _line(indent: int, *pieces: str | tuple[str, str]) -> Padding:
    return Padding(_styled(*pieces), (0, 0, 0, indent))


def _styled(*pieces: str | tuple[str, str]) -> Text:
    """Pieces with their styles; nothing in them can steer the terminal."""
    return Text.assemble(*(_harmless(p) if isinstance(p, str) else (_harmless(p[0]), p[1]) for p in pieces))


def _harmless(text: str) -> str:
    return "".join(c if c == " " or c.isprintable() else "\ufffd" for c in text)


def _title(text: str) -> Text:
    return Text(f"\n{text}", style="bold underline")


def _head(ledger: Ledger, at: date | None) -> _Parts:
    yield _styled((labels.case(ledger), "bold"))
    yield _line(0, (labels.scope(ledger, at), "dim"))
    for sentence in labels.assumed(ledger, at):
        yield _line(0, ("Assumed: ", "bold"), sentence)


def _positions(ledger: Ledger, at: date | None, width: int) -> _Parts:
    gaps = ledger.gaps(at)
    told = [g for g in gaps if g.positions]
    yield _title("Where they stand")
    if not told:
        yield _line(2, ("No position is reported.", "dim"))
        return
    yield _glance(ledger, told, width)
    legend = "  ".join(f"{labels.gap_mark(state)} {state}" for state in _GAP_STYLE)
    yield _line(2, (f"{legend}  +1 one position more", "dim"))
    if silent := [labels.issue(ledger, g.issue).lower() for g in gaps if not g.positions]:
        yield _line(2, ("Not reported: ", "bold"), ", ".join(silent))
    yield _title("On whose word")
    for gap in told:
        yield from _gap(ledger, gap, width)


def _glance(ledger: Ledger, told: list[Gap], width: int) -> Padding:
    """Issues by parties: the latest position of each, and how many it has besides."""
    shown = labels.parties(ledger, (p for g in told for p in g.positions))[: (width - 24) // 13]
    table = Table(box=None, padding=(0, 2, 0, 0), expand=True)
    table.add_column("", min_width=18, ratio=4)
    for name in shown:
        table.add_column(_harmless(name), header_style="cyan", ratio=3)
    for gap in told:
        name = f"{labels.gap_mark(gap.state)} {labels.issue(ledger, gap.issue)}"
        table.add_row(
            _styled((name, _GAP_STYLE[gap.state])),
            *(_cell([p for p in gap.positions if p.party == party]) for party in shown),
        )
    return Padding(table, (0, 0, 0, 2))


def _cell(positions: list[Position]) -> Text:
    if not positions:
        return Text("·", style="dim")
    last = max(positions, key=lambda p: p.last_reported or _NEVER)
    more = f" +{len(positions) - 1}" if len(positions) > 1 else ""
    said = " ".join(x for x in (labels.act_mark(last.stance), last.stance, labels.quantity(last.quantity)) if x)
    return _styled((said, "bold" if last.moved else ""), (more, "dim"))


def _gap(ledger: Ledger, gap: Gap, width: int) -> _Parts:
    name = labels.issue(ledger, gap.issue)
    state = f"{labels.gap_mark(gap.state)} {gap.state}"
    room = " " * max(width - 2 - len(name) - len(state), 2)
    yield Padding(_styled((name, "bold"), room, (state, _GAP_STYLE[gap.state])), (0, 0, 0, 2))
    column = min(max((len(p.party) for p in gap.positions), default=0), 20)
    for p in gap.positions:
        yield from _position(ledger, p, column, width)


def _position(ledger: Ledger, p: Position, column: int, width: int) -> _Parts:
    indent = 4 + column + 2
    name = labels.clip(p.party, column).ljust(column)
    moved = (f"  was: {labels.before(p)}", "") if p.moved else ""
    yield Padding(
        _styled((name, "cyan"), f"  {labels.act_mark(p.stance)} ", (labels.stance(p), "bold"), moved),
        (0, 0, 0, 4),
    )
    facts = [labels.since(p), labels.origins(p.origins), labels.sure(ledger, p.moves)]
    yield _line(indent, (" · ".join(facts), "dim"))
    yield _line(indent, ("says ", "dim"), "; ".join(map(labels.one_line, labels.words(ledger, p.moves))))
    newest = ledger.move(p.moves[-1])
    where = labels.report(ledger.report(newest.report))
    quote = labels.clip(newest.evidence.text, 2 * (width - indent) - len(where) - 8)
    yield _line(indent, f"“{quote}” ", (f"[{where}]", "dim"))


def _proposals(ledger: Ledger, at: date | None, width: int) -> _Parts:
    found = packages(ledger, ledger.proposals(at))
    yield _title("Proposals")
    if not found:
        yield _line(2, ("None is reported.", "dim"))
    yield from _earlier(len(found) - _PACKAGES)
    for p in found[-_PACKAGES:]:
        yield from _package(ledger, p, width)


def _package(ledger: Ledger, p: Package, width: int) -> _Parts:
    day = labels.interval(ledger.day(p.first.report))
    by = p.proposer or "Proposer not said"
    answer = " (answers another)" if p.answers else ""
    status = ", ".join(map(labels.status, p.statuses))
    yield _line(2, (by, "bold"), ": ", (status, "bold"), answer, (f" · reported {day}", "dim"))
    for t in p.terms:
        name = labels.issue(ledger, t.issue).lower()
        more = [x for x in (labels.quantity(t.quantity), labels.giver(p.proposer, t.giver), t.phase) if x]
        condition = f", if “{labels.clip(t.condition.text, 60)}”" if t.condition else ""
        yield _line(4, "- ", f"{name}{': ' if more else ''}{', '.join(map(labels.one_line, more))}{condition}")
    where = labels.report(ledger.report(p.first.report))
    yield _line(4, f"“{labels.clip(p.first.evidence.text, 2 * (width - 4) - len(where) - 8)}” ", (f"[{where}]", "dim"))


def _figures(ledger: Ledger, at: date | None) -> _Parts:
    found = ledger.figures(at)
    yield _title("Figures")
    if not found:
        yield _line(2, ("None is reported.", "dim"))
    for measure in found[:_MEASURES]:
        yield from _measure(ledger, measure)
    yield from _rest(len(found) - _MEASURES)


def _measure(ledger: Ledger, measure: Measure) -> _Parts:
    against = {i for t in measure.contradictions for i in (t.source, t.target)}
    values: dict[str, list[Figure]] = {}
    for f in measure.figures:
        values.setdefault(labels.figure(f), []).append(f)
    yield _line(2, (measure.name, "bold"))
    for value, figures in values.items():
        marked = (" ≠ contradicted", "yellow") if any(f.id in against for f in figures) else ""
        by: dict[str, list[str]] = {}
        for f in figures:
            by.setdefault(f.authority or "no authority given", []).append(labels.report(ledger.report(f.report)))
        told = "; ".join(f"{who} [{', '.join(dict.fromkeys(where))}]" for who, where in by.items())
        yield _line(4, value, marked, (f"  {told}", "dim"))


def _rest(count: int) -> _Parts:
    if count > 0:
        yield _line(2, (f"and {count:,} more; --format html shows all", "dim"))


def _earlier(count: int) -> _Parts:
    if count > 0:
        yield _line(2, (f"{count:,} earlier ones; --format html shows all", "dim"))


def _events(ledger: Ledger, at: date | None) -> _Parts:
    found = ledger.timeline(at)
    yield _title("Events")
    if not found:
        yield _line(2, ("None is reported.", "dim"))
    yield from _earlier(len(found) - _EVENTS)
    for e in found[-_EVENTS:]:
        who = ", ".join(e.event.participants) or "somebody"
        place = f", {e.event.place}" if e.event.place else ""
        day = labels.interval(e.date, "day not known")
        yield _line(2, (day, "bold"), f"  {e.event.type}: {labels.one_line(who + place)}")


def _sources(ledger: Ledger, at: date | None) -> _Parts:
    found = ledger.sources(at)
    yield _title("Sources")
    if not found:
        yield _line(2, ("Nobody is quoted.", "dim"))
    for v in found[:_SOURCES]:
        party = f", for {v.party}" if v.party and v.party != v.name else ""
        via = f", via {', '.join(v.relays)}" if v.relays else ""
        many = labels.count(len(v.statements), "statement")
        yield _line(2, (v.name or "not said", "bold"), f" {labels.kind(v.kind)}{party}{via} ", (f"· {many}", "dim"))
    yield from _rest(len(found) - _SOURCES)


def _unread(ledger: Ledger) -> _Parts:
    if ledger.rejected:
        yield _title("Not read")
    for e in ledger.rejected:
        yield _line(2, (e.name, "bold"), f": {labels.one_line(e.reason)}")
