"""Moments of a session that an athlete answers to: what a rehearsal's script hangs on."""

from __future__ import annotations

from dataclasses import dataclass

from voicecoach.session.phases import (
    WAITING,
    AskingInjury,
    AskingLoad,
    AskingReps,
    AskingRpe,
    AwaitingReady,
    Choosing,
    ConfirmingFinish,
    OfferingSkip,
    Resting,
    TakingNote,
    WarmingUp,
    Working,
)
from voicecoach.session.state import State

ASKED = {
    AskingInjury: "injury?",
    AskingLoad: "load?",
    AwaitingReady: "ready?",
    AskingReps: "reps?",
    AskingRpe: "rpe?",
    OfferingSkip: "skip?",
    Choosing: "which?",
    ConfirmingFinish: "finish?",
    TakingNote: "note?",
    Resting: "resting",
}
"""The moment at which each waiting phase has been announced to its end."""

ANNOUNCING = "announcing"
"""The coach begins to announce a set: what is said now is said over its words."""

NAMES = frozenset({*ASKED.values(), ANNOUNCING, "warming-up", "working", "any"})
"""Every moment but `rep:N` and `second:N`."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment that came: its name, and the set it belongs to (number from 1; 0 for none)."""

    name: str
    exercise: str
    number: int


def moments(before: State, after: State) -> tuple[Moment, ...]:
    """Return the moments that came between two states of a session."""
    return tuple(_moment(name, after) for name in _names(before, after))


def _names(before: State, after: State) -> tuple[str, ...]:
    was, now = before.phase, after.phase
    if isinstance(now, WAITING):
        waited = was.wait.since_ms if type(was) is type(now) and isinstance(was, WAITING) else None
        if isinstance(now, AwaitingReady) and type(was) is not AwaitingReady:
            return (ANNOUNCING,)
        begun = waited is None and now.wait.since_ms is not None
        return (ASKED[type(now)],) if begun else ()
    if isinstance(now, WarmingUp):
        said = before.speaking and not after.speaking and after.utterances == 1
        return ("warming-up",) if said else ()
    if isinstance(now, Working):
        if not isinstance(was, Working) or before.position != after.position:
            return ("working",) if now.counted == 0 else ()
        if now.counted > was.counted:
            return (f"{'second' if after.is_hold else 'rep'}:{now.counted}",)
    return ()


def _moment(name: str, state: State) -> Moment:
    """Name the set a moment belongs to: the one just done for a rest, else the one ahead."""
    if name in ("resting", "rpe?", "skip?") and state.standing:
        fact = state.standing[-1].fact
        return Moment(name, fact.exercise, fact.number)
    if state.position is None:
        return Moment(name, "", 0)
    return Moment(name, state.block.exercise.id, state.position[1] + 1)
