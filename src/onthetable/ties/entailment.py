"""What one sentence is to another, by a small trained encoder; how it was made is told in `encoder/MODEL_CARD.md`."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from onthetable.network import opened

LABELS = ("same", "contradicts", "holds", "follows", "unrelated")
"""What is told apart, in this order."""
TURNED = [0, 1, 3, 2, 4]
"""Where each of them stands when the two sentences change places."""
LONGEST = 160
"""Word pieces of the two sentences that are read."""

HELD = 16_384
"""Pairs of which it is held what they are to each other: many reports have a sentence of one story."""

Likelihoods = NDArray[np.float64]


class Entailment:
    """The network with its tokenizer, on one thread.

    `judge` gives the logarithms of how likely each of `LABELS` is of two sentences, both ways round.
    """

    def __init__(self) -> None:
        self._session, self._tokenizer = opened("onthetable.ties")
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(LONGEST)
        self.judge: Callable[[str, str], Likelihoods] = lru_cache(HELD)(self._judge)

    def _judge(self, first: str, second: str) -> Likelihoods:
        read = self._tokenizer.encode(first, second), self._tokenizer.encode(second, first)
        size = min(len(r.ids) for r in read)
        tokens = np.array([r.ids[:size] for r in read], np.int64)
        scores: NDArray[np.float32] = self._session.run(None, {"tokens": tokens})[0]
        logs = scores.astype(np.float64)
        logs -= np.log(np.exp(logs - logs.max(1, keepdims=True)).sum(1, keepdims=True)) + logs.max(1, keepdims=True)
        both: Likelihoods = (logs[0] + logs[1][TURNED]) / 2
        both.flags.writeable = False
        return both


@cache
def entailment() -> Entailment:
    """The encoder, loaded once."""
    return Entailment()
