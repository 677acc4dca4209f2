"""Amounts: numbers, bounds, units, and numbers that are names."""

from __future__ import annotations

import pytest

from onthetable.model import Amount, Report
from onthetable.spans.amounts import find_amounts
from onthetable.spans.nlp import parse
from onthetable.text import digest


def amounts(text: str) -> tuple[Amount, ...]:
    tree = parse(Report("0" * 12, "test", text, digest(text)))
    found = find_amounts(tree)
    for a in found:
        assert text[a.span.start : a.span.end] == a.span.text
        assert 0 <= a.first < a.last <= len(tree)
        assert tree[a.first].start <= a.span.start < a.span.end <= tree[a.last - 1].end
    return found


def values(text: str) -> list[tuple[float | None, float | None, str | None, str]]:
    return [(a.low, a.high, a.unit, a.qualifier) for a in amounts(text)]


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "qualifier"),
    [
        ("The union lost 58 members.", 58, 58, "members", "exact"),
        ("Fifty-eight miners walked to the gate.", 58, 58, "miners", "exact"),
        ("They want three hundred and twelve houses rebuilt.", 312, 312, "houses", "exact"),
        ("The port handles 3,250 containers.", 3250, 3250, "containers", "exact"),
        ("The fund holds a million crowns.", 1e6, 1e6, "crowns", "exact"),
        ("The fund holds half a million crowns.", 5e5, 5e5, "crowns", "exact"),
        ("It would cost two and a half million euros.", 2.5e6, 2.5e6, "euros", "exact"),
        ("It would cost $3.5bn to rebuild.", 3.5e9, 3.5e9, "dollars", "exact"),
        ("They offered A$40 million.", 4e7, 4e7, "Australian dollars", "exact"),
        ("The quota is 1.9m tonnes of barley.", 1.9e6, 1.9e6, "tonnes", "exact"),
        ("The pipe is 300m long.", 300, 300, "metres", "exact"),
        ("A dozen lorries stood at the gate.", 12, 12, "lorries", "exact"),
        ("Pay would rise by 4.5 per cent.", 4.5, 4.5, "percent", "exact"),
        ("Turnout reached 71%.", 71, 71, "percent", "exact"),
        ("They announced a six-week pause.", 6, 6, "weeks", "exact"),
        ("Both sides signed a week-long lull.", 1, 1, "weeks", "exact"),
        ("The clause would be frozen for a year.", 1, 1, "years", "exact"),
        ("Work stopped for a fortnight.", 2, 2, "weeks", "exact"),
        ("The siege lasted 24 hours.", 24, 24, "hours", "exact"),
        ("The valley lost two-thirds of its orchards.", 2 / 3, 2 / 3, "share", "exact"),
    ],
)
def test_numbers_and_units(text: str, low: float, high: float, unit: str, qualifier: str) -> None:
    assert values(text) == [(pytest.approx(low), pytest.approx(high), unit, qualifier)]


@pytest.mark.parametrize(
    ("text", "low", "high", "qualifier"),
    [
        ("More than 34 ships left.", 34, None, "at-least"),
        ("At least twelve ships left.", 12, None, "at-least"),
        ("No fewer than 5,100 farmers came.", 5100, None, "at-least"),
        ("They expect minimum 40 buses.", 40, None, "at-least"),
        ("About over 130 drivers are ill.", 130, None, "at-least"),
        ("The over 100 drivers are ill.", 100, None, "at-least"),
        ("The duty brings in 30 million crowns or more.", 30e6, None, "at-least"),
        ("They may sell up to 20 reactors.", None, 20, "at-most"),
        ("No more than 700 jobs would go.", None, 700, "at-most"),
        ("The real figure is below 390.", None, 390, "at-most"),
        ("Fewer than 90 nurses stayed.", None, 90, "at-most"),
        ("Nearly 80 nurses stayed.", 80, 80, "about"),
        ("Some 190 nurses stayed.", 190, 190, "about"),
        ("Roughly 60 nurses stayed.", 60, 60, "about"),
        ("It takes 20 nurses or so.", 20, 20, "about"),
        ("They would free 20-33 sailors.", 20, 33, "range"),
        ("They would free 20–33 sailors.", 20, 33, "range"),
        ("Between 20 and 33 sailors would go free.", 20, 33, "range"),
        ("From what is known 180,000 to 210,000 fled.", 180_000, 210_000, "range"),
        ("It would take two to three years.", 2, 3, "range"),
        ("That is enough for nine or ten engines.", 9, 10, "range"),
        ("Quotas of 1 to 2 million tonnes were named.", 1e6, 2e6, "range"),
        ("Dozens of ships turned round.", 24, None, "vague"),
        ("Hundreds of ships turned round.", 200, None, "vague"),
        ("Thousands marched.", 2000, None, "vague"),
        ("Scores of ships turned round.", 40, None, "vague"),
        ("Tens of thousands marched.", 20_000, None, "vague"),
        ("Several hundred farmers marched.", 200, None, "vague"),
    ],
)
def test_bounds(text: str, low: float | None, high: float | None, qualifier: str) -> None:
    assert [(a.low, a.high, a.qualifier) for a in amounts(text)] == [(low, high, qualifier)]


