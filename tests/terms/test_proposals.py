"""Proposals: what is one package, who tables it, what became of it, and what is said of its terms."""

from __future__ import annotations

import pytest

from onthetable.case import Case, Party, pack
from onthetable.model import Proposal, Quantity, Report, Span
from onthetable.pipeline import read
from onthetable.text import digest

UNION, FIRMS = Party("Quay Union", aliases=("the union",)), Party("Portmasters", aliases=("the firms",))
HARBOUR = Case("Harbour", (pack("labour"),), (UNION, FIRMS, Party("Arbiter", "mediator", aliases=("the arbiter",))))
NORLAND = Party("Norland", aliases=("the Norland government",))
PASSES = Case("Passes", (pack("peace"),), (NORLAND, Party("Tarvia"), Party("Selland", "mediator")))


def proposals(text: str, case: Case) -> tuple[Proposal, ...]:
    return read(Report(digest(text)[:12], "test", text, digest(text)), case).proposals


def text_span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words), words)


def only(text: str, case: Case) -> Proposal:
    (found,) = proposals(text, case)
    return found


def test_what_is_asked_in_return_belongs_to_the_package() -> None:
    p = only("Norland is ready to free 40 prisoners in exchange for a ceasefire of 30 days.", PASSES)
    assert (p.proposer, p.status, p.rule) == ("Norland", "tabled", "package")
    assert {(t.issue, t.giver, t.quantity and t.quantity.low) for t in p.terms} == {
        ("detainee-release", "Norland", 40), ("ceasefire", None, 30),
    }  # fmt: skip


def test_captives_swapped_for_captives_are_two_terms() -> None:
    p = only("Tarvia said it was prepared to exchange all its captives for all the prisoners in Norland.", PASSES)
    assert [(t.issue, t.giver) for t in p.terms] == [("detainee-release", "Tarvia"), ("detainee-release", "Norland")]


def test_an_offer_told_twice_is_one() -> None:
    text = "Norland offered to free 40 prisoners for a ceasefire, its envoy said.\n\nThe weather was fine.\n\n" \
        "The radio said Norland had offered to free 40 captives."  # fmt: skip
    assert len(proposals(text, PASSES)) == 1


def test_a_past_deal_has_no_proposer_and_has_lapsed() -> None:
    text = "Under the truce of 2019, Tarvia released 12 captives and Norland lifted its blockade of the coast."
    p = only(text, PASSES)
    assert (p.proposer, p.status, p.rule) == (None, "lapsed", "deal")
    assert {"detainee-release", "blockade"} <= {t.issue for t in p.terms}


def test_a_list_behind_a_colon_sets_out_terms() -> None:
    text = "The arbiter handed both sides a proposal: a pay rise of 4 percent and no redundancies until 2028."
    p = only(text, HARBOUR)
    assert p.proposer == "Arbiter"
    assert {"pay", "job-security"} <= {t.issue for t in p.terms}


def test_issues_before_the_noun_are_terms() -> None:
    p = only("Members are to vote on the firms' pension and overtime offer.", HARBOUR)
    assert p.proposer == "Portmasters"
    assert {t.issue for t in p.terms} == {"pensions", "hours"}


@pytest.mark.parametrize(
    ("after", "status"),
    [
        ("Tarvia rejected the offer.", "rejected"),
        ("Tarvia accepted the offer.", "accepted"),
        ("Tarvia is studying the offer.", "under-review"),
        ("Selland hopes for a reply by Friday.", "under-review"),
        ("The offer has since expired.", "tabled"),
        ("It rained in the hills.", "tabled"),
    ],
)
def test_status_by_what_follows(after: str, status: str) -> None:
    first = proposals(f"Norland offered to free 40 prisoners in exchange for a ceasefire of 30 days. {after}", PASSES)[
        0
    ]
    assert first.status == status


def test_a_mediators_deal_is_accepted_once_all_have() -> None:
    one = only(
        "Norland has tentatively approved a deal on a ceasefire of 30 days and the release of 40 prisoners.", PASSES
    )
    assert (one.proposer, one.status) == (None, "under-review")


def test_a_counter_proposal_answers() -> None:
    text = (
        "Norland offered to free 40 prisoners in exchange for a ceasefire of 30 days. "
        "Tarvia answered with a counter-proposal. "
        "It offered a ceasefire of 60 days in return for the release of 90 prisoners."
    )
    first, second = proposals(text, PASSES)
    assert (first.status, second.answers, second.counters) == ("countered", first.id, True)


def test_who_replies_is_kept() -> None:
    text = "Norland offered to free 40 prisoners in exchange for a ceasefire of 30 days. Tarvia rejected the offer."
    case = PASSES
    reading = read(Report(digest(text)[:12], "test", text, digest(text)), case)
    (reply,) = reading.proposals[0].replies
    assert next(m for m in reading.moves if m.id == reply).act == "rejects"


def test_phase_duration_deadline_and_guarantee_of_terms() -> None:
    text = (
        "Norland has tabled a plan for a ceasefire of 30 days, guaranteed by Selland, and would free 40 prisoners"
        " within 14 days in its first phase."
    )
    terms = {t.issue: t for t in only(text, PASSES).terms}
    freed, pause = terms["detainee-release"], terms["ceasefire"]
    assert freed.deadline == text_span(text, "within 14 days")
    assert (freed.phase, freed.duration, freed.guarantee) == ("first phase", None, None)
    assert pause.guarantee == text_span(text, "guaranteed by Selland")
    assert (pause.duration, pause.deadline) == (Quantity(30, 30, "days"), None)


def test_swapping_the_sides_swaps_them_and_nothing_else() -> None:
    text = "Norland offered to free 40 prisoners in exchange for a ceasefire of 30 days. Tarvia rejected the offer."
    swapped = text.replace("Norland", "N").replace("Tarvia", "Norland").replace("N ", "Tarvia ", 1)
    one, other = only(text, PASSES), only(swapped, PASSES)
    names = {"Norland": "Tarvia", "Tarvia": "Norland", None: None}
    assert names[one.proposer] == other.proposer
    assert [(names[t.giver], t.issue, t.quantity) for t in one.terms] == [
        (t.giver, t.issue, t.quantity) for t in other.terms
    ]
    assert one.status == other.status
