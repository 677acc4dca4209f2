"""PDF, DOCX, mail, compressed files and web archives: made here, read, broken, and mutated at random."""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import re
import signal
import socket
import threading
import time
import zipfile
import zlib
from datetime import date
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from onthetable.errors import InputError
from onthetable.reports import Intake, Meta, formats, gather, jsonlines, limits, sources, warc
from onthetable.reports.document import MAX_FILE, Document
from onthetable.reports.formats import open_bytes

FIRST = "The ferry crews of Ostmark said on Monday that they would not take the roster that the owners had proposed."
SECOND = "The owners answered that they would talk about the length of shifts but not about the number of boats."


def pdf(*pages: list[tuple[int, int, str]], extra: bytes = b"") -> bytes:
    """A PDF of lines at places, in points."""
    parts = [b"<</Type/Catalog/Pages 2 0 R>>", b"", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    kids = []
    for lines in pages:
        code = b"".join(b"BT /F 11 Tf %d %d Td (%s) Tj ET\n" % (x, y, t.encode("latin-1")) for x, y, t in lines)
        parts.append(b"<</Length %d>>stream\n%s\nendstream" % (len(code), code))
        parts.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>"
            % len(parts)
        )
        kids.append(b"%d 0 R" % len(parts))
    parts[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for n, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, part)
    at = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    out += b"".join(b"%010d 00000 n \n" % p for p in places)
    out += b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (len(parts) + 1, extra, at)
    return bytes(out)


def two_pages() -> bytes:
    head = "Harbour Gazette"
    one = [(50, 770, head), (50, 700, "The ferry crews of Ostmark said on Monday that they would not"),
           (50, 686, "take the roster that the owners had pro-"), (50, 672, "posed in the spring."),
           (50, 640, "The owners answered that they were ready to talk about"), (300, 20, "1")]  # fmt: skip
    two = [(50, 770, head), (50, 700, "the length of shifts, but not about the number of boats."), (300, 20, "2")]
    return pdf(one, two)


def word(*lines: str) -> bytes:
    file = docx.Document()
    for line in lines:
        file.add_paragraph(line)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def mail(body: str = FIRST) -> bytes:
    message = EmailMessage()
    message["From"] = "Ina Holm <ina@gazette.example>"
    message["Subject"] = "Fwd: Crews refuse the roster"
    message["Date"] = "Fri, 03 May 2024 10:00:00 +0200"
    message.set_content(body)
    message.add_attachment(word(SECOND), maintype="application", subtype="x", filename="owners.docx")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png")
    return bytes(message)


def page(text: str) -> bytes:
    return f"<html><head><title>News</title></head><body><article><p>{text}</p></article></body></html>".encode()


def archive(*, packed: bool, broken: bool = False) -> bytes:
    parts = []
    for n, text in enumerate((FIRST, "x " * 50, SECOND)):
        out = io.BytesIO()
        writer = WARCWriter(out, gzip=packed)
        heads = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.0")
        uri = f"http://gazette.example/{n}"
        writer._create_temp_file = io.BytesIO  # its own are left open, which pytest takes for an error
        writer.write_record(
            writer.create_warc_record(uri, "response", payload=io.BytesIO(page(text)), http_headers=heads)
        )
        parts.append(out.getvalue())
    if broken:
        parts[1] = parts[1][:40] + bytes(40) + parts[1][80:] if packed else b"WARC/x.y nonsense\r\n\r\n"
    return b"".join(parts)


def read(tmp_path: Path, name: str, data: bytes) -> Intake:
    (tmp_path / name).write_bytes(data)
    return gather([str(tmp_path / name)])


def reason(tmp_path: Path, name: str, data: bytes) -> str:
    found = read(tmp_path, name, data)
    assert not found.reports
    (error,) = found.rejected
    return error.reason


def test_a_pdf_in_paragraphs_without_heads_and_numbers(tmp_path: Path) -> None:
    (report,) = read(tmp_path, "a.pdf", two_pages()).reports
    assert report.text == (
        "The ferry crews of Ostmark said on Monday that they would not take the roster that the owners had proposed in "
        "the spring.\n\nThe owners answered that they were ready to talk about the length of shifts, but not about the "
        "number of boats."
    )


