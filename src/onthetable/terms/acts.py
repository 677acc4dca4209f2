"""Which words of a text are predicates of the table, and which act each one names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal, cast

from onthetable.lexicon import Lexicon, load
from onthetable.model import Act
from onthetable.tree import Token, Tree

_DATA = load("onthetable.terms", "acts.toml")


def _keys(section: str, separator: str | None) -> dict[str, Act]:
    return {
        " ".join(key.split()): cast(Act, act)
        for act, keys in _DATA[section].items()
        for key in (keys.split(separator) if separator else keys.split())
        if key.strip()
    }


def _families() -> dict[str, Act]:
    """Every verb of a family with every noun of it: "sign deal", "sign truce", "strike deal"."""
    return {
        f"{verb.strip()} {noun}": cast(Act, family["act"])
        for family in _DATA["families"]
        for verb in family["verbs"].split(";")
        for noun in family["nouns"].split()
    }


VERBS = _families() | _keys("verbs", ";")
NOUNS = _keys("nouns", None)
ADJECTIVES = _keys("adjectives", None)
WHOLE = frozenset(_DATA["whole"]["words"].split())
LIKING = frozenset(" ".join(key.split()) for key in _DATA["liking"]["idioms"].split(";"))
"""Idioms of wishing and being content in which "would" and "could" suppose nothing."""
CLAIMS = frozenset(load("onthetable.terms", "moves.toml")["claims"])
"""What may be called false."""
FALSE = frozenset(_DATA["false"]["nouns"].split())
_CALLING = frozenset(_DATA["false"]["verbs"].split())
_BAD_NAMES = frozenset(_DATA["bad"]["names"].split())
OWN_SIDE = "put to own side"
"""The key of laying an offer before those whom one speaks for."""
_SUBMITTING = frozenset(_DATA["submitted"]["verbs"].split())
_AT_HOME = frozenset(_DATA["submitted"]["to"].split())
_JUDGING = frozenset(_DATA["judged"]["verbs"].split())
_JUDGEMENTS: dict[str, Act] = {w: act for act in ("rejects", "accepts") for w in _DATA["judged"][act].split()}
INTRANSITIVE = frozenset(_DATA["intransitive"]["verbs"].split())
NEEDING = frozenset(_DATA["needs"]["subjects"].split())
NEEDS = frozenset(_DATA["needs"]["verbs"].split())
PACTS = frozenset(_DATA["families"][0]["nouns"].split())
"""What two sides make together."""
RAISED = frozenset(_keys("raised", ";"))
"""Idioms whose subject is what they are about: "is out of the question"."""
_CLOSE = 3
"""How many tokens behind "is" its "after" stands."""
_PLACING = frozenset({"put", "lay", "place", "bring"})
_PLAIN: dict[str, Act] = {"no": "rejects", "yes": "accepts"}
RESULTING = frozenset({"amount", "add", "come", "boil", "tantamount", "equivalent", "equal"})
"""By these an answer comes down to what it means."""
_POSSESSIVE = "his|her|its|their|our|my"
_IDIOMS = Lexicon(
    (key.replace("one's", _POSSESSIVE), (key, act))
    for section in ("idioms", "raised")
    for key, act in _keys(section, ";").items()
)  # fmt: skip
_NEGATIVE = frozenset({"not", "no", "never", "none", "nothing"})
_FALSELY = frozenset(_DATA["adjectives"]["denies"].split())
_PREDICATIVE = frozenset({"acomp", "oprd", "conj", "ROOT", "ccomp", "amod", "appos", "xcomp", "advcl"})


@dataclass(frozen=True, slots=True)
class Predicate:
    """A word that may name an act: token `head`, and the lexicon's key that it was found by."""

    head: int
    act: Act
    form: Literal["verb", "noun", "adjective"]
    key: str
    last: int = 0
    """The token behind an idiom, 0 for single words."""

    @property
    def negative(self) -> bool:
        """Whether a negation is part of the key: "will not hear of"."""
        return not _NEGATIVE.isdisjoint(self.key.split())


