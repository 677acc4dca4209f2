"""What is said: the stretches of text that a cue introduces."""

from __future__ import annotations

from dataclasses import replace

from onthetable.statements import clauses, complements
from onthetable.statements.layout import Content, Layout, Stretch
from onthetable.statements.quotations import Quotations
from onthetable.text import trim

_MARKS = ",;:—–-"


def content_of(lay: Layout, quotations: Quotations) -> Content | None:
    """The content that a cue introduces, or None where it introduces none.

    A quotation next to the cue comes before what the parse says, since parses of quotations that run over
    sentences are unreliable. Pieces are trimmed of commas and the full stop, and hold quotations whole.
    """
    found = _found(lay, quotations)
    if found is None:
        return None
    text = lay.tree.text
    pieces = [quotations.whole(_clean(text, *p)) for p in found.pieces]
    pieces = [p for p in pieces if any(c.isalnum() for c in text[p[0] : p[1]])]
    return replace(found, pieces=tuple(pieces)) if pieces else None


def _found(lay: Layout, quotations: Quotations) -> Content | None:
    match lay.cue.kind:
        case "according":
            return clauses.according(lay, quotations)
        case "colon":
            return clauses.label(lay, quotations)
        case "noun":
            return complements.of_noun(lay)
        case "adjective":
            return complements.of_adjective(lay)
    return (
        clauses.beside(lay, quotations)
        or clauses.clause_after(lay)
        or clauses.clause_before(lay)
        or complements.complement(lay)
        or clauses.rest(lay)
    )


def _clean(text: str, start: int, end: int) -> Stretch:
    start, end = trim(text, start, end, _MARKS)
    while end > start and text[end - 1] == ".":
        start, end = trim(text, start, end - 1, _MARKS)
    return start, end