def test_bad_pdfs(tmp_path: Path) -> None:
    assert reason(tmp_path, "scan.pdf", pdf([])) == "no text in it: a scan?"
    assert reason(tmp_path, "broken.pdf", two_pages()[:200]) == "a PDF that cannot be read"
    locked = b"/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>" % (b"11" * 32, b"22" * 32)
    assert reason(tmp_path, "locked.pdf", pdf([(50, 700, FIRST)], extra=locked)) == "needs a password"
    assert "at most 500 pages" in reason(tmp_path, "long.pdf", pdf(*[[]] * 501))


def test_docx(tmp_path: Path) -> None:
    assert read(tmp_path, "a.docx", word(FIRST, "", SECOND)).reports[0].text == f"{FIRST}\n\n{SECOND}"
    assert reason(tmp_path, "empty.docx", word()) == "no text in it"


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed, packed.open("word/document.xml", "w") as part:
        for _ in range(MAX_FILE // 1_000_000 + 1):
            part.write(bytes(1_000_000))
    assert "unpacks to too much" in reason(tmp_path, "bomb.docx", out.getvalue())
    assert "unpacks to too much" in reason(tmp_path, "bomb.txt.gz", gzip.compress(bytes(MAX_FILE + 1)))
    nested = FIRST.encode()
    for _ in range(9):
        nested = gzip.compress(nested)
    assert reason(tmp_path, "deep.gz", nested) == "packed too deep"
    (tmp_path / "big.pdf").write_bytes(b"%PDF")
    os.truncate(tmp_path / "big.pdf", MAX_FILE + 1)
    assert "too large" in gather([str(tmp_path / "big.pdf")]).rejected[0].reason


def test_a_bomb_that_lies_about_its_size_gives_no_more_than_it_says(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed, packed.open("word/document.xml", "w") as part:
        for _ in range(100):
            part.write(bytes(1_000_000))
    data = out.getvalue()
    claimed = (1_000).to_bytes(4, "little")
    data = data.replace((100_000_000).to_bytes(4, "little"), claimed)
    assert data.count(claimed) >= 1
    begun = time.monotonic()
    assert "cannot be read" in reason(tmp_path, "liar.docx", data)
    assert time.monotonic() - begun < 5


def test_entities_that_unfold_without_end_are_not_unfolded(tmp_path: Path) -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    kind = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    laughs = f"""<?xml version="1.0"?><!DOCTYPE w:document [<!ENTITY e0 "ha">{levels}]><w:document {kind}><w:body>
        <w:p><w:r><w:t>&e11;</w:t></w:r></w:p></w:body></w:document>"""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word(FIRST))) as real, zipfile.ZipFile(out, "w") as packed:
        for part in real.infolist():
            packed.writestr(part, laughs if part.filename == "word/document.xml" else real.read(part))
    begun = time.monotonic()
    found = read(tmp_path, "laughs.docx", out.getvalue())
    page = read(tmp_path, "laughs.html", laughs.replace("w:t", "p").encode())
    assert time.monotonic() - begun < 10
    assert all(len(r.text) < 1_000_000 for r in (*found.reports, *page.reports))


def test_a_pdf_whose_page_unpacks_to_much(tmp_path: Path) -> None:
    code = zlib.compress(b" " * 200_000_000 + b"BT /F 11 Tf 50 700 Td (%s) Tj ET" % FIRST.encode(), 9)
    whole = pdf([(50, 700, "")])
    old = re.search(rb"<</Length \d+>>stream\n.*?\nendstream", whole, re.DOTALL)
    assert old
    packed = b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(code), code)
    begun = time.monotonic()
    found = read(tmp_path, "a.pdf", whole.replace(old[0], packed))
    assert time.monotonic() - begun < 20
    assert [r.text for r in found.reports] == [FIRST] or found.rejected


