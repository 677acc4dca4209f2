"""Who a word refers to, and for whom that speaks."""

import pytest
from tests.conftest import spans_of

from onthetable.case import Case


def parties(text: str, case: Case) -> dict[str, str | None]:
    spans = spans_of(text, case)
    return {m.span.text: spans.actors[m.actor].party for m in spans.mentions}


def names(text: str, case: Case) -> dict[str, str]:
    spans = spans_of(text, case)
    return {m.span.text: spans.actors[m.actor].name for m in spans.mentions}


@pytest.mark.parametrize(
    ("text", "words", "party"),
    [
        ("Morvenia refused.", "Morvenia", "Morvenia"),
        ("A Morvenian official refused.", "A Morvenian official", "Morvenia"),
        ("Castra refused to comment.", "Castra", "Morvenia"),
        ("Officials in Castra refused to comment.", "Officials", "Morvenia"),
        ("The Reed Front's negotiators left.", "The Reed Front's negotiators", "Reed Front"),
        ("Sula Bek left early.", "Sula Bek", "Reed Front"),
        ("Bek left early.", "Bek", "Reed Front"),
        ("Tarnland's envoy, Joren Vick, flew in.", "Joren Vick", "Tarnland"),
        ("The foreign minister of Morvenia resigned.", "The foreign minister", "Morvenia"),
        ("An Ostian diplomat carried the note.", "An Ostian diplomat", "Ostia"),
        ("A Morvenian historian doubted it.", "A Morvenian historian", None),
        ("A Castra hairdresser doubted it.", "Castra", "Morvenia"),
    ],
)
def test_words_lead_to_the_party_they_speak_for(valley: Case, text: str, words: str, party: str | None) -> None:
    assert parties(text, valley)[words] == party


@pytest.mark.parametrize(
    ("text", "words", "party"),
    [
        ("The Reed Front met on Monday. The group wants a truce.", "The group", "Reed Front"),
        ("The Reed Front met on Monday. The movement wants a truce.", "The movement", "Reed Front"),
        ("Morvenia met the Reed Front. The government left early.", "The government", "Morvenia"),
        ("Morvenia offered a truce. It wants an answer by Friday.", "It", "Morvenia"),
        ("Sula Bek spoke to reporters. She said that the road was closed.", "She", "Reed Front"),
        ("The Reed Front met on Monday. A rights group wants a truce.", "A rights group", None),
    ],
)
def test_what_refers_back_finds_its_party(valley: Case, text: str, words: str, party: str | None) -> None:
    assert parties(text, valley)[words] == party


def test_a_surname_and_a_role_lead_to_the_full_name(valley: Case) -> None:
    found = names("Morvenian minister Tessa Brandt arrived on Friday. Brandt was tired. The minister slept.", valley)
    assert found["Brandt"] == found["The minister"] == "Tessa Brandt"


def test_both_sides_are_all_principals(valley: Case) -> None:
    spans = spans_of("Both sides agreed to meet.", valley)
    assert spans.actors[spans.mentions[0].actor].members == ("Morvenia", "Reed Front")


def test_roles_lead_to_the_party_of_their_sort(foundry: Case) -> None:
    text = "Kestrel Foundries met the Moulders' Union. The union wants more; the employers refused."
    found = parties(text, foundry)
    assert found["The union"] == "Moulders' Union"
    assert found["the employers"] == "Kestrel Foundries"


def test_it_is_nobody_where_it_stands_for_a_clause(valley: Case) -> None:
    assert "It" not in names("Morvenia left. It is unclear whether talks will resume.", valley)


def test_small_words_are_not_initials(valley: Case) -> None:
    assert "us" not in parties("They told us nothing.", valley)


def test_days_and_months_are_no_actors(valley: Case) -> None:
    assert not {"Monday", "May"} & set(names("They met on Monday and in May.", valley))
