"""Figures: what is counted, by whose count, and which numbers are none."""

from __future__ import annotations

import pytest

from onthetable.case import Case
from onthetable.model import Figure, Report, Source, Statement
from onthetable.spans.find import find_spans
from onthetable.terms.figures import find_figures
from onthetable.text import digest


def figures(text: str, *said: tuple[str, str]) -> tuple[Figure, ...]:
    """The figures of a text; `said` are pairs of a source's words and the words it is said to have said."""
    report = Report(digest(text)[:12], "test", text, digest(text))
    found = find_figures(report, find_spans(report, Case()), tuple(_statement(report, *pair) for pair in said))
    for f in found:
        assert text[f.evidence.start : f.evidence.end] == f.evidence.text
        assert f.number.within(f.evidence)
    return found


def _statement(report: Report, source: str, content: str) -> Statement:
    at, who = report.text.index(content), report.text.index(source)
    span = report.span(at, at + len(content))
    return Statement(
        "s", report.id, span, (span,), None, Source(report.span(who, who + len(source)), None, None, "organisation"),
        "indirect", (), (), False, False, "test", 1.0,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "measure", "unit"),
    [
        ("The militia freed 41 captives.", "hostages released", "people"),
        ("The militia offered to release 41 captives.", "hostages to be released", "people"),
        ("The militia still holds 41 fishermen.", "fishermen held", "people"),
        ("There are 41 hostages on the island.", "hostages held", "people"),
        ("More than 900 people have been killed.", "deaths", "people"),
        ("The death toll has risen above 900.", "deaths", "people"),
        ("The shelling left 70 people wounded.", "injuries", "people"),
        ("Some 12,000 were driven out of their villages.", "displaced", "people"),
        ("The mill will hire 600 drivers.", "drivers hired", "people"),
        ("Turnout was 83 per cent.", "turnout", "percent"),
        ("Road deaths fell 9 per cent last year.", "deaths", "percent"),
        ("The mill offered a pay rise of 7.5 per cent.", "pay rise", "percent"),
        ("The mill offered a 6.5% salary hike.", "pay rise", "percent"),
        ("They cut crews from nine to six.", "crew size", "people"),
        ("The levy was lowered to 10 per cent.", "levy", "percent"),
        ("They want a yearly quota of 900,000 tonnes.", "quota", "tonnes"),
        ("The latest estimate of the stockpile is 430 kilograms.", "stockpile", "kilograms"),
        ("Trade between the two states reached 38 billion crowns.", "trade", "crowns"),
        ("They agreed a six-week ceasefire.", "ceasefire length", "weeks"),
        ("The rail strike lasted eleven days.", "rail strike length", "days"),
        ("Deliveries were reduced by roughly 60 per cent.", "fall in deliveries", "percent"),
        ("The closure means the loss of 800 jobs.", "jobs lost", "jobs"),
        ("The rebels will hand over 30 captives.", "hostages to be released", "people"),
        ("Upwards of 300 folks lost their lives.", "deaths", "people"),
        ("The death count touched 900.", "deaths", "people"),
        ("The island has a population of 80,000.", "population", "people"),
        ("The talks come after the killing of six hostages.", "deaths", "people"),
        ("They demanded that all 48 captives, dead or alive, be returned.", "hostages to be released", "people"),
        ("The duty is to be pared to 7%.", "duty", "percent"),
        ("Grain worth 3 billion crowns was bought.", "grain bought", "crowns"),
        ("The workers struck for 48 hours.", "strike length", "hours"),
        ("The first phase would last six weeks.", "phase length", "weeks"),
        ("They will withdraw ten kilometres from the river.", "kilometres withdrawn", "kilometres"),
        ("The army would occupy 25% of the valley.", "valley occupied", "percent"),
        ("The no-strike clause would run for 18 months.", "no-strike clause length", "months"),
        ("They struck a quota of 300,000 vehicles a year.", "vehicles quota", "vehicles"),
        ("The deficit must be below 3 per cent of output.", "deficit", "percent"),
        ("The chief executive, salary £190,000, warned the crews.", "pay", "pounds"),
        ("Some 4,200 drivers walked out on Monday.", "drivers on strike", "people"),
        ("Licences would be issued within ten days.", "time to issue licences", "days"),
        ("The dispute cost 1.2 million working days.", "days lost", "days"),
        ("The dam would release 45 cubic metres a second.", "flow to be released", "cubic metres per second"),
        ("They won 9 seats more than in 2021.", "seats won", "seats"),
        ("Ninety members held without trial would be freed.", "members to be released", "people"),
    ],
)
def test_measure(text: str, measure: str, unit: str) -> None:
    found = figures(text)
    assert found
    assert {(f.measure, f.unit) for f in found} == {(measure, unit)}


