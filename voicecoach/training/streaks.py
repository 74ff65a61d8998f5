"""Streaks: weeks in a row with training in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from voicecoach.training.hard_sets import monday

WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Streaks:
    """How steadily someone trains.

    The current streak still stands in a week that has no training yet: there
    is time until its Sunday.
    """

    current_weeks: int
    longest_weeks: int
    longest_until: date | None  # the Sunday it ended on, None where there was no training
    days: int  # trained, in all


def streaks(days: Iterable[date], today: date) -> Streaks:
    """Return the streaks that the days trained make, seen from `today`; later days are left out."""
    trained = {day for day in days if day <= today}
    current = longest = 0
    longest_until = None
    previous: date | None = None
    for week in sorted({monday(day) for day in trained}):
        current = current + 1 if previous and week - previous == WEEK else 1
        if current > longest:
            longest, longest_until = current, week + timedelta(days=6)
        previous = week
    if previous is None or monday(today) - previous > WEEK:
        current = 0
    return Streaks(
        current_weeks=current,
        longest_weeks=longest,
        longest_until=longest_until,
        days=len(trained),
    )
