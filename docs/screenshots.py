"""`make screenshots`: the pictures in the docs, taken of the dossier of `onthetable demo` and of the app over it."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

IMAGES = Path(__file__).resolve().parent / "images"
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
SCREENS = {
    "stand": "/",
    "issue": "/issue/detainee-release",
    "proposals": "/proposals",
    "timeline": "/timeline",
    "sources": "/sources",
    "reports": "/reports",
    "changes": "/changes?from=2026-02-10&to=2026-03-20",
    "review": "/review",
    "add": "/add",
}
PROGRAM = Path(sys.executable).with_name("onthetable")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def main() -> None:
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as tmp, sync_playwright() as p:
        browser = p.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        dossier(browser, Path(tmp) / "demo.html")
        app(browser, Path(tmp) / "talks.db")
        browser.close()
    print(*sorted(f.name for f in IMAGES.glob("*.png")), sep="\n")


def dossier(browser: Browser, file: Path) -> None:
    subprocess.run([PROGRAM, "demo", "--out", file], check=True, capture_output=True)
    for name, scheme, page in pages(browser):
        page.goto(file.as_uri())
        page.screenshot(path=IMAGES / f"dossier-{name}-{scheme}.png")
        page.context.close()


def app(browser: Browser, ledger: Path) -> None:
    command = [PROGRAM, "serve", "--ledger", str(ledger), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr
        found = re.search(r"http://\S+", server.stderr.readline())
        assert found
        start = found[0]
        base = start.partition("/?")[0]
        for n, (name, scheme, page) in enumerate(pages(browser)):
            page.goto(start)
            if not n:
                page.get_by_role("button", name="Open the example").click()
                page.wait_for_selector("text=What it changed", timeout=120_000)
            for screen, path in SCREENS.items():
                page.goto(base + path)
                page.screenshot(path=IMAGES / f"app-{screen}-{name}-{scheme}.png")
            page.goto(base)
            page.locator("table.matrix a.claim").first.click()
            page.wait_for_selector("mark:target")
            page.screenshot(path=IMAGES / f"app-report-{name}-{scheme}.png")
            page.context.close()
        server.terminate()


def pages(browser: Browser) -> list[tuple[str, str, Page]]:
    """A new page for each size and each of light and dark."""
    return [
        (name, scheme, browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
        ).new_page())
        for name, (width, height) in SIZES.items() for scheme in ("light", "dark")
    ]  # fmt: skip


if __name__ == "__main__":
    main()
