"""The sets that come before the first working set."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.training.exercise import Implement
from voicecoach.training.loading import Equipment, Plates, loadable
from voicecoach.training.plates import put_on, stacks_for
from voicecoach.training.warmup import ramp
from voicecoach.units import Load, Unit

KG = Equipment.usual(Unit.KG)
LB = Equipment.usual(Unit.LB)


@pytest.mark.parametrize(
    ("working", "implement", "sets"),
    [
        ("25kg", Implement.BARBELL, ""),
        ("30kg", Implement.BARBELL, "20kg x 10"),
        ("60kg", Implement.BARBELL, "20kg x 10, 35kg x 3, 50kg x 2"),
        ("100kg", Implement.BARBELL, "20kg x 10, 40kg x 5, 60kg x 3, 80kg x 2"),
        ("140kg", Implement.BARBELL, "20kg x 10, 60kg x 5, 80kg x 3, 110kg x 2"),
        ("95lb", Implement.BARBELL, "45lb x 10, 75lb x 2"),
        ("225lb", Implement.BARBELL, "45lb x 10, 95lb x 5, 135lb x 3, 185lb x 2"),
        ("12kg", Implement.DUMBBELL, ""),
        ("30kg", Implement.DUMBBELL, "14kg x 8, 22kg x 4"),
        ("50lb", Implement.DUMBBELL, "25lb x 8, 35lb x 4"),
        ("80kg", Implement.MACHINE, "40kg x 8, 60kg x 4"),
        ("10kg", Implement.BODYWEIGHT, "0kg x 5"),  # the body alone before a loaded belt
        ("0kg", Implement.BODYWEIGHT, ""),
        ("30kg", Implement.BAND, ""),
    ],
)
def test_warm_up_sets_rise_with_fewer_and_fewer_reps(
    working: str, implement: Implement, sets: str
) -> None:
    unit = Unit(working[-2:])
    made = ramp(Load.of(working[:-2], unit), implement, Equipment.usual(unit))
    assert ", ".join(f"{one.load.written(unit)} x {one.reps}" for one in made) == sets


def test_an_empty_bar_lies_too_low_to_be_lifted_from_the_floor() -> None:
    sets = ramp(Load.kg(100), Implement.BARBELL, KG, from_floor=True)
    assert [one.load for one in sets] == [Load.kg(40), Load.kg(60), Load.kg(80)]


def test_a_step_lies_beside_its_share_where_that_spares_plates() -> None:
    sets = ramp(Load.lb(315), Implement.BARBELL, LB)
    assert [one.load for one in sets] == [Load.lb(pounds) for pounds in (45, 135, 185, 255)]
    stacks = stacks_for([*(one.load for one in sets), Load.lb(315)], Implement.BARBELL, LB)
    assert put_on(stacks) == 5  # 45, 25, 35; and two of 45 for the working sets


def test_a_working_load_from_other_plates_is_still_warmed_up_for() -> None:
    assert [one.load for one in ramp(Load.kg("100.3"), Implement.BARBELL, KG)][1:] == [
        Load.kg(40),
        Load.kg(60),
        Load.kg(80),
    ]


gyms = st.sampled_from(
    [KG, LB, replace(KG, plates=(Plates(Decimal(10), 2),)), replace(KG, collar=Decimal("2.5"))]
)


@given(
    grams=st.integers(0, 400_000), implement=st.sampled_from(Implement), gym=gyms, low=st.booleans()
)
def test_every_warm_up_can_be_loaded_and_rises_towards_the_working_load(
    grams: int, implement: Implement, gym: Equipment, low: bool
) -> None:
    sets = ramp(Load(grams), implement, gym, from_floor=low)
    assert all(one.load in loadable(implement, gym) for one in sets)
    assert all(one.load < other.load and one.reps >= other.reps for one, other in pairwise(sets))
    assert all(one.load < Load(grams) for one in sets)
