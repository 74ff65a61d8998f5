"""The sets of a block at a working load: what stands below it can be made, and is in order."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.training.exercise import Exercise, Implement, Phase
from voicecoach.training.loading import Equipment, loadable
from voicecoach.training.prescription import (
    BlockPrescription,
    Drops,
    RepTarget,
    SetKind,
    SetPrescription,
    Warmup,
    WarmupStep,
)
from voicecoach.training.sets import at_load, laid_out
from voicecoach.units import Load, Unit

GYM = Equipment.usual(Unit.KG)


def block(load: Load | None, implement: Implement = Implement.BARBELL, **more) -> BlockPrescription:
    exercise = Exercise(id="press", name="press", implement=implement)
    sets = (SetPrescription(target=RepTarget(5, 5), load=load),) * 3
    return BlockPrescription(exercise=exercise, sets=sets, **more)


def kilos(prescription: BlockPrescription, kind: SetKind) -> list[float]:
    return [one.load.grams / 1000 for one in prescription.sets if one.kind is kind and one.load]


def test_a_plain_block_stays_as_it_is() -> None:
    assert laid_out(block(Load.kg(80)), GYM) == block(Load.kg(80))


def test_steps_are_taken_as_written_as_far_as_they_rise_and_can_be_made() -> None:
    steps = (
        WarmupStep(reps=10, load=Load.kg(20)),
        WarmupStep(reps=5, percent=Decimal(41)),
        WarmupStep(reps=3, percent=Decimal(20)),
        WarmupStep(reps=2, percent=Decimal(80)),
        WarmupStep(reps=1, load=Load.kg(120)),
    )
    made = laid_out(block(Load.kg(100), warmup=Warmup(steps)), GYM)
    warmups = [one for one in made.sets if one.kind is SetKind.WARMUP]
    assert [(one.load, one.target) for one in warmups] == [
        (Load.kg(20), RepTarget(10, 10)),
        (Load.kg(40), RepTarget(5, 5)),
        (Load.kg(80), RepTarget(2, 2)),
    ]


def test_what_lies_on_the_floor_is_not_warmed_up_with_the_bar_alone() -> None:
    pulled = Exercise(
        id="deadlift",
        name="deadlift",
        implement=Implement.BARBELL,
        first_phase=Phase.CONCENTRIC,
        lower_body=True,
    )
    from_floor = BlockPrescription(
        exercise=pulled,
        sets=(SetPrescription(target=RepTarget(5, 5), load=Load.kg(100)),),
        warmup=Warmup(),
    )
    assert min(kilos(laid_out(from_floor, GYM), SetKind.WARMUP)) > 20


def test_drops_come_after_the_last_set_or_after_each() -> None:
    last = laid_out(block(Load.kg(100), drops=Drops(count=1)), GYM)
    each = laid_out(block(Load.kg(100), drops=Drops(count=1, after_each=True)), GYM)
    assert [one.kind.value for one in last.sets] == ["working", "working", "working", "drop"]
    assert [one.kind.value for one in each.sets] == ["working", "drop"] * 3


def test_each_drop_is_lighter_than_the_one_before_by_its_percentage() -> None:
    made = laid_out(block(Load.kg(100), drops=Drops(count=3, percent=Decimal(25))), GYM)
    assert kilos(made, SetKind.DROP) == [75, 55, 40]


@pytest.mark.parametrize("load", [None, Load(0)])
def test_without_a_load_nobody_warms_up(load: Load | None) -> None:
    made = laid_out(block(load, warmup=Warmup()), GYM)
    assert made.count_of(SetKind.WARMUP) == 0


def test_an_open_load_leaves_the_drops_open() -> None:
    made = laid_out(block(None, drops=Drops(count=2)), GYM)
    assert [one.load for one in made.sets if one.kind is SetKind.DROP] == [None, None]


loads = st.integers(0, 250_000).map(Load)
implements = st.sampled_from(Implement)
percents = st.integers(1, 99).map(Decimal)
warmups = st.none() | st.builds(
    Warmup,
    st.lists(
        st.builds(
            lambda reps, percent: WarmupStep(reps=reps, percent=percent),
            st.integers(1, 12),
            percents,
        ),
        max_size=5,
    ).map(tuple),
)
drops = st.none() | st.builds(
    lambda count, percent, each: Drops(count=count, percent=percent, after_each=each),
    st.integers(1, 4),
    percents,
    st.booleans(),
)  # fmt: skip


@given(loads, implements, warmups, drops)
def test_every_load_can_be_made_rises_to_the_working_sets_and_falls_after(
    load: Load, implement: Implement, warmup: Warmup | None, drops: Drops | None
) -> None:
    made = laid_out(block(load, implement, warmup=warmup, drops=drops), GYM)
    can_be_made = loadable(implement, GYM)
    assert made.count_of(SetKind.WORKING) == 3
    for one in made.sets:
        assert one.kind is SetKind.WORKING or one.load in can_be_made
    for before, after in pairwise(made.sets):
        if before.kind is SetKind.WARMUP:
            assert before.load < after.load
        if after.kind is SetKind.DROP:
            assert after.load < before.load


@given(loads, loads, implements, warmups, drops, st.integers(0, 12))
def test_what_is_behind_the_athlete_stays_as_it_was(
    first: Load,
    second: Load,
    implement: Implement,
    warmup: Warmup | None,
    drops: Drops | None,
    begun: int,
) -> None:
    made = laid_out(block(first, implement, warmup=warmup, drops=drops), GYM)
    begun = min(begun, len(made.sets))
    changed = at_load(made, second, GYM, begun=begun)
    assert changed.sets[:begun] == made.sets[:begun]
    assert changed.count_of(SetKind.WORKING) == 3
    working = [one for one in changed.sets[begun:] if one.kind is SetKind.WORKING]
    assert all(one.load == second for one in working)
    assert at_load(changed, second, GYM, begun=begun) == changed
