"""Page furniture, labelled line by line: what is on the page and is no part of the report. Nothing is deleted."""

from __future__ import annotations

import re
from bisect import bisect

from onthetable.model import Furniture, Span
from onthetable.reports.lines import Line, split_lines
from onthetable.reports.prompts import REPORTED
from onthetable.reports.rules import (
    LONGEST,
    PERSON,
    SEPARATOR,
    byline_lead,
    certain_rule,
    edge_rule,
    inside,
    is_byline,
    is_kicker,
    is_masthead,
    is_slug,
    masthead_rule,
    matching,
    openers,
    sign_off_rule,
    stamp_rule,
)  # fmt: skip
from onthetable.text import plain

_BARE_NAME = re.compile(r"[A-Z][\w.'’-]*(?: (?:[A-Z][\w.'’-]*|and|&|de|van|al|bin|\|)){1,5}")
_PERSON_ALONE = re.compile(
    r"[A-Z][a-zé’'-]+(?: [A-Z]\.)?(?: (?:de|van|al|von|bin|el))?(?: [A-Z][\w’'-]*[a-z]){1,2}(?:, [A-Z][a-z]+)?"
    r"|[A-Z]{2,}(?: [A-Z][A-Z’'-]+){1,2}"
)
"""A name above the body, where it may be the author's."""
_OPENING_RULES = frozenset({
    "share", "comments", "form", "paywall", "newsletter", "cookies", "related", "navigation", "advertisement",
    "live-chrome", "prompt", "contact", "appeal",
})  # fmt: skip
_CLOSING = frozenset({"comments", "end-mark"})
"""The rules of lines below which nothing belongs to the report."""
_ABOUT = re.compile(
    r"(?:,[^.]{1,80},)? (?:is|was|are|has|writes?|covers?|reports?|joined|works?|teaches|can be|served|speciali[sz])"
    r"|[’']s? (?:\w+ ){0,2}?(?:last|latest|new|next|first|previous|books?|novel|column|essay|memoir|podcast|stor\w+)\b"
)


def find_furniture(text: str) -> tuple[Furniture, ...]:
    """The furniture of a report's stored text, in order; spans never overlap, and each names the rule that found it."""
    lines = split_lines(text)
    marks = _marked(lines)
    found = [Furniture(Span(line.start, line.end, line.text), marks[i]) for i, line in enumerate(lines) if i in marks]
    for i, line in enumerate(lines):
        if i not in marks:
            found += inside(line)
    return tuple(sorted(found, key=lambda f: f.span))


def _marked(lines: list[Line]) -> dict[int, str]:
    """The rule for each line that is furniture as a whole."""
    certain = {i: rule for i, line in enumerate(lines) if (rule := certain_rule(line))}
    _mark_wrapped(lines, certain)
    marks = dict(certain)
    notes = _author_notes(lines)
    likely = {i for i, line in enumerate(lines) if i in marks or i in notes or edge_rule(line.text, "tail")}
    body = [i for i, line in enumerate(lines) if line.prose and i not in likely]
    head = body[1] if len(body) > 1 else body[0] if body else 0
    body = _without_appendix(lines, marks, body)
    tail = body[-1] + 1 if body else 0
    marks |= {i: "author-note" for i in notes if i >= tail}
    for i, line in enumerate(lines):
        if i not in marks and (i < head or i >= tail):
            rule = edge_rule(line.text, "tail" if i >= tail else "edge") or stamp_rule(line.text)
            rule = rule or ("byline" if is_byline(line.text) and (i or line.words <= 5) else None)
            rule = rule or (sign_off_rule(line.text) if i >= tail else masthead_rule(line.text))
            if rule:
                marks[i] = rule
    _mark_masthead(lines, marks, body[0] if body else 0)
    _mark_names(lines, marks, head)
    _mark_above_headline(lines, marks, body[0] if body else len(lines))
    _mark_lists(lines, marks, body[0] if body else 0, tail)
    _mark_rest(lines, marks, tail)
    _keep_headline(lines, marks, body[0] if body else 0)
    for i in [i for i, rule in marks.items() if rule == "masthead"]:
        # the name alone heads the report as its title does; beside a menu or a section it is the page's
        if len(SEPARATOR.split(lines[i].text)) == 1 and marks.get(i + 1) != "navigation":
            del marks[i]
    return marks


