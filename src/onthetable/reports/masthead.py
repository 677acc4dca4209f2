"""Who published a report, who wrote it and when, as far as its own lines say so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from onthetable import lexicon
from onthetable.model import Furniture, Span
from onthetable.outlets import find_outlets, headed, outlet_of
from onthetable.reports.lines import is_prose
from onthetable.reports.rules import is_masthead
from onthetable.reports.stamps import DATE, Stamp, find_dates, without_dates

_NAME = r"(?:[Tt]he |the )?[A-Z][\w'’&.-]*(?:[ \xa0](?:(?:of|and|for|&|de|the) ){0,2}[A-Z0-9][\w'’&.-]*){0,6}"
_COPYRIGHT = re.compile(
    rf"(?:©|\([cC]\)|Copyright(?: ©| \([cC]\))?)\s*(?:\d{{4}}(?:\s?[-–]\s?\d{{2,4}})?)?,?\s*(?:by )?({_NAME})"
)
_FOLLOW = re.compile(rf"(?:Follow|FOLLOW|Like) ({_NAME}) on ")
_PROMPTS = (
    re.compile(rf"(?:Want|Looking for|Need) more from ({_NAME})"),
    re.compile(rf"[Ss]ubscribe (?:now )?to ({_NAME})"),
    _FOLLOW,
    re.compile(
        rf"[Ss]ign up (?:to|for) (?:our|the) ({_NAME}?)(?: (?:Extra|Daily|Weekly|Morning|Evening|Briefing))*"
        r" (?:newsletter|e-?mail|alerts)"
    ),
    re.compile(
        rf"(?:reflect|represent) (?:the )?(?:views|policy|position|stance|editorial \w+|opinions?|those) of ({_NAME})"
    ),
    re.compile(rf"appeared first (?:on|in) ({_NAME})"),
    re.compile(rf"({_NAME}) LIVE\b"),
    re.compile(rf"[Dd]ownload (?:the )?({_NAME}) app\b"),
)
_DATELINE = re.compile(
    r"[ \t•]*[A-Z][\w.'’-]*(?:[ ,/]{1,2}(?:and )?[A-Z][\w.'’-]*){0,5}[,.:]?\s*[^\n]{0,80}?"
    r"(?:\s[-–—]{1,2}\s|[-–—]{1,2}(?=\s)|—|:\s|\)\s)"
)
_ISSUER = re.compile(
    rf"({_NAME})\s?: (?:readout|statement|press release|communiqu[eé]|read-out|joint statement|note|remarks)\b"
)
_OFFICE = re.compile(
    r"((?:The )?(?:[A-Z]\w+ )?(?:Ministry|Office|Department|Embassy|Permanent Mission|Government|Presidency|Secretariat"
    r"|Delegation|Cabinet|Mission) (?:of|for|to) [A-Z][\w ,’'-]{2,80})"
)
_SELF = re.compile(
    r"\b(?:seen|obtained|reviewed|read|heard|viewed|examined) (?:out )?(?:by|to) (The [A-Z][\w-]+(?: [A-Z][\w-]+){0,2})"
)
_EDITORIAL = re.compile(
    r"\b(?:[Oo]ur (?:friends|correspondent|reporters?|readers|own|colleagues|man|source)|told us|tells us|[Aa]sks? us"
    r"|[Ww]e (?:asked|understand|reported|learn|have seen|have learned))\b"
)
_TAKEN = re.compile(
    r"\b(?:(?:first|originally) (?:published|appeared|ran|posted|aired)|republished|reprinted|syndicated|reproduced"
    r"|courtesy|translated|adapted|sourced|taken) (?:\w+ )?(?:by|in|on|at|from|of)\b"
)
"""How a note under a text says where it first stood."""
_NEWSROOM = re.compile(
    rf"({_NAME}?)[ \xa0](?:[Ss]taff|[Cc]orrespondents|[Rr]eporters|[Ww]eb [Dd]esk|[Nn]ews [Dd]esk|[Nn]ewsroom|[Tt]eam"
    r"|[Bb]ureau|[Dd]esk)"
    r"(?:[ \xa0](?:[Ww]riters?|[Rr]eporters?))?"
)
_PROGRAMME = re.compile(
    r"\b(?:live|[Tt]ranscript|[Pp]rogramme|[Bb]ulletin|[Ee]dition|[Nn]ewsletter|[Ee]pisode"
    r"|[Bb]riefing|as it happened|[Ss]pecial|\d{4})\b"
)
"""What a page or a programme says of itself beside the name of its outlet."""
_QUOTED = re.compile(r"[\"“][^\"“”\n]{0,2000}[\"”]")


_DATING = frozenset({"byline", "contact", "date", "masthead", "navigation", "record"})
"""The rules of lines whose date is the report's own."""


