"""Parts of a ledger as HTML for a notebook: plain tables and marks with their own few styles, every text escaped."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from markupsafe import Markup, escape

from onthetable.model import Move, Position, Proposal, Report, Track
from onthetable.views import entries, labels, marks
from onthetable.views.ledger import Ledger
from onthetable.views.selection import Selection

Shown = str | Report | Position | Proposal | Track | Move

_CELL = Markup('style="text-align:left;vertical-align:top"')
_MARK = Markup('style="background:#fbeeb8;color:#1d1c1a"')
_QUOTE = Markup('<li><small>{}</small> <q dir="auto">{}</q> <small>{}</small></li>')
_GREY = Markup('style="color:#605c55"')


class Html(str):
    """HTML that a notebook shows as such."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return str(self)


def show(ledger: Ledger, what: Shown, at: date | None = None) -> Html:
    """ "positions", "proposals", a report or its id, or one record. Raises KeyError for an id that no report has."""
    match what:
        case "positions":
            return matrix(ledger, at)
        case "proposals":
            return lines(ledger, at)
        case str():
            return report(ledger, what)
        case Report():
            return report(ledger, what.id)
        case _:
            return listed(entries.about(Selection(ledger, at), what))


def listed(sections: Iterable[entries.Section]) -> Html:
    """Sections of entries, each entry with its facts, points and sentences."""
    parts = []
    for section in sections:
        parts.append(Markup("<h4>{} <small>{}</small></h4>").format(section.title, section.mark))
        for e in section.entries:
            parts.append(Markup("<p><b>{}</b> <small>{}</small></p>").format(e.head, " · ".join(e.facts)))
            points = [Markup("<li>{}</li>").format(p) for p in e.points]
            points += [
                Markup('<li><small>{}</small> <q dir="auto">{}</q> <small>{}</small></li>').format(
                    q.lead, q.text, q.where
                )
                for q in e.quotes
            ]
            parts.append(Markup("<ul>{}</ul>").format(Markup("").join(points)) if points else Markup(""))
    return Html(Markup("<div>{}</div>").format(Markup("").join(parts)))


def matrix(ledger: Ledger, at: date | None = None) -> Html:
    """Where they stand: issues by parties, with when it was last reported and on how many origins."""
    positions = ledger.positions(at)
    parties = labels.parties(ledger, positions)
    head = Markup("").join(_th(p) for p in ("Issue", *parties))
    rows = []
    for gap in ledger.gaps(at):
        if not gap.positions:
            continue
        cells = [Markup("<th {}>{} <small>{} {}</small></th>").format(
            _CELL, labels.issue(ledger, gap.issue), labels.gap_mark(gap.state), gap.state)]  # fmt: skip
        for party in parties:
            held = [p for p in gap.positions if p.party == party]
            told = [
                Markup("{} {} <small>{}; {}</small>").format(
                    labels.act_mark(p.stance), labels.stance(p), labels.since(p), labels.backing(p)
                )
                for p in held
            ]
            cells.append(_td(Markup("<br>").join(told) if told else Markup("<small>not reported</small>")))
        rows.append(Markup("<tr>{}</tr>").format(Markup("").join(cells)))
    title = Markup("<b>{}</b> <small>{}</small>").format(labels.case(ledger), labels.scope(ledger, at))
    return _table(title, head, rows)


def lines(ledger: Ledger, at: date | None = None) -> Html:
    """Proposals in their order, with terms, status and what each one changed of the one that it answers."""
    rows = []
    for n, t in enumerate(ledger.lines(at), 1):
        terms = Markup("<br>").join(escape(labels.term(ledger, t.proposer, x)) for x in t.terms)
        rows.append(Markup("<tr>{}</tr>").format(Markup("").join((
            _td(n), _td(t.proposer or "not said by whom"), _td(terms or Markup("<small>no term is named</small>")),
            _td(labels.status(t.status)),
        ))))  # fmt: skip
    head = Markup("").join(_th(h) for h in ("", "Proposer", "Terms", "Status"))
    return _table(Markup("<b>Proposals</b>"), head, rows)


def report(ledger: Ledger, id: str) -> Html:
    """A report as stored, with what findings rest on highlighted and page furniture grey. Raises KeyError."""
    found = ledger.report(id)
    reading = next(r for r in ledger.readings if r.report.id == id)
    parts = [Markup("<h4>{}</h4><p><small>{}, {}</small></p>").format(
        labels.title(found), labels.report(found), labels.interval(ledger.day(id)))]  # fmt: skip
    for paragraph in marks.paragraphs(reading):
        inside = []
        for piece in paragraph.pieces:
            grey = piece.marks == ("furniture",)
            if piece.kind == "text":
                inside.append(escape(piece.text))
            elif piece.kind == "open":
                tag, style = ("span", _GREY) if grey else ("mark", _MARK)
                inside.append(Markup('<{} {} title="{}">').format(Markup(tag), style, ", ".join(piece.marks)))
            else:
                inside.append(Markup("</span>") if grey else Markup("</mark>"))
        parts.append(Markup('<p dir="auto">{}</p>').format(Markup("").join(inside)))
    return Html(Markup("").join(parts))


def _table(title: Markup, head: Markup, rows: list[Markup]) -> Html:
    return Html(
        Markup("<div>{}<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>").format(
            title, head, Markup("").join(rows)
        )
    )


def _th(text: object) -> Markup:
    return Markup("<th {}>{}</th>").format(_CELL, text)


def _td(text: object) -> Markup:
    return Markup("<td {}>{}</td>").format(_CELL, text)
