"""Fitbod: a row a set, its instant by UTC; the sets of a day are one workout."""

from __future__ import annotations

from collections.abc import Iterator

from voicecoach.store.exchange.notation import Notation, name_of
from voicecoach.store.exchange.rows import ImportedSet, ImportedWorkout, RowFinding
from voicecoach.store.exchange.table import Header, Row
from voicecoach.training.prescription import SetKind

APP = "fitbod"

YES = ("true", "1", "yes")


class FitbodReader:
    """Reads rows of Fitbod.

    A load is that of one dumbbell, as the log has it: `multiplier` tells
    that there were two, and is passed over.
    """

    def __init__(self, header: Header, notation: Notation) -> None:
        self._notation = notation
        weight = header.find("weight")
        self._measure = weight.measure if weight else ""
        self._last: ImportedWorkout | None = None

    def __call__(self, row: Row) -> Iterator[ImportedSet | RowFinding]:
        """Yield the set of a row, after what of it cannot be taken in."""
        notation = self._notation
        at = notation.at(row.required("date"))
        result, findings = notation.result(
            row,
            load=notation.load(row.text("weight"), self._measure),
            reps=row.text("reps"),
            seconds=row.text("duration"),
            distance=row.text("distance"),
            note=row.text("note"),
        )
        yield from findings
        day = at.date().isoformat()
        if self._last is None or self._last.key != day:
            unit = notation.unit_called(self._measure)
            self._last = ImportedWorkout(app=APP, key=day, title="", unit=unit)
        yield ImportedSet(
            line=row.line,
            workout=self._last,
            at=at,
            exercise=name_of(row.text("exercise")),
            kind=SetKind.WARMUP if row.text("iswarmup").lower() in YES else SetKind.WORKING,
            result=result,
        )
