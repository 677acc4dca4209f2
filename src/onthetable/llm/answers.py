"""What of an answer counts: words in the text, labels in the case. The rest is dropped and counted."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from onthetable.case import Case, Party
from onthetable.model import Act, Kind, Manner, Move, Reading, Source, Span, Statement, When
from onthetable.statements.speakers import kind_of
from onthetable.text import plain

LONGEST = 1200
"""Code points of a quotation."""
MANY = 200
"""Findings of one answer that are looked at."""
SURE = 0.5
"""The confidence of what a model says: nobody has measured it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a model was asked about: the piece of a report that begins at `start`, and what is known of it already."""

    start: int
    text: str
    reading: Reading
    case: Case
    rule: str


@dataclass(frozen=True, slots=True)
class Found:
    """What of an answer counts, and how much was dropped, by reason."""

    statements: tuple[Statement, ...]
    moves: tuple[Move, ...]
    dropped: Counter[str]


def checked(answer: str, asked: Asked) -> Found:
    """The findings of an answer; ids are given later."""
    dropped: Counter[str] = Counter()
    raw = _parsed(answer)
    if raw is None:
        return Found((), (), Counter({"no JSON object": 1}))
    statements: list[Statement] = []
    moves: list[Move] = []
    for item in _items(raw, "statements", dropped):
        found = _statement(item, asked)
        if isinstance(found, str):
            dropped[found] += 1
        elif any(found.content.overlaps(s.content) for s in (*asked.reading.statements, *statements)):
            dropped["known already"] += 1
        else:
            statements.append(found)
    for item in _items(raw, "moves", dropped):
        move = _move(item, asked, statements)
        known = move if isinstance(move, str) else _known(move, (*asked.reading.moves, *moves))
        if known:
            dropped[known] += 1
        elif isinstance(move, Move):
            moves.append(move)
    return Found(tuple(statements), tuple(moves), dropped)


def _parsed(answer: str) -> dict[str, Any] | None:
    """The JSON object of an answer, also where words stand around it."""
    first, last = answer.find("{"), answer.rfind("}")
    if first < 0 or last < first:
        return None
    try:
        found = json.loads(answer[first : last + 1])
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _items(raw: dict[str, Any], name: str, dropped: Counter[str]) -> Iterator[dict[str, Any]]:
    found = raw.get(name, [])
    if not isinstance(found, list):
        dropped["no list"] += 1
        return
    dropped["too many"] += max(0, len(found) - MANY)
    for item in found[:MANY]:
        if isinstance(item, dict):
            yield item
        else:
            dropped["no object"] += 1


def _statement(item: dict[str, Any], asked: Asked) -> Statement | str:
    content = _words(item, asked)
    if isinstance(content, str):
        return content
    if item.get("manner") not in get_args(Manner):
        return "a label that is unknown"
    said = _quoted(item.get("source"), asked, near=content)
    if said is None:
        return "a source that is not in the text"
    return Statement(
        "", asked.reading.report.id, content, (content,), None, _source(said, asked), item["manner"], (), (), False,
        False, asked.rule, SURE,
    )  # fmt: skip


def _move(item: dict[str, Any], asked: Asked, added: Sequence[Statement]) -> Move | str:
    evidence = _words(item, asked)
    if isinstance(evidence, str):
        return evidence
    parties = {p.name: p for p in asked.case.parties}
    issues = [i.id for k in asked.case.with_all_packs().packs for i in k.issues]
    party, giver = item.get("party"), item.get("giver")
    known = isinstance(party, str) and party in parties and (giver is None or giver in list(parties))
    if not known or item.get("act") not in get_args(Act) or item.get("issue") not in issues:
        return "a label that is not in the case"
    if item.get("when", "now") not in get_args(When) or not isinstance(item.get("hedge", False), bool):
        return "a label that is unknown"
    if not _named_near(parties[str(party)], asked.reading, evidence):
        return "a party that is not named near the words"
    inside = next((s for s in (*asked.reading.statements, *added) if evidence.within(s.content)), None)
    return Move(
        "", asked.reading.report.id, inside.id or None if inside else None, str(party), None, item["act"],
        item["issue"], giver, None, None, None, item.get("when", "now"), item.get("hedge", False), False, None,
        evidence, evidence, asked.rule, SURE,
    )  # fmt: skip


def _words(item: dict[str, Any], asked: Asked) -> Span | str:
    """The words that a finding quotes, or why they do not count."""
    found = _quoted(item.get("quote"), asked)
    if found is None:
        return "words that are not in the text"
    return "page furniture" if any(f.span.overlaps(found) for f in asked.reading.report.furniture) else found


def _quoted(quote: Any, asked: Asked, near: Span | None = None) -> Span | None:
    """Where a quotation stands: letter by letter, in whole words, nearest to other words if they are given."""
    if not isinstance(quote, str) or not quote.strip() or len(quote) > LONGEST or (near is None and len(quote) < 8):
        return None
    quote, text = quote.strip(), asked.text
    places: list[int] = []
    at = text.find(quote)
    while at >= 0 and len(places) < 50:
        if not _cut(text, at, quote):
            places.append(asked.start + at)
        at = text.find(quote, at + 1)
    if not places:
        return None
    first = min(places, key=lambda p: abs(p - near.start)) if near else places[0]
    return asked.reading.report.span(first, first + len(quote))


def _cut(text: str, at: int, quote: str) -> bool:
    """Whether a quotation begins or ends within a word: "acceptable" is not what "unacceptable" says."""
    end = at + len(quote)
    return any(0 < i < len(text) and text[i - 1].isalnum() and text[i].isalnum() for i in (at, end))


def _source(said: Span, asked: Asked) -> Source:
    """Who a source is: as the report was read, as the case has it, else by its own words. Nobody is guessed at."""
    for s in asked.reading.statements:
        if s.source and s.source.kind != "anonymous" and said.text in (s.source.span.text, s.source.name):
            return Source(said, s.source.name, s.source.party, s.source.kind)
    name = plain(said.text)
    for p in asked.case.parties:
        if name in map(plain, p.people):
            return Source(said, said.text, p.name, "named")
        if name in _names(p):
            return Source(said, said.text, p.name, "organisation")
    kind = _kind(said.text)
    return Source(said, None if kind == "anonymous" else said.text, None, kind)


def _kind(words: str) -> Kind:
    """A name is two words or more that all begin with a capital; what names nobody is anonymous."""
    every = words.split()
    told = kind_of(every[-1].lower())
    if told:
        return told
    return "named" if len(every) > 1 and all(w[0].isupper() for w in every) else "anonymous"


def _names(party: Party) -> set[str]:
    return {plain(n) for n in (party.name, *party.aliases, *party.people, *party.places)}


def _named_near(party: Party, reading: Reading, evidence: Span) -> bool:
    """Whether a party, somebody of it or its place is named in the paragraph of some words, or in the one before."""
    text = reading.report.text
    first = max(0, text.rfind("\n", 0, max(0, text.rfind("\n", 0, evidence.start))))
    stop = text.find("\n", evidence.end)
    last = stop if stop >= 0 else len(text)
    speaks = (s.source.span for s in reading.statements if s.source and s.source.party == party.name)
    called = (w.span for w in reading.wordings if w.referent == party.name)
    if any(first <= s.start and s.end <= last for s in (*speaks, *called)):
        return True
    around = plain(text[first:last])
    names = _names(party) | {plain(n.split()[-1]) for n in party.people}
    return any(re.search(rf"(?<!\w){re.escape(n)}(?!\w)", around) for n in names)


def _known(move: Move, moves: Iterable[Move]) -> str | None:
    """Why a move adds nothing to those that stand on the same words: what was read before it goes first."""
    here = [m for m in moves if m.issue == move.issue and m.evidence.overlaps(move.evidence)]
    own = [m for m in here if m.party == move.party]
    if any(m.act == move.act for m in own):
        return "known already"
    if own:
        return "read otherwise already"
    if move.act != "meets" and any(m.act == move.act for m in here):
        return "read of another party already"
    return None
