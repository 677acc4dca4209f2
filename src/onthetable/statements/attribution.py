"""Statements of a report: cues, their sources and contents put together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from onthetable.model import Manner, Quote, Report, Source, Span, Statement
from onthetable.outlets import outlet_of
from onthetable.statements.confidence import confidence
from onthetable.statements.contents import content_of
from onthetable.statements.cues import Cue, find_cues, words
from onthetable.statements.joining import join
from onthetable.statements.layout import Content, Layout, Stretch, layout_of
from onthetable.statements.moods import Mood, mood_of
from onthetable.statements.quotations import Quotations
from onthetable.statements.relays import relays_of
from onthetable.statements.sources import Phrase, antecedent, cited, passive, source_of
from onthetable.statements.speakers import speaker
from onthetable.statements.tagger import tag
from onthetable.tree import Spans, Tree

Marking = Literal["ledger", "polnear"]
_SPEAKERS = ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET")
_NESTING = 6


@dataclass(slots=True)
class _Draft:
    lay: Layout
    content: Content
    mood: Mood
    pieces: list[Stretch]

    @property
    def cue(self) -> Cue:
        return self.lay.cue

    @property
    def source(self) -> Phrase | None:
        return self.lay.source


def attribute(report: Report, spans: Spans, *, marking: Marking = "ledger") -> tuple[Statement, ...]:
    """Who says what in a report, in the order of the text.

    `marking` "ledger" keeps what somebody is said to have said, written, claimed or denied; "polnear" marks as
    that corpus does: belief and intention too, sources left open, relative pronouns as sources, headlines, and
    nothing inside the content of another statement. There the rules are united with what a trained tagger marks
    (`joining`), and confidences are by `grading`.
    """
    found = _by_rules(report, spans, marking)
    return join(report, spans, found, tag(report)) if marking == "polnear" else found


def _by_rules(report: Report, spans: Spans, marking: Marking) -> tuple[Statement, ...]:
    tree = spans.tree
    quotations = Quotations(report.text, spans.quotes)
    drafts = _drafts(tree, quotations)
    if marking == "ledger":
        drafts = [d for d in drafts if _said(tree, d) and not _headline(report, tree, d)]
    owned = _own_quotations(drafts, quotations, tree)
    drafts += _carried_on(drafts, quotations, tree, owned, apart=marking == "ledger")
    for d in drafts:
        d.pieces = _merged(d.pieces)
    drafts.sort(key=lambda d: (d.pieces[0][0], -d.pieces[-1][1], d.cue.head))
    drafts = _outermost(drafts, tree) if marking == "polnear" else _once(drafts, tree)
    outer = _enclosing(drafts, tree)
    relays: list[tuple[str, ...]] = []
    for n, d in enumerate(drafts):
        holder = outer[n]
        above = relays[holder] if holder is not None and holder < n else ()
        relays.append(above + tuple(r for r in relays_of(spans, d.lay) if r not in above))
    return tuple(
        _statement(report, spans, quotations, d, f"{report.id}.s{n + 1}", relays[n], marking)
        for n, d in enumerate(drafts)
    )


def _drafts(tree: Tree, quotations: Quotations) -> list[_Draft]:
    """Cues with what they introduce, save those that stand in somebody's quoted speech."""
    drafts = []
    for cue in find_cues(tree):
        if cue.kind != "colon" and quotations.in_speech(tree[cue.head].start):
            continue
        source = source_of(tree, cue)
        if source is not None and tree[source.head].lemma == "it" and cue.kind == "adjective":
            source = None
        if source is None and not _open(tree, cue):
            continue
        lay = layout_of(tree, cue, source)
        content = content_of(lay, quotations)
        if content is not None:
            drafts.append(_Draft(lay, content, mood_of(tree, cue), list(content.pieces)))
    return drafts


def _open(tree: Tree, cue: Cue) -> bool:
    """Whether the words leave open who says so: "is expected to", "it is clear that"."""
    return cue.kind == "adjective" or (passive(tree, cue.head) and tree[cue.head].lemma in words().expected)


