"""A client of any endpoint that speaks the chat completions of OpenAI; answers are bounded in bytes, tries and time."""

from __future__ import annotations

import ipaddress
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import SplitResult, urlsplit

from onthetable.errors import OnTheTableError, UsageError
from onthetable.processes import OutOfTime, within

MOST = 2_000_000
"""Bytes of an answer that are read."""
TRIES = 3
LONGEST_WAIT = 30.0
"""Seconds that an endpoint may ask to be left alone."""
_AGAIN = frozenset({408, 409, 425, 429, 500, 502, 503, 504})
_NOT_SO = frozenset({400, 422})
"""What endpoints answer that do not know every field of a question."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the model is. `url` is the base that ends in "/v1" or the like; the key is never shown.

    Raises UsageError for an address that is none or that holds a password, and for a model without a name.
    """

    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    seconds: float = 60.0
    wait: float = 1.0

    def __post_init__(self) -> None:
        parts = _split(self.url)
        if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
            raise UsageError("--llm: expected the base address of an endpoint, http:// or https://")
        if "@" in parts.netloc:
            raise UsageError("--llm: an address with a password in it would be shown; use ONTHETABLE_LLM_KEY")
        if not self.model.strip() or not self.model.isprintable():
            raise UsageError("--llm needs the name of a model: --llm-model, or ONTHETABLE_LLM_MODEL")

    @property
    def leaves(self) -> bool:
        """Whether text that is sent there leaves this machine."""
        host = urlsplit(self.url).hostname or ""
        try:
            return not ipaddress.ip_address(host).is_loopback
        except ValueError:
            return host != "localhost"

    @property
    def shown(self) -> str:
        """The address without its query, in which some endpoints want a key."""
        return urlsplit(self.url)._replace(query="", fragment="").geturl()

    @property
    def chat(self) -> str:
        """The address that is asked; a query of the base stays."""
        parts = urlsplit(self.url)
        return parts._replace(path=f"{parts.path.rstrip('/')}/chat/completions", fragment="").geturl()


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        return parts if parts.port is None or parts.port else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens that went in and came out, as the endpoint counts them (0 where it does not)."""

    sent: int = 0
    received: int = 0

    def __add__(self, other: Usage) -> Usage:
        return Usage(self.sent + other.sent, self.received + other.received)


class Failed(OnTheTableError):
    """One question that got no answer; the reader goes on without it."""


def connection(endpoint: Endpoint) -> Any:
    """An httpx.Client for the endpoint: no redirects; on this machine no proxy either, which would be elsewhere.

    Raises OnTheTableError if httpx is not installed.
    """
    try:
        import httpx
    except ImportError:
        raise OnTheTableError("--llm needs httpx: pip install 'onthetable[llm]'") from None
    return httpx.Client(follow_redirects=False, trust_env=endpoint.leaves)


def ask(endpoint: Endpoint, messages: Sequence[dict[str, str]], client: Any) -> tuple[str, Usage]:
    """What the model answers. Raises Failed after so many tries; `client` is an httpx.Client."""
    plain: dict[str, Any] = {"model": endpoint.model, "messages": list(messages)}
    body = {**plain, "temperature": 0, "response_format": {"type": "json_object"}}
    reason, pause = "", 0.0
    for n in range(TRIES):
        if n:
            time.sleep(max(endpoint.wait * 2 ** (n - 1), pause))
        try:
            status, heads, data = _post(endpoint, body, client)
        except Failed as e:
            reason = str(e)
            continue
        if status == 200:
            return _content(data)
        reason, pause = f"the endpoint answered {status}", _pause(heads)
        if status in _NOT_SO and body is not plain:
            body = plain
        elif status not in _AGAIN:
            break
    raise Failed(reason)


def _pause(heads: Mapping[str, str]) -> float:
    """The seconds that a busy endpoint asks for, as far as anybody waits."""
    asked = heads.get("retry-after", "")
    return min(float(asked), LONGEST_WAIT) if asked.isascii() and asked.isdigit() else 0.0


def _post(endpoint: Endpoint, body: dict[str, Any], client: Any) -> tuple[int, Mapping[str, str], bytes]:
    import httpx

    # What is packed may be a thousand times as long when unpacked, so it comes as it is.
    heads = {"Accept-Encoding": "identity"} | ({"Authorization": f"Bearer {endpoint.key}"} if endpoint.key else {})
    end = time.monotonic() + endpoint.seconds
    try:
        with (
            within(endpoint.seconds),
            client.stream("POST", endpoint.chat, json=body, headers=heads, timeout=endpoint.seconds) as answer,
        ):
            data = bytearray()
            for chunk in answer.iter_raw():
                data += chunk
                if len(data) > MOST:
                    raise Failed("an answer without end")
                if time.monotonic() > end:
                    raise Failed("too slow")
            return answer.status_code, answer.headers, bytes(data)
    except (OutOfTime, httpx.TimeoutException):
        raise Failed("too slow") from None
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as e:
        raise Failed(f"not reached ({type(e).__name__})") from None


def _content(data: bytes) -> tuple[str, Usage]:
    try:
        answer = json.loads(data)
        content = answer["choices"][0]["message"]["content"]
        used = answer.get("usage") or {}
        counts = [used.get(k) for k in ("prompt_tokens", "completion_tokens")]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise Failed("no answer of a chat") from None
    if not isinstance(content, str):
        raise Failed("no answer of a chat")
    return content, Usage(
        *(c if isinstance(c, int) and not isinstance(c, bool) and 0 <= c < 10**9 else 0 for c in counts)
    )
