"""Charts as SVG: where to draw what. The template writes the elements; nothing here knows colours or text sizes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import ceil, floor, isfinite, log10

from onthetable.model import Figure, Interval
from onthetable.views import labels


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Axis:
    """Days, or numbers, spread from `left` to `right` pixels."""

    low: float
    high: float
    left: float
    right: float
    ticks: tuple[Tick, ...]

    def at(self, value: float) -> float:
        """The pixel of a value; values outside the axis are drawn at its end."""
        share = (value - self.low) / (self.high - self.low)
        return round(self.left + min(max(share, 0.0), 1.0) * (self.right - self.left), 1)


@dataclass(frozen=True, slots=True)
class Frame:
    """The pixels between which something is drawn."""

    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Bar:
    """Something that reaches from `x` on for `width` pixels; `open_low` and `open_high` tell that it has no end."""

    x: float
    width: float
    open_low: bool = False
    open_high: bool = False

    @property
    def middle(self) -> float:
        """Where its middle is."""
        return round(self.x + self.width / 2, 1)


def days(known: Iterable[Interval], left: float, right: float) -> Axis | None:
    """An axis for the days, with ticks at the beginnings of days, months or years; None without days."""
    known = list(known)
    if not known:
        return None
    first = min(i.earliest for i in known)
    last = max(i.latest for i in known) + timedelta(days=1)
    pad = max((last - first).days // 40, 1)
    low, high = first.toordinal() - pad, last.toordinal() + pad
    axis = Axis(low, high, left, right, ())
    ticks = tuple(Tick(axis.at(d.toordinal()), label) for d, label in _day_ticks(low, high))
    return Axis(low, high, left, right, ticks)


def day_bar(axis: Axis, when: Interval) -> Bar:
    """The days of an interval, wide enough to be seen."""
    x, end = axis.at(when.earliest.toordinal()), axis.at(when.latest.toordinal() + 1)
    return Bar(x, round(max(end - x, 2.0), 1))


def _day_ticks(low: float, high: float) -> list[tuple[date, str]]:
    first, last = date.fromordinal(int(low)), date.fromordinal(int(high))
    length = (last - first).days
    if length <= 14:
        return [
            (d, f"{d.day} {d:%b}") for d in (first + timedelta(n) for n in range(0, length + 1, 2 if length > 7 else 1))
        ]
    if length <= 70:
        mondays = first + timedelta(days=-first.weekday() % 7)
        step = 7 if length <= 49 else 14
        return [(d, f"{d.day} {d:%b}") for d in (mondays + timedelta(n) for n in range(0, length, step)) if d <= last]
    step = next((s for s in (1, 2, 3, 6, 12, 24, 60, 120, 600) if length / 30.4 / s <= 9), 1200)
    months = range(first.year * 12 + first.month, last.year * 12 + last.month)
    starts = [date(m // 12, m % 12 + 1, 1) for m in months if m % step == 0]
    return [(d, f"{d.year}" if step >= 12 else f"{d:%b} {d.year}") for d in starts]


def numbers(figures: Sequence[Figure], left: float, right: float) -> Axis | None:
    """An axis for the bounds of figures, with room for open ends; None without any number."""
    known = [n for f in figures for n in (f.low, f.high) if n is not None]
    if not known:
        return None
    low, high = min(known), max(known)
    pad = (high - low) * 0.15 or abs(high) * 0.5 or 1.0
    return Axis(low - pad, high + pad, left, right, ())


def scale(known: Sequence[float], left: float, right: float) -> Axis | None:
    """An axis for numbers with ticks at round ones, some room at both ends; None without any."""
    if not known or not all(map(isfinite, known)):
        return None
    low, high = min(known), max(known)
    pad = (high - low) * 0.2 or abs(high) * 0.5 or 1.0
    low, high = (max(low - pad, 0.0) if low >= 0 else low - pad), high + pad
    step = 10 ** floor(log10((high - low) / 3))
    step *= next(m for m in (1, 2, 5, 10) if (high - low) / (step * m) <= 4)
    axis = Axis(low, high, left, right, ())
    at = (n * step for n in range(ceil(low / step), floor(high / step) + 1))
    return Axis(low, high, left, right, tuple(Tick(axis.at(n), labels.number(round(n, 6))) for n in at))


def number_bar(axis: Axis, figure: Figure) -> Bar | None:
    """The band of a figure; None where it has no bound."""
    if figure.low is None and figure.high is None:
        return None
    x = axis.at(axis.low if figure.low is None else figure.low)
    end = axis.at(axis.high if figure.high is None else figure.high)
    return Bar(x, round(end - x, 1), figure.low is None, figure.high is None)


def rows(bars: Sequence[Bar], gap: float = 4.0) -> tuple[int, ...]:
    """The first row in which each bar fits beside those already placed, in order of `x`."""
    ends: list[float] = []
    placed = [0] * len(bars)
    for n in sorted(range(len(bars)), key=lambda n: (bars[n].x, n)):
        row = next((r for r, end in enumerate(ends) if end + gap <= bars[n].x), len(ends))
        if row == len(ends):
            ends.append(0.0)
        ends[row] = bars[n].x + bars[n].width
        placed[n] = row
    return tuple(placed)


def spread(ticks: Sequence[Tick], room: float) -> tuple[Tick, ...]:
    """The ticks that stand at least `room` pixels apart."""
    kept = list(ticks[:1])
    for _, tick in pairwise(ticks):
        if tick.x - kept[-1].x >= room:
            kept.append(tick)
    return tuple(kept)
