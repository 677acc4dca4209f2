"""What a report has spoken of so far: actors, and the mentions that later words may refer back to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Literal

from onthetable.model import Actor, Mention
from onthetable.tree import Tree

Form = Literal["name", "nominal", "pronoun"]
Salience = Literal["person", "many", "body", "place", "thing"]
"""How a mention can be taken up: by "he", by "they", by "it", by none, by "it" at a pinch."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A mention as the search for what a pronoun means sees it."""

    actor: int
    head: int
    sentence: int
    subject: bool
    salience: Salience


@dataclass
class Memory:
    """Grows from the first token of a report to the last."""

    tree: Tree
    actors: list[Actor] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    roles: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    _by_key: dict[str, int] = field(default_factory=dict)
    _by_word: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _by_head: dict[int, Mention] = field(default_factory=dict)
    _by_token: dict[int, Mention] = field(default_factory=dict)

    def new(self, actor: Actor) -> int:
        """Remembers an actor that is none of the known ones."""
        self.actors.append(actor)
        n = len(self.actors) - 1
        if actor.kind == "named":
            for word in actor.name.split():
                self._by_word[word].append(n)
        return n

    def known(self, key: str) -> int | None:
        """The actor that was remembered under a key."""
        return self._by_key.get(key)

    def keyed(self, key: str, actor: Actor) -> int:
        """The actor of a key; this one, if the key is new."""
        if key not in self._by_key:
            self._by_key[key] = self.new(actor)
        return self._by_key[key]

    def also(self, key: str, actor: int) -> None:
        """Another key for an actor."""
        self._by_key[key] = actor

    def body(self, party: str) -> int:
        """The actor that a party is as a whole."""
        return self.keyed(f"={party}", Actor(party, "organisation", party))

    def person(self, name: str) -> int | None:
        """The last person whose name has all words of this one."""
        words = set(name.split())
        for n in reversed(self._by_word.get(name.split()[-1], ())):
            if words <= set(self.actors[n].name.split()):
                return n
        return None

    def belongs(self, actor: int, party: str | None) -> None:
        """Learns for whom an actor speaks, if that was not known."""
        if party and not self.actors[actor].party:
            self.actors[actor] = replace(self.actors[actor], party=party)

    def note(self, first: int, last: int, head: int, form: Form, actor: int, salience: Salience) -> None:
        """A mention, as the newest one."""
        tree = self.tree
        mention = Mention(tree.span(first, last), head, first, last, form, actor)
        self.mentions.append(mention)
        self._by_head[head] = mention
        for i in range(first, last):
            self._by_token.setdefault(i, mention)
        up = tree[tree[head].head]
        cited = tree[head].dep == "pobj" and up.lemma == "to" and tree[up.head].lemma == "accord"
        subject = cited or tree[head].dep in ("nsubj", "nsubjpass", "agent")
        self.seen.append(Seen(actor, head, tree[head].sentence, subject, salience))

    def at(self, head: int) -> Mention | None:
        """The newest mention with this head."""
        return self._by_head.get(head)

    def covering(self, i: int) -> Mention | None:
        """The first mention that has this token in it."""
        return self._by_token.get(i)

    def newest(self, at_most: int | None = None) -> Iterator[Seen]:
        """Mentions from the newest back."""
        return islice(reversed(self.seen), at_most)
