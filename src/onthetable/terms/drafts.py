"""Drafts of proposals: which moves, and which words that make no move, belong to one package of terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from onthetable.lexicon import load
from onthetable.model import Move, Span
from onthetable.terms import clauses
from onthetable.terms.actors import owner_of
from onthetable.terms.acts import Predicate
from onthetable.terms.discourse import Discourse
from onthetable.terms.givers import named_giver
from onthetable.terms.issues import TALKS, Named
from onthetable.terms.scopes import opened
from onthetable.terms.stretches import Stretch
from onthetable.terms.table import Seat
from onthetable.tree import Tree

_DATA = load("onthetable.terms", "proposals.toml")
_AGREEMENTS = frozenset(_DATA["agreements"])
_TABLED = frozenset(_DATA["tabled"])
_OVER = frozenset(_DATA["over"])
_COUNTERING = frozenset(_DATA["countering"])
_GIVEN = frozenset({"delivers", "concedes", "accepts"})
_PACKAGING = frozenset({"offers", "demands", "accepts"})
_PARAGRAPH = 2_000
"""Code points that a paragraph is looked through for the proposal that it sets out."""
_WIDE, _LONG = 40, 200
"""Tokens that a noun's words, and a list behind a colon or a sentence, are looked through."""
_WEAK = "weak"
"""The rule of what makes no package by itself, but may go on with one."""
_ADDING = frozenset(_DATA["adding"])
_OPENING = 6
"""Within how many tokens a sentence says that it adds to the one before."""
_FOLLOWING = 2
"""How many sentences behind a package its further terms may stand."""
_TAKEN_UP = 8
"""How many where they only say what "the offer" or "it" would have somebody do."""
_SIDE_BY_SIDE = 3
"""How many packages back the one may lie that a sentence adds terms to."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A package that is not yet weighed: `terms` are moves of one side, or of nobody in particular.

    `rule` tells how it was found: "package" from moves, "deal" from what a past agreement gave, "noun" from the
    words before "proposal", "list" from what stands behind a colon.
    """

    proposer: str | None
    terms: tuple[Move, ...]
    rule: str
    first: int
    last: int
    """The sentences in which it stands, both included."""
    also: tuple[Move, ...] = ()
    """Terms that other places of the report tell of the same proposal."""


def drafts(d: Discourse, moves: Sequence[Move]) -> list[Draft]:
    """All drafts of a report in the order of the text; of several in one place the one with most terms."""
    found = [
        *_merged(d.tree, _from_moves(d, moves), d.report.title),
        *_from_deals(d, moves),
        *_from_nouns(d),
        *_from_lists(d),
    ]
    kept: list[Draft] = []
    by_number: dict[tuple[str | None, str, float | None, float | None], list[int]] = {}
    by_sentence: dict[int, list[int]] = {}
    for draft in sorted(found, key=lambda x: (_lightness(x), hull(x))):
        alike = sorted({n for key in _numbers(draft) for n in by_number.get(key, ())})
        near = {n for s in range(draft.first, draft.last + 1) for n in by_sentence.get(s, ())}
        again = next((n for n in alike if _restates(kept[n], draft)), None)
        if again is not None:
            kept[again] = replace(kept[again], also=(*kept[again].also, *draft.terms))
        elif not any(_same(draft, kept[n]) or _inside(draft, kept[n]) for n in near):
            for key in _numbers(draft):
                by_number.setdefault(key, []).append(len(kept))
            for s in range(draft.first, draft.last + 1):
                by_sentence.setdefault(s, []).append(len(kept))
            kept.append(draft)
    return sorted(kept, key=lambda x: (hull(x), x.rule))


def _numbers(draft: Draft) -> set[tuple[str | None, str, float | None, float | None]]:
    return {(draft.proposer, m.issue, m.quantity.low, m.quantity.high) for m in draft.terms if m.quantity}


def _restates(known: Draft, draft: Draft) -> bool:
    """Whether a draft tells again what a fuller one of the same side tells: a number of it, and no other number."""
    if draft.rule != "package" or known.rule != "package" or known.proposer != draft.proposer:
        return False
    one = {(m.issue, m.giver): m.quantity for m in known.terms}
    shared = [(one[m.issue, m.giver], m.quantity) for m in draft.terms if (m.issue, m.giver) in one]
    told = [(a, b) for a, b in shared if a and b]
    return bool(told) and all((a.low, a.high) == (b.low, b.high) for a, b in told)


def hull(draft: Draft) -> tuple[int, int]:
    """Where a draft begins and ends, in code points."""
    return min(m.evidence.start for m in draft.terms), max(m.evidence.end for m in draft.terms)


