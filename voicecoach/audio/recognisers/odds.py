"""Log odds, in which evidence adds up, and the probabilities they stand for."""

from __future__ import annotations

import math
from collections.abc import Iterable

from voicecoach.audio.ports import Hypothesis

_FARTHEST = 50.0  # beyond it a probability is 0 or 1 to the last digit


def probability(log_odds: float) -> float:
    """Return the probability, 0 to 1, that `log_odds` stand for."""
    return 1 / (1 + math.exp(-max(-_FARTHEST, min(_FARTHEST, log_odds))))


def leant(confidence: float, lean: float) -> float:
    """Return a confidence with `lean` added to its log odds; certainty stays what it is."""
    if not lean or not 0 < confidence < 1:
        return confidence
    return 1 / (1 + (1 - confidence) / confidence * math.exp(-lean))


def leaning(hypotheses: Iterable[Hypothesis], lean: float) -> tuple[Hypothesis, ...]:
    """Return `hypotheses` with `lean` added to the log odds of their confidence."""
    return tuple(
        Hypothesis(one.words, one.score, leant(one.confidence, lean)) for one in hypotheses
    )
