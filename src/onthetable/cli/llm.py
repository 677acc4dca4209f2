"""The options of `brief` for a language model, and what is said before and after it."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from onthetable.case import Case
from onthetable.cli.terminal import say
from onthetable.errors import UsageError
from onthetable.views import labels

if TYPE_CHECKING:
    from onthetable.llm import LanguageModel, Outcome, Usage

Url = Annotated[
    str | None, typer.Option("--llm", metavar="URL", help="A language model as one more reader: base of its endpoint.")
]
Model = Annotated[str | None, typer.Option("--llm-model", metavar="NAME", help="Which model.")]
Key = Annotated[str | None, typer.Option("--llm-key", metavar="KEY", help="Its key; better ONTHETABLE_LLM_KEY.")]
Price = Annotated[str | None, typer.Option("--llm-price", metavar="IN,OUT", help="Prices of a million tokens.")]
Yes = Annotated[bool, typer.Option("--llm-yes", help="Text may leave this machine; do not ask.")]
Estimate = Annotated[bool, typer.Option("--estimate", help="Say what the model would cost, and send nothing.")]


def model_of(url: str | None, model: str | None, key: str | None) -> LanguageModel | None:
    """The model that is asked for by options; the environment only fills in. None without --llm."""
    if url is None:
        return None
    from onthetable.llm import Endpoint, LanguageModel

    env = os.environ
    name = model or env.get("ONTHETABLE_LLM_MODEL") or ""
    address = url or env.get("ONTHETABLE_LLM_URL") or ""
    return LanguageModel(Endpoint(address, name, key or env.get("ONTHETABLE_LLM_KEY")))


def permitted(model: LanguageModel, yes: bool) -> None:
    """Asks before text leaves this machine. Raises UsageError if nobody says yes."""
    if not model.endpoint.leaves or yes:
        return
    how = ", unencrypted" if model.endpoint.shown.startswith("http:") else ""
    warning = f"The text of the reports will be sent to {model.endpoint.shown}, away from this machine{how}."
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError(f"{warning} Say --llm-yes if that is meant")
    say(warning)
    if not typer.confirm("Send it?", err=True):
        raise UsageError("nothing was sent")


def tell_estimate(paths: Sequence[str], case: Case | None, price: str | None) -> None:
    """What it would come to; nothing is sent."""
    from onthetable.llm import estimate
    from onthetable.reports import gather

    questions, usage = estimate(gather(paths).reports, case or Case("", ()))
    tokens = f"about {usage.sent:,} tokens out and {usage.received:,} back"
    say(f"{labels.count(questions, 'question')}, {tokens}{cost(usage, price)}")


def tell(outcome: Outcome, price: str | None) -> None:
    """What came of it."""
    said = f"{labels.count(outcome.statements, 'statement')} and {labels.count(outcome.moves, 'move')} added"
    say(f"language model: {labels.count(outcome.asked, 'question')}, {said}, {outcome.usage.sent:,} tokens out and "
        f"{outcome.usage.received:,} back{cost(outcome.usage, price)}")  # fmt: skip
    for reason, n in outcome.dropped.most_common():
        if n:
            say(f"  dropped {n}: {reason}")
    for reason, n in outcome.failed.most_common():
        say(f"  no answer to {n}: {reason}")


def cost(usage: Usage, price: str | None) -> str:
    """The price of tokens, from prices of a million; nothing without them. Raises UsageError for what is none."""
    if price is None:
        return ""
    try:
        sent, received = (float(p) for p in price.split(","))
    except ValueError:
        raise UsageError(
            f"--llm-price {price}: expected two prices of a million tokens, for example 0.15,0.60"
        ) from None
    return f", about {(usage.sent * sent + usage.received * received) / 1e6:.2f}"
