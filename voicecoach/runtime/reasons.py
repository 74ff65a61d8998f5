"""Gathering what the reasoning behind a plan needs: the routine, the log, and what was undone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from voicecoach.errors import PlanError
from voicecoach.library.blocks import exercise_called
from voicecoach.library.equipment import read_equipment
from voicecoach.runtime.opening import library_of, routines_of, training_history
from voicecoach.runtime.paths import Paths
from voicecoach.session.facts import Fact, SetAmended, SetLogged, SetVoided
from voicecoach.store.log import TrainingLog
from voicecoach.training.performance import PerformedSet
from voicecoach.training.planning import Log
from voicecoach.training.reasoning import Reasoning, reasons
from voicecoach.training.routine import Routine

SESSIONS_WITH_UNDONE = 10
"""Of so many sessions, the latest that trained the exercise, undone sets are told."""


def reasons_for(
    paths: Paths, routine_name: str, exercise: str, now: datetime
) -> tuple[Routine, tuple[Reasoning, ...]]:
    """Return a routine, and why it trains the exercise of that id or spoken name as it does.

    Raises:
        RoutineError, LibraryError, ConfigError, LogError: as their names say.
        PlanError: the routine does not train it.
    """
    library = library_of(paths)
    routine = routines_of(paths).load(routine_name, base=Path.cwd())
    exercise = exercise_called(exercise, library).id
    log, voided = Log(now=now), tuple[PerformedSet, ...]()
    if paths.log.exists():  # to look must not make one
        with TrainingLog.open(paths.log) as store:
            log = training_history(store, routine, now)
            voided = tuple(_voided(store, log.sets, exercise))
    found = reasons(
        routine,
        exercise,
        library.exercise,
        log,
        equipment=read_equipment(paths.equipment).equipment,
        voided=voided,
    )
    if not found:
        msg = f"routine {routine.id} does not train {exercise} as it stands"
        remedy = f"see `voicecoach routine show {routine.id}`, or name another with --routine"
        raise PlanError(msg, remedy=remedy)
    return routine, found


def latest_routine(paths: Paths, exercise: str) -> str | None:
    """Return the routine, if it is still there, that trained the exercise of that id last."""
    if not paths.log.exists():
        return None
    with TrainingLog.open(paths.log) as store:
        sets = store.performed_sets(exercise=exercise)
    latest = next((one.routine for one in reversed(sets) if one.routine), None)
    known = {file.id for file in routines_of(paths).files()}
    return latest if latest in known else None


def _voided(
    store: TrainingLog, sets: Iterable[PerformedSet], exercise: str
) -> Iterator[PerformedSet]:
    """Yield the undone sets of the last sessions that trained an exercise."""
    sessions: dict[str, PerformedSet] = {}
    for one in sets:
        if one.exercise == exercise:
            sessions[one.session] = one
    for session, one in list(sessions.items())[-SESSIONS_WITH_UNDONE:]:
        facts = store.facts(session)
        begun = one.at - _instant(facts, one)
        yield from _undone(facts, one, begun, exercise)


def _instant(facts: tuple[Fact, ...], one: PerformedSet) -> timedelta:
    at_ms = next(
        (fact.at_ms for fact in facts if isinstance(fact, SetLogged) and fact.set_id == one.id), 0
    )
    return timedelta(milliseconds=at_ms)


def _undone(
    facts: tuple[Fact, ...], like: PerformedSet, begun: datetime, exercise: str
) -> Iterator[PerformedSet]:
    voided = {fact.set_id for fact in facts if isinstance(fact, SetVoided)}
    results = {
        fact.set_id: fact.result for fact in facts if isinstance(fact, SetLogged | SetAmended)
    }
    for fact in facts:
        if isinstance(fact, SetLogged) and fact.set_id in voided and fact.exercise == exercise:
            result = results[fact.set_id]
            yield PerformedSet(
                id=fact.set_id,
                at=begun + timedelta(milliseconds=fact.at_ms),
                session=like.session,
                routine=like.routine,
                workout=like.workout,
                exercise=fact.exercise,
                variation=fact.variation,
                number=fact.number,
                kind=fact.kind,
                reps=result.reps,
                hold_s=result.hold_s,
                load=result.load,
                low=fact.low,
                high=fact.high,
                source=fact.source,
            )