def sentence(tree: Tree, span: Span) -> int:
    """The sentence that a span begins in."""
    at = tree.at(span.start)
    return tree[at].sentence if at is not None else -1


def _lightness(draft: Draft) -> tuple[bool, int, int]:
    """What is more than accepted goes first, then what has more terms, and more of them with numbers."""
    keys = {(m.giver, m.issue) for m in draft.terms}
    accepted = all(m.act != "offers" for m in draft.terms) and any(m.act == "accepts" for m in draft.terms)
    return accepted, -len(keys), -sum(m.quantity is not None for m in draft.terms)


def _same(draft: Draft, other: Draft) -> bool:
    """Whether two drafts are one: they share words, and neither names another proposer than the other."""
    a, b = hull(draft), hull(other)
    return (
        a[0] < b[1] and b[0] < a[1] and (None in (draft.proposer, other.proposer) or draft.proposer == other.proposer)
    )


def _inside(draft: Draft, other: Draft) -> bool:
    """Whether a draft of one term lies within the words of another: the guarantee that somebody else gives."""
    a, b = hull(draft), hull(other)
    return len({(m.giver, m.issue) for m in draft.terms}) == 1 and b[0] <= a[0] and a[1] <= b[1]


def _made(tree: Tree, proposer: str | None, moves: Sequence[Move], rule: str) -> Draft:
    at = [sentence(tree, m.trigger) for m in moves]
    return Draft(proposer, tuple(moves), rule, min(at), max(at))


def _from_moves(d: Discourse, moves: Sequence[Move]) -> Iterator[Draft]:
    """Runs of offers and demands in one sentence, by one party, of which at least one is an offer."""
    by_sentence: dict[tuple[int, str], list[Move]] = {}
    of = opened(d, moves)
    refused = {(sentence(d.tree, m.trigger), m.party) for m in moves if m.act == "rejects"}
    for m in moves:
        if m.act in _PACKAGING and m.issue != TALKS:
            s = sentence(d.tree, m.trigger)
            set_out = (
                s in of and m.act == "offers" and clauses.modality(d.tree, d.tree.at(m.trigger.start) or 0) == "would"
            )
            by_sentence.setdefault((s, of[s] if set_out else m.party), []).append(m)
    for (s, party), package in by_sentence.items():
        # What is asked in the sentence that refuses an offer is a counter-offer.
        offers = [m for m in package if m.act == "offers"]
        counter = (s, party) in refused and any(m.act == "demands" and m.quantity for m in package)
        named = all(m.rule.startswith("noun") for m in package)
        strong = offers or counter or (len({m.issue for m in package}) > 1 and not named)
        ordered = sorted(package, key=lambda m: (m.act != "offers", m.evidence.start))
        proposer = _proposer(d, party, ordered) if strong else party
        yield _made(d.tree, proposer, ordered, "package" if strong else _WEAK)


def _proposer(d: Discourse, party: str, package: Sequence[Move]) -> str | None:
    """Who tabled it: nobody in particular what is only accepted, or what "a deal" would bring."""
    if any(m.act == "accepts" for m in package) and not any(m.act == "offers" for m in package):
        return None
    if any(m.rule.startswith("scope") for m in package) and _only_a_deal(d, package[0]):
        return None
    return party


def _only_a_deal(d: Discourse, m: Move) -> bool:
    """Whether a sentence tells of "a deal" that nobody owns, and of no proposal."""
    first, last = d.tree.sentences[sentence(d.tree, m.trigger)]
    nouns = [i for i in range(first, min(last, first + _LONG)) if d.tree[i].pos == "NOUN"]
    deal = [i for i in nouns if d.tree[i].lemma in _AGREEMENTS and d.tree[i].dep in ("nsubj", "nsubjpass", "pobj")]
    return bool(deal) and not any(d.tree[i].lemma in _TABLED for i in nouns) and owner_of(d.table, deal[0]) is None


