"""Clauses and quotations as content: "X said that C", "C, X said", "'C,' X said", "according to X, C"."""

from __future__ import annotations

from onthetable.model import Quote
from onthetable.statements.cues import words
from onthetable.statements.layout import Content, Layout, Stretch
from onthetable.statements.quotations import Quotations
from onthetable.statements.sources import citing
from onthetable.tree import Tree

_LINKS = ("while", "but", "as", "after", "before", "when", "although", "though")


def beside(lay: Layout, quotations: Quotations) -> Content | None:
    """The quotation right before or right after the cue and its source."""
    tree = lay.tree
    if "clause" not in lay.cue.slots:
        return None
    tier = lay.cue.slots["clause"]
    before = quotations.ending_before(tree[lay.core[0]].start)
    end = tree[lay.core[1] - 1].end
    after = quotations.starting_after(end)
    if before is not None and not _own_clause(lay) and not (_ended(before) and lay.parts):
        start, rule = _led_in(tree, before)
        pieces = [(start, before.span.end)]
        past = _goes_past(lay)
        if after is not None and tree.text[end : after.span.start].strip() in (",", "", "—", "–", "-"):
            pieces.append((after.span.start, after.span.end))
        elif rule == "mixed-before" and past > lay.core[1]:
            pieces.append((tree[lay.core[1]].start, tree[past - 1].end))
        return Content(tuple(pieces), lay.group, rule, tier)
    if after is not None and quotations.speech(after) and not _goes_on(tree, after):
        pieces = [*_opened(lay, after), (after.span.start, after.span.end)]
        return Content(tuple(pieces), lay.group, "quote-after", tier)
    return None


def _ended(quote: Quote) -> bool:
    """Whether the quotation ends like a sentence, so that what follows is another one."""
    return quote.inner.text[-1] == "."


def _own_clause(lay: Layout) -> bool:
    """Whether the cue has a "that" clause of its own after it."""
    clause = lay.after().get("clause")
    return clause is not None and lay.tree.kid(clause, "mark") is not None


def _led_in(tree: Tree, quote: Quote) -> tuple[int, str]:
    """Where the content begins: with the quotation, or with the sentence that leads into it."""
    start = quote.span.start
    n = tree.at(start)
    if n is None:
        return start, "quote-before"
    first = tree.sentence(n)[0]
    first = next((i + 1 for i in range(n - 1, first, -1) if tree[i].text in (":", ";")), first)
    lead = tree.text[tree[first].start : start].strip()
    if lead and lead[-1] not in ":.?!" and not (tree[first].pos == "CCONJ" and first + 2 >= n):
        return tree[first].start, "mixed-before"
    return start, "quote-before"


def _opened(lay: Layout, quote: Quote) -> list[Stretch]:
    """The words before the cue that the quotation carries on ("If it rains, she said, 'we stay'"), if any."""
    tree = lay.tree
    first = tree.sentence(lay.cue.head)[0]
    carried = quote.inner.text[0].islower() and tree[lay.core[0] - 1].text == "," and lay.core[0] - first > 2
    if not carried or tree.text[tree[lay.core[1] - 1].end : quote.span.start].strip() != ",":
        return []
    return [(tree[first].start, tree[lay.core[0] - 1].start)]


def _goes_on(tree: Tree, quote: Quote) -> bool:
    """Whether the sentence goes on after the quotation with more than an adjunct: "'on a bad day' she would win"."""
    n = tree.at(quote.span.end)
    if n is None or n == 0 or tree[n - 1].sentence != tree[n].sentence or quote.open:
        return False
    return tree[n].pos not in ("PUNCT", "CCONJ", "SCONJ", "ADP") and quote.inner.text[-1] not in ".,!?"


