"""Page furniture, labelled line by line: what is on the page and is no part of the report. Nothing is deleted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal

from onthetable import lexicon
from onthetable.model import Furniture, Span
from onthetable.outlets import outlet_of
from onthetable.reports.stamps import is_stamp, without_dates
from onthetable.text import paragraphs, plain, trim

LONGEST = 700
"""Lines with more code points are never furniture as a whole."""

_DECORATION = " \t\xa0•*|>»›·–—-#▶►→+▪●◦■~_"
_SEPARATOR = re.compile(r"\s*[|•·]\s*|[ \xa0]{2,}|\t+")
_BULLET = re.compile(r"[^\S\n]*([•▪◦●■►▶‣∙])")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")
_PERSON = r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,2}"
_PLACE = r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2}(?:, [A-Z][\w'’-]+)?"
_LOCATED = re.compile(
    rf"{_PERSON}(?:(?:,| and) {_PERSON}){{0,3}} in {_PLACE}(?:(?:,| and|, and) {_PERSON} in {_PLACE}){{0,3}}(?:,? and agenc(?:y|ies))?"
)
_REPORTED = re.compile(r"\b(?:said|says|told|tells|according to|added|warned|argued|insisted|joked|urged)\b")
_OPENING_RULES = (
    "share",
    "comments",
    "form",
    "paywall",
    "newsletter",
    "cookies",
    "related",
    "navigation",
    "advertisement",
    "live-chrome",
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the space at its ends; `prose` tells that it, or the wrapped paragraph it is in, is running text."""

    start: int
    end: int
    text: str
    block: int
    wrapped: tuple[int, int] | None
    prose: bool

    @property
    def words(self) -> int:
        """How many words it has."""
        return self.text.count(" ") + 1


@dataclass(frozen=True, slots=True)
class _Rule:
    name: str
    where: Literal["anywhere", "edge", "tail"]
    pattern: re.Pattern[str]
    opens: bool
    prompt: bool
    cased: bool


def find_furniture(text: str) -> tuple[Furniture, ...]:
    """The furniture of a report's stored text, in order; spans never overlap, and each names the rule that found it."""
    lines = _lines(text)
    marks = _marked(lines)
    found = [Furniture(Span(line.start, line.end, line.text), marks[i]) for i, line in enumerate(lines) if i in marks]
    for i, line in enumerate(lines):
        if i not in marks:
            found += _inside(line)
    return tuple(sorted(found, key=lambda f: f.span))


def _marked(lines: list[Line]) -> dict[int, str]:
    """The rule for each line that is furniture as a whole."""
    certain = {i: rule for i, line in enumerate(lines) if (rule := _certain(line))}
    _mark_wrapped(lines, certain)
    marks = dict(certain)
    notes = _author_notes(lines)
    likely = {i for i, line in enumerate(lines) if i in marks or i in notes or _edge_rule(line.text, "edge")}
    body = [i for i, line in enumerate(lines) if line.prose and i not in likely]
    head = body[1] if len(body) > 1 else body[0] if body else 0
    body = _without_appendix(lines, marks, body)
    tail = body[-1] + 1 if body else 0
    marks |= {i: "author-note" for i in notes if i >= tail}
    for i, line in enumerate(lines):
        if i not in marks and (i < head or i >= tail):
            rule = _edge_rule(line.text, "tail" if i >= tail else "edge") or _stamped(line.text)
            rule = rule or ("byline" if _byline(line.text) and (i or line.words <= 5) else None)
            rule = rule or (_signed(line.text) if i >= tail else None)
            if rule:
                marks[i] = rule
    _mark_names(lines, marks, head)
    _mark_above_headline(lines, marks, body[0] if body else len(lines))
    _mark_lists(lines, marks, body[0] if body else 0, tail)
    _mark_rest(lines, marks, tail)
    _keep_headline(lines, marks, body[0] if body else 0)
    return marks


# --- lines --------------------------------------------------------------------------------------------


def _lines(text: str) -> list[Line]:
    lines: list[Line] = []
    pieces = paragraphs(text)
    at = block = previous = 0
    for start, end in pieces:
        block += "\n\n" in text[previous:start] or bool(re.search(r"\n\s*\n", text[previous:start]))
        previous = end
        inner = [
            trim(text, start + m.start(), start + m.end()) for m in re.finditer(r"[^\n]*\S[^\n]*", text[start:end])
        ]
        prose = is_prose(" ".join(text[start:end].split()) if len(inner) > 1 else text[start:end])
        wrapped = (at, at + len(inner)) if len(inner) > 1 else None
        lines += [Line(a, b, text[a:b], block, wrapped, prose) for a, b in inner]
        at += len(inner)
    return lines


