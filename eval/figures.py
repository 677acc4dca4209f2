"""What is measured: each function gives figures by name, in percent unless the name says otherwise."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from eval.scoring import score
from onthetable.annotation import annotate
from onthetable.case import Case, read_case
from onthetable.reading import read
from onthetable.statements.grading import band
from onthetable.views import json as json_view

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
EXAMPLES = ROOT / "examples"
TALKS = ROOT / "eval" / "talks"
HELD_OUT = ("river", "inspections")
"""Series of the second annotator whose misses nobody has read: only their totals are looked at."""
THIRD = TALKS / "third"
THIRD_READ, THIRD_HELD_OUT = ("dashar", "docks", "tariffs"), ("doctors", "enrichment")
"""Series of the third annotator: those for development, and those whose misses nobody has read."""
FOURTH = TALKS / "fourth"
"""Three more talks, of which moves alone are marked, by an author of rules: all of them for development."""
SCORED = ("statements", "moves", "proposals", "terms", "figures", "events", "boilerplate", "origins")
ASIDE = ("named", "kind", "manner", "giver", "when", "quantity", "status", "measure", "authority")


def ledger_json(paths: Iterable[Path], case: Case | None) -> str:
    """The ledger of some files as the program writes it."""
    ledger = read([str(p) for p in paths], case)
    if ledger.rejected:
        raise RuntimeError("; ".join(map(str, ledger.rejected)))
    return json_view.document(ledger)


def against_gold(ledger: str, gold: Path, reports: Path) -> dict[str, float]:
    """Precision-recall figures of a ledger, over its reports that have gold, by the scorer beside the shared gold."""
    scorer = SHARED / "gold" / "score.py"
    with tempfile.TemporaryDirectory() as tmp:
        for r in json.loads(ledger)["reports"]:
            marked = gold / f"{Path(r['path']).stem}.json"
            if marked.is_file():
                (Path(tmp) / marked.name).symlink_to(marked)
        file = Path(tmp) / "ledger"
        file.write_text(ledger, "utf-8")
        args = [sys.executable, str(scorer), str(file), "--gold", tmp, "--reports", str(reports), "--json"]
        row = json.loads(subprocess.run(args, capture_output=True, text=True, check=True).stdout)
    found: dict[str, float] = {}
    for name in SCORED:
        found[f"{name}.f1"] = row[name]["f1"]
        found |= {f"{name}.{k}": row[name][k] for k in ASIDE if row[name].get(k) is not None}
    found["dates.right"] = row["dates"]["right"]
    if row["dates"]["median_days"] is not None:
        found["dates.median_days"] = row["dates"]["median_days"]
    found["unsupported"] = row["unsupported"]
    return found


def seeds(case: str | None) -> dict[str, float]:
    """The five real reports, with a case file or with none."""
    folder = SHARED / "seeds"
    chosen = read_case(SHARED / "cases" / case) if case else None
    return against_gold(ledger_json(sorted(folder.glob("*.txt")), chosen), SHARED / "gold", folder)


def invented(folder: Path, *, cases: bool, only: tuple[str, ...] = ()) -> dict[str, float]:
    """Annotated reports on invented talks, each series (NAME-a, NAME-b) by itself, with NAME.case.toml or without."""
    series: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(folder.glob("*.txt")):
        name = path.stem.rsplit("-", 1)[0]
        if not only or name in only:
            series[name].append(path)
    ledgers = (ledger_json(p, read_case(folder / f"{name}.case.toml") if cases else None) for name, p in series.items())
    return against_gold(_joined(ledgers), folder / "gold", folder)


def _moves(figures: dict[str, float]) -> dict[str, float]:
    """What is said of moves, of gold that marks nothing else."""
    return {k: v for k, v in figures.items() if k.startswith("moves.")}


def _joined(ledgers: Iterable[str]) -> str:
    whole: dict[str, object] = {}
    for text in ledgers:
        for key, value in json.loads(text).items():
            if key == "case":
                whole.setdefault("case", {"parties": []})["parties"] += value["parties"]  # type: ignore[index]
            elif isinstance(value, list):
                whole.setdefault(key, []).extend(value)  # type: ignore[attr-defined]
    return json.dumps(whole)


def examples(scorer: Callable[[str, Path, Path], dict[str, float]] = score) -> dict[str, float]:
    """The bundled examples with their own gold."""
    folder = EXAMPLES / "talks"
    ledger = ledger_json(sorted(folder.glob("*.txt")), read_case(EXAMPLES / "case.toml"))
    return scorer(ledger, EXAMPLES / "gold", folder)


# --- public gold --------------------------------------------------------------------------------------

BENCH = {
    "attribution": (
        "attribution/dev.jsonl",
        {"content_tokens": "content tokens", "relation": "relation", "strict": "strict"},
    ),
    "times": ("times/timebank.jsonl", {"strict": "strict", "relaxed": "relaxed", "value": "value"}),
    "events": ("events/plover-gsr.jsonl", {"macro_f1": "macro", "talks_f1": "talks"}),
    "figures": ("figures/newsquant-dev.jsonl", {"value": "value", "qualifier": "qualifier"}),
    "moves": (
        "moves/dev.jsonl",
        {"act": "act", "act_issue": "act and issue", "move": "whole move", "traps": "traps taken"},
    ),
}


def bench(task: str, part: slice = slice(None)) -> dict[str, float]:
    """Public gold, scored as `onthetable annotate` writes its predictions; F1 where there is one."""
    file, names = BENCH[task]
    gold = SHARED / "bench" / file
    records = [json.loads(line) for line in gold.read_text("utf-8").splitlines()][part]
    with (
        tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as f,
        tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as wanted,
    ):
        wanted.writelines(json.dumps(r) + "\n" for r in records)
        wanted.flush()
        with ProcessPoolExecutor() as pool:
            f.writelines(pool.map(_predict, records, chunksize=8))
        f.flush()
        args = [sys.executable, str(SHARED / "bench" / "score.py"), task, f.name, wanted.name]
        printed = subprocess.run(args, capture_output=True, text=True, check=True).stdout
    rows = {line.split()[0]: re.findall(r"-?\d+(?:\.\d+)?", line[15:]) for line in printed.splitlines()}
    return {name: float(rows[key][-1]) for key, name in names.items() if rows.get(key)}


def times_held_out() -> dict[str, float]:
    """Times on every second document of the public gold, in the order of the file: the half not developed on."""
    return bench("times", slice(1, None, 2))


def bands() -> dict[str, float]:
    """Attribution on public gold by confidence: how many statements each band holds, and how many of them are right.

    Right is a statement whose content shares a word with a marked one and whose source does with its source, or
    that has none like the marked one.
    """
    gold = SHARED / "bench" / BENCH["attribution"][0]
    records = [json.loads(line) for line in gold.read_text("utf-8").splitlines()]
    said: dict[str, int] = defaultdict(int)
    right: dict[str, int] = defaultdict(int)
    with ProcessPoolExecutor() as pool:
        for record, line in zip(records, pool.map(_predict, records, chunksize=8), strict=True):
            for s in json.loads(line)["statements"]:
                name = band(s["confidence"])
                said[name] += 1
                right[name] += any(_meet(s["content"], g["content"]) and _same(s, g) for g in record["statements"])
    whole = sum(said.values())
    found: dict[str, float] = {}
    for name in ("high", "middle", "low"):
        found[f"{name}.precision"] = round(100 * right[name] / max(1, said[name]), 1)
        found[f"{name}.share"] = round(100 * said[name] / max(1, whole), 1)
    return found


def _meet(some: list[list[int]], others: list[list[int]]) -> bool:
    return any(a < d and c < b for a, b in some for c, d in others)


def _same(one: dict[str, list[list[int]]], other: dict[str, list[list[int]]]) -> bool:
    return _meet(one["source"], other["source"]) if other["source"] else not one["source"]


def _predict(record: dict[str, str]) -> str:
    from datetime import date

    day = date.fromisoformat(record["date"][:10]) if record.get("date") else None
    return json.dumps(annotate(record["id"], record["text"], day)) + "\n"


def all_of_them() -> Iterator[tuple[str, dict[str, float] | str]]:
    """Every group of figures, or the reason why it was left out."""
    from eval.clauses import clauses
    from eval.dating import dating
    from eval.pairs import pairs
    from eval.renaming import renaming

    yield "examples, by our own scorer", examples()
    yield "renaming", renaming()
    yield "marked-up clauses", clauses()
    yield "marked-up clauses, held out", clauses(held_out=True)
    yield "pairs of reports", pairs()
    yield "pairs of reports, held out", pairs(held_out=True)
    yield "pairs of reports, second hand", pairs("second")
    yield "pairs of reports, second hand, held out", pairs("second", held_out=True)
    yield "pairs of reports, third hand", pairs("third")
    yield "pairs of reports, third hand, held out", pairs("third", held_out=True)
    yield "pairs of reports, fourth hand, held out", pairs("fourth", held_out=True)
    if not (SHARED / "gold" / "score.py").is_file():
        yield "real reports, invented talks, public gold", f"their folder, {SHARED}, is not here"
        return
    yield "examples", examples(against_gold)
    for case in sorted(p.name for p in (SHARED / "cases").glob("*.toml")):
        yield "seeds, with the case file", seeds(case)
    yield "seeds, without one", seeds(None)
    yield "invented talks", invented(SHARED / "reports", cases=False)
    for cases in (True, False):
        yield f"second annotator, {'with case files' if cases else 'without'}", invented(TALKS, cases=cases)
        yield f"held out, {'with case files' if cases else 'without'}", invented(TALKS, cases=cases, only=HELD_OUT)
    for cases in (True, False):
        how = "with case files" if cases else "without"
        yield f"third annotator, {how}", invented(THIRD, cases=cases, only=THIRD_READ)
        yield f"third annotator, held out, {how}", invented(THIRD, cases=cases, only=THIRD_HELD_OUT)
        yield f"fourth annotator, {how}", _moves(invented(FOURTH, cases=cases))
    for task in BENCH:
        yield f"bench {task}", bench(task)
    yield "bench times, held-out half", times_held_out()
    yield "bench attribution bands", bands()
    yield (
        "bench dating, no day stated",
        dating(SHARED / "bench" / BENCH["times"][0], SHARED / "bench" / BENCH["attribution"][0]),
    )
