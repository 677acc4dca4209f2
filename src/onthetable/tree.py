"""A parsed report: tokens with their heads, and how to walk between them.

Labels are those of the English spaCy models (ClearNLP dependencies, Penn Treebank tags, Universal
part-of-speech tags). Only `onthetable.spans.nlp` makes a tree; the stages read it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from onthetable.model import Actor, Amount, Mention, Quote, Span, Time


@dataclass(frozen=True, slots=True)
class Token:
    """One token: offsets in code points, lemma in lower case, and its head as an index (itself at a root)."""

    i: int
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    sentence: int
    entity: str
    """The recogniser's label for the named entity that the token is in (PERSON, ORG, GPE ...), else ''."""
    begins: bool
    """Whether the token is the first of its entity."""


@dataclass(frozen=True, slots=True)
class Tree:
    """All tokens of a text, its sentences as token ranges (end exclusive) and each token's children in order.

    White space is no token here. Sentences never cross a blank line or page furniture.
    """

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[tuple[int, int], ...]
    children: tuple[tuple[int, ...], ...] = field(repr=False)
    edges: tuple[tuple[int, int], ...] = field(repr=False)
    """For each token, the first and last (end exclusive) token of its subtree."""

    def __len__(self) -> int:
        return len(self.tokens)

    def __getitem__(self, i: int) -> Token:
        return self.tokens[i]

    def span(self, first: int, last: int) -> Span:
        """The text of tokens `first` to `last`, end exclusive, as a span of the report."""
        start, end = self.tokens[first].start, self.tokens[last - 1].end
        return Span(start, end, self.text[start:end])

    def subtree(self, i: int) -> Iterator[int]:
        """The token and everything under it, in the order of the text."""
        return iter(sorted(self._under(i)))

    def _under(self, i: int) -> Iterator[int]:
        stack = [i]
        while stack:
            j = stack.pop()
            yield j
            stack.extend(self.children[j])

    def subtree_span(self, i: int) -> Span:
        """The stretch of text from the first to the last token of a subtree."""
        return self.span(*self.edges[i])

    def kids(self, i: int, *deps: str) -> list[int]:
        """The children of a token, only those with one of the dependency labels if any are given."""
        return [c for c in self.children[i] if not deps or self.tokens[c].dep in deps]

    def kid(self, i: int, *deps: str) -> int | None:
        """The first child with one of the dependency labels."""
        return next((c for c in self.children[i] if self.tokens[c].dep in deps), None)

    def above(self, i: int) -> Iterator[int]:
        """The heads of a token, nearest first, up to the root of its sentence."""
        while self.tokens[i].head != i:
            i = self.tokens[i].head
            yield i

    def at(self, offset: int) -> int | None:
        """The index of the token that holds the code point, or of the first one after it."""
        lo, hi = 0, len(self.tokens)
        while lo < hi:
            mid = (lo + hi) // 2
            if self.tokens[mid].end <= offset:
                lo = mid + 1
            else:
                hi = mid
        return lo if lo < len(self.tokens) else None

    def range(self, start: int, end: int) -> tuple[int, int]:
        """The tokens (first, last exclusive) that lie in, or reach into, the stretch of code points."""
        first = self.at(start)
        if first is None:
            return len(self.tokens), len(self.tokens)
        last = first
        while last < len(self.tokens) and self.tokens[last].start < end:
            last += 1
        return first, last

    def sentence(self, i: int) -> tuple[int, int]:
        """The tokens (first, last exclusive) of the sentence that token `i` is in."""
        return self.sentences[self.tokens[i].sentence]


@dataclass(frozen=True, slots=True)
class Spans:
    """What stands where in one report: the tree, and who, what is quoted, when and how many."""

    tree: Tree
    actors: tuple[Actor, ...] = ()
    mentions: tuple[Mention, ...] = ()
    quotes: tuple[Quote, ...] = ()
    times: tuple[Time, ...] = ()
    amounts: tuple[Amount, ...] = ()
    by_head: dict[int, Mention] = field(default_factory=dict, repr=False)

    def mention(self, head: int) -> Mention | None:
        """The mention whose head is token `head`."""
        return self.by_head.get(head)

    def actor(self, head: int) -> Actor | None:
        """Who the words around token `head` refer to."""
        found = self.by_head.get(head)
        return self.actors[found.actor] if found else None
