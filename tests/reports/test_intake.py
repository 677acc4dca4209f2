"""Inputs of every kind: what is read, and what is rejected by name and reason."""

from __future__ import annotations

import io
import json
import os
import random
import tempfile
import time
from datetime import date
from pathlib import Path

import pytest

from onthetable.errors import InputError
from onthetable.reports import Intake, Meta, gather, make_report
from onthetable.text import digest, fix

TEXT = (
    "Talks go on\n\nThe guild told the Vastrel Courier on Monday that it would not take "
    "the four per cent that it was offered.\n"
)
PAGE = """<!doctype html><html lang="en"><head><title>Guild rejects offer | The Vastrel Courier</title>
<meta property="og:site_name" content="The Vastrel Courier"><meta name="author" content="Jo Ruiz">
<meta property="article:published_time" content="2024-05-03T10:00:00Z">
<link rel="canonical" href="https://courier.example/guild">
<script>var hidden = "words that only a machine should see";</script><style>.x{color:red}</style></head>
<body><nav><a href="/">Home</a> <a href="/w">World</a></nav><article><h1>Guild rejects offer</h1>
<p>The guild of Vastrel on Friday rejected an offer of four per cent that the employers had called final.</p>
<script>document.write("evil words that are long enough to be taken for an article by somebody");</script>
<p>"We will be back on Monday," said Ana Pell, its secretary, and left by the side door.</p>
<p>The employers told Reuters that they had nothing to add to the offer, which lapses at noon.</p>
<p>Subscribe to our newsletter</p></article><footer>© 2024 The Vastrel Courier</footer></body></html>"""


def reasons(intake: Intake) -> dict[str, str]:
    return {os.path.basename(e.name): e.reason for e in intake.rejected}


def write(folder: Path, **files: bytes | str) -> Path:
    for name, content in files.items():
        path = folder / name.replace("__", ".")
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def test_plain_text_is_stored_as_it_is(tmp_path: Path) -> None:
    raw = "\ufeffTalks\r\n\r\n  • The guild said cafe\u0301 talks would go on.\r\nShare this:\r\n"
    (tmp_path / "a.txt").write_bytes(raw.encode())
    (report,) = gather([str(tmp_path / "a.txt")]).reports
    assert report.text == fix(raw)
    assert report.sha256 == digest(report.text)
    assert report.id == report.sha256[:12]
    assert report.path == str(tmp_path / "a.txt")


def test_a_folder_is_walked_in_order_and_hidden_files_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / ".git").mkdir()
    write(tmp_path, b__txt=TEXT + "b", a__txt=TEXT + "a", __hidden=TEXT + "c")
    write(tmp_path / "sub", c__txt=TEXT + "d")
    write(tmp_path / ".git", d__txt=TEXT + "e")
    intake = gather([str(tmp_path)])
    assert [os.path.relpath(r.path, tmp_path) for r in intake.reports] == ["a.txt", "b.txt", "sub/c.txt"]
    assert not intake.rejected


def test_the_order_of_arrival_makes_no_difference(tmp_path: Path) -> None:
    write(tmp_path, a__txt=TEXT, b__txt=TEXT, c__txt=TEXT + "more", d__txt="", e__pdf="%PDF-1.4")
    paths = [str(p) for p in tmp_path.iterdir()]
    first = gather(sorted(paths))
    for seed in range(3):
        random.Random(seed).shuffle(paths)
        again = gather(paths)
        assert again.reports == first.reports
        assert [str(e) for e in again.rejected] == [str(e) for e in first.rejected]
    assert gather([str(tmp_path), *paths]).reports == first.reports


def test_of_two_reports_with_one_text_the_second_is_rejected(tmp_path: Path) -> None:
    write(tmp_path, a__txt=TEXT, b__txt=TEXT.replace("\n", "\r\n"))
    intake = gather([str(tmp_path)])
    assert [os.path.basename(r.path) for r in intake.reports] == ["a.txt"]
    assert reasons(intake) == {"b.txt": f"the same text as {tmp_path / 'a.txt'}"}


SPANISH = "El gobierno rechazó la propuesta de los mediadores y dijo que no firmará ningún acuerdo esta semana."
RUSSIAN = "Правительство отвергло предложение посредников и заявило, что переговоры продолжатся завтра. " * 4

