"""Which words trigger an event, and whether the sentence says that it took place.

A verb by its lemma and what stands beside it ("met", "landed in"), a noun by the verb that tells of it ("held
a meeting", "talks began", "said in an address"). What is negated, hypothetical, feared or only offered is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import Any

from onthetable.lexicon import load
from onthetable.model import EventType
from onthetable.outlets import outlet_of
from onthetable.tree import Spans, Tree

_DATA: dict[str, Any] = load("onthetable.terms", "events.toml")


def _by_word(table: dict[EventType, list[str]]) -> dict[str, list[EventType]]:
    found: dict[str, list[EventType]] = {}
    for kind, words in table.items():
        for word in words:
            found.setdefault(word, []).append(kind)
    return found


_VERBS, NOUNS = _by_word(_DATA["verbs"]), _by_word(_DATA["nouns"])
_LIGHT = {k: frozenset(v) for k, v in _DATA["light"].items()}
NEEDS = {k: frozenset(v) for k, v in _DATA["needs"].items()}
_MOOD = {k: frozenset(v) for k, v in _DATA["mood"].items()}
OBJECTS = ("dobj", "dative")
MODIFIERS = ("poss", "compound", "amod", "nmod")


@dataclass(frozen=True, slots=True)
class Trigger:
    """The word that names an event, and the verb of the clause that tells it."""

    type: EventType
    word: int
    verb: int
    rule: str


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
            trigger = _pronoun_trigger(tree, token.i)
        if trigger and _took_place(tree, trigger):
            yield trigger


def _verb_trigger(spans: Spans, i: int) -> Trigger | None:
    tree = spans.tree
    lemma = tree[i].lemma
    for kind in _VERBS.get(lemma, ()):
        if _CHECKS[kind](tree, i):
            return Trigger(kind, i, i, "verb")
    if lemma == "discuss" and with_whom(tree, i):
        return Trigger("meeting", i, i, "discuss-with")
    if lemma in NEEDS["telling"] and _tells_party(spans, i):
        return Trigger("statement", i, i, "notice")
    if lemma in NEEDS["shown"] and _is_shown(tree, i):
        return Trigger("leak", i, i, "document-shown")
    return None


def _noun_trigger(tree: Tree, i: int) -> Trigger | None:
    lemma = tree[i].lemma
    for kind in NOUNS.get(lemma, ()) or NOUNS.get(_hyphened(tree, i), ()):
        if not _fits(tree, i, kind):
            continue
        verb = _told_by(tree, i, kind)
        if verb is not None:
            return Trigger(kind, i, verb, "noun")
    if lemma == "table" and i > 1 and _is_seat(tree, i):
        return Trigger("meeting", i, _verb_over(tree, i), "table")
    leaked = any(tree[c].text.lower() == "leaked" for c in tree.kids(i, "amod"))
    if lemma in NEEDS["documents"] and leaked:
        return Trigger("leak", i, _verb_over(tree, i), "leaked")
    return None


def _pronoun_trigger(tree: Tree, i: int) -> Trigger | None:
    """ "It began on 4 May", said of the meeting or strike that was named last."""
    verb = tree[i].head
    if tree[verb].lemma not in _COURSE or not _is_dated(tree, verb):
        return None
    for j in range(i - 1, max(-1, i - MEMORY), -1):
        kinds = NOUNS.get(tree[j].lemma, ()) if tree[j].pos in {"NOUN", "PROPN"} else ()
        fitting = next((k for k in kinds if k in {"meeting", "protest"} and _fits(tree, j, k)), None)
        if fitting:
            return Trigger(fitting, i, verb, "pronoun")
    return None


_COURSE = frozenset({"begin", "open", "start", "resume", "end", "conclude", "last", "continue"})
MEMORY = 60
"""How many tokens back a pronoun's meeting or strike is looked for."""


def _is_seat(tree: Tree, i: int) -> bool:
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


