"""StrongLifts: a row an exercise of a workout, its sets side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator

from voicecoach.store.exchange.notation import Notation, clean, name_of
from voicecoach.store.exchange.rows import ImportedSet, ImportedWorkout, NoSet, RowFinding
from voicecoach.store.exchange.table import Header, Row

APP = "stronglifts"

_SET = re.compile(r"set (\d+)")


class StrongLiftsReader:
    """Reads rows of StrongLifts.

    The summary as `5/5/0/5/-` tells a set that failed, 0, from one that was
    not done, a dash; the cells of the sets have 0 for both.
    """

    def __init__(self, header: Header, notation: Notation) -> None:
        self._notation = notation
        numbers = {
            int(match[1]) for name in header.names if (match := _SET.fullmatch(name)) is not None
        }
        self._sets = []
        for number in sorted(numbers):
            amount = header.find(f"set {number}", "reps", "time", "seconds")
            load = header.find(f"set {number}", "kg", "lb", "lbs")
            if amount and load:
                self._sets.append((amount, load))
        body = header.find("body weight")
        self._body = body.measure if body else ""

    def __call__(self, row: Row) -> Iterator[ImportedSet | RowFinding]:
        """Yield the sets of a row, each after what of it cannot be taken in."""
        notation = self._notation
        at = notation.at(f"{row.required('date')} {row.text('start time')}".strip())
        exercise = name_of(row.text("exercise"))
        summary = (row.text("sets×reps") or row.text("sets×time")).split("/")
        not_done = {n for n, told in enumerate(summary) if told.strip() in ("-", "–")}
        done = [
            (amount, load)
            for n, (amount, load) in enumerate(self._sets)
            if row.cells[amount.index].strip() and n not in not_done
        ]
        if not done:
            raise NoSet
        workout: ImportedWorkout | None = None
        for nth, (amount, load) in enumerate(done):
            cell = row.cells[amount.index].strip()
            timed = amount.measure != "reps"
            result, findings = notation.result(
                row,
                load=notation.load(row.cells[load.index], load.measure),
                reps="" if timed else cell,
                seconds=cell if timed else "",
                note="" if nth else row.text("notes"),
            )
            yield from findings
            workout = workout or self._workout(row, load.measure)
            yield ImportedSet(
                line=row.line, workout=workout, at=at, exercise=exercise, result=result
            )

    def _workout(self, row: Row, unit: str) -> ImportedWorkout:
        notation = self._notation
        body = row.text("body weight")
        return ImportedWorkout(
            app=APP,
            key=f"{row.text('date')}\n{row.text('workout')}",
            title=clean(row.text("workout name")),
            unit=notation.unit_called(unit),
            duration_s=_hours(row.text("duration")),
            bodyweight=notation.load(body, self._body) if body else None,
        )


def _hours(text: str) -> int | None:
    """Return hours with their decimals as whole seconds."""
    match = re.fullmatch(r"\d{1,3}(?:[.,]\d+)?", text)
    return round(float(text.replace(",", ".")) * 3600) or None if match else None
