"""Copies are made from the bundled examples in the ways that copies are made, and have to be found again."""

from __future__ import annotations

import datetime as dt
import random
import time
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from eval.newsroom import newsroom
from tests.ties import wire
from tests.ties.made import copies

from onthetable.model import Furniture, Interval, Published, Reading, Report, Span
from onthetable.text import digest
from onthetable.ties.bodies import Bodies
from onthetable.ties.copies import Copies, doubled, find_copies

EXAMPLES = Path(__file__).parents[2] / "examples"
COPY, ORIGINAL = "04-globebeat-truce.txt", "01-sextant-round-one.txt"


def reading(text: str, path: str = "-", **fields: object) -> Reading:
    sha = digest(text)
    return Reading(replace(Report(sha[:12], path, text, sha), **fields), (), (), (), (), (), (), ())  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def examples() -> dict[str, str]:
    paths = sorted([*EXAMPLES.glob("talks/*.txt"), *EXAMPLES.glob("strike/*.txt")])
    return {p.name: p.read_text("utf-8") for p in paths}


# --- copies that are made ------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", [7, 8])
def test_made_copies_are_found_and_nothing_else(examples: dict[str, str], seed: int) -> None:
    dice = random.Random(seed)
    originals = {name: text for name, text in examples.items() if name != COPY}
    readings, parents, how_made = [], {}, {}
    for name, text in originals.items():
        r = reading(text, name)
        readings.append(r)
        parents[r.report.id] = {name}
        other = dice.choice([n for n in originals if n != name])
        for how, copy in copies(text, originals[other], dice).items():
            c = reading(copy, f"{how}-{name}")
            readings.append(c)
            parents[c.report.id] = {name, other} if "merged" in how else {name}
            how_made[c.report.id] = how
    ids = {r.report.path: r.report.id for r in readings}
    found = {frozenset((t.source, t.target)) for t in find_copies(readings)}
    wanted = {(c, ids[p]) for c in how_made for p in parents[c]}
    missed = [(how_made[c], o) for c, o in wanted if frozenset((c, o)) not in found]
    wrong = [pair for pair in found if not set.intersection(*(parents[i] for i in pair))]
    recall, precision = 1 - len(missed) / len(wanted), 1 - len(wrong) / len(found)
    print(f"recall {recall:.3f} of {len(wanted)} copies, precision {precision:.3f} of {len(found)} ties")
    assert len(how_made) >= 150
    assert len(missed) <= 0.05 * len(wanted), missed
    assert len(wrong) <= 0.02 * len(found), wrong


def test_the_examples_hold_one_copy(examples: dict[str, str]) -> None:
    readings = [reading(text, name) for name, text in examples.items()]
    names = {r.report.id: r.report.path for r in readings}
    ties = find_copies(readings)
    assert [(names[t.source], names[t.target]) for t in ties] == [(COPY, ORIGINAL)]
    (tie,) = ties
    assert tie.kind == "copies"
    assert 0.5 < tie.score <= 1
    here, there = tie.evidence
    assert examples[COPY][here.start : here.end] == here.text
    assert examples[ORIGINAL][there.start : there.end] == there.text


def test_any_order_of_readings_gives_the_same_ties(examples: dict[str, str]) -> None:
    readings = [reading(text, name) for name, text in examples.items()]
    assert find_copies(readings) == find_copies(readings[::-1])


@pytest.mark.parametrize("seed", range(4))
def test_one_by_one_in_any_order_is_the_same_as_all_at_once(seed: int) -> None:
    dice = random.Random(seed)
    readings = [*newsroom(240), *(reading(f"{STORY}\nEdition {n}, {'late ' * (n % 7)}night.") for n in range(50))]
    expected = find_copies(readings)
    dice.shuffle(readings)
    bodies = Bodies(r.report for r in readings)
    first, *others = bodies
    kept = Copies(bodies)
    kept.put([first, *others[:99]])
    known = {(t.source, t.target): t for t in kept.ties()}
    for id in others[99:]:
        changed = kept.put([id])
        known = {p: t for p, t in known.items() if not changed.intersection(p)}
        known |= {(t.source, t.target): t for t in kept.ties(of=changed)}
    assert kept.ties() == expected
    assert tuple(t for _, t in sorted(known.items())) == expected


# --- which is the copy --------------------------------------------------------------------------------

STORY = """The ferry crews of Ansty voted on Monday to end their boycott of the night sailings, their union said.

The vote followed an offer by Coastal Lines to keep all 43 stewards until March and to pay 210 crowns for each night.

"We were asked to swallow an anchor. We have swallowed a spoon," said Ida Munk, who speaks for the crews.

Coastal Lines said that 1,150 passengers had been left on the quays since Friday, among them 60 pupils from Rell.
"""


def direction(a: Reading, b: Reading, published: dict[str, Published] | None = None) -> tuple[str, str]:
    (tie,) = find_copies([a, b], published)
    paths = {r.report.id: r.report.path for r in (a, b)}
    return paths[tie.source], paths[tie.target]


def on(day: int) -> Published:
    return Published(Interval(dt.date(2026, 5, day), dt.date(2026, 5, day)), ())


def test_the_later_one_is_the_copy() -> None:
    a, b = reading(STORY, "a"), reading(STORY.replace("swallow", "eat"), "b")
    assert direction(a, b, {a.report.id: on(3), b.report.id: on(4)}) == ("b", "a")
    assert direction(a, b, {a.report.id: on(4), b.report.id: on(3)}) == ("a", "b")


