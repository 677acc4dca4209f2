"""Which reports pass on what another report of the collection had: "..., the Orlan newspaper reported"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from onthetable.model import Published, Reading, Report, Span, Statement, Tie
from onthetable.outlets import same
from onthetable.text import plain, words
from onthetable.ties.bodies import Body, Sentence, overlap, read_body

SAME = 0.5
"""Share of the shorter sentence from which on two sentences tell the same."""
NEAR = 14
"""Days after a report within which another passes it on."""
KEPT = 50
"""Reports of one outlet in which the words are looked for, the latest of those that came out in time."""


def find_relays(
    readings: Sequence[Reading],
    published: Mapping[str, Published] | None = None,
    families: Iterable[Iterable[str]] = (),
) -> tuple[Tie, ...]:
    """Ties of kind `relays`, from a report that names an outlet for a statement to that outlet's own report of it.

    The outlet's report must tell the statement in a sentence of its own, must not have come out later (where
    `published` says so) nor more than `NEAR` days before, and the two must not be copies of one story
    (`families`). The evidence is the sentence in either; the score is the share of the shorter one that both
    tell. One tie for each pair of reports, the strongest. Any order of readings gives the same ties.
    """
    unique = {r.report.id: r for r in readings}
    family = {i: min(group) for group in map(tuple, families) for i in group}
    by_outlet: dict[str, list[Report]] = defaultdict(list)
    for i in sorted(unique, key=lambda i: (_latest(i, published or {}), i)):
        if outlet := unique[i].report.outlet:
            by_outlet[outlet].append(unique[i].report)
    bodies: dict[str, Body] = {}
    ties: list[Tie] = []
    for i, reading in sorted(unique.items()):
        best: dict[str, Tie] = {}
        for statement, reports in _named(reading, by_outlet):
            timely = [r for r in reports if _in_time(i, r.id, published or {})]
            for other in timely[-KEPT:]:
                if family.get(i, i) == family.get(other.id, other.id):
                    continue
                for report in (reading.report, other):
                    if report.id not in bodies:
                        bodies[report.id] = read_body(report)
                tie = _told(statement, bodies[i], bodies[other.id])
                if tie and (other.id not in best or tie.score > best[other.id].score):
                    best[other.id] = tie
        ties += best.values()
    return tuple(sorted(ties, key=lambda t: (t.source, t.target)))


def _named(reading: Reading, by_outlet: Mapping[str, Sequence[Report]]) -> Iterator[tuple[Statement, Sequence[Report]]]:
    """Statements with the reports of each outlet through which they came, or that makes them itself."""
    for statement in reading.statements:
        for outlet, reports in by_outlet.items():
            if any(same(name, outlet) for name in statement.relay) or _speaks(statement, outlet):
                yield statement, reports


def _speaks(statement: Statement, outlet: str) -> bool:
    source = statement.source
    if source is None or source.kind != "organisation":
        return False
    names = (source.name or "", source.span.text.split(",")[0])
    return _bare(outlet) in map(_bare, names)


def _bare(name: str) -> str:
    return plain(name).removeprefix("the ").strip()


def _latest(id: str, published: Mapping[str, Published]) -> date:
    return published[id].interval.latest if id in published else date.min


def _in_time(later: str, earlier: str, published: Mapping[str, Published]) -> bool:
    """Whether the one may have come out after the other, and soon enough; unknown days may be any."""
    a, b = published.get(later), published.get(earlier)
    if not a or not b:
        return True
    longest = (a.interval.latest - b.interval.earliest).days
    return longest >= 0 and (a.interval.earliest - b.interval.latest).days <= NEAR


def _told(statement: Statement, here: Body, there: Body) -> Tie | None:
    outlet = frozenset(w[:5] for w in words(there.report.outlet or ""))
    mine = [s for s in here.sentences if s.start < statement.content.end and statement.content.start < s.end]
    pairs = [(overlap(s, t), s, t) for s in mine for t in _like(s, there, outlet)]
    score, s, t = max(pairs, key=lambda p: (p[0], -p[2].start), default=(0.0, None, None))
    if s is None or t is None or score < SAME:
        return None
    evidence: tuple[Span, Span] = here.report.span(s.start, s.end), there.report.span(t.start, t.end)
    return Tie("relays", here.report.id, there.report.id, round(min(1.0, score), 3), evidence)


def _like(s: Sentence, body: Body, outlet: frozenset[str]) -> list[Sentence]:
    """Sentences of a body that share three things or more with the one given, the name of its outlet apart."""
    shared: dict[int, int] = defaultdict(int)
    for item in s.items:
        if item not in outlet:
            for n in body.places.get(item, ()):
                shared[n] += 1
    return [body.sentences[n] for n, count in shared.items() if count >= 3]
