"""A new user's path, from the demo to a data frame: every step is one that the README or the tutorial shows."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import HOST, TOKEN, csrf

import onthetable as ott
from onthetable.bundled import examples
from onthetable.cli import run
from onthetable.web import Settings, create_app

ROOT = Path(__file__).resolve().parents[1]
SHOWN = (ROOT / "README.md").read_text("utf-8") + (ROOT / "docs" / "tutorial.md").read_text("utf-8")


def step(line: str) -> int:
    """Runs a command, if a document shows one with the same verb and options."""
    words = line.split()
    verb = " ".join(words[:2] if words[0] in ("case", "review") else words[:1])
    options = [w for w in words if w.startswith("-")]
    shown = [re.sub(r"\\\n", "", m) for m in re.findall(rf"onthetable {verb}\b[^`\n]*", SHOWN)]
    assert any(all(o in m.split() for o in options) for m in shown), f"no document shows: onthetable {line}"
    return run(words)


def test_from_the_demo_to_a_data_frame(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "make demo" in SHOWN
    assert run(["demo"]) == 0
    shutil.copytree(examples() / "strike", "reports")
    assert step("brief reports") == 0
    assert step("case draft reports -o case.toml") == 0
    assert step("case check case.toml reports") in (0, 1)
    assert step("brief reports --case case.toml --out brief.html") == 0
    assert "Content-Security-Policy" in Path("brief.html").read_text("utf-8")
    assert step("read reports --ledger talks.db --case case.toml") == 0

    assert "onthetable serve --ledger strike.db --open" in SHOWN
    with TestClient(create_app(Settings("talks.db", TOKEN)), base_url=HOST) as app:
        page = app.get("/", params={"token": TOKEN}).text
        assert "Where they stand" in page
        review = app.get("/review").text
        id = review.split('name="id" value="')[1].split('"')[0]
        count = len(app.get("/api/moves").json()["moves"])
        app.post("/review", data={"csrf": csrf(app), "id": id, "action": "reject", "by": "Ida"})
        assert len(app.get("/api/moves").json()["moves"]) == count - 1

    capsys.readouterr()
    assert step("review history --ledger talks.db") == 0
    assert "Ida  reject" in capsys.readouterr().out
    assert step("export out --ledger talks.db --format csv") == 0
    assert len(Path("out/moves.csv").read_text("utf-8").splitlines()) > 1
    assert '.to_pandas("moves")' in SHOWN
    assert len(ott.read("reports", "case.toml").to_pandas("moves")) == count
