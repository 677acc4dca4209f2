from datetime import date
from pathlib import Path

from onthetable.case import Anchor, Case, Party, pack, read_case
from onthetable.views import case as case_view


def test_what_is_written_is_read_back_as_it_was(tmp_path: Path) -> None:
    known = Case(
        'The "lake" \\ talks\n',
        (pack("peace"), pack("trade")),
        (
            Party("Norland", "principal", ("the kingdom", 'the "north"'), ("Maja Brun",), ("Port Anne",)),
            Party("Ostia", "mediator"),
        ),
        (Anchor(date(2026, 3, 3), date(2026, 3, 5), ("the first round",)),),
        date(2026, 1, 1),
    )
    file = tmp_path / "case.toml"
    file.write_text(case_view.document(known), "utf-8")
    assert read_case(file) == known


def test_a_draft_says_that_it_is_one_and_how_to_go_on(tmp_path: Path) -> None:
    shown = case_view.document(Case("talks", parties=(Party("Norland"),), drafted=True))
    assert shown.startswith("# Drafted from the reports")
    assert "# [[anchor]]" in shown
    file = tmp_path / "case.toml"
    file.write_text(shown, "utf-8")
    assert [p.name for p in read_case(file).parties] == ["Norland"]


def test_control_characters_and_broken_text_pass() -> None:
    shown = case_view.document(Case("a\x00\x1b\ud800"))
    shown.encode("utf-8")
    assert "\x00" not in shown
