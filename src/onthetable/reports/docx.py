"""A DOCX to its text: the paragraphs of its body, without heads, feet and notes."""

from __future__ import annotations

import io
import zipfile

from onthetable.errors import InputError
from onthetable.reports.document import MAX_FILE
from onthetable.reports.page import Meta

MAX_PARTS = 2_000


def read_docx(data: bytes, name: str) -> tuple[str, Meta]:
    """The text of a DOCX and its title. Raises InputError: broken, another ZIP, too large unpacked, without text."""
    _check(data, name)
    import docx  # only a DOCX needs it

    try:
        file = docx.Document(io.BytesIO(data))
        lines = [p.text.strip() for p in file.paragraphs]
        if not any(lines):
            lines = [cell.text.strip() for table in file.tables for row in table.rows for cell in row.cells]
        title = " ".join((file.core_properties.title or "").split())
    except Exception as e:  # python-docx lets through whatever zipfile, lxml and its own lookups raise
        raise InputError(name, f"a DOCX that cannot be read ({type(e).__name__})") from None
    text = "\n\n".join(line for line in lines if line)
    if not text:
        raise InputError(name, "no text in it")
    return text, Meta(title=title or None)


def _check(data: bytes, name: str) -> None:
    """Looks at the table of contents before anything is unpacked; zipfile never gives more than stands there."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        raise InputError(name, "a DOCX or ZIP that cannot be read") from None
    if all(p.filename != "word/document.xml" for p in parts):
        raise InputError(name, "a ZIP; unpack it first")
    if any(p.flag_bits & 1 for p in parts):
        raise InputError(name, "needs a password")
    if len(parts) > MAX_PARTS or sum(p.file_size for p in parts) > MAX_FILE:
        raise InputError(name, f"unpacks to too much (at most {MAX_FILE:,} bytes)")
