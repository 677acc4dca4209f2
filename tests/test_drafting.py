"""A case from the reports themselves."""

from itertools import permutations

import pytest
from tests.conftest import report_of

from onthetable.case import Case
from onthetable.drafting import draft
from onthetable.drafting.forms import people_in
from onthetable.spans.nlp import parse

ONE = """Morvenia on Monday rejected a demand by the Reed Front that its army leave the Sill valley.
The Reed Front had offered to free nine captives in exchange for a truce. Morvenia demanded the release of all captives.
Tarnland's envoy, Joren Vick, who mediates between the two, said talks would resume. Morvenian negotiators accepted."""
TWO = """The Reed Front agreed on Friday to a week-long truce that Tarnland had brokered.
Morvenia accepted the truce but refused to withdraw. The Reed Front insists on a withdrawal of the army.
Tarnlander diplomats mediated until midnight. Morvenia and the Reed Front met
in the presence of Tarnland's mediators."""
STRIKE = """The Quarry and Stone Workers' Guild (QSWG) rejected a pay offer by Ardent Aggregates (AA) on Monday.
QSWG demanded a pay rise of nine per cent. AA offered four per cent. QSWG threatened to strike.
AA refused to raise its offer."""


def drafted(*texts: str) -> Case:
    return draft([parse(report_of(t)) for t in texts])


def test_principals_mediators_people_and_pack_are_found() -> None:
    case = drafted(ONE, TWO)
    roles = {p.name: p.role for p in case.parties}
    assert roles == {"Morvenia": "principal", "Reed Front": "principal", "Tarnland": "mediator"}
    assert case.party("Tarnland").people == ("Joren Vick",)  # type: ignore[union-attr]
    assert [p.id for p in case.packs] == ["peace"]
    assert case.drafted


def test_a_short_form_that_a_report_explains_is_the_same_party() -> None:
    case = drafted(STRIKE)
    assert {p.name for p in case.parties} == {"QSWG", "AA"}
    assert "Quarry and Stone Workers' Guild" in case.party("QSWG").aliases  # type: ignore[union-attr]
    assert [p.id for p in case.packs] == ["labour"]


def test_a_place_whose_adjective_is_in_use_is_no_person() -> None:
    trees = [parse(report_of(t)) for t in ("Mr Vick met Mr Selm.", "Mr Selm spoke of a Vickian tariff.")]
    assert people_in(trees) == {"Selm"}


def test_the_order_of_reports_makes_no_difference() -> None:
    assert len({drafted(*p) for p in permutations((ONE, TWO, STRIKE))}) == 1


def test_a_plural_possessive_is_part_of_a_name() -> None:
    case = drafted(
        "The Weavers' Union rejected the offer of Ardent Aggregates on Monday. Ardent Aggregates refused to raise it. "
        "The Weavers' Union threatened to strike."
    )
    assert "Weavers' Union" in {p.name for p in case.parties}


PEACE = """Morvenia rejected a demand by the Reed Front on Monday. The Reed Front threatened to leave the talks.
Morvenia offered a truce. The Reed Front demanded a withdrawal. Morvenia refused to withdraw."""
LABOUR = """The Weavers' Union rejected the offer of Ardent Aggregates on Monday. Ardent Aggregates refused to raise it.
The Weavers' Union threatened to strike. Ardent Aggregates demanded an end of the ban."""


@pytest.mark.parametrize(
    ("base", "name", "sentence"),
    [
        (PEACE, "Tarnland", "The talks, hosted by the foreign ministry of Tarnland, go on."),
        (PEACE, "Tarnland", "Tarnland's foreign ministry is hosting the talks in Castra."),
        (PEACE, "Tarnland", "Talks under the auspices of Tarnland resume on Friday."),
        (PEACE, "Tarnland", "The truce mediated by Tarnland held."),
        (PEACE, "Tarnland", "The Tarnland-brokered truce held for a week."),
        (PEACE, "Tarnland", "Jon Vik, who chairs the talks for Tarnland, said nothing."),
        (PEACE, "Tarnland", "Both delegations thanked Tarnland for hosting the talks."),
        (
            PEACE,
            "United Nations",
            "The UN envoy, Olav Berg, urged both sides to return. The UN envoy said talks go on.",
        ),
        (PEACE, "United Nations", "Talks under United Nations auspices resume on Friday."),
        (
            LABOUR,
            "Conciliation Board",
            "The Conciliation Board called both sides in. The Conciliation Board proposed rest.",
        ),
        (LABOUR, "Regional Conciliation Board", "Talks at the Regional Conciliation Board went on until midnight."),
        (LABOUR, "Ministry of Labour", "The Ministry of Labour is hosting the talks."),
        (
            LABOUR,
            "National Mediation Service",
            "Talks resumed at the National Mediation Service, which made a proposal.",
        ),
    ],
)
def test_who_stands_between_the_parties_is_a_mediator(base: str, name: str, sentence: str) -> None:
    case = drafted(f"{base}\n\n{sentence}")
    assert [p.name for p in case.parties if p.role == "mediator"] == [name]
    assert len([p for p in case.parties if p.role == "principal"]) == 2


def test_whoever_is_hosted_is_no_mediator() -> None:
    roles = {p.name: p.role for p in drafted(f"{PEACE}\n\nTarnland hosted talks for Morvenia on Friday.").parties}
    assert roles["Morvenia"] == "principal"


