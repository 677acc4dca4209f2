import pytest
from hypothesis import given
from hypothesis import strategies as st

from onthetable.text import digest, fix, paragraphs, plain, trim, words


def test_text_is_fixed_once_and_for_all() -> None:
    assert fix("\ufeffone\r\ntwo\rthree\0") == "one\ntwo\nthree\ufffd"
    assert fix("a\ud800b") == "a\ufffdb"
    assert fix("Ne\u0301va") == "N\u00e9va"


@given(st.text())
def test_fixing_twice_changes_nothing(text: str) -> None:
    assert fix(fix(text)) == fix(text)


@given(st.text())
def test_comparing_keeps_every_code_point_in_its_place(text: str) -> None:
    assert len(plain(text)) == len(text)


def test_digest_tells_texts_apart_even_with_lone_surrogates() -> None:
    assert digest("a") != digest("b")
    assert len(digest("\ud800")) == 64


def test_words_keep_inner_marks_only() -> None:
    assert words("The union’s 6.5-point offer, “final”.") == ["the", "union's", "6.5-point", "offer", "final"]


def test_trim_narrows_to_the_words() -> None:
    text = "  , the offer, "
    assert text[slice(*trim(text, 0, len(text), ","))] == "the offer"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One paragraph to a line.\nAnother one.\n\nA third.", 3),
        (
            "The two delegations met for the first time on neutral ground and spoke\n"
            "about the harbour, the prisoners and the road that runs along the lake\n"
            "until midnight.\n\nNobody signed.",
            2,
        ),
        ("", 0),
        (" \n \n", 0),
    ],
)
def test_paragraphs_are_lines_unless_the_text_is_wrapped(text: str, count: int) -> None:
    found = paragraphs(text)
    assert len(found) == count
    assert all(text[a:b] == text[a:b].strip() for a, b in found)
