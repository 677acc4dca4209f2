"""What was learned of pairs: it knows no party, holds both ways round, and tells agreement only where it is sure."""

from __future__ import annotations

import datetime as dt
import hashlib
from importlib.resources import files

import numpy as np
import pytest

from onthetable.case import Case, Party, pack
from onthetable.model import Reading, Report
from onthetable.pipeline import build, read
from onthetable.text import digest
from onthetable.ties import weighing
from onthetable.ties.account import Account, account
from onthetable.ties.alignment import Aligned, align
from onthetable.ties.amounts import compared
from onthetable.ties.entailment import TURNED, Entailment, entailment
from onthetable.ties.masking import filled, masked
from onthetable.ties.names import Names
from onthetable.ties.relations import turned
from onthetable.ties.signs import BOTH, ONE, signs
from onthetable.ties.verdicts import Verdict, verdict
from onthetable.ties.weighing import comparable, confirmed, decided, heard, weighed

PORT = Party("Tolmar Port", "principal", ("the port",), ("Edda Roon",), ())
CREWS = Party("Tug Crews' League", "principal", ("the League", "the crews"), ("Piet Aldo",), ())
CASE = Case("tugs", (pack("labour"),), (PORT, CREWS))
PAIRS = (
    ("Tolmar Port agreed to pay the League's crews for waiting.", "The port will not pay the crews for waiting."),
    ("The League walked out of the talks in Sund.", "Tolmar Port said the League left the talks in Sund."),
    ("At least 40 tugs lay idle on Monday.", "On Monday 43 tugs lay idle."),
)  # fmt: skip


def reading(text: str, day: dt.date = dt.date(2026, 3, 3), outlet: str = "Quay Post") -> Reading:
    sha = digest(text + outlet)
    return read(Report(sha[:12], "-", text, sha, outlet=outlet, dated=day), CASE)


def account_of(text: str) -> Account:
    r = reading(text)
    return account(r, r.report.span(0, len(text)), None, Names([r], CASE.parties))


def mask(text: str, case: Case = CASE) -> tuple[str, ...]:
    names = Names([], case.parties)
    return filled(*(masked(t, names) for t in text.split(" | ")))


def test_one_party_has_one_name_in_both_sentences_and_its_people_are_told_apart() -> None:
    assert mask("The port gave in, Edda Roon said. | Mr Aldo met Tolmar Port.") == (
        "The Alpha gave in, Mr Alpha said.", "Mr Beta met Alpha.",
    )  # fmt: skip


def test_which_party_it_is_makes_no_difference() -> None:
    said = "The League turned down what Tolmar Port had offered. | Tolmar Port's offer was accepted by the League."
    turned = said.replace("The League", "X").replace("the League", "x").replace("Tolmar Port", "The League")
    turned = turned.replace("The League's", "the League's").replace("X", "Tolmar Port").replace("x", "Tolmar Port")
    first, second = mask(said), mask(turned)
    assert [t.lower().replace("the ", "") for t in first] == [t.lower().replace("the ", "") for t in second]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_signs_are_the_same_both_ways_round(one: str, other: str) -> None:
    a, b = account_of(one), account_of(other)
    there = signs(a, b, align(a, b), verdict(a, b))
    back = signs(b, a, align(b, a), verdict(b, a))
    assert (len(there[0]), len(there[1])) == (len(BOTH), len(ONE))
    assert there[0] == pytest.approx(back[0])
    assert (there[1], there[2]) == (pytest.approx(back[2]), pytest.approx(back[1]))


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_the_encoder_says_the_same_both_ways_round(one: str, other: str) -> None:
    there, back = entailment().judge(one, other), entailment().judge(other, one)
    assert there == pytest.approx(back[TURNED], abs=1e-3)
    assert np.exp(there).max() <= 1


def test_agreement_is_told_only_where_a_contradiction_is_far_less_likely() -> None:
    sure, unsure = np.array([0.95, 0.001, 0.009, 0.0, 0.04]), np.array([0.7, 0.25, 0.0, 0.0, 0.05])
    assert decided(sure, None) is Verdict.SAME
    assert decided(unsure, None) is None
    assert decided(np.array([0.2, 0.6, 0.1, 0.0, 0.1]), Verdict.SAME) in (Verdict.UNLIKE, Verdict.CONTRADICTS)


