"""The documents: every snippet runs and shows what really comes out, every command, option and name is explained."""

from __future__ import annotations

import doctest
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import pytest
import typer
from docs import refresh

import onthetable
from onthetable import case, cli, model
from onthetable.exports import FORMATS
from onthetable.exports.columns import COLUMNS, EVENT_ROWS
from onthetable.exports.plover import ACTS
from onthetable.store.tables import METADATA

ROOT = Path(__file__).parents[1]
DOCS = sorted((ROOT / "docs").glob("*.md"))
RUN = [ROOT / "README.md", *DOCS]
LINKED = [*RUN, *(ROOT / n for n in ("ARCHITECTURE.md", "CHANGES.md", "CONTRIBUTING.md", "examples/README.md"))]
TRUST = (ROOT / "docs" / "trust.md").read_text("utf-8")
REFERENCE = (ROOT / "docs" / "reference.md").read_text("utf-8")
SET_UP = {"make", "git", "pip", "cd"}
"""Commands that fetch or build; of these it is only checked that a target of `make` exists."""


@dataclass(frozen=True)
class Block:
    """A fenced block: the language, the file that it is to be saved as (```toml case.toml), its text and line."""

    language: str
    file: str | None
    text: str
    line: int


def blocks(path: Path) -> Iterator[Block]:
    text = path.read_text("utf-8")
    for m in re.finditer(r"^```(\w+)[ \t]*(\S+)?[^\n]*\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        yield Block(m[1], m[2], m[3], text.count("\n", 0, m.start()) + 1)


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


# --- snippets -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", RUN, ids=name)
def test_every_snippet_runs_and_shows_what_comes_out(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("COLUMNS", "80")
    names: dict[str, Any] = {"__name__": "__docs__"}
    for block in blocks(path):
        where = f"{name(path)}:{block.line}"
        if block.file:
            (tmp_path / block.file).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / block.file).write_text(block.text, "utf-8")
        match block.language:
            case "python":
                _python(block.text, names, where)
            case "console":
                _console(block.text, where, capfd)
            case "toml":
                tomllib.loads(block.text)
            case "json":
                json.loads(block.text)


def _python(text: str, names: dict[str, Any], where: str) -> None:
    if ">>>" not in text:
        exec(compile(text, where, "exec"), names)
        return
    said: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE, verbose=False)
    test = doctest.DocTestParser().get_doctest(text, names, where, where, 0)
    result = runner.run(test, out=said.append, clear_globs=False)
    names.update(test.globs)
    assert not result.failed, "".join(said)


def _console(text: str, where: str, capfd: pytest.CaptureFixture[str]) -> None:
    first, *commands = re.split(r"^\$ ", text, flags=re.MULTILINE)
    assert not first, f"{where}: output before a command"
    status = 0
    for command in commands:
        line, _, shown = command.replace("\\\n", "").partition("\n")
        if line == "echo $?":
            assert shown.strip() == str(status), f"{where}: status {status}"
            status = 0
            continue
        assert status == 0, f"{where}: exit status {status}, and the document does not say so"
        status, came = _ran(line, capfd)
        _appears(shown, came, f"{where}: {line}")
    assert status == 0, f"{where}: exit status {status}, and the document does not say so"


def _ran(line: str, capfd: pytest.CaptureFixture[str]) -> tuple[int, str]:
    words = shlex.split(line, comments=True)
    if words[0] in SET_UP:
        targets = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
        assert words[0] != "make" or set(words[1:]) <= set(targets), f"no such target: {line}"
        return 0, ""
    capfd.readouterr()
    if words[0] == "onthetable" and not set(words) & {"|", ">", "<", "-"}:
        status = cli.run(words[1:])
    else:
        status = subprocess.run(["bash", "-c", line], check=False).returncode
    out, err = capfd.readouterr()
    assert "Traceback" not in err, err
    return status, f"{out}\n{err}"