def _said(tree: Tree, draft: _Draft) -> bool:
    """Whether it tells what somebody said, rather than what somebody thinks, wants, or may say."""
    if draft.content.tier != "saying" or not draft.mood.said or draft.source is None:
        return False
    source = tree[antecedent(tree, draft.source, draft.cue.head).head]
    negated = any(tree[c].lemma in ("no", "neither") and tree[c].dep == "det" for c in tree.children[source.i])
    if source.pos not in _SPEAKERS or (source.pos == "NOUN" and source.lemma in words().silent):
        return False
    if negated or source.lemma in words().nobody or source.text in ("I", "me", "my") or _only_pronoun(tree, draft):
        return False
    head = tree[draft.cue.head]
    amounts_to = head.tag == "VBG" and head.dep == "advcl" and head.lemma in words().participles
    return not amounts_to and not _mandative(tree, draft)


def _headline(report: Report, tree: Tree, draft: _Draft) -> bool:
    """Whether it stands in the headline, which tells again what the report tells."""
    return report.title is not None and report.title.start <= tree[draft.cue.head].start < report.title.end


def _only_pronoun(tree: Tree, draft: _Draft) -> bool:
    """Whether the content is no more than "which" or "this"."""
    first = tree.at(draft.pieces[0][0])
    whole = len(draft.pieces) == 1 and first is not None and tree[first].end >= draft.pieces[0][1]
    return whole and first is not None and tree[first].pos in ("PRON", "DET")


def _mandative(tree: Tree, draft: _Draft) -> bool:
    """Whether the clause asks rather than tells: "suggested that the talks be held in May"."""
    cue = draft.cue
    if draft.content.rule == "clause-after" and tree[cue.head].lemma in words().mandative:
        return True
    for c in tree.children[cue.head]:
        t = tree[c]
        if c > cue.head and t.dep in ("ccomp", "acl") and cue.kind != "according":
            passive_bare = t.tag == "VBN" and any(tree[k].tag == "VB" for k in tree.kids(c, "auxpass"))
            bare = (t.tag == "VB" or passive_bare) and tree.kid(c, "aux") is None
            return bare and tree.kid(c, "mark") is not None and tree.kid(c, "nsubj", "nsubjpass") is not None
    return False


def _own_quotations(drafts: list[_Draft], quotations: Quotations, tree: Tree) -> set[int]:
    """Gives each draft the rest of a quotation over paragraphs, and the quotations that follow it without a cue.

    Returns where the quotations begin that belong to a draft.
    """
    owned = {q.span.start for d in drafts for p in d.pieces for q in quotations.within(*p)}
    for d in sorted(drafts, key=lambda d: d.lay.core):
        speech = [q for p in d.pieces for q in quotations.within(*p)]
        if not speech or d.cue.kind == "noun":
            continue
        for q in (speech[0], speech[-1]):
            _take(d, quotations.chain(q), owned)
        end = max(d.pieces[-1][1], tree[tree.sentence(d.lay.core[1] - 1)[1] - 1].end)
        following = quotations.following(end) or quotations.following(d.pieces[-1][1])
        while following is not None and following.span.start not in owned:
            _take(d, quotations.chain(following), owned)
            following = quotations.following(d.pieces[-1][1])
    return owned


def _carried_on(
    drafts: list[_Draft], quotations: Quotations, tree: Tree, owned: set[int], *, apart: bool
) -> list[_Draft]:
    """The quotations without a cue right after what was told in other words ("He said that it was late. 'Too late.'").

    They are statements of their own if `apart`, else another piece of the one before.
    """
    found = []
    for d in sorted(drafts, key=lambda d: d.lay.core):
        following = quotations.following(tree[tree.sentence(d.cue.head)[1] - 1].end)
        if following is None or following.span.start in owned or d.cue.kind in ("noun", "colon"):
            continue
        if not quotations.speech(following) or following.inner.text[-1] not in ".!?":
            continue
        other = _Draft(d.lay, replace(d.content, rule="carried-on"), d.mood, []) if apart else d
        _take(other, quotations.chain(following), owned)
        found += [other] if apart else []
    return found


def _take(draft: _Draft, quotes: list[Quote], owned: set[int]) -> None:
    for q in quotes:
        if q.span.start not in owned:
            owned.add(q.span.start)
            draft.pieces.append((q.span.start, q.span.end))
    draft.pieces.sort()


def _merged(pieces: list[Stretch]) -> list[Stretch]:
    """The pieces in order, those that overlap as one."""
    found: list[Stretch] = []
    for start, end in sorted(pieces):
        if found and start < found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def _outermost(drafts: list[_Draft], tree: Tree) -> list[_Draft]:
    """Those whose cue stands in no other's content; drafts come sorted by where they begin."""
    outer = _enclosing(drafts, tree)
    kept = []
    for n, d in enumerate(drafts):
        holder = outer[n]
        if holder is None or (holder > n and outer[holder] == n):
            kept.append(d)
    return kept


