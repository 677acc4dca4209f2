"""Which reports tell the same story: verbatim, trimmed, merged, or reworded with the quotations kept.

Two reports are compared only where they share something rare (a long quotation, a run of words, a number
with a name), found through an inverted index. Whether they are copies is then decided on how much of the
one is told, sentence by sentence, in the other; nothing else in the collection has a say in that. Fuzzy
copies by shared runs of words: Broder 1997; reuse by aligned sentences: METER (Clough and others 2002).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from onthetable.model import Published, Reading, Report, Span, Tie
from onthetable.text import plain
from onthetable.ties.bodies import Body, Sentence, digital, overlap, read_body

FIRM = 0.45
"""Share of one report told in the other, weighted by how much of each sentence is, that makes a copy by itself."""
ALL = 0.9
"""The same where either is told in the other, however short they are."""
LOOSE = 0.2
"""Share that is enough where the order or the quotations are kept as well."""
RUN = 5
"""Sentences told in the same order that make a copy of a loosely told story."""
ORDERLY = 0.7
"""Share of the sentences told in both that are in the same order."""
SAME = 0.5
"""Share of the shorter sentence from which on two sentences tell the same."""
FAINT, HALF = 0.35, 0.5
"""What sentences share that are reworded beyond that, and the share of a report that has to be so, in order."""
FEW = 3
"""Sentences that have to be told in both at least: fewer may be one quotation that everybody has."""
DOUBLED, DOUBLED_APART = 0.55, 0.22
"""What a sentence shares with its second wording, in one paragraph and where that is a line of its own."""
APART, WHOLE = 0.2, 0.6
"""How little two stories overlap in a report that merges them, and how much of it they make up."""
CROWD = 40
"""Of more reports than this that share a passage, each is compared with the first of them only."""
WORTH = 4
"""Weight of shared features from which on two reports are compared: one quotation, two runs, four facts."""

_Near = dict[str, dict[str, frozenset[int]]]
"""For each report (by id) those that share its story, with which of its sentences they tell."""


@dataclass(frozen=True, slots=True)
class _Told:
    """How much of one body is told in another, and the heaviest passage that both tell.

    `share` counts a sentence as told or not, `firm` by how much of it is; `which` are the sentences told, and
    `run` is the longest series of them that comes in the same order in both; `faint` is such a series, as a share
    of all sentences, with those that are told but faintly.
    """

    share: float
    firm: float
    which: frozenset[int]
    run: int
    faint: float
    here: Span | None
    there: Span | None


def find_copies(readings: Sequence[Reading], published: Mapping[str, Published] | None = None) -> tuple[Tie, ...]:
    """Ties of kind `copies` between reports that tell the same story, from the copy to the original.

    `published` says when each report (by id) was published. The copy is the report that was published later.
    Failing that, of the two, the one that: names the other's outlet; shares with a third report what the
    other does not (it merges them); doubles more sentences; writes small numbers as digits, which
    editors spell out and rewriting software does not; is told to a larger share in the other; is shorter; at
    last has the higher id, which is arbitrary. The evidence is the heaviest passage that both tell, in the
    copy and in the original. The score is the larger share of the one that is told in the other. Any order of
    readings gives the same ties.
    """
    unique = {r.report.id: r.report for r in readings}
    bodies = sorted(map(read_body, unique.values()), key=lambda b: (-b.length, b.report.id))
    pairs = []
    near: _Near = defaultdict(dict)
    for i, j in _candidates(bodies):
        a, b = bodies[i], bodies[j]
        back = _told(b, a)
        if back.share < LOOSE and back.faint < LOOSE:  # less of the longer one can be told in the shorter
            continue
        there = _told(a, b)
        if _suffices(there, a, b) or _suffices(back, b, a) or min(there.firm, back.firm) >= ALL:
            pairs.append((a, b, there, back))
            near[a.report.id][b.report.id] = there.which
            near[b.report.id][a.report.id] = back.which
    ties = []
    for a, b, there, back in pairs:
        if _first_is_copy(a, b, there, back, published or {}, near):
            ties.append(_tie(a, b, there, back))
        else:
            ties.append(_tie(b, a, back, there))
    return tuple(sorted(ties, key=lambda t: (t.source, t.target)))


def families(ids: Iterable[str], ties: Iterable[Tie]) -> tuple[tuple[str, ...], ...]:
    """Reports (by id) grouped by the `copies` ties among them; one without any is a group of its own, all sorted."""
    root = {i: i for i in ids}

    def find(i: str) -> str:
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        return i

    for tie in ties:
        if tie.kind == "copies" and tie.source in root and tie.target in root:
            first, second = sorted((find(tie.source), find(tie.target)))
            root[second] = first
    groups: dict[str, list[str]] = defaultdict(list)
    for i in sorted(root):
        groups[find(i)].append(i)
    return tuple(tuple(g) for _, g in sorted(groups.items()))


def doubled(report: Report) -> tuple[tuple[Span, Span], ...]:
    """Neighbouring sentences that tell the same thing in other words: the first, and its second wording.

    A line of its own below a paragraph, with no blank line between where the report has them elsewhere, is
    how such second wordings are often set, so less needs to be shared there.
    """
    pairs = _doubled(read_body(report))
    return tuple((report.span(a.start, a.end), report.span(b.start, b.end)) for a, b in pairs)


def _doubled(body: Body) -> list[tuple[Sentence, Sentence]]:
    found = []
    text, sentences = body.report.text, body.sentences
    spaced = "\n\n" in text
    for n, second in enumerate(sentences[1:], 1):
        between = text[sentences[n - 1].end : second.start]
        set_apart = spaced and between.count("\n") == 1
        first = max(sentences[max(0, n - (3 if set_apart else 1)) : n], key=lambda s: overlap(s, second))
        if overlap(first, second) >= (DOUBLED_APART if set_apart else DOUBLED) and _alike(first, second):
            found.append((first, second))
    return found


# --- which reports may be copies ----------------------------------------------------------------------


def _candidates(bodies: Sequence[Body]) -> list[tuple[int, int]]:
    """Pairs worth comparing, as indices of the longer and the shorter: those that share enough rare features."""
    index: dict[str, list[int]] = defaultdict(list)
    for n, body in enumerate(bodies):
        for feature in body.features:
            index[feature].append(n)
    shared: Counter[tuple[int, int]] = Counter()
    for feature, where in index.items():
        weight = bodies[where[0]].features[feature]
        if len(where) <= CROWD:
            for pair in combinations(where, 2):
                shared[pair] += weight
        elif weight > 1:
            for n in where[1:]:
                shared[where[0], n] += weight
    return sorted(pair for pair, weight in shared.items() if weight >= WORTH)


# --- how much is told in both -------------------------------------------------------------------------


def _told(a: Body, b: Body) -> _Told:
    share = firm = 0.0
    order: list[tuple[int, int]] = []
    faint: list[int] = []
    best: tuple[float, Sentence, Sentence] | None = None
    for here, s in enumerate(a.sentences):
        near = Counter(n for item in s.items for n in b.places.get(item, ()))
        likely = [(overlap(s, b.sentences[n]), -n) for n, count in near.most_common(6) if count >= 2]
        strength, place = max(likely, default=(0.0, 0))
        if strength >= FAINT:
            faint.append(-place)
        if strength < SAME:
            continue
        share, firm = share + s.weight, firm + s.weight * strength
        order.append((here, -place))
        if best is None or s.weight * strength > best[0]:
            best = s.weight * strength, s, b.sentences[-place]
    whole = sum(s.weight for s in a.sentences) or 1.0
    return _Told(
        share / whole,
        firm / whole,
        frozenset(n for n, _ in order),
        _run(n for _, n in order),
        _run(faint) / (len(a.sentences) or 1) if len(faint) >= RUN else 0.0,
        a.report.span(best[1].start, best[1].end) if best else None,
        b.report.span(best[2].start, best[2].end) if best else None,
    )


def _run(places: Iterable[int]) -> int:
    """The length of the longest rising series in the numbers (patience sorting)."""
    ends: list[int] = []
    for n in places:
        at = bisect_left(ends, n)
        ends[at : at + 1] = [n]
    return len(ends)


def _suffices(told: _Told, a: Body, b: Body) -> bool:
    """Whether so much of `a` is told in `b` that one is a copy of the other."""
    if len(told.which) < FEW:
        return False
    if told.firm >= FIRM or told.faint >= HALF:
        return True
    if told.share < LOOSE or told.run < FEW:
        return False
    return (told.run >= RUN and told.run >= ORDERLY * len(told.which)) or _keeps_quotes(a, b)


def _alike(a: Sentence, b: Sentence) -> bool:
    """Whether the two are of about one length, so that the one can be the other reworded."""
    return max(a.weight, b.weight) <= 2.5 * min(a.weight, b.weight)


def _keeps_quotes(a: Body, b: Body) -> bool:
    """Whether at least two quotations, and half of those of the one that has fewer, are in both."""
    both = [q for q in a.quotes if q in b.quotes]
    fewer = min(sum(map(len, a.quotes)), sum(map(len, b.quotes)))
    return len(both) >= 2 and sum(map(len, both)) * 2 >= fewer


# --- which is the copy --------------------------------------------------------------------------------


def _first_is_copy(
    a: Body, b: Body, there: _Told, back: _Told, published: Mapping[str, Published], near: _Near
) -> bool:
    """Whether `a` is the copy, `b` coming after it in the neutral order (longer first, then lower id)."""
    when_a, when_b = published.get(a.report.id), published.get(b.report.id)
    if when_a and when_b and when_a.interval.latest < when_b.interval.earliest:
        return False
    if when_a and when_b and when_b.interval.latest < when_a.interval.earliest:
        return True
    clues: tuple[tuple[float, float], ...] = (
        (_credits(a, b), _credits(b, a)),
        (_merges(a, b, near), _merges(b, a, near)),
        (len(_doubled(a)), len(_doubled(b))),
        (digital(a), digital(b)),
        (round(there.share, 1), round(back.share, 1)),
    )
    return next((x > y for x, y in clues if x != y), False)


def _merges(a: Body, b: Body, near: _Near) -> bool:
    """Whether the first tells the second in one part of it and a third story in the other."""
    mine = near[a.report.id]
    if len(mine) > CROWD:
        return False
    own = mine[b.report.id]
    for other, which in mine.items():
        if other not in near[b.report.id] and other != b.report.id:
            both, all_told = len(own & which), len(own | which)
            if both <= APART * min(len(own), len(which)) and all_told >= WHOLE * len(a.sentences):
                return True
    return False


def _credits(a: Body, b: Body) -> bool:
    """Whether the first names the outlet that published the second."""
    outlet = b.report.outlet
    if not outlet or outlet == a.report.outlet:
        return False
    return outlet in a.report.credits or plain(outlet) in plain(a.report.text)


def _tie(copy: Body, original: Body, there: _Told, back: _Told) -> Tie:
    score = round(min(1.0, max(there.share, back.share, there.faint, back.faint)), 3)
    if there.here and there.there:
        evidence: tuple[Span, ...] = (there.here, there.there)
    elif back.here and back.there:
        evidence = (back.there, back.here)
    else:
        evidence = ()
    return Tie("copies", copy.report.id, original.report.id, score, evidence)
