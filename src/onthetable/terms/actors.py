"""Who acts: the subject, agent or owner of what a predicate tells."""

from __future__ import annotations

from onthetable.lexicon import load
from onthetable.terms import clauses
from onthetable.terms.acts import OWN_SIDE, RAISED, RESULTING, WHOLE, Predicate
from onthetable.terms.table import Seat, Table
from onthetable.tree import Tree

_DATA = load("onthetable.terms", "table.toml")
DOCUMENTS = frozenset(_DATA["documents"])
"""What speaks for whoever writes it or reads it out."""
_LIGHT = frozenset(_DATA["light"])
_OWNING = ("by", "from", "of")
"""What an owner stands behind, the surest first: "acceptance of it by the firms"."""
_REPLIES = frozenset(_DATA["replies"])
_ASIDE = 8
"""How many tokens an aside may have."""
_OWN = frozenset(_DATA["own"])


def actors_of(table: Table, p: Predicate) -> list[Seat]:
    """Who does what a predicate tells: its owner, its agent, or its subject."""
    if p.form == "noun":
        owner = owner_of(table, p.head)
        return table.seats(owner) if owner is not None else _lent_subject(table, p.head)
    if p.key in RAISED:
        return _for_whom(table, p.head)
    if p.form == "verb" and clauses.passive(table.tree, p.head):
        if p.key == OWN_SIDE:
            return _for_whom(table, p.head)
        return table.seats(clauses.agent(table.tree, p.head))
    with_verb = table.tree[p.head].tag == "VBG" and table.tree[p.head].dep in ("acl", "pcomp")
    if p.form == "verb" and with_verb and p.head - 1 in table.names:
        return table.seats(table.names[p.head - 1].head)
    subject = clauses.subject(table.tree, p.head)
    if p.form == "adjective" and p.act == "rejects" and not table.seats(subject):
        speaker = table.speaker(p.head)
        return [Seat(speaker, p.head)] if speaker else []
    if subject is not None and table.tree[subject].lemma in DOCUMENTS:
        return _author(table, subject)
    found = table.seats(subject)
    if not found and p.act == "demands" and subject is not None and table.tree[subject].lemma in WHOLE:
        found = table.seats(owner_of(table, subject)) or _issuers(table, subject)  # "the firms' proposal calls for"
    return found or ([] if _nobody(table.tree, subject) else _before_verb(table, p.head))


def _nobody(tree: Tree, i: int | None) -> bool:
    """ "Nobody in the cabinet backs that": the party is not who acts."""
    if i is None:
        return False
    no = any(tree[c].text.lower() == "no" for c in tree.kids(i, "det"))
    return tree[i].text.lower() in ("nobody", "none", "few") or (tree[i].lemma == "one" and no)


def _for_whom(table: Table, i: int) -> list[Seat]:
    """For whom something is out of the question: the object of "for" behind it, or whoever says so."""
    tree = table.tree
    fors = (c for c in range(i, tree.edges[i][1]) if tree[c].text.lower() in ("for", "with", "to", "by"))
    found = next((seats for c in fors if (seats := table.seats_of_all(tree.kids(c, "pobj")))), None)
    speaker = table.speaker(i)
    return found or ([Seat(speaker, i)] if speaker else [])


def owner_of(table: Table, i: int) -> int | None:
    """Whose a noun is: "the miners' offer", "the union's refusal", "an offer by the firms"."""
    tree = table.tree
    for c in tree.kids(i, "poss", "compound", "amod", "nmod"):
        if (tree[c].dep == "poss" or table.spans.mention(c) or tree[c].entity == "NORP") and table.seats(c):
            return c
    # The owner may hang on the first word of a compound: "the miners' counter-proposal", "the firms' pay offer".
    hyphen = i >= 2 and tree[i - 1].text in ("-", "‑") and tree[i - 1].start == tree[i - 2].end
    hyphened = (i - 2,) if hyphen else ()
    for within in (*tree.kids(i, "compound", "nmod"), *hyphened):
        for c in tree.kids(within, "poss", "amod"):
            if (tree[c].dep == "poss" or tree[c].entity == "NORP") and table.seats(c):
                return c
    under = [c for o in tree.kids(i, "prep") if tree[o].lemma == "of" for thing in tree.kids(o, "pobj")
             for c in tree.kids(thing, "prep") if tree[c].lemma == "by"]  # fmt: skip
    behind = [c for c in (*tree.kids(i, "prep", "agent"), *under) if tree[c].lemma in _OWNING]
    by = sorted(behind, key=lambda c: _OWNING.index(tree[c].lemma))
    return next((o for c in by for o in tree.kids(c, "pobj") if table.seats(o)), None)


