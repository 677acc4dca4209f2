"""What ties were made of comes back as it was, whatever release of Python wrote it, and nothing else comes with it."""

from __future__ import annotations

from io import BytesIO

import pytest
from eval.newsroom import case, newsroom

from onthetable.ties import Tying
from onthetable.ties.saving import Part, restore, saved
from onthetable.ties.verdicts import Verdict

READINGS = newsroom(60)


class Memory(Part):
    KEPT = ("held",)

    def __init__(self) -> None:
        self.held: dict[str, object] = {}


@pytest.mark.parametrize("named", [0, 30, 60])
def test_a_restored_part_goes_on_as_the_one_that_was_saved(named: int) -> None:
    tying, restored = Tying(case(), READINGS[:50]), Tying(case())
    restore(restored, BytesIO(saved(tying, READINGS[:named])), READINGS)
    tying.put(READINGS[50:])
    restored.put(READINGS[50:])
    assert restored.ties() == tying.ties()


def written(value: bytes) -> BytesIO:
    """A memory with a value that is given as the text form of a pickle."""
    return BytesIO(b"(dVheld\n(dVx\n" + value + b"ss.")


def test_members_of_enumerations_may_be_written_by_their_names() -> None:
    memory = Memory()
    restore(memory, written(b"cbuiltins\ngetattr\n(conthetable.ties.verdicts\nVerdict\nVSAME\ntR"), ())
    assert memory.held == {"x": Verdict.SAME}


@pytest.mark.parametrize(
    "value",
    [
        b"cos\nsystem\n(Vtrue\ntR",
        b"cbuiltins\neval\n(V1\ntR",
        b"cbuiltins\ngetattr\n(cdatetime\ndate\nVtoday\ntR",
        b"conthetable.store.sql\nopen_store\n(Vx\ntR",
        b"conthetable.ties.claim\nload\n(Vx\nVy\ntR",
        b"conthetable.ties.saving\n_named\n(VReport\nVmissing\ntR",
        b"",
    ],
)
def test_nothing_else_is_taken_from_the_bytes(value: bytes) -> None:
    memory = Memory()
    with pytest.raises(ValueError, match="what ties were made of cannot be read"):
        restore(memory, written(value), ())
    assert memory.held == {}


def test_damaged_bytes_are_told() -> None:
    data = saved(Tying(case(), READINGS[:5]), READINGS)
    for cut in (0, 1, len(data) // 2, len(data) - 1):
        with pytest.raises(ValueError, match="cannot be read"):
            restore(Tying(case()), BytesIO(data[:cut]), READINGS)
