"""Nouns that name an event, and the words that say that it took place: "held a meeting", "talks began", "on strike"."""

from __future__ import annotations

from onthetable.model import EventType
from onthetable.terms.eventwords import LIGHT, MOOD, NEEDS, NOUNS, Trigger, is_dated, verb_over
from onthetable.tree import Tree


def pronoun_trigger(tree: Tree, i: int) -> Trigger | None:
    """ "It began on 4 May", said of the meeting or strike that was named last."""
    verb = tree[i].head
    if tree[verb].lemma not in _COURSE or not is_dated(tree, verb):
        return None
    for j in range(i - 1, max(-1, i - MEMORY), -1):
        kinds = NOUNS.get(tree[j].lemma, ()) if tree[j].pos in {"NOUN", "PROPN"} else ()
        fitting = next((k for k in kinds if k in {"meeting", "protest"} and fits(tree, j, k)), None)
        if fitting:
            return Trigger(fitting, i, verb, "pronoun")
    return None


_COURSE = frozenset({"begin", "open", "start", "resume", "end", "conclude", "last", "continue"})


MEMORY = 60
"""How many tokens back a pronoun's meeting or strike is looked for."""


def is_seat(tree: Tree, i: int) -> bool:
    """ "Round the table", or back at the one for negotiating."""
    if tree[i - 2].text.lower() in {"round", "around"}:
        return True
    kind = {tree[c].lemma for c in tree.kids(i, "compound", "amod")} & {
        "negotiating",
        "bargaining",
        "conference",
        "negotiate",
    }
    over = tree[tree[i].head].head
    came = tree[over].lemma in {"return", "come", "sit", "get", "meet", "gather"} and tree[over].tag in {"VBD", "VBN"}
    return bool(kind) and tree[i].dep == "pobj" and came


def hyphened(tree: Tree, i: int) -> str:
    """The word of several tokens that a noun heads: "sit-in", "go-slow", "walk-out"."""
    for first in (i, i - 2):
        if first >= 0 and first + 2 < len(tree) and tree[first + 1].text == "-":
            return f"{tree[first].lemma}-{tree[first + 2].lemma}"
    return ""


def fits(tree: Tree, i: int, kind: EventType) -> bool:
    """Whether a noun has the meaning of an event type here: a strike that is armed, a conference of the press."""
    lemma = tree[i].lemma
    beside = {tree[c].lemma for c in tree.kids(i, "compound", "amod", "nmod", "poss")}
    if tree[i].dep in {"compound", "nmod", "amod"}:
        return False
    if lemma in {"call", "conversation"}:
        return bool(beside & {"phone", "telephone", "video", "conference", "courtesy"}) or (
            lemma != "call" and _over(tree, i, "with")
        )
    if kind == "attack" and _is_in_words(tree, i):
        return False
    if lemma in {"television", "radio", "tv"}:
        return tree[tree[i].head].text.lower() in {"on", "over"} and bool(beside & {"state", "national", "public"})
    if lemma == "report":
        return tree[tree[i].head].lemma in {"issue", "publish", "circulate"} and tree[i].dep in {"dobj", "nsubjpass"}
    if lemma in {"ban", "action"}:
        return bool(beside & NEEDS["union"])
    if lemma == "strike":
        armed = bool(beside & NEEDS["air"]) or _over(tree, i, "on")
        head = tree[i].head
        gone = _is_on_strike(tree, i)
        called = (tree[head].lemma in LIGHT["protest"] or gone) and not armed
        return (bool(beside & NEEDS["labour"]) or called) if kind == "protest" else armed
    if lemma == "round":
        inner = [g for p in tree.kids(i, "prep") if tree[p].lemma == "of" for g in tree.kids(p, "pobj")]
        return any(tree[g].lemma in NEEDS["sessions"] for g in inner) or (
            not inner and bool(beside & NEEDS["ordinals"])
        )
    if lemma == "conference":
        return bool(beside & NEEDS["press"]) == (kind == "statement")
    return True


