"""Readings of made-up reports by the thousand, for measuring what ties cost: wire stories and what becomes of them.

One long conflict: every report shares its parties, people, places and set phrases with all others. Most stories
come once; a wire story is carried on by up to some dozens of outlets: verbatim, trimmed, reordered, reworded with the
quotations kept, or merged with another story of the day. Deterministic: the same count gives the same reports.
"""

from __future__ import annotations

import datetime as dt
import random
import tomllib
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import get_args

from onthetable.case import Anchor, Case, Party
from onthetable.model import Act, Figure, Move, Quantity, Reading, Report, Source, Span, Statement
from onthetable.text import digest

START = dt.date(2024, 1, 8)
DAYS = 700
PARTIES = ("Varnia", "Holm Front", "Estland League", "Ardal")
ISSUES = ("ceasefire", "withdrawal", "prisoners", "aid", "talks", "guarantees", "status")
TOLL = "people killed"
MEASURES = ("prisoners held", TOLL, "people displaced", "trucks", "soldiers", "homes destroyed")
ACTS: tuple[Act, ...] = get_args(Act)

_DATA = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
_SYLLABLES = _DATA["syllables"].split()
_NOUNS = _DATA["nouns"].split()
_VERBS = _DATA["verbs"].split()
_ADJECTIVES = _DATA["adjectives"].split()
_WORDS = _DATA["words"].split()
_STOCK = _DATA["stock"]
_SYNONYMS = _DATA["synonyms"]


@dataclass(frozen=True, slots=True)
class _Line:
    """A sentence and what a reading finds in it."""

    text: str
    kind: str = ""
    party: str = ""
    act: Act = "offers"
    what: str = ""
    count: int = 0
    relay: str | None = None


@dataclass(frozen=True, slots=True)
class _Story:
    day: dt.date
    outlet: str
    lines: tuple[_Line, ...]


def case() -> Case:
    """The conflict, with an anchor every two months."""
    anchors = tuple(
        Anchor(START + dt.timedelta(days=n), None, (f"the battle of {_name(random.Random(n))}",))
        for n in range(0, DAYS, 60)
    )
    return Case("Made-up war", parties=tuple(map(Party, PARTIES)), anchors=anchors, start=START)


def newsroom(count: int) -> list[Reading]:
    """So many readings, in the order of publication."""
    dice = random.Random(count)
    people = [f"{_name(dice)} {_name(dice)}" for _ in range(80)]
    outlets = [
        f"The {_name(dice)} {t}" for t in ("Courier", "Gazette", "Tribune", "Herald", "Times") for _ in range(30)
    ]
    return list(_readings(count, dice, people, outlets))


