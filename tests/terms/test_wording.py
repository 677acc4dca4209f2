"""What a report calls things in its own words; what others are quoted with is not its wording."""

from __future__ import annotations

from collections import Counter

import pytest

from onthetable.case import Case, Party, pack
from onthetable.model import Report, Wording
from onthetable.spans.find import find_spans
from onthetable.terms.wording import find_wordings
from onthetable.text import digest

PEACE = Case(
    packs=(pack("peace"),),
    parties=(Party("Ambria"), Party("Kelt Front", aliases=("the Front", "the gunmen", "the resistance of Kelt"))),
)
LABOUR = Case(packs=(pack("labour"),), parties=(Party("Tramway Company"), Party("Conductors' Union")))


def wordings(text: str, case: Case = PEACE) -> tuple[Wording, ...]:
    sha = digest(text)
    report = Report(sha[:12], "-", text, sha)
    found = find_wordings(report, find_spans(report, case), case)
    assert all(text[w.span.start : w.span.end] == w.span.text for w in found)
    return found


def terms(text: str, referent: str, case: Case = PEACE) -> Counter[str]:
    return Counter(w.term for w in wordings(text, case) if w.referent == referent)


@pytest.mark.parametrize(
    ("text", "referent", "term"),
    [
        ("Ambria wants its hostages back.", "people held", "hostage"),
        ("The Front will return two prisoners of war.", "people held", "prisoner of war"),
        ("They buried the martyrs on Monday.", "the dead", "martyr"),
        ("The military operation began in May.", "the fighting", "military operation"),
        ("A cease-fire was near, both sides said.", "the halt", "cease-fire"),
        ("The occupation troops left the square.", "the army", "occupation troop"),
        ("Ambria sent a counter-proposal overnight.", "the proposal", "counter-proposal"),
        ("The gunmen refused to answer.", "Kelt Front", "gunmen"),
        ("Ambria refused to answer.", "Ambria", "Ambria"),
    ],
)
def test_each_referent_has_the_term_of_the_report(text: str, referent: str, term: str) -> None:
    assert terms(text, referent) == {term: 1}


def test_the_longest_phrase_is_the_term() -> None:
    assert terms("Ambria freed a political prisoner and a prisoner.", "people held") == {
        "political prisoner": 1,
        "prisoner": 1,
    }


@pytest.mark.parametrize("marks", ['""', "“”", "«»"])
def test_words_in_quotation_marks_are_not_the_wording_of_the_outlet(marks: str) -> None:
    text = f"The minister said: {marks[0]}These terrorists took our hostages.{marks[1]} The captives were seen in Kelt."
    assert terms(text, "people held") == {"captive": 1}
    assert not terms(text, "fighters")


def test_a_verb_is_no_term() -> None:
    assert not terms("Ambria plans to offer more.", "the proposal")


def test_referents_are_those_of_the_kind_of_talks() -> None:
    text = "The strike at the tramways began at noon, and the walkout goes on."
    assert terms(text, "the stoppage", LABOUR) == {"strike": 1, "walkout": 1}
    assert not terms(text, "the stoppage", PEACE)
    assert terms(text, "the stoppage", Case()) == {"strike": 1, "walkout": 1}


def test_officials_are_no_wording_for_their_party() -> None:
    assert not terms("An Ambrian official spoke. His deputy listened.", "Ambria")


def test_renaming_a_party_renames_its_wording_and_nothing_else() -> None:
    text = "Ambria wants its hostages back. The Front mocked the offer and Ambria."
    renamed = text.replace("Ambria", "Ostria")
    case = Case(packs=PEACE.packs, parties=(Party("Ostria"), PEACE.parties[1]))
    there = [(w.referent, w.term, w.span.start) for w in wordings(text)]
    here = [
        (w.referent.replace("Ostria", "Ambria"), w.term.replace("Ostria", "Ambria"), w.span.start)
        for w in wordings(renamed, case)
    ]
    assert here == there
    assert there


def test_capitals_of_a_dateline_make_no_other_term() -> None:
    assert terms("AMBRIA, May 3 - The offer is dead. Ambria buried it.", "Ambria") == {"Ambria": 2}
    assert terms("KELTU struck. Nobody asked KELTU.", "KELTU", Case(parties=(Party("KELTU"),))) == {"KELTU": 2}


def test_long_text_takes_no_longer_than_its_length() -> None:
    text = "The hostages and the captives of the war were seen by the army. " * 100
    assert len(wordings(text)) == 4 * 100
