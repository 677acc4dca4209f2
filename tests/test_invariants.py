"""What must hold whatever the reports say."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onthetable.case import Case, read_case
from onthetable.ledger import Ledger
from onthetable.model import Reading, Report, Span
from onthetable.pipeline import build, read, read_all
from onthetable.reports import gather
from onthetable.text import digest, fix
from onthetable.tree import Spans, Tree
from onthetable.views import json as json_view

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
pytestmark = pytest.mark.filterwarnings("ignore::hypothesis.errors.NonInteractiveExampleWarning")


@pytest.fixture(scope="module")
def case() -> Case:
    return read_case(EXAMPLES / "case.toml")


@pytest.fixture(scope="module")
def reports() -> tuple[Report, ...]:
    return gather([str(EXAMPLES / "talks")]).reports


def ledger(reports: tuple[Report, ...], case: Case | None) -> str:
    outcome = read_all(reports, case)
    ordered, ties = build(outcome.readings, outcome.case)
    return json_view.document(Ledger(outcome.case, ordered, ties))


def spans(record: object) -> Iterator[Span]:
    """Every span in a record, however deep."""
    if isinstance(record, Span):
        yield record
    elif dataclasses.is_dataclass(record) and not isinstance(record, type):
        for f in dataclasses.fields(record):
            yield from spans(getattr(record, f.name))
    elif isinstance(record, tuple):
        for item in record:
            yield from spans(item)


def assert_supported(reading: Reading) -> None:
    text = reading.report.text
    for s in spans(reading):
        assert text[s.start : s.end] == s.text


def test_every_span_is_at_its_offsets(reports: tuple[Report, ...], case: Case) -> None:
    for report in reports:
        assert_supported(read(report, case))


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_spans_hold_in_damaged_reports(data: st.DataObject, reports: tuple[Report, ...], case: Case) -> None:
    """Cut, doubled and sprinkled with odd characters, a report is still read, and every span is still there."""
    text = data.draw(st.sampled_from(reports)).text
    cut = data.draw(st.integers(0, len(text)))
    length = data.draw(st.integers(0, 600))
    odd = data.draw(st.text(alphabet="\"“”‘’'«»\u202e\u00a0\U0001f54a\n\t—–-.,;:()[]0123456789%$", max_size=40))
    damaged = fix(text[cut : cut + length] + odd + text[:length])
    if damaged.strip():
        assert_supported(read(Report(digest(damaged)[:12], "damaged.txt", damaged, digest(damaged)), case))


@pytest.mark.parametrize("with_case", [True, False])
def test_any_order_of_arrival_gives_the_same_ledger(reports: tuple[Report, ...], case: Case, with_case: bool) -> None:
    chosen = case if with_case else None
    shuffled = list(reports)
    random.Random(7).shuffle(shuffled)
    assert ledger(reports, chosen) == ledger(tuple(shuffled), chosen)


def test_reading_twice_gives_the_same_bytes(case: Case) -> None:
    folder = str(EXAMPLES / "talks")
    assert ledger(gather([folder]).reports, case) == ledger(gather([folder]).reports, case)


def test_several_workers_give_what_one_gives(reports: tuple[Report, ...], case: Case) -> None:
    assert read_all(reports, case, workers=2) == read_all(reports, case)


def test_a_new_report_leaves_the_readings_of_the_others_alone(reports: tuple[Report, ...], case: Case) -> None:
    few = {r.report.id: r for r in read_all(reports[:3], case).readings}
    many = {r.report.id: r for r in read_all(reports, case).readings}
    assert all(many[i] == r for i, r in few.items())


def test_a_report_on_something_else_is_set_aside_by_name(reports: tuple[Report, ...], case: Case) -> None:
    text = "The bakery on Mill Lane has won a prize for its rye bread. Its owner said that she was delighted."
    bread = Report(digest(text)[:12], "bread.txt", text, digest(text))
    outcome = read_all((*reports, bread), case)
    assert [e.name for e in outcome.rejected] == ["bread.txt"]
    assert "something else" in outcome.rejected[0].reason
    assert outcome.readings == read_all(reports, case).readings


def test_a_report_that_breaks_the_program_costs_no_other(
    reports: tuple[Report, ...], case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    from onthetable import pipeline

    whole = pipeline.find_spans

    def breaking(report: Report, case: Case, tree: Tree | None = None) -> Spans:
        if report.id == reports[0].id:
            raise ZeroDivisionError("on purpose")
        return whole(report, case, tree)

    monkeypatch.setattr(pipeline, "find_spans", breaking)
    outcome = read_all(reports, case)
    assert len(outcome.readings) == len(reports) - 1
    assert "ZeroDivisionError" in outcome.rejected[0].reason
