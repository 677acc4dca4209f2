"""Decides about two sentences by what was learned from labelled pairs; the verdict of the rules is one sign of many.

A logistic regression on signs of form and an encoder that reads both sentences, neither of which knows a party: their
likelihoods are multiplied (a product of experts: Hinton 2002). A contradiction that is called agreement costs most, so
that agreement is told only where a contradiction is far less likely. `python -m eval.learn_pairs` makes the weights
and prints what they come to on talks that were left out.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp

import numpy as np
from numpy.typing import NDArray

from onthetable.ties import relations
from onthetable.ties.account import Account
from onthetable.ties.alignment import Aligned
from onthetable.ties.amounts import compared, counts_beside
from onthetable.ties.entailment import LABELS, Likelihoods, entailment
from onthetable.ties.signs import signs
from onthetable.ties.verdicts import Verdict

POWER = 1.0
"""How much the encoder counts beside the signs."""
LEAST = 1e-5
"""What nothing is less likely than by signs alone."""
OPEN, STRANGE, DISTANT = 0.95, 0.4, 0.8
"""How unlikely to have anything to do with each other two may be by their signs for the encoder to be asked; the
latter where each names somebody, and nobody whom the other does: most that tell of others have nothing in common. The
last is for such two that share few words.
"""
AGREE, KEEP = 0.8, 0.5
"""How likely agreement has to be against contradiction for it to be told, and to be kept where the rules tell it."""
RELATED = 0.4
"""How likely two have to have to do with each other for agreement to be told."""
AGAINST, STAND = 0.5, 0.9
"""How likely a contradiction has to be to be told; how likely agreement for it to be told against the rules'."""
UNALIKE = 0.9
"""How likely two have to be unrelated for nothing that stands in them to be the same."""
VERBATIM = 0.85
"""How likely a contradiction has to be to be told of two that use the same words."""
SURE, OTHER, CLEAR = 0.8, 0.5, 0.6
"""How likely agreement has to be against contradiction, how likely that two are unrelated may be, and how likely a
contradiction has to be, for the encoder alone to tell it of two that share few words."""
NOTHING = 0.5
"""How likely the encoder takes two for unrelated from which on neither agreement nor contradiction stands."""

LONGEST = 180
"""Code points of a sentence up to which it is weighed; hardly one that was learned from is longer."""

LIGHT, HEAVY = 0.2, 0.1
"""Share of the lighter and of the heavier that both tell, from which on two are weighed."""

_UNRELATED = LABELS.index("unrelated")
_AGREEING = {0: Verdict.SAME, 2: Verdict.HOLDS, 3: Verdict.FOLLOWS}
_OF_RULES = frozenset(_AGREEING.values())
TOLD = _OF_RULES | {Verdict.CONTRADICTS}
"""Verdicts that tell something of what two say, and not only that it is not the same."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What a sign is worth for each label: its mean and spread where it was learned, and the regression's weights."""

    mean: NDArray[np.float64]
    spread: NDArray[np.float64]
    weights: NDArray[np.float64]
    bias: NDArray[np.float64]

    def likelihoods(self, row: list[float]) -> Likelihoods:
        """How likely each of the labels of `entailment.LABELS` is."""
        scores = self.weights @ ((np.array(row) - self.mean) / self.spread) + self.bias
        return _normal(scores)


def comparable(a: Account, b: Account, both: Aligned) -> bool:
    """Whether two tell enough of one matter to be weighed."""
    told = relations.told_of(both) + sum(min(x.weight, y.weight) for x, y in both.against)
    weights = relations.weight(a, both.first), relations.weight(b, both.second)
    return bool(told > 0 and told >= LIGHT * min(weights) and told >= HEAVY * max(weights))


def weighed(a: Account, b: Account, both: Aligned, found: Verdict | None, texts: tuple[str, str]) -> Verdict | None:
    """What the first is to the second, given what they share and what the rules say; `texts` are their masked words.

    Long ones tell of several things, for which nothing was learned.
    """
    if max(map(len, texts)) > LONGEST:
        return confirmed(found, texts)
    by_signs = _by_signs(a, b, both, found)
    if by_signs[_UNRELATED] > (STRANGE if relations.strange(both) else OPEN):
        return None if found in _OF_RULES else confirmed(found, texts)
    by_words = entailment().judge(*texts)
    told = decided(joined(by_signs, by_words), found, verbatim=relations.ordered(a, b, both))
    return _standing(found if _beyond(told, found, a, b) else told, by_words)


