"""The trained tagger: what it ships with, and that no text breaks it."""

from __future__ import annotations

import hashlib
import re
import time
from importlib.resources import files
from itertools import pairwise

import numpy as np
import pytest
from tests.conftest import report_of

from onthetable.model import Furniture, Report
from onthetable.statements.decoding import best_tags, transitions
from onthetable.statements.tagger import Tagging, encoder, tag

FOLDER = files("onthetable.statements").joinpath("encoder")
STORY = """The harbour masters said on Sunday that no ferry would sail before the spring.

“We have waited long enough,” said Tilda Roon, who leads them. The owners believe that the boats are safe."""


def shown(text: str) -> list[str]:
    return [text[c.start : c.end] for c in tag(report_of(text)).contents]


def test_the_card_tells_of_these_weights() -> None:
    card = FOLDER.joinpath("MODEL_CARD.md").read_text("utf-8")
    assert hashlib.sha256(FOLDER.joinpath("weights.onnx").read_bytes()).hexdigest() in card
    for told in ("PolNeAR", "Apache-2.0", "training/attribution.py", "training/export.py"):
        assert told in card
    assert re.search(r"\b20\d\d-\d\d-\d\d\b", card)


def test_contents_sources_and_cues_are_found_and_tied() -> None:
    found = tag(report_of(STORY))
    contents = [STORY[c.start : c.end] for c in found.contents]
    assert any("no ferry would sail" in c for c in contents)
    assert any("waited long enough" in c for c in contents)
    quoted = next(c for c in found.contents if "waited" in STORY[c.start : c.end])
    assert quoted.cue is not None
    assert STORY[found.cues[quoted.cue].start : found.cues[quoted.cue].end] == "said"
    sources = [STORY[s.start : s.end] for s in found.sources if s.cue == quoted.cue]
    assert any(s.startswith("Tilda Roon") for s in sources)


def test_offsets_are_code_points() -> None:
    plain = tag(report_of(STORY))
    odd = "🚢🚢 Ölande — naïve.\n\n"
    moved = tag(report_of(odd + STORY))
    assert [c.start - len(odd) for c in moved.contents][-1] == plain.contents[-1].start


def test_stretches_are_in_order_and_apart() -> None:
    found = tag(report_of("\n\n".join([STORY] * 12)))
    for role in (found.sources, found.cues, found.contents):
        assert all(a.end <= b.start for a, b in pairwise(role))
        assert all(0 <= t.sure <= 1 and 0 <= t.tie <= 1.001 for t in role)
    assert len(found.places) + 1 == len(found.shares)


def test_page_furniture_is_not_read() -> None:
    report = report_of(STORY)
    cut = STORY.index("\n")
    without = Report(report.id, report.path, STORY, report.sha256, furniture=(Furniture(report.span(0, cut), "x"),))
    assert all(c.start > cut for c in tag(without).contents)


@pytest.mark.parametrize(
    "text", ["", "\n \n", "“" * 100_000, "1 2 3 " * 10_000, "a" * 30_000, "\ud800 said “\udfff”", "said: " * 3_000]
)
def test_hostile_texts(text: str) -> None:
    start = time.process_time()
    for s in tag(report_of(text)).contents:
        assert 0 <= s.start < s.end <= len(text)
    assert time.process_time() - start < 20


def test_nothing_to_read_is_nothing_marked() -> None:
    assert tag(report_of("“” … 1914")) == Tagging()


def test_time_grows_with_the_length() -> None:
    def seconds(times: int) -> float:
        report = report_of("“No, never,” he said, and Ann said that she had said so. " * times)
        start = time.process_time()
        tag(report)
        return time.process_time() - start

    encoder()
    seconds(5)
    assert seconds(400) < 16 * seconds(50) + 0.2


def test_an_inside_tag_follows_its_own_kind() -> None:
    names = ["O", "B-source", "I-source", "B-content", "I-content"]
    scores = np.full((1, 3, 5), -3.0, np.float32)
    scores[0, 0, 1] = scores[0, 1, 4] = scores[0, 2, 4] = 0.0
    scores[0, 1, 3] = -1.0
    assert [names[t] for t in best_tags(scores, transitions(names))[0]] == ["B-source", "B-content", "I-content"]
