"""One predicate and what stands around it: who acts, whether it is denied, wished, ordered or supposed.

Everything here reads the tree alone; what a predicate means at the table is for `onthetable.terms.acts`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from onthetable.lexicon import load
from onthetable.tree import Tree

_DATA = load("onthetable.terms", "clauses.toml")
_NEGATIVE = frozenset(_DATA["negative"].split())
_CEASING = tuple(tuple(p.split()) for p in _DATA["ceasing"])
_MODALS: dict[str, str] = {w: kind for kind, words in _DATA["modal"].items() for w in words.split()}
_OBJECT_CONTROL = frozenset(_DATA["object_control"].split())
_IF = frozenset(_DATA["supposing"].split())
_INCLINING = frozenset(_DATA["inclining"].split())
_IMAGINING = frozenset(_DATA["imagining"].split())
_HEDGES = frozenset(_DATA["hedges"].split())
_PAST = frozenset(_DATA["past"].split())
_CARRIERS = frozenset(_DATA["carriers"].split())
_PERIODS = frozenset(_DATA["periods"].split())
_FAILING = frozenset(_DATA["failing"].split())
_COMING = frozenset(_DATA["coming"].split())
_NOTHING = frozenset({"nothing", "no", "none", "little"})
_NONE = frozenset({"no", "neither", "nor", "not", "nobody", "none"})
_BEING = frozenset({"be", "find", "see", "have", "contain"})
_LOOKING = frozenset({"look", "seem", "sound", "appear"})
_POINTS = frozenset({"point", "time", "stage", "moment", "way"})
_DEEP = 6
"""How many clauses up a subject or a mood is looked for."""
_HIGH = 40
"""How many heads up a clause is followed at all: more than any sentence that was written to be read."""

_SUPPOSABLE = frozenset({
    "advcl", "prep", "pcomp", "ccomp", "relcl", "acl", "conj", "xcomp", "pobj", "dobj",
})  # fmt: skip
_PURPOSE = frozenset({"advcl", "relcl", "ccomp", "pcomp"})
PREDICATE = ("VERB", "AUX", "NOUN", "ADJ", "PROPN")


def subject(tree: Tree, i: int, depth: int = 0) -> int | None:
    """The token that heads the subject of a predicate, found through conjunction, control and relatives."""
    own = tree.kid(i, "nsubj", "nsubjpass", "csubj")
    if own is not None:
        return _antecedent(tree, own)
    token = tree[i]
    if depth > _DEEP or token.head == i:
        return None
    up = token.head
    if token.dep == "conj" and tree[up].pos in PREDICATE:
        if _unlike(tree, i):
            up = tree[up].head
        return subject(tree, up, depth + 1)
    if token.dep in ("acomp", "attr", "oprd", "prep", "pcomp", "pobj", "dobj", "aux", "auxpass"):
        return subject(tree, up, depth + 1)
    if token.dep in ("xcomp", "ccomp", "advcl", "dep"):
        if token.dep == "ccomp" and _finite(tree, i):
            return None
        if token.dep == "xcomp" and tree[up].lemma in _OBJECT_CONTROL:
            return tree.kid(up, "dobj", "pobj", "dative") or subject(tree, up, depth + 1)
        return subject(tree, up, depth + 1)
    if token.dep == "relcl" or (token.dep == "acl" and token.tag in ("VBG", "VBN")):
        return up
    return None


def _antecedent(tree: Tree, i: int) -> int:
    """What "which" or "who" stands for: the noun that the relative clause hangs on."""
    if tree[i].tag in ("WDT", "WP") and tree[tree[i].head].dep == "relcl":
        return tree[tree[i].head].head
    up = tree[tree[i].head]
    over = tree[up.head]
    if tree[i].tag in ("WDT", "WP") and up.dep == "ccomp" and over.lemma == "be":
        it = any(tree[c].text.lower() == "it" for c in tree.kids(over.i, "nsubj", "expl"))
        cleft = tree.kid(over.i, "attr") if it else None
        return i if cleft is None else cleft  # "it was the union that asked"
    return i


def _unlike(tree: Tree, i: int) -> bool:
    """Whether a finite verb is hung on one with a modal, whose mate it cannot be: it belongs to the verb above."""
    up = tree[tree[i].head]
    modal = any(tree[c].tag == "MD" for c in tree.kids(up.i, "aux"))
    return tree[i].tag in ("VBD", "VBZ") and modal and up.dep == "ccomp"


def _finite(tree: Tree, i: int) -> bool:
    return tree[i].tag in ("VBD", "VBP", "VBZ", "MD") or any(tree[c].tag == "MD" for c in tree.kids(i, "aux"))


def nominal(tree: Tree, i: int) -> bool:
    """Whether a token is a noun, also where the tagger, but not the parser, took it for a verb: "under that offer"."""
    return tree[i].pos == "NOUN" or (tree[i].pos == "VERB" and tree[i].dep in ("pobj", "nsubj", "dobj", "nsubjpass"))


def agent(tree: Tree, i: int) -> int | None:
    """Who does what a passive tells: the object of "by"."""
    by = tree.kid(i, "agent")
    if by is None:
        by = next((c for c in tree.kids(i, "prep") if tree[c].lemma == "by"), None)
    return tree.kid(by, "pobj") if by is not None else None


def passive(tree: Tree, i: int) -> bool:
    """Whether a predicate is a passive verb, or a past participle behind a noun ("a plan proposed by")."""
    return bool(tree.kids(i, "auxpass", "nsubjpass", "agent")) or (tree[i].tag == "VBN" and tree[i].dep == "acl")


def negated(tree: Tree, i: int) -> bool:
    """Whether the predicate itself is negated: "not", "never", "without", "under no circumstances", "failed to".

    Two negations make none ("nothing that she could not accept"), and "not until Friday had they agreed" tells
    that they did.
    """
    return _negative(tree, i) != _of_nothing(tree, i) and not _at_last(tree, i)


def twice_negated(tree: Tree, i: int) -> bool:
    """Whether two negations cancel: "nothing that she could not accept"."""
    return _negative(tree, i) and _of_nothing(tree, i)


def _of_nothing(tree: Tree, i: int) -> bool:
    """Whether a predicate describes what is said not to be: "nothing that they could accept", "no offer they took"."""
    noun = tree[i].head
    while tree[noun].dep == "pobj" and tree[tree[noun].head].lemma in ("of", "in"):
        noun = tree[tree[noun].head].head  # "no clause of the accord that"
    if tree[i].dep != "relcl" or tree[tree[noun].head].lemma not in _BEING:
        return False
    return not {tree[noun].text.lower(), *(tree[c].text.lower() for c in tree.kids(noun, "det"))}.isdisjoint(_NOTHING)


def _at_last(tree: Tree, i: int) -> bool:
    """ "Not until Friday had they agreed", "hardly had they agreed when": in the end they did."""
    scarcely = (c for c in tree.kids(i, "advmod") if c < i and tree[c].lemma in ("hardly", "scarcely"))
    if any(c < a for c in scarcely for a in tree.kids(i, "aux") if tree[a].text.lower() == "had"):
        return any(tree[c].dep in ("advcl", "mark", "advmod") and c > i for c in tree.children[i])
    told = any(tree[c].tag == "VBD" for c in tree.kids(i, "aux", "auxpass"))
    untils = (c for c in tree.kids(i, "prep") if tree[c].lemma in ("until", "till"))
    return told and any(tree[o].entity in ("DATE", "TIME") for c in untils for o in tree.kids(c, "pobj"))


def never_was(tree: Tree, i: int) -> bool:
    """Whether a predicate is said never to have been: "never agreed", "at no point did they offer"."""
    told = tree[i].tag == "VBD" or any(tree[c].text.lower() in ("did", "had") for c in tree.kids(i, "aux"))
    if not told:
        return False
    never = any(tree[c].text.lower() in ("never", "nowhere") for c in tree.kids(i, "neg", "advmod"))
    points = (o for c in tree.kids(i, "prep") if tree[c].lemma in ("at", "in") for o in tree.kids(c, "pobj"))
    at_none = any(tree[k].text.lower() == "no" for o in points if tree[o].lemma in _POINTS for k in tree.kids(o, "det"))
    return never or at_none


def _negative(tree: Tree, i: int) -> bool:
    for c in (c for j in (i, *_carriers(tree, i), *tree.kids(i, "auxpass")) for c in tree.children[j]):
        token = tree[c]
        if token.dep == "neg" or (token.text.lower() in _NEGATIVE and token.dep in ("advmod", "preconj", "cc", "det")):
            return True
        if token.dep == "prep" and c < i and any(tree[k].dep == "neg" for k in tree.children[c]):
            return True
        if token.dep == "prep" and c < i and token.lemma in ("under", "in", "at", "on", "by"):
            determiners = {tree[k].text.lower() for o in tree.kids(c, "pobj") for k in tree.kids(o, "det")}
            if determiners & {"no", "any"}:
                return "no" in determiners
    if any(tree[c].text.lower() in ("nothing", "none") for c in tree.kids(i, "dobj", "attr")):
        return True
    subj = next((s for j in (i, *_carriers(tree, i)) for s in tree.kids(j, "nsubj", "nsubjpass")), None)
    if subj is not None:
        words = {tree[k].text.lower() for k in (subj, *tree.kids(subj, "det", "preconj", "cc", "neg"))}
        if words & _NONE:
            return True
    head = tree[tree[i].head].lemma
    return (tree[i].dep in ("pcomp", "pobj") and head == "without") or (tree[i].dep == "xcomp" and head in _FAILING)


def failing(lemma: str) -> bool:
    """Whether a verb says that its infinitive did not come to pass."""
    return lemma in _FAILING


def _carriers(tree: Tree, i: int) -> Iterator[int]:
    """Verbs that only carry tense or mood for this one ("is ready", "have to pay")."""
    while tree[i].dep in ("acomp", "attr", "xcomp", "oprd") and tree[tree[i].head].lemma in _CARRIERS:
        i = tree[i].head
        yield i


def pending(tree: Tree, i: int) -> bool:
    """Whether the predicate is only said not to be so yet: "has not yet agreed", "have yet to meet"."""
    first, _ = tree.edges[i]
    near = range(max(tree.sentence(i)[0], min(first, i - 3)), i)
    return any(tree[j].text.lower() == "yet" and tree[j].dep == "advmod" for j in near)


def ceases(tree: Tree, i: int) -> bool:
    """Whether the predicate is said to hold no more: "no longer", "not anymore", "any more"."""
    first, last = tree.sentence(i)
    around = [tree[j].text.lower() for j in range(max(first, i - 4), min(last, i + 6))]
    return any(tuple(around[k : k + len(p)]) == p for p in _CEASING for k in range(len(around)))


def modality(tree: Tree, i: int) -> str:
    """One of "", "will", "would", "may", "must": the mood that the auxiliaries give, its own or a head's."""
    for _ in range(_DEEP):
        kind = _own_modality(tree, i)
        if kind or not _shares_mood(tree, i):
            return kind
        i = tree[i].head
    return ""


