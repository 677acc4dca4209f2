"""PLOVER acts: the type of a predicate, what modality makes of it, and who acts on whom."""

from __future__ import annotations

import pytest

from onthetable.case import Case
from onthetable.model import Report
from onthetable.spans.find import find_spans
from onthetable.terms.plover import Act, find_acts
from onthetable.text import digest


def acts(text: str) -> tuple[Act, ...]:
    report = Report(digest(text)[:12], "test", text, digest(text))
    found = find_acts(report, find_spans(report, Case(open=True)), ())
    for a in found:
        assert text[a.span.start : a.span.end] == a.span.text
    return found


@pytest.mark.parametrize(
    ("text", "plover"),
    [
        ("Norway and Chile agreed to share the water of the lake.", "AGREE"),
        ("Norway promised to reopen the port.", "AGREE"),
        ("Norway said it would visit Chile in May.", "AGREE"),
        ("Norway is prepared to release the crew.", "AGREE"),
        ("Norway hosted the Chilean delegation in Oslo on Friday.", "CONSULT"),
        ("Norway held talks with Chile on Friday.", "CONSULT"),
        ("Norway praised Chile for its restraint.", "SUPPORT"),
        ("Norway extradited two suspects to Chile.", "COOPERATE"),
        ("Norway donated four ambulances to Chile.", "AID"),
        ("Norway lifted the curfew on Monday.", "YIELD"),
        ("Norway freed nine sailors on Monday.", "YIELD"),
        ("The rebels declared a ceasefire on Monday.", "YIELD"),
        ("Norway accused Chile of dumping steel.", "ACCUSE"),
        ("Norway opened an investigation into Chile's exports.", "ACCUSE"),
        ("Norway demanded that Chile withdraw its fleet.", "REQUEST"),
        ("Norway called for sanctions against Chile.", "REQUEST"),
        ("Norway said that Chile must reopen the port.", "REQUEST"),
        ("Norway rejected the Chilean offer.", "REJECT"),
        ("Norway refused to meet Chile.", "REJECT"),
        ("Norway did not release the crew.", "REJECT"),
        ("The two sides failed to reach an agreement on Friday.", "REJECT"),
        ("Norway will not lift the curfew.", "REJECT"),
        ("Norway threatened to expel two diplomats.", "THREATEN"),
        ("Norway said it would expel two diplomats.", "THREATEN"),
        ("Norway said it would withdraw its envoy unless Chile reopened the port.", "THREATEN"),
        ("Thousands of nurses marched in Oslo against the cuts.", "PROTEST"),
        ("Farmers blocked the highway on Monday.", "PROTEST"),
        ("Norway deployed troops along the border.", "MOBILIZE"),
        ("Norway recalled its ambassador from Chile.", "SANCTION"),
        ("Norway imposed tariffs on Chilean copper.", "SANCTION"),
        ("Norway expelled two Chilean diplomats.", "SANCTION"),
        ("Norwegian police arrested six activists.", "COERCE"),
        ("Norway imposed a curfew in Oslo.", "COERCE"),
        ("Rebels shelled the port of Oslo, killing four.", "ASSAULT"),
    ],
)
def test_types(text: str, plover: str) -> None:
    found = acts(text)
    assert found
    assert found[0].plover == plover


COOPERATIVE = {"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "YIELD"}


@pytest.mark.parametrize(
    "text",
    [
        "Norway refused to accept the deal.",
        "Norway has declined to lift the embargo.",
        "Norway is unwilling to release the crew.",
        "Norway will never sign the accord.",
        "Norway did not agree to the deal.",
        "Norway ruled out talks with Chile.",
        "Norway turned down an offer to mediate.",
        "Norway vetoed the resolution.",
    ],
)
def test_a_rejection_is_never_cooperation(text: str) -> None:
    assert {a.plover for a in acts(text)} == {"REJECT"}


def test_what_is_only_supposed_is_no_act() -> None:
    assert [a.plover for a in acts("Norway will lift the embargo if Chile frees the crew.")] == ["AGREE"]


def test_source_target_and_condition() -> None:
    (one,) = acts("Norway will lift the embargo on Chile if the crew goes home.")
    assert one.source == "Norway"
    assert one.target is not None
    assert "Chile" in one.target
    assert one.condition is not None
    assert one.condition.text.startswith("if")


def test_a_passive_has_its_agent_as_source() -> None:
    (one,) = acts("The port was shelled by Norwegian rebels.")
    assert (one.source, one.target) == ("Norwegian rebels", "The port")


def test_who_says_that_another_must_is_the_source() -> None:
    (one,) = acts("Norway said that Chile must reopen the port.")
    assert (one.source, one.target) == ("Norway", "Chile")
