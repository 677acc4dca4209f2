"""Every marked-up case of tests/cases/statements."""

from __future__ import annotations

import pytest
from marked import Case, Expected, cases

from onthetable.case import Case as TalksCase
from onthetable.model import Report, Statement
from onthetable.spans.find import find_spans
from onthetable.statements import attribute
from onthetable.text import digest


def statements_of(text: str) -> tuple[Statement, ...]:
    report = Report(digest(text)[:12], "case.txt", text, digest(text))
    return attribute(report, find_spans(report, TalksCase("cases")))


def as_expected(found: Statement, wanted: Expected) -> bool:
    said = {
        "kind": found.source and found.source.kind,
        "manner": found.manner,
        "relay": ", ".join(found.relay),
        "hedge": "yes" if found.hedge else "no",
        "denied": "yes" if found.denied else "no",
    }
    return (
        [p.text for p in found.pieces] == wanted.content
        and (not wanted.source or (found.source is not None and [found.source.span.text] == wanted.source))
        and (not wanted.cue or (found.cue is not None and [found.cue.text] == wanted.cue))
        and all(said[key] == value for key, value in wanted.attributes.items())
    )


@pytest.mark.parametrize("case", cases(), ids=lambda c: c.name)
def test_marked_case(case: Case) -> None:
    found = list(statements_of(case.text))
    wanted = [w for w in case.expected if w.content]
    assert len(found) == len(wanted), [(s.rule, s.source and s.source.span.text, s.content.text) for s in found]
    for w in wanted:
        assert any(as_expected(s, w) for s in found), (w, found)
