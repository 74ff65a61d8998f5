"""Where a session stands: what was planned, what was logged, and the phase it is in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

from voicecoach.language.prompts import Prompt
from voicecoach.session.facts import BodyweightLogged, NoteTaken, SetLogged, SetResult
from voicecoach.session.phases import CountingDown, Ended, NotOpened, Phase, Working
from voicecoach.training.order import Place, places
from voicecoach.training.performance import PerformedSet
from voicecoach.training.prescription import (
    BlockPrescription,
    HoldTarget,
    SetKind,
    SetPrescription,
    WorkoutPrescription,
)
from voicecoach.training.records import FormBests
from voicecoach.units import Load, Unit


@dataclass(frozen=True, slots=True)
class LoggedSet:
    """A set in the log, as it stands after mending."""

    fact: SetLogged
    result: SetResult
    voided: bool = False

    @property
    def place(self) -> Place:
        """Where it stands in the plan."""
        return self.fact.block, self.fact.number - 1


@dataclass(frozen=True, slots=True)
class Skip:
    """Sets passed over at once; `after_sets` sets had been logged by then.

    `timed` where nobody wished it: the time of an AMRAP was over.
    """

    places: frozenset[Place]
    after_sets: int
    timed: bool = False


@dataclass(frozen=True, slots=True)
class Aside:
    """A bodyweight or a note, said when `after_sets` sets had been logged."""

    fact: BodyweightLogged | NoteTaken
    after_sets: int
    voided: bool = False


class Side(Enum):
    """The side of the body that works; the value is its name as it is said."""

    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class FirstSide:
    """The side of a set that is done, while the other is still to be."""

    place: Place
    result: SetResult  # without reps where nobody said or counted them
    source: str


@dataclass(frozen=True, slots=True)
class MinuteClock:
    """The clock of an EMOM or AMRAP that runs: its first block, and when its first set began.

    `called` is how often the time of an AMRAP has been called.
    """

    block: int
    origin_ms: int
    called: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A session at one instant. Where it is in the plan follows from what is logged and skipped.

    `plan` is as it stands by now: with the loads and exercises the athlete chose.
    """

    session_id: str
    started_at: datetime  # aware
    plan: WorkoutPrescription
    phase: Phase = field(default_factory=NotOpened)
    sets: tuple[LoggedSet, ...] = ()
    skips: tuple[Skip, ...] = ()
    open_loads: frozenset[int] = frozenset()  # blocks whose load nobody would name
    utterances: int = 0  # how many the coach has begun to say
    speaking: bool = False
    last_said: tuple[Prompt, ...] = ()
    tempo_percent: int = 100
    ask_injury: bool = False
    hurt_advised: bool = False
    resumed: bool = False
    bests: tuple[FormBests, ...] = ()  # before this session, of what it can come to
    body: Load | None = None  # as the athlete was last weighed before this session
    asides: tuple[Aside, ...] = ()
    first_side: FirstSide | None = None
    clock: MinuteClock | None = None
    position: Place | None = field(init=False, compare=False, repr=False)
    """The place that comes next in the order of the plan; None when all is done."""

    def __post_init__(self) -> None:
        """Find the place that comes next: it is asked for hundreds of times a step."""
        behind = self.done | self.skipped
        ahead = (place for place in places(self.plan) if place not in behind)
        object.__setattr__(self, "position", next(ahead, None))

    @property
    def unit(self) -> Unit:
        """What loads are spoken in."""
        return self.plan.unit

    @property
    def ended(self) -> bool:
        """Whether nothing more happens."""
        return isinstance(self.phase, Ended)

    @property
    def counting(self) -> bool:
        """Whether the coach counts: down to the work, its repetitions, or its seconds."""
        phase = self.phase
        return isinstance(phase, CountingDown) or (
            isinstance(phase, Working) and phase.grid is not None
        )

    @property
    def standing(self) -> tuple[LoggedSet, ...]:
        """The sets that were not undone, in the order they were done."""
        return tuple(logged for logged in self.sets if not logged.voided)

    @property
    def skipped(self) -> frozenset[Place]:
        """The places that are passed over."""
        return frozenset().union(*(skip.places for skip in self.skips))

    @property
    def wished(self) -> tuple[Skip, ...]:
        """What was passed over at the athlete's word, and can be taken back."""
        return tuple(skip for skip in self.skips if not skip.timed)

    @property
    def done(self) -> frozenset[Place]:
        """The places that a standing set fills."""
        return frozenset(logged.place for logged in self.standing)

    @property
    def block(self) -> BlockPrescription:
        """The block that comes next. Raises LookupError when all is done."""
        return self.plan.blocks[self._place()[0]]

    @property
    def prescription(self) -> SetPrescription:
        """The set that comes next. LookupError when all is done."""
        block, number = self._place()
        return self.plan.blocks[block].sets[number]

    @property
    def lacks_load(self) -> bool:
        """Whether the load of the set that comes next is still to be asked for."""
        if self.position is None or self.position[0] in self.open_loads:
            return False
        return self.block.asks_load and self.prescription.load is None

    @property
    def load_is_open(self) -> bool:
        """Whether nobody would name the load of the set that comes next when it was asked for."""
        return (
            self.position is not None
            and self.position[0] in self.open_loads
            and self.prescription.load is None
        )

    @property
    def is_new(self) -> bool:
        """Whether the set that comes next is the first of its exercise, or the first working one.

        What is said of it before is more than of those that follow.
        """
        if self.position is None or self.prescription.kind is SetKind.DROP:
            return False
        block, kind = self.position[0], self.prescription.kind
        return not any(one.fact.block == block and one.fact.kind is kind for one in self.standing)

    @property
    def last_of_block(self) -> LoggedSet | None:
        """The set done last of the exercise that comes next, None where none is yet."""
        if self.position is None:
            return None
        done = (one for one in reversed(self.standing) if one.fact.block == self._place()[0])
        return next(done, None)

    @property
    def lacks_load_done(self) -> bool:
        """Whether nobody named the load of the set done last, though it was asked for."""
        if not self.standing:
            return False
        last = self.standing[-1]
        return self.plan.blocks[last.fact.block].asks_load and last.result.load is None

    @property
    def is_hold(self) -> bool:
        """Whether the set that comes next is a hold."""
        return isinstance(self.prescription.target, HoldTarget)

    @property
    def side(self) -> Side | None:
        """The side that works next; None where both work together, or all is done."""
        if self.position is None or not self.block.each_side:
            return None
        begun = self.first_side is not None and self.first_side.place == self.position
        return Side.RIGHT if begun else Side.LEFT

    def places_left(self, block: int) -> frozenset[Place]:
        """Return the sets of a block that are still to be done."""
        every = {(block, number) for number in range(len(self.plan.blocks[block].sets))}
        return frozenset(every - self.done - self.skipped)

    def sets_left(self, block: int) -> int:
        """Return how many sets of a block are still to be done."""
        return len(self.places_left(block))

    def _place(self) -> Place:
        position = self.position
        if position is None:
            msg = "no set is left to do"
            raise LookupError(msg)
        return position

    def performed(self) -> tuple[PerformedSet, ...]:
        """Return the standing sets as performances, in the order they were done."""
        return tuple(
            PerformedSet(
                id=logged.fact.set_id,
                at=self.started_at + timedelta(milliseconds=logged.fact.at_ms),
                session=self.session_id,
                routine=self.plan.routine,
                workout=self.plan.workout,
                exercise=logged.fact.exercise,
                variation=logged.fact.variation,
                number=logged.fact.number,
                kind=logged.fact.kind,
                reps=logged.result.reps,
                hold_s=logged.result.hold_s,
                load=logged.result.load,
                rpe=logged.result.rpe,
                low=logged.fact.low,
                high=logged.fact.high,
                effort=logged.result.effort,
                pain=logged.result.pain,
                note=logged.result.note,
                source=logged.fact.source,
            )
            for logged in self.standing
        )
