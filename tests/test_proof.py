"""A case file read with a critical eye, and drafts that say on what evidence."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import report_of

from onthetable.bundled import examples
from onthetable.case import read_case
from onthetable.cli import run
from onthetable.drafting.proof import evidence, remarks

GOOD = """name = "ferries"
packs = ["labour"]
[[party]]
name = "Deckhands' Guild"
aliases = ["the Guild"]
[[party]]
name = "Northern Ferries"
"""


def checked(tmp_path: Path, text: str, *reports: str) -> dict[str, str]:
    file = tmp_path / "case.toml"
    file.write_text(text)
    return {r.about: r.says for r in remarks(read_case(file), [report_of(t) for t in reports])}


def test_nothing_to_remark(tmp_path: Path) -> None:
    assert checked(tmp_path, GOOD, "The Guild met Northern Ferries. The Deckhands' Guild left.") == {}


@pytest.mark.parametrize(
    ("more", "about", "says"),
    [
        ('aliases = ["The guild"]', "The guild", "ambiguous: a name of Deckhands' Guild and of Northern Ferries"),
        ('people = ["Al"]', "Al", "too short"),
        ('role = "mediator"', "party", "1 with the role principal"),
        ('[[anchor]]\ndate = 2026-05-02\nsays = ["b"]\n[[anchor]]\ndate = 2026-05-01\nsays = ["a"]', "anchor", "order"),
        (
            '[[anchor]]\ndate = 2026-05-01\nsays = ["x"]\n[[anchor]]\ndate = 2026-05-02\nsays = ["X"]',
            "x",
            "two anchors",
        ),
    ],
)
def test_what_strikes_the_eye(tmp_path: Path, more: str, about: str, says: str) -> None:
    assert says in checked(tmp_path, GOOD + more)[about]


def test_what_the_reports_never_name(tmp_path: Path) -> None:
    found = checked(tmp_path, GOOD + 'people = ["Una Birch"]\n', "The Deckhands' Guild slept. Una Birches grow.")
    assert found["the Guild"] == "alias of Deckhands' Guild: in none of the reports"
    assert "Northern Ferries" not in found
    found = checked(tmp_path, GOOD, "The Deckhands' Guild, the Guild for short, slept.")
    assert found["Northern Ferries"] == "named in none of the reports, by none of its names"


def test_who_acts_and_is_no_party(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "case.toml"
    file.write_text('packs = ["labour"]\n[[party]]\nname = "Sorvana"\n[[party]]\nname = "Quillon"\n')
    assert run(["case", "check", str(file), str(examples() / "talks")]) == 1
    out = capsys.readouterr().out
    assert "Tolmera League: acts in the reports like a principal, and is no party of the case" in out
    assert "peace: a pack whose issues the reports name" in out


def test_packs_are_checked_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "rent.toml"
    file.write_text(
        'id = "rent"\nlabel = "Rent"\n[[issue]]\nid = "level"\nlabel = "Level"\nwords = ["rent level", "cap"]\n'
        '[[issue]]\nid = "cap"\nlabel = "Cap"\nwords = ["Cap"]\n[[issue]]\nid = "void"\nlabel = "Void"\n'
    )
    assert run(["case", "check", str(file)]) == 1
    out = capsys.readouterr().out
    assert "cap: ambiguous: a word for cap and for level" in out
    assert "void: has neither words nor pairs" in out
    file.write_text("id = 3")
    assert run(["case", "check", str(file)]) == 2


def test_a_draft_says_on_what_evidence_and_reads_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "case.toml"
    assert run(["case", "draft", str(examples() / "talks"), "-o", str(file)]) == 0
    text = file.read_text()
    assert "# Ilsa Marek: in 6 of 9 reports, first " in text
    assert "# [[anchor]]" in text
    assert read_case(file).party("Tolmera League")
    taken = text.replace("# [[anchor]]", "[[anchor]]").replace("# date", "date").replace("# says", "says")
    file.write_text(taken)
    assert read_case(file).anchors
    capsys.readouterr()


def test_evidence_is_a_sentence_in_whole_words() -> None:
    report = report_of(
        "A first line.\nIt was dark. " + "Long " * 60 + "Ida Rook spoke " + "on " * 60 + "and on. The end."
    )
    case = read_case_of("Ida Rook")
    said = evidence(case, [report])["Ida Rook"]
    assert "Ida Rook spoke on" in said
    assert "ong Long" not in said.replace("Long Long", "")
    assert "dark" not in said


def read_case_of(name: str) -> object:
    from onthetable.case import Case, Party

    return Case("x", (), (Party(name),))
