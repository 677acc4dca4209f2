"""A ledger as a dossier: one HTML file that works offline, without JavaScript and without a request.

The text of reports goes through Jinja2's escaping and nowhere else; a content security policy forbids
everything but the style and script that stand in the page, by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
from datetime import date
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from onthetable.reports.own import GENERATOR
from onthetable.views import anchors, labels
from onthetable.views.ledger import Ledger
from onthetable.views.screens.events import Events
from onthetable.views.screens.figures import Figures
from onthetable.views.screens.positions import Positions
from onthetable.views.screens.proposals import Proposals
from onthetable.views.screens.reports import Reports
from onthetable.views.screens.sources import Sources


def page(ledger: Ledger, at: date | None = None) -> str:
    """The whole dossier, as of a day if one is given.

    Every claim links to the highlighted words of its report (`#e-REPORT-START-END`) and every note in a
    report's margin leads back. The same ledger gives the same page.
    """
    style, script = _asset("dossier.css"), _asset("dossier.js")
    positions = Positions(ledger, at)
    return _environment().get_template("dossier.html").render(
        ledger=ledger,
        at=at,
        positions=positions,
        proposals=Proposals(ledger, at),
        events=Events(ledger, at),
        figures=Figures(ledger, at),
        sources=Sources(ledger, at),
        reports=Reports(ledger, at, positions),
        style=Markup(style),
        script=Markup(script),
        generator=Markup(GENERATOR),
        style_hash=_hash(style),
        script_hash=_hash(script),
    )  # fmt: skip


@cache
def _environment() -> Environment:
    env = Environment(
        loader=PackageLoader("onthetable.views"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    env.globals.update(labels=labels, anchors=anchors)
    return env


@cache
def _asset(name: str) -> str:
    return files("onthetable.views").joinpath("templates", name).read_text("utf-8")


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