def is_prose(text: str) -> bool:
    """Whether a line reads as running text: twelve words and a full stop, or twenty-five words."""
    words = text.count(" ") + 1
    return words >= 25 or (words >= 12 and bool(_SENTENCE_END.search(text[-6:])))


# --- rules over one line ------------------------------------------------------------------------------


def _data() -> dict[str, Any]:
    return lexicon.load("onthetable.reports", "furniture.toml")


@cache
def _rules() -> tuple[_Rule, ...]:
    return tuple(
        _Rule(
            r["name"],
            r["where"],
            re.compile("|".join(r["patterns"])),
            *(r.get(k, False) for k in ("opens", "prompt", "cased")),
        )
        for r in _data()["rule"]
    )


@cache
def _picture(name: str) -> re.Pattern[str]:
    return re.compile(_data()["picture"][name])


def _certain(line: Line) -> str | None:
    """The rule of a line that is furniture wherever it stands."""
    if len(line.text) > LONGEST:
        return None
    return _matching(line.text, ("anywhere",)) or _caption(line.text)


def _edge_rule(line: str, where: Literal["edge", "tail"]) -> str | None:
    if len(line) > LONGEST:
        return None
    return _matching(line, ("anywhere", "edge") if where == "edge" else ("anywhere", "edge", "tail")) or _caption(line)


@lru_cache(maxsize=20_000)
def _matching(line: str, where: tuple[str, ...]) -> str | None:
    rule = _whole(line, where)
    if rule:
        return rule
    pieces = [p for p in _SEPARATOR.split(line) if p.strip(_DECORATION)]
    if len(pieces) < 2:
        return None
    rules = [_whole(p, (*where, "tail")) for p in pieces]
    menu = bool(rules[0]) and all(p.count(" ") < 3 for p in pieces) and len(line) < 200
    return rules[0] if all(rules) or menu else None


def _whole(line: str, where: tuple[str, ...]) -> str | None:
    raw = plain(line).strip()
    low = raw.strip(_DECORATION).rstrip("…:").strip()
    reported = len(low.split()) > 7 and bool(_REPORTED.search(low))
    forms = [form for form in dict.fromkeys((low, low.rstrip("."), raw, line.lower().strip())) if form]
    for rule in _rules():
        if rule.where in where and not (rule.prompt and (reported or low.startswith('"'))):
            if any(rule.pattern.fullmatch(form) for form in ((line.strip(),) if rule.cased else forms)):
                return rule.name
    return None


def _stamped(line: str) -> str | None:
    """A date stamp, alone or among the other things of such a line ("Name | 3 May 2024 | 2 comments")."""
    if is_stamp(line, edge=True):
        return "date"
    low = plain(line)
    if re.match(r"(?:posted|published|written|submitted|updated|filed|created)(?: by .{1,50})?(?: on| at)? ", low):
        rest = re.sub(r"^\w+(?: by .{1,50}? (?:on|at|-|\|))?", " ", low)
        rest = re.sub(r"\b(?:in|under) [\w &,/-]{1,60}", " ", rest)
        rest = re.sub(r"(?:\d+|no) comments?|\bby [\w .,'&-]{1,50}$", " ", rest)
        if is_stamp(rest.strip(), edge=True):
            return "date"
    pieces = [
        p.strip(_DECORATION + ",")
        for p in re.split(_SEPARATOR.pattern + r"|\s+[-–—/]\s+", line)
        if p.strip(_DECORATION)
    ]
    if len(pieces) > 1 and len(line) < 200 and any(is_stamp(p, edge=True) for p in pieces):
        others = [p for p in pieces if not is_stamp(p, edge=True)]
        if all(_byline(p) or _whole(p, ("anywhere", "edge", "tail")) or _short_name(p) for p in others):
            return "date"
    return None


def _short_name(piece: str) -> bool:
    """A section, an outlet, a place or a person: no more than five words, each with a capital."""
    words = piece.split()
    return len(words) <= 5 and all(
        w[:1].isupper() or w.lower() in _data()["byline"]["joins"] or not w[:1].isalpha() for w in words
    )


def _caption(line: str) -> str | None:
    low = plain(line).strip(_DECORATION)
    words = line.count(" ") + 1
    if words > 60:
        return None
    if re.match(_picture("starts"), low) and (words <= 40) and not (_REPORTED.search(low) and words > 12):
        return "picture"
    if words > 34:
        return None
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
        at = m.end() if not low[m.start() : m.start() + 1] in ("(", "[") else m.start()
        if end - at <= 160 and (_picture("credit").fullmatch(low, at) or _picture("ends").fullmatch(low, at)):
            return at
    m2 = re.search(r"[(\[][^()\[\]]{2,80}[)\]]\.?$", low)
    if m2 and re.search(_picture("ends").pattern + "$", m2[0]):
        return m2.start()
    return None


