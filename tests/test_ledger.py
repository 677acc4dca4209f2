from datetime import date
from itertools import permutations

import pytest
from tests.talks import CASE, days, make_ledger, make_move, make_reading, make_report, make_statement, make_talks

from onthetable.case import Case, Party, pack
from onthetable.model import Act, Interval, Position, Quantity, Reading, Report, Tie

MARCH = [days(f"2026-03-{d:02}") for d in range(1, 20)]


def report(n: int, outlet: str | None = None) -> Report:
    return make_report(f"Report number {n}, which says this and that.", f"{n}.txt", outlet)


def reading(n: int, *acts: Act, party: str = "Norland") -> Reading:
    r = report(n)
    return make_reading(r, *(make_move(r, k, party, act) for k, act in enumerate(acts, 1)))


def only(positions: tuple[Position, ...]) -> Position:
    (position,) = positions
    return position


def test_the_latest_report_decides() -> None:
    ledger = make_ledger((reading(1, "demands"), MARCH[0]), (reading(2, "accepts"), MARCH[5]))
    position = only(ledger.positions())
    assert (position.stance, position.since, position.moved) == ("accepts", MARCH[5], True)
    assert [s.act for s in position.history] == ["demands", "accepts"]


def test_a_day_hides_what_came_later() -> None:
    ledger = make_ledger((reading(1, "demands"), MARCH[0]), (reading(2, "accepts"), MARCH[5]))
    assert only(ledger.positions(date(2026, 3, 4))).stance == "demands"
    assert not ledger.positions(date(2026, 2, 1))


def test_a_report_counts_once_it_is_certain_to_have_been_published() -> None:
    ledger = make_ledger((reading(1, "demands"), days("2026-03-04", "2026-03-20")))
    assert not ledger.positions(date(2026, 3, 19))
    assert ledger.positions(date(2026, 3, 20))


def test_an_undated_report_is_older_than_a_dated_one() -> None:
    ledger = make_ledger((reading(1, "accepts"), None), (reading(2, "rejects"), MARCH[0]))
    assert only(ledger.positions()).stance == "rejects"


def test_a_repeated_stance_keeps_its_first_day() -> None:
    ledger = make_ledger(*((reading(n, "demands"), MARCH[n]) for n in range(3)))
    position = only(ledger.positions())
    assert (position.since, position.last_reported, position.moved) == (MARCH[0], MARCH[2], False)
    assert len(position.moves) == 3


@pytest.mark.parametrize(
    ("acts", "stance"),
    [
        (("demands", "rejects"), "rejects"),
        (("considers", "demands"), "demands"),
        (("offers", "accepts"), "accepts"),
        (("threatens", "concedes"), "concedes"),
    ],
)
def test_within_a_report_the_firmer_act_decides_and_the_rest_is_kept(acts: tuple[Act, ...], stance: Act) -> None:
    position = only(make_ledger((reading(1, *acts), MARCH[0])).positions())
    assert position.stance == stance
    assert len(position.also) == 1


def test_unhedged_goes_before_hedged_and_now_before_planned() -> None:
    r = report(1)
    moves = (
        make_move(r, 1, "Norland", "accepts", hedge=True),
        make_move(r, 2, "Norland", "delivers", when="planned"),
        make_move(r, 3, "Norland", "demands"),
    )
    assert only(make_ledger((make_reading(r, *moves), MARCH[0])).positions()).stance == "demands"
    position = only(make_ledger((make_reading(r, moves[1]), MARCH[0])).positions())
    assert position.planned


def test_a_partys_own_word_goes_before_anothers() -> None:
    r = make_report("Sudmark says Norland accepted it. Norland says it rejects it.")
    theirs = make_statement(r, 1, "Norland accepted it", "Sudmark", "organisation", "Sudmark")
    own = make_statement(r, 2, "it rejects it", "Norland", "organisation", "Norland")
    moves = (
        make_move(r, 1, "Norland", "accepts", statement=theirs.id),
        make_move(r, 2, "Norland", "rejects", statement=own.id),
    )
    ledger = make_ledger((make_reading(r, *moves, statements=(theirs, own)), MARCH[0]))
    assert only(ledger.positions()).stance == "rejects"


def test_past_moves_make_history_and_no_position() -> None:
    r = report(1)
    past = make_move(r, 1, "Norland", "delivers", when="past")
    ledger = make_ledger((make_reading(r, past), MARCH[0]))
    assert not ledger.positions()
    assert ledger.history("Norland", "ceasefire") == (past,)
    both = make_ledger((make_reading(r, past, make_move(r, 2, "Norland", "demands")), MARCH[0]))
    position = only(both.positions())
    assert [(s.act, s.past) for s in position.history] == [("delivers", True), ("demands", False)]
    assert not position.moved


