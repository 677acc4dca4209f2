"""Lines spoken to the reader or about the publication, told by families of words and not by their wording."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from onthetable import lexicon
from onthetable.outlets import find_outlets, outlet_of
from onthetable.text import plain

REPORTED = re.compile(
    r"\b(?:said|says|told|tells|according to|added|warned|argued|insisted|joked|urged|wrote|replied|asked|advised)\b"
)
"""Words that tell that somebody is speaking, as no prompt has them."""

_MOST = 45
_SPEAKER = re.compile(r"[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,3}(?: \([^()]{1,40}\))?:|[QA][:.] ")
_WORD = re.compile(r"[^\s.,;:!?()\[\]…]+")


def prompt_rule(line: str) -> str | None:
    """The rule of a line above or below a report that speaks to the reader, of the page or of another page."""
    low = plain(line).strip(" \t\xa0•*|>»›-–—").lower()
    if low.count(" ") >= _MOST:
        return None
    if _fits("issue", low) or (_fits("leaf", low) and _fits("leaf_lead", low) and not REPORTED.search(low)):
        return "pointer"
    if '"' in low or REPORTED.search(low) or _SPEAKER.match(line):
        return None
    if _addressed(low, line):
        return "prompt"
    return "notice" if note_rule(line) else "colophon" if _colophon(line) else None


def note_rule(line: str) -> str | None:
    """The rule of a line that tells how the page was made: "This transcript was typed in a hurry"."""
    low = plain(line)
    if low.count(" ") >= _MOST or '"' in low or REPORTED.search(low) or _SPEAKER.match(line):
        return None
    return "notice" if all(re.search(rf"\b(?:{_data()[w]})\b", low) for w in ("made", "making")) else None


def button_rule(line: str) -> str | None:
    """The rule of a short line that is a prompt wherever it stands, between paragraphs too."""
    low = plain(line).strip(" \t\xa0•*|>»›-–—").lower()
    if re.fullmatch(r"[(\[].{3,80}[)\]]", low) and _fits("stage", low[1:-1]):
        return "stage-note"
    words = _WORD.findall(low)
    if not 2 <= len(words) <= 12 or '"' in low or REPORTED.search(low):
        return None
    strong = len(_family("strong").intersection(words))
    if re.search(r"[.?!]$", low):
        return None
    if strong >= 2 and len(words) <= 6:
        return "prompt"
    if strong and len(words) <= 8 and not _family("readers").isdisjoint(words):
        return "prompt"
    rest = re.sub(r"^\W*[\w-]+ (?:to |for |with |on )?", "", line)
    named = len(words) <= 6 and rest[:4] in ("The ", "the ") and outlet_of(rest, loose=True)
    return "prompt" if ((strong and len(words) <= 8) or named) and _act(low) else None


def _addressed(low: str, line: str) -> bool:
    act = _act(low)
    words = set(_WORD.findall(low)[1 if act else 0 :])
    strong, weak = (not words.isdisjoint(_family(f)) for f in ("strong", "weak"))
    marked = bool(re.search(_data()["mark"], low))
    reader, house = (not words.isdisjoint(_family(f)) for f in ("readers", "house"))
    if act and (strong or marked or (weak and (reader or house)) or (house and 4 <= low.count(" ") < 16)):
        return True
    if re.match(r"(?:.*[.,] )?please (?:\S+ ){3}", low) and any(_act(part) for part in low.split("please ")[1:]):
        return True
    if (reader and (strong or weak or marked)) or (house and strong and low.count(" ") < 22):
        return True
    return (act or reader) and any(one.sure for one in find_outlets(line)) and low.count(" ") < 16


def _act(low: str) -> bool:
    """Whether one of the line's sentences asks the reader to do something."""
    for sentence in re.split(r"[.?!:] ", low):
        match = re.match(f"{_data()['openings']}{{0,2}}", sentence)
        first = _WORD.search(sentence, match.end() if match else 0)
        if first and first[0] in _family("acts"):
            return True
    return False


def _colophon(line: str) -> bool:
    match = re.match(r"((?:The )?[A-Z][\w’'&-]*(?: [\w’'&-]+){0,5}?) (?=(?:is|are) )", line)
    if not match or not outlet_of(match[1], loose=True):
        return False
    return _fits("colophon", plain(line[match.end() :]).strip().lower().rstrip("."))


def _fits(name: str, low: str) -> bool:
    return re.fullmatch(_data()[name], low.rstrip(".")) is not None


def _data() -> dict[str, Any]:
    return lexicon.load("onthetable.reports", "prompts.toml")


@cache
def _family(name: str) -> frozenset[str]:
    return frozenset(_data()[name])