def predicates(tree: Tree) -> tuple[Predicate, ...]:
    """Every predicate of the lexicon, in the order of the text."""
    idioms: dict[int, Predicate] = {}
    taken: set[int] = set()
    for p, inside in _idioms(tree):
        idioms[p.head] = p
        taken.update(inside)
    single = (_verb(tree, t) or _noun(tree, t) or _adjective(t) for t in tree.tokens if t.i not in taken)
    return tuple(sorted((*idioms.values(), *(p for p in single if p)), key=lambda p: p.head))


def _idioms(tree: Tree) -> Iterator[tuple[Predicate, range]]:
    """Phrases that name an act as a whole, under the verb in them or over them."""
    for hit in _IDIOMS.find(tree):
        key, act = hit.value
        end = tree[hit.last - 1]
        if end.head >= hit.last and end.dep in ("compound", "amod"):
            continue  # "the minimum wage" is not "the minimum"
        inside = range(hit.first, hit.last)
        if any(tree[j].lemma == "open" and tree[j].text.lower() != "open" for j in inside):
            continue  # "will be opened to" is not "be open to"
        head = next((j for j in inside if _carries(tree[j], key)), None)
        if head is None:
            top = next((j for j in inside if tree[j].head not in inside or tree[j].head == j), hit.first)
            over = (top, *islice(tree.above(top), 3))
            head = next((j for j in over if tree[j].pos in ("VERB", "AUX")), top)
        yield Predicate(head, act, "verb", key, hit.last), inside


def _carries(t: Token, key: str) -> bool:
    return t.pos == "VERB" or (key not in RAISED and t.pos == "AUX" and t.dep not in ("aux", "auxpass"))


def _verb(tree: Tree, t: Token) -> Predicate | None:
    if (
        t.pos != "VERB"
        and not (t.pos == "AUX" and t.dep not in ("aux", "auxpass"))
        and t.tag not in ("VBN", "VBG", "VBD")
    ):
        return None
    if t.lemma == "oppose" and t.i and tree[t.i - 1].text.lower() == "as":
        return None
    if t.lemma == "oppose" and t.tag == "VBN" and not tree.kids(t.i, "agent") and _towards(tree, t.i):
        return Predicate(t.i, "rejects", "adjective", "opposed")
    if t.lemma == "be" and _is_after(tree, t.i):
        return Predicate(t.i, "demands", "verb", "be after")
    if t.lemma in _JUDGING and (judged := _judged(tree, t.i)):
        return Predicate(t.i, judged, "verb", f"judge {judged}")
    if t.lemma in _CALLING | _JUDGING and _reproaches(tree, t.i):
        return Predicate(t.i, "accuses", "verb", "call names")
    if t.lemma in _SUBMITTING and _submits(tree, t.i):
        return Predicate(t.i, "considers", "verb", OWN_SIDE)
    if t.lemma in _CALLING and _calls_false(tree, t.i):
        return Predicate(t.i, "denies", "verb", "call false")
    key = max((k for k in _verb_keys(tree, t.i) if k in VERBS), key=len, default=None)
    if key in ("say no", "say no to") and any(_opens_clause(tree, j) for j in (t.i + 1, t.i + 2)):
        return None
    if key == "round on" and tree[min(t.i + 2, len(tree) - 1)].lemma == "table":
        return None
    if key == "reject claim" and any(tree.kids(o, "compound", "prep") for o in tree.kids(t.i, "dobj")):
        key = "reject"
    if key == "dismiss as":
        told = any(tree[o].lemma in CLAIMS for o in tree.kids(t.i, "dobj", "nsubjpass"))
        return Predicate(t.i, "denies" if told else "rejects", "verb", key)
    if key in INTRANSITIVE and (tree.kids(t.i, "dobj", "nsubjpass", "agent") or (t.tag, t.dep) == ("VBN", "acl")):
        return None
    return Predicate(t.i, VERBS[key], "verb", key) if key else None


