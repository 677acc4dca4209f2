"""Verbs that tell an event, by what stands beside them: who meets whom, what is shelled, who is freed."""

from __future__ import annotations

from onthetable.outlets import outlet_of
from onthetable.terms.eventwords import (
    NEEDS,
    NOUNS,
    OBJECTS,
    agent_of,
    is_crowd,
    is_dated,
    is_name,
    is_past_form,
    is_person,
    is_several,
    lemmas_below,
    subject_of,
    verb_over,
    with_whom,
)
from onthetable.tree import Spans, Tree


def _meets(tree: Tree, i: int) -> bool:
    thing = tree.kid(i, "dobj")
    preps = {tree[p].lemma for p in tree.kids(i, "prep")}
    if tree[i].lemma == "meet":
        subject = agent_of(tree, i if tree[i].dep != "xcomp" else verb_over(tree, i))
        if tree.kids(i, "nsubjpass") or (subject is not None and tree[subject].lemma in NEEDS["abstract"]):
            return False
        if thing is not None:
            return is_name(tree, thing) or tree[thing].lemma in NEEDS["persons"]
        with_ = with_whom(tree, i)
        if "with" in preps and not with_:
            return False
        return bool(with_ or preps & {"in", "at"}) or (subject is not None and is_several(tree, subject))
    if tree[i].lemma in {"speak", "talk", "negotiate", "exchange"}:
        views = thing is not None and tree[thing].lemma in {"view", "opinion"}
        return is_past_form(tree, i) and (views or (tree[i].lemma != "exchange" and bool(with_whom(tree, i))))
    if tree[i].lemma in {"host", "receive"}:
        if tree.kids(i, "agent"):
            return any(is_person(tree, g) for g in tree.kids(i, "nsubjpass"))
        if thing is None or agent_of(tree, i) is None:
            return False
        return is_person(tree, thing) or (tree[thing].pos == "PROPN" and tree[thing].entity not in {"DATE", "FAC"})
    if tree[i].lemma in {"gather", "assemble", "congregate", "haggle", "bargain", "wrangle", "spar"}:
        subject = agent_of(tree, i)
        official = subject is not None and tree[subject].tag != "NN" and is_person(tree, subject)
        return official and is_past_form(tree, i) and (is_dated(tree, i) or bool(preps & {"in", "at"}))
    if tree[i].lemma == "play":
        return thing is not None and tree[thing].lemma == "host" and _is_past(tree, i)
    if tree[i].lemma == "come":
        return bool(lemmas_below(tree, i) & {"face", "together"}) and is_past_form(tree, i)
    if tree[i].lemma in {"dine", "lunch"} and not with_whom(tree, i):
        return "together" in lemmas_below(tree, i)
    if tree[i].lemma == "face":
        return thing is not None and tree[thing].lemma in {"other", "another"}
    if tree[i].lemma == "sit":
        subject = agent_of(tree, i)
        if subject is not None and tree[subject].lemma in NEEDS["pairs"] and is_dated(tree, i):
            return True
        return "together" in {tree[c].lemma for c in tree.children[i]} or _sits_across(tree, i)
    if tree[i].lemma == "shuttle":
        return "between" in preps
    return True


def _sits_across(tree: Tree, i: int) -> bool:
    """ "Sat in one room", "sat across the table from", "sat down with"."""
    below = lemmas_below(tree, i)
    return bool(below & {"across", "opposite"}) or {"one", "room"} <= _words_below(tree, i) or bool(with_whom(tree, i))


def _words_below(tree: Tree, i: int) -> set[str]:
    first, last = tree.edges[i]
    return {tree[j].lemma for j in range(i, min(last, i + 12))} if first <= i else set()


