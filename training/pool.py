"""Pairs of sentences that nobody labelled, for the large network to judge and the small one to learn from it.

    python training/pool.py ROWS.jsonl SENTENCES.txt POOL.jsonl

Of what was written to learn from (ROWS) and of published news (SENTENCES, as `eval/published.py` writes both): sentences
beside what became of them by a change, a sentence of the same meaning beside that, and sentences that share words. A word gives way to one of its neighbours in the thesaurus or to any other of its form, a negation comes or goes, a number,
a day, a party or how sure it is becomes another, a clause goes or moves. What the change makes of the meaning is not told
here: that is what the large network is asked. Parties stand as "@0@" and so on.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from onthetable.ties.thesaurus import Term, lemma, term

_WORD = re.compile(r"(?<![@\w'’-])[a-z]{4,}(?![@\w'’-])")
_AUXILIARY = re.compile(r"\b(will|would|has|have|had|is|are|was|were|can|could|may|might|should|must|did|does|do)\b(?! not)")
_NOT = re.compile(r"\b(will|would|has|have|had|is|are|was|were|can|could|may|might|should|must) not\b")
_PAST = re.compile(r"\b([a-z]{3,}ed)\b")
_DIGITS = re.compile(r"\b\d[\d,.]*\b")
_PARTY = re.compile(r"@(\d)@")
_LAST_PART = re.compile(r"^(.{25,}?),? ((?:in|on|at|after|before|by|for|with|from|during|since|until) [^,]{4,60})\.$")
_ASIDE = re.compile(r", [^,]{6,60},")
_LISTS: tuple[tuple[str, ...], ...] = (
    ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November"),
    ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve", "fifteen", "twenty", "thirty"),
    ("will", "may", "might", "could", "should", "must", "would"),
    ("all", "some", "most", "none", "half", "both"),
    ("at least", "at most", "about", "nearly", "exactly", "more than", "fewer than"),
    ("said", "denied", "confirmed", "doubted", "hinted", "promised", "demanded"),
    ("north", "south", "east", "west"),
    ("before", "after", "until", "since"),
    ("accepted", "rejected", "considered", "proposed", "withdrew", "welcomed"),
)  # fmt: skip

ROWS, ALIKE, OWN, NEWS, AMONG = 9_000, 9_000, 9_000, 6_000, 300
"""How many labelled rows are judged anew, and pairs of like sentences and sentences of which one is changed, of our own and
of news; and among how many a sentence that shares its words is sought."""

Edit = Callable[[str], str | None]


class Editor:
    """Changes sentences, one after another, from one seed; words that come in are of the sentences that it was given."""

    def __init__(self, texts: Iterable[str], seed: int) -> None:
        self._dice = random.Random(seed)
        self._of_form: dict[tuple[str, str], list[str]] = defaultdict(list)
        for word in sorted({word for text in texts for word in _WORD.findall(text)}):
            self._of_form[_form(word)].append(word)
        self._known = {(lemma(w), form): w for form, words in self._of_form.items() for w in words}

    def edited(self, text: str) -> str:
        """The sentence with one or two changes; as it was where none can be made."""
        for _ in range(1 if self._dice.random() < 0.7 else 2):
            text = self._once(text)
        return text

    def _once(self, text: str) -> str:
        edits: Sequence[Edit] = (
            self._neighbour, self._neighbour, self._neighbour, self._another, self._negated, self._counted, self._listed,
            self._listed, self._party, self._shorter, self._moved,
        )  # fmt: skip
        for edit in self._dice.sample(edits, len(edits)):
            found = edit(text)
            if found and found != text:
                return found
        return text

    def _neighbour(self, text: str) -> str | None:
        """A word becomes one near to it, its opposite, or one of its wider kind, in the same form."""
        for m in self._shuffled(_WORD.finditer(text)):
            near = sorted(_neighbours(term(m[0])))
            forms = [f for n in near if (f := self._known.get((n, _form(m[0]))))]
            if forms:
                return _replaced(text, m, self._dice.choice(forms))
        return None

    def _another(self, text: str) -> str | None:
        for m in self._shuffled(_WORD.finditer(text)):
            if term(m[0]).part:
                return _replaced(text, m, self._dice.choice(self._of_form[_form(m[0])]))
        return None

    def _negated(self, text: str) -> str | None:
        if m := _NOT.search(text):
            return _replaced(text, m, m[1])
        if m := _AUXILIARY.search(text):
            return _replaced(text, m, f"{m[1]} not")
        if m := _PAST.search(text):
            return _replaced(text, m, f"did not {lemma(m[1])}")
        return None

    def _counted(self, text: str) -> str | None:
        for m in self._shuffled(_DIGITS.finditer(text)):
            digits = re.sub(r"\D", "", m[0])
            other = max(1, round(int(digits) * self._dice.choice((0.5, 0.8, 0.9, 1.1, 1.5, 2, 3))))
            return _replaced(text, m, str(other + (str(other) == digits)))
        return None

    def _listed(self, text: str) -> str | None:
        found = [(m, words) for words in _LISTS for w in words for m in re.finditer(rf"\b{w}\b", text)]
        if not found:
            return None
        m, words = self._dice.choice(found)
        return _replaced(text, m, self._dice.choice([w for w in words if w != m[0]]))

    def _party(self, text: str) -> str | None:
        """Two parties change places, or another comes in for one."""
        known = sorted(set(_PARTY.findall(text)))
        if not known:
            return None
        one = self._dice.choice(known)
        other = self._dice.choice([k for k in known if k != one] or [str((int(one) + 2) % 8)])
        return _PARTY.sub(lambda m: f"@{other if m[1] == one else one if m[1] == other else m[1]}@", text)

    def _shorter(self, text: str) -> str | None:
        if m := _ASIDE.search(text):
            return _replaced(text, m, "")
        return f"{m[1]}." if (m := _LAST_PART.match(text)) else None

    def _moved(self, text: str) -> str | None:
        m = _LAST_PART.match(text)
        if not m:
            return None
        first = text[0].lower() if text.startswith(("The ", "A ", "An ")) else text[0]
        return f"{m[2][0].upper()}{m[2][1:]}, {first}{m[1][1:]}."

    def _shuffled(self, found: Iterable[re.Match[str]]) -> list[re.Match[str]]:
        listed = list(found)
        return self._dice.sample(listed, len(listed))


def _replaced(text: str, m: re.Match[str], words: str) -> str:
    return text[: m.start()] + words + text[m.end() :]


def _neighbours(word: Term) -> frozenset[str]:
    return word.same | word.wider | word.derived | word.opposite


def _form(word: str) -> tuple[str, str]:
    """The part of speech and the ending of a word: what stands in its place has to have the same."""
    ending = next((e for e in ("ing", "ed", "ly", "s") if word.endswith(e) and not word.endswith("ss")), "")
    return term(word).part, ending


def pool(rows: Sequence[dict[str, Any]], news: Sequence[str], seed: int = 7) -> Iterator[tuple[str, str]]:
    """The pairs, in the same order each time."""
    dice = random.Random(seed)
    texts = sorted({r[k] for r in rows for k in "ab"})
    editor = Editor([*texts, *news], seed)
    for row in dice.sample(rows, min(ROWS, len(rows))):
        yield row["a"], row["b"]
    alike = [r for r in rows if r["label"] == "same"]
    for row in dice.sample(alike, min(ALIKE, len(alike))):
        yield row["a"], editor.edited(row["b"])
    for text in (*dice.sample(texts, min(OWN, len(texts))), *dice.sample(news, min(NEWS, len(news)))):
        yield text, editor.edited(text)
    yield from _sharing(dice.sample(news, min(NEWS, len(news))), dice)


def _sharing(texts: Sequence[str], dice: random.Random) -> Iterator[tuple[str, str]]:
    """Each beside the one of some hundred others that shares most of its words."""
    words = {text: frozenset(_WORD.findall(text)) for text in texts}
    for text in texts:
        others = dice.sample(texts, min(AMONG, len(texts)))
        yield text, max((o for o in others if o != text), key=lambda o: (len(words[o] & words[text]), o))  # noqa: B023


def main() -> None:
    rows = [json.loads(line) for line in Path(sys.argv[1]).read_text("utf-8").splitlines()]
    news = sorted(set(Path(sys.argv[2]).read_text("utf-8").splitlines()))
    found = (json.dumps({"a": a, "b": b}, ensure_ascii=False) + "\n" for a, b in pool(rows, news) if a != b)
    Path(sys.argv[3]).write_text("".join(found), "utf-8")


if __name__ == "__main__":
    main()
