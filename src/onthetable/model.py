"""Every record of the program, frozen.

Offsets are Unicode code points into `Report.text`, end exclusive, and `text[start:end]` is always the
quoted string. `None` means unknown, never a guess. The allowed values of the literal types are those of
the annotation guide: attribution as in PolNeAR (Newell, Margolin, Ruths 2018), times as in TIMEX3
(ISO-TimeML), event types as in PLOVER.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

Kind = Literal["named", "anonymous", "organisation", "document"]
Manner = Literal["direct", "indirect", "mixed"]
Act = Literal[
    "demands", "offers", "accepts", "rejects", "concedes", "considers",
    "threatens", "accuses", "denies", "meets", "mediates", "delivers",
]  # fmt: skip
When = Literal["now", "past", "planned"]
Status = Literal["tabled", "accepted", "rejected", "countered", "under-review", "in-force", "lapsed"]
Qualifier = Literal["exact", "at-least", "at-most", "about", "range", "vague"]
EventType = Literal["meeting", "visit", "statement", "attack", "release", "protest", "leak"]
TieKind = Literal["copies", "relays", "corroborates", "contradicts"]
ClaimKind = Literal["statement", "move", "figure", "event"]
PartyRole = Literal["principal", "mediator", "guarantor", "observer"]
GapState = Literal["agreed", "contested", "one-sided", "not reported"]
TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
ChangeKind = Literal[
    "new", "moved", "narrowed", "widened", "changed wording", "dropped", "reaffirmed", "not reported"
]  # fmt: skip
TermChangeKind = Literal["added", "dropped", "changed", "same"]

ACTS: tuple[Act, ...] = get_args(Act)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A piece of a report's text: `report.text[start:end] == text`."""

    start: int
    end: int
    text: str

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end or self.end - self.start != len(self.text):
            raise ValueError(f"no such span: {self.start}-{self.end} of {len(self.text)} code points")

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a code point."""
        return self.start < other.end and other.start < self.end

    def within(self, other: Span) -> bool:
        """Whether the other holds all of this one."""
        return other.start <= self.start and self.end <= other.end


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """Days from `earliest` to `latest`, both included."""

    earliest: date
    latest: date

    def __post_init__(self) -> None:
        if self.latest < self.earliest:
            raise ValueError(f"interval ends before it begins: {self.earliest} to {self.latest}")

    @property
    def days(self) -> int:
        """How many days it holds, at least 1."""
        return (self.latest - self.earliest).days + 1


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number or length: `high` None is "at least `low`", `low` None is "at most `high`"."""

    low: float | None
    high: float | None
    unit: str


# --- reports ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Furniture:
    """Text that is on the page but is no part of the report (share button, credit, comment form)."""

    span: Span
    rule: str


@dataclass(frozen=True, slots=True)
class Report:
    """One text as published.

    `id` begins with the sha256 of the stored text, so the same text twice is one report. `dated` is the
    day that the page's own metadata or a date line gives, with the words that give it where they are in
    the text. `credits` are the news organisations that bylines, datelines and credit lines name.
    """

    id: str
    path: str
    text: str
    sha256: str
    title: Span | None = None
    url: str | None = None
    outlet: str | None = None
    author: str | None = None
    language: str = "en"
    dated: date | None = None
    dated_by: Span | None = None
    furniture: tuple[Furniture, ...] = ()
    credits: tuple[str, ...] = ()

    def span(self, start: int, end: int) -> Span:
        """The span from `start` to `end` (code points, end exclusive) of the stored text."""
        return Span(start, end, self.text[start:end])


# --- spans --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody or something that a report speaks of and that can speak or act.

    `name` is the fullest form in the report ("Ada Lorn Brandt", "harbour officials"); `party` the
    short name of the party of the case for whom it acts or speaks; `kind` tells a single identified
    person from people unnamed, bodies and documents. `plural` is None where the text leaves it open.
    `members` are the parties of a group that stands for several ("both sides").
    """

    name: str
    kind: Kind
    party: str | None = None
    role: str | None = None
    plural: bool | None = None
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that refer to an actor: tokens `first` to `last` (end exclusive) around `head`.

    `actor` is an index into `Spans.actors`.
    """

    span: Span
    head: int
    first: int
    last: int
    form: Literal["name", "nominal", "pronoun"]
    actor: int


