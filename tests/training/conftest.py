"""Sets as they stand in a log, made by hand, and an athlete who trains as planned."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from voicecoach.training.advice import Reason
from voicecoach.training.exercise import Exercise, ExerciseKind, Implement
from voicecoach.training.next_time import next_time
from voicecoach.training.performance import CompletedWorkout, PerformedSet
from voicecoach.training.planning import Log, Named, plan
from voicecoach.training.prescription import BlockPrescription, HoldTarget, WorkoutPrescription
from voicecoach.training.routine import Block, Routine, Workout
from voicecoach.units import Load, Rpe, Unit

FIRST_DAY = datetime(2026, 1, 5, 18, 0, tzinfo=UTC)

Sets = Callable[..., tuple[PerformedSet, ...]]


@pytest.fixture
def day() -> Callable[[int], datetime]:
    """Return the evening so many days after the first."""
    return lambda days: FIRST_DAY + timedelta(days=days)


@pytest.fixture
def sets(day: Callable[[int], datetime]) -> Sets:
    """Return one session's sets of an exercise: `sets("deadlift", [6, 6, 5], "100", day=3)`.

    Loads are in kilograms, one for all or one for each; other fields as they are named.
    """

    def make(
        exercise: str,
        reps: list[int],
        kg: str | list[str] | None = None,
        *,
        on: int = 0,
        hold: bool = False,
        **fields: Any,
    ) -> tuple[PerformedSet, ...]:
        loads = kg if isinstance(kg, list) else [kg] * len(reps)
        given = {
            "session": f"day-{on}",
            "routine": "full-back",
            "workout": "A",
            "variation": None,
        } | fields
        return tuple(
            PerformedSet(
                id=f"{exercise}-{on}-{number}",
                at=day(on) + timedelta(minutes=number),
                exercise=exercise,
                number=number,
                reps=None if hold else amount,
                hold_s=amount if hold else None,
                load=None if load is None else Load.kg(load),
                **given,
            )
            for number, (amount, load) in enumerate(zip(reps, loads, strict=True), 1)
        )

    return make


EXERCISES = {
    one.id: one
    for one in (
        Exercise(id="squat", name="squat", implement=Implement.BARBELL, lower_body=True),
        Exercise(id="press", name="press", implement=Implement.BARBELL),
        Exercise(id="chin-up", name="chin-up"),
        Exercise(id="plank", name="plank", kind=ExerciseKind.HOLD),
        Exercise(id="hang", name="flexed-arm hang", kind=ExerciseKind.HOLD),
        Exercise(id="negative", name="negative chin-up"),
    )
}

Effort = tuple[int, Rpe | None]
Script = Callable[[int, BlockPrescription, int], Effort]
"""Gives the reps or seconds of a set, and its RPE, by day, block and set, each from 0."""


@dataclass(kw_only=True)
class Athlete:
    """Trains one block every few days, as the plan says and as the script can."""

    block: Block
    every_days: int = 2
    unit: Unit = Unit.KG
    log: Log = field(default_factory=Log)
    days: int = 0

    def routine(self) -> Routine:
        workout = Workout(name="A", blocks=(self.block,))
        return Routine(id="mine", name="Mine", unit=self.unit, workouts=(workout,))

    @staticmethod
    def lookup(exercise: str) -> Exercise:
        return EXERCISES[exercise]

    def planned(self, **named: Load) -> WorkoutPrescription:
        now = FIRST_DAY + timedelta(days=self.days * self.every_days)
        past = Log.until(now, self.log.sets, self.log.completed)
        return plan(self.routine(), None, self.lookup, past, named=Named(one_rep_maxes=named))

    def train(
        self, script: Script, first: Load | None = None, **named: Load
    ) -> tuple[BlockPrescription, Reason | None]:
        """Train one day; return the block as it was planned, and the reason given after it."""
        workout = self.planned(**named)
        (block,) = workout.blocks
        performed = tuple(
            self._set(script, block, number, first) for number in range(len(block.sets))
        )
        at = performed[-1].at
        done = CompletedWorkout(session=f"day-{self.days}", at=at, routine="mine", workout="A")
        self.log = Log(sets=(*self.log.sets, *performed), completed=(*self.log.completed, done))
        self.days += 1
        advice = next_time(workout, performed)
        return block, advice[0].reason if advice else None

    def _set(
        self, script: Script, block: BlockPrescription, number: int, first: Load | None
    ) -> PerformedSet:
        amount, rpe = script(self.days, block, number)
        target = block.sets[number].target
        holds = isinstance(target, HoldTarget)
        load = first if block.asks_load else block.sets[number].load
        at = FIRST_DAY + timedelta(days=self.days * self.every_days, minutes=3 * number + 3)
        return PerformedSet(
            id=f"{self.days}-{number}",
            at=at,
            session=f"day-{self.days}",
            routine="mine",
            workout="A",
            exercise=block.exercise.id,
            variation=None,
            number=number + 1,
            reps=None if holds else amount,
            hold_s=amount if holds else None,
            load=load,
            rpe=rpe,
            low=target.seconds if isinstance(target, HoldTarget) else target.low,
            high=target.seconds if isinstance(target, HoldTarget) else target.high,
        )


@pytest.fixture(scope="session")
def athletes() -> Callable[..., Athlete]:
    """Return what makes athletes: `athletes(block=…, every_days=7)`."""
    return Athlete
