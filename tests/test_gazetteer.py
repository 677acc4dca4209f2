import pytest

from onthetable.gazetteer import adjective_of, countries, country


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Norwegian", "Norway"),
        ("the Kremlin", "Russia"),
        ("Lisbon", "Portugal"),
        ("Swedes", "Sweden"),
        ("UK", "United Kingdom"),
    ],
)
def test_names_adjectives_capitals_and_bodies_lead_to_their_state(words: str, name: str) -> None:
    found = country(words)
    assert found is not None
    assert found.name == name


def test_what_is_no_state_is_none() -> None:
    assert country("Morvenia") is None


def test_no_word_belongs_to_two_states_as_a_name() -> None:
    names = [n for c in countries() for n in (c.name, *c.names)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("word", "place"),
    [
        ("Morvenian", "Morvenia"),
        ("Tarni", "Tarna"),
        ("Ostians", "Ostia"),
        ("Kelmarese", "Kelmar"),
        ("Lusani", "Lusane"),
    ],
)
def test_adjectives_are_known_by_their_form(word: str, place: str) -> None:
    assert adjective_of(word, place)


@pytest.mark.parametrize(
    ("word", "place"),
    [("morvenian", "Morvenia"), ("Mortal", "Morvenia"), ("Morvenia", "Morvenia"), ("Reeds", "Reed Front")],
)
def test_other_words_are_not(word: str, place: str) -> None:
    assert not adjective_of(word, place)
