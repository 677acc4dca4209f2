"""Who is said to have said something, across reports. Pure functions over records."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable

from onthetable.model import Statement, Voice

_ARTICLE = re.compile(r"(?:the|an?)\s+", re.IGNORECASE)


def voices(statements: Iterable[Statement]) -> tuple[Voice, ...]:
    """The sources of statements, the most quoted first: the named joined by name, the anonymous never."""
    groups: dict[tuple[Hashable, ...], list[Statement]] = defaultdict(list)
    for s in statements:
        if s.source:
            known = s.source.name if s.source.kind != "anonymous" else None
            groups[(_bare(known),) if known else (s.report, s.source.span.text, s.source.kind)].append(s)
    found = [_voice(group) for group in groups.values()]
    return tuple(sorted(found, key=lambda v: (-len(v.statements), v.statements)))


def _bare(name: str) -> str:
    """A name as it is joined by: "The ministry" and "the ministry" are one."""
    return name[m.end() :].casefold() if (m := _ARTICLE.match(name)) else name.casefold()


def _voice(statements: list[Statement]) -> Voice:
    first = next(s.source for s in statements if s.source)
    party = next((s.source.party for s in statements if s.source and s.source.party), None)
    relays = sorted({r for s in statements for r in s.relay})
    name = first.name if first.kind != "anonymous" else first.span.text
    return Voice(name or first.span.text, first.kind, party, tuple(s.id for s in statements), tuple(relays))
