"""FitNotes, for Android and for iOS: a row a set, the day without a time."""

from __future__ import annotations

from collections.abc import Iterator

from voicecoach.store.exchange.notation import Notation, name_of
from voicecoach.store.exchange.rows import ImportedSet, ImportedWorkout, RowFinding
from voicecoach.store.exchange.table import Header, Row
from voicecoach.units import Load, Unit

APP = "fitnotes"


class FitNotesReader:
    """Reads rows of FitNotes. All sets of a day are one workout."""

    def __init__(self, header: Header, notation: Notation) -> None:
        self._notation = notation
        # iOS has a column for each unit, and may fill one of them only.
        weights = [column for column in header.columns if column.name == "weight"]
        self._weights = [(column.index, column.measure) for column in weights]
        self._last: tuple[str, ImportedWorkout] | None = None

    def __call__(self, row: Row) -> Iterator[ImportedSet | RowFinding]:
        """Yield the set of a row, after what of it cannot be taken in."""
        date = row.required("date")
        at = self._notation.at(date)
        load, unit = self._load(row)
        result, findings = self._notation.result(
            row,
            load=load,
            reps=row.text("reps"),
            seconds=row.text("time"),
            distance=row.text("distance"),
            note=row.text("comment") or row.text("comments") or row.text("notes"),
        )
        yield from findings
        if self._last is None or self._last[0] != date:
            workout = ImportedWorkout(app=APP, key=date, title="", unit=unit)
            self._last = (date, workout)
        yield ImportedSet(
            line=row.line,
            workout=self._last[1],
            at=at,
            exercise=name_of(row.text("exercise")),
            result=result,
        )

    def _load(self, row: Row) -> tuple[Load, Unit]:
        unit = row.text("weight unit")
        for index, measure in self._weights:
            if written := row.cells[index].strip():
                called = unit or measure
                return self._notation.load(written, called), self._notation.unit_called(called)
        return Load(0), self._notation.unit or Unit.KG
