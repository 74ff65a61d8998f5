"""Which loads can be made with the equipment at hand, and the nearest to the one wanted."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from voicecoach.training.exercise import Implement
from voicecoach.units import Load, Unit


@dataclass(frozen=True, slots=True)
class Plates:
    """Plates of one weight, of which so many pairs are at hand."""

    weight: Decimal
    pairs: int


@dataclass(frozen=True, slots=True)
class Steps:
    """Weights from `first` to `last`, each `step` above the one before."""

    first: Decimal
    last: Decimal
    step: Decimal

    def weights(self) -> tuple[Decimal, ...]:
        """Return the weights, lightest first."""
        return tuple(
            self.first + self.step * n for n in range(int((self.last - self.first) / self.step) + 1)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Equipment:
    """What a lifter can load, every weight in `unit`.

    Weights stay in the unit they are stamped in, so that five pounds and five
    make ten whatever a pound is in grams. Where no dumbbell or kettlebell is
    listed they are not known, and taken to be the usual ones.
    """

    unit: Unit
    bar: Decimal
    hex_bar: Decimal
    plates: tuple[Plates, ...]
    dumbbells: tuple[Steps, ...]  # each the weight of one dumbbell
    kettlebells: tuple[Steps, ...]
    machine: Steps
    cable: Steps
    collar: Decimal = Decimal(0)  # one of the two that hold the plates on a bar

    def bare(self, implement: Implement) -> Decimal:
        """Return what a bar weighs with its collars and no plate."""
        bar = self.hex_bar if implement is Implement.HEX_BAR else self.bar
        return bar + 2 * self.collar

    @classmethod
    def usual(cls, unit: Unit) -> Equipment:
        """Return what a well-kept gym has, marked in `unit`."""
        return _USUAL[unit]


def _steps(first: str, last: str, step: str) -> Steps:
    return Steps(Decimal(first), Decimal(last), Decimal(step))


def _plates(*pairs: tuple[str, int]) -> tuple[Plates, ...]:
    return tuple(Plates(Decimal(weight), count) for weight, count in pairs)


_USUAL = {
    Unit.KG: Equipment(
        unit=Unit.KG,
        bar=Decimal(20),
        hex_bar=Decimal(25),
        plates=_plates(
            ("25", 8), ("20", 1), ("15", 1), ("10", 1), ("5", 1), ("2.5", 1), ("1.25", 1)
        ),
        dumbbells=(_steps("1", "10", "1"), _steps("12", "60", "2")),
        kettlebells=(_steps("4", "20", "2"), _steps("24", "48", "4")),
        machine=_steps("5", "200", "5"),
        cable=_steps("2.5", "120", "2.5"),
    ),
    Unit.LB: Equipment(
        unit=Unit.LB,
        bar=Decimal(45),
        hex_bar=Decimal(55),
        plates=_plates(("45", 9), ("35", 1), ("25", 1), ("10", 2), ("5", 1), ("2.5", 1)),
        dumbbells=(_steps("5", "120", "5"),),
        kettlebells=(_steps("10", "100", "5"),),
        machine=_steps("10", "400", "10"),
        cable=_steps("5", "250", "5"),
    ),
}


@lru_cache(maxsize=64)
def loadable(implement: Implement, equipment: Equipment) -> tuple[Load, ...]:
    """Return every load that `implement` can be brought to, lightest first.

    A barbell's load is the bar and its plates; a dumbbell's that of one of
    them; a plate's, held or hung from a belt, begins at none, as does what is
    added to the body. A band has no load in this sense: none is the only one.
    """
    usual = Equipment.usual(equipment.unit)
    match implement:
        case Implement.BARBELL | Implement.HEX_BAR:
            weights = _on_bar(equipment.bare(implement), equipment.plates)
        case Implement.DUMBBELL:
            weights = _of_steps(equipment.dumbbells or usual.dumbbells)
        case Implement.KETTLEBELL:
            weights = _of_steps(equipment.kettlebells or usual.kettlebells)
        case Implement.MACHINE:
            weights = equipment.machine.weights()
        case Implement.CABLE:
            weights = equipment.cable.weights()
        case Implement.PLATE | Implement.BODYWEIGHT:
            weights = _sums(tuple(Plates(p.weight, 2 * p.pairs) for p in equipment.plates))
        case Implement.BAND:
            weights = (Decimal(0),)
    return tuple(Load.of(weight, equipment.unit) for weight in weights)


def _on_bar(bar: Decimal, plates: tuple[Plates, ...]) -> tuple[Decimal, ...]:
    return tuple(bar + 2 * side for side in _sums(plates))


def _of_steps(steps: tuple[Steps, ...]) -> tuple[Decimal, ...]:
    return tuple(sorted({weight for part in steps for weight in part.weights()}))


def _sums(plates: tuple[Plates, ...]) -> tuple[Decimal, ...]:
    """Return every sum that up to `pairs` plates of each weight make, none included."""
    sums = {Decimal(0)}
    for kind in plates:
        sums = {base + kind.weight * count for base in sums for count in range(kind.pairs + 1)}
    return tuple(sorted(sums))


def nearest_loadable(load: Load, implement: Implement, equipment: Equipment) -> Load:
    """Return the load nearest to `load` that can be made; of two as near, the lighter."""
    loads = loadable(implement, equipment)
    at = bisect_left(loads, load)
    around = loads[max(0, at - 1) : at + 1]
    return min(around, key=lambda made: (abs(made.grams - load.grams), made.grams))


def next_above(load: Load, implement: Implement, equipment: Equipment) -> Load:
    """Return the lightest loadable load above `load`, or the heaviest there is."""
    loads = loadable(implement, equipment)
    return loads[min(bisect_right(loads, load), len(loads) - 1)]


def next_below(load: Load, implement: Implement, equipment: Equipment) -> Load:
    """Return the heaviest loadable load below `load`, or the lightest there is."""
    loads = loadable(implement, equipment)
    return loads[max(bisect_left(loads, load) - 1, 0)]


def at_most(load: Load, implement: Implement, equipment: Equipment) -> Load:
    """Return the heaviest loadable load that is not above `load`, or the lightest there is."""
    loads = loadable(implement, equipment)
    return loads[max(bisect_right(loads, load) - 1, 0)]


def plus(load: Load, step: Load, unit: Unit) -> Load:
    """Return the sum, made in `unit` and then turned into a load, so that pounds stay whole."""
    return Load.of(load.to(unit) + step.to(unit), unit)


def minus_percent(load: Load, percent: int, unit: Unit) -> Load:
    """Return `load` less `percent` of it, in `unit`."""
    return Load.of(load.to(unit) * (100 - percent) / 100, unit)