@dataclass(frozen=True, slots=True)
class Quote:
    """Quoted words: `span` with its marks, `inner` without; `open` where no closing mark was found.

    A speech over several paragraphs, each opened and only the last closed, is several quotes of which
    all but the last are `open`, chained by `continues`: the quote that goes before, as its index.
    """

    span: Span
    inner: Span
    open: bool = False
    continues: int | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """How a time follows from the document's day: `onthetable.dates` resolves it.

    `kind` is "offset" (`count` units of `unit` from the document's day; negative is before), "weekday"
    (`weekday` 0 is Monday; `count` -1 last, 1 next, 0 bare) or "calendar" (`month`, `day` or a `part` of the
    year such as "Q3" or "SU", without its year; `count` as before, and with `unit` "Y" that of the year:
    "October last year"). `part` is a part of the day in TIMEX3 ("TMO", "T15:30"), or of the year. `toward` is
    what the tense of the sentence says, if it says anything.
    """

    kind: Literal["offset", "weekday", "calendar"]
    unit: str | None = None
    count: int = 0
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    part: str | None = None
    toward: Literal["past", "future"] | None = None


@dataclass(frozen=True, slots=True)
class Time:
    """A TIMEX3: `value` where the words alone fix it, else `shift` says how it follows from the document's day."""

    span: Span
    type: TimeType
    value: str | None
    shift: Shift | None
    rule: str


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit and bounds, before it is known what is counted.

    `span` covers number, qualifier and unit ("more than 34,600", "six-week", "$3.5bn"); `first` to `last`
    (end exclusive) are its tokens.
    """

    span: Span
    first: int
    last: int
    low: float | None
    high: float | None
    unit: str | None
    qualifier: Qualifier


# --- statements ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Source:
    """Who says it: the words of the sentence, and who that is once the report is read."""

    span: Span
    name: str | None
    party: str | None
    kind: Kind


@dataclass(frozen=True, slots=True)
class Statement:
    """What a source is said to have said.

    `content` runs from the first to the last word of what is said; `pieces` are its parts without the
    cue and source of a split quotation. `relay` are the outlets through which the words came, the one
    nearest the source last. `quoted` are the stretches inside quotation marks.
    """

    id: str
    report: str
    content: Span
    pieces: tuple[Span, ...]
    cue: Span | None
    source: Source | None
    manner: Manner
    relay: tuple[str, ...]
    quoted: tuple[Span, ...]
    hedge: bool
    denied: bool
    rule: str
    confidence: float


# --- terms --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Move:
    """One act of a party on an issue, resting on the words of `evidence`.

    `actor` and `trigger` are the words that name who acts and how; `negated` tells that the act comes
    from a negated predicate ("refused to", "will not"). `rule` names what decided.
    """

    id: str
    report: str
    statement: str | None
    party: str
    speaker: str | None
    act: Act
    issue: str
    giver: str | None
    to: str | None
    quantity: Quantity | None
    condition: Span | None
    when: When
    hedge: bool
    negated: bool
    actor: Span | None
    trigger: Span
    evidence: Span
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that a proposal would have somebody give.

    `phase` is the part of the plan that it belongs to, in the words of the text; `duration` how long it lasts;
    `deadline` and `guarantee` are the words that say by when it is due and what makes it sure.
    """

    giver: str | None
    issue: str
    quantity: Quantity | None
    phase: str | None
    condition: Span | None
    duration: Quantity | None = None
    deadline: Span | None = None
    guarantee: Span | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A package of terms that somebody tabled; `answers` is the id of the proposal that it counters.

    `counters` tells that the text calls it an answer, whether or not it tells to what. `replies` are the ids of the
    moves by which others answer it in the same report.
    """

    id: str
    report: str
    proposer: str | None
    status: Status
    answers: str | None
    terms: tuple[Term, ...]
    evidence: Span
    rule: str
    counters: bool = False
    replies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in circulation: what is counted, between which bounds, by whose count."""

    id: str
    report: str
    measure: str
    low: float | None
    high: float | None
    unit: str
    qualifier: Qualifier
    authority: str | None
    as_of: Time | None
    number: Span
    evidence: Span
    rule: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened or is fixed: who, where and, where the report says so, when."""

    id: str
    report: str
    type: EventType
    plover: str
    participants: tuple[str, ...]
    place: str | None
    time: Time | None
    evidence: Span
    rule: str


@dataclass(frozen=True, slots=True)
class Wording:
    """How a report words a referent: the term as written, and where."""

    report: str
    referent: str
    term: str
    span: Span


Record = Statement | Move | Proposal | Figure | Event


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one report says by itself; it is never changed once made."""

    report: Report
    statements: tuple[Statement, ...]
    moves: tuple[Move, ...]
    proposals: tuple[Proposal, ...]
    figures: tuple[Figure, ...]
    events: tuple[Event, ...]
    times: tuple[Time, ...]
    wordings: tuple[Wording, ...]

    @property
    def records(self) -> Iterator[Record]:
        """Everything in it that has an id."""
        yield from self.statements
        yield from self.moves
        yield from self.proposals
        yield from self.figures
        yield from self.events


