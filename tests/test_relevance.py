"""The relevance gate: what is not about the talks is skipped before it is parsed, and nothing that has moves."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from tests.store.talks import case_file, made
from tests.store.test_keeping import run

from onthetable import keeping, pipeline
from onthetable.bundled import examples
from onthetable.case import Case, Party, pack, read_case
from onthetable.errors import UsageError
from onthetable.relevance import Gate
from onthetable.reports import gather
from onthetable.store import check, open_store

TALKS = Case(
    "Lake talks",
    (pack("peace"),),
    (Party("Norland", people=("Maja Brun",), places=("Port Anne",)), Party("Lake Front", aliases=("LF",)),
     Party("Egypt", "mediator")),
)  # fmt: skip
GATE = Gate(TALKS)
EVAL = Path(__file__).parents[1] / "eval" / "talks"


@pytest.mark.parametrize("text", [
    "Norland will play the Lake Front's eleven.",
    "An envoy of Norland met the Lake-Front.",
    "NORLAND AND THE LAKE FRONT AT ODDS",
    "Brun went to Cairo.",
    "Port Anne has heard nothing from the LF.",
    "Norlanders withdrew their troops.",
    "The Egyptians spoke of ceasefires.",
    "Norland talked.",
    "The Front said that prisoners would be released.",
    "Norland’s cease-fire holds.",
])  # fmt: skip
def test_two_parties_or_one_and_an_issue_are_let_through(text: str) -> None:
    assert GATE.reason(text) is None


@pytest.mark.parametrize(("text", "reason"), [
    ("The harvest was late, and prices of bread went up.", "names no party of the case"),
    ("A front of rain from the lake, lf. and norland in small letters, a ceasefire.", "names no party of the case"),
    ("Norlandia and Brunswick and the Frontier agreed on a ceasefire.", "names no party of the case"),
    ("Norland won by two goals.", "names one party of the case and none of its issues"),
    ("Maja Brun of Norland, in Port Anne, went fishing.", "names one party of the case and none of its issues"),
    ("", "names no party of the case"),
])  # fmt: skip
def test_what_names_neither_is_not(text: str, reason: str) -> None:
    assert GATE.reason(text) == reason


def test_a_case_without_parties_can_tell_nothing() -> None:
    with pytest.raises(UsageError, match="the case names none"):
        Gate(Case("talks", (pack("peace"),)))


CASES = [(examples() / "case.toml", "talks/*"), *((c, c.name.replace(".case.toml", "-*.txt")) for c in
         sorted(EVAL.rglob("*.case.toml")))]  # fmt: skip


@pytest.mark.parametrize(("case", "files"), CASES, ids=lambda c: c.name if isinstance(c, Path) else "")
def test_none_with_moves_is_skipped(case: Path, files: str) -> None:
    known = read_case(case)
    reports = gather([str(f) for f in case.parent.glob(files)]).reports
    assert reports
    skipped = [r for r in reports if Gate(known).reason(r.text)]
    assert not [r.path for r in skipped if pipeline.read(r, known).moves]


def test_it_costs_next_to_nothing() -> None:
    text = "Norland had nothing to say of the harvest, which was late, and the price of bread. " * 10_000
    begun = time.process_time()
    assert GATE.reason(text)
    assert 160_000 / (time.process_time() - begun) > 200_000, "words a second; the parser reads some 5,000"


@pytest.mark.parametrize("piece", ["lake ", "Lake front of ", "us ", '"', "x", "pull ", "release the ", "Lake-_-Front"])
def test_time_grows_with_length_only(piece: str) -> None:
    begun = time.process_time()
    GATE.reason("Norland. " + piece * (1_000_000 // len(piece)))
    assert time.process_time() - begun < 5


# --- in a kept ledger ---------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made(tmp_path / "in", 3)
    (tmp_path / "in" / "harvest.txt").write_text("The harvest was late this year, the ministry of farming said.\n")
    (tmp_path / "in" / "match.txt").write_text("Morvenia beat Ostia by two goals to one, and the crowd sang.\n")
    return tmp_path


def test_what_is_skipped_has_a_row_and_is_read_when_asked_for(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    where = str(folder / "x.db")
    parsed: list[str] = []
    real = pipeline.read
    monkeypatch.setattr(pipeline, "read", lambda r, *a: (parsed.append(Path(r.path).name), real(r, *a))[1])
    arguments = "read", folder / "in", "--ledger", where, "--case", case_file(folder)
    assert run(*arguments, "--only-relevant") == 0
    assert "3 reports added, 2 skipped as not about the talks" in capsys.readouterr().err
    assert "harvest.txt" not in parsed
    with open_store(where) as store:
        rows = {Path(e.name).name: e for e in store.inputs()}
        assert (rows["harvest.txt"].status, rows["harvest.txt"].reason) == ("skipped", "names no party of the case")
        assert rows["match.txt"].reason == "names one party of the case and none of its issues"
        assert rows["report-000.txt"].status == "read"
        assert not check(store)
        case = read_case(case_file(folder))
        wider = Case(case.name, case.packs, (*case.parties, Party("Ostia")))
        kept = keeping.keep([str(folder / "in")], store, wider, only_relevant=True)
        assert (kept.new, kept.skipped, kept.again) == (1, 1, 3)
        assert {Path(e.name).name: e.status for e in store.inputs()}["match.txt"] == "read"
        assert keeping.keep([str(folder / "in")], store).new == 1
        assert "skipped" not in {e.status for e in store.inputs()}
        assert not check(store)


def test_it_needs_a_case(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("read", folder / "in", "--ledger", folder / "x.db", "--only-relevant") == 2
    assert "no case" in capsys.readouterr().err