def _is_after(tree: Tree, i: int) -> bool:
    """ "The union is after a rise": what it wants, and no point of time."""
    if tree.kids(i, "attr", "acomp", "expl", "oprd") or any(tree[c].tag == "MD" for c in tree.kids(i, "aux")):
        return False
    afters = (c for c in tree.kids(i, "prep") if tree[c].lemma == "after" and c - i <= _CLOSE)
    things = [o for c in afters for o in tree.kids(c, "pobj")]
    return any(tree[o].pos == "NOUN" and tree[o].entity not in ("DATE", "TIME") and _wanted(tree, o) for o in things)


def _wanted(tree: Tree, o: int) -> bool:
    """Whether a noun behind "after" is something new ("a rise"), and no known event ("the talks", "its strike")."""
    return not any(tree[c].text.lower() in ("the", "that", "this") or tree[c].dep == "poss" for c in tree.children[o])


def _towards(tree: Tree, i: int) -> bool:
    """Whether a "to" follows: "are opposed to it" is about those who oppose."""
    return any(tree[c].lemma == "to" for c in tree.kids(i, "prep"))


def _opens_clause(tree: Tree, j: int) -> bool:
    """Whether a "no" belongs to the subject of what is said: "said no concession was made"."""
    if j >= len(tree) or tree[j].text.lower() != "no" or tree[j].dep != "det":
        return False
    return tree[tree[j].head].dep in ("nsubj", "nsubjpass", "attr")


def _calls_false(tree: Tree, i: int) -> bool:
    """ "Called it nonsense", "dismissed that as a fairy tale"."""
    below = tree.kids(i, "dobj", "oprd", "prep", "ccomp", "attr", "xcomp")
    inside = {j for c in below for j in (c, *tree.children[c])}
    return any(tree[j].lemma in FALSE or tree[j].lemma in _FALSELY for j in inside)


def _reproaches(tree: Tree, i: int) -> bool:
    """ "Called the deadline a stunt", "described it as a betrayal": what the other side does is given a bad name."""
    below = tree.kids(i, "dobj", "oprd", "prep", "ccomp", "attr", "xcomp")
    named = [j for c in below for j in (c, *tree.kids(c, "pobj", "attr")) if tree[j].lemma in _BAD_NAMES]
    return any(j - i > 1 and not any(tree[k].dep == "neg" for k in tree.children[j]) for j in named)


def _submits(tree: Tree, i: int) -> bool:
    """ "Promised to carry the proposal to her government", "put the offer to a vote": it is not answered yet."""
    what = tree.kids(i, "dobj", "nsubjpass")
    if not any(tree[o].lemma in WHOLE for o in what):
        return False
    below = (c for j in (i, *what) for c in tree.kids(j, "prep", "dative") if tree[c].lemma in ("to", "before"))
    return any(tree[o].lemma in _AT_HOME for c in below for o in tree.kids(c, "pobj"))


def _judged(tree: Tree, i: int) -> Act | None:
    """ "Found the offer unacceptable", "described it as a non-starter": an answer given as a judgement."""
    below = [c for c in tree.kids(i, "oprd", "ccomp", "acomp", "xcomp", "dobj", "attr", "prep") if c > i]
    if any(tree[c].dep == "neg" for j in (i, *below) for c in tree.children[j]):
        return None
    for c in below:
        inside = [j for j in range(c, tree.edges[c][1]) if _predicated(tree, j)]
        near = [j for j in inside if c in (j, tree[j].head, tree[tree[j].head].head) or j == tree.edges[c][1] - 1]
        words = [w for j in near for w in (tree[j].lemma, _hyphened(tree, j))]
        if found := next((w for w in words if w in _JUDGEMENTS), None):
            return _JUDGEMENTS[found]
    return None


def _predicated(tree: Tree, j: int) -> bool:
    """Whether a word is said of another, and no attribute before it."""
    return not (tree[j].dep in ("amod", "compound") and j < tree[j].head)