def test_of_what_is_in_the_same_words_no_more_agreement_is_told_than_by_the_rules() -> None:
    alike, against = np.array([0.95, 0.01, 0.01, 0.0, 0.03]), np.array([0.02, 0.95, 0.01, 0.0, 0.02])
    assert decided(alike, None, verbatim=True) is None
    assert decided(alike, Verdict.SAME, verbatim=True) is Verdict.SAME
    assert decided(against, None, verbatim=True) is Verdict.CONTRADICTS
    assert decided(against, Verdict.SAME, verbatim=True) is Verdict.CONTRADICTS
    assert decided(np.array([0.2, 0.7, 0.02, 0.0, 0.08]), Verdict.SAME, verbatim=True) is Verdict.UNLIKE


def test_what_the_rules_take_for_a_contradiction_is_agreement_only_where_that_is_far_likelier() -> None:
    assert decided(np.array([0.94, 0.02, 0.01, 0.0, 0.03]), Verdict.CONTRADICTS) is Verdict.SAME
    assert decided(np.array([0.8, 0.15, 0.01, 0.0, 0.04]), Verdict.CONTRADICTS) is Verdict.CONTRADICTS


def test_nothing_in_two_sentences_is_the_same_where_they_hardly_have_to_do_with_each_other() -> None:
    assert decided(np.array([0.01, 0.01, 0.01, 0.0, 0.97]), None) is Verdict.UNLIKE
    assert decided(np.array([0.1, 0.1, 0.1, 0.0, 0.7]), None) is None


def test_what_the_rules_put_apart_stays_apart_where_little_is_known() -> None:
    assert decided(np.array([0.5, 0.3, 0.1, 0.05, 0.05]), Verdict.APART) is Verdict.APART
    assert decided(np.array([0.02, 0.95, 0.01, 0.01, 0.01]), Verdict.APART) is Verdict.CONTRADICTS


def test_long_sentences_are_left_to_the_rules() -> None:
    a, b = account_of(PAIRS[0][0]), account_of(PAIRS[0][1])
    long = " ".join(200 * ["Alpha"])
    assert weighed(a, b, align(a, b), Verdict.UNLIKE, (long, long)) is Verdict.UNLIKE


@pytest.mark.parametrize("found", [Verdict.SAME, Verdict.CONTRADICTS, Verdict.HOLDS])
def test_what_the_rules_say_stands_only_where_the_encoder_hears_one_matter(found: Verdict) -> None:
    apart = "The lantern of the north pier was painted.", "A pier master thinks his salary is not too high."
    one = "The League accepted the new roster.", "The League turned down the new roster."
    assert confirmed(found, apart) not in (Verdict.SAME, Verdict.CONTRADICTS, Verdict.HOLDS)
    assert confirmed(Verdict.CONTRADICTS, one) is Verdict.CONTRADICTS
    assert confirmed(None, apart) is None


