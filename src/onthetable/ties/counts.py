"""Figures that support or contradict each other: two counts of one thing in the world."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from onthetable.memory import shared
from onthetable.model import Figure, Interval, Reading, Tie
from onthetable.text import words
from onthetable.ties.claim import (
    KEPT,
    Doubles,
    Finding,
    Stories,
    bounds,
    data,
    exclude,
    ignored,
    link,
    listed,
    stems,
    within,
)
from onthetable.ties.same import Rules
from onthetable.ties.series import as_of, known_as
from onthetable.ties.settings import Settings, named
from onthetable.ties.windows import Windows

NEAR = 3
"""Days that two counts may lie apart: one that is older may just have grown."""
ALIKE = 0.5
"""Share of the shorter wording of two counts of one day that the longer has as well, for them to be of one thing."""
ROUGHLY = 0.1
"""How far a number that is "about" reaches to either side."""
FAR = 4.0
"""Two numbers further apart than this factor count different things under one name."""
WIDE = 14
"""A count that may be of any of so many days contradicts none: it may have been both."""
WIDTH = 2
"""How many times its lower end the upper end of a range may be, for a number in it to support it."""
TELLING = 3
"""Digits, but for noughts at the end, from which on a number hardly comes twice by chance."""
MATTER = 2
"""Words that the sentences of two counts have to share, measure and number apart, to be of one thing in the world."""
SHARES = frozenset({"percent", "points", "percentage points"})
"""Units of what is a part of something: which part, and of what, is told by the words around it only."""
WORDS = 3
"""Words that two shares have to be told in alike."""


@dataclass(frozen=True, slots=True)
class Count(Finding):
    """A figure as a claim; `thing` is what is counted, apart from how an outlet words it."""

    figure: Figure
    thing: frozenset[str]


def counts_of(reading: Reading, published: Interval | None, story: Stories) -> list[Count]:
    """The figures of a report as they are compared, also one that is a part of another or only asked for."""
    return [_any_count(reading, f, published, story) for f in reading.figures]


def rules(doubles: Doubles, settings: Settings) -> Rules[Count]:
    """When figures count the same.

    Two are the same if they give the same number for one thing, both or neither as a part of another, within
    three days. Where what is counted is vague, and for a number that is, they have to stand in
    one story. "59" holds "at least 50".
    """

    def keys(c: Count) -> Iterator[Hashable]:
        yield from doubles.of(c)
        yield c.thing, _unit(c.figure)

    def same(a: Count, b: Count) -> bool:
        return _as_many(a.figure, b.figure) and _one_count(a, b, doubles)

    def holds(a: Count, b: Count) -> bool:
        f, g = a.figure, b.figure
        if "vague" in (f.qualifier, g.qualifier) or (f.qualifier == "about" and g.qualifier != "about"):
            return False
        (low, high), (least, most) = bounds(f.low, f.high), _reach(g)
        return least <= low and high <= most and not _as_many(f, g) and _one_count(a, b, doubles)

    def clash(a: Count, b: Count) -> bool:
        one = _one_count(a, b, doubles) and a.thing == b.thing and settings.together(a, b)
        exact = {"exact"} >= {a.figure.qualifier, b.figure.qualifier} and a.figure.rule == b.figure.rule
        return one and exact and not _agree(a.figure, b.figure) and _told_alike(a, b)

    return Rules(keys, same, holds, clash, _alike)


def _alike(a: Count, b: Count) -> bool:
    """Whether one sentence said again can have both: the numbers do not exclude each other."""
    return _unit(a.figure) == _unit(b.figure) and not exclude(_reach(a.figure), _reach(b.figure))


def _told_alike(a: Count, b: Count) -> bool:
    x, y = stems(a.evidence.text), stems(b.evidence.text)
    return len(x & y) >= ALIKE * min(len(x), len(y))


def _one_share(a: Count, b: Count) -> bool:
    """Whether two numbers are not parts of different wholes."""
    if a.figure.unit not in SHARES or (a.family == b.family and a.report != b.report):
        return True
    return _told_alike(a, b) and len(stems(a.evidence.text) & stems(b.evidence.text)) >= WORDS


def _any_count(reading: Reading, f: Figure, published: Interval | None, story: Stories) -> Count:
    report = reading.report
    thing = _thing(f, definite=_definite(f, report.text)) or frozenset(words(f.measure))
    own = story.of(report.id, f.evidence)
    return Count(f.id, report.id, own, as_of(f, published)[0], f.evidence, 1.0, f, thing)


def _as_many(f: Figure, g: Figure) -> bool:
    if "vague" in (f.qualifier, g.qualifier):
        return f.qualifier == g.qualifier and words(f.number.text) == words(g.number.text)
    return (f.low, f.high, f.qualifier == "about") == (g.low, g.high, g.qualifier == "about")


def _one_count(a: Count, b: Count, doubles: Doubles) -> bool:
    """Whether two numbers are of one thing, and of about one day."""
    f, g = a.figure, b.figure
    if _unit(f) != _unit(g) or not _one_share(a, b):
        return False
    if doubles.apart(a, b):
        return bool(a.thing & b.thing)
    if a.thing != b.thing or (f.rule == "part") != (g.rule == "part") or within(a, b, NEAR) is False:
        return False
    vague = f.measure in data()["vague"] or f.qualifier == "vague"
    return (a.family == b.family or not vague) and (
        not vague or len(stems(f.evidence.text) & stems(g.evidence.text)) >= 2
    )


Bounds = tuple[float | None, float | None]
"""The least and the most that a number can be."""


def tabled(reading: Reading) -> frozenset[Bounds]:
    """The numbers that a report says are offered, asked for or answered."""
    return frozenset((m.quantity.low, m.quantity.high) for m in reading.moves if m.quantity and m.act != "delivers")


def settled(
    reading: Reading, published: Interval | None, story: Stories, tabled: Collection[Bounds]
) -> Iterator[Count]:
    """The figures of a report that count something, without what is only on the table (`tabled`, by any report)."""
    report = reading.report
    for f in reading.figures:
        definite = _definite(f, report.text)
        thing = _thing(f, definite=definite)
        if not thing or _aside(f, report.text):
            continue
        if definite or thing & listed("suffered") or not _on_the_table(f, tabled):
            own = story.of(report.id, f.evidence)
            yield Count(f.id, report.id, own, as_of(f, published)[0], f.evidence, 1.0, f, thing)


@dataclass(frozen=True, slots=True)
class Beside:
    """A count beside earlier ones: the tie to the first that supports it, and those it cannot be so beside.

    Each of `against` comes with the ids of the two that first gave the numbers: one tie is enough for such a pair.
    """

    support: Tie | None
    against: tuple[tuple[frozenset[str], Tie], ...]


def side_by_side(settings: Settings) -> Windows[Count, Beside]:
    """Each count with the earliest that it agrees with, and with those whose numbers exclude its own."""

    def keys(c: Count) -> Iterator[Hashable]:
        yield c.thing, _unit(c.figure)

    def judge(count: Count, windows: Sequence[Sequence[Count]]) -> tuple[bool, Beside | None]:
        return _side_by_side(count, windows[0], settings)

    return Windows(lambda c: c.order, keys, judge, KEPT)


def ties_of(windows: Windows[Count, Beside]) -> Iterator[Tie]:
    """The ties between counts, a contradiction once for each pair of numbers."""
    told: set[frozenset[str]] = set()
    for _, beside in sorted(windows.found.items(), key=lambda f: windows.order(f[0])):
        if beside.support:
            yield beside.support
        for pair, tie in beside.against:
            if pair not in told:
                told.add(pair)
                yield tie


def _side_by_side(count: Count, before: Sequence[Count], settings: Settings) -> tuple[bool, Beside | None]:
    near = [c for c in before if within(c, count, NEAR) is not False and _one_share(c, count)]
    like = [c for c in near if _agree(c.figure, count.figure)]
    vague = count.figure.measure in data()["vague"]
    others = (c for c in like if c.family != count.family and not vague and _supports(c, count, settings))
    other = next(others, None)
    support = link("corroborates", count, other, 1.0) if other else None
    own = like[0] if like else count
    kin = {c.id for c in like}
    against = tuple(
        (frozenset((own.id, c.id)), link("contradicts", count, c, 1.0))
        for c in near
        if c.id not in kin and _contradict(c, count) and _one_matter(c, count, settings)
    )
    return not like, Beside(support, against) if support or against else None


def _supports(a: Count, b: Count, settings: Settings) -> bool:
    """Whether two numbers that agree are hardly alike by chance: small ones, and wide ranges, need words in common."""
    if any(high > WIDTH * low for low, high in (bounds(c.figure.low, c.figure.high) for c in (a, b))):
        return False
    told = a.figure.low is not None and len(f"{a.figure.low:g}".rstrip("0").replace(".", "")) >= TELLING
    return told or len(_shared(a, b, settings)) >= MATTER


def _agree(a: Figure, b: Figure) -> bool:
    if a.qualifier == "vague" or b.qualifier == "vague":
        return False
    if (a.low, a.high) == (b.low, b.high):
        return True
    closed = None not in (a.low, a.high, b.low, b.high)
    return closed and not exclude(_reach(a), _reach(b))


def _contradict(a: Count, b: Count) -> bool:
    f, g = a.figure, b.figure
    if a.report == b.report and (known_as(f.authority) == known_as(g.authority) or not (f.authority and g.authority)):
        return False
    if within(a, b, NEAR) is not True or "vague" in (f.qualifier, g.qualifier) or _grown(a, b):
        return False
    own = not a.thing & listed("counted") and (_own_doing(f) or _own_doing(g))
    apart = own or (f.unit in SHARES and named(f.evidence) != named(g.evidence))
    return not apart and exclude(_reach(f), _reach(g)) and _comparable(a, b)


def _own_doing(figure: Figure) -> bool:
    """Whether the number is of what the authority for it does: who "reported spending" so much tells of itself.

    What became of people is told so, too ("killing 49"), and nobody's own.
    """
    return bool(figure.authority) and figure.evidence.text.split(maxsplit=1)[0].endswith("ing")


def _one_matter(a: Count, b: Count, settings: Settings) -> bool:
    """Whether two counts of one name are of one thing in the world, by their days, places and words around them."""
    loose = a.report != b.report and any(c.days is None or c.days.days > WIDE for c in (a, b))
    if loose or settings.of(a).elsewhere(settings.of(b)) or _risen(a, b, settings):
        return False
    if a.thing & listed("counted") - listed("suffered"):
        # those who are held are what the talks are about, unless each tells more, and of other things
        told = _matter(a, b, settings)
        return bool(told[0] & told[1]) or min(map(len, told)) < 2 * MATTER
    words_of_both = settings.words(a), settings.words(b)
    if bool(words_of_both[0] & listed("needed")) != bool(words_of_both[1] & listed("needed")):
        return False
    one, other = settings.named(a), settings.named(b)
    suffered = bool(a.thing & listed("suffered"))
    return (suffered or not (one or other) or bool(one & other)) and len(_shared(a, b, settings)) >= MATTER


def _shared(a: Count, b: Count, settings: Settings) -> frozenset[str]:
    """Words that the sentences of two counts share, but for how their measure is called."""
    first, second = _matter(a, b, settings)
    return first & second


def _matter(a: Count, b: Count, settings: Settings) -> tuple[frozenset[str], frozenset[str]]:
    """The words of the sentences of two counts, but for how their measure is called."""
    names = (line for line in data()["measures"] if line.split()[0] in a.thing)
    measure = stems(" ".join((a.figure.measure, b.figure.measure, a.figure.unit, *names))) | stems(ignored())
    return settings.words(a) - measure, settings.words(b) - measure


def _grown(a: Count, b: Count) -> bool:
    """Whether the two hold for different days and one report tells both, or a number that only grows has grown."""
    if not a.days or not b.days or (a.days.earliest <= b.days.latest and b.days.earliest <= a.days.latest):
        return False
    if a.report == b.report:
        return True
    early, late = sorted((a, b), key=lambda c: (c.days or Interval(date.max, date.max)).latest)
    return bool(a.thing & listed("suffered")) and _reach(late.figure)[1] >= _reach(early.figure)[0]


def _risen(a: Count, b: Count, settings: Settings) -> bool:
    """Whether the later of two reports has the higher toll of one day: the dead are found one by one."""
    x, y = settings.published(a), settings.published(b)
    if not a.thing & listed("suffered") or not x or not y or (x.earliest <= y.latest and y.earliest <= x.latest):
        return False
    early, late = (a, b) if x.latest < y.earliest else (b, a)
    return _reach(late.figure)[1] >= _reach(early.figure)[0]


def _comparable(a: Count, b: Count) -> bool:
    """Whether the two count one thing in the world: by its name, or because two authorities give numbers for it."""
    f, g = a.figure, b.figure
    if a.thing & listed("tabled") or f.measure in data()["vague"]:
        return False
    if not (a.thing & listed("counted") or (f.authority and g.authority)):
        return False
    x, y = (n.low if n.low is not None else n.high for n in (f, g))
    return x == y if not x or not y else 1 / FAR <= abs(x / y) <= FAR


def _reach(f: Figure) -> tuple[float, float]:
    low, high = bounds(f.low, f.high)
    slack = ROUGHLY if f.qualifier == "about" else 0.0
    return low - abs(low) * slack, high + abs(high) * slack


def _on_the_table(figure: Figure, tabled: Collection[Bounds]) -> bool:
    """Whether the number is one that somebody offers or asks for: two sides may well name it differently."""
    said = stems(figure.evidence.text)
    if said & listed("asking"):
        return True
    return (figure.low, figure.high) in tabled and not said & listed("counting")


def _aside(figure: Figure, text: str) -> bool:
    """Whether the number is a part of another one ("among them 410") or a former one ("up from 40")."""
    if figure.rule == "part":
        return True
    start, end = figure.number.start, figure.number.end
    before, after = words(text[max(0, start - 24) : start])[-3:], words(text[end : end + 12])[:1]
    more = listed("others").intersection((*before[-1:], *after))
    return bool(more or listed("part").intersection(before) or listed("former").intersection(before[-1:]))


def _definite(figure: Figure, text: str) -> bool:
    """Whether the words take the number for granted: "the 11 soldiers", "only 11", "11 of them"."""
    start, end = figure.number.start, figure.number.end
    before = [*words(text[max(0, start - 20) : start])[-1:], *words(figure.number.text)[:1]]
    after = words(text[end : end + 20])[:2]
    known = listed("definite")
    return bool(known.intersection(before)) or (
        after[:1] == ["of"] and bool((known | {"them"}).intersection(after[1:]))
    )


def _thing(figure: Figure, *, definite: bool) -> frozenset[str]:
    same = {w: line.split()[0] for line in data()["measures"] for w in line.split()}
    little = listed("little") | (listed("pending") if definite else frozenset())
    return shared(same.get(w, w) for w in words(figure.measure) if w not in little)


def _unit(figure: Figure) -> str:
    """The unit, where it is more than what is counted."""
    return "" if figure.unit == "people" or figure.unit in words(figure.measure) else figure.unit
