"""What the set under way came to by now, and who measured it."""

from __future__ import annotations

from voicecoach.session.facts import SetResult
from voicecoach.session.phases import Working
from voicecoach.session.state import State
from voicecoach.session.turn import Turn
from voicecoach.training.exercise import Implement
from voicecoach.training.prescription import CountMode
from voicecoach.units import Load


def measured(turn: Turn, phase: Working, *, reps: int | None = None) -> SetResult:
    """Return what was done by now: what was counted, or `reps` where they were named."""
    load = prescribed_load(turn)
    if not turn.state.is_hold:
        known = phase.counted or None
        return SetResult(reps=known if reps is None else reps, load=load)
    if reps is not None:
        return SetResult(hold_s=reps, load=load)
    grid = phase.grid
    held_ms = turn.at_ms - grid.origin_ms if grid else turn.at_ms - phase.started_ms
    return SetResult(hold_s=max(phase.counted, held_ms // 1000), load=load)


def prescribed_load(turn: Turn) -> Load | None:
    """Return the load of the set that comes next; zero for the body alone, None for unknown."""
    load = turn.state.prescription.load
    if load is None and turn.state.block.exercise.implement is Implement.BODYWEIGHT:
        return Load(0)
    return load


def counted_by(state: State, phase: Working) -> str:
    """Return who measured a set: the clock, the coach, the athlete aloud, or nobody."""
    if state.is_hold:
        return "timer"
    if phase.grid is not None:
        return "paced"
    return "aloud" if state.block.count is CountMode.ALOUD else ""