def test_the_one_that_credits_the_other_is_the_copy() -> None:
    a = reading(STORY, "a", outlet="Harbour Wire")
    b = reading(
        STORY + "\nWith inputs from Harbour Wire, and a longer tail than the story itself.", "b", outlet="Daily Rope"
    )
    assert direction(a, b) == ("b", "a")


def test_the_trimmed_one_is_the_copy_when_nothing_else_tells() -> None:
    a, b = reading(STORY, "a"), reading("\n\n".join(STORY.split("\n\n")[:3]), "b")
    assert direction(a, b) == ("b", "a")


PAGE = """Sign up for all 17 of our Rellish letters.

Read 20 stories from Ansty and 30 from Coastal Lines for 9 crowns.

Tell 14 friends in Rell about Ansty and win 25 anchors of chocolate.

"""


def test_furniture_makes_no_copy() -> None:
    texts = [PAGE + "The mayor of Ansty opened a bakery on Tuesday.", PAGE + "Two swans were seen in Rell."]
    furniture = (Furniture(Span(0, len(PAGE), PAGE), "made"),)
    assert find_copies([reading(t) for t in texts])
    assert not find_copies([reading(t, furniture=furniture) for t in texts])


def test_one_quotation_in_common_makes_no_copy() -> None:
    quote = '"We were asked to swallow an anchor. We have swallowed a spoon," said Ida Munk'
    other = f"Crews in Ansty are tired. {quote}, whose father sailed to Rell in a bathtub and wrote 3 books about soup."
    assert not find_copies([reading(STORY), reading(other)])


def test_a_brief_is_copied_only_as_a_whole() -> None:
    first, second = "\n".join(STORY.split("\n\n")[:2]), "\n".join(STORY.split("\n\n")[1:3])
    assert find_copies([reading(first), reading(first + "\nHarbour Wire")])
    assert not find_copies([reading(first), reading(second)])


# --- doubled sentences --------------------------------------------------------------------------------


def test_a_sentence_and_its_second_wording(examples: dict[str, str]) -> None:
    report = reading(examples[COPY]).report
    ((first, second),) = doubled(report)
    assert first.text.startswith("As per it, the two armies")
    assert second.text.startswith("The proposal asks the two forces")


def test_no_report_of_the_examples_but_the_copy_has_doubled_sentences(examples: dict[str, str]) -> None:
    assert not [name for name, text in examples.items() if name != COPY and doubled(reading(text).report)]


@pytest.mark.parametrize(
    "hostile",
    ['"' * 300_000, "“" * 300_000, "." * 300_000, "a. B" * 80_000, "Name 17 " * 40_000, "\n" * 300_000, "' " * 100_000],
    ids=["quotes", "openers", "stops", "sentences", "facts", "lines", "apostrophes"],
)
def test_hostile_text_takes_no_longer_than_its_length(hostile: str) -> None:
    start = time.perf_counter()
    find_copies([reading(hostile), reading(hostile + " end")])
    assert time.perf_counter() - start < 10


def test_pairs_of_different_stories_are_no_copies(examples: dict[str, str]) -> None:
    for (n, a), (m, b) in combinations(examples.items(), 2):
        if {n, m} != {COPY, ORIGINAL}:
            assert not find_copies([reading(a), reading(b)]), (n, m)


# --- stories of one agency ------------------------------------------------------------------------------


def tied(*texts: str) -> set[frozenset[int]]:
    """Which of some texts are copies, by their places."""
    readings = [reading(text) for text in texts]
    place = {r.report.id: n for n, r in enumerate(readings)}
    return {frozenset((place[t.source], place[t.target])) for t in find_copies(readings)}


def test_the_background_that_stories_share_makes_no_copies() -> None:
    assert not tied(wire.MONDAY, wire.THURSDAY, wire.MARCH)
    assert not tied(wire.MONDAY, wire.FIGURES)
    assert tied(wire.FIGURES, wire.FIGURES.replace("Passengers asked for", "Travellers demanded"))


def test_a_copy_keeps_quotations_beside_the_background() -> None:
    reworded = wire.MONDAY.replace("offered its stewards", "has proposed to its stewards").replace("called", "termed")
    assert tied(wire.MONDAY, wire.THURSDAY, reworded) == {frozenset((0, 2))}


def test_two_who_heard_the_same_words_have_not_copied_each_other() -> None:
    assert not tied(wire.SENTINEL, wire.GAZETTE)


def test_the_first_two_sentences_are_a_copy_if_their_quotation_is_kept() -> None:
    brief = "\n\n".join(wire.THURSDAY.split("\n\n")[:2])
    assert tied(wire.THURSDAY, brief) == {frozenset((0, 1))}
    assert not tied(wire.THURSDAY, brief.replace("A week is", "Ten days are"))


def test_a_report_that_merges_two_stories_is_tied_to_both_and_they_are_not_one() -> None:
    assert tied(wire.MONDAY, wire.MARCH, wire.MERGED) == {frozenset((0, 2)), frozenset((1, 2))}
    copies = Copies(Bodies(reading(t).report for t in (wire.MONDAY, wire.MARCH, wire.MERGED)))
    monday, march, merged = (digest(t)[:12] for t in (wire.MONDAY, wire.MARCH, wire.MERGED))
    copies.put([monday, march, merged])
    assert [copies.merging(id) for id in (monday, march, merged)] == [False, False, True]
    parts = copies.passages(merged, sorted((monday, march)))
    assert [t.target for t in parts] == [march] * 4 + [monday] * 5
    assert all(t.evidence[0].text == t.evidence[1].text for t in parts)
