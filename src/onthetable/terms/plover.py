"""Acts by the types of PLOVER: who does what to whom, by the predicate and what stands over it.

The method is that of the pattern coders (Schrodt's TABARI, Norris's UniversalPetrarch): a verb with its object
has a type, and modality turns it. What is refused or negated is REJECT, what is promised AGREE, and a hostile
deed that is only announced THREATEN. Types: Open Event Data Alliance, PLOVER codebook (2018).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from onthetable.lexicon import load
from onthetable.model import Report, Span, Statement
from onthetable.terms.near import innermost
from onthetable.tree import Spans, Tree

_DATA: dict[str, Any] = load("onthetable.terms", "plover.toml")
_WRAP = {k: frozenset(v.split()) for k, v in _DATA["wrap"].items()}
_POLES = {k: frozenset(v.split()) for k, v in _DATA["poles"].items()}
_LIGHT = frozenset(_DATA["light"]["verbs"].split())
_NOUNS = {noun: kind for kind, words in _DATA["nouns"].items() for noun in words.split()}
_TURNS = tuple((str(t["type"]), frozenset(t["verbs"].split()), frozenset(t["things"].split())) for t in _DATA["turn"])


def _read_verbs() -> dict[str, list[tuple[frozenset[str], str]]]:
    """The types of each verb with the particles that each needs, most particles first."""
    found: dict[str, list[tuple[frozenset[str], str]]] = {}
    for kind, words in _DATA["verbs"].items():
        for word in words.split():
            lemma, *beside = word.split("+")
            found.setdefault(lemma, []).append((frozenset(beside), kind))
    for entries in found.values():
        entries.sort(key=lambda e: -len(e[0]))
    return found


_VERBS = _read_verbs()


@dataclass(frozen=True, slots=True)
class Act:
    """One act: its PLOVER type, the words for who acts and on whom, whether it comes from a denial, and under what.

    `negated` tells that the act is what remains of a negated one ("will not meet" is a REJECT).
    """

    span: Span
    plover: str
    source: str | None
    target: str | None
    negated: bool
    condition: Span | None


def find_acts(report: Report, spans: Spans, statements: Sequence[Statement]) -> tuple[Act, ...]:
    """The acts of a report in the order of the text; nothing that is only supposed, or said in a denied statement."""
    tree = spans.tree
    ordered = sorted(statements, key=lambda s: s.content)
    found = []
    for token in tree.tokens:
        kind = _lexical(tree, token.i) if token.pos in {"VERB", "AUX", "ADJ"} and token.dep != "amod" else None
        if kind is None or _is_covered(tree, token.i):
            continue
        statement = innermost(ordered, tree.span(token.i, token.i + 1))
        if statement is not None and statement.denied:
            continue
        negated = _is_negated(tree, token.i)
        turned = _turned(tree, token.i, kind, negated)
        if turned:
            found.append(_act(report, spans, token.i, turned, negated))
    return tuple(found)


# --- the type -----------------------------------------------------------------------------------------


def _lexical(tree: Tree, i: int) -> str | None:
    """The type of a predicate by itself: by verb and object, verb and particles, or light verb and noun."""
    lemma = tree[i].lemma
    if tree[i].pos == "ADJ":
        under = tree[i].dep in {"acomp", "oprd", "conj"} and bool(tree.kids(i, "xcomp", "prep", "ccomp"))
        if under and lemma in _WRAP["unwilling"]:
            return "REJECT"
        return "AGREE" if under and lemma in _WRAP["willing"] else None
    things = _things(tree, i)
    for kind, verbs, nouns in _TURNS:
        if lemma in verbs and things & nouns:
            return kind
    beside = {tree[c].lemma for c in tree.kids(i, "prt", "prep", "advmod", "aux", "agent")}
    beside |= {tree[g].lemma for c in tree.kids(i, "xcomp") for g in tree.kids(c, "aux")}
    needs, own = next((e for e in _VERBS.get(lemma, ()) if e[0] <= beside | things), (frozenset(), None))
    if lemma in _LIGHT and not needs:
        return next((_NOUNS[t] for t in sorted(things) if t in _NOUNS), own)
    return own


def _things(tree: Tree, i: int) -> set[str]:
    """The lemmas of the objects of a verb, of its passive subject and of what stands before them in a compound."""
    heads = tree.kids(i, "dobj", "nsubjpass", "oprd")
    if not heads:
        heads = [g for p in tree.kids(i, "prep") if tree[p].lemma in _LEADS for g in tree.kids(p, "pobj")]
        heads += [tree[i].head] if tree[i].dep == "acl" else []
    heads += [g for p in tree.kids(i, "prep") if tree[p].lemma == "under" for g in tree.kids(p, "pobj")]
    heads = [h for h in heads if tree[h].entity != "PERSON"]
    heads += [c for h in heads for c in tree.kids(h, "conj")]
    heads += [g for h in heads for p in tree.kids(h, "prep") if tree[p].lemma == "of" for g in tree.kids(p, "pobj")]
    return {tree[j].lemma for h in heads for j in (h, *tree.kids(h, "compound"))}


_LEADS = frozenset({"on", "in", "for", "of", "from"})


def _turned(tree: Tree, i: int, kind: str, negated: bool) -> str | None:
    """What modality makes of a type; None where nothing is done."""
    coming = _is_coming(tree, i)
    if negated:
        if kind in _POLES["cooperative"]:
            return "REJECT"
        return "AGREE" if coming and kind in _POLES["hostile"] else None
    over = tree[i].head if tree[i].dep == "xcomp" else i
    if tree[over].lemma in _WRAP["failing"]:
        return "REJECT" if kind in _POLES["cooperative"] else None
    if _is_obliged(tree, i):
        return "REQUEST"
    if kind == "AGREE" and any((_lexical(tree, c) or "") in _POLES["hostile"] for c in tree.kids(i, "xcomp")):
        return "MOBILIZE" if tree[i].lemma in _WRAP["readying"] else "THREATEN"
    if over != i and tree[over].lemma in _WRAP["readying"] and kind == "ASSAULT":
        return "MOBILIZE"
    if _has_aux(tree, i, "possible"):
        return "THREATEN" if kind in _POLES["hostile"] else None
    if coming:
        if kind in _POLES["hostile"] or _has_mark(tree, i, "unless"):
            return "THREATEN"
        return "AGREE" if kind in _POLES["cooperative"] else kind
    return kind


def _is_coming(tree: Tree, i: int) -> bool:
    line = [i]
    if tree[i].dep in {"xcomp", "conj"} and not tree.kids(i, "nsubj", "nsubjpass"):
        line.append(tree[i].head)
    return any(_has_aux(tree, j, "coming") for j in line)


def _has_aux(tree: Tree, i: int, which: str) -> bool:
    return any({tree[c].lemma, tree[c].text.lower()} & _WRAP[which] for c in tree.kids(i, "aux"))


def _is_obliged(tree: Tree, i: int) -> bool:
    """Whether somebody says that another must do it: a demand of whoever says so."""
    modal = any(tree[c].tag == "MD" and tree[c].lemma in _WRAP["obliging"] for c in tree.kids(_verb_of(tree, i), "aux"))
    return modal and bool(tree.kids(_verb_of(tree, i), "nsubj"))


def _verb_of(tree: Tree, i: int) -> int:
    """The verb that carries the auxiliaries of a predicate: the copula of an adjective."""
    return tree[i].head if tree[i].dep == "acomp" else i


def _is_negated(tree: Tree, i: int) -> bool:
    line = [i]
    if tree[i].dep in {"acomp", "xcomp"}:
        line.append(tree[i].head)
    return any(tree[c].dep == "neg" or tree[c].lemma in {"never", "neither"} for j in line for c in tree.children[j])


def _has_mark(tree: Tree, i: int, word: str) -> bool:
    return any(word in _marks(tree, c) for c in tree.kids(i, "advcl"))


def _marks(tree: Tree, clause: int) -> set[str]:
    return {tree[m].lemma for m in tree.kids(clause, "mark")}


def _is_covered(tree: Tree, i: int) -> bool:
    """Whether a predicate stands under another that says what becomes of it, or is only supposed."""
    if any(tree[c].lemma in _WRAP["supposing"] for c in tree.kids(i, "mark", "advmod")):
        return True
    j = i
    for up in islice(tree.above(i), 6):
        dep = tree[j].dep
        if dep in {"xcomp", "ccomp", "pcomp", "acl", "relcl"} or (dep == "conj" and tree[up].pos == "VERB"):
            if dep == "conj" and not tree.kids(j, "nsubj", "nsubjpass"):
                j = up
                continue
            if dep in {"xcomp", "ccomp", "pcomp"} and tree[up].lemma not in _WRAP["transparent"]:
                over = tree[up].head if tree[up].pos in {"ADP", "SCONJ"} else up
                if _tells_what(tree, over):
                    return True
            elif dep == "acl" and _is_told_by_noun(tree, j, up):
                return True
        if dep == "advcl" and up == tree[i].head and _lexical(tree, up) == "PROTEST":
            return True
        if dep in {"advcl", "prep"} and _marks(tree, j) & _WRAP["supposing"]:
            return True
        j = up
    return False


def _is_told_by_noun(tree: Tree, verb: int, noun: int) -> bool:
    """ "An offer to mediate", "the demand that it leave": the noun, or what is done with it, is the act."""
    open_ = any(tree[c].lemma in {"to", "that"} for c in tree.kids(verb, "aux", "mark"))
    return _NOUNS.get(tree[noun].lemma) in {"REQUEST", "REJECT", "THREATEN", "ACCUSE"} or (
        open_ and tree[noun].lemma in _NOUNS
    )


def _tells_what(tree: Tree, over: int) -> bool:
    """Whether a governor has a type of its own, or is the noun of one ("the demand that")."""
    if tree[over].pos in {"NOUN", "PROPN"}:
        return tree[over].lemma in _NOUNS
    return tree[over].lemma not in _WRAP["transparent"] and _lexical(tree, over) is not None


# --- who and whom -------------------------------------------------------------------------------------

_AGAINST = frozenset(
    ["with", "to", "against", "on", "from", "of", "for", "at", "in", "into", "between", "over", "upon"]
)


def _act(report: Report, spans: Spans, i: int, kind: str, negated: bool) -> Act:
    tree = spans.tree
    source, target = _source(tree, i), _target(tree, i)
    if kind == "REQUEST" and _is_obliged(tree, i):
        source, target = _sayer(tree, i), source
    given = next((c for c in tree.kids(i, "advcl") if _marks(tree, c) & _CONDITIONS), None)
    low, high = tree.edges[i]
    first, last = tree.sentence(i)
    low, high = max(first, low, i - REACH), min(last, high, i + REACH)
    start, end = tree[low].start, tree[high - 1].end
    return Act(
        span=report.span(start, end),
        plover=kind,
        source=_words(spans, source),
        target=_words(spans, target),
        negated=negated,
        condition=tree.subtree_span(given) if given is not None else None,
    )


_CONDITIONS = frozenset({"if", "unless", "provided", "once", "until"})
REACH = 60
"""How many tokens to either side of its predicate the words of an act reach at most."""


def _source(tree: Tree, i: int) -> int | None:
    """The head of who acts: the agent of a passive, the subject, else the subject of the verb over it."""
    agent = next((g for a in tree.kids(i, "agent") for g in tree.kids(a, "pobj")), None)
    if agent is not None or tree.kids(i, "nsubjpass"):
        return agent
    at = i
    for _ in range(6):
        found = tree.kid(at, "nsubj")
        if found is not None and tree[found].tag not in {"WDT", "WP"}:
            if tree[found].pos != "PRON":
                return found
            over = next((j for j in tree.above(at) if tree[j].lemma in _WRAP["saying"]), None)
            named = tree.kid(over, "nsubj") if over is not None else None
            return named if named is not None else found
        if tree[at].dep in {"relcl", "acl"}:
            return tree[at].head
        if tree[at].head == at:
            return None
        at = tree[at].head
    return None


def _sayer(tree: Tree, i: int) -> int | None:
    over = next((j for j in tree.above(i) if tree[j].pos == "VERB" and tree.kids(j, "nsubj")), None)
    return tree.kid(over, "nsubj") if over is not None else None


def _target(tree: Tree, i: int) -> int | None:
    """The head of on whom: the first name among object, prepositions and the clause under the verb, else the object."""
    found = list(_around(tree, i))
    for c in tree.kids(i, "xcomp", "ccomp", "advcl"):
        found += [*tree.kids(c, "nsubj"), *_around(tree, c)]
    named = (g for g in found if _has_name(tree, g))
    return next(named, found[0] if found else None)


def _around(tree: Tree, i: int) -> Iterator[int]:
    things = tree.kids(i, "dative", "dobj", "nsubjpass")
    yield from things
    for root in (i, *things):
        for p in tree.kids(root, "prep"):
            if tree[p].lemma in _AGAINST:
                yield from (g for g in tree.kids(p, "pobj") if tree[g].entity not in {"DATE", "TIME"})


def _has_name(tree: Tree, i: int) -> bool:
    first, last = tree.edges[i]
    near = range(max(first, i - 8), min(last, i + 6))
    return any(tree[j].entity in {"GPE", "NORP", "ORG", "PERSON"} for j in near)


def _words(spans: Spans, head: int | None) -> str | None:
    """The noun phrase around a head without what is told of it; a pronoun by the name of whom it means."""
    if head is None:
        return None
    tree = spans.tree
    actor = spans.actor(head)
    if tree[head].pos == "PRON":
        return actor.name if actor else None
    first, last = max(tree.edges[head][0], head - 20), min(tree.edges[head][1], head + 20)
    told = [tree.edges[c][0] for c in tree.kids(head, "relcl", "acl") if c > head]
    return tree.span(first, max(head + 1, min([last, *told]))).text
