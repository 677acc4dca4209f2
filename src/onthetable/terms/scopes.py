"""What a proposal would have somebody do, in clauses that no predicate of their own makes a move.

The proposal is that of the sentence ("Under the firms' offer a driver would get ...", "The union's plan
would ..."), or the one that the sentence before has told of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from onthetable.lexicon import load
from onthetable.model import Act, Move
from onthetable.terms import clauses
from onthetable.terms.actors import actors_of, owner_of
from onthetable.terms.acts import WHOLE, Predicate
from onthetable.terms.discourse import Discourse
from onthetable.terms.exchanges import counterparts
from onthetable.terms.givers import giver, named_giver
from onthetable.terms.issues import TALKS
from onthetable.terms.stretches import Stretch
from onthetable.terms.table import Seat
from onthetable.terms.turns import unreal
from onthetable.tree import Tree

_SETTING_OUT = frozenset(load("onthetable.terms", "moves.toml")["setting_out"])
_SCOPED: frozenset[Act] = frozenset({"offers", "delivers"})
"""The acts of predicates whose clauses a proposal may still set out."""
_GETTING = frozenset(load("onthetable.terms", "moves.toml")["getting"])
_HANDING = frozenset(load("onthetable.terms", "moves.toml")["handing"])
_SPARING = frozenset(load("onthetable.terms", "moves.toml")["sparing"])
_TALKING_ABOUT = frozenset(load("onthetable.terms", "moves.toml")["talking_about"])
_AT_ONCE = 3
"""Within how many tokens of its start a sentence names the proposal that was told of before it."""
_OBLIGING = frozenset({"oblige", "require", "force", "compel", "commit", "bind", "make", "see", "have"})
_EMPLOYERS = ("pay", "pensions", "job-security", "staffing", "hours", "conditions")
"""The issues of a labour dispute that employers give; by the first three it is told who they are."""
_LETTING = frozenset({"let", "allow", "permit"})
"""Verbs by which a proposal gives leave: what others may then do is its owner's to give."""
_BACK = 3
"""How many sentences back the owner of "the proposal" may have offered it."""


def scoped(d: Discourse, told: Sequence[Move]) -> list[Move]:
    """`told`, the moves found so far, with the terms of proposals, sentence by sentence.

    What the other side "would" do under a proposal is asked of it, and no offer.
    """
    found, proposers = _found(d, told)
    return [*(_reassigned(d, m, proposers) for m in told), *found]


def _reassigned(d: Discourse, m: Move, proposers: Mapping[int, str]) -> Move:
    at = d.tree.at(m.trigger.start)
    proposer = proposers.get(d.tree[at].sentence) if at is not None else None
    deed = m.act == "offers" and at in d.predicates and d.predicates[at].act == "delivers"
    if at is None or proposer is None or not deed:
        return m
    if m.party == proposer or m.giver != m.party or m.party in d.table.mediators:
        return m
    if d.table.case.open or clauses.modality(d.tree, at) != "would" or d.table.speaker(at) not in (None, proposer):
        return m
    return replace(m, party=proposer, act="demands", rule="scope:" + m.rule.partition(":")[2])


def _found(d: Discourse, told: Sequence[Move]) -> tuple[list[Move], dict[int, str]]:
    """The terms that no predicate tells, and whose proposal each sentence sets out."""
    terms: list[Move] = []
    proposers: dict[int, str] = {}
    tree = d.tree
    offers, answerers = _offers(tree, told), _answerers(d, told)
    usual = usual_givers(told)
    last: tuple[int, str] | None = None
    for s, (first, end) in enumerate(tree.sentences):
        proposer = _opened_by(d, first, end, offers, s, answerers)
        if proposer is None and last and last[0] == s - 1 and s not in offers and not d.table.case.open:
            proposer = last[1]
        found = [m for i in range(first, end) for m in _terms(d, i, proposer, usual)] if proposer else []
        terms += found
        if proposer:
            proposers[s] = proposer
        if proposer and (found or any(tree[i].text.lower() == "would" for i in range(first, end))):
            last = (s, proposer)
        elif s in offers:
            last = (s, offers[s])
    return terms, proposers


def opened(d: Discourse, told: Sequence[Move]) -> dict[int, str]:
    """Whose proposal each sentence sets out that begins with "under the offer" or has "the plan" for its subject."""
    offers, answerers = _offers(d.tree, told), _answerers(d, told)
    found = ((s, _opened_by(d, *r, offers, s, answerers, pronouns=False)) for s, r in enumerate(d.tree.sentences))
    return {s: proposer for s, proposer in found if proposer}


def _offers(tree: Tree, told: Iterable[Move]) -> dict[int, str]:
    """Who offers something in each sentence."""
    at = ((tree.at(m.trigger.start), m) for m in told if m.act == "offers")
    return {tree[i].sentence: m.party for i, m in at if i is not None}


