"""How a record reads to a person: neutral words, the same for every party and outlet."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from pathlib import PurePath

from onthetable.lexicon import load
from onthetable.model import (
    Act,
    Claim,
    Count,
    Event,
    Figure,
    GapState,
    Interval,
    Kind,
    Move,
    Position,
    Quantity,
    Report,
    Statement,
    Status,
    Term,
)
from onthetable.views.ledger import Ledger

_LABELS = load("onthetable.views", "labels.toml")
_MILLION = 1_000_000
SHOWN = 40
"""Sentences or steps of one kind that are shown of a position."""


def act_mark(act: Act) -> str:
    """The sign that goes with an act."""
    return str(_LABELS["act"][act])


def gap_mark(state: GapState) -> str:
    """The sign that goes with the state of an issue."""
    return str(_LABELS["gap"][state])


def status(value: Status) -> str:
    """The status of a proposal in words."""
    return str(_LABELS["status"][value])


def kind(value: Kind) -> str:
    """What kind of source it is, in words."""
    return str(_LABELS["kind"][value])


def issue(ledger: Ledger, id: str) -> str:
    """The label of an issue, from its pack."""
    return next((i.label for i in ledger.issues() if i.id == id), id)


def day(value: date) -> str:
    """ "3 May 2024"."""
    return f"{value.day} {value:%b} {value.year}"


def interval(value: Interval | None, unknown: str = "undated") -> str:
    """ "3 May 2024", "3–9 May 2024", "30 Apr – 2 May 2024"."""
    if value is None:
        return unknown
    first, last = value.earliest, value.latest
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    if first.year == last.year:
        return f"{first.day} {first:%b} – {day(last)}"
    return f"{day(first)} – {day(last)}"


def number(value: float) -> str:
    """ "1,500", "0.5", "3.5 million"."""
    if abs(value) >= _MILLION:
        scale, word = (1e9, "billion") if abs(value) >= 1e9 else (1e6, "million")
        return f"{value / scale:,.10g} {word}"
    return f"{value:,.10g}"


def quantity(value: Quantity | None) -> str:
    """ "6 weeks", "at least 40 hostages", "20–33 hostages"; nothing if there is none."""
    return bounds(value.low, value.high, value.unit) if value else ""


def bounds(low: float | None, high: float | None, unit: str) -> str:
    """A number with its bounds and unit."""
    if low is None and high is None:
        return unit
    one = low if high is None else high if low is None else None
    if one is not None:
        said = f"{'at least' if high is None else 'up to'} {number(one)}"
    else:
        said = number(low or 0) if low == high else f"{number(low or 0)}–{number(high or 0)}"
    if unit == "%":
        return f"{said}%"
    return f"{said} {_plural(unit, low == high == 1)}".rstrip()


def _plural(unit: str, one: bool) -> str:
    """Units of time in the number that the count asks for; other units as they are."""
    known = _LABELS["unit"]
    if one:
        return next((single for single, many in known.items() if many == unit), unit)
    return str(known.get(unit, unit))


def figure(value: Figure) -> str:
    """A figure in short: "about 7,000", "at least 120", or the words themselves where they are vague."""
    if value.qualifier == "vague":
        return f"“{clip(value.number.text, 30)}”"
    unit = "" if value.unit.lower() in value.measure.lower() else value.unit
    said = bounds(value.low, value.high, unit)
    return f"about {said}" if value.qualifier == "about" else said


UNNAMED = "no authority given"
"""For figures that nobody in particular answers for."""
ITSELF = "the report itself"
"""On whose word something stands that a report tells in its own voice."""


def told(value: Count) -> str:
    """A figure in a series, whose unit stands over it: "about 7,000", "32 of them"."""
    f = value.figure
    said = (
        f"“{clip(f.number.text, 30)}”"
        if f.qualifier == "vague"
        else bounds(f.low, f.high, "%" if f.unit == "percent" else "")
    )
    about = "about " if f.qualifier == "about" else ""
    return f"{about}{said}{' of them' if value.part else ''}"


def measure(name: str, unit: str) -> str:
    """What is counted, and in what if that is not said by its name: "deaths", "wage bill (crowns)"."""
    plain = unit in {"people", "percent"} or unit.lower() in name.lower()
    return name if plain else f"{name} ({unit})"


def days(value: Count) -> str:
    """The days that a figure holds for: its own ("as of 3 Mar 2026"), else those of publication."""
    if value.days is None:
        return "undated"
    return f"as of {interval(value.days)}" if value.stated else interval(value.days)


def giver(party: str | None, giver: str | None) -> str:
    """Whose it is to give: "from Norland", "its own to give", or nothing where nobody in particular would."""
    if giver is None:
        return ""
    return "its own to give" if giver == party else f"from {giver}"


def whose(p: Position) -> str:
    """The giver of a position, unless the act says it already: what one offers or delivers is one's own."""
    return "" if p.giver == p.party and p.stance in {"offers", "delivers"} else giver(p.party, p.giver)


