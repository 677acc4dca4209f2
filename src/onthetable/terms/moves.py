"""Moves: what a party does at the table, read off clauses.

A predicate of the lexicon (`acts.toml`) gives the act; its subject, agent or possessor the party; what it
governs the issues. Negation, mood and condition then turn the act: "refused to accept" and "will not
accept" are refusals, "no longer demands" gives a demand up, "must withdraw" inside a statement is a demand
of whoever speaks, what follows "in exchange for" is asked for by the side that offers. Frames in the
spirit of FrameNet and of event coders (PETRARCH2: Norris 2016), with polarity and conditions, which those
leave out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from onthetable.model import Act, Move
from onthetable.terms.acts import RAISED
from onthetable.terms.advising import advising
from onthetable.terms.appeals import appeals
from onthetable.terms.attending import attending
from onthetable.terms.breaches import breaches
from onthetable.terms.conditions import conditions
from onthetable.terms.denials import denials
from onthetable.terms.discourse import Discourse
from onthetable.terms.efforts import efforts
from onthetable.terms.givers import PEACE, STRIKES, giver
from onthetable.terms.history import of_history
from onthetable.terms.implied import implied
from onthetable.terms.issues import TALKS
from onthetable.terms.meetings import meetings
from onthetable.terms.menacing import menacing
from onthetable.terms.obstructing import obstructing
from onthetable.terms.predicated import predicated
from onthetable.terms.ranking import worth
from onthetable.terms.scopes import scoped, usual_givers
from onthetable.terms.stretches import Stretch
from onthetable.terms.topic import on_topic
from onthetable.terms.turnout import summons, turnout
from onthetable.tree import Tree

LIKELY = 0.35
"""How likely a move must be where anybody may be a party: the ranking was trained on such texts."""
_LEFT_OPEN: frozenset[Act] = frozenset({"concedes", "considers"})
_ANSWERS: frozenset[Act] = frozenset({"accepts", "rejects", "considers", "concedes"})
_LEFT_ALONE = frozenset({STRIKES, PEACE})
NEAR = 600
"""How many code points back "the offer" may lie."""
_SENTENCE_ENDS = frozenset({".", "!", '"', "”", "’"})
_JOINED: frozenset[Act] = frozenset({"demands", "offers", "accepts", "rejects", "concedes"})
_BESIDES = (
    ("in", "addition", "to"), ("on", "top", "of"), ("as", "well", "as"), ("along", "with"), ("alongside",),
    ("besides",),
)  # fmt: skip
_OPENER = 3
"""How many words the longest of them has."""
DOUBLED = 50
"""How many code points two clauses begin alike with, at least, where one is the other's copy."""


def find_moves(d: Discourse) -> tuple[Move, ...]:
    """The moves of a report, numbered in the order of the text."""
    told = _likely(d, proposed(d)) if d.table.case.open else proposed(d)
    return tuple(replace(m, id=f"{d.report.id}.m{n}") for n, m in enumerate(told, 1))


def proposed(d: Discourse) -> list[Move]:
    """What the rules propose, in the order of the text, before the ranking judges it."""
    found = sorted((m for m in scoped(d, list(_plain(d))) if not of_history(d, m)), key=_place)
    if d.table.case.open:
        found = [m for m in found if on_topic(d, m)]
    told = list(_told_once(d.tree.text, _once(d.tree, _distinct(_whole(found)))))
    told.extend(_besides(d, told))
    return list(_given(d, list(_headed(d, _gathered(sorted(told, key=_place))))))


def _likely(d: Discourse, moves: Iterable[Move]) -> list[Move]:
    """Those that the ranking holds to be moves, as sure as it is of them."""
    ranked = (replace(m, confidence=round(worth(d, m), 2)) for m in moves)
    return [m for m in ranked if m.confidence >= LIKELY]


def _place(m: Move) -> tuple[int, int, str, str]:
    """The order of the text; the parties of one clause stay as they were found, in no order of names."""
    return m.evidence.start, m.evidence.end, m.act, m.issue


