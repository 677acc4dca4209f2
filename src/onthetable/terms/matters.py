"""What an act is about: issues that its words name, that were named before, or all that is on the table."""

from __future__ import annotations

from dataclasses import replace

from onthetable.lexicon import load
from onthetable.model import Act
from onthetable.terms import clauses
from onthetable.terms.acts import CLAIMS, RESULTING, WHOLE, Predicate
from onthetable.terms.discourse import Discourse
from onthetable.terms.issues import TALKS, Named
from onthetable.terms.offices import MEDIATORS
from onthetable.terms.stretches import Stretch
from onthetable.tree import Tree

_DATA = load("onthetable.terms", "moves.toml")
WHOLE_KEYS = frozenset(_DATA["whole"])
"""Predicates that are about all that is on the table, with no noun that says so."""
_WIDE = frozenset(_DATA["wide"])
_ANSWERS: frozenset[Act] = frozenset({"accepts", "rejects", "considers"})
SUBSTITUTED: frozenset[Act] = frozenset({"accepts", "rejects"})
"""Answers to "it" that are about what it would give; studying it is about the talks."""
_DENIABLE = (WHOLE | CLAIMS | {"talk"}) - {"it", "this", "that", "them", "those"}
_CALLED = frozenset({"call false", "dismiss report", "reject report", "dismiss claim"})
_POINTING = frozenset(_DATA["pointing"])
_CONTRACTS = frozenset(_DATA["contracts"])
_BREAKING = frozenset(_DATA["breaking"])
WORDED = frozenset(_DATA["worded"])
"""Nouns that name an act only with what it is about."""
_RESUMED = frozenset(_DATA["resumed"])
_OF_WHAT = frozenset({"for", "on", "upon", "to", "over"})
_KNOWN = frozenset({"the", "this", "that"})
_SOON = 6
"""Within how many tokens "that" opens the clause of a claim."""


def matters(d: Discourse, p: Predicate, act: Act, main: Stretch) -> list[Named]:
    """The issues that an act is about; those of a claim for a denial, those named before for "it"."""
    if act == "accuses":
        broken = any(d.tree[j].lemma in _BREAKING for j in range(main.first, main.last))
        named = d.issues.terms(main) if broken else []
        if broken and not named and d.tree[p.head].dep == "relcl":  # "a deal that either says the other broke"
            named = d.issues.terms(Stretch(d.tree.edges[d.tree[p.head].head][0], p.head, p.head))
        return named[:1]
    if act == "denies":
        last = d.tree.sentence(main.first)[1] if p.key in _CALLED else main.last
        inside = [n for n in d.issues.between(main.first, last) if n.issue != TALKS][:1]
        if not inside and any(d.tree[j].lemma in CLAIMS for j in range(main.first, main.last)):
            end = _clause_behind(d.tree, main.last)
            inside = [n for n in d.issues.between(main.last, end) if n.issue != TALKS][:1]
        return inside or d.named(main)
    named = d.named(main)
    if named or act not in ("offers", "demands", "concedes", *_ANSWERS):
        return named
    resumed = _resumed(d, p) if act in _ANSWERS else []
    if resumed:
        return resumed
    if act == "considers":
        return []
    taken = d.taken_up(main)
    return d.counted(p) if not taken or (act in SUBSTITUTED and len(taken) < 2) else taken


def _resumed(d: Discourse, p: Predicate) -> list[Named]:
    """ "..., a condition that they rejected", "an idea that he said he would study": what was told right before."""
    tree, i = d.tree, p.head
    while tree[i].dep in ("ccomp", "xcomp") and tree[i].head != i:
        i = tree[i].head
    noun = tree[i].head
    first, _ = tree.edges[noun]
    indefinite = any(tree[c].text.lower() in ("a", "an") for c in tree.kids(noun, "det"))
    if tree[i].dep not in ("relcl", "acl") or not indefinite or tree[noun].lemma not in _RESUMED:
        return []
    begin, _ = tree.sentence(noun)
    before = [n for n in d.issues.between(begin, first) if n.issue != TALKS][-1:]
    return [replace(n, first=noun, last=noun + 1, head=noun) for n in before if tree[first - 1].text in (",", "–", "—")]


def _clause_behind(tree: Tree, i: int) -> int:
    """The end of the clause that goes on at a token: "denied a report on the site TODAY that the army had left"."""
    end = tree.sentence(min(i, len(tree) - 1))[1]
    that = next((j for j in range(i, min(i + _SOON, end)) if tree[j].text.lower() == "that"), None)
    return i if that is None else max(tree.edges[tree[that].head][1], that + 1)


def named_before(d: Discourse, act: Act, main: Stretch) -> str:
    """What "it" takes up inside one sentence: "did not turn the rise down but voted it through"."""
    first, _ = d.tree.sentence(main.first)
    before = [n.issue for n in d.issues.between(first, main.first) if n.issue != TALKS]
    return before[-1] if before and act in _ANSWERS and not d.table.case.open and d.taken_up(main) else TALKS


