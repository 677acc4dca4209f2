import pytest
from tests.talks import make_report, span

from onthetable.views.sentences import around

TEXT = """Headline without a stop
Mr. Brun met J. Orr. He said: "We agree." Then it rained on the 3.5 km road. Done"""


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("Headline", "Headline without a stop"),
        ("met", "Mr. Brun met J. Orr."),
        ("agree", 'He said: "We agree."'),
        ("3.5", "Then it rained on the 3.5 km road."),
        ("Done", "Done"),
    ],
)
def test_the_sentence_around_words(words: str, sentence: str) -> None:
    report = make_report(TEXT)
    assert around(report, span(report, words)) == sentence


def test_a_line_without_end_is_cut() -> None:
    report = make_report("word " * 50_000 + "offer " + "word " * 50_000)
    assert len(around(report, span(report, "offer"))) < 1_300