@pytest.mark.parametrize(
    "sentence",
    [
        "In an interview with the Lantern, the chief of the firm said no. The Lantern demanded a deal. The Lantern "
        "offered to print both letters.",
        "The Lantern's editorial was short. The Lantern demanded a deal. The Lantern rejected the ban.",
    ],
)
def test_a_newspaper_is_no_party(sentence: str) -> None:
    assert {p.name for p in drafted(f"{LABOUR}\n\n{sentence}").parties} == {"Ardent Aggregates", "Weavers' Union"}


@pytest.mark.parametrize(("called", "name"), [("Agrarian Party", "Agrarian Party"), ("Agrarians", "Agrarians")])
def test_a_party_has_its_long_name_or_that_of_its_members(called: str, name: str) -> None:
    case = drafted(
        f"The Agrarians rejected the levy on Monday. The Civic Bloc offered four ministries. The {called} demanded a "
        "fifth. The Agrarian delegation left. The Civic Bloc refused. The Agrarians threatened to quit."
    )
    assert {p.name for p in case.parties} == {name, "Civic Bloc"}


def test_nothing_to_find_gives_a_case_without_parties() -> None:
    assert drafted("Rain fell on the coast all day.").parties == ()


TRADE = """Velmara rejected a demand by Corvenia on Monday that it cut its tariffs on steel.
Officials in Orlan, the Velmaran capital, said Corvenia must lift its own tariffs first.
Orlan accused Corvenia of delay. Corvenia offered to cut its tariffs on glass. Velmara demanded a quota."""


def test_a_capital_speaks_for_its_state_and_is_no_party() -> None:
    case = drafted(TRADE)
    assert {p.name: p.places for p in case.parties} == {"Corvenia": (), "Velmara": ("Orlan",)}


def test_a_town_of_a_dateline_is_the_side_that_it_never_acts_against() -> None:
    case = drafted(
        "HASKEL, May 4 (Harbour Press) - Corvenia rejected the tariffs of Velmara on Monday. Haskel accused Velmara of "
        "delay. Velmara demanded a quota. Corvenia offered to cut its tariffs on glass. Velmara refused."
    )
    assert {p.name: p.places for p in case.parties} == {"Corvenia": ("Haskel",), "Velmara": ()}


def test_a_ministry_that_employs_is_a_party_by_all_its_forms() -> None:
    case = drafted(
        "The Midwives' Guild rejected a pay offer of 4 per cent from the health ministry on Monday.\n"
        "Health Minister Ines Vahl said that the Ministry of Health would not raise its pay offer. "
        "The Midwives' Guild demanded a pay rise of 9 per cent. The health ministry offered talks."
    )
    ministry = next(p for p in case.parties if "Health" in p.name)
    assert {"Health Ministry", "Ministry of Health"} <= {ministry.name, *ministry.aliases}
    assert ministry.people == ("Ines Vahl",)


def test_a_foreign_ministry_is_no_party_in_talks_between_states() -> None:
    case = drafted(TRADE + "\nThe Ministry of Finance said that tariffs would stay.")
    assert {p.name for p in case.parties} == {"Corvenia", "Velmara"}


def test_the_whole_name_of_a_union_stands_before_the_possessive() -> None:
    case = drafted(
        "The Lower Weavers' Union rejected the pay offer of Ardent Aggregates on Monday. Ardent Aggregates refused to "
        "raise it. The Lower Weavers' Union threatened to strike."
    )
    union = next(p for p in case.parties if "Union" in p.name)
    assert union.name == "Lower Weavers' Union"
    assert "Weavers' Union" in union.aliases


def test_letters_that_a_long_name_spells_out_are_its_short_form() -> None:
    case = drafted(
        "The Association of Quarry Masons rejected the pay offer of Ardent Aggregates on Monday. Ardent Aggregates "
        "refused to raise it. The AQM threatened to strike. The AQM demanded a pay rise."
    )
    assert case.party("AQM") is not None
    assert "Association of Quarry Masons" in case.party("AQM").aliases  # type: ignore[union-attr]


def test_an_office_that_one_side_alone_has_makes_people_its_own() -> None:
    case = drafted(LABOUR + "\nPersonnel director Sofia Brandt said that the pay offer stood.")
    assert case.party("Ardent Aggregates").people == ("Sofia Brandt",)  # type: ignore[union-attr]


def test_a_minister_is_of_the_state_that_she_speaks_for() -> None:
    case = drafted(TRADE + "\nCorvenia would keep its tariffs, Trade Minister Sofia Brandt said.")
    assert case.party("Corvenia").people == ("Sofia Brandt",)  # type: ignore[union-attr]


def test_a_short_form_of_the_state_names_it() -> None:
    case = drafted(TRADE + "\nThe Sultanate of Omra, which hosts the talks, urged both sides to meet. Omra hosts them.")
    assert "Sultanate" not in {p.name for p in case.parties}


PUSHED = "Kestrand proposed on Monday that the Reed Front free five captives. Kestrand urged Morvenia to accept."
BROKERED = "Morvenia rejected the truce on Monday. Kestrand had brokered it in May."


@pytest.mark.parametrize(("last", "role"), [(BROKERED, "mediator"), (PUSHED, "principal")])
def test_who_brokers_once_and_stands_far_behind_the_two_is_a_mediator(last: str, role: str) -> None:
    case = drafted(ONE, TWO, PEACE, PEACE, f"{PEACE} {PUSHED}", last)
    assert {p.name: p.role for p in case.parties}["Kestrand"] == role
