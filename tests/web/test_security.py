"""What is refused: other hosts and sites, no session, readers that write, floods, sizes; and text stays text."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import TOKEN, Client, csrf, finished

from onthetable.cli import run
from onthetable.web import User, read_users
from onthetable.web.users import known

HOSTILE = """<script>alert(1)</script><img src=https://evil.example/x.png onerror=alert(2)>
</textarea></script><a href="javascript:alert(3)" onclick="alert(4)">The Tolmera League</a> rejected a truce.
\u202egnp.exe \u2066 href="#e-1-2-3" {{ 7 * 7 }} {% raw %} end."""


class Elements(HTMLParser):
    """What a browser would act on."""

    def __init__(self) -> None:
        super().__init__()
        self.bad: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in ("img", "iframe", "object", "embed", "style") or (tag == "script" and "src" not in given):
            self.bad.append(tag)
        self.bad += [f"{tag} {k}" for k in given if k.startswith("on") or k == "style"]
        self.bad += [f"{tag} {v}" for k, v in attrs if k in ("href", "src", "action") and "script:" in (v or "")]


def test_without_the_token_nothing_is_shown(client: Client, kept: Path) -> None:
    app = client(kept, open=False)
    assert app.get("/").status_code == 401
    assert app.get("/api/ledger").json() == {
        "error": "no session: open the app by the address that it printed, or log in"
    }
    assert app.get("/", params={"token": "guess"}).status_code == 403
    assert app.get("/api/ledger", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200
    assert app.get("/api/ledger", headers={"Authorization": "Bearer guess"}).status_code == 401


def test_the_token_leaves_the_address_and_the_cookie_is_out_of_reach(client: Client, kept: Path) -> None:
    app = client(kept, open=False)
    answer = app.get("/proposals", params={"token": TOKEN, "at": "2026-03-05"}, follow_redirects=False)
    assert answer.headers["location"].endswith("/proposals?at=2026-03-05")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert TOKEN not in cookie


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "localhost@evil.example", "[::2]"])
def test_other_host_names_are_refused_against_rebinding(client: Client, kept: Path, host: str) -> None:
    assert client(kept).get("/", headers={"Host": host}).status_code in (400, 421)


def test_names_that_are_allowed_are_let_in(client: Client, kept: Path) -> None:
    app = client(kept, hosts=frozenset({"127.0.0.1", "desk.example"}))
    assert app.get("/", headers={"Host": "desk.example:8765", "Authorization": f"Bearer {TOKEN}"}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_forms_of_other_sites_are_refused(client: Client, ledger: Path, headers: dict[str, str]) -> None:
    app = client(ledger)
    data = {"csrf": csrf(app), "text": "The Tolmera League rejected a truce."}
    assert app.post("/add", data=data, headers=headers).status_code == 403


def test_a_form_without_the_word_of_its_session_is_refused(client: Client, ledger: Path) -> None:
    app = client(ledger)
    for path in ("/add", "/review", "/example", "/logout"):
        assert app.post(path, data={"csrf": "guess", "text": "x"}).status_code == 403
        assert app.post(path, data={"text": "x"}).status_code == 403


def test_every_answer_carries_the_headers(client: Client, kept: Path) -> None:
    app = client(kept)
    for path in ("/", "/nowhere", "/static/app.js", "/api/ledger", "/style.css", "/?at=x", "/api/nothing"):
        headers = app.get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'self'; script-src 'self'")
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["x-frame-options"] == "DENY"


def test_no_page_holds_a_script_or_style_of_its_own(client: Client, kept: Path) -> None:
    app = client(kept)
    for path in ("/", "/proposals", "/timeline", "/sources", "/review", "/add"):
        page = app.get(path).text
        assert page.count("<script") == page.count('<script src="/static/')
        assert "<style" not in page
        assert ' style="' not in page
        assert "https://" not in page.replace("http:// or https://", "")


def test_a_hostile_report_is_shown_as_text(client: Client, ledger: Path) -> None:
    app = client(ledger)
    text = HOSTILE + "\n" + "The Tolmera League rejected a truce. " * 20
    answer = app.post("/add", data={"csrf": csrf(app), "text": text, "name": '"><script>alert(5)</script>'})
    page = finished(app, str(answer.url))
    id = page.split('href="/report/')[1].split('"')[0].split("?")[0].split("#")[0]
    for path in (f"/report/{id}", "/", "/review", "/reports", "/add", "/reports?q=alert", "/sources", "/proposals"):
        found = Elements()
        found.feed(app.get(path).text)
        assert not found.bad, path
    assert "{{ 7 * 7 }}" in app.get(f"/report/{id}").text


def test_what_is_too_large_or_of_unknown_length_is_refused(client: Client, ledger: Path) -> None:
    app = client(ledger, upload=10_000)
    big = {"csrf": csrf(app), "text": "x" * 20_000}
    assert app.post("/add", data=big).status_code == 413
    assert app.post("/add", content=iter([b"x"])).status_code == 411


def test_floods_are_slowed(client: Client, kept: Path) -> None:
    app = client(kept, burst=20, rate=0.1)
    answers = [app.get("/healthz").status_code for _ in range(40)]
    assert answers.count(429) > 10
    assert 200 in answers


# --- people that log in -------------------------------------------------------------------------------


def logged_in(app: TestClient, name: str, password: str) -> int:
    return app.post("/login", data={"name": name, "password": password}, follow_redirects=False).status_code


def test_people_log_in_and_out(client: Client, kept: Path, users: tuple[User, ...]) -> None:
    app = client(kept, users=users, token=None)
    assert str(app.get("/").url).endswith("/login")
    assert logged_in(app, "ida", "wrong") == 401
    assert logged_in(app, "nobody", "wrong") == 401
    assert logged_in(app, "ida", "correct horse") == 303
    page = app.get("/")
    assert "Tolmera" in page.text
    assert app.post("/logout", data={"csrf": csrf(app)}).url.path == "/login"
    assert str(app.get("/").url).endswith("/login")


def test_readers_read_and_nothing_else(client: Client, ledger: Path, users: tuple[User, ...]) -> None:
    app = client(ledger, users=users, token=None)
    assert logged_in(app, "ole", "battery staple") == 303
    assert app.get("/").status_code == 200
    assert 'name="action"' not in app.get("/review").text
    token = app.get("/").text.split('name="csrf" value="')[1].split('"')[0]
    for path in ("/add", "/review", "/example"):
        assert app.post(path, data={"csrf": token, "text": "x"}).status_code == 403


def test_who_reviews_is_who_is_logged_in(client: Client, ledger: Path, users: tuple[User, ...]) -> None:
    app = client(ledger, users=users, token=None)
    logged_in(app, "ida", "correct horse")
    page = app.get("/review").text
    id = page.split('name="id" value="')[1].split('"')[0]
    app.post("/review", data={"csrf": csrf(app), "id": id, "action": "accept", "by": "somebody else"})
    assert [r.by for r in app.app.state.desk.store.reviews()] == ["ida"]  # type: ignore[attr-defined]


def test_passwords_cannot_be_tried_without_end(client: Client, kept: Path, users: tuple[User, ...]) -> None:
    app = client(kept, users=users, token=None)
    assert [logged_in(app, "ida", f"guess {n}") for n in range(14)][-1] == 429


def test_users_come_from_a_file(tmp_path: Path, users: tuple[User, ...]) -> None:
    path = tmp_path / "users.toml"
    path.write_text(
        "".join(f'[[user]]\nname = "{u.name}"\nrole = "{u.role}"\npassword = "{u.password}"\n' for u in users)
    )
    assert read_users(path) == users
    assert known(users, "ida", "correct horse") == users[0]
    assert known(users, "ida", "correct  horse") is None


@pytest.mark.parametrize("text", ["", "[[user]]\nname = 'a'\npassword = 'plain'", "nonsense", "[[user]]\nname='a'"])
def test_bad_files_of_users_are_told(tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "users.toml"
    path.write_text(text)
    assert run(["serve", "--ledger", str(tmp_path / "x.db"), "--users", str(path)]) == 2
    assert "users.toml" in capsys.readouterr().err


def test_other_machines_are_not_let_in_without_users(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["serve", "--ledger", str(tmp_path / "x.db"), "--host", "0.0.0.0"]) == 2
    assert "people have to log in" in capsys.readouterr().err
    assert run(["serve"]) == 2
