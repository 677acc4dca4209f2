"""Which addresses of the internet may be asked: public ones, as the machine's own network is nobody's report."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable

from onthetable.errors import InputError

Resolve = Callable[[str, int], list[str]]


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, as the system knows them. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(f[4][0]) for f in found))


def refusal(address: str, *, local: bool = False) -> str | None:
    """Why an address is not asked, or None if it is; with `local`, loopback is."""
    try:
        ip = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return "no address"
    inner = None
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
    if inner is not None:
        return refusal(str(inner), local=local)
    if ip.is_loopback:
        return None if local else "a loopback address"
    for name in ("unspecified", "link_local", "multicast", "reserved", "private"):
        if getattr(ip, f"is_{name}"):
            return f"a{'n' if name == 'unspecified' else ''} {name.replace('_', '-')} address"
    return None if ip.is_global else "no public address"


def checked(host: str, port: int, name: str, look_up: Resolve, *, local: bool) -> str:
    """The one address of a host that is to be connected to. Raises InputError: none, or any that must not be asked."""
    try:
        found = look_up(host, port)
    except (OSError, UnicodeError):
        raise InputError(name, f"no such host: {host}") from None
    if not found:
        raise InputError(name, f"no such host: {host}")
    for address in found:
        reason = refusal(address, local=local)
        if reason:
            raise InputError(name, f"refused: {host} is {reason}")
    return found[0]
