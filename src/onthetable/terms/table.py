"""The table: which party a word stands for, who speaks where, who acts, and who sits opposite."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from onthetable.case import Case
from onthetable.lexicon import load
from onthetable.model import Actor, Mention, Statement
from onthetable.terms import clauses
from onthetable.terms.acts import OWN_SIDE, RAISED, RESULTING, WHOLE, Predicate
from onthetable.tree import Spans, Tree

_DATA = load("onthetable.terms", "table.toml")
_WE = frozenset(_DATA["we"])
_PERSONS = frozenset({"he", "she", "they"})
_THINGS = frozenset(_DATA["things"])
OUTSIDE = frozenset(_DATA["outside"])
"""Roles of those who are never at the table."""
DOCUMENTS = frozenset(_DATA["documents"])
_QUANTITIES = frozenset(_DATA["quantities"])
_LIGHT = frozenset(_DATA["light"])
_OWNING = ("by", "from", "of")
"""What an owner stands behind, the surest first: "acceptance of it by the firms"."""
_MEMBERS = frozenset({"from", "including", "of"})
"""What the names of those stand behind whom a plural noun means."""
_REPLIES = frozenset(_DATA["replies"])
_SIDES = frozenset(_DATA["sides"])
_PAIRS = frozenset(_DATA["pairs"])
_HALVES = frozenset(_DATA["halves"])
_BEFORE = 250
"""How many tokens back "both sides" may have been named."""
_NEAR = 2
"""How many sentences back they may have been named apart."""
_BESIDE = frozenset({"along", "together", "alongside"})
_ASIDE = 8
"""How many tokens an aside may have."""
_OWN = frozenset(_DATA["own"])
MEDIATORS = frozenset(_DATA["mediators"])
"""Nouns for whoever goes between."""
_GROUPS = frozenset(_DATA["groups"])
_CAUSES = frozenset(_DATA["causes"])
_PUBLIC = frozenset(_DATA["public"])
_OPPOSED = frozenset(_DATA["opposed"])
_OF_NAMES = frozenset({"the", "of", "and", "for"})
_OF_STATE = frozenset(_DATA["of_state"])
_WORKERS = frozenset(_DATA["workers"])
_ALL = frozenset(_DATA["all"])
_NOT_ALL = frozenset(_DATA["not_all"])
_UNIONS = frozenset(_DATA["unions"])
_HEADS = frozenset(_DATA["heads"])
_BODIES = frozenset(_DATA["bodies"])
_FEW = 1
"""So many turns, or fewer, make no transcript."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A party, and the token that names it."""

    party: str
    head: int


