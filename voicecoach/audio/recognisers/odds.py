"""Log odds, in which evidence adds up, and the probabilities they stand for."""

from __future__ import annotations

import math

_FARTHEST = 50.0  # beyond it a probability is 0 or 1 to the last digit


def probability(log_odds: float) -> float:
    """Return the probability, 0 to 1, that `log_odds` stand for."""
    return 1 / (1 + math.exp(-max(-_FARTHEST, min(_FARTHEST, log_odds))))
