import re

from tests.talks import days, make_ledger, make_move, make_reading, make_report, make_talks

from onthetable.views import markdown


def test_every_footnote_is_used_and_there() -> None:
    shown = markdown.render(make_talks())
    body, notes = re.split(r"\n(?=\[\^1\]:)", shown)
    assert set(re.findall(r"\[\^(\d+)\]", body)) == set(re.findall(r"^\[\^(\d+)\]:", notes, re.M))


def test_a_position_stands_in_the_table_with_its_words() -> None:
    shown = markdown.render(make_talks())
    row = next(line for line in shown.splitlines() if "offers 6 weeks" in line)
    (number,) = re.findall(r"\[\^(\d+)\]", row)
    assert f"[^{number}]: “Norland offered a truce of six weeks” — " in shown


def test_tables_are_even() -> None:
    for table in re.findall(r"(?:^\|.*\n)+", markdown.render(make_talks()), re.M):
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}) == 1


def test_text_cannot_become_markup() -> None:
    report = make_report("Norland | demands *it* <b>now</b> [x](y) `code`.", "a_b_c.txt")
    ledger = make_ledger((make_reading(report, make_move(report, 1, "Nor|land", "demands")), days("2026-03-03")))
    shown = markdown.render(ledger)
    assert not re.search(r"(?<!\\)<", shown)
    assert "\\*it\\*" in shown
    assert "Nor\\|land" in shown
    assert not re.search(r"(?<!\\)\]\(", shown)