@pytest.mark.parametrize(
    ("told", "later", "asked"),
    [
        ("Any vessel may come in, a harbour pilot said.", 0, True),
        ("Any vessel may come in, a harbour pilot said.", 1, True),
        ("Any vessel may come in, a harbour pilot said.", 2, False),
        ("Any vessel may enter the basins of Brack, its new pilot said.", 0, True),
        ("Any vessel may enter the basins of Brack, its new pilot said.", 1, False),
    ],
)
def test_first_sentences_of_one_day_are_compared_whatever_words_they_share_and_of_two_but_for_strangers(
    told: str, later: int, asked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared_texts: list[tuple[str, str]] = []

    def noting(a: Account, b: Account, both: Aligned, found: Verdict | None, texts: tuple[str, str]) -> Verdict | None:
        compared_texts.append(texts)
        return found

    monkeypatch.setattr(weighing, "heard", noting)
    day = dt.date(2026, 3, 3)
    build(
        (
            reading("Tolmar Port locked its gates to every crew on Tuesday. Fog lay over the quays all day.", day),
            reading(f"{told} The sun shone.", day + dt.timedelta(later), "Sund Radio"),
        ),
        CASE,
    )
    assert bool(compared_texts) == asked
    assert not any("Fog" in text for texts in compared_texts for text in texts)


def test_of_what_shares_few_words_the_encoder_tells_only_what_it_is_sure_of() -> None:
    sure = "Alpha accepted the roster on Tuesday.", "Alpha turned the roster down on Tuesday."
    apart = "The lantern of the north pier was painted.", "A pier master thinks his salary is not too high."
    a, b = account_of(PAIRS[0][0]), account_of(PAIRS[0][1])
    assert heard(a, b, align(a, b), None, sure) is Verdict.CONTRADICTS
    assert heard(a, b, align(a, b), None, apart) is None
    assert heard(a, b, align(a, b), Verdict.UNLIKE, apart) is Verdict.UNLIKE


def test_of_strangers_that_look_unrelated_the_encoder_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(likely: float, one: str, other: str) -> bool:
        heard_texts: list[tuple[str, str]] = []

        class Noting:
            def judge(self, *texts: str) -> np.ndarray:
                heard_texts.append(texts)
                return np.log([0.01, 0.01, 0.01, 0.01, 0.96])

        monkeypatch.setattr(weighing, "entailment", Noting)
        monkeypatch.setattr(weighing, "_by_signs", lambda *_: np.array([*4 * [(1 - likely) / 4], likely]))
        a, b = account_of(one), account_of(other)
        heard(a, b, align(a, b), None, (one, other))
        return bool(heard_texts)

    strangers = "The pilots of Brack eat late.", "Edda Roon repaired a lantern."
    assert asked(0.7, *strangers)
    assert not asked(0.9, *strangers)
    assert asked(0.9, "The pilots eat late.", "A lantern was repaired.")


def test_whoever_says_i_is_who_speaks() -> None:
    def agent(text: str) -> str | None:
        r = reading(text)
        said = r.statements[0].content
        return account(r, r.report.span(said.start, said.end), None, Names([r], CASE.parties)).agent

    assert agent('"I will sign the roster on Friday," said Edda Roon.') == "Tolmar Port"
    assert agent('"I will sign the roster on Friday," said Piet Aldo.') == "Tug Crews' League"


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("The League hired nine cooks.", "The League hired 12 cooks.", True),
        ("The League hired nine cooks.", "The League hired another 12 cooks.", False),
        ("The League hired nine cooks.", "The League hired 12 other cooks.", False),
        ("The League hired nine cooks.", "The League needs 12 cooks.", False),
        ("The League needs nine cooks.", "The League needs 12 cooks.", True),
    ],
)
def test_no_number_is_against_one_that_is_counted_beside_others(one: str, other: str, apart: bool) -> None:
    for a, b in ((one, other), (other, one)):
        assert (compared(account_of(a), account_of(b)) == "apart") == apart


@pytest.mark.parametrize(
    ("one", "other", "round"),
    [
        ("The port opened with pilots.", "The port opened without pilots.", True),
        ("The port opened with pilots.", "The port opened with pilots on Monday.", False),
        ("The port opened with pilots.", "The port opened without a speech.", False),
        ("The League voted against the roster.", "The League voted for the roster.", True),
        ("Crews loyal to the League freed a pilot.", "A pilot held by the crews was let go.", False),
    ],
)
def test_what_is_told_with_and_without_the_same_is_turned_round(one: str, other: str, round: bool) -> None:
    assert turned(account_of(one), account_of(other)) == turned(account_of(other), account_of(one)) == round


