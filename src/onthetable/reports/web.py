"""Fetching one address over http(s): checked targets only, on every redirect; bytes and time are capped."""

from __future__ import annotations

import ssl
import time
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from onthetable.errors import InputError
from onthetable.reports.addresses import Resolve, checked, resolve
from onthetable.reports.decode import MAX_PAGE

if TYPE_CHECKING:
    import httpcore

MOST_REDIRECTS = 5
PATIENCE = ", not to be asked again for "
"""What stands in the reason before the time that a server wants."""
_REDIRECTS = (301, 302, 303, 307, 308)


class Busy(InputError):
    """A server that wants to be left alone: `wait` is for how many seconds, if it says so.

    `everywhere` tells that it meant all of itself (429), and not perhaps a single page (503).
    """

    def __init__(self, name: str, reason: str, wait: float | None, everywhere: bool) -> None:
        super().__init__(name, reason)
        self.wait = wait
        self.everywhere = everywhere

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.name, self.reason, self.wait, self.everywhere)

    def of(self, name: str) -> Busy:
        """The same, said of another address of that server."""
        return Busy(name, self.reason, self.wait, self.everywhere)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: the address after redirects, the media type, the encoding if declared, and the bytes.

    `etag` and `modified` are what the server wants to hear the next time; `unchanged` tells that it has nothing newer.
    """

    url: str
    media: str
    charset: str | None
    data: bytes
    etag: str | None = None
    modified: str | None = None
    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class Fetcher:
    """How addresses are fetched: in at most `seconds` and `most` bytes each; `local` lets loopback be asked."""

    seconds: float = 30.0
    most: int = MAX_PAGE
    local: bool = False
    look_up: Resolve = resolve

    def fetch(self, url: str, etag: str | None = None, modified: str | None = None) -> Fetched:
        """What stands at an address, if it is newer than what gave `etag` and `modified` (RFC 9110, section 13).

        Raises InputError, named by the address as given, whatever goes wrong.
        """
        conditions = {k: v for k, v in (("If-None-Match", etag), ("If-Modified-Since", modified)) if v}
        end = time.monotonic() + self.seconds
        target = url
        for _ in range(MOST_REDIRECTS + 1):
            found = self._ask(_parsed(target, url), url, end, conditions)
            if isinstance(found, Fetched):
                return found
            target = urljoin(target, found)
        raise InputError(url, f"more than {MOST_REDIRECTS} redirects")

    def _ask(self, target: str, name: str, end: float, conditions: Mapping[str, str]) -> Fetched | str:
        """The answer of one server, or where it redirects to."""
        import httpcore

        parts = urlsplit(target)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        # connecting to the address that was checked leaves no time in which the name could come to mean another one
        address = checked(parts.hostname or "", port, name, self.look_up, local=self.local)
        backend = _pinned(address, end)
        heads: dict[bytes | str, bytes | str] = {
            "Host": parts.netloc,
            "User-Agent": user_agent(),
            "Accept": "text/html, text/plain, */*;q=0.5",
            "Accept-Encoding": "gzip, identity",
        }
        heads.update((k, v) for k, v in conditions.items())
        try:
            with (
                httpcore.ConnectionPool(network_backend=backend, ssl_context=ssl.create_default_context()) as pool,
                pool.stream("GET", target, headers=heads) as answer,
            ):
                return self._answer(answer, target, name, end)
        except httpcore.TimeoutException:
            raise InputError(name, self._too_slow()) from None
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError, ValueError) as e:
            reason = str(e).split("\n")[0][:120] or type(e).__name__
            raise InputError(name, f"cannot be fetched ({reason})") from None

    def _answer(self, answer: httpcore.Response, target: str, name: str, end: float) -> Fetched | str:
        heads = {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in answer.headers}
        if answer.status in _REDIRECTS and heads.get("location"):
            return heads["location"]
        etag, modified = heads.get("etag"), heads.get("last-modified")
        if answer.status == 304:
            return Fetched(target, "", None, b"", etag, modified, unchanged=True)
        if answer.status in (429, 503):
            wait = retry_after(heads.get("retry-after", ""), datetime.now(UTC))
            patience = "" if wait is None else f"{PATIENCE}{wait:.0f} seconds"
            raise Busy(name, f"the server answered {answer.status}{patience}", wait, answer.status == 429)
        if answer.status != 200:
            raise InputError(name, f"the server answered {answer.status}")
        coding = heads.get("content-encoding", "identity").strip().lower()
        if coding not in ("", "identity", "gzip", "x-gzip"):
            raise InputError(name, f"sent in an encoding that was not asked for ({coding[:20]})")
        data = self._body(answer.iter_stream(), name, end, packed="gzip" in coding)
        media, _, rest = heads.get("content-type", "").partition(";")
        charset = rest.lower().partition("charset=")[2].split(";")[0].strip(" \"'")
        return Fetched(target, media.strip().lower(), charset or None, data, etag, modified)

    def _body(self, chunks: Iterable[bytes], name: str, end: float, *, packed: bool) -> bytes:
        out = bytearray()
        unpack = zlib.decompressobj(wbits=31)
        for chunk in chunks:
            try:
                out += unpack.decompress(chunk, self.most + 1 - len(out)) if packed else chunk
            except zlib.error:
                raise InputError(name, "compressed by the server in a way that cannot be read") from None
            if len(out) > self.most:
                raise InputError(name, f"too long (more than {self.most:,} bytes)")
            if time.monotonic() > end:
                raise InputError(name, self._too_slow())
        if packed and not unpack.eof:
            raise InputError(name, "cut short by the server")
        return bytes(out)

    def _too_slow(self) -> str:
        return f"takes too long to fetch (more than {self.seconds:g} seconds)"


def retry_after(said: str, now: datetime) -> float | None:
    """For how many seconds a server is not to be asked: a number or a date (RFC 9110, 10.2.3); None if neither."""
    said = said.strip()
    if said.isascii() and said.isdigit():
        return float(said[:12])
    try:
        then = parsedate_to_datetime(said)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return max(0.0, (then.replace(tzinfo=then.tzinfo or UTC) - now).total_seconds())


def is_address(name: str) -> bool:
    """Whether an input is an address and no path."""
    scheme, colon, _ = name.partition("://")
    return bool(colon) and scheme.isalnum()


def user_agent() -> str:
    """What the program calls itself to servers."""
    try:
        return f"onthetable/{version('onthetable')}"
    except PackageNotFoundError:
        return "onthetable"


def _parsed(target: str, name: str) -> str:
    """An address in plain ASCII, without fragment. Raises InputError: not http(s), no host, a user name in it."""
    try:
        parts = urlsplit(target)
        host, port = parts.hostname or "", parts.port
        host = host if host.isascii() else host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        raise InputError(name, "not a valid address") from None
    if parts.scheme not in ("http", "https"):
        raise InputError(name, f"only http and https addresses are read, not {(parts.scheme or 'this')[:20]}")
    if not host or any(c <= " " or c in '\\<>"' for c in host):
        raise InputError(name, "not a valid address")
    if parts.username is not None:
        raise InputError(name, "an address with a user name in it is not fetched")
    shown = f"[{host}]" if ":" in host else host
    safe = "%/:=&?~#+!$,;'@()*[]"
    where = shown if port is None else f"{shown}:{port}"
    return urlunsplit((parts.scheme, where, quote(parts.path or "/", safe=safe), quote(parts.query, safe=safe), ""))


def _pinned(address: str, end: float) -> httpcore.NetworkBackend:
    """A network that knows one address and has until `end`: a server that drips bytes gains no time by it."""
    import httpcore

    def left(timeout: float | None) -> float:
        rest = end - time.monotonic()
        if rest <= 0:
            raise httpcore.ReadTimeout
        return min(rest, timeout) if timeout else rest

    class Stream(httpcore.NetworkStream):
        def __init__(self, inner: httpcore.NetworkStream) -> None:
            self._inner = inner

        def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
            return self._inner.read(max_bytes, left(timeout))

        def write(self, buffer: bytes, timeout: float | None = None) -> None:
            self._inner.write(buffer, left(timeout))

        def close(self) -> None:
            self._inner.close()

        def start_tls(
            self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
        ) -> httpcore.NetworkStream:
            return Stream(self._inner.start_tls(ssl_context, server_hostname, left(timeout)))

        def get_extra_info(self, info: str) -> object:
            return self._inner.get_extra_info(info)

    class Backend(httpcore.NetworkBackend):
        def connect_tcp(
            self,
            host: str,
            port: int,
            timeout: float | None = None,
            local_address: str | None = None,
            socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
        ) -> httpcore.NetworkStream:
            return Stream(httpcore.SyncBackend().connect_tcp(address, port, left(timeout)))

    return Backend()
