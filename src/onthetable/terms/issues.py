"""Which issues of the packs stand in a stretch of text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from onthetable.case import Issue, Pack
from onthetable.lexicon import Hit, Lexicon
from onthetable.tree import Tree

TALKS = "talks"


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
        found = [self._named(tree, h.value, h.first, h.last) for h in self.words.find(tree)]
        taken = {j for n in found for j in range(n.first, n.last) if n.issue != TALKS}
        for hit in _everywhere(self.heads, tree):
            if tree[hit.first].dep == "amod":
                continue
            for issue, pair in hit.value:
                other = next(self._partners(tree, hit.first, self.others[pair]), None)
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
        yield from (h for h in others.find(tree, *tree.edges[i]) if h.first != i)
        for up in tree.above(i):
            if tree[i].dep not in _REACHING:
                break
            hit = others.at(tree, up, up + 1)
            if hit:
                yield hit
            if tree[up].pos in ("VERB", "AUX", "NOUN", "ADP"):
                break


_REACHING = ("relcl", "acl", "advcl", "xcomp", "nsubj", "pobj", "compound", "ccomp", "prep")


def _everywhere(lexicon: Lexicon[tuple[tuple[Issue, int], ...]], tree: Tree) -> Iterator[Hit[tuple[tuple[Issue, int], ...]]]:
    for i in range(len(tree)):
        hit = lexicon.at(tree, i, len(tree))
        if hit:
            yield hit


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
