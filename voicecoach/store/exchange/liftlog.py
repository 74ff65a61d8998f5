"""LiftLog: a row a set, each with its own instant, the latest first."""

from __future__ import annotations

from collections.abc import Iterator

from voicecoach.store.exchange.notation import Notation, name_of
from voicecoach.store.exchange.rows import ImportedSet, ImportedWorkout, RowFinding
from voicecoach.store.exchange.table import Header, Row

APP = "liftlog"


class LiftLogReader:
    """Reads rows of LiftLog's plain text."""

    def __init__(self, header: Header, notation: Notation) -> None:  # noqa: ARG002  # as all readers
        self._notation = notation
        self._last: ImportedWorkout | None = None

    def __call__(self, row: Row) -> Iterator[ImportedSet | RowFinding]:
        """Yield the set of a row, after what of it cannot be taken in."""
        notation = self._notation
        session = row.required("sessionid")
        at = notation.at(row.text("timestamp") or row.required("date"))
        unit = row.text("weightunit")
        result, findings = notation.result(
            row,
            load=notation.load(row.text("weight"), unit),
            reps=row.text("reps"),
            note=row.text("notes"),
        )
        yield from findings
        if self._last is None or self._last.key != session:
            unit_of_loads = notation.unit_called(unit)
            self._last = ImportedWorkout(app=APP, key=session, title="", unit=unit_of_loads)
        yield ImportedSet(
            line=row.line,
            workout=self._last,
            at=at,
            exercise=name_of(row.text("exercise")),
            result=result,
        )
