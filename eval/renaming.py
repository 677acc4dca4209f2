"""Even-handedness as a figure: new names for the parties must change nothing but the names.

Every principal's one-word names get new ones of the same length, so that every offset stays where it was;
then the rows of both ledgers are compared. What differs depends on who a party is.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from eval.figures import EXAMPLES, SHARED, ledger_json
from onthetable.case import Case, Party, read_case

SYLLABLES = ("bor", "dav", "kel", "mur", "tan", "vos", "zel", "rin", "gop", "lun")


def renaming() -> dict[str, float]:
    """The share of rows, in percent, that change in more than a name: over the examples and, if there, the seeds."""
    sets = [(EXAMPLES / "talks", EXAMPLES / "case.toml")]
    sets += [(SHARED / "seeds", case) for case in sorted((SHARED / "cases").glob("*.toml"))]
    return {f"{folder.name}.rows changed": round(_changed(folder, read_case(case)), 1) for folder, case in sets}


def _changed(folder: Path, case: Case) -> float:
    paths = sorted(folder.glob("*.txt"))
    new = _new_names(case)
    with tempfile.TemporaryDirectory() as tmp:
        for p in paths:
            (Path(tmp) / p.name).write_text(_renamed(p.read_text("utf-8"), new), "utf-8")
        before = _rows(ledger_json(paths, case), new)
        after = _rows(ledger_json(sorted(Path(tmp).glob("*.txt")), _renamed_case(case, new)), {})
    either = before | after
    return 100 * len(before ^ after) / len(either) if either else 0.0


def _new_names(case: Case) -> dict[str, str]:
    """A new word for each capitalised word of the principals' names, of the same length and with the same ending."""
    words = sorted({w for p in case.parties if p.role == "principal" for n in (p.name, *p.aliases) if " " not in n
                    for w in [n] if w[:1].isupper() and len(w) > 4})  # fmt: skip
    new = {}
    for k, w in enumerate(words):
        made = "".join(SYLLABLES[(k + n) % len(SYLLABLES)] for n in range(1 + len(w) // 3))
        new[w] = (made[: len(w) - 2] + w[-2:]).capitalize()
    return new


def _renamed(text: str, new: dict[str, str]) -> str:
    for old, made in new.items():
        text = re.sub(rf"\b{old}", made, text)
    return text


def _renamed_case(case: Case, new: dict[str, str]) -> Case:
    def renamed(names: Iterable[str]) -> tuple[str, ...]:
        return tuple(_renamed(n, new) for n in names)

    parties = tuple(
        Party(_renamed(p.name, new), p.role, renamed(p.aliases), renamed(p.people), renamed(p.places))
        for p in case.parties
    )
    anchors = tuple(replace(a, says=renamed(a.says)) for a in case.anchors)
    return replace(case, parties=parties, anchors=anchors)


def _rows(ledger: str, new: dict[str, str]) -> set[tuple[object, ...]]:
    data = json.loads(ledger)
    files = {r["id"]: Path(r["path"]).name for r in data["reports"]}

    def name(x: str | None) -> str | None:
        return _renamed(x, new) if x else x

    rows: set[tuple[object, ...]] = set()
    for m in data["moves"]:
        e = m["evidence"]
        rows.add(
            ("move", files[m["report"]], name(m["party"]), m["act"], m["issue"], name(m["giver"]), e["start"], e["end"])
        )
    for s in data["statements"]:
        source = s["source"] or {}
        rows.add(("statement", files[s["report"]], name(source.get("party")), source.get("kind"), s["start"], s["end"]))
    for f in data["figures"]:
        rows.add(("figure", files[f["report"]], f["low"], f["high"], f["evidence"]["start"]))
    for e in data["events"]:
        rows.add(("event", files[e["report"]], e["type"], e["evidence"]["start"]))
    return rows
