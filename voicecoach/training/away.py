"""Coming back after time away: how much lighter, by how long it was."""

from __future__ import annotations

from datetime import datetime

from voicecoach.training.prescription import Away

LONG_DAYS = 14
"""Up to this strength keeps; from here on a lifter comes back lighter."""

FIRST_PERCENT = 10
WEEKLY_PERCENT = 5
MOST_PERCENT = 50
"""A tenth after two weeks, a twentieth more for each further one, half at most.

Strength keeps for about two weeks and then falls slowly; coaches of barbell
training (A. Baker, Coming Back after a Layoff, 2016) take off a tenth after
two weeks and a fifth to a third after a month or more.
"""


def percent_off(days: int) -> int:
    """Return what comes off after so many days without an exercise, in percent."""
    if days < LONG_DAYS:
        return 0
    return min(FIRST_PERCENT + WEEKLY_PERCENT * ((days - LONG_DAYS) // 7), MOST_PERCENT)


def days_between(earlier: datetime, later: datetime) -> int:
    """Return the days between two instants by the calendar: from Monday to Monday seven."""
    return (later.date() - earlier.date()).days


def time_away(days: int) -> Away | None:
    """Return so many days away, where they are enough to come back lighter."""
    percent = percent_off(days)
    return Away(days, percent) if percent else None
