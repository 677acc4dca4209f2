"""Marked-up clauses: negation, condition, exchange, hedge, nested attribution, speculation.

Six times 32 sentences on five invented talks (`eval/clauses`, in the format of `tests/cases/moves`), written by one who
had not seen the rules. A sentence is right if all moves that it requires are found, by party, act and issue, and
none beside those that it allows. Those of the talks in `HELD_OUT` nobody reads: only their totals are looked at.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any

from onthetable.case import Case, Party, pack
from onthetable.model import Report
from onthetable.pipeline import read
from onthetable.text import digest

FOLDER = Path(__file__).resolve().parent / "clauses"
HELD_OUT = ("nuclear", "coalition")


def clauses(*, held_out: bool = False) -> dict[str, float]:
    """The share of sentences that are right, in percent, by what they are there for and over all."""
    right: dict[str, list[bool]] = defaultdict(list)
    for path in sorted(FOLDER.glob("*.toml")):
        if (path.stem in HELD_OUT) == held_out:
            talks = tomllib.loads(path.read_text("utf-8"))
            parties = tuple(map(party, talks["party"]))
            case = Case(path.stem, tuple(map(pack, talks["packs"])), parties)
            for sentence in talks["sentence"]:
                right[sentence["rule"]].append(is_right(sentence, case))
    found = {rule: _percent(answers) for rule, answers in sorted(right.items())}
    return {**found, "all": _percent([a for answers in right.values() for a in answers])}


def party(row: dict[str, Any]) -> Party:
    fields: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in row.items()}
    return Party(**fields)


def is_right(sentence: dict[str, Any], case: Case) -> bool:
    """Whether the moves of a sentence are those that are marked."""
    text = sentence["text"]
    moves = read(Report(digest(text)[:12], "-", text, digest(text)), case).moves
    rows = {(m.party, m.act, m.issue) for m in moves}
    wanted = {tuple(row[:3]) for row in sentence["moves"]}
    allowed = {tuple(row[:3]) for row in sentence.get("optional", [])}
    return wanted <= rows <= wanted | allowed


def _percent(answers: list[bool]) -> float:
    return round(100 * sum(answers) / len(answers), 1)
