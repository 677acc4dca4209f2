"""Who a report speaks of: names, unnamed people and bodies, and the words that refer back to them.

A single pass from the first token to the last. Every mention is tied to an actor; an actor has the party
that it speaks for where the words say so. The method is that of rule-based sieves (Lee and others 2013):
exact names first, then names by their last word, then nouns with "the", then pronouns.
"""

from __future__ import annotations

from onthetable.case import Case
from onthetable.lexicon import Hit
from onthetable.model import Actor, Mention
from onthetable.spans.affiliations import Affiliations
from onthetable.spans.aliases import Alias, find_aliases, sorts
from onthetable.spans.memory import Memory, Salience
from onthetable.spans.phrases import (
    acronym,
    apposed_name,
    bare_name,
    base,
    head_of,
    is_person,
    name_run,
    outsider,
    roles_of,
)
from onthetable.spans.references import References
from onthetable.spans.roles import (
    BETWEEN,
    BOTH,
    DOCUMENTS,
    FOLLOWERS,
    NOBODY,
    OUTSIDERS,
    PARTS,
    PEOPLE,
    SPEAKING_NOUNS,
    TITLES,
    TOGETHER,
    kind_of,
)
from onthetable.tree import Tree


def find_names(tree: Tree, case: Case) -> tuple[tuple[Actor, ...], tuple[Mention, ...]]:
    """The actors of a report, and every mention of them in the order of the text."""
    finder = _Finder(tree, case)
    for i in range(len(tree)):
        finder.visit(i)
    memory = finder.memory
    return tuple(memory.actors), tuple(sorted(memory.mentions, key=lambda m: (m.first, m.last)))


_COUNTS = {3: "three", 4: "four", 5: "five"}
"""How "all three parties" counts the principals."""


def _words(case: Case) -> frozenset[str]:
    words = (w.lower() for p in case.parties for n in (p.name, *p.aliases) for w in n.split())
    return frozenset(form for w in words for form in (w, w.removesuffix("s")))