def with_whom(tree: Tree, verb: int) -> list[int]:
    """Those behind a "with" of a verb, also where the parser hangs it from a place or time before the verb."""
    first = max(tree.edges[verb][0], verb - 40)
    withs = [i for i in (*range(first, verb), *tree.kids(verb, "prep")) if tree[i].text.lower() == "with"]
    withs = [i for i in withs if not any(tree[j].dep in {"relcl", "acl"} for j in _up_to(tree, i, verb))]
    return [g for i in withs for g in tree.kids(i, "pobj") if is_name(tree, g) or tree[g].tag == "NNS"]


def _up_to(tree: Tree, i: int, top: int) -> Iterator[int]:
    return takewhile(lambda j: j != top, islice(tree.above(i), 12))


def _hyphened(tree: Tree, i: int) -> str:
    """The word of several tokens that a noun heads: "sit-in", "go-slow", "walk-out"."""
    for first in (i, i - 2):
        if first >= 0 and first + 2 < len(tree) and tree[first + 1].text == "-":
            return f"{tree[first].lemma}-{tree[first + 2].lemma}"
    return ""


def _fits(tree: Tree, i: int, kind: EventType) -> bool:
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
    if lemma in {"ban", "action"}:
        return bool(beside & NEEDS["union"])
    if lemma == "strike":
        armed = bool(beside & NEEDS["air"]) or _over(tree, i, "on")
        head = tree[i].head
        gone = _is_on_strike(tree, i)
        called = (tree[head].lemma in _LIGHT["protest"] or gone) and not armed
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


def _told_by(tree: Tree, i: int, kind: EventType) -> int | None:
    """The verb that says that the noun took place: "held a meeting", "talks began", "said in an address"."""
    for c in tree.kids(i, "relcl", "acl"):
        if tree[c].lemma in _LIGHT[kind] and tree.kids(c, "nsubjpass" if tree[c].dep == "relcl" else "agent"):
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
        fixed = dep == "nsubjpass" and kind in {"meeting", "visit", "protest"} and lemma in _MOOD["fixing"]
        return head if lemma in _LIGHT[kind] or put_out or fixed else None
    if dep == "nsubj" and kind == "release":
        return head if lemma in {"take", "happen", "occur", "begin", "follow", "come", "go"} else None
    if dep == "nsubj":
        due = lemma == "be" and kind == "meeting" and any(tree[c].lemma == "due" for c in tree.kids(head, "acomp"))
        return (
            head if due or lemma in _DATA["light"]["happens"] or (lemma == "be" and _is_underway(tree, head)) else None
        )
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
        return _verb_over(tree, over)
    if (
        kind == "meeting"
        and tree[head].text.lower() in {"for", "into"}
        and tree[over].lemma in _DATA["light"]["gathering"]
    ):
        return over
    if kind == "attack" and _is_definite_attack(tree, i):
        return i
    if kind == "protest" and tree[over].pos == "VERB" and _is_amid(tree, i):
        return over
    if kind == "visit" and tree[head].text.lower() in {"on", "during"} and tree[over].pos == "VERB":
        return over
    if tree[head].text.lower() not in _DATA["light"]["during"] or tree[over].pos not in {"VERB", "AUX"}:
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


def _verb_over(tree: Tree, i: int) -> int:
    return next((j for j in tree.above(i) if tree[j].pos in {"VERB", "AUX"}), i)


# --- what a verb needs --------------------------------------------------------------------------------


def agent_of(tree: Tree, verb: int) -> int | None:
    """Who does what the verb says; also a name before it that the parser took for an adverb."""
    for over in (verb, *tree.kids(verb, "aux")):
        found = tree.kid(over, "nsubj")
        if found is not None:
            return found
    loose = (c for c in tree.kids(verb, "advmod", "npadvmod") if c < verb)
    named = (c for c in loose if tree[c].text[0].isupper() and tree[c].entity not in {"DATE", "TIME", ""})
    return next(named, None)