# --- between reports ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Basis:
    """A reason for a date: the words it rests on (None for page metadata) and what they say, in words."""

    span: Span | None
    says: str


@dataclass(frozen=True, slots=True)
class Published:
    """When a report was published, as an interval, with the reasons."""

    interval: Interval
    basis: tuple[Basis, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """A link between two reports, or two findings, by their ids."""

    kind: TieKind
    source: str
    target: str
    score: float
    evidence: tuple[Span, ...] = ()

    @property
    def reports(self) -> frozenset[str]:
        """The reports (ids) that it joins; a finding's id begins with that of its report."""
        return frozenset((self.source.partition(".")[0], self.target.partition(".")[0]))


@dataclass(frozen=True, slots=True)
class Ties:
    """What was found between reports.

    `published` and `origins` are by report id (a report that nothing dates is not in `published`); `families`
    are groups of ids of reports that are copies of one story. `same` are groups of ids of statements, moves, figures
    or events that say the same, earliest report first; one that nothing repeats is in none. `entails` are pairs of
    ids, each the first of its group or alone: what the first says holds the second, and not the other way round.
    A sentence in which nothing was found stands there, and in ties between findings, under the id of its report; so do
    two in which what was found does not go together.
    """

    published: dict[str, Published]
    origins: dict[str, tuple[str, ...]]
    families: tuple[tuple[str, ...], ...]
    ties: tuple[Tie, ...]
    same: tuple[tuple[str, ...], ...] = ()
    entails: tuple[tuple[str, str], ...] = ()


# --- derived by the ledger ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Extent:
    """How much there is: reports, the separate stories that they tell, and how they are dated.

    Nothing dates `undated` ones; of `guessed` ones the days follow from what they tell. `days` are from the first to
    the last on which one can have been published.
    """

    reports: int
    stories: int
    undated: int
    guessed: int
    days: Interval | None


@dataclass(frozen=True, slots=True)
class Stance:
    """One step in the history of a position: the act, the moves behind it and the day of the first report.

    `when` is None where nothing dates it: an undated report, or a move told as past (`past`), which came
    before its report, nobody says how long.
    """

    act: Act
    quantity: Quantity | None
    when: Interval | None
    moves: tuple[str, ...]
    past: bool = False


@dataclass(frozen=True, slots=True)
class Backing:
    """Behind how many reports something stands: their independent origins, and the named sources that they quote."""

    reports: int
    origins: int
    named: int


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing said or told, however often: the statements, moves, figures or events that say it.

    `members` are their ids, earliest report first, and `id` is the first of them. `reports` counts the reports and
    `origins` those of them that seem independent: copies and relays of one story count once, and so do the same words
    of people unnamed until something tells them apart. `named` counts the sources known by name. `entails` are the
    ids of claims that follow from this one and not the other way round ("59" and "at least 50"), `contradicts` those
    of claims that cannot be so as well.
    """

    id: str
    kind: ClaimKind
    members: tuple[str, ...]
    reports: int
    origins: int
    named: int
    entails: tuple[str, ...]
    contradicts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Position:
    """What the moves of a party on an issue add up to on a day.

    `moves` are those behind `stance` and `also` the other moves of the same day, both ids. `reports`, `origins` and
    `named` count what is behind `moves`, as for a claim. `planned` tells that the stance is announced for later.
    """

    party: str
    issue: str
    giver: str | None
    stance: Act
    quantity: Quantity | None
    since: Interval | None
    last_reported: Interval | None
    moves: tuple[str, ...]
    origins: int
    history: tuple[Stance, ...]
    also: tuple[str, ...] = ()
    planned: bool = False
    reports: int = 0
    named: int = 0

    @property
    def moved(self) -> bool:
        """Whether an earlier report had the party elsewhere on this."""
        return sum(not step.past for step in self.history) > 1


@dataclass(frozen=True, slots=True)
class Gap:
    """Where the parties stand to one another on an issue."""

    issue: str
    state: GapState
    positions: tuple[Position, ...]


@dataclass(frozen=True, slots=True)
class TermChange:
    """What a proposal does to a term of an earlier one; `before` is None where it is added, `after` where dropped."""

    kind: TermChangeKind
    before: Term | None
    after: Term | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a party makes of a proposal, by the last move (id) that tells it."""

    party: str
    status: Status
    move: str


@dataclass(frozen=True, slots=True)
class Track:
    """One proposal, however many reports tell of it: the same one in five reports has five `proposals` (ids).

    `id` is that of the first of them. `status` is that of the latest report. `answers` is the id of the track that
    it answers, `follows` that of the same side's last one before it; `changes` compare it with the one answered,
    else with the one that it follows.
    """

    id: str
    proposer: str | None
    proposals: tuple[str, ...]
    terms: tuple[Term, ...]
    status: Status
    by_party: tuple[Answer, ...]
    since: Interval | None
    last_reported: Interval | None
    answers: str | None
    follows: str | None
    changes: tuple[TermChange, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A position on two days; `before` is None where it is new."""

    kind: ChangeKind
    before: Position | None
    after: Position


@dataclass(frozen=True, slots=True)
class DatedEvent:
    """An event with the days on which it happened, apart from those on which it was reported."""

    event: Event
    date: Interval | None
    published: Interval | None


@dataclass(frozen=True, slots=True)
class Measure:
    """All figures in circulation for one thing counted, and where they contradict each other."""

    name: str
    unit: str
    figures: tuple[Figure, ...]
    contradictions: tuple[Tie, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """A figure with the days that it holds for, None where nothing dates it.

    `stated` tells that its report names the days; else they are those of publication. `part` tells that it
    is a part of another number ("32 of them").
    """

    figure: Figure
    days: Interval | None
    stated: bool
    part: bool


@dataclass(frozen=True, slots=True)
class Series:
    """What one authority counts of one measure over time, earliest first; `authority` None is nobody named."""

    measure: str
    unit: str
    authority: str | None
    counts: tuple[Count, ...]
    contradictions: tuple[Tie, ...]


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who is said to have said something; anonymous ones are never joined across reports."""

    name: str | None
    kind: Kind
    party: str | None
    statements: tuple[str, ...]
    relays: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutletWording:
    """The terms that an outlet uses for a referent, the most frequent first; `outlet` None is unknown."""

    outlet: str | None
    referent: str
    terms: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """One outlet's words for a claim: the finding (by id) that has them, its report, and the words."""

    outlet: str
    finding: str
    report: str
    words: Span


@dataclass(frozen=True, slots=True)
class Retelling:
    """One claim, by its id, in the words of two outlets or more; the earliest first, and of each outlet its first."""

    claim: str
    kind: ClaimKind
    told: tuple[Telling, ...]
