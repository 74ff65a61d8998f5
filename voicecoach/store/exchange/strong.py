"""Strong: a row a set, in three forms; the one with commas names no unit."""

from __future__ import annotations

from collections.abc import Iterator

from voicecoach.store.exchange.notation import Notation, clean, name_of
from voicecoach.store.exchange.rows import (
    ImportedSet,
    ImportedWorkout,
    NoSet,
    RowFinding,
    UnreadableRow,
)
from voicecoach.store.exchange.table import Header, Row
from voicecoach.training.prescription import SetKind

APP = "strong"

COLUMNS = (
    "date", "workout name", "workout notes", "duration", "exercise name", "set order", "weight",
    "weight unit", "reps", "seconds", "distance", "rpe", "notes",
)  # fmt: skip

NO_SETS = ("rest timer", "note")
KINDS = {"w": SetKind.WARMUP, "d": SetKind.DROP, "f": SetKind.FAILURE}


class StrongReader:
    """Reads rows of Strong; one that was written by us is read alike."""

    def __init__(self, header: Header, notation: Notation) -> None:
        self._notation = notation
        weight = header.find("weight")
        self._measure = weight.measure if weight else ""
        self._told = header.told(*COLUMNS)
        self._last: tuple[tuple[str, str, str], ImportedWorkout] | None = None

    def __call__(self, row: Row) -> Iterator[ImportedSet | RowFinding]:
        """Yield the set of a row, after what of it cannot be taken in."""
        (
            date, title, workout_note, duration, exercise, order, weight, unit,
            reps, seconds, distance, rpe, note,
        ) = self._told(row.cells)  # fmt: skip
        kind = _kind(order.strip())
        unit = unit or self._measure
        at = self._notation.at(date)
        result, findings = self._notation.result(
            row,
            load=self._notation.load(weight, unit),
            reps=reps,
            seconds=seconds,
            distance=distance,
            rpe=rpe,
            note=note,
        )
        told = (date, title, workout_note)
        if self._last is None or self._last[0] != told:
            workout = ImportedWorkout(
                app=APP,
                key=f"{date.strip()}\n{clean(title)}",
                title=clean(title),
                unit=self._notation.unit_called(unit),
                note=clean(workout_note),
                duration_s=self._notation.seconds(duration),
            )
            self._last = (told, workout)
        yield from findings
        yield ImportedSet(
            line=row.line,
            workout=self._last[1],
            at=at,
            exercise=name_of(exercise),
            kind=kind,
            result=result,
        )


def _kind(order: str) -> SetKind:
    """Return what a set is for, from its number or letter."""
    told = order.lower()
    if told in NO_SETS:
        raise NoSet
    if told.isdigit():
        return SetKind.WORKING
    if told[:1] in KINDS and told[1:].strip().isdigit() | (len(told) == 1):
        return KINDS[told[0]]
    msg = f"the set order {order!r} is neither a number nor W, D or F" if order else "no set order"
    raise UnreadableRow(msg)
