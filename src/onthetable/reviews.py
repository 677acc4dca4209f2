"""What people say of the records of a ledger: accepted, rejected, edited, merged, split, undone.

A review is a record of its own and wins over every rebuild. It is anchored as in the W3C Web Annotation model, by the
quoted words with what stands around them (TextQuoteSelector) and by their place (TextPositionSelector), so that it
finds its record again when the report is read by other rules; one that finds none is an orphan, and is listed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Literal, get_args, get_type_hints

from pydantic import TypeAdapter, ValidationError

from onthetable.errors import UsageError
from onthetable.model import Event, Figure, Move, Proposal, Reading, Record, Report, Span, Statement

Action = Literal["accept", "reject", "edit", "merge", "split", "undo"]
Kind = Literal["statement", "move", "proposal", "figure", "event"]
_KINDS: dict[str, type[Record]] = {
    "statement": Statement, "move": Move, "proposal": Proposal, "figure": Figure, "event": Event,
}  # fmt: skip
AROUND = 32
"""Code points before and after a quotation that tell it from another one of the same words."""
DONE: dict[Action, str] = {
    "accept": "accepted", "reject": "rejected", "edit": "edited", "merge": "merged", "split": "split", "undo": "undone",
}  # fmt: skip
"""What was done, as rules and provenance name it."""
BY_HAND = "review:"
"""How the rule of a record begins that somebody has accepted or changed."""
_LISTS: dict[str, str] = {k: f"{k}s" for k in get_args(Kind)}
_EDITABLE: dict[str, frozenset[str]] = {
    "statement": frozenset({"manner", "hedge", "denied"}),
    "move": frozenset({"party", "act", "issue", "giver", "to", "when", "hedge", "speaker"}),
    "proposal": frozenset({"proposer", "status"}),
    "figure": frozenset({"measure", "low", "high", "unit", "qualifier", "authority"}),
    "event": frozenset({"type", "place", "participants"}),
}
"""What a person may change; spans are the report's own."""
_TOLD: dict[str, tuple[str, ...]] = {
    "statement": ("manner",), "move": ("party", "act", "issue"), "proposal": ("proposer",),
    "figure": ("measure", "low", "high"), "event": ("type",),
}  # fmt: skip
"""What tells two records on the same words apart, the most telling last."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """Which record is meant: its report and kind, its words, where they stand (code points), and what it said."""

    report: str
    kind: Kind
    exact: str
    prefix: str
    suffix: str
    start: int
    end: int
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """What somebody said of a record: who (`by`), when (`at`, ISO, UTC) and why.

    `changes` are the new values by field: one set for an edit, one for each part of a split. `other` is the record
    that a merge takes as said again, `undoes` the number of the review that an undo takes back.
    """

    action: Action
    by: str
    at: str
    anchor: Anchor | None = None
    reason: str | None = None
    changes: tuple[dict[str, Any], ...] = ()
    other: Anchor | None = None
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """A review (its number from 1, and itself) with a record (id) that it left as it is, changed or took away."""

    record: str
    number: int
    review: Review


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Readings as people corrected them, what each record owes to whom, and the reviews that found no record."""

    readings: tuple[Reading, ...]
    orphans: tuple[int, ...]
    corrections: tuple[Correction, ...] = ()


def anchor(report: Report, record: Record) -> Anchor:
    """What leads back to a record after its report was read again."""
    span, kind = words_of(record), kind_of(record)
    before, after = report.text[max(0, span.start - AROUND) : span.start], report.text[span.end : span.end + AROUND]
    return Anchor(report.id, kind, span.text, before, after, span.start, span.end, _said(record))


def kind_of(record: Record) -> Kind:
    """What kind of record it is."""
    found: Kind = type(record).__name__.lower()  # type: ignore[assignment]
    return found


def words_of(record: Record) -> Span:
    """The words that a record rests on."""
    return record.content if isinstance(record, Statement) else record.evidence


def waiting(moves: Iterable[Move]) -> list[Move]:
    """The moves that nobody has looked at, the least certain first."""
    return sorted((m for m in moves if not m.rule.startswith(BY_HAND)), key=doubtful)


def doubtful(move: Move) -> tuple[float, str]:
    """The place of a move among those that wait to be looked at."""
    return move.confidence, move.id


def made_by(corrections: Iterable[Correction]) -> dict[str, Correction]:
    """By record, the last correction that accepted, edited or split it: what its rule `review:...` stands for."""
    return {c.record: c for c in corrections if c.review.action in ("accept", "edit", "split")}