def stance(p: Position) -> str:
    """ "demands 6 weeks (from Norland)"; what is only planned says so."""
    planned = "plans: " if p.planned else ""
    said = " ".join(x for x in (p.stance, quantity(p.quantity)) if x)
    return planned + said + (f" ({whose(p)})" if whose(p) else "")


def before(p: Position) -> str:
    """What the party's stance was before the present one: "offers 6 weeks"; nothing if it has not moved."""
    if not p.moved:
        return ""
    last = [s for s in p.history if not s.past][-2]
    return " ".join(x for x in (last.act, quantity(last.quantity)) if x)


def move(ledger: Ledger, m: Move) -> str:
    """ "Norland demands 6 weeks: ceasefire (from Sudmark)"."""
    said = " ".join(x for x in (m.act, quantity(m.quantity)) if x)
    whose = f" ({giver(m.party, m.giver)})" if m.giver else ""
    return f"{m.party} {said}: {issue(ledger, m.issue).lower()}{whose}"


def event(e: Event) -> str:
    """ "meeting: Norland, Sudmark, Port Anne"."""
    return one_line(f"{e.type}: {', '.join(e.participants) or 'somebody'}{f', {e.place}' if e.place else ''}")


def word(ledger: Ledger, m: Move) -> str:
    """On whose word a move stands: its source, and through whom; or the report in its own voice."""
    return speaker(ledger.statement(m.statement)) if m.statement else ITSELF


def speaker(said: Statement) -> str:
    """Who says it, and through whom."""
    if said.source is None:
        return "a source not given"
    via = f", via {', '.join(reversed(said.relay))}" if said.relay else ""
    if said.source.kind == "anonymous":
        return f"“{said.source.span.text}”, not named{via}"
    return f"{said.source.name or said.source.span.text}{via}"


def words(ledger: Ledger, p: Position) -> tuple[str, ...]:
    """On whose word a position stands, each once; of very many, the latest."""
    return tuple(dict.fromkeys(word(ledger, ledger.move(m)) for m in p.moves[-SHOWN:]))


def more(count: int, what: str) -> str:
    """ "3 more sentences in the CSV and JSON": what a page has no room for; nothing where it has."""
    left = count - SHOWN
    return f"{left} more {what}{'s' if left > 1 else ''} in the CSV and JSON" if left > 0 else ""


def sure(ledger: Ledger, p: Position) -> str:
    """How certain the reading is: the best of the rules behind it (or the latest), and whether the reports hedge."""
    found = [ledger.move(m) for m in p.moves[-SHOWN:]]
    percent = f"{round(100 * max(m.confidence for m in found))}% sure"
    return f"{percent}, hedged" if all(m.hedge for m in found) else percent


def origins(count: int) -> str:
    """ "1 origin", "3 origins": independent ones, copies and shared origins counted once."""
    return "1 origin" if count == 1 else f"{count} origins"


def backing(c: Claim | Position) -> str:
    """ "4 reports, 2 origins, 1 named source": what stands behind it, copies and relays counted once as origins."""
    named = count(c.named, "named source") if c.named else "no named source"
    return f"{count(c.reports, 'report')}, {origins(c.origins)}, {named}"


def origin_names(ledger: Ledger, p: Position) -> str:
    """ "3 reports, 2 origins (Lake Radio, 3.txt), no named source": each by its name, else by its report's."""
    names = [_origin(ledger, o) for o in ledger.independent(p.moves)]
    before, told, after = backing(p).partition(origins(p.origins))
    return f"{before}{told} ({', '.join(names)}){after}"


def _origin(ledger: Ledger, origin: str) -> str:
    try:
        return report(ledger.report(origin))
    except KeyError:  # a name, and no report's id
        return origin


def claims(ledger: Ledger, at: date | None = None) -> dict[str, Claim]:
    """The claim that each finding belongs to, by the id of the finding."""
    return {i: c for c in ledger.claims(at) for i in c.members}


def also(c: Claim) -> str:
    """What stands behind a claim that more than one report has; nothing for one that stands alone."""
    return backing(c) if c.reports > 1 else ""


def count(n: int, noun: str, plural: str = "") -> str:
    """ "1 report", "2 reports"."""
    return f"{n:,} {noun if n == 1 else plural or noun + 's'}"


def report(r: Report) -> str:
    """What a report is called where there is little room: its outlet, else its file's name."""
    return one_line(r.outlet or PurePath(r.path).name) or r.id


