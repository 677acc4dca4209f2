"""What turns an act: negation, mood, "no longer", verbs that only tell, clauses that only suppose.

Polarity and modality as in event factuality (FactBank: Saurí and Pustejovsky 2009), read off the tree alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import cast

from onthetable.lexicon import load
from onthetable.model import ACTS, Act
from onthetable.terms import clauses
from onthetable.terms.acts import LIKING, NOUNS, OWN_SIDE, PACTS, WHOLE, Predicate
from onthetable.terms.denials import untold
from onthetable.terms.table import Seat, Table
from onthetable.tree import Tree

_DATA = load("onthetable.terms", "turns.toml")
_TELLING = frozenset(_DATA["telling"])
_MAKING = frozenset(_DATA["making"])
_CALLING_UPON = frozenset(_DATA["calling_upon"])
SPEAKING = frozenset(_DATA["speaking"])
"""Verbs of telling, whose refusal is no answer."""
_TOLD_THINGS = frozenset(_DATA["told_things"])
_REPORTING = frozenset(_DATA["reporting"])
_TRYING = frozenset(_DATA["trying"])
_ASKING = frozenset(_DATA["asking"])
_AHEAD = frozenset(_DATA["ahead"])
_RULING_OUT = frozenset(_DATA["ruling_out"])
_RECKONING = frozenset(_DATA["reckoning"])
_WINNING_OVER = frozenset(_DATA["winning_over"])
_COMING_TOGETHER = frozenset(_DATA["coming_together"])
_UNCHANGED = frozenset(_DATA["unchanged"])
_TALKING_OVER = frozenset(load("onthetable.terms", "moves.toml")["conferring"])
_TAKING_PART = frozenset(_DATA["taking_part"])
_ONLOOKERS = frozenset(_DATA["onlookers"])
_FORETELLING = frozenset(_DATA["foretelling"])
_HEARING = frozenset({"hear", "overhear"})
_CHANCES = frozenset(_DATA["chances"])
_AVERSE = frozenset({"opposed", "averse", "reluctant", "unwilling"})
_PASSING_ON = frozenset(_DATA["passing_on"])
_OFFERING = frozenset(_DATA["offering"])
_WEAK = frozenset(_DATA["weak"])
_STRONG = frozenset(_DATA["strong"])
_RECKONED: frozenset[Act] = frozenset({"accepts", "rejects", "concedes", "considers", "offers", "threatens"})
"""What forecasters like to foretell."""
_TOLD: frozenset[Act] = frozenset({"offers", "rejects", "accepts", "threatens"})
"""The acts whose "would" another side may report: "they would let us in", she said."""
_GOING = frozenset(_DATA["going"])
_DECREES = frozenset(_DATA["decrees"])
_STRIVING = frozenset(_DATA["striving"])
_DOING = frozenset(_DATA["doing_before"])
_STILL_TO_COME = frozenset(_DATA["still_to_come"])
_NEGATED = {act: cast(Act, turned) for act, turned in _DATA["negated"].items() if turned in ACTS}


def turned(tree: Tree, act: Act, p: Predicate) -> Act | None:
    """The act that "no longer" or a negation makes of an act; None where it leaves no move."""
    if act in ("demands", "rejects") and clauses.ceases(tree, p.head):
        return "concedes"
    if clauses.pending(tree, p.head):
        return None
    if act in ("accepts", "rejects") and _neither(tree, p.head):
        return "considers"
    if act == "rejects" and _leaves_open(tree, p.head):
        return "considers"
    if act == "considers" and p.key not in _TALKING_OVER and _is_over(tree, p.head):
        return None
    if act == "accepts" and p.key in _COMING_TOGETHER and _falls_short(tree, p):
        return None
    if act == "threatens" and p.form == "verb" and any(clauses.negated(tree, c) for c in tree.kids(p.head, "xcomp")):
        return "rejects"
    if p.negative or not clauses.negated(tree, p.head):
        return act
    if act == "rejects" and (p.key in _RULING_OUT or (p.form == "adjective" and p.key in _AVERSE)):
        return "considers"
    if act == "meets" and _absent(tree, p):
        return None
    if p.key == "want":
        return "rejects"
    if act == "delivers" and clauses.modality(tree, p.head) in ("will", "would", "may"):
        return "rejects"
    return _NEGATED.get(act)


def _is_over(tree: Tree, i: int) -> bool:
    """ "After reviewing the offer", "having studied it": what was weighed has been answered by now."""
    after = tree[i].dep == "pcomp" and tree[tree[i].head].lemma in ("after", "since", "upon")
    having = any(tree[c].text.lower() == "having" for c in tree.kids(i, "aux"))
    return after or having


def _neither(tree: Tree, i: int) -> bool:
    """ "Neither accepted nor rejected": still weighed."""
    first = tree[i].head if tree[i].dep == "conj" else i
    neither = any(tree[c].lemma == "neither" for c in tree.kids(first, "preconj", "cc", "advmod", "det"))
    return neither and any(tree[c].pos == "VERB" for c in tree.kids(first, "conj"))


def _absent(tree: Tree, p: Predicate) -> bool:
    """ "Did not meet", "was not taking part": told of what did not take place, which need be nobody's refusal."""
    told = any(tree[c].text.lower() in ("did", "has", "have", "had") for c in tree.kids(p.head, "aux"))
    return not clauses.modality(tree, p.head) and (told or p.key in _TAKING_PART)


