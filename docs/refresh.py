"""`python docs/refresh.py`: writes what `brief` prints, and the figures that hold, into the README."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
COMMAND = ("brief", "examples/talks", "--case", "examples/case.toml")
SHOWN = 44
"""How many lines of the terminal view the README shows."""
SETS = {
    "seeds, with the case file": "real reports",
    "seeds, without one": "the same, no case file",
    "invented talks": "invented talks, no case file",
    "held out, with case files": "held out",
    "held out, without": "held out, no case file",
}
ROWS = {
    "statements.f1": "statements", "moves.f1": "moves", "proposals.f1": "proposals", "figures.f1": "figures",
    "events.f1": "events", "boilerplate.f1": "page furniture", "origins.f1": "origins",
    "dates.right": "reports dated right (number)",
}  # fmt: skip


def terminal() -> str:
    """The first screen of the terminal view, as it is printed 80 columns wide."""
    onthetable = Path(sys.executable).with_name("onthetable")
    run = subprocess.run(
        [onthetable, *COMMAND], cwd=ROOT, capture_output=True, text=True, env={"COLUMNS": "80"}, check=True
    )
    shown = "\n".join(line.rstrip() for line in run.stdout.splitlines()[:SHOWN])
    return f"```console\n$ onthetable {' '.join(COMMAND)}\n{shown}\n...\n```"


def figures() -> str:
    """The floors of the gate, which are what was last reached."""
    floors = json.loads((ROOT / "eval" / "baseline.json").read_text("utf-8"))["floors"]
    lines = [f"| | {' | '.join(SETS.values())} |", f"|---|{'---:|' * len(SETS)}"]
    for key, label in ROWS.items():
        values = [floors.get(f"{group}/{key}") for group in SETS]
        lines.append(f"| {label} | {' | '.join('-' if v is None else f'{v:g}' for v in values)} |")
    return "\n".join(lines)


def main() -> None:
    text = README.read_text("utf-8")
    for name, made in (("brief", terminal()), ("figures", figures())):
        between = re.compile(rf"(<!-- {name}: begin -->\n).*?(<!-- {name}: end -->)", re.DOTALL)
        text = between.sub(lambda m, made=made: f"{m[1]}{made}\n{m[2]}", text)
    README.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
