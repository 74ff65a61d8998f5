"""What is prescribed: a workout as the coach will lead it, loads settled."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from voicecoach.errors import PlanError
from voicecoach.training.exercise import Exercise, Variation
from voicecoach.training.loading import Equipment
from voicecoach.units import Load, Rpe, Unit, plain


class SetKind(Enum):
    """What a set is for; only working sets count for records and progress."""

    WORKING = "working"
    WARMUP = "warmup"
    DROP = "drop"
    FAILURE = "failure"


class CountMode(Enum):
    """Who counts the repetitions."""

    PACED = "paced"  # the coach, on the beat of the tempo
    FREE = "free"  # nobody; the athlete says "done" and how many
    ALOUD = "aloud"  # the athlete; the coach follows


MOST_BEYOND = 12
"""How far a set of as many reps as possible may well go beyond the reps it asks for."""


@dataclass(frozen=True, slots=True)
class RepTarget:
    """Repetitions to reach, `low` to `high`; equal where there is no range."""

    low: int
    high: int
    to_failure: bool = False  # AMRAP: `low` at least, as many as possible

    def __post_init__(self) -> None:
        if not 1 <= self.low <= self.high:
            msg = f"a target of {self.low} to {self.high} reps"
            raise PlanError(msg, remedy="give reps as 5 or 4-6, from 1 upward")

    @property
    def likely_most(self) -> int:
        """The most that is to be reckoned with: the top, or beyond it where that is the least."""
        return self.high + MOST_BEYOND if self.to_failure else self.high


@dataclass(frozen=True, slots=True)
class HoldTarget:
    """Seconds to hold."""

    seconds: int

    def __post_init__(self) -> None:
        if self.seconds < 1:
            msg = f"a hold of {self.seconds} seconds"
            raise PlanError(msg, remedy="give 1 second or more")


@dataclass(frozen=True, slots=True)
class HoldRange:
    """Seconds of a hold, from the first target to the last."""

    low: int
    high: int


WAVES = "531"
"""The rule of J. Wendler's 5/3/1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressRule:
    """How the next load follows from the last sets.

    `rule` names one of the rules in voicecoach.training.progression.
    `step` is a load for loads and whole seconds for holds. `retest_weeks` is
    after how long the one-rep maximum is to be tested anew.
    """

    rule: str = "none"
    step_load: Load | None = None
    step_s: int | None = None
    retest_weeks: int | None = None

    @property
    def in_waves(self) -> bool:
        """Whether the rule itself says, week by week, how often and how heavy."""
        return self.rule == WAVES


@dataclass(frozen=True, slots=True, kw_only=True)
class Stall:
    """Sessions in a row at one load that brought not a rep more than the best of them."""

    load: Load | None
    reps: int  # in all sets of the best session
    sessions: int = 0  # since then


@dataclass(frozen=True, slots=True)
class Wave:
    """Where a lift stands in the four weeks of 5/3/1; week 0 is a trial before the first."""

    week: int
    training_max: Load


@dataclass(frozen=True, slots=True)
class Away:
    """How long an exercise was not trained, and what that takes off."""

    days: int
    percent: int


@dataclass(frozen=True, slots=True)
class Rung:
    """The exercise that follows on a ladder, and what it begins with."""

    exercise: str
    variation: str | None
    target: RepTarget | HoldTarget
    name: str = ""  # as it is spoken, variation and all: "weighted pull-up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where the athlete stood before the workout, as far as advice after it needs to know."""

    misses: int = 0  # sessions in a row that missed the target
    one_rep_max: Load | None = None
    percent: Decimal | None = None  # of the one-rep maximum, where the routine says so
    rpe: Rpe | None = None  # the exertion that the routine aims at
    hold: HoldRange | None = None  # the range that a hold grows within
    next_rung: Rung | None = None
    missed_max: Load | None = None  # the most that the sessions of `misses` show
    full_max: Load | None = None  # what the maximum was before time away, to be won back
    stall: Stall | None = None
    wave: Wave | None = None
    retest_days: int | None = None  # until the maximum is to be tested anew; below 0 it is overdue


