"""Feeds into a kept ledger, from a real server on this machine's loopback."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from onthetable.case import Case, Party, pack
from onthetable.cli import run
from onthetable.errors import InputError, StoreError, UsageError
from onthetable.reports.feeds import read_feed
from onthetable.reports.web import Fetcher
from onthetable.store import Store, open_store
from onthetable.watching import LONGEST, SPELL, Watch

CASE = Case("ferries", (pack("labour"),), (Party("Deckhands' Guild"), Party("Northern Ferries")))
PAGE = "The Deckhands' Guild rejected the pay offer of Northern Ferries on {day}. The Guild demanded a shorter week."


def rss(*links: str) -> str:
    items = "".join(f"<item><title>News</title><link>{link}</link></item>" for link in links)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Quay Post</title>{items}</channel></rss>'


class Site:
    """What the server says, and what it was asked."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[int, str, str]] = {}
        self.heads: dict[str, str] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []

    def says(self, path: str, text: str, kind: str = "text/plain", status: int = 200) -> None:
        self.pages[path] = (status, kind, text)

    def times(self, path: str) -> int:
        return sum(p == path for p, _ in self.asked)


@pytest.fixture
def site() -> Iterator[Any]:
    found = Site()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

        def do_GET(self) -> None:
            found.asked.append((self.path, dict(self.headers)))
            status, kind, text = found.pages.get(self.path, (404, "text/plain", "gone"))
            if self.path.startswith("/to?"):
                self.send_response(302)
                self.send_header("Location", self.path[4:])
                self.end_headers()
                return
            tag = f'"{hash(text)}"'
            if self.headers.get("If-None-Match") == tag:
                self.send_response(304)
                self.end_headers()
                return
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("ETag", tag)
            if self.path in found.heads:
                self.send_header("Retry-After", found.heads[self.path])
            self.end_headers()
            self.wfile.write(text.encode())

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        http.daemon_threads = True
        threading.Thread(target=http.serve_forever, daemon=True).start()
        found.base = f"http://127.0.0.1:{http.server_port}"  # type: ignore[attr-defined]
        yield found
        http.shutdown()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "talks.db"), create=True) as found:
        yield found


def watching(store: Store, *feeds: str, **more: Any) -> Watch:
    local = Fetcher(local=True, seconds=2.0, most=1_000_000)
    return Watch(feeds, store, **{"case": CASE, "fetcher": local, "pause": 0.0, **more})


def test_what_a_feed_lists_is_added_once(site: Any, store: Store) -> None:
    for n, day in enumerate(("Monday", "Tuesday")):
        site.says(f"/{n}", PAGE.format(day=day))
    site.says("/feed", rss(f"{site.base}/0", "/1", f"{site.base}/feed", "javascript:alert(1)", "mailto:x@y"))
    watch = watching(store, f"{site.base}/feed")
    first = watch.look()
    assert (first.feeds, first.new, first.rejected) == (1, 2, ())
    assert {e.name for e in store.inputs()} == {f"{site.base}/0", f"{site.base}/1"}
    again = watch.look(all=True)
    assert (again.unchanged, again.new) == (1, 0)
    assert site.times("/0") == 1
    assert "If-None-Match" in site.asked[-1][1]


def test_a_new_entry_of_a_changed_feed_is_added(site: Any, store: Store) -> None:
    site.says("/0", PAGE.format(day="Monday"))
    site.says("/1", PAGE.format(day="Friday"))
    site.says("/feed", rss(f"{site.base}/0"))
    watch = watching(store, f"{site.base}/feed")
    watch.look()
    site.says("/feed", rss(f"{site.base}/1", f"{site.base}/0"))
    assert watch.look(all=True).new == 1
    assert site.times("/0") == 1


def test_a_feed_that_fails_is_asked_ever_less_often_and_others_go_on(site: Any, store: Store) -> None:
    site.says("/0", PAGE.format(day="Monday"))
    site.says("/feed", rss(f"{site.base}/0"))
    site.says("/bad", "no feed at all")
    watch = watching(store, f"{site.base}/bad", f"{site.base}/feed", f"{site.base}/gone", every=60.0)
    found = watch.look()
    assert found.new == 1
    assert {(e.name[-4:], e.reason) for e in found.rejected} == {
        ("/bad", "no RSS or Atom feed"), ("gone", "the server answered 404"),
    }  # fmt: skip
    waits = []
    for _ in range(4):
        watch.look(all=True)
        feed = store.feed(f"{site.base}/bad")
        assert feed
        waits.append(watch._due(feed.url).timestamp() - time.time())
    assert waits == sorted(waits)
    assert waits[-1] > 8 * 60
    assert waits[-1] <= LONGEST
    assert watch.look().feeds == 0