class _Finder:
    def __init__(self, tree: Tree, case: Case) -> None:
        hits = find_aliases(tree, case)
        self.tree = tree
        self.principals = tuple(p.name for p in case.parties if p.role == "principal")
        self.hit_at = {i: h for h in hits for i in range(h.first, h.last)}
        self.memory = Memory(tree)
        by_sort = sorts(tree, case, hits)
        self.references = References(tree, self.memory, {p: by_sort[p] for p in self.principals}, _words(case))
        self.affiliations = Affiliations(tree, self.hit_at, self.references, self._actor_at)
        self.done: set[int] = set()

    def visit(self, i: int) -> None:
        """Takes a token for what it is, unless it is part of what was found already."""
        if i in self.done:
            return
        token = self.tree[i]
        hit = self.hit_at.get(i)
        if hit:
            if i == hit.first:
                self._alias(hit)
        elif self._pair(i):
            self._noun(
                i,
                self.memory.new(
                    Actor(self.tree.span(*base(self.tree, i)).text, "organisation", None, "side", True, self.principals)
                ),
                "many",
            )
        elif token.pos == "PRON" or token.tag == "PRP$":
            self._pronoun(i)
        elif token.pos == "PROPN" and token.entity not in NOBODY:
            self._proper(i)
        elif token.pos in ("NOUN", "ADJ") and token.lemma in SPEAKING_NOUNS and self._heads_phrase(i):
            self._nominal(i)

    def _heads_phrase(self, i: int) -> bool:
        """Whether a noun is more than a modifier; the parser hangs some on nothing ("the source close to")."""
        token = self.tree[i]
        loose = token.dep == "amod" and self.tree[token.head].pos not in ("NOUN", "PROPN")
        return token.dep not in ("compound", "amod") or loose

    # --- names ----------------------------------------------------------------------------------------

    def _alias(self, hit: Hit[Alias]) -> None:
        alias, first, last = hit.value, hit.first, hit.last
        if alias.what == "person":
            while first > self.tree.sentence(first)[0] and self._given_name(first - 1):
                first -= 1
            actor = self.memory.keyed(alias.name, Actor(alias.name, "named", alias.party, plural=False))
            self.memory.roles[actor] |= roles_of(self.tree, first, last)
        elif alias.what == "adjective" and self.tree[last - 1].tag in ("NNS", "NNPS"):
            people = Actor(self.tree.span(first, last).text, "anonymous", alias.party, plural=True)
            actor = self.memory.new(people)
        else:
            actor = self.memory.body(alias.party)
        self._name(first, last, actor, "person" if alias.what == "person" else "body")

    def _given_name(self, i: int) -> bool:
        token = self.tree[i]
        return token.pos == "PROPN" and i not in self.hit_at and token.lemma not in PEOPLE and token.entity == "PERSON"

    def _proper(self, i: int) -> None:
        tree = self.tree
        first, last = name_run(tree, i)
        if any(j in self.hit_at for j in range(first, last)):
            return
        titles = [j for j in range(first, last - 1) if tree[j].lemma in PEOPLE or tree[j].text.lower() in TITLES]
        start = titles[-1] + 1 if titles else first
        if tree[last - 1].lemma in PEOPLE:
            self._nominal(last - 1)
        elif is_person(tree, start, last):
            self._person(first, start, last)
        elif tree[last - 1].lemma in DOCUMENTS:
            self._nominal(last - 1)
        else:
            self._thing(first, start, last)

    def _person(self, first: int, start: int, last: int) -> None:
        head = head_of(self.tree, start, last)
        name = bare_name(self.tree, start, last)
        party = None if outsider(self.tree, head) else self.affiliations.party(first, head)
        actor = self.memory.person(name)
        if actor is None:
            actor = self.memory.keyed(name, Actor(name, "named", party, plural=False))
        self.memory.belongs(actor, party)
        self.memory.roles[actor] |= roles_of(self.tree, first, last)
        self._name(start, last, actor, "person")

    def _thing(self, first: int, start: int, last: int) -> None:
        """A body or place; a surname that the recogniser took for one is still the person."""
        name = self.tree.span(start, last).text
        key = f"={name.removeprefix('the ').removeprefix('The ')}"
        actor = self.memory.known(key)
        person = self.memory.person(name) if actor is None else None
        if person is not None:
            self._name(start, last, person, "person")
            return
        short = acronym(self.tree, last)
        if actor is None:
            actor = self.memory.keyed(key, Actor(short or name, "organisation", None, plural=False))
        if short:
            self.memory.also(f"={short}", actor)
        place = self.tree[last - 1].entity in ("GPE", "LOC", "FAC", "NORP")
        self._name(start, last, actor, "place" if place else "thing")

    def _name(self, first: int, last: int, actor: int, salience: Salience) -> None:
        self.done.update(range(first, last))
        self.memory.note(first, last, head_of(self.tree, first, last), "name", actor, salience)

    # --- nouns and pronouns ---------------------------------------------------------------------------

    def _nominal(self, i: int) -> None:
        named = apposed_name(self.tree, i)
        if named is not None:
            self._link_to_name(i, named)
            return
        group = self._group(i)
        if group:
            self._noun(i, self.memory.new(group), "many")
            return
        token = self.tree[i]
        plural = token.tag in ("NNS", "NNPS")
        kind = kind_of(token.lemma)
        salience: Salience = (
            "thing" if kind == "document" else "body" if kind == "organisation" else "many" if plural else "person"
        )
        first, last = base(self.tree, i)
        owned = token.lemma in FOLLOWERS and bool(self.tree.kids(i, "poss"))
        aside = not owned and (token.lemma in OUTSIDERS or outsider(self.tree, i))
        party = None if aside else self.affiliations.party(first, i)
        if party is None or kind != "organisation":
            back = self.references.noun(i, plural, party)
            if back is not None:
                self._noun(i, back, salience)
                return
        if kind == "organisation" and party and token.lemma not in PARTS:
            actor = self.memory.body(party)
        else:
            actor = self.memory.new(Actor(self.tree.span(first, last).text, kind, party, token.lemma, plural))
        self.memory.roles[actor].add(token.lemma)
        self._noun(i, actor, salience)

    def _noun(self, i: int, actor: int, salience: Salience) -> None:
        self.done.add(i)
        self.memory.note(*base(self.tree, i), i, "nominal", actor, salience)

    def _link_to_name(self, i: int, name: int) -> None:
        if name > i:
            self.visit(name)
        found = self.memory.covering(name)
        if not found:
            return
        if self.memory.actors[found.actor].kind == "named" and self.tree[i].lemma not in OUTSIDERS:
            self.memory.belongs(found.actor, self.affiliations.party(base(self.tree, i)[0], i))
        self.memory.roles[found.actor].add(self.tree[i].lemma)
        self._noun(i, found.actor, "person")

    def _group(self, i: int) -> Actor | None:
        """ "Both sides", "the two delegations", "neither party": every principal at once."""
        token = self.tree[i]
        if token.lemma not in TOGETHER or len(self.principals) < 2:
            return None
        before = {self.tree[c].text.lower() for c in self.tree.children[i] if c < i}
        plural = token.tag == "NNS"
        both = bool(before & {*BOTH, _COUNTS.get(len(self.principals), "both")}) and (plural or "neither" in before)
        the = plural and token.lemma in ("side", "party") and bool(before) and before <= {"the", "two", "both"}
        each = token.lemma in ("side", "party") and bool(before & {"each", "either"})
        if not (both or the or each) or before & BETWEEN:
            return None
        return Actor(self.tree.span(*base(self.tree, i)).text, "organisation", None, token.lemma, True, self.principals)

    def _pair(self, i: int) -> bool:
        """ "The two will meet again": both of two principals, if no noun before says two of whom."""
        token = self.tree[i]
        if len(self.principals) != 2 or token.text.lower() != "two" or token.dep not in ("nsubj", "nsubjpass"):
            return False
        whole = [self.tree[c].text.lower() for c in self.tree.children[i]]
        return whole == ["the"] and self.tree[i - 1].text.lower() == "the"

    def _pronoun(self, i: int) -> None:
        found = self.references.pronoun(i)
        if found:
            self.done.add(i)
            self.memory.note(i, i + 1, i, "pronoun", found.actor, found.salience)

    def _actor_at(self, i: int) -> Actor | None:
        if self.memory.at(i) is None and self.tree[i].tag == "PRP$":
            self.visit(i)
        found = self.memory.at(i)
        return self.memory.actors[found.actor] if found else None