def test_meetings_and_denials_are_positions_on_talks_only() -> None:
    r = report(1)
    moves = [make_move(r, n, "Norland", act, issue) for n, (act, issue) in enumerate(
        [("meets", "talks"), ("denies", "withdrawal"), ("accuses", "talks"), ("meets", "ceasefire")], 1)]  # fmt: skip
    positions = make_ledger((make_reading(r, *moves), MARCH[0])).positions()
    assert [(p.issue, p.stance) for p in positions] == [("talks", "meets")]


def test_a_move_without_a_giver_goes_with_the_only_giver_named() -> None:
    one, two = report(1), report(2)
    named = make_move(one, 1, "Norland", "demands", giver="Sudmark")
    unnamed = make_move(two, 1, "Norland", "demands")
    ledger = make_ledger((make_reading(one, named), MARCH[0]), (make_reading(two, unnamed), MARCH[1]))
    assert only(ledger.positions()).giver == "Sudmark"
    other = make_move(two, 2, "Norland", "offers", giver="Norland")
    ledger = make_ledger((make_reading(one, named), MARCH[0]), (make_reading(two, unnamed, other), MARCH[1]))
    assert {p.giver for p in ledger.positions()} == {"Sudmark", "Norland", None}


def test_another_quantity_is_a_move_and_silence_on_it_is_none() -> None:
    readings = []
    for n, weeks in enumerate((6, None, 8)):
        r = report(n)
        quantity = Quantity(weeks, weeks, "weeks") if weeks else None
        readings.append((make_reading(r, make_move(r, 1, "Norland", "offers", quantity=quantity)), MARCH[n]))
    position = only(make_ledger(*readings).positions())
    assert [s.quantity and s.quantity.low for s in position.history] == [6, 8]
    assert position.since == MARCH[2]


def test_a_late_copy_is_as_old_as_its_story() -> None:
    original, newer, copy = reading(1, "demands"), reading(2, "accepts"), reading(3, "demands")
    dated = ((original, MARCH[0]), (newer, MARCH[3]), (copy, MARCH[9]))
    assert only(make_ledger(*dated).positions()).stance == "demands"
    families = ((original.report.id, copy.report.id),)
    assert only(make_ledger(*dated, families=families).positions()).stance == "accepts"


def test_reports_of_one_day_are_weighed_together_whatever_their_ids() -> None:
    for first, second in permutations((1, 2)):
        ledger = make_ledger((reading(first, "rejects"), MARCH[0]), (reading(second, "accepts"), MARCH[0]))
        position = only(ledger.positions())
        assert position.stance == "accepts"
        assert len(position.also) == 1


# --- origins ----------------------------------------------------------------------------------------------


def test_copies_and_shared_origins_count_once() -> None:
    dated = [(reading(n, "demands"), MARCH[0]) for n in range(5)]
    ids = [r.report.id for r, _ in dated]
    assert only(make_ledger(*dated).positions()).origins == 5
    assert only(make_ledger(*dated, families=((ids[0], ids[1]),)).positions()).origins == 4
    origins = {ids[2]: ("Lake Radio",), ids[3]: ("Lake Radio", "Harbour Gazette"), ids[4]: ("Harbour Gazette",)}
    ledger = make_ledger(*dated, origins=origins)
    assert only(ledger.positions()).origins == 3
    assert ledger.independent(only(ledger.positions()).moves)[-1] == "Harbour Gazette"


def test_the_outlet_nearest_to_the_source_is_the_origin() -> None:
    found = []
    for n in (1, 2):
        r = make_report(f"The minister told Lake Radio that Norland insists, report {n}.")
        said = make_statement(r, 1, "Norland insists", "The minister", relay=("Harbour Gazette", "Lake Radio"))
        move = make_move(r, 1, "Norland", "demands", words="Norland insists", statement=said.id)
        found.append((make_reading(r, move, statements=(said,)), MARCH[n]))
    ledger = make_ledger(*found)
    position = only(ledger.positions())
    assert position.origins == 1
    assert ledger.independent(position.moves) == ("Lake Radio",)


