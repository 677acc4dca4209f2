"""From which news organisations a report says that it has its news."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from onthetable import lexicon
from onthetable.model import Reading, Report
from onthetable.outlets import Named, find_outlets, outlet_of, same

_BEFORE = 160
"""How many code points before an outlet are looked at for the words that make it an origin."""
_ADVERBS = (
    r"(?:,?\s(?:also|first|later|earlier|has|had|have|have also|on \w+day|separately|then|meanwhile|last \w+|this \w+"
    r"|yesterday|today|itself|newspaper|daily|news agency|agency|network|channel|website|site|news|television|TV|radio"
    r"|magazine|broadcaster|correctly|initially|exclusively|subsequently|since|recently|quickly|in \w+|late|early"
    r"|went on to|put)){0,4}"
)
_KIND = (
    r"(?:news agency|press agency|newswire|wire service|news service|newspaper|daily|broadcaster|news site|news website"
    r"|news outlet|news portal|tabloid|broadsheet|magazine|television channel|TV channel|radio station"
    r"|television station|TV station|outlet|paper)"
)
_CALENDAR = frozenset(
    {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November"}
    | {"December", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}
)
_NAME = r"[A-Z][\w’'-]*(?: [A-Z][\w’'-]*){0,3}"


_INVERTED = re.compile(r"[,\"”’'] (?:said|says|reported|reports|wrote|writes|noted|revealed)$")
"""What follows the news where its bearer is named last: "the talks are dead, reported the daily Orlan"."""


@dataclass(frozen=True, slots=True)
class _Hit:
    """An outlet that the report leans on: where, in which sentence, and whether it heard the words itself."""

    start: int
    sentence: int
    name: str
    heard: bool


def origins_of(reading: Reading) -> tuple[str, ...]:
    """The news organisations that a report says it took its news from, by canonical name, nearest first.

    They come from its words ("told Reuters", "according to JNS", "the Vastrel Courier reports"), its credit lines and
    the relays and sources of its statements. Neither the outlet of the report itself counts nor a photo credit; a
    credit line that names the report's own outlet counts where nothing else is named. "According to A, he told B"
    puts A before B.
    """
    report = reading.report
    hits = _ordered([*_in_text(report), *_in_statements(reading)])
    names = [h.name for h in hits if not _own(report, h.name)]
    names = [n for n in report.credits if not _own(report, n)] + names
    found = _distinct(names)
    return found or _distinct(_credited(report))


def _own(report: Report, name: str) -> bool:
    return report.outlet is not None and same(report.outlet, name)


def _distinct(names: list[str]) -> tuple[str, ...]:
    kept: list[str] = []
    for name in names:
        twin = next((i for i, k in enumerate(kept) if same(k, name)), None)
        if twin is None:
            kept.append(name)
        elif len(name) > len(kept[twin]):
            kept[twin] = name
    return tuple(kept)


def _credited(report: Report) -> list[str]:
    """The outlet's own name where a credit line in brackets gives it, as a report carried elsewhere has it."""
    lines = [f.span.text for f in report.furniture if f.rule == "sign-off"]
    return [n for n in report.credits if any(line[0] in "([" and same(n, line.strip("()[] .")) for line in lines)]


# --- in the text --------------------------------------------------------------------------------------


def _in_text(report: Report) -> Iterator[_Hit]:
    text = report.text
    learned = {*report.credits, *_introduced(text)} | ({report.outlet} if report.outlet else set())
    furniture = [(f.span.start, f.span.end) for f in report.furniture]
    at = 0
    ends = [m.start() for m in re.finditer(r"[.!?][\"”’')]*\s+(?=[\"“‘'(]?[A-Z0-9])|\n", text)]
    sentence = 0
    previous: tuple[Named, bool] | None = None
    for named in find_outlets(text, learned):
        while at < len(furniture) and furniture[at][1] <= named.start:
            at += 1
        if at < len(furniture) and furniture[at][0] < named.end:
            continue
        while sentence < len(ends) and ends[sentence] < named.start:
            sentence += 1
        begin = ends[sentence - 1] + 1 if sentence else 0
        end = ends[sentence] if sentence < len(ends) else len(text)
        heard = _leans(text, max(begin, named.start - _BEFORE), named, end, previous)
        previous = (named, heard) if heard is not None else None
        if heard is not None:
            yield _Hit(named.start, sentence, named.name, heard)


def _leans(text: str, begin: int, named: Named, end: int, previous: tuple[Named, bool] | None) -> bool | None:
    """Whether the outlet itself heard the words (True) or only passes them on (False); None if it is no origin."""
    before = text[begin : named.start]
    if previous and re.fullmatch(
        r",? (?:and |or |as well as |both )?(?:the |The )?|, ", text[previous[0].end : named.start]
    ):
        return previous[1]  # "told Reuters and AFP"
    cue = _bare(before)
    if _pattern("never").search(cue) or _pattern("denied").search(cue):
        return None
    if _pattern("receives").search(cue):
        return True
    if _pattern("relays").search(cue) or _INVERTED.search(cue):
        return False
    after = text[named.end : min(end, named.end + 140)]
    if _speaks().match(after):
        return False
    return None


