"""A large ledger is shown from what is written down of it, as it is shown when it is open, and a scribe makes it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from eval.newsroom import case, newsroom
from starlette.testclient import TestClient
from tests.web.conftest import Client, csrf, finished
from tests.web.test_desk import ids, reject_the_first

from onthetable import following
from onthetable.answering import Answering
from onthetable.errors import StoreError
from onthetable.ledger import Ledger
from onthetable.store import open_store
from onthetable.store.version import version
from onthetable.web import desk as module
from onthetable.web import standard
from onthetable.web.desk import Desk

QUICKLY = {"burst": 100_000, "rate": 100_000.0}
"""Nobody is held up."""
SCREENS = ("/", "/proposals", "/timeline", "/sources", "/reports", "/changes", "/review")


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of 300 made-up reports."""
    where = tmp_path_factory.mktemp("ledger") / "news.db"
    made_by = version(case())
    with open_store(str(where), create=True) as store:
        store.set_case(case())
        for r in newsroom(300):
            store.add(r.report, r, made_by)
    return where


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every ledger is large."""
    monkeypatch.setattr(module, "LARGE", 1)


@pytest.fixture
def desk(ledger: Path, large: None) -> Iterator[Desk]:
    made = Desk(str(ledger))
    yield made
    made.close()


def settled(desk: Desk) -> None:
    """Waits until what is made in the background is there."""
    if desk._maker:
        desk._maker.join(120)


def text_of(app: TestClient, path: str) -> str:
    """A page without the word of its session."""
    answer = app.get(path)
    assert answer.status_code == 200, path
    return re.sub(r'name="csrf" value="[^"]*"', "", answer.text)


def pages_of(ledger: Ledger) -> list[str]:
    """Every standard screen and report, and some that are asked less."""
    waiting = ledger.waiting()
    narrowed = [f"/?party={p}" for p in ledger.parties()] + [f"/?issue={i.id}" for i in ledger.issues()]
    issues = [f"/issue/{i.id}" for i in ledger.issues()]
    reviews = [f"/review?id={waiting[n].id}" for n in (0, 1, len(waiting) // 2, -1)]
    reports = [f"/report/{r.id}" for r in ledger.reports()]
    found = ["/reports?q=talks", f"/reports?q=the&from={ledger.publication_days()[1]}", "/add"]
    return [*SCREENS, *issues, *narrowed, *reviews, *reports, *found]


def dated_pages_of(ledger: Ledger) -> list[str]:
    """What is made of the whole ledger, when it is asked."""
    days = ledger.publication_days()
    return [f"{path}?at={days[len(days) // 2]}" for path in SCREENS[:-1]] + [f"/changes?from={days[0]}&to={days[-2]}"]


@pytest.mark.parametrize("which", ["kept", "news"])
def test_every_page_is_that_of_the_open_ledger(
    which: str, request: pytest.FixtureRequest, tmp_path: Path, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = tmp_path / "talks.db"
    where.write_bytes(request.getfixturevalue(which).read_bytes())
    small = client(where, **QUICKLY)
    ledger = small.app.state.desk.sit().ledger  # type: ignore[attr-defined]
    assert not isinstance(ledger, Answering)
    pages, days = pages_of(ledger), ledger.publication_days()
    seen = [f"/?visited={day}" for day in days[-standard.RECENT - 3 : -1]]
    expected = {path: text_of(small, path) for path in (*pages, *dated_pages_of(ledger))}
    for path in seen:
        small.cookies.set("onthetable-seen", path[-10:])
        expected[path] = text_of(small, path)
    monkeypatch.setattr(module, "LARGE", 1)
    app = client(where, **QUICKLY)
    desk: Desk = app.app.state.desk  # type: ignore[attr-defined]
    settled(desk)
    assert desk._scribe.turn()  # until this is answered, nothing else is done
    time.sleep(3)
    with monkeypatch.context() as m:
        m.setattr(Answering, "_whole", property(lambda _: pytest.fail("opened")))
        for path in pages:
            assert text_of(app, path) == expected[path], path
        for path in seen:
            app.cookies.set("onthetable-seen", path[-10:])
            assert text_of(app, path) == expected[path], path
    for path in dated_pages_of(ledger):
        assert text_of(app, path) == expected[path], path


def test_a_large_ledger_is_shown_before_it_is_made(desk: Desk, ledger: Path) -> None:
    with open_store(str(ledger)) as store:
        shown = following.load(store).ledger
    gone = reject_the_first(desk)
    early = desk.sit().ledger  # what was written down last, for somebody has reviewed since
    assert isinstance(early, Answering)
    assert early.positions() == shown.positions()
    assert gone in [m.id for m in early.waiting()]
    settled(desk)
    assert gone not in [m.id for m in desk.sit().ledger.waiting()]
    assert gone in [m.id for m in early.waiting()]  # whoever is still at it has it to the end


def test_who_reviews_sees_it(client: Client, ledger: Path, large: None) -> None:
    app = client(ledger)
    first = re.findall(r'name="id" value="([^"]+)"', app.get("/review").text)[0]
    answer = app.post("/review", data={"csrf": csrf(app), "action": "reject", "id": first, "by": "ida"})
    assert answer.status_code == 200
    settled(app.app.state.desk)  # type: ignore[attr-defined]
    assert first not in re.findall(r'name="id" value="([^"]+)"', app.get("/review").text)
    with open_store(str(ledger)) as store:
        assert following.check(store) == []


def test_what_is_added_is_shown(client: Client, ledger: Path, large: None) -> None:
    app = client(ledger)
    data = {"csrf": csrf(app), "text": "6 June 2026\n\nThe Tolmera League rejected the ceasefire.", "name": "late"}
    page = finished(app, str(app.post("/add", data=data).url))
    assert "1 report new" in page
    assert "late" in page
    assert "What it changed" in page
    assert "Tolmera League" in page.split("What it changed")[1]
    assert "late" in app.get("/reports").text


def test_a_scribe_that_breaks_off_is_started_once_more(desk: Desk) -> None:
    assert desk.sit().ledger.positions()
    settled(desk)
    process = desk._scribe._process
    assert process
    process.kill()
    process.wait()
    gone = reject_the_first(desk)
    assert gone not in ids(desk.latest())
    assert desk._scribe._process is not process


def test_one_that_always_breaks_off_is_told_and_the_ledger_stays(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    before = desk.sit().ledger.positions()
    settled(desk)
    monkeypatch.setattr(desk._scribe, "_ask", lambda: None)
    reject_the_first(desk)
    with pytest.raises(StoreError, match="broke off twice; it is shown as it was"):
        desk.latest()
    assert desk.latest().positions() == before  # nobody waits for it again until something else has changed


def test_what_goes_wrong_there_is_told_here(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert desk.sit().ledger.positions()
    settled(desk)
    monkeypatch.setattr(desk._scribe, "_ask", lambda: {"error": "the disk is full", "written": False})
    reject_the_first(desk)
    with pytest.raises(StoreError, match="the disk is full"):
        desk.latest()
    monkeypatch.undo()


def test_a_damaged_answer_is_made_anew(desk: Desk) -> None:
    before = desk.sit().ledger.positions()
    settled(desk)
    with desk.store.engine.begin() as c:
        c.exec_driver_sql("UPDATE answers SET data = x'00' WHERE name = 'position'")
    desk._held.loaded.ledger.__dict__.pop("_standing", None)  # type: ignore[union-attr]
    with pytest.raises(StoreError, match="damaged"):
        desk.sit().ledger.positions()
    assert desk.sit().ledger.positions() == before


def test_a_damaged_page_is_made_anew_and_found(client: Client, ledger: Path, large: None) -> None:
    app = client(ledger)
    desk: Desk = app.app.state.desk  # type: ignore[attr-defined]
    expected = text_of(app, "/sources")
    settled(desk)
    with open_store(str(ledger)) as store:
        assert following.check(store) == []
        with store.engine.begin() as c:
            c.exec_driver_sql("UPDATE answers SET data = CAST(substr(data, 1, 40) || '0' AS BLOB) WHERE name = 'page'")
        assert [f.where for f in following.check(store)] == ["derived answers"]
    assert text_of(client(ledger), "/sources") == expected


def test_a_ledger_that_cannot_be_written_down_is_made_here(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk._scribe, "_ask", lambda: {"error": "", "written": False})
    assert not isinstance(desk.sit().ledger, Answering)
    monkeypatch.undo()


def test_one_that_grows_large_is_left_to_the_scribe(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(str(ledger))
    before = desk.sit().ledger
    assert not isinstance(before, Answering)
    monkeypatch.setattr(module, "LARGE", 1)
    gone = reject_the_first(desk)
    after = desk.latest()
    assert isinstance(after, Answering)
    assert ids(after) == tuple(i for i in ids(before) if i != gone)
    desk.close()


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks at processes")
def test_the_scribe_ends_when_the_app_dies(ledger: Path) -> None:
    code = (
        "import sys, time; from onthetable.web import desk; desk.LARGE = 1; d = desk.Desk(sys.argv[1]); d.sit();"
        "d._maker.join(); print(d._scribe._process.pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(ledger)], stdout=subprocess.PIPE, text=True) as app:
        assert app.stdout
        scribe = int(app.stdout.readline())
        os.kill(scribe, 0)
        app.send_signal(signal.SIGKILL)
        app.wait()
    for _ in range(100):
        if not Path(f"/proc/{scribe}").exists() or " Z " in Path(f"/proc/{scribe}/stat").read_text():
            return
        time.sleep(0.1)
    pytest.fail("it is still there")


def test_news_reach_back_a_few_days_on_which_reports_came_out() -> None:
    days = tuple(date(2026, 1, n) for n in range(1, 29))
    reach = days[-standard.RECENT - 1]
    assert standard.seen(days, days[-1]) is None
    assert standard.seen(days, date(2030, 1, 1)) is None
    assert standard.seen(days, days[-2]) == days[-2]
    assert standard.seen(days[::2], days[1] + timedelta(20)) == days[20]  # the last report then was of the day before
    assert standard.seen(days, days[0]) == standard.seen(days, date(2020, 1, 1)) == reach
    assert standard.seen(days[:1], days[0]) is None
