"""The reader: each report to the model, piece by piece, and what counts of its answers beside what was read already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from onthetable.case import Case
from onthetable.llm.answers import Asked, checked
from onthetable.llm.client import Endpoint, Failed, Usage, ask, connection
from onthetable.llm.prompt import messages, pieces
from onthetable.model import Reading, Report

LETTERS = 4.0
"""Code points a token, roughly, in English (OpenAI's rule of thumb)."""
ANSWER = 400
"""Tokens that an answer to one piece comes to, roughly."""

PATIENCE = 10
"""Questions in a row without an answer, after which the model is asked no more."""


@dataclass(slots=True)
class Outcome:
    """What came of it: findings that count, what was dropped and why, questions without an answer, and tokens."""

    statements: int = 0
    moves: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    asked: int = 0
    usage: Usage = field(default_factory=Usage)


def estimate(reports: Iterable[Report], case: Case) -> tuple[int, Usage]:
    """How many questions the reports come to, and roughly how many tokens; nothing is sent."""
    questions, sent = 0, 0
    for report in reports:
        for _, text in pieces(report):
            questions += 1
            sent += sum(len(m["content"]) for m in messages(case, text))
    return questions, Usage(round(sent / LETTERS), questions * ANSWER)


class LanguageModel:
    """A reader beside the built-in ones: called with what is read of a report, it gives the same with its own findings.

    `outcome` adds up over all reports. Nothing that the model does makes it fail. Raises OnTheTableError when it is
    made and httpx is not installed.
    """

    def __init__(self, endpoint: Endpoint, *, client: Any = None) -> None:
        self.endpoint = endpoint
        self.outcome = Outcome()
        self._client = client or connection(endpoint)
        self._silent = 0

    def __call__(self, reading: Reading, case: Case) -> Reading:
        """The reading with what the model adds to it."""
        for start, text in pieces(reading.report):
            if self._silent >= PATIENCE:
                self.outcome.failed[f"not asked, after {PATIENCE} in a row without an answer"] += 1
                continue
            self.outcome.asked += 1
            try:
                answer, usage = ask(self.endpoint, messages(case, text), self._client)
            except Failed as e:
                self._silent += 1
                self.outcome.failed[str(e)] += 1
                continue
            self._silent = 0
            self.outcome.usage += usage
            reading = self._added(reading, case, start, text, answer)
        return reading

    def close(self) -> None:
        """Lets go of the connections."""
        self._client.close()

    def _added(self, reading: Reading, case: Case, start: int, text: str, answer: str) -> Reading:
        id = reading.report.id
        found = checked(answer, Asked(start, text, reading, case, f"llm:{self.endpoint.model}"))
        self.outcome.dropped += found.dropped
        self.outcome.statements += len(found.statements)
        self.outcome.moves += len(found.moves)
        at, of = len(reading.statements), len(reading.moves)
        statements = tuple(replace(s, id=f"{id}.s{at + n}") for n, s in enumerate(found.statements, 1))
        moves = tuple(replace(m, id=f"{id}.m{of + n}") for n, m in enumerate(found.moves, 1))
        told = sorted((*reading.statements, *statements), key=lambda s: (s.content.start, -s.content.end))
        done = sorted((*reading.moves, *moves), key=lambda m: (m.evidence.start, m.evidence.end))
        return replace(reading, statements=tuple(told), moves=tuple(done))