def test_a_change_is_two_amounts_that_share_unit_and_scale() -> None:
    assert values("Barley imports rose from 0.6 to 1.9 million tonnes.") == [
        (6e5, 6e5, "tonnes", "exact"),
        (1.9e6, 1.9e6, "tonnes", "exact"),
    ]
    claim = values("The claim fell from 17 to 12 per cent.")
    assert claim == [(17, 17, "percent", "exact"), (12, 12, "percent", "exact")]
    promise = values("It stretches the promise from three years to five.")
    assert promise == [(3, 3, "years", "exact"), (5, 5, "years", "exact")]


def test_over_a_length_of_time_is_no_bound_but_for_over_is() -> None:
    assert values("They get 9 per cent over two years.")[1] == (2, 2, "years", "exact")
    assert values("They have waited for over two years.") == [(2, None, "years", "at-least")]


def test_a_particle_of_the_verb_is_no_bound() -> None:
    assert values("The rebels will hand over 30 captives.") == [(30, 30, "captives", "exact")]


def test_nothing_is_read_across_a_sentence() -> None:
    assert values("They freed 5\n- 10 men wait.") == [(5, 5, None, "exact"), (10, 10, "men", "exact")]


@pytest.mark.parametrize(
    ("text", "low", "unit"),
    [
        ("They wait for a couple of weeks.", 2, "weeks"),
        ("The mill owes Rs 40 crore.", 4e8, "rupees"),
        ("Prices ranged from $200 to $4 million.", 200, "dollars"),
        ("The share fell from $89 to $93 billion.", 89e9, "dollars"),
        ("It rose to 2.5 million tonnes from 0.9 million.", 2.5e6, "tonnes"),
        ("Wind reached 50mph.", 50, "miles per hour"),
    ],
)
def test_first_amount(text: str, low: float, unit: str) -> None:
    first = amounts(text)[0]
    assert (first.low, first.unit) == (low, unit)


def test_up_to_behind_a_verb_of_motion_is_no_bound() -> None:
    assert values("The ministry is ready to go up to 400.") == [(400, 400, None, "exact")]


@pytest.mark.parametrize(
    "text",
    [
        "It was signed on March 12, 2024.",
        "It was signed on 12 and 13 March.",
        "They meet on June 9 and 10.",
        "The pact of 1987 still holds.",
        "Work stops at 6am and resumes at 10.45pm.",
        "The vote is at two o’clock.",
        "Channel 12 broke the news.",
        "They invoke Resolution 242.",
        "An F-16 flew over the valley.",
        "It was the 5th round of the 1990s.",
        "One official shrugged.",
        "He is one of them.",
        "Petra Lund, 42, said nothing.",
        "The war began on 9/11.",
        "1. Opening remarks",
        "They meet at six in the morning.",
        "It was told at the Group of 20 summit.",
        "Her Falcon 9 landed.",
    ],
)
def test_numbers_that_are_names(text: str) -> None:
    assert amounts(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "The council handed over its 14-point peace plan.",
        "All three leaders are invited for nine tomorrow morning.",
        "The crew went home at six and slept.",
        "Members voted by eight to one against.",
    ],
)
def test_hours_odds_and_numbered_plans_are_no_amounts(text: str) -> None:
    assert all(a.unit == "leaders" for a in amounts(text))


def test_a_lead_of_points_is_an_amount_and_so_is_a_rate_a_second() -> None:
    assert values("She has a 12-point lead.") == [(12, 12, "points", "exact")]
    assert values("The dam lets out 45 cubic metres a second.") == [(45, 45, "cubic metres per second", "exact")]
    assert values("The levy is 12 öre a litre.") == [(12, 12, "öre", "exact")]


@pytest.mark.parametrize("unseen", ["\u00ad", "\u200b", "\u2060"])
def test_characters_without_width_do_not_cut_a_number(unseen: str) -> None:
    (one,) = amounts(f"They freed 34,{unseen}600 men.")
    assert (one.low, one.span.text) == (34600, f"34,{unseen}600")
    assert values(f"They freed 4{unseen}1 men.") == [(41, 41, "men", "exact")]


def test_a_number_of_too_many_digits_has_no_bounds() -> None:
    assert values(f"They counted {'9' * 40} ships.") == [(None, None, "ships", "vague")]
    assert values("They counted 3.14159265358979323846 ships.")[0][0] == pytest.approx(3.14159265)


def test_hostile_text_is_read_in_a_moment() -> None:
    assert len(amounts("two and a half million " * 300)) > 1
    amounts("1," * 2000 + "9" * 5000)
