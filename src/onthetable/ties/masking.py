"""A sentence with its parties under names that tell nothing, so that what is learned of pairs knows no party."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onthetable.ties.names import Names
from onthetable.ties.row import row

NAMES = ("Alpha", "Beta", "Gamma", "Delta", "Omega", "Sigma", "Theta", "Lambda")
"""What parties are called, in the order in which a pair of sentences names them; the last for all beyond."""
_PERSON = "Mr "
_TITLES = {"mr", "mrs", "ms", "dr"}


@dataclass(frozen=True, slots=True)
class Masked:
    """The stretches between parties, one more than there are mentions, and who is named: a party, by its people."""

    between: tuple[str, ...]
    named: tuple[tuple[str, bool], ...]


def masked(text: str, names: Names) -> Masked:
    """A sentence as it is compared."""
    words = row(text, ((0, len(text)),))
    between, named = list[str](), list[tuple[str, bool]]()
    at = i = 0
    while i < len(words):
        found = names.at(words.words, i)
        if not found:
            i += 1
            continue
        length, party = found
        last = min(i + length, len(words)) - 1
        between.append(text[at : words.start[i]])
        named.append((party, names.person(words.words[last]) and words.at(i - 1) not in _TITLES))
        at, i = words.start[last] + len(words.words[last]), i + length
    return Masked((*between, text[at:]), tuple(named))


def filled(first: Masked, second: Masked) -> tuple[str, str]:
    """The words of two sentences, one party under one name in both."""
    order = list(dict.fromkeys(party for m in (first, second) for party, _ in m.named))
    return _written("".join(_words(first, order))), _written("".join(_words(second, order)))


def _written(text: str) -> str:
    """The same as a sentence is written, like those that were learned from: it may be a headline or a part of one."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("." if text[-1:].isalnum() else "")


def _words(m: Masked, order: Sequence[str]) -> Iterator[str]:
    for between, (party, person) in zip(m.between, m.named, strict=False):
        yield between
        yield (_PERSON if person else "") + NAMES[min(order.index(party), len(NAMES) - 1)]
    yield m.between[-1]