def _inside(line: Line) -> Iterator[Furniture]:
    """Furniture within a line of the report: a stray bullet, a credit in brackets."""
    bullet = _BULLET.match(line.text)
    if bullet:
        yield Furniture(Span(line.start + bullet.start(1), line.start + bullet.end(1), bullet[1]), "bullet")
    if "(" not in line.text and "[" not in line.text:
        return
    for m in _picture("inline").finditer(plain(line.text)):
        yield Furniture(Span(line.start + m.start(), line.start + m.end(), line.text[m.start() : m.end()]), "picture")


# --- bylines and sign-offs ----------------------------------------------------------------------------


@cache
def _lead() -> re.Pattern[str]:
    leads = sorted(_data()["byline"]["lead"], key=len, reverse=True)
    return re.compile(r"(?:" + "|".join(leads) + r")(?:\s?:\s*|\s+)", re.IGNORECASE)


def _byline(line: str) -> bool:
    """Whether a line says who wrote it: "By" and names, or a name with its office, or a newsroom's staff."""
    line = " ".join(without_dates(line).strip(_DECORATION + ",.").split())
    if not 2 < len(line) <= 140:
        return False
    lead = _lead().match(line)
    names = line[lead.end() :] if lead else line
    words = re.findall(r"[^\s,;|()/]+", names)
    if not words or len(words) > 16 or words[0].lower() in _data()["byline"]["not_names"]:
        return False
    roles, joins = set(_data()["byline"]["roles"]), set(_data()["byline"]["joins"])
    for word in words:
        low = word.lower().strip(".")
        if not (word[:1].isupper() or low in roles or low in joins or word.startswith("@") or low == "admin"):
            return False
    if re.search(
        r"\b(?:[Hh]as|[Hh]ave|[Ww]as|[Ww]ere|[Ii]s|[Aa]re|[Ww]ill|[Hh]ad|To|Not?|Says|Said|After|Over|As|From|Before)\b",
        names,
    ):
        return False
    if lead:
        return True
    low_words = {w.lower().strip(".") for w in words}
    office = bool(
        low_words
        & {
            "staff",
            "reporter",
            "reporters",
            "correspondent",
            "correspondents",
            "editor",
            "writer",
            "writers",
            "desk",
            "columnist",
            "newsroom",
            "bureau",
            "agencies",
        }
    )
    located = _LOCATED.fullmatch(line)
    return (office and len(words) <= 8) or bool(located) or (len(words) <= 5 and outlet_of(names) is not None)


def _signed(line: str) -> str | None:
    """An agency's or a paper's mark under the text: "Nordpress/tb", "(The Vastrel Courier)", "- AFP"."""
    if re.fullmatch(r"[A-Z][\w.-]*(?: [A-Z][\w.-]*){0,2}/ ?[a-z]{1,4}(?:[/-][a-z]{1,4}){0,2}", line):
        return "sign-off"
    if re.fullmatch(r"[(\[](?!\d)[^()\[\]]{2,60}[)\]]\.?", line) and _short_name(line.strip("()[].")):
        return "sign-off"
    if re.fullmatch(r"[-–—]{1,2} ?[A-Z][^.!?]{1,40}", line) and _short_name(line.lstrip("-–— ")):
        return "sign-off"
    return "sign-off" if len(line) < 60 and outlet_of(line) else None


def _mark_names(lines: list[Line], marks: dict[int, str], head: int) -> None:
    """A bare name above the body is a byline where it stands beside a byline or a date."""
    for i in reversed(range(1, min(head, len(lines)))):
        beside = {marks.get(i - 1), marks.get(i + 1)} & {"byline", "date"}
        if (
            i not in marks
            and beside
            and re.fullmatch(r"[A-Z][\w.'’-]*(?: (?:[A-Z][\w.'’-]*|and|&|de|van|al|bin)){1,5}", lines[i].text)
        ):
            named = [j for j in range(i) if j not in marks and lines[j].words >= 3]
            if named and lines[i].words <= 4:
                marks[i] = "byline"


def _author_notes(lines: list[Line]) -> set[int]:
    """Lines that tell who the author is ("Jo Ruiz is a fellow of ..."), by the names in the byline above."""
    names: set[str] = set()
    for line in lines[:15]:
        if line.words <= 12 and _byline(line.text):
            names |= {m.casefold() for m in re.findall(_PERSON, _lead().sub("", line.text, count=1))}
    what = r"(?:,[^.]{1,80},)? (?:is|was|are|has|writes?|covers?|reports?|joined|works?|teaches|can be|served|specialis|specializ)"
    return {
        i for i, line in enumerate(lines) if i > 2 and line.words <= 80
        and any(line.text.casefold().startswith(n) and re.match(what, line.text[len(n):]) for n in names)
    }  # fmt: skip


