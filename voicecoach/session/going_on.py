"""What was taken for whole, and went on: "eight", and then "reps at sixty".

The ears wait less for more where more can still put things right. Then what
is logged is mended, as if the athlete had said "no, eight at sixty".
"""

from __future__ import annotations

from dataclasses import replace

from voicecoach.language.intents import Intent
from voicecoach.language.intents import IntentName as I
from voicecoach.session import minutes, rounds
from voicecoach.session.phases import (
    AskingLoad,
    AskingReps,
    AskingRpe,
    AwaitingReady,
    Phase,
    Resting,
    Working,
)
from voicecoach.session.state import Side, State
from voicecoach.training.order import places

AMOUNTS = frozenset({I.NUMBER, I.DIGITS, I.REPS, I.DONE, I.DURATION, I.AMEND})
"""What says how much a set was."""

LOADS = frozenset({I.LOAD, I.WEIGHT})


def mendable(state: State) -> frozenset[I]:
    """Return what may be acted on before it is sure that nothing follows.

    Where nothing is done before the next set but to log this one, or to take
    a load: not where a countdown begins, or the workout ends.
    """
    match state.phase:
        case AskingReps() | AwaitingReady() | Working() as phase:
            return _of_set(phase) if _rests_after(state) else frozenset()
        case AskingLoad():
            return LOADS
        case AskingRpe():
            return frozenset({I.RPE})
        case Resting():
            return frozenset({I.AMEND, I.RPE, I.WEIGHT})
        case _:
            return frozenset()


def _of_set(phase: Phase) -> frozenset[I]:
    seconds = {I.DURATION} if isinstance(phase, AskingReps) else set()
    return frozenset({I.NUMBER, I.REPS, I.DONE, I.AMEND, I.COUNT} | seconds)


def _rests_after(state: State) -> bool:
    """Tell whether the set that comes next is followed by a rest, and by another one."""
    behind = state.done | state.skipped
    left = sum(place not in behind for place in places(state.plan))
    by_clock = rounds.running(state) or minutes.start_ms(state) is not None
    return left > 1 and not by_clock and state.side is not Side.LEFT


def put_right(begun_as: Intent, whole: Intent) -> Intent | None:
    """Return what to do at `whole`, whose beginning was acted on as `begun_as`; None for nothing.

    What was acted on for both is not done twice.
    """
    if whole == begun_as:
        return None
    if begun_as.name in AMOUNTS and whole.name in AMOUNTS:
        return replace(whole, name=I.AMEND)
    if begun_as.name in LOADS and whole.name in LOADS:
        return replace(whole, name=I.WEIGHT)
    return whole
