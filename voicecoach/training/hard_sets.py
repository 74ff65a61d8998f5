"""Hard sets: what counts when years of training are looked at.

A set of the log in the few words that records, volume and progress are
worked out from, so that a hundred thousand of them are read in a moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from voicecoach.training.performance import PerformedSet
from voicecoach.training.prescription import SetKind
from voicecoach.training.strength import estimated_max
from voicecoach.units import Load

HARD_KINDS = frozenset({SetKind.WORKING, SetKind.FAILURE})
"""Warm-ups are not hard, and a drop belongs to the set before it."""


@dataclass(frozen=True, slots=True)
class HardSet:
    """A working set, or one to failure, that has a number and did not hurt.

    Either `reps` or `hold_s` is given. `load` is the added load, None where
    none was named. `day` is by the clock where the set was done, and
    `session` tells one session from another, nothing more.
    """

    day: date
    session: str
    exercise: str
    variation: str | None
    reps: int | None
    hold_s: int | None
    load: Load | None

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
        """The one-rep maximum that the set shows, None without a load or repetitions."""
        return _estimate(self.load, self.reps) if self.load and self.reps else None


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


def in_ordinary_form(sets: Iterable[HardSet], ordinary: str | None) -> Iterator[HardSet]:
    """Yield sets of one exercise, those without a variation as its ordinary one."""
    for one in sets:
        yield replace(one, variation=ordinary) if ordinary and one.variation is None else one


def monday(day: date) -> date:
    """Return the Monday of the week that `day` lies in: weeks are those of ISO 8601."""
    return date.fromordinal(day.toordinal() - day.weekday())