def test_what_may_be_gone_the_next_time_is_tried_again_and_nothing_else(site: Any, store: Store) -> None:
    site.says("/0", "down", status=503)
    site.says("/1", "<html></html>", "text/html")
    site.says("/feed", rss(f"{site.base}/0", f"{site.base}/1"))
    watch = watching(store, f"{site.base}/feed")
    assert len(watch.look().rejected) == 2
    site.says("/0", PAGE.format(day="Monday"))
    assert watch.look(all=True).new == 1
    assert (site.times("/0"), site.times("/1")) == (2, 1)
    assert watch.look(all=True).unchanged == 1


def due_in(store: Store, url: str) -> float:
    feed = store.feed(url)
    assert feed
    return datetime.fromisoformat(feed.due).timestamp() - time.time()


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(("said", "least", "most"), [
    ("600", 590, 600), ("5", 50, 60), ("99999999999999999999", LONGEST - 10, LONGEST),
    ("in an hour", 3_400, 3_600),
    ("Wed, 21 Oct 2015 07:28:00 GMT", 50, 60), ("soon", 110, 120), ("", 110, 120), ("-5", 110, 120),
])  # fmt: skip
def test_a_feed_is_left_alone_for_as_long_as_its_server_says(
    site: Any, store: Store, status: int, said: str, least: float, most: float
) -> None:
    site.says("/feed", "busy", status=status)
    in_an_hour = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    site.heads["/feed"] = in_an_hour if said == "in an hour" else said
    url = f"{site.base}/feed"
    (error,) = watching(store, url, every=60.0).look().rejected
    assert error.reason.startswith(f"the server answered {status}")
    assert least <= due_in(store, url) <= most
    again = watching(store, url, every=60.0).look(all=True)  # as after a new start, with --once
    told = said not in ("soon", "", "-5")
    assert again.feeds == (0 if told else 1)
    assert site.times("/feed") == (1 if told else 2)


def test_a_server_that_asks_for_patience_is_asked_for_no_further_page(site: Any, store: Store) -> None:
    for n in range(4):
        site.says(f"/{n}", PAGE.format(day=f"day {n}"))
    site.says("/1", "busy", status=429)
    site.heads["/1"] = "600"
    site.says("/feed", rss(*(f"{site.base}/{n}" for n in range(4))))
    watch = watching(store, f"{site.base}/feed")
    found = watch.look()
    assert (found.new, len(found.rejected), found.waiting) == (1, 1, 2)
    assert [p for p, _ in site.asked if p in ("/2", "/3")] == []
    assert watch.look(all=True).feeds == 0, "nor for the feed"
    assert watch._due(f"{site.base}/feed").timestamp() - time.time() > 590
    site.says("/1", PAGE.format(day="day 1"))
    watch._quiet.clear()
    assert watch.look(all=True).new == 3
    assert watch.look(all=True).unchanged == 1


def test_patience_without_a_time_and_for_a_page_only(site: Any, store: Store) -> None:
    for n in range(3):
        site.says(f"/{n}", PAGE.format(day=f"day {n}"))
    site.says("/0", "busy", status=503)
    site.says("/feed", rss(*(f"{site.base}/{n}" for n in range(3))))
    watch = watching(store, f"{site.base}/feed")
    assert (watch.look().new, watch._is_quiet(site.base)) == (2, False)
    site.says("/0", "busy", status=429)
    assert watch.look(all=True).rejected
    assert watch._is_quiet(site.base)
    assert watch._quiet[site.base.removeprefix("http://")] - time.monotonic() <= SPELL


def test_a_page_that_always_asks_for_patience_keeps_no_other_one_back(site: Any, store: Store) -> None:
    site.says("/0", "busy", status=503)
    site.heads["/0"] = "600"
    site.says("/1", PAGE.format(day="Monday"))
    site.says("/feed", rss(f"{site.base}/0", f"{site.base}/1"))
    assert watching(store, f"{site.base}/feed").look().waiting == 1
    assert watching(store, f"{site.base}/feed").look(all=True).new == 1


@pytest.mark.parametrize("status", [500, 503, 429])
def test_what_a_server_says_of_programs_is_waited_for(site: Any, store: Store, status: int) -> None:
    site.says("/robots.txt", "busy", status=status)
    site.says("/0", PAGE.format(day="Monday"))
    site.says("/feed", rss(f"{site.base}/0"))
    watch = watching(store, f"{site.base}/feed")
    assert [e.reason for e in watch.look().rejected] == [f"the server answered {status}"]
    assert site.times("/0") == 0
    site.says("/robots.txt", "User-agent: *\nDisallow: /private")
    watch._quiet.clear()
    assert watch.look(all=True).new == 1


def test_pages_that_a_server_keeps_from_programs_are_rejected_by_that_reason(site: Any, store: Store) -> None:
    site.says("/robots.txt", "User-agent: *\nDisallow: /private")
    site.says("/private/0", PAGE.format(day="Monday"))
    site.says("/feed", rss(f"{site.base}/private/0"))
    found = watching(store, f"{site.base}/feed").look()
    assert [e.reason for e in found.rejected] == ["its server keeps it from programs (robots.txt)"]
    assert site.times("/private/0") == 0