@pytest.mark.parametrize(
    ("told", "swapped", "found"),
    [
        (
            "Tolmar Port handed the League the keys of nine tugs on Monday.",
            "The League handed Tolmar Port the keys of nine tugs on Monday.",
            Verdict.CONTRADICTS,
        ),
        (
            "The League will lease its sheds to Tolmar Port for the winter season.",
            "Tolmar Port will lease its sheds to the League for the winter season.",
            Verdict.CONTRADICTS,
        ),
        (
            "Tolmar Port sent the League a list of nine tugs on Monday.",
            "The League sent Tolmar Port a list of nine tugs on Monday.",
            Verdict.APART,
        ),
    ],
)
def test_one_thing_that_goes_the_other_way_cannot_both_be_so(told: str, swapped: str, found: Verdict) -> None:
    a, b = account_of(told), account_of(swapped)
    assert verdict(a, b) is verdict(b, a) is found


def test_parts_of_two_wholes_are_not_apart() -> None:
    won, lost = account_of("The League won eight of the 12 votes."), account_of("The League won six of the 14 votes.")
    assert compared(won, lost) != "apart"
    assert compared(won, account_of("The League won six of the 12 votes.")) == "apart"


def test_sentences_that_share_nothing_are_not_weighed() -> None:
    a, b = account_of("The League walked out of the talks."), account_of("Rain fell on the old lighthouse.")
    assert not comparable(a, b, align(a, b))


@pytest.mark.parametrize(
    ("one", "other", "asked"),
    [
        ("Tolmar Port has two new cranes.", "Brack needs two new cranes for its quay.", False),
        ("Tolmar Port has two new cranes.", "The port needs two new cranes for its quay.", True),
        (
            "The League's strike over pay and rosters was called off.",
            "Brack's stewards called off a strike over pay and rosters.",
            True,
        ),
    ],
)
def test_of_strangers_the_encoder_is_asked_only_if_they_look_alike(
    one: str, other: str, asked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    times: list[int] = []
    known = entailment()

    def counted() -> Entailment:
        times.append(1)
        return known

    monkeypatch.setattr(weighing, "entailment", counted)
    a, b = account_of(one), account_of(other)
    both = align(a, b)
    weighed(a, b, both, verdict(a, b, both), (one, other))
    assert bool(times) == asked


def test_what_says_the_same_of_two_things_counted_is_told_of_the_sentences() -> None:
    told = (
        "Nine out of ten stokers who voted backed the walkout.",
        "Ninety percent of stokers who cast a vote were for the walkout.",
    )
    readings, ties = build((reading(told[0]), reading(told[1], outlet="Sund Radio")), CASE)
    assert all(r.figures for r in readings)
    assert [(t.kind, {t.source, t.target}) for t in ties.ties] == [("corroborates", {r.report.id for r in readings})]
    assert {s.text.strip() for s in ties.ties[0].evidence} == set(told)


def test_the_opposite_in_other_words_is_a_contradiction_in_the_ledger() -> None:
    one = reading("The League gave the green light to the new roster on Tuesday.")
    other = reading("The League threw out the new roster on Tuesday.", outlet="Sund Radio")
    _, ties = build((one, other), CASE)
    assert [t.kind for t in ties.ties if t.kind == "contradicts"]


def test_the_card_tells_of_these_weights() -> None:
    folder = files("onthetable.ties").joinpath("encoder")
    card = folder.joinpath("MODEL_CARD.md").read_text("utf-8")
    for name in ("weights.onnx", "weights.bin"):
        assert hashlib.sha256(folder.joinpath(name).read_bytes()).hexdigest() in card
    for told in ("Apache-2.0", "entailment.py", "eval.learn_pairs", "eval/clusters.py"):
        assert told in card


@pytest.mark.parametrize(
    ("told", "again", "one"),
    [
        ("The League froze its talks with the port.", "The League put its talks with the port on ice.", True),
        ("The League froze its talks with the port.", "The port put its talks with the League on ice.", False),
        ("The League released the port from its duty.", "The port was released by the League from its duty.", True),
        ("The League released the port from its duty.", "The League was released by the port from its duty.", False),
    ],
)
def test_moves_read_as_two_acts_and_what_is_told_in_the_passive_are_one_claim(told: str, again: str, one: bool) -> None:
    _, ties = build((reading(told), reading(again, outlet="Sund Radio")), CASE)
    assert bool(ties.same or [t for t in ties.ties if t.kind == "corroborates"]) == one
