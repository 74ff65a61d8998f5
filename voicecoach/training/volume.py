"""Weekly volume: how many hard sets each muscle gets, beside what practice advises."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from voicecoach.training.exercise import Exercise
from voicecoach.training.hard_sets import monday

ADVISED_SETS = (10, 20)
"""Hard sets a muscle and week that make a trained lifter grow.

Ten and more a week grew more than fewer in B. J. Schoenfeld, D. Ogborn,
J. W. Krieger, Dose-response relationship between weekly resistance training
volume and increases in muscle mass, J. Sports Sci. 35, 2017; twelve to twenty
is the range in E. Baz-Valle et al., A systematic review of the effects of
different resistance training volumes on muscle hypertrophy, J. Hum. Kinet.
81, 2022.
"""

HELPING_SHARE = 0.5
"""What a set counts for a muscle that only helps.

Half sets fitted growth best in J. C. Pelland et al., The resistance training
dose-response, Sports Med. 2025.
"""

Lookup = Callable[[str], Exercise | None]
"""Gives the exercise of an id, or None where the library has none: logs are brought along."""


class Dose(Enum):
    """A week's hard sets beside the advised range."""

    NONE = "none"
    BELOW = "below"
    WITHIN = "within"
    ABOVE = "above"


def dose(sets: float) -> Dose:
    """Return how so many sets a week stand to the advised range."""
    low, high = ADVISED_SETS
    if sets <= 0:
        return Dose.NONE
    return Dose.BELOW if sets < low else Dose.WITHIN if sets <= high else Dose.ABOVE


@dataclass(frozen=True, slots=True)
class SetCount:
    """How many hard sets of an exercise were done in the week that begins on `week`."""

    week: date
    exercise: str
    sets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MuscleVolume:
    """The hard sets a muscle got, week by week; sets that only helped count half."""

    muscle: str
    weekly: tuple[float, ...]
    aimed_at: bool  # some exercise in these weeks is for it

    @property
    def average(self) -> float:
        """Sets a week over all the weeks."""
        return sum(self.weekly) / len(self.weekly)

    @property
    def dose(self) -> Dose:
        """How the average stands to the advised range."""
        return dose(self.average)


def weeks_until(day: date, count: int) -> tuple[date, ...]:
    """Return the Mondays of the last `count` whole weeks, the oldest first.

    The week of `day` is one of them when `day` is its Sunday.
    """
    after = monday(day + timedelta(days=1))
    return tuple(after - timedelta(weeks=back) for back in range(count, 0, -1))


def muscle_volumes(
    counts: Iterable[SetCount], weeks: Sequence[date], muscles: Iterable[str], lookup: Lookup
) -> tuple[MuscleVolume, ...]:
    """Return each muscle's hard sets in `weeks`, which are named by their Mondays.

    Sets in other weeks, and of exercises the library does not know, count for nothing.
    """
    place = {week: number for number, week in enumerate(weeks)}
    sums = {muscle: [0.0] * len(weeks) for muscle in muscles}
    aimed_at: set[str] = set()
    for count in counts:
        exercise = lookup(count.exercise)
        if count.week not in place or exercise is None:
            continue
        aimed_at.update(exercise.primary)
        for share, worked in ((1, exercise.primary), (HELPING_SHARE, exercise.secondary)):
            for muscle in worked:
                if muscle in sums:
                    sums[muscle][place[count.week]] += share * count.sets
    return tuple(
        MuscleVolume(muscle=name, weekly=tuple(found), aimed_at=name in aimed_at)
        for name, found in sums.items()
    )
