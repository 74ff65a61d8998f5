"""An exercise: what a coach knows about a movement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum


class ExerciseKind(Enum):
    """How an exercise is measured."""

    REPS = "reps"
    HOLD = "hold"
    EACH_SIDE = "each-side"  # repetitions, done once with each side


class Phase(Enum):
    """The half of a repetition that comes first."""

    ECCENTRIC = "eccentric"  # a squat or bench press starts by lowering
    CONCENTRIC = "concentric"  # a deadlift or pull-up starts by lifting


class Implement(Enum):
    """What carries the load; it decides which loads can be made."""

    BARBELL = "barbell"
    HEX_BAR = "hex-bar"
    DUMBBELL = "dumbbell"
    KETTLEBELL = "kettlebell"
    MACHINE = "machine"
    CABLE = "cable"
    BODYWEIGHT = "bodyweight"
    BAND = "band"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """What the coach says of form, each at most twelve words, second person."""

    setup: tuple[str, ...] = ()
    execute: tuple[str, ...] = ()
    breathe: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[str]:
        """Yield all cues in the order they are spoken."""
        yield from self.setup
        yield from self.execute
        yield from self.breathe


@dataclass(frozen=True, slots=True, kw_only=True)
class Variation:
    """Another way to do an exercise: grip, stance, implement or support."""

    id: str
    name: str
    changes: str  # grip | stance | implement | support | load
    implement: Implement | None = None  # where it differs from the exercise's own
    cues: tuple[str, ...] = ()
    works: str = ""  # what it shifts the work to, one sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """A movement with everything the coach says of it.

    `primary` and `secondary` are ids of muscles; `easier` and `harder` are
    ids of neighbouring exercises on the ladder.
    """

    id: str
    name: str  # as it is spoken: "pull-up"
    plural: str = ""  # "pull-ups"; empty where the name serves for both
    aliases: tuple[str, ...] = ()
    kind: ExerciseKind = ExerciseKind.REPS
    implement: Implement = Implement.BODYWEIGHT
    first_phase: Phase = Phase.ECCENTRIC
    primary: tuple[str, ...] = ()
    secondary: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    cues: Cues = field(default_factory=Cues)
    activation: str = ""
    faults: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    variations: tuple[Variation, ...] = ()
    easier: tuple[str, ...] = ()
    harder: tuple[str, ...] = ()
    lower_body: bool = False  # 5/3/1 and linear rules step lower-body lifts further
    source: str = ""

    def variation(self, variation_id: str) -> Variation | None:
        """Return the variation of that id, or None."""
        return next((v for v in self.variations if v.id == variation_id), None)