def _own_modality(tree: Tree, i: int) -> str:
    for j in (i, *_carriers(tree, i)):
        has_to = j != i and tree[j].lemma == "have"
        kind = next((k for c in tree.kids(j, "aux") if (k := _MODALS.get(tree[c].text.lower()))), None)
        if has_to and (not kind or not tree.kids(i, "auxpass")):
            return "must"  # "will have to free them"
        if kind:
            return kind
    head = tree[tree[i].head]
    obliged = tree[i].dep == "xcomp" and head.lemma in ("have", "need", "ought") and head.pos in ("VERB", "AUX")
    return "must" if obliged else ""


def _shares_mood(tree: Tree, i: int) -> bool:
    """Whether a verb without a subject of its own stands under the auxiliaries of its head."""
    token, head = tree[i], tree[tree[i].head]
    if head.i == i or tree.kids(i, "nsubj", "nsubjpass", "expl"):
        return False
    if token.dep == "xcomp" and head.lemma in _INCLINING:
        return True
    loose = token.dep in ("advcl", "pcomp", "xcomp") and token.tag in ("VB", "VBG") and not tree.kids(i, "mark")
    return (loose and head.lemma in ("be", "have")) or (
        token.dep == "conj" and head.pos in ("VERB", "AUX") and token.tag not in ("VBD", "VBZ")
    )


