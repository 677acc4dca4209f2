"""The discourse of one report: everything that the rules for moves look at, and the records that they write."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from onthetable.case import Case
from onthetable.lexicon import load
from onthetable.model import Act, Amount, Move, Quantity, Report, Statement, When
from onthetable.terms import clauses
from onthetable.terms.actors import actors_of, owner_of
from onthetable.terms.acts import Predicate, predicates
from onthetable.terms.givers import addressee, giver, named_giver
from onthetable.terms.issues import TALKS, Issues, Named, finder
from onthetable.terms.stretches import Openers, Stretch, Stretches, stretches
from onthetable.terms.table import Seat, Table
from onthetable.tree import Spans, Tree

_CONFIDENCE: dict[str, float] = load("onthetable.terms", "confidence.toml")
_GOVERNED = ("xcomp", "ccomp", "pcomp", "prep", "dobj", "pobj", "acl")
TIME = frozenset(load("onthetable.terms", "moves.toml")["time"])
"""Units of time, which measure no issue in particular."""
BY_UNIT: dict[str, list[str]] = load("onthetable.terms", "moves.toml")["by_unit"]
"""The issues that a unit may measure where nothing nearer tells."""
_OPPOSING = frozenset({"opposition", "objection", "veto", "resistance"})
_FORMER = frozenset(
    {"earlier", "previous", "former", "initial", "original", "longstanding", "long-standing", "past", "prior"}
)
_DROPPING = frozenset({"drop", "abandon", "withdraw", "forgo", "relinquish", "retract", "renounce", "shelve", "scrap"})
_PROPOSING = frozenset({"propose", "table", "submit", "put forward", "demand"})
_DEEDS: frozenset[Act] = frozenset({"offers", "delivers", "concedes"})
_BEFORE = frozenset({"after", "since", "despite", "by"})
_NEAR = 6
"""How many tokens an amount may stand from the issue that it measures."""
_TOWARDS = frozenset({"for", "to", "at", "from", "of", "as"})
"""Prepositions whose number is what a predicate asks, gives or takes; "by 17 votes" is none."""
_SOON = 5
"""How many tokens behind a predicate "it" is its object."""
_BACK = 25
"""How many tokens before a predicate its evidence may take up the words that name who acts."""


@dataclass(frozen=True)
class Discourse:
    """One report with its table, issues and predicates.

    `told` grows while the rules run: the tokens whose act is already part of another move.
    """

    report: Report
    table: Table
    issues: Issues
    predicates: dict[int, Predicate]
    openers: Openers
    told: set[int] = field(default_factory=set)

    @property
    def tree(self) -> Tree:
        """The tree of the report."""
        return self.table.tree

    @cached_property
    def _measured(self) -> dict[str, list[tuple[float | None, Named]]]:
        """The issues that amounts of each unit measure, in the order of the text."""
        found: dict[str, list[tuple[float | None, Named]]] = {}
        for a in self.table.spans.amounts:
            if a.unit and a.unit not in TIME:
                first, last = self.tree.sentence(a.first)
                around = (n for n in self.issues.between(first, last) if n.issue != TALKS and _distance(a, n) <= _NEAR)
                near = [n for n in around if a.unit not in BY_UNIT or self._same_clause(a.last - 1, n.head)]
                if near:
                    n = min(near, key=lambda n: _distance(a, n))
                    placed = replace(n, first=a.first, last=a.last, head=a.first)
                    found.setdefault(a.unit, []).append((a.low, placed))
        return found

    def named(self, s: Stretch) -> list[Named]:
        """The issues of a stretch; a bare amount is about what its unit measured last."""
        found = self.issues.of(s)
        return found or self._by_amount(s)

    def before(self, i: int) -> str:
        """What was talked of before a token, up to the sentence before: an issue, or what an amount measures."""
        issue = self.issues.before(i)
        if issue != TALKS:
            return issue
        first, _ = self.tree.sentences[max(0, self.tree[i].sentence - 1)]
        measured = self._by_amount(Stretch(first, i, first))
        return measured[0].issue if measured else TALKS

    def taken_up(self, s: Stretch) -> list[Named]:
        """What "it" or "them" right behind a predicate takes up: the issue that was named last, if one was near."""
        for j in range(s.first, min(s.last, s.first + _SOON)):
            if self.tree[j].text.lower() == "both" and self.tree[j].dep in ("dobj", "nsubj", "nsubjpass"):
                return self._both(j)
            if self.tree[j].text.lower() in ("it", "them", "that", "this") and self.tree[j].pos == "PRON":
                if self.tree[j].dep not in ("dobj", "nsubj", "pobj"):
                    return []
                first, _ = self.tree.sentences[max(0, self.tree[j].sentence - 1)]
                before = [n for n in self.issues.between(first, s.first) if n.issue != TALKS]
                return [replace(before[-1], first=j, last=j + 1, head=j)] if before else []
        return []

    def _both(self, j: int) -> list[Named]:
        """The two issues that were named last, in the sentence before."""
        first, last = self.tree.sentences[max(0, self.tree[j].sentence - 1)]
        named = {n.issue: n for n in self.issues.between(first, last) if n.issue != TALKS}
        pair = list(named.values())[-2:]
        return [replace(n, first=j, last=j + 1, head=j) for n in pair] if len(pair) > 1 else []

    def _by_amount(self, s: Stretch) -> list[Named]:
        amounts = self.table.spans.amounts
        first, last = (bisect_left(amounts, j, key=lambda a: a.first) for j in (s.first, s.last))
        for a in amounts[first:last]:
            measured = self._measured.get(a.unit or "", [])
            known = [n for low, n in measured if low == a.low] or [n for _, n in measured]
            before = [n for n in known if n.first < a.first] or (known if len({n.issue for n in known}) == 1 else [])
            if not before and a.unit in BY_UNIT:
                count = Counter(n.issue for n in self.issues.named if n.issue in BY_UNIT[a.unit])
                top = count.most_common(1)[0][0] if count else None
                before = [n for n in self.issues.named if n.issue == top][:1]
            if before:
                return [replace(before[-1], first=a.first, last=a.last, head=a.first)]
        return []

    def counted(self, p: Predicate) -> list[Named]:
        """What a bare number that a predicate governs is about ("asked for seven", "holds out for 12,500").

        That is what was named last, up to the sentence before, or the one issue of the case that its unit measures.
        """
        tree = self.tree
        verbs = (p.head, *tree.kids(p.head, "xcomp"))
        below = (k for j in verbs for k in (j, *tree.kids(j, "advmod", "acomp")))
        towards = (c for k in below for c in tree.kids(k, "prep") if tree[c].lemma in _TOWARDS)
        things = [o for j in verbs for o in tree.kids(j, "dobj")] or [o for c in towards for o in tree.kids(c, "pobj")]
        if tree[p.head].dep == "relcl":  # "the 9% that they want"
            things = [tree[p.head].head]
        a = next((a for o in things if (a := self._bare(o))), None)
        if a is None or tree.sentence(p.head) != tree.sentence(a.first):
            return []
        first, _ = tree.sentences[max(0, tree[p.head].sentence - 1)]
        before = [n for n in self.issues.between(first, a.first) if n.issue != TALKS][-1:]
        if not before and a.unit in BY_UNIT:
            ours = {i.id for pack in self.table.case.packs for i in pack.issues if i.id in BY_UNIT[a.unit]}
            return [Named(i, a.first, a.last, a.first, "") for i in ours] if len(ours) == 1 else []
        return [replace(n, first=a.first, last=a.last, head=a.first) for n in before]

    def _bare(self, o: int) -> Amount | None:
        """The amount that an object is, with no thing that it counts: "seven", "6%", "40,000 tonnes", "five a week"."""
        tree, amounts = self.tree, self.table.spans.amounts
        at = bisect_left(amounts, o + 1, key=lambda a: a.first) - 1
        a = amounts[at] if at >= 0 else None
        if a is None or tree.kids(o, "prep"):
            return None
        alone = a.first <= o < a.last and a.unit not in TIME
        each = tree[o].lemma in TIME and tree[o - 1].text.lower() in ("a", "an", "per") and a.last == o - 1
        return a if alone or each else None

    def stretches(self, p: Predicate) -> Stretches:
        """What a predicate is about, what it asks in exchange, and its conditions."""
        return stretches(self.openers, p, self.predicates)

    def tell(self, i: int) -> None:
        """Mark what a predicate governs as told: all but nouns with an owner, and clauses with an agent."""
        tree = self.tree
        stack = [c for c in self._governs(i, *_GOVERNED) if c > i]
        while stack:
            j = stack.pop()
            p = self.predicates.get(j)
            if p and not (p.form == "noun" and owner_of(self.table, j) is not None):
                self.told.add(j)
            stack += [c for c in tree.kids(j, "advcl", "relcl") if tree[c].tag == "VB"]
            stack += self._governs(j, *_GOVERNED, "conj")

    def _governs(self, i: int, *roles: str) -> list[int]:
        """What hangs on a token in some roles, but for clauses with an agent of their own ("talks hosted by X")."""
        tree = self.tree
        return [
            c for c in tree.kids(i, *roles)
            if (tree[c].dep != "acl" or clauses.agent(tree, c) is None) and not self._is_told_apart(c)
        ]  # fmt: skip

    def _is_told_apart(self, c: int) -> bool:
        """ "Flew home after rejecting the offer": what came before is a deed of its own."""
        tree = self.tree
        return tree[c].dep == "prep" and tree[c].lemma in _BEFORE and bool(tree.kids(c, "pcomp"))

    def moves_on(
        self, seat: Seat, act: Act, p: Predicate, s: Stretch, named: Sequence[Named], condition: Stretch | None = None,
        rule: str = "",
    ) -> list[Move]:  # fmt: skip
        """One move for each issue, given by whoever the words or the act make its giver."""
        givers = [(n, self._giver(seat, act, p, s, n)) for n in named]
        return [
            self.move(seat, self._asked(seat, act, p, by), n.issue, p, s, by, n, condition, rule) for n, by in givers
        ]

    def _asked(self, seat: Seat, act: Act, p: Predicate, by: str | None) -> Act:
        """What a principal proposes that the other side do is asked of it."""
        principals = self.table.principals
        asks = (
            act == "offers"
            and p.key in _PROPOSING
            and by is not None
            and by != seat.party
            and {by, seat.party} <= set(principals)
        )
        return "demands" if asks else act

    def _giver(self, seat: Seat, act: Act, p: Predicate, s: Stretch, n: Named) -> str | None:
        """Who would give: the party itself what it will or will not do, those asked what they are asked to do."""
        if act == "concedes" and p.key.rpartition(" ")[2] in _OPPOSING:
            return named_giver(self.table, n, s) or (None if n.given == "mutual" else seat.party)
        if act in ("accepts", "rejects") and self._does_itself(act, p):
            return giver(self.table, seat.party, "offers", n, s)
        asked = addressee(self.table, p) if act == "demands" and n.given != "mutual" else None
        if asked and asked != seat.party:
            return named_giver(self.table, n, s) or asked
        return giver(self.table, seat.party, act, n, s)

    def _does_itself(self, act: Act, p: Predicate) -> bool:
        """Whether what is accepted or refused is a deed of the party: "refuses to free X", "will not lift Y"."""
        if act == "rejects" and p.act in _DEEDS:
            return True
        if act == "accepts" and len(actors_of(self.table, p)) > 1:
            return False
        deeds = [self.predicates.get(c) for c in self.tree.kids(p.head, "xcomp")]
        return any(deed is None or deed.act in _DEEDS for deed in deeds)

    def move(
        self, seat: Seat, act: Act, issue: str, p: Predicate, s: Stretch, given_by: str | None = None,
        named: Named | None = None, condition: Stretch | None = None, rule: str = "",
    ) -> Move:  # fmt: skip
        """The record of a move, not yet numbered. `rule` is the form of the predicate unless another rule decided."""
        tree, i = self.tree, p.head
        rule = rule or p.form
        statement = self.table.statement(i)
        source = statement.source if statement else None
        mention = self.table.spans.mention(seat.head)
        said_by = source.span if source and seat.head == i and seat.party == self.table.speaker(i) else None
        return Move(
            id="",
            report=self.report.id,
            statement=statement.id if statement else None,
            party=seat.party,
            speaker=(source.name or source.span.text) if source else None,
            act=act,
            issue=issue,
            giver=given_by,
            to=self._addressed(p, seat),
            quantity=self._quantity(named, s) if named else None,
            condition=tree.span(condition.opens, condition.last) if condition else None,
            when=_when(tree, i, act),
            hedge=clauses.hedged(tree, i) or bool(statement and statement.hedge),
            negated=clauses.negated(tree, i) and not p.negative,
            actor=mention.span if mention else said_by or tree.span(seat.head, seat.head + 1),
            trigger=tree.span(i, i + 1),
            evidence=tree.span(*_evidence(tree, seat.head, i, s)),
            rule=f"{rule}:{p.key}",
            confidence=_CONFIDENCE.get(f"{rule}.{act}", _CONFIDENCE.get(rule, _CONFIDENCE["mean"])),
        )

    def _addressed(self, p: Predicate, seat: Seat) -> str | None:
        to = addressee(self.table, p)
        return to if to != seat.party else None

    def _quantity(self, n: Named, s: Stretch) -> Quantity | None:
        """The number nearest to the issue in its stretch; of "from 400 to 320" the one that it comes to."""
        amounts = self.table.spans.amounts
        first, last = (bisect_left(amounts, j, key=lambda a: a.first) for j in (s.first, s.last))
        inside = [a for a in amounts[first:last] if a.last <= s.last and self._same_deed(a.last - 1, n.head)]
        near = min(inside, key=lambda a: _distance(a, n), default=None)
        if near is None or _distance(near, n) > _NEAR or self._of_another(near, n, s):
            return None
        if near.first and self.tree[near.first - 1].text.lower() == "from":
            to = (a for a in inside if a.first > near.first and self.tree[a.first - 1].text.lower() in ("to", "into"))
            near = replace(next(to, near), unit=near.unit)
        if near.high is None and near.low is not None and self._capped(near.first):
            near = replace(near, low=None, high=near.low)
        return Quantity(near.low, near.high, near.unit or ("people" if n.issue == "detainee-release" else "units"))

    def _of_another(self, a: Amount, n: Named, s: Stretch) -> bool:
        """Whether a number measures another issue of the stretch, which stands nearer to it."""
        others = (o for o in self.issues.of(s) if o.issue not in (n.issue, TALKS))
        return any(_distance(a, o) < _distance(a, n) for o in others)

    def _capped(self, amount: int) -> bool:
        """Whether a lower bound is denied, and so an upper one: "could not pay more than 3 per cent"."""
        verb = next((j for j in self.tree.above(amount) if self.tree[j].pos == "VERB"), None)
        return verb is not None and clauses.negated(self.tree, verb)

    def _same_deed(self, amount: int, issue: int) -> bool:
        """Whether a number and an issue hang on one verb, or one on the other: not on two that are only joined."""
        above = set(self.tree.above(issue)) | {issue}
        verb = next((j for j in self.tree.above(amount) if self.tree[j].pos == "VERB"), None)
        return verb is None or verb in above or issue in self.tree.above(amount)

    def _same_clause(self, amount: int, issue: int) -> bool:
        """Whether no verb that is only joined on stands between: "holds out for 6% and wants shorter shifts"."""
        tree = self.tree
        joined = [
            {j for j in (i, *tree.above(i)) if tree[j].dep == "conj" and tree[j].pos == "VERB"} for i in (amount, issue)
        ]
        return joined[0] == joined[1]


def discourse(report: Report, spans: Spans, statements: tuple[Statement, ...], case: Case) -> Discourse:
    """The discourse of a report, with nothing told yet."""
    tree = spans.tree
    issues = Issues(tree, finder(case.with_all_packs().packs).find(tree))
    heads = {p.head: p for p in predicates(tree)}
    return Discourse(report, Table(spans, statements, case), issues, heads, Openers(tree))


def _when(tree: Tree, i: int, act: Act) -> When:
    if act == "delivers" or clauses.bygone(tree, i) or _of_old(tree, i, act):
        return "past"
    ahead = clauses.planned(tree, i) or (clauses.purpose(tree, i) and clauses.to_be(tree, tree[i].head))
    return "planned" if act in ("meets", "mediates") and ahead else "now"


def _of_old(tree: Tree, i: int, act: Act) -> bool:
    """ "Its earlier demand", "dropped its demand", "the bid would have raised pay": told as what was before."""
    if tree[i].pos != "NOUN":
        return any(tree[c].text.lower() == "would" for c in tree.kids(i, "aux")) and any(
            tree[c].lemma == "have" for c in tree.kids(i, "aux")
        )
    former = any(tree[c].text.lower() in _FORMER for c in tree.kids(i, "amod"))
    return former or (act == "demands" and tree[i].dep == "dobj" and tree[tree[i].head].lemma in _DROPPING)


def _evidence(tree: Tree, actor: int, i: int, s: Stretch) -> tuple[int, int]:
    """The tokens that a move rests on: its stretch with the predicate and who acts, if they stand together."""
    first, last = s.first if s.first <= i else s.opens, max(s.last, s.first + 1)
    inside = s.opens <= i < s.last
    if inside and tree[actor].sentence == tree[i].sentence and i - _BACK < actor < first:
        first = min(first, tree.edges[actor][0] if tree.edges[actor][1] <= i else actor)
    while last - first > 1 and tree[last - 1].pos == "PUNCT":
        last -= 1
    while last - first > 1 and tree[first].pos == "PUNCT":
        first += 1
    return first, last


def _distance(a: Amount, n: Named) -> int:
    return max(0, a.first - n.last, n.first - a.last)
