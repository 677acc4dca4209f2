"""Watching feeds: new reports go into a kept ledger, politely, for as long as it runs.

Each feed is asked only for what is newer than the last time (conditional requests, RFC 9110), and after failures ever
less often; a server that answers 429, or 503 with Retry-After, is left alone for as long as it says. Pages of one
server are asked one after the other with a pause between, and none that its robots.txt (RFC 9309) keeps for itself.
Everything that is found has an input in the ledger with what became of it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from onthetable import keeping
from onthetable.case import Case
from onthetable.errors import InputError, UsageError
from onthetable.reports import Intake, gather
from onthetable.reports.feeds import read_feed
from onthetable.reports.web import PATIENCE, Busy, Fetcher, user_agent
from onthetable.store import Entry, Feed, Store

EVERY = 15 * 60.0
"""Seconds between two looks at a feed."""
LONGEST = 12 * 3600.0
"""Most seconds between two looks, however often a feed has failed."""
PAUSE = 2.0
"""Seconds between two pages of one server."""
SPELL = 60.0
"""Seconds for which a server is left alone that answers 429 and does not say for how long."""
_PASSING = ("cannot be fetched", "takes too long to fetch", "the server answered 5", "the server answered 429")
"""How reasons begin that may be gone the next time."""


@dataclass(frozen=True, slots=True)
class Round:
    """What one look at the feeds that were due came to."""

    feeds: int
    unchanged: int
    new: int
    known: int
    rejected: tuple[InputError, ...]
    waiting: int = 0
    """Pages that were not asked for yet, because their server wants to be left alone."""


class Watch:
    """Feeds, and the ledger that their reports go into.

    `every` and `pause` are seconds. `stop` ends `run` when it is set: what is being read is finished first.
    """

    def __init__(
        self,
        feeds: Sequence[str],
        store: Store,
        *,
        case: Case | None = None,
        fetcher: Fetcher | None = None,
        every: float = EVERY,
        pause: float = PAUSE,
        timeout: float | None = None,
        stop: threading.Event | None = None,
    ) -> None:
        unknown = [f for f in feeds if not f.lower().startswith(("http://", "https://"))]
        if unknown or not feeds:
            raise UsageError(f"{unknown[0]}: no http(s) address" if unknown else "which feeds? Name one or more")
        self.feeds = tuple(dict.fromkeys(feeds))
        self.stop = stop or threading.Event()
        self._store, self._case, self._timeout = store, case, timeout
        self._fetcher = fetcher or Fetcher()
        self._every, self._pause = every, pause
        self._asked: dict[str, float] = {}
        self._quiet: dict[str, float] = {}
        self._waiting = 0
        self._robots: dict[str, RobotFileParser | None] = {}

    def run(self, told: Callable[[Round], None] | None = None) -> None:
        """Looks at each feed whenever it is due, until `stop` is set."""
        while not self.stop.is_set():
            round = self.look()
            if told and round.feeds:
                told(round)
            due = min((self._due(f) for f in self.feeds), default=_now())
            self.stop.wait(max(0.05, min((due - _now()).total_seconds(), 60.0)))

    def look(self, *, all: bool = False) -> Round:
        """Looks at the feeds that are due, or at all, and adds what is new."""
        rejected: list[InputError] = []
        unchanged = asked = 0
        listed: dict[str, tuple[Feed, tuple[str, ...]]] = {}
        for url in self.feeds:
            if (
                self.stop.is_set()
                or self._is_quiet(url)
                or not (self._due(url) <= _now() or (all and self._may_ask(url)))
            ):
                continue
            asked += 1
            try:
                found = self._listed(url)
                unchanged += found is None
                listed |= {url: found} if found else {}
            except InputError as e:
                rejected.append(e)
        links = dict.fromkeys(link for _, of_feed in listed.values() for link in of_feed)
        settled = self._settled(links)
        tried = {e.name for e in self._store.inputs(set(links))}
        # what failed before comes last: a page for which a server asks for patience each time keeps no other one back
        kept = self._add(sorted((link for link in links if link not in settled), key=tried.__contains__))
        settled = self._settled(links)
        for feed, of_feed in listed.values():
            # what a feed listed is asked for again until all of it is settled
            self._store.keep_feed(feed if settled.issuperset(of_feed) else replace(feed, etag=None, modified=None))
        return Round(asked, unchanged, kept.new, kept.known, (*rejected, *kept.rejected), self._waiting)

    # --- feeds --------------------------------------------------------------------------------------

    def _listed(self, url: str) -> tuple[Feed, tuple[str, ...]] | None:
        """What a feed lists, and what to remember of it; None if it is what it was. Raises InputError."""
        before = self._store.feed(url) or Feed(url, None, None, 0, _now().isoformat(), None)
        try:
            self._wait(url)
            found = self._fetcher.fetch(url, before.etag, before.modified)
            links = None if found.unchanged else read_feed(found.data, found.url).links
        except InputError as e:
            failures = before.failures + 1
            later = min(self._every * 2.0 ** min(failures, 20), LONGEST)
            if isinstance(e, Busy):
                self._leave(url, e)
                later = later if e.wait is None else min(max(e.wait, self._every), LONGEST)
            self._store.keep_feed(Feed(url, before.etag, before.modified, failures, _after(later), e.reason))
            raise
        if links is None:
            self._store.keep_feed(Feed(url, before.etag, before.modified, 0, _after(self._every), None))
            return None
        return Feed(url, found.etag, found.modified, 0, _after(self._every), None), links

    def _due(self, url: str) -> datetime:
        known, quiet = self._store.feed(url), self._quiet.get(urlsplit(url).netloc, 0.0) - time.monotonic()
        due = datetime.fromisoformat(known.due) if known else _now()
        return max(due, _now() + timedelta(seconds=quiet)) if quiet > 0 else due

    # --- pages --------------------------------------------------------------------------------------

    def _settled(self, links: Iterable[str]) -> set[str]:
        """Those of which it is known already what became of them, for good."""
        found = self._store.inputs(set(links))
        return {e.name for e in found if e.status != "rejected" or not (e.reason or "").startswith(_PASSING)}

    def _add(self, links: Sequence[str]) -> keeping.Kept:
        """Fetches pages one by one and adds each, so that a stop loses none that was fetched."""
        new = known = self._waiting = 0
        rejected: list[InputError] = []
        for link in links:
            if self.stop.is_set():
                break
            if self._is_quiet(link):
                self._waiting += 1
                continue
            try:
                self._permitted(link)
                self._wait(link)
                intake = gather([link], fetcher=self._fetcher)
            except InputError as e:
                intake = Intake((), (e,))
            for busy in intake.rejected:
                if isinstance(busy, Busy):
                    self._leave(link, busy)
            kept = keeping.take(intake, self._store, self._case, timeout=self._timeout)
            there = [r.id for r in intake.reports if r.path != link]
            if there or not (intake.reports or intake.rejected):
                self._store.note([Entry(link, "known")])
            new, known = new + kept.new, known + kept.known
            rejected += kept.rejected
        return keeping.Kept(new, known, 0, tuple(rejected), False)

    def _permitted(self, link: str) -> None:
        """Raises InputError if the server keeps a page from programs; without a robots.txt none is."""
        parts = urlsplit(link)
        base = f"{parts.scheme}://{parts.netloc}"
        if base not in self._robots:
            rules = RobotFileParser()
            try:
                self._wait(base)
                text = self._fetcher.fetch(f"{base}/robots.txt").data.decode("utf-8", "replace")
                rules.parse(text.splitlines())
                self._robots[base] = rules
            except InputError as e:
                if e.reason.startswith(_PASSING):  # what it says of programs is not known yet: ask nothing (RFC 9309)
                    raise e.of(link) if isinstance(e, Busy) else InputError(link, e.reason) from None
                self._robots[base] = None
        rules_of = self._robots[base]
        if rules_of and not rules_of.can_fetch(user_agent(), link):
            raise InputError(link, "its server keeps it from programs (robots.txt)")

    # --- politeness ---------------------------------------------------------------------------------

    def _leave(self, url: str, busy: Busy) -> None:
        """Leaves a server alone for as long as it says, but no longer than `LONGEST`; after a bare 429 for `SPELL`."""
        wait = busy.wait if busy.wait is not None else SPELL if busy.everywhere else 0.0
        self._quiet[urlsplit(url).netloc] = time.monotonic() + min(wait, LONGEST)

    def _is_quiet(self, url: str) -> bool:
        return self._quiet.get(urlsplit(url).netloc, 0.0) > time.monotonic()

    def _may_ask(self, url: str) -> bool:
        """Whether a feed that is not due may be asked all the same: not if its server said until when it may not."""
        known = self._store.feed(url)
        return not (known and known.said and PATIENCE in known.said)

    def _wait(self, url: str) -> None:
        """Leaves a server in peace between two requests."""
        host = urlsplit(url).netloc
        left = self._asked.get(host, 0.0) + self._pause - time.monotonic()
        if left > 0:
            self.stop.wait(left)
        self._asked[host] = time.monotonic()


def _now() -> datetime:
    return datetime.now(UTC)


def _after(seconds: float) -> str:
    return (_now() + timedelta(seconds=seconds)).isoformat(timespec="seconds")
