"""What language a report is written in."""

from __future__ import annotations

import re

from onthetable.model import Furniture

_COMMON = frozenset({
    "the", "of", "and", "to", "in", "that", "is", "was", "for", "on", "with", "as", "at", "by", "from", "it",
    "he", "she", "they", "said",
    "has", "have", "had", "be", "been", "are", "were", "will", "would", "not", "but", "which", "who", "this",
    "their", "its", "his", "her",
    "an", "or", "if", "no", "more", "than", "about", "after", "before", "into", "over", "when", "what",
    "there", "we", "you", "i", "all",
    "can", "could", "may", "one", "two", "also", "a",
})  # fmt: skip
ENOUGH = 0.22
"""From this share of common English words on, a text is English: news has a third and more, French or Dutch a tenth."""
SAMPLE = 4_000
REPEATED = 4
"""Words that stand so often each say no more than once each."""
FEW = 4
"""From this many different words on, a text in plain letters can be told to be in another language."""


def language_of(text: str, furniture: tuple[Furniture, ...] = ()) -> tuple[str, str]:
    """The language of a report by its ISO 639-1 code and its English name, from words that are no furniture.

    Mostly English words settle it; else lingua (Stahl, github.com/pemistahl/lingua-py) decides, quickly among all of
    its languages and then with care among the likeliest.
    """
    sample = _body(text, furniture)
    words = re.findall(r"[^\W\d_]+", sample.lower())
    if not words or sum(w in _COMMON for w in words) >= ENOUGH * len(words):
        return "en", "English"
    once = list(dict.fromkeys(words))
    if len(once) * REPEATED > len(words):
        return _detected(sample)
    if len(once) < FEW and sample.isascii():
        return "en", "English"  # a name again and again is in no language that could be told
    return _detected(" ".join(once))


def _body(text: str, furniture: tuple[Furniture, ...]) -> str:
    parts: list[str] = []
    at = taken = 0
    for start, end in [*((f.span.start, f.span.end) for f in furniture), (len(text), len(text))]:
        parts.append(text[at : min(start, at + SAMPLE - taken)])
        taken += len(parts[-1])
        at = end
        if taken >= SAMPLE:
            break
    body = "".join(parts)
    return body if body.strip() else text[:SAMPLE]


def _detected(sample: str) -> tuple[str, str]:
    from lingua import Language, LanguageDetectorBuilder  # loaded only for what is not plainly English

    quick = LanguageDetectorBuilder.from_all_languages().with_low_accuracy_mode().build()
    likely = [v.language for v in quick.compute_language_confidence_values(sample[:1_000])[:4]]
    careful = LanguageDetectorBuilder.from_languages(*{*likely, Language.ENGLISH}).build()
    found = careful.detect_language_of(sample[:1_000]) or Language.ENGLISH
    return found.iso_code_639_1.name.lower(), found.name.title()
