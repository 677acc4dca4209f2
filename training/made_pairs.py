"""Pairs of sentences made of frames (`frames.toml`), with what the one is to the other, to train on before real ones.

A frame tells one thing in many ways, and its opposite in many. Two ways of one are the same, one and its opposite
cannot both be so, one with a circumstance more holds the other, and other things, parties or places have nothing to do
with it. Numbers come in words and figures, exact and with bounds. Parties are masked, places made of syllables.
Deterministic: one seed gives the same pairs.

    python training/made_pairs.py 40        prints as many
"""

from __future__ import annotations

import random
import sys
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from onthetable.ties.masking import NAMES

_DATA: dict[str, Any] = tomllib.loads(Path(__file__).with_name("frames.toml").read_text("utf-8"))
_THINGS = {
    kind: [tuple(w.strip() for w in line.split("/")) for line in lines] for kind, lines in _DATA["things"].items()
}
_FRAMES: list[dict[str, Any]] = _DATA["frame"]
_MEASURED: list[dict[str, Any]] = _DATA["measured"]
_VALUES = {
    kind: [tuple(w.strip() for w in line.split("/")) for line in lines] for kind, lines in _DATA["values"].items()
}
_WORDS: dict[str, list[str]] = _DATA["words"]
_SHARES: list[list[str]] = _DATA["shares"]["equal"]
_PERCENT: list[int] = _DATA["shares"]["percent"]
_ANTI = {"one": "other", "other": "one"}
_TURN = {"holds": "follows", "follows": "holds"}

Pair = tuple[str, str, str]
"""Two sentences, and what the first is to the second."""
Thing = Sequence[str]


@dataclass(frozen=True, slots=True)
class Scene:
    """Who stands for {A}, {B} and {C}, and where."""

    a: str
    b: str
    c: str
    place: str

    def fill(self, text: str, thing: str = "") -> str:
        """The words of a frame with parties, place and thing put in."""
        named = text.replace("{X}", thing).replace("{A}", self.a).replace("{B}", self.b).replace("{C}", self.c)
        return named.replace("{P}", self.place)


