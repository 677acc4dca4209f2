"""A case file read with a critical eye, and drafts that say on what evidence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.conftest import report_of, spans_of

from onthetable.bundled import examples
from onthetable.case import PACKS, Case, Party, pack, read_case
from onthetable.cli import run
from onthetable.drafting.evidence import evidence
from onthetable.drafting.proof import remarks

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
    assert re.search(
        r"^# Ilsa Marek: in 6 of 9 reports, first \S+01-sextant-round-one.txt, sentence \d+: “", text, re.M
    )
    assert re.search(
        r"^# of the [\d,]+ words and phrases in the reports that name an issue: peace \d\d %, ", text, re.M
    )
    roles = re.findall(r"^# role: acts for itself (\d+)×, stands between others (\d+)×", text, re.M)
    assert len(roles) == len(read_case(file).parties)
    assert "# told in " in text
    assert "# [[anchor]]" in text
    assert read_case(file).party("Tolmera League")
    taken = text.replace("# [[anchor]]", "[[anchor]]").replace("# date", "date").replace("# says", "says")
    file.write_text(taken)
    assert read_case(file).anchors
    capsys.readouterr()


def test_evidence_is_a_sentence_with_a_verb_its_number_and_whole_words() -> None:
    text = (
        "PORT IDA ROOK, May 4\n\nIt was dark. "
        + "Long " * 60
        + "walks tired Ida Rook "
        + "on " * 60
        + "and on. The end."
    )
    case = Case("x", (), (Party("Ida Rook"),))
    said = evidence(case, [("a.txt", spans_of("Nobody spoke.").tree), ("b.txt", spans_of(text).tree)]).names["Ida Rook"]
    assert said.startswith("in 1 of 2 reports, first b.txt, sentence 3: “… Long ")
    assert said.endswith(" on …”")
    assert "tired Ida Rook on" in said
    assert "dark" not in said


def test_quotation_marks_of_another_kind_hide_no_evidence() -> None:
    case = Case("x", (), (Party("Deckhands' Guild"),))
    said = evidence(case, [("a.txt", spans_of("The Deckhands’ Guild walked out.").tree)]).names
    assert said == {
        "Deckhands' Guild": "in 1 of 1 reports, first a.txt, sentence 1: “The Deckhands’ Guild walked out.”"
    }


def test_last_names_of_two_parties(tmp_path: Path) -> None:
    text = GOOD.replace('aliases = ["the Guild"]', 'people = ["Ada Orr", "Bo Orr"]') + 'people = ["Cy Orr"]\n'
    said = checked(tmp_path, text)["Orr"]
    assert said == "ambiguous: the last name of Ada Orr (Deckhands' Guild) and Cy Orr (Northern Ferries)"


def test_people_of_nobody(tmp_path: Path) -> None:
    file = tmp_path / "case.toml"
    file.write_text(GOOD)
    drafted = Case(
        "x", (), (Party("Northern Ferries", people=("Tom Vale",)), Party("Harbour Board", people=("Al Ross",)))
    )
    found = {r.about: r.says for r in remarks(read_case(file), drafted=drafted)}
    assert found == {
        "Tom Vale": "speaks for Northern Ferries in the reports, and is none of its people",
        "Harbour Board": "acts in the reports like a principal, and is no party of the case",
    }


RENT = """id = "rent"
label = "Rent"
[[issue]]
id = "repairs"
label = "Repairs"
words = ["repair", "mended"]
[[issue]]
id = "lift"
label = "Lift"
words = ["lift", "re-let"]
"""


def test_a_pack_of_ones_own_is_held_against_the_reports(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "rent.toml").write_text(RENT)
    (tmp_path / "case.toml").write_text(GOOD.replace("labour", "rent.toml"))
    (tmp_path / "report.txt").write_text(
        "The Guild asked Northern Ferries for repairs of the quay on Monday, a clerk said."
    )
    assert run(["case", "check", str(tmp_path / "case.toml"), str(tmp_path / "report.txt")]) == 1
    out = capsys.readouterr().out
    assert "lift: an issue of the pack rent that no report names by its words" in out
    assert "repairs: an issue" not in out
    assert "re-let: a word for lift that is never found" in out
    assert "rent: has no issue 'talks'" in out


def test_the_packs_of_the_program_have_few_remarks() -> None:
    from onthetable.drafting.proof import pack_remarks

    for name in PACKS:
        assert not [r for r in pack_remarks([pack(name)]) if "never found" in r.says or "talks" in r.says]
