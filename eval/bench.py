"""`make bench`: what reading costs, beside the bare spaCy pipeline in the same run, on one core.

Prints words a second and the ratio to bare spaCy for the parse, the spans, attribution and the whole of
`read` and `annotate`, over the bundled examples (or a folder of .txt files given as the one argument).
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from onthetable.annotation import annotate
from onthetable.case import read_case
from onthetable.pipeline import read
from onthetable.reports import gather
from onthetable.spans.find import find_spans
from onthetable.spans.nlp import parse, pipeline
from onthetable.spans.times import find_times
from onthetable.statements import attribute
from onthetable.statements.tagger import encoder, tag

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
ROUNDS = 5


def best_of(work: Callable[[], object]) -> float:
    """Seconds of the fastest of several rounds: the least disturbed one."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def main(folder: str | None = None) -> None:
    reports = gather([folder or str(EXAMPLES / "talks")]).reports
    case = read_case(EXAMPLES / "case.toml")
    words = sum(len(r.text.split()) for r in reports)
    nlp = pipeline()
    encoder()
    trees = [parse(r) for r in reports]
    steps: list[tuple[str, Callable[[], object]]] = [
        ("bare spaCy", lambda: list(nlp.pipe(r.text for r in reports))),
        ("parse", lambda: [parse(r) for r in reports]),
        ("times", lambda: [find_times(t) for t in trees]),
        ("spans", lambda: [find_spans(r, case) for r in reports]),
        ("tagger", lambda: [tag(r) for r in reports]),
        ("attribution", lambda: [attribute(r, find_spans(r, case), marking="polnear") for r in reports]),
        ("read", lambda: [read(r, case) for r in reports]),
        ("annotate", lambda: [annotate(r.id, r.text) for r in reports]),
    ]
    print(f"{len(reports)} reports, {words} words, one core, best of {ROUNDS}")
    bare = 0.0
    for name, work in steps:
        seconds = best_of(work)
        bare = bare or seconds
        print(f"{name:12} {words / seconds:8.0f} words a second   {bare / seconds:5.2f} of bare spaCy")


if __name__ == "__main__":
    main(*sys.argv[1:2])