def _plain(d: Discourse) -> Iterator[Move]:
    """The moves of single clauses; a predicate is read before those that it governs."""
    yield from conditions(d)
    for t in d.tree.tokens:
        yield from advising(d, t.i)
    depth = _depths(d)
    for p in sorted(d.predicates.values(), key=lambda p: (depth[p.head], p.head)):
        yield from predicated(d, p)
        yield from meetings(d, p)
    for t in d.tree.tokens:
        yield from denials(d, t.i)
        yield from implied(d, t.i)
        yield from appeals(d, t.i)
        yield from attending(d, t.i)
        yield from turnout(d, t.i)
        yield from summons(d, t.i)
        yield from efforts(d, t.i)
        yield from obstructing(d, t.i)
        yield from menacing(d, t.i)
        yield from breaches(d, t.i)


def _depths(d: Discourse) -> dict[int, int]:
    """How deep each token lies under the root of its sentence."""
    depth: dict[int, int] = {}
    for t in d.tree.tokens:
        path = [t.i]
        while path[-1] not in depth and d.tree[path[-1]].head != path[-1]:
            path.append(d.tree[path[-1]].head)
        depth.setdefault(path[-1], 0)
        for child, head in zip(path[-2::-1], path[:0:-1], strict=True):
            depth[child] = depth[head] + 1
    return depth


def _whole(moves: Iterable[Move]) -> Iterator[Move]:
    """An answer to "the offer" is about what was last put on the table by somebody else, if that is near.

    Giving up "its claim" is about what the party itself asked for last, and no move where nothing tells.
    """
    table: list[Move] = []
    asked: dict[str, Move] = {}
    for m in moves:
        if m.rule.startswith("own"):
            if m.party not in asked:
                continue
            m = replace(m, issue=asked[m.party].issue, giver=asked[m.party].giver)
        if m.act == "demands" and m.issue != TALKS:
            asked[m.party] = m
        if m.rule.startswith("whole"):
            last = _last_offer(table, m)
            m = replace(m, issue=last.issue, giver=last.giver) if last else m
        if m.act == "offers" and m.issue != TALKS:
            table.append(m)
        yield m


def _last_offer(table: list[Move], answer: Move) -> Move | None:
    """What the other side put forward last; what went in exchange goes with it."""
    last: Move | None = None
    for m in reversed(table):
        if answer.evidence.start - m.evidence.end >= NEAR or (last and m.trigger != last.trigger):
            break
        if m.party != answer.party and (last is None or last.evidence != m.evidence):
            last = m
    return last


def _distinct(moves: Iterable[Move]) -> list[Move]:
    """One move per party, act, issue and clause; the surer one stays."""
    kept: list[Move] = []
    near: dict[tuple[str, str, str], list[int]] = {}
    for m in moves:
        around = near.setdefault((m.party, m.act, m.issue), [])
        around[:] = [k for k in around if kept[k].evidence.end > m.evidence.start]
        same = next((k for k in around if kept[k].giver == m.giver or not (kept[k].giver and m.giver)), None)
        if same is None:
            around.append(len(kept))
            kept.append(m)
        elif m.confidence > kept[same].confidence:
            kept[same] = m
    return kept


def _given(d: Discourse, moves: list[Move]) -> Iterator[Move]:
    """What is conceded or studied, or has no giver, has the one that the report names for it, where there is just one.

    A strike is called off by whoever has called it.
    """
    usual = usual_givers(m for m in moves if m.act not in _LEFT_OPEN)
    mutual = {i.id for p in d.table.case.with_all_packs().packs for i in p.issues if i.given == "mutual"}
    together = Counter((t, act) for t, act, _ in {(m.trigger, m.act, m.party) for m in moves})
    for m in moves:
        unsaid = m.giver is None and m.act in _ANSWERS and together[m.trigger, m.act] < 2 and m.issue not in mutual
        unsaid = unsaid and m.rule.partition(":")[2] not in RAISED
        open_ = (unsaid or (m.act in _LEFT_OPEN and m.giver)) and m.issue in usual and m.issue not in _LEFT_ALONE
        yield replace(m, giver=usual[m.issue]) if open_ else m


