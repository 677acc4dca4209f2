"""Readings made by hand, about talks that never took place: Norland and Sudmark, with Ostia as the mediator."""

from __future__ import annotations

from datetime import date

from onthetable.case import Case, Party, pack
from onthetable.errors import InputError
from onthetable.ledger import Ledger
from onthetable.model import (
    Act,
    Basis,
    Event,
    Figure,
    Furniture,
    Interval,
    Kind,
    Move,
    Proposal,
    Published,
    Quantity,
    Reading,
    Report,
    Source,
    Span,
    Statement,
    Term,
    Tie,
    Ties,
    Time,
    When,
    Wording,
)
from onthetable.text import digest

CASE = Case(
    "Lake talks",
    (pack("peace"),),
    (Party("Norland"), Party("Sudmark"), Party("Ostia", "mediator")),
)


def span(report: Report, words: str) -> Span:
    start = report.text.index(words)
    return report.span(start, start + len(words))


def make_report(text: str, path: str = "a.txt", outlet: str | None = None, furniture: str | None = None) -> Report:
    sha = digest(text)
    report = Report(sha[:12], path, text, sha, outlet=outlet)
    if furniture is None:
        return report
    return Report(sha[:12], path, text, sha, outlet=outlet, furniture=(Furniture(span(report, furniture), "share"),))


def make_statement(
    report: Report,
    n: int,
    words: str,
    by: str,
    kind: Kind = "named",
    party: str | None = None,
    relay: tuple[str, ...] = (),
) -> Statement:
    content = span(report, words)
    source = Source(span(report, by), None if kind == "anonymous" else by, party, kind)
    return Statement(
        f"{report.id}.s{n}", report.id, content, (content,), None, source, "indirect", relay, (), False, False, "r", 0.9
    )  # fmt: skip


def make_move(
    report: Report,
    n: int,
    party: str,
    act: Act,
    issue: str = "ceasefire",
    words: str | None = None,
    *,
    giver: str | None = None,
    quantity: Quantity | None = None,
    when: When = "now",
    hedge: bool = False,
    statement: str | None = None,
    condition: str | None = None,
) -> Move:
    evidence = span(report, words or report.text)
    return Move(
        f"{report.id}.m{n}", report.id, statement, party, None, act, issue, giver, None, quantity,
        span(report, condition) if condition else None, when, hedge, False, None, evidence, evidence, "r", 0.8,
    )  # fmt: skip


def make_reading(report: Report, *moves: Move, statements: tuple[Statement, ...] = ()) -> Reading:
    return Reading(report, statements, moves, (), (), (), (), ())


def days(*first_and_last: str) -> Interval:
    known = [date.fromisoformat(d) for d in first_and_last]
    return Interval(known[0], known[-1])


def make_ledger(
    *dated: tuple[Reading, Interval | None],
    case: Case = CASE,
    families: tuple[tuple[str, ...], ...] = (),
    origins: dict[str, tuple[str, ...]] | None = None,
    ties: tuple[Tie, ...] = (),
    rejected: tuple[InputError, ...] = (),
) -> Ledger:
    published = {r.report.id: Published(d, (Basis(None, "a date line"),)) for r, d in dated if d}
    return Ledger(case, tuple(r for r, _ in dated), Ties(published, origins or {}, families, ties), rejected)


FIRST = """Norland offers a truce on the lake

Share this story
Norland offered a truce of six weeks, its envoy Maja Brun told the Harbour Gazette, if the patrol boats stay in port.

Sudmark rejected it. "Six weeks is a fishing trip," an official who was not named said.
At least 40 sailors are held, the Sailors' Union says. The two sides met in Port Anne on Monday."""

SECOND = """Sudmark accepts eight weeks

Sudmark has accepted a truce of eight weeks, according to Ostia's foreign ministry.
Sudmark holds 31 sailors, its navy says, and would free 20 of them if Norland pulls out its patrol boats.
<script>alert("</script>")</script> & <b>bold</b>"""


