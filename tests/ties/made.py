"""Copies of a report made in the ways that copies are made, and what each was made from."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path


def outside_quotes(text: str) -> Iterator[tuple[bool, str]]:
    for n, piece in enumerate(re.split(r'("[^"\n]*"|“[^”\n]*”)', text)):
        yield n % 2 == 0, piece


def garbled(text: str, share: float, dice: random.Random) -> str:
    """Words outside quotation marks replaced by others that no list knows; names and figures stay."""

    def swap(m: re.Match[str]) -> str:
        return m[0][::-1] + "ly" if dice.random() < share else m[0]

    return "".join(re.sub(r"\b[a-z]{4,}\b", swap, piece) if free else piece for free, piece in outside_quotes(text))


@cache
def synonyms() -> dict[str, str]:
    """What software that rewords news puts for a word, some pairs odd, as it does."""
    return dict(line.split() for line in Path(__file__).with_name("synonyms.txt").read_text("utf-8").splitlines())


def spun(text: str, share: float, dice: random.Random) -> str:
    """Words outside quotation marks replaced by synonyms, as many as the list has."""

    def swap(m: re.Match[str]) -> str:
        return synonyms().get(m[0], m[0]) if dice.random() < share else m[0]

    return "".join(re.sub(r"\b[a-z]+\b", swap, piece) if free else piece for free, piece in outside_quotes(text))


def turned(text: str, dice: random.Random) -> str:
    """Clauses of a sentence in another order, where a comma outside quotation marks parts them."""
    sentences = re.split(r"(?<=[.!?]) (?=[A-Z])", text)
    for n, s in enumerate(sentences):
        clauses = s.rstrip(".").split(", ")
        if '"' not in s and len(clauses) > 1 and dice.random() < 0.5:
            sentences[n] = ", ".join([*clauses[1:], clauses[0]]) + "."
    return " ".join(sentences)


DIGITS = {"two": "2", "three": "3", "five": "5", "six": "6", "ten": "10", "eleven": "11", "ninety": "90"}


def copies(text: str, other: str, dice: random.Random) -> dict[str, str]:
    """Copies of one text, by how they are made; the merged ones hold the other text as well."""
    paragraphs = [p for p in text.split("\n\n") if len(p) > 80]
    others = [p for p in other.split("\n\n") if len(p) > 80]
    kept = paragraphs[: max(3, round(len(paragraphs) * dice.uniform(0.4, 0.7)))]
    shuffled = dice.sample(paragraphs, len(paragraphs))
    rewritten = [turned(garbled(p, 0.6, dice), dice) for p in paragraphs if dice.random() < 0.85]
    rewritten = [re.sub(r"\b[a-z]+\b", lambda m: DIGITS.get(m[0], m[0]), p) for p in rewritten]
    merged = [*paragraphs[: len(paragraphs) * 2 // 3], *others[: len(others) * 2 // 3]]
    unquoted = [garbled(re.sub(r'"[^"]*"', "", p), 0.4, dice) for p in paragraphs]
    made = {
        "verbatim": paragraphs,
        "trimmed": kept,
        "reordered": [garbled(p, 0.1, dice) for p in shuffled],
        "synonyms": [garbled(p, 0.4, dice) for p in paragraphs],
        "rewritten": rewritten,
        "spun": [turned(garbled(p, 0.8, dice), dice) for p in paragraphs],
        "real synonyms": [spun(p, 1.0, dice) for p in paragraphs],
        "real synonyms, turned": [turned(spun(p, 0.9, dice), dice) for p in paragraphs],
        "real synonyms, trimmed": [spun(p, 0.9, dice) for p in kept],
        "real synonyms, reordered": [spun(p, 0.9, dice) for p in shuffled],
        "real synonyms, unquoted": [spun(re.sub(r'"[^"]*"', "", p), 0.9, dice) for p in paragraphs],
        "merged, real synonyms": [spun(p, 0.9, dice) for p in merged],
        "unquoted": unquoted,
        "merged": [garbled(p, 0.1, dice) for p in merged],
        "merged and rewritten": [garbled(p, 0.6, dice) for p in merged],
    }
    return {how: f"{how} {dice.random()}\n\n" + "\n\n".join(p) for how, p in made.items()}
