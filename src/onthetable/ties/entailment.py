"""What one sentence is to another, by a small trained encoder; how it was made is told in `encoder/MODEL_CARD.md`."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from onthetable.network import opened

LABELS = ("same", "contradicts", "holds", "follows", "unrelated")
"""What is told apart, in this order."""
TURNED = [0, 1, 3, 2, 4]
"""Where each of them stands when the two sentences change places."""
LONGEST = 160
"""Word pieces of the two sentences that are read."""

Likelihoods = NDArray[np.float64]


class Entailment:
    """The network with its tokenizer, on one thread."""

    def __init__(self) -> None:
        self._session, self._tokenizer = opened("onthetable.ties")
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(LONGEST)

    def judge(self, first: str, second: str) -> Likelihoods:
        """Logarithms of how likely each of `LABELS` is of two sentences, both ways round."""
        read = self._tokenizer.encode(first, second), self._tokenizer.encode(second, first)
        size = min(len(r.ids) for r in read)
        tokens, kinds = (np.array([getattr(r, k)[:size] for r in read], np.int64) for k in ("ids", "type_ids"))
        scores: NDArray[np.float32] = self._session.run(None, {"tokens": tokens, "kinds": kinds})[0]
        logs = scores.astype(np.float64)
        logs -= np.log(np.exp(logs - logs.max(1, keepdims=True)).sum(1, keepdims=True)) + logs.max(1, keepdims=True)
        both: Likelihoods = (logs[0] + logs[1][TURNED]) / 2
        return both


@cache
def entailment() -> Entailment:
    """The encoder, loaded once."""
    return Entailment()