@dataclass(frozen=True)
class Table:
    """Who is at the table in one report.

    With `case.open` anybody counts as a party, under the name that the text gives.
    """

    spans: Spans
    statements: tuple[Statement, ...]
    case: Case

    @property
    def tree(self) -> Tree:
        """The tree of the report."""
        return self.spans.tree

    @cached_property
    def principals(self) -> tuple[str, ...]:
        """The parties that negotiate for themselves."""
        return tuple(p.name for p in self.case.parties if p.role == "principal")

    @cached_property
    def mediators(self) -> frozenset[str]:
        """The parties that go between."""
        return frozenset(p.name for p in self.case.parties if p.role == "mediator")

    def _by_office(self, j: int) -> str | None:
        """The party of "State Conciliator Hedda Quist" or "union chiefs": that which the words before the noun name."""
        token = self.tree[j]
        before = self.tree.kids(j, "compound")
        if before and token.text.lower().removesuffix("s") in _HEADS:
            return self._of_kind(self.tree[before[-1]].lemma.lower())
        if token.pos == "PROPN":
            parties = (a.party for c in before if (a := self.spans.actor(c)) and a.party in self.mediators)
            named = next(parties, None)
            goes_between = any(self.tree[c].lemma.lower() in MEDIATORS for c in before)
            return named or (self._lone_mediator if goes_between else None)
        return None

    def _of_kind(self, kind: str) -> str | None:
        """The one principal whose name or alias has a word for a kind of body: "union", "board", "front"."""
        principals = (p for p in self.case.parties if p.role == "principal")
        words = {p.name: " ".join((p.name, *p.aliases)).lower().split() for p in principals}
        fitting = [name for name, known in words.items() if kind in known]
        return fitting[0] if len(fitting) == 1 and kind in _BODIES else None

    def _at_work(self, j: int) -> bool:
        """Whether it is told where they work: "drivers in Lund", "at the mill", "the firm's", "tram drivers"."""
        return bool(self.tree.kids(j, "prep", "poss", "compound"))

    def _some(self, j: int) -> bool:
        """ "Some drivers", "a few nurses", "angry miners": not the whole body."""
        beside = [c for c in self.tree.kids(j, "det", "amod", "nummod") if self.tree[c].text.lower() not in _ALL]
        return any(self.tree[c].dep == "nummod" or self.tree[c].lemma in _NOT_ALL for c in beside)

    def _body_of(self, j: int) -> str | None:
        """The party that a body belongs to: "Norland's foreign ministry", where it is named nowhere by itself."""
        if self.tree[j].lemma.lower() not in _OF_STATE:
            return None
        owners = (self.spans.actor(c) for c in self.tree.kids(j, "poss"))
        return next((a.party for a in owners if a and a.party), None)

    def _bystander(self, actor: Actor) -> bool:
        """ "Norland's farmers", "its opposition leader": of one side, and not at the table for it."""
        party = self.case.party(actor.party) if actor.party and actor.kind == "anonymous" else None
        if party is None:
            return False
        known = {w for n in (party.name, *party.aliases) for w in n.lower().split()}
        words = set(actor.name.lower().split())
        outside = actor.role in OUTSIDE or actor.role in _PUBLIC or not words.isdisjoint(_OPPOSED)
        return outside and words.isdisjoint(known - _OF_NAMES)

    def _union_of(self, j: int) -> str | None:
        """The one union at the table, for those who work: "nurses at Bellin Works", "the company's drivers"."""
        token = self.tree[j]
        if (
            token.tag != "NNS"
            or token.lemma not in _WORKERS
            or token.dep not in ("nsubj", "conj")
            or not self._at_work(j)
        ):
            return None
        principals = [p for p in self.case.parties if p.role == "principal"]
        words = {p.name: {w for n in (p.name, *p.aliases) for w in n.lower().split()} for p in principals}
        unions = [name for name, known in words.items() if not _UNIONS.isdisjoint(known)]
        return unions[0] if len(unions) == 1 else None

    def _named_actor(self, j: int) -> bool:
        """Whether a word stands for a party, or describes somebody whom a name behind it tells."""
        actor = self.spans.actor(j)
        if any(self.tree[c].text.lower() not in ("the", "both") for c in self.tree.kids(j, "det")):
            return True  # "a go-between who kept his counsel"
        named = (c for c in self.tree.kids(j, "appos", "compound", "poss", "prep") if self.tree[c].pos != "DET")
        return bool(actor and actor.party) or any(True for _ in named)

    @cached_property
    def _lone_mediator(self) -> str | None:
        """Whom "the mediator" means where just one party goes between."""
        return next(iter(self.mediators)) if len(self.mediators) == 1 else None

    def mediates(self, seat: Seat) -> bool:
        """Whether who acts goes between, by the case or by the word for it ("mediators", "the Kelmari mediator")."""
        if not self.case.open:
            return seat.party in self.mediators
        beside = (seat.head, *self.tree.kids(seat.head, "compound", "appos"))
        return any(self.tree[j].lemma in MEDIATORS for j in beside)

    @cached_property
    def _within(self) -> dict[int, Statement]:
        found: dict[int, Statement] = {}
        for s in sorted(self.statements, key=lambda s: s.content.start - s.content.end):
            for piece in s.pieces:
                found.update(dict.fromkeys(range(*self.tree.range(piece.start, piece.end)), s))
        return found

    @cached_property
    def _names(self) -> dict[int, Mention]:
        """The mention by name that a token is part of."""
        found: dict[int, Mention] = {}
        for m in self.spans.mentions:
            for j in range(m.first, m.last) if m.form == "name" or self.spans.actors[m.actor].party else ():
                found.setdefault(j, m)
        return found

    def statement(self, i: int) -> Statement | None:
        """The innermost statement that a token is said in."""
        return self._within.get(i)

    def speaker(self, i: int) -> str | None:
        """The party whose words a token is part of."""
        statement = self.statement(i)
        source = statement.source if statement else None
        if source is None:
            return self._turn(i)
        if source and self.case.open and source.kind != "document":
            return source.party or source.name or source.span.text
        return source.party if source else None

    @cached_property
    def _turns(self) -> list[tuple[int, str | None]]:
        """Where somebody takes the word in a transcript ("ORR (recording): ..."), and for which party."""
        tree, found = self.tree, []
        for m in self.spans.mentions:
            j = m.last
            if m.form != "name" or tree.text[tree.text.rfind("\n", 0, m.span.start) + 1 : m.span.start].strip():
                continue
            if j < len(tree) and tree[j].text == "(":
                closing = (k for k in range(j, min(j + _ASIDE, len(tree))) if tree[k].text in (")", "):"))
                j = next((k if tree[k].text == "):" else k + 1 for k in closing), j)
            if j < len(tree) and tree[j].text in (":", "):"):
                found.append((m.first, self.spans.actors[m.actor].party))
        return found if len(found) > _FEW else []

    def _turn(self, i: int) -> str | None:
        at = bisect_right(self._turns, i, key=lambda t: t[0]) - 1
        return self._turns[at][1] if at >= 0 else None

    def other(self, party: str) -> str | None:
        """The one other principal, if there is just one."""
        others = [p for p in self.principals if p != party]
        return others[0] if len(others) == 1 and party in self.principals else None

    def seats(self, i: int | None) -> list[Seat]:
        """The parties that a token, and what is joined to it by "and", refer to."""
        return [seat for j in self._joined(i) for seat in self._seats_of(j)]

    def seats_of_all(self, heads: Iterable[int]) -> list[Seat]:
        """The parties that several tokens refer to."""
        return [seat for i in heads for seat in self.seats(i)]

    def _joined(self, i: int | None) -> list[int]:
        found: list[int] = []
        stack = [] if i is None else [i]
        while stack:
            j = stack.pop()
            found.append(j)
            stack.extend(reversed((*self.tree.kids(j, "conj"), *self._accompanying(j))))
        return found

    def _accompanying(self, j: int) -> list[int]:
        """Who acts "along with" a party, or "together with" it."""
        tree = self.tree
        after = (c for c in tree.kids(tree[j].head, "prep", "advmod") if j < c <= j + 2)
        beside = [c for c in (*tree.kids(j, "prep", "advmod"), *after) if tree[c].lemma in _BESIDE]
        withs = [w for c in beside for w in (c, *tree.kids(c, "prep")) if tree[w].lemma in ("with", "alongside")]
        return [o for w in withs for o in tree.kids(w, "pobj")]

    def _seats_of(self, j: int) -> list[Seat]:
        token = self.tree[j]
        if token.text.lower() in _WE and token.text != "US":
            speaker = self.speaker(j) or (token.text if self.case.open and token.text.lower() == "we" else None)
            return [Seat(speaker, j)] if speaker else []
        if self.case.open and token.lemma in MEDIATORS:
            named = [s for c in self.tree.kids(j, "appos") if self.tree[c].pos == "PROPN" for s in self.seats(c)]
            if named:
                return named
            included = self._included(j)
            if included:
                return included
        if not self.case.open and token.lemma in MEDIATORS and self._lone_mediator and not self._named_actor(j):
            return [Seat(self._lone_mediator, j)]
        if self.case.open and token.lemma in _QUANTITIES:
            of = (o for c in self.tree.kids(j, "prep") if self.tree[c].lemma == "of" for o in self.tree.kids(c, "pobj"))
            whom = next(of, None)
            return self.seats(whom) if whom is not None else []
        if self.case.open and self._outside(j):
            return []
        together = (self._together(j) or self._pair(j)) if self.case.open and token.pos in ("NOUN", "PROPN") else []
        if len(together) > 1:
            return together
        actor = self.spans.actor(j)
        if not self.case.open and ((token.lemma in _WORKERS and self._some(j)) or (actor and self._bystander(actor))):
            return []
        union = self._union_of(j) if not self.case.open else None
        if union:
            return [Seat(union, j)]
        if actor and actor.party:
            return [Seat(actor.party, j), *self._modifying(j, actor.party)]
        body = self._body_of(j) if not self.case.open else None
        if body:
            return [Seat(body, j)]
        apposed = [s for c in self.tree.kids(j, "appos") for s in self._seats_of(c) if self._is_party(s.party)]
        if apposed and token.pos in ("NOUN", "PROPN"):
            return apposed
        if actor and actor.members:
            return [Seat(m, j) for m in actor.members]
        office = self._by_office(j) if not self.case.open else None
        if office:
            return [Seat(office, j)]
        if not self.case.open or token.entity in ("DATE", "TIME"):
            return []
        if actor:
            outside = actor.kind == "document" or actor.role in OUTSIDE
            return [] if outside else [Seat(actor.name, j)]
        if token.pos == "PRON" and token.text.lower() in _PERSONS:
            return [Seat(token.text, j)]
        if token.dep == "amod" and token.entity == "NORP":
            return [Seat(token.text, j)]
        if token.pos in ("NOUN", "PROPN") and token.lemma not in _THINGS | OUTSIDE:
            return [Seat(self.tree.span(self.tree.edges[j][0], j + 1).text, j)]
        return []

    def _together(self, j: int) -> list[Seat]:
        """Those whom a plural noun names together: "Kelmari and Morvenian envoys", "envoys from Kelmar and Morven"."""
        tree = self.tree
        if tree[j].tag not in ("NNS", "NNPS"):
            return []
        before = [k for c in tree.kids(j, "amod", "nmod", "compound") for k in self._joined(c)]
        if not any(tree.kids(k, "conj") for k in before):
            before = []
        froms = (c for c in tree.kids(j, "prep") if tree[c].text.lower() in _MEMBERS)
        behind = [k for c in froms for o in tree.kids(c, "pobj") for k in self._joined(o)]
        named = [k for k in before or behind if tree[k].pos == "PROPN" or tree[k].entity or tree[k].lemma in _SIDES]
        actors = [self.spans.actor(k) for k in named]
        return [Seat(a.name if a else tree[k].text, j) for k, a in zip(named, actors, strict=True)]

    def _pair(self, j: int) -> list[Seat]:
        """The two who were last named side by side, for "both sides" and "the two countries"."""
        tree = self.tree
        two = any(tree[c].text.lower() in ("two", "both") for c in tree.kids(j, "nummod", "det", "predet", "preconj"))
        if tree[j].lemma not in _PAIRS and not (two and tree[j].lemma in _HALVES):
            return []
        for k in range(j - 1, max(-1, j - _BEFORE), -1):
            joined = [k, *tree.kids(k, "conj")]
            if len(joined) == 2 and not tree.kids(joined[1], "conj") and all(self._collective(o) for o in joined):
                actors = [self.spans.actor(o) for o in joined]
                return [Seat(a.name if a else tree[o].text, j) for o, a in zip(joined, actors, strict=True)]
        first, _ = tree.sentences[max(0, tree[j].sentence - _NEAR)]
        named = {a.name: k for k in range(first, j) if self._collective(k) and (a := self.spans.actor(k))}
        return [Seat(name, j) for name in named] if len(named) == 2 else []

    def _collective(self, j: int) -> bool:
        """Whether a word names a country, a people or a body, and no single person."""
        return self.tree[j].entity in ("GPE", "NORP", "ORG", "LOC")

    def _outside(self, j: int) -> bool:
        """Whether a noun, or what describes a name, is a word for those who are never at the table."""
        beside = (c for c in self.tree.kids(j, "compound", "appos", "nmod") if self.tree[j].pos == "PROPN")
        return any(self.tree[k].lemma in OUTSIDE for k in (j, *beside)) or self._stands_for_them(j)

    def _stands_for_them(self, j: int) -> bool:
        """ "A group representing the families", "an association of relatives", "a rights group"."""
        tree = self.tree
        if tree[j].lemma not in _GROUPS:
            return False
        whose = [o for c in tree.kids(j, "prep") if tree[c].lemma in ("of", "for") for o in tree.kids(c, "pobj")]
        whose += [o for c in tree.kids(j, "acl", "relcl") if tree[c].lemma == "represent" for o in tree.kids(c, "dobj")]
        whose += [k for o in tuple(whose) for k in tree.kids(o, "conj")]
        causes = any(tree[c].lemma in _CAUSES for c in tree.kids(j, "compound", "amod"))
        return causes or any(tree[o].lemma in OUTSIDE for o in whose)

    def _included(self, j: int) -> list[Seat]:
        """Those whom a plural takes in: "mediators including Norland and Tarvia"."""
        tree = self.tree
        lists = (c for c in tree.kids(j, "prep") if tree[c].lemma in ("include", "including", "like"))
        return [s for c in lists for o in tree.kids(c, "pobj") for s in self.seats(o)]

    def _is_party(self, name: str) -> bool:
        return self.case.party(name) is not None

    def _modifying(self, j: int, party: str) -> list[Seat]:
        """The other parties before a noun: "Kelmari and Morvenian mediators"."""
        joined = [k for c in self.tree.kids(j, "nmod", "amod", "compound") for k in self._joined(c)[1:]]
        actors = [(k, self.spans.actor(k)) for k in joined]
        return [Seat(a.party, k) for k, a in actors if a and a.party and a.party != party]

    def actors(self, p: Predicate) -> list[Seat]:
        """Who does what a predicate tells: its owner, its agent, or its subject."""
        if p.form == "noun":
            owner = self.owner(p.head)
            return self.seats(owner) if owner is not None else self._lent_subject(p.head)
        if p.key in RAISED:
            return self._for_whom(p.head)
        if p.form == "verb" and clauses.passive(self.tree, p.head):
            if p.key == OWN_SIDE:
                return self._for_whom(p.head)
            return self.seats(clauses.agent(self.tree, p.head))
        with_verb = self.tree[p.head].tag == "VBG" and self.tree[p.head].dep in ("acl", "pcomp")
        if p.form == "verb" and with_verb and p.head - 1 in self._names:
            return self.seats(self._names[p.head - 1].head)
        subject = clauses.subject(self.tree, p.head)
        if p.form == "adjective" and p.act == "rejects" and not self.seats(subject):
            speaker = self.speaker(p.head)
            return [Seat(speaker, p.head)] if speaker else []
        if subject is not None and self.tree[subject].lemma in DOCUMENTS:
            return self._author(subject)
        found = self.seats(subject)
        if not found and p.act == "demands" and subject is not None and self.tree[subject].lemma in WHOLE:
            found = self.seats(self.owner(subject)) or self._issuers(subject)  # "the firms' proposal calls for"
        return found or ([] if self._nobody(subject) else self._before_verb(p.head))

    def _nobody(self, i: int | None) -> bool:
        """ "Nobody in the cabinet backs that": the party is not who acts."""
        if i is None:
            return False
        no = any(self.tree[c].text.lower() == "no" for c in self.tree.kids(i, "det"))
        return self.tree[i].text.lower() in ("nobody", "none", "few") or (self.tree[i].lemma == "one" and no)

    def _for_whom(self, i: int) -> list[Seat]:
        """For whom something is out of the question: the object of "for" behind it, or whoever says so."""
        tree = self.tree
        fors = (c for c in range(i, tree.edges[i][1]) if tree[c].text.lower() in ("for", "with", "to", "by"))
        found = next((seats for c in fors if (seats := self.seats_of_all(tree.kids(c, "pobj")))), None)
        speaker = self.speaker(i)
        return found or ([Seat(speaker, i)] if speaker else [])

    def owner(self, i: int) -> int | None:
        """Whose a noun is: "the miners' offer", "the union's refusal", "an offer by the firms"."""
        tree = self.tree
        for c in tree.kids(i, "poss", "compound", "amod", "nmod"):
            if (tree[c].dep == "poss" or self.spans.mention(c) or tree[c].entity == "NORP") and self.seats(c):
                return c
        # The owner may hang on the first word of a compound: "the miners' counter-proposal", "the firms' pay offer".
        hyphen = i >= 2 and tree[i - 1].text in ("-", "‑") and tree[i - 1].start == tree[i - 2].end
        hyphened = (i - 2,) if hyphen else ()
        for within in (*tree.kids(i, "compound", "nmod"), *hyphened):
            for c in tree.kids(within, "poss", "amod"):
                if (tree[c].dep == "poss" or tree[c].entity == "NORP") and self.seats(c):
                    return c
        under = [c for o in tree.kids(i, "prep") if tree[o].lemma == "of" for thing in tree.kids(o, "pobj")
                 for c in tree.kids(thing, "prep") if tree[c].lemma == "by"]  # fmt: skip
        behind = [c for c in (*tree.kids(i, "prep", "agent"), *under) if tree[c].lemma in _OWNING]
        by = sorted(behind, key=lambda c: _OWNING.index(tree[c].lemma))
        return next((o for c in by for o in tree.kids(c, "pobj") if self.seats(o)), None)

    def _author(self, i: int) -> list[Seat]:
        """Whose a document is: its owner's, or that of the clause that it stands in."""
        owner = self.owner(i)
        if owner is not None:
            return self.seats(owner)
        issued = self._issuers(i)
        if issued:
            return issued
        up = next((j for j in self.tree.above(i) if self.tree[j].pos == "VERB"), None)
        direct = up is not None and self.tree[i].dep in ("dobj", "pobj")
        return self.seats(clauses.subject(self.tree, up)) if up is not None and direct else []

    def _issuers(self, i: int) -> list[Seat]:
        """By whom a document was made: "a text drawn up by the firms"."""
        return [s for c in self.tree.kids(i, "acl") for s in self.seats(clauses.agent(self.tree, c))]

    def _lent_subject(self, i: int) -> list[Seat]:
        """The subject of the light verb that a noun is the object of: "the firms made an offer"."""
        tree = self.tree
        to = tree[i].head
        if tree[i].dep == "pobj" and tree[to].lemma == "to" and tree[tree[to].head].lemma in RESULTING:
            return self._answering(clauses.subject(tree, tree[to].head))
        if tree[i].dep == "attr" and tree[to].lemma == "be":
            answering = self._answering(tree.kid(to, "nsubj"))
            if answering:
                return answering
        if tree[i].dep in ("dobj", "attr", "pobj") and tree[tree[i].head].lemma in _LIGHT:
            return self.seats(clauses.subject(tree, tree[i].head))
        return []

    def _answering(self, i: int | None) -> list[Seat]:
        """Whose an answer is that comes down to a no: "the rebels' answer amounted to a refusal"."""
        return self.seats(self.owner(i)) if i is not None and self.tree[i].lemma in _REPLIES else []

    def _before_verb(self, i: int) -> list[Seat]:
        """Who stands right before a finite verb, or under it, that the parser has left without a subject.

        Small parsers take a name that they never saw for an adverb, above all at the start of a sentence.
        """
        tree = self.tree
        astray = next((c for c in tree.kids(i, "advmod", "npadvmod") if c < i and c in self._names), None)
        if astray is not None:
            return self.seats(self._names[astray].head)
        top = i
        while tree[top].dep in ("xcomp", "acomp") and tree[top].head != top:
            top = tree[top].head
        j = min([top, *tree.kids(top, "aux", "auxpass", "neg")]) - 1
        while j > 0 and j not in self._names and (tree[j].text == "," or tree[j].dep in ("advmod", "neg")):
            j -= 1
        if j >= 0 and tree[j].text in ("–", "—") and j not in self._names:
            j = self._before_aside(j, tree[j].text)
        if 0 < j + 1 < len(tree) and tree[j + 1].text == "," and j not in self._names:
            j = self._before_aside(j)
        if (
            j < 0
            or tree[j].sentence != tree[i].sentence
            or not (tree[top].tag in ("VBD", "VBZ", "VBP") or any(tree[c].tag == "MD" for c in tree.kids(top, "aux")))
        ):
            return []
        mention = self._names.get(j)
        return self.seats(mention.head) if mention else []

    def _before_aside(self, j: int, mark: str = ",") -> int:
        """The token before ", she said," that ends at token `j`."""
        for k in range(j - 1, max(0, j - _ASIDE), -1):
            if self.tree[k].text == mark:
                return k - 1
        return -1

    def own_side(self, p: Predicate, seat: Seat) -> bool:
        """Whether a demand goes to the party's own side: that is a quarrel within it, and no move of it."""
        if p.act not in ("demands", "accuses") or p.form != "verb":
            return False
        targets = [t for t in self.tree.kids(p.head, "dobj", "dative") if self.tree[t].pos != "VERB"]
        bare = [t for t in targets if not self.tree.kids(t, "amod", "compound", "nmod", "prep")]
        if any(self.tree[t].lemma in _OWN for t in bare):
            return not self.seats_of_all(targets)
        return any(s.party == seat.party for s in self.seats_of_all(targets))