def subject_of(tree: Tree, verb: int) -> int | None:
    """The subject of a verb, active or passive; where the parser found both, the nearer one."""
    both = tree.kids(verb, "nsubj", "nsubjpass")
    return both[-1] if both else agent_of(tree, verb)


def _lemmas_below(tree: Tree, i: int) -> set[str]:
    return {tree[j].lemma for c in tree.children[i] for j in (c, *tree.children[c])}


def is_name(tree: Tree, i: int) -> bool:
    """Whether a token is in the name of a person, body, place or people."""
    return tree[i].entity in {"PERSON", "ORG", "GPE", "NORP"} or tree[i].pos == "PROPN"


def _meets(tree: Tree, i: int) -> bool:
    thing = tree.kid(i, "dobj")
    preps = {tree[p].lemma for p in tree.kids(i, "prep")}
    if tree[i].lemma == "meet":
        subject = agent_of(tree, i if tree[i].dep != "xcomp" else _verb_over(tree, i))
        if tree.kids(i, "nsubjpass") or (subject is not None and tree[subject].lemma in NEEDS["abstract"]):
            return False
        if thing is not None:
            return is_name(tree, thing) or tree[thing].lemma in NEEDS["persons"]
        with_ = with_whom(tree, i)
        if "with" in preps and not with_:
            return False
        return bool(with_ or preps & {"in", "at"}) or (subject is not None and _is_several(tree, subject))
    if tree[i].lemma in {"speak", "talk", "negotiate", "exchange"}:
        views = thing is not None and tree[thing].lemma in {"view", "opinion"}
        return _is_past_form(tree, i) and (views or (tree[i].lemma != "exchange" and bool(with_whom(tree, i))))
    if tree[i].lemma in {"host", "receive"}:
        if tree.kids(i, "agent"):
            return any(_is_person(tree, g) for g in tree.kids(i, "nsubjpass"))
        if thing is None or agent_of(tree, i) is None:
            return False
        return _is_person(tree, thing) or (tree[thing].pos == "PROPN" and tree[thing].entity not in {"DATE", "FAC"})
    if tree[i].lemma == "face":
        return thing is not None and tree[thing].lemma in {"other", "another"}
    if tree[i].lemma == "sit":
        subject = agent_of(tree, i)
        if subject is not None and tree[subject].lemma in NEEDS["pairs"] and _is_dated(tree, i):
            return True
        return "together" in {tree[c].lemma for c in tree.children[i]} or _sits_across(tree, i)
    if tree[i].lemma == "shuttle":
        return "between" in preps
    return True


def _is_person(tree: Tree, i: int) -> bool:
    return tree[i].entity == "PERSON" or tree[i].lemma in NEEDS["persons"]


def _sits_across(tree: Tree, i: int) -> bool:
    """ "Sat in one room", "sat across the table from", "sat down with"."""
    below = _lemmas_below(tree, i)
    return bool(below & {"across", "opposite"}) or {"one", "room"} <= _words_below(tree, i) or bool(with_whom(tree, i))


def _words_below(tree: Tree, i: int) -> set[str]:
    first, last = tree.edges[i]
    return {tree[j].lemma for j in range(i, min(last, i + 12))} if first <= i else set()


def _is_several(tree: Tree, i: int) -> bool:
    return tree[i].tag in {"NNS", "NNPS"} or tree[i].lemma in NEEDS["pairs"] or bool(tree.kids(i, "conj"))


