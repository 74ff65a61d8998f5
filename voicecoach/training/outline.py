"""A routine at a glance: how long its workouts take, and which muscles it works or leaves out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from voicecoach.training.exercise import Exercise
from voicecoach.training.muscle import Muscle
from voicecoach.training.order import WARMUP_REST_S, rounds
from voicecoach.training.routine import Block, Routine, Workout

Lookup = Callable[[str], Exercise]
"""Gives the exercise of an id, or raises LibraryError."""

REP_MS = 3_500
"""What a repetition takes at one's own speed."""

BEGIN_S = 20
"""From the announcement of a set to its first repetition."""

SWITCH_S = 7
"""From one side to the other."""

WARMUP_S = BEGIN_S + WARMUP_REST_S + 15
USUAL_WARMUPS = 3
"""How many warm-up sets there are where the load decides it."""

DROP_S = BEGIN_S + 25


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
    groups = [[workout.blocks[n] for n in group] for group in rounds(workout.blocks)]
    seconds = sum(_group_s(group, lookup) for group in groups)
    if groups:
        seconds -= groups[-1][-1].rest_s
    return workout.warmup_s + int(seconds)


def _group_s(blocks: Sequence[Block], lookup: Lookup) -> float:
    """Return what blocks that take turns take, with the rest after each round."""
    rest_s = blocks[-1].rest_s
    warmups_s = sum(WARMUP_S * _warmups(block) for block in blocks)
    if blocks[0].interval_s is not None:
        return warmups_s + sum(b.sets * (b.interval_s or 0) for b in blocks) + rest_s
    if blocks[0].amrap_s is not None:
        return warmups_s + blocks[0].amrap_s + rest_s
    work_s = sum(b.sets * (BEGIN_S + _work_s(b, lookup)) + DROP_S * _drops(b) for b in blocks)
    changes_s = sum(block.sets * block.change_s for block in blocks[:-1])
    return warmups_s + work_s + changes_s + rest_s * max(block.sets for block in blocks)


def _warmups(block: Block) -> int:
    if block.warmup is None:
        return 0
    return len(block.warmup.steps) or USUAL_WARMUPS


def _drops(block: Block) -> int:
    if block.drops is None:
        return 0
    return block.drops.count * (block.sets if block.drops.after_each else 1)


def _work_s(block: Block, lookup: Lookup) -> float:
    """Return what one working set of a block takes."""
    if block.hold is not None:
        side_s = (block.hold.low + block.hold.high) / 2
    elif block.reps is not None:
        rep_ms = block.tempo.rep_ms if block.tempo else REP_MS
        side_s = rep_ms * (block.reps.low + block.reps.high) / 2000
    else:
        return 0
    return 2 * side_s + SWITCH_S if block.each_side(lookup(block.exercise)) else side_s


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