@dataclass(frozen=True, slots=True)
class Tempo:
    """Seconds of each phase: lower, stretched pause, lift, top pause."""

    eccentric: Decimal
    stretched: Decimal
    concentric: Decimal
    top: Decimal

    EXPLOSIVE = Decimal("0.5")  # what an X takes

    @classmethod
    def parse(cls, text: str) -> Tempo:
        """Read `2-0-1-0`; X stands for explosive."""
        parts = text.strip().upper().split("-")
        try:
            values = [cls.EXPLOSIVE if part == "X" else Decimal(part) for part in parts]
            eccentric, stretched, concentric, top = values
        except (ArithmeticError, ValueError):
            msg = f"tempo {text!r}"
            raise PlanError(
                msg, remedy="give four phases: lower-pause-lift-pause, as 2-0-1-0"
            ) from None
        if any(not value.is_finite() or not 0 <= value <= 30 for value in values) or not sum(
            values
        ):
            msg = f"tempo {text!r}"
            raise PlanError(msg, remedy="give each phase 0 to 30 seconds, not all of them 0")
        return cls(eccentric, stretched, concentric, top)

    @property
    def written(self) -> str:
        """This tempo as `parse` reads it, X for what it takes."""
        phases = (self.eccentric, self.stretched, self.concentric, self.top)
        return "-".join("X" if p == self.EXPLOSIVE else f"{plain(p):f}" for p in phases)

    @property
    def rep_ms(self) -> int:
        """Milliseconds of one repetition."""
        return int(1000 * (self.eccentric + self.stretched + self.concentric + self.top))


@dataclass(frozen=True, slots=True, kw_only=True)
class WarmupStep:
    """One warm-up set as a routine writes it: reps at a share of the working load, or at a load."""

    reps: int
    percent: Decimal | None = None
    load: Load | None = None


@dataclass(frozen=True, slots=True)
class Warmup:
    """The warm-up sets before a block; without `steps` they are as is usual for its load."""

    steps: tuple[WarmupStep, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Drops:
    """Lighter sets straight after a working set, each `percent` lighter than the one before."""

    count: int
    percent: Decimal = Decimal(20)
    after_each: bool = False  # after every working set; else after the last alone


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPrescription:
    """One set to do. `load` is None where it is still to be asked for, or bodyweight."""

    target: RepTarget | HoldTarget
    load: Load | None = None
    kind: SetKind = SetKind.WORKING


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockPrescription:
    """The sets of one exercise, in order, and how they are led.

    Blocks of one `superset` that follow one another take turns, set by set:
    voicecoach.training.order. `warmup` and `drops` say which sets stand
    beside the working ones at another load: voicecoach.training.sets.
    """

    exercise: Exercise
    variation: Variation | None = None
    sets: tuple[SetPrescription, ...]
    count: CountMode = CountMode.FREE
    tempo: Tempo | None = None
    rest_s: int = 120
    asks_load: bool = False  # loaded, and nothing known yet to derive the load from
    asks_rpe: bool = False
    instead: tuple[Exercise, ...] = ()  # exercises the athlete may choose in its place
    all_cues: bool = True  # the first times; later one cue is enough
    progress: ProgressRule = ProgressRule()
    standing: Standing = Standing()
    away: Away | None = None  # where the loads are lighter after time away
    superset: str = ""
    change_s: int = 0  # from a set to the next exercise of the round
    interval_s: int | None = None  # EMOM: from the start of a set to the start of the next
    amrap_s: int | None = None  # rounds go on until so much time is over
    by_side: bool | None = None  # one side after the other; None: as the exercise is done
    warmup: Warmup | None = None
    drops: Drops | None = None

    @property
    def each_side(self) -> bool:
        """Whether a set is done with the left side and then with the right."""
        return self.exercise.kind.each_side if self.by_side is None else self.by_side

    @property
    def working(self) -> SetPrescription:
        """The first working set: what the block is for."""
        return next((one for one in self.sets if one.kind is SetKind.WORKING), self.sets[0])

    def count_of(self, kind: SetKind) -> int:
        """Return how many of the sets are of that kind."""
        return sum(one.kind is kind for one in self.sets)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkoutPrescription:
    """A workout to lead. `unit` is the one loads are spoken in.

    `equipment` is what its loads were made with; the loads advised after it
    are made with the same.
    """

    routine: str  # id
    name: str  # as spoken: "Full back"
    workout: str  # "A"
    unit: Unit = Unit.KG
    warmup_s: int = 0
    warmup_advice: str = ""
    blocks: tuple[BlockPrescription, ...]
    equipment: Equipment | None = None  # None: the usual, in `unit`

    @property
    def at_hand(self) -> Equipment:
        """What its loads are made with."""
        return self.equipment or Equipment.usual(self.unit)
