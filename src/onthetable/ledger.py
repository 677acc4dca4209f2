"""Ledger: ask it anything. Positions, gaps and changes are derived here from what the reports say.

A ledger never looks at text again and never settles a contradiction. Whatever the order in which the
readings come, its answers are the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onthetable import dates, spanning, standing
from onthetable.case import Case, Issue
from onthetable.changing import change
from onthetable.claiming import claimed, findings, together
from onthetable.errors import InputError
from onthetable.measuring import measures
from onthetable.model import (
    Act,
    Change,
    Claim,
    DatedEvent,
    Extent,
    Gap,
    GapState,
    Interval,
    Measure,
    Move,
    OutletWording,
    Position,
    Proposal,
    Published,
    Reading,
    Report,
    Retelling,
    Series,
    Statement,
    Tie,
    Ties,
    Time,
    Track,
    Voice,
)
from onthetable.quoting import voices
from onthetable.retelling import retold, worded
from onthetable.reviews import Correction, waiting, words_of
from onthetable.standing import placed
from onthetable.ties.independent import Origins, Wordings
from onthetable.ties.lines import find_lines
from onthetable.ties.series import as_of, find_series

if TYPE_CHECKING:
    from onthetable.exports import Format, Row, Table
    from onthetable.views.notebook import Html, Shown


@dataclass(frozen=True)
class Ledger:
    """What the reports say, all together.

    `readings` may come in any order and are kept in that of publication (earliest possible day, then latest,
    then id; undated reports first). `rejected` are the inputs that could not be read, and `corrections` what people
    said of records of a kept ledger.

    `at` is a day everywhere: a report counts once it is certain to have been published, an undated one
    always. Without it, everything counts.
    """

    case: Case
    readings: tuple[Reading, ...]
    ties: Ties
    rejected: tuple[InputError, ...] = field(default=(), compare=False)
    corrections: tuple[Correction, ...] = field(default=(), compare=False)
    _wordings: Wordings = field(default_factory=Wordings, compare=False, repr=False)

    def __post_init__(self) -> None:
        unique = {r.report.id: r for r in self.readings}
        order = sorted(unique.values(), key=lambda r: (placed(self.day(r.report.id)), r.report.id))
        object.__setattr__(self, "readings", tuple(order))

    # --- what is in it ------------------------------------------------------------------------------

    def reports(self, at: date | None = None) -> tuple[Report, ...]:
        """The reports, in order of publication."""
        return tuple(r.report for r in self._read(at))

    def report(self, id: str) -> Report:
        """The report of that id. Raises KeyError if there is none."""
        return self._by_id[id].report

    def reading(self, id: str) -> Reading:
        """What the report of that id says. Raises KeyError if there is none."""
        return self._by_id[id]

    def among(self, ids: Iterable[str]) -> frozenset[str]:
        """Which of these are reports of this ledger, by their ids."""
        return frozenset(i for i in ids if i in self._by_id)

    def published(self, id: str) -> Published | None:
        """When a report was published, and how that is known."""
        return self.ties.published.get(id)

    def day(self, id: str) -> Interval | None:
        """The days on which a report can have been published."""
        known = self.ties.published.get(id)
        return known.interval if known else None

    def extent(self, at: date | None = None) -> Extent:
        """How many reports there are, how many stories they tell, and from which days they are."""
        return spanning.extent(self.reports(at), self.day, self.family) if at else self._extent

    def publication_days(self) -> tuple[date, ...]:
        """The days by which reports were out for sure, each once."""
        return self._published

    def family(self, id: str) -> tuple[str, ...]:
        """The reports that tell one story with this one, itself included, in order of publication."""
        return self._families.get(id, (id,))

    def origins(self, id: str) -> tuple[str, ...]:
        """The news organisations that a report says it took its news from, nearest first."""
        return self.ties.origins.get(id, ())

    def statements(self, at: date | None = None) -> tuple[Statement, ...]:
        """Who said what, report by report in the order of the text."""
        return tuple(s for r in self._read(at) for s in r.statements)

    def statement(self, id: str) -> Statement:
        """The statement of that id. Raises KeyError if there is none."""
        return self._statements[id]

    def moves(
        self, at: date | None = None, *, party: str | None = None, issue: str | None = None, act: Act | None = None,
        last: int | None = None,
    ) -> tuple[Move, ...]:  # fmt: skip
        """Every move, or those of a party (by its name in the case), issue (by its id) or act; report by report.

        Of many, `last` gives so many of the latest.
        """
        if party and issue:
            history = self._histories.get((party, issue), [])
            if not (at or act):
                return tuple(history[-last:] if last else history)
            told = (m for m in history if self._known(m.report, at))
        else:
            told = (m for r in self._read(at) for m in r.moves)
        asked = [(name, value) for name, value in (("party", party), ("issue", issue), ("act", act)) if value]
        found = tuple(m for m in told if all(getattr(m, n) == v for n, v in asked))
        return found[-last:] if last else found

    def count(self, party: str, issue: str, at: date | None = None) -> int:
        """How many moves of a party on an issue there are."""
        return len(self.history(party, issue, at) if at else self._histories.get((party, issue), ()))

    def parties(self) -> tuple[str, ...]:
        """The parties of the case by name, then those that only a move names."""
        return self._parties_with(party for party, _ in self._histories)

    def move(self, id: str) -> Move:
        """The move of that id. Raises KeyError if there is none."""
        return self._moves[id]

    def waiting(self) -> Sequence[Move]:
        """The moves that nobody has looked at, the least certain first."""
        return self._waiting

    def proposals(self, at: date | None = None) -> tuple[Proposal, ...]:
        """Every package of terms, with its status as of its report."""
        return tuple(p for r in self._read(at) for p in r.proposals)

    def lines(self, at: date | None = None) -> tuple[Track, ...]:
        """Every proposal once, however many reports tell of it, with what it answers and how it differs from that."""
        return self._lines(at) if at else self._tracks

    def proposal(self, id: str) -> Proposal:
        """The proposal of that id. Raises KeyError if there is none."""
        return self._proposals[id]

    def issues(self) -> tuple[Issue, ...]:
        """The issues of the case's packs, each once, then those that only a move names."""
        return self._issues

    def contradictions(self, at: date | None = None) -> tuple[Tie, ...]:
        """Findings that cannot both be so; neither is preferred."""
        inside = {r.report.id for r in self._read(at)}
        found = (t for t in self.ties.ties if t.kind == "contradicts")
        return tuple(t for t in found if t.reports <= inside)

    # --- as others work with it ---------------------------------------------------------------------

    def rows(self, table: Table, at: date | None = None) -> list[Row]:
        """A flat table with names filled in, a dict for each row: reports, statements, moves, terms, figures, events,
        positions, claims, ties or wording. Raises UsageError for any other.
        """
        from onthetable.exports.rows import table as made

        return made(self, table, at)

    def to_pandas(self, table: Table = "moves", at: date | None = None) -> Any:
        """The same as a pandas DataFrame. Raises OnTheTableError if pandas or pyarrow is not installed."""
        from onthetable.exports.frames import to_pandas

        return to_pandas(self.rows(table, at), table)

    def to_polars(self, table: Table = "moves", at: date | None = None) -> Any:
        """The same as a polars DataFrame. Raises OnTheTableError if polars or pyarrow is not installed."""
        from onthetable.exports.frames import to_polars

        return to_polars(self.rows(table, at), table)

    def show(self, what: Shown = "positions", at: date | None = None) -> Html:
        """For a notebook: "positions", "proposals", or a report (or its id) with what findings rest on highlighted; a
        position with its history, a proposal or a line of them with its terms, or a move, each with its sentences.

        Raises KeyError for an id that no report has.
        """
        from onthetable.views import notebook

        return notebook.show(self, what, at)

    def _repr_html_(self) -> str:
        return self.show()

    def export(self, form: Format, folder: str | Path, at: date | None = None) -> tuple[Path, ...]:
        """Writes files into a folder, as csv, parquet, json, jsonld, plover, graphml, qdpx, docx or md.

        Raises UsageError for any other format.
        """
        from onthetable.exports import export

        return export(self, form, folder, at)

    # --- where the parties stand --------------------------------------------------------------------

    def positions(self, at: date | None = None) -> tuple[Position, ...]:
        """What the moves of each party on each issue, and giver, add up to.

        The latest report decides, a copy counting from the day of the story that it repeats. Of several
        moves on that day, unhedged goes before hedged, done or said now before planned, the party's own
        word or the reporter's before what another side says of it, and then the firmer act: delivers,
        accepts, rejects, concedes, offers, demands, threatens, considers. The rest of that day is in
        `also`. Accusations and denials are no positions, nor are meetings and mediation, except on talks,
        where both are the weakest. Moves told as past make history and nothing
        else. A move that names no giver goes with the only giver that the party's others on the issue name; an
        acceptance that names none answers whatever the party had open on the issue.
        Sorted by issue as in the packs, then party as in the case, then giver.
        """
        return self._positions(at) if at else self._standing

    def history(self, party: str, issue: str, at: date | None = None, *, last: int | None = None) -> tuple[Move, ...]:
        """All moves of a party on an issue, past ones too, in order of publication and text; or the `last` so many."""
        return self.moves(at, party=party, issue=issue, last=last)

    def gaps(self, at: date | None = None, *, steps: int | None = None) -> tuple[Gap, ...]:
        """How the principals' positions on each issue compare; all parties' where no principal has one.

        `agreed`: two or more have a position; at least one has accepted or delivered, unhedged and by its own
        word or the reporter's; the others offer, concede or demand what another has accepted to give; no two name
        different quantities, and none says that a thing ends of which another says that it stays (on talks: all
        meet or accept). `contested`: two or more, and not so.
        `one-sided`: one alone. `not reported`: none; silence is no agreement. `steps` gives of the history of each
        position so many of the latest steps.
        """
        found = self._gaps(at) if at else self._compared
        return tuple(Gap(g.issue, g.state, tuple(standing.lately(p, steps) for p in g.positions)) for g in found)

    def places(self, report: str) -> dict[str, int]:
        """The positions that moves of a report are part of, by their places in `positions`."""
        found = ((m.id, self._places.get(m.id)) for m in self.reading(report).moves)
        return {id: place for id, place in found if place is not None}

    def voices(self, report: str) -> dict[str, str]:
        """Of each statement of a report that has a source, the first statement of that source in all reports."""
        found = ((s.id, self._first_said.get(s.id)) for s in self.reading(report).statements)
        return {id: first for id, first in found if first is not None}

    def changes(self, since: date, until: date) -> tuple[Change, ...]:
        """What became of every position between two days.

        `new`: none before. `moved`: another act. `dropped`: given up. `narrowed` and `widened`: the number went
        down or up, or a condition came or went. `changed wording`: the same act in other words. `reaffirmed`:
        reported again and the same. `not reported`: nothing reported since, which is not to say unchanged.
        """
        before = {(p.party, p.issue, p.giver): p for p in self.positions(since)}
        return tuple(change(before.get((p.party, p.issue, p.giver)), p, self._moves) for p in self.positions(until))

    def independent(self, findings: Iterable[str]) -> tuple[str, ...]:
        """Who had it first: one name, or else the id of a report, for each independent origin of findings.

        `findings` are ids of statements, moves, figures or events. The origin of one is the outlet nearest to its
        source, else the organisations that its report credits, else the report's outlet, else the report itself.
        Reports of one family, and findings that share an origin, count once; so do the same words of people unnamed
        in two reports, unless they are said to speak for different parties. Raises KeyError for an unknown id.
        """
        return self._origins.of(findings)

    def claims(self, at: date | None = None, *, of: Iterable[str] | None = None) -> tuple[Claim, ...]:
        """What is said or told, each thing once, however many reports have it; in the order of the first of them.

        Every statement, move, figure and event is in one claim. Whether two say the same is decided on who says it, on
        shared quotations and words, on numbers, polarity and on who does what to whom; in doubt they are two.
        `of` gives those alone that these findings (ids) are in.
        """
        return self._claimed(at, of) if at or of is not None else self._claims

    def when(self, time: Time | None, report: str) -> Interval | None:
        """The days that a time in a report stands for, if they can be known."""
        published = self.day(report)
        return dates.interval(time, published) if time and published else None

    # --- what else is in circulation ----------------------------------------------------------------

    def timeline(self, at: date | None = None) -> tuple[DatedEvent, ...]:
        """Events with their own days, earliest first; those that nothing dates come last."""
        found = [
            DatedEvent(e, self.when(e.time, e.report), self.day(e.report)) for r in self._read(at) for e in r.events
        ]
        return tuple(sorted(found, key=lambda e: (e.date is None, placed(e.date), e.event.id)))

    def figures(self, at: date | None = None) -> tuple[Measure, ...]:
        """Figures by what they count, the most reported first, with the contradictions among them."""
        return measures((f for r in self._read(at) for f in r.figures), self.contradictions(at))

    def series(self, at: date | None = None) -> tuple[Series, ...]:
        """Figures by what they count and by whose count, earliest first: how a count went on over time.

        An authority is known by its name or its words, whatever article or title goes before; figures
        for which nobody is named are one series. Of several figures of a day, each has its place.
        """
        figures = [f for m in self.figures(at) for f in m.figures]
        return find_series(figures, {f.id: as_of(f, self.day(f.report)) for f in figures}, self.contradictions(at))

    def sources(self, at: date | None = None) -> tuple[Voice, ...]:
        """Who is said to have said something, the most quoted first.

        Named people and bodies are joined across reports by name; anonymous sources never are, not even
        where two reports describe them alike.
        """
        return self._sources if at is None else voices(self.statements(at))

    def wording(self, at: date | None = None) -> tuple[OutletWording, ...]:
        """The terms that each outlet uses for each referent; reports of unknown outlet are taken together."""
        return worded(self._read(at))

    def retellings(self, at: date | None = None, *, first: int | None = None) -> tuple[Retelling, ...]:
        """The claims, or the `first` so many, that several outlets have, each in its own words; statements first."""
        order = ("statement", "event", "figure", "move")
        found = {x.id: (kind, x) for r in self._read(at) for kind, x in findings(r)}
        own = together({id: kind for id, (kind, _) in found.items()}, self.ties)
        several = (g for i, g in own.items() if g[0] == i and len({found[m][1].report for m in g}) > 1)
        claims = sorted(((found[g[0]][0], g) for g in several), key=lambda c: order.index(c[0]))
        told = retold(
            claims, lambda i: (found[i][1].report, words_of(found[i][1])), self.report, self.contradictions(at)
        )
        return tuple(islice(told, first))

    # --- inside -------------------------------------------------------------------------------------

    @cached_property
    def _claims(self) -> tuple[Claim, ...]:
        return self._claimed(None, None)

    def _claimed(self, at: date | None, of: Iterable[str] | None) -> tuple[Claim, ...]:
        kinds = {x.id: kind for r in self._read(at) for kind, x in findings(r)}
        against = ((t.source, t.target) for t in self.contradictions(at))
        return tuple(claimed(kinds, self.ties, against, self._origins.behind, of))

    @cached_property
    def _tracks(self) -> tuple[Track, ...]:
        return self._lines(None)

    def _lines(self, at: date | None) -> tuple[Track, ...]:
        proposals = self.proposals(at)
        return find_lines(proposals, {p.report: self._story_days[p.report] for p in proposals}, self._moves)

    @cached_property
    def _standing(self) -> tuple[Position, ...]:
        return self._positions(None)

    def _positions(self, at: date | None) -> tuple[Position, ...]:
        groups = standing.grouped(self.moves(at))
        behind = self._origins.behind
        found = (standing.position(k, m, self._story_days, self._weight, behind) for k, m in groups.items())
        issues = {issue.id: n for n, issue in enumerate(self.issues())}
        parties = {party.name: n for n, party in enumerate(self.case.parties)}

        def place(p: Position) -> tuple[int, int, str, str]:
            return issues[p.issue], parties.get(p.party, len(parties)), p.party, p.giver or ""

        return tuple(sorted((p for p in found if p), key=place))

    @cached_property
    def _compared(self) -> tuple[Gap, ...]:
        return self._gaps(None)

    def _gaps(self, at: date | None) -> tuple[Gap, ...]:
        by_issue: dict[str, list[Position]] = defaultdict(list)
        for position in self.positions(at):
            by_issue[position.issue].append(position)
        return tuple(Gap(i.id, self._state(by_issue[i.id]), tuple(by_issue[i.id])) for i in self.issues())

    @cached_property
    def _places(self) -> dict[str, int]:
        return {m: n for n, p in enumerate(self.positions()) for m in standing.moves_of(p)}

    @cached_property
    def _sources(self) -> tuple[Voice, ...]:
        return voices(self.statements())

    @cached_property
    def _first_said(self) -> dict[str, str]:
        return {s: v.statements[0] for v in self.sources() for s in v.statements}

    @cached_property
    def _waiting(self) -> tuple[Move, ...]:
        return tuple(waiting(self.moves()))

    @cached_property
    def _issues(self) -> tuple[Issue, ...]:
        known = {i.id: i for p in self.case.with_all_packs().packs for i in p.issues}
        more = sorted({m.issue for m in self._moves.values()} - known.keys())
        return (*known.values(), *(Issue(i, i.removeprefix("other:").replace("-", " ")) for i in more))

    def _parties_with(self, moving: Iterable[str]) -> tuple[str, ...]:
        known = [p.name for p in self.case.parties]
        return (*known, *sorted(set(moving).difference(known)))

    @cached_property
    def _by_id(self) -> dict[str, Reading]:
        return {r.report.id: r for r in self.readings}

    @cached_property
    def _statements(self) -> dict[str, Statement]:
        return {s.id: s for r in self.readings for s in r.statements}

    @cached_property
    def _moves(self) -> dict[str, Move]:
        return {m.id: m for r in self.readings for m in r.moves}

    @cached_property
    def _histories(self) -> Mapping[tuple[str, str], list[Move]]:
        found: dict[tuple[str, str], list[Move]] = defaultdict(list)
        for m in (m for r in self.readings for m in r.moves):
            found[m.party, m.issue].append(m)
        return found

    @cached_property
    def _proposals(self) -> dict[str, Proposal]:
        return {p.id: p for r in self.readings for p in r.proposals}

    @cached_property
    def _families(self) -> dict[str, tuple[str, ...]]:
        place = {r.report.id: n for n, r in enumerate(self.readings)}
        groups = (tuple(sorted((i for i in f if i in place), key=place.__getitem__)) for f in self.ties.families)
        return {i: group for group in groups for i in group}

    @cached_property
    def _origins(self) -> Origins:
        families = self._families  # not the ledger itself, which would hold itself then and never go
        return Origins(self.readings, self.ties, lambda i: families.get(i, (i,))[0], self._wordings)

    def _read(self, at: date | None) -> Iterator[Reading]:
        return (r for r in self.readings if self._known(r.report.id, at))

    def _known(self, report: str, at: date | None) -> bool:
        """Whether a report was out on a day for sure, or may have been at any time."""
        day = self.day(report) if at else None
        return at is None or day is None or day.latest <= at

    @cached_property
    def _story_days(self) -> dict[str, Interval | None]:
        """The day of each report, or of the earliest one that tells the same story."""
        return spanning.story_days(self.reports(), self.day, self.family)

    @cached_property
    def _extent(self) -> Extent:
        return spanning.extent(self.reports(), self.day, self.family)

    @cached_property
    def _published(self) -> tuple[date, ...]:
        return spanning.publication_days(self.reports(), self.day)

    def _weight(self, move: Move) -> tuple[bool, bool, bool]:
        said = self._statements.get(move.statement or "")
        by = said.source.party if said and said.source else None
        return move.hedge, move.when == "planned", by is not None and by != move.party

    def _state(self, positions: list[Position]) -> GapState:
        principals = [p for p in positions if (known := self.case.party(p.party)) and known.role == "principal"]
        return standing.state(principals or positions, self._moves, self._firmly)

    def _firmly(self, p: Position) -> bool:
        return any(not any(self._weight(self._moves[m])) for m in p.moves)
