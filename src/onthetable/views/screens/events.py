"""The timeline: events on the days on which they happened, reports on those on which they can have come out."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import cached_property

from onthetable.views import charts, labels
from onthetable.views.ledger import Ledger


class Events:
    """Events in order, and the same drawn over time."""

    def __init__(self, ledger: Ledger, at: date | None) -> None:
        self._ledger = ledger
        self._reports = ledger.reports(at)
        self.events = ledger.timeline(at)

    @cached_property
    def chart(self) -> charts.Chart | None:
        """A lane for each type of event, and one for the reports below them."""
        groups: dict[str, list[charts.Point]] = defaultdict(list)
        for e in self.events:
            if e.date:
                title = f"{e.event.type}: {', '.join(e.event.participants)} · {labels.interval(e.date)}"
                groups[e.event.type].append(charts.Point(e.date, f"#ev-{e.event.id}", title))
        reports = [
            charts.Point(day, f"#r-{r.id}", f"report: {labels.title(r)} · {labels.interval(day)}")
            for r in self._reports
            if (day := self._ledger.day(r.id))
        ]
        return charts.timeline([*sorted(groups.items()), ("reports", reports)])
