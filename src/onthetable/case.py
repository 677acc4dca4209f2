"""What the user tells us: who is at the table, the issues, and dated events that undated reports refer to."""

from __future__ import annotations

import datetime as dt
import difflib
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from onthetable.errors import CaseError
from onthetable.model import PartyRole

PACKS = ("peace", "labour", "trade", "nuclear")
"""The issue packs that come with the program."""


@dataclass(frozen=True, slots=True)
class Party:
    """One party to the talks; `places` are towns or buildings that speak for it ("Jerusalem", "the Elysee")."""

    name: str
    role: PartyRole = "principal"
    aliases: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Anchor:
    """A dated event, and the words by which reports refer back to it."""

    date: dt.date
    end: dt.date | None
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Issue:
    """One issue of a pack.

    `words` name the issue by themselves; `pairs` name it only together (one of the first list governing
    one of the second: "release" + "hostage"). `given` says whose it is to give: "other" by the side
    it is asked of, "mutual" by nobody in particular. `pax` is the PA-X provision category.
    """

    id: str
    label: str
    words: tuple[str, ...] = ()
    pairs: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = ()
    given: Literal["other", "mutual"] = "other"
    pax: str | None = None


@dataclass(frozen=True, slots=True)
class Pack:
    """A set of issues for one kind of talks."""

    id: str
    label: str
    issues: tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """The talks that reports are read for. `drafted` tells that nobody wrote it: it came from the reports."""

    name: str = "talks"
    packs: tuple[Pack, ...] = ()
    parties: tuple[Party, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    start: dt.date | None = None
    drafted: bool = False
    open: bool = False
    """Whether anybody who acts counts as a party, named as the text does: for single texts without a case."""

    def party(self, name: str) -> Party | None:
        """The party of that short name."""
        return next((p for p in self.parties if p.name == name), None)

    def with_all_packs(self) -> Case:
        """The same case, with every pack of the program if it names none."""
        return self if self.packs else replace(self, packs=tuple(pack(p) for p in PACKS))


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


def _visible(name: str) -> str:
    if not any(map(str.isalnum, name)):
        raise PydanticCustomError("blank", "is blank: a name has a letter or a digit")
    return name


_Name = Annotated[str, AfterValidator(_visible)]


class _Party(_Strict):
    name: _Name
    role: PartyRole = "principal"
    aliases: tuple[_Name, ...] = ()
    people: tuple[_Name, ...] = ()
    places: tuple[_Name, ...] = ()


class _Anchor(_Strict):
    date: dt.date
    end: dt.date | None = None
    says: Annotated[tuple[_Name, ...], Field(min_length=1)]


class _Case(_Strict):
    name: str = "talks"
    packs: tuple[str, ...] = ()
    start: dt.date | None = None
    party: tuple[_Party, ...] = ()
    anchor: tuple[_Anchor, ...] = ()


class _Issue(_Strict):
    id: Annotated[str, Field(min_length=1)]
    label: str
    words: tuple[str, ...] = ()
    pairs: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = ()
    given: Literal["other", "mutual"] = "other"
    pax: str | None = None


class _Pack(_Strict):
    id: Annotated[str, Field(min_length=1)]
    label: str
    issue: Annotated[tuple[_Issue, ...], Field(min_length=1)]


def read_case(path: str | Path) -> Case:
    """The case in a TOML file (contracts: "The case file").

    Raises CaseError with the line and field of the first mistake: broken TOML, an unknown field, a value
    of the wrong kind, a name that is blank, two parties of one name, an anchor that ends before it begins, an
    unknown pack.
    """
    path = Path(path)
    source = _source(path)
    raw = _validated(_Case, source, path)
    names: set[str] = set()
    for n, p in enumerate(raw.party):
        if p.name in names:
            raise _error(path, source, ("party", n, "name"), f"a second party named {p.name!r}")
        names.add(p.name)
    for n, a in enumerate(raw.anchor):
        if a.end and a.end < a.date:
            raise _error(path, source, ("anchor", n, "end"), f"ends on {a.end}, before it begins on {a.date}")
    packs = []
    for name in raw.packs:
        try:
            packs.append(pack(name, path.parent))
        except CaseError as e:
            if e.line is not None:
                raise
            raise _error(path, source, ("packs",), e.reason) from None
    return Case(
        raw.name,
        tuple(packs),
        tuple(Party(p.name, p.role, p.aliases, p.people, p.places) for p in raw.party),
        tuple(Anchor(a.date, a.end, a.says) for a in raw.anchor),
        raw.start,
    )


def pack(name: str, folder: Path | None = None) -> Pack:
    """An issue pack: one of `PACKS` by name, or a TOML file (looked up from `folder`, then from here)."""
    if name in PACKS:
        return _bundled(name)
    path = next((p for p in ((folder or Path()) / name, Path(name)) if p.is_file()), None)
    if path is None:
        close = _meant(name, PACKS)
        raise CaseError(name, f"no such pack: {name!r}{close} (known: {', '.join(PACKS)}, or a TOML file)")
    return _pack_in(path)


@cache
def _bundled(name: str) -> Pack:
    return _pack_in(Path(str(files("onthetable.packs").joinpath(f"{name}.toml"))))


def _pack_in(path: Path) -> Pack:
    raw = _validated(_Pack, _source(path), path)
    return Pack(raw.id, raw.label, tuple(Issue(i.id, i.label, i.words, i.pairs, i.given, i.pax) for i in raw.issue))


_LONGEST = 1_000_000


def _source(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(_LONGEST + 1)
        if len(data) > _LONGEST:
            raise CaseError(str(path), f"too long for a case file or pack (at most {_LONGEST:,} bytes)")
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError:
        raise CaseError(str(path), "no such file") from None
    except IsADirectoryError:
        raise CaseError(str(path), "is a folder, not a file") from None
    except UnicodeDecodeError as e:
        raise CaseError(str(path), "is not UTF-8", line=e.object[: e.start].count(b"\n") + 1) from None
    except OSError as e:
        raise CaseError(str(path), e.strerror or "cannot be read") from None


M = TypeVar("M", bound=BaseModel)


def _validated(model: type[M], source: str, path: Path) -> M:
    try:
        return model.model_validate(tomllib.loads(source))
    except tomllib.TOMLDecodeError as e:
        at = re.search(r"line (\d+)", str(e))
        where = int(at[1]) if at else source.count("\n") + 1
        raise CaseError(str(path), re.sub(r" \(at .*", "", str(e)), line=where) from None
    except RecursionError:
        raise CaseError(str(path), "nested too deeply") from None
    except ValueError as e:  # Python refuses whole numbers of more than 4,300 digits
        if isinstance(e, ValidationError):
            raise _mistake(model, source, path, e) from None
        number = re.search(r"\d[\d_]{4300}", source)
        line = source.count("\n", 0, number.start()) + 1 if number else None
        raise CaseError(str(path), "a number in it is too long", line=line) from None


_KINDS = {
    "tuple_type": 'should be a list, such as ["the League"]',
    "string_type": "should be a text in quotes",
    "too_short": "is empty",
    "string_too_short": "is empty",
}
_TABLES = ("party", "anchor", "issue")


def _mistake(model: type[BaseModel], source: str, path: Path, e: ValidationError) -> CaseError:
    """What is wrong, said of the field that is to be mended."""
    # An unknown field is what was mistyped; a missing one is often only its shadow.
    first = min(e.errors(), key=lambda found: found["type"] != "extra_forbidden")
    reason = _KINDS.get(first["type"], first["msg"])
    if first["type"] == "tuple_type" and first["loc"][-1] in _TABLES:
        reason = f"is written in two brackets: [[{first['loc'][-1]}]]"
    elif first["type"] == "extra_forbidden":
        known = _known(model, first["loc"])
        reason = f"unknown field{_meant(str(first['loc'][-1]), known)} (known: {', '.join(known)})"
    return _error(path, source, first["loc"], reason)


def _meant(word: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(word[:100], known, 1)
    return f", perhaps {close[0]!r}" if close else ""


def _known(model: type[BaseModel], loc: tuple[int | str, ...]) -> list[str]:
    """The fields that would have been right where an unknown one stands."""
    fields = model.model_fields
    for step in loc[:-1]:
        if isinstance(step, str):
            inner: Any = fields[step].annotation
            inner = next((a for a in getattr(inner, "__args__", ()) if isinstance(a, type)), inner)
            if not (isinstance(inner, type) and issubclass(inner, BaseModel)):
                break
            fields = inner.model_fields
    return list(fields)


def _error(path: Path, source: str, loc: tuple[int | str, ...], reason: str) -> CaseError:
    field = ".".join(f"{part}" for part in loc)
    return CaseError(str(path), reason, line=_line_of(source, loc), field=field)


def _line_of(source: str, loc: tuple[int | str, ...]) -> int | None:
    """The line of a field: the n-th table of its name, then the key inside it."""
    lines = source.splitlines()
    at, end = 0, len(lines)
    key = str(loc[0])
    if len(loc) > 1 and isinstance(loc[1], int):
        heads = [n for n, line in enumerate(lines) if re.match(rf"\s*\[\[\s*{re.escape(key)}\s*\]\]", line)]
        if heads:
            if loc[1] >= len(heads):
                return None
            at = heads[loc[1]]
            end = next((n for n in range(at + 1, len(lines)) if lines[n].lstrip().startswith("[")), len(lines))
            if len(loc) == 2:
                return at + 1
            key = str(loc[2])
    found = next((n for n in range(at, end) if re.match(rf"\s*(?:\[\s*)?{re.escape(key)}\s*[=\]]", lines[n])), None)
    return (found if found is not None else at) + 1
