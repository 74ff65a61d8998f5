"""Warm-up sets: rising loads before the first working set, light enough to tire nobody."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from voicecoach.training.exercise import Implement
from voicecoach.training.loading import Equipment, loadable
from voicecoach.training.plates import BARS, least_changes
from voicecoach.units import Load


class WarmupSet(NamedTuple):
    """A warm-up set: a load and how often it is lifted."""

    load: Load
    reps: int


@dataclass(frozen=True, slots=True)
class _Step:
    """A share of the working load, in percent, and its reps."""

    percent: int
    reps: int


# The bar alone, then a few steps with fewer and fewer reps: what M. Rippetoe (Starting Strength)
# and J. Wendler (5/3/1: 40, 50 and 60 percent) have in common, by the share of the working load.
ON_A_BAR = (_Step(40, 5), _Step(60, 3), _Step(80, 2))
IN_THE_HAND = (_Step(50, 8), _Step(75, 4))

EMPTY_BAR_REPS = 10
BODYWEIGHT_REPS = 5

LEEWAY_PERCENT = 5
"""How far, in percent of the working load, a step may lie from its share, to spare a plate."""

GAP_PERCENT = 10
"""What each set has to add at least, in percent of the working load, the first working set too."""

GAP_ON_A_BAR = Load.kg("7.5")
"""What it has to add on a bar in any case: less is not worth changing plates for."""

MOST_PERCENT = 75
"""Where the bar alone is more than this share of the working load, it is no warm-up."""

LIGHT = {
    Implement.DUMBBELL: Load.kg("12.5"),
    Implement.KETTLEBELL: Load.kg(12),
    Implement.MACHINE: Load.kg(20),
    Implement.CABLE: Load.kg(15),
}
"""Up to this the first working set is its own warm-up."""


def ramp(
    working: Load, implement: Implement, equipment: Equipment, *, from_floor: bool = False
) -> tuple[WarmupSet, ...]:
    """Return the warm-up sets before working sets at `working`, lightest first; none when light.

    Every load can be made, lies below the working load and above the one
    before. On a bar, loads near the usual shares are chosen so that the
    fewest plates are handled on the way up; with `from_floor` the bar alone,
    which lies too low to be lifted well, is left out.
    """
    if implement in BARS:
        return _on_bar(working, implement, equipment, from_floor=from_floor)
    if implement in (Implement.BODYWEIGHT, Implement.PLATE):
        return (WarmupSet(Load(0), BODYWEIGHT_REPS),) if working else ()
    if implement is Implement.BAND or working <= LIGHT[implement]:
        return ()
    found: list[WarmupSet] = []
    for step in IN_THE_HAND:
        near = _choices(working, step, implement, equipment, above=_last(found))
        if near:
            found.append(WarmupSet(near[0], step.reps))
    return tuple(found)


def _on_bar(
    working: Load, implement: Implement, equipment: Equipment, *, from_floor: bool
) -> tuple[WarmupSet, ...]:
    bare = loadable(implement, equipment)[0]
    sets: list[tuple[int, tuple[Load, ...]]] = []
    if not from_floor and bare <= _part(working, MOST_PERCENT):
        sets.append((EMPTY_BAR_REPS, (bare,)))
    for step in ON_A_BAR:
        near = _choices(working, step, implement, equipment, above=bare)
        if near:
            sets.append((step.reps, near))
    # The plates of the working sets stay on, so they have a say in what goes on before.
    heaviest = (working,) if working in loadable(implement, equipment) else ()
    choices = tuple(near for _, near in sets) + ((heaviest,) if heaviest else ())
    loads, _ = least_changes(choices, implement, equipment)
    return tuple(
        WarmupSet(load, reps) for load, (reps, _) in zip(loads, sets, strict=bool(not heaviest))
    )


def _choices(
    working: Load, step: _Step, implement: Implement, equipment: Equipment, *, above: Load
) -> tuple[Load, ...]:
    """Return the loads that can serve for a step, the nearest to its share first.

    They leave a gap to the set before, at most `above`, and to the working sets.
    """
    loads = loadable(implement, equipment)
    low, high = (_part(working, step.percent + by) for by in (-LEEWAY_PERCENT, LEEWAY_PERCENT))
    near = loads[bisect_left(loads, low) : bisect_right(loads, high)]
    gap = _part(working, GAP_PERCENT)
    if implement in BARS:
        gap = max(gap, GAP_ON_A_BAR)
    share = _part(working, step.percent).grams
    return tuple(
        sorted(
            (load for load in near if above + gap <= load and load + gap <= working),
            key=lambda load: (abs(load.grams - share), load),
        )
    )


def _part(working: Load, percent: int) -> Load:
    return Load(int(Decimal(working.grams) * percent / 100))


def _last(sets: list[WarmupSet]) -> Load:
    return sets[-1].load if sets else Load(0)
