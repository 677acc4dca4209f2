"""`onthetable review`: what people say of the records of a kept ledger."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from onthetable.cli.options import LedgerAt
from onthetable.cli.status import DONE
from onthetable.cli.terminal import put, say
from onthetable.errors import UsageError
from onthetable.ledger import Ledger
from onthetable.reviews import Action, Anchor, Review, anchor, waiting
from onthetable.views import labels

review_app = typer.Typer(no_args_is_help=True, help="Accept, reject or correct what a kept ledger says; undo it again.")
Id = Annotated[str, typer.Argument(metavar="ID", help="The record, by its id (see `review list`).")]
By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who says so; else who is logged in.")]
Why = Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="Why.")]
Set = Annotated[list[str], typer.Option("--set", metavar="FIELD=VALUE", help="A new value; may be given again.")]


@review_app.command("list")
def listed(
    ledger: LedgerAt,
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="Show so many, the least certain first.")] = 20,
) -> None:
    """Lists the moves that nobody has looked at, the least certain first.

    Example: `onthetable review list --ledger talks.db`
    """
    from onthetable import following  # loads the database, which other commands and --help do without

    for m in waiting(following.kept(ledger).ledger.moves())[:limit]:
        said = " ".join(p for p in (m.party, m.act, m.issue) if p)
        put(f"{m.id}  {round(100 * m.confidence)}%  {said}\n    “{labels.one_line(m.evidence.text)}”\n")


@review_app.command()
def accept(id: Id, ledger: LedgerAt, by: By = None, reason: Why = None) -> None:
    """Says that a record is right."""
    _say("accept", id, ledger, by, reason)


@review_app.command()
def reject(id: Id, ledger: LedgerAt, by: By = None, reason: Why = None) -> None:
    """Says that a record is wrong: it leaves the ledger, and stays in the history."""
    _say("reject", id, ledger, by, reason)


@review_app.command()
def edit(id: Id, set: Set, ledger: LedgerAt, by: By = None, reason: Why = None) -> None:
    """Corrects fields of a record.

    Example: `onthetable review edit 1f0c9a7e2b44.m3 --set act=rejects --ledger talks.db`
    """
    _say("edit", id, ledger, by, reason, changes=(_fields(set),))


@review_app.command()
def split(id: Id, set: Set, ledger: LedgerAt, by: By = None, reason: Why = None) -> None:
    """Makes several records of one: one --set for each part, with commas between fields.

    Example: `onthetable review split 1f0c9a7e2b44.m3 --set issue=aid --set issue=talks,act=meets --ledger talks.db`
    """
    _say("split", id, ledger, by, reason, changes=tuple(_fields(s.split(",")) for s in set))


@review_app.command()
def merge(
    id: Id,
    other: Annotated[str, typer.Argument(metavar="OTHER", help="The record of the same report that says it again.")],
    ledger: LedgerAt,
    by: By = None,
    reason: Why = None,
) -> None:
    """Says that two records of one report are the same: the first stays."""
    _say("merge", id, ledger, by, reason, other=other)


@review_app.command()
def undo(
    number: Annotated[int, typer.Argument(metavar="N", help="The number of the review (see `review history`).")],
    ledger: LedgerAt,
    by: By = None,
    reason: Why = None,
) -> None:
    """Takes a review back."""
    from onthetable.store import open_store

    with open_store(ledger) as store:
        made = store.review(Review("undo", by or getpass.getuser(), _now(), None, reason, undoes=number))
    say(f"review {made}: {number} is undone")


@review_app.command()
def history(ledger: LedgerAt) -> None:
    """Shows every review: who, when, what and why."""
    from onthetable import following
    from onthetable.store import open_store

    with open_store(ledger) as store:
        orphans, made = set(following.load(store).orphans), store.reviews()
    for n, r in enumerate(made, 1):
        on = f"{r.anchor.kind} “{labels.one_line(r.anchor.exact)}”" if r.anchor else str(r.undoes)
        changed = "; ".join(", ".join(f"{k} = {v}" for k, v in c.items()) for c in r.changes)
        rest = [changed, r.reason or "", "finds no record any more" if n in orphans else ""]
        put(f"{n}  {r.at[:16]}  {r.by}  {r.action} {on}{''.join(f' · {part}' for part in rest if part)}\n")
    raise typer.Exit(DONE)


def _say(action: Action, id: str, where: str, by: str | None, reason: str | None, *, other: str | None = None,
         changes: tuple[dict[str, Any], ...] = ()) -> None:  # fmt: skip
    from onthetable import following
    from onthetable.store import open_store

    with open_store(where) as store:
        ledger = following.load(store).ledger
        found, second = _anchor(ledger, id), _anchor(ledger, other) if other else None
        made = store.review(Review(action, by or getpass.getuser(), _now(), found, reason, changes, second))
    say(f"review {made}: {action} {id}")


def _anchor(ledger: Ledger, id: str) -> Anchor:
    record = next((r for reading in ledger.readings for r in reading.records if r.id == id), None)
    if record is None:
        raise UsageError(f"{id}: there is no record of that id in the ledger")
    return anchor(ledger.report(record.report), record)


def _fields(given: list[str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not equals:
            raise UsageError(f"--set {one}: expected FIELD=VALUE")
        values[name.strip()] = {"none": None, "true": True, "false": False}.get(value.strip().lower(), value.strip())
    return values


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
