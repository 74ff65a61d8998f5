"""What holds of every rule, whatever an athlete does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.training.loading import Equipment, loadable
from voicecoach.training.next_time import next_time
from voicecoach.training.performance import PerformedSet
from voicecoach.training.planning import Log, plan
from voicecoach.training.prescription import (
    BlockPrescription,
    HoldRange,
    HoldTarget,
    ProgressRule,
    RepTarget,
    SetKind,
)
from voicecoach.training.progression.rules import RULES
from voicecoach.training.routine import Block, BodyweightLoad, PercentLoad, RpeLoad
from voicecoach.units import Load, Rpe, Unit

Athletes = Callable[..., Any]
KG = Equipment.usual(Unit.KG)
AIMED = Rpe(Decimal(8))


def block_of(rule: str) -> Block:
    """Return a block that the rule can judge."""
    reps, hold = RepTarget(4, 6), None
    load: Any = None
    exercise = "press"
    match rule:
        case "percent":
            load, reps = PercentLoad(Decimal(85)), RepTarget(3, 3)
        case "rpe":
            load = RpeLoad(AIMED)
        case "531":
            reps = RepTarget(5, 5)
        case "linear":
            reps = RepTarget(5, 5)
        case "bodyweight":
            exercise, load = "chin-up", BodyweightLoad()
        case "hold":
            exercise, hold = "plank", HoldRange(15, 30)
    return Block(
        exercise=exercise,
        sets=3,
        reps=None if hold else reps,
        hold=hold,
        load=load,
        progress=ProgressRule(rule=rule),
    )


rules = st.sampled_from([rule for rule in RULES if rule not in ("none", "ladder")])

# How a session went: reps or seconds against the target, the feel of it, days since the last one.
sessions = st.lists(
    st.tuples(
        st.lists(st.integers(-3, 3), min_size=3, max_size=3),
        st.sampled_from([None, None, "easy", "hard"]),
        st.sampled_from([2, 3, 7, 7, 15, 40]),
    ),
    min_size=1,
    max_size=8,
)


def train(athletes: Athletes, rule: str, history: Any) -> tuple[Any, list[Any], list[Any]]:
    """Return an athlete after sessions like `history`, each as planned and what was advised."""
    athlete = athletes(block=block_of(rule), every_days=1)
    planned, advised = [], []
    for off, effort, gap in history:
        athlete.days += gap - (1 if planned else 0)

        def went(_day: int, block: BlockPrescription, number: int, off: Any = off) -> Any:
            target = block.sets[number].target
            aim = target.seconds if isinstance(target, HoldTarget) else target.high
            return max(0, aim + off[number]), AIMED

        workout = athlete.planned()
        block, _ = athlete.train(went, first=Load.kg(60))
        new = athlete.log.sets[-3:]
        felt = (*new[:2], replace(new[2], effort=effort))
        athlete.log = replace(athlete.log, sets=(*athlete.log.sets[:-3], *felt))
        planned.append(block)
        advised.append(next_time(workout, felt))
    return athlete, planned, advised


def loads(block: BlockPrescription) -> list[Load | None]:
    return [one.load for one in block.sets]


@given(rule=rules, history=sessions)
@settings(max_examples=60)
def test_every_load_of_a_plan_can_be_made(athletes: Athletes, rule: str, history: Any) -> None:
    _, planned, _ = train(athletes, rule, history)
    for block in planned:
        implement = block.exercise.implement
        assert all(load is None or load in loadable(implement, KG) for load in loads(block))


@given(
    rule=rules, history=sessions, extra=st.integers(0, 2), effort=st.sampled_from([None, "hard"])
)
@settings(max_examples=60)
def test_success_never_lowers_a_load(
    athletes: Athletes, rule: str, history: Any, extra: int, effort: str | None
) -> None:
    success = ([extra] * 3, effort, 2)
    _, planned, _ = train(athletes, rule, [*history, success, success])
    *_, before, after = planned
    if rule == "531":  # in a wave it is the training maximum that never falls; loads do, by design
        before_max, after_max = before.standing.wave, after.standing.wave
        if before_max and after_max:
            assert after_max.training_max >= before_max.training_max
        return
    assert all(
        one is None or (other is not None and other >= one)
        for one, other in zip(loads(before), loads(after), strict=True)
    )
    if isinstance(before.sets[0].target, HoldTarget):
        assert after.sets[0].target.seconds >= before.sets[0].target.seconds


@given(rule=rules, history=sessions)
@settings(max_examples=60)
def test_what_is_said_after_a_session_is_what_is_planned_next(
    athletes: Athletes, rule: str, history: Any
) -> None:
    athlete, _, advised = train(athletes, rule, history)
    if not advised[-1]:
        return
    (advice,) = advised[-1]
    athlete.days += 1
    (block,) = athlete.planned().blocks
    assert (block.sets[-1].load, block.sets[-1].target) == (advice.load, advice.target)


@given(rule=rules, history=sessions, data=st.data())
@settings(max_examples=25)
def test_facts_of_one_instant_may_come_in_any_order(
    athletes: Athletes, rule: str, history: Any, data: st.DataObject
) -> None:
    athlete, _, _ = train(athletes, rule, history)
    # All sets of a session in one instant, as an import has them.
    batches = tuple(
        replace(one, at=one.at.replace(minute=0), number=(number % 3) + 1)
        for number, one in enumerate(athlete.log.sets)
    )
    shuffled = data.draw(st.permutations(batches))
    now = batches[-1].at + timedelta(days=2)

    def planned(sets: Any) -> Any:
        log = Log.until(now, sets, athlete.log.completed)
        return plan(athlete.routine(), None, athlete.lookup, log)

    assert planned(shuffled) == planned(batches)
    last = [one for one in batches if one.session == batches[-1].session]
    assert next_time(planned(()), data.draw(st.permutations(last))) == next_time(planned(()), last)


@given(rule=rules, history=sessions, extra=st.sampled_from(["warmup", "pain", "open"]))
@settings(max_examples=25)
def test_what_never_counts_changes_nothing(
    athletes: Athletes, rule: str, history: Any, extra: str
) -> None:
    athlete, _, _ = train(athletes, rule, history)
    athlete.days += 1
    before = athlete.planned().blocks[0]
    last = athlete.log.sets[-1]
    changes: dict[str, dict[str, Any]] = {
        "warmup": {"kind": SetKind.WARMUP, "reps": 20, "load": Load.kg(200)},
        "pain": {"pain": True, "reps": 20, "load": Load.kg(200)},
        "open": {"reps": None, "hold_s": None, "load": Load.kg(200)},
    }
    more: PerformedSet = replace(last, id="more", number=4, **changes[extra])
    athlete.log = replace(athlete.log, sets=(*athlete.log.sets, more))
    assert loads(athlete.planned().blocks[0]) == loads(before)