def _mark_masthead(lines: list[Line], marks: dict[int, str], body: int) -> None:
    """A paper's own name on top, with a headline below: a name of the press, or one that its prompts repeat."""
    top = next((i for i in range(min(3, body)) if i not in marks), None)
    if top is None or not any(i not in marks and lines[i].words >= 3 for i in range(top + 1, body)):
        return
    if is_masthead(lines[top].text, (lines[i].text for i in marks if i > top)):
        marks[top] = "masthead"


def _mark_names(lines: list[Line], marks: dict[int, str], head: int) -> None:
    """A bare name above the body, with a headline before it, is a byline where it stands beside a byline or a date."""
    title = next((i for i in range(min(head, len(lines))) if i not in marks and lines[i].words >= 3), len(lines))
    for i in reversed(range(title + 1, min(head, len(lines)))):
        beside = {marks.get(i - 1), marks.get(i + 1)} & {"byline", "date"}
        if i not in marks and beside and lines[i].words <= 5 and _BARE_NAME.fullmatch(lines[i].text):
            marks[i] = "byline"
    if "byline" in marks.values():
        return
    for i in range(title + 1, head):
        if i not in marks and _PERSON_ALONE.fullmatch(lines[i].text) and lines[i + 1].prose:
            last = lines[i].text.split(",")[0].title().split()[-1]
            story = (line.text for j, line in enumerate(lines) if line.prose and marks.get(j) != "author-note")
            if not any(last in text for text in story):  # who wrote it is not in the story; a heading names what is
                marks[i] = "byline"
            return


def _author_notes(lines: list[Line]) -> set[int]:
    """Lines that tell who the author is ("Jo Ruiz is a fellow of ..."), by the names in the byline above."""
    names: set[str] = set()
    for line in lines[:15]:
        bylined = line.words <= 12 and (is_byline(line.text) or edge_rule(line.text, "edge") == "byline")
        if bylined or re.fullmatch(PERSON, line.text):
            found = re.findall(PERSON, byline_lead().sub("", line.text, count=1))
            names |= {m.casefold() for m in found}
            names |= {part.casefold() for m in found for part in m.split()} if bylined else set()
    return {
        i for i, line in enumerate(lines) if i > 2 and line.words <= 80 and not REPORTED.search(line.text)
        and any(line.text.casefold().startswith(n) and _ABOUT.match(line.text[len(n):]) for n in names)
    }  # fmt: skip


def _mark_wrapped(lines: list[Line], marks: dict[int, str]) -> None:
    """A wrapped paragraph is furniture as a whole or not at all; a prompt broken over short lines is put together."""
    for i, line in enumerate(lines):
        if line.wrapped and line.wrapped[0] == i:
            members = range(*line.wrapped)
            if all(j in marks for j in members):
                continue
            whole = matching(" ".join(lines[j].text for j in members)[: LONGEST + 1], ("anywhere",))
            for j in members:
                marks.pop(j, None)
            if whole:
                marks.update(dict.fromkeys(members, whole))
    for i, line in enumerate(lines[:-1]):
        for n in (2, 3):
            group = lines[i : i + n]
            if i in marks or len(group) < n or any(g.block != line.block or g.words > 8 or g.prose for g in group):
                break
            rule = matching(" ".join(g.text for g in group), ("anywhere",))
            if rule:
                marks.update(dict.fromkeys(range(i, i + n), rule))
                break


