import pytest
from tests.talks import days

from onthetable.model import Figure, Interval, Span
from onthetable.views import svg


@pytest.mark.parametrize(
    "known",
    [
        [days("2026-03-03")],
        [days("2026-03-01", "2026-03-20")],
        [days("2026-01-01"), days("2026-03-20")],
        [days("2024-01-01"), days("2026-03-20")],
        [days("1900-01-01"), days("2026-03-20")],
    ],
)
def test_days_lie_on_the_axis_and_ticks_are_few(known: list[Interval]) -> None:
    axis = svg.days(known, 100, 900)
    assert axis
    assert 1 <= len(axis.ticks) <= 12
    for x in [*(t.x for t in axis.ticks), *(svg.day_bar(axis, k).x for k in known)]:
        assert 100 <= x <= 900
    assert svg.day_bar(axis, known[0]).x <= svg.day_bar(axis, known[-1]).x


def test_no_days_make_no_axis() -> None:
    assert svg.days([], 0, 100) is None


def figure(low: float | None, high: float | None) -> Figure:
    span = Span(0, 1, "x")
    return Figure("r.f1", "r", "dead", low, high, "people", "exact", None, None, span, span, "r")


def test_bands_have_open_ends_where_a_bound_is_missing() -> None:
    figures = [figure(10, 10), figure(20, None), figure(None, 15), figure(None, None)]
    axis = svg.numbers(figures, 0, 100)
    assert axis
    exact, least, most, vague = (svg.number_bar(axis, f) for f in figures)
    assert exact
    assert exact.width == 0
    assert least
    assert least.open_high
    assert least.x + least.width == 100
    assert most
    assert most.open_low
    assert most.x == 0
    assert vague is None
    assert svg.numbers([figure(None, None)], 0, 100) is None


def test_bars_that_overlap_are_put_in_rows() -> None:
    bars = [svg.Bar(0, 10), svg.Bar(5, 10), svg.Bar(20, 10)]
    assert svg.rows(bars) == (0, 1, 0)


def test_ticks_keep_their_distance() -> None:
    ticks = [svg.Tick(x, "") for x in (0, 10, 50, 60, 100)]
    assert [t.x for t in svg.spread(ticks, 40)] == [0, 50, 100]