def _visits(tree: Tree, i: int) -> bool:
    subject = subject_of(tree, i)
    if subject is None and tree[i].dep not in {"pcomp", "advcl", "xcomp", "conj", "acl"}:
        return False
    if tree[i].lemma in {"visit", "tour", "reach"}:
        thing = tree.kid(i, "dobj")
        place = thing is not None and (is_name(tree, thing) or tree[thing].lemma in NEEDS["sites"])
        return place and (tree[i].lemma != "reach" or tree[thing or 0].entity in {"GPE", "FAC", "LOC"})
    ways = (
        {"in", "to", "at", "into", "for"}
        if tree[i].lemma in {"head", "depart"}
        else {"for"}
        if tree[i].lemma == "leave"
        else {"in", "to", "at", "into"}
    )
    leads = [
        p for p in tree.kids(i, "prep") if tree[p].lemma in ways or (tree[p].lemma == "from" and _goes_home(tree, i))
    ]
    places = [g for p in leads for g in tree.kids(p, "pobj")]
    if tree[i].lemma in {"head", "return", "leave"}:
        return any(tree[g].entity in {"GPE", "LOC", "FAC"} for g in places) and agent_of(tree, i) is not None
    return any(tree[g].pos == "PROPN" or tree[g].lemma in NEEDS["sites"] for g in places)


def _goes_home(tree: Tree, i: int) -> bool:
    return bool({tree[c].lemma for c in tree.children[i]} & {"home", "back"})


def _announces(tree: Tree, i: int) -> bool:
    """Announced at a place or occasion, not merely made known; an assembly or nation addressed."""
    if tree[i].lemma == "address":
        thing = tree.kid(i, "dobj")
        return thing is not None and tree[thing].lemma in NEEDS["bodies"] | NEEDS["occasions"]
    if tree[i].lemma in {"speak", "broadcast"}:
        to = {tree[g].lemma for p in tree.kids(i, "prep") for g in tree.kids(p, "pobj")}
        return agent_of(tree, i) is not None and bool(to & (NEEDS["bodies"] | NEEDS["occasions"]))
    at = [g for p in tree.kids(i, "prep") if tree[p].lemma in {"on", "in", "at"} for g in tree.kids(p, "pobj")]
    occasion = any(tree[g].entity in {"GPE", "FAC"} or tree[g].lemma in NEEDS["occasions"] for g in at)
    return agent_of(tree, i) is not None and occasion


def _attacks(tree: Tree, i: int) -> bool:
    subject, passive = agent_of(tree, i), tree.kid(i, "nsubjpass")
    if not _is_past_form(tree, i) or (subject is not None and tree[subject].entity == "PERSON"):
        return False
    thing = tree.kid(i, "dobj")
    if i and tree[i].lemma != "fire" and tree[i - 1].tag in {"NN", "NNS"} and _is_weapon(tree, i - 1, "munitions"):
        return True
    if any(x is not None and tree[x].lemma in NEEDS["abstract"] for x in (subject, passive, thing)):
        return False
    if tree[i].lemma in {"fire", "open", "launch", "lob"}:
        return _fires(tree, i)
    if tree[i].lemma == "lose":
        return thing is not None and tree[thing].lemma == "life" and _in_attack(tree, i)
    by = [
        g for a in tree.kids(i, "agent", "prep") if tree[a].text.lower() in {"by", "in"} for g in tree.kids(a, "pobj")
    ]
    if passive is not None and any(_is_weapon(tree, g, "weapons") for g in by):
        return True
    if tree[i].lemma in NEEDS["landing"]:
        return subject is not None and _is_weapon(tree, subject, "munitions")
    if tree[i].lemma in NEEDS["harm"]:
        return passive is not None or (subject is not None and thing is not None)
    if tree[i].lemma == "gun":
        return "down" in _lemmas_below(tree, i)
    if tree[i].lemma == "shoot":
        return subject is not None or passive is not None
    if tree[i].lemma == "attack" and any(tree[p].lemma in {"as", "over", "for"} for p in tree.kids(i, "prep")):
        return False
    if tree[i].lemma in NEEDS["armed"]:
        return passive is not None or (subject is not None and tree.kid(i, "dobj") is not None)
    if tree[i].lemma == "kill" and passive is not None:
        preps = tree.kids(i, "prep", "agent")
        how = {tree[p].lemma for p in preps}
        dated = any(tree[g].entity == "DATE" for p in preps if tree[p].lemma == "on" for g in tree.kids(p, "pobj"))
        dated = dated or any(tree[c].entity in {"DATE", "TIME"} for c in tree.kids(i, "npadvmod", "advmod"))
        return bool("by" in how or _in_attack(tree, i) or dated) and "since" not in how and tree[passive].pos != "NUM"
    if subject is None:
        return False
    if tree[i].lemma == "kill" and thing is not None:
        person = tree[thing].entity == "PERSON" or tree[thing].lemma in NEEDS["persons"] | {"commander", "chief"}
        if person and tree[thing].tag in {"NN", "NNP"}:
            return True
    return _is_weapon(tree, subject, "weapons")


