"""A case drafted from the reports themselves: who acts at the table, who mediates, which issues.

Whoever is the subject, owner or agent of the predicates of the table counts, by how often and in how many
reports; people and bodies count for the name beside them ("Brennian mediators", "the union's negotiators").
Whatever is concluded here is an assumption, and is marked as one (`Case.drafted`).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from onthetable.case import PACKS, Case, Pack, Party, pack
from onthetable.gazetteer import adjective_of, country
from onthetable.lexicon import load
from onthetable.model import PartyRole
from onthetable.outlets import outlet_of
from onthetable.spans.names import find_names
from onthetable.spans.roles import BODIES, OUTSIDERS, PEOPLE, TITLES
from onthetable.terms import clauses
from onthetable.terms.acts import predicates
from onthetable.terms.issues import weights
from onthetable.tree import Tree

_DATA = load("onthetable", "drafting.toml")
_MEDIATING = frozenset(_DATA["mediating"].split())
_TALKS = frozenset(_DATA["talks"].split())
_NOT_PARTIES = frozenset(_DATA["not_parties"].split())
_GENERIC = frozenset(_DATA["generic"].split())
VOICE = 0.25
"""What it counts to do or say anything at all, beside an act of the table."""
WIDE = 16
"""How many names are looked at more closely."""
MOST = 8
"""How many parties a drafted case has at most."""
SHARE = 0.15
"""A party acts at least this often, as a share of the one that acts most."""


@dataclass
class _Candidate:
    acts: float = 0.0
    mediates: float = 0.0
    reports: set[int] = field(default_factory=set)
    forms: Counter[str] = field(default_factory=Counter)


def draft(trees: Sequence[Tree], packs: Sequence[str] = PACKS) -> Case:
    """The case that the parsed reports suggest. The order of the trees makes no difference."""
    found: dict[str, _Candidate] = defaultdict(_Candidate)
    full = _acronyms(trees)
    last = {name.split()[-1]: short for name, short in full.items()}
    last |= {w: short for name, short in full.items() if (w := name.split()[0]).lower() in BODIES}
    longer = _long_names(trees)
    people = _people(trees)
    for n, tree in enumerate(trees):
        for who, form, weight, mediates in _acting(tree):
            if who.split()[-1] in people and not country(who):
                continue
            c = found[full.get(who) or last.get(who) or longer.get(who) or who]
            c.acts += weight * (not mediates)
            c.mediates += weight * mediates
            c.reports.add(n)
            c.forms[form] += 1
    _base_names(found, trees)
    _merge(found)
    case = Case("talks", _packs(trees, packs), _chosen(found, full, WIDE, 0.0), drafted=True)
    _recount(found, case, trees)
    case = replace(case, parties=_chosen(found, full, MOST, SHARE, len(trees)))
    return replace(case, parties=tuple(_with_people(case, trees)))


def _recount(found: dict[str, _Candidate], case: Case, trees: Sequence[Tree]) -> None:
    """Counts again who acts, now that people and bodies are known to speak for somebody."""
    for c in found.values():
        c.acts = c.mediates = 0
        c.reports = set()
    for n, tree in enumerate(trees):
        actors, mentions = find_names(tree, case)
        by_head = {m.head: actors[m.actor].party for m in mentions}
        for head, weight, mediates in _heads(tree):
            role = tree[head].lemma in _MEDIATING
            beside = tree.kids(head, "amod", "compound", "nmod") if role else []
            for i in (head, *tree.kids(head, "conj"), *beside, *(j for b in beside for j in tree.kids(b, "conj"))):
                party = by_head.get(i)
                if party in found:
                    found[party].acts += weight * (not (mediates or role))
                    found[party].mediates += weight * (mediates or role)
                    found[party].reports.add(n)


def _long_names(trees: Iterable[Tree]) -> dict[str, str]:
    """ "Green", "Greens" and "Left" for "Green Left", where a word belongs to one such name only."""
    runs: Counter[str] = Counter()
    for tree in trees:
        for first, end in tree.sentences:
            if _headline(tree, first):
                continue
            for i in range(first, end - 1):
                two = tree[i].pos == tree[i + 1].pos == "PROPN" and tree[i].entity != "PERSON"
                alone = (i == first or tree[i - 1].pos != "PROPN") and (i + 2 == end or tree[i + 2].pos != "PROPN")
                if two and alone and tree[i].lemma not in PEOPLE and tree[i + 1].lemma not in PEOPLE:
                    runs[tree.span(i, i + 2).text] += 1
    found: dict[str, set[str]] = defaultdict(set)
    for run, times in runs.items():
        if times > 1 and not country(run):
            one, two_ = run.split()[0], run.split()[-1]
            for short in (one, f"{one}s", two_):
                found[short].add(run)
    return {short: next(iter(names)) for short, names in found.items() if len(names) == 1}


def _people(trees: Iterable[Tree]) -> frozenset[str]:
    """The last words of people's names: of long names that the recogniser takes for a person, or behind a title."""
    found: Counter[str] = Counter()
    for tree in trees:
        for t in tree.tokens:
            before = tree[t.i - 1] if t.i else None
            ends = (
                t.i + 1 == len(tree)
                or tree[t.i + 1].entity != t.entity
                or tree[t.i + 1].begins
                or tree[t.i + 1].tag == "POS"
            )
            if not before or t.pos != "PROPN" or not ends or t.lemma in BODIES:
                continue
            found[t.text] += t.entity == "PERSON" and before.entity == "PERSON" and not t.begins
            found[t.text] += before.text.lower().rstrip(".") in TITLES
    return frozenset(w for w, n in found.items() if n and not any(_adjectives(tree, w) for tree in trees))


