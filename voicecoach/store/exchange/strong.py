"""Strong: a row a set, in three forms; the one with commas names no unit."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import TextIO

from voicecoach.store.exchange.notation import Notation, clean, name_of
from voicecoach.store.exchange.rows import (
    ImportedSet,
    ImportedWorkout,
    NoSet,
    RowFinding,
    UnreadableRow,
)
from voicecoach.store.exchange.table import Header, Row, defused
from voicecoach.store.exchange.workouts import LoggedWorkout, written_load
from voicecoach.training.performance import PerformedSet
from voicecoach.training.prescription import SetKind
from voicecoach.units import Unit

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


@lru_cache(maxsize=256)
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


WRITTEN = (
    "Date", "Workout Name", "Duration", "Exercise Name", "Set Order", "Weight", "Reps", "Distance",
    "Seconds", "Notes", "Workout Notes", "RPE",
)  # fmt: skip
LETTERS = {kind: letter.upper() for letter, kind in KINDS.items()}


def write_strong(
    workouts: Iterable[LoggedWorkout],
    stream: TextIO,
    unit: Unit,
    name: Callable[[PerformedSet], str],
) -> int:
    """Write workouts in Strong's form with commas; return how many sets there are.

    It is the one that other apps read. Its loads are in `unit`, which it does
    not name. `name` tells what an exercise is called.
    """
    writer = csv.writer(stream)
    writer.writerow(WRITTEN)
    count = 0
    for session, sets in workouts:
        numbers: dict[str, int] = {}
        for one in sets:
            called = name(one)
            order = LETTERS.get(one.kind)
            if order is None:
                numbers[called] = numbers.get(called, 0) + 1
                order = str(numbers[called])
            writer.writerow(
                (
                    f"{session.started_at:%Y-%m-%d %H:%M:%S}",
                    defused(session.workout or session.routine),
                    _spelt(session.duration_s),
                    defused(called),
                    order,
                    written_load(one.load, unit),
                    one.reps if one.hold_s is None else 0,
                    0,
                    one.hold_s or 0,
                    defused(one.note),
                    defused(session.note),
                    "" if one.rpe is None else one.rpe.value,
                )
            )
            count += 1
    return count


def _spelt(seconds: int | None) -> str:
    """Return a duration as Strong spells it: `1h 5m`."""
    if not seconds:
        return ""
    hours, minutes = divmod(max(round(seconds / 60), 1), 60)
    return f"{hours}h {minutes}m" if hours else f"{minutes}m"
