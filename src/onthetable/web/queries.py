"""What a request asks for: day, party, issue, two days; a mistake in the address is told as one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import Depends, Query

from onthetable.errors import UsageError
from onthetable.ledger import Ledger
from onthetable.store import Only
from onthetable.views.selection import Selection, select

Day = Annotated[str | None, Query(max_length=10, description="A day, YYYY-MM-DD.")]
Name = Annotated[str | None, Query(max_length=200)]


@dataclass(frozen=True, slots=True)
class Asked:
    """The part of a ledger that an address asks for, as it stands in the address."""

    at: date | None
    party: str | None
    issue: str | None

    @property
    def state(self) -> dict[str, str]:
        """What goes along from page to page."""
        found = {"at": self.at.isoformat() if self.at else "", "party": self.party or "", "issue": self.issue or ""}
        return {k: v for k, v in found.items() if v}

    def of(self, ledger: Ledger) -> Selection:
        """The selection. Raises UsageError for an unknown party or issue."""
        try:
            return select(ledger, self.at, self.party, self.issue)
        except UsageError as e:
            raise UsageError(str(e).replace("--", "")) from None


NOTHING = Asked(None, None, None)
"""An address that asks for all of it."""


def asked(at: Day = None, party: Name = None, issue: Name = None) -> Asked:
    """The state in an address. Raises UsageError for what is no day."""
    return Asked(day(at, "at"), party or None, issue or None)


Selected = Annotated[Asked, Depends(asked)]


def only(
    asked: Selected,
    source: Name = None,
    outlet: Name = None,
    since: Annotated[str | None, Query(alias="from", max_length=10, description="A day, YYYY-MM-DD.")] = None,
) -> Only:
    """What a search is narrowed to. Raises UsageError for what is no day."""
    return Only(asked.party, asked.issue, source or None, outlet or None, day(since, "from"), asked.at)


def day(given: str | None, name: str) -> date | None:
    """A day of an address; nothing where it is empty. Raises UsageError if it is no day."""
    if not given:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise UsageError(f"{name} = {given[:20]}: no date; expected YYYY-MM-DD, for example 2024-05-03") from None


Search = Annotated[Only, Depends(only)]
