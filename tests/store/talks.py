"""Small reports, as files, about talks that never took place: Morvenia and the Reed Front, hosted by Tarnland."""

from __future__ import annotations

from pathlib import Path

CASE = """
name = "Valley talks"
packs = ["peace"]

[[party]]
name = "Morvenia"
role = "principal"
aliases = ["the Morvenian government"]

[[party]]
name = "Reed Front"
role = "principal"
people = ["Sula Bek"]

[[party]]
name = "Tarnland"
role = "mediator"
"""
_DEEDS = (
    "rejected a ceasefire of {n} days", "demanded the release of {n} prisoners", "offered to withdraw {n} battalions",
    "accepted a truce of {n} weeks", "called for {n} observers at the border",
)  # fmt: skip


def made(folder: Path, count: int) -> Path:
    """A folder with so many reports, no two alike."""
    folder.mkdir(exist_ok=True)
    for n in range(count):
        who, other = ("Morvenia", "the Reed Front") if n % 2 else ("The Reed Front", "Morvenia")
        deed = _DEEDS[n % len(_DEEDS)].format(n=n + 3)
        text = (
            f"Talks in the valley, day {n + 1}\n\n{who} {deed}, its spokesman said on Tuesday.\n\n"
            f'"We will not wait for {other} any longer," Sula Bek said of round {n + 1}, which Tarnland hosted.\n'
        )
        (folder / f"report-{n:03}.txt").write_text(text, "utf-8")
    return folder


def case_file(folder: Path, name: str = "Valley talks") -> Path:
    """The case of these talks, in a file outside of the reports."""
    path = folder / "case.toml"
    path.write_text(CASE.replace("Valley talks", name), "utf-8")
    return path
