"""Which news organisations a report leans on: sentences about invented talks."""

from __future__ import annotations

import pytest

from onthetable.model import Reading, Report, Source, Span, Statement
from onthetable.reports import make_report
from onthetable.reports.page import Meta
from onthetable.ties.origins import origins_of

LEANS = [
    ("The guild will strike on Monday, its secretary told Reuters.", ["Reuters"]),
    (
        "The guild will strike on Monday, its secretary told the AP and AFP.",
        ["The Associated Press", "Agence France-Presse"],
    ),
    ("According to JNS, an official showed AP a copy of the draft.", ["JNS", "The Associated Press"]),
    (
        "“It is over,” the envoy told Elvany's state television, as quoted by Norran Wire.",
        ["Norran Wire", "Elvany's state television"],
    ),
    ("A draft of the accord obtained by The Washington Post speaks of two phases.", ["The Washington Post"]),
    ("In an interview with the Financial Times, the commissioner ruled out a quota.", ["Financial Times"]),
    ("The minister, speaking to CNN's Dana Ruiz, would not say when.", ["CNN"]),
    ("Israel's Channel 12 reported that the cabinet would meet at night.", ["Channel 12"]),
    ("The Orlan Tribune, citing two people in the delegation, says the text is ready.", ["Orlan Tribune"]),
    ("The text is ready, the Orlan Tribune reports, quoting somebody who was there.", ["Orlan Tribune"]),
    ("The text is ready, the daily Vestnik Orlana reported on Friday.", ["Vestnik Orlana"]),
    ("The two sides are close, per Axios.", ["Axios"]),
    ("The two sides are close, Axios's Bea Lindt reported.", ["Axios"]),
    ("A Bloomberg report on Tuesday put the sum at two billion.", ["Bloomberg"]),
    ("He said this in remarks carried by the official news agency SANA.", ["SANA"]),
    ("Parts of the paper were read to the news agency Estpress by a person near the mediator.", ["Estpress"]),
    ("The rebels' spokesman, who conversed with Orrin Wire, refused.", ["Orrin Wire"]),
    ('"We shall not sign," he was quoted as telling the Marsh Press Service.', ["Marsh Press Service"]),
    ("The commissioner told state radio that the offer was an insult.", ["state radio"]),
    ("The Kalder Press Bureau said that the ministers had wrapped up the round.", ["Kalder Press Bureau"]),
    ("Hebrew media reported the ratio; the Kan public broadcaster said it was three to one.", ["Kan"]),
    ("The general told Al-Jazeera Arabic that the guns would stay.", ["Al Jazeera"]),
    ("Writing in the Guardian, the former envoy urged both to wait.", ["The Guardian"]),
    ("The offer was first reported by the Wall Street Journal.", ["The Wall Street Journal"]),
    ("A person briefed on the call said to Politico that there was no call.", ["Politico"]),
    ("Two officials confirmed to the Times of Israel that the list had come.", ["The Times of Israel"]),
    ("The minister told the Yonhap News Agency he would resign.", ["Yonhap"]),
    ("Officials gave the list to Haaretz late on Sunday.", ["Haaretz"]),
    (
        "The New York Times and The Washington Post reported that the sides had met.",
        ["The New York Times", "The Washington Post"],
    ),
    ("In a statement to the Anadolu Agency, the group denied it.", ["Anadolu Agency"]),
    ("A reporter for the BBC was told that the doors would open at nine.", ["BBC"]),
    ("The company declined to comment when contacted by Reuters.", ["Reuters"]),
    ("As the Vastrel Courier has learned, the board will vote again.", ["Vastrel Courier"]),
    ("The union leader told The Hawk that he was tired.", ["The Hawk"]),
    ("Pro-government newspaper Dnevnik Vastrela wrote that the deal was dead.", ["Dnevnik Vastrela"]),
    ("Iranian state TV showed the ministers shaking hands.", ["Iranian state TV"]),
    ("He told the London-based pan-Arab newspaper Asharq Al-Awsat that talks were frozen.", ["Asharq Al-Awsat"]),
    ("The Saudi-owned broadcaster Al Arabiya quoted a source as saying so.", ["Al Arabiya"]),
    ("According to a report in Tuesday's Irish Times, the quota is settled.", ["Irish Times"]),
    ("The ministry informed TASS of the delay.", ["TASS"]),
    ("The governor, as told by Radio Vastrel, will not run.", ["Radio Vastrel"]),
    ("Sextor, the news agency, reported last week that the list was ready.", ["Sextor"]),
    ("She told Dana Ruiz of Fox News that she would not sign.", ["Fox News"]),
    ("She made the remarks on Fox News on Sunday.", ["Fox News"]),
    ("She made the remarks on NPR's morning programme.", ["NPR"]),
    ("The bakers' leader has been on Radio Kelm to say that the ovens stay cold.", ["Radio Kelm"]),
    ("Speaking on Coast FM, the mayor said the ovens would stay cold.", ["Coast FM"]),
    ("The mayor went on Channel Six to say that the ovens would stay cold.", ["Channel Six"]),
    ("The ovens stay cold, the mayor said on QTV.", ["QTV"]),
    ("In comments carried by Valley Broadcasting, the mayor called the offer thin.", ["Valley Broadcasting"]),
    ("The ovens stay cold, the Harbour Echo reports, citing two bakers.", ["Harbour Echo"]),
    ("The offer, first reported by Northern Wire, runs for two years.", ["Northern Wire"]),
    ("The offer, as first reported by the Kelm Independent, runs for two years.", ["Kelm Independent"]),
    ("Two bakers told Channel Six that the offer would be refused.", ["Channel Six"]),
    ("In an unsigned editorial in Kelmbladet, the guild hinted at a truce.", ["Kelmbladet"]),
    ("She rang the Harbour Echo to say that she had not signed.", ["Harbour Echo"]),
    ("A document seen by the Harbour Echo sets out four steps.", ["Harbour Echo"]),
    ("Minutes of the meeting, seen by Reuters, set out four steps.", ["Reuters"]),
    ("“Thin,” the mayor called it in an interview with Kelm Tonight.", ["Kelm Tonight"]),
    ("The mayor, quoted by the Kelm Evening Star, called it thin.", ["Kelm Evening Star"]),
    ("The mayor, quoted in Monday's Harbour Echo, called it thin.", ["Harbour Echo"]),
    ("The mayor called it thin in a column for the Kelm Sunday Review.", ["Kelm Sunday Review"]),
    ("The mayor told the BBC's Today programme that it was thin.", ["BBC"]),
    ("The mayor told BBC Radio 4 it was thin.", ["BBC"]),
    ("The mayor told Kelm24 it was thin.", ["Kelm24"]),
    ("The mayor told WKLM-TV it was thin.", ["WKLM-TV"]),
    ("The talks broke down at noon, AFP said.", ["Agence France-Presse"]),
    ("According to Kelm Public Media, the talks broke down at noon.", ["Kelm Public Media"]),
    ("Kelm Public Media, citing two people in the room, put the sum at nine crowns.", ["Kelm Public Media"]),
    ("The talks broke down at noon, said the state news agency Kelmpress.", ["Kelmpress"]),
    ("The daily Orrin wrote on Friday that the talks were dead.", ["Orrin"]),
    ("Orrin, a daily close to the bakers, wrote on Friday that the talks were dead.", ["Orrin"]),
    ("A reporter for Orrin was told that the doors would open at nine.", ["Orrin"]),
    ("The bakers told a correspondent for Orrin that they were tired.", ["Orrin"]),
    ("Orrin, citing two officials, said that the talks were dead.", ["Orrin"]),
    ("The premier wrote in an op-ed in Orrin that the talks were dead.", ["Orrin"]),
    ("He used an interview on Fox News to say that the talks were dead.", ["Fox News"]),
    ("Appearing on CNN's State of the Union, the envoy said that the talks were dead.", ["CNN"]),
    ("The mayor's remarks on Telegram were carried by TASS and Interfax.", ["TASS", "Interfax"]),
    ("The transcript was published by the Financial Times on Monday.", ["Financial Times"]),
    ("The mayor posted the letter, which the Harbour Echo has seen, on Sunday.", ["Harbour Echo"]),
    ("Leaked minutes published in the Harbour Echo show four steps.", ["Harbour Echo"]),
    ("The Harbour Echo's sources say the offer is dead.", ["Harbour Echo"]),
    ("Sources told the Kelm-based Northern Wire that the offer is dead.", ["Northern Wire"]),
    ("The mayor confirmed the Harbour Echo's report that the offer is dead.", ["Harbour Echo"]),
    ("The Harbour Echo understands that the offer is dead.", ["Harbour Echo"]),
    ("The bakers are said by the Harbour Echo to have refused.", ["Harbour Echo"]),
]