# --- rules over neighbours ----------------------------------------------------------------------------


def _mark_wrapped(lines: list[Line], marks: dict[int, str]) -> None:
    """A wrapped paragraph is furniture as a whole or not at all; a prompt broken over short lines is put together."""
    for i, line in enumerate(lines):
        if line.wrapped and line.wrapped[0] == i:
            members = range(*line.wrapped)
            if all(j in marks for j in members):
                continue
            whole = _matching(" ".join(lines[j].text for j in members)[: LONGEST + 1], ("anywhere",))
            for j in members:
                marks.pop(j, None)
            if whole:
                marks.update(dict.fromkeys(members, whole))
    for i, line in enumerate(lines[:-1]):
        for n in (2, 3):
            group = lines[i : i + n]
            if i in marks or len(group) < n or any(g.block != line.block or g.words > 8 or g.prose for g in group):
                break
            rule = _matching(" ".join(g.text for g in group), ("anywhere",))
            if rule:
                marks.update(dict.fromkeys(range(i, i + n), rule))
                break


def _without_appendix(lines: list[Line], marks: dict[int, str], body: list[int]) -> list[int]:
    """The prose of the report alone: not the readers' comments under it, a fifth of all prose at most."""
    total = sum(lines[i].end - lines[i].start for i in body)
    for i in sorted(marks):
        if marks[i] == "comments" and lines[i].words <= 8:
            below = sum(lines[j].end - lines[j].start for j in body if j > i)
            if below * 5 <= total and any(j < i for j in body):
                return [j for j in body if j < i]
    return body


def _mark_above_headline(lines: list[Line], marks: dict[int, str], body: int) -> None:
    """Sections, file names of pictures and leftovers of a menu, which stand above the headline."""
    title = next((i for i in range(body) if i not in marks and lines[i].words >= 4 and not _slug(lines[i].text)), None)
    if title is None:
        return
    for i in range(body):
        if i not in marks and i != title and (_slug(lines[i].text) or _kicker(lines[i].text)):
            marks[i] = "above-headline"
    for i in range(1, title):
        if i not in marks and lines[i].words <= 2 and lines[i].text.istitle() and i - 1 in marks:
            marks[i] = "above-headline"


def _kicker(line: str) -> bool:
    """The sections of a paper, one or several."""
    pieces = [p for p in re.split(r"\s*[|•·/,:>]\s*| - ", plain(line)) if p]
    return len(line) < 80 and bool(pieces) and all(p.strip(_DECORATION) in _data()["kickers"]["words"] for p in pieces)


def _slug(line: str) -> bool:
    return len(line) < 80 and bool(re.fullmatch(_data()["kickers"]["slug"], plain(line)))


def _mark_lists(lines: list[Line], marks: dict[int, str], head: int, tail: int) -> None:
    """The links under "You may also like", the fields under a comment form: short lines that follow at once."""
    opening = {r.name for r in _rules() if r.opens}
    for i in sorted(marks):
        if marks[i] not in opening or lines[i].words > 8 or i < head or re.search(r"[:|]\s*\S", lines[i].text):
            continue
        for j in range(i + 1, min(i + 15, len(lines))):
            link = lines[j].words <= 14 and not re.search(r"[.!][\"”’')]*$", lines[j].text)
            if (
                lines[j].prose
                or (j < tail and lines[j].block != lines[i].block)
                or not (link or marks[i] == "comments")
            ):
                break
            marks.setdefault(j, marks[i])


def _mark_rest(lines: list[Line], marks: dict[int, str], tail: int) -> None:
    """Below the body, once furniture has begun, whatever is no running text belongs to it."""
    begun = False
    for i in range(tail, len(lines)):
        begun = begun or marks.get(i) in _OPENING_RULES
        if begun and i not in marks and tail > 0 and not _last_words(lines[i]):
            marks[i] = "below-report"


def _last_words(line: Line) -> bool:
    """Whether a short line reads as a sentence of the report and not as one spoken to the reader."""
    sentence = line.words >= 5 and re.search(r"[.?!][\"”’')]*$", line.text) and not line.text.endswith("...")
    return bool(sentence) and not re.search(r"\b(?:you|your|we|our|us|cookies?|newsletter)\b", line.text.lower())


def _keep_headline(lines: list[Line], marks: dict[int, str], body: int) -> None:
    """A headline may look like a link ("Analysis: who blinks first"): where there is no other, it is no furniture."""
    if all(i in marks for i in range(body)):
        for i in range(min(body, 3)):
            if marks[i] in ("related", "picture", "tags") and ":" in lines[i].text and lines[i].words >= 4:
                del marks[i]
                return
