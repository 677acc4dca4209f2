"""What is asked for without a verb of asking, and what no pack names, where anybody may be a party."""

import pytest

from onthetable.annotation import annotate
from onthetable.terms import moves

ASKED = [
    ("Crewline is calling for the owners of river barges to be held liable for spills.", "demands", "Crewline"),
    ("The guild's demand that Crewline rebuild the pier was read out on Monday.", "demands", "The guild"),
    ("The guild offered to rebuild the pier in exchange for a longer lease.", "demands", "The guild"),
    ("The guild said its members will not speak to Crewline until the owners leave.", "demands", "its members"),
    ("The mayor is willing to make concessions to the guild.", "offers", "The mayor"),
    ("The harbour board is ready to sign a settlement with the guild.", "offers", "The harbour board"),
]  # fmt: skip
SILENT = [
    ("The clerks' desire for a longer lunch is well known.", "demands"),
    ("The guild agreed to a new lease after the owners repaired the pier.", "demands"),
    ("The guild will stay in the hall until Friday.", "demands"),
]


@pytest.fixture
def all_moves(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rules alone, without the ranking."""
    monkeypatch.setattr(moves, "LIKELY", 0.0)


def _told(text: str) -> list[tuple[str, str]]:
    return [(m["act"], m["actor"]) for m in annotate("t", f"The talks went on. {text}")["moves"]]


@pytest.mark.parametrize(("text", "act", "actor"), ASKED)
def test_asked_or_offered(all_moves: None, text: str, act: str, actor: str) -> None:
    assert (act, actor) in _told(text)


@pytest.mark.parametrize(("text", "act"), SILENT)
def test_no_such_act(all_moves: None, text: str, act: str) -> None:
    assert act not in {a for a, _ in _told(text)}