def _once(drafts: list[_Draft], tree: Tree) -> list[_Draft]:
    """Without a noun's claim inside an object that is said whole ("restated the group's insistence that C").

    Nor with a cue among the words that name a source ("according to X, who asked not to be named").
    """
    sources = [d.source for d in drafts if d.source is not None and d.cue.kind == "according"]
    naming = {i for source in sources for i in range(source.first, source.last)}
    kept = []
    for d, holder in zip(drafts, _enclosing(drafts, tree), strict=True):
        repeats = holder is not None and d.cue.kind == "noun" and drafts[holder].content.rule == "object"
        if not repeats and d.cue.head not in naming:
            kept.append(d)
    return kept


def _enclosing(drafts: list[_Draft], tree: Tree) -> list[int | None]:
    """For each draft the one whose content holds its cue, the innermost."""
    pieces = sorted((start, end, n) for n, d in enumerate(drafts) for start, end in d.pieces)
    found: list[int | None] = [None] * len(drafts)
    stack: list[tuple[int, int]] = []
    k = 0
    for place, n in sorted((tree[d.cue.head].start, n) for n, d in enumerate(drafts)):
        while k < len(pieces) and pieces[k][0] <= place:
            start, end, owner = pieces[k]
            while stack and stack[-1][0] <= start:
                stack.pop()
            stack.append((end, owner))
            k += 1
        while stack and stack[-1][0] <= place:
            stack.pop()
        found[n] = next((o for e, o in reversed(stack[-_NESTING:]) if e > place and o != n), None)
    return found


def _statement(
    report: Report,
    spans: Spans,
    quotations: Quotations,
    draft: _Draft,
    name: str,
    relay: tuple[str, ...],
    marking: Marking,
) -> Statement:
    tree = spans.tree
    pieces = tuple(report.span(*p) for p in _shown(tree, quotations, draft, marking))
    quoted = tuple(q.span for p in pieces for q in quotations.within(p.start, p.end))
    source: Source | None = None
    if draft.source is not None:
        source = speaker(spans, draft.source if marking == "polnear" else _spoken_for(spans, draft.cue, draft.source))
    return Statement(
        name, report.id, report.span(pieces[0].start, pieces[-1].end), pieces, tree.span(*draft.content.cue), source,
        _manner(pieces, quoted), relay, quoted, draft.mood.hedge, draft.mood.denied, draft.content.rule,
        confidence(draft.content.tier, draft.content.rule),
    )  # fmt: skip


def _spoken_for(spans: Spans, cue: Cue, source: Phrase) -> Phrase:
    """The source as the ledger names it: what a relative pronoun stands for, and whom an outlet quotes."""
    quoted = cited(spans.tree, cue.head)
    if quoted is not None and outlet_of(spans.tree.span(source.first, source.last).text):
        return quoted
    return antecedent(spans.tree, source, cue.head)


def _shown(tree: Tree, quotations: Quotations, draft: _Draft, marking: Marking) -> list[Stretch]:
    """The pieces; for the ledger without a relative pronoun ("which she called C") and what is only spoken of."""
    pieces = draft.pieces
    if marking == "polnear":
        return pieces
    if len(pieces) == 1:
        return [_without_that(tree, quotations, pieces[0])]
    place = tree.at(pieces[0][0])
    if place is not None and tree[place].tag in ("WDT", "WP") and tree[place].end == pieces[0][1]:
        return pieces[1:]
    if draft.content.rule == "predicate":
        quoted = quotations.within(*pieces[-1])
        return [(quoted[0].span.start, quoted[-1].span.end)] if quoted else pieces
    return pieces


def _without_that(tree: Tree, quotations: Quotations, piece: Stretch) -> Stretch:
    """A content that is one quotation after "that" begins with the quotation."""
    quoted = quotations.within(*piece)
    led = len(quoted) == 1 and tree.text[piece[0] : quoted[0].span.start].strip() == "that"
    return (quoted[0].span.start, piece[1]) if led and quoted[0].span.end == piece[1] else piece


def _manner(pieces: tuple[Span, ...], quoted: tuple[Span, ...]) -> Manner:
    if not quoted:
        return "indirect"
    return "direct" if all(any(p.within(q) for q in quoted) for p in pieces) else "mixed"
