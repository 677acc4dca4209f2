"""A kept ledger gives what reading on the spot gives, holds each report once, and knows what became of every input."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.store.talks import case_file, made

from onthetable import cli, following, keeping
from onthetable.case import read_case
from onthetable.errors import StoreError
from onthetable.store import Store, check

Opened = Callable[..., Store]


def run(*arguments: object) -> int:
    return cli.run([str(a) for a in arguments])


def filled(talks: Path, where: str) -> str:
    assert run("read", talks / "reports", "--ledger", where, "--case", talks / "case.toml") == 0
    return where


def said(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    capsys.readouterr()
    assert run(*arguments) == 0
    return capsys.readouterr().out


# --- the same ledger -----------------------------------------------------------------------------------


def test_a_kept_ledger_is_that_of_reading_on_the_spot(
    talks: Path, where: str, capsys: pytest.CaptureFixture[str]
) -> None:
    filled(talks, where)
    spot = talks / "reports", "--case", talks / "case.toml"
    for command in (["brief", "--format", "json"], ["show", "positions"], ["changes", "--from", "2024-01-01", "--to",
                    "2024-03-01", "--json"]):  # fmt: skip
        assert said(capsys, *command, "--ledger", where) == said(capsys, *command, *spot)


def test_a_drafted_case_is_that_of_reading_on_the_spot(
    talks: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = tmp_path / "ledger.db"
    assert run("read", talks / "reports", "--ledger", where) == 0
    assert "drafted" in capsys.readouterr().err
    spot = said(capsys, "brief", "--format", "json", talks / "reports")
    assert said(capsys, "brief", "--format", "json", "--ledger", where) == spot


def test_by_whole_and_by_halves_comes_out_the_same(opened: Opened, talks: Path, where: str, tmp_path: Path) -> None:
    case = read_case(talks / "case.toml")
    files = sorted(map(str, (talks / "reports").iterdir()))
    halves = opened(where, create=True)
    keeping.keep(files[5:], halves, case)
    keeping.keep(files[:6], halves, case)
    whole = opened(str(tmp_path / "whole.db"), create=True)
    keeping.keep(files, whole, case, workers=2)
    assert following.kept(halves.where) == following.kept(whole.where)


def test_adding_twice_changes_nothing(
    opened: Opened, talks: Path, where: str, capsys: pytest.CaptureFixture[str]
) -> None:
    filled(talks, where)
    before = following.kept(where)
    capsys.readouterr()
    filled(talks, where)
    assert "0 reports added, 8 known already" in capsys.readouterr().err
    assert following.kept(where) == before
    assert not check(opened(where))


def test_the_same_text_under_another_name_is_known(opened: Opened, talks: Path, where: str, tmp_path: Path) -> None:
    filled(talks, where)
    copy = tmp_path / "copy.txt"
    copy.write_bytes((talks / "reports" / "report-000.txt").read_bytes())
    kept = keeping.keep([str(copy)], opened(where))
    assert (kept.new, kept.known) == (0, 1)


def test_another_case_reads_again_and_the_old_one_does_not(
    opened: Opened, talks: Path, where: str, tmp_path: Path
) -> None:
    filled(talks, where)
    other = read_case(case_file(tmp_path, "Other talks"))
    store = opened(where)
    assert keeping.keep([], store, other).again == 8
    assert following.kept(where).ledger.case.name == "Other talks"
    assert not check(store)
    assert keeping.keep([], store, read_case(talks / "case.toml")).again == 0
    assert following.kept(where).ledger.case.name == "Valley talks"


def test_new_rules_are_told_and_read_again(
    talks: Path, where: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    filled(talks, where)
    for module in (keeping, following):
        monkeypatch.setattr(module, "version", lambda case: "later")
    assert run("show", "moves", "--ledger", where) == 0
    assert "8 reports were read by other rules" in capsys.readouterr().err
    assert run("read", "--ledger", where) == 0
    assert "8 read again" in capsys.readouterr().err
    assert following.kept(where).old == 0


# --- inputs --------------------------------------------------------------------------------------------


def test_every_input_has_a_row_with_its_status_and_reason(
    opened: Opened, talks: Path, where: str, tmp_path: Path
) -> None:
    made(tmp_path / "in", 1)
    (tmp_path / "in" / "empty.txt").touch()
    (tmp_path / "in" / "noise.bin").write_bytes(b"\0\1\2")
    case = read_case(talks / "case.toml")
    store = opened(where, create=True)
    kept = keeping.keep([str(tmp_path / "in"), str(tmp_path / "absent.txt")], store, case)
    entries = {Path(e.name).name: e for e in store.inputs()}
    assert entries["report-000.txt"].status == "read"
    assert entries["report-000.txt"].report
    rejected = {n for n, e in entries.items() if e.status == "rejected"}
    assert {"empty.txt", "absent.txt"} <= rejected
    assert all(entries[n].reason and not entries[n].report for n in rejected)
    assert len(rejected) == len(kept.rejected)
    keeping.keep([str(tmp_path / "in")], store, case)
    assert {Path(e.name).name: e for e in store.inputs()}["report-000.txt"].status == "known"


def test_a_report_that_fails_is_rejected_and_tried_again(
    opened: Opened, talks: Path, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = sorted(map(str, (talks / "reports").iterdir()))
    store = opened(where, create=True)
    case = read_case(talks / "case.toml")
    assert keeping.keep(files, store, case, timeout=1e-4).new == 0
    assert all("takes too long" in (e.reason or "") for e in store.inputs())
    assert keeping.keep(files, store, case).new == 8
    assert {e.status for e in store.inputs()} == {"read"}
    monkeypatch.setattr(keeping, "version", lambda case: "later")
    kept = keeping.keep([], store, case, timeout=1e-4)
    assert (kept.new, kept.again, len(kept.rejected)) == (0, 0, 8)


def test_names_and_texts_that_a_database_may_not_like(opened: Opened, talks: Path, where: str, tmp_path: Path) -> None:
    text = (talks / "reports" / "report-000.txt").read_text()
    (tmp_path / "in").mkdir()
    odd = [b"caf\xe9.txt", b"new\nline.txt", b"quote'\".txt", "ünï😀.txt".encode()]
    for n, name in enumerate(odd):
        with open(os.path.join(os.fsencode(tmp_path / "in"), name), "w") as f:
            f.write(f"{text}\nWord \0 and \U0001f600 number {n}.\n")
    store = opened(where, create=True)
    kept = keeping.keep([str(tmp_path / "in")], store, read_case(talks / "case.toml"))
    assert kept.new + len(kept.rejected) == 4
    assert len(store.inputs()) == 4
    assert not check(store)


def test_a_paragraph_of_half_a_million_different_words(opened: Opened, where: str, talks: Path, tmp_path: Path) -> None:
    from tests.conftest import report_of

    from onthetable.case import Case
    from onthetable.model import Reading

    report = report_of(" ".join(f"w{n:x}" for n in range(150_000)) + " ended.")
    store = opened(where, create=True)
    store.set_case(Case())
    store.add(report, Reading(report, (), (), (), (), (), (), ()), "v")
    assert not check(store)
    assert [p.report for p in store.find("w1f")] == [report.id]


def test_no_reports_and_no_case_make_no_case(opened: Opened, tmp_path: Path, talks: Path, where: str) -> None:
    kept = keeping.keep([str(tmp_path / "absent.txt")], opened(where, create=True))
    assert not kept.drafted
    assert opened(where).case() is None
    with pytest.raises(StoreError, match="nothing is in it yet"):
        following.kept(where)


def test_a_ledger_in_the_folder_of_its_reports_is_not_read(tmp_path: Path, talks: Path) -> None:
    folder = made(tmp_path / "in", 2)
    arguments = "read", folder, "--ledger", folder / "talks.db", "--case", talks / "case.toml"
    assert run(*arguments) == 0
    assert run(*arguments) == 0


# --- find ----------------------------------------------------------------------------------------------


def test_find_takes_words_and_phrases(
    opened: Opened, talks: Path, where: str, capsys: pytest.CaptureFixture[str]
) -> None:
    filled(talks, where)
    store = opened(where)
    assert len(store.find("ceasefire")) == 2
    assert len(store.find('"rejected a ceasefire"')) == 2
    assert store.find('"ceasefire a rejected"') == []
    assert len(store.find("PRISONER demands")) == 2, "by the stem"
    assert len(store.find("tarnland", 3)) == 3
    for p in store.find("valley"):
        (report,) = store.reports([p.report])
        assert report.text[p.start : p.end] == p.text
    rows = json.loads(said(capsys, "find", "truce", "--ledger", where, "--json"))
    assert {Path(r["path"]).name for r in rows} == {"report-003.txt"}
    assert "truce" in said(capsys, "find", "truce", "--ledger", where)
    capsys.readouterr()
    assert run("find", "zebra", "--ledger", where) == 0
    assert "nothing found" in capsys.readouterr().err


ODD = ["", " ", '"', '""', "AND", "NOT ceasefire OR", "text:x", "cease*", "(", "a NEAR(b)", "^x", "-truce", "'; DROP--",
       "%", "\\", "a\0b", "\0", "\ud800", "x" * 100_000, "!!", "a&b|c", "<->", '"a', "ü", "+", "{a}", ":*"]  # fmt: skip


@pytest.mark.parametrize("query", ODD)
def test_find_takes_anything(opened: Opened, talks: Path, query: str, where: str) -> None:
    store = opened(where, create=True)
    assert store.find(query) == []


def test_signs_of_the_search_language_are_words(opened: Opened, talks: Path, tmp_path: Path) -> None:
    store = opened(filled(talks, str(tmp_path / "x.db")))
    assert len(store.find("(ceasefire)")) == len(store.find("ceasefire*")) == len(store.find("^ceasefire:")) == 2
    assert store.find("ceasefire OR truce") == []
