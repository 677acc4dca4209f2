"""How well a day of publication fits a cue: 1 at best, never quite nought, for any cue may be misread."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from onthetable import dates
from onthetable.model import Interval, Shift, Time

Weight = Callable[[date], float]

NEW = 0.12
"""The share of mentions of a known event that are of the weeks after it."""
LEFT = (0.05, 3000), (0.25, 6000)
"""How often who has left an office is called by its title, beside the time in it, and the days in which that fades: for
most offices, and for those whose titles are kept for life."""
FLOOR = 0.0002
"""What is left of a day that a cue speaks against."""


def recent(age: float, exact: bool) -> float:
    """How often news looks back so many days where it names a day (`exact`) or month without its year, as past.

    Fitted to the youngest such mention in 426 news stories (wire and newspapers): half of the days are at most
    29 days old and one in ten over 170; of the months 60 and 240.
    """
    if exact:
        return 0.79 * math.exp(-age / 13) + 0.21 * math.exp(-age / 90) + FLOOR
    return 0.6 * math.exp(-age / 20) + 0.4 * math.exp(-age / 130) + FLOOR


def date_line(day: date) -> Weight:
    """The report says that it is of that day; a page may carry the one before or after."""
    return lambda d: {0: 1.0, 1: 0.04, -1: 0.02}.get((d - day).days, 1e-6)


def looks_back(day: date) -> Weight:
    """The latest day given with its year: a third of 60 news stories were within eight days, most others years on."""

    def weigh(d: date) -> float:
        age = (d - day).days
        if age < -8:
            return 0.05 * math.exp(age / 30) + 0.0005
        return math.exp(-abs(age) / 8) + 0.013 * math.exp(-abs(age) / 1400) + 0.001 * math.exp(-abs(age) / 6000)

    return weigh


def looks_ahead(day: date) -> Weight:
    """A day given with its year, as still to come."""
    return lambda d: 0.05 if d > day else math.exp(-(day - d).days / 60) + 0.05


def not_before(day: date) -> Weight:
    """The latest month or year named with its year: one in ten is still to come, mostly soon; few are of long ago.

    Ages by 139 news stories: 24 of the year itself, 17 each of the two before, 21 of the next two, 21 of the five
    before those, 25 older.
    """

    def weigh(d: date) -> float:
        if d < day:
            return 0.4 if (day - d).days < 366 else 0.05
        return 0.9 * math.exp(-(d - day).days / 1400) + 0.1 * math.exp(-(d - day).days / 4500)

    return weigh


def event(when: Interval, back: float, bare: str | None, *, start: bool, latest: bool) -> Weight:
    """A known event, looked back on with probability `back`, else still to come.

    What is to come is mostly spoken of in the weeks before. The start of everything is looked back on for
    years; the `latest` other event mostly for weeks. One named by a day ("day") or month ("month") without
    its year is mostly of the twelve months before.
    """
    size = (660 if bare else 1500) if start else (_SIZES[bare] if latest else 500)
    shares = back / size, (1 - back) / 58
    top = max(shares)

    def weigh(d: date) -> float:
        ahead = (when.earliest - d).days
        if ahead > 0:
            return shares[1] * _soon(ahead) / top + FLOOR
        age = max((d - when.latest).days, 0)
        year = 1.0 if bare is None else math.exp(-max(-ahead - 365, 0) / (300 if start else 45))
        fade = math.exp(-age / 1500) if start and not bare else _old(age, bare) if latest and not start else 1.0
        return shares[0] * fade * year / top + FLOOR

    return weigh


def _soon(ahead: int) -> float:
    """Of what is feared or planned most is spoken of in the weeks before, some for half a year."""
    return 0.9 * math.exp(-ahead / 45) + 0.1 * math.exp(-ahead / 180)


_SIZES = {"day": 30, "month": 190, None: 46}
"""The days that the fading of the latest event adds up to."""


def _old(age: int, bare: str | None) -> float:
    """How long the latest event is spoken of: half of the reports within seven weeks, others for half a year.

    One told by its month has mostly been over for some time.
    """
    if bare == "month":
        return math.exp(-age / 250)
    return recent(age, True) if bare else 0.8 * math.exp(-age / 20) + 0.2 * math.exp(-age / 150)


def known(events: Sequence[Interval], back: float, *, by_month: bool) -> Weight:
    """An event that everybody knows: spoken of while it lasts, in the weeks after, and now and then for years.

    One in eight mentions is of the first weeks; of several that bear the name the best counts. One told by its
    month ("the March truce") is mostly of the twelve months before.
    """

    def weigh(d: date) -> float:
        best = 0.0
        for e in events:
            if d < e.earliest:
                fit = (1 - back) * _soon((e.earliest - d).days) / 58
            else:
                age = max((d - e.latest).days, 0)
                fit = back * (NEW * math.exp(-age / 45) / 45 + (1 - NEW) * math.exp(-age / 3500) / 3500)
                fit *= math.exp(-max(age - 365, 0) / 90) if by_month else 1.0
            best = max(best, fit)
        return best * 200 + FLOOR

    return weigh


def best(weights: Sequence[Weight]) -> Weight:
    """Several meanings of the same words: the one that fits a day best."""
    return lambda d: max(w(d) for w in weights)


def in_office(terms: Sequence[Interval], *, for_life: bool) -> Weight:
    """Called by a title: while in office; some keep it after (`for_life`), hardly any have it before."""
    share, fade = LEFT[for_life]

    def weigh(d: date) -> float:
        if any(t.earliest <= d <= t.latest for t in terms):
            return 1.0
        left = [t.days * math.exp(-(d - t.latest).days / fade) for t in terms if d > t.latest]
        return min(share * max(left, default=0.0) / fade, 0.2) + 0.0006

    return weigh


def out_of_office(terms: Sequence[Interval]) -> Weight:
    """Called a former holder: after the first term."""
    return lambda d: math.exp(-max((d - terms[0].latest).days, 0) / 8000) if d > terms[0].latest else 0.02


def elected(terms: Sequence[Interval]) -> Weight:
    """Elected and not yet in office: in the months before a term."""
    return lambda d: 1.0 if any(0 < (t.earliest - d).days < 150 for t in terms) else 0.01


def around(first: date, last: date, sigma: float, told: float) -> Weight:
    """From one day to another, with normal slopes; or later, where it is `told` as history with that probability.

    Read wrongly in about three of 100 cases.
    """
    size = (last - first).days + 1 + 2.5 * sigma
    rest = 2e-5 * size
    later = told / (1 - told) * size / 300

    def weigh(d: date) -> float:
        off = max((first - d).days, (d - last).days, 0)
        history = later * math.exp(-off / 300) if d > last else 0.0
        return max(math.exp(-((off / sigma) ** 2) / 2), history) + rest

    return weigh


def near(other: Interval, scale: float) -> Weight:
    """Close to a day or some days, before or after."""

    def weigh(d: date) -> float:
        off = max((other.earliest - d).days, (d - other.latest).days, 0)
        return math.exp(-off / scale) + FLOOR / 10

    return weigh


def after(day: date, doubt: float) -> Weight:
    """Not before a day."""
    return lambda d: 1.0 if d >= day else doubt


def before(day: date, doubt: float) -> Weight:
    """Not after a day."""
    return lambda d: 1.0 if d <= day else doubt


def meaning(time: Time, event: date) -> Weight:
    """Whether a time such as "last month", said on a day, means the event; "five weeks ago" may be a quarter off."""
    shift = time.shift or Shift("offset")
    several = abs(shift.count) > 1
    slack = {"D": 1, "W": 7, "M": 30, "Y": 365}.get(shift.unit or "", 0) * abs(shift.count) / 4 if several else 0.0

    def weigh(d: date) -> float:
        said = dates.value(time, d)
        meant = dates.days(said) if said else None
        if not meant:
            return 1.0
        off = max((event - meant.latest).days, (meant.earliest - event).days, 0)
        # "Last week" is said loosely: of the seven days before as of the calendar week.
        return 1.0 if off <= slack else 0.3 if shift.unit == "W" and off <= 6 else FLOOR

    return weigh


def on_day(shift: Shift) -> Weight:
    """A date line without its year: of that day, or of the one before or after by the page's clock."""

    def weigh(d: date) -> float:
        off = min((d - _occurrence(shift, d, ahead=False)[0]).days, (_occurrence(shift, d, ahead=True)[0] - d).days)
        return 1.0 if off == 0 else 0.05 if off == 1 else FLOOR

    return weigh


