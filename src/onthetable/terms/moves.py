"""Moves: what a party does at the table, read off clauses.

A predicate of the lexicon (`acts.toml`) gives the act; its subject, agent or possessor the party; what it
governs the issues. Negation, mood and condition then turn the act: "refused to accept" and "will not
accept" are refusals, "no longer demands" gives a demand up, "must withdraw" inside a statement is a demand
of whoever speaks, what follows "in exchange for" is asked for by the side that offers. Frames in the
spirit of FrameNet and of event coders (PETRARCH2: Norris 2016), with polarity and conditions, which those
leave out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from onthetable.case import Case
from onthetable.lexicon import load
from onthetable.model import Act, Amount, Move, Quantity, Report, Span, Statement, When
from onthetable.terms import clauses
from onthetable.terms.acts import NEEDING, NEEDS, WHOLE, Predicate, predicates
from onthetable.terms.issues import TALKS, Named, finder
from onthetable.tree import Spans, Tree

_DATA = load("onthetable.terms", "moves.toml")
_EXCHANGE = tuple(tuple(p.split()) for p in _DATA["exchange"])
_CONTEXT = tuple(tuple(p.split()) for p in _DATA["context"])
_CONDITION = tuple(tuple(p.split()) for p in sorted(_DATA["condition"], key=len, reverse=True))
_CONFIDENCE: dict[str, float] = _DATA["confidence"]
_WE = frozenset({"we", "our", "us", "i", "my", "ours"})
_GOVERNED = ("xcomp", "ccomp", "pcomp", "prep", "dobj", "pobj", "acl")
NEAR = 600
"""How many code points back "the offer" may lie."""
GIVING: frozenset[Act] = frozenset({"offers", "accepts", "considers", "delivers"})


@dataclass(frozen=True, slots=True)
class _Who:
    """A party that acts, and the words that name it."""

    party: str
    head: int


@dataclass(frozen=True, slots=True)
class _Segment:
    """A run of tokens with its part in the clause: main, exchange or condition."""

    first: int
    last: int
    opens: int


def find_moves(report: Report, spans: Spans, statements: tuple[Statement, ...], case: Case) -> tuple[Move, ...]:
    """The moves of a report, numbered in the order of the text."""
    reader = _Reader(report, spans, statements, case)
    plain = list(reader.moves())
    found = sorted([*plain, *reader.scoped(plain)], key=lambda m: (m.evidence.start, m.evidence.end, m.party, m.act, m.issue))
    told = _distinct(_whole(found))
    return tuple(replace(m, id=f"{report.id}.m{n}") for n, m in enumerate(_once(told), 1))


def _whole(moves: Sequence[Move]) -> Iterator[Move]:
    """An answer to "the offer" is about what was last put on the table by somebody else, if that is near."""
    table: list[Move] = []
    for m in moves:
        if m.rule.startswith("whole"):
            last = next(
                (t for t in reversed(table) if t.party != m.party and m.evidence.start - t.evidence.end < NEAR), None
            )
            m = replace(m, issue=last.issue, giver=last.giver) if last else m
        if m.act == "offers" and m.issue != TALKS:
            table.append(m)
        yield m


def _once(moves: Iterable[Move]) -> Iterator[Move]:
    """A noun that only names again what a clause has told is no second move ("the offer", "its demand")."""
    seen: set[tuple[str, str, str]] = set()
    for m in moves:
        key = (m.party, m.act, m.issue)
        if not (m.rule.startswith("noun") and key in seen):
            yield m
        seen.add(key)


def _distinct(moves: Iterable[Move]) -> Iterator[Move]:
    """One move per party, act, issue and clause; the surer one stays."""
    kept: list[Move] = []
    for m in moves:
        same = next((k for k in kept if (k.party, k.act, k.issue) == (m.party, m.act, m.issue) and (
            k.giver == m.giver or not (k.giver and m.giver)) and k.evidence.overlaps(m.evidence)), None)  # fmt: skip
        if same is None:
            kept.append(m)
        elif m.confidence > same.confidence:
            kept[kept.index(same)] = m
    yield from kept


class _Reader:
    """Everything that the rules look at while they read one report."""

    def __init__(self, report: Report, spans: Spans, statements: tuple[Statement, ...], case: Case) -> None:
        self.report, self.spans, self.tree, self.case = report, spans, spans.tree, case
        self.statements = statements
        self.named = finder(case.with_all_packs().packs).find(self.tree)
        self.predicates = {p.head: p for p in predicates(self.tree)}
        self.principals = tuple(p.name for p in case.parties if p.role == "principal")
        self.mediators = frozenset(p.name for p in case.parties if p.role == "mediator")
        self.consumed: set[int] = set()
        self.within = self._innermost()

    def moves(self) -> Iterator[Move]:
        for p in sorted(self.predicates.values(), key=lambda p: (self._depth(p.head), p.head)):
            yield from self._of_predicate(p)
            yield from self._hosts(p)
        for t in self.tree.tokens:
            if t.pos in ("VERB", "AUX") and t.i not in self.predicates:
                yield from self._of_need(t.i)
                yield from self._of_refusal(t.i)
            if t.lemma in ("through", "via") or t.lemma in _DATA["carrying"]:
                yield from self._of_carrying(t.i)

    def _of_refusal(self, i: int) -> Iterator[Move]:
        """ "The sites will never be opened", said by whoever would have to open them: a refusal."""
        tree = self.tree
        speaker = self._speaker(i)
        if not speaker or i in self.consumed or clauses.modality(tree, i) not in ("will", "would") or not clauses.negated(tree, i):
            return
        subject = clauses.subject(tree, i)
        if self._unreal(i) or subject is None or any(w.party != speaker for w in self._parties(subject)):
            return
        p = Predicate(i, "rejects", "verb", "will not")
        main, _, condition = self._segments(p)
        first = min(tree.edges[subject][0], main.first) if subject < i else main.first
        main = _Segment(first, main.last, first)
        for n in self._issues(main, "rejects"):
            yield self._move(_Who(speaker, i), "rejects", n.issue, self._giver(speaker, "offers", n, main), p, main, n,
                             self._condition_span(condition), "refusal")  # fmt: skip

    def _of_carrying(self, i: int) -> Iterator[Move]:
        """A text that goes "through" somebody, or that mediators carry: they mediate."""
        tree = self.tree
        carried = tree[i].dep in ("prep", "ROOT", "relcl", "conj", "ccomp", "advcl", "acl")
        if not carried or i in self.consumed or self._unreal(i):
            return
        through = tree[i].pos == "ADP"
        heads = tree.kids(i, "pobj") if through else [s for s in [clauses.subject(tree, i)] if s is not None]
        for w in (w for h in heads for w in self._parties(h)):
            if w.party in self.mediators:
                p = Predicate(i, "mediates", "verb", tree[i].lemma)
                yield self._move(w, "mediates", TALKS, None, p, _Segment(i, tree.edges[i][1], i), None, None, "carrying")

    def scoped(self, told: Sequence[Move]) -> Iterator[Move]:
        """What a proposal would have somebody do, in clauses that no predicate of their own makes a move.

        The proposal is that of the sentence ("Under the firms' offer a driver would get ...", "The union's
        plan would ...") or the one that the sentence before has told of.
        """
        tree = self.tree
        offers = {tree[i].sentence: m.party for m in told if m.act == "offers" and (i := tree.at(m.trigger.start)) is not None}
        last: tuple[int, str] | None = None
        for s, (first, end) in enumerate(tree.sentences):
            opened = self._opened_by(first, end, offers, s)
            if opened is None and last and last[0] == s - 1 and s not in offers:
                opened = last[1]
            proposer = opened
            found = False
            for i in range(first, end) if proposer else ():
                for m in self._of_scope(i, proposer or ""):
                    found = True
                    yield m
            if proposer and found:
                last = (s, proposer)
            elif s in offers:
                last = (s, offers[s])

    def _opened_by(self, first: int, end: int, offers: dict[int, str], s: int) -> str | None:
        """Whose proposal a sentence sets out: its subject's, or that of the "under" which it begins with."""
        tree = self.tree
        for i in range(first, end):
            if tree[i].lemma not in WHOLE or tree[i].pos != "NOUN":
                continue
            up = tree[tree[i].head]
            if up.i in self.predicates and self.predicates[up.i].act != "offers":
                continue
            under = tree[i].dep == "pobj" and (up.lemma in ("under", "per") or up.lemma == "in" and up.i == first)
            subject = tree[i].dep in ("nsubj", "nsubjpass") and clauses.modality(tree, tree[i].head) in ("would", "will", "must")
            if under or subject or (tree[i].dep == "nsubj" and up.lemma in _DATA["setting_out"]):
                owner = self._owner(i)
                if owner is not None:
                    return self._parties(owner)[0].party
                before = [offers[k] for k in range(s, max(-1, s - 4), -1) if k in offers]
                return before[0] if before else None
        return None

    def _of_scope(self, i: int, proposer: str) -> Iterator[Move]:
        tree = self.tree
        if i in self.consumed or tree[i].pos not in ("VERB", "AUX") or self._unreal(i):
            return
        if any(j in self.predicates and self.predicates[j].act != "offers" for j in tree.above(i)):
            return
        mood = clauses.modality(tree, i)
        if not mood and not (tree.kid(i, "nsubj") is not None and tree[i].lemma in _DATA["setting_out"]):
            return
        if mood in ("may", "") and tree[i].lemma not in _DATA["setting_out"] or self._speaker(i) not in (None, proposer):
            return
        p = Predicate(i, "offers", "verb", "proposal")
        main, exchange, condition = self._segments(p)
        subject = tree.kid(i, "nsubj", "nsubjpass")
        who = self._parties(subject) if subject is not None else []
        first = tree.edges[subject][0] if subject is not None and tree[subject].lemma not in WHOLE else i
        main = replace(main, first=min(first, i), opens=min(first, i))
        self._consume(i)
        for n in self._issues(main, "offers"):
            giver = self._named_giver(n, main) or (who[0].party if who else None)
            refused = clauses.negated(tree, i)
            act: Act = "rejects" if refused else "demands" if giver and giver != proposer or mood == "must" else "offers"
            if n.issue != TALKS:
                given = None if n.given == "mutual" else giver or self._giver(proposer, act, n, main)
                yield self._move(_Who(proposer, i), act, n.issue, given, p, main, n, self._condition_span(condition), "scope")
        yield from self._counterparts(_Who(proposer, i), "offers", p, exchange, condition)

    def _depth(self, i: int) -> int:
        return sum(1 for _ in self.tree.above(i))

    def _innermost(self) -> dict[int, Statement]:
        """For each token the innermost statement that it is said in."""
        found: dict[int, Statement] = {}
        for s in sorted(self.statements, key=lambda s: -(s.content.end - s.content.start)):
            for piece in s.pieces:
                for i in range(*self.tree.range(piece.start, piece.end)):
                    found[i] = s
        return found

    # --- a predicate ----------------------------------------------------------------------------------

    def _of_predicate(self, p: Predicate) -> Iterator[Move]:
        tree, i = self.tree, p.head
        if i in self.consumed or self._unreal(i):
            return
        who = [w for w in self._who(p) if not self._own_side(p, w)]
        if p.form == "adjective" and p.act == "denies":
            yield from self._of_falsehood(p)
            return
        act, inner = self._take_over(p)
        turned = self._turn(act, i, p)
        if turned is None or self._reports(p) or self._made_to(i):
            return
        segments = self._segments(p)
        if clauses.modality(tree, i) == "must":
            yield from self._must(p, who, segments)
            return
        if not self._asserted(p, who):
            return
        self._consume(i)
        for s in (*segments[1], *segments[2]):
            self.consumed.update(j for j in range(s.first, s.last) if j in self.predicates)
        for w in who:
            yield from self._build(w, turned, p, segments, inner)

    def _of_falsehood(self, p: Predicate) -> Iterator[Move]:
        """ "Reports that X are false": a denial by whoever says so."""
        speaker = self._speaker(p.head)
        subject = clauses.subject(self.tree, p.head)
        if speaker and subject is not None and self.tree[subject].lemma in _DATA["claims"]:
            first, last = self.tree.edges[subject]
            main = _Segment(first, max(last, p.head + 1), first)
            named = [n.issue for n in self._issues(main, "denies") if n.issue != TALKS]
            yield self._move(_Who(speaker, p.head), "denies", named[0] if named else self._before(first), None, p, main, None, None)

    def _hosts(self, p: Predicate) -> Iterator[Move]:
        """ "Meetings with Lusani mediators have begun": those whom the talks are held with mediate or meet, too."""
        if p.act != "meets" or p.head in self.consumed or self._unreal(p.head) or not self._asserted(p, []):
            return
        if p.form == "noun" and self._impersonal(p.head):
            for party in self.principals:
                yield self._move(_Who(party, p.head), "meets", TALKS, None, p, _Segment(*self.tree.edges[p.head], p.head), None, None, "impersonal")
        if clauses.negated(self.tree, p.head):
            return
        tree = self.tree
        withs = [
            c
            for j in (p.head, *tree.kids(p.head, "dobj", "pobj"))
            for c in tree.kids(j, "prep")
            if tree[c].lemma in ("with", "between")
        ]
        for c in withs:
            for o in tree.kids(c, "pobj"):
                for w in self._parties(o):
                    act: Act = "mediates" if w.party in self.mediators else "meets"
                    if act == "mediates" or tree[c].lemma == "between" or p.form == "verb":
                        yield self._move(
                            w, act, TALKS, None, p, _Segment(p.head, tree.edges[c][1], p.head), None, None, "host"
                        )

    def _impersonal(self, i: int) -> bool:
        """ "A sixth round will be held", "talks resume": everybody at the table meets."""
        tree = self.tree
        if self._owner(i) is not None or len(self.principals) != 2 or not self._parties_free(i):
            return False
        up = tree[i].head
        if tree[up].dep not in ("ROOT", "ccomp", "conj"):
            return False
        if tree[i].dep in ("nsubj", "nsubjpass"):
            chain = [up, *tree.kids(up, "xcomp", "acomp")]
            return any(tree[j].lemma in _DATA["going_on"] for j in chain) and not clauses.negated(tree, up)
        return False

    def _parties_free(self, i: int) -> bool:
        inside = range(i, self.tree.edges[i][1])
        return not any(self._parties(o) for c in inside if self.tree[c].lemma in ("with", "between") for o in self.tree.kids(c, "pobj"))

    def _take_over(self, p: Predicate) -> tuple[Act, int]:
        """The act of what a weak predicate governs: "ready to concede" concedes; else its own."""
        weak = p.form == "adjective" and p.act in ("offers", "considers") or p.key in _DATA["weak"]
        if weak:
            for c in self.tree.kids(p.head, "xcomp", "prep"):
                below = [c, *self.tree.kids(c, "pcomp", "pobj")]
                inner = next((self.predicates[b] for b in below if b in self.predicates), None)
                if inner and inner.act in _DATA["strong"]:
                    self.consumed.add(inner.head)
                    return inner.act, inner.head
        return p.act, p.head

    def _reports(self, p: Predicate) -> bool:
        """Whether a verb that may ask or offer only tells: "suggested that it was", "insists that they are ready"."""
        tree = self.tree
        if p.key not in _DATA["telling"]:
            return False
        told = tree.kid(p.head, "ccomp")
        if told is None:
            return False
        mood = clauses.modality(tree, told)
        perfect = any(tree[c].lemma == "have" for c in tree.kids(told, "aux"))
        return (
            mood == "may"
            and (perfect or p.key != "suggest")
            or (mood == "" and tree[told].tag in ("VBZ", "VBD"))
            or (mood in ("will", "would") and p.act in ("demands", "offers"))
        )

    def _made_to(self, i: int) -> bool:
        """ "Pressure led them to enter talks": who is made to act does not act here."""
        tree = self.tree
        up = tree[tree[i].head]
        return tree[i].dep in ("xcomp", "ccomp") and up.lemma in _DATA["making"] and up.i != i

    def _turn(self, act: Act, i: int, p: Predicate) -> Act | None:
        """What negation makes of an act."""
        tree = self.tree
        if clauses.ceases(tree, i) and act in ("demands", "rejects"):
            return "concedes"
        if not clauses.negated(tree, i):
            return act
        turned = _DATA["negated"].get(act)
        if act == "rejects" and p.key in _DATA["ruling_out"]:
            turned = "considers"
        if act == "delivers" and clauses.modality(tree, i) in ("will", "would", "may"):
            turned = "rejects"
        return turned  # type: ignore[no-any-return]

    def _unreal(self, i: int) -> bool:
        """Asked, supposed, or part of a condition: no move."""
        tree = self.tree
        return clauses.question(tree, i) or clauses.supposed(tree, i) is not None

    def _asserted(self, p: Predicate, who: list[_Who]) -> bool:
        """Whether the clause says that the act is done, and not that it might be."""
        mood = clauses.modality(self.tree, p.head)
        statement = self.within.get(p.head)
        speaker = self._speaker(p.head)
        denied = clauses.negated(self.tree, p.head)
        if mood == "may":
            return (denied and p.act in ("accepts", "offers")) or (p.act == "considers" and any(w.party == speaker for w in who))
        if mood == "would" and denied and p.act == "accepts":
            return True
        if mood == "would":
            own = any(w.party == speaker for w in who)
            return own or (statement is not None and speaker is None and statement.source is not None
                           and statement.source.kind == "anonymous") or p.act == "delivers"  # fmt: skip
        return True

    def _consume(self, i: int) -> None:
        """What a predicate governs is no act of its own, but nouns with an owner and clauses with an agent are."""
        tree = self.tree
        stack = [c for c in tree.kids(i, *_GOVERNED) if c > i]
        while stack:
            j = stack.pop()
            p = self.predicates.get(j)
            if p and not (p.form == "noun" and self._owner(j) is not None):
                self.consumed.add(j)
            infinitives = [c for c in tree.kids(j, "advcl", "relcl") if tree[c].tag == "VB"]
            governed = [c for c in tree.kids(j, *_GOVERNED, "conj") if tree[c].dep != "acl" or clauses.agent(tree, c) is None]
            stack += infinitives + governed

    # --- who ------------------------------------------------------------------------------------------

    def _who(self, p: Predicate) -> list[_Who]:
        tree, i = self.tree, p.head
        if p.form == "noun":
            owner = self._owner(i)
            return self._parties(owner) if owner is not None else self._light_subject(i)
        if p.form == "verb" and clauses.passive(tree, i):
            by = clauses.agent(tree, i)
            return self._parties(by) if by is not None else []
        subject = clauses.subject(tree, i)
        return self._parties(subject) if subject is not None else self._before_verb(i)

    def _before_verb(self, i: int) -> list[_Who]:
        """Who stands right before a finite verb that the parser has left without a subject."""
        tree = self.tree
        top = i
        while tree[top].dep in ("xcomp", "acomp") and tree[top].head != top:
            top = tree[top].head
        j = min([top, *tree.kids(top, "aux", "auxpass", "neg")]) - 1
        while j > 0 and (tree[j].text == "," or tree[j].dep == "advmod"):
            j -= 1
        if j < 0 or tree[j].sentence != tree[i].sentence or tree[top].tag not in ("VBD", "VBZ", "VBP"):
            return []
        mention = next((m for m in self.spans.mentions if m.first <= j < m.last and m.form == "name"), None)
        return self._parties(mention.head) if mention else []

    def _own_side(self, p: Predicate, who: _Who) -> bool:
        """Whether a demand goes to the party's own side: that is a quarrel within it, and no move of it."""
        if p.act not in ("demands", "accuses") or p.form != "verb":
            return False
        targets = self.tree.kids(p.head, "dobj", "dative")
        return any(w.party == who.party for t in targets for w in self._parties(t) if self.tree[t].pos != "VERB")

    def _owner(self, i: int) -> int | None:
        """Whose a noun is: "Israel's offer", "the union's refusal", "an offer by the firms"."""
        tree = self.tree
        for c in tree.kids(i, "poss", "compound", "amod", "nmod"):
            if tree[c].dep == "poss" and self._parties(c) or self.spans.mention(c) and self._parties(c):
                return c
        for c in tree.kids(i, "prep", "agent"):
            if tree[c].lemma in ("of", "by", "from"):
                owner = next((p for p in tree.kids(c, "pobj") if self._parties(p)), None)
                if owner is not None:
                    return owner
        return None

    def _light_subject(self, i: int) -> list[_Who]:
        """The subject of the verb that a noun is the object of: "the firms made an offer"."""
        tree = self.tree
        if tree[i].dep in ("dobj", "attr", "pobj") and tree[tree[i].head].lemma in _DATA["light"]:
            subject = clauses.subject(tree, tree[i].head)
            return self._parties(subject) if subject is not None else []
        return []

    def _parties(self, i: int) -> list[_Who]:
        """The parties that a token and what is joined to it refer to."""
        found: list[_Who] = []
        for j in (i, *self._joined(i)):
            if self.tree[j].text.lower() in _WE:
                speaker = self._speaker(j)
                if speaker:
                    found.append(_Who(speaker, j))
                continue
            actor = self.spans.actor(j)
            if actor and actor.party:
                found.append(_Who(actor.party, j))
            elif actor:
                found += [_Who(m, j) for m in actor.members]
                if self.case.open and not actor.members and not self._outsider(j):
                    found.append(_Who(actor.name, j))
            elif self.case.open and self.tree[j].pos in ("NOUN", "PROPN") and self.tree[j].lemma not in _DATA["things"]:
                found.append(_Who(self.tree.span(self.tree.edges[j][0], j + 1).text, j))
        return found

    def _outsider(self, i: int) -> bool:
        actor = self.spans.actor(i)
        return actor is None or actor.kind == "document" or actor.role in _DATA["outside"]

    def _joined(self, i: int) -> Iterator[int]:
        for c in self.tree.kids(i, "conj"):
            yield c
            yield from self._joined(c)

    # --- what -----------------------------------------------------------------------------------------

    def _segments(self, p: Predicate) -> tuple[_Segment, list[_Segment], list[_Segment]]:
        """The main stretch that a predicate governs, what it asks in exchange, and its conditions."""
        tree, i = self.tree, p.head
        first, last = tree.edges[i]
        if p.form != "noun":
            first = i
            if clauses.passive(tree, i) or p.key in _DATA["raised"]:
                patient = tree.kid(i, "nsubjpass", "nsubj")
                first = tree.edges[patient][0] if patient is not None else i
            if tree[i].dep in ("relcl", "acl") and self._describes(i):
                first, last = tree.edges[tree[i].head]
        last = min([last, *(tree.edges[c][0] for c in self._other_clauses(i) if tree.edges[c][0] > i)])
        end = self._clause_end(i, last)
        swap = (("for",),) if p.key in _DATA["swapping"] or self._swaps(i) else ()
        exchange = [s for s in self._openers(i, end, (*_EXCHANGE, *swap)) if s.first >= first]
        context = self._openers(i, end, _CONTEXT)
        condition = [
            s for s in self._openers(i, end, _CONDITION) if not any(e.opens <= s.opens < e.last for e in exchange)
        ]
        stop = min([last, *(s.opens for s in (*exchange, *condition, *context) if s.opens > i)])
        return _Segment(first, stop, first), exchange, condition

    def _swaps(self, i: int) -> bool:
        """Whether a predicate governs a verb or noun of swapping: "ready to exchange A for B"."""
        return any(self.tree[c].lemma in _DATA["swapping"] for c in self.tree.kids(i, "xcomp", "dobj", "pobj"))

    def _describes(self, i: int) -> bool:
        """Whether the noun that a relative clause hangs on is what the act is about: "the pause that they offered"."""
        patient = self.tree.kid(i, "nsubjpass")
        if clauses.passive(self.tree, i):
            return patient is None or self.tree[patient].tag in ("WDT", "WP")
        return not self.tree.kids(i, "dobj", "xcomp", "ccomp") and self.tree.kid(i, "nsubj") is not None

    def _other_clauses(self, i: int) -> list[int]:
        """Verbs joined to this one with an act or a subject of their own."""
        return [c for c in self.tree.kids(i, "conj") if self.tree[c].pos in ("VERB", "AUX") and (
            c in self.predicates or self.tree.kids(c, "nsubj", "nsubjpass"))]  # fmt: skip

    def _clause_end(self, i: int, last: int) -> int:
        """How far to look for what goes in exchange and for conditions: the clause of the predicate."""
        tree = self.tree
        _, end = tree.sentence(i)
        top = i
        while (
            tree[top].dep
            in (
                "xcomp",
                "acomp",
                "pcomp",
                "prep",
                "dobj",
                "pobj",
                "attr",
                "oprd",
                "relcl",
                "acl",
                "nsubj",
                "compound",
                "ccomp",
            )
            and tree[top].head != top
        ):
            up = tree[top].head
            if tree[top].dep == "ccomp" and tree[up].lemma in _DATA["saying"]:
                break
            top = up
        return min(end, max(last, tree.edges[top][1]))

    def _openers(self, i: int, end: int, phrases: tuple[tuple[str, ...], ...]) -> list[_Segment]:
        tree = self.tree
        found: list[_Segment] = []
        j = i + 1
        while j < end:
            size = next(
                (len(p) for p in phrases if tuple(tree[k].text.lower() for k in range(j, min(end, j + len(p)))) == p), 0
            )
            if size and self._opens(j, size):
                first = j + size
                wide = phrases is _CONDITION and tree[j].text.lower() in _DATA["listing"]
                found.append(_Segment(first, end if wide else self._reach(j, first, end), j))
                j = first
            else:
                j += 1
        return found

    def _opens(self, j: int, size: int) -> bool:
        """Whether the phrase opens a clause or a noun, and is not the "before" of "the day before"."""
        token = self.tree[j]
        return size > 1 or token.dep in ("mark", "prep", "advmod", "aux")

    def _reach(self, opens: int, first: int, end: int) -> int:
        """Where the stretch behind an opener ends: its own subtree, or that of the clause that it marks."""
        tree = self.tree
        tops = [opens, *range(opens, first)]
        marked = [tree[t].head for t in tops if tree[t].dep in ("mark", "advmod", "aux") and tree[t].head >= first]
        last = max([tree.edges[t][1] for t in (*tops, *marked)])
        if first < last < end and tree[last - 1].dep == "cc":
            return end
        return min(max(last, first + 1), end) if last > first else end

    def _issues(self, s: _Segment, act: Act) -> list[Named]:
        """The issues of a stretch, one each; talks only where they are the head of it all, or nothing else is named."""
        if act in ("meets", "mediates"):
            return []
        unique: dict[str, Named] = {}
        for n in self.named:
            if s.first <= n.first < s.last and not self._aside(n, s):
                unique.setdefault(n.issue, n)
        own = [n for n in unique.values() if n.issue != TALKS]
        talks = unique.get(TALKS)
        if talks and own and all(self._under(n.head, talks.head) for n in own):
            return [talks]
        return own or list(unique.values())

    def _aside(self, n: Named, s: _Segment) -> bool:
        """Whether an issue stands in a ", which" clause that only tells more of something."""
        for j in (n.head, *self.tree.above(n.head)):
            if j < s.first:
                return False
            if self.tree[j].dep == "relcl" and any(
                self.tree[k].text == ","
                for k in range(max(s.first, self.tree.edges[j][0] - 1), self.tree.edges[j][0] + 1)
            ):
                return True
        return False

    def _under(self, i: int, top: int) -> bool:
        return top in self.tree.above(i) and i > top

    # --- moves ----------------------------------------------------------------------------------------

    def _build(
        self, who: _Who, act: Act, p: Predicate, parts: tuple[_Segment, list[_Segment], list[_Segment]], inner: int
    ) -> Iterator[Move]:
        main, exchange, condition = parts
        if act == "mediates" and who.party in self.principals:
            if not self._partner(p.head):
                return
            act = "meets"
        if who.party in self.mediators and (act == "meets" or (act == "demands" and p.key in _DATA["pushing"])):
            if act == "meets" or not [
                n for n in self._issues(main, act) if n.issue not in (TALKS, "ceasefire", "end-of-war")
            ]:
                act = "mediates"
        if act == "rejects":
            missing = self._missing(main)
            if missing:
                for n in self._issues(missing, act):
                    if n.issue != TALKS:
                        yield self._move(
                            who, "demands", n.issue, self._giver(who.party, "demands", n, missing), p, main, n, None
                        )
                return
        issues = self._issues(main, act)
        if act == "accuses":
            issues = []
        if act == "offers" and p.form == "noun" and {n.issue for n in issues} <= {TALKS}:
            return
        if act == "meets" and p.form == "verb" and ("meeting" in p.key or p.key == "receive") and not self._partner(p.head):
            return
        if act in ("meets", "mediates"):
            if p.form == "noun" and self.tree[p.head].dep in ("compound",):
                return
            yield self._move(who, act, TALKS, None, p, main, None, None)
            return
        if act == "delivers" and not [n for n in issues if n.issue != TALKS]:
            return
        if act == "delivers":
            act = self._delivery(p, issues)
        if not issues:
            if clauses.negated(self.tree, p.head) and p.act in ("offers", "considers"):
                return
            answers = act in ("accepts", "rejects", "considers")
            whole = p.key in _DATA["whole_by_itself"] or any(
                self.tree[j].lemma in WHOLE and (answers or self.tree[j].pos != "PRON") for j in range(main.first, main.last)
            )
            if act not in ("accuses", "denies") and (not whole or act == "delivers"):
                if self.case.open and act != "delivers" and p.form != "noun" and self.tree.kids(p.head, "dobj", "xcomp", "ccomp", "prep", "nsubjpass"):
                    yield self._move(who, act, "other", None, p, main, None, self._condition_span(condition))
                return
            rule = (
                "whole" if act in ("accepts", "rejects", "considers") and p.key not in _DATA["whole_by_itself"] else ""
            )
            about = self._before(main.first) if act == "denies" else TALKS
            yield self._move(who, act, about, None, p, main, None, self._condition_span(condition), rule)
        for n in issues:
            giver = self._giver(who.party, act, n, main)
            yield self._move(who, act, n.issue, giver, p, main, n, self._condition_span(condition))
        yield from self._counterparts(who, act, p, exchange, condition)

    def _before(self, i: int) -> str:
        """The issue that the words before a token are about, for a denial that names none."""
        first = max(0, self.tree[i].sentence - 1)
        near = [n for n in self.named if n.first < i and self.tree[n.first].sentence >= first and n.issue != TALKS]
        return near[-1].issue if near else TALKS

    def _missing(self, s: _Segment) -> _Segment | None:
        """What is asked by refusing all that lacks it: "any deal that does not include X", "no deal without X"."""
        tree = self.tree
        for j in range(s.first, s.last):
            if tree[j].lemma in NEEDS and tree[j].dep == "relcl" and clauses.negated(tree, j):
                return _Segment(j + 1, max(s.last, tree.edges[j][1]), j)
            if tree[j].lemma == "without" and tree[tree[j].head].lemma in WHOLE:
                return _Segment(j + 1, max(s.last, tree.edges[j][1]), j)
        return None

    def _partner(self, i: int) -> bool:
        """Whether somebody is met: "held a meeting with X", not a cabinet's own."""
        tree = self.tree
        inside = range(*tree.edges[i])
        if any(self._parties(o) for o in tree.kids(i, "dobj")):
            return True
        return any(tree[j].lemma in ("with", "between") and tree[j].dep == "prep" for j in inside)

    def _delivery(self, p: Predicate, issues: list[Named]) -> Act:
        """What a verb of giving is in its mood: done, promised, or threatened."""
        if self._to_come(p.head):
            return "threatens" if any(n.issue == "industrial-action" for n in issues) else "offers"
        return "delivers"

    def _to_come(self, i: int) -> bool:
        """Whether what is given is still to come: "will walk out", "voted to strike", "are going on strike"."""
        tree = self.tree
        for j in (i, *tree.above(i)):
            if clauses.modality(tree, j) in ("will", "would") or tree[j].lemma in _DATA["ahead"]:
                return True
            if tree[j].dep not in ("xcomp", "conj", "pcomp", "prep") or tree[j].pos not in ("VERB", "AUX", "ADP"):
                break
        return tree[i].lemma == "go" and tree[i].tag == "VBG"

    def _counterparts(
        self, who: _Who, act: Act, p: Predicate, exchange: list[_Segment], condition: list[_Segment]
    ) -> Iterator[Move]:
        """What goes in exchange is asked for by whoever gives, and given by whoever asks; so are conditions."""
        for s in exchange:
            other: Act | None = "demands" if act in GIVING else "offers" if act == "demands" else None
            if act == "delivers" or who.party in self.mediators:
                other = act
            for n in self._issues(s, "demands") if other else []:
                if n.issue != TALKS and other:
                    taker = self._other(who.party) if other == "delivers" else None
                    by = _Who(taker, who.head) if taker else who
                    yield self._move(by, other, n.issue, self._giver(by.party, other, n, s), p, s, n, None)
        for s in condition:
            opener = self.tree[s.opens].text.lower()
            if (
                act not in ("offers", "accepts", "considers", "rejects", "threatens")
                or opener in _DATA["state"]
                and act == "rejects"
            ):
                continue
            for n in self._issues(s, "demands"):
                if n.issue != TALKS:
                    yield self._move(who, "demands", n.issue, self._giver(who.party, "demands", n, s), p, s, n, None)

    def _must(
        self, p: Predicate, who: list[_Who], parts: tuple[_Segment, list[_Segment], list[_Segment]]
    ) -> Iterator[Move]:
        """ "They must withdraw": a demand of the speaker on whoever must."""
        speaker = self._speaker(p.head)
        if not speaker or any(w.party == speaker for w in who):
            return
        self._consume(p.head)
        act: Act = "rejects" if clauses.negated(self.tree, p.head) else "demands"
        main = replace(parts[0], first=min(parts[0].first, self.tree.edges[p.head][0]))
        for n in self._issues(main, act):
            giver = who[0].party if who and n.given != "mutual" else self._giver(speaker, act, n, main)
            yield self._move(
                _Who(speaker, p.head), act, n.issue, giver, p, main, n, self._condition_span(parts[2]), "must"
            )

    def _of_need(self, i: int) -> Iterator[Move]:
        """ "Any agreement must include X", "the deal depends on X", "X must be lifted": demands of the speaker."""
        tree = self.tree
        if i in self.consumed or self._unreal(i):
            return
        subject = clauses.subject(tree, i)
        needing = subject is not None and tree[subject].lemma in NEEDING and tree[i].lemma in NEEDS
        must = clauses.modality(tree, i) == "must"
        if not must and not (needing and tree[i].lemma in ("require", "depend", "hinge")):
            return
        speaker = self._speaker(i)
        p = Predicate(i, "demands", "verb", "must")
        who = self._parties(subject) if subject is not None else []
        if not speaker or any(w.party == speaker for w in who):
            return
        main, _, condition = self._segments(p)
        first = i if needing or subject is None else min(tree.edges[subject][0], i)
        main = _Segment(first, main.last, first)
        act: Act = "rejects" if clauses.negated(tree, i) else "demands"
        for n in self._issues(main, act):
            if n.issue == TALKS and not must:
                continue
            giver = who[0].party if who and n.given != "mutual" else self._giver(speaker, act, n, main)
            yield self._move(
                _Who(speaker, i), act, n.issue, giver, p, main, n, self._condition_span(condition), "needs"
            )

    def _speaker(self, i: int) -> str | None:
        statement = self.within.get(i)
        source = statement.source if statement else None
        if source and self.case.open and source.kind != "document":
            return source.party or source.name or source.span.text
        return source.party if source else None

    # --- details --------------------------------------------------------------------------------------

    def _giver(self, party: str, act: Act, n: Named, s: _Segment) -> str | None:
        """Who would give: whoever the words name, else the side that the act leaves."""
        if n.given == "mutual":
            return None
        named = self._named_giver(n, s)
        if named:
            return named
        if act == "accepts" and self.tree[n.head].pos != "VERB":
            return None
        if act in ("offers", "accepts", "considers", "delivers", "threatens"):
            return party if party not in self.mediators else None
        if act in ("demands", "concedes"):
            return self._other(party)
        return None

    def _named_giver(self, n: Named, s: _Segment) -> str | None:
        tree = self.tree
        for i in (n.head, *range(n.first, n.last)):
            subject = tree.kid(i, "nsubj") if tree[i].pos == "VERB" else None
            owners = tree.kids(i, "poss") if i == n.head and tree[i].pos == "NOUN" else []
            for c in (subject, clauses.agent(tree, i), *owners):
                found = self._parties(c) if c is not None else []
                if found and s.first <= (c or 0) < s.last:
                    return found[0].party
            for c in tree.kids(i, "prep"):
                if tree[c].lemma in ("by", "from") or (tree[c].lemma == "of" and n.issue == "withdrawal"):
                    found = [w for o in tree.kids(c, "pobj") for w in self._parties(o)]
                    if found and tree[c].lemma in ("by", "of"):
                        return found[0].party
        return None

    def _other(self, party: str) -> str | None:
        """The one other principal, if there is just one."""
        others = [p for p in self.principals if p != party]
        return others[0] if len(others) == 1 and party in self.principals else None

    def _condition_span(self, condition: list[_Segment]) -> Span | None:
        return self.tree.span(condition[0].opens, condition[0].last) if condition else None

    def _quantity(self, n: Named, s: _Segment) -> Quantity | None:
        """The number nearest to the issue in its stretch."""
        inside = [a for a in self.spans.amounts if a.first >= s.first and a.last <= s.last]
        near = min(inside, key=lambda a: _distance(a, n), default=None)
        if near is None or _distance(near, n) > 6:
            return None
        return Quantity(near.low, near.high, near.unit or ("people" if n.issue == "detainee-release" else "units"))

    def _move(
        self, who: _Who, act: Act, issue: str, giver: str | None, p: Predicate, s: _Segment, n: Named | None,
        condition: Span | None, rule: str = "",
    ) -> Move:  # fmt: skip
        tree, i = self.tree, p.head
        statement = self.within.get(i)
        first, last = min(s.first, i) if s.opens <= i < s.last or s.first <= i else s.opens, max(s.last, s.first + 1)
        if tree[who.head].sentence == tree[i].sentence and i - 25 < who.head < first and s.opens <= i < s.last:
            first = min(first, tree.edges[who.head][0] if tree.edges[who.head][1] <= i else who.head)
        first, last = self._tight(first, last)
        bygone = clauses.bygone(tree, i) or act == "delivers"
        when: When = (
            "past" if bygone else "planned" if act in ("meets", "mediates") and clauses.planned(tree, i) else "now"
        )
        rule = rule or p.form
        speaker = statement.source.name or statement.source.span.text if statement and statement.source else None
        mention = self.spans.mention(who.head)
        actor = mention.span if mention else tree.span(who.head, who.head + 1)
        return Move(
            "", self.report.id, statement.id if statement else None, who.party, speaker, act, issue, giver, None,
            self._quantity(n, s) if n else None, condition, when,
            clauses.hedged(tree, i) or bool(statement and statement.hedge), clauses.negated(tree, i),
            actor, tree.span(i, i + 1), tree.span(first, last), f"{rule}:{p.key}",
            _CONFIDENCE.get(f"{rule}.{act}", _CONFIDENCE.get(rule, 0.5)),
        )  # fmt: skip

    def _tight(self, first: int, last: int) -> tuple[int, int]:
        tree = self.tree
        while last - first > 1 and tree[last - 1].pos == "PUNCT":
            last -= 1
        while last - first > 1 and tree[first].pos == "PUNCT":
            first += 1
        return first, last


def _distance(a: Amount, n: Named) -> int:
    return max(0, a.first - n.last, n.first - a.last)
