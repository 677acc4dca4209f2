"""`make bench`: what reading costs, beside the bare spaCy pipeline in the same run, on one core.

Prints words a second and the ratio to bare spaCy for the parse, the spans, attribution and the whole of
`read` and `annotate`, over the bundled examples (or a folder of .txt files given as the one argument). Then what
ties cost over 2,500 to 20,000 made-up reports (`newsroom`): seconds of each step and of all, how they grow (the
exponent of a power of the number of reports, fitted; that of n log n is 1.11 here), the memory at most, and the
milliseconds to add one more.
"""

from __future__ import annotations

import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from math import log
from pathlib import Path

from eval.newsroom import case as made_up
from eval.newsroom import newsroom
from onthetable.annotation import annotate
from onthetable.case import read_case
from onthetable.model import Published, Reading
from onthetable.pipeline import read
from onthetable.reports import gather
from onthetable.spans.find import find_spans
from onthetable.spans.nlp import parse, pipeline
from onthetable.spans.times import find_times
from onthetable.statements import attribute
from onthetable.statements.tagger import encoder, tag
from onthetable.ties.bodies import read_body
from onthetable.ties.claims import compare
from onthetable.ties.copies import Copies, families
from onthetable.ties.dating import date_reports
from onthetable.ties.origins import origins_of
from onthetable.ties.relays import find_relays

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
ROUNDS = 5
LATE = 100
"""Reports left out at first, to be added one by one."""
COUNTS = (2_500, 5_000, 10_000, 20_000)
STEPS = ("bodies", "dating", "copies", "relays", "claims", "origins")


def best_of(work: Callable[[], object]) -> float:
    """Seconds of the fastest of several rounds: the least disturbed one."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def tying(counts: Sequence[int]) -> None:
    """What ties cost over so many reports each, and adding one."""
    talks = made_up()
    taken: dict[str, list[float]] = defaultdict(list)
    print(f"\n{'ties of reports':16}" + "".join(f"{n:9,}" for n in counts) + "   exponent")
    for count in counts:
        made = newsroom(count + LATE)
        late = made[:: len(made) // LATE][:LATE]
        apart = {r.report.id for r in late}
        readings = [r for r in made if r.report.id not in apart]
        started = time.perf_counter()
        bodies = {r.report.id: read_body(r.report) for r in readings}
        clock = [time.perf_counter()]
        published = date_reports(readings, talks)
        clock.append(time.perf_counter())
        kept = Copies(bodies.values())
        copies = kept.ties(published)
        clock.append(time.perf_counter())
        groups = families(bodies, copies)
        relays = find_relays(readings, published, groups, bodies)
        clock.append(time.perf_counter())
        compare(readings, published, groups, relays)
        clock.append(time.perf_counter())
        for r in readings:
            origins_of(r)
        clock.append(time.perf_counter())
        for name, a, b in zip(STEPS, [started, *clock], clock, strict=False):
            taken[name].append(b - a)
        taken["all of it"].append(clock[-1] - started)
        added = sorted(_seconds_to_add(kept, r, published) for r in late)
        taken["add one, median"].append(added[len(added) // 2])
        taken["add one, most"].append(added[-1])
    for name, seconds in taken.items():
        steps = [log(y / x) / log(n / m) for x, y, m, n in zip(seconds, seconds[1:], counts, counts[1:], strict=False)]
        print(f"{name:16}" + "".join(f"{s:9.3f}" for s in seconds) + f"   {sum(steps) / len(steps):.2f}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(f"{len(copies):,} copies at the end; memory at most {memory} MB")


def _seconds_to_add(kept: Copies, reading: Reading, published: Mapping[str, Published]) -> float:
    start = time.perf_counter()
    kept.ties(published, kept.add(read_body(reading.report)))
    return time.perf_counter() - start


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
    tying(COUNTS)


if __name__ == "__main__":
    main(*sys.argv[1:2])
