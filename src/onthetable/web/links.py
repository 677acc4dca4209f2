"""From the places of one page to the addresses of many: what the dossier calls `#i-aid` is `/issue/aid` here."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from urllib.parse import quote, urlencode

from markupsafe import Markup

from onthetable.ledger import Ledger
from onthetable.views import labels
from onthetable.views.anchors import issue as issue_anchor

_HREF = re.compile(r'href="#([^"]+)"')
_CLAIM = re.compile(r'<a class="claim[^"]*" href="#e-([^"-]+)-(\d+)-(\d+)"[^>]*>.*?</a>', re.DOTALL)
_WORDS = re.compile(r"e-([^-]+)-(\d+)-(\d+)")
STATE = ("at", "party", "issue")
"""What of the address goes along from page to page."""


def address(path: str, state: Mapping[str, str], fragment: str = "") -> str:
    """A path with the state that goes along, and a place on its page."""
    kept = {k: state[k] for k in STATE if state.get(k)}
    return f"{path}{'?' + urlencode(kept) if kept else ''}{'#' + fragment if fragment else ''}"


def resolver(ledger: Ledger, state: Mapping[str, str]) -> Callable[[str], str]:
    """Tells the address of a place of the dossier."""
    issues = {issue_anchor(i.id): i.id for i in ledger.issues()}

    def resolve(anchor: str) -> str:
        kind, _, rest = anchor.partition("-")
        if words := _WORDS.fullmatch(anchor):
            return address(f"/report/{quote(words[1])}", state, anchor)
        if anchor in issues:
            return address(f"/issue/{quote(issues[anchor], safe='')}", {k: v for k, v in state.items() if k != "issue"})
        match kind:
            case "r":
                return address(f"/report/{quote(rest)}", state)
            case "p":
                return address("/proposals", state, anchor)
            case "v":
                return address("/sources", state, anchor)
            case "f" | "ev":
                return address("/timeline", state, anchor)
            case "pos" | "positions":
                return address("/", state, anchor)
        return f"#{anchor}"

    return resolve


def resolved(html: str, ledger: Ledger, state: Mapping[str, str]) -> str:
    """Rendered HTML with every place of the dossier as an address. Text in it is escaped, so it holds no href."""
    resolve = resolver(ledger, state)
    return _HREF.sub(lambda m: f'href="{escape(resolve(m[1]))}"', html)


@dataclass(frozen=True, slots=True)
class Footnote:
    """A sentence that a printed page rests on, with its source."""

    number: int
    text: str
    source: str


def footnoted(html: str, ledger: Ledger) -> tuple[str, tuple[Footnote, ...]]:
    """Rendered HTML with a number behind every claim, seen in print alone, and the sentences that they stand for."""
    notes: dict[tuple[str, int, int], Footnote] = {}

    def mark(m: re.Match[str]) -> str:
        key = m[1], int(m[2]), int(m[3])
        if key not in notes:
            report = ledger.report(key[0])
            source = f"{labels.report(report)}, {labels.interval(ledger.day(report.id))}"
            notes[key] = Footnote(len(notes) + 1, labels.one_line(report.text[key[1] : key[2]]), source)
        return f'{m[0]}<sup class="fn">{notes[key].number}</sup>'

    return _CLAIM.sub(mark, html), tuple(notes.values())


def safe(html: str) -> Markup:
    """HTML that was rendered here already, not to be escaped again."""
    return Markup(html)
