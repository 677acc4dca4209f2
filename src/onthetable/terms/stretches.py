"""Stretches: the part of a clause that a predicate is about, what it asks in exchange, and its conditions.

"Ready to free the miners in exchange for fuel, provided the road stays open" has one stretch of each kind.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from onthetable.lexicon import load
from onthetable.model import Act
from onthetable.terms import clauses
from onthetable.terms.acts import NEEDS, RAISED, WHOLE, Predicate
from onthetable.tree import Tree

_DATA = load("onthetable.terms", "stretches.toml")
_LISTING = frozenset(_DATA["listing"])
_SWAPPING = frozenset(_DATA["swapping"])
_MANNER = frozenset(_DATA["manner"])
_RAISED = frozenset(_DATA["raised"])
_SAYING = frozenset(_DATA["saying"])
_LASTING = frozenset(_DATA["lasting"])
_ENDING = frozenset(_DATA["ending"])
_PRIOR = frozenset(_DATA["prior"])
_DONE: frozenset[Act] = frozenset(
    {"accepts", "rejects", "concedes", "meets", "delivers", "mediates", "accuses", "denies"}
)
"""The acts that are complete once they are told in the past tense."""
_UPWARD = frozenset({
    "xcomp", "acomp", "pcomp", "prep", "dobj", "pobj", "attr", "oprd", "relcl", "acl", "nsubj", "compound", "ccomp",
})  # fmt: skip


def _phrases(phrases: Sequence[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Phrases by their first word, longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted((tuple(p.split()) for p in phrases), key=len, reverse=True):
        found.setdefault(phrase[0], []).append(phrase)
    return {word: tuple(ps) for word, ps in found.items()}


_EXCHANGE = _phrases(_DATA["exchange"])
_CONTEXT = _phrases(_DATA["context"])
_CONDITION = _phrases(_DATA["condition"])
_SWAP = _phrases(["for"])


@dataclass(frozen=True, slots=True)
class Stretch:
    """Tokens `first` to `last` (end exclusive); `opens` is the word that opens it, `first` where none does."""

    first: int
    last: int
    opens: int


@dataclass(frozen=True, slots=True)
class Stretches:
    """The main stretch of a predicate, those that name what goes in exchange, and those that name conditions."""

    main: Stretch
    exchange: tuple[Stretch, ...]
    condition: tuple[Stretch, ...]

    @property
    def condition_first(self) -> Stretch | None:
        """The first condition."""
        return self.condition[0] if self.condition else None


@dataclass(frozen=True)
class Openers:
    """Where phrases that open a stretch stand in a tree, as tokens and sizes; looked up once."""

    tree: Tree

    @cached_property
    def exchange(self) -> tuple[tuple[int, int], ...]:
        """Phrases such as "in return for"."""
        return tuple(self._find(_EXCHANGE))

    @cached_property
    def swap(self) -> tuple[tuple[int, int], ...]:
        """The same, and each "for", for verbs of swapping."""
        return tuple(sorted({*self.exchange, *self._find(_SWAP)}))

    @cached_property
    def context(self) -> tuple[tuple[int, int], ...]:
        """Phrases such as "amid"."""
        return tuple(self._find(_CONTEXT))

    @cached_property
    def condition(self) -> tuple[tuple[int, int], ...]:
        """Phrases such as "provided that"."""
        return tuple(self._find(_CONDITION))

    def _find(self, phrases: dict[str, tuple[tuple[str, ...], ...]]) -> Iterator[tuple[int, int]]:
        """Every phrase that opens a clause or a noun: not the "before" of "the day before"."""
        words = [t.text.lower() for t in self.tree.tokens]
        for j, word in enumerate(words):
            for phrase in phrases.get(word, ()):
                if tuple(words[j : j + len(phrase)]) == phrase:
                    if word == "should" and not self._inverted(j):
                        break
                    if len(phrase) > 1 or self.tree[j].dep in ("mark", "prep", "advmod", "aux") or self._provided(j):
                        yield j, len(phrase)
                    break

    def _provided(self, j: int) -> bool:
        """Whether "provided" opens a condition, and the parser took it for a verb."""
        tree = self.tree
        bare = not tree.kids(j, "nsubj", "nsubjpass", "aux", "auxpass")
        word = tree[j].text.lower() in ("provided", "providing")
        joined = tree[j].dep in ("conj", "ccomp", "advcl", "dep") and j + 1 < len(tree) and tree[j + 1].pos != "ADP"
        return word and bare and joined

    def _inverted(self, j: int) -> bool:
        """ "Should they agree", not "they should agree"."""
        subject = self.tree.kid(self.tree[j].head, "nsubj", "nsubjpass", "expl")
        return subject is not None and subject > j


def stretches(openers: Openers, p: Predicate, heads: Collection[int]) -> Stretches:
    """The stretches of a predicate; `heads` are the tokens of all predicates, whose clauses are their own."""
    tree, i = openers.tree, p.head
    first, last = _governed(tree, p)
    last = min([last, *(tree.edges[c][0] for c in _other_clauses(tree, i, heads) if tree.edges[c][0] > i)])
    end = _clause_end(tree, i, last)
    swaps = p.key in _SWAPPING or any(tree[c].lemma in _SWAPPING for c in tree.kids(i, "xcomp", "dobj", "pobj"))
    exchange = [
        *_fronted(tree, openers.exchange, i), *_opened(tree, openers.swap if swaps else openers.exchange, i, end)
    ]  # fmt: skip
    context = list(_opened(tree, openers.context, i, end))
    aside = [
        s for s in _opened(tree, openers.condition, i, end, listing=True)
        if not any(e.opens <= s.opens < e.last for e in exchange) and not _part_of_key(tree, p, s)
    ]  # fmt: skip
    behind = (s.opens for s in (*exchange, *aside, *context) if s.opens > i)
    stop = min([last, *_outcomes(tree, i, last, heads), *behind])
    condition = [s for s in aside if _depends(tree, p, s)]
    return Stretches(Stretch(first, stop, first), tuple(exchange), tuple(condition))


def _part_of_key(tree: Tree, p: Predicate, s: Stretch) -> bool:
    """The "after" of "is after a rise" opens no condition."""
    return p.key == "be after" and tree[s.opens].head == p.head and tree[s.opens].lemma == "after"


def _fronted(tree: Tree, hits: Sequence[tuple[int, int]], i: int) -> Iterator[Stretch]:
    """What stands first: "in exchange for a pause, they offered"."""
    for c in (c for c in tree.kids(i, "prep") if c < i):
        for j, size in hits[bisect_left(hits, (c, 0)) : bisect_left(hits, (c + 1, 0))]:
            yield Stretch(j + size, max(min(tree.edges[j][1], i), j + size + 1), j)


def _outcomes(tree: Tree, i: int, last: int, heads: Collection[int]) -> list[int]:
    """Where a clause tells what came of the act: "agreed to a rise, ending the walkout"."""
    return [
        j for j in range(i + 2, last)
        if tree[j - 1].text in (",", "thus", "thereby") and tree[j].tag == "VBG"
        and (tree[j].lemma in _ENDING or (tree[j].dep == "advcl" and j not in heads))
    ]  # fmt: skip


def _depends(tree: Tree, p: Predicate, s: Stretch) -> bool:
    """Whether a stretch is a condition, and no point or length of time, nor what came before a deed that is done."""
    opener = tree[s.opens].lemma
    if s.first < len(tree) and opener in _LASTING:
        lengths = [tree[j].entity in ("DATE", "TIME") and tree[j].pos != "PRON" for j in range(s.first, s.last)]
        clause = any(tree[j].pos in ("VERB", "AUX") for j in range(s.first, s.last))
        if any(lengths) and not clause:
            return False
    if opener == "after" and tree[s.opens].dep == "mark" and tree[tree[s.opens].head].tag == "VBD":
        return False
    done = tree[p.head].tag == "VBD" and p.act in _DONE and not clauses.negated(tree, p.head)
    refused_without = p.act == "rejects" and opener == "without"
    return not (done and opener in _PRIOR and not refused_without)


def _governed(tree: Tree, p: Predicate) -> tuple[int, int]:
    """What a predicate is about: what follows a verb, the patient of a passive, the noun of a relative clause."""
    first, last = tree.edges[p.head]
    if p.form == "noun" or p.key == "opposed":
        return p.head if p.key == "opposed" else first, last
    if tree[p.head].dep in ("relcl", "acl") and _describes(tree, p.head):
        return tree.edges[tree[p.head].head]
    if clauses.passive(tree, p.head) or p.key in _RAISED or p.key in RAISED:
        patient = tree.kid(p.head, "nsubjpass", "nsubj")
        if patient is None and tree[p.head].dep == "conj":
            patient = tree.kid(tree[p.head].head, "nsubjpass")
        if patient is None and (p.form == "adjective" or p.key in RAISED):
            patient = clauses.subject(tree, p.head)
        return tree.edges[patient][0] if patient is not None else p.head, last
    fronted = tree.kid(p.head, "ccomp") if p.act == "accepts" else None
    verb = fronted is not None and fronted < p.head and tree[fronted].pos == "VERB"
    if fronted is not None and verb and clauses.modality(tree, fronted) in ("will", "would", "must"):
        return tree.edges[fronted][0], last  # "the ban will be lifted, both sides agreed"
    up = tree[p.head].head
    if tree[p.head].dep in ("csubj", "csubjpass") and tree[up].lemma == "be":
        return p.head, tree.edges[up][1]
    return p.head, last if last > p.last else _behind(tree, p.last)


def _behind(tree: Tree, i: int) -> int:
    """The end of the clause that begins at a token, where the parser has hung it elsewhere."""
    end = tree.sentence(min(i, len(tree) - 1))[1]
    return next((j for j in range(i, end) if tree[j].pos == "PUNCT" and tree[j].text in ",;:.?!"), end)


def _describes(tree: Tree, i: int) -> bool:
    """Whether the noun that a relative clause hangs on is what the act is about: "the pause that they offered"."""
    patient = tree.kid(i, "nsubjpass")
    if clauses.passive(tree, i):
        return patient is None or tree[patient].tag in ("WDT", "WP")
    objects = [c for c in tree.kids(i, "dobj", "xcomp", "ccomp") if tree[c].tag not in ("WDT", "WP")]
    return not objects and tree.kid(i, "nsubj") is not None


def _other_clauses(tree: Tree, i: int, heads: Collection[int]) -> list[int]:
    """Verbs joined to this one with an act or a subject of their own."""
    return [
        c for c in tree.kids(i, "conj", "parataxis")
        if c > i and tree[c].pos in ("VERB", "AUX")
        and (c in heads or tree.kids(c, "nsubj", "nsubjpass") or any(tree[k].tag == "MD" for k in tree.kids(c, "aux")))
    ]  # fmt: skip


def _clause_end(tree: Tree, i: int, last: int) -> int:
    """How far to look for what goes in exchange and for conditions: the clause of the predicate."""
    top = i
    while tree[top].dep in _UPWARD and tree[top].head != top:
        up = tree[top].head
        if tree[top].dep == "ccomp" and tree[up].lemma in _SAYING:
            break
        top = up
    end, stop = max(last, tree.edges[top][1]), tree.sentence(i)[1]
    if end < stop and tree[end].dep == "mark" and tree[end].head > end:
        end = tree.edges[tree[end].head][1]
    return min(stop, end)


def _opened(tree: Tree, hits: Sequence[tuple[int, int]], i: int, end: int, listing: bool = False) -> Iterator[Stretch]:
    """The stretches that the openers between token `i` and `end` open; where openers overlap, the first one does."""
    free = i + 1
    for j, size in hits[bisect_left(hits, (free, 0)) : bisect_left(hits, (end, 0))]:
        first = j + size
        if j < free or first > end:
            continue
        wide = listing and tree[j].text.lower() in _LISTING
        yield Stretch(first, end if wide else _reach(tree, j, first, end), j)
        free = first


def _reach(tree: Tree, opens: int, first: int, end: int) -> int:
    """Where the stretch behind an opener ends: its own subtree, or that of the clause that it marks."""
    tops = range(opens, first)
    marked = [tree[t].head for t in tops if tree[t].dep in ("mark", "advmod", "aux") and tree[t].head >= first]
    last = max(tree.edges[t][1] for t in (*tops, *marked))
    if first < last < end and tree[last - 1].dep == "cc":
        return end
    return min(max(last, first + 1), end) if last > first else end


_LESS = (("short", "of"), ("less", "than"), ("other", "than"))


def _is_less(tree: Tree, j: int) -> bool:
    """ "Anything short of", "nothing less than"."""
    opens = tree[j].text.lower() in ("anything", "nothing", "something")
    return opens and (tree[j + 1].text.lower(), tree[j + 2].text.lower()) in _LESS


def lacking(tree: Tree, parts: Stretches, refused: bool) -> Stretch | None:
    """What is asked by refusing all that lacks it: "every text that does not name X", "a deal without X".

    Of an answer that is not `refused`, only by taking "nothing less than X".
    """
    s, condition = parts.main, parts.condition_first
    less = next((j for j in range(s.first, s.last - 3) if _is_less(tree, j)), None)
    if less is not None:
        return Stretch(less + 3, s.last, less)
    if not refused:
        return None
    if condition and tree[condition.opens].lemma == "without":
        if any(tree[j].lemma in _MANNER for j in range(condition.first, min(condition.first + 2, condition.last))):
            return None  # "turned it down without a vote"
        before = (tree[j] for j in range(s.first, condition.opens))
        return condition if any(t.lemma in WHOLE and t.pos == "NOUN" for t in before) else None
    for j in range(s.first, s.last):
        if tree[j].lemma in NEEDS and tree[j].dep == "relcl" and clauses.negated(tree, j):
            return Stretch(j + 1, max(s.last, tree.edges[j][1]), j)
    return None