def on_weekday(shift: Shift, toward: bool) -> Weight:
    """A day of the year given with its weekday, which only some years have."""

    def weigh(d: date) -> float:
        day = _occurrence(shift, d, ahead=toward)[0]
        return 1.0 if day.weekday() == shift.weekday else 0.02

    return weigh


def youngest(shifts: Sequence[Shift]) -> Weight:
    """Days and months without a year that are past, seen from each day.

    The youngest counts, and the oldest where it would be more than eight months old (one in ten is). A month
    that is still running is seldom called by its name.
    """

    def weigh(d: date) -> float:
        spans = [(*_occurrence(s, d, ahead=False), s.day is not None) for s in shifts]
        running = any(first <= d < last for first, last, _ in spans)
        fresh = max(recent((d - last).days if last <= d else 0, exact) for _, last, exact in spans)
        stale = math.exp(-max(max((d - first).days for first, _, _ in spans) - 240, 0) / 60)
        return fresh * (0.4 if running else 1.0) * max(stale, 0.05) + FLOOR

    return weigh


def until(shift: Shift) -> Weight:
    """A day or month without its year that is still to come: half of the days within two weeks."""
    scale = 35 if shift.day else 90
    return lambda d: math.exp(-max((_occurrence(shift, d, ahead=True)[0] - d).days, 0) / scale) + 0.03


