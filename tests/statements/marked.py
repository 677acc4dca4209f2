"""Reads marked-up cases: `<source kind="...">`, `<cue>` and `<content manner="..." relay="...">` in the text itself.

A number after the tag's name keeps several statements of one case apart; tags of one statement may repeat
(pieces of a split quotation), and tags may nest. A case begins with `== name`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

CASES = Path(__file__).parent.parent / "cases" / "statements"
_TAG = re.compile(r"<(/?)(source|cue|content)(\d*)((?: \w+=\"[^\"]*\")*)>")


@dataclass
class Expected:
    """One statement as marked: words of source, cue and content, and the attributes given."""

    source: list[str] = field(default_factory=list)
    cue: list[str] = field(default_factory=list)
    content: list[str] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass
class Case:
    """A case: its name, the plain text and what should be found in it."""

    name: str
    text: str
    expected: list[Expected]


def cases() -> list[Case]:
    """All cases of the folder, in order."""
    found = []
    for path in sorted(CASES.glob("*.txt")):
        for part in re.split(r"^== ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]:
            title, _, body = part.partition("\n")
            found.append(read(f"{path.stem}: {title.strip()}", body.strip()))
    return found


def read(name: str, marked: str) -> Case:
    """The case in a marked-up text."""
    text = ""
    place = 0
    statements: dict[str, Expected] = {}
    begun: dict[str, int] = {}
    for tag in _TAG.finditer(marked):
        text += marked[place : tag.start()]
        place = tag.end()
        closing, kind, number, attributes = tag.groups()
        statement = statements.setdefault(number, Expected())
        if closing:
            getattr(statement, kind).append(text[begun.pop(kind + number) :])
        else:
            begun[kind + number] = len(text)
            statement.attributes |= dict(re.findall(r'(\w+)="([^"]*)"', attributes))
    assert not begun, f"{name}: tags left open: {begun}"
    return Case(name, text + marked[place:], list(statements.values()))
