"""`onthetable serve`: the web app."""

from __future__ import annotations

import getpass
import secrets
import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from onthetable.cli.options import TIMEOUT, LedgerAt, Timeout
from onthetable.cli.status import DONE
from onthetable.cli.terminal import put, say
from onthetable.errors import UsageError


def serve(
    ledger: LedgerAt = "",
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help="Where it listens.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0 takes a free one.")] = 8765,
    users: Annotated[
        Path | None, typer.Option("--users", metavar="FILE", help="Who may log in (TOML); needed beyond this machine.")
    ] = None,
    allow_host: Annotated[
        list[str] | None, typer.Option("--allow-host", metavar="NAME", help="A name by which it may be addressed.")
    ] = None,
    fetch: Annotated[
        bool, typer.Option("--fetch/--no-fetch", help="Whether people may add reports by address.")
    ] = True,
    open_: Annotated[bool, typer.Option("--open", help="Show it in the browser.")] = False,
    hash_password: Annotated[bool, typer.Option("--hash-password", help="Ask for a password, print its hash.")] = False,
    timeout: Timeout = TIMEOUT,
) -> None:
    """The web app over a kept ledger, for this machine alone unless users are named.

    Prints the address to open; it holds a token of this launch. The ledger is made if it is not there.

    Example: `onthetable serve --ledger talks.db --open`
    """
    from onthetable import web  # loads the parser and the web parts, which other commands do without

    if hash_password:
        put(web.hashed(getpass.getpass("Password: ")) + "\n")
        raise typer.Exit(DONE)
    if not ledger:
        raise UsageError("which ledger? Name it by --ledger; a file that is not there is made")
    known = web.read_users(users) if users else ()
    local = host in ("127.0.0.1", "localhost", "::1")
    if not local and not known:
        raise UsageError(f"--host {host}: beyond this machine people have to log in; name them by --users FILE")
    import uvicorn

    token = None if known else secrets.token_urlsafe(24)
    names = frozenset({"127.0.0.1", "localhost", "::1", *(n.lower() for n in allow_host or ())})
    if not local and host not in ("0.0.0.0", "::"):
        names |= {host.lower()}
    app = web.create_app(web.Settings(ledger, token, known, names, fetch=fetch, timeout=timeout or 0.0))
    config = uvicorn.Config(app, host=host, port=port, log_level="warning", server_header=False, access_log=False)
    socket = config.bind_socket()
    shown = "127.0.0.1" if local else host
    address = f"http://{shown}:{socket.getsockname()[1]}/" + (f"?token={token}" if token else "")
    say(f"On the Table: {address}\nStop it with Ctrl-C.")
    if open_ and not webbrowser.open(address):
        say("No browser could be opened; open that address by hand.")
    uvicorn.Server(config).run(sockets=[socket])
    raise typer.Exit(DONE)
