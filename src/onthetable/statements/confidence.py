"""How far a rule is to be trusted."""

from __future__ import annotations

from onthetable.lexicon import load
from onthetable.statements.cues import Tier

_UNMEASURED = 0.5


def confidence(tier: Tier, rule: str) -> float:
    """The share of a rule's statements, between 0 and 1, that were right when it was measured (`confidence.toml`)."""
    return float(load("onthetable.statements", "confidence.toml")[tier].get(rule, _UNMEASURED))
