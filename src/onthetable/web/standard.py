"""The screens that follow from the ledger alone, and which of them are written down with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from onthetable.answers import PAGE, Row, sealed
from onthetable.ledger import Ledger
from onthetable.views.screens.proposals import Proposals
from onthetable.views.screens.reports import Texts, places_of, sources_in
from onthetable.web.bodies import Screen, body_to_bytes, drawn
from onthetable.web.queries import NOTHING, Asked
from onthetable.web.screens import MANY, LatestEvents, MainFigures, MainSources, Narrowed, days_of, moved

RECENT = 14
"""Days on which reports came out that the news on the first page reach back."""


def stand(asked: Asked, since: date | None = None, last: date | None = None) -> Screen:
    """Where they stand, and what moved between two days, if they are given."""

    def context(ledger: Ledger) -> dict[str, Any]:
        news = moved(ledger.changes(since, last)) if since and last else ()
        return {"positions": Narrowed(asked.of(ledger)), "news": news, "since": since, "last": last}

    return Screen("stand.html", asked, f"{since} {last}" if since else "", context)


def issue(asked: Asked) -> Screen:
    """One issue, each position in its own words."""

    def context(ledger: Ledger) -> dict[str, Any]:
        s = asked.of(ledger)
        parties = [s.party] if s.party else ledger.parties()
        of = sum(ledger.count(p, s.issue or "", s.at) for p in parties)
        label = next(i.label for i in ledger.issues() if i.id == s.issue)
        return {"positions": Narrowed(s), "label": label, "moves": s.moves(MANY), "of": of}

    return Screen("issue.html", asked, "", context)


def proposals(asked: Asked) -> Screen:
    """Proposals, term by term."""

    def context(ledger: Ledger) -> dict[str, Any]:
        return {"proposals": Proposals(ledger, asked.at), "lines": asked.of(ledger).lines()[-MANY:]}

    return Screen("proposals_page.html", asked, "", context)


def timeline(asked: Asked) -> Screen:
    """Events and figures over time."""

    def context(ledger: Ledger) -> dict[str, Any]:
        return {"events": LatestEvents(ledger, asked.at), "figures": MainFigures(ledger, asked.at)}

    return Screen("timeline_page.html", asked, "", context)


def sources(asked: Asked) -> Screen:
    """Who said what."""
    return Screen("sources_page.html", asked, "", lambda x: {"sources": MainSources(x, asked.at)})


def listed(asked: Asked) -> Screen:
    """The latest reports."""

    def context(ledger: Ledger) -> dict[str, Any]:
        found = ledger.reports(asked.at)
        return {"reports": found[: -MANY - 1 : -1], "of": len(found)}

    return Screen("reports_list.html", asked, "", context)


def report(asked: Asked, id: str) -> Screen:
    """One report with what was read in it."""

    def context(ledger: Ledger) -> dict[str, Any]:
        reading = ledger.reading(id)
        family = ledger.family(id)
        ledger.among(family[: MANY + 1])
        texts = Texts(ledger, places_of(ledger, reading), sources_in(ledger, reading), (reading,), family, MANY)
        return {"reports": texts}

    return Screen("report_page.html", asked, id, context)


def changes(asked: Asked, first: date, last: date) -> Screen:
    """What became of every position between two days."""

    def context(ledger: Ledger) -> dict[str, Any]:
        every = asked.of(ledger).changes(first, last)
        kinds: dict[str, int] = {}
        for c in every:
            kinds[c.kind] = kinds.get(c.kind, 0) + 1
        return {"found": moved(every)[:MANY], "kinds": kinds, "first": first, "last": last}

    return Screen("changes.html", asked, f"{first} {last}", context)


def plain() -> Screen:
    """The first page for who was never here: where it is written down, so are all of `standard`."""
    return stand(NOTHING)


def standard(ledger: Ledger) -> Iterator[Screen]:
    """The screens that are asked most, of a ledger with reports."""
    issues = [g.issue for g in ledger.gaps(steps=1) if g.positions]
    yield plain()
    yield from (issue(Asked(None, None, id)) for id in issues)
    yield from (listed(NOTHING), proposals(NOTHING), timeline(NOTHING), sources(NOTHING))
    if days := days_of(ledger):
        yield changes(NOTHING, days.first, days.last)
    yield from (stand(Asked(None, party, None)) for party in ledger.parties())
    yield from (stand(Asked(None, None, id)) for id in issues)


def news(ledger: Ledger) -> Iterator[Screen]:
    """The first page for who was here on one of the last days on which reports came out, the latest first."""
    days = ledger.publication_days()
    yield from (stand(NOTHING, since, days[-1]) for since in reversed(days[-RECENT - 1 : -1]))


def seen(days: tuple[date, ...], visited: date) -> date | None:
    """From which day on there is news for who was here on a day: that of the last report then, or the earliest day
    that news reach back; None where there can be none."""
    recent = days[-RECENT - 1 :]
    known = [d for d in recent if d <= visited] or list(recent[:1])
    return known[-1] if known and known[-1] < days[-1] else None


def rows(screens: Iterable[Screen], ledger: Ledger) -> Iterator[Row]:
    """Screens as they are written down."""
    return ((PAGE, s.key, sealed(body_to_bytes(drawn(s, ledger)))) for s in screens)