def supposed(tree: Tree, i: int) -> bool:
    """Whether a predicate stands in an "if", "unless" or "should" clause, or in an indirect question."""
    for j in (i, *islice(tree.above(i), _HIGH)):
        if j != i and tree[j].lemma in _IMAGINING:
            return True
        if tree[j].dep not in _SUPPOSABLE or _absolute(tree, j):
            return False
        if _inverted(tree, j):
            return True
        marks = (c for c in tree.kids(j, "mark", "advmod", "aux") if c < j and tree[c].text.lower() in _IF)
        mark = next((m for m in marks if not _as_if(tree, j, m)), None)
        if mark is not None and (tree[j].dep == "advcl" or tree[mark].text.lower() == "whether"):
            return True
    return False


def _absolute(tree: Tree, j: int) -> bool:
    """ ", with an aide noting that they will not": a clause beside the sentence, in whatever the parser hangs it."""
    beside = tree[j].dep == "prep" and tree[j].lemma == "with" and j > 0 and tree[j - 1].text == ","
    return beside and any(tree.kids(c, "nsubj") for c in tree.kids(j, "pcomp"))


def _as_if(tree: Tree, j: int, mark: int) -> bool:
    """ "It looks as if they have signed": held to be so."""
    return tree[max(mark - 1, 0)].lemma == "as" and tree[tree[j].head].lemma in _LOOKING


