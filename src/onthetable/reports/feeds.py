"""What a feed lists: RSS and Atom, read by feedparser from bytes that were fetched already."""

from __future__ import annotations

import io
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin, urlsplit

from onthetable.errors import InputError

MOST = 500
"""Entries of a feed that are looked at, the first of them."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The title of a feed, and the addresses of what it lists, each once, in its order."""

    title: str | None
    links: tuple[str, ...]


def read_feed(data: bytes, url: str) -> Listed:
    """What a feed lists. `url` is its address, for links that are relative. Raises InputError if it is no feed.

    Links that are neither http nor https, and those to the feed itself, are passed over.
    """
    import feedparser  # takes a while to load, and few commands need it

    found = feedparser.parse(io.BytesIO(data), response_headers={"content-location": url}, sanitize_html=False)
    if not found.get("version") and not found.entries:
        raise InputError(url, "no RSS or Atom feed")
    links: dict[str, None] = {}
    for entry in found.entries[:MOST]:
        link = urldefrag(urljoin(url, str(entry.get("link") or ""))).url
        if _is_page(link) and link != urldefrag(url).url:
            links[link] = None
    return Listed(found.feed.get("title") or None, tuple(links))


def _is_page(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)
