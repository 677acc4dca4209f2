"""The notebook in the docs runs, and what it shows is escaped."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from markupsafe import escape
from tests.conftest import report_of

from onthetable.bundled import examples
from onthetable.case import Case, Party, pack, read_case
from onthetable.ledger import Ledger
from onthetable.pipeline import build
from onthetable.pipeline import read as read_one
from onthetable.reading import read
from onthetable.views import labels

ROOT = Path(__file__).resolve().parents[1]


def test_every_cell_runs_and_shows_something(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    cells = json.loads((ROOT / "docs" / "notebook.ipynb").read_text("utf-8"))["cells"]
    names: dict[str, Any] = {}
    shown = 0
    for cell in (c for c in cells if c["cell_type"] == "code"):
        assert not cell["outputs"]
        *lines, last = "".join(cell["source"]).rstrip().split("\n")
        try:
            final = compile(last, "cell", "eval")
        except SyntaxError:
            exec("\n".join([*lines, last]), names)
            continue
        exec("\n".join(lines), names)
        value = eval(final, names)
        shown += bool(value._repr_html_())
    assert shown >= 5
    assert "Tolmera League ceasefire" in capsys.readouterr().out


def test_a_ledger_shows_where_they_stand_and_a_report_its_words() -> None:
    folder = examples()
    ledger = read([str(folder / "talks")], read_case(folder / "case.toml"))
    assert ledger._repr_html_() == ledger.show("positions")
    assert "Tolmera League" in ledger.show()
    assert "not reported" in ledger.show()
    move = ledger.moves()[0]
    page = ledger.show(move.report)
    assert "<mark " in page
    assert page.count("<mark ") == page.count("</mark>")
    assert ledger.show("proposals").count("<tr>") == len(ledger.lines()) + 1
    assert ledger.show(ledger.report(move.report)) == page
    with pytest.raises(KeyError):
        ledger.show("nothing")


def test_a_record_shows_itself_with_its_sentences() -> None:
    folder = examples()
    ledger = read(folder / "talks", folder / "case.toml")
    position = next(p for p in ledger.positions() if p.moved)
    page = ledger.show(position)
    assert f"was: {labels.before(position)}" in page
    assert page.count("<q ") >= len(position.history)
    line = next(t for t in ledger.lines() if any(c.kind == "changed" for c in t.changes))
    page = ledger.show(line)
    assert "<li>changed: " in page
    assert ledger.show(ledger.proposal(line.proposals[-1])) == page
    move = ledger.moves()[0]
    assert str(escape(labels.move(ledger, move))) in ledger.show(move)


def test_one_path_and_the_path_of_a_case_do_as_well() -> None:
    folder = examples()
    plain = read(folder / "talks", folder / "case.toml")
    assert plain == read([str(folder / "talks")], read_case(str(folder / "case.toml")))


def test_hostile_text_is_escaped() -> None:
    case = Case("<b>x</b>", (pack("labour"),), (Party("<i>Guild</i>"), Party("Northern Ferries")))
    text = "Northern Ferries rejected the <script>alert(1)</script> pay offer & said <img src=x onerror=alert(2)> no."
    readings, ties = build([read_one(report_of(text), case)], case)
    ledger = Ledger(case, readings, ties)
    records = (*ledger.moves(), *ledger.positions(), *ledger.proposals())
    assert records
    for html in (ledger.show(), ledger.show("proposals"), *map(ledger.show, (ledger.reports()[0].id, *records))):
        assert "<script" not in html
        assert "<img" not in html
        assert "<b>x" not in html
