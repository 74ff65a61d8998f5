"""How long a workout takes, and which muscles a routine works or leaves out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from voicecoach.training.exercise import Exercise, ExerciseKind
from voicecoach.training.muscle import Muscle
from voicecoach.training.outline import estimated_seconds, muscle_work
from voicecoach.training.prescription import Drops, HoldRange, RepTarget, Tempo, Warmup
from voicecoach.training.routine import Block, Routine, Workout

MUSCLES = {
    name: Muscle(id=name, name=name, region=region, main=main, where="", does="")
    for name, region, main in (
        ("lats", "back", True),
        ("traps", "back", True),
        ("teres", "back", False),
        ("quads", "legs", True),
        ("calves", "legs", True),
        ("biceps", "arms", True),
    )
}
EXERCISES = {
    one.id: one
    for one in (
        Exercise(id="row", name="row", primary=("lats",), secondary=("biceps",)),
        Exercise(id="shrug", name="shrug", primary=("traps",)),
        Exercise(id="squat", name="squat", primary=("quads",)),
        Exercise(id="lunge", name="lunge", kind=ExerciseKind.EACH_SIDE, primary=("quads",)),
        Exercise(id="hang", name="hang", kind=ExerciseKind.HOLD, primary=("lats",)),
    )
}
TEN = RepTarget(8, 12)


@pytest.mark.parametrize(
    ("block", "seconds"),
    [
        (Block(exercise="row", sets=1, reps=TEN), 20 + 35),
        (Block(exercise="lunge", sets=1, reps=TEN), 20 + 35 + 7 + 35),  # each side
        (Block(exercise="lunge", sets=1, reps=TEN, by_side=False), 20 + 35),
        (Block(exercise="hang", sets=1, hold=HoldRange(20, 40), by_side=True), 20 + 30 + 7 + 30),
        (Block(exercise="row", sets=5, reps=TEN, interval_s=60), 5 * 60),
        (Block(exercise="row", sets=50, reps=TEN, amrap_s=480), 480),
        (Block(exercise="row", sets=1, reps=TEN, warmup=Warmup()), 55 + 3 * 95),
        (Block(exercise="row", sets=1, reps=TEN, drops=Drops(count=2)), 55 + 2 * 45),
        (Block(exercise="row", sets=1, reps=TEN, tempo=Tempo.parse("3-0-2-0")), 20 + 50),
        (Block(exercise="hang", sets=1, hold=HoldRange(20, 40)), 20 + 30),
        (Block(exercise="row", sets=3, reps=TEN, rest_s=60), 3 * 55 + 2 * 60),
    ],
)
def test_a_workout_takes_its_sets_and_the_rests_between(block: Block, seconds: int) -> None:
    workout = Workout(name="A", blocks=(block,))
    assert estimated_seconds(workout, EXERCISES.__getitem__) == seconds
    warm = replace(workout, warmup_s=300)
    assert estimated_seconds(warm, EXERCISES.__getitem__) == seconds + 300


def routine(*blocks: Block) -> Routine:
    return Routine(id="test", name="Test", workouts=(Workout(name="A", blocks=blocks),))


def work(*exercises: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    found = muscle_work(
        routine(*(Block(exercise=one, reps=TEN) for one in exercises)),
        EXERCISES.__getitem__,
        MUSCLES,
    )
    return found.primary, found.secondary, found.left_out


def test_in_a_superset_only_the_rounds_are_rested_after() -> None:
    row = Block(exercise="row", sets=3, reps=TEN, superset="A", change_s=10)
    squat = Block(exercise="squat", sets=2, reps=TEN, superset="A", rest_s=60)
    workout = Workout(name="A", blocks=(row, squat))
    assert estimated_seconds(workout, EXERCISES.__getitem__) == 5 * 55 + 3 * 10 + 2 * 60


def test_a_main_muscle_of_a_trained_region_that_nothing_reaches_is_left_out() -> None:
    assert work("row") == (("lats",), ("biceps",), ("traps",))
    assert work("row", "shrug") == (("lats", "traps"), ("biceps",), ())
    assert work("row", "squat") == (("lats", "quads"), ("biceps",), ("traps", "calves"))


def test_what_takes_turns_and_what_comes_later_is_worked_too() -> None:
    turns = Block(exercise="row", reps=TEN, vary=("row", "shrug"))
    ladder = Block(exercise="row", reps=TEN, then=(Block(exercise="shrug", reps=TEN),))
    for block in (turns, ladder):
        assert muscle_work(routine(block), EXERCISES.__getitem__, MUSCLES).left_out == ()