def _appears(shown: str, came: str, where: str) -> None:
    """What is shown comes out, line by line; three dots stand for any words, on a line of their own for any lines."""
    lines = [line.rstrip() for line in came.splitlines()]
    at = 0
    for chunk in re.split(r"^[ \t]*\.\.\.[ \t]*$", shown, flags=re.MULTILINE):
        wanted = [re.escape(line.rstrip()).replace(r"\.\.\.", ".*") for line in chunk.strip("\n").splitlines()]
        found = next((n for n in range(at, len(lines) - len(wanted) + 1) if _fits(wanted, lines[n:])), None)
        assert found is not None, f"{where}\nshown:\n{chunk}\nbut what came out is:\n{came}"
        at = found + len(wanted)


def _fits(wanted: list[str], lines: list[str]) -> bool:
    return all(re.fullmatch(w, line) for w, line in zip(wanted, lines, strict=False))


# --- links --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", LINKED, ids=name)
def test_every_link_leads_somewhere(path: Path) -> None:
    text = re.sub(r"^```.*?^```$", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    for link in re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r"(?:src|href)=\"([^\"]+)\"", text):
        if re.match(r"[a-z]+:", link):
            continue
        file, _, fragment = link.partition("#")
        target = path.parent / file if file else path
        assert target.exists(), f"{name(path)}: {link}"
        if fragment:
            assert fragment in _headings(target), f"{name(path)}: {link}"


def _headings(path: Path) -> set[str]:
    """The fragments of a document's headings, as GitHub makes them."""
    heads = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", h.lower()).replace(" ", "-") for h in heads}


# --- the reference is whole ---------------------------------------------------------------------------


def _commands(command: Any, path: tuple[str, ...] = ("onthetable",)) -> Iterator[tuple[str, Any]]:
    yield " ".join(path), command
    for sub, inner in getattr(command, "commands", {}).items():
        yield from _commands(inner, (*path, sub))


COMMANDS = dict(_commands(typer.main.get_command(cli.app)))


def section(title: str, text: str = REFERENCE) -> str:
    """What stands under a heading, up to the next of its level or a higher one."""
    head = re.search(rf"^(#+) {re.escape(title)}[ \t]*$", text, re.MULTILINE)
    assert head, f"no heading {title!r}"
    after = text[head.end() :]
    end = re.search(rf"^#{{1,{len(head[1])}}} ", after, re.MULTILINE)
    return after[: end.start() if end else None]


def coded(text: str) -> set[str]:
    """The words that stand in code."""
    return {w for code in re.findall(r"`([^`\n]+)`", text) for w in re.findall(r"[\w.-]+", code)}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_option_is_explained(command: str) -> None:
    said = coded(section(f"`{command}`"))
    for parameter in COMMANDS[command].params:
        for option in (*parameter.opts, *parameter.secondary_opts):
            assert option in said or parameter.param_type_name == "argument", f"{command} {option}"


