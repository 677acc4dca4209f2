"""Page furniture: whole pages (a tilde marks each furniture line), single lines, and prose that looks like it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from onthetable.reports import make_report
from onthetable.reports.furniture import find_furniture

PAGES = sorted((Path(__file__).parent / "pages").glob("*.txt"))

HEADLINE = "Ferrymen of Sile reject third offer"
OPENING = (
    "The ferrymen of Sile on Tuesday rejected an offer of four per cent, the third that "
    "the islands' two companies have made since March."
)
MIDDLE = (
    "Their secretary, Amrit Sollas, said the offer was worth less than the last one "
    "because it no longer covered night crossings."
)
CLOSING = (
    "The companies said that the offer would stay open until Friday and that no other would be made before the summer."
)

ANYWHERE = [
    "Share this:",
    "Share on Twitter",
    "Share this article",
    "Click to email a link to a friend (Opens in new window)",
    "Facebook Twitter WhatsApp Email Print",
    "Copy link",
    "1.4k Shares",
    "SHARE",
    "Tweet",
    "Listen to this article · 6:32 min",
    "Follow us on Instagram",
    "Leave a Reply Cancel reply",
    "12 Comments",
    "No Comments",
    'Be the first to comment on "Ferrymen reject offer"',
    "You must be logged in to post a comment.",
    "This site uses Akismet to reduce spam. Learn how your comment data is processed.",
    "To continue reading this article, log in or create an account",
    "This article is for subscribers only.",
    "You’ve reached your monthly limit of free articles.",
    "Already a member? Sign in",
    "Subscribe now",
    "Get unlimited digital access for just $1 a week.",
    "Sign up for our morning newsletter",
    "Enter your email address",
    "Thank you for subscribing!",
    "We use cookies to make this site work and to understand how you use it.",
    "Accept all cookies",
    "Skip to main content",
    "Back to top",
    "Home » News » Islands » Ferries",
    "Home / News / Islands",
    "Advertisement",
    "ADVERTISEMENT - CONTINUE READING BELOW",
    "Story continues below",
    "Sponsored content",
    "READ MORE: Why the islands have two ferry companies",
    "Also Read | Ferry fares to rise in May",
    "Related: Ferrymen block the pier",
    "Recommended for you",
    "Tags: ferries, Sile, strike",
    "Filed under: Islands, Labour",
    "#ferries #sile #strike",
    "4 min read",
    "Reading time: 4 minutes",
    "Estimated reading time: 4 minutes",
    "Disclaimer: The views expressed in this article are the author's own.",
    "Views expressed here do not necessarily reflect the editorial policy of this newspaper.",
    "© 2024 Sile Publishing Ltd. All rights reserved.",
    (
        "Copyright 2024 The Associated Press. All rights reserved. This material may not be "
        "published, broadcast, rewritten or redistributed."
    ),
    "FILE PHOTO: A ferry leaves Sile, May 3, 2021. REUTERS/Jo Ruiz/File Photo",
    "Ferrymen on the pier on Monday. (Jo Ruiz/AFP via Getty Images)",
    "Ferrymen on the pier on Monday. Photograph: Jo Ruiz/Alamy",
    "A ferry at Sile pier. Credit: Jo Ruiz / Sile Tourism",
    "The pier at Sile (AP Photo/Jo Ruiz)",
    "Image: Getty",
    "Image source, EPA",
    "Photo courtesy of the Ferrymen's Guild",
    "Picture: Supplied",
    "Please enable JavaScript to view the comments powered by Disqus.",
    "Show key events",
    "Was this article helpful?",
    "Purchase licensing rights, opens new tab",
    "Support independent journalism. Donate today.",
    "If you value our journalism, please consider a gift.",
    "Loading...",
    "***",
    "Report this ad",
    "___",
    "✉",
    "Continued from Page A1",
    "What's your reaction?",
    "Play Video",
    "0:00 / 2:14",
]

HEAD = [
    "By Jo Ruiz",
    "by Jo Ruiz and Anneke van Dam in Sile",
    "By JO RUIZ, Islands Correspondent",
    "By The Associated Press",
    "Jo Ruiz in Sile and Tom Friel in Orre",
    "Written by Jo Ruiz",
    "Sile Courier Staff",
    "Staff Reporter",
    "May 27, 2024",
    "Monday, 27 May 2024",
    "27 May 2024, 14:20 BST",
    "Published: 27 May 2024",
    "Published 27/05/2024 10:14",
    "Updated 3 hours ago",
    "Last updated on May 27, 2024 at 10:14 am",
    "2024-05-27T10:14:00Z",
    "Posted by editor on May 27, 2024",
    "Jo Ruiz | May 27, 2024 | 3 Comments",
    "Jo Ruiz, May 27, 2024",
    "BREAKING",
    "World | Islands",
    "The Sile Record | From our delegation desk",
    "Ferrymen on the pier. (Sile Courier photo by K. Strand)",
]

TAIL = [
    "Reporting by Jo Ruiz in Sile; Editing by Tom Friel",
    "With inputs from agencies",
    "(AFP)",
    "- Reuters",
    "AFP",
    "jr/tf",
    "tf/jr (AFP, Reuters)",
    "Estwire/jr",
    "(The Sile Courier)",
    "Source: Estwire",
    "ENDS",
    "-30-",
    "###",
    "Edited by: Tom Friel",
    "Jo Ruiz contributed to this report.",
    "This story was originally published by the Sile Courier.",
    "(This story has been published from a wire feed without changes to the text.)",
    "For media enquiries: press@ferries.example",
    "Contact: Jo Ruiz, +00 555 0100",
    "Editor's note: An earlier version of this story gave the wrong day.",
    "Correction: The strike began on Monday.",
    "The post Ferrymen reject third offer appeared first on Sile Courier.",
    "Follow Jo Ruiz on Twitter",
    "Name *",
    "More from Islands",
    "The Courier has no owner but its readers. Chip in today.",
    "You have read 3 of your 3 free articles this month.",
    "Jo Ruiz is a contributing writer at the Sile Courier.",
    "Follow Jo Ruiz on Twitter @joruiz.",
    "Ruiz reported from Orre.",
    "[Check against delivery]",
    "You may also like",
    "First Published: May 27, 2024 10:14 IST",
    "Topics",
]

PROSE = [
    "Share prices of both companies fell on the news.",
    "Share the burden or lose the boats, the mayor told them.",
    "Comments by the minister on Sunday had made matters worse.",
    "Leave a comment unanswered and it becomes the story, her aide joked.",
    "Sign up to the accord or go home, the chairman told the smaller companies on Monday.",
    "Subscribe to one principle, she said, and the rest will follow.",
    "Support for the strike fell to 41 per cent.",
    "Support from the fishermen was lukewarm.",
    "Follow-up talks were planned for Friday.",
    "By Friday the talks had collapsed.",
    "By contrast, the pilots settled in a day.",
    "By Monday Mr Sollas had changed his mind.",
    "Photo opportunities were kept to a minimum.",
    "Pictures of the two men shaking hands were not released.",
    "Images from the pier showed a crowd of about 300.",
    "Tags on the lifeboats showed that they had not been inspected.",
    "Cookies and tea were served; nothing else was agreed.",
    "Copyright was one of eleven chapters left open.",
    "Posted along the pier were 40 police officers.",
    "Published figures put the cost at two million a day.",
    "Updated figures will be ready in May, the ministry said.",
    "Read aloud in full, the text takes nine minutes.",
    "Read more closely, the text promises nothing.",
    "More talks are due.",
    "More from the companies is not to be expected, he said.",
    "Related claims by the pilots were dropped.",
    "Home rule was not discussed.",
    "Donate blood, not money, the guild asked its members.",
    "Get the boats moving, the premier told both sides.",
    "Register offices on the islands stayed shut.",
    "Advertisements for replacement crews appeared on Sunday.",
    "Contact between the two sides was cut.",
    "The end of the strike is not in sight.",
    "Ends and means were confused, a bishop said.",
    "Top negotiators flew in on Monday.",
    "“Share nothing with them,” he said.",
    "“We will sign,” she said.",
    "We will not move, said the guild.",
    "Reporting by the committee was late again.",
    "With agencies closed, no crews could be hired.",
    "Editing the text took all night.",
    "Source after source denied the story.",
    "Views differ on who moved first.",
    "Terms of the deal were not disclosed.",
    "Privacy was the last open point.",
    "Log books were handed over.",
    "Listen to the islands, he urged the premier.",
    "Print unions joined in on Wednesday.",
    "Save for the pilots, nobody has settled.",
    "Join us or stand aside, the guild told the pilots.",
    "Live ammunition was not used, the police said.",
    "Watch for the tide, an old hand said.",
    "Notes were exchanged at noon.",
    "Next comes the vote.",
    "No comment, said the companies.",
    "Reply came there none.",
    "Search parties were called off.",
    "Also on the table is a one-off payment.",
    "Topics for the next round were not named.",
    "(The pilots have a contract of their own.)",
    "The guild's members vote on May 3, 2024.",
    "The offer (see above) was the third.",
    "Ms Sollas is a former ferryman.",
    "Sollas: no deal without night crossings",
    "What the companies want",
    "A third way?",
    "14.20",
    "10:40am",
    "Night crossings",
    "'Not one boat'",
]


def page(*lines: str) -> str:
    return "\n\n".join(lines) + "\n"


def covered(text: str, line: str) -> float:
    """The share of a line, without space, that is labelled."""
    start = text.index(line)
    marked = {i for f in find_furniture(text) for i in range(f.span.start, f.span.end)}
    places = [i for i in range(start, start + len(line)) if not text[i].isspace()]
    return sum(i in marked for i in places) / len(places)


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
@pytest.mark.parametrize("gap", ["\n", "\n\n"], ids=["tight", "spaced"])
def test_whole_page(path: Path, gap: str) -> None:
    lines = path.read_text("utf-8").splitlines()
    text = gap.join(line.removeprefix("~") for line in lines)
    furniture = find_furniture(text)
    assert all(text[f.span.start : f.span.end] == f.span.text for f in furniture)
    assert all(a.span.end <= b.span.start for a, b in pairwise(furniture))
    marked = {i for f in furniture for i in range(f.span.start, f.span.end)}
    at = wanted = said = right = 0
    missed: list[str] = []
    for line in lines:
        words = line.removeprefix("~")
        places = {i for i in range(at, at + len(words)) if not text[i].isspace()}
        at += len(words) + len(gap)
        said += len(places & marked)
        wanted += len(places) * line.startswith("~")
        right += len(places & marked) * line.startswith("~")
        if len(places & marked) != len(places) * line.startswith("~"):
            missed.append(line)
    assert 2 * right / (said + wanted) >= 0.95, missed
    assert right >= 0.98 * said, missed


@pytest.mark.parametrize("line", ANYWHERE)
def test_furniture_between_paragraphs(line: str) -> None:
    assert covered(page(HEADLINE, OPENING, line, MIDDLE, CLOSING), line) == 1


@pytest.mark.parametrize("line", ANYWHERE)
def test_furniture_below_the_report(line: str) -> None:
    assert covered(page(HEADLINE, OPENING, MIDDLE, CLOSING, line), line) == 1


@pytest.mark.parametrize("line", HEAD)
def test_furniture_above_the_report(line: str) -> None:
    text = page(HEADLINE, line, OPENING, MIDDLE, CLOSING)
    assert covered(text, line) == 1
    assert covered(text, HEADLINE) == 0
    assert covered(text, OPENING) == 0


@pytest.mark.parametrize("line", TAIL)
def test_furniture_only_below_the_report(line: str) -> None:
    text = page(HEADLINE, OPENING, MIDDLE, CLOSING, line)
    assert covered(text, line) == 1
    assert covered(text, CLOSING) == 0


@pytest.mark.parametrize("line", PROSE)
def test_prose_that_looks_like_furniture(line: str) -> None:
    assert covered(page(HEADLINE, OPENING, line, MIDDLE, CLOSING), line) == 0


@pytest.mark.parametrize("line", [p for p in PROSE if p.endswith((".", "”"))])
def test_prose_as_the_last_line(line: str) -> None:
    assert covered(page(HEADLINE, OPENING, MIDDLE, CLOSING, line), line) == 0
    assert covered(page(HEADLINE, OPENING, "Advertisement", MIDDLE, CLOSING, "Share this:", line), line) == 0


@pytest.mark.parametrize(
    "headline",
    [
        "Analysis: Who blinks first on the ferries?",
        "Ferries: what we know",
        "Share offer splits ferrymen",
        "By sea or not at all",
        "Exclusive: Guild to walk out",
        "Watch: Ferrymen block pier",
        "Talks fail",
    ],
)
def test_headlines_stay(headline: str) -> None:
    assert covered(page(headline, OPENING, MIDDLE, CLOSING), headline) == 0


def test_a_credit_inside_a_paragraph_is_labelled_alone() -> None:
    credit = "(Photo by JO RUIZ/AFP via Getty Images)"
    line = f"{OPENING} {MIDDLE} {credit}"
    text = page(HEADLINE, line, CLOSING)
    assert [f.span.text for f in find_furniture(text)] == [credit]


def test_a_stray_bullet_is_labelled_alone() -> None:
    text = page(HEADLINE, f"  • {OPENING}", MIDDLE, CLOSING)
    assert [(f.span.text, f.rule) for f in find_furniture(text)] == [("•", "bullet")]


@pytest.mark.parametrize(
    "dateline", ["SILE: ", "SILE, 27 May 2024 – ", "SILE, May 27 (Estwire) — ", "SILE (AP) — ", "Sile - "]
)
def test_datelines_belong_to_the_report(dateline: str) -> None:
    assert covered(page(HEADLINE, dateline + OPENING, MIDDLE, CLOSING), dateline.strip()) == 0


def test_a_prompt_broken_over_short_lines() -> None:
    text = page(
        HEADLINE,
        OPENING,
        MIDDLE,
        CLOSING,
        "Want more from\nthe Courier?",
        "Get the best of\nthe islands in your\ninbox",
    )
    assert covered(text, "Want more from\nthe Courier?") == 1
    assert covered(text, "Get the best of\nthe islands in your\ninbox") == 1


def test_readers_comments_below_the_form_are_no_report() -> None:
    comment = "Jo says: I have taken that ferry for thirty years and I have never once seen the crew sit down."
    text = page(HEADLINE, *[OPENING, MIDDLE, CLOSING] * 3, "3 Comments", comment, "Reply")
    assert covered(text, comment) == 1


def test_a_wrapped_paragraph_is_no_furniture() -> None:
    wrapped = (
        "The companies wanted the ferrymen to sign up to the plan by noon, and to\n"
        "share this burden with the pilots, who had refused to have anything to do\n"
        "with it, and to leave a reply at the desk before they went home for the day."
    )
    assert covered(page(HEADLINE, OPENING, wrapped, CLOSING), wrapped) == 0


def test_furniture_is_labelled_and_never_deleted() -> None:
    text = page("Home » News", HEADLINE, "By Jo Ruiz", OPENING, "Share this:")
    report = make_report(text)
    assert report.text == text
    assert {f.rule for f in report.furniture} == {"navigation", "byline", "share"}
