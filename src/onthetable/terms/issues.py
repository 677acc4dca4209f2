"""Which issues of the packs stand in a stretch of text."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from onthetable.case import Issue, Pack
from onthetable.lexicon import Hit, Lexicon
from onthetable.terms.stretches import Stretch
from onthetable.tree import Tree

TALKS = "talks"
OTHER = "other"
"""The issue of a move on something that no pack names."""
WIDE = 60
"""How many tokens apart the two words of a pair may stand."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Named:
    """An issue named by tokens `first` to `last` (end exclusive); `head` carries its givers and numbers."""

    issue: str
    first: int
    last: int
    head: int
    given: str


@dataclass(frozen=True)
class IssueFinder:
    """Looks up the issues of some packs; the first pack wins where two use the same words."""

    words: Lexicon[Issue]
    heads: Lexicon[tuple[tuple[Issue, int], ...]]
    others: tuple[Lexicon[bool], ...]

    def find(self, tree: Tree) -> tuple[Named, ...]:
        """Every issue named in the text, in its order. A word pair yields to words that name by themselves."""
        hits = (h for h in self.words.find(tree) if not _struck(tree, h) and not _rated(tree, h))
        found = [self._named(tree, h.value, h.first, h.last) for h in hits]
        taken = {j for n in found for j in range(n.first, n.last) if n.issue != TALKS}
        for hit in _everywhere(self.heads, tree):
            if tree[hit.first].dep == "amod":
                continue
            seen: set[int] = set()
            for issue, pair in hit.value:
                other = next(self._partners(tree, hit.first, self.others[pair]), None)
                if other and other.first in seen:
                    continue
                if other:
                    seen.add(other.first)
                if other and not {hit.first, *range(other.first, other.last)} & taken:
                    first, last = min(hit.first, other.first), max(hit.last, other.last)
                    found.append(Named(issue.id, first, last, hit.first, issue.given))
        return tuple(sorted(set(found), key=lambda n: (n.first, n.last, n.issue)))

    @staticmethod
    def _named(tree: Tree, issue: Issue, first: int, last: int) -> Named:
        head = next((i for i in range(last - 1, first - 1, -1) if not first <= tree[i].head < last), last - 1)
        return Named(issue.id, first, last, head, issue.given)

    @staticmethod
    def _partners(tree: Tree, i: int, others: Lexicon[bool]) -> Iterator[Hit[bool]]:
        """The second words of a pair: under the first one, or the noun that it describes."""
        first, last = tree.edges[i]
        inside = others.find(tree, max(first, i - WIDE), min(last, i + WIDE))
        yield from (h for h in inside if h.first != i and not _told_apart(tree, h.first, i))
        for up in tree.above(i):
            if tree[i].dep not in _REACHING:
                break
            hit = others.at(tree, up, up + 1)
            if hit:
                yield hit
            if tree[up].pos in ("VERB", "AUX", "NOUN", "ADP"):
                break


def _rated(tree: Tree, hit: Hit[Issue]) -> bool:
    """ "9 crowns an hour": what a sum is reckoned by is no issue."""
    i = hit.first
    before = tree[i - 1].text.lower() if i and hit.last == i + 1 else ""
    return (before == "per" and tree[i].dep == "pobj") or (before in ("a", "an", "per") and tree[i].dep == "npadvmod")


def _told_apart(tree: Tree, j: int, i: int) -> bool:
    """Whether a word stands in a relative clause below another one: "return to talks that would free the crew"."""
    for k in (j, *tree.above(j)):
        if k == i or tree[k].head == i:
            return False
        if tree[k].dep == "relcl":
            return True
    return False


def _struck(tree: Tree, hit: Hit[Issue]) -> bool:
    """A deal that is struck is no strike."""
    i = hit.first
    return hit.last == i + 1 and tree[i].lemma == "strike" and tree[i].pos == "VERB" and _has_deal(tree, i)


