"""A client of any endpoint that speaks the chat completions of OpenAI; answers are bounded in bytes, tries and time."""

from __future__ import annotations

import ipaddress
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from onthetable.errors import OnTheTableError, UsageError

MOST = 2_000_000
"""Bytes of an answer that are read."""
TRIES = 3
_AGAIN = frozenset({408, 409, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the model is. `url` is the base that ends in "/v1" or the like; the key is never shown."""

    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    seconds: float = 60.0
    wait: float = 1.0

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise UsageError("--llm: expected the base address of an endpoint, http:// or https://")
        if not self.model.strip():
            raise UsageError("--llm needs the name of a model: --llm-model, or ONTHETABLE_LLM_MODEL")

    @property
    def leaves(self) -> bool:
        """Whether text that is sent there leaves this machine."""
        host = urlsplit(self.url).hostname or ""
        try:
            return not ipaddress.ip_address(host).is_loopback
        except ValueError:
            return host != "localhost"


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens that went in and came out, as the endpoint counts them (0 where it does not)."""

    sent: int = 0
    received: int = 0

    def __add__(self, other: Usage) -> Usage:
        return Usage(self.sent + other.sent, self.received + other.received)


class Failed(OnTheTableError):
    """One question that got no answer; the reader goes on without it."""


def ask(endpoint: Endpoint, messages: Sequence[dict[str, str]], client: Any) -> tuple[str, Usage]:
    """What the model answers. Raises Failed after so many tries; `client` is an httpx.Client."""
    body = {"model": endpoint.model, "messages": list(messages), "temperature": 0,
            "response_format": {"type": "json_object"}}  # fmt: skip
    reason = ""
    for n in range(TRIES):
        if n:
            time.sleep(endpoint.wait * 2 ** (n - 1))
        try:
            status, data = _post(endpoint, body, client)
        except Failed as e:
            reason = str(e)
            continue
        if status in _AGAIN:
            reason = f"the endpoint answered {status}"
            continue
        if status != 200:
            raise Failed(f"the endpoint answered {status}")
        return _content(data)
    raise Failed(reason)


def _post(endpoint: Endpoint, body: dict[str, Any], client: Any) -> tuple[int, bytes]:
    import httpx

    heads = {"Authorization": f"Bearer {endpoint.key}"} if endpoint.key else {}
    address = f"{endpoint.url.rstrip('/')}/chat/completions"
    end = time.monotonic() + endpoint.seconds
    try:
        with client.stream("POST", address, json=body, headers=heads, timeout=endpoint.seconds) as answer:
            data = bytearray()
            for chunk in answer.iter_bytes():
                data += chunk
                if len(data) > MOST:
                    raise Failed("an answer without end")
                if time.monotonic() > end:
                    raise Failed("too slow")
            return answer.status_code, bytes(data)
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