@pytest.mark.parametrize(("beginning", "count"), [("According to Lake Radio, ", 1), ("", 2)])
def test_who_is_named_far_down_is_not_the_origin_of_what_stands_above(beginning: str, count: int) -> None:
    found = []
    for n in (1, 2):
        filling = f"The streets of quarter {n} were empty. " * 20
        r = make_report(
            f"{beginning}Norland insists.\n\n{filling}\n\nIt rained, according to Lake Radio.", outlet=f"Post {n}"
        )
        found.append((make_reading(r, make_move(r, 1, "Norland", "demands", words="Norland insists")), MARCH[n]))
    ledger = make_ledger(*found, origins={r.report.id: ("Lake Radio",) for r, _ in found})
    assert only(ledger.positions()).origins == count


def test_a_story_counts_from_the_day_it_is_known_to_be_out_and_not_from_a_guess() -> None:
    dated, copied = reading(1, "offers"), reading(2, "offers")
    guess = Interval(date(2026, 1, 1), date(2026, 9, 30))
    ledger = make_ledger((dated, MARCH[3]), (copied, guess), families=((dated.report.id, copied.report.id),))
    assert only(ledger.positions()).since == MARCH[3]


# --- gaps -------------------------------------------------------------------------------------------------


Held = tuple[str, Act] | tuple[str, Act, str | None] | tuple[str, Act, str | None, Quantity | None]


def gap_state(*held: Held, issue: str = "ceasefire", hedge: bool = False) -> str:
    r = report(1)
    moves = []
    for n, (party, act, *more) in enumerate(held):
        giver, quantity = (*more, None, None)[:2]
        moves.append(make_move(r, n, party, act, issue, giver=giver, quantity=quantity, hedge=hedge))
    gaps = {g.issue: g.state for g in make_ledger((make_reading(r, *moves), MARCH[0])).gaps()}
    return gaps[issue]


SIX, EIGHT = Quantity(6, 6, "weeks"), Quantity(8, 8, "weeks")


@pytest.mark.parametrize(
    ("held", "state"),
    [
        ([("Norland", "accepts"), ("Sudmark", "offers")], "agreed"),
        ([("Norland", "accepts"), ("Sudmark", "concedes")], "agreed"),
        ([("Norland", "accepts", "Norland"), ("Sudmark", "demands", "Norland")], "agreed"),
        ([("Norland", "accepts", "Sudmark"), ("Sudmark", "demands", "Norland")], "contested"),
        ([("Norland", "accepts", None, SIX), ("Sudmark", "offers", None, EIGHT)], "contested"),
        ([("Norland", "offers"), ("Sudmark", "offers")], "contested"),
        ([("Norland", "accepts"), ("Sudmark", "considers")], "contested"),
        ([("Norland", "accepts"), ("Sudmark", "rejects")], "contested"),
        ([("Norland", "demands")], "one-sided"),
        ([("Norland", "demands"), ("Ostia", "demands")], "one-sided"),
    ],
)
def test_states_of_a_gap(held: list[Held], state: str) -> None:
    assert gap_state(*held) == state


def test_talks_are_agreed_where_all_meet() -> None:
    assert gap_state(("Norland", "meets"), ("Sudmark", "meets"), issue="talks") == "agreed"
    assert gap_state(("Norland", "meets"), ("Sudmark", "rejects"), issue="talks") == "contested"


def test_a_hedged_acceptance_is_no_agreement() -> None:
    assert gap_state(("Norland", "accepts"), ("Sudmark", "offers"), hedge=True) == "contested"


def test_what_one_side_says_the_other_accepted_is_no_agreement() -> None:
    r = make_report("Sudmark says Norland accepted it, and that Sudmark offers it.")
    said = make_statement(r, 1, "Norland accepted it", "Sudmark", "organisation", "Sudmark")
    moves = (
        make_move(r, 1, "Norland", "accepts", statement=said.id),
        make_move(r, 2, "Sudmark", "offers"),
    )
    gaps = make_ledger((make_reading(r, *moves, statements=(said,)), MARCH[0])).gaps()
    assert {g.issue: g.state for g in gaps}["ceasefire"] == "contested"


def test_every_issue_of_the_pack_is_there_and_silence_is_not_agreement() -> None:
    gaps = make_ledger((reading(1, "demands"), MARCH[0])).gaps()
    assert [g.issue for g in gaps] == [i.id for i in pack("peace").issues]
    assert {g.state for g in gaps if not g.positions} == {"not reported"}


def test_issues_outside_the_packs_are_kept() -> None:
    r = report(1)
    ledger = make_ledger((make_reading(r, make_move(r, 1, "Norland", "demands", "other:fish-quota")), MARCH[0]))
    assert ledger.issues()[-1].label == "fish quota"
    assert ledger.gaps()[-1].state == "one-sided"


