"""Liftosaur: a row a set, with what was required beside what was completed."""

from __future__ import annotations

from collections.abc import Iterator

from voicecoach.store.exchange.notation import Notation, clean, name_of
from voicecoach.store.exchange.rows import ImportedSet, ImportedWorkout, NoSet, RowFinding
from voicecoach.store.exchange.table import Header, Row
from voicecoach.training.prescription import SetKind

APP = "liftosaur"


class LiftosaurReader:
    """Reads rows of Liftosaur. A set without completed repetitions was not done."""

    def __init__(self, header: Header, notation: Notation) -> None:  # noqa: ARG002  # as all readers
        self._notation = notation
        self._last: tuple[tuple[str, ...], ImportedWorkout] | None = None

    def __call__(self, row: Row) -> Iterator[ImportedSet | RowFinding]:
        """Yield the set of a row, after what of it cannot be taken in."""
        notation = self._notation
        start = row.required("workout datetime")
        began = notation.at(start)
        if not row.text("completed reps"):
            raise NoSet
        done = row.text("completed reps time")
        unit = row.text("completed weight unit") or row.text("required weight unit")
        result, findings = notation.result(
            row,
            load=notation.load(row.text("completed weight value"), unit),
            reps=row.text("completed reps"),
            rpe=row.text("completed rpe"),
            note=row.text("notes"),
        )
        yield from findings
        yield ImportedSet(
            line=row.line,
            workout=self._workout(row, start, unit),
            at=max(began, notation.at(done)) if done else began,
            exercise=name_of(row.text("exercise")),
            kind=SetKind.WARMUP if row.text("is warmup set?") == "1" else SetKind.WORKING,
            result=result,
        )

    def _workout(self, row: Row, start: str, unit: str) -> ImportedWorkout:
        told = (start, row.text("program"), row.text("day name"))
        if self._last is None or self._last[0] != told:
            title = clean(" ".join(one for one in told[1:] if one))
            unit_of_loads = self._notation.unit_called(unit)
            workout = ImportedWorkout(app=APP, key=start, title=title, unit=unit_of_loads)
            self._last = (told, workout)
        return self._last[1]
