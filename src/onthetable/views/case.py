"""A case as a case file (TOML), ready to be corrected by hand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from onthetable.case import Anchor, Case, Party
from onthetable.drafting.evidence import Evidence, names_of

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\b": "\\b", "\f": "\\f"}


def document(case: Case, evidence: Evidence | None = None, anchors: Iterable[tuple[Anchor, str]] = ()) -> str:
    """The case as TOML that `read_case` reads back as the same case (packs by their names).

    `evidence` is said in comments; `anchors`, with who tells them, are proposed in comments, to be taken over by hand.
    """
    return "\n".join(_lines(case, evidence or Evidence({}, {}, None), tuple(anchors))) + "\n"


def _lines(case: Case, evidence: Evidence, proposed: tuple[tuple[Anchor, str], ...]) -> Iterator[str]:
    if case.drafted:
        yield "# Drafted from the reports: every name and role here is an assumption. Correct it and pass it as --case."
    yield f"name = {_string(case.name)}"
    if evidence.packs:
        yield f"# {_comment(evidence.packs)}"
    yield f"packs = {_list(p.id for p in case.packs)}"
    if case.start:
        yield f"start = {case.start.isoformat()}"
    for party in case.parties:
        yield from _party(party, evidence)
    for anchor in case.anchors:
        yield from _anchor(anchor)
    if not case.anchors:
        yield ""
        example = ((Anchor(date(2024, 5, 3), None, ("the first round",)), ""),)
        yield "# Dated events that undated reports refer back to" + (
            ", from the reports:" if proposed else ", for example:"
        )
        for anchor, told in proposed or example:
            if told:
                yield f"# {_comment(told)}"
            yield from (f"# {line}" for line in list(_anchor(anchor))[1:])


def _party(party: Party, evidence: Evidence) -> Iterator[str]:
    yield ""
    said = evidence.names
    yield from (f"# {_comment(n)}: {_comment(said[n])}" for n in names_of(party) if n in said)
    if party.name in evidence.roles:
        yield f"# role: {_comment(evidence.roles[party.name])}"
    yield "[[party]]"
    yield f"name = {_string(party.name)}"
    yield f"role = {_string(party.role)}  # principal, mediator, guarantor or observer"
    for key, names in (("aliases", party.aliases), ("people", party.people), ("places", party.places)):
        yield f"{key} = {_list(names)}"


def _anchor(anchor: Anchor) -> Iterator[str]:
    yield ""
    yield "[[anchor]]"
    yield f"date = {anchor.date.isoformat()}"
    if anchor.end:
        yield f"end = {anchor.end.isoformat()}"
    yield f"says = {_list(anchor.says)}"


def _comment(text: str) -> str:
    """Text that cannot end a comment: TOML lets none but printable characters and tabs stand there."""
    return "".join(c if c.isprintable() else " " for c in text)


def _string(text: str) -> str:
    """A basic string of TOML; control characters and halves of surrogate pairs do not pass."""
    text = re.sub(r"[\ud800-\udfff]", "\ufffd", text)
    return '"' + re.sub(r'["\\\x00-\x1f\x7f]', lambda m: _ESCAPES.get(m[0], f"\\u{ord(m[0]):04x}"), text) + '"'


def _list(items: Iterable[str]) -> str:
    return f"[{', '.join(map(_string, items))}]"