def _adjectives(tree: Tree, place: str) -> bool:
    return any(adjective_of(t.text, place) for t in tree.tokens)


def _packs(trees: Iterable[Tree], names: Sequence[str]) -> tuple[Pack, ...]:
    """The pack whose own issues the reports name most, if they name any."""
    known = [pack(n) for n in names]
    total: Counter[str] = Counter()
    for tree in trees:
        total.update(weights(tree, known))
    best = max(known, key=lambda p: total[p.id])
    return (best,) if total[best.id] else tuple(known)


def _acronyms(trees: Iterable[Tree]) -> dict[str, str]:
    """ "Quay Workers' Union (QWU)": the long form of every short one that a report explains, and nothing else."""
    pattern = re.compile(r"((?:[A-Z][\w'’&-]+ (?:(?:of|and|for|the|de) )*){1,7})\(([A-Z]{2,7})\)")
    found: dict[str, str] = {}
    for tree in trees:
        for m in pattern.finditer(tree.text):
            words = m[1].split()
            first = next((k for k in range(len(words) - 1, -1, -1) if _initials(words[k:]) == m[2]), None)
            if first is not None:
                found[" ".join(words[first:])] = m[2]
    return found


def _initials(words: list[str]) -> str:
    return "".join(w[0] for w in words if w[:1].isupper())


def _acting(tree: Tree) -> Iterator[tuple[str, str, float, bool]]:
    """Who acts in a text: name, form as written, how much it counts, and whether the act is one of mediation."""
    for head, weight, mediates in _heads(tree):
        for name, form, role in _named(tree, head):
            yield name, form, weight, mediates or role


def _heads(tree: Tree) -> Iterator[tuple[int, float, bool]]:
    """The nouns that act, how much that counts, and whether they mediate."""
    for p in predicates(tree):
        i = p.head
        if _headline(tree, i):
            continue
        heads: list[int | None]
        if p.form == "noun":
            heads = [*tree.kids(i, "poss", "compound", "amod"), *_objects(tree, i, "by", "of", "between")]
        elif p.form == "verb" and clauses.passive(tree, i):
            heads = [clauses.agent(tree, i)]
        else:
            heads = [clauses.subject(tree, i)]
        if p.act == "meets":
            heads += _objects(tree, i, "with", "between", "and")
        yield from ((h, 1.0, p.act == "mediates") for h in heads if h is not None)
    for t in tree.tokens:
        if t.lemma in _TALKS and t.pos == "NOUN":
            yield from ((head, 1.0, False) for head in _objects(tree, t.i, "between"))
        elif t.lemma in _MEDIATING and t.pos in ("NOUN", "PROPN"):
            yield t.i, 1.0, True
        elif t.dep == "nsubj" and tree[t.head].pos == "VERB" and not _headline(tree, t.i):
            yield t.i, VOICE, False


