"""The examples that come with the program: invented talks, with their case file."""

from __future__ import annotations

from pathlib import Path

import onthetable
from onthetable.errors import OnTheTableError


def examples() -> Path:
    """The folder of the bundled examples: inside an installed package, or beside the sources.

    Raises OnTheTableError if this installation has none.
    """
    here = Path(onthetable.__file__).resolve().parent
    found = (here / "examples", here.parents[1] / "examples")
    folder = next((f for f in found if (f / "case.toml").is_file()), None)
    if folder is None:
        raise OnTheTableError("the bundled examples are not part of this installation")
    return folder
