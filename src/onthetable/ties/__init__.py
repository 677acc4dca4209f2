"""Between reports: when each was published, where its news comes from, which are copies, which claims agree."""

from __future__ import annotations

from collections.abc import Sequence

from onthetable.case import Case
from onthetable.model import Reading, Ties
from onthetable.ties.bodies import read_body
from onthetable.ties.claims import compare
from onthetable.ties.copies import Copies, families
from onthetable.ties.dating import date_reports
from onthetable.ties.origins import origins_of
from onthetable.ties.relays import find_relays

__all__ = ["Ties", "tie"]


def tie(readings: Sequence[Reading], case: Case) -> Ties:
    """What the reports say about one another. Any order of the same readings gives the same result."""
    readings = sorted({r.report.id: r for r in readings}.values(), key=lambda r: r.report.id)
    published = date_reports(readings, case)
    bodies = {r.report.id: read_body(r.report) for r in readings}
    copies = Copies(bodies.values()).ties(published)
    groups = families(bodies, copies)
    relays = find_relays(readings, published, groups, bodies)
    found = compare(readings, published, groups, relays, bodies, case.parties)
    origins = {r.report.id: origins_of(r) for r in readings}
    return Ties(published, origins, groups, (*copies, *relays, *found.ties), found.same, found.entails)
