"""Advice: what to do next time, the reason as a code, and the figures it came from.

It is data. The sentence it is told in is made where language is made.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from voicecoach.training.prescription import HoldTarget, RepTarget
from voicecoach.units import Load, Rpe


class Reason(Enum):
    """Why the next load or target is what it is, and which figures say so.

    Every reason carries `sets`, the sets that counted, and `aim`, the reps or
    seconds that each was to reach; the text under a code names the others.
    """

    TOP_REACHED = "top-reached"
    """Every set reached the top of its range, so the load goes up. `before`."""

    TOP_REACHED_EASILY = "top-reached-easily"
    """As above, and the last set felt easy: a larger step up. `before`."""

    FELT_EASY = "felt-easy"
    """The last set felt easy, so the load goes up, though only `reached` of the sets came to
    the top. `before`."""

    READY_FOR_LOAD = "ready-for-load"
    """Bodyweight alone has become light; `added` could be hung from a belt or held. The
    plan stays at bodyweight until the athlete names a load. `reached` where it is the feel of
    the last set that says so, and not the top."""

    HEAVIEST_REACHED = "heaviest-reached"
    """The load should go up, but nothing heavier can be made. `before`, and `reached` as above."""

    TOP_NOT_REACHED = "top-not-reached"
    """`reached` of the sets came to the top, the weakest to `weakest`: the same again. `before`
    where there is a load."""

    SETS_MISSING = "sets-missing"
    """Fewer sets than the `prescribed` ones counted at the full load: the same again. `before`
    where there is a load."""

    TARGET_REACHED = "target-reached"
    """Every set reached its reps, so the load goes up (linear). `before`."""

    TARGET_MISSED = "target-missed"
    """A set fell short of its reps, the `misses`th time in a row: the same again. `before` where
    there is a load."""

    THIRD_MISS = "third-miss"
    """Missed for the third time in a row: `percent` less. `misses`, `before`."""

    STALLED = "stalled"
    """Not a rep more at this load for `stalls` sessions in a row: `percent` less. `before`."""

    FELT_HARD = "felt-hard"
    """The last set felt hard, so the load or the hold stays, though it could have grown."""

    TOO_HARD = "too-hard"
    """The last set felt hard and one fell short, to `weakest`: lighter. `before`."""

    PERCENT_OF_MAX = "percent-of-max"
    """The load is `percent` of the estimated maximum, `one_rep_max`. `before`."""

    MAX_RAISED = "max-raised"
    """The first load that was named went well, and is `percent` of more than the estimate: the
    maximum, `one_rep_max`, is what it follows from, and the load stays. `before`."""

    MAX_LOWERED = "max-lowered"
    """Missed for the third time in a row, so the maximum is what those sessions show,
    `one_rep_max`, and the load is `percent` of it. `misses`, `before`."""

    RETEST_DUE = "retest-due"
    """As PERCENT_OF_MAX, and the maximum was tested `weeks` ago, longer than is good."""

    WAVE_NEXT = "wave-next"
    """The wave goes on: in week `week` up to `percent` of the `training_max`. `before`, `reached`
    the reps of the last set, `one_rep_max` what they show."""

    WAVE_EASY = "wave-easy"
    """As above, and the next week is the easy one."""

    WAVE_RAISED = "wave-raised"
    """The wave is over: `added` to the training maximum, now `training_max`. `before`, `week`."""

    WAVE_LOWERED = "wave-lowered"
    """A set fell short of its reps, to `weakest`: `percent` off the training maximum, now
    `training_max`, and the wave begins anew. `before`."""

    WAVE_TRIED = "wave-tried"
    """The first session showed a maximum, `one_rep_max`; the wave begins with `training_max`."""

    EXERTION = "exertion"
    """The load is what brings the reps to `rpe`, by the maximum shown, `one_rep_max`. `before`."""

    HOLD_REACHED = "hold-reached"
    """Every set was held for the target, so the next is longer."""

    HOLD_SHORT = "hold-short"
    """A set was held for less, `weakest` seconds: the same again."""

    HOLD_STALLED = "hold-stalled"
    """A set was held for less, `weakest` seconds, for the third time in a row: a step shorter.
    `misses`."""

    HOLD_AT_TOP = "hold-at-top"
    """Every set was held for the longest target there is: stay there, or find something harder."""

    RUNG_MASTERED = "rung-mastered"
    """Every set reached the top of this rung of the ladder: on to the exercise advised.
    `mastered` is the one left behind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The numbers that advice came from; each Reason says which of them it fills."""

    sets: int
    aim: int
    reached: int | None = None
    weakest: int | None = None
    prescribed: int | None = None
    before: Load | None = None
    added: Load | None = None
    misses: int | None = None
    percent: Decimal | None = None
    one_rep_max: Load | None = None
    rpe: Rpe | None = None
    mastered: str | None = None
    stalls: int | None = None
    training_max: Load | None = None
    week: int | None = None
    weeks: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What to do next time one exercise comes up.

    `load` is None where none is lifted, or where the athlete has to name it.
    """

    exercise: str
    variation: str | None
    target: RepTarget | HoldTarget
    load: Load | None
    reason: Reason
    figures: Figures