def _has_deal(tree: Tree, i: int) -> bool:
    things = (*tree.kids(i, "dobj", "nsubjpass"), *((tree[i].head,) if tree[i].dep == "acl" else ()))
    return any(tree[o].lemma in _STRUCK for o in things)


_STRUCK = frozenset({"deal", "agreement", "accord", "pact", "bargain", "compromise", "truce", "settlement", "tone"})
DAYS = frozenset({"day", "night", "morning", "evening", "week", "month", "year", "moment", "hour", "weekend"})
"""Nouns whose relative clauses only tell when."""
_REACHING = ("relcl", "acl", "advcl", "xcomp", "nsubj", "pobj", "compound", "ccomp", "prep")


def _everywhere(lexicon: Lexicon[T], tree: Tree) -> Iterator[Hit[T]]:
    """What begins at any token, also inside a longer phrase."""
    hits = (lexicon.at(tree, i, len(tree)) for i in range(len(tree)))
    return (h for h in hits if h)


@lru_cache(maxsize=32)
def finder(packs: tuple[Pack, ...]) -> IssueFinder:
    """The finder for some packs, made once."""
    issues = [i for p in reversed(packs) for i in reversed(p.issues)]
    words = Lexicon((w, i) for i in issues for w in i.words)
    heads: dict[str, list[tuple[Issue, int]]] = {}
    others: list[Lexicon[bool]] = []
    for issue in reversed(issues):
        for left, right in issue.pairs:
            for w in left:
                heads.setdefault(w, []).append((issue, len(others)))
            others.append(Lexicon((w, True) for w in right))
    return IssueFinder(words, Lexicon((w, tuple(v)) for w, v in heads.items()), tuple(others))


def weights(tree: Tree, packs: Iterable[Pack]) -> Counter[str]:
    """How often each pack's own issues (talks aside) are named: which kind of talks a text is about."""
    found: Counter[str] = Counter()
    for p in packs:
        found[p.id] = sum(n.issue != TALKS for n in finder((p,)).find(tree))
    return found


@dataclass(frozen=True)
class Issues:
    """The issues named in one text, in its order."""

    tree: Tree
    named: tuple[Named, ...]

    def between(self, first: int, last: int) -> Sequence[Named]:
        """Those whose words begin at tokens `first` to `last`, end exclusive."""
        return self.named[
            bisect_left(self.named, first, key=lambda n: n.first) : bisect_left(self.named, last, key=lambda n: n.first)
        ]

    def of(self, s: Stretch) -> list[Named]:
        """The issues of a stretch, one each; talks only where they are the head of it all, or nothing else is named."""
        unique: dict[str, Named] = {}
        for n in self.between(s.first, s.last):
            if not self._aside(n, s):
                unique.setdefault(n.issue, n)
        own = [n for n in unique.values() if n.issue != TALKS]
        talks = unique.get(TALKS)
        if talks and own and all(talks.head < n.head and talks.head in self.tree.above(n.head) for n in own):
            return [talks]
        return own or list(unique.values())

    def terms(self, s: Stretch) -> list[Named]:
        """The issues of a stretch, talks aside."""
        return [n for n in self.of(s) if n.issue != TALKS]

    def before(self, i: int) -> str:
        """The issue that the words before a token are about, up to the sentence before, for what names none."""
        first, _ = self.tree.sentences[max(0, self.tree[i].sentence - 1)]
        return next((n.issue for n in reversed(self.between(first, i)) if n.issue != TALKS), TALKS)

    def _aside(self, n: Named, s: Stretch) -> bool:
        """Whether an issue stands in a ", which" clause that only tells more of something."""
        for j in (n.head, *self.tree.above(n.head)):
            if j < s.first:
                return False
            if self.tree[j].dep == "relcl":
                if self.tree[self.tree[j].head].lemma in DAYS:
                    return True  # "on the day the crews walked out"
                start = self.tree.edges[j][0]
                if any(self.tree[k].text == "," for k in range(max(s.first, start - 1), start + 1)):
                    return True
        return False
