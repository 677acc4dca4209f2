"""Who says it: the words of the sentence that name the source of a cue."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from onthetable.lexicon import load
from onthetable.statements.cues import Cue
from onthetable.tree import Tree

SUBJECTS = ("nsubj", "nsubjpass")
_CLIMB = 8
_DATELINE = 14
_FAR = 120
_NAMING = ("NOUN", "PROPN", "PRON")
_AFTER_CONTENT = (",", "”", '"', "’", "'", "''", "»", "—", "–")
_NOMINAL = ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "X")


@cache
def speakers_known() -> frozenset[str]:
    """Nouns for people and bodies that speak."""
    data = load("onthetable.statements", "speakers.toml")
    return frozenset(data["anonymous"].split()) | frozenset(data["organisation"].split())


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: its head token, and its words as tokens `first` to `last` (end exclusive)."""

    head: int
    first: int
    last: int


def source_of(tree: Tree, cue: Cue) -> Phrase | None:
    """The phrase that names the source of a cue, or None where the sentence names none.

    The subject of an active verb or the agent of a passive one, shared with the verb that it is joined
    to or depends on; the owner of a cue noun; what "according to" governs. A relative pronoun stands for
    itself: see `antecedent`.
    """
    if cue.kind == "according":
        return _according(tree, cue)
    if cue.kind == "colon":
        return Phrase(cue.head - 1, tree.sentence(cue.head - 1)[0], cue.head)
    if cue.kind == "noun":
        owner = _owner(tree, cue.head)
        return _of_verb(tree, cue.top, cue.top) if owner is None and cue.top != cue.head else owner
    if cue.kind == "adjective":
        return _of_verb(tree, cue.top, cue.top)
    return _of_verb(tree, cue.head, cue.top)


def _of_verb(tree: Tree, verb: int, top: int) -> Phrase | None:
    head = _inverted(tree, verb)
    if head is None and passive(tree, verb):
        head = tree.kid(verb, "nsubjpass") if tree[verb].lemma == "quote" else _agent(tree, verb)
    elif head is None:
        head = subject(tree, verb)
        if head is None and tree[verb].tag in ("VBD", "VBZ"):
            head = _beside(tree, verb)
    return phrase(tree, head, verb) if head is not None else None


def _inverted(tree: Tree, verb: int) -> int | None:
    """The speaker after the verb ("'No,' warned a minister") where the parse does not have it as the subject."""
    t = tree[verb]
    if verb == 0 or verb + 1 >= len(tree) or t.tag not in ("VBD", "VBZ", "VBP") or tree.kid(verb, "nsubj") is not None:
        return None
    if tree[verb - 1].text not in _AFTER_CONTENT or t.dep not in ("conj", "ROOT", "parataxis", "dep", "ccomp"):
        return None
    if any(tree[c].pos == "CCONJ" for c in tree.children[t.head] if c < verb):
        return None
    at = verb + 1
    while tree[at].head > at and tree.edges[tree[at].head][0] == verb + 1 and tree[tree[at].head].pos in _NAMING:
        at = tree[at].head
    if tree[at].pos not in _NAMING:
        return None
    if tree[verb - 1].text != ",":
        return at
    sure = any(c < verb for c in tree.kids(verb, "ccomp")) or tree[at].lemma in speakers_known()
    return at if sure or tree[at].pos == "PROPN" or tree[at].text in ("he", "she", "they") else None


def _beside(tree: Tree, verb: int) -> int | None:
    """The noun phrase right before a finite verb to which the parse gives no subject."""
    at = verb - 1
    while at > 0 and (tree[at].pos in ("ADV", "AUX", "NUM") or tree[at].text in (",", "-", "—", "–")):
        at -= 1
    if at < 0 or tree[at].pos not in _NAMING:
        return None
    while (head := tree[at].head) < at and tree[head].pos in (*_NAMING, "ADP") and tree.edges[head][1] <= verb:
        at = head
    return at if tree[at].pos in _NAMING else None


def passive(tree: Tree, verb: int) -> bool:
    """Whether a verb is in the passive voice, reduced relatives ("a claim made by X") included."""
    if tree.kid(verb, "auxpass", "nsubjpass") is not None:
        return True
    t = tree[verb]
    if t.tag != "VBN" or tree.kid(verb, "aux", "nsubj") is not None:
        return False
    if t.dep == "conj":
        return passive(tree, t.head)
    return t.dep in ("acl", "advcl", "amod") or tree.kid(verb, "agent") is not None


def subject(tree: Tree, verb: int) -> int | None:
    """The head of the noun phrase that does what an active verb says."""
    own = tree.kid(verb, "nsubj")
    if own is not None:
        return own
    at = verb
    for _ in range(_CLIMB):
        t = tree[at]
        if t.dep == "acl" or (t.dep == "relcl" and at != verb):
            return t.head if tree[t.head].pos in _NOMINAL else None
        if t.dep not in ("conj", "xcomp", "advcl", "pcomp", "prep", "ccomp", "dep", "oprd", "acomp") or t.head == at:
            return None
        if t.dep == "ccomp" and t.tag not in ("VBG", "VB"):
            return None
        at = t.head
        if tree[at].lemma in ("quote", "cite") and not passive(tree, at) and tree.kid(at, "dobj") is not None:
            return tree.kid(at, "dobj")
        given = next((c for c in tree.children[at] if tree[c].dep in SUBJECTS), None)
        if given is not None:
            return given
        if t.dep == "xcomp" and tree.kid(at, "dobj") is not None and tree[at].pos == "VERB":
            return tree.kid(at, "dobj")
    return None


