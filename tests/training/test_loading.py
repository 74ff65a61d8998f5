"""Which loads can be made."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.training.exercise import Implement
from voicecoach.training.loading import (
    Equipment,
    Plates,
    at_most,
    loadable,
    minus_percent,
    nearest_loadable,
    next_above,
    next_below,
    plus,
)
from voicecoach.units import Load, Unit

KG = Equipment.usual(Unit.KG)
LB = Equipment.usual(Unit.LB)

implements = st.sampled_from(Implement)
equipments = st.sampled_from([KG, LB])
loads = st.integers(0, 600_000).map(Load)


@pytest.mark.parametrize(
    ("implement", "equipment", "wanted", "made"),
    [
        (Implement.BARBELL, KG, "101kg", "100kg"),
        (Implement.BARBELL, KG, "101.25kg", "100kg"),  # of two as near, the lighter
        (Implement.BARBELL, KG, "102kg", "102.5kg"),
        (Implement.BARBELL, KG, "5kg", "20kg"),  # the bar alone
        (Implement.HEX_BAR, KG, "100kg", "100kg"),
        (Implement.BARBELL, LB, "227lb", "225lb"),
        (Implement.DUMBBELL, KG, "11kg", "10kg"),
        (Implement.DUMBBELL, KG, "23.4kg", "24kg"),
        (Implement.DUMBBELL, LB, "33lb", "35lb"),
        (Implement.KETTLEBELL, KG, "21kg", "20kg"),
        (Implement.MACHINE, KG, "63kg", "65kg"),
        (Implement.CABLE, KG, "51kg", "50kg"),
        (Implement.PLATE, KG, "0kg", "0kg"),
        (Implement.PLATE, KG, "8kg", "7.5kg"),
        (Implement.BAND, KG, "30kg", "0kg"),
    ],
)
def test_the_nearest_load_is_made_of_what_is_there(
    implement: Implement, equipment: Equipment, wanted: str, made: str
) -> None:
    number, unit = wanted[:-2], Unit(wanted[-2:])
    assert nearest_loadable(Load.of(number, unit), implement, equipment).written(unit) == made


def test_a_bar_with_one_pair_of_plates_has_two_loads() -> None:
    poor = replace(KG, plates=(Plates(Decimal(10), 1),))
    assert loadable(Implement.BARBELL, poor) == (Load.kg(20), Load.kg(40))


def test_plates_on_a_belt_need_not_come_in_pairs() -> None:
    poor = replace(KG, plates=(Plates(Decimal(10), 1),))
    assert loadable(Implement.PLATE, poor) == (Load.kg(0), Load.kg(10), Load.kg(20))


@pytest.mark.parametrize("implement", Implement)
@pytest.mark.parametrize("equipment", [KG, LB], ids=["kg", "lb"])
def test_loads_ascend_and_none_is_twice_there(implement: Implement, equipment: Equipment) -> None:
    assert all(one < other for one, other in pairwise(loadable(implement, equipment)))


def test_pounds_on_the_bar_stay_whole() -> None:
    assert all(load.to(Unit.LB) % 5 == 0 for load in loadable(Implement.BARBELL, LB))


@given(load=loads, implement=implements, equipment=equipments)
def test_no_other_load_is_nearer_than_the_nearest(
    load: Load, implement: Implement, equipment: Equipment
) -> None:
    made = nearest_loadable(load, implement, equipment)
    off = abs(made.grams - load.grams)
    assert all(abs(other.grams - load.grams) >= off for other in loadable(implement, equipment))


@given(load=loads, implement=implements, equipment=equipments)
def test_what_can_be_made_is_its_own_nearest(
    load: Load, implement: Implement, equipment: Equipment
) -> None:
    made = nearest_loadable(load, implement, equipment)
    assert nearest_loadable(made, implement, equipment) == made
    assert at_most(made, implement, equipment) == made


@given(load=loads, implement=implements, equipment=equipments)
def test_the_neighbours_of_a_load_lie_on_both_sides_of_it(
    load: Load, implement: Implement, equipment: Equipment
) -> None:
    every = loadable(implement, equipment)
    above, below = next_above(load, implement, equipment), next_below(load, implement, equipment)
    assert above > load or above == every[-1]
    assert below < load or below == every[0]
    assert not any(load < other < above for other in every)
    assert not any(below < other < load for other in every)


@given(load=loads, implement=implements, equipment=equipments)
def test_the_load_not_above_another_is_the_heaviest_such(
    load: Load, implement: Implement, equipment: Equipment
) -> None:
    every = loadable(implement, equipment)
    made = at_most(load, implement, equipment)
    assert made == max((one for one in every if one <= load), default=every[0])


@given(pounds=st.integers(0, 1000), step=st.integers(1, 50))
def test_a_sum_of_pounds_is_a_whole_number_of_pounds(pounds: int, step: int) -> None:
    assert plus(Load.lb(pounds), Load.lb(step), Unit.LB).to(Unit.LB) == pounds + step


def test_a_tenth_less_is_reckoned_in_the_lifters_unit() -> None:
    assert minus_percent(Load.lb(225), 10, Unit.LB) == Load.lb("202.5")
