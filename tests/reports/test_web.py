"""The fetcher, on a real server on this machine's loopback."""

from __future__ import annotations

import contextlib
import gzip
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from onthetable.errors import InputError
from onthetable.reports import gather
from onthetable.reports.addresses import refusal
from onthetable.reports.web import Fetcher

TEXT = "The ferry crews of Ostmark said on Monday that they would not take the roster that was proposed to them."


class Handler(BaseHTTPRequestHandler):
    agents: list[str] = []  # noqa: RUF012

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        self.agents.append(self.headers["User-Agent"])
        with contextlib.suppress(OSError):  # the fetcher had enough
            self._answer()

    def _answer(self) -> None:
        if self.path.startswith("/to?"):
            self.send_response(302)
            self.send_header("Location", self.path[4:])
            self.end_headers()
            return
        if self.path == "/dripping-head":
            for _ in range(100):
                self.wfile.write(b"H")
                time.sleep(0.05)
            return
        self.send_response(404 if self.path == "/gone" else 200)
        kind = {"/image": "image/png", "/latin": "text/plain; charset=iso-8859-1"}.get(self.path, "text/plain")
        self.send_header("Content-Type", kind)
        if self.path in ("/gz", "/bomb"):
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        match self.path:
            case "/endless":
                while True:
                    self.wfile.write(b"word " * 10_000)
            case "/slow":
                for _ in range(100):
                    self.wfile.write(b"word ")
                    time.sleep(0.05)
            case "/gz":
                self.wfile.write(gzip.compress(TEXT.encode()))
            case "/bomb":
                self.wfile.write(gzip.compress(bytes(50_000_000)))
            case "/latin":
                self.wfile.write(f"{TEXT} Café.".encode("latin-1"))
            case _:
                self.wfile.write(TEXT.encode())


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        http.daemon_threads = True
        thread = threading.Thread(target=http.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{http.server_port}"
        http.shutdown()
        thread.join()


LOCAL = Fetcher(local=True, seconds=1.0, most=1_000_000)


def refused(url: str, fetcher: Fetcher = LOCAL) -> str:
    begun = time.monotonic()
    with pytest.raises(InputError) as caught:
        fetcher.fetch(url)
    assert time.monotonic() - begun < 3
    assert caught.value.name == url
    return caught.value.reason


def test_an_address_is_a_report(server: str) -> None:
    found = gather([f"{server}/a", f"{server}/latin", f"{server}/image"], fetcher=LOCAL)
    assert [r.text for r in found.reports] == [TEXT, f"{TEXT} Café."]
    assert found.reports[0].url == found.reports[0].path == f"{server}/a"
    assert [e.reason for e in found.rejected] == ["what stands there is not read (image/png)"]
    assert Handler.agents[-1].startswith("onthetable/")


def test_redirects(server: str) -> None:
    assert LOCAL.fetch(f"{server}/to?/a").url == f"{server}/a"
    assert refused(f"{server}/to?http://10.0.0.1/") == "refused: 10.0.0.1 is a private address"
    assert refused(f"{server}/to?http://169.254.169.254/") == "refused: 169.254.169.254 is a link-local address"
    assert "only http and https" in refused(f"{server}/to?file:///etc/passwd")
    loop = f"{server}/to?{server}/to?"
    assert refused(loop + "/to?" * 9 + "/a") == "more than 5 redirects"


def test_loopback_is_refused_unless_asked_for(server: str) -> None:
    assert refused(f"{server}/a", Fetcher()) == "refused: 127.0.0.1 is a loopback address"


def test_caps(server: str) -> None:
    assert "too long" in refused(f"{server}/endless")
    assert "too long" in refused(f"{server}/bomb")
    assert "takes too long" in refused(f"{server}/slow")
    assert "takes too long" in refused(f"{server}/dripping-head")
    assert LOCAL.fetch(f"{server}/gz").data == TEXT.encode()
    assert refused(f"{server}/gone") == "the server answered 404"


def test_the_checked_address_is_the_one_connected_to(server: str) -> None:
    asked = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    url = server.replace("127.0.0.1", "news.example") + "/a"
    assert Fetcher(local=True, look_up=rebinding).fetch(url).data == TEXT.encode()
    assert asked == ["news.example"]
    mixed = Fetcher(look_up=lambda host, port: ["93.184.215.14", "192.168.0.1"])
    assert refused("http://news.example/", mixed) == "refused: news.example is a private address"


@pytest.mark.parametrize("address", [
    "127.0.0.1", "::1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.0.1", "fe80::1%eth0", "fc00::1", "224.0.0.1",
    "ff02::1", "0.0.0.0", "::", "240.0.0.1", "255.255.255.255", "100.64.0.1", "::ffff:10.0.0.1", "2002:a00:1::",
    "64:ff9b::a00:1", "198.18.0.1", "192.0.2.1",
])  # fmt: skip
def test_addresses_that_are_never_asked(address: str) -> None:
    assert refusal(address)


def test_public_addresses_are_asked() -> None:
    assert refusal("93.184.215.14") is None
    assert refusal("2606:2800:21f:cb07:6820:80da:af6b:8b2c") is None


@pytest.mark.parametrize(
    "url", ["http://", "http://a b/", "http://[::1", "http://x:99999/", "http://u:p@news.example/"]
)
def test_what_is_no_address(url: str) -> None:
    assert "address" in refused(url)