def is_munition(tree: Tree, i: int) -> bool:
    """Whether a noun is what is fired or laid, and nobody."""
    return _is_weapon(tree, i, "munitions")


def _is_past_form(tree: Tree, i: int) -> bool:
    """A past tense, also that of "hit", which the tagger takes for a present, beside another past."""
    if tree[i].tag in {"VBD", "VBN"}:
        return True
    first, last = tree.sentence(i)
    near = range(max(first, i - 12), min(last, i + 12))
    return tree[i].text.lower() == "hit" and (any(tree[j].tag == "VBD" for j in near) or _is_dated(tree, i))


def _is_weapon(tree: Tree, i: int, kind: str) -> bool:
    """Whether a noun, or what it is a number of, is a weapon or those who bear one; words are fired by neither."""
    inner = (g for p in tree.kids(i, "prep") if tree[p].lemma == "of" for g in tree.kids(p, "pobj"))
    return bool({tree[c].lemma for j in (i, *inner) for c in (j, *tree.kids(j, "compound"))} & NEEDS[kind])


def _fires(tree: Tree, i: int) -> bool:
    """ "Fired on the post", "opened fire", "launched rockets at": not a worker who is fired, nor a scheme launched."""
    thing = tree.kid(i, "dobj", "nsubjpass")
    if thing is not None:
        fired = tree[i].lemma != "open" and _is_weapon(tree, thing, "munitions")
        return fired or (tree[i].lemma == "open" and tree[thing].lemma == "fire")
    aimed = [
        g for p in tree.kids(i, "prep") if tree[p].lemma in {"on", "at", "into", "upon"} for g in tree.kids(p, "pobj")
    ]
    known = agent_of(tree, i) is not None and tree[i].lemma == "fire"
    return known and any(tree[g].entity not in {"DATE", "TIME"} for g in aimed)


def _in_attack(tree: Tree, i: int) -> bool:
    inside = (g for p in tree.kids(i, "prep") for g in tree.kids(p, "pobj"))
    return any("attack" in NOUNS.get(tree[g].lemma, ()) for g in inside)


def _releases(tree: Tree, i: int) -> bool:
    thing = tree.kid(i, "dobj", "nsubjpass")
    subject = subject_of(tree, i)
    if tree[i].lemma == "walk":
        free = "free" in _lemmas_below(tree, i)
        return free and subject is not None and tree[i].tag in {"VBD", "VBN"} and tree[subject].lemma in NEEDS["held"]
    told = subject is not None and tree[subject].tag not in {"WDT", "WP"} and _is_past(tree, i)
    if tree[i].lemma in NEEDS["loosing"]:
        below = {tree[c].lemma for c in tree.children[i]} | {tree[min(i + 1, len(tree) - 1)].lemma}
        if not below & {"free", "go", "over", "off", "loose", "back", "home"}:
            return False
        freed = (g for c in tree.kids(i, "ccomp", "xcomp", "oprd") for g in tree.kids(c, "nsubj", "dobj"))
        thing = thing if thing is not None else next(freed, None)
    return thing is not None and told and tree[thing].lemma in NEEDS["held"]


