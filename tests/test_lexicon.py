from tests.conftest import spans_of

from onthetable.lexicon import Lexicon


def found(phrases: list[str], text: str) -> list[str]:
    tree = spans_of(text).tree
    lexicon = Lexicon((p, p) for p in phrases)
    return [tree.span(h.first, h.last).text for h in lexicon.find(tree)]


def test_phrases_match_by_lemma_or_form() -> None:
    assert found(["turn down"], "They turned down the offer.") == ["turned down"]
    assert found(["workers"], "Workers met.") == ["Workers"]


def test_the_longest_phrase_wins_and_no_two_share_a_token() -> None:
    assert found(["pay", "pay rise", "rise"], "A pay rise was promised.") == ["pay rise"]


def test_a_bar_offers_a_choice() -> None:
    assert found(["lasting|permanent truce"], "A permanent truce, then a lasting truce.") == [
        "permanent truce",
        "lasting truce",
    ]


def test_hyphens_and_apostrophes_are_tokens_of_their_own() -> None:
    assert found(["cease - fire"], "The cease-fire held.") == ["cease-fire"]
    assert found(["workers' union"], "The Workers’ Union met.") == ["Workers’ Union"]
