"""The words and patterns of times.toml, compiled once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from onthetable.lexicon import load

Toward = Literal["past", "future"] | None
"""The direction in which the tense of a clause points."""

_SPACE = r"(?:[^\S\n]{1,3}|[^\S\n]{0,3}\n[^\S\n]{0,12})"
_JOINT = rf"(?:{_SPACE}|[-‑–])"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of times.toml: its kind says how a value is built, `on` what a passage must hold for it to be tried."""

    name: str
    kind: str
    on: frozenset[str]
    pattern: re.Pattern[str]
    value: str | None


@dataclass(frozen=True, slots=True)
class Words:
    """The tables of times.toml, and for each trigger word the kinds of expression that it may begin or end."""

    months: dict[str, int]
    weekdays: dict[str, int]
    units: dict[str, str]
    parts: dict[str, str]
    seasons: dict[str, str]
    numbers: dict[str, int]
    ordinals: dict[str, int]
    feasts: dict[str, list[int]]
    movable: dict[str, tuple[str, int]]
    vague: frozenset[str]
    ahead: frozenset[str]
    implicative: frozenset[str]
    scheduled: frozenset[str]
    toward: dict[str, Toward]
    triggers: dict[str, frozenset[str]]


def key(name: str) -> str:
    """By what a month or weekday is looked up: its first three letters."""
    return name.lower().rstrip(".")[:3]


def unit_of(word: str) -> str:
    """The TIMEX3 letter of a unit of time: "weeks" is W."""
    word = word.lower()
    units = words().units
    return units.get(word) or units.get(word.rstrip("s")) or ("C" if word.startswith("centur") else "D")


def ordinal(word: str) -> int:
    """The number of "third" or "3rd"."""
    return int(word[0]) if word[0].isdigit() else words().ordinals[word.lower()]


def relation(word: str | None) -> int:
    """-1 for "last" and its like, 1 for "next", 0 for "this" and nothing."""
    word = (word or "").lower()
    if any(w in word for w in ("last", "past", "previous", "preceding")):
        return -1
    return 1 if any(w in word for w in ("next", "coming", "following")) else 0


def number(text: str | None) -> int | float | None:
    """A number in digits or words; None where it is vague ("several")."""
    if text is None:
        return None
    text = " ".join(text.lower().replace("-", " ").split())
    if text[0].isdigit():
        digits = re.split(r"[^\d.,]", text, maxsplit=1)[0].replace(",", "")
        return float(digits) if "." in digits else int(digits)
    if text in words().vague:
        return None
    text = text.split(" or ")[0]
    total = 0
    for word in text.split():
        if word in ("hundred", "thousand"):
            total = max(total, 1) * (100 if word == "hundred" else 1000)
        elif word not in ("a", "an") or text in ("a", "an"):
            total += words().numbers.get(word, 0)
    return total or None


@cache
def words() -> Words:
    """The tables, with their trigger words."""
    raw = load("onthetable.spans", "times.toml")
    units = raw["units"]
    triggers: dict[str, set[str]] = {}

    def trigger(kind: str, words: Any) -> None:
        for word in words:
            triggers.setdefault(word.lower(), set()).add(kind)

    names = raw["names"]
    trigger("month", (n.rstrip(".") for ns in names["month"] for n in ns))
    trigger("weekday", (n.rstrip(".") for ns in names["weekday"] for n in ns))
    trigger("weekdays", (ns[0] + "s" for ns in names["weekday"]))
    trigger("calendar", (re.findall("[a-z]+", n.lower())[0] for ns in raw["calendars"].values() for n in ns))
    trigger("unit", (form for u in units for form in (u, u + "s", "centuries")))
    for kind, words in raw["triggers"].items():
        trigger(kind, words)
    trigger("ordinal", raw["ordinals"])
    trigger("part", raw["parts"])
    trigger("season", raw["seasons"])
    trigger("feast", (f.split()[0].split("'")[0] for f in (*raw["feasts"], *raw["movable"])))
    return Words(
        months={key(ns[0]): n for n, ns in enumerate(names["month"], 1)},
        weekdays={key(ns[0]): n for n, ns in enumerate(names["weekday"])},
        units=units, parts=raw["parts"], seasons=raw["seasons"], numbers=raw["numbers"], ordinals=raw["ordinals"],
        movable={k.lower(): (v[0], v[1]) for k, v in raw["movable"].items()},
        feasts={k.lower(): v for k, v in raw["feasts"].items()}, vague=frozenset(raw["vague"]["words"]),
        ahead=frozenset(raw["ahead"]["lemmas"]),
        implicative=frozenset(raw["ahead"]["implicative"]), scheduled=frozenset(raw["ahead"]["scheduled"]),
        toward=raw["toward"],
        triggers={k: frozenset(v) for k, v in triggers.items()},
    )  # fmt: skip


