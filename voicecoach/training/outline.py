"""A routine at a glance: how long its workouts take, and which muscles it works or leaves out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from voicecoach.training.exercise import Exercise, ExerciseKind
from voicecoach.training.muscle import Muscle
from voicecoach.training.routine import Block, Routine, Workout

Lookup = Callable[[str], Exercise]
"""Gives the exercise of an id, or raises LibraryError."""

REP_MS = 3_500
"""What a repetition takes at one's own speed."""

BEGIN_S = 20
"""From the announcement of a set to its first repetition."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MuscleWork:
    """The muscles of a routine, by id."""

    primary: tuple[str, ...]  # what some exercise is for
    secondary: tuple[str, ...]  # what only helps
    left_out: tuple[str, ...]  # main ones beside them that nothing reaches


def estimated_seconds(workout: Workout, lookup: Lookup) -> int:
    """Return about how long a workout takes, warm-up and rests included.

    Of a range its middle is taken; after the last set nobody rests.
    """
    total_ms = 1000 * workout.warmup_s
    for block in workout.blocks:
        total_ms += block.sets * (1000 * (BEGIN_S + block.rest_s) + _work_ms(block, lookup))
    if workout.blocks:
        total_ms -= 1000 * workout.blocks[-1].rest_s
    return total_ms // 1000


def _work_ms(block: Block, lookup: Lookup) -> int:
    """Return what one set of a block takes."""
    if block.hold is not None:
        return 500 * (block.hold.low + block.hold.high)
    if block.reps is None:
        return 0
    sides = 2 if lookup(block.exercise).kind is ExerciseKind.EACH_SIDE else 1
    rep_ms = block.tempo.rep_ms if block.tempo else REP_MS
    return sides * rep_ms * (block.reps.low + block.reps.high) // 2


def muscle_work(routine: Routine, lookup: Lookup, muscles: Mapping[str, Muscle]) -> MuscleWork:
    """Return which of `muscles` a routine works, in their order.

    Left out is what makes a body lopsided: a main muscle of a region that
    the routine trains, if none of its exercises reaches it.
    """
    exercises = tuple(_exercises(routine, lookup))
    first = {muscle for one in exercises for muscle in one.primary}
    reached = first | {muscle for one in exercises for muscle in one.secondary}
    regions = {muscles[one].region for one in first if muscles[one].main}
    return MuscleWork(
        primary=tuple(one for one in muscles if one in first),
        secondary=tuple(one for one in muscles if one in reached - first),
        left_out=tuple(
            one.id
            for one in muscles.values()
            if one.main and one.region in regions and one.id not in reached
        ),
    )


def _exercises(routine: Routine, lookup: Lookup) -> Iterable[Exercise]:
    """Yield every exercise that some day of the routine trains."""
    for workout in routine.workouts:
        for block in workout.blocks:
            for rung in (block, *block.then):
                exercise = lookup(rung.exercise)
                own = {variation.id for variation in exercise.variations}
                yield exercise
                yield from (lookup(name) for name in rung.vary if name not in own)