def _once(tree: Tree, moves: Iterable[Move]) -> Iterator[Move]:
    """A noun that only names again what a clause has told is no second move ("the offer", "its demand").

    Nor is a clause that says no more than another one of its sentence.
    """
    seen: dict[tuple[str, str, str], int] = {}
    for m in moves:
        key = (m.party, m.act, m.issue)
        at = tree.at(m.trigger.start)
        sentence = tree[at].sentence if at is not None else -1
        again = key in seen and (m.rule.startswith("noun") or (seen[key] == sentence and m.issue == TALKS))
        if not again:
            yield m
        seen[key] = sentence


def _gathered(moves: Iterable[Move]) -> Iterator[Move]:
    """ "The meetings take place as ...", once it is told who meets: they are the same ones, and no one else's."""
    told = False
    for m in moves:
        if m.rule.startswith("impersonal") and told and m.when == "now":
            continue
        told = told or (m.act == "meets" and m.when == "now" and not m.rule.startswith("impersonal"))
        yield m


def _headed(d: Discourse, moves: Iterable[Move]) -> Iterator[Move]:
    """What a headline says and the report below tells in full is one move, that of the report."""
    moves = list(moves)
    first, _, rest = d.tree.text.partition("\n")
    if not rest.strip() or first.rstrip()[-1:] in _SENTENCE_ENDS:
        yield from moves
        return
    below = {(m.party, m.act, m.issue) for m in moves if m.evidence.start >= len(first)}
    yield from (m for m in moves if m.evidence.end > len(first) or (m.party, m.act, m.issue) not in below)


def _besides(d: Discourse, moves: Iterable[Move]) -> Iterator[Move]:
    """ "In addition to X, they ask for Y": what opens a sentence so is moved with the first move of the sentence."""
    by_sentence: dict[int, list[Move]] = {}
    for m in moves:
        at = d.tree.at(m.trigger.start)
        if at is not None and m.act in _JOINED:
            by_sentence.setdefault(d.tree[at].sentence, []).append(m)
    for s, mates in by_sentence.items():
        beside = _opening(d.tree, *d.tree.sentences[s])
        lead = min(mates, key=_place)
        if beside is None or lead.evidence.start < d.tree.span(beside.first, beside.last).end:
            continue
        at = d.tree.at(lead.trigger.start)
        for n in d.issues.terms(beside) if at is not None else ():
            if all((m.issue, m.party, m.act) != (n.issue, lead.party, lead.act) for m in mates):
                given = giver(d.table, lead.party, lead.act, n, beside)
                span = d.tree.span(beside.opens, beside.last)
                rule = "besides:" + lead.rule
                yield replace(lead, issue=n.issue, giver=given, quantity=None, evidence=span, rule=rule)


def _opening(tree: Tree, first: int, last: int) -> Stretch | None:
    """What stands behind the "in addition to" that opens a sentence, up to its comma."""
    words = [tree[j].text.lower() for j in range(first, min(last, first + _OPENER))]
    size = next((len(p) for p in _BESIDES if tuple(words[: len(p)]) == p), 0)
    comma = next((j for j in range(first + size, last) if tree[j].text == "," and _closes(tree, first, j)), None)
    return Stretch(first + size, comma, first) if size and comma else None


def _closes(tree: Tree, first: int, comma: int) -> bool:
    """Whether a comma ends what hangs on the first word, and does not stand in a list of it."""
    return tree.edges[first][1] <= comma + 1 or tree[comma].head < first or tree[comma].head > comma


def _told_once(text: str, moves: Iterable[Move]) -> Iterator[Move]:
    """A sentence that a report gives twice (below a picture, as a pulled quotation) makes its moves once."""
    seen: set[tuple[str, str, str, str | None, str]] = set()
    for m in moves:
        first = text[m.evidence.start : min(m.evidence.end, m.evidence.start + DOUBLED)]
        key = (m.party, m.act, m.issue, m.giver, " ".join(first.lower().split()))
        if len(first) < DOUBLED or key not in seen:
            yield m
        seen.add(key)
