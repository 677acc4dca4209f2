"""A mail to its parts: the text with date and sender, and what is attached."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from email import message_from_bytes
from email.message import EmailMessage, MIMEPart
from email.policy import default
from email.utils import parseaddr, parsedate_to_datetime

from onthetable.errors import InputError
from onthetable.reports.page import Meta
from onthetable.reports.stamps import plausible

MAX_ATTACHED = 100


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a mail: its file name (None for the mail's own text), whether it is a page, and its bytes."""

    name: str | None
    page: bool
    data: bytes


def read_mail(data: bytes, name: str) -> tuple[Meta, tuple[Part, ...]]:
    """What the head of a mail tells, and its parts, its own text first. Raises InputError: no mail, broken."""
    try:
        message = message_from_bytes(data, policy=default)
        if not isinstance(message, EmailMessage) or not any(h in message for h in ("From", "Date", "Subject")):
            raise InputError(name, "no mail: it has no sender, date or subject")
        return _head(message), tuple(_parts(message))
    except InputError:
        raise
    except Exception as e:  # the parser of the standard library raises anything on a broken head
        raise InputError(name, f"a mail that cannot be read ({type(e).__name__})") from None


def _head(message: EmailMessage) -> Meta:
    subject = re.sub(r"^(?:\s*(?:re|fwd?|aw|wg)\s*:)+", "", str(message.get("Subject", "")), flags=re.IGNORECASE)
    sender = parseaddr(str(message.get("From", "")))[0]
    return Meta(title=" ".join(subject.split()) or None, author=" ".join(sender.split()) or None, dated=_day(message))


def _day(message: EmailMessage) -> date | None:
    try:
        day = parsedate_to_datetime(str(message.get("Date", ""))).date()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return day if plausible(day) else None


def _parts(message: EmailMessage) -> Iterator[Part]:
    body = message.get_body(("plain", "html"))
    if body is not None:
        yield Part(None, body.get_content_subtype() == "html", _text(body))
    for n, part in enumerate(message.iter_attachments() if message.is_multipart() else ()):
        if n >= MAX_ATTACHED:
            return
        file = part.get_filename()
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload(0)
            yield Part(file or f"{n + 1}.eml", False, inner.as_bytes() if isinstance(inner, EmailMessage) else b"")
        elif file:
            yield Part(file, False, _bytes(part))


def _text(part: MIMEPart) -> bytes:
    """A text part as UTF-8 where its declared encoding fits, else as it came."""
    data = _bytes(part)
    try:
        return data.decode(declared(part.get_content_charset("utf-8"))).encode()
    except (LookupError, ValueError):
        return data


def _bytes(part: MIMEPart) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def declared(charset: str) -> str:
    """The encoding that a head declares. Raises LookupError if it is none that text is sent in."""
    if re.fullmatch(r"(?:utf-?(?:8|16)|us-ascii|ascii|iso-?8859|latin|windows|cp|koi8|gb|big5|euc|shift)[\w-]{0,12}",
                    charset, re.IGNORECASE):  # fmt: skip
        return charset
    raise LookupError(charset)
