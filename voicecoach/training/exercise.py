"""An exercise: what a coach knows about a movement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import Enum


class ExerciseKind(Enum):
    """How an exercise is measured."""

    REPS = "reps"
    HOLD = "hold"
    EACH_SIDE = "each-side"  # repetitions, done once with each side
    HOLD_EACH_SIDE = "hold-each-side"

    @property
    def is_hold(self) -> bool:
        """Whether it is measured in seconds."""
        return self in (ExerciseKind.HOLD, ExerciseKind.HOLD_EACH_SIDE)

    @property
    def each_side(self) -> bool:
        """Whether it is done with one side and then with the other."""
        return self in (ExerciseKind.EACH_SIDE, ExerciseKind.HOLD_EACH_SIDE)


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
    PLATE = "plate"  # held against the body, or hung from a belt
    BODYWEIGHT = "bodyweight"
    BAND = "band"

    @property
    def is_loaded(self) -> bool:
        """Whether the exercise cannot be done without naming a load."""
        return self not in (Implement.BODYWEIGHT, Implement.BAND)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """What the coach says of form: sentences with their stop, at most twelve words each."""

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
    """Another way to do an exercise: grip, stance, implement, support or load.

    The first of an exercise's variations is its ordinary form: what is logged
    without a variation was that one.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    changes: str  # grip | stance | implement | support | load
    implement: Implement | None = None  # where it differs from the exercise's own
    equipment: tuple[str, ...] = ()  # beside the exercise's own
    cues: tuple[str, ...] = ()
    works: str = ""  # what it shifts the work to, one sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """A movement with everything the coach says of it.

    `primary` and `secondary` are ids of muscles; `easier` and `harder` are
    ids of neighbouring exercises on the ladder. `equipment` names things as
    they are said: "pull-up bar".
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
    load_advice: str = ""  # how heavy to begin, one sentence
    variations: tuple[Variation, ...] = ()
    easier: tuple[str, ...] = ()
    harder: tuple[str, ...] = ()
    lower_body: bool = False  # 5/3/1 and linear rules step lower-body lifts further
    source: str = ""

    def variation(self, variation_id: str) -> Variation | None:
        """Return the variation of that id, or None."""
        return next((v for v in self.variations if v.id == variation_id), None)

    @property
    def ordinary_variation(self) -> str | None:
        """The id of the variation that is meant where none is named, None without any."""
        return self.variations[0].id if self.variations else None

    def cues_for(self, variation: Variation | None) -> Cues:
        """Return the cues of this exercise done as `variation`, or in its ordinary form.

        What sets the variation up comes first: the grip or stance it is named for.
        """
        ordinary = self.variations[0] if self.variations else None
        form = variation or ordinary
        if form is None:
            return self.cues
        return replace(self.cues, setup=(*form.cues, *self.cues.setup))

    def called(self, variation: Variation | None = None) -> str:
        """Return what this exercise is called when done as `variation`: "sumo deadlift"."""
        return self.name if variation is None else variation.name or self.name

    def implement_for(self, variation: Variation | None) -> Implement:
        """Return what carries the load when this exercise is done as `variation`."""
        own = variation.implement if variation else None
        return own or self.implement

    @property
    def spoken_names(self) -> tuple[str, ...]:
        """Every name people say, in lower-case words: "pull up", "pull ups", "pullups"."""
        names = (self.name, self.plural, *self.aliases)
        return tuple(dict.fromkeys(as_spoken(name) for name in names if name))


def as_spoken(name: str) -> str:
    """Return a name in lower-case words, hyphens read as spaces."""
    return " ".join(name.lower().replace("-", " ").split())