def _answerers(d: Discourse, told: Iterable[Move]) -> dict[int, str]:
    """Who answers something in each sentence: what is answered is the other side's."""
    at = ((d.tree.at(m.trigger.start), m) for m in told if m.act in ("rejects", "accepts", "considers"))
    return {d.tree[i].sentence: m.party for i, m in at if i is not None}


def _opened_by(
    d: Discourse, first: int, end: int, offers: dict[int, str], s: int, answerers: Mapping[int, str],
    pronouns: bool = True,
) -> str | None:  # fmt: skip
    """Whose proposal a sentence sets out: its subject's, or that of the "under" which it begins with."""
    tree = d.tree
    for i in range(first, end):
        if tree[i].text.lower() in ("that", "this") and i + 1 < end and tree[i + 1].lemma in WHOLE:
            continue  # the determiner of "under that offer"
        # Whatever the tagger makes of it.
        fronted = first < i <= first + _AT_ONCE and tree[first].text.lower() == "under"
        if tree[i].lemma not in WHOLE or not (fronted or tree[i].pos == "PRON" or clauses.nominal(tree, i)):
            continue
        up = tree[tree[i].head]
        over = d.predicates.get(up.i) or d.predicates.get(up.head)
        relative = any(clauses.modality(tree, c) == "would" for c in tree.kids(i, "relcl"))
        if relative and over and over.act not in _SCOPED:
            return _of_answered(d, i, over)
        if up.i in d.predicates and d.predicates[up.i].act not in _SCOPED:
            continue
        if pronouns and tree[i].pos == "PRON" and (taken := _takes_up(d, i, first)):
            return taken
        below = up.lemma in ("under", "per") or (up.lemma == "in" and up.i == first)
        under = (fronted and tree[i].pos != "PRON") or (tree[i].dep == "pobj" and below)
        if tree[i].pos == "PRON" and not under:
            continue
        subject = tree[i].dep in ("nsubj", "nsubjpass") and clauses.modality(tree, up.i) in ("would", "will", "must")
        if under or subject or (tree[i].dep == "nsubj" and up.lemma in _SETTING_OUT):
            owner = owner_of(d.table, i)
            if owner is not None:
                return d.table.seats(owner)[0].party
            near = list(range(s, max(-1, s - _BACK - 1), -1))
            near = [*near[1:], s] if under and i - first < _AT_ONCE else near
            offered = next((offers[k] for k in near if k in offers), None)
            answered = next((d.table.other(answerers[k]) for k in near if k in answerers), None)
            return offered or answered or _owned_before(d, i, first)
    return None


def _owned_before(d: Discourse, i: int, first: int) -> str | None:
    """Whose "that offer" is by the noun that it takes up: "our offer is on the table", said just before."""
    start = d.tree.sentences[max(0, d.tree[i].sentence - _BACK)][0]
    same = (j for j in range(first - 1, start - 1, -1) if d.tree[j].lemma == d.tree[i].lemma)
    owner = next((o for j in same if (o := owner_of(d.table, j)) is not None), None)
    return d.table.seats(owner)[0].party if owner is not None else None


def _takes_up(d: Discourse, i: int, first: int) -> str | None:
    """Whose offer the "it" of "It would bind the firm to" is: that which the sentence before was about."""
    tree = d.tree
    verb = tree[i].head
    opens = i - first < _AT_ONCE and tree[i].text.lower() == "it" and tree[i].dep == "nsubj"
    if not opens or clauses.modality(tree, verb) != "would" or not tree[i].sentence:
        return None
    before = range(*tree.sentences[tree[i].sentence - 1])
    offer = next((j for j in before if tree[j].lemma in WHOLE and tree[j].dep in ("nsubj", "nsubjpass")), None)
    owner = owner_of(d.table, offer) if offer is not None else None
    return d.table.seats(owner)[0].party if owner is not None else None


def _of_answered(d: Discourse, i: int, answer: Predicate) -> str | None:
    """Whose "the offer, which would have ..." is: its owner's, or that of the other side than the one that answers."""
    owner = owner_of(d.table, i)
    if owner is not None:
        return d.table.seats(owner)[0].party
    return next((d.table.other(s.party) for s in actors_of(d.table, answer)), None)


def usual_givers(told: Iterable[Move]) -> dict[str, str]:
    """Who gives an issue wherever the report says so, for those that one side alone gives."""
    givers: dict[str, set[str]] = {}
    for m in told:
        if m.giver:
            givers.setdefault(m.issue, set()).add(m.giver)
    found = {issue: next(iter(g)) for issue, g in givers.items() if len(g) == 1}
    employers = {found[issue] for issue in _EMPLOYERS[:3] if issue in found}
    if len(employers) == 1:
        found = {**dict.fromkeys(_EMPLOYERS, next(iter(employers))), **found}
    return found


