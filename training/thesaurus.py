"""Makes `src/onthetable/ties/thesaurus.txt` from the files of WordNet (data.*, index.sense, *.exc).

    python training/thesaurus.py DICT EXC WORDS OUT

DICT is the folder of WordNet 3.1's database, EXC that of its exception lists, WORDS a list of frequent English words,
one a line. Only the commoner senses of each word count: three of a noun or adjective, four of a verb, and others that
make a tenth of its uses. A wider word is left out where it stands for more than a few hundred others.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

SENSES = {"n": 3, "v": 4, "a": 3, "r": 3}
SHARE = 0.1
WIDE = {"n": 250, "v": 60}
FILES = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
Key = tuple[str, str]
"""Part of speech and offset of a synset."""


@dataclass
class Synset:
    lemmas: list[str]
    pointers: list[tuple[str, Key, int, int]]


def synsets(folder: Path) -> dict[Key, Synset]:
    found = {}
    for pos, name in FILES.items():
        for line in (folder / f"data.{name}").read_text("utf-8").splitlines():
            if line.startswith("  "):
                continue
            parts = line.split(" | ")[0].split()
            count = int(parts[3], 16)
            lemmas = [parts[4 + 2 * i].split("(")[0].replace("_", " ").lower() for i in range(count)]
            at, pointers = 5 + 2 * count, []
            for i in range(int(parts[4 + 2 * count])):
                symbol, offset, kind, ends = parts[at + 4 * i : at + 4 * i + 4]
                kind = "a" if kind == "s" else kind
                pointers.append((symbol, (kind, offset), int(ends[:2], 16), int(ends[2:], 16)))
            found[pos, parts[0]] = Synset(lemmas, pointers)
    return found


def senses(folder: Path, known: set[str]) -> tuple[dict[str, list[Key]], dict[str, str]]:
    """The commoner senses of each word, and the part of speech that it is most often."""
    rows: dict[tuple[str, str], list[tuple[int, int, str]]] = defaultdict(list)
    for line in (folder / "index.sense").read_text("utf-8").splitlines():
        key, offset, number, count = line.split()
        lemma, rest = key.split("%")
        pos = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}[rest[0]]
        lemma = lemma.replace("_", " ").lower()
        if wanted(lemma, pos, known):
            rows[lemma, pos].append((int(number), int(count), offset))
    chosen: dict[str, list[Key]] = defaultdict(list)
    often: dict[str, tuple[int, str]] = {}
    for (lemma, pos), own in rows.items():
        total = sum(c for _, c, _ in own)
        if lemma not in often or total > often[lemma][0]:
            often[lemma] = total, pos
        for number, count, offset in sorted(own):
            if number <= SENSES[pos] or (total and count >= max(2, SHARE * total)):
                chosen[lemma].append((pos, offset))
    return chosen, {lemma: pos for lemma, (_, pos) in often.items()}


def wanted(lemma: str, pos: str, known: set[str]) -> bool:
    parts = lemma.replace("-", " ").split()
    if len(parts) > 1:
        return pos == "v" and len(parts) < 4 and all(p in known for p in parts)
    return lemma in known and len(lemma) > 1 and not any(c.isdigit() for c in lemma)


def below(sets: dict[Key, Synset]) -> dict[Key, int]:
    """How many synsets stand under each."""
    kids: dict[Key, list[Key]] = defaultdict(list)
    for key, s in sets.items():
        for symbol, to, _, _ in s.pointers:
            if symbol == "@":
                kids[to].append(key)

    def count(key: Key) -> int:
        seen, stack = set(), [key]
        while stack:
            for k in kids.get(stack.pop(), ()):
                if k not in seen:
                    seen.add(k)
                    stack.append(k)
        return len(seen)

    return {key: count(key) for key in kids}


def main(folder: str, exc: str, words: str, out: str) -> None:
    known = set(Path(words).read_text("utf-8").split())
    sets = synsets(Path(folder))
    chosen, often = senses(Path(folder), known)
    members: dict[Key, set[str]] = defaultdict(set)
    for lemma, keys in chosen.items():
        for key in keys:
            members[key].add(lemma)
    under = below(sets)
    rows: dict[str, list[set[str]]] = {}
    for lemma, keys in chosen.items():
        same, wider, derived, opposite = set[str](), set[str](), set[str](), set[str]()
        for key in keys:
            same |= members[key]
            s = sets[key]
            for symbol, to, first, second in s.pointers:
                own = first == 0 or s.lemmas[first - 1] == lemma
                if symbol in ("@", "&") and under.get(to, 0) <= WIDE.get(to[0], 0 if symbol == "@" else 9):
                    wider |= members[to]
                elif symbol == "+" and own:
                    derived |= {sets[to].lemmas[second - 1]} & chosen.keys()
                elif symbol == "!":
                    opposite |= members[to]
        rows[lemma] = [same - {lemma}, wider - same, derived - same - wider - {lemma}, opposite - {lemma}]
    # What stands at the head of the file, WordNet's licence with it, stays.
    head = [line for line in Path(out).read_text("utf-8").splitlines() if line.startswith("#")]
    Path(out).write_text("\n".join([*head, *lines(rows, often), *irregular(Path(exc), rows)]) + "\n", "utf-8")


def lines(rows: dict[str, list[set[str]]], often: dict[str, str]) -> Iterator[str]:
    for lemma in sorted(rows):
        yield "|".join([lemma, often[lemma], *(",".join(sorted(x)) for x in rows[lemma])]).rstrip("|")


def irregular(folder: Path, rows: Iterable[str]) -> Iterator[str]:
    found = set()
    for name in FILES.values():
        for line in (folder / f"{name}.exc").read_text("utf-8").splitlines():
            form, *lemmas = line.split()
            found |= {f"{form} > {lemma}" for lemma in lemmas if lemma in rows and form != lemma and "_" not in form}
    yield from sorted(found)


if __name__ == "__main__":
    main(*sys.argv[1:])
