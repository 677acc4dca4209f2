import re

from tests.talks import CASE, days, make_ledger, make_move, make_reading, make_report, make_statement, make_talks

from onthetable.ledger import Ledger
from onthetable.model import Published, Ties
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


def test_a_statement_that_says_again_what_a_move_does_has_its_own_words() -> None:
    told = make_report("Norland offered a truce of six weeks.", "a.txt")
    said = make_report("A truce of six weeks was offered, Maja Brun said.", "b.txt")
    move = make_move(told, 1, "Norland", "offers")
    statement = make_statement(said, 1, "A truce of six weeks was offered", "Maja Brun")
    day = Published(days("2026-03-03"), ())
    ties = Ties({told.id: day, said.id: day}, {}, (), (), ((move.id, statement.id),))
    ledger = Ledger(CASE, (make_reading(told, move), make_reading(said, statements=(statement,))), ties)
    assert "“A truce of six weeks was offered”: 2 reports" in markdown.render(ledger)
