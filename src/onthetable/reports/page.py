"""A web page to its article: the text, and what the page's own metadata say of it."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from datetime import date

from onthetable.errors import InputError
from onthetable.reports.stamps import plausible

_SENTENCE = 6
"""A page without a line of so many spaces holds menus and no article."""


@dataclass(frozen=True, slots=True)
class Meta:
    """What is known of a report besides its text; None where nothing is."""

    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    author: str | None = None
    dated: date | None = None


NOTHING = Meta()
"""What is known of a bare text."""


def merged(known: Meta, page: Meta) -> Meta:
    """What is known from both; the first goes before."""
    return Meta(
        known.title or page.title, known.url or page.url, known.outlet or page.outlet,
        known.author or page.author, known.dated or page.dated,
    )  # fmt: skip


def article(html: str, name: str) -> tuple[str, Meta]:
    """The text of a page's article, headline first, and the page's metadata (trafilatura: Barbaresi 2021).

    Scripts, styles and menus are no part of it. Raises InputError if the page holds no article.
    """
    import trafilatura  # half a second to load, and only pages need it

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    dates = {"extensive_search": False, "original_date": True, "outputformat": "%Y-%m-%d"}
    try:
        found = trafilatura.bare_extraction(
            html, include_comments=False, include_tables=False, with_metadata=True, date_extraction_params=dates
        )
    except (ValueError, TypeError, AttributeError, RecursionError) as e:  # what broken markup has made it raise
        raise InputError(name, f"the page cannot be read ({type(e).__name__})") from None
    text = found.text or "" if found is not None and not isinstance(found, dict) else ""
    if found is None or isinstance(found, dict) or not any(line.count(" ") >= _SENTENCE for line in text.split("\n")):
        raise InputError(name, "no article text in the page")
    meta = Meta(_clean(found.title), _clean(found.url), _clean(found.sitename), _clean(found.author), _day(found.date))
    body = re.sub(r"\n(?=\S)", "\n\n", text.strip())
    if meta.title and meta.title.casefold() not in body[: 2 * len(meta.title) + 200].casefold():
        body = f"{meta.title}\n\n{body}"
    return body, meta


def is_page(text: str) -> bool:
    """Whether a text without a telling file name is HTML."""
    return bool(
        re.match(
            r"(?:\ufeff|\s)*(?:<!--.{0,500}-->\s*)?<(?:!doctype html|html|head|body|article)\b",
            text[:2_000],
            re.IGNORECASE | re.DOTALL,
        )
    )


def _clean(value: str | None) -> str | None:
    return " ".join(value.split()) or None if value else None


def _day(value: str | None) -> date | None:
    try:
        day = date.fromisoformat(value) if value else None
    except ValueError:
        return None
    return day if day and plausible(day) else None
