"""Opening a session: the routine and the log make the plan, or an unfinished session goes on."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from voicecoach.errors import PlanError
from voicecoach.library.equipment import read_equipment
from voicecoach.library.exercises import Library
from voicecoach.library.routines import Routines
from voicecoach.runtime.bests import bests_before, body_of
from voicecoach.runtime.paths import Paths
from voicecoach.session.resume import begin, resume
from voicecoach.session.state import State
from voicecoach.store.log import TrainingLog, UnfinishedSession
from voicecoach.training.planning import Log, Named, plan
from voicecoach.training.routine import Routine
from voicecoach.units import Load

MOST_SETS_LOOKED_AT = 1000
"""Of an exercise, the latest: years of training it once a week."""

RESUMABLE_FOR = timedelta(hours=6)
"""A session older than this is not gone on with: the muscles are cold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the athlete asked to train."""

    routine: str
    workout: str | None = None
    base: Path = Path()  # what a relative path of a routine is relative to
    loads: Mapping[str, Load] = field(default_factory=dict)
    one_rep_maxes: Mapping[str, Load] = field(default_factory=dict)
    warm_up: bool = True


def library_of(paths: Paths) -> Library:
    """Return the exercises: built in, and the lifter's own."""
    return Library(paths.config / "exercises")


def routines_of(paths: Paths) -> Routines:
    """Return the routines: built in, and the lifter's own."""
    return Routines(library_of(paths), paths.config / "routines")


def open_session(request: Request, paths: Paths, log: TrainingLog, now: datetime) -> State:
    """Plan the workout asked for, make its session in `log`, and return the state it opens in.

    Raises:
        RoutineError, LibraryError, PlanError: the workout cannot be planned.
        ConfigError: what the lifter says they own has a mistake.
        LogError: the log cannot be read or written.
    """
    library = library_of(paths)
    routine = routines_of(paths).load(request.routine, base=request.base)
    for exercise in (*request.loads, *request.one_rep_maxes):
        library.exercise(exercise)  # named by hand: a slip is told before anything begins
    history = training_history(log, routine, now)
    named = Named(loads=request.loads, one_rep_maxes=request.one_rep_maxes)
    prescription = plan(
        routine,
        request.workout,
        library.exercise,
        history,
        named=named,
        equipment=read_equipment(paths.equipment).equipment,
    )
    if not prescription.blocks:
        msg = f"workout {prescription.workout!r} of {routine.id} has nothing to do"
        raise PlanError(msg, remedy="add a block to it")
    if not request.warm_up:
        prescription = replace(prescription, warmup_s=0)
    session_id = uuid.uuid4().hex
    log.begin_session(session_id, now, prescription)
    state = begin(session_id, now, prescription, ask_injury=log.injury_answer() is None)
    return _with_bests(state, log)


def training_history(log: TrainingLog, routine: Routine, now: datetime) -> Log:
    """Return what the log says of all that a routine can come to. Raises LogError."""
    performed = [
        one
        for exercise in _exercises(routine)
        for one in log.performed_sets(exercise=exercise, limit=MOST_SETS_LOOKED_AT)
    ]
    # A clock that was set back must not hide what was done.
    latest = max([now, *(one.at for one in performed)])
    return Log.until(latest, performed, log.completed_workouts(routine.id), log.tested_maxes())


def _exercises(routine: Routine) -> tuple[str, ...]:
    """Return every name of an exercise, or of a variation, that a routine can come to."""
    blocks = [block for workout in routine.workouts for block in workout.blocks]
    rungs = [rung for block in blocks for rung in (block, *block.then)]
    names = (name for rung in rungs for name in (rung.exercise, *rung.vary, *rung.instead))
    return tuple(dict.fromkeys(names))


def unfinished(log: TrainingLog, now: datetime) -> UnfinishedSession | None:
    """Return the session that can be gone on with, if there is one."""
    session = log.unfinished_session()
    if session is None or now - session.started_at > RESUMABLE_FOR:
        return None
    return session


def resumed(session: UnfinishedSession, log: TrainingLog) -> State:
    """Return the state in which an unfinished session goes on."""
    return _with_bests(resume(session.id, session.started_at, session.facts), log)


def _with_bests(state: State, log: TrainingLog) -> State:
    """Return `state` with the best sets before it, so that a record is known when it is broken."""
    exercises = {
        exercise.id: exercise
        for block in state.plan.blocks
        for exercise in (block.exercise, *block.instead)
    }
    bests = bests_before(log, exercises.values(), without=state.session_id)
    return replace(state, bests=tuple(bests), body=body_of(log))
