"""What many tests share: texts made into reports, and a reader for them."""

from __future__ import annotations

import pytest

from onthetable.case import Case, Party, pack
from onthetable.model import Report
from onthetable.spans.find import find_spans
from onthetable.text import digest, fix
from onthetable.tree import Spans


def report_of(text: str, path: str = "report.txt") -> Report:
    """A report that nobody has looked at for furniture or dates."""
    text = fix(text)
    return Report(digest(text)[:12], path, text, digest(text))


def spans_of(text: str, case: Case | None = None) -> Spans:
    """What stands where in a text."""
    return find_spans(report_of(text), case or Case())


@pytest.fixture(scope="session")
def valley() -> Case:
    """Peace talks between an invented state and an invented movement."""
    return Case(
        "Valley talks",
        (pack("peace"),),
        (
            Party("Morvenia", "principal", ("the Morvenian government",), ("Ilse Dahl", "Piet Oran"), ("Castra",)),
            Party("Reed Front", "principal", ("the RF",), ("Sula Bek",)),
            Party("Tarnland", "mediator", (), ("Joren Vick",)),
            Party("Ostia", "mediator"),
        ),
    )


@pytest.fixture(scope="session")
def foundry() -> Case:
    """A strike at an invented foundry."""
    return Case(
        "Foundry dispute",
        (pack("labour"),),
        (
            Party("Moulders' Union", "principal", ("the MU",), ("Greta Holm",)),
            Party("Kestrel Foundries", "principal", ("the company",), ("Abel Rooke",)),
        ),
    )
