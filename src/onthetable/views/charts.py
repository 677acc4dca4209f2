"""Time lines and courses of numbers: what is drawn where, and where it leads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onthetable.model import Interval
from onthetable.views import svg

WIDTH, NAMES, MARGIN = 1088, 150, 28
ROW, GAP, TOP = 16, 12, 30
COURSE = svg.Frame(84, 700, 16, 176)
WIDE = 160
"""Days wider than this are not joined to others."""
ARROW = 22
"""How far a band reaches to its open side."""


@dataclass(frozen=True, slots=True)
class Point:
    """Something to draw: its days, what it is, and where it leads; a `mark` instead of a bar if it has one."""

    days: Interval
    href: str
    title: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Dot:
    """A point where it is drawn; `row` counts from the top of its lane."""

    point: Point
    bar: svg.Bar
    row: int


@dataclass(frozen=True, slots=True)
class Lane:
    """A named strip of a time line that begins `y` pixels from the top."""

    name: str
    y: int
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A time line: lanes under one axis, `height` pixels in all."""

    ticks: tuple[svg.Tick, ...]
    lanes: tuple[Lane, ...]
    height: int


def timeline(groups: Iterable[tuple[str, Sequence[Point]]]) -> Chart | None:
    """The points of each group in a lane of its own; None without any point."""
    groups = [(name, points) for name, points in groups if points]
    axis = svg.days((p.days for _, points in groups for p in points), NAMES, WIDTH - MARGIN)
    if axis is None:
        return None
    lanes, y = [], TOP
    for name, points in groups:
        bars = [svg.day_bar(axis, p.days) for p in points]
        placed = svg.rows([_room(bar, p) for bar, p in zip(bars, points, strict=True)])
        dots = tuple(Dot(p, bar, row) for p, bar, row in zip(points, bars, placed, strict=True))
        lanes.append(Lane(name, y, dots))
        y += (max(placed) + 1) * ROW + GAP
    return Chart(svg.spread(axis.ticks, 58), tuple(lanes), y)


def _room(bar: svg.Bar, point: Point) -> svg.Bar:
    """What a dot takes up of its row: its sign, or its bar if it has none."""
    return svg.Bar(bar.middle - 9, 18) if point.mark else svg.Bar(bar.x, max(bar.width, 10))


# --- courses of numbers -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Band:
    """A number with its bounds for some days, and where it leads; `against` tells that another one contradicts it."""

    days: Interval
    low: float | None
    high: float | None
    href: str
    title: str
    against: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A band where it is drawn: its days, and its numbers from `top` to `bottom`."""

    band: Band
    days: svg.Bar
    top: float
    bottom: float
    open_low: bool
    open_high: bool

    @property
    def told(self) -> float:
        """Where the number stands that is told: the closed end of a band, or its middle."""
        return self.bottom if self.open_high else self.top if self.open_low else (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Line:
    """The numbers of one authority under its sign, in one of four tones; grey (4) where nobody is named.

    `path` joins the numbers whose days are known well enough.
    """

    sign: str
    name: str
    tone: int
    marks: tuple[Mark, ...]
    path: str


@dataclass(frozen=True, slots=True)
class Course:
    """Lines over one axis of days and one of numbers."""

    days: tuple[svg.Tick, ...]
    numbers: tuple[svg.Tick, ...]
    lines: tuple[Line, ...]
    frame: svg.Frame


def course(groups: Sequence[tuple[str | None, Sequence[Band]]], unnamed: str) -> Course | None:
    """The bands of each authority (None for nobody, who is called `unnamed`); None where they are all of one day."""
    bands = [b for _, of in groups for b in of]
    middles = {b.days.earliest.toordinal() + b.days.latest.toordinal() for b in bands}
    frame = COURSE
    x = svg.days((b.days for b in bands), frame.left, frame.right)
    y = svg.scale([n for b in bands for n in (b.low, b.high) if n is not None], frame.bottom, frame.top)
    if len(middles) < 2 or x is None or y is None:
        return None
    lines = []
    for n, (name, of) in enumerate(g for g in groups if g[1]):
        marks = tuple(_mark(b, x, y) for b in of)
        known = [m for m in marks if m.days.width <= WIDE]
        path = " ".join(f"{m.days.middle},{m.told:g}" for m in known) if name and len(known) > 1 else ""
        lines.append(Line(_SIGNS[n % len(_SIGNS)], name or unnamed, n % 4 if name else 4, marks, path))
    return Course(svg.spread(x.ticks, 64), y.ticks, tuple(lines), frame)


_SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _mark(band: Band, x: svg.Axis, y: svg.Axis) -> Mark:
    low = band.low if band.low is not None else band.high
    high = band.high if band.high is not None else band.low
    bottom, top = y.at(low or 0), y.at(high or 0)
    return Mark(
        band, svg.day_bar(x, band.days), top - ARROW * (band.high is None), bottom + ARROW * (band.low is None),
        band.low is None, band.high is None,
    )  # fmt: skip
