import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from onthetable import cli
from onthetable.case import read_case

TEXT = """Norland offers a truce on the lake

PORT ANNE, March 3, 2026 - Norland offered Sudmark a ceasefire of six weeks on Tuesday, its envoy Maja Brun said.

Sudmark rejected the ceasefire. "Six weeks is a fishing trip," said Jon Vik, a spokesman for the government of Sudmark.
At least 40 sailors are held, according to the Sailors' Union.
"""
CASE = """name = "Lake talks"
packs = ["peace"]
[[party]]
name = "Norland"
people = ["Maja Brun"]
[[party]]
name = "Sudmark"
"""

Ran = tuple[int, str, str]
Run = Callable[..., Ran]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    def go(*arguments: object) -> Ran:
        status = cli.run([str(a) for a in arguments])
        out, err = capfd.readouterr()
        assert "Traceback" not in out + err
        return status, out, err

    return go


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "one.txt").write_text(TEXT, "utf-8")
    (tmp_path / "case.toml").write_text(CASE, "utf-8")
    return tmp_path


def squeezed(shown: str) -> str:
    return " ".join(shown.replace("│", " ").split())


# --- brief ------------------------------------------------------------------------------------------------


def test_brief_prints_where_they_stand(run: Run, folder: Path) -> None:
    status, out, err = run("brief", folder / "reports", "--case", folder / "case.toml")
    assert (status, err) == (0, "")
    assert out.startswith("Lake talks\n")
    assert "offers 6 weeks" in squeezed(out)
    assert "\x1b" not in out


@pytest.mark.parametrize(("format", "start"), [("json", "{"), ("html", "<!doctype html>"), ("md", "# Lake talks")])
def test_brief_writes_each_format(run: Run, folder: Path, format: str, start: str) -> None:
    status, out, err = run("brief", folder / "reports", "--case", folder / "case.toml", "--format", format)
    assert (status, err) == (0, "")
    assert out.lstrip().startswith(start)


def test_brief_without_a_case_says_what_it_assumed(run: Run, folder: Path) -> None:
    status, out, _ = run("brief", folder / "reports")
    assert status == 0
    assert "Assumed: The case was drafted." in squeezed(out)


@pytest.mark.parametrize("ending", ["txt", "html", "json", "md"])
def test_what_the_program_wrote_is_never_read_as_a_report(run: Run, folder: Path, ending: str) -> None:
    alone = run("brief", folder / "reports")
    out = folder / "reports" / f"brief.{ending}"
    assert run("brief", folder / "reports", "--out", out) == (0, "", "")
    status, shown, err = run("brief", folder / "reports")
    assert (status, shown.split("\nNot read")[0]) == (1, alone[1].split("\nWritten by")[0])
    assert f"not read: {out}: written by onthetable itself, no report\n" == err
    assert run("brief", folder / "reports", "--out", out)[0] == 1  # and it may be written again


def test_the_ending_of_out_gives_the_format(run: Run, folder: Path) -> None:
    out = folder / "brief.json"
    assert run("brief", folder / "reports", "--out", out) == (0, "", "")
    assert json.loads(out.read_text("utf-8"))["format"] == "onthetable-ledger/1"
    run("brief", folder / "reports", "--out", out, "--format", "md")
    assert out.read_text("utf-8").startswith("# ")
    assert [p.name for p in folder.iterdir() if p.name.startswith(".")] == []


def test_several_workers_give_the_same_ledger(run: Run, folder: Path) -> None:
    (folder / "reports" / "two.txt").write_text(TEXT.replace("six weeks", "eight weeks"), "utf-8")
    one = run("brief", folder / "reports", "--format", "json")
    assert run("brief", folder / "reports", "--format", "json", "--workers", "2") == one


def test_at_shows_what_was_known_then(run: Run, folder: Path) -> None:
    status, out, err = run("brief", folder / "reports", "--at", "2026-03-01")
    assert status == 0
    assert "As known on 1 Mar 2026: 0 reports" in out
    assert err == "nothing is known to have been reported by 1 Mar 2026: the first report is of 3 Mar 2026\n"


def test_what_cannot_be_read_is_named_and_the_rest_is_read(run: Run, folder: Path) -> None:
    (folder / "reports" / "empty.txt").write_text("", "utf-8")
    (folder / "reports" / "noise.txt").write_bytes(bytes(range(256)) * 40)
    status, out, err = run("brief", folder / "reports", folder / "nosuch.txt", "--case", folder / "case.toml")
    assert status == 1
    assert "offers 6 weeks" in squeezed(out)
    named = {line.removeprefix("not read: ").split(": ")[0] for line in err.splitlines()}
    assert {Path(n).name for n in named} == {"empty.txt", "noise.txt", "nosuch.txt"}
    assert all(line.startswith("not read: ") and len(line.split(": ", 2)) == 3 for line in err.splitlines())