def _visits(tree: Tree, i: int) -> bool:
    subject = subject_of(tree, i)
    if subject is None and tree[i].dep not in {"pcomp", "advcl", "xcomp", "conj", "acl"}:
        return False
    if tree[i].lemma in {"visit", "tour", "reach", "inspect"}:
        thing = tree.kid(i, "dobj") if not tree.kids(i, "agent") else tree.kid(i, "nsubjpass")
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
    if tree[i].lemma in {"go", "come"} and (
        subject is None or not (is_person(tree, subject) or is_name(tree, subject))
    ):
        return False
    if tree[i].lemma in {"head", "return", "leave", "go", "come"}:
        sites = NEEDS["sites"] if tree[i].lemma == "return" else frozenset()
        known = any(tree[g].entity in {"GPE", "LOC", "FAC"} or tree[g].lemma in sites for g in places)
        return known and agent_of(tree, i) is not None
    return any(tree[g].pos == "PROPN" or tree[g].lemma in NEEDS["sites"] for g in places)


def _goes_home(tree: Tree, i: int) -> bool:
    return bool({tree[c].lemma for c in tree.children[i]} & {"home", "back"})


def _announces(tree: Tree, i: int) -> bool:
    """Announced at a place or occasion, not merely made known; an assembly or nation addressed."""
    if tree[i].lemma == "address":
        thing = tree.kid(i, "dobj")
        return thing is not None and tree[thing].lemma in NEEDS["bodies"] | NEEDS["occasions"]
    if tree[i].lemma == "write":
        to = [g for p in tree.kids(i, "prep", "dative") if tree[p].lemma == "to" for g in tree.kids(p, "pobj")]
        return any(is_name(tree, g) or tree[g].lemma in NEEDS["bodies"] for g in to) and is_dated(tree, i)
    if tree[i].lemma in {"speak", "broadcast"}:
        whom = {tree[g].lemma for p in tree.kids(i, "prep") for g in tree.kids(p, "pobj")}
        return agent_of(tree, i) is not None and bool(whom & (NEEDS["bodies"] | NEEDS["occasions"]))
    at = [g for p in tree.kids(i, "prep") if tree[p].lemma in {"on", "in", "at"} for g in tree.kids(p, "pobj")]
    occasion = any(tree[g].entity in {"GPE", "FAC"} or tree[g].lemma in NEEDS["occasions"] for g in at)
    return agent_of(tree, i) is not None and occasion


def _attacks(tree: Tree, i: int) -> bool:
    subject, passive = agent_of(tree, i), tree.kid(i, "nsubjpass")
    if not is_past_form(tree, i) or (subject is not None and tree[subject].entity == "PERSON"):
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
    if tree[i].lemma == "blow":
        return "up" in lemmas_below(tree, i) and (thing is not None or passive is not None)
    if tree[i].lemma == "gun":
        return "down" in lemmas_below(tree, i)
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
        free = "free" in lemmas_below(tree, i)
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
        return "street" in lemmas_below(tree, i)
    if tree[i].lemma == "demonstrate" and tree.kid(i, "dobj") is not None:
        return False
    return tree[i].lemma not in NEEDS["outside"] or bool(lemmas_below(tree, i) & NEEDS["protest-beside"])


def _marches(tree: Tree, i: int) -> bool:
    """A crowd that marches somewhere, past, through or against something; an army marches on and into."""
    subject = subject_of(tree, i)
    ways = {tree[p].lemma for p in tree.kids(i, "prep")}
    somewhere = bool(ways & {"past", "to", "through", "against", "outside", "for", "along", "in", "with", "down"})
    return somewhere and subject is not None and tree[i].tag != "VBZ" and is_crowd(tree, subject)


def _obstructs(tree: Tree, i: int) -> bool:
    """A crowd that blocks a road, stops work or boycotts school; not a government that blocks a bill."""
    subject, thing = agent_of(tree, i), tree.kid(i, "dobj")
    if subject is None or not is_crowd(tree, subject) or tree[i].tag in {"VBZ", "VB", "VBP"}:
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
    return written or bool(lemmas_below(tree, i) & NEEDS["documents"])


CHECKS = {
    "meeting": _meets, "visit": _visits, "statement": _announces, "attack": _attacks, "release": _releases,
    "protest": _protests, "leak": _leaks,
}  # fmt: skip


def tells_party(spans: Spans, i: int) -> bool:
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


def is_shown(tree: Tree, i: int) -> bool:
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