def test_zip_by_name(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("a.txt", FIRST)
    assert "ZIP" in reason(tmp_path, "a.zip", out.getvalue())
    assert reason(tmp_path, "a.docx", out.getvalue()) == "a ZIP; unpack it first"


def test_a_mail_and_what_is_attached(tmp_path: Path) -> None:
    found = read(tmp_path, "a.eml", mail())
    own, attached = found.reports
    assert not found.rejected
    assert own.text.startswith(f"Crews refuse the roster\n\n{FIRST[:40]}")
    assert (own.author, own.dated) == ("Ina Holm", date(2024, 5, 3))
    assert own.title is not None
    assert attached.path.endswith("a.eml#owners.docx")
    assert attached.text == SECOND
    assert reason(tmp_path, "b.eml", b"just words\n") == "no mail: it has no sender, date or subject"


def test_gz(tmp_path: Path) -> None:
    assert read(tmp_path, "a.txt.gz", gzip.compress(FIRST.encode())).reports[0].text == FIRST
    assert reason(tmp_path, "b.gz", gzip.compress(FIRST.encode()) * 2) == "more than one file in it; unpack it first"
    assert reason(tmp_path, "c.gz", gzip.compress(FIRST.encode())[:-9]) == "a compressed file that is cut short"
    assert reason(tmp_path, "d.gz", b"\x1f\x8bnothing") == "a compressed file that cannot be read"


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_a_web_archive_whose_broken_record_costs_only_itself(tmp_path: Path, name: str) -> None:
    packed = name.endswith("gz")
    found = read(tmp_path, name, archive(packed=packed, broken=True))
    assert [r.url for r in found.reports] == ["http://gazette.example/0", "http://gazette.example/2"]
    assert found.reports[0].path == f"{tmp_path / name}#http://gazette.example/0"
    assert [e.reason for e in found.rejected] == ["a WARC record that cannot be read"]
    whole = archive(packed=packed)
    cut = read(tmp_path, f"cut.{name}", whole[:-30])
    assert [r.url for r in cut.reports] == ["http://gazette.example/0", "http://gazette.example/1"]
    assert [e.reason for e in cut.rejected] == ["a WARC record that cannot be read"]


@pytest.mark.parametrize("seed", range(40))
def test_no_damage_to_a_packed_record_is_silent(seed: int) -> None:
    chance, whole = random.Random(seed), archive(packed=True)
    at = whole.index(b"\x1f\x8b\x08", 10) + 10
    after = whole.index(b"\x1f\x8b\x08", at)
    data = bytearray(whole)
    for _ in range(chance.randint(1, 40)):
        data[chance.randrange(at, after - 8)] ^= chance.randint(1, 255)
    found = list(open_bytes(bytes(data), "a.warc.gz", ".gz"))
    assert [f.meta.url for f in found if isinstance(f, Document)][::2] == ["http://gazette.example/0"]
    assert any(isinstance(f, Document) and f.meta.url == "http://gazette.example/2" for f in found)
    assert any(isinstance(f, InputError) for f in found)


def test_long_and_several_records_in_one_pack(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = archive(packed=False)
    together = list(open_bytes(gzip.compress(plain), "a.warc.gz", ".gz"))
    assert [f.meta.url for f in together if isinstance(f, Document)] == [
        f"http://gazette.example/{n}" for n in range(3)
    ]
    monkeypatch.setattr(warc, "_KEPT", 800)  # less than two records
    (cut,) = list(open_bytes(gzip.compress(plain), "a.warc.gz", ".gz"))
    assert str(cut) == "a.warc.gz@0: a WARC record that cannot be read"
    monkeypatch.setattr(warc, "_KEPT", 450)
    monkeypatch.setattr(warc, "MAX_PAGE", 20)
    (long,) = list(open_bytes(gzip.compress(plain[: plain.index(b"WARC/", 9)]), "a.warc.gz", ".gz"))
    assert "too long" in str(long)
    monkeypatch.setattr(warc, "MOST_UNPACKED", 100)
    assert all(isinstance(f, InputError) for f in open_bytes(archive(packed=True), "a.warc.gz", ".gz"))


def test_an_archive_of_nothing_but_broken_records_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    junk = b"\x1f\x8b\x08" + bytes(7)
    begun = time.monotonic()
    found = list(open_bytes(junk * 2_000, "a.warc.gz", ".gz"))
    assert time.monotonic() - begun < 5
    assert str(found[-1]) == "a.warc.gz: too many broken records; the rest is not read"
    monkeypatch.setattr(warc, "MOST_WASTED", 10_000)
    whole = gzip.compress(random.Random(1).randbytes(9_000), 0)
    assert len(list(open_bytes(whole[:-20] * 20, "a.warc.gz", ".gz"))) < 5


def test_links_out_of_a_folder_are_named_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "secret.txt").write_text(FIRST)
    (tmp_path / "in" / "a.txt").write_text(SECOND)
    (tmp_path / "in" / "file.txt").symlink_to(tmp_path / "out" / "secret.txt")
    (tmp_path / "in" / "folder").symlink_to(tmp_path / "out")
    (tmp_path / "in" / "again.txt").symlink_to(tmp_path / "in" / "a.txt")
    found = gather([str(tmp_path / "in")])
    assert [r.text for r in found.reports] == [SECOND]
    assert {os.path.basename(e.name): e.reason for e in found.rejected} == {
        "file.txt": "a link out of the folder, not followed",
        "folder": "a link out of the folder, not followed",
    }


def test_a_file_that_changes_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = sources._read

    def slow(stream: io.BufferedReader, name: str, suffix: str) -> bytes:
        data = kept(stream, name, suffix)
        Path(name).write_text(SECOND)
        return data

    monkeypatch.setattr(sources, "_read", slow)
    assert reason(tmp_path, "a.txt", FIRST.encode()) == "changed while it was read"


def test_a_streamed_file_that_changes_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, data in (("a.jsonl", json.dumps({"text": FIRST}).encode()), ("b.warc", archive(packed=False))):
        path = tmp_path / name
        path.write_bytes(data)
        real = {"a.jsonl": sources.read_json_lines, "b.warc": sources.open_warc}[name]

        def grows(stream: io.BufferedReader, name: str, real: Any = real, path: Path = path) -> Any:
            yield from real(stream, name)
            path.write_bytes(path.read_bytes() + b"\n")

        monkeypatch.setattr(sources, real.__name__, grows)
        found = gather([str(path)])
        assert found.reports
        assert found.rejected[-1].reason == "changed while it was read"
        assert found.rejected[-1].name == str(path)


def test_a_file_that_is_cut_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = sources._read

    def cut(stream: io.BufferedReader, name: str, suffix: str) -> bytes:
        os.truncate(name, 10)
        return kept(stream, name, suffix)

    monkeypatch.setattr(sources, "_read", cut)
    for name in ("cut.txt", "cut.pdf"):
        (tmp_path / name).write_bytes(two_pages() if name.endswith("pdf") else FIRST.encode())
    found = gather([str(tmp_path)])
    assert {os.path.basename(e.name): e.reason for e in found.rejected} == {
        "cut.txt": "changed while it was read", "cut.pdf": "changed while it was read",
    }  # fmt: skip
    assert not found.reports


def test_devices_pipes_and_links_that_lead_nowhere(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "zeros.txt").symlink_to("/dev/zero")
    (tmp_path / "in" / "loop.txt").symlink_to(tmp_path / "in" / "loop.txt")
    os.mkfifo(tmp_path / "in" / "pipe.txt")
    os.mkfifo(tmp_path / "named.txt")
    bound = socket.socket(socket.AF_UNIX)
    bound.bind(str(tmp_path / "in" / "socket.txt"))
    writer = threading.Thread(target=lambda: (tmp_path / "named.txt").write_text(FIRST))
    writer.start()
    begun = time.monotonic()
    found = gather([str(tmp_path / "in"), "/dev/zero", str(tmp_path / "named.txt")])
    writer.join()
    bound.close()
    assert time.monotonic() - begun < 5
    assert [r.text for r in found.reports] == [FIRST], "a pipe is read if it was named"
    assert {e.name.removeprefix(str(tmp_path)): e.reason for e in found.rejected} == {
        "/dev/zero": "not a plain file", "/in/pipe.txt": "not a plain file", "/in/socket.txt": "not a plain file",
        "/in/zeros.txt": "a link out of the folder, not followed", "/in/loop.txt": "too many levels of symbolic links",
    }  # fmt: skip


def pdf_bomb(depth: int) -> bytes:
    """Two kilobytes that draw a letter ten to the power of `depth` times: each form draws the next one ten times."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</XObject<</X 6 0 R>>>>/Contents 5 0 R>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", b"<</Length 5>>stream\n/X Do\nendstream",
    ]  # fmt: skip
    for n in range(depth + 1):
        code = b"/X Do\n" * 10 if n < depth else b"BT /F 11 Tf 10 10 Td (a) Tj ET"
        kind = b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</X %d 0 R>>/Font<</F 4 0 R>>>>"
        parts.append(b"<<" + kind % (n + 7) + b"/Length %d>>stream\n%s\nendstream" % (len(code), code))
    out, places = bytearray(b"%PDF-1.4\n"), []
    for n, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, part)
    at = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    out += b"".join(b"%010d 00000 n \n" % p for p in places)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(parts) + 1, at)
    return bytes(out)


@pytest.mark.parametrize("thread", [False, True])
def test_a_pdf_that_would_take_days_is_rejected_and_the_run_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, thread: bool
) -> None:
    monkeypatch.setattr(limits, "OPENING", 1.5)
    (tmp_path / "a.pdf").write_bytes(pdf_bomb(11))
    (tmp_path / "b.pdf").write_bytes(two_pages())
    (tmp_path / "c.txt").write_text(FIRST)
    found: list[Intake] = []
    begun = time.monotonic()
    work = threading.Thread(target=lambda: found.append(gather([str(tmp_path)])))
    work.run() if not thread else work.start()
    work.join() if thread else None
    assert time.monotonic() - begun < 10
    assert [os.path.basename(r.path) for r in found[0].reports] == ["b.pdf", "c.txt"]
    assert [(os.path.basename(e.name), e.reason) for e in found[0].rejected] == [
        ("a.pdf", "takes too long to open (more than 1.5 seconds)")
    ]


def slow(*_: object) -> tuple[str, Meta]:
    time.sleep(30)
    return FIRST, Meta()


@pytest.mark.parametrize("name", ["a.html", "a.docx", "a.eml", "a.warc", "a.warc.gz", "a.jsonl", "a.txt", "a.html.gz"])
def test_whatever_takes_too_long_to_open_is_rejected_by_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(limits, "OPENING", 1.0)
    made: dict[str, tuple[Any, str, bytes]] = {
        "a.html": (formats, "article", page(FIRST)), "a.docx": (formats, "read_docx", word(FIRST)),
        "a.eml": (formats, "read_mail", mail()), "a.warc": (formats, "article", archive(packed=False)),
        "a.warc.gz": (formats, "article", archive(packed=True)), "a.txt": (formats, "decode", FIRST.encode()),
        "a.jsonl": (jsonlines, "article", json.dumps({"id": 1, "html": page(FIRST).decode()}).encode()),
        "a.html.gz": (formats, "article", gzip.compress(page(FIRST))),
    }  # fmt: skip
    module, function, data = made[name]
    monkeypatch.setattr(module, function, slow)
    (tmp_path / name).write_bytes(data)
    (tmp_path / "z.pdf").write_bytes(two_pages())
    begun = time.monotonic()
    found = gather([str(tmp_path)])
    assert time.monotonic() - begun < 8
    assert [os.path.basename(r.path) for r in found.reports] == ["z.pdf"]
    assert found.rejected
    assert {e.reason for e in found.rejected} == {"takes too long to open (more than 1 seconds)"}


def breaks_down(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def test_what_makes_compiled_code_crash_is_rejected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "read_pdf", breaks_down)
    assert reason(tmp_path, "a.pdf", two_pages()) == "cannot be read: what opens it broke down"


MADE = {
    ".pdf": two_pages(), ".docx": word(FIRST), ".eml": mail(), ".gz": gzip.compress(FIRST.encode()),
    ".warc": archive(packed=False), ".warc.gz": archive(packed=True), ".html": page(FIRST),
}  # fmt: skip


TRIES = int(os.environ.get("ONTHETABLE_FUZZ", "150"))
"""How many mutations are tried; 10,000 take some minutes."""


@settings(max_examples=TRIES, deadline=None)
@given(
    st.sampled_from(sorted(MADE)),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 3), st.binary(max_size=8)), min_size=1, max_size=6),
)
def test_nothing_that_is_mutated_gets_through_as_another_error(
    suffix: str, edits: list[tuple[float, int, bytes]]
) -> None:
    data = MADE[suffix]
    for place, kind, new in edits:
        at = int(place * len(data))
        data = data[:at] if kind == 0 and at > len(data) // 2 else data[:at] + new + data[at + kind * 4 :]
    try:
        found = list(open_bytes(data, f"a{suffix}", os.path.splitext(f"a{suffix}")[1]))
    except InputError as e:
        found = [e]
    assert all(isinstance(f, Document) or (f.name and f.reason) for f in found)