def test_a_case_with_a_mistake_is_named_by_line_and_field_and_nothing_is_read(run: Run, folder: Path) -> None:
    (folder / "case.toml").write_text(CASE + 'rolle = "mediator"\n', "utf-8")
    status, out, err = run("brief", folder / "reports", "--case", folder / "case.toml")
    assert (status, out) == (2, "")
    assert "case.toml:8: party.1.rolle: unknown field, perhaps 'role'" in err
    status, out, err = run("brief", folder / "reports", "--case", folder / "nosuch.toml")
    assert (status, out) == (2, "")
    assert "nosuch.toml: no such file" in err


def test_a_lone_report_without_parties_is_rejected_for_what_is_true(run: Run, tmp_path: Path) -> None:
    (tmp_path / "rain.txt").write_text("Rain fell on the coast all day, and the ferries did not sail.", "utf-8")
    assert "no party is found in it; a case file can name them" in run("brief", tmp_path)[2]


def test_a_report_that_takes_too_long_is_left_out_and_the_rest_is_read(run: Run, folder: Path) -> None:
    (folder / "reports" / "long.txt").write_text("\n\n".join([TEXT] * 300), "utf-8")
    status, out, err = run("brief", folder / "reports", "--case", folder / "case.toml", "--timeout", "0.7")
    assert status == 1
    assert err == f"not read: {folder}/reports/long.txt: takes too long (more than 0.7 seconds)\n"
    assert "offers 6 weeks" in squeezed(out)
    drafted = run("case", "draft", folder / "reports", "--timeout", "0.7")
    assert (drafted[0], drafted[2]) == (1, err)
    assert 'name = "Norland"' in drafted[1]


def test_nothing_to_read_is_said(run: Run, tmp_path: Path) -> None:
    status, out, err = run("brief", tmp_path)
    assert status == 1
    assert str(tmp_path) in err
    assert "0 reports" in out


# --- wrong usage ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["brief"], "which reports? Name files or folders"),
        (["brief", "x", "--format", "pdf"], "'text', 'html', 'json', 'md'"),
        (["brief", "x", "--at", "3 May"], "expected YYYY-MM-DD, for example 2024-05-03"),
        (["brief", "x", "--workers", "0"], "--workers"),
        (["brief", "x", "--nosuch"], "--nosuch"),
        (["nosuch"], "nosuch"),
    ],
)
def test_wrong_usage_is_status_2_and_says_what_is_expected(run: Run, arguments: list[str], said: str) -> None:
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert said in squeezed(err)


def test_out_must_not_be_a_folder(run: Run, folder: Path) -> None:
    for command in (["brief", folder / "reports"], ["case", "draft", folder / "reports"], ["demo"]):
        status, _, err = run(*command, "--out", folder)
        assert status == 2
        assert "is a folder" in err


@pytest.mark.parametrize("name", ["brief.pdf", "brief.docx"])
def test_an_ending_that_is_no_format_is_refused_unless_the_format_is_given(run: Run, folder: Path, name: str) -> None:
    status, out, err = run("brief", folder / "reports", "--out", folder / name)
    assert (status, out) == (2, "")
    assert ".html, .htm, .json, .md" in err
    assert not (folder / name).exists()
    assert run("brief", folder / "reports", "--out", folder / name, "--format", "md")[0] == 0


def test_out_never_destroys_what_the_work_is_read_from(run: Run, folder: Path) -> None:
    report, case = folder / "reports" / "one.txt", folder / "case.toml"
    (folder / "linked.txt").symlink_to(report)
    for out, said in ((report, "to be read"), (folder / "linked.txt", "to be read"), (case, "the case file")):
        status, _, err = run("brief", folder / "reports", "--case", case, "--format", "text", "--out", out)
        assert status == 2
        assert said in err
    assert run("case", "draft", folder / "reports", "--force", "-o", report)[0] == 2
    assert (report.read_text("utf-8"), case.read_text("utf-8")) == (TEXT, CASE)


def test_a_case_corrected_by_hand_is_kept(run: Run, folder: Path) -> None:
    status, _, err = run("case", "draft", folder / "reports", "-o", folder / "case.toml")
    assert status == 2
    assert "--force" in err
    assert (folder / "case.toml").read_text("utf-8") == CASE
    assert run("case", "draft", folder / "reports", "-o", folder / "case.toml", "--force") == (0, "", "")
    assert "Drafted" in (folder / "case.toml").read_text("utf-8")


def test_out_in_a_folder_that_is_not_there(run: Run, folder: Path) -> None:
    (folder / "case.toml").write_bytes(b"")  # it is looked at before anything is read
    status, _, err = run("brief", folder / "nosuch", "--out", folder / "no" / "brief.html")
    assert status == 3
    assert "there is no folder" in err
    assert "nosuch" not in err


