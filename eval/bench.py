"""`make bench`: what reading costs, beside the bare spaCy pipeline in the same run, on one core.

Prints words a second and the ratio to bare spaCy for the parse, the spans, attribution and the whole of
`read` and `annotate`, over the bundled examples (or a folder of .txt files given as the one argument). Then what
ties cost over 2,500 to 20,000 made-up reports (`newsroom`): seconds, how they grow (the exponent of a power of the
number of reports, fitted; that of n log n is 1.11 here), the memory at most, and the milliseconds to add one more.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from math import log
from pathlib import Path

from eval.newsroom import case as made_up
from eval.newsroom import newsroom
from onthetable.annotation import annotate
from onthetable.case import read_case
from onthetable.memory import set_apart
from onthetable.pipeline import read
from onthetable.reports import gather
from onthetable.spans.find import find_spans
from onthetable.spans.nlp import parse, pipeline
from onthetable.spans.times import find_times
from onthetable.statements import attribute
from onthetable.statements.tagger import encoder, tag
from onthetable.ties import Tying

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
ROUNDS = 5
LATE = 40
"""Reports left out at first, to be added one by one."""
COUNTS = (2_500, 5_000, 10_000, 20_000)


def best_of(work: Callable[[], object]) -> float:
    """Seconds of the fastest of several rounds: the least disturbed one."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def tying(counts: Sequence[int]) -> None:
    """What ties cost over so many reports each, and adding one: the latest, or any that comes late."""
    print(f"\n{'ties of reports':32}" + "".join(f"{n:9,}" for n in counts) + "   exponent", flush=True)
    rows = []
    for count in counts:
        with ProcessPoolExecutor(1) as alone:  # memory is that of one size
            rows.append(alone.submit(tied, count).result())
    for name in rows[0]:
        values = [row[name] for row in rows]
        steps = [log(y / x) / log(n / m) for x, y, m, n in zip(values, values[1:], counts, counts[1:], strict=False)]
        print(f"{name:32}" + "".join(f"{v:9.1f}" for v in values) + f"   {sum(steps) / max(1, len(steps)):.2f}")


def tied(count: int) -> dict[str, float]:
    """What it costs to tie so many made-up reports, and to add one more."""
    made = sorted(newsroom(count + 2 * LATE), key=lambda r: (str(r.report.dated), r.report.id))
    last, before = made[-LATE:], made[:-LATE]
    late = before[:: len(before) // LATE][:LATE]
    apart = {r.report.id for r in late}
    readings = [r for r in before if r.report.id not in apart]
    found = Tying(made_up())
    taken = {"readings alone, MB": _megabytes(), "all, s": _seconds(lambda: found.put(readings))}
    ties = found.ties()
    set_apart()  # as the app does with all that there is before it takes up more
    print(f"{count:,}: {len(ties.ties):,} ties, {len(ties.same):,} claims told again", file=sys.stderr)
    for name, more in (("latest", last), ("late", late)):
        added = sorted(1000 * _seconds(lambda: found.put([r])) for r in more)  # noqa: B023
        taken[f"adding the {name}, ms, median"] = added[len(added) // 2]
        taken[f"adding the {name}, ms, p95"] = added[len(added) * 95 // 100]
    return {**taken, "memory at most, MB": _megabytes()}


def _megabytes() -> float:
    """The most memory that this process has had until now."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
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
