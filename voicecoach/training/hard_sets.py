"""Hard sets: what counts when years of training are looked at.

A set of the log in the few words that records, volume and progress are
worked out from, so that a hundred thousand of them are read in a moment.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from voicecoach.training.exercise import Exercise, Implement
from voicecoach.training.performance import PerformedSet
from voicecoach.training.prescription import SetKind
from voicecoach.training.strength import estimated_max
from voicecoach.units import Load

HARD_KINDS = frozenset({SetKind.WORKING, SetKind.FAILURE})
"""Warm-ups are not hard, and a drop belongs to the set before it."""

NOTHING = Load(0)


@dataclass(frozen=True, slots=True)
class HardSet:
    """A working set, or one to failure, that has a number and did not hurt.

    Either `reps` or `hold_s` is given. `load` is the added load, None where
    none was named. `body` is what of the lifter is lifted with it: nothing,
    or their weight, None where nobody weighed it. `day` is by the clock where
    the set was done, and `session` tells one session from another, no more.
    """

    day: date
    session: str
    exercise: str
    variation: str | None
    reps: int | None
    hold_s: int | None
    load: Load | None
    body: Load | None = NOTHING

    @property
    def form(self) -> Form:
        """The exercise as it was done: records of one form are none of another."""
        return self.exercise, self.variation

    @property
    def volume_g(self) -> int:
        """Grams times repetitions; 0 for a hold, and without a load."""
        return (self.reps or 0) * self.load.grams if self.load else 0

    @property
    def estimate(self) -> Load | None:
        """The one-rep maximum that the set shows, the body included.

        None without repetitions, or where it is not known what was lifted.
        """
        if self.load is None or self.body is None or not self.reps:
            return None
        lifted = self.body + self.load
        return _estimate(lifted, self.reps) if lifted else None


Form = tuple[str, str | None]
"""The ids of an exercise and of its variation."""

_estimate = lru_cache(maxsize=4096)(estimated_max)  # the same few sets, year after year


def hard_sets(performed: Iterable[PerformedSet]) -> Iterator[HardSet]:
    """Yield the hard sets among those that were performed, in their order."""
    for one in performed:
        if one.kind in HARD_KINDS and not one.pain and (one.reps or one.hold_s):
            yield HardSet(
                day=one.at.date(),
                session=one.session,
                exercise=one.exercise,
                variation=one.variation,
                reps=one.reps if one.hold_s is None else None,
                hold_s=one.hold_s,
                load=one.load,
            )


Weighed = Callable[[date], Load | None]
"""What the body weighed on a day, None where nobody knows."""


def lifts_body(exercise: Exercise) -> bool:
    """Tell whether the body is part of what is lifted."""
    return exercise.implement is Implement.BODYWEIGHT


def of_exercise(one: HardSet, exercise: Exercise, weighed: Weighed = lambda _: None) -> HardSet:
    """Return a set as its exercise understands it.

    Without a variation it is of the ordinary one. Where the body is what is
    lifted, `weighed` says how much that was.
    """
    variation = one.variation or exercise.ordinary_variation
    body = weighed(one.day) if lifts_body(exercise) else NOTHING
    if variation == one.variation and body == one.body:
        return one
    return replace(one, variation=variation, body=body)


def last_weighed(weights: Sequence[tuple[date, Load]]) -> Weighed:
    """Return what the body weighed on a day: as last weighed by then, else as first weighed after.

    `weights` are in the order of time.
    """
    days = [day for day, _ in weights]

    def weighed(day: date) -> Load | None:
        return weights[max(0, bisect_right(days, day) - 1)][1] if weights else None

    return weighed


def monday(day: date) -> date:
    """Return the Monday of the week that `day` lies in: weeks are those of ISO 8601."""
    return date.fromordinal(day.toordinal() - day.weekday())