def _by_signs(a: Account, b: Account, both: Aligned, found: Verdict | None) -> Likelihoods:
    of_both, first, second = signs(a, b, both, found)
    return _weights().likelihoods([*of_both, *first, *second])


def _beyond(told: Verdict | None, found: Verdict | None, a: Account, b: Account) -> bool:
    """Whether more is told than by the rules of two where the encoder counts or reads badly."""
    if told is Verdict.CONTRADICTS:
        return found is not told and counts_beside(a, b)
    agreed = told in _OF_RULES and found not in _OF_RULES
    return agreed and (relations.turned(a, b) or compared(a, b) == "apart")


def confirmed(found: Verdict | None, texts: tuple[str, str]) -> Verdict | None:
    """What the rules say of two, as far as it stands where the encoder is heard as well."""
    return _standing(found, entailment().judge(*texts)) if found in TOLD else found


def heard(a: Account, b: Account, both: Aligned, found: Verdict | None, texts: tuple[str, str]) -> Verdict | None:
    """What two that share few words are to each other: by the encoder alone where it is sure, else by the rules."""
    distant = relations.strange(both) and _by_signs(a, b, both, found)[_UNRELATED] > DISTANT
    if distant or max(map(len, texts)) > LONGEST:
        return confirmed(found, texts)
    likely = np.exp(entailment().judge(*texts))
    agreement, against = likely[0] + likely[2] + likely[3], likely[1]
    if agreement > SURE * (agreement + against) and likely[_UNRELATED] < OTHER:
        return _AGREEING[max(_AGREEING, key=lambda n: float(likely[n]))]
    if against > CLEAR:
        return Verdict.CONTRADICTS
    return confirmed(found, texts)


def _standing(found: Verdict | None, by_words: Likelihoods) -> Verdict | None:
    """What is told of two that the encoder does not take for unrelated."""
    if found not in TOLD or exp(by_words[_UNRELATED]) <= NOTHING:
        return found
    return Verdict.UNLIKE if found is Verdict.CONTRADICTS else None


def joined(by_signs: Likelihoods, heard: Likelihoods) -> Likelihoods:
    """How likely the labels are by their likelihoods by signs and the logarithms of what the encoder says."""
    return _normal(np.log(by_signs + LEAST) + POWER * heard)


def decided(likely: Likelihoods, found: Verdict | None, *, verbatim: bool = False) -> Verdict | None:
    """The verdict on two of which the labels are as likely as that, given what the rules say.

    Of two that use the same words the order and every little word decide: there no more agreement is told than by the
    rules.
    """
    agreement, against = likely[0] + likely[2] + likely[3], likely[1]
    share = agreement / (agreement + against)
    if verbatim and against > VERBATIM:
        return Verdict.CONTRADICTS
    if verbatim:
        return Verdict.UNLIKE if found in _OF_RULES and share <= KEEP else found
    if share > (STAND if found is Verdict.CONTRADICTS else AGREE) and likely[4] < 1 - RELATED:
        return _AGREEING[max(_AGREEING, key=lambda n: float(likely[n]))]
    if found in _OF_RULES:
        found = found if share > KEEP else Verdict.UNLIKE
    elif found is Verdict.CONTRADICTS and share >= STAND:
        return Verdict.UNLIKE
    if found not in _OF_RULES and against > AGAINST:
        return Verdict.CONTRADICTS
    return Verdict.UNLIKE if found is None and likely[4] > UNALIKE else found


def _normal(scores: NDArray[np.float64]) -> Likelihoods:
    powers = np.exp(scores - scores.max())
    likely: Likelihoods = powers / powers.sum()
    return likely


@cache
def _weights() -> Weights:
    known = json.loads(files("onthetable.ties").joinpath("weights.json").read_text("utf-8"))
    return Weights(*(np.array(known[k]) for k in ("mean", "spread", "weights", "bias")))