def _headline(tree: Tree, i: int) -> bool:
    """Whether most words of the sentence stand with a capital, so that it tells nothing of names."""
    first, last = tree.sentence(i)
    words = [tree[j].text for j in range(first, last) if tree[j].text.isalpha() and len(tree[j].text) > 3]
    return sum(w[0].isupper() for w in words) * 3 > len(words) * 2


def _objects(tree: Tree, i: int, *prepositions: str) -> list[int]:
    return [o for c in tree.kids(i, "prep", "agent") if tree[c].lemma in prepositions for o in tree.kids(c, "pobj")]


def _named(tree: Tree, i: int, depth: int = 0) -> Iterator[tuple[str, str, bool]]:
    """The names that a noun stands for: itself, or what modifies it."""
    for j in (i, *tree.kids(i, "conj")):
        token = tree[j]
        if token.pos == "PROPN" and token.lemma not in PEOPLE:
            run = _run(tree, j)
            if run:
                yield run[0], run[1], False
                continue
        if depth or token.lemma in OUTSIDERS:
            continue
        role = token.lemma in _MEDIATING
        title = _title(tree, j) if role and token.text[:1].isupper() else None
        if title:
            yield title, title, True
            continue
        beside = tree.kids(j, "compound", "amod", "poss", "nmod", "npadvmod")
        beside += [x for c in beside for x in tree.kids(c, "conj")]
        named = [n for c in beside for n in _name_of(tree, c)]
        named += [n for o in _objects(tree, j, "of", "for", "from") for n in _name_of(tree, o)] if not named else []
        named += [(n, f) for a in tree.kids(j, "appos") for n, f, _ in _named(tree, a, 1)] if not named else []
        yield from ((name, form, role) for name, form in named)


def _title(tree: Tree, i: int) -> str | None:
    """An office that acts by itself and for no state: "State Conciliator"."""
    first = i
    while first > 0 and tree[first - 1].pos == "PROPN" and tree[first - 1].sentence == tree[i].sentence:
        first -= 1
    text = tree.span(first, i).text if first < i else ""
    return (
        tree.span(first, i + 1).text
        if text and not country(text) and tree[first].entity not in ("GPE", "NORP")
        else None
    )


def _name_of(tree: Tree, i: int) -> Iterator[tuple[str, str]]:
    run = _run(tree, i)
    if run and (tree[i].pos in ("PROPN", "ADJ", "NOUN") and tree[i].text[:1].isupper()):
        yield run


def _run(tree: Tree, i: int) -> tuple[str, str] | None:
    """The name around a token: the state that it belongs to, or the run of capitals, as name and form."""
    first, last = i, i + 1
    bounds = tree.sentence(i)
    while first > bounds[0] and _capital(tree, first - 1) and tree[first - 1].tag != "POS":
        first -= 1
    while last < bounds[1] and (_capital(tree, last) or _inside(tree, last)):
        last += 1
    for a in range(first, i + 1):
        for b in range(last, i, -1):
            text = tree.span(a, b).text
            state = country(text)
            if state and any(c.isupper() for c in text):
                return state.name, text
    while first < last - 1 and (tree[first].lemma in PEOPLE or tree[first].text.lower() in _GENERIC | TITLES):
        first += 1
    if last - first == 1 and tree[first].lemma in BODIES and first == bounds[0]:
        return None  # "Union rejects offer": a common noun that begins the sentence
    text = tree.span(first, last).text.strip("'’ ")
    label = tree[i].entity
    if label == "PERSON" and last - first > 1 and tree[last - 1].lemma not in BODIES:
        return None
    if label in ("DATE", "TIME", "MONEY", "CARDINAL", "PERCENT", "ORDINAL", "EVENT", "LAW", "WORK_OF_ART", "FAC"):
        return None
    low = tree[last - 1].lemma
    if (
        not text[:1].isupper()
        or (text.isupper() and " " in text)
        or low in PEOPLE
        or text.lower() in _NOT_PARTIES
        or low in _NOT_PARTIES
        or outlet_of(text)
    ):
        return None
    if tree[i].pos == "ADJ" and label != "NORP":
        return None
    return text, text