def _is_in_words(tree: Tree, i: int) -> bool:
    """ "An attack on the levy", "a clash of views"."""
    preps = (
        p for p in tree.kids(i, "prep") if tree[p].text.lower() in {"on", "against", "of", "over", "between", "with"}
    )
    abstract = any(tree[g].lemma in NEEDS["abstract"] for p in preps for g in tree.kids(p, "pobj"))
    return abstract or (tree[i].lemma == "clash" and _over(tree, i, "of"))


def _is_on_strike(tree: Tree, i: int) -> bool:
    on = tree[i].head
    going = {"go", "be", "remain", "stay", "come", "out", "walk", "bring", "call"}
    return tree[i].dep == "pobj" and tree[on].text.lower() == "on" and tree[tree[on].head].lemma in going


def _over(tree: Tree, i: int, word: str) -> bool:
    preps = (p for p in tree.kids(i, "prep") if tree[p].text.lower() == word)
    return any(tree[g].entity not in {"DATE", "TIME"} for p in preps for g in tree.kids(p, "pobj"))


def told_by(tree: Tree, i: int, kind: EventType) -> int | None:
    """The verb that says that the noun took place: "held a meeting", "talks began", "said in an address"."""
    for c in tree.kids(i, "relcl", "acl"):
        if tree[c].lemma in LIGHT[kind] and tree.kids(c, "nsubjpass" if tree[c].dep == "relcl" else "agent"):
            return c
    i = _spell(tree, i)
    head, dep = tree[i].head, tree[i].dep
    lemma = tree[head].lemma
    if kind == "release" and dep in {"dobj", "nsubjpass"} and tree[head].tag not in {"VBD", "VBN"}:
        return None
    if dep in {"dobj", "nsubjpass"}:
        if lemma != "break" and any(tree[c].lemma == "off" for c in tree.kids(head, "prt")):
            return None
        put_out = lemma == "put" and kind == "statement" and any(tree[c].lemma == "out" for c in tree.children[head])
        fixed = dep == "nsubjpass" and kind in {"meeting", "visit", "protest"} and lemma in MOOD["fixing"]
        return head if lemma in LIGHT[kind] or put_out or fixed else None
    if dep == "nsubj" and kind == "release":
        return head if lemma in {"take", "happen", "occur", "begin", "follow", "come", "go"} else None
    if dep == "nsubj":
        due = lemma == "be" and kind == "meeting" and any(tree[c].lemma == "due" for c in tree.kids(head, "acomp"))
        ahead = [c for j in (head, *tree.kids(head, "acomp")) for c in tree.kids(j, "xcomp")]
        on = [c for c in ahead if tree[c].lemma in LIGHT["happens"] and lemma in MOOD["set"] | {"be"}]
        if on:
            return on[0]
        return head if due or lemma in LIGHT["happens"] or (lemma == "be" and _is_underway(tree, head)) else None
    if dep == "ROOT":
        return i if kind == "statement" and any(tree[p].lemma in {"by", "from"} for p in tree.kids(i, "prep")) else None
    if dep != "pobj" or tree[head].pos not in {"ADP", "SCONJ", "VERB"}:
        return None
    over = tree[head].head
    if tree[over].lemma in _POINTS and tree[over].dep == "pobj":
        head, over = tree[over].head, tree[tree[over].head].head
    if kind == "protest" and _is_on_strike(tree, i):
        return over
    if kind == "meeting" and tree[head].text.lower() == "of" and tree[over].text.lower() == "out":
        return verb_over(tree, over)
    if kind == "meeting" and tree[head].text.lower() in {"for", "into"} and tree[over].lemma in LIGHT["gathering"]:
        return over
    if kind == "attack" and _is_definite_attack(tree, i):
        return i
    if kind == "protest" and tree[over].pos == "VERB" and _is_amid(tree, i):
        return over
    if kind == "visit" and tree[head].text.lower() in {"on", "during"} and tree[over].pos == "VERB":
        return over
    aired = kind == "statement" and tree[head].text.lower() in {"on", "over"} and tree[over].lemma in NEEDS["saying"]
    if aired and tree[i].lemma in {"television", "radio", "tv"}:
        return over
    if tree[head].text.lower() not in LIGHT["during"] or tree[over].pos not in {"VERB", "AUX"}:
        return None
    if kind == "statement":
        return over if tree[over].lemma in NEEDS["saying"] else None
    if kind == "attack":
        return over if tree[over].lemma in DYING else None
    told = kind == "meeting" and tree[head].text.lower() in {"after", "following", "at", "during", "in"}
    return over if told and (_has_own_clause(tree, i) or _is_single(tree, i)) else None


