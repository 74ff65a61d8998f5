"""Hevy: a row a set, quoted, its unit in the header."""

from __future__ import annotations

from collections.abc import Iterator

from voicecoach.errors import shown
from voicecoach.store.exchange.notation import Notation, clean, name_of
from voicecoach.store.exchange.rows import ImportedSet, ImportedWorkout, RowFinding, UnreadableRow
from voicecoach.store.exchange.table import Header, Row
from voicecoach.training.prescription import SetKind

APP = "hevy"

COLUMNS = (
    "title", "start time", "end time", "description", "exercise title", "exercise notes",
    "set type", "weight", "reps", "distance", "duration", "rpe",
)  # fmt: skip

KINDS = {
    "": SetKind.WORKING,
    "normal": SetKind.WORKING,
    "warmup": SetKind.WARMUP,
    "failure": SetKind.FAILURE,
    "dropset": SetKind.DROP,
    "drop set": SetKind.DROP,
}


class HevyReader:
    """Reads rows of Hevy. What is noted of an exercise goes to its first set."""

    def __init__(self, header: Header, notation: Notation) -> None:
        self._notation = notation
        weight = header.find("weight")
        self._measure = weight.measure if weight else ""
        self._told = header.told(*COLUMNS)
        self._last: tuple[tuple[str, ...], ImportedWorkout] | None = None
        self._noted: set[str] = set()  # exercises of the workout whose note was taken

    def __call__(self, row: Row) -> Iterator[ImportedSet | RowFinding]:
        """Yield the set of a row, after what of it cannot be taken in."""
        (
            title, start, end, description, exercise, exercise_notes, set_type, weight,
            reps, distance, duration, rpe,
        ) = self._told(row.cells)  # fmt: skip
        notation = self._notation
        kind = KINDS.get(set_type.strip().lower().replace("_", " "))
        if kind is None:
            msg = f"{shown(set_type)} is no type of set"
            raise UnreadableRow(msg)
        at = notation.at(start)
        name = name_of(exercise)
        told = (title, start, end, description)
        if self._last is None or self._last[0] != told:
            workout = ImportedWorkout(
                app=APP,
                key=f"{start.strip()}\n{clean(title)}",
                title=clean(title),
                unit=notation.unit_called(self._measure),
                note=clean(description),
                duration_s=self._duration(start, end),
            )
            self._last = (told, workout)
            self._noted = set()
        result, findings = notation.result(
            row,
            load=notation.load(weight, self._measure),
            reps=reps,
            seconds=duration,
            distance=distance,
            rpe=rpe,
            note="" if name in self._noted else exercise_notes,
        )
        self._noted.add(name)
        yield from findings
        yield ImportedSet(
            line=row.line,
            workout=self._last[1],
            at=at,
            exercise=name,
            kind=kind,
            result=result,
        )

    def _duration(self, start: str, end: str) -> int | None:
        if not end.strip():
            return None
        seconds = int((self._notation.at(end) - self._notation.at(start)).total_seconds())
        return seconds if seconds > 0 else None
