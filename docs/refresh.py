"""`python docs/refresh.py`: writes what `brief` prints into the README, and the figures that hold into the docs."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
TRUST = ROOT / "docs" / "trust.md"
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
TRUSTED = {
    "seeds, with the case file": "developed on, case file",
    "held out, with case files": "held out (second annotator), case file",
    "held out, without": "the same, none",
    "third annotator, held out, with case files": "held out (third annotator), case file",
    "third annotator, held out, without": "the same, none",
}
OTHERS = {
    "bench attribution": (
        "PolNeAR, who said what",
        "on its test part: Citron 70.7 / 48.6 / 29.4; one human against another 91.3 / 75.3 / 60.2",
    ),
    "bench times": ("TimeBank, times", "HeidelTime: relaxed 88.8, value 72.6"),
    "bench figures": ("NewsQuant, quantities", "CQE: value 92.0, as published for the whole"),
    "bench events": ("PLOVER, events", "a linear classifier: macro 70, on another part"),
    "bench moves": ("passages with moves", "a second annotator, on 40 of them: 91.5 / 80.5 / 80.0; traps 1"),
    "bench attribution bands": ("PolNeAR, by confidence", ""),
}
"""The public gold, and what others reach on it."""
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


def floors() -> dict[str, float]:
    """The floors of the gate, which are what was last reached."""
    found: dict[str, float] = json.loads((ROOT / "eval" / "baseline.json").read_text("utf-8"))["floors"]
    return found


def table(sets: dict[str, str]) -> str:
    """A column a set of reports, a row a figure."""
    held = floors()
    lines = [f"| | {' | '.join(sets.values())} |", f"|---|{'---:|' * len(sets)}"]
    for key, label in ROWS.items():
        values = [held.get(f"{group}/{key}") for group in sets]
        lines.append(f"| {label} | {' | '.join('-' if v is None else f'{v:g}' for v in values)} |")
    return "\n".join(lines)


def bench() -> str:
    """A row a public gold, with what others reach."""
    lines = ["| gold | here | others |", "|---|---|---|"]
    for group, (label, others) in OTHERS.items():
        here = [f"{k.removeprefix(f'{group}/')} {v:g}" for k, v in floors().items() if k.startswith(f"{group}/")]
        lines.append(f"| {label} | {', '.join(here)} | {others} |")
    return "\n".join(lines)


def placed(text: str, **parts: str) -> str:
    """A document with what is made put between its marks."""
    for name, made in parts.items():
        between = re.compile(rf"(<!-- {name}: begin -->\n).*?(<!-- {name}: end -->)", re.DOTALL)
        text = between.sub(lambda m, made=made: f"{m[1]}{made}\n{m[2]}", text)
    return text


def figured() -> dict[Path, str]:
    """The documents with the figures that hold."""
    return {
        README: placed(README.read_text("utf-8"), figures=table(SETS)),
        TRUST: placed(TRUST.read_text("utf-8"), trust=table(TRUSTED), bench=bench()),
    }


def main() -> None:
    for file, text in figured().items():
        file.write_text(placed(text, brief=terminal()) if file == README else text, "utf-8")


if __name__ == "__main__":
    main()
