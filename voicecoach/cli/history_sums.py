"""`voicecoach history --by …`: what was done, a line a day, a week or an exercise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from voicecoach.cli.exercise import to_json
from voicecoach.cli.log_reading import today
from voicecoach.report.wording import one_line, short_day, volume_text
from voicecoach.training.hard_sets import monday
from voicecoach.units import Unit

if TYPE_CHECKING:
    from voicecoach.store.log import TrainingLog
    from voicecoach.store.sums import DayTally, ExerciseTally

SCHEMA = "voicecoach.history-sums/1"

KINDS = ("day", "week", "exercise")

USUAL_PERIOD = {"day": timedelta(weeks=8), "week": timedelta(weeks=26), "exercise": None}
"""How far a look goes back where nobody says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """Hard sets summed up. `since` is a first day that nobody asked for, None where one did."""

    by: str
    rows: list[dict[str, Any]]
    since: date | None

    def as_json(self) -> str:
        """Return the sums for programs."""
        return to_json({"schema": SCHEMA, "by": self.by, "rows": self.rows})

    def as_text(self, unit: Unit) -> str:
        """Return the sums as a table."""
        if not self.rows:
            return "No such set in the log."
        lines = _table(self.by, self.rows, unit)
        if self.since:
            lines.append(f"Since {short_day(self.since)}; --since looks further back.")
        return "\n".join(lines)


def summed(
    log: TrainingLog | None,
    by: str,
    *,
    exercise: str | None,
    since: date | None,
    until: date | None,
    limit: int | None,
) -> Sums:
    """Return what the log says, summed up by one of KINDS: the latest last, an exercise's first.

    A `limit` keeps the latest rows; without it and without `since` a table
    of days or weeks goes back no further than is read at a glance.
    """
    period = USUAL_PERIOD[by]
    usual = None if period is None or since or limit else (until or today()) - period
    found: Sequence[ExerciseTally] | Sequence[DayTally] = ()
    if log is not None:
        tally = log.exercise_tallies if by == "exercise" else log.day_tallies
        found = tally(since=since or usual, until=until)
    rows = _rows(by, [one for one in found if exercise is None or one.exercise == exercise])
    if limit:
        rows = rows[:limit] if by == "exercise" else rows[-limit:]
    return Sums(by=by, rows=rows, since=usual)


def _rows(by: str, tallies: Sequence[Any]) -> list[dict[str, Any]]:
    """Return the rows as programs get them: days in ISO form, volume in kilograms."""
    match by:
        case "exercise":
            return [
                {
                    "exercise": one.exercise,
                    "days": one.days,
                    "sets": one.sets,
                    "volume_kg": one.volume_g / 1000,
                    "first": one.first.isoformat(),
                    "last": one.last.isoformat(),
                }
                for one in tallies
            ]
        case "week":
            groups = groupby(tallies, key=lambda one: monday(one.day))
            return [{"week": week.isoformat()} | _sum(of_week) for week, of_week in groups]
        case _:
            groups = groupby(tallies, key=lambda one: one.day)
            return [{"day": day.isoformat()} | _sum(of_day) for day, of_day in groups]


def _sum(tallies: Iterable[DayTally]) -> dict[str, Any]:
    found = list(tallies)
    return {
        "days": len({one.day for one in found}),
        "sets": sum(one.sets for one in found),
        "volume_kg": sum(one.volume_g for one in found) / 1000,
        "exercises": list(dict.fromkeys(one.exercise for one in found)),
    }


_HEADINGS = {
    "exercise": ("exercise", "days", "sets", "volume", "first", "last"),
    "week": ("week of", "days", "sets", "volume", "of exercises"),
    "day": ("day", "sets", "volume", "exercises"),
}
_RIGHT = frozenset({"days", "sets", "volume", "of exercises"})  # numbers end under one another


def _table(by: str, rows: Sequence[dict[str, Any]], unit: Unit) -> list[str]:
    headings = _HEADINGS[by]
    cells = [headings, *(_cells(by, row, unit) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = [
        "  ".join(
            cell.rjust(width) if heading in _RIGHT else cell.ljust(width)
            for heading, cell, width in zip(headings, row, widths, strict=True)
        ).rstrip()
        for row in cells
    ]
    return [click.style(lines[0], dim=True), *lines[1:]]


def _cells(by: str, row: dict[str, Any], unit: Unit) -> tuple[str, ...]:
    volume = volume_text(round(row["volume_kg"] * 1000), unit) if row["volume_kg"] else ""
    sums = (str(row["days"]), str(row["sets"]), volume)
    if by == "exercise":
        days = (short_day(date.fromisoformat(row[key])) for key in ("first", "last"))
        return (one_line(row["exercise"]), *sums, *days)
    if by == "week":
        week = short_day(date.fromisoformat(row["week"]))
        return (week, *sums, str(len(row["exercises"])))
    day = date.fromisoformat(row["day"])
    return (f"{day:%a} {short_day(day)}", *sums[1:], one_line(", ".join(row["exercises"])))