def test_an_unexpected_error_is_one_line(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a mistake")

    monkeypatch.setattr("onthetable.reading.read", broken)
    status, out, err = run("brief", folder / "reports")
    assert (status, out) == (3, "")
    assert len(err.splitlines()) == 1
    assert "ZeroDivisionError" in err
    assert "--debug" in err
    with pytest.raises(ZeroDivisionError):
        cli.run(["--debug", "brief", str(folder / "reports")])


# --- the others -------------------------------------------------------------------------------------------


def test_version_and_help(run: Run) -> None:
    status, out, _ = run("--version")
    assert status == 0
    assert out.startswith("onthetable 0.")
    for command in ([], ["demo"], ["brief"], ["annotate"], ["case"], ["case", "draft"]):
        status, out, _ = run(*command, "--help")
        assert status == 0
        assert "Usage:" in out
    assert "Example" in run("brief", "--help")[1]


def test_demo_writes_the_dossier_and_shows_it(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "demo.html"
    status, shown, err = run("demo", "--out", out)
    assert status == 0
    assert "Where they stand" in shown
    assert str(out) in err
    assert out.read_text("utf-8").lstrip().startswith("<!doctype html>")


def test_case_draft_writes_a_case_that_can_be_read(run: Run, folder: Path) -> None:
    out = folder / "drafted.toml"
    status, _, err = run("case", "draft", folder / "reports", "-o", out)
    assert (status, err) == (0, "")
    assert {"Norland", "Sudmark"} <= {p.name for p in read_case(out).parties}
    assert run("case", "draft", folder / "reports")[1] == out.read_text("utf-8")


def annotated(run: Run, monkeypatch: pytest.MonkeyPatch, lines: bytes) -> tuple[int, list[dict[str, object]], str]:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines)))
    status, out, err = run("annotate")
    return status, [json.loads(line) for line in out.splitlines()], err


def test_annotate_answers_line_by_line(run: Run, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    lines = "".join(json.dumps({"id": n, "text": TEXT, "date": "2026-03-03"}) + "\n\n" for n in ("a", 7))
    status, answers, err = annotated(run, monkeypatch, lines.encode())
    assert (status, err) == (0, "")
    assert [a["id"] for a in answers] == ["a", 7]
    assert list(answers[0]) == ["id", "statements", "times", "figures", "acts", "moves"]
    file = folder / "texts.jsonl"
    file.write_text(lines, "utf-8")
    assert run("annotate", file)[1].splitlines() == [json.dumps(a, ensure_ascii=False) for a in answers]


@pytest.mark.parametrize(
    ("line", "id", "said"),
    [
        (b"{", None, "not JSON"),
        (b"[1]", None, "not a JSON object"),
        (b'{"id": "x"}', "x", "no text"),
        (b'{"id": "x", "text": 3}', "x", "not a string"),
        (b'{"id": "x", "text": "y", "date": "soon"}', "x", "YYYY-MM-DD"),
        (b'{"id": "x", "text": "\xff"}', None, "UTF-8"),
        (b"[" * 100_000, None, "nested"),
    ],
)
def test_a_bad_line_is_answered_with_its_error(
    run: Run, monkeypatch: pytest.MonkeyPatch, line: bytes, id: object, said: str
) -> None:
    good = b'{"id": "good", "text": "Norland offered a truce."}'
    status, answers, err = annotated(run, monkeypatch, line + b"\n" + good + b"\n")
    assert status == 1
    assert answers[0]["id"] == id
    assert said in str(answers[0]["error"])
    assert "line 1" in err
    assert answers[1]["id"] == "good"


def test_a_line_on_which_the_program_fails_stops_no_other(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str, text: str, day: object) -> dict[str, object]:
        if name == "bad":
            raise ZeroDivisionError("a mistake")
        return {"id": name}

    monkeypatch.setattr("onthetable.annotation.annotate", broken)
    status, answers, err = annotated(run, monkeypatch, b'{"id": "bad", "text": "x"}\n{"id": "good", "text": "x"}\n')
    assert status == 1
    assert "ZeroDivisionError" in str(answers[0]["error"])
    assert "ZeroDivisionError" in err
    assert answers[1] == {"id": "good"}


def test_annotate_of_a_file_that_is_not_there(run: Run) -> None:
    status, _, err = run("annotate", "nosuch.jsonl")
    assert status == 3
    assert "nosuch.jsonl: No such file" in err


def test_a_reader_that_leaves_early_is_no_error(folder: Path) -> None:
    command = [sys.executable, "-c", "from onthetable.cli import main; main()", "brief", str(folder / "reports")]
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, check=False)
    os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")


def test_help_loads_neither_parser_nor_database() -> None:
    heavy = "spacy", "sqlalchemy", "numpy", "docx", "lxml", "fastapi", "onthetable.drafting"
    code = f"import sys, onthetable.cli; print([m for m in {heavy} if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