def _agent(tree: Tree, verb: int) -> int | None:
    by = tree.kid(verb, "agent")
    return tree.kid(by, "pobj", "pcomp") if by is not None else None


def _owner(tree: Tree, noun: int) -> Phrase | None:
    owner = tree.kid(noun, "poss")
    if owner is not None:
        return phrase(tree, owner, noun)
    for prep in tree.kids(noun, "prep"):
        if tree[prep].lemma in ("by", "from", "of"):
            head = tree.kid(prep, "pobj")
            if head is not None:
                return phrase(tree, head, noun)
    return None


def _according(tree: Tree, cue: Cue) -> Phrase | None:
    for i in range(cue.last - 1, cue.first - 1, -1):
        head = tree.kid(i, "pobj")
        if head is not None:
            return _with_relative(tree, phrase(tree, head, cue.head))
    return None


def _with_relative(tree: Tree, source: Phrase) -> Phrase:
    """The phrase with a relative clause that the parse hangs elsewhere ("X, who asked not to be named, C")."""
    here, last = source.last, tree.sentence(source.head)[1]
    for i in range(source.head + 1, here):
        begin = tree.edges[i][0]
        if tree[i].dep == "ccomp" and begin > source.head + 1 and tree[begin].text == "," and here >= last - 1:
            return Phrase(source.head, source.first, begin)
    if here + 2 >= last or tree[here].text != "," or tree[here + 1].tag not in ("WP", "WDT"):
        return source
    for i in tree.above(here + 1):
        first, end = tree.edges[i]
        if first == here + 1 and end < last - 2 and tree[end].text == ",":
            return Phrase(source.head, source.first, end)
    comma = next((i for i in range(here + 2, last - 2) if tree[i].text == ","), None)
    return Phrase(source.head, source.first, comma) if comma is not None else source


def phrase(tree: Tree, head: int, outside: int) -> Phrase:
    """The words of a noun phrase, without those beyond the token `outside`, closing marks and commas."""
    first, last = tree.edges[head]
    if first <= outside < last and tree[head].i != outside:
        inner = [c for c in tree.children[head] if _holds(tree, c, outside)]
        if head < outside:
            last = min([tree.edges[c][0] for c in inner if tree.edges[c][0] > head] or [outside])
        else:
            first = outside + 1
    while last - 1 > head and (tree[last - 1].pos == "PUNCT" or tree[last - 1].tag == "POS"):
        if tree[last - 1].text in ")]" and any(tree[i].text in "([" for i in range(first, last - 1)):
            break
        last -= 1
    first = min(past_dateline(tree, first), head)
    for i in range(head + 1, last - 1):
        if tree[i].text == "," and tree[i + 1].tag == "``":
            last = i
            break
    while first < head and tree[first].pos in ("PUNCT", "CCONJ", "SCONJ"):
        first += 1
    return Phrase(head, first, last)


def past_dateline(tree: Tree, first: int) -> int:
    """The token after a dateline ("PORT AZEL, May 3 (Reuters) — The ...") if a paragraph begins with one there."""
    if first and "\n" not in tree.text[tree[first - 1].end : tree[first].start]:
        return first
    if not (tree[first].text.isupper() and len(tree[first].text) > 2):
        return first
    for i in range(first + 1, min(first + _DATELINE, len(tree) - 1)):
        if tree[i].text in ("—", "–", "-", "--", ":"):
            return i + 1
        if tree[i].pos in ("VERB", "AUX", "DET"):
            break
    return first


def citing(tree: Tree, verb: int) -> int | None:
    """The participle by which an outlet names its own source ("the Gazette reports, citing two clerks")."""
    for i in range(verb + 2, min(verb + _FAR, tree.sentence(verb)[1])):
        if tree[i].tag == "VBG" and tree[i].lemma in ("quote", "cite") and tree[i - 1].text == ",":
            return i
    return None


def cited(tree: Tree, verb: int) -> Phrase | None:
    """Whom an outlet quotes for what it reports."""
    at = citing(tree, verb)
    head = tree.kid(at, "dobj") if at is not None else None
    return phrase(tree, head, at) if head is not None and at is not None else None


def _holds(tree: Tree, i: int, token: int) -> bool:
    first, last = tree.edges[i]
    return first <= token < last


def antecedent(tree: Tree, source: Phrase, verb: int) -> Phrase:
    """What a relative pronoun stands for ("the Front, which says"); any other phrase is returned as it is."""
    if tree[source.head].tag not in ("WDT", "WP", "WP$") and tree[source.head].lemma != "that":
        return source
    for i in (verb, *tree.above(verb)):
        if tree[i].dep == "relcl":
            noun = tree[i].head
            if tree[noun].pos in _NOMINAL and noun < source.head:
                return phrase(tree, noun, verb)
    return source