def _inverted(tree: Tree, j: int) -> bool:
    """Whether a clause opens with its "had" or "were": "had they signed", "were they to sign"."""
    first = tree.edges[j][0]
    opener = next((k for k in range(first, min(first + 2, len(tree))) if tree[k].pos != "PUNCT"), first)
    subj = tree.kid(j, "nsubj", "nsubjpass")
    if tree[opener].text.lower() not in ("had", "were") or subj is None or not opener < subj:
        return False
    return opener == j or (tree[opener].head == j and tree[opener].dep in ("aux", "auxpass"))


def unless(tree: Tree, i: int) -> bool:
    """Whether a clause tells what must happen lest something else does: "unless", or "if" with a negation."""
    marks = {tree[m].text.lower() for m in tree.kids(i, "mark", "advmod")}
    return "unless" in marks or ("if" in marks and negated(tree, i))


def purpose(tree: Tree, i: int) -> bool:
    """Whether a predicate only says what something else is for: "flew in to sign the deal"."""
    if tree[i].tag != "VB" or tree[i].dep not in _PURPOSE or tree[tree[i].head].pos == "AUX":
        return False
    return any(tree[c].tag == "TO" for c in tree.kids(i, "aux"))


def question(tree: Tree, i: int) -> bool:
    """Whether the sentence asks."""
    _, last = tree.sentence(i)
    return any(tree[j].text == "?" for j in range(max(i, last - 2), last))


def hedged(tree: Tree, i: int) -> bool:
    """Whether the report itself holds back: "appears to", "reportedly", "is said to"."""
    chain = [i]
    for j in islice(tree.above(i), _HIGH):
        if tree[j].pos not in ("VERB", "AUX", "ADJ"):
            break
        chain.append(j)
    for n, j in enumerate(chain):
        if n and tree[j].lemma in ("appear", "seem", "believe", "think", "understand"):
            return True
        if n and tree[j].lemma == "say" and tree.kids(j, "auxpass", "nsubjpass"):
            return True
        if any(tree[c].text.lower() in _HEDGES for c in tree.kids(j, "advmod", "amod")):
            return True
        if any(tree[m].text.lower() in ("if", "though", "like") for m in tree.kids(j, "mark")):
            return tree[tree[j].head].lemma in _LOOKING
        if tree[j].dep in ("ccomp", "advcl"):
            break
    return False


def bygone(tree: Tree, i: int) -> bool:
    """Whether the act lies before the news: pluperfect, or an adverb of the past beside it."""
    for j in (i, *_carriers(tree, i)):
        aux = tree.kids(j, "aux")
        if any(tree[c].text.lower() in ("had", "'d") and tree[c].tag == "VBD" for c in aux):
            return True
        if {"to", "have"} <= {tree[c].text.lower() for c in aux} and tree[j].tag == "VBN":
            return True  # "is reported to have proposed"
        if any(tree[c].lemma in _PAST and tree[c].dep in ("advmod", "npadvmod", "amod") for c in tree.children[j]):
            return True
        if tree[j].tag == "VBD" and any(_long_ago(tree, c) for c in tree.kids(j, "npadvmod", "prep")):
            return True
        if tree[j].tag == "VBN" and any(tree[c].lemma == "already" for c in tree.kids(j, "advmod")):
            return True
        if tree[j].dep == "relcl" and tree[j].tag == "VBD" and _YEAR.fullmatch(tree[tree[j].head].text):
            return True
    return False


_YEAR = re.compile(r"(?:19|20)\d\d")


def _long_ago(tree: Tree, i: int) -> bool:
    """Whether a time lies in an earlier year or month: "in 2016", "last May", "in May of last year"."""
    if tree[i].dep == "prep" and tree[i].lemma not in ("in", "at", "during"):  # "since 1987" reaches to the news
        return False
    nouns = [i, *tree.kids(i, "pobj")]
    nouns += [o for n in nouns for c in tree.kids(n, "prep") if tree[c].lemma == "of" for o in tree.kids(c, "pobj")]
    if any(_YEAR.fullmatch(tree[j].text) for n in nouns for j in (n, *tree.kids(n, "nummod"))):
        return True
    return any(
        tree[n].lemma.lower() in _PERIODS and any(tree[c].lemma == "last" for c in tree.kids(n, "amod")) for n in nouns
    )


def to_be(tree: Tree, i: int) -> bool:
    """Whether a verb is still to come: "will fly in", "would return next week to seek a reply"."""
    return modality(tree, i) in ("will", "would")


def planned(tree: Tree, i: int) -> bool:
    """Whether the act is still to come: "will", "is due to", "are set to", "plans to"."""
    return modality(tree, i) == "will" or (tree[i].dep == "xcomp" and tree[tree[i].head].lemma in _COMING)
