"""Sets that are not straight sets, from the routine and the log to the plan and the next time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from voicecoach.training.exercise import Exercise, Implement
from voicecoach.training.next_time import next_time
from voicecoach.training.performance import PerformedSet
from voicecoach.training.planning import Log, Named, plan
from voicecoach.training.prescription import (
    Drops,
    ProgressRule,
    RepTarget,
    SetKind,
    Warmup,
    WorkoutPrescription,
)
from voicecoach.training.routine import Block, FixedLoad, Routine, Workout
from voicecoach.units import Load

PRESS = Exercise(id="bench-press", name="bench press", implement=Implement.BARBELL)
BLOCK = Block(
    exercise="bench-press",
    sets=2,
    reps=RepTarget(5, 5),
    load=FixedLoad(Load.kg(80)),
    progress=ProgressRule(rule="linear", step_load=Load.kg(5)),
    warmup=Warmup(),
    drops=Drops(count=1),
    superset="A",
    change_s=10,
    interval_s=90,
    by_side=False,
)

Sets = Callable[..., tuple[PerformedSet, ...]]


def planned(*sets: PerformedSet, **more: object) -> WorkoutPrescription:
    routine = Routine(id="mine", name="Mine", workouts=(Workout(name="A", blocks=(BLOCK,)),))
    return plan(routine, "A", lambda _: PRESS, Log(sets=sets), **more)  # type: ignore[arg-type]


def loads(workout: WorkoutPrescription, kind: SetKind) -> list[Load | None]:
    return [one.load for one in workout.blocks[0].sets if one.kind is kind]


def performed(sets: Sets, *kinds: tuple[SetKind, str]) -> tuple[PerformedSet, ...]:
    """Return a session of five reps each, its sets of those kinds and loads in kilograms."""
    done = sets("bench-press", [5] * len(kinds), [kg for _, kg in kinds], routine="mine")
    return tuple(
        replace(one, kind=kind, low=5, high=5) for one, (kind, _) in zip(done, kinds, strict=True)
    )


def test_the_plan_keeps_how_the_sets_are_led() -> None:
    (block,) = planned().blocks
    assert (block.superset, block.change_s, block.interval_s) == ("A", 10, 90)
    assert block.each_side is False


def test_warm_ups_rise_to_the_load_of_the_day_and_drops_fall_from_it(sets: Sets) -> None:
    done = performed(sets, (SetKind.WORKING, "100"), (SetKind.WORKING, "100"))
    workout = planned(*done)
    assert loads(workout, SetKind.WORKING) == [Load.kg(105)] * 2
    assert all(
        load and Load.kg(20) <= load < Load.kg(105) for load in loads(workout, SetKind.WARMUP)
    )
    assert loads(workout, SetKind.DROP) == [Load.kg("82.5")]


def test_nothing_but_working_sets_speaks_for_the_next_load(sets: Sets) -> None:
    working = [(SetKind.WORKING, "80")] * 2
    bare = planned(*performed(sets, *working))
    done = performed(sets, (SetKind.WARMUP, "120"), *working, (SetKind.DROP, "130"))
    assert planned(*done) == bare
    assert loads(bare, SetKind.WORKING) == [Load.kg(85)] * 2


def test_warm_ups_alone_were_no_session(sets: Sets) -> None:
    done = performed(sets, (SetKind.WARMUP, "20"), (SetKind.WARMUP, "40"))
    assert loads(planned(*done), SetKind.WORKING) == [Load.kg(80)] * 2


def test_the_advice_judges_the_working_sets_of_the_session(sets: Sets) -> None:
    workout = planned()
    kinds = [(SetKind.WARMUP, "20"), (SetKind.WORKING, "80"), (SetKind.WORKING, "80")]
    (advice,) = next_time(workout, performed(sets, *kinds, (SetKind.DROP, "62.5")))
    assert advice.load == Load.kg(85)
    (advice,) = next_time(workout, performed(sets, *kinds[:2]))
    assert advice.load == Load.kg(80)  # a set was missing; a warm-up does not stand in for it


def test_a_load_named_beforehand_has_its_own_ramp() -> None:
    workout = planned(named=Named(loads={"bench-press": Load.kg(20)}))
    assert loads(workout, SetKind.WARMUP) == []
    assert loads(workout, SetKind.DROP) == []