def test_a_number_without_a_noun_takes_it_from_the_figure_before() -> None:
    first, second = figures("The islanders hold 62 sailors. The coast guard puts it at 58.")
    assert (first.low, second.low) == (62, 58)
    assert second.measure == first.measure == "sailors held"
    assert second.unit == "people"


def test_a_subset_inherits_the_noun() -> None:
    whole, part = figures("They hold 48 hostages, of whom only 19 are thought to be alive.")
    assert whole.measure == "hostages held"
    assert (part.low, part.measure, part.unit) == (19, "hostages alive", "people")


def test_elliptical_money_takes_measure_and_unit() -> None:
    first, second = figures("Trade reached 38 billion crowns; the year before it was 26 billion.")
    assert (first.measure, second.measure, second.unit, second.low) == ("trade", "trade", "crowns", 26e9)


@pytest.mark.parametrize(
    "text",
    [
        "The pact lapsed four years ago.",
        "The parties meet again in two weeks.",
        "Ferries stood still in the last 24 hours.",
        "Two officials told the paper so.",
        "The two delegations left.",
        "It was set out in a two-page paper.",
        "They spoke of zero enrichment.",
        "Her son, who is 27, was taken.",
        "The camp lies 30 miles south of the capital.",
        "People under 30 stayed away.",
        "The bishop died at 84 in Orvik.",
        "Her father, aged 61, was let go.",
    ],
)
def test_no_figures(text: str) -> None:
    assert figures(text) == ()


def test_a_share_is_a_percentage_and_a_threshold_an_exact_value() -> None:
    (half,) = figures("They would ship out half of its stockpile.")
    assert (half.low, half.high, half.unit) == (50, 50, "percent")
    (grade,) = figures("All enrichment above 5 per cent has stopped.")
    assert (grade.low, grade.high, grade.qualifier) == (5, 5, "exact")


def test_authority_is_the_counter_in_the_clause_then_the_innermost_statement() -> None:
    text = "The port says that sales reached 30 tonnes; the customs office counts 17 tonnes of fish."
    first, second = figures(text, ("The port", "sales reached 30 tonnes"))
    assert first.authority == "The port"
    assert second.authority == "the customs office"


def test_authority_is_unknown_where_nobody_is_named() -> None:
    (one,) = figures("There are 41 hostages on the island.")
    assert one.authority is None


def test_as_of_is_the_time_of_the_clause() -> None:
    (one,) = figures("In February the stockpile stood at 412 kilograms.")
    assert one.as_of is not None
    assert "February" in one.as_of.span.text


def test_a_time_behind_a_second_number_is_that_ones() -> None:
    first, second = figures("The agency's estimate of the stockpile is 430 kilograms, up from 412 in February.")
    assert first.as_of is None
    assert second.as_of is not None
    assert (second.measure, second.unit) == ("stockpile", "kilograms")


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("Between 4,000 and 5,000 villagers have left their homes.", "villagers displaced"),
        ("The army would hold its lines for 30 days.", "ceasefire length"),
        ("Tarvia asks for 400 convicts in return.", "prisoners to be released"),
        ("The committee put the number of dead at 1,500.", "deaths"),
        ("The islands get 26 per cent of the catch.", "catch share"),
    ],
)
def test_measure_by_predicate(text: str, measure: str) -> None:
    (one,) = figures(text)
    assert one.measure == measure


