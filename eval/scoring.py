"""A small scorer of our own, for clones that lack the shared one: a ledger against the gold that the project brings.

An item of the ledger is right if a gold item of the same kind means the same and lies on the same words; each
gold item is used once, required ones first. An optional gold item is never missed and never wrong.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from onthetable.text import plain, words

Item = dict[str, Any]
Same = Callable[[Item, Item], bool]
KINDS = ("statements", "moves", "figures", "events")


def score(ledger: str, gold: Path, folder: Path) -> dict[str, float]:
    """F1 of each kind, in percent, over the reports that have gold."""
    data = json.loads(ledger)
    reports = {Path(r["path"]).name: r["id"] for r in data["reports"]}
    count = {kind: [0, 0, 0] for kind in KINDS}
    for path in sorted(gold.glob("*.json")):
        marked = json.loads(path.read_text("utf-8"))
        if marked["report"] not in reports:
            continue
        text = (folder / marked["report"]).read_text("utf-8")
        for kind in KINDS:
            said = [x for x in data[kind] if x["report"] == reports[marked["report"]]]
            _add(count[kind], *_matched(marked[kind], said, _same(kind, text)))
    return {f"{kind}.f1": _f1(*count[kind]) for kind in KINDS}


def _add(total: list[int], *more: int) -> None:
    total[:] = [a + b for a, b in zip(total, more, strict=True)]


def _f1(right: int, said: int, wanted: int) -> float:
    return round(200 * right / (said + wanted), 1) if said + wanted else 0.0


def _matched(gold: list[Item], said: list[Item], same: Same) -> tuple[int, int, int]:
    """How many required items are right, how many were said and count, how many were wanted."""
    left = list(said)
    right = wanted = absorbed = 0
    for g in sorted(gold, key=lambda g: bool(g.get("optional"))):
        found = next((x for x in left if same(g, x)), None)
        if found is not None:
            left.remove(found)
        if g.get("optional"):
            absorbed += found is not None
        else:
            wanted += 1
            right += found is not None
    return right, len(said) - absorbed, wanted


def _same(kind: str, text: str) -> Same:
    def on_same_words(g: Item, x: Item) -> bool:
        where = _find(text, g["evidence"])
        return where is not None and where[0] < x["evidence"]["end"] and x["evidence"]["start"] < where[1]

    return {
        "statements": lambda g, x: (
            _alike(g["content"], x["content"]) and _share(g["source"], (x["source"] or {}).get("text"))
        ),
        "moves": lambda g, x: (
            (g["act"], g["issue"], g["party"]) == (x["act"], x["issue"], x["party"])
            and (not g.get("giver") or x["giver"] in (None, g["giver"]))
            and on_same_words(g, x)
        ),
        "figures": lambda g, x: (g["low"], g["high"]) == (x["low"], x["high"]) and on_same_words(g, x),
        "events": lambda g, x: (
            g["type"] == x["type"] and bool(set(g["participants"]) & set(x["participants"])) and on_same_words(g, x)
        ),
    }[kind]


def _find(text: str, quote: str) -> tuple[int, int] | None:
    found = re.search(r"\s+".join(map(re.escape, plain(quote).split())), plain(text))
    return found.span() if found else None


def _alike(a: str, b: str) -> bool:
    """Whether two contents share most of their words."""
    one, two = words(a), words(b)
    shared = sum(min(one.count(w), two.count(w)) for w in set(one))
    return 2 * shared >= 0.6 * (len(one) + len(two))


def _share(a: str | None, b: str | None) -> bool:
    return bool(set(words(a or "")) & set(words(b or "")) - {"the", "a", "an", "of"})
