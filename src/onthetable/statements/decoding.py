"""From tag scores to tags: the best sequence in which an inside tag only follows its own kind."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]
Tags = npt.NDArray[np.int64]
_NEVER = -1e4


def softmax(scores: Scores) -> Scores:
    """Probabilities along the last axis."""
    powers = np.exp(scores - scores.max(-1, keepdims=True))
    return np.asarray(powers / powers.sum(-1, keepdims=True), np.float32)


def transitions(names: list[str]) -> Scores:
    """What it costs to go from one BIO tag to another: nothing, or more than any score can make good."""
    allowed = [[not b.startswith("I-") or a[2:] == b[2:] for b in names] for a in names]
    return np.where(np.array(allowed), 0.0, _NEVER).astype(np.float32)


def best_tags(scores: Scores, costs: Scores) -> Tags:
    """The best tags of each row (Viterbi); `scores` is (row, token, tag), rows padded with any score at their end."""
    rows, length, _ = scores.shape
    best = scores[:, 0].copy()
    back = np.zeros(scores.shape, np.int64)
    for t in range(1, length):
        ways = best[:, :, None] + costs[None]
        back[:, t] = ways.argmax(1)
        best = ways.max(1) + scores[:, t]
    found = np.zeros((rows, length), np.int64)
    found[:, -1] = best.argmax(1)
    for t in range(length - 1, 0, -1):
        found[:, t - 1] = back[np.arange(rows), t, found[:, t]]
    return found
