"""When the coach must act by itself: derived from the state, so that no timer can be orphaned."""

from __future__ import annotations

from voicecoach.session import rounds
from voicecoach.session.leading import REST_CALL_MS
from voicecoach.session.phases import (
    WAITING,
    AskingRpe,
    CountingDown,
    Paused,
    Resting,
    Wait,
    WarmingUp,
    Working,
)
from voicecoach.session.state import State
from voicecoach.training.prescription import HoldTarget, RepTarget

ASKED_AGAIN_MS = 10_000
"""From the end of a question to asking it once more."""

ANSWER_MS = 5_000
"""What there is for an answer at least, where the rest is over before."""

REMINDER_MS = 20_000
"""From one quiet reminder to the next."""

PATIENCE = 90
"""How many reminders pass before the session is kept for later: half an hour."""

REP_MS = 6_000
SET_UP_MS = 20_000
"""What a repetition, and getting into position, may take before the coach wonders."""

PAUSE_LIMIT_MS = 3_600_000
"""How long a pause may last before the session is kept for later."""


def deadline(state: State) -> int | None:
    """Return when `DeadlineReached` is due, in ms; None to wait for the athlete."""
    due = (_phase_ends(state), rounds.due_ms(state))
    return min((at_ms for at_ms in due if at_ms is not None), default=None)


def _phase_ends(state: State) -> int | None:
    match state.phase:
        case WarmingUp(until_ms):
            return until_ms
        case CountingDown(start_ms):
            return start_ms
        case Working() as working if working.grid is not None:
            return working.grid.at(working.counted + 1)
        case Working() as working:
            return working.touched_ms + _work_ms(state, working)
        case Resting(until_ms, called):
            return until_ms if called else until_ms - REST_CALL_MS
        case AskingRpe(rest_until_ms, wait):
            asked = _wait_ends(wait)
            if asked is None or wait.since_ms is None:
                return None
            return min(asked, max(rest_until_ms, wait.since_ms + ANSWER_MS))
        case Paused(since_ms):
            return since_ms + PAUSE_LIMIT_MS
        case phase if isinstance(phase, WAITING):
            return _wait_ends(phase.wait)
        case _:
            return None


def _wait_ends(wait: Wait) -> int | None:
    if wait.since_ms is None:
        return None
    return wait.since_ms + (REMINDER_MS if wait.reminders else ASKED_AGAIN_MS)


def _work_ms(state: State, working: Working) -> int:
    """Return how long a set that the athlete leads may go on without a word."""
    if working.reminders:
        return REMINDER_MS
    match state.prescription.target:
        case RepTarget() as target:
            usual_ms = SET_UP_MS + REP_MS * target.likely_most
        case HoldTarget(seconds):
            usual_ms = SET_UP_MS + 1000 * seconds
    interval_s = state.block.interval_s
    return usual_ms if interval_s is None else min(usual_ms, 1000 * interval_s)
