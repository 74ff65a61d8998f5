"""Hevy: a row a set, quoted, its unit in the header."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import TextIO

from voicecoach.errors import shown
from voicecoach.store.exchange.notation import Notation, Weights, clean, name_of
from voicecoach.store.exchange.rows import ImportedSet, ImportedWorkout, RowFinding, UnreadableRow
from voicecoach.store.exchange.table import Header, Row, defused
from voicecoach.store.exchange.workouts import LoggedWorkout, written_load
from voicecoach.training.performance import PerformedSet
from voicecoach.training.prescription import SetKind
from voicecoach.units import Unit

APP = "hevy"

COLUMNS = (
    "title", "start time", "end time", "description", "exercise title", "exercise notes",
    "set type", "reps", "distance", "duration", "rpe",
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
        self._load = Weights(header, notation)
        self._told = header.told(*COLUMNS)
        self._last: tuple[tuple[str, ...], ImportedWorkout] | None = None
        self._noted: set[str] = set()  # exercises of the workout whose note was taken

    def __call__(self, row: Row) -> Iterator[ImportedSet | RowFinding]:
        """Yield the set of a row, after what of it cannot be taken in."""
        (
            title, start, end, description, exercise, exercise_notes, set_type,
            reps, distance, duration, rpe,
        ) = self._told(row.cells)  # fmt: skip
        notation = self._notation
        kind = KINDS.get(set_type.strip().lower().replace("_", " "))
        if kind is None:
            msg = f"{shown(set_type)} is no type of set"
            raise UnreadableRow(msg)
        at = notation.at(start)
        name = name_of(exercise)
        load, unit = self._load(row)
        told = (title, start, end, description)
        if self._last is None or self._last[0] != told:
            workout = ImportedWorkout(
                app=APP,
                key=f"{start.strip()}\n{clean(title)}",
                title=clean(title),
                unit=unit,
                note=clean(description),
                duration_s=self._duration(start, end),
            )
            self._last = (told, workout)
            self._noted = set()
        result, findings = notation.result(
            row,
            load=load,
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


TYPES = {
    SetKind.WORKING: "normal",
    SetKind.WARMUP: "warmup",
    SetKind.DROP: "dropset",
    SetKind.FAILURE: "failure",
}

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def write_hevy(
    workouts: Iterable[LoggedWorkout],
    stream: TextIO,
    unit: Unit,
    name: Callable[[PerformedSet], str],
) -> int:
    """Write workouts in Hevy's form; return how many sets there are.

    What was noted of each set of an exercise is put together with its first.
    """
    metric = unit is Unit.KG
    writer = csv.writer(stream, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(
        (
            "title", "start_time", "end_time", "description", "exercise_title", "superset_id",
            "exercise_notes", "set_index", "set_type", "weight_kg" if metric else "weight_lbs",
            "reps", "distance_km" if metric else "distance_miles", "duration_seconds", "rpe",
        )
    )  # fmt: skip
    count = 0
    for session, sets in workouts:
        end = session.started_at + timedelta(seconds=session.duration_s or 0)
        for called, of_exercise in _by_name(sets, name).items():
            notes = "\n".join(one.note for one in of_exercise if one.note)
            for index, one in enumerate(of_exercise):
                writer.writerow(
                    (
                        defused(session.workout or session.routine),
                        _written(session.started_at),
                        _written(end),
                        defused(session.note),
                        defused(called),
                        "",
                        defused(notes),
                        index,
                        TYPES[one.kind],
                        written_load(one.load, unit),
                        "" if one.reps is None else one.reps,
                        "",
                        "" if one.hold_s is None else one.hold_s,
                        "" if one.rpe is None else f"{one.rpe.value}",
                    )
                )
                count += 1
    return count


def _by_name(
    sets: Iterable[PerformedSet], name: Callable[[PerformedSet], str]
) -> dict[str, list[PerformedSet]]:
    """Return the sets of a workout exercise by exercise, as Hevy has them."""
    found: dict[str, list[PerformedSet]] = {}
    for one in sets:
        found.setdefault(name(one), []).append(one)
    return found


def _written(at: datetime) -> str:
    """Return an instant as Hevy writes it, whatever the locale: `6 Jul 2026, 17:59`."""
    return f"{at.day} {_MONTHS[at.month - 1]} {at:%Y, %H:%M}"