NOTHING = [
    "The mayor spoke of the story in the Harbour Echo as a bedtime tale and denied it.",
    "“No,” said the mayor of this week's report in the Harbour Echo that he had resigned.",
    "The mayor denied the Harbour Echo's claim that he had resigned.",
    "The Harbour Echo's claim that he had resigned was denied by his office.",
    "The Review Board said that the Sun Hotel would house the talks.",
    "The judge told the Judicial Review that the sun had set.",
    "The Spending Review said nothing of bakers, and the Midnight Sun sailed.",
    "The Pay Review told the bakers to wait.",
    "According to Sollas, the talks were dead.",
    "According to the Bakers' Guild, the talks were dead.",
    "Sollas, citing two officials of her guild, left the room.",
    "A reporter for the defence was not in the room.",
    "The guild told NATO and the IAEA that the talks were dead.",
    "He went on Sunday to Kelm.",
    "The talks went on in Channel Street.",
    "In an essay in Geneva the professor called it thin.",
    "The Harbour Echo, a trawler, was tied up at noon.",
    "The company told Channel Tunnel staff to wait.",
    "He walked past the offices of Radio Kelm.",
    "The union bought an advertisement in the Harbour Echo.",
    "The bakers burned copies of the Harbour Echo.",
    "Workers at the Harbour Echo joined the strike.",
    "The Guardian Council told the cabinet that the bill was void, and the Reuters Institute said nothing.",
    "The National Assembly said that it would vote on the accord in May.",
    "An Al Jazeera journalist was killed when the shells hit the market.",
    "The government has banned Al Jazeera and shut its offices.",
    "The ministry denied a report in the Sile Courier that it had sent a list.",
    "Contrary to the Sile Courier report, no list was sent.",
    "The minister dismissed claims by the Sile Courier as a bedtime story.",
    "The League will let the Red Lantern Society count the captives, she said.",
    "Bloomberg Philanthropies said it would pay for the study.",
    "The guild told reporters that it would strike on Monday.",
    "The minister told this newspaper that it would strike on Monday.",
    "The minister told a press conference that the Post Office would stay shut.",
    "The Press Secretary said the President had not seen the text.",
    "The general told the Senate that the border post would be handed over.",
    "Contrary to reports in the press of the capital, nothing was agreed.",
    "The group told the International Committee of the Red Cross where the captives were.",
    "He told Radek that the talks were dead, and Radek told Vera.",
    "In modern times no such strike has lasted a month.",
    "The wire on the frontier was cut on Sunday, the army said.",
    "The chairman of the Media Workers' Union told members to stay at home.",
    "Dawn broke over the port, and Petra Sollas told her people to go home.",
    "Rights Watch told the tribunal that four people had died.",
    "The foreign ministry said the accord had lapsed, according to its website.",
    "Shares of Reuters and of two banks fell.",
    "The strike has shut the offices of the Vastrel Courier.",
]


