"""The middle of a page as it follows from the ledger alone: made of a template, and written down."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from functools import cache
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from onthetable.ledger import Ledger
from onthetable.store.version import shown_by
from onthetable.views import anchors, labels
from onthetable.web.links import Footnote, address, footnoted, resolved
from onthetable.web.queries import Asked


@dataclass(frozen=True, slots=True)
class Screen:
    """What a page shows: two with the same template, part of the ledger asked for and `same` show the same.

    `context` gives what the template needs of a ledger.
    """

    template: str
    asked: Asked
    same: str
    context: Callable[[Ledger], dict[str, Any]] = field(compare=False)

    @property
    def key(self) -> str:
        """Under which name it is written down, with what decides how it looks."""
        return json.dumps([shown_by(), self.template, self.asked.state, self.same])


@dataclass(frozen=True, slots=True)
class Body:
    """The middle of a page, and the sentences that it rests on when it is printed."""

    html: str
    notes: tuple[Footnote, ...]


def body(template: str, ledger: Ledger, asked: Asked, context: dict[str, Any]) -> Body:
    """What a template makes of a ledger, with its places as addresses."""
    text = (
        environment().get_template(template).render(ledger=ledger, at=asked.at, asked=asked, address=address, **context)
    )
    html, notes = footnoted(text, ledger)
    return Body(resolved(html, ledger, asked.state), notes)


def drawn(screen: Screen, ledger: Ledger) -> Body:
    """What a screen shows of a ledger. Raises UsageError for a party or issue that it has not."""
    return body(screen.template, ledger, screen.asked, screen.context(ledger))


def body_to_bytes(made: Body) -> bytes:
    """A body as it is written down."""
    return json.dumps([made.html, [asdict(n) for n in made.notes]]).encode()


def body_from_bytes(data: bytes) -> Body:
    """The body that was written down."""
    html, notes = json.loads(data)
    return Body(html, tuple(Footnote(**n) for n in notes))


@cache
def environment() -> Environment:
    """The templates of the app and of the dossier."""
    loaders = [PackageLoader("onthetable.web"), PackageLoader("onthetable.views")]
    env = Environment(
        loader=ChoiceLoader(loaders), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    env.globals.update(labels=labels, anchors=anchors)
    return env
