"""Quantities of training, each exact and each with its unit in the type."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from enum import Enum
from functools import total_ordering
from typing import NewType

from voicecoach.errors import UnitError

Reps = NewType("Reps", int)
"""Whole repetitions, 0 or more."""

Seconds = NewType("Seconds", int)
"""Whole seconds of a hold or a rest, 0 or more."""

GRAMS_PER_KILOGRAM = Decimal(1000)
GRAMS_PER_POUND = Decimal("453.59237")  # the international avoirdupois pound, by definition


class Unit(Enum):
    """The unit a lifter thinks in; the value is how it is written in files."""

    KG = "kg"
    LB = "lb"

    @property
    def grams(self) -> Decimal:
        """Grams in one of this unit, exact."""
        return GRAMS_PER_KILOGRAM if self is Unit.KG else GRAMS_PER_POUND


@total_ordering
@dataclass(frozen=True, slots=True)
class Load:
    """What is lifted beyond the body, as whole grams.

    A pound is not a whole number of grams; the half gram lost is under a
    five-hundredth of a pound, so every load given to two decimals comes back
    as it was given. Sums of pounds are therefore made in pounds and then
    turned into a load, never the other way round.
    """

    grams: int

    def __post_init__(self) -> None:
        if self.grams < 0:
            msg = f"a load of {self.grams} g is below zero"
            raise UnitError(msg, remedy="give a load of 0 or more")

    @classmethod
    def of(cls, value: Decimal | int | str, unit: Unit) -> Load:
        """Return the load of `value` `unit`, rounded to the gram."""
        grams = (Decimal(value) * unit.grams).quantize(Decimal(1), ROUND_HALF_EVEN)
        return cls(int(grams))

    @classmethod
    def kg(cls, value: Decimal | int | str) -> Load:
        """Return the load of `value` kilograms."""
        return cls.of(value, Unit.KG)

    @classmethod
    def lb(cls, value: Decimal | int | str) -> Load:
        """Return the load of `value` pounds."""
        return cls.of(value, Unit.LB)

    def to(self, unit: Unit) -> Decimal:
        """Return this load in `unit`, to two decimals, without trailing zeros."""
        value = (Decimal(self.grams) / unit.grams).quantize(Decimal("0.01"), ROUND_HALF_EVEN)
        return plain(value)

    def written(self, unit: Unit) -> str:
        """Return this load as written in files and on screens: `102.5kg`."""
        return f"{self.to(unit):f}{unit.value}"

    def said_in(self, usual: Unit) -> Unit:
        """Return the unit this load was given in: `usual`, unless it is round in the other alone.

        A load is exact, so that it tells: 225 pounds are no round number of kilograms.
        """
        other = Unit.LB if usual is Unit.KG else Unit.KG
        return other if self._is_round(other) and not self._is_round(usual) else usual

    def told(self, usual: Unit) -> str:
        """Return this load as a lifter reads it, in the unit it was given in: `225lb`."""
        return self.written(self.said_in(usual))

    def converted(self, unit: Unit) -> str:
        """Return this load in `unit`, to one decimal where it is no round number: `102.1kg`."""
        if self._is_round(unit):
            return self.written(unit)
        return f"{plain(round(Decimal(self.grams) / unit.grams, 1)):f}{unit.value}"

    def _is_round(self, unit: Unit) -> bool:
        """Return whether this is some quarters of a unit, as plates and dumbbells are."""
        value = self.to(unit)
        return value * 4 % 1 == 0 and Load.of(value, unit) == self

    def __bool__(self) -> bool:
        """Tell whether there is any load: nothing added to the body is none."""
        return self.grams > 0

    def __lt__(self, other: Load) -> bool:
        return self.grams < other.grams

    def __add__(self, other: Load) -> Load:
        return Load(self.grams + other.grams)


def plain(value: Decimal) -> Decimal:
    """Return `value` without trailing zeros and without an exponent."""
    short = value.normalize()
    return short.quantize(Decimal(1)) if short == short.to_integral_value() else short


@dataclass(frozen=True, slots=True, order=True)
class Rpe:
    """Rate of perceived exertion on the strength scale: 5 to 10 in halves."""

    value: Decimal

    def __post_init__(self) -> None:
        if not Decimal(5) <= self.value <= Decimal(10) or self.value * 2 % 1:
            msg = f"an RPE of {self.value} is not on the scale"
            raise UnitError(msg, remedy="give 5 to 10, in halves")

    @property
    def reps_in_reserve(self) -> Decimal:
        """Repetitions left in the tank: 10 minus the RPE."""
        return 10 - self.value