BAD = [
    ("empty.txt", b"", "empty file"),
    ("blank.txt", b" \n\n\t", "empty file"),
    ("noise.txt", bytes(random.Random(1).randbytes(4000)), "binary, not text"),
    ("control.txt", b"a\x01b\x02" * 500, "binary, not text"),
    ("broken.txt", "The café was “open”".encode()[:-2] + b"\xff\xfe and more", "not UTF-8"),
    ("disguised.txt", b"%PDF-1.4 and so on", "PDF"),
    ("a.pdf", b"%PDF-1.4", "PDF"),
    ("a.docx", b"PK\x03\x04", "DOCX"),
    ("a.warc", b"WARC/1.0", "WARC"),
    ("a.xyz", b"whatever", "unknown file type .xyz"),
    ("marks.txt", b'"' * 2000, "no words"),
    ("spanish.txt", SPANISH.encode(), "in Spanish"),
    ("russian.txt", RUSSIAN.encode("cp1251"), "in Russian"),
    (
        "scripts.html",
        b"<html><body><script>the of and to in that is was for on with as</script></body></html>",
        "no article",
    ),
    ("menu.html", b"<html><body><nav><a href=1>Home</a><a href=2>News</a></nav></body></html>", "no article"),
    ("deep.html", b"<div>" * 50_000 + b"x", "no article"),
    ("deep.jsonl", b"[" * 100_000, "not valid JSON"),
]


@pytest.mark.parametrize(("name", "content", "reason"), BAD, ids=[b[0] for b in BAD])
def test_bad_input_is_rejected_by_reason_and_the_rest_goes_on(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(content)
    (tmp_path / "good.txt").write_text(TEXT)
    intake = gather([str(tmp_path)])
    assert [os.path.basename(r.path) for r in intake.reports] == ["good.txt"]
    (error,) = intake.rejected
    assert isinstance(error, InputError)
    assert os.path.basename(error.name).split(":")[0] == name
    assert reason in error.reason
    assert "\n" not in error.reason


def test_what_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "nowhere.txt").symlink_to(tmp_path / "gone")
    intake = gather([str(tmp_path), str(tmp_path / "empty"), str(tmp_path / "absent.txt"), "ftp://news.example/a"])
    assert reasons(intake) == {
        "empty": "a folder without files",
        "pipe": "not a plain file",
        "nowhere.txt": "no such file",
        "absent.txt": "no such file",
        "a": "only http and https addresses are read, not ftp",
    }


def test_no_permission(tmp_path: Path) -> None:
    write(tmp_path, a__txt=TEXT)
    (tmp_path / "a.txt").chmod(0)
    root = os.geteuid() == 0  # root reads everything, so it has to be somebody else for a moment
    if root:
        tmp_path.chmod(0o755)
        for folder in tmp_path.parents:
            if folder.owner() == "root" and str(folder).startswith(str(Path(tempfile.gettempdir()) / "pytest")):
                folder.chmod(0o755)
        os.seteuid(65534)
    try:
        found = gather([str(tmp_path)])
    finally:
        if root:
            os.seteuid(0)
    assert reasons(found) == {"a.txt": "no permission to read it"}


def test_fifty_megabytes_on_one_line_are_refused_at_once(tmp_path: Path) -> None:
    with (tmp_path / "big.txt").open("wb") as file:
        file.truncate(50_000_000)
    with (tmp_path / "big.jsonl").open("wb") as file:
        for _ in range(50):
            file.write(b"a" * 1_000_000)
        file.write(b"\n" + json.dumps({"id": "after", "text": TEXT}).encode())
    (tmp_path / "words.txt").write_bytes(b"word " * 10_000_000)
    begun = time.monotonic()
    intake = gather([str(tmp_path)])
    assert time.monotonic() - begun < 10
    assert [os.path.basename(r.path) for r in intake.reports] == ["big.jsonl#after"]
    assert reasons(intake)["words.txt"].startswith("too long for one report")
    assert reasons(intake)["big.jsonl:1"].startswith("too long for one report")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252", "latin-1"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    text = TEXT.replace("Monday", "Monday at the café of M. Lévêque")
    if encoding == "cp1252":
        text += "“No,” he said – and left."
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    (report,) = gather([str(tmp_path)]).reports
    assert report.text == text


def test_a_page(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE)
    (report,) = gather([str(tmp_path)]).reports
    assert report.text.startswith("Guild rejects offer\n\nThe guild of Vastrel")
    assert report.title is not None
    assert report.title.text == "Guild rejects offer"
    assert (report.outlet, report.author, report.dated) == ("Vastrel Courier", "Jo Ruiz", date(2024, 5, 3))
    assert report.url == "https://courier.example/guild"
    assert "hidden" not in report.text
    assert "evil" not in report.text
    assert [f.span.text for f in report.furniture] == ["Subscribe to our newsletter"]


def test_a_page_without_a_file_ending(tmp_path: Path) -> None:
    (tmp_path / "page").write_text(PAGE)
    assert gather([str(tmp_path / "page")]).reports[0].author == "Jo Ruiz"