def read(text: str, **meta: str) -> Reading:
    report: Report = make_report(text, "r.txt", Meta(**meta))  # type: ignore[arg-type]
    return Reading(report, (), (), (), (), (), (), ())


@pytest.mark.parametrize(("text", "origins"), LEANS)
def test_words_that_make_an_outlet_an_origin(text: str, origins: list[str]) -> None:
    assert list(origins_of(read(text))) == origins


@pytest.mark.parametrize("text", NOTHING)
def test_words_that_do_not(text: str) -> None:
    assert origins_of(read(text)) == ()


BODY = "The guild of Vastrel will strike on Monday unless the company raises its offer, its secretary {}."


def test_the_outlet_itself_is_no_origin() -> None:
    told = BODY.format("told the Vastrel Courier")
    assert origins_of(read(told)) == ("Vastrel Courier",)
    assert origins_of(read(f"Guild to strike\n\nBy Jo Ruiz, The Vastrel Courier\n\n{told}")) == ()
    assert origins_of(read(told, outlet="The Vastrel Courier")) == ()
    assert origins_of(read(told.replace("Vastrel Courier", "Courier"), outlet="The Vastrel Courier")) == ()


def test_a_dateline_and_a_sign_off_name_the_outlet_not_an_origin() -> None:
    text = (
        f"VASTREL, May 4 (Estwire) - {BODY.format('told Estwire')} A minister told Orrin Wire "
        f"that he would wait.\n\nEstwire/ab"
    )
    assert origins_of(read(text)) == ("Orrin Wire",)