def of_meeting(d: Discourse, p: Predicate) -> list[Named]:
    """ "Refused to meet them", "won't sit down with them": what governs a verb of meeting is about the talks."""
    if p.act == "meets" and p.form == "verb" and not d.table.case.open:
        return [Named(TALKS, p.head, p.head + 1, p.head, "mutual")]
    inner = ((c, d.predicates.get(c)) for c in d.tree.kids(p.head, "xcomp"))
    met = (c for c, q in inner if q and (q.act == "meets" or (q.key == "discuss" and p.act == "rejects")))
    return [Named(TALKS, c, c + 1, c, "mutual") for c in met][:1]


def with_subject(d: Discourse, p: Predicate, main: Stretch) -> Stretch:
    """ "An end to the subsidy was their price": a noun may be about the subject of its verb."""
    tree = d.tree
    up = tree[p.head].head
    if tree[p.head].dep == "nsubj" and tree[up].lemma == "be" and tree.kids(up, "attr", "ccomp", "xcomp"):
        return Stretch(main.first, max(main.last, tree.edges[up][1]), main.opens)
    over = tree[up].head
    if tree[up].lemma == "to" and tree[over].lemma in RESULTING:
        return Stretch(main.first, max(main.last, tree.edges[over][1]), main.opens)
    subject = tree.kid(up, "nsubj") if tree[p.head].dep == "attr" else None
    if subject is None or d.issues.terms(main):
        return main
    first = tree.edges[subject][0]
    return Stretch(first, max(main.last, tree.edges[subject][1]), first)


def on_the_whole(d: Discourse, act: Act, p: Predicate, main: Stretch) -> bool:
    """Whether an act that names no issue is about all that is on the table: "accepted the deal", "backed down"."""
    if act in ("accuses", "denies") or p.key in WHOLE_KEYS:
        return True
    if clauses.negated(d.tree, p.head) and p.act in ("offers", "considers"):
        return False
    if act == "considers" and any(d.tree[j].lemma in MEDIATORS | {"mediation"} for j in range(main.first, main.last)):
        return True  # "is rethinking its role as mediator"
    words = (d.tree[j] for j in range(main.first, main.last))
    whole = WHOLE | _CONTRACTS if d.table.case.open else WHOLE
    return any(t.lemma in whole and (act in _ANSWERS or t.pos in ("NOUN", "PROPN")) for t in words)


def points_back(d: Discourse, main: Stretch) -> bool:
    """Whether what is answered is only pointed at: "dismissed the idea", "agreed to this"."""
    words = {d.tree[j].lemma for j in range(main.first, main.last)}
    return not words.isdisjoint(_POINTING)


def about_else(d: Discourse, main: Stretch) -> bool:
    """Whether a claim that is denied is "of" or "about" something that no pack names."""
    told = (j for j in range(main.first, main.last) if d.tree[j].lemma in CLAIMS)
    return any(d.tree[c].lemma in ("of", "about") for j in told for c in d.tree.kids(j, "prep"))


def denies_claim(d: Discourse, p: Predicate, main: Stretch) -> bool:
    """Whether a denial that names no issue is at least of something said, or of something about the talks."""
    words = {d.tree[j].lemma for j in range(main.first, main.last)}
    return " " in p.key or not words.isdisjoint(_DENIABLE | {"such"})


def own_demand(d: Discourse, main: Stretch) -> bool:
    """Whether what is given up is a demand that the clause does not name: "lowered its claim"."""
    nouns = [n for j in range(main.first, main.last) if (n := d.predicates.get(j)) and n.form == "noun"]
    bare = [n for n in nouns if not any(d.tree[c].lemma in _OF_WHAT for c in d.tree.kids(n.head, "prep"))]
    return any(n.act == "demands" and not d.tree.kids(n.head, "acl", "ccomp", "relcl") for n in bare)


def has_object(d: Discourse, p: Predicate) -> bool:
    """Whether a predicate that names no issue of the packs says at least what it is about."""
    if p.form == "noun":
        return p.key not in WORDED and p.act in ("demands", "offers") and spelt_out(d.tree, p.head)
    if p.key in _WIDE or (clauses.negated(d.tree, p.head) and p.act in ("offers", "considers")):
        return False
    marked = (c for c in d.tree.kids(p.head, "advcl") if d.tree.kids(c, "mark"))
    towards = p.key.rpartition(" ")[2]
    split = any(d.tree[m].text.lower() == towards for c in marked for m in d.tree.kids(c, "mark"))
    return split or bool(d.tree.kids(p.head, "dobj", "xcomp", "ccomp", "prep", "nsubjpass"))


def spelt_out(tree: Tree, i: int) -> bool:
    """Whether a noun says what it is about: "the demand that they leave", "their offer to buy the yard"."""
    if tree[i].dep == "nsubj" and tree[tree[i].head].lemma == "be":
        return bool(tree.kids(tree[i].head, "attr", "ccomp", "xcomp"))
    infinitives = (c for c in tree.kids(i, "acl") if tree[c].tag == "VB" or tree.kids(c, "mark"))
    towards = (c for c in tree.kids(i, "prep") if tree[c].lemma in ("for", "to", "on"))
    return any(True for _ in infinitives) or any(True for _ in towards)


def made_known(tree: Tree, p: Predicate) -> bool:
    """ "Put the bid forward over lunch": an offer that was told of before."""
    known = (o for o in tree.kids(p.head, "dobj") if tree[o].lemma == p.key.rpartition(" ")[2])
    return p.key.startswith("make ") and any(tree[c].text.lower() in _KNOWN for o in known for c in tree.kids(o, "det"))
