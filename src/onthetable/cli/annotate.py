"""`onthetable annotate`: JSON lines of texts in, JSON lines of annotations out."""

from __future__ import annotations

import json as stdlib_json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import typer

from onthetable.cli.status import DONE, SOME_REJECTED, reason
from onthetable.cli.terminal import put, say
from onthetable.errors import OnTheTableError, UsageError
from onthetable.views import json


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
                    say(f"not read: line {number}: {answer['error']}")
                put(json.dumps(answer) + "\n")
    raise typer.Exit(SOME_REJECTED if failed else DONE)


@contextmanager
def _opened(file: Path | None) -> Iterator[BinaryIO]:
    if file is not None and str(file) != "-":
        with file.open("rb") as lines:
            yield lines
    elif sys.stdin is None:
        raise OnTheTableError("standard input is closed")
    else:
        yield sys.stdin.buffer


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
        return {"id": id, "error": reason(e)}


def _date_of(value: object) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        raise UsageError(f"date {value!r} is none (YYYY-MM-DD is expected)") from None
