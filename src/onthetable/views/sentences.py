"""The sentence around a finding, as a person would quote it."""

from __future__ import annotations

from onthetable.model import Report, Span
from onthetable.views import labels

_ENDS = ".!?"
_CLOSERS = "\"'”’)"
_SHORT = frozenset({
    "Mr", "Mrs", "Ms", "Dr", "St", "Gen", "Col", "Lt", "Maj", "Capt", "Sgt", "Sen", "Rep", "Gov", "Prof", "Hon", "Rev",
    "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec", "No", "vs", "Inc", "Ltd", "Co",
})  # fmt: skip
"""Words before a full stop that does not end a sentence; single letters are such words too."""
_LONGEST = 600
"""Code points to which a sentence is followed in each direction."""


def around(report: Report, span: Span) -> str:
    """The sentence, or sentences, of the report in which a span lies, in one line."""
    text = report.text
    start = span.start
    while start > max(0, span.start - _LONGEST) and text[start - 1] != "\n" and not _ended(text, start):
        start -= 1
    end = span.end
    stop = min(len(text), span.end + _LONGEST)
    while end < stop and text[end] != "\n" and not _ended(text, end):
        end += 1
    return labels.one_line(text[start:end])


def _ended(text: str, i: int) -> bool:
    """Whether a sentence ends right before a place, at which white space or nothing follows."""
    if i < 1 or (i < len(text) and not text[i].isspace()):
        return False
    k = i - 1
    while k > 0 and text[k] in _CLOSERS:
        k -= 1
    if text[k] not in _ENDS:
        return False
    word = k
    while word > max(0, k - 5) and text[word - 1].isalpha():
        word -= 1
    before = text[word:k]
    return text[k] != "." or not (before in _SHORT or (len(before) == 1 and before.isupper()))
