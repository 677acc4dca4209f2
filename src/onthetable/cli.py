"""Commands over the public names: data to standard output, everything else to standard error.

Exit status: 0 done; 1 done, but some input was rejected; 2 wrong usage; 3 could not do it.
"""

from __future__ import annotations

import json as stdlib_json
import os
import shutil
import sys
import tempfile
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from onthetable import ledger as ledgers
from onthetable.case import Case, read_case
from onthetable.errors import CaseError, OnTheTableError, UsageError
from onthetable.ledger import Ledger
from onthetable.views import case as case_file
from onthetable.views import html, json, markdown, text

_REPORT_IT = "This is a mistake in the program: please report it with what `onthetable --debug COMMAND ...` shows."

DONE, SOME_REJECTED, WRONG_USAGE, COULD_NOT = 0, 1, 2, 3

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)  # fmt: skip
case_app = typer.Typer(no_args_is_help=True, help="Work on case files: who is at the table, and on what.")
app.add_typer(case_app, name="case")


class Format(StrEnum):
    """What `brief` can write."""

    text = "text"
    html = "html"
    json = "json"
    md = "md"


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise typer.BadParameter(f"{value!r} is no date; expected YYYY-MM-DD, for example 2024-05-03") from None


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"onthetable {version('onthetable')}")
        raise typer.Exit


Paths = Annotated[list[str], typer.Argument(metavar="PATH...", help="Files, folders, .jsonl, or - for stdin.")]
Out = Annotated[Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write here, not to standard output.")]
CaseFile = Annotated[str | None, typer.Option("--case", metavar="FILE", help="Who is at the table (TOML).")]
Workers = Annotated[int, typer.Option(min=1, metavar="N", help="Processes that read side by side.")]


@app.callback()
def _options(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show it.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show where an unexpected error comes from.")] = False,
) -> None:
    """Reads news reports about negotiations and keeps a ledger of who demands, offers, accepts and rejects what.

    Every line leads back to the exact words it came from. Nothing leaves this machine.
    """


@app.command()
def demo(
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="Where the page goes.")] = Path(
        "out/demo.html"
    ),
    open_: Annotated[bool, typer.Option("--open", help="Show the page in the browser.")] = False,
) -> None:
    """The bundled example: invented talks, as a dossier page and here in the terminal.

    Example: `onthetable demo --open`
    """
    folder = examples()
    ledger = _read([os.path.relpath(folder / "talks")], read_case(folder / "case.toml"), 1)
    if out == Path("out/demo.html"):
        out.parent.mkdir(exist_ok=True)
    _write(html.page(ledger), out)
    _write(_terminal(ledger, None), None)
    _say(f"\nThe dossier, with every claim linked to its words: {out.resolve()}")
    if open_ and not webbrowser.open(out.resolve().as_uri()):
        _say("No browser could be opened; open that file by hand.")
    raise typer.Exit(_status(ledger))


@app.command()
def brief(
    paths: Paths,
    case: CaseFile = None,
    at: Annotated[
        date | None, typer.Option(parser=_day, metavar="DATE", help="As known on this day (YYYY-MM-DD).")
    ] = None,
    format: Annotated[
        Format | None, typer.Option(help="What to write; else by the ending of --out, else text.")
    ] = None,
    out: Out = None,
    workers: Workers = 1,
) -> None:
    """Reads reports and prints what is on the table.

    Without a case file, the parties and issues are drafted from the reports, and the output says so.

    Examples:

    - `onthetable brief reports/ --case case.toml`

    - `onthetable brief reports/ --at 2024-05-03 --out brief.html`

    - `onthetable brief reports/ --format json | jq .positions`
    """
    form = format or _format_of(out)
    _refuse_folder(out)
    known, mistaken = _case(case)
    ledger = _read(paths, known, workers)
    _write(_rendered(ledger, form, at, out), out)
    raise typer.Exit(SOME_REJECTED if mistaken else _status(ledger))


@app.command()
def annotate(
    context: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="JSON lines; standard input by default.")
    ] = None,
) -> None:
    """JSON lines of texts in, JSON lines of annotations out: who said what, times, figures, acts and moves.

    A line in is `{"id": ..., "text": ..., "date": "YYYY-MM-DD"}` (date: the document's own, optional). A line
    that is none of these comes out as `{"id", "error"}`, and the exit status is 1 in the end.

    Example: `onthetable annotate texts.jsonl > annotations.jsonl`
    """
    debug, failed = bool(context.find_root().params.get("debug")), False
    with _opened(file) as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                answer = _annotated(line, debug)
                if "error" in answer:
                    failed = True
                    _say(f"not read: line {number}: {answer['error']}")
                _write(json.dumps(answer) + "\n", None)
    raise typer.Exit(SOME_REJECTED if failed else DONE)


@case_app.command("draft")
def draft_case(paths: Paths, out: Out = None) -> None:
    """Drafts a case file from the reports themselves, to be corrected by hand.

    Example: `onthetable case draft reports/ -o case.toml`
    """
    from onthetable.drafting import draft
    from onthetable.reports import gather
    from onthetable.spans.nlp import parse

    _refuse_folder(out)
    with _progress() as note:
        intake = gather(paths, progress=lambda done, of: note("opening", done, of))
        trees = []
        for report in intake.reports:
            trees.append(parse(report))
            note("reading", len(trees), len(intake.reports))
    for error in intake.rejected:
        _say(f"not read: {error}")
    _write(case_file.document(draft(trees)), out)
    raise typer.Exit(SOME_REJECTED if intake.rejected else DONE)


