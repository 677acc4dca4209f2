"""Page furniture as one line shows it: buttons, prompts, credits, bylines, date stamps, sign-offs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal

from onthetable import lexicon
from onthetable.model import Furniture, Span
from onthetable.outlets import headed, outlet_of
from onthetable.reports.lines import Line
from onthetable.reports.prompts import REPORTED, button_rule, note_rule, prompt_rule
from onthetable.reports.stamps import is_stamp, without_dates
from onthetable.text import plain

LONGEST = 700
"""Lines with more code points are never furniture as a whole."""
PERSON = r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,2}"
"""What a person's name looks like, as a regular expression."""

_DECORATION = " \t\xa0•*|>»›·–—-#▶►→+▪●◦■~_"
SEPARATOR = re.compile(r"\s*[|•·]\s*|[ \xa0]{2,}|\t+|\s/\s")
_BULLET = re.compile(r"[^\S\n]*([•▪◦●■►▶‣∙])")
_PLACE = r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2}(?:, [A-Z][\w'’-]+)?"
_CREDITED = re.compile(r"[.\w] [(\[](?:[A-Z][\w.’'-]* ?){1,4}/ ?(?:[A-Z][\w.’'-]* ?){1,4}[)\]]\.?$")
_SAID = re.compile(r", (?:\w+ ){1,3}(?:said|says|told|joked|urged)\b")
_DATELESS = re.compile(rf"{_PLACE}, (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day")
_LOCATED = re.compile(
    rf"{PERSON}(?:(?:,| and) {PERSON}){{0,3}} in {_PLACE}"
    rf"(?:(?:,| and|, and) {PERSON} in {_PLACE}){{0,3}}(?:,? and agenc(?:y|ies))?"
)
_OF_OUTLET = re.compile(
    rf"{PERSON}(?: and {PERSON})?(?:, | for | of | [-–—|] )"
    rf"((?:[Tt]he )?[A-Z][^,|]{{2,40}})(?:,? (?:in )?{_PLACE})?"
)
_PERSONS = re.compile(rf"{PERSON}(?:(?:,| and) {PERSON}){{0,3}}")


@dataclass(frozen=True, slots=True)
class _Rule:
    name: str
    where: Literal["anywhere", "edge", "tail"]
    pattern: re.Pattern[str]
    opens: bool
    prompt: bool
    cased: bool


def data() -> dict[str, Any]:
    """The words of furniture.toml."""
    return lexicon.load("onthetable.reports", "furniture.toml")


@cache
def rules() -> tuple[_Rule, ...]:
    """The rules of furniture.toml, in their order."""
    return tuple(
        _Rule(
            r["name"],
            r["where"],
            re.compile("|".join(r["patterns"])),
            *(r.get(k, False) for k in ("opens", "prompt", "cased")),
        )
        for r in data()["rule"]
    )


@cache
def openers() -> frozenset[str]:
    """The rules under whose lines short lines belong to them."""
    return frozenset(rule.name for rule in rules() if rule.opens)


@cache
def _picture(name: str) -> re.Pattern[str]:
    return re.compile(data()["picture"][name])


def certain_rule(line: Line) -> str | None:
    """The rule of a line that is furniture wherever it stands."""
    if len(line.text) > LONGEST:
        return None
    rule = matching(line.text, ("anywhere",))
    if rule is None and _caption(line.text):
        return "sign-off" if matching(line.text, ("edge",)) == "sign-off" else "picture"
    return rule or button_rule(line.text)


def edge_rule(line: str, where: Literal["edge", "tail"]) -> str | None:
    """The rule of a line that is furniture above or below ("edge"), or only below ("tail"), the report."""
    if len(line) > LONGEST:
        return None
    rule = matching(line, ("anywhere", "edge") if where == "edge" else ("anywhere", "edge", "tail"))
    return rule or _caption(line) or (prompt_rule(line) if where == "tail" else note_rule(line))


@lru_cache(maxsize=20_000)
def matching(line: str, where: tuple[str, ...]) -> str | None:
    """The first rule that fits the whole line, or every piece of a line that is cut by bars or gaps."""
    rule = _whole(line, where)
    if rule:
        return rule
    pieces = [p for p in SEPARATOR.split(line) if p.strip(_DECORATION)]
    if len(pieces) < 2:
        return None
    rules = [_whole(p, (*where, "tail")) for p in pieces]
    menu = bool(rules[0]) and all(p.count(" ") < 3 for p in pieces) and len(line) < 200
    return rules[0] if all(rules) or menu else None


def _whole(line: str, where: tuple[str, ...]) -> str | None:
    raw = plain(line).strip()
    low = raw.strip(_DECORATION).rstrip("…:").strip()
    reported = bool(REPORTED.search(low)) and (len(low.split()) > 7 or bool(_SAID.search(low)))
    forms = [
        form for form in dict.fromkeys((low, low.rstrip(".") if " " in low else low, raw, line.lower().strip())) if form
    ]
    for rule in rules():
        if rule.where not in where or (rule.prompt and (reported or low.startswith('"'))):
            continue
        if any(rule.pattern.fullmatch(form) for form in ((line.strip(),) if rule.cased else forms)):
            return rule.name
    return None


def stamp_rule(line: str) -> str | None:
    """A date stamp, alone or among the other things of such a line ("Name | 3 May 2024 | 2 comments")."""
    if is_stamp(line, edge=True) or _DATELESS.fullmatch(line):
        return "date"
    low = plain(line)
    if re.match(r"(?:posted|published|written|submitted|updated|filed|created)(?: by .{1,50})?(?: on| at)? ", low):
        rest = re.sub(r"^\w+(?: by .{1,50}? (?:on|at|-|\|))?", " ", low)
        rest = re.sub(r"\b(?:in|under) [\w &,/-]{1,60}", " ", rest)
        rest = re.sub(r"(?:\d+|no) comments?|\bby [\w .,'&-]{1,50}$", " ", rest)
        if is_stamp(rest.strip(), edge=True):
            return "date"
    person = " ".join(without_dates(line).split()).strip(_DECORATION + ",")
    if len(person) < len(line) - 5 and _PERSONS.fullmatch(person):
        return "date"
    pieces = [
        p.strip(_DECORATION + ",") for p in re.split(SEPARATOR.pattern + r"|\s+[-–—/]\s+", line) if p.strip(_DECORATION)
    ]
    if len(pieces) > 1 and len(line) < 200 and any(is_stamp(p, edge=True) for p in pieces):
        others = [p for p in pieces if not is_stamp(p, edge=True)]
        if all(is_byline(p) or _whole(p, ("anywhere", "edge", "tail")) or is_name(p) for p in others):
            return "date"
    return None


def is_name(piece: str) -> bool:
    """A section, an outlet, a place or a person: no more than five words, each with a capital."""
    words = piece.split()
    return len(words) <= 5 and all(
        w[:1].isupper() or w.lower() in data()["byline"]["joins"] or not w[:1].isalpha() for w in words
    )


def masthead_rule(line: str) -> str | None:
    """A paper's own name over its page, alone in capitals or beside a section ("The Sile Record | Comment")."""
    pieces = [p for p in SEPARATOR.split(line) if p.strip(_DECORATION)]
    if len(line) > 100 or not all(is_name(p) or p.lower().startswith("from our ") for p in pieces):
        return None
    if len(pieces) == 1:
        return "masthead" if line.isupper() and headed(line) else None
    named = any(headed(p) for p in pieces)
    beside = any(is_kicker(p) or is_byline(p) or p.lower().startswith("from our ") for p in pieces)
    return "masthead" if named and beside else None


def is_masthead(line: str, prompts: Iterable[str]) -> bool:
    """Whether a line over a headline is a paper's name: one of the press, or one that the page's prompts repeat."""
    if line.count(" ") > 4 or not is_name(line) or re.search(r"[.?!:,]", line):
        return False
    own = re.sub(r"^the ", "", plain(line))
    return headed(line) is not None or (" " in line and any(own in plain(p) for p in prompts))


def _caption(line: str) -> str | None:
    low = plain(line).strip(_DECORATION)
    words = line.count(" ") + 1
    if words > 60 or (byline_lead().match(line) and is_byline(line)):
        return None
    if _picture("starts").match(low) and (words <= 40) and not (REPORTED.search(low) and words > 12):
        return "picture"
    if words > 34:
        return None
    if words <= 20 and _CREDITED.search(line) and not REPORTED.search(low):
        return "picture"
    tail = _credit_at(low)
    if tail is None or (tail == 0 and words > 12):
        return None
    return "picture"


def _credit_at(low: str) -> int | None:
    """Where the credit that ends a caption begins, None if it ends with none.

    A bare credit after running text ("Picture: R. Name/LanternPix") has to follow a full stop, a bracket or a dash.
    """
    end = len(low)
    for m in re.finditer(r"[(\[.|–—-]\s?|^", low):
        at = m.end() if low[m.start() : m.start() + 1] not in ("(", "[") else m.start()
        if end - at <= 160 and (_picture("credit").fullmatch(low, at) or _picture("ends").fullmatch(low, at)):
            return at
    m2 = re.search(r"[(\[][^()\[\]]{2,80}[)\]]\.?$", low)
    if m2 and re.search(_picture("ends").pattern + "$", m2[0]):
        return m2.start()
    return None


def inside(line: Line) -> Iterator[Furniture]:
    """Furniture within a line of the report: a stray bullet, a credit in brackets."""
    bullet = _BULLET.match(line.text)
    if bullet:
        yield Furniture(Span(line.start + bullet.start(1), line.start + bullet.end(1), bullet[1]), "bullet")
    if "(" not in line.text and "[" not in line.text:
        return
    for m in _picture("inline").finditer(plain(line.text)):
        yield Furniture(Span(line.start + m.start(), line.start + m.end(), line.text[m.start() : m.end()]), "picture")


def is_kicker(line: str) -> bool:
    """Whether a line names sections of a paper, one or several."""
    pieces = [p for p in re.split(r"\s*[|•·/,:>]\s*| - |[ \xa0]{2,}", plain(line).lower()) if p]
    if len(words := plain(line).lower().split()) > 2 and all(map(_section, words)):
        return True
    known = [all(map(_section, re.split(r"(?: and |,? ?& ?)", p.strip(_DECORATION + "[]")))) for p in pieces]
    return len(line) < 80 and (all(known) or ("|" in line and any(known) and all(p.count(" ") < 3 for p in pieces)))


def _section(words: str) -> bool:
    return words.removesuffix(" news") in data()["kickers"]["words"]


def is_slug(line: str) -> bool:
    """The file name of a picture, left above a headline."""
    return len(line) < 80 and bool(re.fullmatch(data()["kickers"]["slug"], plain(line)))


# --- bylines and sign-offs ----------------------------------------------------------------------------


@cache
def byline_lead() -> re.Pattern[str]:
    """What a byline begins with."""
    leads = sorted(data()["byline"]["lead"], key=len, reverse=True)
    return re.compile(r"(?:" + "|".join(leads) + r")(?:\s?:\s*|\s+)", re.IGNORECASE)


@lru_cache(maxsize=4_096)
def is_byline(line: str) -> bool:
    """Whether a line says who wrote it: "By" and names, or a name with its office, or a newsroom's staff."""
    line = " ".join(without_dates(line).strip(_DECORATION + ",.").split())
    if not 2 < len(line) <= 140 or line.endswith(":"):
        return False
    lead = byline_lead().match(line)
    names = line[lead.end() :] if lead else line
    words = re.findall(r"[^\s,;|()/]+", names)
    if lead and outlet_of(names):
        return True
    if not words or len(words) > 16 or words[0].lower() in data()["byline"]["not_names"]:
        return False
    roles, joins = set(data()["byline"]["roles"]), set(data()["byline"]["joins"])
    for word in words:
        low = word.lower().strip(".")
        if not (word[:1].isupper() or low in roles or low in joins or word.startswith("@") or low == "admin"):
            return False
    if not set(data()["byline"]["not_among"]).isdisjoint(words):
        return False
    if lead:
        return True
    office = not set(data()["byline"]["offices"]).isdisjoint(w.lower().strip(".") for w in words)
    of = _OF_OUTLET.fullmatch(line)
    located = _LOCATED.fullmatch(line) or (of and outlet_of(of[1]))
    return (office and len(words) <= 8) or bool(located) or (len(words) <= 5 and outlet_of(names) is not None)


def sign_off_rule(line: str) -> str | None:
    """An agency's or a paper's mark under the text: "Nordpress/tb", "(The Vastrel Courier)", "- AFP"."""
    if re.fullmatch(r"[A-Z][\w.-]*(?: [A-Z][\w.-]*){0,2}/ ?[a-z]{1,4}(?:[/-][a-z]{1,4}){0,2}", line):
        return "sign-off"
    if re.fullmatch(r"[(\[](?!\d)[^()\[\]]{2,60}[)\]]\.?", line) and is_name(line.strip("()[].")):
        return "sign-off"
    if re.fullmatch(r"[-–—]{1,2} ?[A-Z][^.!?]{1,40}", line) and is_name(line.lstrip("-–— ")):
        return "sign-off"
    return "sign-off" if len(line) < 60 and outlet_of(line) else None