def _readings(count: int, dice: random.Random, people: Sequence[str], outlets: Sequence[str]) -> Iterator[Reading]:
    made = 0
    recent: deque[_Story] = deque(maxlen=20)
    while made < count:
        day = START + dt.timedelta(days=made * DAYS // count)
        story = _story(day, dice, people, outlets, recent)
        previous = recent[-1] if recent else None
        copies = 0 if dice.random() < 0.6 else min(60, int(dice.paretovariate(1.1)))
        for n in range(min(1 + copies, count - made)):
            lines = story.lines if n == 0 else _copied(story, previous, dice)
            outlet = story.outlet if n == 0 else dice.choice(outlets)
            yield _reading(lines, outlet, day if dice.random() < 0.85 else None, made)
            made += 1
        recent.append(story)


def _name(dice: random.Random) -> str:
    return "".join(dice.choices(_SYLLABLES, k=3)).capitalize()


def _story(
    day: dt.date, dice: random.Random, people: Sequence[str], outlets: Sequence[str], recent: Sequence[_Story]
) -> _Story:
    cast = dice.sample(people, 4)
    makers = (_happened, _quoted, _moved, partial(_counted, day))
    lines = [dice.choice(makers)(dice, cast) for _ in range(dice.randint(7, 18))]
    taken = [_passed_on(dice.choice(recent), dice)] if recent and dice.random() < 0.5 else []
    stock = [_Line(s) for s in _STOCK if dice.random() < 0.5]
    return _Story(day, dice.choice(outlets), (*lines, *taken, *stock))


def _thing(dice: random.Random) -> str:
    return f"{dice.choice(_ADJECTIVES)} {dice.choice(_NOUNS)}"


def _happened(dice: random.Random, cast: Sequence[str]) -> _Line:
    tail = f"{dice.randint(2, 400)} people had {dice.choice(_VERBS)} the {dice.choice(_NOUNS)}"
    head = f"{dice.choice(cast)} {dice.choice(_VERBS)} the {_thing(dice)} near {_name(dice)}"
    return _Line(f"{head} after {tail} by the {_thing(dice)}.")


def _quoted(dice: random.Random, cast: Sequence[str]) -> _Line:
    words = " ".join(dice.sample(_WORDS, dice.randint(6, 14))).capitalize()
    return _Line(f'"{words}," said {dice.choice(cast)}, who {dice.choice(_VERBS)} the {_thing(dice)}.', "said")


def _moved(dice: random.Random, cast: Sequence[str]) -> _Line:
    party, act, count = dice.choice(PARTIES), dice.choice(ACTS), dice.choice((30, 42, 60, 90, 120))
    issue = dice.choice(ISSUES)
    text = f"{party} {act} {issue} of {count} days at the {_thing(dice)}, {dice.choice(cast)} told officials."
    return _Line(text, "move", party, act, issue, count)


def _counted(day: dt.date, dice: random.Random, cast: Sequence[str]) -> _Line:
    what, count = dice.choice(MEASURES), dice.randint(20, 90) * dice.choice((1, 10, 100))
    if what == TOLL:  # it only grows
        count = 1_000 + 50 * (day - START).days + dice.randrange(0, 50, 5)
    return _Line(
        f"The ministry counts {count:,} {what} around the {_thing(dice)} of {_name(dice)}.",
        "figure",
        "",
        "offers",
        what,
        count,
    )


def _passed_on(story: _Story, dice: random.Random) -> _Line:
    own = [x for x in story.lines if x.text not in _STOCK and '"' not in x.text and not x.relay]
    line = dice.choice(own or story.lines)
    return _Line(f"{line.text[:-1]}, {story.outlet} reported.", "said", relay=story.outlet)


def _copied(story: _Story, other: _Story | None, dice: random.Random) -> Sequence[_Line]:
    lines = list(story.lines)
    how = dice.choice(("verbatim", "trimmed", "reordered", "reworded", "reworded", "merged"))
    if how == "trimmed":
        return lines[: max(5, len(lines) * dice.randint(4, 8) // 10)]
    if how == "reordered":
        dice.shuffle(lines)
    if how == "merged" and other:
        return [*lines[: len(lines) * 2 // 3], *other.lines[: len(other.lines) * 2 // 3]]
    return [replace(x, text=_reworded(x.text)) for x in lines] if how == "reworded" else lines


def _reworded(text: str) -> str:
    pieces = text.split('"')
    for n in range(0, len(pieces), 2):
        pieces[n] = " ".join(_SYNONYMS.get(w, w) for w in pieces[n].split(" "))
    return '"'.join(pieces)


def _reading(lines: Sequence[_Line], outlet: str, day: dt.date | None, number: int) -> Reading:
    text, places = f"Edition {number}\n", []
    for n, line in enumerate(lines):
        places.append((len(text), len(text) + len(line.text)))
        text += line.text + ("\n\n" if n % 2 else " ")
    sha = digest(text)
    report = Report(sha[:12], f"{number}.txt", text, sha, outlet=outlet, dated=day)
    statements, moves, figures = [], [], []
    for n, (line, (start, end)) in enumerate(zip(lines, places, strict=True)):
        span = Span(start, end, line.text)
        if line.kind in ("said", "move"):
            who = Source(Span(start, start + 6, line.text[:6]), None, line.party or None, "named")
            relay = (line.relay,) if line.relay else ()
            statements.append(
                Statement(
                    f"{report.id}.s{n}",
                    report.id,
                    span,
                    (span,),
                    None,
                    who,
                    "indirect",
                    relay,
                    (),
                    False,
                    False,
                    "made",
                    1.0,
                )
            )
        if line.kind == "move":
            many = Quantity(line.count, line.count, "day")
            moves.append(
                Move(
                    f"{report.id}.m{n}",
                    report.id,
                    f"{report.id}.s{n}",
                    line.party,
                    None,
                    line.act,
                    line.what,
                    None,
                    None,
                    many,
                    None,
                    "now",
                    False,
                    False,
                    None,
                    span,
                    span,
                    "made",
                    1.0,
                )
            )
        if line.kind == "figure":
            figures.append(
                Figure(
                    f"{report.id}.f{n}",
                    report.id,
                    line.what,
                    line.count,
                    line.count,
                    "people",
                    "exact",
                    "the ministry",
                    None,
                    Span(start, start + 3, line.text[:3]),
                    span,
                    "made",
                )
            )
    return Reading(report, tuple(statements), tuple(moves), (), tuple(figures), (), (), ())