def _merged(tree: Tree, found: Iterable[Draft], title: Span | None) -> list[Draft]:
    """Packages of one party in sentences that follow each other are one, where the later ones add terms to it."""
    kept: list[Draft] = []
    for draft in found:
        back = range(len(kept) - 1, max(-1, len(kept) - 1 - _SIDE_BY_SIDE), -1)
        at = next((k for k in back if kept[k].proposer == draft.proposer), None)
        reach = _TAKEN_UP if all(m.rule.startswith("scope") for m in draft.terms) else _FOLLOWING
        close = at is not None and draft.first - kept[at].last <= reach
        again = at is not None and close and _tells_again(kept[at], draft)
        headline = (
            again and at is not None and title is not None and any(m.evidence.overlaps(title) for m in kept[at].terms)
        )
        goes_on = (
            at is not None and close and (again or _adds(tree, kept[at], draft) or _goes_on(tree, kept[at], draft))
        )
        if at is not None and goes_on and not headline and not (again and draft.rule == _WEAK):
            both = (*kept[at].terms, *draft.terms)
            rule = kept[at].rule if draft.rule == _WEAK else draft.rule
            kept[at] = replace(kept[at], terms=both, rule=rule, last=max(kept[at].last, draft.last))
        elif at is not None and headline:
            kept[at] = replace(draft, also=kept[at].terms)
        elif not (again and draft.rule == _WEAK):
            kept.append(draft)
    return [k for k in kept if k.rule != _WEAK and _is_package(k)]


def _adds(tree: Tree, before: Draft, draft: Draft) -> bool:
    """Whether a draft goes on with the one before: it sets out the same proposal."""
    if draft.first == before.last or all(m.rule.startswith("scope") for m in draft.terms):
        return True
    first, last = tree.sentences[draft.first]
    return any(tree[i].text.lower() in _ADDING for i in range(first, min(first + _OPENING, last)))


def _goes_on(tree: Tree, before: Draft, draft: Draft) -> bool:
    """Whether a draft stands in a paragraph that sets out a proposal: one that has named it before."""
    end, start = hull(before)[1], hull(draft)[0]
    if "\n" in tree.text[end:start]:
        return False
    start = hull(before)[0]
    first = max(tree.text.rfind("\n", max(0, start - _PARAGRAPH), start) + 1, start - _PARAGRAPH, 0)
    begin, stop = tree.range(first, min(hull(before)[1], start + _PARAGRAPH))
    return any(tree[i].lemma in _TABLED and clauses.nominal(tree, i) for i in range(begin, stop))


def _tells_again(before: Draft, draft: Draft) -> bool:
    """Whether a draft names an offer of the one before again, with no other number."""
    offered = {(m.issue, m.giver): m.quantity for m in before.terms if m.act == "offers"}
    again = [(offered[m.issue, m.giver], m.quantity) for m in draft.terms if (m.issue, m.giver) in offered]
    return bool(again) and all(a is None or b is None or (a.low, a.high) == (b.low, b.high) for a, b in again)


def _is_package(draft: Draft) -> bool:
    """Whether moves make a package: several terms, or one with a number or a condition, or one called a proposal."""
    terms = {(m.giver, m.issue) for m in draft.terms}
    offers = any(m.act != "accepts" for m in draft.terms)
    if draft.proposer is None and not any(m.act == "offers" for m in draft.terms):
        return len({(m.giver, m.issue) for m in draft.terms if m.act == "accepts"}) > 1
    if len(terms) > 1:
        return True
    return offers and any(m.quantity or m.condition or m.rule.startswith("noun") for m in draft.terms)


def _from_deals(d: Discourse, moves: Sequence[Move]) -> Iterator[Draft]:
    """What was given under an agreement that a sentence names: "under the accord of 2014 X shipped out ..."."""
    by_sentence: dict[int, list[Move]] = {}
    for m in moves:
        if m.act in _GIVEN and m.issue != TALKS:
            by_sentence.setdefault(sentence(d.tree, m.trigger), []).append(m)
    for s, (first, last) in enumerate(d.tree.sentences):
        noun = next((i for i in range(first, last) if d.tree[i].lemma.lower() in _AGREEMENTS), None)
        if noun is None:
            continue
        given = [m for m in by_sentence.get(s, ()) if m.act == "delivers" or _under(d.tree, noun, first)]
        known = {m.issue for m in given}
        more = [m for m in _besides(d, noun, first, last) if m.issue not in known]
        if (given or _under(d.tree, noun, first)) and len({(m.giver, m.issue) for m in (*given, *more)}) > 1:
            yield _made(d.tree, None, [*given, *more], "deal")


def _under(tree: Tree, noun: int, first: int) -> bool:
    """Whether a sentence begins with "under the accord" and tells of what was done."""
    up = tree[tree[noun].head]
    done = tree[up.head].tag == "VBD" and tree.kid(up.head, "aux") is None
    return up.lemma in ("under", "in") and up.i - first < _OPENING and done


