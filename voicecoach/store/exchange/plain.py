"""The log as a plain table of our own: a row a set, with all that is known of it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TextIO

from voicecoach.errors import UnitError, shown
from voicecoach.session.facts import SetResult
from voicecoach.store.exchange.dates import instant_of
from voicecoach.store.exchange.notation import Notation, without_unfit
from voicecoach.store.exchange.numerals import count_of, exertion_of, load_of, unit_of
from voicecoach.store.exchange.rows import ImportedSet, ImportedWorkout, RowFinding, UnreadableRow
from voicecoach.store.exchange.table import Header, Row, defused
from voicecoach.store.exchange.workouts import LoggedWorkout, written_load
from voicecoach.training.performance import PerformedSet
from voicecoach.training.prescription import SetKind
from voicecoach.units import Load, Rpe, Unit

APP = "voicecoach"

COLUMNS = (
    "session", "started", "at", "routine", "workout", "exercise", "variation", "set", "kind",
    "reps", "hold_seconds", "load_kg", "rpe", "low", "high", "effort", "pain", "note", "source",
    "set_id", "unit",
)  # fmt: skip


def write_plain(workouts: Iterable[LoggedWorkout], stream: TextIO) -> int:
    """Write the sets of workouts as a table; return how many there are."""
    writer = csv.writer(stream)
    writer.writerow(COLUMNS)
    count = 0
    for workout in workouts:
        for one in workout.sets:
            writer.writerow(_cells(workout, one))
            count += 1
    return count


def _cells(workout: LoggedWorkout, one: PerformedSet) -> tuple[object, ...]:
    return (
        defused(one.session),
        workout.session.started_at.isoformat(),
        one.at.isoformat(),
        defused(one.routine),
        defused(one.workout),
        defused(one.exercise),
        defused(one.variation or ""),
        one.number,
        one.kind.value,
        one.reps,
        one.hold_s,
        written_load(one.load, Unit.KG),
        "" if one.rpe is None else one.rpe.value,
        one.low,
        one.high,
        one.effort,
        "yes" if one.pain else "",
        defused(one.note),
        defused(one.source),
        defused(one.id),
        workout.session.unit.value,
    )


class PlainReader:
    """Reads rows of our own, which carry everything but a workout's end and its note."""

    def __init__(self, header: Header, notation: Notation) -> None:  # noqa: ARG002  # as all readers
        self._told = header.told("session", "started", "routine", "workout", "unit")
        self._last: tuple[tuple[str, ...], ImportedWorkout] | None = None

    def __call__(self, row: Row) -> Iterator[ImportedSet | RowFinding]:
        """Yield the set of a row."""
        kind = row.text("kind")
        if kind not in _KINDS:
            msg = f"{shown(kind)} is no kind of set"
            raise UnreadableRow(msg)
        yield ImportedSet(
            line=row.line,
            workout=self._workout(row),
            at=_instant(row, "at"),
            exercise=row.required("exercise"),
            kind=_KINDS[kind],
            result=SetResult(
                reps=_count(row, "reps"),
                hold_s=_count(row, "hold"),
                load=_load(row),
                rpe=_rpe(row),
                effort=row.text("effort") or None,
                pain=row.text("pain") == "yes",
                note=without_unfit(row.exact("note")),
            ),
            id=row.required("set id"),
            number=_count(row, "set"),
            variation=row.exact("variation") or None,
            low=_count(row, "low"),
            high=_count(row, "high"),
            source=row.exact("source"),
        )

    def _workout(self, row: Row) -> ImportedWorkout:
        told = self._told(row.cells)
        if self._last is None or self._last[0] != told:
            session = row.required("session")
            workout = ImportedWorkout(
                app=APP,
                key=session,
                id=session,
                title=without_unfit(row.exact("workout")),
                unit=unit_of(row.text("unit")) or Unit.KG,
                routine=without_unfit(row.exact("routine")),
                started_at=_instant(row, "started"),
            )
            self._last = (told, workout)
        return self._last[1]


_KINDS = {kind.value: kind for kind in SetKind}


def _instant(row: Row, name: str) -> datetime:
    text = row.required(name)
    if (at := instant_of(text)) is None:
        msg = f"{shown(text)} is no instant with its offset from UTC"
        raise UnreadableRow(msg)
    return at


def _count(row: Row, name: str) -> int | None:
    return count_of(row.text(name), name, decimal_comma=False)


def _load(row: Row) -> Load | None:
    text = row.text("load")
    return load_of(text, Unit.KG, decimal_comma=False) if text else None


def _rpe(row: Row) -> Rpe | None:
    try:
        return exertion_of(row.text("rpe"), decimal_comma=False)
    except UnitError as error:
        raise UnreadableRow(error.problem) from error
