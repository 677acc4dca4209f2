"""Bytes of any kind that is read to the documents in them."""

from __future__ import annotations

import dataclasses
import io
import os
from collections.abc import Callable, Iterator
from pathlib import PurePath
from typing import BinaryIO

from onthetable.errors import InputError
from onthetable.reports.decode import decode
from onthetable.reports.document import Document, Found
from onthetable.reports.docx import read_docx
from onthetable.reports.gz import gunzip
from onthetable.reports.jsonlines import read_json_lines
from onthetable.reports.limits import opened, opened_apart
from onthetable.reports.mail import declared, read_mail
from onthetable.reports.own import is_own
from onthetable.reports.page import Meta, article, is_page, merged
from onthetable.reports.pdf import read_pdf
from onthetable.reports.warc import read_warc
from onthetable.reports.web import Fetcher

TEXT = frozenset({".txt", ".text", ".md"})
PAGES = frozenset({".html", ".htm", ".xhtml"})
LINES = frozenset({".jsonl", ".ndjson"})
PACKED = frozenset({".pdf", ".docx", ".eml", ".gz", ".warc"})
KNOWN = TEXT | PAGES | LINES | PACKED
LARGE = 500_000
"""Characters of a page or bytes of a mail from which on it is opened in a process of its own."""
OWN = "written by onthetable itself, no report"
_DEEPEST = 3
"""A file in a mail in a compressed file is read; what is packed deeper is not."""
_MEDIA = {
    "text/html": ".html", "application/xhtml+xml": ".xhtml", "text/plain": ".txt", "text/markdown": ".md",
    "application/pdf": ".pdf", "message/rfc822": ".eml", "application/x-ndjson": ".jsonl",
    "application/jsonl": ".jsonl",
    "application/warc": ".warc", "application/gzip": ".gz", "application/x-gzip": ".gz",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}  # fmt: skip


def open_bytes(data: bytes, name: str, suffix: str, depth: int = 0) -> Iterator[Found]:
    """The documents in the bytes of a file with this ending; what the bytes say they are goes before the ending.

    A bad part of a file is an InputError in its place. Raises InputError if the whole file is bad.
    """
    if depth > _DEEPEST:
        raise InputError(name, "packed too deep")
    if data.startswith(b"%PDF") or suffix == ".pdf":
        yield _document(name, data, read_pdf)
    elif data.startswith(b"PK\x03\x04") or suffix == ".docx":
        yield _document(name, data, read_docx)
    elif data.startswith(b"WARC/") or suffix == ".warc" or PurePath(name).suffixes[-2:] == [".warc", ".gz"]:
        yield from open_warc(io.BytesIO(data), name)
    elif data.startswith(b"\x1f\x8b") or suffix == ".gz":
        inner = os.path.splitext(name.lower())[0] if suffix == ".gz" else ""
        yield from open_bytes(gunzip(data, name), name, _ending(inner), depth + 1)
    elif suffix == ".eml":
        yield from _mail(data, name, depth)
    elif suffix in LINES:
        yield from read_json_lines(io.BytesIO(data), name)
    else:
        yield open_text(data, name, page=suffix in PAGES)


def open_text(data: bytes, name: str, *, page: bool) -> Document:
    """The report in a text or page. Raises InputError."""
    text = opened(name, decode, data, name, page)
    if is_own(text):
        raise InputError(name, OWN)
    if not (page or is_page(text)):
        return Document(name, text)
    # a small page is read here, where it costs no copy
    return Document(name, *(opened_apart if len(text) > LARGE else opened)(name, article, text, name))


def open_warc(stream: BinaryIO, name: str) -> Iterator[Found]:
    """The pages of a web archive, each with its address. Raises InputError if there is none."""
    empty = True
    for found in read_warc(stream, name):
        empty = False
        try:
            if isinstance(found, InputError):
                raise found
            document = open_text(found.data, f"{name}#{found.url}", page=found.page)
            yield dataclasses.replace(document, meta=merged(document.meta, Meta(url=found.url or None)))
        except InputError as e:
            yield e
    if empty:
        raise InputError(name, "no page in this WARC")


def open_address(url: str, fetcher: Fetcher) -> Iterator[Found]:
    """The documents at an address. Raises InputError."""
    found = fetcher.fetch(url)
    suffix = _MEDIA.get(found.media) or _ending(found.url.split("?")[0])
    if found.media and found.media not in _MEDIA and suffix not in KNOWN:
        raise InputError(url, f"what stands there is not read ({found.media[:60]})")
    data = found.data
    if found.charset and (suffix in TEXT or suffix in PAGES):
        try:
            data = data.decode(declared(found.charset)).encode()
        except (LookupError, ValueError):
            data = found.data
    for document in open_bytes(data, url, suffix):
        if isinstance(document, Document):
            known = merged(document.meta, Meta(url=found.url))
            yield dataclasses.replace(document, meta=known)
        else:
            yield document


def _document(name: str, data: bytes, read: Callable[[bytes, str], tuple[str, Meta]]) -> Document:
    if not data.strip():
        raise InputError(name, "empty file")
    return Document(name, *opened_apart(name, read, data, name))


def _mail(data: bytes, name: str, depth: int) -> Iterator[Found]:
    if not data.strip():
        raise InputError(name, "empty file")
    head, parts = (opened_apart if len(data) > LARGE else opened)(name, read_mail, data, name)
    read = False
    for part in parts:
        if part.name is not None and _ending(part.name.lower()) not in KNOWN:
            continue  # a picture, a signature
        read = True
        try:
            if part.name is not None:
                yield from open_bytes(part.data, f"{name}#{part.name}", _ending(part.name.lower()), depth + 1)
                continue
            own = open_text(part.data, name, page=part.page)
            titled = own.text if not head.title or head.title in own.text[:500] else f"{head.title}\n\n{own.text}"
            yield Document(name, titled, merged(head, own.meta))
        except InputError as e:
            yield e
    if not read:
        raise InputError(name, "no text in this mail")


def _ending(name: str) -> str:
    return os.path.splitext(name)[1].lower()