def _without_appendix(lines: list[Line], marks: dict[int, str], body: list[int]) -> list[int]:
    """The prose of the report alone, without readers' comments or an issuer's notes below: a fifth of all at most."""
    forms = [i for i in sorted(marks) if marks[i] in _CLOSING and lines[i].words <= 8]
    total = sum(lines[i].end - lines[i].start for i in body)
    below = 0
    cut = len(body)
    for n, i in reversed(list(enumerate(body))[1:]):
        below += lines[i].end - lines[i].start
        if below * 5 > total:
            break
        at = bisect(forms, body[n - 1])
        if at < len(forms) and forms[at] < i:
            cut = n
    return body[:cut]


def _mark_above_headline(lines: list[Line], marks: dict[int, str], body: int) -> None:
    """Sections, file names of pictures and leftovers of a menu, which stand above the headline."""
    title = next(
        (i for i in range(body) if i not in marks and lines[i].words >= 4 and not is_slug(lines[i].text)), None
    )
    if title is None:
        return
    for i in range(body):
        if i not in marks and i != title and (is_slug(lines[i].text) or is_kicker(lines[i].text)):
            marks[i] = "above-headline"
    for i in range(1, title):
        if i not in marks and lines[i].words <= 2 and lines[i].text.istitle() and i - 1 in marks:
            marks[i] = "above-headline"


def _mark_lists(lines: list[Line], marks: dict[int, str], head: int, tail: int) -> None:
    """The links under "You may also like", the fields under a comment form: short lines that follow at once."""
    opening = openers()
    for i in sorted(marks):
        if marks[i] not in opening or lines[i].words > 8 or i < head or re.search(r"[:|]\s*\S", lines[i].text):
            continue
        below = [i]
        for j in range(i + 1, min(i + 15, len(lines))):
            link = lines[j].words <= 14 and not re.search(r"[.!][\"”’')]*$", lines[j].text)
            if lines[j].prose or j in marks or not (link or marks[i] == "comments"):
                break
            below.append(j)
        close = [j for j in below if j >= tail or lines[j].block == lines[i].block]
        # two links or more may stand apart; a single short line further down may be the report's next subheading
        apart = marks[i] == "related" and len(below) > 2 and all(lines[j].words >= 4 for j in below[1:])
        for j in below if apart else close:
            marks.setdefault(j, marks[i])
    for i, line in enumerate(lines):
        if (
            i not in marks
            and re.fullmatch(r"\d{1,4}", line.text)
            and {marks.get(i - 1), marks.get(i + 1)} & {"share", "reading-time"}
        ):
            marks[i] = "share"


def _mark_rest(lines: list[Line], marks: dict[int, str], tail: int) -> None:
    """Below the body, once furniture has begun, whatever is no running text belongs to it."""
    begun = readers = False
    for i in range(tail, len(lines)) if tail else ():
        begun = begun or marks.get(i) in _OPENING_RULES | _CLOSING
        readers = readers or (marks.get(i) in _CLOSING and lines[i].words <= 8)
        if begun and i not in marks and (readers or not _last_words(lines[i])):
            marks[i] = "below-report"


def _last_words(line: Line) -> bool:
    """Whether a short line reads as a sentence of the report and not as one spoken to the reader."""
    if line.words < 4 or not re.search(r"[.?!][\"”’')]*$", line.text) or line.text.endswith("..."):
        return False
    own = re.sub(r"[\"“][^\"“”]*[\"”]", "", plain(line.text))
    return bool(REPORTED.search(own)) or not re.search(r"\b(?:you|your|we|our|us|newsletter)\b", own)


def _keep_headline(lines: list[Line], marks: dict[int, str], body: int) -> None:
    """A headline may look like a link ("Analysis: who blinks first"): where there is no other, it is no furniture."""
    if all(i in marks for i in range(body)):
        for i in range(min(body, 3)):
            if marks[i] in ("related", "picture", "tags", "record") and ":" in lines[i].text and lines[i].words >= 4:
                del marks[i]
                return
