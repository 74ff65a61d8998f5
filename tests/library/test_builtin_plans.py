"""The built-in routines, planned and trained week after week by someone who does as told."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from voicecoach.library.exercises import Library
from voicecoach.library.routines import Routines
from voicecoach.training.next_time import next_time
from voicecoach.training.performance import CompletedWorkout, PerformedSet
from voicecoach.training.planning import Log, Named, plan
from voicecoach.training.prescription import (
    BlockPrescription,
    HoldTarget,
    SetKind,
    WorkoutPrescription,
)
from voicecoach.units import Load, Unit

LIBRARY = Library()
ROUTINES = Routines(LIBRARY)
START = datetime(2026, 1, 5, 18, 0, tzinfo=UTC)
FIRST_LOAD = Load.kg(40)


class Lifter:
    """Trains as planned: every set reaches the top, and a load is named when asked for."""

    def __init__(self, routine: str) -> None:
        self.routine = ROUTINES.load(routine)
        self.log = Log()

    def plan(self, **named: Any) -> WorkoutPrescription:
        return plan(self.routine, None, LIBRARY.exercise, self.log, named=Named(**named))

    def train(self, **named: Any):
        """Train the next workout; return its plan and what is advised after it."""
        day = len(self.log.completed)
        workout = self.plan(**named)
        performed = tuple(
            self._set(day, workout, block, number)
            for block in workout.blocks
            for number in range(len(block.sets))
        )
        done = CompletedWorkout(
            session=f"day-{day}",
            at=START + timedelta(days=2 * day),
            routine=workout.routine,
            workout=workout.workout,
        )
        self.log = Log(sets=(*self.log.sets, *performed), completed=(*self.log.completed, done))
        return workout, next_time(workout, performed)

    @staticmethod
    def _set(
        day: int, workout: WorkoutPrescription, block: BlockPrescription, number: int
    ) -> PerformedSet:
        target = block.sets[number].target
        holds = isinstance(target, HoldTarget)
        load = FIRST_LOAD if block.asks_load else block.sets[number].load
        return PerformedSet(
            id=f"{day}-{block.exercise.id}-{number}",
            at=START + timedelta(days=2 * day, minutes=number),
            session=f"day-{day}",
            routine=workout.routine,
            workout=workout.workout,
            exercise=block.exercise.id,
            variation=block.variation.id if block.variation else None,
            number=number + 1,
            kind=block.sets[number].kind,
            reps=None if holds else target.high,
            hold_s=target.seconds if holds else None,
            low=target.seconds if holds else target.low,
            high=target.seconds if holds else target.high,
            load=load,
        )


def forms_of(workout):
    """Return each exercise of a plan with its variation."""
    return [(b.exercise.id, b.variation.id if b.variation else None) for b in workout.blocks]


def test_the_full_back_workout_turns_through_days_and_variations():
    lifter = Lifter("full-back")
    days = [lifter.train()[0] for _ in range(4)]
    assert [day.workout for day in days] == ["A", "B", "A", "B"]
    assert [forms_of(day) for day in days] == [
        [
            ("deadlift", "conventional"),
            ("pull-up", "shoulder-width"),
            ("dumbbell-row", None),
            ("back-extension", None),
        ],
        [
            ("deadlift", "sumo"),
            ("pull-up", "wide"),
            ("seated-cable-row", "wide"),
            ("back-extension", None),
        ],
        [
            ("deadlift", "hex-bar"),
            ("pull-up", "narrow"),
            ("one-arm-dumbbell-row", None),
            ("back-extension", None),
        ],
        [
            ("deadlift", "conventional"),
            ("pull-up", "shoulder-width"),
            ("seated-cable-row", "close"),
            ("back-extension", None),
        ],
    ]


def test_the_first_time_every_lifted_weight_is_asked_for_and_every_cue_is_due():
    workout = Lifter("full-back").plan()
    assert [block.asks_load for block in workout.blocks] == [True, False, True, False]
    assert all(block.all_cues for block in workout.blocks)
    assert workout.warmup_s == 300


def test_a_maximum_named_beforehand_gives_the_first_load():
    workout = Lifter("full-back").plan(one_rep_maxes={"deadlift": Load.kg(120)})
    (deadlift, *_) = workout.blocks
    assert not deadlift.asks_load
    assert deadlift.working.load == Load.kg("102.5")  # 85% is 102


@pytest.mark.parametrize("routine", [file.id for file in ROUTINES.files()])
def test_eight_weeks_of_reaching_the_top_never_take_weight_off(routine):
    lifter = Lifter(routine)
    before = {}
    for _ in range(24):
        workout, advice = lifter.train()
        for block, form in zip(workout.blocks, forms_of(workout), strict=True):
            load = FIRST_LOAD if block.asks_load else block.working.load
            if block.progress.in_waves:  # whose loads rise and fall, but not their measure
                wave = block.standing.wave
                load = wave.training_max if wave else None
            if load is not None and block.progress.rule != "none":
                assert load >= before.get(form, load)
                before[form] = load
        assert len(advice) == sum(block.progress.rule != "none" for block in workout.blocks)


@pytest.mark.parametrize("routine", [file.id for file in ROUTINES.files()])
def test_what_is_advised_after_a_workout_is_what_the_same_form_gets_next(routine):
    lifter = Lifter(routine)
    advised = {}
    for _ in range(24):
        workout = lifter.plan()
        for block, form in zip(workout.blocks, forms_of(workout), strict=True):
            if form in advised and block.progress.rule != "none":
                one = advised[form]
                *_, last = (each for each in block.sets if each.kind is SetKind.WORKING)
                assert last.target == one.target
                assert one.load is None or last.load == one.load
        _, advice = lifter.train()
        advised |= {(one.exercise, one.variation): one for one in advice}


def test_the_ladder_is_climbed_to_the_weighted_pull_up():
    lifter = Lifter("first-chin-up")
    climbed = [forms_of(lifter.train()[0])[0] for _ in range(9)]
    assert climbed == [
        *4 * [("flexed-arm-hang", None)],  # five, ten, fifteen, twenty seconds
        ("negative-chin-up", None),
        ("chin-up", None),
        ("pull-up", None),
        *2 * [("pull-up", "weighted")],
    ]


def test_the_hold_grows_to_thirty_seconds():
    lifter = Lifter("lower-back")
    held = [lifter.train()[0].blocks[1].working.target for _ in range(5)]
    assert held == [HoldTarget(seconds) for seconds in (15, 20, 25, 30, 30)]


def test_the_waves_of_five_three_one_rise_for_three_weeks_and_ease_off_in_the_fourth():
    lifter = Lifter("five-three-one")
    squats = []
    for day in range(20):
        named = {"one_rep_maxes": {"squat": Load.kg(100)}} if day < 4 else {}
        workout, _ = lifter.train(**named)
        if day % 4 == 3:  # press, deadlift, bench, squat
            working = [one for one in workout.blocks[0].sets if one.kind is SetKind.WORKING]
            squats.append([str(one.load.to(Unit.KG)) for one in working])
    assert squats == [
        ["57.5", "67.5", "77.5"],  # 65, 75 and 85 % of a training maximum of 90 kg
        ["62.5", "72.5", "80"],
        ["67.5", "77.5", "85"],
        ["35", "45", "55"],
        ["62.5", "70", "80"],  # of 95: five kilograms for the lower body
    ]


def test_a_workout_left_out_changes_nothing_of_the_turn():
    lifter = Lifter("full-back")
    lifter.train()
    before = forms_of(lifter.plan())
    lifter.log = replace(
        lifter.log, sets=(*lifter.log.sets, replace(lifter.log.sets[0], session="broken off"))
    )
    assert forms_of(lifter.plan()) == before
