"""A session's state from its facts: how a session that broke off goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from voicecoach.session import asides, rounds, sides
from voicecoach.session.facts import (
    AliasTaught,
    BodyweightLogged,
    EntryVoided,
    EquipmentTold,
    ExerciseChosen,
    ExerciseSkipped,
    Fact,
    InjuryAnswered,
    LoadChosen,
    LogbookOpened,
    MaxTested,
    NoteTaken,
    RoundsEnded,
    RoutineChosen,
    SessionFinished,
    SessionImported,
    SessionStarted,
    SetAmended,
    SetLogged,
    SetSkipped,
    SetVoided,
    SideDone,
    SideTakenBack,
    SkipUndone,
)
from voicecoach.session.mending import with_exercise, with_load, without_last_skip
from voicecoach.session.state import Aside, LoggedSet, Skip, State
from voicecoach.training.order import Place, with_its_drops
from voicecoach.training.prescription import WorkoutPrescription


def begin(
    session_id: str, started_at: datetime, plan: WorkoutPrescription, *, ask_injury: bool
) -> State:
    """Return the state of a session that is about to open."""
    return State(session_id=session_id, started_at=started_at, plan=plan, ask_injury=ask_injury)


def resume(session_id: str, started_at: datetime, facts: Iterable[Fact]) -> State:
    """Return the state that `facts`, all of one session and in their order, lead to.

    Raises ValueError where the facts do not begin with the session's start.
    """
    events = iter(facts)
    first = next(events, None)
    if not isinstance(first, SessionStarted):
        msg = f"session {session_id} does not begin with its start"
        raise ValueError(msg)  # noqa: TRY004  # the order is wrong, not a type
    state = State(session_id=session_id, started_at=started_at, plan=first.plan, resumed=True)
    for fact in events:
        state = fold(state, fact)
    return state


def _mended(state: State, set_id: str, mend: Callable[[LoggedSet], LoggedSet]) -> State:
    sets = tuple(mend(s) if s.fact.set_id == set_id else s for s in state.sets)
    return replace(state, sets=sets)


def _skipped(state: State, places: frozenset[Place]) -> State:
    skips = (*state.skips, Skip(places, after_sets=len(state.sets)))
    return replace(state, skips=skips, first_side=None)


def fold(state: State, fact: Fact) -> State:
    """Return `state` with what `fact` says of it."""
    match fact:
        case SetLogged(result=result):
            logged = LoggedSet(fact, result)
            return replace(state, sets=(*state.sets, logged), first_side=None)
        case SideDone():
            return replace(state, first_side=sides.kept(fact))
        case SideTakenBack():
            return replace(state, first_side=None)
        case SetAmended(set_id=set_id, result=result):
            return _mended(state, set_id, lambda logged: replace(logged, result=result))
        case SetVoided(set_id=set_id):
            return _mended(state, set_id, lambda logged: replace(logged, voided=True))
        case SetSkipped(block=block, number=number):
            return _skipped(state, with_its_drops(state.plan.blocks[block], (block, number - 1)))
        case ExerciseSkipped(block=block):
            return _skipped(state, state.places_left(block))
        case SkipUndone():
            return without_last_skip(state)
        case RoundsEnded(block=block):
            return rounds.closed(state, block)
        case ExerciseChosen(block=block, exercise=exercise):
            plan = with_exercise(state.plan, block, exercise)
            return replace(state, plan=plan, first_side=None)
        case LoadChosen(block=block, load=load):
            return with_load(state, block, load)
        case SessionStarted() | SessionImported() | InjuryAnswered() | SessionFinished():
            return state
        case LogbookOpened() | EquipmentTold() | RoutineChosen():
            return state
        case BodyweightLogged() | NoteTaken():
            return replace(state, asides=(*state.asides, Aside(fact, len(state.sets))))
        case EntryVoided(entry_id=entry_id):
            return asides.without(state, entry_id)
        case AliasTaught() | MaxTested():
            return state
