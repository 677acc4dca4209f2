"""One text at a time, in the form of the contract."""

import json
from datetime import date

from onthetable.annotation import annotate

TEXT = (
    "The Reed Front will not free its captives unless Morvenia pulls back its army by Friday, "
    "a spokesman, Sula Bek, told the Coast Herald. “We have waited four months,” she said. "
    "More than 2,300 people have fled."
)


def test_everything_that_the_contract_names_is_there() -> None:
    found = annotate("a", TEXT, date(2031, 3, 5))
    assert list(found) == ["id", "statements", "times", "figures", "acts", "moves"]
    assert json.loads(json.dumps(found)) == found
    assert set(found["statements"][0]) >= {"source", "cue", "content", "manner", "kind"}
    keys = "start end party actor act issue giver to when hedge negated condition confidence"
    assert " ".join(found["moves"][0]) == keys


def test_a_refusal_with_its_condition_is_no_release() -> None:
    moves = annotate("a", TEXT)["moves"]
    refusal = next(m for m in moves if m["act"] == "rejects")
    assert (refusal["issue"], refusal["negated"]) == ("detainee-release", True)
    assert refusal["condition"].startswith("unless Morvenia pulls back")
    assert not [m for m in moves if m["act"] == "delivers"]


def test_the_documents_day_settles_what_friday_means() -> None:
    friday = {t["value"] for t in annotate("a", TEXT, date(2031, 3, 5))["times"]}
    assert "2031-03-07" in friday
    assert None in {t["value"] for t in annotate("a", TEXT)["times"]}


def test_offsets_are_those_of_the_text_as_given() -> None:
    text = "\ufeff" + TEXT.replace(" ", "\u00a0", 3) + "\r\n"
    figures = [text[f["start"] : f["end"]] for f in annotate("a", text)["figures"]]
    assert any("2,300" in f for f in figures)


def test_text_without_a_word_gives_nothing() -> None:
    for text in ("", " \n", "…", '"' * 5000):
        found = annotate("a", text)
        assert not any(found[k] for k in ("statements", "figures", "acts", "moves"))
