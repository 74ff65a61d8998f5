"""Scales: where values and days fall on a chart, and which of them its axes name."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Scale:
    """Values from `low` to `high` on pixels, or cells, from `start` to `end`."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Return where `value` falls."""
        share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)


def value_ticks(low: float, high: float, count: int = 4) -> list[float]:
    """Return round values that span `low` to `high`, about `count` steps of 1, 2, 2.5 or 5."""
    if high <= low:
        high = low + max(1.0, abs(low) * 0.1)
    rough = (high - low) / count
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [number * step for number in range(first, last + 1)]


def tick_text(value: float) -> str:
    """Return a tick's value without needless decimals: `2,500`, `2.5`."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def day_ticks(first: date, last: date, most: int = 5) -> list[tuple[date, str]]:
    """Return at most `most` days to name between `first` and `last`, each with its label.

    Beginnings of years where there are several, else of months, else days.
    """
    for step in (1, 2, 3, 5, 10, 20, 50):
        years = [year for year in range(first.year + 1, last.year + 1) if year % step == 0]
        if len(years) < 2:
            break
        if len(years) <= most:
            return [(date(year, 1, 1), str(year)) for year in years]
    for step in (1, 2, 3, 4, 6):
        months = [day for day in _months(first, last) if (day.month - 1) % step == 0]
        if len(months) < 2:
            break
        if len(months) <= most:
            return [(day, _month_label(day)) for day in months]
    span = (last - first).days
    steps = min(most - 1, span) or 1
    days = {first + timedelta(days=round(span * part / steps)) for part in range(steps + 1)}
    return [(day, f"{day.day} {day:%b}") for day in sorted(days)]


def _months(first: date, last: date) -> Iterator[date]:
    """Yield the beginnings of months in a period."""
    year, month = first.year, first.month
    while (day := date(year, month, 1)) <= last:
        if day >= first:
            yield day
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def _month_label(day: date) -> str:
    return str(day.year) if day.month == 1 else f"{day:%b}"