def words_state(one: str, other: str, second: Act = "accepts") -> str:
    r = make_report(f"{one} {other}")
    moves = (make_move(r, 1, "Norland", "accepts", words=one), make_move(r, 2, "Sudmark", second, words=other))
    return next(g.state for g in make_ledger((make_reading(r, *moves), MARCH[0])).gaps() if g.issue == "ceasefire")


def test_who_accepts_an_end_has_not_agreed_with_who_accepts_that_it_stays() -> None:
    ending = "Norland agreed that the patrol zone is to be abolished."
    assert words_state(ending, "Sudmark agreed that the patrol zone is to be abolished by May.") == "agreed"
    assert words_state(ending, "Sudmark agreed that the patrol zone remains.") == "contested"
    assert words_state(ending, "Sudmark offers that the zone stays.", "offers") == "contested"
    assert words_state(ending, "Sudmark offers a date for the zone.", "offers") == "agreed"
    assert words_state(ending, "Sudmark approved a lull of ten days.") == "contested"


def test_a_denial_is_no_position_even_on_talks() -> None:
    r = report(1)
    assert make_ledger((make_reading(r, make_move(r, 1, "Norland", "denies", "talks")), MARCH[0])).positions() == ()


def test_an_acceptance_without_a_giver_answers_all_that_was_open() -> None:
    one, two = report(1), report(2)
    moves = [make_move(one, n, "Norland", act, giver=g) for n, (act, g) in enumerate(
        [("offers", "Norland"), ("demands", "Sudmark")], 1)]  # fmt: skip
    ledger = make_ledger(
        (make_reading(one, *moves), MARCH[0]), (make_reading(two, make_move(two, 1, "Norland", "accepts")), MARCH[4])
    )
    assert {(p.giver, p.stance) for p in ledger.positions()} == {("Norland", "accepts"), ("Sudmark", "accepts")}


# --- changes ----------------------------------------------------------------------------------------------


def test_changes_between_two_days() -> None:
    ledger = make_ledger(
        (reading(1, "demands", party="Norland"), MARCH[0]),
        (reading(2, "demands", party="Sudmark"), MARCH[0]),
        (reading(3, "offers", party="Ostia"), MARCH[0]),
        (reading(4, "accepts", party="Norland"), MARCH[8]),
        (reading(5, "demands", party="Sudmark"), MARCH[8]),
        (reading(6, "demands", party="Westland"), MARCH[8]),
    )
    found = {c.after.party: c.kind for c in ledger.changes(date(2026, 3, 5), date(2026, 3, 15))}
    assert found == {"Norland": "moved", "Sudmark": "reaffirmed", "Ostia": "not reported", "Westland": "new"}


Said = tuple[str, Act, Quantity | None, str | None]
SEVEN = Quantity(7, 7, "weeks")


EIGHT_WEEKS: Said = ("A lull of eight weeks.", "offers", EIGHT, None)
SIX_WEEKS: Said = ("A lull of six weeks.", "offers", SIX, None)
FIVE_TO_SEVEN: Said = ("Five to seven.", "offers", Quantity(5, 7, "weeks"), None)
BOUND: Said = ("A lull if the boats stay.", "offers", None, "if the boats stay")
FREE: Said = ("A lull.", "offers", None, None)
ASKED: Said = ("A lull at once.", "demands", None, None)


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (EIGHT_WEEKS, SIX_WEEKS, "narrowed"),
        (SIX_WEEKS, EIGHT_WEEKS, "widened"),
        (SIX_WEEKS, FIVE_TO_SEVEN, "changed wording"),
        (BOUND, FREE, "widened"),
        (FREE, BOUND, "narrowed"),
        (ASKED, ("Silence everywhere.", "demands", None, None), "changed wording"),
        (ASKED, ("A lull, and at once.", "demands", None, None), "reaffirmed"),
        (ASKED, ("No more lull.", "concedes", None, None), "dropped"),
        (ASKED, ("A lull for us.", "considers", None, None), "moved"),
    ],
)
def test_kinds_of_change(before: Said, after: Said, kind: str) -> None:
    readings = []
    for n, (text, act, quantity, condition) in enumerate((before, after)):
        r = make_report(text, f"{n}.txt")
        move = make_move(r, 1, "Norland", act, quantity=quantity, condition=condition)
        readings.append((make_reading(r, move), MARCH[8 * n]))
    (found,) = make_ledger(*readings).changes(date(2026, 3, 5), date(2026, 3, 15))
    assert found.kind == kind


# --- the rest ---------------------------------------------------------------------------------------------