def test_json_lines(tmp_path: Path) -> None:
    rows: list[object] = [
        {"id": "a", "text": TEXT, "outlet": "AP", "author": "Jo Ruiz",
         "date": "2024-05-03", "url": "https://x.example", "title": "Talks go on"},
        {"id": "b", "html": PAGE},
        {"text": TEXT + "more"},
        {"id": "d", "text": ""},
        {"id": "e"},
        {"id": "f", "text": TEXT + "f", "date": "soon"},
        {"id": "g", "text": 7},
        ["h"],
        {"id": "i", "text": TEXT},
    ]  # fmt: skip
    (tmp_path / "r.jsonl").write_text("\n".join(json.dumps(r) for r in rows) + "\n{bad\n\n")
    intake = gather([str(tmp_path / "r.jsonl")])
    by_name = {os.path.basename(r.path): r for r in intake.reports}
    assert sorted(by_name) == ["r.jsonl#a", "r.jsonl#b", "r.jsonl:3"]
    a = by_name["r.jsonl#a"]
    assert (a.outlet, a.author, a.dated, a.url) == (
        "The Associated Press",
        "Jo Ruiz",
        date(2024, 5, 3),
        "https://x.example",
    )
    assert a.title is not None
    assert (a.title.start, a.title.text) == (0, "Talks go on")
    assert reasons(intake) == {
        "r.jsonl#d": "has no text",
        "r.jsonl#e": 'has neither "text" nor "html"',
        "r.jsonl#f": "\"date\" is no ISO date: 'soon'",
        "r.jsonl:7": '"text" is not a string',
        "r.jsonl:8": "not a JSON object",
        "r.jsonl#i": f"the same text as {tmp_path / 'r.jsonl'}#a",
        "r.jsonl:10": "not valid JSON (Expecting property name enclosed in double quotes)",
    }


def test_standard_input() -> None:
    (report,) = gather(["-"], stdin=io.BytesIO(TEXT.encode())).reports
    assert (report.path, report.text) == ("-", TEXT)
    (report,) = gather(["-"], stdin=io.BytesIO(json.dumps({"id": 3, "text": TEXT}).encode())).reports
    assert report.path == "-#3"
    (report,) = gather(["-"], stdin=io.BytesIO(PAGE.encode())).reports
    assert report.author == "Jo Ruiz"
    assert [str(e) for e in gather(["-"], stdin=io.BytesIO()).rejected] == ["-: empty file"]


@pytest.mark.parametrize("day", ["9999-12-31", "1899-12-31", "0001-01-01"])
def test_a_day_on_which_nothing_appeared_is_not_taken(tmp_path: Path, day: str) -> None:
    write(
        tmp_path, r__jsonl=json.dumps({"id": "a", "text": TEXT, "date": day}), p__html=PAGE.replace("2024-05-03", day)
    )
    intake = gather([str(tmp_path)])
    assert reasons(intake) == {
        "r.jsonl#a": f'"date" is no day on which a report appeared: {day!r} (years 1900 to 2099 are read)'
    }
    assert [r.dated for r in intake.reports] == [None]
    assert make_report(f"Talks go on\n\nPublished {day}\n\nThe guild said that it would not take it.").dated is None


@pytest.mark.parametrize("text", ["Norland " * 400, "strike ballot " * 300, "Sudmark, Sudmark! " * 50])
def test_a_name_again_and_again_is_in_no_other_language(text: str) -> None:
    assert make_report(text).language == "en"


def test_a_sentence_again_and_again_is_still_in_its_language() -> None:
    assert (
        make_report("Die Gewerkschaft lehnt das Angebot der Arbeitgeber weiterhin entschieden ab. " * 40).language
        == "de"
    )
    assert make_report("Der Streik der Hafenarbeiter geht weiter.").language == "de"


def test_progress_is_told(tmp_path: Path) -> None:
    write(tmp_path, a__txt=TEXT, b__txt="")
    told: list[tuple[int, int]] = []
    gather([str(tmp_path)], progress=lambda done, of: told.append((done, of)))
    assert told == [(1, 2), (2, 2)]


def test_make_report_takes_what_is_known() -> None:
    report = make_report(TEXT, "x", Meta(outlet="the AP", dated=date(2024, 5, 6)))
    assert (report.outlet, report.dated, report.dated_by) == ("The Associated Press", date(2024, 5, 6), None)


@pytest.mark.parametrize("text", ["", " \n", "!!! ???", "a" * 1_000_001])
def test_make_report_refuses(text: str) -> None:
    with pytest.raises(InputError):
        make_report(text)


@pytest.mark.parametrize(
    "piece",
    [
        "Share this\n",
        "told Reuters, ",
        "Vastrel Courier Press ",
        "(photo by ",
        'a "',
        "a > ",
        "[a/ap ",
        "May 5, 2024 ",
        "By Jo\n\n",
    ],
)
def test_time_grows_with_length_only(piece: str) -> None:
    def seconds(n: int) -> float:
        begun = time.process_time()
        make_report("The talks of the day. " + piece * (n // len(piece)))
        return time.process_time() - begun

    seconds(2_000)
    # eight times the text: eight times the time, with room for a busy machine; squared would be sixty-four
    assert seconds(160_000) < 30 * max(seconds(20_000), 0.02)
