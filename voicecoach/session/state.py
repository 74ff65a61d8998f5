"""Where a session stands: what was planned, what was logged, and the phase it is in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from voicecoach.language.intents import Intent
from voicecoach.language.prompts import Prompt
from voicecoach.session.facts import SetLogged, SetResult
from voicecoach.training.performance import PerformedSet
from voicecoach.training.prescription import (
    BlockPrescription,
    HoldTarget,
    SetPrescription,
    WorkoutPrescription,
)
from voicecoach.training.records import Bests
from voicecoach.units import Load, Unit


@dataclass(frozen=True, slots=True)
class Wait:
    """Waiting for an answer.

    `since_ms` is None while the question is still being said; `reminders` is
    how often the athlete has been reminded of it.
    """

    since_ms: int | None = None
    reminders: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """Numbers on a beat: number n sounds at `origin_ms` + n × `step_ms`, up to `last`."""

    origin_ms: int
    step_ms: int
    last: int

    def at(self, number: int) -> int:
        """Return the instant of `number`."""
        return self.origin_ms + number * self.step_ms


@dataclass(frozen=True, slots=True)
class NotOpened:
    """Before anything was said."""


@dataclass(frozen=True, slots=True)
class AskingInjury:
    """First use: earlier back injuries are asked about."""

    wait: Wait = Wait()


@dataclass(frozen=True, slots=True)
class WarmingUp:
    """The general warm-up, until a set instant."""

    until_ms: int


@dataclass(frozen=True, slots=True)
class AskingLoad:
    """The load of the coming block is asked for."""

    wait: Wait = Wait()


@dataclass(frozen=True, slots=True)
class AwaitingReady:
    """The set is announced; the athlete begins it, or tells it where it was taken back."""

    wait: Wait = Wait()
    retold: bool = False


@dataclass(frozen=True, slots=True)
class CountingDown:
    """Three, two, one; the work starts at `start_ms` with `counted` repetitions behind it."""

    start_ms: int
    counted: int = 0


@dataclass(frozen=True, slots=True)
class Working:
    """The set is being done.

    `counted` is the repetitions or seconds counted so far; `grid` is None
    where the athlete leads; `touched_ms` is when the athlete was last heard.
    """

    started_ms: int
    counted: int = 0
    grid: Grid | None = None
    touched_ms: int = 0
    reminders: int = 0


@dataclass(frozen=True, slots=True)
class AskingReps:
    """The set is over; how much it was is asked."""

    wait: Wait = Wait()
    pain: bool = False


@dataclass(frozen=True, slots=True)
class AskingRpe:
    """How hard the set was is asked; the rest runs already."""

    rest_until_ms: int
    wait: Wait = Wait()


@dataclass(frozen=True, slots=True)
class Resting:
    """Rest until an instant; `called` once its end was announced."""

    until_ms: int
    called: bool = False
    wait: Wait = Wait()


@dataclass(frozen=True, slots=True)
class OfferingSkip:
    """After pain: shall the exercise be left out?"""

    wait: Wait = Wait()


@dataclass(frozen=True, slots=True)
class Choosing:
    """Two readings were plausible; which one is asked, within the phase it belongs to."""

    readings: tuple[Intent, Intent]
    within: Phase
    wait: Wait = Wait()


@dataclass(frozen=True, slots=True)
class ConfirmingFinish:
    """Finishing early is confirmed first."""

    within: Phase
    wait: Wait = Wait()


@dataclass(frozen=True, slots=True)
class Paused:
    """All is held since an instant."""

    since_ms: int
    within: Phase


@dataclass(frozen=True, slots=True)
class Ended:
    """Nothing more happens."""


Phase = (
    NotOpened
    | AskingInjury
    | WarmingUp
    | AskingLoad
    | AwaitingReady
    | CountingDown
    | Working
    | AskingReps
    | AskingRpe
    | Resting
    | OfferingSkip
    | Choosing
    | ConfirmingFinish
    | Paused
    | Ended
)

WAITING = (
    AskingInjury
    | AskingLoad
    | AwaitingReady
    | AskingReps
    | AskingRpe
    | Resting
    | OfferingSkip
    | Choosing
    | ConfirmingFinish
)
"""The phases that hold a Wait."""


@dataclass(frozen=True, slots=True)
class LoggedSet:
    """A set in the log, as it stands after mending."""

    fact: SetLogged
    result: SetResult
    voided: bool = False


@dataclass(frozen=True, slots=True)
class Skip:
    """Sets passed over at once; `after_sets` sets had been logged by then."""

    places: frozenset[tuple[int, int]]  # (block, set), both from 0
    after_sets: int


@dataclass(frozen=True, slots=True)
class FormBests:
    """The best sets of an exercise in one of its forms; the ordinary one by its name, if it has."""

    exercise: str
    variation: str | None
    bests: Bests


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A session at one instant. Where it is in the plan follows from what is logged and skipped."""

    session_id: str
    started_at: datetime  # aware
    plan: WorkoutPrescription
    phase: Phase = NotOpened()
    sets: tuple[LoggedSet, ...] = ()
    skips: tuple[Skip, ...] = ()
    loads: tuple[tuple[int, Load], ...] = ()  # block → the load the athlete named
    open_loads: frozenset[int] = frozenset()  # blocks whose load nobody would name
    utterances: int = 0  # how many the coach has begun to say
    speaking: bool = False
    last_said: tuple[Prompt, ...] = ()
    tempo_percent: int = 100
    ask_injury: bool = False
    hurt_advised: bool = False
    resumed: bool = False
    bests: tuple[FormBests, ...] = ()  # before this session, of what it can come to

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
    def skipped(self) -> frozenset[tuple[int, int]]:
        """The places, block and set from 0, that are passed over."""
        return frozenset().union(*(skip.places for skip in self.skips))

    @property
    def position(self) -> tuple[int, int] | None:
        """Block and set that come next, both from 0; None when all is done."""
        done = {(logged.fact.block, logged.fact.number - 1) for logged in self.standing}
        for block, prescription in enumerate(self.plan.blocks):
            for number in range(len(prescription.sets)):
                if (block, number) not in done and (block, number) not in self.skipped:
                    return block, number
        return None

    @property
    def block(self) -> BlockPrescription:
        """The block that comes next. Raises LookupError when all is done."""
        return self.plan.blocks[self._place()[0]]

    @property
    def prescription(self) -> SetPrescription:
        """The set that comes next, at the load the athlete named. LookupError when all is done."""
        block, number = self._place()
        prescribed = self.plan.blocks[block].sets[number]
        load = dict(self.loads).get(block, prescribed.load)
        return replace(prescribed, load=load)

    @property
    def is_hold(self) -> bool:
        """Whether the set that comes next is a hold."""
        return isinstance(self.prescription.target, HoldTarget)

    def sets_left(self, block: int) -> int:
        """Return how many sets of a block are still to be done."""
        done = {logged.fact.number - 1 for logged in self.standing if logged.fact.block == block}
        return sum(
            number not in done and (block, number) not in self.skipped
            for number in range(len(self.plan.blocks[block].sets))
        )

    def _place(self) -> tuple[int, int]:
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