def beside(shift: Shift) -> Weight:
    """A day without its year that may be past or to come: half within eleven days, nine of ten within 50."""

    def weigh(d: date) -> float:
        off = min((d - _occurrence(shift, d, ahead=False)[0]).days, (_occurrence(shift, d, ahead=True)[0] - d).days)
        return 0.75 * math.exp(-off / 12) + 0.25 * math.exp(-off / 50) + 0.01

    return weigh


def _occurrence(shift: Shift, day: date, *, ahead: bool) -> tuple[date, date]:
    """First and last day of the next (or the latest) such day or month, seen from a day."""
    month = shift.month or 1
    first = last = day
    for year in (day.year, day.year + (1 if ahead else -1)):
        # The 29th to 31st are taken as the 28th: a day or two do not matter here, a day that is none does.
        first = date(year, month, shift.day if shift.day and shift.day < 29 else 28 if shift.day else 1)
        last = first if shift.day else dates.months_after(first, 1) - timedelta(days=1)
        if (last >= day) if ahead else (first <= day):
            break
    return first, last


_AGES = (0.36, 0.30, 0.13, 0.08, 0.05, 0.04, 0.04)
"""How many days ago a bare weekday was: between wire stories (the same day in 45 of 100) and newspapers (28)."""
_WAITS = (0.30, 0.22, 0.12, 0.10, 0.09, 0.08, 0.09)
"""How many days ahead a bare weekday that is to come is."""


def weekday(number: int, ahead: bool) -> Weight:
    """A bare weekday (0 is Monday) near the report, before it or after."""
    if ahead:
        return lambda d: _WAITS[(number - d.weekday()) % 7] / _WAITS[0]
    return lambda d: _AGES[(d.weekday() - number) % 7] / _AGES[0]


def early_in_month(d: date) -> float:
    """When "the end of last month" is said."""
    return 1.0 if d.day <= 8 else 0.6 if d.day <= 12 else 0.3 if d.day <= 20 else 0.1


def month_has_run(past: float) -> Weight:
    """When something is said to be of "this month", which is past with that probability."""
    return lambda d: 1 - past * math.exp(-d.day / 8)


_AFTER_WEEKEND = (1.0, 0.35, 0.12, 0.08, 0.06, 0.1, 0.35)


def after_weekend(d: date) -> float:
    """When something past is said to be of "the weekend", by weekday: mostly on the Monday."""
    return _AFTER_WEEKEND[d.weekday()]


def well_into_month(d: date) -> float:
    """When "earlier this month" is said."""
    return 0.1 if d.day <= 3 else 0.5 if d.day <= 8 else 1.0


def before_month_end(d: date) -> float:
    """When "later this month" is said."""
    return 1.0 if d.day <= 24 else 0.2