def test_a_credit_line_counts_where_it_is_the_only_provenance() -> None:
    alone = f"Guild to strike\n\nBy Vastrel Courier Staff\n\n{BODY.format('said')}\n\n(The Vastrel Courier)"
    assert origins_of(read(alone)) == ("Vastrel Courier",)
    beside = f"Guild to strike\n\n{BODY.format('told Reuters')}\n\nWith Courier wires"
    assert origins_of(read(beside)) == ("Reuters",)


def test_an_agency_credited_by_another_outlet() -> None:
    text = (
        f"VASTREL (AP) — {BODY.format('said')} He said no more than that to the people who "
        f"waited.\n\n© 2024 The Orlan Tribune. All rights reserved."
    )
    assert origins_of(read(text)) == ("The Associated Press",)


@pytest.mark.parametrize(
    ("line", "origins"),
    [
        ("With inputs from PTI", ["PTI"]),
        ("With inputs from Sextor", ["Sextor"]),
        ("Reuters contributed to this report.", ["Reuters"]),
        ("Source: Xinhua", ["Xinhua"]),
        ("(With additional reporting by AFP)", ["Agence France-Presse"]),
    ],
)
def test_thanks_to_another_under_the_text(line: str, origins: list[str]) -> None:
    text = f"Guild to strike\n\n{BODY.format('said')} He said no more than that to the people who waited.\n\n{line}\n"
    assert list(origins_of(read(text))) == origins


def test_photo_credits_do_not_count() -> None:
    text = (
        f"Guild to strike\n\nPickets at the gate (Photo: Jo Ruiz/AFP)\n\n{BODY.format('said')} "
        f"(Photo by A. B./Getty Images via AP)"
    )
    assert origins_of(read(text)) == ()


def test_relays_of_statements_are_merged() -> None:
    reading = read(BODY.format("said"))
    content = Span(0, 9, reading.report.text[:9])
    statement = Statement(
        "s1", reading.report.id, content, (content,), None, Source(content, "Reuters", None, "organisation"),
        "indirect", ("JNS", "a friend"), (), False, False, "test", 1.0,
    )  # fmt: skip
    merged = Reading(reading.report, (statement,), (), (), (), (), (), ())
    assert set(origins_of(merged)) == {"JNS", "Reuters"}


def test_a_note_on_where_the_text_first_stood_names_an_origin() -> None:
    text = f"Guild to strike\n\n{BODY.format('said')} He said no more than that to the people who waited.\n\n"
    assert origins_of(read(text + "This story was first published by Northern Wire.\n")) == ("Northern Wire",)
    assert origins_of(read(text + "This story was updated on Monday.\n")) == ()
