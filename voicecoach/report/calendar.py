"""The calendar: months of days, each shaded by the hard sets done on it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from voicecoach.report.markup import Markup, tag
from voicecoach.report.wording import counted, day_text

MONTHS = 12
CELL, GAP = 13, 3
STEPS = (6, 12, 18)
"""Hard sets from which a day is shaded darker."""


def months_until(today: date, count: int = MONTHS) -> list[date]:
    """Return the first days of the last `count` months, this one last."""
    number = today.year * 12 + today.month - 1
    return [
        date((number - back) // 12, (number - back) % 12 + 1, 1)
        for back in range(min(count, number - 11) - 1, -1, -1)
    ]


def days_of(month: date) -> list[date]:
    """Return the days of the month that begins on `month`."""
    return [
        day for number in range(31) if (day := month + timedelta(days=number)).month == month.month
    ]


def shade(sets: int) -> int:
    """Return the shade of a day with so many hard sets: 0 for none, up to 4."""
    return 0 if not sets else 1 + sum(sets > step for step in STEPS)


def month_figure(month: date, days: Mapping[date, int], today: date) -> Markup:
    """Return a month as weeks of seven days, Monday first; days to come are left out."""
    cells = []
    trained = 0
    for day in days_of(month):
        if day > today:
            break
        sets = days.get(day, 0)
        trained += sets > 0
        row = (day.day - 1 + month.weekday()) // 7
        said = f"{day_text(day)}: {counted(sets, 'hard set')}" if sets else day_text(day)
        cells.append(
            tag(
                "rect",
                tag("title", said),
                x=day.weekday() * (CELL + GAP),
                y=row * (CELL + GAP),
                width=CELL,
                height=CELL,
                rx=3,
                class_=f"day shade-{shade(sets)}",
            )
        )
    width, height = 7 * (CELL + GAP) - GAP, 6 * (CELL + GAP) - GAP
    return tag(
        "figure",
        tag("figcaption", f"{month:%b %Y}"),
        tag(
            "svg",
            tag("title", f"{month:%B %Y}: {counted(trained, 'day')} trained"),
            *cells,
            viewBox=f"0 0 {width} {height}",
            role="img",
        ),
        class_="month",
    )