def test_a_server_is_left_in_peace_between_two_pages(site: Any, store: Store) -> None:
    for n in range(3):
        site.says(f"/{n}", PAGE.format(day=f"day {n}"))
    site.says("/feed", rss(*(f"{site.base}/{n}" for n in range(3))))
    begun = time.monotonic()
    assert watching(store, f"{site.base}/feed", pause=0.2).look().new == 3
    assert time.monotonic() - begun >= 4 * 0.2


@pytest.mark.parametrize(
    "target", ["http://10.0.0.1/", "http://169.254.169.254/latest", "http://[::1]/", "file:///etc/passwd"]
)
def test_feeds_and_links_that_lead_into_the_network_are_refused(site: Any, store: Store, target: str) -> None:
    site.says("/feed", rss(f"{site.base}/to?{target}", target))
    watch = watching(store, f"{site.base}/feed", f"{site.base}/to?{target}")
    found = watch.look()
    assert found.new == 0
    assert len(found.rejected) >= 2
    closed = Watch([f"{site.base}/feed"], store, case=CASE, pause=0.0)
    assert "loopback" in closed.look(all=True).rejected[0].reason


def test_feeds_that_loop_end(site: Any, store: Store) -> None:
    site.says("/feed", rss(f"{site.base}/feed"))
    found = watching(store, f"{site.base}/to?/to?/to?/to?/to?/to?/to?/feed", f"{site.base}/feed").look()
    assert [e.reason for e in found.rejected] == ["more than 5 redirects"]


def test_feeds_that_list_feeds_are_not_followed(site: Any, store: Store) -> None:
    site.says("/0", PAGE.format(day="Monday"))
    site.says("/feed", rss(f"{site.base}/other", f"{site.base}/0"), "application/rss+xml")
    site.says("/other", rss(f"{site.base}/feed", f"{site.base}/deeper"), "application/rss+xml")
    found = watching(store, f"{site.base}/feed").look()
    assert found.new == 1
    assert [e.reason for e in found.rejected] == ["what stands there is not read (application/rss+xml)"]
    assert site.times("/deeper") == 0
    assert watching(store, f"{site.base}/feed").look(all=True).unchanged == 1


def test_a_ledger_that_cannot_be_written_ends_it_by_name(site: Any, tmp_path: Path, store: Store) -> None:
    site.says("/0", PAGE.format(day="Monday"))
    site.says("/feed", rss(f"{site.base}/0"))
    watch = watching(store, f"{site.base}/feed")
    (tmp_path / "talks.db").rename(tmp_path / "elsewhere.db")
    with pytest.raises(StoreError, match=r"talks\.db"):
        watch.look()


def test_it_stops_between_two_pages_and_loses_none(site: Any, store: Store) -> None:
    for n in range(5):
        site.says(f"/{n}", PAGE.format(day=f"day {n}"))
    site.says("/feed", rss(*(f"{site.base}/{n}" for n in range(5))))
    watch = watching(store, f"{site.base}/feed", pause=0.1)
    thread = threading.Thread(target=watch.run)
    thread.start()
    while not any(p == "/1" for p, _ in site.asked):
        time.sleep(0.01)
    watch.stop.set()
    thread.join(10)
    assert not thread.is_alive()
    done = len(store.inputs())
    assert 1 <= done < 5
    assert watching(store, f"{site.base}/feed").look(all=True).new == 5 - done
    assert watching(store, f"{site.base}/feed").look(all=True).unchanged == 1


def test_mistakes_are_told(tmp_path: Path, store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UsageError, match="no http"):
        Watch(["ftp://quay.example/feed"], store)
    with pytest.raises(UsageError, match="which feeds"):
        Watch([], store)
    assert run(["watch", str(tmp_path / "absent"), "--ledger", str(tmp_path / "x.db"), "--once"]) == 2
    assert "neither an address nor a file" in capsys.readouterr().err


@pytest.mark.parametrize(
    "data", [b"", b"<html>", b"\x00\xff", b"<rss", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>']
)
def test_what_is_no_feed_is_an_error(data: bytes) -> None:
    with pytest.raises(InputError, match="no RSS or Atom"):
        read_feed(data, "https://quay.example/feed")


def test_atom_and_relative_links() -> None:
    data = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title>
    <entry><link href="a/1#top"/></entry><entry><link href="a/1"/></entry></feed>"""
    assert read_feed(data, "https://quay.example/x/feed").links == ("https://quay.example/x/a/1",)


def test_a_signal_stops_the_command_cleanly(site: Any, tmp_path: Path) -> None:
    site.says("/feed", rss())
    (tmp_path / "feeds.txt").write_text(f"# ours\n{site.base}/feed\n")
    program = str(Path(sys.executable).with_name("onthetable"))
    command = [program, "watch", str(tmp_path / "feeds.txt"), "--ledger", str(tmp_path / "x.db")]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        assert "Watching 1 feed" in process.stderr.readline()
        process.send_signal(signal.SIGTERM)
        rest = process.stderr.read()
    assert process.returncode == 0
    assert "Stopped; everything that was read is in the ledger." in rest