def test_any_order_of_readings_gives_the_same_ledger() -> None:
    ledger = make_talks()
    other = type(ledger)(ledger.case, ledger.readings[::-1], ledger.ties)
    assert other == ledger
    for ask in ("positions", "gaps", "timeline", "figures", "series", "sources", "wording", "proposals", "moves"):
        assert getattr(other, ask)() == getattr(ledger, ask)()


def test_the_same_reading_twice_is_one() -> None:
    ledger = make_ledger((reading(1, "demands"), MARCH[0]), (reading(1, "demands"), MARCH[0]))
    assert len(ledger.reports()) == 1


def test_events_stand_on_their_own_day() -> None:
    meeting, statement = make_talks().timeline()
    assert (meeting.date, meeting.published) == (days("2026-03-02"), days("2026-03-03"))
    assert statement.date is None


def test_figures_come_with_their_contradictions() -> None:
    (measure,) = make_talks().figures()
    assert [f.low for f in measure.figures] == [40, 31]
    assert [t.kind for t in measure.contradictions] == ["contradicts"]
    assert not make_talks().figures(date(2026, 3, 4))[0].contradictions


def test_a_series_is_of_one_authority_and_known_as_of_a_day() -> None:
    union, navy = make_talks().series()
    assert (union.authority, [c.figure.low for c in union.counts]) == ("Sailors' Union", [40])
    assert (navy.authority, navy.counts[0].days) == ("its navy", days("2026-03-10", "2026-03-14"))
    assert union.contradictions == navy.contradictions != ()
    assert [s.authority for s in make_talks().series(date(2026, 3, 4))] == ["Sailors' Union"]


def test_anonymous_sources_are_never_joined_and_named_ones_are() -> None:
    readings = []
    for n in (1, 2):
        r = make_report(f"An official said so. Maja Brun said that. Number {n}.")
        said = (
            make_statement(r, 1, "so", "An official", "anonymous"),
            make_statement(r, 2, "that", "Maja Brun"),
        )
        readings.append((make_reading(r, statements=said), MARCH[n]))
    voices = make_ledger(*readings).sources()
    assert [(v.name, len(v.statements)) for v in voices] == [("Maja Brun", 2), ("An official", 1), ("An official", 1)]


def test_an_article_makes_no_other_source() -> None:
    found = []
    for n, who in enumerate(("The Lake Board", "the Lake Board"), 1):
        r = make_report(f"{who} said so. Number {n}.")
        found.append((make_reading(r, statements=(make_statement(r, 1, "so", who, "organisation"),)), MARCH[n]))
    assert [(v.name, len(v.statements)) for v in make_ledger(*found).sources()] == [("The Lake Board", 2)]


def test_a_copy_has_the_origin_of_the_story_that_it_repeats() -> None:
    story, copied = (
        make_report(f"Norland insists. Number {n}.", outlet=o) for n, o in ((1, "Sund Agency"), (2, "Metro"))
    )
    readings = [
        make_reading(r, make_move(r, 1, "Norland", "demands", words="Norland insists")) for r in (story, copied)
    ]
    ledger = make_ledger(*zip(readings, MARCH, strict=False), families=((story.id, copied.id),))
    assert ledger.independent(only(ledger.positions()).moves) == ("Sund Agency",)


def test_wording_by_outlet() -> None:
    assert [(w.outlet, w.terms) for w in make_talks().wording()] == [
        ("Harbour Gazette", (("patrol boats", 1),)),
        (None, (("patrol boats", 1),)),
    ]


def test_renaming_a_party_renames_it_and_changes_nothing_else() -> None:
    def states(a: str, b: str) -> list[tuple[str, str, str]]:
        r = report(1)
        moves = (make_move(r, 1, a, "offers", giver=a), make_move(r, 2, b, "rejects", giver=a))
        case = Case("x", CASE.packs, (Party(a), Party(b)))
        found = make_ledger((make_reading(r, *moves), MARCH[0]), case=case).positions()
        return [(p.party, p.stance, p.giver or "") for p in found]

    swapped = [tuple({"A": "B", "B": "A"}.get(x, x) for x in row) for row in states("A", "B")]
    assert states("B", "A") == swapped


def test_a_contradiction_with_a_report_not_yet_out_is_left_out() -> None:
    one, two = reading(1, "demands"), reading(2, "accepts")
    tie = Tie("contradicts", f"{one.report.id}.m1", f"{two.report.id}.m1", 1.0)
    ledger = make_ledger((one, MARCH[0]), (two, MARCH[5]), ties=(tie,))
    assert ledger.contradictions() == (tie,)
    assert ledger.contradictions(date(2026, 3, 2)) == ()


def test_days_are_both_included() -> None:
    assert Interval(date(2026, 3, 1), date(2026, 3, 2)).days == 2