def _noun(tree: Tree, t: Token) -> Predicate | None:
    if t.pos not in ("NOUN", "PROPN", "INTJ") or t.dep == "compound":
        return None
    if t.lemma in _PLAIN and (_resulting(tree, t.i) or tree.kids(t.i, "prep")) and tree.kids(t.i, "det", "amod"):
        return Predicate(t.i, _PLAIN[t.lemma], "noun", t.lemma)
    key = next((k for k in (_hyphened(tree, t.i), t.lemma, t.text.lower()) if k in NOUNS), None)
    if t.lemma == "agreement" and _is_agreeing(tree, t.i):
        return Predicate(t.i, "accepts", "noun", "agreement")
    return Predicate(t.i, NOUNS[key], "noun", key) if key else None


def _resulting(tree: Tree, i: int) -> bool:
    """ "Amounted to a no", "was a no"."""
    up = tree[tree[i].head]
    return up.lemma == "be" or (up.lemma == "to" and tree[up.head].lemma in RESULTING)


def _is_agreeing(tree: Tree, i: int) -> bool:
    """Whether "agreement" is what somebody gives to something: "the miners' agreement to the plan", "to reopen"."""
    whose = tree.kids(i, "poss") or any(tree[c].lemma == "by" for c in tree.kids(i, "prep"))
    to = any(tree[c].lemma == "to" for c in tree.kids(i, "prep"))
    return bool(whose) and (to or any(tree[k].tag == "TO" for c in tree.kids(i, "acl") for k in tree.kids(c, "aux")))


def _adjective(t: Token) -> Predicate | None:
    if t.pos not in ("ADJ", "VERB", "ADV") or t.lemma not in ADJECTIVES or t.dep not in _PREDICATIVE:
        return None
    return Predicate(t.i, ADJECTIVES[t.lemma], "adjective", t.lemma)


def _hyphened(tree: Tree, i: int) -> str:
    """ "counter-proposal" is three tokens."""
    if i >= 2 and tree[i - 1].text in ("-", "‑") and tree[i - 1].start == tree[i - 2].end:
        return f"{tree[i - 2].text.lower()}-{tree[i].lemma}"
    return ""


def _bare(tree: Tree, i: int) -> bool:
    """Whether a relative clause leaves its object to the noun that it hangs on: "a deal they reached"."""
    return all(tree[c].tag in ("WDT", "WP") for c in tree.kids(i, "dobj", "nsubj") if c > i or tree[c].dep == "dobj")


def _verb_keys(tree: Tree, i: int) -> Iterator[str]:
    """The lemma alone, with a particle or preposition, its object ("a deal struck by"), or what follows it."""
    lemma = tree[i].lemma
    yield lemma
    if lemma in _PLACING and any(tree[j].lemma == "table" for j in range(i + 1, tree.edges[i][1])):
        yield f"{lemma} table"
    if tree[i].tag == "VBN" and tree[i].dep == "acl":
        yield f"{lemma} {tree[tree[i].head].lemma}"
    if tree[i].dep == "relcl" and tree[tree[i].head].lemma in PACTS and _bare(tree, i):
        yield f"{lemma} {tree[tree[i].head].lemma}"
    undone = any(tree[c].lemma == "off" for c in tree.kids(i, "prt"))
    for c in tree.children[i]:
        if c < i and tree[c].dep != "nsubjpass":
            continue
        word = tree[c].lemma
        if tree[c].dep in ("prt", "prep", "advmod", "dative", "agent"):
            yield f"{lemma} {word}"
            for p in tree.kids(c, "pobj"):
                yield f"{lemma} {word} {tree[p].lemma}"
                if tree[c].dep == "prep":
                    yield f"{lemma} {tree[p].lemma}"
                    yield from (f"{lemma} {tree[o].lemma}" for f in tree.kids(p, "prep") for o in tree.kids(f, "pobj"))
        if tree[c].dep in ("dobj", "oprd", "acomp", "nsubjpass", "attr", "xcomp") and not undone:
            yield f"{lemma} {word}"
        if tree[c].dep in ("dobj", "nsubjpass") and undone:
            yield f"{lemma} off {word}"
    following = [tree[j].lemma for j in range(i + 1, min(i + 3, len(tree)))]
    for n in range(1, len(following) + 1):
        yield " ".join([lemma, *following[:n]])
