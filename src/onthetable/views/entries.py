"""The views of a ledger as entries: what is said in a line, and the sentences that it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from onthetable.model import (
    Change,
    Claim,
    Figure,
    Gap,
    Move,
    Position,
    Proposal,
    Report,
    Retelling,
    Span,
    Statement,
    Term,
    TermChange,
    Tie,
    TieKind,
    Track,
)
from onthetable.views import labels
from onthetable.views.accounts import Account, contrary
from onthetable.views.ledger import Ledger
from onthetable.views.selection import Selection
from onthetable.views.sentences import around

_STORY = "the story of"

View = Literal["positions", "proposals", "moves", "figures", "timeline", "sources", "wording"]
VIEWS: tuple[View, ...] = get_args(View)


@dataclass(frozen=True, slots=True)
class Quoted:
    """A sentence with what it is quoted for and where it stands."""

    lead: str
    text: str
    where: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a view, its facts in short, what it lists, and its sentences."""

    head: str
    facts: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    quotes: tuple[Quoted, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Entries under one title; `mark` is what is said of them all."""

    title: str
    entries: tuple[Entry, ...]
    mark: str = ""


def sections(s: Selection, view: View) -> tuple[Section, ...]:
    """The sections of a view, in the order in which they are shown."""
    return tuple(_VIEWS[view](s))


def about(s: Selection, record: Position | Proposal | Track | Move) -> tuple[Section, ...]:
    """One record: a position with all that led there, a proposal with whatever reports tell of it, a move."""
    match record:
        case Position():
            entry = Entry(_head(record), tuple(_facts(s, record)), *_history(s, record))
            return (Section(labels.issue(s.ledger, record.issue), (entry,)),)
        case Move():
            return tuple(_told(s, record.report, [record]))
        case Proposal() | Track():
            lines = s.ledger.lines(s.at)
            names = {t.id: _name(t) for t in lines}
            return tuple(_track(s, t, names) for t in lines if record.id in t.proposals)


def changes(s: Selection, since: date, until: date) -> tuple[Section, ...]:
    """What became of the positions between two days, by issue, with the sentences of both days."""
    found: dict[str, list[Entry]] = {}
    for c in s.changes(since, until):
        found.setdefault(c.after.issue, []).append(_changed(s.ledger, c))
    return tuple(Section(labels.issue(s.ledger, i), tuple(e)) for i, e in found.items())


def _changed(ledger: Ledger, c: Change) -> Entry:
    was = f"was: {labels.stance(c.before)}" if c.before and c.kind != "reaffirmed" else ""
    before = [_quoted(ledger, ledger.move(c.before.moves[-1]), "before: ")] if c.before else []
    newly = [m for m in c.after.moves if not c.before or m not in c.before.moves]
    after = [_quoted(ledger, ledger.move(newly[-1]), "after: ")] if newly else []
    head = f"{c.after.party}: {c.kind} · {labels.stance(c.after)}"
    return Entry(head, tuple(x for x in (was, "derived") if x), (), (*before, *after))


def _where(ledger: Ledger, report: str) -> str:
    r = ledger.report(report)
    return f"{labels.report(r)}, {labels.interval(ledger.day(report))}"


def _quote(ledger: Ledger, report: Report, span: Span, lead: str = "") -> Quoted:
    return Quoted(lead, around(report, span), _where(ledger, report.id))


def _quoted(ledger: Ledger, m: Move, lead: str = "") -> Quoted:
    """A move with its act, and whose word it is."""
    said = " ".join(x for x in (labels.act_mark(m.act), m.act, labels.quantity(m.quantity)) if x)
    more = ", ".join(x for x in ("past" if m.when == "past" else "", "hedged" if m.hedge else "") if x)
    q = _quote(ledger, ledger.report(m.report), m.evidence)
    word = labels.one_line(labels.word(ledger, m))
    return Quoted(f"{lead}{said}{f' ({more})' if more else ''}", q.text, f"{q.where} · {word}")


def _positions(s: Selection) -> Iterator[Section]:
    for gap in s.gaps(labels.SHOWN):
        shown = tuple(e for party in dict.fromkeys(p.party for p in gap.positions) for e in _held(s, gap, party))
        yield Section(labels.issue(s.ledger, gap.issue), shown, f"{labels.gap_mark(gap.state)} {gap.state} (derived)")


def _held(s: Selection, gap: Gap, party: str) -> Iterator[Entry]:
    """The positions of a party on an issue, and under the last of them all that led there, oldest first."""
    held = [p for p in gap.positions if p.party == party]
    for p in held:
        yield Entry(_head(p), tuple(_facts(s, p)), *(_history(s, p) if p is held[-1] else ((), ())))


def _head(p: Position) -> str:
    return f"{p.party}  {labels.act_mark(p.stance)} {labels.stance(p)}"


def _facts(s: Selection, p: Position) -> Iterator[str]:
    if p.moved:
        yield f"was: {labels.before(p)}"
    yield labels.since(p)
    if age := labels.age(s.ledger, p, s.at):
        yield age
    yield labels.backing(p)


def _history(s: Selection, p: Position) -> tuple[tuple[str, ...], tuple[Quoted, ...]]:
    """The latest sentences that led to a position, oldest first, and how many moves are left out before them."""
    told = s.ledger.history(p.party, p.issue, s.at, last=labels.SHOWN)
    unique = {
        (m.report, m.act, around(s.ledger.report(m.report), m.evidence)): m
        for m in reversed(told) if m.act != "denies"
    }  # fmt: skip
    earlier = s.ledger.count(p.party, p.issue, s.at) - len(told)
    left_out = (f"{labels.count(earlier, 'earlier move')} not shown; `show moves` has all",) if earlier else ()
    return left_out, tuple(_quoted(s.ledger, m) for m in reversed(list(unique.values())))


def _proposals(s: Selection) -> Iterator[Section]:
    names = {t.id: _name(t) for t in s.ledger.lines(s.at)}
    yield from (_track(s, t, names) for t in s.lines())


def _name(t: Track) -> str:
    return f"{t.proposer or 'proposer not said'}, {labels.interval(t.since)}"


def _track(s: Selection, t: Track, names: dict[str, str]) -> Section:
    return Section(f"{t.proposer or 'Proposer not said'}: {labels.status(t.status)}", tuple(_line(s, t, names)),
                   labels.count(len(t.proposals), "telling"))  # fmt: skip


def _line(s: Selection, t: Track, names: dict[str, str]) -> Iterator[Entry]:
    told = [s.ledger.proposal(p) for p in t.proposals]
    about = [f"answers {names[t.answers]}"] if t.answers else [f"follows {names[t.follows]}"] if t.follows else []
    quotes = tuple(_quote(s.ledger, s.ledger.report(p.report), p.evidence, labels.status(p.status)) for p in told)
    yield Entry("Told", (labels.period(t.since, t.last_reported), *about), (), quotes)
    yield Entry("Terms", (), tuple(labels.one_line(labels.term(s.ledger, t.proposer, x)) for x in t.terms))
    if differing := [c for c in t.changes if c.kind != "same"]:
        against = names[t.answers or t.follows or t.id]
        yield Entry(f"Against {against} (derived)", (), tuple(_difference(s.ledger, t, c) for c in differing))
    for a in t.by_party:
        yield Entry(f"{a.party}: {labels.status(a.status)}", (), (), (_quoted(s.ledger, s.ledger.move(a.move)),))


def _difference(ledger: Ledger, t: Track, c: TermChange) -> str:
    def said(x: Term) -> str:
        return labels.one_line(labels.term(ledger, t.proposer, x))

    both = " → ".join(said(x) for x in (c.before, c.after) if x)
    return f"{c.kind}: {both}"


def _moves(s: Selection) -> Iterator[Section]:
    for report, moves in _by_report(s.moves()):
        yield from _told(s, report, moves)


def _told(s: Selection, report: str, moves: Iterable[Move]) -> Iterator[Section]:
    entries = (Entry(labels.move(s.ledger, m), (), (), (_quoted(s.ledger, m),)) for m in moves)
    yield Section(_where(s.ledger, report), tuple(entries))


def _by_report(moves: Iterable[Move]) -> Iterator[tuple[str, list[Move]]]:
    groups: dict[str, list[Move]] = {}
    for m in moves:
        groups.setdefault(m.report, []).append(m)
    yield from groups.items()


def _figures(s: Selection) -> Iterator[Section]:
    for m in s.figures():
        mark = "≠ counts contradict each other" if m.contradictions else ""
        yield Section(labels.measure(m.name, m.unit), tuple(_figure(s.ledger, f) for f in m.figures), mark)


def _figure(ledger: Ledger, f: Figure) -> Entry:
    quote = _quote(ledger, ledger.report(f.report), f.evidence)
    return Entry(labels.figure(f), (labels.one_line(f.authority or labels.UNNAMED),), (), (quote,))


def _timeline(s: Selection) -> Iterator[Section]:
    entries = []
    for e in s.timeline():
        quote = _quote(s.ledger, s.ledger.report(e.event.report), e.event.evidence)
        day = labels.interval(e.date, "day not known")
        entries.append(Entry(f"{day}  {labels.event(e.event)}", (), (), (quote,)))
    yield Section("Events", tuple(entries))


def _sources(s: Selection) -> Iterator[Section]:
    entries = []
    claims = labels.claims(s.ledger, s.at)
    for v in s.sources():
        via = f"via {', '.join(v.relays)}" if v.relays else ""
        facts = (labels.kind(v.kind), f"for {v.party}" if v.party and v.party != v.name else "", via)
        said = [s.ledger.statement(i) for i in v.statements]
        quotes = tuple(_said(s.ledger, x, claims[x.id]) for x in said)
        entries.append(Entry(labels.one_line(v.name or "not said"), tuple(f for f in facts if f), (), quotes))
    yield Section("Sources", tuple(entries))
    if s.party is None and s.issue is None:
        yield from _between(s)
        if pairs := contrary(s.ledger, s.at):
            yield Section("Accounts that cannot both be so", tuple(_contrary(s.ledger, *pair) for pair in pairs), "≠")


def _contrary(ledger: Ledger, one: Account, other: Account) -> Entry:
    """Two sentences that contradict each other, each with whose word it is."""
    pair = one, other
    head = " ≠ ".join(_where(ledger, a.report.id) for a in pair)
    quotes = (Quoted("", a.sentence, f"{_where(ledger, a.report.id)} · {labels.one_line(a.who)}") for a in pair)
    return Entry(head, (), (), tuple(quotes))


def _between(s: Selection) -> Iterator[Section]:
    """Which reports tell the story of another, and which pass on what another had."""
    kinds: tuple[tuple[TieKind, str, str, str], ...] = (
        ("copies", "Copies", _STORY, "one origin with what they copy"),
        ("relays", "Passed on", "from", ""),
    )
    for kind, title, word, mark in kinds:
        found: dict[str, list[Tie]] = {}
        for tie in s.between(kind):
            found.setdefault(tie.source, []).append(tie)
        entries = tuple(_tied(s.ledger, source, ties, word) for source, ties in found.items())
        if entries:
            yield Section(title, entries, mark)


def _tied(ledger: Ledger, source: str, ties: Sequence[Tie], word: str) -> Entry:
    """What a report has from others, with the words of both."""
    story = ledger.family(source)
    part = [word == _STORY and t.target not in story for t in ties]
    facts = tuple(f"{'part of ' * p}{word} {_where(ledger, t.target)}" for t, p in zip(ties, part, strict=True))
    spans = ((t, id, e) for t in ties for id, e in zip((t.source, t.target), t.evidence, strict=False))
    quotes = dict.fromkeys(_quote(ledger, ledger.report(id), e) for _, id, e in spans)
    return Entry(_where(ledger, source), facts, (), tuple(quotes))


def _said(ledger: Ledger, x: Statement, claim: Claim) -> Quoted:
    """A statement with what stands behind its claim, where others have it too."""
    q = _quote(ledger, ledger.report(x.report), x.content)
    return Quoted(q.lead, q.text, " · ".join(w for w in (q.where, labels.also(claim)) if w))


def _wording(s: Selection) -> Iterator[Section]:
    by_referent: dict[str, list[Entry]] = {}
    wanted = {r.id for r in s.ledger.reports(s.at)}
    spans = [(r.report, w) for r in s.ledger.readings if r.report.id in wanted for w in r.wordings]
    for o in s.ledger.wording(s.at):
        if s.party in (None, o.referent):
            terms = tuple(f"{labels.one_line(term)} ×{n}" for term, n in o.terms)
            first = next(
                (_quote(s.ledger, r, w.span) for r, w in spans if (r.outlet, w.referent) == (o.outlet, o.referent)),
                None,
            )
            entry = Entry(o.outlet or "outlet not known", (), terms, (first,) if first else ())
            by_referent.setdefault(o.referent, []).append(entry)
    yield from (Section(referent, tuple(entries)) for referent, entries in by_referent.items())
    if s.party is None and (told := s.ledger.retellings(s.at)):
        yield Section("The same in other words", tuple(_retold(s.ledger, r) for r in told))


def _retold(ledger: Ledger, r: Retelling) -> Entry:
    quotes = tuple(_quote(ledger, ledger.report(t.report), t.words) for t in r.told)
    return Entry(f"{r.kind.capitalize()}, told by {labels.count(len(r.told), 'outlet')}", (), (), quotes)


_VIEWS: dict[View, Callable[[Selection], Iterator[Section]]] = {
    "positions": _positions,
    "proposals": _proposals,
    "moves": _moves,
    "figures": _figures,
    "timeline": _timeline,
    "sources": _sources,
    "wording": _wording,
}