def _bare(before: str) -> str:
    """What stands before an outlet, in lower case, without the words that describe the outlet."""
    words = before.split()
    describe = _describing()
    for _ in range(9):
        if not words:
            break
        word = words[-1].strip("\"“”‘'’(")
        described = (
            word.lower() in describe
            or word[:1].isupper()
            or word.endswith(("-based", "-owned", "-run", "-language", "-linked", "-backed"))
        )
        if not described:
            break
        words.pop()
    return " ".join(words[-12:]).lower()


def _data() -> dict[str, Any]:
    return lexicon.load("onthetable.ties", "origins.toml")


@cache
def _describing() -> frozenset[str]:
    return frozenset(_data()["describe"])


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(r"(?<![\w-])(?:" + "|".join(_data()[name]) + r")(?: to)?$")


@cache
def _speaks() -> re.Pattern[str]:
    """What follows an outlet that reports: a verb, perhaps after an aside, or a noun of its making."""
    verbs, nouns = "|".join(_data()["verbs"]), "|".join(_data()["nouns"])
    aside = r"(?:,\s[^,.\n]{2,70},)?"
    others = r"(?:(?:,| and|, and) (?:the |The )?[A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*){0,4}){0,3}"
    writer = r"(?:[’']s? [A-Z][\w’'.-]+(?: [A-Z][\w’'.-]+){0,2}|[’']s?)?"
    return re.compile(
        rf"{writer}{others}{aside}{_ADVERBS},?\s(?:{verbs})(?![\w-])|(?:[’']s?)?(?:\s[\w-]+){{0,2}}\s(?:{nouns})(?![\w-])"
    )


def _introduced(text: str) -> Iterator[str]:
    """Names that the report itself says are an outlet's: "the news agency Orlan", "told The Hawk"."""
    for m in re.finditer(rf"\b{_KIND} ({_NAME})", text):
        if not re.search(r"\b(?:editor|owner|reporter|correspondent)\b", m[0]):
            yield outlet_of(m[1], loose=True) or m[1]
    for m in re.finditer(rf"\b({_NAME}), (?:the|a|an)(?: [\w’'-]+){{0,4}} {_KIND}\b", text):
        yield outlet_of(m[1], loose=True) or m[1]
    for m in re.finditer(rf"\b({_NAME}) {_KIND}\b", text):
        name = outlet_of(m[0], loose=True)
        if name:
            yield name
    for m in re.finditer(rf"\b(?:{_data()['staff']}|{_data()['pieces']}) (?:the )?({_NAME})", text):
        if m[1].split()[0] in _CALENDAR:
            continue
        yield outlet_of(m[1], loose=True) or re.sub(r"[’']s?$", "", m[1])
    informed = rf"(?:^|[.\n] |\n)([A-Z][\w-]+), {_data()['informed']}[^.,\n]{{0,80}}, (?:said|says|report|put|wrote)"
    alone = [m[1] for m in re.finditer(informed, text)]
    if alone:  # a person comes with a first name
        yield from sorted(set(alone) - {m[1] for m in re.finditer(r"\b[A-Z][\w.-]*(?= ([A-Z][\w-]+))", text)})
    for m in re.finditer(rf"\b(?:{_data()['unknown']}) (The [A-Z][\w’-]+(?: [A-Z][\w’-]+){{0,2}})", text):
        if not m[1].startswith(tuple(_data()["unknown_not"])):
            name = re.sub(r"[’']s?(?: .*)?$", "", m[1])
            yield outlet_of(name, loose=True) or name


# --- in the statements --------------------------------------------------------------------------------


def _in_statements(reading: Reading) -> Iterator[_Hit]:
    for statement in reading.statements:
        for relay in statement.relay:
            name = outlet_of(relay, loose=True)
            if name:
                yield _Hit(statement.content.start, -1, name, True)
        source = statement.source
        if source and source.kind == "organisation":
            name = outlet_of(source.name or source.span.text) or outlet_of(source.span.text)
            if name:
                yield _Hit(statement.content.start, -1, name, False)


def _ordered(hits: list[_Hit]) -> list[_Hit]:
    """In the order of the text, but whoever in some sentence passes on what another heard comes before that other."""
    hits = sorted(hits, key=lambda h: (h.sentence < 0, h.sentence, h.heard, h.start))
    order = list(dict.fromkeys(h.name for h in hits))
    for near, far in pairwise(hits):
        if (
            0 <= near.sentence == far.sentence
            and far.heard
            and not near.heard
            and order.index(far.name) < order.index(near.name)
        ):
            order.remove(near.name)
            order.insert(order.index(far.name), near.name)
    return sorted(hits, key=lambda h: order.index(h.name))
