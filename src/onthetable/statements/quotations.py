"""The outermost quotations of a report, and which one stands next to a place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from onthetable.model import Quote


class Quotations:
    """Looks up quotations by place; nested ones are left out."""

    def __init__(self, text: str, quotes: tuple[Quote, ...]) -> None:
        self.text = text
        self.outer: list[Quote] = []
        self.index: dict[int, int] = {}
        reach = -1
        for n, q in enumerate(quotes):
            if q.span.start >= reach:
                self.index[n] = len(self.outer)
                self.outer.append(q)
                reach = q.span.end
        self._place = {q.span.start: n for n, q in enumerate(self.outer)}
        self._starts = [q.span.start for q in self.outer]
        self._ends = [q.span.end for q in self.outer]

    def ending_before(self, place: int) -> Quote | None:
        """The quotation that ends right before a place, with no more than a comma or dash between."""
        n = bisect_right(self._ends, place) - 1
        if n < 0 or place - self._ends[n] > 6:
            return None
        between = self.text[self._ends[n] : place]
        return self.outer[n] if all(c in " \t\xa0,–—-" for c in between) else None

    def starting_after(self, place: int) -> Quote | None:
        """The quotation that begins right after a place, with no more than a comma, colon or dash between."""
        n = bisect_left(self._starts, place)
        if n == len(self.outer):
            return None
        between = self.text[place : self._starts[n]]
        if len(between) > 8 or not all(c in " \t\n\xa0,–—-:" for c in between):
            return None
        return self.outer[n] if "\n" not in between or ":" in between else None

    def chain(self, quote: Quote) -> list[Quote]:
        """The quotation with all that it continues or that continue it, over several paragraphs."""
        n = self._place[quote.span.start]
        first = n
        while first > 0 and self._continues(first):
            first -= 1
        last = n
        while last + 1 < len(self.outer) and self._continues(last + 1):
            last += 1
        return self.outer[first : last + 1]

    def _continues(self, n: int) -> bool:
        quote = self.outer[n]
        return quote.continues is not None and self.index.get(quote.continues) == n - 1

    def following(self, place: int) -> Quote | None:
        """The quotation that begins after a place with nothing but white space and a full stop between."""
        n = bisect_left(self._starts, place)
        if n == len(self.outer) or self._starts[n] - place > 4:
            return None
        between = self.text[place : self._starts[n]]
        return self.outer[n] if not between.strip(" .\xa0") else None

    def in_speech(self, place: int) -> bool:
        """Whether a place lies in somebody's quoted speech; a quotation never closed may end anywhere."""
        n = bisect_right(self._starts, place) - 1
        if n < 0 or place >= self._ends[n]:
            return False
        quote = self.outer[n]
        return self.speech(quote) and (not quote.open or (n + 1 < len(self.outer) and self._continues(n + 1)))

    def quoted(self, quote: Quote) -> bool:
        """Whether it may be somebody's words rather than a title or scare quotes before a verb."""
        return bool(quote.inner.text)

    def speech(self, quote: Quote) -> bool:
        """Whether it reads as speech: several words, or closed like a sentence."""
        return quote.inner.text.count(" ") >= 2 or quote.inner.text[-1] in ".,!?"

    def whole(self, stretch: tuple[int, int]) -> tuple[int, int]:
        """A stretch of text with every quotation that it reaches into taken whole."""
        start, end = stretch
        if start >= end:
            return stretch
        for n in range(max(0, bisect_right(self._starts, start) - 1), len(self.outer)):
            q = self.outer[n]
            if q.span.start >= end:
                break
            if q.span.start < start <= q.inner.start and q.span.end <= end + 3:
                start = q.span.start
            if (
                start <= q.span.start
                and end < q.span.end
                and not q.open
                and (end >= q.inner.end - 1 or q.span.end - end < 400)
            ):
                end = q.span.end
        return start, end

    def within(self, start: int, end: int) -> list[Quote]:
        """The quotations that share a code point with a stretch."""
        found = []
        for n in range(max(0, bisect_right(self._starts, start) - 1), len(self.outer)):
            if self.outer[n].span.start >= end:
                break
            if self.outer[n].span.end > start:
                found.append(self.outer[n])
        return found
