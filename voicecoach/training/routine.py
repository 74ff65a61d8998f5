"""A routine: the plan a lifter writes down, before loads are settled for a day."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from voicecoach.training.exercise import Exercise
from voicecoach.training.prescription import (
    CountMode,
    Drops,
    HoldRange,
    ProgressRule,
    RepTarget,
    Tempo,
    Warmup,
)
from voicecoach.units import Load, Rpe, Unit

NO_LOAD = Load(0)


@dataclass(frozen=True, slots=True)
class PercentLoad:
    """A share of the one-rep maximum, in percent."""

    percent: Decimal


@dataclass(frozen=True, slots=True)
class FixedLoad:
    """A load as written."""

    load: Load


@dataclass(frozen=True, slots=True)
class RpeLoad:
    """Whatever load brings the set to this exertion."""

    rpe: Rpe


@dataclass(frozen=True, slots=True)
class BodyweightLoad:
    """The body, and `added` to it."""

    added: Load = NO_LOAD


LoadRule = PercentLoad | FixedLoad | RpeLoad | BodyweightLoad


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One exercise of a workout as the routine has it.

    `vary` names variations of the exercise, or exercises near to it, that
    are taken in turn, one a session. `then` are the rungs above this block
    on a ladder: what takes its place once it has been mastered. Blocks of one
    `superset` take turns, set by set; the last one's rest ends the round.
    """

    exercise: str
    sets: int = 3
    reps: RepTarget | None = None
    hold: HoldRange | None = None
    load: LoadRule | None = None  # None: as the athlete says
    tempo: Tempo | None = None
    count: CountMode = CountMode.FREE
    rest_s: int = 120
    vary: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()
    progress: ProgressRule = field(default_factory=ProgressRule)
    then: tuple[Block, ...] = ()
    superset: str = ""
    change_s: int = 0  # from a set to the next exercise of the round
    interval_s: int | None = None  # EMOM: from the start of a set to the start of the next
    amrap_s: int | None = None  # rounds go on until so much time is over
    by_side: bool | None = None  # one side after the other; None: as the exercise is done
    warmup: Warmup | None = None
    drops: Drops | None = None

    def each_side(self, exercise: Exercise) -> bool:
        """Return whether a set of `exercise` is done with one side and then with the other."""
        return exercise.kind.each_side if self.by_side is None else self.by_side


@dataclass(frozen=True, slots=True, kw_only=True)
class Workout:
    """A day of a routine."""

    name: str
    blocks: tuple[Block, ...]
    warmup_s: int = 0
    warmup_advice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Routine:
    """A plan of workouts that follow one another in `rotate`'s order.

    Where `rotate` is empty they follow as they are written. `about` is one
    sentence for the list; `advice` is what the lifter should know before
    beginning, a sentence each.
    """

    id: str
    name: str
    workouts: tuple[Workout, ...]
    rotate: tuple[str, ...] = ()
    unit: Unit = Unit.KG
    about: str = ""
    advice: tuple[str, ...] = ()
    review_weeks: int | None = None  # after how long the results are looked at

    @property
    def order(self) -> tuple[str, ...]:
        """The names of the workouts in the order they are trained."""
        return self.rotate or tuple(workout.name for workout in self.workouts)

    def workout(self, name: str) -> Workout | None:
        """Return the workout of that name, case ignored, or None."""
        return next((w for w in self.workouts if w.name.lower() == name.lower()), None)
