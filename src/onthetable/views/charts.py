"""Time lines: what is drawn in which lane, and where it leads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onthetable.model import Interval
from onthetable.views import svg

WIDTH, NAMES, MARGIN = 1088, 150, 28
ROW, GAP, TOP = 16, 12, 30


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
