"""The dossier in a real browser."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright
from tests.talks import make_talks

from onthetable.views import html

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic", "--no-first-run",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium: apt-get install chromium"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    file: Path = tmp_path_factory.mktemp("dossier") / "talks.html"
    file.write_text(html.page(make_talks()), "utf-8")
    return file.as_uri()


def opened(
    browser: Browser, address: str, width: int = 1280, script: bool = True
) -> tuple[Page, list[str], list[Request]]:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, java_script_enabled=script, reduced_motion="reduce"
    )
    page = context.new_page()
    errors: list[str] = []
    requests: list[Request] = []
    page.on("console", lambda message: errors.append(message.text))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("dialog", lambda dialog: errors.append(dialog.message))
    page.on("request", lambda request: requests.append(request))
    page.goto(address)
    return page, errors, requests


@pytest.mark.parametrize("script", [True, False])
def test_a_position_leads_to_its_words_and_back(browser: Browser, address: str, script: bool) -> None:
    page, errors, requests = opened(browser, address, script=script)
    position = page.locator("#positions .pos", has_text="accepts").first
    position.locator("a.claim").first.click()
    words = page.locator("mark:target")
    assert words.inner_text() == "Sudmark has accepted a truce of eight weeks"
    assert words.evaluate("e => { const r = e.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight }")
    page.locator(".notes a", has_text="Sudmark accepts").click()
    assert page.locator(":target").get_attribute("id") == position.get_attribute("id")
    assert errors == []
    assert [r.url for r in requests] == [address]
    page.context.close()


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_the_page_is_never_wider_than_the_window(browser: Browser, address: str, width: int) -> None:
    page, errors, _ = opened(browser, address, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert errors == []
    page.context.close()


def test_keys_and_theme(browser: Browser, address: str) -> None:
    page, errors, _ = opened(browser, address)
    page.keyboard.press("j")
    first = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.getAttribute('href')") != first
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.getAttribute('href')") == first
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.keyboard.press("t")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    assert errors == []
    page.context.close()


def test_the_table_is_a_table_to_assistive_technology_at_phone_width(browser: Browser, address: str) -> None:
    page, _, _ = opened(browser, address, 390)
    table = page.get_by_role("table", name="Each party's latest reported position")
    assert table.get_by_role("row").count() > 2
    assert table.get_by_role("rowheader", name="Ceasefire").count() == 1
    page.context.close()


def test_it_prints(browser: Browser, address: str) -> None:
    page, errors, _ = opened(browser, address)
    assert page.pdf().startswith(b"%PDF")
    assert errors == []
    page.context.close()


RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing(browser: Browser, address: str, width: int, scheme: Literal["light", "dark"]) -> None:
    axe = pytest.importorskip("axe_playwright_python", reason="needs axe-playwright-python: pip install it")
    script = Path(axe.__file__).with_name("axe.min.js").read_text("utf-8")
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce", bypass_csp=True
    )
    page = context.new_page()
    page.goto(address)
    page.evaluate(script)
    found = page.evaluate("rules => axe.run(document, { runOnly: rules })", RULES)
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found["violations"]] == []
    context.close()
