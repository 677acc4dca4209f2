"""Clusters of short news on invented talks, to learn from: what many tell of one thing, and what is told beside it.

A cluster (`eval/pairs/clusters`) has the same in several words (`same`), what cannot be so as well (`against`), what
follows from each (`weaker`), and near misses that have nothing to do with it (`beside`). Of ten ledes of one day
(`apart`) no two have to do with each other. They were written by several who knew no rules, and nothing is held out.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product
from pathlib import Path
from typing import Any, Literal

from eval.clauses import party
from onthetable.case import Case, pack

FOLDER = Path(__file__).resolve().parent / "pairs" / "clusters"

LATER = (
    "airspace", "aluminium", "bauxite", "beef", "binmen", "borderpost", "broadcasters", "captives", "cement",
    "cheese", "childcare", "cocoa", "copperport", "cotton", "cranemen", "damwater", "dentists", "devolution",
    "disarming", "emissions", "fertiliser", "fivehouse", "footballers", "gasdebt", "glacierpass", "glassblowers",
    "grandpact", "gravediggers", "harvesters", "hilltowns", "holysite", "honey", "hospitaltruce", "hotelcooks",
    "janitors", "labtechs", "lagoon", "lightkeepers", "lithium", "lorrydrivers", "minefields", "museumguards",
    "nomads", "opera", "palmoil", "papermill", "powergrid", "rebelprovince", "reprocessing", "rubber", "salmon",
    "seafarers", "sealane", "seizedcrew", "sixpowers", "snapback", "tea", "telecoms", "testban", "tilemakers",
    "tinore", "toleration", "towercrews", "tramdrivers", "transition", "trawlermen", "truceline", "vaccines",
    "warders", "warheads", "weavers", "wheatlane",
)  # fmt: skip
"""Talks by other writers, on which what was learned from those before is tried before they are learned from."""

Kind = Literal["same", "contradicts", "holds", "unrelated"]
_BESIDE: tuple[tuple[str, Kind], ...] = (("against", "contradicts"), ("weaker", "holds"), ("beside", "unrelated"))


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sentences of one day, and what the first is to the second; `group` tells of which cluster or list."""

    group: str
    label: Kind
    date: str
    first: str
    second: str


def talks() -> Iterator[tuple[Case, list[Pair]]]:
    """The pairs of each talks, in the order of their files."""
    for file in sorted(FOLDER.glob("*.toml")):
        known = tomllib.loads(file.read_text("utf-8"))
        case = Case(file.stem, tuple(map(pack, known["packs"])), tuple(map(party, known["party"])))
        of_clusters = (p for n, c in enumerate(known["cluster"]) for p in _of_cluster(f"{file.stem} {n}", c))
        of_lists = (p for n, c in enumerate(known.get("apart", ())) for p in _apart(f"{file.stem} apart {n}", c))
        yield case, [*of_clusters, *of_lists]


def _of_cluster(group: str, cluster: dict[str, Any]) -> Iterator[Pair]:
    """Every two of `same`, and each of them with all that stands beside."""
    for a, b in combinations(cluster["same"], 2):
        yield Pair(group, "same", cluster["date"], a, b)
    for kind, label in _BESIDE:
        for a, b in product(cluster["same"], cluster.get(kind, ())):
            yield Pair(group, label, cluster["date"], a, b)


def _apart(group: str, told: dict[str, Any]) -> Iterator[Pair]:
    for a, b in combinations(told["texts"], 2):
        yield Pair(group, "unrelated", told["date"], a, b)
