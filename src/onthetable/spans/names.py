"""Who a report speaks of: names, unnamed people and bodies, and the words that refer back to them.

A single pass from the first token to the last. Every mention is tied to an actor; an actor has the party
that it speaks for where the words say so. The method is that of rule-based sieves (Lee and others 2013):
exact names first, then names by their last word, then nouns with "the", then pronouns.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from onthetable.case import Case
from onthetable.lexicon import Hit, load
from onthetable.model import Actor, Kind, Mention
from onthetable.spans.aliases import Alias, Sort, find_aliases, sorts
from onthetable.tree import Tree

_DATA = load("onthetable.spans", "roles.toml")
PEOPLE = frozenset(_DATA["people"].split())
BODIES = frozenset(_DATA["bodies"].split())
DOCUMENTS = frozenset(_DATA["documents"].split())
OUTSIDERS = frozenset(_DATA["outsiders"].split())
STANDS_FOR: dict[Sort, frozenset[str]] = {k: frozenset(v.split()) for k, v in _DATA["stands_for"].items()}
TOGETHER = frozenset(_DATA["together"]["words"].split())
BOTH = frozenset(_DATA["together"]["both"].split())

PERSONAL = {
    "he": "person", "she": "person", "him": "person", "her": "person", "his": "person", "hers": "person",
    "it": "body", "its": "body", "they": "many", "them": "many", "their": "many",
}  # fmt: skip
NOBODY = frozenset({"DATE", "TIME", "CARDINAL", "ORDINAL", "PERCENT", "MONEY", "QUANTITY", "LANGUAGE", "WORK_OF_ART"})
"""Entities that are neither people, bodies nor places."""
_STANDING = frozenset(n for nouns in STANDS_FOR.values() for n in nouns)
_SAME = frozenset(_DATA["describing"]["same"].split())
_OTHER = frozenset(_DATA["describing"]["other"].split())
TITLES = frozenset({"mr", "mrs", "ms", "dr", "sir", "prof", "prof.", "mr.", "mrs.", "ms.", "dr."})
MODIFIERS = ("compound", "amod", "nmod", "poss", "npadvmod")
REACH = 4
"""How many sentences back a pronoun may look."""


def find_names(tree: Tree, case: Case) -> tuple[tuple[Actor, ...], tuple[Mention, ...]]:
    """The actors of a report, and every mention of them in the order of the text."""
    finder = _Finder(tree, case)
    for first, last in tree.sentences:
        for i in range(first, last):
            finder.visit(i)
    return tuple(finder.actors), tuple(sorted(finder.mentions, key=lambda m: (m.first, m.last)))


@dataclass
class _Seen:
    """A mention as the search for what a pronoun means sees it."""

    actor: int
    head: int
    sentence: int
    subject: bool
    sort: str


@dataclass
class _Finder:
    tree: Tree
    case: Case
    actors: list[Actor] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    seen: list[_Seen] = field(default_factory=list)
    keys: dict[str, int] = field(default_factory=dict)
    roles: dict[int, set[str]] = field(default_factory=dict)
    done: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.hits = find_aliases(self.tree, self.case)
        self.hit_at = {i: h for h in self.hits for i in range(h.first, h.last)}
        self.sorts = sorts(self.tree, self.case, self.hits)
        self.principals = tuple(p.name for p in self.case.parties if p.role == "principal")

    # --- one token ------------------------------------------------------------------------------------

    def visit(self, i: int) -> None:
        if i in self.done:
            return
        token = self.tree[i]
        hit = self.hit_at.get(i)
        if hit:
            if i == hit.first:
                self._alias(hit)
        elif token.pos == "PRON" or token.tag == "PRP$":
            self._pronoun(i)
        elif token.pos == "PROPN" and token.entity not in NOBODY:
            self._proper(i)
        elif token.pos in ("NOUN", "ADJ") and token.lemma in PEOPLE | BODIES | DOCUMENTS | TOGETHER:
            if token.dep not in ("compound", "amod") or self._before_name(i):
                self._nominal(i)

    def _before_name(self, i: int) -> bool:
        """A role noun that the parser hangs on nothing: "the source close to the talks"."""
        return self.tree[i].dep == "amod" and self.tree[self.tree[i].head].pos not in ("NOUN", "PROPN")

    # --- names ----------------------------------------------------------------------------------------

    def _alias(self, hit: Hit[Alias]) -> None:
        a, tree = hit.value, self.tree
        first, last = hit.first, hit.last
        if a.what == "person":
            while first > tree.sentence(first)[0] and self._given_name(first - 1):
                first -= 1
            actor = self._actor(a.name, Actor(a.name, "named", a.party, plural=False))
        elif a.what == "adjective" and self._people(hit):
            actor = self._new(Actor(self.tree.span(first, last).text, "anonymous", a.party, plural=True))
        else:
            actor = self._actor(f"={a.party}", Actor(a.party, "organisation", a.party, plural=None))
        head = self._head(first, last)
        self._mention(first, last, head, "name", actor, "person" if a.what == "person" else "body")

    def _given_name(self, i: int) -> bool:
        token = self.tree[i]
        return token.pos == "PROPN" and i not in self.hit_at and token.lemma not in PEOPLE and token.entity == "PERSON"

    def _people(self, hit: Hit[Alias]) -> bool:
        """ "Israelis", "the French": people of a place, not its government."""
        token = self.tree[hit.last - 1]
        return token.tag in ("NNS", "NNPS") or (token.pos == "NOUN" and token.text.endswith("s"))

    def _proper(self, i: int) -> None:
        first, last = self._run(i)
        if any(j in self.hit_at for j in range(first, last)) or last - first == 0:
            return
        tree = self.tree
        titles = [j for j in range(first, last) if self.tree[j].lemma in PEOPLE or self.tree[j].text.lower() in TITLES]
        start = max((j for j in titles if j < last - 1), default=first - 1) + 1
        name = self.tree.span(start, last).text
        head = self._head(start, last)
        if self.tree[last - 1].lemma in PEOPLE and last - first > 1:
            self._nominal(last - 1)
            return
        person = self._is_person(start, last, head)
        if not person and self.tree[last - 1].lemma in DOCUMENTS:
            self._nominal(last - 1)
            return
        party = self._party_beside(first, last, head) if person else None
        if person and self._outsider(head):
            party = None
        kind = Actor(name, "named" if person else "organisation", party, plural=False)
        known = self._known_person(name) if person else self.keys.get(f"={name.removeprefix('the ')}")
        if known is None and not person:
            known = self._known_person(name)
            person = known is not None
        if known is None:
            known = self._actor(name if person else f"={name}", kind)
        elif party and not self.actors[known].party:
            self.actors[known] = replace(self.actors[known], party=party)
        self.roles.setdefault(known, set()).update(self._roles_of(first, last, head))
        place = not person and tree[last - 1].entity in ("GPE", "LOC", "FAC", "NORP")
        self._mention(start, last, head, "name", known, "person" if person else "place" if place else "thing")

    def _run(self, i: int) -> tuple[int, int]:
        """The run of proper nouns around a token, "of" and "the" inside a recognised entity included."""
        tree = self.tree
        sentence_first, sentence_last = tree.sentence(i)
        first = last = i
        while first > sentence_first and self._joins(first - 1, first):
            first -= 1
        while last + 1 < sentence_last and self._joins(last, last + 1):
            last += 1
        return first, last + 1

    def _joins(self, a: int, b: int) -> bool:
        left, right = self.tree[a], self.tree[b]
        if left.entity and right.entity == left.entity and not right.begins and right.tag != "POS":
            return left.entity not in NOBODY
        return left.pos == right.pos == "PROPN" and right.text[:1].isupper()

    def _is_person(self, first: int, last: int, head: int) -> bool:
        tree = self.tree
        if tree[last - 1].entity == "PERSON" and tree[last - 1].lemma not in BODIES:
            return True
        if tree[last - 1].lemma in BODIES | DOCUMENTS or (tree[first].text.isupper() and last - first == 1):
            return False
        if first > 0 and tree[first - 1].lemma in PEOPLE and tree[first - 1].dep in (*MODIFIERS, "appos"):
            return True
        return any(tree[c].lemma in PEOPLE for c in tree.kids(head, "appos")) or (
            tree[head].dep == "appos" and tree[tree[head].head].lemma in PEOPLE
        )

    def _known_person(self, name: str) -> int | None:
        """A person of whose name this is the whole, the last or the first word."""
        parts = name.split()
        for n in range(len(self.actors) - 1, -1, -1):
            actor = self.actors[n]
            if actor.kind == "named" and (actor.name == name or set(parts) <= set(actor.name.split())):
                return n
        return None

    # --- nouns ----------------------------------------------------------------------------------------

    def _nominal(self, i: int) -> None:
        tree = self.tree
        token = tree[i]
        first, last = self._base(i)
        plural = token.tag in ("NNS", "NNPS")
        named = self._apposed_name(i)
        if named is not None:
            self._link_to_name(i, named)
            return
        together = self._together(i)
        if together:
            actor = self._new(together)
            self._mention(first, last, i, "nominal", actor, "many")
            return
        party = self._party_beside(first, last, i)
        if token.lemma in OUTSIDERS or self._outsider(i):
            party = None
        kind = self._kind(token.lemma)
        if party is None or kind != "organisation":
            back = self._refers_back(i, plural, party)
            if back is not None:
                self._mention(first, last, i, "nominal", back, self._sort(kind, plural))
                return
        name = party if kind == "organisation" and party else tree.span(first, last).text
        made = Actor(name, kind, party, token.lemma, plural)
        actor = self._actor(f"={party}", made) if kind == "organisation" and party else self._new(made)
        self.roles.setdefault(actor, set()).add(token.lemma)
        self._mention(first, last, i, "nominal", actor, self._sort(kind, plural))

    @staticmethod
    def _kind(lemma: str) -> Kind:
        if lemma in DOCUMENTS and lemma not in BODIES:
            return "document"
        return "organisation" if lemma in BODIES and lemma not in PEOPLE else "anonymous"

    @staticmethod
    def _sort(kind: str, plural: bool) -> str:
        if kind == "anonymous":
            return "many" if plural else "person"
        return "body" if kind == "organisation" else "thing"

    def _base(self, i: int) -> tuple[int, int]:
        """The noun with what stands before it, and "of X" behind it."""
        left = [
            c for c in self.tree.children[i] if c < i and self.tree[c].dep in (*MODIFIERS, "det", "nummod", "predet")
        ]
        first = min([i, *(self.tree.edges[c][0] for c in left)])
        return first, i + 1

    def _apposed_name(self, i: int) -> int | None:
        """The name beside a role noun: "the envoy, Halvar Strand", "Osol, the spokesman"."""
        tree = self.tree
        around = tree.kids(i, "appos") + ([tree[i].head] if tree[i].dep == "appos" else [])
        return next(
            (j for j in around if tree[j].pos == "PROPN" and (j < i or self._is_person(*self._run(j), j))), None
        )

    def _link_to_name(self, i: int, name: int) -> None:
        if name > i:
            self.visit(name)
        found = next((m for m in self.mentions if m.first <= name < m.last), None)
        if not found:
            return
        first, last = self._base(i)
        actor = self.actors[found.actor]
        party = self._party_beside(first, last, i)
        if party and not actor.party and self.tree[i].lemma not in OUTSIDERS and actor.kind == "named":
            self.actors[found.actor] = replace(actor, party=party)
        self.roles.setdefault(found.actor, set()).add(self.tree[i].lemma)
        self._mention(first, last, i, "nominal", found.actor, "person")

    def _together(self, i: int) -> Actor | None:
        tree = self.tree
        if tree[i].lemma not in TOGETHER or len(self.principals) < 2:
            return None
        before = {tree[c].text.lower() for c in tree.children[i] if c < i}
        plural = tree[i].tag == "NNS"
        if (
            (before & BOTH
            and (plural or "neither" in before))
            or (plural and tree[i].lemma in ("side", "party") and before <= {"the", "two", "both"} and before)
        ):
            return Actor(tree.span(*self._base(i)).text, "organisation", None, tree[i].lemma, True, self.principals)
        return None

    # --- whom somebody speaks for ---------------------------------------------------------------------

    def _party_beside(self, first: int, last: int, head: int) -> str | None:
        """The party that the words around a noun name: before it, behind "of", in an apposition."""
        tree = self.tree
        before = [self.hit_at[j].value for j in range(first, head) if j in self.hit_at and self._modifies(j, head)]
        if before:
            return before[0].party
        for c in tree.kids(head, "poss", *MODIFIERS):
            owner = self._actor_at(c)
            if owner and owner.party:
                return owner.party
            stands = self._stands_for(c) if tree[c].lemma in _STANDING and c != head else None
            if stands is not None and tree[c].dep == "compound":
                return self.actors[stands].party
        prepositions = [("of", "for", "from", "with"), ("in", "at", "inside", "within", "to", "near")]
        for words in prepositions if tree[head].lemma not in BODIES else prepositions[:1]:
            for c in tree.kids(head, "prep"):
                if tree[c].lemma in words:
                    party = self._party_under(c, deep=words[0] == "of")
                    if party:
                        return party
        for c in tree.kids(head, "appos"):
            party = self._party_beside(*self._base(c), c) if c not in self.hit_at else None
            if party and tree[c].lemma in PEOPLE:
                return party
        if (
            tree[head].lemma in _STANDING
            and tree[head].tag == "NNS"
            and tree[head].lemma in PEOPLE
            and not self._described(head)
        ):
            stands = self._stands_for(head)
            if stands is not None:
                return self.actors[stands].party
        relative = next(
            (c for c in tree.kids(head, "relcl") if tree[c].lemma in ("head", "lead", "chair", "run", "represent")),
            None,
        )
        if relative is not None:
            return next((self._party_at(c) for c in tree.kids(relative, "dobj") if self._party_at(c)), None)
        return None

    def _modifies(self, j: int, head: int) -> bool:
        """Whether a word before a noun is its own modifier and not, say, the object of "X-run"."""
        tree = self.tree
        hit = self.hit_at[j]
        j = self._head(hit.first, hit.last)
        up = tree[j].head
        return up == head or (tree[up].head == head and tree[up].pos in ("PROPN", "NOUN", "ADP")) or up > head - 1

    def _party_under(self, prep: int, *, deep: bool) -> str | None:
        for c in self.tree.kids(prep, "pobj"):
            party = self._party_at(c)
            if party or not deep:
                return party
            inner = self._party_beside(*self._base(c), c)
            if inner and self.tree[c].lemma not in OUTSIDERS:
                return inner
        return None

    def _party_at(self, i: int) -> str | None:
        hit = self.hit_at.get(i)
        if hit:
            return hit.value.party
        actor = self._actor_at(i)
        if actor:
            return actor.party
        stands = self._stands_for(i)
        return self.actors[stands].party if stands is not None else None

    def _actor_at(self, i: int) -> Actor | None:
        found = next((m for m in reversed(self.mentions) if m.head == i), None)
        if found is None and self.tree[i].tag == "PRP$":
            self.visit(i)
            found = next((m for m in reversed(self.mentions) if m.head == i), None)
        return self.actors[found.actor] if found else None

    def _outsider(self, head: int) -> bool:
        tree = self.tree
        near = [*tree.children[head], *([tree[head].head] if tree[head].dep in ("appos", "compound") else [])]
        return any((tree[c].lemma in OUTSIDERS and tree[c].dep in ("appos", "compound", "nmod")) or
                   (c == tree[head].head and tree[c].lemma in OUTSIDERS) for c in near)  # fmt: skip

    def _roles_of(self, first: int, last: int, head: int) -> set[str]:
        near = [*range(first, last), *self.tree.kids(head, "compound", "appos", "nmod"), *(
            [self.tree[head].head] if self.tree[head].dep == "appos" else [])]  # fmt: skip
        return {self.tree[j].lemma for j in near if self.tree[j].lemma in PEOPLE}

    # --- what refers back -----------------------------------------------------------------------------

    def _definite(self, i: int) -> bool:
        before = [self.tree[c].text.lower() for c in self.tree.children[i] if c < i]
        return bool({"the", "this", "that", "these", "those"} & set(before))

    def _refers_back(self, i: int, plural: bool, party: str | None) -> int | None:
        """The actor that "the official", "the minister", "the group" was before."""
        if not self._definite(i):
            return None
        lemma = self.tree[i].lemma
        if party is None and lemma in BODIES | PEOPLE and not self._described(i):
            stands = self._stands_for(i)
            if stands is not None and not (lemma in PEOPLE and lemma not in {"worker", "docker", "boss", "owner"}):
                return stands
        for s in reversed(self.seen):
            actor = self.actors[s.actor]
            if lemma in self.roles.get(s.actor, ()) and actor.plural in (plural, None):
                if party in (None, actor.party):
                    return s.actor
        return None

    def _described(self, i: int) -> bool:
        """Whether words beside a noun make it another than the one that is known."""
        tree = self.tree
        for c in tree.children[i]:
            if tree[c].dep in ("prep", "relcl") and tree[i].lemma in PEOPLE:
                return True
            if tree[c].dep == "amod" and tree[c].lemma in _OTHER:
                return True
            if tree[c].dep in ("compound", "nummod", "nmod") and tree[c].lemma not in _SAME:
                return True
        return False

    def _stands_for(self, i: int) -> int | None:
        lemma = self.tree[i].lemma
        wanted = [sort for sort, nouns in STANDS_FOR.items() if lemma in nouns]
        of_sort = [p.name for p in self.case.parties if self.sorts[p.name] in wanted and p.role == "principal"]
        for s in reversed(self.seen):
            actor = self.actors[s.actor]
            if actor.party in of_sort and s.sort != "thing":
                return self._actor(f"={actor.party}", Actor(actor.party or "", "organisation", actor.party))
        if len(of_sort) == 1:
            return self._actor(f"={of_sort[0]}", Actor(of_sort[0], "organisation", of_sort[0]))
        return None

    def _pronoun(self, i: int) -> None:
        sort = PERSONAL.get(self.tree[i].text.lower())
        if not sort or (sort == "body" and self._expletive(i)):
            return
        best = max(self._candidates(i, sort), key=lambda c: c[0], default=None)
        if best:
            self._mention(i, i + 1, i, "pronoun", best[1].actor, best[1].sort)

    def _candidates(self, i: int, sort: str) -> Iterator[tuple[float, _Seen]]:
        sentence = self.tree[i].sentence
        fits = {"person": ("person",), "body": ("body", "thing"), "many": ("many", "body")}[sort]
        for n, s in enumerate(reversed(self.seen)):
            back = sentence - s.sentence
            if back > REACH or n > 60:
                break
            if s.sort not in fits or self._governs(s.head, i):
                continue
            actor = self.actors[s.actor]
            score = -2.0 * back - 0.02 * n + 1.5 * s.subject + (1.0 if actor.party and sort != "person" else 0.0)
            score += 1.0 if sort == "many" and s.sort == "many" else 0.0
            score -= 1.5 if s.sort == "thing" else 0.0
            yield score, s

    def _governs(self, head: int, pronoun: int) -> bool:
        """Whether both are arguments of one verb: "Israel told it" is not Israel."""
        a, b = self.tree[head], self.tree[pronoun]
        return (
            a.head == b.head and b.dep not in ("poss",) and a.dep != "conj" and self.tree[a.head].pos in ("VERB", "AUX")
        )

    def _expletive(self, i: int) -> bool:
        tree = self.tree
        if tree[i].dep == "expl":
            return True
        verb = tree[i].head
        if tree[i].dep not in ("nsubj", "nsubjpass"):
            return False
        clause = any(tree[c].dep in ("ccomp", "csubj", "xcomp", "advcl") for c in tree.children[verb])
        adjective = any(tree[c].dep == "acomp" and tree[c].lemma in _EMPTY for c in tree.children[verb])
        return (
            adjective
            or (clause and tree[verb].lemma in _SEEMS)
            or (tree[verb].lemma in ("know", "understand", "expect") and tree[i].dep == "nsubjpass")
        )

    # --- book-keeping ---------------------------------------------------------------------------------

    def _actor(self, key: str, made: Actor) -> int:
        if key not in self.keys:
            self.keys[key] = self._new(made)
        return self.keys[key]

    def _new(self, made: Actor) -> int:
        self.actors.append(made)
        return len(self.actors) - 1

    def _head(self, first: int, last: int) -> int:
        """The token of a stretch whose own head lies outside of it."""
        return next((i for i in range(last - 1, first - 1, -1) if not first <= self.tree[i].head < last or
                     self.tree[i].head == i), last - 1)  # fmt: skip

    def _mention(self, first: int, last: int, head: int, form: str, actor: int, sort: str) -> None:
        tree = self.tree
        self.done.update(range(first, last) if form == "name" else (head,))
        self.mentions.append(Mention(tree.span(first, last), head, first, last, form, actor))  # type: ignore[arg-type]
        subject = tree[head].dep in ("nsubj", "nsubjpass", "agent") or (
            tree[head].dep == "pobj"
            and tree[tree[head].head].lemma == "to"
            and tree[tree[tree[head].head].head].lemma == "accord"
        )
        self.seen.append(_Seen(actor, head, tree[head].sentence, subject, sort))


_EMPTY = frozenset({"unclear", "clear", "likely", "unlikely", "possible", "impossible", "known", "unknown", "important",
                    "necessary", "essential", "uncertain", "true", "time", "hard", "difficult"})  # fmt: skip
_SEEMS = frozenset({"seem", "appear", "remain", "emerge", "happen", "turn", "take", "be"})
