from pathlib import Path

import pytest

from onthetable.case import PACKS, pack, read_case
from onthetable.errors import CaseError


def write(folder: Path, text: str, name: str = "case.toml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_a_case_file_is_read_whole(tmp_path: Path) -> None:
    case = read_case(
        write(
            tmp_path,
            """
name = "Valley talks"
packs = ["peace"]
start = 2031-02-01
[[party]]
name = "Morvenia"
people = ["Ilse Dahl"]
places = ["Castra"]
[[party]]
name = "Tarnland"
role = "mediator"
[[anchor]]
date = 2031-03-01
end = 2031-03-09
says = ["the spring truce"]
""",
        )
    )
    assert [p.name for p in case.parties] == ["Morvenia", "Tarnland"]
    assert case.party("Tarnland") is not None
    assert case.party("Tarnland").role == "mediator"  # type: ignore[union-attr]
    assert case.packs[0].id == "peace"
    assert case.anchors[0].says == ("the spring truce",)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ('name = "x"\nnmae = "y"\n', 2, "unknown field"),
        ('[[party]]\nname = "A"\nrole = "referee"\n', 3, "principal"),
        ('[[party]]\nname = "A"\n[[party]]\nname = "A"\n', 4, "second party named 'A'"),
        ('[[party]]\nrole = "mediator"\n', 1, "required"),
        ('[[party]]\nnmae = "A"\n', 2, "unknown field"),
        ('[[anchor]]\ndate = 2031-03-09\nend = 2031-03-01\nsays = ["x"]\n', 3, "before it begins"),
        ('name = "x\n', 1, ""),
        ('packs = ["fishing"]\n', 1, "no such pack"),
        ("start = 12\n", 1, "date"),
        ('[[party]]\nname = "A"\naliases = "B"\n', 3, "should be a list"),
        ('[[party]]\nname = "A"\npeple = []\n', 3, "perhaps 'people'"),
        ('packs = ["labuor"]\n', 1, "perhaps 'labour'"),
        ('name = "x"\n[party]\nname = "A"\n', 2, "[[party]]"),
        ('[[party]]\nname = "\u200b \u2060"\n', 2, "is blank"),
        ('[[party]]\nname = "A"\naliases = ["B", " "]\n', 3, "aliases.1: is blank"),
        ("[[anchor]]\ndate = 2031-03-09\nsays = []\n", 3, "is empty"),
        (f"\nstart = 1{'0' * 5_000}\n", 2, "too long"),
        (f"start = {'[' * 20_000}", None, "nested too deeply"),
        (f"start = {'[' * 20_000}{']' * 20_000}", None, "nested too deeply"),
        (f"# {'x' * 1_000_001}", None, "too long for a case file"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, text: str, line: int | None, says: str) -> None:
    with pytest.raises(CaseError) as caught:
        read_case(write(tmp_path, text))
    assert caught.value.line == line
    assert says in str(caught.value)


def test_a_missing_file_a_folder_and_another_encoding_are_told(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="no such file"):
        read_case(tmp_path / "none.toml")
    with pytest.raises(CaseError, match="folder"):
        read_case(tmp_path)
    (tmp_path / "latin.toml").write_bytes('name = "Caf\xe9"'.encode("latin-1"))
    with pytest.raises(CaseError, match="UTF-8"):
        read_case(tmp_path / "latin.toml")


@pytest.mark.parametrize("name", PACKS)
def test_the_packs_of_the_program_are_whole(name: str) -> None:
    found = pack(name)
    assert found.id == name
    ids = [i.id for i in found.issues]
    assert len(ids) == len(set(ids))
    assert "talks" in ids
    assert all(i.words or i.pairs for i in found.issues)


def test_a_pack_of_ones_own_lies_beside_the_case_file(tmp_path: Path) -> None:
    write(
        tmp_path,
        'id = "water"\nlabel = "Water"\n[[issue]]\nid = "flow"\nlabel = "Flow"\nwords = ["flow"]\n',
        "water.toml",
    )
    case = read_case(write(tmp_path, 'packs = ["water.toml"]\n'))
    assert case.packs[0].issues[0].id == "flow"