def _capital(tree: Tree, i: int) -> bool:
    token = tree[i]
    return token.text[:1].isupper() and token.pos in ("PROPN", "ADJ", "NOUN") and token.lemma not in PEOPLE


def _inside(tree: Tree, i: int) -> bool:
    """ "of", "and" or a possessive mark inside one recognised name."""
    token = tree[i]
    return (
        bool(token.entity)
        and not token.begins
        and token.entity == "ORG"
        and (
            token.tag in ("POS", "CC", "IN")
            and i + 1 < len(tree)
            and tree[i + 1].entity == "ORG"
            and not tree[i + 1].begins
        )
    )


def _merge(found: dict[str, _Candidate]) -> None:
    """One candidate for a name, its adjective and its last word; the longest name stays."""
    for short in sorted(found, key=len):
        if short not in found:
            continue
        longer = [n for n in found if n != short and found[n].reports and _belongs(short, n)]
        if longer:
            into = max(longer, key=lambda n: (found[n].acts + found[n].mediates, n))
            source = found.pop(short)
            target = found[into]
            target.acts += source.acts
            target.mediates += source.mediates
            target.reports |= source.reports
            target.forms += source.forms


def _base_names(found: dict[str, _Candidate], trees: Iterable[Tree]) -> None:
    """An adjective whose place some report names becomes that place ("Brennian envoy", "Brennia")."""
    words = Counter(t.text for tree in trees for t in tree.tokens if t.pos == "PROPN" and t.text[:1].isupper())
    for form in [f for f in found if " " not in f and not country(f)]:
        base = max((w for w in words if adjective_of(form, w)), key=lambda w: words[w], default=None)
        if base and base not in found:
            found[base] = found.pop(form)


def _belongs(short: str, name: str) -> bool:
    if country(short):
        return False
    words = name.split()
    plain_form = short.removesuffix("s")
    return (
        (len(words) > 1 and short in (words[-1], f"{words[-1]}s"))
        or adjective_of(short, name)
        or (plain_form != short and plain_form == name)
        or (len(words) > 2 and short == " ".join(words[-2:]))
    )


def _chosen(
    found: dict[str, _Candidate], full: dict[str, str], at_most: int, share: float, reports: int = 1
) -> tuple[Party, ...]:
    """Those who act often enough; who mediates may do less. In a set of reports, one report alone makes no party."""
    ranked = sorted(found.items(), key=lambda kv: (-(kv[1].acts + kv[1].mediates), -len(kv[1].reports), kv[0]))
    most = max((c.acts + c.mediates for _, c in ranked), default=0)
    kept = []
    for n, c in ranked:
        alone = reports > 1 and len(c.reports) < 2
        needed = max(1, share * most * (0.3 if c.mediates else 2.5 if alone else 1)) if share else 1
        if c.acts + c.mediates >= needed:
            kept.append((n, c))
    kept = kept[:at_most]
    long = {short: name for name, short in full.items()}
    parties = []
    for n, c in sorted(kept):
        role: PartyRole = "mediator" if 2 * c.mediates >= c.acts and c.mediates else "principal"
        state = country(n)
        aliases = {f for f in c.forms if f != n and not (state and country(f) and f in state.peoples)}
        aliases |= set(state.names) if state and state.name == n else set()
        aliases |= {long[n]} if n in long else set()
        parties.append(
            Party(
                n,
                role,
                tuple(
                    sorted(a for a in aliases if not adjective_of(a, n) and a not in (state.capitals if state else ()))
                ),
            )
        )
    if not any(p.role == "principal" for p in parties):
        parties = [replace(p, role="principal") for p in parties]
    return tuple(parties)


def _with_people(case: Case, trees: Iterable[Tree]) -> Iterator[Party]:
    """The parties with the people whom some report names as theirs, and no other report as another's."""
    belongs: dict[str, set[str]] = defaultdict(set)
    for tree in trees:
        for actor in find_names(tree, case)[0]:
            if actor.kind == "named" and actor.party and len(actor.name.split()) > 1:
                belongs[actor.name].add(actor.party)
    for p in case.parties:
        yield replace(p, people=tuple(sorted(n for n, parties in belongs.items() if parties == {p.name})))
