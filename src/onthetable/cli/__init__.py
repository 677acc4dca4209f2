"""Commands over the public names: data to standard output, everything else to standard error.

Exit status: 0 done; 1 done, but some input was rejected; 2 wrong usage; 3 could not do it; 130 interrupted.
"""

from __future__ import annotations

import sys
from importlib.metadata import version
from typing import Annotated

import typer

from onthetable.cli.annotate import annotate
from onthetable.cli.brief import brief
from onthetable.cli.case import check_case, draft
from onthetable.cli.demo import demo
from onthetable.cli.export import export_
from onthetable.cli.keep import check, find, read
from onthetable.cli.review import review_app
from onthetable.cli.serve import serve
from onthetable.cli.show import changes, show
from onthetable.cli.status import COULD_NOT, DONE, INTERRUPTED, reason, status_of
from onthetable.cli.terminal import finished, plain, say
from onthetable.cli.watch import watch

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)  # fmt: skip
case_app = typer.Typer(no_args_is_help=True, help="Work on case files: who is at the table, and on what.")
app.command()(demo)
app.command()(brief)
app.command()(show)
app.command()(changes)
app.command()(read)
app.command()(find)
app.command()(check)
app.command()(watch)
app.command("export")(export_)
app.command()(serve)
app.command()(annotate)
app.add_typer(review_app, name="review")
app.add_typer(case_app, name="case")
case_app.command()(draft)
case_app.command("check")(check_case)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"onthetable {version('onthetable')}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show it.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show where an unexpected error comes from.")] = False,
) -> None:
    """Reads news reports about negotiations and keeps a ledger of who demands, offers, accepts and rejects what.

    Every line leads back to the exact words it came from. Nothing leaves this machine.
    """


def main() -> None:
    """The command `onthetable`. No error leaves it as a traceback, unless --debug asks for it."""
    sys.exit(finished(run(sys.argv[1:])))


def run(arguments: list[str]) -> int:
    """What `main` does, with the arguments given and the exit status returned."""
    if plain():
        _no_styles()
    try:
        app(args=arguments, prog_name="onthetable")
    except SystemExit as e:
        if isinstance(e.__context__, BrokenPipeError):
            return DONE  # whoever read the help has enough
        return e.code if isinstance(e.code, int) else COULD_NOT
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as e:
        if "--debug" in arguments and status_of(e) == COULD_NOT:
            raise
        say(f"onthetable: {reason(e)}")
        return status_of(e)
    return DONE


def _no_styles() -> None:
    """Help and errors in text alone; with colours off, Typer would still write bold and dim."""
    from typer import rich_utils

    rich_utils.COLOR_SYSTEM = None
    rich_utils.FORCE_TERMINAL = None