def clause_after(lay: Layout) -> Content | None:
    """ "X said (that) C"."""
    clause = lay.after().get("clause")
    if clause is None or "clause" not in lay.cue.slots:
        return None
    postposed = lay.source is not None and lay.source.first >= lay.cue.last
    if postposed and any(c < lay.cue.head for c in lay.tree.kids(lay.cue.top, "ccomp")) and not _own_clause(lay):
        return None
    first, last = lay.tree.edges[clause]
    first = max(first, lay.core[1]) if first <= lay.cue.head else first
    if lay.tree[clause].dep == "dobj":
        last = max([last, *(lay.tree.edges[c][1] for c in lay.tree.kids(lay.cue.head, "xcomp"))])
    own = citing(lay.tree, lay.cue.head)
    return lay.content([(first, min(last, own or last))], "clause-after", lay.cue.slots["clause"])


def clause_before(lay: Layout) -> Content | None:
    """ "C, X said", "C, X said, C" and "as X said, C"."""
    tree, cue, core = lay.tree, lay.cue, lay.core
    if "clause" not in cue.slots:
        return None
    tier = cue.slots["clause"]
    if tier != "saying" or tree[core[0] - 1].text == ";":
        return None
    before = [c for c in tree.kids(cue.top, "ccomp", "parataxis") if c < cue.head]
    if before:
        first, last = tree.edges[before[0]]
        return lay.content(lay.outside(first, max(last, _goes_past(lay))), "clause-before", tier)
    top = tree[cue.top]
    if top.dep in ("parataxis", "dep") and top.head != cue.top:
        ranges = lay.outside(*tree.edges[top.head])
        if ranges and ranges[0][0] < core[0]:
            if len(ranges) > 1 and citing(tree, cue.head) in (core[1], core[1] + 1):
                ranges = ranges[:1]
            return lay.content(ranges, "clause-around", tier)
    return _as(lay) or _tail(lay)


def _idle(lay: Layout) -> bool:
    """Whether a cue of saying has nothing after it that could be its content."""
    if lay.tree[lay.cue.head].lemma in words().quote_only or lay.cue.slots.get("clause") != "saying":
        return False
    return all(c < lay.cue.head or lay.addressed(c) for c, _ in lay.parts)


def _as(lay: Layout) -> Content | None:
    """ "As X said, C" and "C, as X said"."""
    tree, top = lay.tree, lay.tree[lay.cue.top]
    link = next((c for c in tree.kids(top.i, "mark", "advmod") if tree[c].lemma == "as"), None)
    if top.dep != "advcl" or link is None or not _idle(lay):
        return None
    if link and tree[link - 1].lemma in ("long", "soon", "far", "much", "well", "just", "even"):
        return None
    first, last = tree.edges[top.head]
    own = tree.edges[top.i]
    ranges = [(a, b) for a, b in ((first, own[0]), (own[1], last)) if b - a > 1]
    return lay.content(ranges[-1:] if own[0] <= first + 1 else ranges[:1], "as", "saying")


def _goes_past(lay: Layout) -> int:
    """Where the clause goes on to after a cue set between commas ("It would, she said, be ready by May")."""
    tree, cue, here = lay.tree, lay.cue, lay.core[1]
    last = tree.sentence(cue.head)[1]
    following = here + 1
    if following >= last or tree[here].text not in (",", "–", "—") or tree[cue.top].dep not in ("ROOT", "parataxis"):
        return here
    under = next((i for i in (following, *tree.above(following)) if tree[i].head in (cue.head, cue.top)), None)
    if under is not None and tree[under].dep == "cc":
        other = tree.kid(tree[under].head, "conj")
        if other is None or tree.kid(other, "nsubj", "nsubjpass") is None:
            return here
    elif under is not None and under > cue.head and tree[under].dep not in ("ccomp", "conj"):
        return here
    if tree[following].tag in ("VBG", "VBN", "WDT", "WP", "WRB") or tree[following].lemma in _LINKS:
        return here
    return next((i for i in range(following, last) if tree[i].text == ";"), last)