def _terms(d: Discourse, i: int, proposer: str, usual: Mapping[str, str]) -> Iterator[Move]:
    """What a clause of a proposal would have somebody give: asked of others, offered by the proposer."""
    tree = d.tree
    if not _sets_out(d, i, proposer):
        return
    p = Predicate(i, "offers", "verb", "proposal")
    parts = d.stretches(p)
    subject = tree.kid(i, "nsubj", "nsubjpass")
    # "It would oblige them" is the proposal, "a driver would get" anybody.
    itself = subject is not None and (tree[subject].lemma in WHOLE or _indefinite(tree, subject))
    seats = [] if itself else d.table.seats(subject)
    first = tree.edges[subject][0] if subject is not None and tree[subject].lemma not in WHOLE else i
    main = Stretch(min(first, i), parts.main.last, min(first, i))
    d.tell(i)
    receives = bool(seats) and _receives(tree, i)
    # What "the plan would keep" may as well be asked of others as given by its owner.
    owns = first < i or bool(seats) or tree[i].lemma in _SETTING_OUT or _gives(d, i)
    for n in [n for n in d.named(main) if n.issue != TALKS]:
        by = (
            d.table.other(seats[0].party)
            if receives
            else named_giver(d.table, n, main) or (seats[0].party if seats else usual.get(n.issue))
        )
        if tree[i].lemma not in _OBLIGING and any(tree[j].lemma in _LETTING for j in tree.above(n.head)):
            by = proposer
        act = _act(d, i, by, proposer)
        act = "offers" if act == "rejects" and n.issue in _SPARING else act  # "nobody would be sacked"
        obliged = act == "offers" and tree[i].lemma in _OBLIGING and not _binds(d, i, proposer)
        if obliged and proposer not in d.table.mediators and not d.table.case.open:
            act, by = "demands", by or d.table.other(proposer)
        own = giver(d.table, proposer, act, n, main) if owns or n.given == "mutual" else None
        given = own if n.given == "mutual" else by or own
        yield d.move(_seat(d, i, proposer), act, n.issue, p, main, given, n, parts.condition_first, "scope")
    yield from counterparts(d, _seat(d, i, proposer), "offers", p, parts)


def _indefinite(tree: Tree, i: int) -> bool:
    return any(tree[c].text.lower() in ("a", "an") for c in tree.kids(i, "det"))


def _binds(d: Discourse, i: int, proposer: str) -> bool:
    """ "Would oblige us to": what a proposal makes its own side do is offered."""
    inner = d.tree.kids(i, "ccomp", "xcomp")
    bound = [*d.tree.kids(i, "dobj"), *(o for c in inner for o in d.tree.kids(c, "nsubj"))]
    return any(s.party == proposer for s in d.table.seats_of_all(bound))


def _seat(d: Discourse, i: int, proposer: str) -> Seat:
    """Where the sentence names whose proposal it is, else the verb of the term itself."""
    if not d.table.case.open:
        return Seat(proposer, i)
    first, _ = d.tree.sentence(i)
    named = (s for j in range(first, i) if d.table.spans.mention(j) for s in d.table.seats(j) if s.party == proposer)
    return next(named, Seat(proposer, i))


def _gives(d: Discourse, i: int) -> bool:
    """Whether a verb is one of giving."""
    return i in d.predicates and d.predicates[i].act in _SCOPED


def _sets_out(d: Discourse, i: int, proposer: str) -> bool:
    """Whether a verb that no other rule has told of sets out a term: "would get", "the plan includes"."""
    tree = d.tree
    if i in d.told or tree[i].pos not in ("VERB", "AUX") or unreal(tree, i):
        return False
    if not _relative(tree, i) and any(j in d.predicates and d.predicates[j].act not in _SCOPED for j in tree.above(i)):
        return False
    subject = tree.kid(i, "nsubj", "nsubjpass")
    if subject is not None and tree[subject].lemma in _TALKING_ABOUT:
        return False
    mood, names = clauses.modality(tree, i), tree[i].lemma in _SETTING_OUT
    if mood in ("may", "") and not (names and (mood or tree.kid(i, "nsubj") is not None)):
        return False
    return d.table.speaker(i) in (None, proposer)


def _receives(tree: Tree, i: int) -> bool:
    """Whether the subject of a clause is who gets something: "they would be given", "they would keep"."""
    return tree[i].lemma in _GETTING or (tree[i].lemma in _HANDING and clauses.passive(tree, i))


def _relative(tree: Tree, i: int) -> bool:
    """Whether a clause tells what a proposal "would have" done."""
    i = tree[i].head if tree[i].dep == "conj" else i
    return tree[i].dep == "relcl" and clauses.modality(tree, i) == "would" and tree[tree[i].head].lemma in WHOLE


def _act(d: Discourse, i: int, by: str | None, proposer: str) -> Act:
    if clauses.negated(d.tree, i):
        return "rejects"
    if proposer in d.table.mediators or (d.table.case.open and clauses.modality(d.tree, i) != "must"):
        return "offers"  # where anybody may go between, a proposal is taken for one to both sides
    return "demands" if (by and by != proposer) or clauses.modality(d.tree, i) == "must" else "offers"
