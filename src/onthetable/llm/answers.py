"""What of an answer counts: words in the text, labels in the case. The rest is dropped and counted."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, get_args

from onthetable.case import Case
from onthetable.model import Act, Manner, Move, Reading, Report, Source, Span, Statement, When
from onthetable.text import plain

LONGEST = 1200
"""Code points of a quotation."""
MANY = 200
"""Findings of one answer that are looked at."""
SURE = 0.5
"""The confidence of what a model says: nobody has measured it."""


@dataclass(frozen=True, slots=True)
class Found:
    """What of an answer counts, and how much was dropped, by reason."""

    statements: tuple[Statement, ...]
    moves: tuple[Move, ...]
    dropped: Counter[str]


def checked(answer: str, report: Report, start: int, text: str, case: Case, reading: Reading, rule: str) -> Found:
    """The findings of an answer to a piece of a report that begins at `start`; ids are given later."""
    dropped: Counter[str] = Counter()
    raw = _parsed(answer)
    if raw is None:
        return Found((), (), Counter({"no JSON object": 1}))
    statements: list[Statement] = []
    moves: list[Move] = []
    for item in _items(raw, "statements", dropped):
        found = _statement(item, report, start, text, case, rule)
        if isinstance(found, str):
            dropped[found] += 1
        elif any(_overlap(found.content, s.content) for s in (*reading.statements, *statements)):
            dropped["known already"] += 1
        else:
            statements.append(found)
    for item in _items(raw, "moves", dropped):
        move = _move(item, report, start, text, case, (*reading.statements, *statements), rule)
        if isinstance(move, str):
            dropped[move] += 1
        elif any(_same(move, m) for m in (*reading.moves, *moves)):
            dropped["known already"] += 1
        else:
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


def _statement(item: dict[str, Any], report: Report, start: int, text: str, case: Case, rule: str) -> Statement | str:
    content = _quoted(item.get("quote"), report, start, text)
    if content is None:
        return "words that are not in the text"
    if item.get("manner") not in get_args(Manner):
        return "a label that is unknown"
    said = _quoted(item.get("source"), report, start, text, near=content)
    if said is None:
        return "a source that is not in the text"
    party = next((p.name for p in case.parties if plain(said.text) in _names(p)), None)
    source = Source(said, said.text, party, "named")
    return Statement("", report.id, content, (content,), None, source, item["manner"], (), (), False, False, rule, SURE)


def _move(
    item: dict[str, Any],
    report: Report,
    start: int,
    text: str,
    case: Case,
    statements: tuple[Statement, ...],
    rule: str,
) -> Move | str:
    evidence = _quoted(item.get("quote"), report, start, text)
    if evidence is None:
        return "words that are not in the text"
    parties = {p.name: p for p in case.parties}
    issues = {i.id for k in case.packs for i in k.issues}
    party, giver = item.get("party"), item.get("giver")
    known = (
        isinstance(party, str) and party in parties and (giver is None or (isinstance(giver, str) and giver in parties))
    )
    if not known or item.get("act") not in get_args(Act) or item.get("issue") not in issues:
        return "a label that is not in the case"
    if item.get("when", "now") not in get_args(When) or not isinstance(item.get("hedge", False), bool):
        return "a label that is unknown"
    if not _named_near(parties[str(party)], report.text, evidence):
        return "a party that is not named near the words"
    inside = next((s for s in statements if s.content.start <= evidence.start and evidence.end <= s.content.end), None)
    return Move(
        "", report.id, inside.id or None if inside else None, str(party), None, item["act"], item["issue"], giver, None,
        None, None, item.get("when", "now"), item.get("hedge", False), False, None, evidence, evidence, rule, SURE,
    )  # fmt: skip


def _quoted(quote: Any, report: Report, start: int, text: str, near: Span | None = None) -> Span | None:
    """Where a quotation stands: letter by letter, nearest to other words if they are given."""
    if not isinstance(quote, str) or not quote.strip() or len(quote) > LONGEST or (near is None and len(quote) < 8):
        return None
    places: list[int] = []
    at = text.find(quote)
    while at >= 0 and len(places) < 50:
        places.append(start + at)
        at = text.find(quote, at + 1)
    if not places:
        return None
    first = min(places, key=lambda p: abs(p - near.start)) if near else places[0]
    return report.span(first, first + len(quote))


def _names(party: Any) -> set[str]:
    return {plain(n) for n in (party.name, *party.aliases, *party.people, *party.places)}


def _named_near(party: Any, text: str, evidence: Span) -> bool:
    """Whether a party, somebody of it or its place is named in the paragraph of some words, or in the one before."""
    first = text.rfind("\n", 0, max(0, text.rfind("\n", 0, evidence.start)))
    end = text.find("\n", evidence.end)
    around = plain(text[max(0, first) : end if end >= 0 else len(text)])
    return any(n and n in around for name in _names(party) for n in (name, name.split()[-1] if " " in name else name))


def _overlap(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


def _same(a: Move, b: Move) -> bool:
    return (a.party, a.act, a.issue) == (b.party, b.act, b.issue) and _overlap(a.evidence, b.evidence)