def examples() -> Path:
    """The folder of the bundled examples: inside an installed package, or beside the sources.

    Raises OnTheTableError if this installation has none.
    """
    here = Path(__file__).resolve().parent
    found = (here / "examples", here.parents[1] / "examples")
    folder = next((f for f in found if (f / "case.toml").is_file()), None)
    if folder is None:
        raise OnTheTableError("the bundled examples are not part of this installation")
    return folder


def main() -> None:
    """The command `onthetable`. No error leaves it as a traceback, unless --debug asks for it."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """What `main` does, with the arguments given and the exit status returned."""
    try:
        app(args=arguments, prog_name="onthetable")
    except SystemExit as e:
        return e.code if isinstance(e.code, int) else COULD_NOT
    except UsageError as e:
        _say(f"onthetable: {e}")
        return WRONG_USAGE
    except Exception as e:
        if "--debug" in arguments:
            raise
        _say(f"onthetable: {_reason(e)}")
        return COULD_NOT
    return DONE


def _reason(e: Exception) -> str:
    if isinstance(e, OSError) and e.strerror:
        return f"{e.filename}: {e.strerror}" if e.filename else e.strerror
    return str(e) if isinstance(e, OnTheTableError) else f"unexpected {type(e).__name__}: {e}. {_REPORT_IT}"


def _say(line: str) -> None:
    typer.echo(line, err=True)


def _status(ledger: Ledger) -> int:
    return SOME_REJECTED if ledger.rejected else DONE


def _case(path: str | None) -> tuple[Case | None, bool]:
    """The case in the file, and whether there is a mistake in it; then one is drafted instead."""
    if path is None:
        return None, False
    try:
        return read_case(Path(path)), False
    except CaseError as e:
        _say(f"not read: {e}; a case is drafted from the reports instead")
        return None, True


def _read(paths: list[str], case: Case | None, workers: int) -> Ledger:
    with _progress() as note:
        ledger = ledgers.read(paths, case, workers=workers, progress=note)
    for error in ledger.rejected:
        _say(f"not read: {error}")
    return ledger


@contextmanager
def _progress() -> Iterator[ledgers.Progress]:
    """A bar on a terminal; nothing where standard error goes elsewhere."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("opening", total=None)
        yield lambda what, done, of: bar.update(task, description=what, completed=done, total=of)


def _format_of(out: Path | None) -> Format:
    endings = {".html": Format.html, ".htm": Format.html, ".json": Format.json, ".md": Format.md}
    return endings.get(out.suffix.lower(), Format.text) if out else Format.text


def _rendered(ledger: Ledger, form: Format, at: date | None, out: Path | None) -> str:
    match form:
        case Format.html:
            return html.page(ledger, at)
        case Format.json:
            return json.document(ledger, at)
        case Format.md:
            return markdown.render(ledger, at)
        case Format.text:
            return _terminal(ledger, at) if out is None else text.render(ledger, at)


def _terminal(ledger: Ledger, at: date | None) -> str:
    shown = sys.stdout.isatty()
    width = min(shutil.get_terminal_size().columns, 110) if shown else 80
    return text.render(ledger, at, width=width, colour=shown and "NO_COLOR" not in os.environ)


def _refuse_folder(out: Path | None) -> None:
    if out and out.is_dir():
        raise UsageError(f"--out {out}: is a folder; name a file in it")


def _write(content: str, out: Path | None) -> None:
    """To standard output, or to a file: all of it or nothing."""
    data = content.encode("utf-8", "replace")
    if out is None:
        _print(data)
    elif out.exists() and not out.is_file():
        out.write_bytes(data)  # a device or a pipe, which must not be replaced
    else:
        if not out.parent.is_dir():
            raise OnTheTableError(f"--out {out}: there is no folder {out.parent}")
        _replace(out.resolve(), data)


def _print(data: bytes) -> None:
    try:
        typer.echo(data, nl=False)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read the output has enough; the interpreter must not complain about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit from None


def _replace(out: Path, data: bytes) -> None:
    mode = out.stat().st_mode & 0o777 if out.exists() else 0o666 & ~_umask()
    handle, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(name, mode)
        os.replace(name, out)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@contextmanager
def _opened(file: Path | None) -> Iterator[BinaryIO]:
    if file is None or str(file) == "-":
        yield sys.stdin.buffer
    else:
        with file.open("rb") as lines:
            yield lines


def _object(line: bytes) -> Any:
    try:
        return stdlib_json.loads(line)
    except (stdlib_json.JSONDecodeError, UnicodeDecodeError):
        raise
    except ValueError:  # Python refuses whole numbers of more than 4,300 digits
        raise UsageError("a number in it is too long") from None


def _annotated(line: bytes, debug: bool) -> dict[str, Any]:
    """The answer to one line of `annotate`; whatever is wrong with it stops no other line."""
    from onthetable.annotation import annotate as annotate_text

    id = None
    try:
        record = _object(line)
        if not isinstance(record, dict):
            raise UsageError("not a JSON object")
        id = record.get("id")
        if not isinstance(record.get("text"), str):
            raise UsageError("no text (a string is expected)" if "text" not in record else "text is not a string")
        return {**annotate_text(str(id), record["text"], _date_of(record.get("date"))), "id": id}
    except UnicodeDecodeError:
        return {"id": id, "error": "not UTF-8"}
    except stdlib_json.JSONDecodeError as e:
        return {"id": id, "error": f"not JSON: {e.msg} at character {e.pos + 1}"}
    except RecursionError:
        return {"id": id, "error": "nested too deeply"}
    except UsageError as e:
        return {"id": id, "error": str(e)}
    except Exception as e:
        if debug:
            raise
        return {"id": id, "error": _reason(e)}


def _date_of(value: object) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        raise UsageError(f"date {value!r} is none (YYYY-MM-DD is expected)") from None
