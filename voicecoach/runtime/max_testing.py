"""The test of a one-rep maximum tied to the log: what is expected, and where it is kept."""

from __future__ import annotations

import uuid

from voicecoach.errors import PlanError
from voicecoach.library.blocks import exercise_called
from voicecoach.library.equipment import read_equipment
from voicecoach.runtime.opening import MOST_SETS_LOOKED_AT, library_of
from voicecoach.runtime.paths import Paths
from voicecoach.session.max_test import MaxTest
from voicecoach.store.log import TrainingLog
from voicecoach.training.exercise import Exercise, ExerciseKind
from voicecoach.training.loading import Equipment
from voicecoach.training.maximum import best_max
from voicecoach.training.progression.trained import counts
from voicecoach.units import Load, Unit

LATEST = 30
"""Sets from which the maximum to expect is estimated: those of the last weeks."""


def open_test(
    name: str, expected: Load | None, paths: Paths, log: TrainingLog, unit: Unit
) -> MaxTest:
    """Return the state in which the test of the exercise called `name` opens.

    `expected` is what the athlete thinks to lift once; without it the log
    tells, or the coach asks.

    Raises:
        LibraryError: there is no such exercise.
        PlanError: it has no load to test.
        ConfigError, LogError: the equipment or the log cannot be read.
    """
    exercise = exercise_called(name, library_of(paths))
    _refuse_unfit(exercise)
    lately = log.performed_sets(exercise=exercise.id, limit=MOST_SETS_LOOKED_AT)[-LATEST:]
    return MaxTest(
        session_id=uuid.uuid4().hex,
        unit=unit,
        exercise=exercise,
        equipment=read_equipment(paths.equipment).equipment or Equipment.usual(unit),
        expected=expected or best_max([one for one in lately if counts(one)]),
    )


def _refuse_unfit(exercise: Exercise) -> None:
    """Raise PlanError for an exercise that nobody lifts once as heavily as they can."""
    if exercise.kind is not ExerciseKind.REPS or not exercise.implement.is_loaded:
        msg = f"{exercise.name} is not lifted once with all the load there is"
        remedy = "test a lift with a load, for both sides at once, such as squat or bench-press"
        raise PlanError(msg, remedy=remedy)