def _author(table: Table, i: int) -> list[Seat]:
    """Whose a document is: its owner's, or that of the clause that it stands in."""
    owner = owner_of(table, i)
    if owner is not None:
        return table.seats(owner)
    issued = _issuers(table, i)
    if issued:
        return issued
    up = next((j for j in table.tree.above(i) if table.tree[j].pos == "VERB"), None)
    direct = up is not None and table.tree[i].dep in ("dobj", "pobj")
    return table.seats(clauses.subject(table.tree, up)) if up is not None and direct else []


def _issuers(table: Table, i: int) -> list[Seat]:
    """By whom a document was made: "a text drawn up by the firms"."""
    return [s for c in table.tree.kids(i, "acl") for s in table.seats(clauses.agent(table.tree, c))]


def _lent_subject(table: Table, i: int) -> list[Seat]:
    """The subject of the light verb that a noun is the object of: "the firms made an offer"."""
    tree = table.tree
    to = tree[i].head
    if tree[i].dep == "pobj" and tree[to].lemma == "to" and tree[tree[to].head].lemma in RESULTING:
        return _answering(table, clauses.subject(tree, tree[to].head))
    if tree[i].dep == "attr" and tree[to].lemma == "be":
        answering = _answering(table, tree.kid(to, "nsubj"))
        if answering:
            return answering
    if tree[i].dep in ("dobj", "attr", "pobj") and tree[tree[i].head].lemma in _LIGHT:
        return table.seats(clauses.subject(tree, tree[i].head))
    return []


def _answering(table: Table, i: int | None) -> list[Seat]:
    """Whose an answer is that comes down to a no: "the rebels' answer amounted to a refusal"."""
    return table.seats(owner_of(table, i)) if i is not None and table.tree[i].lemma in _REPLIES else []


def _before_verb(table: Table, i: int) -> list[Seat]:
    """Who stands right before a finite verb, or under it, that the parser has left without a subject.

    Small parsers take a name that they never saw for an adverb, above all at the start of a sentence.
    """
    tree = table.tree
    astray = next((c for c in tree.kids(i, "advmod", "npadvmod") if c < i and c in table.names), None)
    if astray is not None:
        return table.seats(table.names[astray].head)
    top = i
    while tree[top].dep in ("xcomp", "acomp") and tree[top].head != top:
        top = tree[top].head
    j = min([top, *tree.kids(top, "aux", "auxpass", "neg")]) - 1
    while j > 0 and j not in table.names and (tree[j].text == "," or tree[j].dep in ("advmod", "neg")):
        j -= 1
    if j >= 0 and tree[j].text in ("–", "—") and j not in table.names:
        j = _before_aside(tree, j, tree[j].text)
    if 0 < j + 1 < len(tree) and tree[j + 1].text == "," and j not in table.names:
        j = _before_aside(tree, j)
    if (
        j < 0
        or tree[j].sentence != tree[i].sentence
        or not (tree[top].tag in ("VBD", "VBZ", "VBP") or any(tree[c].tag == "MD" for c in tree.kids(top, "aux")))
    ):
        return []
    mention = table.names.get(j)
    return table.seats(mention.head) if mention else []


def _before_aside(tree: Tree, j: int, mark: str = ",") -> int:
    """The token before ", she said," that ends at token `j`."""
    for k in range(j - 1, max(0, j - _ASIDE), -1):
        if tree[k].text == mark:
            return k - 1
    return -1


def asks_own_side(table: Table, p: Predicate, seat: Seat) -> bool:
    """Whether a demand goes to the party's own side: that is a quarrel within it, and no move of it."""
    if p.act not in ("demands", "accuses") or p.form != "verb":
        return False
    targets = [t for t in table.tree.kids(p.head, "dobj", "dative") if table.tree[t].pos != "VERB"]
    bare = [t for t in targets if not table.tree.kids(t, "amod", "compound", "nmod", "prep")]
    if any(table.tree[t].lemma in _OWN for t in bare):
        return not table.seats_of_all(targets)
    return any(s.party == seat.party for s in table.seats_of_all(targets))