def _protests(tree: Tree, i: int) -> bool:
    if tree[i].lemma in {"march", "parade", "process", "troop"}:
        return _marches(tree, i)
    if tree[i].lemma in {"stop", "stay", "boycott", "block", "blockade", "barricade", "occupy"}:
        return _obstructs(tree, i)
    if tree[i].lemma in {"strike", "walk"}:
        subject = agent_of(tree, i)
        out = tree[i].lemma == "strike" or any(tree[c].lemma in {"out", "off"} for c in tree.children[i])
        crowd = subject is not None and tree[subject].tag == "NNS" and tree[subject].lemma not in NEEDS["weapons"]
        return crowd and out and tree.kid(i, "dobj") is None
    if tree[i].tag in {"VBP", "VBZ", "VB"} or (agent_of(tree, i) is None and tree[i].dep not in {"relcl", "acl"}):
        return False
    if tree[i].lemma == "protest" and tree.kids(i, "ccomp"):
        return False
    if tree[i].lemma == "take":
        return "street" in _lemmas_below(tree, i)
    if tree[i].lemma == "demonstrate" and tree.kid(i, "dobj") is not None:
        return False
    return tree[i].lemma not in NEEDS["outside"] or bool(_lemmas_below(tree, i) & NEEDS["protest-beside"])


def _is_crowd(tree: Tree, i: int) -> bool:
    """Whether a subject is many: a plural that is no weapon, or a word for a crowd."""
    many = tree[i].tag in {"NNS", "NNPS"} and tree[i].lemma not in NEEDS["weapons"]
    return many or tree[i].lemma in NEEDS["crowd"] or tree[i].pos == "PRON"


def _marches(tree: Tree, i: int) -> bool:
    """A crowd that marches somewhere, past, through or against something; an army marches on and into."""
    subject = subject_of(tree, i)
    ways = {tree[p].lemma for p in tree.kids(i, "prep")}
    somewhere = bool(ways & {"past", "to", "through", "against", "outside", "for", "along", "in", "with", "down"})
    return somewhere and subject is not None and tree[i].tag != "VBZ" and _is_crowd(tree, subject)


def _obstructs(tree: Tree, i: int) -> bool:
    """A crowd that blocks a road, stops work or boycotts school; not a government that blocks a bill."""
    subject, thing = agent_of(tree, i), tree.kid(i, "dobj")
    if subject is None or not _is_crowd(tree, subject) or tree[i].tag in {"VBZ", "VB", "VBP"}:
        return False
    return thing is not None and tree[thing].lemma in NEEDS["blocked"]


def _is_past(tree: Tree, verb: int) -> bool:
    """ "Freed", "were freed", "have freed", not "is freed"."""
    now = {tree[c].text.lower() for c in tree.kids(verb, "auxpass")} & {"is", "are", "be"}
    return tree[verb].tag in {"VBD", "VBN"} and not now


def _leaks(tree: Tree, i: int) -> bool:
    thing = tree[i].head if tree[i].dep == "acl" else tree.kid(i, "dobj", "nsubjpass", "nsubj")
    written = thing is not None and bool(
        {tree[g].lemma for g in (thing, *tree.kids(thing, "compound"))} & NEEDS["documents"]
    )
    return written or bool(_lemmas_below(tree, i) & NEEDS["documents"])


_CHECKS = {
    "meeting": _meets, "visit": _visits, "statement": _announces, "attack": _attacks, "release": _releases,
    "protest": _protests, "leak": _leaks,
}  # fmt: skip


def _tells_party(spans: Spans, i: int) -> bool:
    """A party or body is told something on a named day: a notice, not a remark to reporters."""
    tree = spans.tree
    misread = tree[i].dep == "amod" and tree[i].tag == "VBD"
    hearer = tree[i].head if misread else tree.kid(i, *OBJECTS)
    if hearer is None or not (misread or subject_of(tree, i) is not None):
        return False
    if tree[hearer].lemma in {"conference", "briefing"}:
        return True
    actor = spans.actor(hearer)
    if not (tree[hearer].lemma in NEEDS["bodies"] or (actor and actor.party and actor.kind == "organisation")):
        return False
    if outlet_of(tree.subtree_span(hearer).text[:100]):
        return False
    under = [g for p in tree.kids(i, "prep") for g in tree.kids(p, "pobj")]
    return any(tree[c].entity == "DATE" for c in (*tree.kids(i, "npadvmod"), *under, *range(max(0, i - 2), i)))


