"""A case from the reports themselves."""

from itertools import permutations

from conftest import report_of
from onthetable.case import Case
from onthetable.drafting import draft
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


def test_the_order_of_reports_makes_no_difference() -> None:
    assert len({drafted(*p) for p in permutations((ONE, TWO, STRIKE))}) == 1


def test_a_plural_possessive_is_part_of_a_name() -> None:
    case = drafted(
        "The Weavers' Union rejected the offer of Ardent Aggregates on Monday. Ardent Aggregates refused to raise it. "
        "The Weavers' Union threatened to strike."
    )
    assert "Weavers' Union" in {p.name for p in case.parties}


def test_nothing_to_find_gives_a_case_without_parties() -> None:
    assert drafted("Rain fell on the coast all day.").parties == ()
