"""The one-rep maximum that training goes by, followed through the sessions of an exercise.

Good sets raise it and a weak day leaves it: success never takes it down, nor
does the mere passing of a strong session into the past. Three sessions in a
row that miss their reps do, to what they show; and time away does, of which
each session that goes well wins a part back. Where loads are shares of it and
none was known, the first load that went well is such a share, and the maximum
no less than follows from that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from voicecoach.training import strength
from voicecoach.training.away import percent_off
from voicecoach.training.performance import PerformedSet
from voicecoach.training.progression.trained import counts
from voicecoach.units import Load

MISSES_TO_LOWER = 3
LOWERED_PERCENT = 10
"""What comes off where the missed sessions show nothing at all."""

WON_BACK_PERCENT = 5
"""Of the full maximum, what a good session wins back after time away."""

TEST_PERCENT = 90
"""A single at this share of the maximum, or more, tests it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Maximum:
    """A one-rep maximum, and how it has come about.

    `shown_by` is the set it was shown by, None where it was tested by itself
    or lowered since; `tested` is when it was last tested, or training began.
    """

    load: Load | None = None
    shown_by: PerformedSet | None = None
    misses: int = 0
    missed: Load | None = None  # the most that the sessions of `misses` show
    full: Load | None = None  # what it was before time away
    tested: datetime | None = None
    is_measured: bool = False  # as a test found it, and not estimated
    percent: Decimal | None = None  # the load of `shown_by` is this share of it, not by a formula


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredMax:
    """A one-rep maximum that was tested: it stands, whatever was estimated before."""

    exercise: str
    variation: str | None
    at: datetime  # aware
    load: Load


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionOfStrength:
    """A session of an exercise, as far as it tells of the strength in one form.

    `sets` are those that tell of it, none where it was another form that was
    trained; `of_block` those done for the block whose loads are shares of it;
    `days_away` the days without the exercise before it.
    """

    at: datetime
    sets: tuple[PerformedSet, ...]
    days_away: int
    of_block: tuple[PerformedSet, ...] = ()


RaisedFirst = Callable[[Maximum, Sequence[PerformedSet]], Maximum]
"""Gives the first maximum there is, raised to what the sets of a block were lifted by."""


def maximum_of(
    sessions: Iterable[SessionOfStrength],
    tests: Iterable[MeasuredMax] = (),
    raised: RaisedFirst = lambda first, _: first,
) -> Maximum:
    """Return the maximum after `sessions` and `tests`, each in the order of time."""
    maximum = Maximum()
    left = list(tests)
    for session in sessions:
        while left and left[0].at < session.at:
            maximum = _measured(left.pop(0))
        maximum = after_time_away(maximum, session.days_away)
        if session.sets:
            first = maximum.load is None
            maximum = maximum_after(maximum, session.sets)
            if first and session.of_block:
                maximum = raised(maximum, session.of_block)
    if left:
        maximum = _measured(left[-1])
    return maximum


def maximum_after(before: Maximum, sets: Sequence[PerformedSet]) -> Maximum:
    """Return the maximum after one more session, of which `sets` were done."""
    shown_by = best_set(sets)
    shown = None if shown_by is None else shown_max(shown_by)
    tested = before.tested
    if tested is None or any(tests_maximum(one, before.load) for one in sets):
        tested = sets[-1].at
    before = replace(before, tested=tested)
    if any(_missed(one) for one in sets):
        missed = _most(before.missed, shown)
        if before.misses + 1 >= MISSES_TO_LOWER and before.load is not None:
            lowered = missed or strength.part_of(before.load, Decimal(100 - LOWERED_PERCENT))
            return Maximum(load=min(lowered, before.load), tested=tested)
        before = replace(before, misses=before.misses + 1, missed=missed)
    elif any(counts(one) for one in sets):
        before = _won_back(replace(before, misses=0, missed=None))
    if shown is None or (before.load is not None and shown <= before.load):
        return before
    full = before.full if before.full is not None and before.full > shown else None
    return replace(
        before, load=shown, shown_by=shown_by, full=full, is_measured=False, percent=None
    )


def _measured(test: MeasuredMax) -> Maximum:
    return Maximum(load=test.load, tested=test.at, is_measured=True)


def after_time_away(before: Maximum, days: int) -> Maximum:
    """Return the maximum after so many days without the exercise."""
    percent = percent_off(days)
    if not percent or before.load is None:
        return before
    load = strength.part_of(before.load, Decimal(100 - percent))
    full = _most(before.full, before.load)
    return Maximum(load=load, full=full, tested=before.tested)


def best_set(sets: Iterable[PerformedSet]) -> PerformedSet | None:
    """Return the one of `sets` that shows the greatest maximum, the first of equals, or None."""
    telling = (one for one in sets if counts(one) and one.load and one.reps)
    return max(telling, key=shown_max, default=None)


def shown_max(performed: PerformedSet) -> Load:
    """Return the maximum that a set with a load and reps shows, by Epley."""
    assert performed.load is not None  # noqa: S101  # `best_set` lets no other through
    return strength.estimated_max(performed.load, performed.reps or 1)


def best_max(sets: Iterable[PerformedSet]) -> Load | None:
    """Return the greatest one-rep maximum that any of `sets` shows, or None."""
    best = best_set(sets)
    return None if best is None else shown_max(best)


def _won_back(before: Maximum) -> Maximum:
    if before.load is None or before.full is None:
        return before
    load = Load(before.load.grams + strength.part_of(before.full, Decimal(WON_BACK_PERCENT)).grams)
    if load >= before.full:
        return replace(before, load=before.full, full=None)
    return replace(before, load=load)


def _missed(performed: PerformedSet) -> bool:
    """Tell whether a set with a load fell short of what was prescribed."""
    return (
        counts(performed)
        and bool(performed.load)
        and performed.low is not None
        and performed.reps is not None
        and performed.reps < performed.low
    )


def tests_maximum(performed: PerformedSet, maximum: Load | None) -> bool:
    """Tell whether a set is a single so heavy that it tests the maximum."""
    if not counts(performed) or performed.load is None or performed.reps != 1:
        return False
    return maximum is None or performed.load >= strength.part_of(maximum, Decimal(TEST_PERCENT))


def _most(*loads: Load | None) -> Load | None:
    return max((load for load in loads if load is not None), default=None)
