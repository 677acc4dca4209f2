"""Files that commands write: looked at before the work, and written whole or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from onthetable.cli.terminal import put
from onthetable.errors import OnTheTableError, UsageError
from onthetable.reports.sources import find_sources, is_output


def check(out: Path | None, paths: Iterable[str] = (), case: str | None = None) -> None:
    """Refuses, before anything is read, a file that cannot be written or that the work is to be read from.

    What the program itself wrote into a folder of reports may be written again. Raises UsageError or OnTheTableError.
    """
    if out is None:
        return
    if out.is_dir():
        raise UsageError(f"--out {out}: is a folder; name a file in it")
    if not out.parent.is_dir():
        raise OnTheTableError(f"--out {out}: there is no folder {out.parent}")
    if out.exists() and not out.is_file():
        return  # a device or a pipe
    if not os.access(out.resolve().parent, os.W_OK | os.X_OK):
        raise OnTheTableError(f"--out {out}: no permission to write in {out.resolve().parent}")
    if out.exists():
        _check_inputs(out, list(paths), case)


def _check_inputs(out: Path, paths: list[str], case: str | None) -> None:
    if case and _same(out, case):
        raise UsageError(f"--out {out}: is the case file")
    piped = "-" in paths and sys.stdin is not None and sys.stdin.isatty() is False
    if piped and _is_standard_input(out):
        raise UsageError(f"--out {out}: is what standard input is read from")
    if any(_same(out, name) for name, _ in find_sources(paths, None) if name != "-"):
        named = any(_same(out, p) for p in paths if p != "-")
        if named or not is_output(out):
            raise UsageError(f"--out {out}: is one of the files to be read")


def _same(out: Path, name: str) -> bool:
    try:
        return os.path.samefile(out, name)
    except OSError:
        return False


def _is_standard_input(out: Path) -> bool:
    try:
        return os.path.samestat(out.stat(), os.fstat(sys.stdin.fileno()))
    except (OSError, ValueError):
        return False


def write(content: str, out: Path | None) -> None:
    """To standard output, or to a file: all of it or nothing."""
    if out is None:
        put(content)
    elif out.exists() and not out.is_file():
        _feed(out, content)
    else:
        _replace(out, content)


def _feed(out: Path, content: str) -> None:
    """To a device or a pipe, which must not be replaced."""
    try:
        out.write_bytes(content.encode("utf-8", "replace"))
    except BrokenPipeError:
        pass
    except OSError as e:
        raise OnTheTableError(f"--out {out}: {e.strerror or e}") from None


def _replace(out: Path, content: str) -> None:
    target = out.resolve()
    name = None
    try:
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:100]}.")
        with os.fdopen(handle, "wb") as file:
            file.write(content.encode("utf-8", "replace"))
        os.chmod(name, mode)
        os.replace(name, target)
    except BaseException as e:
        if name:
            Path(name).unlink(missing_ok=True)
        if isinstance(e, OSError):
            raise OnTheTableError(f"--out {out}: {e.strerror or e}") from None
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