@dataclass(frozen=True, slots=True)
class Masthead:
    """What the lines around a report say of it; None and () where they say nothing."""

    title: Span | None
    outlet: str | None
    author: str | None
    dated: Stamp | None
    credits: tuple[str, ...]


def read_masthead(text: str, furniture: tuple[Furniture, ...]) -> Masthead:
    """Title, outlet, author, date and credits of a text whose furniture is labelled."""
    body = _body(text, furniture)
    opening = next((s for s in body if is_prose(s.text)), body[0] if body else None)
    agency = _spelled(_dateline_agency(opening.text) if opening else None, text)
    signed = [s for f in furniture if f.rule == "sign-off" for s in _signed(f.span.text, text)]
    taken = [f.span.text for f in furniture if f.rule == "notice" and _TAKEN.search(f.span.text)]
    signed += [(named.name, False) for line in taken for named in find_outlets(line)]
    written = [_written(f.span.text) for f in furniture if f.rule in ("byline", "date")]
    author = next((a for a, _ in written if a), None)
    house = next((h for _, h in written if h), None)
    over = _name_over(body, furniture)
    title = _title(body[1:] if over else body)
    before = opening.start if opening else 0
    outlet = over or _named_above(furniture, before) or _headed(body)
    outlet = outlet or _published_by(text, furniture) or house or _issuer(body) or _voice(text, furniture)
    outlet = outlet or next((name for name, own in signed if own), None) or agency
    credits = dict.fromkeys(filter(None, [house, agency, *(name for name, _ in signed)]))
    return Masthead(title, outlet, author, _dated(text, furniture, opening), tuple(credits))


def _body(text: str, furniture: tuple[Furniture, ...]) -> list[Span]:
    """The first lines of the report itself."""
    taken = {f.span.start: f for f in furniture}
    lines: list[Span] = []
    for m in re.finditer(r"[^\s\n][^\n]*", text):
        one = taken.get(m.start())
        whole = one and one.span.end >= m.start() + len(m[0].rstrip())
        if not whole:
            lines.append(Span(m.start(), m.start() + len(m[0].rstrip()), m[0].rstrip()))
        if len(lines) == 8:
            break
    return lines


def _title(body: list[Span]) -> Span | None:
    """The first line, if it is short, more follows and it does not end as a sentence of the text does."""
    if len(body) < 2 or body[0].text.count(" ") > 34:
        return None
    return None if re.search(r"[.][\"”’')]*$", body[0].text) and body[0].text.count(" ") > 11 else body[0]


# --- outlet -------------------------------------------------------------------------------------------


def _published_by(text: str, furniture: tuple[Furniture, ...]) -> str | None:
    """The outlet as its copyright line, its prompts or its parenthesised name under the text give it."""
    pictures = [f for f in furniture if f.rule == "picture"]
    lines = [" ".join(f.span.text.split()) for f in furniture if f not in pictures]
    for line in lines:
        match = _COPYRIGHT.search(line)
        if match:
            return _named(match[1])
    for line in (*lines, *(f"{a} {b}" for a, b in pairwise(lines))):
        for pattern in _PROMPTS:
            match = pattern.search(line)
            name = _named(match[1]) if match else None
            if pattern is _FOLLOW and name and not outlet_of(name, loose=True):
                continue
            if name and name.split()[-1].lower() not in (
                "us",
                "newsletter",
                "newsletters",
                "email",
                "google",
                "x",
                "facebook",
            ):
                return name
    signed = [
        outlet_of(f.span.text.strip("()[] ."), loose=True)
        for f in furniture
        if f.rule == "sign-off" and f.span.text[:1] in "(["
    ]
    return next((n for n in signed if n), None)


