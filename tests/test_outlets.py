"""Which phrases name a news organisation."""

from __future__ import annotations

import time

import pytest

from onthetable.outlets import find_outlets, headed, outlet_of, same

NAMES = [
    ("Reuters", "Reuters"),
    ("the AP", "The Associated Press"),
    ("AP", "The Associated Press"),
    ("The Associated Press news agency", "The Associated Press"),
    ("AFP", "Agence France-Presse"),
    ("JNS", "JNS"),
    ("TASS", "TASS"),
    ("Xinhua", "Xinhua"),
    ("the Times of Israel", "The Times of Israel"),
    ("the Guardian", "The Guardian"),
    ("The Sun", "The Sun"),
    ("The Hill", "The Hill"),
    ("Al-Jazeera", "Al Jazeera"),
    ("Israel's Channel 12", "Channel 12"),
    ("Israel’s Channel 12", "Channel 12"),
    ("Channel 4 News", "Channel 4 News"),
    ("Israeli daily Haaretz", "Haaretz"),
    ("the Hebrew-language news site Walla", "Walla"),
    ("the Walla news site", "Walla"),
    ("London-based Asharq al-Awsat", "Asharq Al-Awsat"),
    ("the pan-Arab newspaper Asharq al-Awsat", "Asharq Al-Awsat"),
    ("Qatar's Al Jazeera", "Al Jazeera"),
    ("Syria's official news agency SANA", "SANA"),
    ("the Vastrel Courier", "Vastrel Courier"),
    ("The Vastrel Courier", "Vastrel Courier"),
    ("Vastrel Tribune", "Vastrel Tribune"),
    ("Orrin Wire", "Orrin Wire"),
    ("Estpress", "Estpress"),
    ("the news agency Orlan", "Orlan"),
    ("the Vastrelese newspaper Dnevnik", "Dnevnik"),
    ("the Marsh Press Service", "Marsh Press Service"),
    ("the Kalder Press Bureau", "Kalder Press Bureau"),
    ("the Orlan News Agency", "Orlan News Agency"),
    ("Norvale Broadcasting Corporation", "Norvale Broadcasting Corporation"),
    ("Norvale TV", "Norvale TV"),
    ("Radio Norvale", "Radio Norvale"),
    ("the Times of Norvale", "Times of Norvale"),
    ("the Daily Norvale", "Daily Norvale"),
    ("Norvale Today", "Norvale Today"),
    ("the Sile Herald", "Sile Herald"),
    ("the Sile Gazette", "Sile Gazette"),
    ("the Sile Observer", "Sile Observer"),
    ("the Port Sile Chronicle", "Port Sile Chronicle"),
    ("the Sile Sentinel", "Sile Sentinel"),
    ("state radio", "state radio"),
    ("state television", "state television"),
    ("Iranian state TV", "Iranian state TV"),
    ("state television of Norvale", "state television of Norvale"),
    ("Norvale's state broadcaster", "Norvale's state broadcaster"),
    ("Norvale’s public broadcaster", "Norvale’s public broadcaster"),
    ("state-run media", "state-run media"),
]

NOT = [
    "", "reporters", "journalists", "the press", "the media", "social media", "the Press Secretary",
    "the White House Press Secretary", "press ", "conference", "a press conference", "Press Freedom",
    "the Post Office", "Washington Post Office", "an Israeli daily", "the newspaper", "the ", "agency",
    "the Nuclear Agency", "the Sun", "the Atlantic", "the Nation", "the Israeli press", "local media",
    "the Foreign Ministry", "", "the Front", "the White House", "Jo Ruiz", "Petra Sollas", "Petra", "Dawn", "Kan",
    "the Border Post", "Royal Mail", "Razor Wire", "the guild", "Human Rights ", "Watch", "the Islamic Republic",
    "hard times", "good news", "the state", "state officials", "official media", "", "  ", "\"", "the Media ",
    "Union", "the Reuters Institute", "a Norvale channel", "the Labour Party", "Truth Social",
    "a spokesman for the paper",
]  # fmt: skip