def checked(review: Review) -> Review:
    """The same review. Raises UsageError if it cannot be: no name, no such field, nothing to undo."""
    if not review.by.strip():
        raise UsageError("a review needs the name of who makes it")
    if (review.action == "undo") != (review.undoes is not None) or (review.action == "undo") == bool(review.anchor):
        raise UsageError("an undo names the review that it takes back, and every other review its record")
    if (review.action == "merge") != (review.other is not None):
        raise UsageError("a merge names the record that says the same, and no other review does")
    count = len(review.changes)
    if (review.action == "edit" and count != 1) or (review.action == "split" and count < 2):
        raise UsageError("an edit has one set of changes, and a split one for each part")
    if review.action not in ("edit", "split") and count:
        raise UsageError(f"{review.action} changes no field")
    if review.anchor:
        for change in review.changes:
            _check_change(review.anchor.kind, change)
    return review


def _check_change(kind: Kind, change: Mapping[str, Any]) -> None:
    unknown = sorted(set(change) - _EDITABLE[kind])
    if unknown:
        raise UsageError(f"{', '.join(unknown)}: a {kind} has {', '.join(sorted(_EDITABLE[kind]))} to edit")
    hints = get_type_hints(_KINDS[kind])
    for field, value in change.items():
        try:
            TypeAdapter(hints[field]).validate_python(value)
        except ValidationError as e:
            raise UsageError(f"{field} = {value!r}: {e.errors()[0]['msg']}") from None


def apply(readings: Sequence[Reading], reviews: Sequence[Review]) -> Reviewed:
    """The readings with every review that was not undone, in their order; the readings given stay as they are."""
    undone: set[int | None] = set()
    for n, review in reversed(list(enumerate(reviews, 1))):
        if review.action == "undo" and n not in undone:
            undone.add(review.undoes)
    mine: dict[str, list[tuple[int, Review]]] = defaultdict(list)
    for n, review in enumerate(reviews, 1):
        if review.anchor and n not in undone:
            mine[review.anchor.report].append((n, review))
    there = {r.report.id: r for r in readings}
    orphans = [n for report, found in mine.items() if report not in there for n, _ in found]
    made: list[Correction] = []
    for id, found in mine.items():
        if id in there:
            there[id], lost, done = _corrected(there[id], found)
            orphans += lost
            made += done
    made.sort(key=lambda c: c.number)
    return Reviewed(tuple(there[r.report.id] for r in readings), tuple(sorted(orphans)), tuple(made))


def _corrected(reading: Reading, reviews: Iterable[tuple[int, Review]]) -> tuple[Reading, list[int], list[Correction]]:
    records: dict[str, list[Record]] = {kind: list(getattr(reading, name)) for kind, name in _LISTS.items()}
    orphans: list[int] = []
    made: list[Correction] = []
    for n, review in reviews:
        place = _find(records, review.anchor)
        other = _find(records, review.other) if review.other else None
        if review.anchor is None or place is None or (review.other and other is None):
            orphans.append(n)
            continue
        mine = records[review.anchor.kind]
        record = mine[place]
        touched = [record.id]
        match review.action:
            case "accept":
                mine[place] = _changed(record, {}, review.action)
            case "edit":
                mine[place] = _changed(record, review.changes[0], review.action)
            case "split":
                parts = [_numbered(_changed(record, c, review.action), k) for k, c in enumerate(review.changes)]
                mine[place : place + 1] = parts
                touched = [p.id for p in parts]
            case "reject":
                del mine[place]
            case "merge" if review.other and other is not None and records[review.other.kind][other] is not record:
                touched.append(records[review.other.kind].pop(other).id)
        made += (Correction(id, n, review) for id in touched)
    lists = {name: tuple(records[kind]) for kind, name in _LISTS.items()}
    return replace(reading, **lists), orphans, made  # type: ignore[arg-type]


def _numbered(record: Record, part: int) -> Record:
    """The parts of a split keep the id of the whole, all but the first with a letter behind it."""
    return replace(record, id=f"{record.id}{chr(ord('a') + part)}") if part else record


def _changed(record: Record, change: Mapping[str, Any], action: Action) -> Record:
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in change.items()}
    names = {f.name for f in fields(record)}
    values |= {"confidence": 1.0} if "confidence" in names else {}
    values |= {"rule": BY_HAND + DONE[action]} if "rule" in names else {}
    return replace(record, **values)


def _find(records: Mapping[str, Sequence[Record]], wanted: Anchor | None) -> int | None:
    """The record that an anchor means: at its place, or else with its words nearest to it; what it said decides.

    Other rules may say one thing otherwise: another act, or another number.
    """
    if wanted is None:
        return None
    best: tuple[tuple[int, int, int], int] | None = None
    for n, record in enumerate(records[wanted.kind]):
        span = words_of(record)
        if not (span.start < wanted.end and wanted.start < span.end) and span.text != wanted.exact:
            continue
        told = sum(a == b for a, b in zip(_said(record), wanted.said, strict=False))
        score = (told, int(span.text == wanted.exact), -abs(span.start - wanted.start))
        if told >= max(1, len(wanted.said) - 1) and (best is None or score > best[0]):
            best = score, n
    return best[1] if best else None


def _said(record: Record) -> tuple[str, ...]:
    return tuple(str(getattr(record, name)) for name in _TOLD[kind_of(record)])