_POINTS = frozenset(
    [
        "end",
        "close",
        "start",
        "beginning",
        "conclusion",
        "day",
        "opening",
        "sidelines",
        "margins",
        "wake",
        "outset",
        "course",
        "eve",
    ]
)


DYING = frozenset(
    ["kill", "die", "wound", "injure", "destroy", "hit", "perish", "hurt", "lose", "damage", "maim", "slay"]
)


def _is_amid(tree: Tree, i: int) -> bool:
    """ "Said at a rally", "shut their shops in a protest": those who do so take part; not so "during the strike"."""
    given = {tree[c].lemma for c in tree.kids(i, "det")}
    lead = tree[tree[i].head].text.lower()
    return (lead == "at" and tree[i].lemma != "strike") or (lead == "in" and not given & {"the", "this", "that"})


def _is_definite_attack(tree: Tree, i: int) -> bool:
    """ "The attack on the bridge", "Monday's shelling of": one that happened, whatever the verb says of it."""
    given = {tree[c].lemma for c in tree.kids(i, "det")} & {"the", "that", "this"} or tree.kids(i, "poss")
    whom = any(tree[p].text.lower() in {"on", "of", "against"} for p in tree.kids(i, "prep"))
    return bool(given) and whom and tree[i].tag in {"NN", "VBG"}


def _is_single(tree: Tree, i: int) -> bool:
    """Whether one certain meeting is meant: by its number, its day, its place or those who met."""
    numbered = {tree[c].lemma for c in tree.kids(i, "amod")} & NEEDS["ordinals"]
    beside = {tree[p].text.lower() for p in tree.kids(i, "prep")} & {"with", "between", "in", "at", "on"}
    day = any(tree[c].entity in {"DATE", "TIME"} for c in tree.kids(i, "compound", "npadvmod", "nmod", "poss"))
    return bool(numbered or beside or day) and tree[i].lemma != "dialogue"


def _spell(tree: Tree, i: int) -> int:
    """The head of "a night of talks", which is what stands in the sentence."""
    over = tree[tree[i].head].head
    return over if tree[tree[i].head].text.lower() == "of" and tree[over].lemma in _SPELLS else i


_SPELLS = frozenset(
    [
        "night",
        "day",
        "hour",
        "round",
        "series",
        "marathon",
        "evening",
        "weekend",
        "week",
        "morning",
        "session",
        "bout",
        "end",
        "start",
    ]
)


def _has_own_clause(tree: Tree, i: int) -> bool:
    """Whether the noun says something of itself: a session that began on a day, Monday's meeting with whom."""
    dated = any(tree[c].entity == "DATE" for c in tree.kids(i, "poss"))
    return dated or bool(tree.kids(i, "relcl", "acl")) or tree[i].lemma in _SPELLS


def _is_underway(tree: Tree, verb: int) -> bool:
    for c in tree.children[verb]:
        below = {tree[g].lemma for g in tree.kids(c, "pobj")}
        if tree[c].lemma == "underway" or (tree[c].lemma in {"over", "on"} and not below):
            return True
        if tree[c].lemma in {"under", "in"} and below & {"way", "progress", "session"}:
            return True
    return False
