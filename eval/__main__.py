"""`python -m eval`: measure, print, and refuse what is worse than its floor.

python -m eval                                   measure and gate
python -m eval --raise                           measure and raise the floors to what was reached
python -m eval --lower "GROUP/FIGURE" --reason "why"   lower a floor (may be given again), with the reason on record
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from eval.figures import all_of_them

BASELINE = Path(__file__).with_name("baseline.json")
LESS_IS_BETTER = ("median_days", "unsupported", "rows changed", "traps taken", "contradictions called agreement")
UNGATED = (".share", "hold the day")
"""How much of something there is, and how often an interval of 90 % holds: printed, neither better nor worse."""
SLACK = 0.05
"""Figures are printed with one decimal; this much below the floor is rounding."""


def worse(name: str, value: float, floor: float) -> bool:
    """Whether a figure falls short of its floor (or lies above it, where less is better)."""
    if name.endswith(LESS_IS_BETTER):
        return value > floor + SLACK
    return value < floor - SLACK


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m eval", description=__doc__.splitlines()[0])
    parser.add_argument(
        "--raise", dest="higher", action="store_true", help="raise floors to the figures reached; none is lowered"
    )
    parser.add_argument(
        "--lower", action="append", default=[], metavar="GROUP/FIGURE", help="lower a floor to the figure reached"
    )
    parser.add_argument("--reason", help="why it may be lower; goes on record in baseline.json")
    args = parser.parse_args()
    if bool(args.lower) != bool(args.reason):
        parser.error("--lower and --reason go together")
    baseline: dict[str, Any] = json.loads(BASELINE.read_text("utf-8"))
    floors: dict[str, float] = baseline["floors"]
    failed: list[str] = []
    reached: dict[str, float] = {}
    for group, figures in all_of_them():
        print(f"\n{group}")
        if isinstance(figures, str):
            print(f"  skipped: {figures}")
            continue
        for name, value in figures.items():
            key = f"{group}/{name}"
            if not name.endswith(UNGATED):
                reached[key] = value
            floor = floors.get(key)
            bad = floor is not None and worse(name, value, floor)
            failed += [key] if bad else []
            print(
                f"  {name:24} {value:>8}   floor {'-' if floor is None else floor:>8}{'   BELOW' if bad else ''}",
                flush=True,
            )
    for key in args.lower:
        if key not in reached:
            parser.error(f"no such figure: {key}")
        entry = {"figure": key, "from": floors.get(key), "to": reached[key], "reason": args.reason}
        baseline["lowered"].append({**entry, "date": date.today().isoformat()})
        floors[key] = reached[key]
        failed = [f for f in failed if f != key]
    if args.higher:
        for key, value in reached.items():
            if key not in floors or worse(key, floors[key], value):
                floors[key] = value
    if args.lower or args.higher:
        BASELINE.write_text(json.dumps(baseline, indent=1, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")
        print("\npython docs/refresh.py brings the figures in the documents up to these.")
    if failed:
        print("\nlower than the floor, and no reason given (see python -m eval --help):", *failed, sep="\n  ")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
