"""Sessions in a row that missed their target, or brought not a rep more."""

from __future__ import annotations

from voicecoach.training.prescription import Stall
from voicecoach.training.progression.trained import Trained

MISSES_TO_RESET = 3
STALLS_TO_RESET = 3


def misses_after(trained: Trained) -> int:
    """Return how many sessions in a row have missed their target, this one included.

    The third leads to something lighter, from which the count begins anew. A
    session cut short, in which no set fell short, says nothing either way.
    """
    if trained.fell_short:
        return (trained.standing.misses + 1) % MISSES_TO_RESET
    return 0 if trained.is_whole else trained.standing.misses


def stall_after(trained: Trained) -> Stall | None:
    """Return how long the load has brought not a rep more, this session included.

    The first session at a load, and one with more reps in all than any before
    at that load, begin the count anew. A session cut short says nothing.
    """
    before = trained.standing.stall
    if not trained.is_whole:
        return before
    load, reps = trained.load, trained.in_all
    if before is None or before.load != load or reps > before.reps:
        return Stall(load=load, reps=reps)
    return Stall(load=load, reps=before.reps, sessions=before.sessions + 1)
