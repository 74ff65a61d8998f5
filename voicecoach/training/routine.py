"""A routine: the plan a lifter writes down, before loads are settled for a day."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from voicecoach.training.prescription import CountMode, RepTarget, Tempo
from voicecoach.units import Load, Rpe, Unit


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

    added: Load = Load(0)


LoadRule = PercentLoad | FixedLoad | RpeLoad | BodyweightLoad


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressRule:
    """How the next load follows from the last sets.

    `rule` is double | linear | percent | 531 | rpe | hold | ladder | none.
    `step` is a load for loads and whole seconds for holds.
    """

    rule: str = "none"
    step_load: Load | None = None
    step_s: int | None = None


@dataclass(frozen=True, slots=True)
class HoldRange:
    """Seconds of a hold, from the first target to the last."""

    low: int
    high: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One exercise of a workout as the routine has it."""

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
    progress: ProgressRule = ProgressRule()


@dataclass(frozen=True, slots=True, kw_only=True)
class Workout:
    """A day of a routine."""

    name: str
    blocks: tuple[Block, ...]
    warmup_s: int = 0
    warmup_advice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Routine:
    """A plan of workouts that follow one another in `rotate`'s order."""

    id: str
    name: str
    workouts: tuple[Workout, ...]
    rotate: tuple[str, ...] = ()
    unit: Unit = Unit.KG

    def workout(self, name: str) -> Workout | None:
        """Return the workout of that name, case ignored, or None."""
        return next((w for w in self.workouts if w.name.lower() == name.lower()), None)