@cache
def rules() -> tuple[Rule, ...]:
    """The rules in their order, patterns compiled."""
    raw = load("onthetable.spans", "times.toml")
    pieces = _pieces(raw)
    return tuple(
        Rule(r["name"], r["kind"], frozenset(r["on"]), _compiled(r["pattern"], pieces), r.get("value"))
        for r in raw["rule"]
    )


def _pieces(raw: dict[str, Any]) -> dict[str, str]:
    """What `{name}` stands for in a pattern: alternatives, the longest first."""

    def options(words: Any) -> str:
        forms = (re.escape(w).replace(r"\ ", " ") for w in sorted(words, key=lambda w: (-len(w), w)))
        return "(?:" + "|".join(forms) + ")"

    months, weekdays = (
        options(form for forms in raw["names"][kind] for name in forms for form in (name, name.upper()))
        for kind in ("month", "weekday")
    )
    numbers = raw["numbers"]
    tens = [w for w, n in numbers.items() if n >= 20]
    digits = [w for w, n in numbers.items() if n < 10 and w not in ("a", "an", "single")]
    pieces = {
        "calendar": f"(?-i:{options(n for ns in raw['calendars'].values() for n in ns)})(?![a-z])".replace("'", "['’]"),
        "month": f"(?-i:{months})(?![a-z])",
        "weekday": f"(?-i:{weekdays})(?![a-rt-z])",
        "unit": options([*raw["units"], "centurie"]),
        "part": options(raw["parts"]),
        "season": options(raw["seasons"]),
        "ordinal": options(raw["ordinals"]),
        "feast": options([*raw["feasts"], *raw["movable"]]).replace("'", "['’]"),
        "tens": options(tens),
        "digit": options(digits),
        "teen": options(w for w, n in numbers.items() if 10 <= n < 20),
    }
    small = f"(?:{pieces['tens']}(?:~{pieces['digit']})?|{pieces['teen']}|{pieces['digit']})"
    pieces["number"] = (
        rf"(?:(?<![\d.,$£€/:])\d{{1,3}}(?:,\d{{3}}|\d)?(?:\.\d{{1,2}})?(?:(?:-|–| to | or )(?:\d{{1,3}}))?"
        rf"|{options(raw['vague']['words'])}"
        rf"|(?:a )?couple of"
        rf"|(?:an?|{small}) (?:hundred|thousand)(?: (?:and )?{small})?|{small}(?: or {small})?|an?|single)"
    )
    pieces["spoken"] = f"nineteen~{pieces['tens']}(?:~{pieces['digit']})?"
    return {**raw["pieces"], **pieces}


def _compiled(pattern: str, pieces: dict[str, str]) -> re.Pattern[str]:
    for _ in range(3):
        pattern = re.sub(r"\{([a-z]+)\}", lambda m: pieces[m[1]], pattern)
    pattern = pattern.replace("{{", "{").replace("}}", "}")
    pattern = pattern.replace(" ?", f"{_SPACE}?").replace(" ", _SPACE).replace("~", _JOINT)
    return re.compile(rf"(?<!\w)(?:{pattern})", re.IGNORECASE)