def _leaves_open(tree: Tree, i: int) -> bool:
    """ "Refused to rule out": the door stays open."""
    return any(
        tree[c].lemma in _RULING_OUT
        or (tree[c].lemma == "rule" and any(tree[k].lemma == "out" for k in tree.children[c]))
        for c in tree.kids(i, "xcomp")
    )


def _falls_short(tree: Tree, p: Predicate) -> bool:
    """ "Failed to agree", "could not reach a deal": talks that came to nothing, and nobody's refusal."""
    up = tree[tree[p.head].head]
    failed = tree[p.head].dep == "xcomp" and clauses.failing(up.lemma)
    able = ("could",) if p.key == "agree" else ("could", "can", "ca")
    unable = any(tree[c].text.lower() in able for c in tree.kids(p.head, "aux"))
    return failed or (clauses.negated(tree, p.head) and unable)


def reckoned(tree: Tree, p: Predicate) -> bool:
    """Whether an answer is only held to be likely, near or hoped for: "unlikely to agree", "close to signing"."""
    if p.act not in _RECKONED:
        return False
    if _once(tree, p.head) or (p.act in ("accepts", "offers") and _as_told(tree, p.head)):
        return True
    together = p.act == "accepts" and _comes_together(p)
    if together and tree[p.head].tag == "VBG" and tree[p.head].dep == "pcomp":
        return tree[tree[p.head].head].lemma not in _DOING
    for j in islice(tree.above(p.head), 3):
        if tree[j].lemma in _RECKONING or (together and tree[j].lemma in _STRIVING):
            return True
        if tree[j].pos not in ("ADP", "AUX"):
            return False
    return False


def _once(tree: Tree, i: int) -> bool:
    """ "When the sides agree, the army can leave": still to come."""
    if tree[i].dep != "advcl" or tree[i].tag not in ("VBP", "VBZ"):
        return False
    marks = (tree[c].text.lower() for c in tree.kids(i, "mark", "advmod"))
    return any(m in _STILL_TO_COME for m in marks)


def _as_told(tree: Tree, i: int) -> bool:
    """ "As it promised in May", "as they had agreed": only taken up again."""
    marks = {tree[c].text.lower() for c in tree.kids(i, "mark", "advmod")}
    return tree[i].dep == "advcl" and "as" in marks and "if" not in marks and not tree.kids(i, "dobj", "xcomp", "ccomp")


def _comes_together(p: Predicate) -> bool:
    """Whether a predicate tells that both sides make a pact."""
    return p.key in _COMING_TOGETHER or p.key.split()[-1] in PACTS


def brought_to_nothing(tree: Tree, i: int) -> bool:
    """ "Failed to persuade them to accept", "hoped to get them to sign": what was only tried was not done."""
    up = tree[i].head
    if tree[i].dep not in ("xcomp", "ccomp") or up == i or tree[up].lemma not in _WINNING_OVER:
        return False
    return clauses.negated(tree, up) or tree[up].tag in ("VB", "VBG") or clauses.modality(tree, up) != ""


def outcome(tree: Tree, p: Predicate) -> bool:
    """What is given as the outcome of something else, and no deed of its own: "agreed to it, ending the strike"."""
    return (
        p.act == "delivers" and tree[p.head].tag == "VBG" and tree[p.head].dep == "advcl" and tree[p.head].head < p.head
    )