def title(r: Report) -> str:
    """A report's headline, else the name of its file."""
    return one_line(r.title.text if r.title else PurePath(r.path).name) or r.id


def case(ledger: Ledger) -> str:
    """What the talks are called; a drafted case is named after its principals."""
    known = ledger.case
    principals = ", ".join(p.name for p in known.parties if p.role == "principal")
    return f"Talks: {principals}" if known.drafted and principals else known.name


def parties(ledger: Ledger, positions: Iterable[Position]) -> tuple[str, ...]:
    """The parties with a position: principals first, then in the order of the case, unknown ones last."""
    held = {p.party for p in positions}
    known = [p.name for p in sorted(ledger.case.parties, key=lambda p: p.role != "principal") if p.name in held]
    return (*known, *sorted(held - set(known)))


def since(p: Position) -> str:
    """ "since 3 May 2024, last 9 May 2024", or "not dated"."""
    if p.since is None:
        return "not dated" if p.last_reported is None else f"not dated, last {interval(p.last_reported)}"
    last = f", last {interval(p.last_reported)}" if p.last_reported != p.since else ""
    return f"since {interval(p.since)}{last}"


def age(ledger: Ledger, p: Position, at: date | None = None) -> str:
    """How old the evidence is: from the last report of it to the day asked for, else to the last report of all."""
    newest = Interval(at, at) if at else ledger.extent().days
    if newest is None or p.last_reported is None:
        return ""
    days = (newest.latest - p.last_reported.latest).days
    return f"{count(days, 'day')} old" if days > 0 else ""


def period(first: Interval | None, last: Interval | None) -> str:
    """ "reported 3 May 2024", "reported 3 May 2024, last 9 May 2024"."""
    if first is None or first == last:
        return f"reported {interval(first)}" if first else "not dated"
    return f"reported {interval(first)}, last {interval(last)}"


def term(ledger: Ledger, proposer: str | None, t: Term) -> str:
    """ "ceasefire: 6 weeks, first phase, from Norland, within 14 days"."""
    lasting = quantity(t.duration) if t.duration and t.duration != t.quantity else ""
    words = (f"“{clip(x.text, 60)}”" for x in (t.deadline, t.guarantee) if x)
    more = [
        x for x in (quantity(t.quantity), f"for {lasting}" if lasting else "", giver(proposer, t.giver), t.phase) if x
    ]
    said = ", ".join([*more, *words])
    condition = f", if “{_bare(clip(t.condition.text, 60))}”" if t.condition else ""
    return f"{issue(ledger, t.issue).lower()}{': ' if said else ''}{said}{condition}"


def _bare(condition: str) -> str:
    """A condition without the word that opens it where that is said already."""
    return condition.removeprefix("if ")


def scope(ledger: Ledger, at: date | None) -> str:
    """ "As known on 3 May 2024: 9 reports (7 separate stories), published 1 Apr – 3 May 2024"."""
    x = ledger.extent(at)
    told = f" ({count(x.stories, 'separate story', 'separate stories')})" if x.stories < x.reports else ""
    known = f"As known on {day(at)}: " if at else ""
    return f"{known}{count(x.reports, 'report')}{told}{f', published {interval(x.days)}' if x.days else ''}"


def assumed(ledger: Ledger, at: date | None = None) -> tuple[str, ...]:
    """What was taken for granted, in sentences; empty where nothing was."""
    said = []
    case = ledger.case
    extent = ledger.extent(at)
    if case.drafted and ledger.extent().reports:
        parties = ", ".join(f"{p.name} ({p.role})" for p in case.parties)
        said.append(f"The case was drafted. The parties were found in the reports: {parties or 'none'}.")
        packs = ", ".join(p.label for p in case.packs)
        said.append(f"The issues looked for are those of: {packs or 'every pack'}.")
    elif not case.packs and not case.drafted:
        said.append("The case names no issue pack, so the issues of all packs were looked for.")
    if extent.guessed:
        said.append(f"{count(extent.guessed, 'report')} without a date: the days of publication follow from the text.")
    if extent.undated:
        said.append(f"{count(extent.undated, 'report')} that nothing dates: taken as older than the rest.")
    return tuple(said)


def one_line(text: str) -> str:
    """White space as single spaces, and no character that would steer a terminal or turn the text around."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\s]+", " ", text).strip()


def clip(text: str, width: int) -> str:
    """The text in one line, cut at a word with an ellipsis if it is longer than `width`."""
    text = one_line(text)
    if len(text) <= width:
        return text
    cut = text[: width - 1]
    return (cut[: cut.rfind(" ")] if " " in cut[width // 2 :] else cut).rstrip(",;: ") + "…"
