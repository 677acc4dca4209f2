"""One claim in the words of several outlets stands side by side, each outlet's words its own."""

from __future__ import annotations

from onthetable.model import ClaimKind, Report, Span, Tie
from onthetable.retelling import retold
from onthetable.text import digest

TEXTS = {
    "a": "The guild turned the offer down.",
    "b": "The offer was spurned by the guild.",
    "c": "The guild turned the offer down!",
    "d": "Dockers say no to offer.",
    "e": "The guild threw it out.",
}
OUTLETS = {"a": "Strait Post", "b": "Pier Radio", "c": "Quay Sheet", "d": None, "e": "Strait Post"}


def report(id: str) -> Report:
    return Report(id, f"{id}.txt", TEXTS[id], digest(TEXTS[id]), outlet=OUTLETS[id])


def found(id: str) -> tuple[str, Span]:
    text = TEXTS[id[0]]
    return id[0], Span(0, len(text), text)


def claim(*members: str, kind: ClaimKind = "statement") -> tuple[ClaimKind, tuple[str, ...]]:
    return kind, members


def test_each_outlet_has_its_own_words_once() -> None:
    """Other punctuation is no other wording, an outlet without a name no outlet, and an outlet counts once."""
    (told,) = retold([claim("a.s1", "c.s1", "d.s1", "e.s1", "b.s1")], found, report)
    assert [(t.outlet, t.finding, t.words.text) for t in told.told] == [
        ("Strait Post", "a.s1", TEXTS["a"]), ("Pier Radio", "b.s1", TEXTS["b"]),
    ]  # fmt: skip


def test_one_wording_is_nothing_to_compare() -> None:
    assert not list(retold([claim("a.s1", "c.s1"), claim("a.s1", "e.s1"), claim("d.s1", "b.s1")], found, report))


def test_a_move_in_a_statement_that_is_given_is_not_given_again() -> None:
    both = [claim("a.s1", "b.s1"), claim("a.m1", "b.m1", kind="move")]
    assert [r.kind for r in retold(both, found, report)] == ["statement"]
    assert [r.kind for r in retold(both[1:], found, report)] == ["move"]


def test_words_do_not_stand_beside_those_that_they_contradict() -> None:
    def against(later: str, earlier: str) -> Tie:
        return Tie("contradicts", f"{later}.m1", f"{earlier}.m1", 1.0, (found(later)[1], found(earlier)[1]))

    one = claim("a.f1", "b.f1", kind="figure")
    assert list(retold([one], found, report))
    assert not list(retold([one], found, report, [against("b", "a")]))
    assert not list(retold([one], found, report, [against("a", "b")]))
    assert list(retold([one], found, report, [against("e", "a")]))
