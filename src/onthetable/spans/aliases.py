"""By which words a report may name the parties of a case, and where it does."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Literal

from onthetable.case import Case, Party
from onthetable.gazetteer import adjective_of, country
from onthetable.lexicon import Hit, Lexicon
from onthetable.spans.roles import BODIES, PEOPLE, Sort
from onthetable.text import plain
from onthetable.tree import Tree


@dataclass(frozen=True, slots=True)
class Alias:
    """A form that names a party, one of its people, or a place that speaks for it."""

    party: str
    form: str
    what: Literal["party", "adjective", "person", "place"]
    name: str
    """The full name that the form stands for: a person's, or the party's."""


def aliases(party: Party, tree: Tree | None = None) -> list[Alias]:
    """Every form by which a report may name the party, without those that only its sentences can tell."""
    forms: list[tuple[str, Literal["party", "adjective", "person", "place"], str]] = []
    forms += [(form, "party", party.name) for form in _with_and_without_article((party.name, *party.aliases))]
    forms += [(form, "place", party.name) for form in party.places]
    for person in party.people:
        forms += [(person, "person", person), (person.split()[-1], "person", person)]
    state = country(party.name)
    if state and plain(state.name) in {plain(n) for n in (party.name, *party.aliases)}:
        forms += [(form, "party", party.name) for form in (state.name, *state.names)]
        forms += [(form, "adjective", party.name) for form in state.peoples]
        forms += [(form, "place", party.name) for form in (*state.capitals, *state.bodies)]
    words = party.name.split()
    if len(words) > 1 and words[-1][:1].isupper() and words[-1].isalpha() and not words[-1].isupper():
        forms.append((f"the {words[-1]}", "party", party.name))
    forms += [(form, "party", party.name) for form in sorted(_short(party))]
    forms += [(form, "adjective", party.name) for form in _founding(party)]
    return [Alias(party.name, form, what, name) for form, what, name in forms if form]


def _short(party: Party) -> set[str]:
    """ "The Federation" for one with that word in its long name; "nurses" for a federation of nurses."""
    found: set[str] = set()
    for name in (party.name, *party.aliases):
        words = name.removeprefix("the ").split()
        if len(words) > 1:
            found |= {f"the {w}" for w in words if w[:1].isupper() and w.lower() in BODIES}
        bare = words[-1].lower() if words else ""
        if len(words) == 1 and name.startswith("the ") and bare.endswith("s") and bare.removesuffix("s") in PEOPLE:
            found.add(bare)
        members = [w.rstrip("'’") for n, w in enumerate(words) if w[:1].isupper() and (n or w[-1] in "'’")]
        found |= {w.lower() for w in members if w.endswith("s") and w.lower()[:-1] in PEOPLE}
    return found


def _founding(party: Party) -> list[str]:
    """ "The Agrarians", "Agrarian" for the Agrarian Party."""
    words = party.name.split()
    if len(words) != 2 or words[1].lower() not in ("party", "left", "right") or not words[0].isalpha():
        return []
    return [words[0], words[0] if words[0].endswith("s") else f"{words[0]}s"]


def _with_and_without_article(names: tuple[str, ...]) -> list[str]:
    """ "the White House" is also met as "White House"; "the movement" only with its article."""
    bare = [n.removeprefix("the ") for n in names]
    return [*names, *(b for b in bare if b[:1].isupper())]


def find_aliases(tree: Tree, case: Case) -> list[Hit[Alias]]:
    """Where the report names a party: explicit forms first, then adjectives made from one-word names."""
    known = [a for p in case.parties for a in aliases(p)]
    lexicon = Lexicon((a.form, a) for a in reversed(known))
    hits = [h for h in lexicon.find(tree) if _same_case(tree, h)]
    taken = {i for h in hits for i in range(h.first, h.last)}
    places = [(p.name, w) for p in case.parties for w in (p.name, *p.aliases) if " " not in w and len(w) > 3]
    for t in tree.tokens:
        if t.i in taken or not t.text[:1].isupper():
            continue
        party = next((name for name, word in places if adjective_of(t.text, word)), None)
        if party:
            hits.append(Hit(t.i, t.i + 1, Alias(party, t.text, "adjective", party)))
    return sorted(hits, key=lambda h: h.first)


def _same_case(tree: Tree, hit: Hit[Alias]) -> bool:
    """A name written with a capital must stand with one: "US" is not "us", "Front" not "front"."""
    capitals = {w.lower(): w for w in re.findall(r"[^\W_]+", hit.value.form) if w[:1].isupper()}
    for i in range(hit.first, hit.last):
        said, form = tree[i].text, capitals.get(tree[i].text.lower())
        if form and (not said[:1].isupper() or (form.isupper() and not said.isupper())):
            return False
    return True


_ENDINGS: dict[Sort, tuple[str, ...]] = {
    "union": ("union", "guild", "nurses", "teachers", "pilots", "drivers", "dockers", "miners",
              "federation", "workers", "brotherhood", "teamsters", "association"),
    "company": ("employers", "airlines", "airways", "terminals", "ltd", "inc", "corp", "plc", "company", "rail",
                "motors", "steel", "holdings", "railways", "management", "operators", "authority",
                "hospitals", "hospital", "trust", "board", "university", "council", "schools",
                "lines", "ports", "mines"),
    "movement": ("front", "movement", "group", "army", "brigade", "brigades", "resistance", "militia", "rebels",
                 "faction"),
}  # fmt: skip


def sorts(tree: Tree, case: Case, hits: list[Hit[Alias]]) -> dict[str, Sort]:
    """What sort each party is, by its names, the list of states, and how the report treats it."""
    found: dict[str, Sort] = {}
    for party in case.parties:
        words = {
            w.strip("'s") if w.endswith("'s") else w for n in (party.name, *party.aliases) for w in plain(n).split()
        }
        by_name = next((s for s, ends in _ENDINGS.items() if words & set(ends)), None)
        if country(party.name):
            found[party.name] = "state"
        elif by_name:
            found[party.name] = by_name
        else:
            said = Counter(tree[h.last - 1].entity for h in hits if h.value.party == party.name)
            adjective = any(h.value.party == party.name and h.value.what == "adjective" for h in hits)
            place = said["GPE"] > said["ORG"]
            found[party.name] = "state" if adjective or place or party.places else "movement"
    return found