def _named(words: str) -> str:
    words = re.sub(r"\.\s.*| for \d.*|['’]s(?:\s.*)?$|\s+All$|\s\d{4}$|[.,;:]+$", "", words.strip())
    return outlet_of(words, loose=True) or words


_PIECE = re.compile(r"\s*[|•·]\s*|\s{2,}|\s[-–—:]\s")


def _named_above(furniture: tuple[Furniture, ...], before: int) -> str | None:
    """The outlet in a paper's own line over its page, alone or in front of its sections."""
    for f in furniture:
        pieces = _PIECE.split(f.span.text)
        if f.rule == "masthead":
            name = next((n for p in pieces if (n := headed(p))), None)
            if name or len(pieces) == 1:
                return name or (f.span.text.title() if f.span.text.isupper() else f.span.text)
        elif f.rule in ("navigation", "above-headline", "date") and f.span.start < before and len(pieces) > 1:
            name = headed(pieces[0])
            if name:
                return name
    return None


def _name_over(body: list[Span], furniture: tuple[Furniture, ...]) -> str | None:
    """The outlet whose name alone stands over the headline."""
    if len(body) < 3 or is_prose(body[1].text) or body[1].text.count(" ") < 2:
        return None
    line = body[0].text
    if not is_masthead(line, (f.span.text for f in furniture if f.span.start > body[0].end)):
        return None
    return headed(line) or (line.title() if line.isupper() else line)


def _headed(body: list[Span]) -> str | None:
    """The outlet before the name of its programme or page: "RADIO SILE – The Morning Hour – transcript"."""
    for line in body[:2]:
        pieces = _PIECE.split(line.text)
        if len(pieces) > 1 and len(line.text) < 100 and (line.text.isupper() or _PROGRAMME.search(line.text)):
            name = headed(pieces[0])
            if name:
                return name
    return None


def _issuer(body: list[Span]) -> str | None:
    """The office that issues a readout or statement: before the colon of its title, or alone above it."""
    for line in body[:2]:
        match = _ISSUER.match(line.text) or _OFFICE.fullmatch(line.text)
        if match:
            return match[1]
    return None


def _voice(text: str, furniture: tuple[Furniture, ...]) -> str | None:
    """A paper that says "we" and names itself as the one that saw a document ("seen by The Hawk")."""
    plain = _QUOTED.sub(" ", text[:20_000])
    names = {m[1] for m in _SELF.finditer(plain)}
    return names.pop() if len(names) == 1 and _EDITORIAL.search(plain) else None


def _dateline_agency(line: str) -> str | None:
    """The agency of a dateline: "VASTREL, May 4 (Reuters) -", "VASTREL (AP) —"."""
    match = re.match(r"[^\n()]{2,60}\(([^()\n]{2,40})\)\s?(?:[-–—]|:)", line)
    if not match or not re.match(r"[ \t•]*[A-Z]", line):
        return None
    name = outlet_of(match[1], loose=True)
    place = re.match(r"[ \t•]*[A-Z]{2}[A-Z .,'’/-]*", line)
    return name or (match[1] if place and re.fullmatch(r"[A-Z][\w-]+(?: [A-Z][\w-]+){0,2}", match[1]) else None)


