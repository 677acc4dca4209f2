"""Cues from the anchors of a case that a report names: it comes after them, or before what is still to come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onthetable.case import Case
from onthetable.model import Basis, Interval
from onthetable.ties import likelihoods as like
from onthetable.ties.anchors import Hit
from onthetable.ties.cue import Cue


def anchored(hits: Sequence[Hit], case: Case) -> Iterator[Cue]:
    """For each anchor named, once: the report comes after it, or before it where it is still to come."""
    events = sorted({Interval(h.anchor.date, h.anchor.end or h.anchor.date) for h in hits})
    backs = {e: 1.0 if e.earliest == case.start else looked_back(hits, e) for e in events}
    latest = max((e for e in events if backs[e] > 0.5 and e.earliest != case.start), default=None)
    for event in events:
        day = event.earliest.isoformat()
        named = [h for h in hits if h.anchor.date == event.earliest]
        start, back = event.earliest == case.start, backs[event]
        view = "back" if back > 0.9 else "open" if back > 0.4 else "ahead"
        h = next((h for h in named if h.view == view), named[0])
        if view != "ahead":
            # The most exact words for it count.
            h = min(named, key=lambda x: (not x.dated, ("day", "month", None).index(x.bare)))
        says = {"back": f"looks back on {day}", "open": f"speaks of {day}, most likely as past",
                "ahead": f"speaks of {day} as still to come"}[view]  # fmt: skip
        says += " without naming its year" if h.bare and view != "ahead" else ""
        yield Cue(
            Basis(h.span, says),
            like.event(event, back, h.bare, start=start, latest=event == latest or back < 0.5),
            True,
        )


def looked_back(hits: Sequence[Hit], event: Interval) -> float:
    """How likely an event is past: six in seven where nothing tells, else as most of its mentions have it."""
    named = [h for h in hits if h.anchor.date == event.earliest]
    back, ahead = (sum(1 + h.sure for h in named if h.view == view) for view in ("back", "ahead"))
    return (0.85 + 3 * back) / (1 + 3 * back + 3 * ahead)
