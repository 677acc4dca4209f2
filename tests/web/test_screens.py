"""The app as a new user goes through it, in a real browser, with and without script."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright
from tests.web.conftest import TOKEN

from onthetable.web import Settings, create_app

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic", "--no-first-run",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
SCREENS = [
    "/", "/issue/ceasefire", "/proposals", "/timeline", "/sources", "/reports", "/reports?q=truce", "/changes",
    "/review", "/add", "/?at=2026-03-05&party=Sorvana", "/?at=nothing",
]  # fmt: skip
REPORT = """6 June 2026

The Tolmera League on Saturday rejected the ceasefire for good.
"There will be no ceasefire while one soldier stands on the passes," its chief negotiator, Ilsa Marek, said."""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium: apt-get install chromium"),
]

Serve = Callable[[Path], str]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()


@pytest.fixture(scope="module")
def serve() -> Iterator[Serve]:
    """Runs the app over a ledger on a free port of this machine; gives its address."""
    with ExitStack() as stack:

        def running(ledger: Path) -> str:
            app = create_app(Settings(str(ledger), TOKEN))
            config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning")
            socket, server = config.bind_socket(), uvicorn.Server(config)
            thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]}, daemon=True)
            thread.start()

            def stop() -> None:
                server.should_exit = True
                thread.join(10)
                socket.close()

            stack.callback(stop)
            while not server.started:
                time.sleep(0.01)
            return f"http://127.0.0.1:{socket.getsockname()[1]}"

        yield running


@pytest.fixture(scope="module")
def shared(serve: Serve, kept: Path) -> str:
    """The example, for tests that change nothing."""
    return serve(kept)


class Watched:
    """A page, with what went wrong on it and what it asked of elsewhere."""

    def __init__(self, browser: Browser, base: str, *, width: int = 1280, script: bool = True, scheme: str = "light"):
        self.base = base
        self.context = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=script, reduced_motion="reduce",
            color_scheme=scheme, accept_downloads=True,  # type: ignore[arg-type]
        )  # fmt: skip
        self.page: Page = self.context.new_page()
        self.wrong: list[str] = []
        self.page.on("console", lambda m: self.wrong.append(m.text) if m.type == "error" else None)
        self.page.on("pageerror", lambda e: self.wrong.append(str(e)))
        self.page.on("request", lambda r: None if r.url.startswith(base) else self.wrong.append(r.url))
        self.page.goto(f"{base}/?token={TOKEN}")

    def to(self, path: str) -> Page:
        self.page.goto(self.base + path)
        return self.page


@pytest.mark.parametrize("script", [True, False])
def test_from_the_example_to_a_position_to_its_words(
    browser: Browser, serve: Serve, tmp_path: Path, script: bool
) -> None:
    seen = Watched(browser, serve(tmp_path / "new.db"), script=script)
    page = seen.page
    page.get_by_role("button", name="Open the example").click()
    page.wait_for_selector("text=What it changed", timeout=60_000)
    page.get_by_role("link", name="Where they stand now").click()
    claim = page.locator("table.matrix a.claim").first
    words = claim.inner_text()
    claim.click()
    page.wait_for_selector("mark:target")
    target = page.locator("mark:target")
    assert "/report/" in page.url
    assert target.count() == 1
    assert target.is_visible()
    assert words.split()[1].rstrip("s")[:5] in target.inner_text()
    page.locator(".notes a").first.click()
    assert "/report/" not in page.url
    assert not seen.wrong


@pytest.mark.parametrize("script", [True, False])
def test_two_dates_are_compared_with_both_sentences(browser: Browser, shared: str, script: bool) -> None:
    seen = Watched(browser, shared, script=script)
    page = seen.to("/changes")
    page.get_by_label("From").fill("2026-02-10")
    page.get_by_label("to", exact=True).fill("2026-03-20")
    page.get_by_role("button", name="Compare").click()
    assert "from=2026-02-10&to=2026-03-20" in page.url
    one = page.locator(".change-of").filter(has=page.locator("blockquote").nth(1)).first
    assert one.locator("blockquote").count() == 2
    assert not seen.wrong


def test_the_slider_puts_the_day_in_the_address(browser: Browser, shared: str) -> None:
    seen = Watched(browser, shared)
    page = seen.to("/")
    page.locator("#slide").focus()
    page.keyboard.press("Home")
    page.wait_for_url("**/?at=*")
    assert page.locator("#slide").input_value() == "0"
    assert "as known on" in page.locator(".lede").inner_text()
    page.locator("a[rel=next]").click()
    assert page.locator("#slide").input_value() == "1"
    assert not seen.wrong


@pytest.mark.parametrize("script", [True, False])
def test_a_report_is_added_and_what_it_changed_is_seen(
    browser: Browser, serve: Serve, ledger: Path, script: bool
) -> None:
    seen = Watched(browser, serve(ledger), script=script)
    page = seen.to("/add")
    page.get_by_label("Text of one report").fill(REPORT)
    page.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_selector("text=1 report new", timeout=60_000)
    change = page.locator(".changes li").filter(has_text="ceasefire").filter(has_text="Tolmera League").first
    assert "→" in change.inner_text()
    assert "rejects" in change.inner_text()
    assert not seen.wrong


def test_files_are_chosen_and_rejected_by_reason(browser: Browser, serve: Serve, ledger: Path, tmp_path: Path) -> None:
    seen = Watched(browser, serve(ledger))
    good, bad = tmp_path / "saturday.txt", tmp_path / "nothing.pdf"
    good.write_text(REPORT)
    bad.write_bytes(b"%PDF-1.4 broken")
    page = seen.to("/add")
    page.locator("input[type=file]").set_input_files([good, bad])
    page.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_selector("text=1 not read", timeout=60_000)
    assert "nothing.pdf" in page.locator("main").inner_text()


def test_a_correction_by_keys_changes_the_matrix_and_is_undone(browser: Browser, serve: Serve, ledger: Path) -> None:
    seen = Watched(browser, serve(ledger))
    page = seen.to("/")
    cell = page.locator("tr", has_text="Disarmament").locator("td[data-party='Sorvana']")
    cell.locator("a.claim").first.click()
    ids = page.evaluate("() => fetch('/api/moves').then((r) => r.json())")["moves"]
    move = next(m for m in ids if m["party"] == "Sorvana" and m["issue"] == "disarmament" and m["act"] == "demands")
    before = seen.to("/").locator("tr", has_text="Disarmament").inner_text()
    page = seen.to(f"/review?id={move['id']}")
    page.keyboard.press("x")
    page.wait_for_selector("text=kept: reject")
    assert seen.to("/").locator("tr", has_text="Disarmament").inner_text() != before
    page = seen.to("/review")
    page.keyboard.press("u")
    page.wait_for_selector("text=undone")
    assert seen.to("/").locator("tr", has_text="Disarmament").inner_text() == before
    page = seen.to(f"/review?id={move['id']}")
    page.keyboard.press("e")
    page.get_by_label("Act").select_option("considers")
    page.get_by_role("button", name="Keep this").click()
    page.wait_for_selector("text=kept: edit")
    assert seen.to("/").locator("tr", has_text="Disarmament").inner_text() != before
    assert not seen.wrong


def test_views_are_downloaded_and_printed(browser: Browser, shared: str) -> None:
    seen = Watched(browser, shared)
    page = seen.to("/")
    with page.expect_download() as got:
        page.get_by_role("link", name="CSV").click()
    assert got.value.suggested_filename == "positions.csv"
    page.emulate_media(media="print")
    assert page.locator(".footnotes").is_visible()
    assert not page.locator(".bar-tools").is_visible()
    assert page.pdf().startswith(b"%PDF")
    assert not seen.wrong


def test_claims_are_gone_through_by_keys_and_cited(browser: Browser, shared: str) -> None:
    seen = Watched(browser, shared)
    seen.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=shared)
    page = seen.to("/issue/ceasefire")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("c")
    page.wait_for_selector("text=Citation copied")
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert f"{shared}/report/" in copied
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    assert page.evaluate("() => document.activeElement.id") == "q"
    assert not seen.wrong


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("path", SCREENS)
def test_no_screen_is_wider_than_its_window_or_asks_for_anything(
    browser: Browser, shared: str, path: str, width: int
) -> None:
    seen = Watched(browser, shared, width=width)
    page = seen.to(path)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    assert [w for w in seen.wrong if "400" not in w] == []
    seen.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_screen(browser: Browser, shared: str, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python", reason="needs axe-playwright-python: pip install it")
    from axe_playwright_python.sync_playwright import Axe

    assert axe
    context = browser.new_context(bypass_csp=True, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{shared}/?token={TOKEN}")
    page.locator("table.matrix a.claim").first.click()
    report = page.url.removeprefix(shared)
    for path in (*SCREENS, report):
        page.goto(shared + path)
        found = [(v["id"], v["nodes"][0]["target"]) for v in Axe().run(page).response["violations"]]
        assert not found, path
    context.close()
