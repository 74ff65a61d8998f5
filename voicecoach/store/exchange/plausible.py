"""What is too much to be believed unasked: a slip of the keys, or another unit."""

from __future__ import annotations

from datetime import datetime, timedelta

from voicecoach.store.exchange.rows import ImportedSet
from voicecoach.units import Load, Unit

MOST_LOAD = Load.kg(500)
"""About the heaviest deadlift there was. A leg press may show more, and is asked about."""

MOST_REPS = 200
MOST_HOLD_S = 3 * 3600
FIRST_YEAR = 1970


def doubt_of(told: ImportedSet, now: datetime) -> str:
    """Return what of a set is hard to believe, or nothing."""
    result = told.result
    if result.load is not None and result.load.grams > MOST_LOAD.grams:
        unit = told.workout.unit
        other = Unit.LB if unit is Unit.KG else Unit.KG
        return f"{result.load.written(unit)}, which is {result.load.written(other)}"
    if result.reps is not None and result.reps > MOST_REPS:
        return f"{result.reps} reps"
    if result.hold_s is not None and result.hold_s > MOST_HOLD_S:
        return f"{result.hold_s} seconds"
    if told.at > now and told.at > now + timedelta(days=1):
        return f"{told.at:%Y-%m-%d}, which is still to come"
    if told.at.year < FIRST_YEAR:
        return f"{told.at:%Y-%m-%d}"
    return ""