def taking_over(tree: Tree, p: Predicate, predicates: Mapping[int, Predicate]) -> Predicate | None:
    """The predicate that decides the act in place of a weak one: "ready to concede" concedes."""
    laid_before = p.form == "verb" and p.act == "offers"
    open_to = p.form == "adjective" and p.act in ("offers", "considers")
    if p.key not in _WEAK | _OFFERING and not open_to and not laid_before:
        return None
    for c in tree.kids(p.head, "xcomp", "prep"):
        below = (predicates.get(b) for b in (c, *tree.kids(c, "pcomp", "pobj")))
        inner = next((b for b in below if b), None)
        if inner and laid_before and inner.key == OWN_SIDE:
            return inner
        if p.key not in _WEAK | _OFFERING and not open_to:
            continue
        taken = _STRONG if p.key not in _OFFERING else ("mediates", "considers")
        if inner and inner.form == "verb" and inner.act in taken and not _stays(p, inner):
            return inner
    return None


def _stays(p: Predicate, inner: Predicate) -> bool:
    """ "Ready to make a deal" still offers, and "agreed to ease the rules" still accepts."""
    if p.form == "adjective":
        return p.act == "offers" and (
            inner.key == "make concession" or (inner.act == "accepts" and _comes_together(inner))
        )
    return p.key in ("agree", "agree to") and inner.act == "concedes" and " " not in inner.key


def tries_to(tree: Tree, p: Predicate) -> bool:
    """Whether a party tries to do something itself, which asks nothing of others: "sought to calm nerves"."""
    own = [c for c in tree.kids(p.head, "xcomp") if not tree.kids(c, "nsubj") and tree[c].lemma not in _ASKING]
    return p.key in _TRYING and bool(own) and not tree.kids(p.head, "dobj")


def tells_only(tree: Tree, p: Predicate) -> bool:
    """Whether a verb that may ask, offer or refuse is about telling: "insists that it was", "declined to say"."""
    if p.act == "rejects" and any(
        tree[c].lemma in SPEAKING and not _until(tree, c) for c in tree.kids(p.head, "xcomp", "dobj")
    ):
        return True
    asked = tree.kids(p.head, "xcomp") if p.act == "demands" and p.form == "verb" else []
    if any(tree[c].lemma in _PASSING_ON for c in asked):
        return True
    if p.form == "noun" and p.key == "claim" and any(tree.kids(c, "mark") for c in tree.kids(p.head, "acl")):
        return True
    if p.act == "offers" and any(tree[c].lemma in _TOLD_THINGS for c in tree.kids(p.head, "dobj", "nsubjpass")):
        return True
    if p.key.split()[0] in ("sign", "ink") and any(
        tree[o].lemma in _DECREES for o in tree.kids(p.head, "dobj", "nsubjpass")
    ):
        return True
    if (
        p.key in ("decline", "decline to")
        and not tree.kids(p.head, "xcomp", "nsubjpass")
        and not _declines(tree, p.head)
    ):
        return True
    if p.key in _GOING and any(tree[c].dep == "auxpass" for j in _under(tree, p) for c in tree.children[j]):
        return True
    told = tree.kid(p.head, "ccomp") if p.key in _TELLING else None
    if told is None:
        return False
    mood = clauses.modality(tree, told)
    if mood == "may":
        return p.key != "suggest" or any(tree[c].lemma == "have" for c in tree.kids(told, "aux"))
    if mood in ("will", "would"):
        return p.act in ("demands", "offers")
    if p.act == "demands" and tree[told].text.lower() in _UNCHANGED and not tree.kids(told, "aux", "auxpass"):
        subject = tree.kid(told, "nsubj")
        return subject is not None and tree[subject].pos == "PRON"  # "insisted that the crews hand back the keys"
    return mood == "" and any(tree[j].tag in ("VBZ", "VBD") for j in (told, *tree.kids(told, "aux", "auxpass")))


def _until(tree: Tree, i: int) -> bool:
    """ "Refuses to discuss the ban until the duty goes": a refusal to talk, with its term."""
    if tree[i].lemma != "discuss":
        return False
    below = (c for j in (i, tree[i].head) for c in tree.kids(j, "advcl"))
    return any(tree[m].lemma in ("until", "unless", "till", "before") for c in below for m in tree.kids(c, "mark"))


