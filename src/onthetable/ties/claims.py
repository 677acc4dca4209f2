"""Claims of different reports that support or contradict each other; they are kept side by side, never settled.

A claim is linked to the earliest one that it agrees with, not to every member of a group, so that the ties
grow with the number of claims and not with its square.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any

from onthetable import dates
from onthetable.lexicon import load
from onthetable.model import Act, Figure, Interval, Move, Published, Quantity, Reading, Span, Tie, TieKind
from onthetable.text import words

NEAR = 7
"""Days that two claims may lie apart and still be about one state of things."""
NEAR_FIGURES = 3
"""The same for two counts: a count that is older than this may just have grown."""
ROUGHLY = 0.1
"""How far a number that is "about" reaches to either side."""
FAR = 4.0
"""Two numbers further apart than this factor count different things under one name."""
TALKS = "talks"
"""The issue of every pack that is about whether, where and on what basis to negotiate."""
ABOUT = 2
"""Words, party names apart, that two claims on the talks as such have to share to be about one thing."""
CLOSE = 200
"""Code points from a claim to a denial that refers back to it."""
KEPT = 12
"""Earlier claims of a group that a later one is compared with."""


@dataclass(frozen=True, slots=True)
class _Claim:
    """A move or figure with the days it holds for (None: unknown) and the story that it comes from."""

    id: str
    report: str
    family: str
    days: Interval | None
    evidence: Span
    confidence: float

    @property
    def order(self) -> tuple[date, date, str, int, str]:
        """Earliest first; unknown days last."""
        days = self.days or Interval(date.max, date.max)
        return days.earliest, days.latest, self.report, self.evidence.start, self.id


@dataclass(frozen=True, slots=True)
class _Count(_Claim):
    """`thing` is what is counted, apart from how an outlet words it."""

    figure: Figure
    thing: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Step(_Claim):
    move: Move


def find_claims(
    readings: Sequence[Reading],
    published: Mapping[str, Published] | None = None,
    families: Iterable[Iterable[str]] = (),
) -> tuple[Tie, ...]:
    """Ties of kind `corroborates` and `contradicts` between moves and between figures, from the later to the earlier.

    Corroborates: one party, act, issue and giver with a compatible quantity, or one measure with the same
    number, in reports of different stories (`families` are the groups of copies) within `NEAR` days.
    Contradicts: numbers of one measure that exclude each other on days that overlap or lie `NEAR_FIGURES`
    apart (in two reports, or in one by two authorities); a move and a denial by the same party of that issue;
    one party accepting and rejecting the same. `published` gives the days of a report by its id; a report
    without any is taken to contradict no other. The evidence is that of `source`, then that of `target`.
    """
    published = published or {}
    family = {i: min(group) for group in map(tuple, families) for i in group}
    unique = list({r.report.id: r for r in readings}.values())
    tabled = {(m.quantity.low, m.quantity.high) for r in unique for m in r.moves if m.quantity and m.act != "delivers"}
    steps, counts = [], []
    for r in unique:
        days = published[r.report.id].interval if r.report.id in published else None
        own = family.get(r.report.id, r.report.id)
        steps += [_Step(m.id, r.report.id, own, days, m.evidence, m.confidence, m) for m in r.moves]
        for f in r.figures:
            definite = _definite(f, r.report.text)
            thing = _thing(f, definite=definite)
            if (
                thing
                and not _part(f, r.report.text)
                and (definite or thing & _words("suffered") or not _on_the_table(f, tabled))
            ):
                counts.append(_Count(f.id, r.report.id, own, _as_of(f, days), f.evidence, 1.0, f, thing))
    ties = {*_of_moves(steps), *_of_figures(counts)}
    return tuple(sorted(ties, key=lambda t: (t.kind, t.source, t.target)))


def _tie(kind: TieKind, later: _Claim, earlier: _Claim, score: float) -> Tie:
    return Tie(kind, later.id, earlier.id, round(score, 3), (later.evidence, earlier.evidence))


def _near(a: _Claim, b: _Claim, days: int) -> bool | None:
    """Whether the days of the two overlap or lie so many apart at most; None where either is unknown."""
    if a.report == b.report:
        return True
    if not a.days or not b.days:
        return None
    gap = max(a.days.earliest, b.days.earliest) - min(a.days.latest, b.days.latest)
    return gap.days <= days


def _by(claims: Iterable[tuple[Hashable, _Claim]]) -> Iterator[list[Any]]:
    """Claims of one key together, earliest first."""
    groups: dict[Hashable, list[_Claim]] = defaultdict(list)
    for key, claim in claims:
        groups[key].append(claim)
    for group in groups.values():
        yield sorted(group, key=lambda c: c.order)


# --- moves --------------------------------------------------------------------------------------------


def _of_moves(steps: Sequence[_Step]) -> Iterator[Tie]:
    for group in _by(((s.move.party, s.move.act, s.move.issue, s.move.giver), s) for s in steps):
        yield from _supported(group)
    for group in _by(((s.move.party, s.move.issue), s) for s in steps):
        yield from _opposed(group)


def _supported(group: Sequence[_Step]) -> Iterator[Tie]:
    first: list[_Step] = []
    for step in group:
        like = [s for s in first[-KEPT:] if _compatible(s.move.quantity, step.move.quantity)]
        like = [s for s in like if _near(s, step, NEAR) is not False and _one_matter(s, step)]
        other = next((s for s in like if s.family != step.family), None)
        if other:
            yield _tie("corroborates", step, other, min(step.confidence, other.confidence))
        if not like:
            first.append(step)


def _opposed(group: Sequence[_Step]) -> Iterator[Tie]:
    """A claim and the earliest one near it that cannot be true as well, one of each act."""
    seen: dict[tuple[Act, str | None], list[_Step]] = defaultdict(list)
    for step in group:
        for (act, giver), earlier in seen.items():
            if _exclude(step.move.act, act) and _same_giver(giver, step.move.giver):
                other = next((s for s in earlier if _clash(s, step)), None)
                if other:
                    yield _tie("contradicts", step, other, min(step.confidence, other.confidence))
        mine = seen[step.move.act, step.move.giver]
        mine.append(step)
        del mine[:-KEPT]


def _clash(a: _Step, b: _Step) -> bool:
    if _near(a, b, NEAR_FIGURES) is not True or not _compatible(a.move.quantity, b.move.quantity):
        return False
    if "denies" in (a.move.act, b.move.act):
        return (a.move.statement != b.move.statement or a.move.statement is None) and _denied(a, b)
    if not _one_matter(a, b):
        return False
    if "past" in (a.move.when, b.move.when):
        return False
    return a.report != b.report and (a.move.quantity is None) == (b.move.quantity is None)


def _denied(a: _Step, b: _Step) -> bool:
    """Whether a denial is about the move: it follows it closely ("denied any such thing") or has its words."""
    close = a.report == b.report and 0 <= b.evidence.start - a.evidence.end <= CLOSE and b.move.act == "denies"
    if close and frozenset(_data()["denial"]["pointing"].split()).intersection(words(b.evidence.text)):
        return True
    return _shared(a, b) >= (ABOUT if a.move.issue == TALKS else 1)


def _one_matter(a: _Step, b: _Step) -> bool:
    """Whether two moves on one issue can be about one thing; "talks" may be about anything at all."""
    return a.move.issue != TALKS or _shared(a, b) >= ABOUT


def _shared(a: _Step, b: _Step) -> int:
    """How many words of matter two moves share, by their stems: neither names nor words of every sentence."""
    names = _stems(a.move.party) | _stems(a.move.to or "") | _stems(b.move.to or "")
    return len((_stems(a.evidence.text) & _stems(b.evidence.text)) - names - _stems(_ignored()))


@lru_cache(4096)
def _stems(text: str) -> frozenset[str]:
    return frozenset(w[:5] for w in words(text) if len(w) > 3)


@cache
def _ignored() -> str:
    return str(load("onthetable.ties", "copies.toml")["ignored"])


def _exclude(a: Act, b: Act) -> bool:
    data = _data()
    if "denies" in (a, b):
        return (b if a == "denies" else a) in data["denial"]["of"]
    return b in data["opposed"].get(a, ()) or a in data["opposed"].get(b, ())


def _same_giver(a: str | None, b: str | None) -> bool:
    return a is None or b is None or a == b


def _compatible(a: Quantity | None, b: Quantity | None) -> bool:
    """Whether both can be true of one thing: no quantity leaves it open."""
    if a is None or b is None:
        return True
    return a.unit == b.unit and not _excludes(_bounds(a.low, a.high), _bounds(b.low, b.high))


# --- figures ------------------------------------------------------------------------------------------


def _of_figures(counts: Sequence[_Count]) -> Iterator[Tie]:
    for group in _by(((c.thing, _unit(c.figure)), c) for c in counts):
        yield from _side_by_side(group)


def _side_by_side(group: Sequence[_Count]) -> Iterator[Tie]:
    """Each count with the earliest that it agrees with, and once for each pair of numbers that exclude each other."""
    first: list[_Count] = []
    tied: set[tuple[str, str]] = set()
    for count in group:
        near = [c for c in first[-KEPT:] if _near(c, count, NEAR_FIGURES) is not False]
        like = [c for c in near if _agree(c.figure, count.figure)]
        other = next((c for c in like if c.family != count.family), None)
        if other and count.figure.measure not in _data()["vague"]:
            yield _tie("corroborates", count, other, 1.0)
        if not like:
            first.append(count)
        own = like[0] if like else count
        for c in near:
            if (own.id, c.id) not in tied and c not in like and _contradict(c, count):
                tied |= {(own.id, c.id), (c.id, own.id)}
                yield _tie("contradicts", count, c, 1.0)


def _agree(a: Figure, b: Figure) -> bool:
    if a.qualifier == "vague" or b.qualifier == "vague":
        return False
    if (a.low, a.high) == (b.low, b.high):
        return True
    closed = None not in (a.low, a.high, b.low, b.high)
    return closed and not _excludes(_reach(a), _reach(b))


def _contradict(a: _Count, b: _Count) -> bool:
    f, g = a.figure, b.figure
    if a.report == b.report and (f.authority == g.authority or not (f.authority and g.authority)):
        return False
    if _near(a, b, NEAR_FIGURES) is not True or "vague" in (f.qualifier, g.qualifier):
        return False
    return _excludes(_reach(f), _reach(g)) and _comparable(a, b)


def _comparable(a: _Count, b: _Count) -> bool:
    """Whether the two count one thing in the world: by its name, or because two authorities give numbers for it."""
    f, g = a.figure, b.figure
    if a.thing & _words("tabled") or not (a.thing & _words("counted") or (f.authority and g.authority)):
        return False
    x, y = (n.low if n.low is not None else n.high for n in (f, g))
    return x == y if not x or not y else 1 / FAR <= abs(x / y) <= FAR


def _reach(f: Figure) -> tuple[float, float]:
    low, high = _bounds(f.low, f.high)
    slack = ROUGHLY if f.qualifier == "about" else 0.0
    return low - abs(low) * slack, high + abs(high) * slack


def _bounds(low: float | None, high: float | None) -> tuple[float, float]:
    return (float("-inf") if low is None else low), (float("inf") if high is None else high)


def _excludes(a: tuple[float, float], b: tuple[float, float]) -> bool:
    return a[1] < b[0] or b[1] < a[0]


def _on_the_table(figure: Figure, tabled: Collection[tuple[float | None, float | None]]) -> bool:
    """Whether the number is one that somebody offers or asks for: two sides may well name it differently."""
    return (figure.low, figure.high) in tabled or bool(_stems(figure.evidence.text) & _words("asking"))


def _part(figure: Figure, text: str) -> bool:
    """Whether the number is a part of another one: "among them 410"."""
    start = figure.number.start
    return bool(_words("part").intersection(words(text[max(0, start - 24) : start])[-3:]))


def _definite(figure: Figure, text: str) -> bool:
    """Whether the words take the number for granted: "the 11 soldiers", "only 11", "11 of them"."""
    start, end = figure.number.start, figure.number.end
    before = [*words(text[max(0, start - 20) : start])[-1:], *words(figure.number.text)[:1]]
    after = words(text[end : end + 20])[:2]
    known = _words("definite")
    return bool(known.intersection(before)) or (
        after[:1] == ["of"] and bool((known | {"them"}).intersection(after[1:]))
    )


def _as_of(figure: Figure, published: Interval | None) -> Interval | None:
    """The days that a count holds for: its own if it names any, else those on which the report came out."""
    if figure.as_of is None or published is None:
        return published
    return dates.interval(figure.as_of, published) or published


def _thing(figure: Figure, *, definite: bool) -> frozenset[str]:
    same = {w: line.split()[0] for line in _data()["measures"] for w in line.split()}
    little = _words("little") | (_words("pending") if definite else frozenset())
    return frozenset(same.get(w, w) for w in words(figure.measure) if w not in little)


def _unit(figure: Figure) -> str:
    """The unit, where it is more than what is counted."""
    return "" if figure.unit == "people" or figure.unit in words(figure.measure) else figure.unit


@cache
def _data() -> dict[str, Any]:
    return load("onthetable.ties", "claims.toml")


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(_data()[key].split())
