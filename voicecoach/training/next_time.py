"""What follows from a session that was just led: the advice for the next time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from voicecoach.training.advice import Advice
from voicecoach.training.exercise import Exercise
from voicecoach.training.loading import Equipment
from voicecoach.training.performance import PerformedSet
from voicecoach.training.prescription import (
    BlockPrescription,
    HoldTarget,
    RepTarget,
    SetKind,
    WorkoutPrescription,
)
from voicecoach.training.progression.rules import advise
from voicecoach.training.progression.trained import Trained, counts


def next_time(plan: WorkoutPrescription, performed: Sequence[PerformedSet]) -> tuple[Advice, ...]:
    """Return what to do next time, for each exercise of `plan` that `performed` trained.

    `performed` are the sets of this session. An exercise of which nothing
    counts, or whose rule has nothing to say, is left out.
    """
    performed = sorted(performed, key=lambda one: (one.at, one.number, one.id))
    advice: list[Advice | None] = []
    for block in plan.blocks:
        for exercise in (block.exercise, *block.instead):
            sets = [one for one in performed if one.exercise == exercise.id and _of(block, one)]
            if sets:
                advice.append(advise(_done(block, exercise, sets, plan.at_hand)))
    # Two blocks alike in all share their sets, and so their advice.
    return tuple(dict.fromkeys(one for one in advice if one is not None))


def _of(block: BlockPrescription, performed: PerformedSet) -> bool:
    """Tell whether a set counts and was for what `block` asked."""
    if not counts(performed):
        return False
    targets = [one.target for one in block.sets if one.kind is SetKind.WORKING]
    if any(isinstance(target, HoldTarget) for target in targets):
        return performed.hold_s is not None
    aims = {(target.low, target.high) for target in targets if isinstance(target, RepTarget)}
    return performed.reps is not None and (
        performed.low is None or (performed.low, performed.high) in aims
    )


def _done(
    block: BlockPrescription,
    exercise: Exercise,
    sets: Sequence[PerformedSet],
    equipment: Equipment,
) -> Trained:
    """Return an exercise of this session as a rule looks at it."""
    variation = exercise.variation(sets[-1].variation or "")
    standing = block.standing
    if exercise.id != block.exercise.id:  # the log was not asked about the one taken instead
        standing = replace(
            standing,
            misses=0,
            one_rep_max=None,
            missed_max=None,
            full_max=None,
            stall=None,
            wave=None,
        )
    return Trained(
        exercise=exercise.id,
        variation=variation.id if variation else None,
        implement=exercise.implement_for(variation),
        lower_body=exercise.lower_body,
        prescribed=block.count_of(SetKind.WORKING),
        target=[one.target for one in block.sets if one.kind is SetKind.WORKING][-1],
        progress=block.progress,
        standing=standing,
        equipment=equipment,
        sets=tuple(sets),
    )
