"""How strong a set shows someone to be: the one-rep maximum, estimated.

Formulas take a load as a number and give one in the same unit, so that they
can be checked against their tables in either unit; `estimated_max` and
`load_for` work on exact loads.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from enum import Enum

from voicecoach.units import Load, Rpe

MOST_REPS = 12
"""Beyond this every formula drifts from what people can lift; more reps count as these."""


def _epley(load: Decimal, reps: int) -> Decimal:
    """B. Epley, Poundage Chart, 1985: w (1 + r / 30)."""
    return load * (30 + reps) / 30


def _brzycki(load: Decimal, reps: int) -> Decimal:
    """M. Brzycki, Strength Testing, JOPERD 64, 1993: 36 w / (37 - r)."""
    return load * 36 / (37 - reps)


def _lombardi(load: Decimal, reps: int) -> Decimal:
    """V. P. Lombardi, Beginning Weight Training, 1989: w r^0.10."""
    return load * Decimal(reps) ** Decimal("0.10")


def _wathan(load: Decimal, reps: int) -> Decimal:
    """D. Wathan, Load Assignment, 1994: 100 w / (48.8 + 53.8 e^(-0.075 r))."""
    return 100 * load / (Decimal("48.8") + Decimal("53.8") * (Decimal("-0.075") * reps).exp())


def _mayhew(load: Decimal, reps: int) -> Decimal:
    """J. L. Mayhew et al., J. Appl. Sport Sci. Res. 6, 1992: 100 w / (52.2 + 41.9 e^(-0.055 r))."""
    return 100 * load / (Decimal("52.2") + Decimal("41.9") * (Decimal("-0.055") * reps).exp())


def _oconner(load: Decimal, reps: int) -> Decimal:
    """B. O'Conner, J. Simmons, P. O'Shea, Weight Training Today, 1989: w (1 + 0.025 r)."""
    return load * (40 + reps) / 40


def _lander(load: Decimal, reps: int) -> Decimal:
    """J. Lander, Maximum Based on Reps, NSCA Journal 6, 1985: 100 w / (101.3 - 2.67123 r)."""
    return 100 * load / (Decimal("101.3") - Decimal("2.67123") * reps)


class Formula(Enum):
    """The published formulas for an estimated one-rep maximum."""

    EPLEY = "epley"
    BRZYCKI = "brzycki"
    LOMBARDI = "lombardi"
    WATHAN = "wathan"
    MAYHEW = "mayhew"
    OCONNER = "oconner"
    LANDER = "lander"


_FORMULAS: dict[Formula, Callable[[Decimal, int], Decimal]] = {
    Formula.EPLEY: _epley,
    Formula.BRZYCKI: _brzycki,
    Formula.LOMBARDI: _lombardi,
    Formula.WATHAN: _wathan,
    Formula.MAYHEW: _mayhew,
    Formula.OCONNER: _oconner,
    Formula.LANDER: _lander,
}


def one_rep_max(load: Decimal, reps: int, formula: Formula = Formula.EPLEY) -> Decimal:
    """Return the one-rep maximum that `reps` at `load` show, in the load's unit.

    One rep returns the load itself, whatever the formula. Raises ValueError
    for fewer reps than one, which show nothing.
    """
    if reps < 1:
        msg = f"{reps} reps show no strength"
        raise ValueError(msg)
    return load if reps == 1 else _FORMULAS[formula](load, min(reps, MOST_REPS))


def estimated_max(load: Load, reps: int, formula: Formula = Formula.EPLEY) -> Load:
    """Return the one-rep maximum that `reps` at `load` show, to the gram."""
    return Load(int(one_rep_max(Decimal(load.grams), reps, formula).to_integral_value()))


FRACTIONS = tuple(
    Decimal(f)
    for f in (
        "1", ".955", ".922", ".892", ".863", ".837", ".811", ".786", ".762", ".739", ".707", ".680",
    )
)  # fmt: skip
"""The share of the one-rep maximum at which 1, 2, … 12 reps are all that can be done.

M. Tuchscherer's chart of reps by RPE, read as reps done plus reps in reserve.
"""


def fraction(reps: int, rpe: Rpe | None = None) -> Decimal:
    """Return the share of the one-rep maximum for `reps` that end at `rpe`, or at the limit.

    Between two entries of the chart, for half points of RPE, the share lies
    half way; beyond twelve the last entry stands.
    """
    in_reserve = rpe.reps_in_reserve if rpe else Decimal(0)
    possible = min(max(reps + in_reserve, Decimal(1)), Decimal(MOST_REPS))
    below = int(possible)
    if possible == below:
        return FRACTIONS[below - 1]
    return (FRACTIONS[below - 1] + FRACTIONS[below]) / 2


def reps_possible(share: Decimal) -> int:
    """Return how many reps can be done at that share of the one-rep maximum, 0 above it.

    The inverse of `fraction` at the limit: the most reps whose chart entry is not below `share`.
    """
    return sum(entry >= share for entry in FRACTIONS)


def load_for(maximum: Load, reps: int, rpe: Rpe | None = None) -> Load:
    """Return the load at which `reps` end at `rpe`, for someone who lifts `maximum` once."""
    return part_of(maximum, 100 * fraction(reps, rpe))


def max_from(load: Load, reps: int, rpe: Rpe) -> Load:
    """Return the one-rep maximum that `reps` at `load` and `rpe` show: `load_for` backwards."""
    return Load(int((load.grams / fraction(reps, rpe)).to_integral_value()))


def part_of(maximum: Load, percent: Decimal) -> Load:
    """Return `percent` of a one-rep maximum, to the gram."""
    return Load(int((maximum.grams * percent / 100).to_integral_value()))