def _besides(d: Discourse, noun: int, first: int, last: int) -> Iterator[Move]:
    """The issues that an agreement itself names, and those of the sentence that begins with it."""
    tree = d.tree
    ends = {d.tree.edges[noun]: None}
    verb = tree[tree[noun].head].head
    subject = clauses.subject(tree, verb) if _under(tree, noun, first) else None
    seat = next(iter(d.table.seats(subject)), None)
    if seat is not None:
        ends[verb, last] = None
    for begin, end in ends:
        s = Stretch(begin, end, begin)
        for n in _distinct(d.issues.between(begin, end)):
            if n.issue != TALKS:
                m = _term(d, seat, noun, n, s)
                yield replace(m, giver=m.giver or (seat.party if seat and n.given != "mutual" else None))


def _from_nouns(d: Discourse) -> Iterator[Draft]:
    """What the words of a noun tell: "the firms' two-year pay and pensions offer", "a plan to free ten miners"."""
    tree = d.tree
    for t in tree.tokens:
        if t.lemma in _TABLED and clauses.nominal(tree, t.i):
            first, last = max(tree.edges[t.i][0], t.i - _WIDE), min(tree.edges[t.i][1], t.i + _WIDE)
            s = Stretch(first, last, first)
            named = [n for n in _distinct(d.issues.between(first, last)) if n.issue != TALKS]
            owner = owner_of(d.table, t.i)
            seats = d.table.seats(owner) if owner is not None else []
            if seats and len(named) > 1:
                terms = [_term(d, seats[0], t.i, n, s) for n in named]
                yield _made(tree, seats[0].party, terms, "noun")


def _from_lists(d: Discourse) -> Iterator[Draft]:
    """What stands behind the colon after a proposal: "she handed them a paper: ten per cent, crews of eight, ..."."""
    tree = d.tree
    for t in tree.tokens:
        if t.text != ":":
            continue
        first, last = tree.sentence(t.i)
        first, last = max(first, t.i - _WIDE), min(last, t.i + _LONG)
        noun = next(
            (j for j in range(t.i - 1, first - 1, -1) if tree[j].lemma in _TABLED and clauses.nominal(tree, j)), None
        )
        if noun is None or t.i + 1 >= last:
            continue
        seats = _behind_noun(d, noun)
        terms = [m for s in _items(tree, t.i + 1, last) for n in _named(d, s) for m in [_term(d, seats, noun, n, s)]]
        if len({m.issue for m in terms}) > 1:
            yield _made(tree, seats.party if seats else None, terms, "list")


def _behind_noun(d: Discourse, noun: int) -> Seat | None:
    """Whose a proposal is: its owner's, else the subject's of the verb that it stands under."""
    owner = owner_of(d.table, noun)
    if owner is not None:
        return next(iter(d.table.seats(owner)), None)
    first = max(d.tree.sentence(noun)[0], noun - _WIDE)
    told = (c for r in d.tree.kids(noun, "relcl") for c in d.tree.kids(r, "nsubj"))
    subjects = (*told, *(j for j in range(first, noun) if d.tree[j].dep == "nsubj"))
    return next((s for j in subjects for s in d.table.seats(j)), None)


def _items(tree: Tree, first: int, last: int) -> Iterator[Stretch]:
    """The items of a list, cut at its commas and semicolons."""
    begin = first
    for j in range(first, last + 1):
        if j == last or tree[j].text in (",", ";"):
            if j > begin:
                yield Stretch(begin, j, begin)
            begin = j + 1


def _named(d: Discourse, s: Stretch) -> list[Named]:
    return [n for n in _distinct(d.named(s)) if n.issue != TALKS]


def _distinct(named: Iterable[Named]) -> list[Named]:
    found: dict[str, Named] = {}
    for n in named:
        found.setdefault(n.issue, n)
    return list(found.values())


def _term(d: Discourse, seat: Seat | None, i: int, n: Named, s: Stretch) -> Move:
    """A term as a move, which it is only in form: no clause tells that anybody makes it."""
    given = None if n.given == "mutual" else named_giver(d.table, n, s)
    return d.move(seat or Seat("", i), "offers", n.issue, Predicate(i, "offers", "noun", "proposal"), s, given, n)


def is_over(tree: Tree, draft: Draft) -> bool:
    """Whether the sentence of a deal tells that it is history."""
    first, last = tree.sentences[draft.first]
    return any(tree[i].lemma.lower() in _OVER or _is_year(tree[i].text) for i in range(first, last))


def counters(tree: Tree, draft: Draft) -> bool:
    """Whether the first sentence of a draft calls it a counter-proposal or puts it "instead"."""
    first, last = tree.sentences[draft.first]
    before, _ = tree.sentences[max(0, draft.first - 1)]
    if any(tree[i].lemma.lower() in _COUNTERING for i in range(first, last)):
        return True
    return any(tree[i].lemma.lower().startswith("counter") for i in range(before, first)) and draft.first > 0


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isdecimal() and 1900 <= int(text) <= 2100
