"""What is too much to be believed unasked: a slip of the tongue or the keys, or another unit."""

from __future__ import annotations

from voicecoach.units import Load

MOST_LOAD = Load.kg(500)
"""About the heaviest deadlift there was. A leg press may show more, and is asked about."""

MOST_REPS = 200
MOST_HOLD_S = 3 * 3600
BODYWEIGHTS = (Load.kg(30), Load.kg(250))
"""What a grown lifter weighs, from and to."""


def is_plausible_set(*, reps: int | None, hold_s: int | None, load: Load | None) -> bool:
    """Tell whether a set can be believed unasked."""
    return (
        (reps is None or reps <= MOST_REPS)
        and (hold_s is None or hold_s <= MOST_HOLD_S)
        and (load is None or load <= MOST_LOAD)
    )


def is_plausible_bodyweight(weight: Load) -> bool:
    """Tell whether somebody weighs so much, unasked."""
    low, high = BODYWEIGHTS
    return low <= weight <= high
