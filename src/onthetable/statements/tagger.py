"""Finds source, cue and content by a small trained encoder; how it was made is told in `encoder/MODEL_CARD.md`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

import numpy as np

from onthetable.model import Report
from onthetable.network import opened
from onthetable.statements.decoding import Scores, Tags, best_tags, softmax, transitions
from onthetable.text import paragraphs, whole

Role = Literal["source", "cue", "content"]
WINDOW = 254
_CHUNK = 4_000
_GROUP = 64
_SCALE = 8.0
_SIDES = ("source", "content")


@dataclass(frozen=True, slots=True)
class Tagged:
    """A stretch of the text (code points, end exclusive) in a role.

    `sure` is the mean probability of its tags; `cue` is the index of the cue that it belongs to, None if to none,
    and `tie` the probability of that link.
    """

    role: Role
    start: int
    end: int
    sure: float
    cue: int | None = None
    tie: float = 0.0


@dataclass(frozen=True, slots=True)
class Tagging:
    """All that the tagger marked in a report, each role in the order of the text.

    `places` are where the tokens that it read begin and `shares` the running sum of the probability that
    they are content, one longer.
    """

    sources: tuple[Tagged, ...] = ()
    cues: tuple[Tagged, ...] = ()
    contents: tuple[Tagged, ...] = ()
    places: tuple[int, ...] = field(default=(), repr=False)
    shares: tuple[float, ...] = field(default=(0.0,), repr=False)


@dataclass(slots=True)
class _Window:
    """Tokens of whole paragraphs with their places, and where in it tokens stand that are words of the text."""

    tokens: list[int]
    places: list[tuple[int, int]]
    words: list[int]


class Encoder:
    """The network with its tokenizer, on one thread."""

    def __init__(self) -> None:
        self._session, self.tokenizer = opened("onthetable.statements")
        about: dict[str, Any] = json.loads(self._session.get_modelmeta().custom_metadata_map["linker"])
        self.names: list[str] = about["tags"]
        self.costs = transitions(self.names)
        self.bias: Scores = np.array(about["bias"], np.float32)
        self.none: Scores = np.array(about["none"], np.float32)
        self.width: int = about["width"]
        first, between = self.tokenizer.token_to_id("[CLS]"), self.tokenizer.token_to_id("[SEP]")
        if first is None or between is None:
            raise ValueError("the tokenizer beside the weights lacks [CLS] or [SEP]")
        self.first, self.between = first, between

    def run(self, tokens: list[int]) -> tuple[Scores, Scores]:
        """Tag scores and link vectors of the tokens of a window; alone it is read faster than padded among others."""
        tags, links = self._session.run(None, {"tokens": np.array([tokens], np.int64)})
        return tags[0], links[0]


@cache
def encoder() -> Encoder:
    """The encoder, loaded once."""
    return Encoder()


def tag(report: Report) -> Tagging:
    """Marks sources, cues and contents in a report, page furniture and stretches without a letter left out."""
    model = encoder()
    found: dict[Role, list[Tagged]] = {"source": [], "cue": [], "content": []}
    places: list[int] = []
    shares: list[float] = []
    group: list[_Window] = []
    for window in _windows(report, model):
        group.append(window)
        if len(group) == _GROUP:
            _read(group, model, found, places, shares)
            group = []
    _read(group, model, found, places, shares)
    running = (0.0, *np.cumsum(np.array(shares, np.float64)).tolist())
    return Tagging(tuple(found["source"]), tuple(found["cue"]), tuple(found["content"]), tuple(places), running)


def _windows(report: Report, model: Encoder) -> Iterator[_Window]:
    """Whole paragraphs, packed; what is longer than a window is cut at a full stop in its second half if it has one."""
    window = _Window([model.first], [(0, 0)], [])
    stop = model.tokenizer.token_to_id(".")
    for start, end in _chunks(report):
        read = model.tokenizer.encode(whole(report.text[start:end]), add_special_tokens=False)
        ids, offsets = read.ids, read.offsets
        at = 0
        while at < len(ids):
            size = len(ids) - at
            if size > WINDOW:
                stops = (k for k in range(at + WINDOW - 1, at + WINDOW // 2, -1) if ids[k] == stop)
                size = next(stops, at + WINDOW - 1) + 1 - at
            if window.words and len(window.tokens) - 1 + size > WINDOW:
                yield window
                window = _Window([model.first], [(0, 0)], [])
            window.words += range(len(window.tokens), len(window.tokens) + size)
            window.tokens += [*ids[at : at + size], model.between]
            window.places += [(start + a, start + b) for a, b in offsets[at : at + size]] + [(0, 0)]
            at += size
    if window.words:
        yield window


def _chunks(report: Report) -> Iterator[tuple[int, int]]:
    """Paragraphs with a letter in them that are no furniture, in pieces of bounded length."""
    cuts = sorted((f.span.start, f.span.end) for f in report.furniture)
    k = 0
    for start, end in paragraphs(report.text):
        while k < len(cuts) and cuts[k][1] <= start:
            k += 1
        if k < len(cuts) and cuts[k][0] <= start and end <= cuts[k][1]:
            continue
        while start < end:
            cut = end if end - start <= _CHUNK else report.text.rfind(" ", start + _CHUNK // 2, start + _CHUNK)
            cut = start + _CHUNK if cut < 0 else cut
            if any(c.isalpha() for c in report.text[start:cut]):
                yield start, cut
            start = cut


def _read(
    windows: list[_Window], model: Encoder, found: dict[Role, list[Tagged]], places: list[int], shares: list[float]
) -> None:
    """Adds what windows hold."""
    if not windows:
        return
    content = [model.names.index("B-content"), model.names.index("I-content")]
    results = []
    grid = np.zeros((len(windows), max(len(w.words) for w in windows), len(model.names)), np.float32)
    for row, window in enumerate(windows):
        scores, links = model.run(window.tokens)
        results.append((softmax(scores[window.words]), links[window.words]))
        grid[row, : len(window.words)] = np.log(results[-1][0] + 1e-9)
    for window, (chances, links), tags in zip(windows, results, best_tags(grid, model.costs), strict=True):
        where = [window.places[k] for k in window.words]
        places += [a for a, _ in where]
        shares += chances[:, content].sum(1).tolist()
        _gather(model, where, chances, links, tags[: len(where)], found)


def _gather(
    model: Encoder,
    where: list[tuple[int, int]],
    chances: Scores,
    links: Scores,
    tags: Tags,
    found: dict[Role, list[Tagged]],
) -> None:
    """Adds the stretches of one window, each source and content with the cue that fits it best."""
    pieces = _pieces(tags.tolist(), model.names)
    sure = chances[np.arange(len(tags)), tags]
    cues = pieces["cue"]
    before = len(found["cue"])
    for role, own in pieces.items():
        best = _linked(model, links, role, own, cues) if role != "cue" else [(None, 0.0)] * len(own)
        for (first, last), (cue, tie) in zip(own, best, strict=True):
            number = before + cue if cue is not None else None
            certain = float(sure[first:last].mean())
            found[role].append(Tagged(role, where[first][0], where[last - 1][1], certain, number, tie))


def _pieces(tags: list[int], names: list[str]) -> dict[Role, list[tuple[int, int]]]:
    """The stretches of tokens in each role, end exclusive."""
    found: dict[Role, list[tuple[int, int]]] = {"source": [], "content": [], "cue": []}
    roles: tuple[Role, ...] = ("source", "cue", "content")
    for t, number in enumerate(tags):
        name = names[number]
        for role in roles:
            if name == f"B-{role}":
                found[role].append((t, t + 1))
            elif name == f"I-{role}" and found[role]:
                found[role][-1] = found[role][-1][0], t + 1
    return found


def _linked(
    model: Encoder, links: Scores, role: Role, own: list[tuple[int, int]], cues: list[tuple[int, int]]
) -> list[tuple[int | None, float]]:
    """For each stretch the cue that fits it best and how likely that is, or None where no cue fits better than none."""
    if not own:
        return []
    side = _SIDES.index(role)
    vectors = links.reshape(len(links), 2, 2, 2, model.width)[:, side]
    mine = _ends(vectors[:, 0], own)
    scores = (mine @ model.none[side])[:, None] / _SCALE
    if cues:
        apart = _buckets(np.array([[c[0] for c in cues]]) - np.array([[s[0]] for s in own]))
        scores = np.concatenate([scores, mine @ _ends(vectors[:, 1], cues).T / _SCALE + model.bias[side][apart]], 1)
    chances = softmax(scores)
    best = chances.argmax(1)
    return [(int(b) - 1 if b else None, float(c[b])) for b, c in zip(best, chances, strict=True)]


def _ends(vectors: Scores, pieces: list[tuple[int, int]]) -> Scores:
    ends: Scores = vectors[[p[0] for p in pieces], 0] + vectors[[p[1] - 1 for p in pieces], 1]
    return ends


def _buckets(distances: Tags) -> Tags:
    """The classes of distances in tokens, by their sign and their power of two, as in training."""
    powers = np.minimum(5, np.log2(np.abs(distances) + 1).astype(np.int64))
    found: Tags = np.where(distances < 0, powers + 6, powers)
    return found
