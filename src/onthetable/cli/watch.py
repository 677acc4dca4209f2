"""`onthetable watch`: feeds into a kept ledger."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from onthetable.case import read_case
from onthetable.cli.options import TIMEOUT, CaseFile, LedgerAt, Timeout
from onthetable.cli.status import DONE, SOME_REJECTED
from onthetable.cli.terminal import say
from onthetable.errors import UsageError
from onthetable.views import labels

if TYPE_CHECKING:
    from onthetable.watching import Round


def watch(
    feeds: Annotated[list[str], typer.Argument(metavar="FEED...", help="Addresses of feeds, or files that list them.")],
    ledger: LedgerAt,
    case: CaseFile = None,
    every: Annotated[float, typer.Option(min=1, metavar="MINUTES", help="Between two looks at a feed.")] = 15,
    pause: Annotated[float, typer.Option(min=0, metavar="SECONDS", help="Between two pages of one server.")] = 2,
    once: Annotated[bool, typer.Option("--once", help="Look once at each feed, then stop.")] = False,
    timeout: Timeout = TIMEOUT,
) -> None:
    """Adds what RSS and Atom feeds list to a kept ledger, until it is stopped (Ctrl-C).

    A feed is asked only for what is newer than the last time, and after failures ever less often; a page that its
    server keeps from programs is passed over.

    Example: `onthetable watch https://news.example/talks.rss --ledger talks.db --once`
    """
    from onthetable.reports.web import Fetcher
    from onthetable.store import open_store
    from onthetable.watching import Watch

    known = read_case(Path(case)) if case else None
    with open_store(ledger, create=True) as store:
        watching = Watch(
            addresses(feeds), store, case=known, fetcher=Fetcher(), every=every * 60, pause=pause,
            timeout=timeout or None,
        )  # fmt: skip
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: watching.stop.set())
        if once:
            found = watching.look(all=True)
            tell(found)
            raise typer.Exit(SOME_REJECTED if found.rejected else DONE)
        say(f"Watching {labels.count(len(watching.feeds), 'feed')}; stop with Ctrl-C.")
        watching.run(tell)
    say("Stopped; everything that was read is in the ledger.")
    raise typer.Exit(DONE)


def tell(found: Round) -> None:
    """One look, in a line, and what was not read."""
    for error in found.rejected:
        say(f"not read: {error}")
    parts = [f"{labels.count(found.new, 'report')} added"]
    parts += [f"{found.known} known already"] if found.known else []
    parts += [f"{found.unchanged} of {labels.count(found.feeds, 'feed')} unchanged"] if found.unchanged else []
    parts += [f"{labels.count(found.waiting, 'page')} left for later, as the server asks"] if found.waiting else []
    say(", ".join(parts))


def addresses(given: list[str]) -> list[str]:
    """Addresses as they are, and those that files list, one a line; "#" begins a comment. Raises UsageError."""
    found: list[str] = []
    for name in given:
        if "://" in name:
            found.append(name)
            continue
        try:
            lines: Any = Path(name).read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as e:
            raise UsageError(f"{name}: neither an address nor a file that lists some ({type(e).__name__})") from None
        found += [line for raw in lines if (line := raw.partition("#")[0].strip())]
    return found
