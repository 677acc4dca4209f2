from datetime import date

import pytest
from tests.talks import CASE, days, make_ledger, make_move, make_reading, make_report, make_talks

from onthetable.ledger import Ledger
from onthetable.model import Ties
from onthetable.views import text


def squeezed(shown: str) -> str:
    return " ".join(shown.split())


@pytest.mark.parametrize("width", [30, 45, 60, 80, 120])
def test_no_line_is_wider_than_asked(width: int) -> None:
    lines = text.render(make_talks(), width=width).splitlines()
    assert max(map(len, lines)) <= width


def test_it_says_where_they_stand_since_when_and_on_whose_word() -> None:
    shown = squeezed(text.render(make_talks()))
    assert (
        "Norland ◆ offers 6 weeks since 3 Mar 2026 · 1 report, 1 origin, 1 named source · 80% sure says Maja Brun"
        in shown
    )
    assert (
        "Sudmark ● accepts 8 weeks (from Norland) was: rejects since 10–14 Mar 2026 · "
        "1 report, 1 origin, 1 named source · 80% sure, hedged" in shown
    )
    assert "says Ostia's foreign ministry, via Lake Radio" in shown
    assert "≠ contested" in shown


def test_it_says_proposals_figures_silence_and_what_was_not_read() -> None:
    shown = squeezed(text.render(make_talks()))
    assert "Norland: rejected · reported 3 Mar 2026 - ceasefire: 6 weeks, its own to give" in shown
    assert "Sudmark: on the table (answers another)" in shown
    assert "sailors held ≠ counts contradict each other" in shown
    assert "Sailors' Union at least 40 ≠ [Harbour Gazette, 3 Mar 2026]" in shown
    assert "its navy 31 ≠ [two.txt, 10–14 Mar 2026]" in shown
    assert "Not reported: end of the war" in shown
    assert "Not read three.pdf: not a text" in shown


def test_no_colour_means_no_escape_and_colour_does() -> None:
    assert "\x1b" not in text.render(make_talks())
    assert "\x1b[" in text.render(make_talks(), colour=True)


def test_a_report_cannot_steer_the_terminal() -> None:
    report = make_report("Norland demands \x1b[2J\x07it [bold]now[/bold] \u202eback.", "a\x1b.txt")
    ledger = make_ledger((make_reading(report, make_move(report, 1, "Nor\x1bland", "demands")), days("2026-03-03")))
    shown = text.render(ledger)
    assert not {"\x1b", "\x07", "\u202e"} & set(shown)
    assert "[bold]now[/bold]" in squeezed(shown)


@pytest.mark.parametrize("width", [30, 59, 60, 80, 110, 200])
def test_every_party_is_shown_at_every_width(width: int) -> None:
    names = [f"Party{n}" for n in range(11)]
    report = make_report("They all demand a truce.", "a.txt")
    moves = [make_move(report, n, name, "demands") for n, name in enumerate(names)]
    shown = text.render(make_ledger((make_reading(report, *moves), days("2026-03-03"))), width=width)
    table = shown.split("Where they stand")[1].split("On whose word")[0]
    assert all(table.count(f"{name} ") + table.count(f"{name}\n") == 1 for name in names)
    assert table.count("▲ demands") == len(names)
    assert max(map(len, shown.splitlines())) <= width


def test_a_day_shows_only_what_was_out() -> None:
    shown = text.render(make_talks(), date(2026, 3, 5))
    assert shown.splitlines()[1] == "As known on 5 Mar 2026: 1 report, published 3 Mar 2026"
    assert "8 weeks" not in shown


def test_nothing_read_is_short() -> None:
    assert text.render(Ledger(CASE, (), Ties({}, {}, (), ()))) == "Lake talks\n0 reports\n\nWritten by onthetable.\n"