@pytest.mark.parametrize(("words", "name"), NAMES)
def test_names(words: str, name: str) -> None:
    assert outlet_of(words) == name


@pytest.mark.parametrize("words", NOT)
def test_what_names_none(words: str) -> None:
    assert outlet_of(words) is None


@pytest.mark.parametrize(
    ("words", "name"),
    [("Kan", "Kan"), ("the Sun", "The Sun"), ("the Post", "The Post"), ("Sile Voice", "Sile Voice"), ("RT", "RT")],
)
def test_loose_names_stand_as_the_object_of_told(words: str, name: str) -> None:
    assert outlet_of(words, loose=True) == name


def test_same() -> None:
    assert same("The Post", "New York Post")
    assert same("state radio", "Norvale's state radio")
    assert not same("Sile Herald", "Orre Herald")
    assert not same("", "Reuters")


def test_a_text() -> None:
    text = (
        "The Sile Courier and Reuters’ man in Orre, who told Norvale's state radio so, said AP had it. "
        "On Monday the Times of Orre, the Guardian Council and Petra Sollas were silent. "
        "In Kan's report, The National Assembly met the Press Secretary."
    )
    found = find_outlets(text)
    assert [n.name for n in found if n.sure] == [
        "Sile Courier", "Reuters", "Norvale's state radio", "The Associated Press", "Times of Orre",
    ]  # fmt: skip
    assert [n.name for n in found if not n.sure] == ["Kan"]
    assert [text[n.start : n.end] for n in found][:2] == ["Sile Courier", "Reuters"]


def test_learned_names() -> None:
    assert [n.name for n in find_outlets("He told Orlan that it was over.", ["Orlan"])] == ["Orlan"]
    assert find_outlets("He told Orlan that it was over.") == []


@pytest.mark.parametrize("piece", ["Sile Courier Press ", "The New York ", "Israel's ", "A", "state TV ", "Times of "])
def test_time_grows_with_length_only(piece: str) -> None:
    def seconds(n: int) -> float:
        begun = time.process_time()
        find_outlets(piece * (n // len(piece)))
        return time.process_time() - begun

    seconds(1_000)
    # eight times the text: eight times the time, with room for a busy machine; squared would be sixty-four
    assert seconds(160_000) < 30 * max(seconds(20_000), 0.02)


@pytest.mark.parametrize(
    "name",
    ["Channel Six", "QTV", "WKLM-TV", "Kelm24", "Kelm Public Media", "Kelmbladet", "Gazeta Kelm", "Diario Kelm",
     "Kelm Tonight", "Kelm Independent", "Weekly Gauge", "Tideway Quarterly", "Coast FM", "Radio Kelm", "Harbour Echo"],
)  # fmt: skip
def test_names_by_their_form(name: str) -> None:
    assert outlet_of(f"the {name}", loose=True) == name


@pytest.mark.parametrize(
    "words", ["the Spending Review", "the Judicial Review", "the Midnight Sun", "national television", "Chapter Six"]
)
def test_forms_that_are_no_names(words: str) -> None:
    assert outlet_of(words, loose=True) is None


@pytest.mark.parametrize(
    ("line", "name"),
    [("SALT MARSH FM", "Salt Marsh FM"), ("THE ORLE COURIER", "Orle Courier"), ("BBC", "BBC"), ("FISH AND SALT", None)],
)
def test_names_in_capitals_over_a_page(line: str, name: str | None) -> None:
    assert headed(line) == name


def test_the_whole_of_a_long_name_is_found() -> None:
    assert [n.name for n in find_outlets("He told the Kelm Evening Star so.")] == ["Kelm Evening Star"]
    assert [n.name for n in find_outlets("He told the Orle-based Northern Wire so.")] == ["Northern Wire"]
    assert [n.name for n in find_outlets("He told the state news agency Kelmpress so.")] == ["Kelmpress"]