def _code(text: str) -> Iterator[str]:
    """The lines of fenced and indented blocks, and code within a line."""
    fenced = re.findall(r"^```.*?\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    yield from (line for block in fenced for line in block.splitlines())
    yield from re.findall(r"^ {4,}(.+)$", text, re.MULTILINE)
    yield from re.findall(r"`([^`\n]+)`", text)


@pytest.mark.parametrize("path", LINKED, ids=name)
def test_every_command_named_is_one(path: Path) -> None:
    for line in _code(path.read_text("utf-8")):
        for command, rest in re.findall(r"(?<!import )\bonthetable ((?:(?:case|review) )?[a-z]+)\b([^|#]*)", line):
            known = COMMANDS.get(f"onthetable {command}")
            assert known, f"{name(path)}: {line}"
            options = {o for p in known.params for o in p.opts}
            used = set(re.findall(r"(?<!\S)--?[a-z][\w-]*", rest))
            assert used <= options | {"--help", "-h"}, f"{name(path)}: {line}"


def test_every_public_name_and_field_is_explained() -> None:
    names = coded(section("Python"))
    for public in onthetable.__all__:
        assert public in names, public
        record = getattr(onthetable, public)
        for field in getattr(record, "__dataclass_fields__", {}):
            assert field in names or field.startswith("_"), f"{public}.{field}"


def test_every_method_of_the_ledger_is_explained() -> None:
    names = coded(section("Ledger"))
    assert {n for n in vars(onthetable.Ledger) if not n.startswith("_")} <= names


def _keys(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            if key != "terms" or isinstance(inner, list):  # the terms of a wording are themselves the keys
                yield from _keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _keys(inner)


def test_every_field_of_the_ledger_as_json_is_explained(capfd: pytest.CaptureFixture[str]) -> None:
    talks = ROOT / "examples"
    assert cli.run(["brief", str(talks / "talks"), "--case", str(talks / "case.toml"), "--format", "json"]) == 0
    document = json.loads(capfd.readouterr().out)
    for part, inner in document.items():
        assert part in coded(section("The ledger as JSON"))
        said = coded(section(f"`{part}`")) if isinstance(inner, list | dict) else set()
        assert not set(_keys(inner)) - said, part


def test_every_field_of_annotate_is_explained() -> None:
    from onthetable.annotation import annotate

    text = "The ferry union's leader said on Tuesday that it would reject the offer of 4 percent if posts were cut."
    assert not set(_keys(annotate("a", text))) - coded(section("Annotate"))


VALUES = [
    "Act", "Kind", "Manner", "When", "Status", "Qualifier",
    "EventType", "TieKind", "GapState", "ChangeKind", "TimeType",
]  # fmt: skip
CASE_TABLES = (case._Case, case._Party, case._Anchor, case._Pack, case._Issue)


@pytest.mark.parametrize("values", VALUES)
def test_every_value_is_explained(values: str) -> None:
    missing = [v for v in get_args(getattr(model, values)) if f"`{v}`" not in section("The values")]
    assert not missing


@pytest.mark.parametrize("table", CASE_TABLES, ids=lambda t: t.__name__)
def test_every_field_of_a_case_file_or_pack_is_explained(table: Any) -> None:
    said = coded((ROOT / "docs" / "cases-and-packs.md").read_text("utf-8"))
    assert set(table.model_fields) <= said


@pytest.mark.parametrize("role", get_args(model.PartyRole))
def test_every_role_of_a_party_is_explained(role: str) -> None:
    assert f"`{role}`" in (ROOT / "docs" / "cases-and-packs.md").read_text("utf-8")


# --- figures, tables and formats ----------------------------------------------------------------------


def test_every_figure_of_the_gate_is_explained() -> None:
    said = coded(section("What is measured", TRUST)) | coded(section("What each figure means", TRUST))
    groups = {g for code in re.findall(r"`([^`\n]+)`", section("What is measured", TRUST)) for g in [code]}
    for key in json.loads((ROOT / "eval" / "baseline.json").read_text("utf-8"))["floors"]:
        group, _, figure = key.rpartition("/")
        assert group in groups, group
        assert set(re.findall(r"[\w.-]+", figure.removeprefix("seeds.").removeprefix("talks."))) <= said, figure


def test_figures_in_the_documents_are_those_of_the_gate() -> None:
    for file, text in refresh.figured().items():
        assert file.read_text("utf-8") == text, "python docs/refresh.py"


def test_every_format_table_and_column_is_explained() -> None:
    text = (ROOT / "docs" / "exports.md").read_text("utf-8")
    assert set(FORMATS) <= coded(section("Exports", text))
    for table, columns in COLUMNS.items():
        assert set(columns) <= coded(section(f"`{table}`", text)), table
    assert set(EVENT_ROWS) <= coded(section("Event rows", text))
    assert {a for a in get_args(model.Act) if a not in ACTS} <= coded(section("Event rows", text))


def test_every_part_of_the_program_is_in_the_architecture() -> None:
    drawn = set(re.findall(r"^ {6}(\w+(?:\.py|/)) ", (ROOT / "ARCHITECTURE.md").read_text("utf-8"), re.MULTILINE))
    source = ROOT / "src" / "onthetable"
    modules = {p.name for p in source.glob("*.py")}
    folders = {f"{p.name}/" for p in source.iterdir() if p.is_dir() and list(p.glob("*.*"))}
    assert modules | folders <= drawn | {"__pycache__/"}
    assert drawn <= modules | folders


def test_every_table_of_a_kept_ledger_is_explained() -> None:
    said = coded(section("The kept ledger"))
    for table in METADATA.tables.values():
        assert {table.name, *table.columns.keys()} <= said, table.name
