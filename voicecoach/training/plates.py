"""Which plates go on each side of the bar, and how to change them least from set to set.

Plates on a sleeve are a stack: what is nearest to the collar of the bar comes
off last. A stack is written from the inside out, for one side; the other side
is the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from voicecoach.errors import UnitError
from voicecoach.training.exercise import Implement
from voicecoach.training.loading import Equipment, loadable, nearest_loadable
from voicecoach.units import Load

Stack = tuple[Decimal, ...]
"""The plates on one side, the innermost first, in the unit of the equipment."""

BARS = (Implement.BARBELL, Implement.HEX_BAR)
"""The implements that plates are put on."""


def stack_for(load: Load, implement: Implement, equipment: Equipment) -> Stack:
    """Return the fewest plates for each side that make `load`, the heaviest inside.

    Raises:
        UnitError: no plates at hand make that load, or the implement takes none.
    """
    return stacks_for((load,), implement, equipment)[0]


def stacks_for(
    loads: Sequence[Load], implement: Implement, equipment: Equipment
) -> tuple[Stack, ...]:
    """Return the plates for sets at `loads`, in order, so that the fewest are ever put on.

    As all that is put on comes off again, that is the fewest changes as well.

    Raises:
        UnitError: no plates at hand make one of the loads, or the implement takes none.
    """
    for load in loads:
        if implement not in BARS or load not in loadable(implement, equipment):
            raise _unmade(load, implement, equipment)
    _, stacks = least_changes(tuple((load,) for load in loads), implement, equipment)
    return stacks


def put_on(stacks: Sequence[Stack]) -> int:
    """Return how many plates are put on each side over sets that follow one another."""
    total = 0
    before: Stack = ()
    for stack in stacks:
        kept = 0
        while kept < min(len(before), len(stack)) and before[kept] == stack[kept]:
            kept += 1
        total += len(stack) - kept
        before = stack
    return total


def _unmade(load: Load, implement: Implement, equipment: Equipment) -> UnitError:
    unit = equipment.unit
    if implement not in BARS:
        return UnitError(f"a {implement.value} takes no plates", remedy="name a barbell or hex-bar")
    near = nearest_loadable(load, implement, equipment)
    return UnitError(
        f"{load.written(unit)} cannot be made with the plates at hand",
        remedy=f"the nearest is {near.written(unit)}",
    )


@lru_cache(maxsize=256)
def least_changes(
    choices: tuple[tuple[Load, ...], ...], implement: Implement, equipment: Equipment
) -> tuple[tuple[Load, ...], tuple[Stack, ...]]:
    """Return a load and its plates for each set, one of its `choices`, with the fewest put on.

    Of ways that are equal in that, those that take the earlier choices win.
    Every choice has to be a load that can be made.
    """
    weight_of = {
        load: load.to(equipment.unit) - equipment.bare(implement)
        for options in choices
        for load in options
    }
    wanted = tuple(
        {weight_of[load] / 2: rank for rank, load in reversed(list(enumerate(options)))}
        for options in choices
    )
    found = _Search(equipment, wanted).best()
    loads = tuple(
        next(load for load in options if weight_of[load] / 2 == sum(stack))
        for options, stack in zip(choices, found, strict=True)
    )
    return loads, found


@dataclass(frozen=True, slots=True)
class _Way:
    """A way to serve some sets in a row, beyond the plates already there."""

    put_on: int
    rank: int  # the sum of the choices' places
    stacks: tuple[Stack, ...]

    @property
    def cost(self) -> tuple[int, int]:
        return self.put_on, self.rank


class _Search:
    """Looks through every way to load sets in a row.

    Sets in a row either share one more plate at the bottom of what is still
    to be put on, or part into two rows that share nothing more. The order of
    the plates already there no longer matters, only which they are; so a row
    of sets and the plates below it are all that has to be remembered. What
    may be put on is allowed one plate more at a time, until a way is found.
    """

    def __init__(self, equipment: Equipment, wanted: Sequence[dict[Decimal, int]]) -> None:
        kinds = sorted(equipment.plates, key=lambda kind: -kind.weight)
        self._weights = [kind.weight for kind in kinds]
        self._pairs = tuple(kind.pairs for kind in kinds)
        self._wanted = wanted
        self._fewest = _fewest(equipment, max((max(one) for one in wanted), default=Decimal(0)))
        self._lacking: dict[tuple[int, Decimal], int | None] = {}
        self._found: dict[tuple[int, int, tuple[int, ...]], _Way] = {}
        self._too_few: dict[tuple[int, int, tuple[int, ...]], int] = {}

    def best(self) -> tuple[Stack, ...]:
        if not self._wanted:
            return ()
        for allowed in range(sum(self._pairs) * len(self._wanted) + 1):
            way = self._way(0, len(self._wanted) - 1, self._pairs, Decimal(0), allowed)
            if way is not None:
                return way.stacks
        msg = "a choice that cannot be loaded"
        raise ValueError(msg)

    def _way(
        self, first: int, last: int, left: tuple[int, ...], there: Decimal, allowed: int
    ) -> _Way | None:
        """Return the best way for the sets `first` to `last` on top of the plates `there`.

        `left` are the pairs of each kind not yet on. None where it takes more
        than the `allowed` plates.
        """
        least = self._at_least(first, last, there)
        if least is None or least > allowed:
            return None
        key = (first, last, left)
        if key in self._found:
            way = self._found[key]
            return way if way.put_on <= allowed else None
        if self._too_few.get(key, -1) >= allowed:
            return None
        best = self._searched(first, last, left, there, allowed)
        if best is None:
            self._too_few[key] = allowed
        else:
            self._found[key] = best
        return best

    def _searched(
        self, first: int, last: int, left: tuple[int, ...], there: Decimal, allowed: int
    ) -> _Way | None:
        best = self._none_more(first, last, there)
        if best is not None and best.rank == 0:
            return best
        for split in range(first, last):
            best = _better(best, self._parted(first, split, last, left, there, allowed))
            allowed = min(allowed, best.put_on) if best else allowed
        for kind, weight in enumerate(self._weights if allowed else ()):
            if left[kind]:
                fewer = (*left[:kind], left[kind] - 1, *left[kind + 1 :])
                above = self._way(first, last, fewer, there + weight, allowed - 1)
                if above is not None:
                    stacks = tuple((weight, *stack) for stack in above.stacks)
                    best = _better(best, _Way(above.put_on + 1, above.rank, stacks))
                    allowed = min(allowed, above.put_on + 1)
        return best

    def _parted(
        self, first: int, split: int, last: int, left: tuple[int, ...], there: Decimal, allowed: int
    ) -> _Way | None:
        """Return the best way in which the sets after `split` share no more with those before."""
        later = self._at_least(split + 1, last, there)
        if later is None:
            return None
        lower = self._way(first, split, left, there, allowed - later)
        if lower is None:
            return None
        upper = self._way(split + 1, last, left, there, allowed - lower.put_on)
        if upper is None:
            return None
        return _Way(
            lower.put_on + upper.put_on, lower.rank + upper.rank, lower.stacks + upper.stacks
        )

    def _none_more(self, first: int, last: int, there: Decimal) -> _Way | None:
        """Return the way that puts nothing on, where `there` serves every set."""
        if any(there not in wanted for wanted in self._wanted[first : last + 1]):
            return None
        rank = sum(wanted[there] for wanted in self._wanted[first : last + 1])
        return _Way(0, rank, ((),) * (last + 1 - first))

    def _at_least(self, first: int, last: int, there: Decimal) -> int | None:
        """Return a number of plates that the sets take at least; None where none will do."""
        most = 0
        for number in range(first, last + 1):
            lacking = self._lacks(number, there)
            if lacking is None:
                return None
            most = max(most, lacking)
        return most

    def _lacks(self, number: int, there: Decimal) -> int | None:
        """Return the plates that one set lacks at least, whatever of them is on already."""
        key = (number, there)
        if key not in self._lacking:
            needed = (self._fewest.get(wanted - there) for wanted in self._wanted[number])
            self._lacking[key] = min((one for one in needed if one is not None), default=None)
        return self._lacking[key]


def _better(one: _Way | None, other: _Way | None) -> _Way | None:
    if one is None or other is None:
        return one or other
    return other if other.cost < one.cost else one


def _fewest(equipment: Equipment, most: Decimal) -> dict[Decimal, int]:
    """Return how few plates make each sum, up to `most`, on one side."""
    fewest = {Decimal(0): 0}
    for kind in equipment.plates:
        for base, used in list(fewest.items()):
            for count in range(1, kind.pairs + 1):
                total = base + kind.weight * count
                if total > most:
                    break
                fewest[total] = min(used + count, fewest.get(total, used + count))
    return fewest
