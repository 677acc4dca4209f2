"""Which words trigger an event, and whether the sentence says that it took place.

A verb by its lemma and what stands beside it ("met", "landed in"), a noun by the verb that tells of it ("held
a meeting", "talks began", "said in an address"). What is negated, hypothetical, feared or only offered is none.
"""

from __future__ import annotations

from collections.abc import Iterator

from onthetable.terms.deeds import CHECKS, is_shown, tells_party
from onthetable.terms.eventwords import NEEDS, NOUNS, VERBS, Trigger, verb_over, with_whom
from onthetable.terms.nominals import fits, hyphened, is_seat, pronoun_trigger, told_by
from onthetable.terms.realised import took_place
from onthetable.tree import Spans, Tree


def find_triggers(spans: Spans) -> Iterator[Trigger]:
    """Every word that names an event which took place or is fixed, in the order of the text."""
    tree = spans.tree
    for token in tree.tokens:
        trigger = None
        if token.pos == "VERB":
            trigger = _verb_trigger(spans, token.i)
        elif token.pos in {"NOUN", "PROPN"} and token.entity != "DATE":
            trigger = _noun_trigger(tree, token.i)
        elif token.text.lower() == "it" and token.dep == "nsubj":
            trigger = pronoun_trigger(tree, token.i)
        if trigger and took_place(tree, trigger):
            yield trigger


def _verb_trigger(spans: Spans, i: int) -> Trigger | None:
    tree = spans.tree
    lemma = tree[i].lemma
    for kind in VERBS.get(lemma, ()):
        if CHECKS[kind](tree, i):
            return Trigger(kind, i, i, "verb")
    if lemma == "discuss" and with_whom(tree, i):
        return Trigger("meeting", i, i, "discuss-with")
    if lemma in NEEDS["telling"] and tells_party(spans, i):
        return Trigger("statement", i, i, "notice")
    if lemma in NEEDS["shown"] and is_shown(tree, i):
        return Trigger("leak", i, i, "document-shown")
    return None


def _noun_trigger(tree: Tree, i: int) -> Trigger | None:
    lemma = tree[i].lemma
    for kind in NOUNS.get(lemma, ()) or NOUNS.get(hyphened(tree, i), ()):
        if not fits(tree, i, kind):
            continue
        verb = told_by(tree, i, kind)
        if verb is not None:
            return Trigger(kind, i, verb, "noun")
    if lemma == "table" and i > 1 and is_seat(tree, i):
        return Trigger("meeting", i, verb_over(tree, i), "table")
    leaked = any(tree[c].text.lower() == "leaked" for c in tree.kids(i, "amod"))
    if lemma in NEEDS["documents"] and leaked:
        return Trigger("leak", i, verb_over(tree, i), "leaked")
    return None
