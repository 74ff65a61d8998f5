"""Which plates go on the bar, and how few of them are handled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.errors import UnitError
from voicecoach.training.exercise import Implement
from voicecoach.training.loading import Equipment, Plates, loadable
from voicecoach.training.plates import Stack, put_on, stack_for, stacks_for
from voicecoach.units import Load, Unit

KG = Equipment.usual(Unit.KG)
LB = Equipment.usual(Unit.LB)


def written(stack: Stack) -> str:
    return " ".join(f"{plate:f}" for plate in stack)


@pytest.mark.parametrize(
    ("load", "side"),
    [
        (Load.kg(20), ""),
        (Load.kg("22.5"), "1.25"),
        (Load.kg(60), "20"),
        (Load.kg(100), "25 15"),
        (Load.kg("102.5"), "25 15 1.25"),
        (Load.kg(180), "25 25 25 5"),
    ],
)
def test_a_load_is_made_of_the_fewest_plates_the_heaviest_inside(load: Load, side: str) -> None:
    assert written(stack_for(load, Implement.BARBELL, KG)) == side


def test_pounds_and_the_hex_bar_have_their_own_plates_and_weight() -> None:
    assert written(stack_for(Load.lb(225), Implement.BARBELL, LB)) == "45 45"
    assert written(stack_for(Load.lb(145), Implement.HEX_BAR, LB)) == "45"


def test_collars_are_part_of_the_load_and_micro_plates_fill_the_gaps() -> None:
    gym = replace(
        KG,
        collar=Decimal("2.5"),
        plates=(*KG.plates, Plates(Decimal("0.5"), 1), Plates(Decimal("0.25"), 1)),
    )
    assert loadable(Implement.BARBELL, gym)[0] == Load.kg(25)
    assert written(stack_for(Load.kg("66.5"), Implement.BARBELL, gym)) == "20 0.5 0.25"


def test_what_cannot_be_made_is_told_with_the_nearest_that_can() -> None:
    with pytest.raises(UnitError, match=r"101kg cannot be made .*; the nearest is 100kg"):
        stack_for(Load.kg(101), Implement.BARBELL, KG)
    with pytest.raises(UnitError, match="a dumbbell takes no plates"):
        stack_for(Load.kg(10), Implement.DUMBBELL, KG)


def test_plates_that_stay_on_are_put_on_once() -> None:
    loads = [Load.kg(weight) for weight in (20, 60, 80)]
    stacks = stacks_for(loads, Implement.BARBELL, KG)
    assert [written(stack) for stack in stacks] == ["", "20", "20 10"]
    assert put_on(stacks) == 2
    assert written(stack_for(Load.kg(80), Implement.BARBELL, KG)) == "25 5"  # with nothing before


def test_ten_kinds_of_plates_are_not_too_many() -> None:
    weights = ("25", "20", "15", "10", "5", "2.5", "1.25", "1", "0.5", "0.25")
    rich = replace(KG, plates=tuple(Plates(Decimal(weight), 3) for weight in weights))
    loads = [Load.kg(weight) for weight in ("20", "81", "122", "162.5", "203.5")]
    assert put_on(stacks_for(loads, Implement.BARBELL, rich)) <= 9


def stacks_that_make(side: Decimal, plates: tuple[Plates, ...]) -> Iterator[Stack]:
    """Yield every stack there is that weighs `side`."""
    for counts in product(*(range(kind.pairs + 1) for kind in plates)):
        chosen = [
            kind.weight for kind, count in zip(plates, counts, strict=True) for _ in range(count)
        ]
        if sum(chosen) == side:
            yield from set(permutations(chosen))


def fewest_by_trying_all(sides: list[Decimal], plates: tuple[Plates, ...]) -> int:
    ways: dict[Stack, int] = {(): 0}
    for side in sides:
        ways = {
            stack: min(
                count + put_on([before, stack]) - len(before) for before, count in ways.items()
            )
            for stack in stacks_that_make(side, plates)
        }
    return min(ways.values())


small_inventories = st.lists(
    st.builds(
        Plates,
        st.sampled_from(["1", "1.25", "2.5", "3", "5", "10"]).map(Decimal),
        st.integers(1, 2),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda kind: kind.weight,
).map(tuple)


@given(plates=small_inventories, data=st.data())
def test_no_other_way_to_load_a_ramp_handles_fewer_plates(
    plates: tuple[Plates, ...], data: st.DataObject
) -> None:
    gym = replace(KG, plates=plates)
    there = loadable(Implement.BARBELL, gym)
    loads = data.draw(st.lists(st.sampled_from(there), min_size=1, max_size=4))
    stacks = stacks_for(loads, Implement.BARBELL, gym)
    sides = [(load.to(Unit.KG) - 20) / 2 for load in loads]
    assert [sum(stack) for stack in stacks] == sides
    assert all(stack.count(kind.weight) <= kind.pairs for stack in stacks for kind in plates)
    assert put_on(stacks) == fewest_by_trying_all(sides, plates)
