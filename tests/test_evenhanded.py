"""What holds for one party holds for the other: exchanging the principals exchanges them in the ledger, and no more."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from onthetable.case import Case, read_case
from onthetable.reading import read
from onthetable.views import json as json_view

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT.parent / "shared" / "seeds"
LEFT, RIGHT = "Keldora", "Mirovan"
"""Names of equal length that no gazetteer knows, so that no offset moves."""


@pytest.mark.parametrize(
    ("folder", "case", "names"),
    [
        (ROOT / "examples" / "talks", ROOT / "examples" / "case.toml", ("Sorvana(?:n)?", "Tolmera League")),
        (SEEDS, SEEDS.parent / "cases" / "gaza.toml", ("Israel(?:is?)?", "Hamas")),
    ],
)
def test_exchanging_the_principals_exchanges_them_and_no_more(
    folder: Path, case: Path, names: tuple[str, str], tmp_path: Path
) -> None:
    if not folder.is_dir():
        pytest.skip("the published reports are not at hand")
    first = _ledger(folder, read_case(case), dict(zip(names, (LEFT, RIGHT), strict=True)), tmp_path / "first")
    second = _ledger(folder, read_case(case), dict(zip(names, (RIGHT, LEFT), strict=True)), tmp_path / "second")
    assert LEFT in first
    assert _sorted(json.loads(_exchanged(first))) == _sorted(json.loads(second))


def _ledger(folder: Path, case: Case, new: dict[str, str], into: Path) -> str:
    """The ledger of the reports with new names, by file name instead of content hash."""
    into.mkdir()
    for path in folder.glob("*.txt"):
        (into / path.name).write_text(_renamed(path.read_text("utf-8"), new), "utf-8")
    parties = tuple(
        replace(p, name=_renamed(p.name, new), aliases=tuple(_renamed(a, new) for a in p.aliases)) for p in case.parties
    )
    ledger = read([str(p) for p in sorted(into.glob("*.txt"))], replace(case, parties=parties))
    said = json_view.document(ledger)
    for r in ledger.reports():
        said = said.replace(r.sha256, "-").replace(r.id, Path(r.path).stem).replace(r.path, Path(r.path).name)
    return said


def _renamed(text: str, new: dict[str, str]) -> str:
    for old, made in new.items():
        text = re.sub(rf"\b{old}\b", made, text)
    return text


def _exchanged(text: str) -> str:
    return re.sub(f"{LEFT}|{RIGHT}", lambda m: RIGHT if m[0] == LEFT else LEFT, text)


def _sorted(value: Any) -> Any:
    """The same data with its lists in an order that does not depend on hashes."""
    if isinstance(value, dict):
        return {k: _sorted(v) for k, v in value.items()}
    if isinstance(value, list):
        return sorted((_sorted(v) for v in value), key=lambda v: json.dumps(v, sort_keys=True))
    return value
