"""A ledger for the terminal: good in colour and without, from 30 columns up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from onthetable.model import Gap, GapState, Interval, Position, Series
from onthetable.reports.own import LAST_LINE
from onthetable.views import labels
from onthetable.views.ledger import Ledger
from onthetable.views.packages import Package, packages
from onthetable.views.paint import LEAST, harmless, line, printed, styled, title
from onthetable.views.reckoning import Told, measures, steps

_GAP_STYLE: dict[GapState, str] = {
    "agreed": "bold cyan",
    "contested": "bold yellow",
    "one-sided": "magenta",
    "not reported": "dim",
}
_EVENTS, _SOURCES, _MEASURES, _SINGLES, _PACKAGES = 12, 10, 10, 10, 12
_NARROW = 60
"""How many columns a table of issues by parties needs."""
_NAME, _PARTY = 18, 13
"""Least columns for the name of an issue, and for a party."""
_NEVER = Interval(date.min, date.min)


def render(ledger: Ledger, at: date | None = None, width: int = 80, colour: bool = False) -> str:
    """What is on the table, as lines of at most `width` columns (30 at least); with ANSI colours if asked for."""
    width = max(width, LEAST)
    return printed(_parts(ledger, at, width), width, colour)


_Parts = Iterator[Text | Padding]


def _parts(ledger: Ledger, at: date | None, width: int) -> _Parts:
    yield from _head(ledger, at)
    if ledger.reports(at):
        yield from _body(ledger, at, width)
    yield from _unread(ledger)
    yield Text(f"\n{LAST_LINE}", style="dim")


def _body(ledger: Ledger, at: date | None, width: int) -> _Parts:
    yield from _positions(ledger, at, width)
    yield from _proposals(ledger, at, width)
    yield from _figures(ledger, at)
    yield from _events(ledger, at)
    yield from _sources(ledger, at)


def _head(ledger: Ledger, at: date | None) -> _Parts:
    yield styled((labels.case(ledger), "bold"))
    yield line(0, (labels.scope(ledger, at), "dim"))
    for sentence in labels.assumed(ledger, at):
        yield line(0, ("Assumed: ", "bold"), sentence)


def _positions(ledger: Ledger, at: date | None, width: int) -> _Parts:
    gaps = ledger.gaps(at)
    told = [g for g in gaps if g.positions]
    yield title("Where they stand")
    if not told:
        yield line(2, ("No position is reported.", "dim"))
        return
    yield from _glance(ledger, told, width)
    legend = "  ".join(f"{labels.gap_mark(state)} {state}" for state in _GAP_STYLE)
    yield line(2, (f"{legend}  +1 one position more", "dim"))
    if silent := [labels.issue(ledger, g.issue).lower() for g in gaps if not g.positions]:
        yield line(2, ("Not reported: ", "bold"), ", ".join(silent))
    yield title("On whose word")
    for gap in told:
        yield from _gap(ledger, gap, width)


def _glance(ledger: Ledger, told: list[Gap], width: int) -> _Parts:
    """Issues by parties: the latest position of each, and how many it has besides. Every party is shown.

    Parties that do not stand side by side go into further tables, each with the issues on which they have a
    position; where there is no room for a table, each issue lists its parties.
    """
    names = labels.parties(ledger, (p for g in told for p in g.positions))
    if width < _NARROW:
        for gap in told:
            yield from _listed(ledger, gap, names)
        return
    bands = -(-len(names) // max((width - _NAME - 6) // _PARTY, 1))
    size = -(-len(names) // bands)
    for first in range(0, len(names), size):
        yield _band(ledger, told, names[first : first + size])
        if first + size < len(names):
            yield line(0, "")


def _band(ledger: Ledger, told: list[Gap], names: Sequence[str]) -> Padding:
    table = Table(box=None, padding=(0, 2, 0, 0), expand=True)
    table.add_column("", min_width=_NAME, ratio=4)
    for name in names:
        table.add_column(harmless(name), header_style="cyan", ratio=3)
    for gap in told:
        if any(p.party in names for p in gap.positions):
            cells = (_cell([p for p in gap.positions if p.party == party]) for party in names)
            table.add_row(_issue(ledger, gap), *cells)
    return Padding(table, (0, 0, 0, 2))


def _listed(ledger: Ledger, gap: Gap, names: Sequence[str]) -> _Parts:
    yield Padding(_issue(ledger, gap), (0, 0, 0, 2))
    for name in names:
        if positions := [p for p in gap.positions if p.party == name]:
            yield Padding(Text.assemble(styled((name, "cyan"), "  "), _cell(positions)), (0, 0, 0, 4))


def _issue(ledger: Ledger, gap: Gap) -> Text:
    return styled((f"{labels.gap_mark(gap.state)} {labels.issue(ledger, gap.issue)}", _GAP_STYLE[gap.state]))


def _cell(positions: list[Position]) -> Text:
    if not positions:
        return Text("·", style="dim")
    last = max(positions, key=lambda p: p.last_reported or _NEVER)
    more = f" +{len(positions) - 1}" if len(positions) > 1 else ""
    said = " ".join(x for x in (labels.act_mark(last.stance), last.stance, labels.quantity(last.quantity)) if x)
    return styled((said, "bold" if last.moved else ""), (more, "dim"))


def _gap(ledger: Ledger, gap: Gap, width: int) -> _Parts:
    name = labels.issue(ledger, gap.issue)
    state = f"{labels.gap_mark(gap.state)} {gap.state}"
    room = " " * max(width - 2 - len(name) - len(state), 2)
    yield Padding(styled((name, "bold"), room, (state, _GAP_STYLE[gap.state])), (0, 0, 0, 2))
    column = min(max((len(p.party) for p in gap.positions), default=0), 20 if width >= _NARROW else 10)
    for p in gap.positions:
        yield from _position(ledger, p, column, width)


def _position(ledger: Ledger, p: Position, column: int, width: int) -> _Parts:
    indent = 4 + column + 2
    name = labels.clip(p.party, column).ljust(column)
    moved = (f"  was: {labels.before(p)}", "") if p.moved else ""
    yield Padding(
        styled((name, "cyan"), f"  {labels.act_mark(p.stance)} ", (labels.stance(p), "bold"), moved),
        (0, 0, 0, 4),
    )
    facts = [labels.since(p), labels.backing(p), labels.sure(ledger, p)]
    yield line(indent, (" · ".join(facts), "dim"))
    yield line(indent, ("says ", "dim"), "; ".join(map(labels.one_line, labels.words(ledger, p))))
    newest = ledger.move(p.moves[-1])
    where = labels.report(ledger.report(newest.report))
    quote = labels.clip(newest.evidence.text, max(2 * (width - indent) - len(where) - 8, width - indent - 2))
    yield line(indent, f"“{quote}” ", (f"[{where}]", "dim"))


def _proposals(ledger: Ledger, at: date | None, width: int) -> _Parts:
    found = packages(ledger, ledger.proposals(at))
    yield title("Proposals")
    if not found:
        yield line(2, ("None is reported.", "dim"))
    yield from _earlier(len(found) - _PACKAGES)
    for p in found[-_PACKAGES:]:
        yield from _package(ledger, p, width)


def _package(ledger: Ledger, p: Package, width: int) -> _Parts:
    day = labels.interval(ledger.day(p.first.report))
    by = p.proposer or "Proposer not said"
    answer = " (answers another)" if p.answers else ""
    status = ", ".join(map(labels.status, p.statuses))
    yield line(2, (by, "bold"), ": ", (status, "bold"), answer, (f" · reported {day}", "dim"))
    for t in p.terms:
        yield line(4, "- ", labels.one_line(labels.term(ledger, p.proposer, t)))
    where = labels.report(ledger.report(p.first.report))
    quote = labels.clip(p.first.evidence.text, max(2 * (width - 4) - len(where) - 8, width - 6))
    yield line(4, f"“{quote}” ", (f"[{where}]", "dim"))


def _figures(ledger: Ledger, at: date | None) -> _Parts:
    several, single = measures(ledger, at)
    yield title("Figures")
    if not several and not single:
        yield line(2, ("None is reported.", "dim"))
    for measure in several[:_MEASURES]:
        yield from _measure(ledger, measure)
    yield from _rest(len(several) - _MEASURES)
    if single:
        yield line(2, ("Reported once", "bold"))
        yield _once(ledger, single[:_SINGLES])
        yield from _rest(len(single) - _SINGLES)


def _measure(ledger: Ledger, measure: Told) -> _Parts:
    """One line for each authority: its numbers in the order of their days."""
    marked = (" ≠ counts contradict each other", "yellow") if measure.against else ("", "")
    yield line(2, (labels.measure(measure.name, measure.unit), "bold"), marked)
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False, expand=True)
    table.add_column(ratio=2)
    table.add_column(ratio=5)
    for series in measure.series:
        who = labels.clip(series.authority or labels.UNNAMED, 60)
        table.add_row(styled((who, "cyan" if series.authority else "dim")), _steps(ledger, series, measure))
    yield Padding(table, (0, 0, 0, 4))


def _steps(ledger: Ledger, series: Series, measure: Told) -> Text:
    pieces: list[str | tuple[str, str]] = []
    for step in steps(series):
        pieces += [" → " if pieces and series.authority else " · " if pieces else "", (labels.told(step[0]), "bold")]
        pieces += [(" ≠", "yellow")] if any(c.figure.id in measure.against for c in step) else []
        where = dict.fromkeys(f"{labels.report(ledger.report(c.figure.report))}, {labels.days(c)}" for c in step)
        pieces += [(f" [{'; '.join(where)}]", "dim")]
    return styled(*pieces)


def _once(ledger: Ledger, told: Sequence[Told]) -> Padding:
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False, expand=True)
    table.add_column(ratio=2)
    table.add_column(ratio=5)
    for measure in told:
        series = measure.series[0]
        count = series.counts[0]
        by = f" · {series.authority}" if series.authority else ""
        where = labels.report(ledger.report(count.figure.report))
        table.add_row(
            styled(labels.measure(measure.name, measure.unit)),
            styled((labels.told(count), "bold"), by, (f" [{where}, {labels.days(count)}]", "dim")),
        )
    return Padding(table, (0, 0, 0, 4))


def _rest(count: int) -> _Parts:
    if count > 0:
        yield line(2, (f"and {count:,} more; --format html shows all", "dim"))


def _earlier(count: int) -> _Parts:
    if count > 0:
        yield line(2, (f"{count:,} earlier ones; --format html shows all", "dim"))


def _events(ledger: Ledger, at: date | None) -> _Parts:
    found = ledger.timeline(at)
    yield title("Events")
    if not found:
        yield line(2, ("None is reported.", "dim"))
    yield from _earlier(len(found) - _EVENTS)
    for e in found[-_EVENTS:]:
        day = labels.interval(e.date, "day not known")
        yield line(2, (day, "bold"), f"  {labels.event(e.event)}")


def _sources(ledger: Ledger, at: date | None) -> _Parts:
    found = ledger.sources(at)
    yield title("Sources")
    if not found:
        yield line(2, ("Nobody is quoted.", "dim"))
    for v in found[:_SOURCES]:
        party = f", for {v.party}" if v.party and v.party != v.name else ""
        via = f", via {', '.join(v.relays)}" if v.relays else ""
        many = labels.count(len(v.statements), "statement")
        yield line(2, (v.name or "not said", "bold"), f" {labels.kind(v.kind)}{party}{via} ", (f"· {many}", "dim"))
    yield from _rest(len(found) - _SOURCES)


def _unread(ledger: Ledger) -> _Parts:
    if ledger.rejected:
        yield title("Not read")
    for e in ledger.rejected:
        yield line(2, (e.name, "bold"), f": {labels.one_line(e.reason)}")
