"""`onthetable show` and `onthetable changes` over the bundled talks."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from onthetable import cli
from onthetable.views.entries import VIEWS

EXAMPLES = Path(__file__).parents[2] / "examples"
TALKS = [
    str(EXAMPLES / "talks" / n)
    for n in ("01-sextant-round-one.txt", "06-sextant-round-two.txt", "09-mediators-statement.txt")
]
CASE = ["--case", str(EXAMPLES / "case.toml")]


def ran(capfd: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = cli.run([*words, *CASE])
    out, err = capfd.readouterr()
    return status, out, err


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_shows_sentences_with_their_reports(view: str, capfd: pytest.CaptureFixture[str]) -> None:
    status, out, _ = ran(capfd, "show", view, *TALKS)
    assert status == 0
    assert "“" in out
    assert "[Sextant, 6 Feb 2026" in out.replace("\n    ", " ")
    assert max(map(len, out.splitlines())) <= 80
    status, out, _ = ran(capfd, "show", view, *TALKS, "--json")
    found = json.loads(out)
    assert (status, found["format"]) == (0, "onthetable-ledger/1")
    assert found["reports"]


def test_a_party_and_an_issue_leave_what_is_theirs(capfd: pytest.CaptureFixture[str]) -> None:
    _, out, _ = ran(capfd, "show", "positions", *TALKS, "--party", "sorvana", "--issue", "Ceasefire", "--json")
    held = json.loads(out)["positions"]
    assert {(p["party"], p["issue"]) for p in held} == {("Sorvana", "ceasefire")}
    assert all(m["sentence"] for m in json.loads(out)["moves"])


def test_what_was_out_on_a_day(capfd: pytest.CaptureFixture[str]) -> None:
    _, out, _ = ran(capfd, "show", "moves", *TALKS, "--at", "2026-02-10", "--json")
    assert len(json.loads(out)["reports"]) == 1


def test_changes_show_both_sentences_and_that_they_are_derived(capfd: pytest.CaptureFixture[str]) -> None:
    status, out, _ = ran(capfd, "changes", *TALKS, "--from", "2026-02-10", "--to", "2026-03-20", "--issue", "ceasefire")
    assert status == 0
    for words in ("Sorvana: moved", "derived", "before: ", "after: "):
        assert words in out
    _, out, _ = ran(capfd, "changes", *TALKS, "--from", "2026-02-10", "--to", "2026-03-20", "--json")
    kinds = {c["kind"] for c in json.loads(out)["changes"]}
    assert {"new", "moved"} <= kinds


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("show", "opinions", *TALKS), "opinions"),
        (("show", "moves", *TALKS, "--party", "Atlantis"), "no such party (known: Pelland"),
        (("show", "moves", *TALKS, "--issue", "cheese"), "no such issue (known: end-of-war"),
        (("changes", *TALKS, "--from", "2026-03-02", "--to", "2026-03-01"), "is before"),
    ],
)
def test_wrong_usage_is_named(words: tuple[str, ...], says: str, capfd: pytest.CaptureFixture[str]) -> None:
    status, _, err = ran(capfd, *words)
    assert status == 2
    assert says in err


def test_what_several_reports_say_tells_what_stands_behind_it(capfd: pytest.CaptureFixture[str]) -> None:
    copied = [TALKS[0], str(EXAMPLES / "talks" / "04-globebeat-truce.txt")]
    status, out, _ = ran(capfd, "show", "sources", *copied)
    assert status == 0
    shown = " ".join(out.split())
    assert "2 reports, 1 origin, 1 named source]" in shown
    assert re.search(
        r"Copies one origin with what they copy GlobeBeat[^“]* the story of Sextant[^“]*“[^”]+” \[GlobeBeat", shown
    )


def test_sources_on_an_issue_are_those_who_make_a_move_on_it(capfd: pytest.CaptureFixture[str]) -> None:
    _, all_of_them, _ = ran(capfd, "show", "sources", *TALKS)
    _, few, _ = ran(capfd, "show", "sources", *TALKS, "--issue", "ceasefire")
    assert 0 < few.count("“") < all_of_them.count("“")
    assert "Copies" not in few


def test_reports_of_a_kept_ledger_that_are_left_out_are_named(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for n in range(7):
        (tmp_path / f"r{n}.txt").write_text(f"The baker sold {n + 20} loaves on Tuesday morning, she said.\n")
    kept = str(tmp_path / "kept.db")
    cli.run(["read", str(tmp_path), "--ledger", kept, *CASE])
    capfd.readouterr()
    assert cli.run(["show", "moves", "--ledger", kept]) == 1
    out, err = capfd.readouterr()
    assert "\nNone is reported.\n" in out
    assert err.count("left out: ") == 6
    assert "2 more" in err