def _is_shown(tree: Tree, i: int) -> bool:
    """A document is shown, shared or read to somebody, by somebody."""
    agent = [a for a in tree.kids(i, "agent", "prep") if tree[a].text.lower() in {"by", "to", "with"}]
    if tree[i].dep in {"acl", "relcl", "conj"} or tree.kid(i, "nsubjpass") is not None:
        line = [i, *list(tree.above(i))[:3]]
        nouns = [tree.kid(i, "nsubjpass"), *line[1:], *(tree.kid(j, "nsubjpass", "nsubj") for j in line[1:])]
        return bool(agent) and any(n is not None and tree[n].lemma in NEEDS["documents"] for n in nouns)
    thing = tree.kid(i, "dobj")
    if tree[i].lemma == "obtain" and thing is not None:
        return tree[i].tag in {"VBD", "VBN"} and tree[thing].lemma in NEEDS["documents"]
    told = bool(agent) or tree.kid(i, "dative") is not None
    return told and thing is not None and tree[thing].lemma in NEEDS["documents"]


# --- whether it took place ----------------------------------------------------------------------------


def _took_place(tree: Tree, t: Trigger) -> bool:
    if t.type == "meeting" and t.rule == "table":
        return True
    fixed = False
    for i in dict.fromkeys((t.word, t.verb)):
        if any(tree[c].dep == "neg" or tree[c].lemma in {"no", "never"} for c in tree.children[i]):
            return False
        auxiliaries = {tree[c].lemma for c in tree.kids(i, "aux") if tree[c].tag != "NNP"}
        if auxiliaries & _MOOD["modal"]:
            return False
        if auxiliaries & _MOOD["fixed"]:
            fixed = True
        if "to" in auxiliaries and tree[tree[i].head].lemma not in _MOOD["set"] | {"be"}:
            return False
        marks = {tree[c].lemma for c in tree.kids(i, "mark", "advmod", "amod")}
        if marks & _MOOD["unreal"]:
            return False
    habit = t.rule == "verb" and t.type != "statement" and tree[t.verb].tag in {"VBP", "VBZ"}
    if habit and not (t.type == "attack" and _is_past_form(tree, t.verb)) and not _is_dated(tree, t.verb):
        return False
    line = list(islice(tree.above(t.word), 6))
    if any(tree[j].lemma in _MOOD["unreal"] for j in _governors(tree, t.word) if j != t.verb):
        return False
    if tree[t.verb].dep in {"advcl", "relcl", "pcomp", "ccomp"} and any(_is_open(tree, j) for j in line if j != t.verb):
        return False
    return not fixed or t.type in {"meeting", "protest", "visit"}


def _is_dated(tree: Tree, verb: int) -> bool:
    """Whether a day stands by the verb: the present of a habit has none."""
    under = (g for p in tree.kids(verb, "prep") for g in (p, *tree.kids(p, "pobj")))
    return any(tree[c].entity in {"DATE", "TIME"} for c in (*tree.kids(verb, "npadvmod", "advmod"), *under))


def _governors(tree: Tree, i: int) -> Iterator[int]:
    """What a word depends on for being real: its heads, up to a subject or a clause that stands beside."""
    for _ in range(4):
        if tree[i].dep in {"advcl", "relcl", "nsubj", "nsubjpass", "ROOT"}:
            return
        i = tree[i].head
        yield i


def _is_open(tree: Tree, verb: int) -> bool:
    """Whether a verb is only possible: what is told under it need not have taken place."""
    return bool({tree[c].lemma for c in tree.kids(verb, "aux")} & (_MOOD["modal"] | _MOOD["fixed"]))
