"""Which rules and which case made a reading, and what was derived from it."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from onthetable.case import Case
from onthetable.store.codec import case_to_text

_RULES = ("spans", "statements", "terms", "case.py",
          "dates.py", "gazetteer.py", "lexicon.py", "model.py", "outlets.py", "outlets.toml",
          "text.py", "tree.py", "countries.txt", "packs")  # fmt: skip
"""What of the package decides what a report says."""
_TIES = ("ties", *_RULES)
"""What decides how readings are tied."""
_ANSWERS = ("answering.py", "answers.py", "changing.py", "claiming.py", "ledger.py", "quoting.py", "relevance.py",
            "reviews.py", "spanning.py", "standing.py", "standing.toml", *_TIES)  # fmt: skip
"""What decides what a ledger of tied readings answers."""
_PAGES = ("measuring.py", "retelling.py", "views", "web", *_ANSWERS)
"""What decides what a page of the app shows."""
_APART = frozenset({"__pycache__", "statements/encoder", "weights.onnx", "weights.bin", "tokenizer.json"})
"""What does not: that encoder marks statements for `annotate` only, and of the other the card holds the hash."""


def version(case: Case) -> str:
    """A name for the rules and words of this program together with a case: readings of one version are comparable."""
    return hashlib.sha256(f"{_rules(_RULES)}{case_to_text(case)}".encode()).hexdigest()[:16]


def tied_by() -> str:
    """A name for the rules by which this program ties readings."""
    return _rules(_TIES)[:16]


def answered_by() -> str:
    """A name for the rules by which this program derives what a ledger answers."""
    return _rules(_ANSWERS)[:16]


def shown_by() -> str:
    """A name for the rules and templates by which this program makes pages of what a ledger answers."""
    return _rules(_PAGES)[:16]


@cache
def _rules(names: tuple[str, ...]) -> str:
    whole = hashlib.sha256()
    package = files("onthetable")
    for name in names:
        _take(package / name, whole)
    return whole.hexdigest()


def _take(at: Traversable, whole: hashlib._Hash) -> None:
    if at.is_dir():
        for inner in sorted(at.iterdir(), key=lambda i: i.name):
            if not _APART & {inner.name, f"{at.name}/{inner.name}"}:
                _take(inner, whole)
    elif at.is_file():
        whole.update(at.name.encode() + b"\0" + at.read_bytes())
