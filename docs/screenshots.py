"""`make screenshots`: the pictures in the docs, taken of the dossier that `onthetable demo` writes."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

IMAGES = Path(__file__).resolve().parent / "images"
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}


def main() -> None:
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as tmp, sync_playwright() as p:
        page_file = Path(tmp) / "demo.html"
        subprocess.run(
            [Path(sys.executable).with_name("onthetable"), "demo", "--out", page_file], check=True, capture_output=True
        )
        browser = p.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        for name, (width, height) in SIZES.items():
            for scheme in ("light", "dark"):
                page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
                page.goto(page_file.as_uri())
                page.screenshot(path=IMAGES / f"dossier-{name}-{scheme}.png")
                page.close()
        browser.close()
    print(*sorted(f.name for f in IMAGES.glob("*.png")), sep="\n")


if __name__ == "__main__":
    main()