def _tail(lay: Layout) -> Content | None:
    """ "C, X said." where the parse hangs the cue on a noun of the clause.

    A comma keeps the two apart, since no relative clause without its pronoun follows a comma.
    """
    tree, cue, core = lay.tree, lay.cue, lay.core
    first, last = tree.sentence(cue.head)
    t = tree[cue.head]
    if not _idle(lay) or t.tag not in ("VBD", "VBZ", "VBP") or t.dep in ("xcomp", "pcomp"):
        return None
    if core[0] - first < 2 or tree[core[0] - 1].text != "," or tree[core[0]].pos == "CCONJ":
        return None
    if core[1] < last and tree[core[1]].pos != "PUNCT":
        return None
    if any(tree[i].tag in ("WDT", "WP") for i in range(core[0], cue.head)):
        return None
    start = next((i + 1 for i in range(core[0] - 1, first, -1) if tree[i].text == ";"), first)
    end = _goes_past(lay) if t.dep == "ROOT" else core[1]
    if not _finite(tree, start, core[0]) and core[1] < last and tree[core[1]].text == ",":
        end = last
    ranges = lay.outside(start, max(core[0], end))
    if not any(_finite(tree, a, b) for a, b in ranges):
        return None
    return lay.content(ranges, "tail", "saying")


def _finite(tree: Tree, first: int, last: int) -> bool:
    """Whether there is a verb among some tokens."""
    return any(tree[i].pos in ("VERB", "AUX") for i in range(first, last))


def rest(lay: Layout) -> Content | None:
    """ "X said that C", "X said doing so would C" where the parse finds no clause: what is left of the sentence."""
    tree, start = lay.tree, lay.core[1]
    last = tree.sentence(lay.cue.head)[1]
    if not _idle(lay) or lay.source is None or lay.source.first > lay.cue.head or start >= last:
        return None
    if tree[start].tag != "VBG" and tree[start].text != "that":
        return None
    finite = any(tree[i].tag in ("VBD", "VBZ", "VBP", "MD") for i in range(start, last))
    return lay.content([(start, last)], "rest", "saying") if finite else None


def according(lay: Layout, quotations: Quotations) -> Content | None:
    """ "According to X, C", "C, according to X" and "C, according to X, C"."""
    tree, core = lay.tree, lay.core
    first, last = tree.sentence(lay.cue.head)
    after = quotations.starting_after(tree[core[1] - 1].end)
    if after is not None and lay.cue.last - lay.cue.first > 2:
        return Content(((after.span.start, after.span.end),), lay.group, "quote-after", "saying")
    if core[0] <= first + 1:
        return lay.content([(core[1], last)], "according-before", "saying")
    start = next((i + 1 for i in range(core[0] - 1, first, -1) if tree[i].text == ";"), first)
    start = _absolute(tree, start, core[0])
    end = core[1]
    if end + 1 < last and tree[end].text in (",", "—", "–", "-"):
        head = tree[lay.cue.head].head
        finite = tree[end + 1].tag in ("VBZ", "VBD", "VBP", "MD")
        if finite or (tree.edges[head][0] < core[0] and head > end):
            stop = next((i for i in range(end + 1, last) if tree[i].text == ";"), last)
            return lay.content([(start, core[0]), (end, stop)], "according-within", "saying")
    return lay.content([(start, core[0])], "according-after", "saying")


def _absolute(tree: Tree, first: int, core: int) -> int:
    """Where a "with" phrase begins that alone goes back to the source ("with the toll rising, according to X")."""
    for i in range(first + 1, core):
        phrase = tree[i].lemma == "with" and tree[i - 1].text == "," and tree.kid(i, "pcomp") is not None
        if phrase and tree.edges[i][1] in (core, core - 1):
            return i + 1
    return first


def label(lay: Layout, quotations: Quotations) -> Content | None:
    """What follows a name and a colon: the quotation, or all that is left of the paragraph."""
    text = lay.tree.text
    start = lay.tree[lay.cue.head].end
    quote = quotations.starting_after(start)
    if quote is not None:
        return Content(((quote.span.start, quote.span.end),), lay.group, "colon-quote", "saying")
    end = text.find("\n", start)
    piece: Stretch = (start, len(text) if end < 0 else end)
    return Content((piece,), lay.group, "colon", "attitude") if text[piece[0] : piece[1]].strip() else None
