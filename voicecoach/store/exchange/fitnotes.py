"""FitNotes, for Android and for iOS: a row a set, the day without a time."""

from __future__ import annotations

from collections.abc import Iterator

from voicecoach.store.exchange.notation import Notation, Weights, name_of
from voicecoach.store.exchange.rows import ImportedSet, ImportedWorkout, RowFinding
from voicecoach.store.exchange.table import Header, Row

APP = "fitnotes"


class FitNotesReader:
    """Reads rows of FitNotes. All sets of a day are one workout."""

    def __init__(self, header: Header, notation: Notation) -> None:
        self._notation = notation
        self._load = Weights(header, notation)
        self._last: tuple[str, ImportedWorkout] | None = None

    def __call__(self, row: Row) -> Iterator[ImportedSet | RowFinding]:
        """Yield the set of a row, after what of it cannot be taken in."""
        date = row.required("date")
        at = self._notation.at(date)
        load, unit = self._load(row, row.text("weight unit"))
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