def make_talks() -> Ledger:
    """Two reports with one of everything, the second with text that looks like markup."""
    one = make_report(FIRST, "one.txt", "Harbour Gazette", furniture="Share this story")
    two = make_report(SECOND, "two.txt")
    said = make_statement(one, 1, "Norland offered a truce of six weeks", "Maja Brun", party="Norland")
    unnamed = make_statement(
        one, 2, "Six weeks is a fishing trip", "an official who was not named", "anonymous", "Sudmark"
    )
    heard = make_statement(two, 1, "Sudmark has accepted a truce of eight weeks", "Ostia's foreign ministry",
                           "organisation", "Ostia", ("Lake Radio",))  # fmt: skip
    first = Reading(
        one,
        (said, unnamed),
        (
            make_move(one, 1, "Norland", "offers", words="Norland offered a truce of six weeks", giver="Norland",
                      quantity=Quantity(6, 6, "weeks"), statement=said.id,
                      condition="if the patrol boats stay in port"),
            make_move(one, 2, "Sudmark", "rejects", words="Sudmark rejected it", giver="Norland"),
            make_move(one, 3, "Norland", "meets", "talks", "The two sides met in Port Anne"),
            make_move(one, 4, "Sudmark", "meets", "talks", "The two sides met in Port Anne"),
        ),
        (Proposal(f"{one.id}.p1", one.id, "Norland", "rejected", None,
                  (Term("Norland", "ceasefire", Quantity(6, 6, "weeks"), None, None),),
                  span(one, "Norland offered a truce of six weeks"), "r"),),
        (Figure(f"{one.id}.f1", one.id, "sailors held", 40, None, "people", "at-least", "Sailors' Union", None,
                span(one, "At least 40 sailors"), span(one, "At least 40 sailors are held"), "r"),),
        (Event(f"{one.id}.e1", one.id, "meeting", "CONSULT", ("Norland", "Sudmark"), "Port Anne",
               Time(span(one, "Monday"), "DATE", "2026-03-02", None, "r"), span(one, "The two sides met"), "r"),),
        (),
        (Wording(one.id, "patrol boats", "patrol boats", span(one, "patrol boats")),),
    )  # fmt: skip
    second = Reading(
        two,
        (heard,),
        (
            make_move(two, 1, "Sudmark", "accepts", words="Sudmark has accepted a truce of eight weeks",
                      giver="Norland", quantity=Quantity(8, 8, "weeks"), statement=heard.id, hedge=True),
            make_move(two, 2, "Sudmark", "offers", "detainee-release", "would free 20 of them", giver="Sudmark",
                      quantity=Quantity(20, 20, "people"), condition="if Norland pulls out its patrol boats"),
            make_move(two, 3, "Sudmark", "demands", "withdrawal", "if Norland pulls out its patrol boats",
                      giver="Norland"),
        ),
        (Proposal(f"{two.id}.p1", two.id, "Sudmark", "tabled", f"{one.id}.p1",
                  (Term("Norland", "ceasefire", Quantity(8, 8, "weeks"), None, None),
                   Term("Sudmark", "detainee-release", Quantity(20, 20, "people"), None,
                        span(two, "if Norland pulls out its patrol boats"))),
                  span(two, "would free 20 of them if Norland pulls out its patrol boats"), "r"),),
        (Figure(f"{two.id}.f1", two.id, "sailors held", 31, 31, "people", "exact", "its navy", None,
                span(two, "31 sailors"), span(two, "Sudmark holds 31 sailors"), "r"),),
        (Event(f"{two.id}.e1", two.id, "statement", "CONSULT", ("Ostia",), None, None,
               span(two, "according to Ostia's foreign ministry"), "r"),),
        (),
        (Wording(two.id, "patrol boats", "patrol boats", span(two, "patrol boats")),),
    )  # fmt: skip
    return make_ledger(
        (first, days("2026-03-03")),
        (second, days("2026-03-10", "2026-03-14")),
        origins={one.id: ("Harbour Gazette",)},
        ties=(Tie("contradicts", f"{one.id}.f1", f"{two.id}.f1", 1.0),),
        rejected=(InputError("three.pdf", "not a text"),),
    )