class Maker:
    """Makes pairs, one after another, from one seed."""

    def __init__(self, seed: int) -> None:
        self._dice = random.Random(seed)

    def pair(self) -> Pair:
        """One more pair."""
        dice = self._dice
        names = dice.sample(NAMES, 3)
        scene = Scene(*names, self._place())
        kind = dice.random()
        made = self._counted if kind < 0.15 else self._measured if kind < 0.28 else self._framed
        first, second, label = made(scene)
        return (first, second, label) if dice.random() < 0.5 else (second, first, _TURN.get(label, label))

    def _framed(self, scene: Scene) -> Pair:
        dice = self._dice
        frame = dice.choice(_FRAMES)
        thing = dice.choice(_THINGS[frame["kind"]])
        pole = dice.choice(("one", "other"))
        day = dice.choice(_WORDS["days"])
        days = [day if dice.random() < 0.45 else "" for _ in range(2)]
        way, first = self._clause(frame, pole, scene, thing)
        kind = dice.random()
        if kind < 0.27:
            label, second = "same", self._clause(frame, pole, scene, thing, way)[1]
            if dice.random() < 0.1:
                first, second = self._denied(first, scene), self._denied(second, scene)
        elif kind < 0.58:
            label, (first, second) = "contradicts", self._against(frame, pole, scene, thing, first)
        elif kind < 0.72:
            label, second = "holds", self._clause(frame, pole, scene, thing, way if dice.random() < 0.6 else "")[1]
            joint = dice.random() >= 0.7 and way.startswith("{A} ") and " and {B}" not in way
            if joint:
                first = scene.fill(way.replace("{A}", "both {A} and {B}", 1), dice.choice(thing))
            else:
                first += " " + scene.fill(dice.choice(_WORDS["circumstances"]))
        else:
            label, (first, second) = "unrelated", self._beside(frame, pole, scene, thing, first)
        return self._told(first, scene, days[0]), self._told(second, scene, days[1]), label

    def _against(self, frame: dict[str, Any], pole: str, scene: Scene, thing: Thing, first: str) -> tuple[str, str]:
        """What cannot both be so: the opposite, a denial, or giver and taker exchanged."""
        kind = self._dice.random()
        if kind < 0.72:
            return first, self._clause(frame, _ANTI[pole], scene, thing)[1]
        if kind < 0.85 or not frame.get("swap"):
            return first, self._denied(self._clause(frame, pole, scene, thing)[1], scene)
        turned = replace(scene, a=scene.b, b=scene.a)
        return self._clause(frame, "one", scene, thing)[1], self._clause(frame, "one", turned, thing)[1]

    def _beside(self, frame: dict[str, Any], pole: str, scene: Scene, thing: Thing, first: str) -> tuple[str, str]:
        """What may be so beside it: another thing, party, place or deed."""
        dice = self._dice
        any_pole = dice.choice(("one", "other"))
        other_thing = dice.choice([t for t in _THINGS[frame["kind"]] if t is not thing])
        other_frame = dice.choice([f for f in _FRAMES if f is not frame])
        kind = dice.random()
        if kind < 0.35:
            return first, self._clause(frame, any_pole, scene, other_thing)[1]
        if kind < 0.5:
            if scene.a not in first or frame["kind"] == "talks" or " and " in first or frame.get("swap"):
                return first, self._clause(frame, pole, scene, other_thing)[1]
            return first, self._clause(frame, any_pole, replace(scene, a=scene.c), thing)[1]
        placed = [[w for w in t if "{P}" in w] for t in _THINGS[frame["kind"]] if any("{P}" in w for w in t)]
        if kind < 0.62 and placed:
            thing = dice.choice(placed)
            elsewhere = replace(scene, place=self._place())
            return self._clause(frame, pole, scene, thing)[1], self._clause(frame, any_pole, elsewhere, thing)[1]
        if kind < 0.8:
            other = dice.choice([t for t in _THINGS[other_frame["kind"]] if t is not thing])
            return first, self._clause(other_frame, any_pole, scene, other)[1]
        away = Scene(*dice.sample(NAMES, 3), self._place())
        return first, self._clause(other_frame, any_pole, away, dice.choice(_THINGS[other_frame["kind"]]))[1]

    def _measured(self, scene: Scene) -> Pair:
        """One thing with a length, a day, a sum, a place or somebody to it: the same, another, or another thing."""
        dice = self._dice
        one = dice.choice(_MEASURED)
        values, other_values = dice.sample(self._values(one["values"], scene), 2)
        first = self._valued(one, values, scene)
        kind = dice.random()
        if kind < 0.4:
            second, label = self._valued(one, values, scene), "same"
        elif kind < 0.75:
            second, label = self._valued(one, other_values, scene), "contradicts"
        else:
            other = dice.choice([m for m in _MEASURED if m is not one])
            alike = other["values"] == one["values"] and dice.random() < 0.5
            known = values if alike else dice.choice(self._values(other["values"], scene))
            second, label = self._valued(other, known, scene), "unrelated"
        return self._told(first, scene, ""), self._told(second, scene, ""), label

    def _values(self, kind: str, scene: Scene) -> Sequence[Thing]:
        if kind == "day":
            return [(day,) for day in _WORDS["days"]]
        if kind == "who":
            return [(scene.a,), (scene.b,), (scene.c,)]
        return [(self._place(),), (self._place(),)] if kind == "where" else _VALUES[kind]

    def _valued(self, one: dict[str, Any], values: Thing, scene: Scene) -> str:
        way: str = self._dice.choice(one["ways"])
        return scene.fill(way.replace("{V}", self._dice.choice(values)))

    def _counted(self, scene: Scene) -> Pair:
        dice = self._dice
        day = dice.choice(_WORDS["days"])
        days = [day if dice.random() < 0.5 else ""]
        days.append(day if days[0] and dice.random() < 0.7 else "")
        first, second, label = self._shares() if dice.random() < 0.35 else self._counts(scene)
        place = f" in {scene.place}" if label != "unrelated" and dice.random() < 0.25 else ""
        return self._told(first + place, scene, days[0]), self._told(second + place, scene, days[1]), label

    def _shares(self) -> Pair:
        """Fractions and percentages of something."""
        dice = self._dice
        thing = dice.choice(_THINGS["share"])
        i, j = dice.sample(range(len(_SHARES)), 2)
        one, other = dice.choice(_SHARES[i]), dice.choice(_SHARES[j])
        kind = dice.random()
        if kind < 0.33:
            return f"{one} {dice.choice(thing)}", f"{dice.choice(_SHARES[i])} {dice.choice(thing)}", "same"
        if kind < 0.63:
            return f"{one} {dice.choice(thing)}", f"{other} {dice.choice(thing)}", "contradicts"
        if kind < 0.8:
            bound = dice.choice(_WORDS["above" if _PERCENT[i] > _PERCENT[j] else "below"])
            return f"{one} {dice.choice(thing)}", f"{bound} {other} {dice.choice(thing)}", "holds"
        beside = dice.choice([t for t in _THINGS["share"] if t is not thing])
        return f"{one} {dice.choice(thing)}", f"{dice.choice((one, other))} {dice.choice(beside)}", "unrelated"

    def _counts(self, scene: Scene) -> Pair:
        """Numbers of something."""
        dice = self._dice
        thing = dice.choice(_THINGS["count"])
        ranges = ((2, 12, 1), (13, 99, 1), (2, 9, 10), (100, 999, 1), (2, 40, 100), (1000, 90_000, 1))
        low, high, times = dice.choice(ranges)
        n = dice.randint(low, high) * times
        first = f"{self._number(n)} {dice.choice(thing)}"
        kind = dice.random()
        if kind < 0.3:
            return first, f"{self._number(n)} {dice.choice(thing)}", "same"
        if kind < 0.6:
            m = dice.choice([m for m in (n * 10, n + dice.randint(1, 9), n * 2, max(2, n // 2)) if m != n])
            none = dice.random() < 0.2
            many = dice.choice(("no", "not one of the")) if none else self._number(m)
            return first, f"{many} {dice.choice(thing)}", "contradicts"
        if kind < 0.8:
            up = dice.random() < 0.6
            m = (
                max(1, int(n * dice.choice((0.5, 0.8, 0.9, 0.95)) - 0.5))
                if up
                else int(n * dice.choice((1.05, 1.2, 2)) + 1)
            )
            bound = f"{dice.choice(_WORDS['above' if up else 'below'])} {self._number(m)}"
            vague = dice.choice(("", "several ")) if dice.random() < 0.25 else f"{bound} "
            return first, f"{vague}{dice.choice(thing)}", "holds"
        m = dice.choice((n, n + dice.randint(1, 20)))
        if dice.random() < 0.6:
            beside = dice.choice([t for t in _THINGS["count"] if t is not thing])
            return first, f"{self._number(m)} {dice.choice(beside)}", "unrelated"
        return f"{first} in {scene.place}", f"{self._number(m)} {dice.choice(thing)} in {self._place()}", "unrelated"

    def _clause(self, frame: dict[str, Any], pole: str, scene: Scene, thing: Thing, but: str = "") -> tuple[str, str]:
        """A way to tell something, and its words."""
        way = self._dice.choice([w for w in frame[pole] if w != but])
        return way, scene.fill(way, self._dice.choice(thing))

    def _told(self, clause: str, scene: Scene, day: str) -> str:
        """A sentence of a clause: with a day or none, and said by somebody or not."""
        dice = self._dice
        if '"' in clause:
            return _capital(clause) + "."
        if day:
            clause = f"on {day} {clause}" if dice.random() < 0.35 else f"{clause} on {day}"
        source = scene.fill(dice.choice(_WORDS["sources"]))
        kind = dice.random()
        if kind < 0.22:
            clause += dice.choice(_WORDS["after"]).replace("{S}", source)
        elif kind < 0.4:
            clause = dice.choice(_WORDS["before"]).replace("{S}", source) + clause
        elif kind < 0.5:
            clause = f'"{_capital(clause)}," {dice.choice(_WORDS["saying"])} {source}'
        return _capital(clause) + "."

    def _denied(self, clause: str, scene: Scene) -> str:
        source = scene.fill(self._dice.choice(_WORDS["sources"]))
        return self._dice.choice(_WORDS["denials"]).replace("{Y}", clause).replace("{S}", source)

    def _number(self, n: int) -> str:
        ones = _WORDS["ones"]
        ways = [f"{n:,}"]
        if n < len(ones):
            ways.append(ones[n])
        if n == 12:
            ways.append("a dozen")
        if n % 100 == 0 and n < 1000:
            ways.append(f"{ones[n // 100]} hundred")
        return self._dice.choice(ways)

    def _place(self) -> str:
        dice = self._dice
        return _capital(
            "".join(dice.choices(_WORDS["syllables"], k=dice.choice((1, 2)))) + dice.choice(_WORDS["endings"])
        )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


if __name__ == "__main__":
    maker = Maker(1)
    for _ in range(int(sys.argv[1])):
        print(*maker.pair()[::-1], sep=" | ")
