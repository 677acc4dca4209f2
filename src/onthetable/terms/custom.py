"""Who gives what by custom of the report: wherever it says who holds the hostages, it is the same side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from onthetable.case import Pack
from onthetable.lexicon import Lexicon
from onthetable.model import Move
from onthetable.terms.discourse import Discourse


@dataclass(frozen=True)
class Givers:
    """The givers that the moves of a report name, by issue and by the noun for what is given."""

    d: Discourse
    moves: Sequence[Move]

    @cached_property
    def _known(self) -> dict[tuple[str, str], set[str]]:
        found: dict[tuple[str, str], set[str]] = {}
        for m in self.moves:
            nouns = self._nouns(m) if m.giver else set()
            if m.giver and len(nouns) == 1:
                found.setdefault((m.issue, nouns.pop()), set()).add(m.giver)
        return found

    def of(self, m: Move) -> str | None:
        """The only giver of what a move names, if there is one."""
        nouns = self._nouns(m)
        givers = self._known.get((m.issue, nouns.pop()), set()) if len(nouns) == 1 else set()
        return next(iter(givers)) if len(givers) == 1 else None

    def _nouns(self, m: Move) -> set[str]:
        tree = self.d.tree
        hits = given_words(self.d.table.case.with_all_packs().packs, m.issue).find(
            tree, *tree.range(m.evidence.start, m.evidence.end)
        )
        return {tree[h.last - 1].lemma for h in hits if tree[h.last - 1].pos == "NOUN"}


@lru_cache(maxsize=64)
def given_words(packs: tuple[Pack, ...], issue: str) -> Lexicon[bool]:
    """The words for what is given, of the pairs that name an issue."""
    pairs = (right for p in packs for i in p.issues if i.id == issue for _, right in i.pairs)
    return Lexicon((w, True) for right in pairs for w in right)