def _declines(tree: Tree, i: int) -> bool:
    """Whether "decline" has an object that can be refused: no fall of figures, and no comment."""
    return any(tree[o].lemma not in SPEAKING for o in tree.kids(i, "dobj"))


def _under(tree: Tree, p: Predicate) -> tuple[int, ...]:
    """The verb that an idiom of what will not be governs."""
    return tuple(j for j in range(p.last, min(p.last + 2, len(tree))) if tree[j].pos == "VERB")


def made_to(tree: Tree, i: int) -> bool:
    """ "Pressure led them to enter talks", "urged them to agree": who is made or asked to act does not act here."""
    up = tree[tree[i].head]
    if _demanded(tree, i) or (tree[i].dep == "xcomp" and _demanded(tree, up.i)):
        return True
    if tree[i].dep not in ("xcomp", "ccomp") or up.i == i:
        return False
    to = any(tree[c].tag == "TO" for c in tree.kids(i, "aux"))
    asked = to and up.lemma in _CALLING_UPON and bool(tree.kids(i, "nsubj") or tree.kids(up.i, "dobj"))
    return up.lemma in _MAKING or asked


def _demanded(tree: Tree, i: int) -> bool:
    """ "Their insistence that the company promise a rise": what a noun asks for is done by nobody yet."""
    mark = tree.kid(i, "mark")
    if tree[i].dep not in ("ccomp", "acl", "relcl") or not mark or tree[mark].text.lower() != "that":
        return False
    if tree[i].tag == "VBD" and not tree.kids(i, "dobj", "nsubjpass", "ccomp", "xcomp"):
        return False  # "a demand that they rejected"
    return mark > 0 and NOUNS.get(tree[mark - 1].lemma) == "demands"


def unreal(tree: Tree, i: int) -> bool:
    """Asked, supposed, part of a condition, or only wished for ("time for them to agree"): no move."""
    imagined = clauses.question(tree, i) or clauses.supposed(tree, i) or _for_to(tree, i)
    return imagined or _not_that(tree, i) or _untold(tree, i) or _chance(tree, i)


def _chance(tree: Tree, i: int) -> bool:
    """ "The odds on them signing", "no prospect of its lifting the ban", "in no mood to sign"."""
    over = tree[i].head
    if tree[i].dep == "acl" and tree[i].tag == "VBG" and tree[over].dep == "pobj":
        over = tree[over].head  # "odds on the union signing"
    noun = tree[over].head if tree[over].dep == "prep" else over
    if tree[i].dep not in ("pcomp", "acl") or tree[noun].lemma not in _CHANCES:
        return False
    return tree[i].tag == "VBG" or any(tree[c].text.lower() in ("no", "little") for c in tree.kids(noun, "det", "amod"))


def _untold(tree: Tree, i: int) -> bool:
    """What nobody is said to have said: "denied telling them that it would", "never said that they would"."""
    below = i
    for j in islice(tree.above(i), 8):
        if tree[below].dep == "ccomp" and untold(tree, j):
            return True
        below = j
    return False


def _not_that(tree: Tree, i: int) -> bool:
    """ "It is not that we won't": what follows is said not to be the case."""
    up = tree[i].head
    if tree[i].dep != "ccomp" or tree[up].lemma != "be" or not tree.kids(up, "neg"):
        return False
    it = any(tree[c].text.lower() in ("it", "this", "that") for c in tree.kids(up, "nsubj", "expl"))
    return it and any(tree[c].text.lower() == "that" for c in tree.kids(i, "mark"))


def stopped_short(tree: Tree, i: int) -> bool:
    """ "Stopped short of endorsing it", "fell short of a yes": what did not come about, and no refusal either."""
    if tree[i].lemma in ("stop", "fall") and tree[min(i + 1, len(tree) - 1)].lemma == "short":
        return True
    of = tree[i].head
    return tree[i].dep in ("pcomp", "pobj") and tree[of].lemma == "of" and tree[max(of - 1, 0)].lemma == "short"