def test_the_far_end_of_a_change_measures_what_the_near_end_does() -> None:
    first, second = figures("Tarvia lowered its request from 400 prisoners to 320.")
    assert (first.measure, second.measure) == ("prisoners to be released", "prisoners to be released")


def test_a_percentage_of_nobody_is_that_of_the_nearest_measurable_noun() -> None:
    found = figures("The union wants more pay. The board has gone up to 5.5 per cent.")
    assert [f.measure for f in found] == ["pay"]


def test_part_and_whole_are_told_apart() -> None:
    whole, part = figures("The flood has killed 59 people, 32 of them in the last 24 hours.")
    assert (whole.low, whole.rule, whole.as_of) == (59, "noun", None)
    assert (part.low, part.measure, part.rule) == (32, "deaths", "part")
    assert part.as_of
    assert part.as_of.span.text == "the last 24 hours"


def test_a_share_of_those_counted_is_no_count() -> None:
    _, share = figures("The clinic counts 310 dead, two thirds of them women.")
    assert (share.low, share.unit, share.measure) == (66.7, "percent", "share of deaths")


def test_more_than_under_a_negation_is_a_limit() -> None:
    (one,) = figures("No party would hold more than six seats.")
    assert (one.low, one.high, one.qualifier) == (None, 6, "at-most")


def test_a_bare_number_told_again_measures_the_same() -> None:
    first, _, again = figures(
        "The board offered a pay rise of 5.5 per cent. It counted 300 beds. So the 5.5 is still on offer."
    )
    assert (again.low, again.measure, again.unit) == (5.5, first.measure, "percent")


def test_a_part_of_a_weight_has_its_unit() -> None:
    part, whole = figures("They would ship out 210 of its 350 kilograms of ore.")
    assert part.unit == whole.unit == "kilograms"


def test_a_time_is_no_authority_and_since_no_day_of_a_count() -> None:
    first, then = figures("Last month's official count of 1,200 dead has risen to 1,344.")
    assert (first.authority, then.authority) == ("official count", None)
    assert first.as_of
    assert first.as_of.span.text == "Last month"
    assert then.as_of is None
    (since,) = figures("At least 90 people have been killed since March.")
    assert since.as_of is None


@pytest.mark.parametrize(
    ("text", "authority"),
    [
        ("The board counts 41 dead; the clinic has 58.", "the clinic"),
        ("New numbers from the pollsters at Norda: 47 per cent of voters want a deal.", "the pollsters at Norda"),
        ("About 800 jobs could go, a study by the guild found.", "a study by the guild"),
    ],
)
def test_authority_of_the_last_number(text: str, authority: str) -> None:
    assert figures(text)[-1].authority == authority


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("At least 40 miners died, ten of them boys, and over 200 injured.", ["deaths", "deaths", "injuries"]),
        ("The fire left 12 dead and 60 wounded.", ["deaths", "injuries"]),
        ("Thirty marchers were injured.", ["injuries"]),
    ],
)
def test_the_word_behind_a_bare_number_says_what_became_of_them(text: str, measures: list[str]) -> None:
    assert [f.measure.split()[-1] for f in figures(text)] == measures


def test_who_gives_money_is_no_authority_for_how_much() -> None:
    (gift,) = figures("The shipyard gave 40 million crowns to the strike fund.")
    (cost,) = figures("The harbour office put repairs at 40 million crowns.")
    assert (gift.authority, cost.authority) == (None, "The harbour office")


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("Nine of the 14 judges voted for it.", ["part", "noun"]),
        ("The union won six of its last eight ballots.", ["part"]),
        ("Fourteen judges voted for it.", ["noun"]),
    ],
)
def test_a_part_may_come_before_its_whole(text: str, rules: list[str]) -> None:
    assert [f.rule for f in figures(text)] == rules
