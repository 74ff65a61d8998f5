"""An athlete who does as told: what is said where a scenario leaves it to the coach."""

from __future__ import annotations

from collections.abc import Iterator

from voicecoach.language.numbers import spoken
from voicecoach.runtime.scenario import Line
from voicecoach.training.prescription import (
    BlockPrescription,
    CountMode,
    HoldTarget,
    WorkoutPrescription,
)
from voicecoach.units import Unit

REP_MS = 3_500
"""What a repetition takes at one's own speed."""

LOADS = {Unit.KG: "twenty kilos", Unit.LB: "forty five pounds"}
"""What is answered where a load is asked for: an empty bar, or a dumbbell worth the name."""

EXERTION = "eight"


def obedient(plan: WorkoutPrescription) -> tuple[Line, ...]:
    """Return the lines of an athlete who follows `plan`: ready when asked, and every rep done.

    Of a range its top is reached, in every set; nothing hurts.
    """
    return (
        Line(when="injury?", text="no"),
        Line(when="warming-up", text="ready"),
        Line(when="load?", text=LOADS[plan.unit]),
        Line(when="ready?", text="ready"),
        Line(when="rpe?", text=EXERTION),
        *_efforts(plan),
    )


def _efforts(plan: WorkoutPrescription) -> Iterator[Line]:
    """Yield what is said in and after the sets of each exercise that the athlete counts."""
    blocks: dict[str, BlockPrescription] = {}
    for block in plan.blocks:
        blocks.setdefault(block.exercise.id, block)
    for exercise, block in blocks.items():
        target = block.working.target
        if isinstance(target, HoldTarget) or block.count is CountMode.PACED:
            continue
        after_ms = REP_MS * target.high
        yield Line(when="working", exercise=exercise, after_ms=after_ms, text="done")
        yield Line(when="reps?", exercise=exercise, text=spoken(target.high))