def foretold(table: Table, i: int) -> bool:
    """What those foretell who only look on: "analysts say they will sign", "bookmakers have them accepting"."""
    tree = table.tree
    mood = clauses.modality(tree, i)
    statement = table.statement(i)
    source = statement.source if statement else None
    if source and not source.party and mood in ("will", "would", "may"):
        first, last = tree.range(source.span.start, source.span.end)
        if any(tree[j].lemma in _ONLOOKERS for j in range(first, last)):
            return True
    below = i
    for j in islice(tree.above(i), 6):
        heard = tree[j].lemma in _HEARING and tree[below].dep in ("ccomp", "prep")
        if heard and not table.seats(clauses.subject(tree, j)):
            return True
        if tree[j].lemma in _FORETELLING and any(tree[s].lemma in _ONLOOKERS for s in tree.kids(j, "nsubj")):
            ahead = clauses.modality(tree, below) or tree[below].tag in ("VB", "VBG")
            return bool(ahead) or (tree[j].lemma in ("have", "be") and tree[i].tag == "VBG")
        below = j
    return False


def _for_to(tree: Tree, i: int) -> bool:
    """Whether an infinitive has a subject of its own, and is no headline: "a chance for both sides to meet"."""
    infinitive = tree[i].tag == "VB" and any(tree[c].tag == "TO" for c in tree.kids(i, "aux"))
    return infinitive and tree[i].dep in ("advcl", "acl", "relcl", "pcomp") and bool(tree.kids(i, "nsubj"))


def asserted(table: Table, p: Predicate, seats: list[Seat]) -> bool:
    """Whether the clause says that the act is done, and not that it might be.

    "Might" is no move, unless it is denied ("cannot accept") or a party says it of itself ("we may consider").
    "Would" commits only those who say it themselves, or whom an unnamed source speaks about.
    """
    mood = clauses.modality(table.tree, p.head)
    if p.negative or p.key in LIKING:
        return True
    if mood == "would" and _counterfactual(table.tree, p, seats):
        return False
    if mood not in ("may", "would"):
        return True
    if mood == "would" and p.act in ("meets", "mediates") and _backshifted(table.tree, p.head):
        return True
    denied = clauses.negated(table.tree, p.head) or clauses.twice_negated(table.tree, p.head)
    speaker = table.speaker(p.head)
    own = any(s.party == speaker for s in seats)
    if mood == "may":
        return (denied and p.act in ("accepts", "offers")) or (own and p.act == "considers")
    statement = table.statement(p.head)
    source = statement.source if statement else None
    unnamed = speaker is None and source is not None and source.kind == "anonymous"
    retold = statement is not None and not statement.quoted and speaker is not None
    told = p.act in _TOLD and retold and bool(seats) and not own
    deed = p.act == "delivers" and not _under_plan(table.tree, p.head)
    return own or unnamed or told or deed or (denied and p.act == "accepts")


def _counterfactual(tree: Tree, p: Predicate, seats: list[Seat]) -> bool:
    """ "Would have accepted a smaller rise": what a party says it would have done it has not done."""
    perfect = any(tree[c].lemma == "have" for c in tree.kids(p.head, "aux")) and tree[p.head].tag == "VBN"
    subject = clauses.subject(tree, p.head)
    return perfect and bool(seats) and subject is not None and tree[subject].lemma not in WHOLE


def _backshifted(tree: Tree, i: int) -> bool:
    """Whether "would" is the "will" of reported speech: "said that the two sides would meet"."""
    return tree[i].dep == "ccomp" and tree[tree[i].head].lemma in _REPORTING and tree[tree[i].head].tag == "VBD"


def _under_plan(tree: Tree, i: int) -> bool:
    """Whether a clause sets out what a proposal would have done: "under the plan the troops would withdraw"."""
    while tree[i].dep == "conj" and tree[i].head != i:
        i = tree[i].head
    under = (o for c in tree.kids(i, "prep") if tree[c].lemma in ("under", "per") for o in tree.kids(c, "pobj"))
    return any(tree[o].lemma in WHOLE for o in under)


def to_come(tree: Tree, i: int) -> bool:
    """Whether what is given is still to come: "will walk out", "voted to strike", "are going on strike"."""
    for j in (i, *tree.above(i)):
        if clauses.modality(tree, j) in ("will", "would") or tree[j].lemma in _AHEAD:
            return True
        if tree[j].dep not in ("xcomp", "conj", "pcomp", "prep") or tree[j].pos not in ("VERB", "AUX", "ADP"):
            break
    return tree[i].lemma == "go" and tree[i].tag == "VBG"
