"""`python -m eval.calibrate`: measures how often each rule for moves is right, and writes it beside the rules.

Over all annotated reports (the real ones, the invented ones, the second annotator's, the examples), each
read with its case file where there is one. A move is right if it is matched with gold, required or
optional. The precision of a rule with an act is drawn towards that of the rule, and of a rule towards the
mean, by the weight of a few moves, so that a rule that was met twice is neither 0 nor 100 % sure.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from eval.figures import EXAMPLES, SHARED, TALKS, ledger_json
from onthetable.case import read_case

TABLE = Path(__file__).resolve().parent.parent / "src" / "onthetable" / "terms" / "confidence.toml"
WEIGHT = 4
"""How many moves the mean counts for beside those that were met."""


def sets() -> Iterator[tuple[list[Path], Path | None, Path, Path]]:
    """Reports, case file, gold and folder of every annotated set."""
    for case in sorted((SHARED / "cases").glob("*.toml")):
        yield sorted((SHARED / "seeds").glob("*.txt")), case, SHARED / "gold", SHARED / "seeds"
    for folder in (SHARED / "reports", TALKS):
        for name in sorted({p.stem.rsplit("-", 1)[0] for p in folder.glob("*.txt")}):
            case = folder / f"{name}.case.toml"
            yield sorted(folder.glob(f"{name}-*.txt")), case if case.is_file() else None, folder / "gold", folder
    yield sorted((EXAMPLES / "talks").glob("*.txt")), EXAMPLES / "case.toml", EXAMPLES / "gold", EXAMPLES / "talks"


def measured() -> tuple[Counter[str], Counter[str]]:
    """For "rule" and "rule.act": how many moves were said, and how many of them were right."""
    said: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for paths, case, gold, folder in sets():
        ledger = ledger_json(paths, read_case(case) if case else None)
        wrong = _wrong(ledger, gold, folder)
        marked = {r["id"] for r in json.loads(ledger)["reports"] if (gold / f"{Path(r['path']).stem}.json").is_file()}
        for m in json.loads(ledger)["moves"]:
            if m["report"] in marked:
                rule = m["rule"].split(":")[0]
                for key in (rule, f"{rule}.{m['act']}"):
                    said[key] += 1
                    right[key] += m["id"] not in wrong
    return said, right


def _wrong(ledger: str, gold: Path, folder: Path) -> set[str]:
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as f:
        f.write(ledger)
        f.flush()
        scorer = str(SHARED / "gold" / "score.py")
        args = [sys.executable, scorer, f.name, "--gold", str(gold), "--reports", str(folder), "--misses"]
        misses = subprocess.run(args, capture_output=True, text=True, check=True).stderr
    return set(re.findall(r'^move wrong in \S+: \{"id": "([^"]+)"', misses, re.M))


def table(said: Counter[str], right: Counter[str]) -> dict[str, float]:
    """The precision of each rule, and of each rule with an act."""
    rules = [k for k in said if "." not in k]
    mean = sum(right[r] for r in rules) / max(1, sum(said[r] for r in rules))
    by_rule = {r: (right[r] + WEIGHT * mean) / (said[r] + WEIGHT) for r in rules}
    acts = {k: (right[k] + WEIGHT * by_rule[k.split(".")[0]]) / (said[k] + WEIGHT) for k in said if "." in k}
    return {"mean": mean, **by_rule, **acts}


def main() -> None:
    said, right = measured()
    lines = [
        "# How often a rule is right (and with which act), by `python -m eval.calibrate` over the annotated reports.",
        *(
            f'"{k}" = {v:.2f}{f"  # {right[k]} of {said[k]}" if k in said else ""}'
            for k, v in sorted(table(said, right).items())
        ),
    ]
    TABLE.write_text("\n".join(lines) + "\n", "utf-8")
    print(*lines, sep="\n")


if __name__ == "__main__":
    main()