def _spelled(agency: str | None, text: str) -> str | None:
    """The agency as the report spells it out: "VNA" under "Vastania News Agency" is that, whoever else is called so."""
    if not agency:
        return None
    short = next(
        (
            m[1]
            for m in re.finditer(r"\(([A-Z]{3,5})\)|\b([A-Z]{3,5})/", text[:3_000])
            if m[1] and outlet_of(m[1], loose=True) in (agency, None)
        ),
        None,
    )
    full = re.search(r"\b" + r"[\w’'-]* (?:of )?".join(short) + r"[\w’'-]+", text[:3_000]) if short else None
    return outlet_of(full[0], loose=True) or full[0] if full else agency


def _signed(line: str, text: str) -> Iterator[tuple[str, bool]]:
    """The organisations that a sign-off names, and whether it is their own mark rather than thanks to another."""
    line = line.strip()
    known = lexicon.load("onthetable", "outlets.toml")["sign_offs"].get(line.lower().strip("()."))
    initials = re.fullmatch(r"([A-Z][\w.-]*(?: [A-Z][\w.-]*){0,2})/ ?[a-z/-]{1,9}", line)
    alone = outlet_of(line.strip("()[]-–— ."), loose=True)
    if known or initials or alone:
        name = known or alone or (outlet_of(initials[1], loose=True) or initials[1] if initials else None)
        if name:
            yield _spelled(name, text) or name, True
        return
    thanked = re.search(rf"\b(?:[Ii]nputs?|files|wires?|contributions) (?:from|by) ({_NAME})", line)
    found = [named.name for named in find_outlets(line)] or ([thanked[1]] if thanked else [])
    yield from ((name, False) for name in found)


# --- byline -------------------------------------------------------------------------------------------


def _written(line: str) -> tuple[str | None, str | None]:
    """(author, outlet) as a byline or a date line names them."""
    if re.match(r"(?:[Ii]ssued|[Pp]ublished|[Pp]osted|[Uu]pdated)\b(?! by)", line):
        return None, None
    line = " ".join(without_dates(line).split()).strip(" |,-–—·•")
    line = re.sub(
        r"^(?:[Bb][Yy]|(?:Written|Words|Story|Text|Report|Reported|Analysis|Posted|Published|Submitted|Contributed) by"
        r"|Authors?|Byline)\s?:?\s+",
        "",
        line,
    )
    parts = [
        p.strip()
        for p in re.split(r"\s*[,|·•;]\s*|\s+[-–—]\s+|(?<=\w)\s+(?:for|of|at)\s+(?=[Tt]he |[A-Z])| in (?=[A-Z])", line)
        if p.strip()
    ]
    author = house = None
    for part in parts:
        newsroom = _NEWSROOM.fullmatch(part)
        office = newsroom and _office(newsroom[1])
        name = headed(part)
        if newsroom and not office and not house:
            house = outlet_of(newsroom[1], loose=True) or newsroom[1]
        elif name or re.fullmatch(r"The [A-Z][\w-]+(?: [A-Z][\w-]+)?", part):
            house = house or name or part
        elif (
            not author
            and not newsroom
            and "live" not in part.lower().split()
            and re.fullmatch(r"[A-Z@][\w.'’-]*(?: (?:(?:and|de|van|al|bin|von|el|&) )?[A-Z][\w.'’-]*){1,7}", part)
        ):
            author = part
    return author, house


def _office(words: str) -> bool:
    """Whether the words only say what somebody does at a paper ("Web Desk", "Chief Reporter")."""
    byline = lexicon.load("onthetable.reports", "furniture.toml")["byline"]
    return all(w.lower() in (*byline["roles"], *byline["joins"]) for w in words.split())


# --- date ---------------------------------------------------------------------------------------------


def _dated(text: str, furniture: tuple[Furniture, ...], opening: Span | None) -> Stamp | None:
    """The day of first publication: a date line, else the dateline's date; a revision only if there is no other."""
    stamps = [s for f in furniture if f.rule in _DATING for s in find_dates(f.span.text, f.span.start)]
    if opening:
        match = _DATELINE.match(opening.text)
        if match and DATE.search(match[0]):
            stamps += find_dates(match[0], opening.start)
    return next((s for s in stamps if not s.revised), stamps[0] if stamps else None)
