"""Quantities are exact, and come back as they were given."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach import errors
from voicecoach.errors import UnitError, VoicecoachError
from voicecoach.units import Load, Rpe, Unit


@given(st.integers(0, 2000_00), st.sampled_from(Unit))
def test_a_load_comes_back_as_it_was_given(hundredths: int, unit: Unit) -> None:
    value = Decimal(hundredths) / 100
    assert Load.of(value, unit).to(unit) == value


@given(st.integers(0, 2000), st.sampled_from(Unit))
def test_a_load_is_whole_grams(value: int, unit: Unit) -> None:
    exact = value * unit.grams
    assert abs(Load.of(value, unit).grams - exact) <= Decimal("0.5")


@pytest.mark.parametrize(
    ("load", "unit", "written"),
    [
        (Load.kg("102.5"), Unit.KG, "102.5kg"),
        (Load.kg(100), Unit.KG, "100kg"),
        (Load.lb(225), Unit.LB, "225lb"),
        (Load.lb(45), Unit.KG, "20.41kg"),
        (Load(0), Unit.LB, "0lb"),
    ],
)
def test_a_load_is_written_short(load: Load, unit: Unit, written: str) -> None:
    assert load.written(unit) == written


def test_loads_are_ordered_added_and_empty_at_zero() -> None:
    assert Load.kg(20) < Load.lb(45) < Load.kg(21)
    assert Load.kg(20) + Load.kg("2.5") == Load.kg("22.5")
    assert Load.kg(1)
    assert not Load(0)


def test_a_load_below_zero_is_refused() -> None:
    with pytest.raises(UnitError, match="below zero"):
        Load(-1)


@pytest.mark.parametrize("value", ["5", "7.5", "10"])
def test_exertion_on_the_scale(value: str) -> None:
    rpe = Rpe(Decimal(value))
    assert rpe.reps_in_reserve == 10 - Decimal(value)


@pytest.mark.parametrize("value", ["4.5", "10.5", "7.3", "0"])
def test_exertion_off_the_scale_is_refused(value: str) -> None:
    with pytest.raises(UnitError):
        Rpe(Decimal(value))


def test_every_class_of_error_has_an_exit_code_of_its_own() -> None:
    classes = [
        value
        for value in vars(errors).values()
        if isinstance(value, type) and issubclass(value, VoicecoachError)
    ]
    codes = [one.exit_code for one in classes]
    assert len(set(codes)) == len(codes)
    assert min(codes) >= 20


def test_an_error_is_one_line_of_place_problem_and_remedy() -> None:
    error = VoicecoachError("reps = -3", place="mine.toml:4", remedy="write 1 or more")
    assert str(error) == "mine.toml:4: reps = -3; write 1 or more"


@pytest.mark.parametrize(
    ("load", "usual", "told", "converted"),
    [
        (Load.lb(225), Unit.KG, "225lb", "102.1kg"),
        (Load.lb(225), Unit.LB, "225lb", "225lb"),
        (Load.lb("2.5"), Unit.KG, "2.5lb", "1.1kg"),
        (Load.kg("61.25"), Unit.LB, "61.25kg", "135lb"),
        (Load.kg("61.25"), Unit.KG, "61.25kg", "61.25kg"),
        (Load.kg("82.3"), Unit.KG, "82.3kg", "82.3kg"),  # as a scale shows it
        (Load.kg("82.3"), Unit.LB, "181.44lb", "181.4lb"),  # round in neither
    ],
)
def test_a_load_is_told_in_the_unit_it_was_given_in(
    load: Load, usual: Unit, told: str, converted: str
) -> None:
    assert load.told(usual) == told
    assert load.converted(usual) == converted


@given(st.integers(1, 2000), st.sampled_from(Unit))
def test_what_is_given_in_quarters_is_told_as_it_was_given(quarters: int, unit: Unit) -> None:
    load = Load.of(Decimal(quarters) / 4, unit)
    assert load.told(unit) == load.written(unit)
    other = Unit.LB if unit is Unit.KG else Unit.KG
    assert Load.of(load.to(load.said_in(other)), load.said_in(other)) == load
