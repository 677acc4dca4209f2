"""Screens, what they can be had as, adding and reviewing, without a browser."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import Client, csrf, finished

from onthetable import following
from onthetable.views import json as as_json

SCREENS = ["/", "/proposals", "/timeline", "/sources", "/reports", "/changes", "/review", "/add"]
REPORT = """The Tolmera League on Sunday rejected the ceasefire for good.

"There will be no ceasefire while one soldier stands on the passes," its chief negotiator, Ilsa Marek, said in Lissgard.
The League demanded the release of 900 prisoners by Sorvana. Sorvana accused the League of breaking off the talks."""


@pytest.mark.parametrize("path", SCREENS)
def test_every_screen_answers_with_real_headings_and_no_place_that_leads_nowhere(
    client: Client, kept: Path, path: str
) -> None:
    page = client(kept).get(path)
    assert page.status_code == 200
    assert page.text.count("<h1") == 1
    ids = set(re.findall(r'\bid="([^"]+)"', page.text))
    assert set(re.findall(r'href="#([^"]+)"', page.text)) <= ids


def test_every_address_of_a_claim_is_a_highlight_of_its_report(client: Client, kept: Path) -> None:
    app = client(kept)
    seen: dict[str, str] = {}
    for path in SCREENS:
        for report, fragment in re.findall(r'href="/report/([^"?#]+)#([^"]+)"', app.get(path).text):
            seen.setdefault(report, app.get(f"/report/{report}").text)
            assert f'id="{fragment}"' in seen[report], (path, fragment)
    assert len(seen) > 5


def test_state_is_in_the_address_and_goes_along(client: Client, kept: Path) -> None:
    page = client(kept).get("/", params={"at": "2026-03-05", "party": "Sorvana"}).text
    assert "as known on <b>5 Mar 2026</b>" in page
    assert 'href="/proposals?at=2026-03-05&amp;party=Sorvana"' in page
    matrix = page[page.index('class="matrix"') : page.index("</table>")]
    assert 'data-party="Sorvana"' in matrix
    assert "Tolmera League</th>" not in matrix


def test_the_forms_of_the_frame_lead_to_addresses(client: Client, kept: Path) -> None:
    app = client(kept)
    there = app.get("/go", params={"path": "/timeline", "at": "2026-03-05", "party": ""}, follow_redirects=False)
    assert there.headers["location"] == "/timeline?at=2026-03-05"
    first = app.get("/go", params={"path": "/", "slide": "0"}, follow_redirects=False).headers["location"]
    assert first.startswith("/?at=2026-0")
    assert app.get("/go", params={"path": "//evil.example"}).status_code == 400


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/?at=tomorrow", 400, "no date; expected YYYY-MM-DD"),
        ("/?party=Nobody", 400, "no such party"),
        ("/changes?from=2026-03-05&to=2026-01-01", 400, "the earlier one first"),
        ("/report/nothing", 404, "No report nothing is in this ledger"),
        ("/issue/nothing", 404, "No issue is called nothing"),
        ("/nowhere", 404, "Not Found"),
        ("/added/99", 404, "not remembered"),
    ],
)
def test_mistakes_in_an_address_are_told(client: Client, kept: Path, path: str, status: int, said: str) -> None:
    page = client(kept).get(path)
    assert (page.status_code, said in page.text) == (status, True)


def test_the_json_is_that_of_the_ledger(client: Client, kept: Path) -> None:
    app, ledger = client(kept), following.kept(str(kept)).ledger
    assert app.get("/api/ledger").text == as_json.document(ledger, None)
    held = app.get("/api/positions", params={"party": "Sorvana"}).json()["positions"]
    assert {p["party"] for p in held} == {"Sorvana"}
    assert len(app.get("/api/changes", params={"from": "2026-02-10", "to": "2026-03-20"}).json()["changes"]) > 3
    assert app.get("/api/find", params={"q": "truce"}).json()
    assert app.get("/api/nothing").status_code == 400


def test_a_search_is_narrowed(client: Client, kept: Path) -> None:
    app = client(kept)
    every = app.get("/api/find", params={"q": "ceasefire"}).json()
    assert every
    for narrowing in ({"party": "Sorvana"}, {"outlet": "Sextant"}, {"from": "2026-03-01"}, {"at": "2026-03-01"}):
        some = app.get("/api/find", params={"q": "ceasefire", **narrowing}).json()
        assert some
        assert len(some) < len(every)
        assert all(p in every for p in some)
        page = app.get("/reports", params={"q": "ceasefire", **narrowing}).text
        assert [page.count(f"/report/{p['report']}") > 0 for p in some] == [True] * len(some)
        assert page.split('<ul class="plain found">')[1].split("</ul>")[0].count("<li>") == len(some)
    assert "No paragraph is so" in app.get("/reports", params={"q": "ceasefire", "source": "zebra"}).text
    refused = app.get("/api/find", params={"q": "ceasefire", "party": "Nobody"})
    assert refused.status_code == 400
    assert "--" not in refused.json()["error"]


@pytest.mark.parametrize("view", ["positions", "proposals", "moves", "figures", "timeline", "sources", "wording"])
def test_every_view_is_to_be_had_as_csv_and_json(client: Client, kept: Path, view: str) -> None:
    app = client(kept)
    found = app.get(f"/data/{view}.csv")
    assert f'filename="{view}.csv"' in found.headers["content-disposition"]
    lines = list(csv.DictReader(io.StringIO(found.text)))
    assert lines
    assert app.get(f"/data/{view}.json").json()["format"] == "onthetable-ledger/1"


def test_no_cell_of_a_csv_is_a_formula(client: Client, ledger: Path) -> None:
    app = client(ledger)
    given = {"csrf": csrf(app), "text": f"=cmd|' /C calc'!A0 said the Tolmera League.\n{REPORT}", "name": "=1+1"}
    finished(app, str(app.post("/add", data=given).url))
    for view in ("moves", "sources", "figures"):
        for row in csv.reader(io.StringIO(app.get(f"/data/{view}.csv").text)):
            assert not any(cell.startswith(("=", "+", "@", "\t")) for cell in row)


def test_a_pasted_report_is_read_and_what_it_changed_is_shown(client: Client, ledger: Path) -> None:
    app = client(ledger)
    answer = app.post("/add", data={"csrf": csrf(app), "text": f"6 June 2026\n\n{REPORT}", "name": "Sunday"})
    page = finished(app, str(answer.url))
    assert "1 report new" in page
    assert "What it changed" in page
    assert "ceasefire" in page
    assert "rejects" in page[page.index("What it changed") :]
    again = app.post("/add", data={"csrf": csrf(app), "text": f"6 June 2026\n\n{REPORT}", "name": "Sunday"})
    assert "1 known already" in finished(app, str(again.url))


def test_files_are_added_by_their_names_and_bad_ones_are_rejected_by_reason(client: Client, ledger: Path) -> None:
    app = client(ledger)
    files = [
        ("files", ("../../evil/one.txt", REPORT.encode(), "text/plain")),
        ("files", ("empty.txt", b"", "text/plain")),
        ("files", ("broken.pdf", b"%PDF-1.7 nothing", "application/pdf")),
    ]
    answer = app.post("/add", data={"csrf": csrf(app)}, files=files)
    page = finished(app, str(answer.url))
    assert "1 report new" in page
    assert "2 not read" in page
    assert "<b>empty.txt</b>" in page
    assert "<b>broken.pdf</b>" in page
    assert "onthetable-" not in page
    listed = app.get("/add").text
    assert "one.txt" in listed
    assert "evil" not in listed


def test_nothing_given_and_addresses_of_other_kinds_are_told(client: Client, ledger: Path) -> None:
    app = client(ledger)
    assert "nothing was given" in app.post("/add", data={"csrf": csrf(app)}).text
    assert "begins with https" in app.post("/add", data={"csrf": csrf(app), "address": "file:///etc/passwd"}).text
    page = finished(app, str(app.post("/add", data={"csrf": csrf(app), "address": "http://127.0.0.1:1/x"}).url))
    assert "not read" in page


def first(app: TestClient) -> tuple[str, str]:
    page = app.get("/review").text
    return page.split('name="id" value="')[1].split('"')[0], page


def test_a_rejected_move_leaves_at_once_and_comes_back_by_undo(client: Client, ledger: Path) -> None:
    app = client(ledger)
    id, _ = first(app)
    before = app.get("/api/moves").json()["moves"]
    given = {"csrf": csrf(app, "/review"), "id": id, "action": "reject", "by": "Ida", "reason": "a metaphor"}
    app.post("/review", data=given)
    after = app.get("/api/moves").json()["moves"]
    assert {m["id"] for m in before} - {m["id"] for m in after} == {id}
    assert "a metaphor" in app.get("/review").text
    app.post("/review", data={"csrf": csrf(app, "/review"), "action": "undo", "number": "1", "by": "Ida"})
    assert app.get("/api/moves").json()["moves"] == before


def test_an_edited_move_says_what_it_was_made_and_survives_reading_again(client: Client, ledger: Path) -> None:
    app = client(ledger)
    id, _ = first(app)
    kept = next(m for m in app.get("/api/moves").json()["moves"] if m["id"] == id)
    given = {"csrf": csrf(app, "/review"), "id": id, "action": "edit", "by": "Ida", "act": "threatens"}
    app.post("/review", data=given)
    ledger_now = following.kept(str(ledger)).ledger
    edited = [m for m in ledger_now.moves() if m.rule == "review:edited"]
    assert [(m.act, m.evidence.text) for m in edited] == [("threatens", kept["evidence"]["text"])]
    same = app.post("/review", data={**given, "id": edited[0].id})
    assert "nothing was changed" in same.text


def test_accept_and_merge_go_on_to_the_next(client: Client, ledger: Path) -> None:
    app = client(ledger)
    id, page = first(app)
    following = page.split('name="next" value="')[1].split('"')[0]
    given = {"csrf": csrf(app, "/review"), "id": id, "next": following, "action": "accept", "by": "Ida"}
    answer = app.post("/review", data=given)
    assert f"id={following}" in str(answer.url)
    page = app.get("/review").text
    if 'name="other"' in page:
        id = page.split('name="id" value="')[1].split('"')[0]
        other = page.split('name="other"><option value="')[1].split('"')[0]
        count = len(app.get("/api/moves").json()["moves"])
        app.post("/review", data={"csrf": csrf(app, "/review"), "id": id, "other": other, "action": "merge", "by": "I"})
        assert len(app.get("/api/moves").json()["moves"]) == count - 1


def test_a_ledger_without_reports_offers_the_example(client: Client, tmp_path: Path) -> None:
    app = client(tmp_path / "new.db")
    start = app.get("/").text
    assert "Open the example" in start
    for path in SCREENS:
        assert app.get(path).status_code == 200
    token = start.split('name="csrf" value="')[1].split('"')[0]
    page = finished(app, str(app.post("/example", data={"csrf": token}).url))
    assert "9 reports new" in page
    assert "Tolmera League" in app.get("/").text


def test_since_the_last_visit(client: Client, kept: Path) -> None:
    app = client(kept)
    page = app.get("/", params={"since": "2026-02-10"}).text
    assert "What moved since 10 Feb 2026" in page
    assert app.cookies.get("onthetable-seen") == "2026-05-26"


def test_a_source_tells_how_many_of_its_statements_are_not_shown(client: Client, kept: Path) -> None:
    told = re.findall(r'<article class="voice".*?</article>', client(kept).get("/sources").text, re.S)
    assert any("earlier</li>" in voice for voice in told)
    for voice in told:
        (count,) = re.findall(r"(\d+) statements?</p>", voice)
        earlier = re.findall(r"and (\d+) earlier</li>", voice) or ["0"]
        assert int(count) == voice.count('class="claim"') + int(earlier[0])


def test_accounts_that_contradict_each_other_stand_side_by_side(client: Client, kept: Path) -> None:
    page = client(kept).get("/sources").text
    told = page.partition("Accounts that cannot both be so")[2].partition("<h3>")[0]
    assert told.count("<dl>") == told.count("</dl>") >= 1
    assert all(dl.count("<dt>") == 2 for dl in told.split("<dl>")[1:])


def test_sources_stand_as_footnotes_for_print(client: Client, kept: Path) -> None:
    page = client(kept).get("/").text
    numbers = re.findall(r'<sup class="fn">(\d+)</sup>', page)
    notes = re.findall(r'<li value="(\d+)">“', page)
    assert numbers
    assert set(numbers) == set(notes)
