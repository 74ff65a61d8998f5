"""`voicecoach history`, a day after the other: the sets, and what was said beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

from voicecoach.report.wording import one_line
from voicecoach.training.performance import PerformedSet
from voicecoach.training.prescription import SetKind
from voicecoach.units import Load, Unit

if TYPE_CHECKING:
    from voicecoach.store.entries import Bodyweight, Note
    from voicecoach.store.log import TrainingLog


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """Sets of the log in the order of time, and the notes and bodyweights of their days."""

    sets: tuple[PerformedSet, ...] = ()
    notes: tuple[Note, ...] = ()
    bodyweights: tuple[Bodyweight, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return all of it for programs."""
        known = {(one.session, one.id): one for one in self.sets}
        return {
            "sets": [_set_json(one) for one in self.sets],
            "bodyweights": [
                {"at": _instant(one.at), "weight_kg": one.weight.grams / 1000}
                for one in self.bodyweights
            ],
            "notes": [
                _note_json(one, known.get((one.session, one.set_id or ""))) for one in self.notes
            ],
        }

    def show(self, units: dict[str, Unit], unit: Unit, *, converted: bool) -> None:
        """Print it by day: a table of the sets with their notes, and what is of no set.

        `units` has that of each session's loads, `unit` is that of the body.
        A load is shown in the unit it was given in, unless `converted`.
        """
        written = Load.converted if converted else Load.told
        noted: dict[tuple[str, str], list[str]] = {(one.session, one.id): [] for one in self.sets}
        said = [(one.at, f"bodyweight {written(one.weight, unit)}") for one in self.bodyweights]
        for note in self.notes:
            of_set = noted.get((note.session, note.set_id or ""))
            if of_set is None:
                said.append((note.at, f"note: {one_line(note.text)}"))
            else:
                of_set.append(note.text)
        rows = [
            (one.at, _row(one, _load(one, units[one.session], written), noted[one.session, one.id]))
            for one in self.sets
        ]
        columns = zip(_HEADER, *(row for _, row in rows), strict=True)
        widths = [max(map(len, column)) for column in columns]
        tables, lines = _by_day(rows), _by_day(sorted(said))
        for day in sorted({*tables, *lines}):
            click.secho(f"{day:%A} {day.day} {day:%B %Y}", bold=True)
            if day in tables:
                click.secho(_line(_HEADER, widths), dim=True)
            for _, row in tables.get(day, ()):
                click.echo(_line(row, widths))
            for at, text in lines.get(day, ()):
                click.echo(f"{at:%H:%M}  {text}")
            click.echo()


def days_of(
    log: TrainingLog,
    *,
    exercise: str | None,
    since: date | None,
    until: date | None,
    limit: int | None,
) -> Days:
    """Return the sets that were asked for, with what was said on their days.

    Where an exercise is asked for, that is the notes of its sets alone; where
    a `limit` leaves out earlier sets, what was said before them is left out too.
    """
    sets = log.performed_sets(exercise=exercise, since=since, until=until, limit=limit)
    if limit and len(sets) == limit:
        since = sets[0].at.date()
    notes = log.notes(since=since, until=until)
    if exercise:
        shown = {(one.session, one.id) for one in sets}
        return Days(
            sets=sets, notes=tuple(one for one in notes if (one.session, one.set_id) in shown)
        )
    return Days(sets=sets, notes=notes, bodyweights=log.bodyweights(since=since, until=until))


Of = TypeVar("Of")


def _by_day(timed: Iterable[tuple[datetime, Of]]) -> dict[date, list[tuple[datetime, Of]]]:
    """Return what has an instant by its day."""
    found: dict[date, list[tuple[datetime, Of]]] = {}
    for one in timed:
        found.setdefault(one[0].date(), []).append(one)
    return found


def _instant(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def _note_json(note: Note, of: PerformedSet | None) -> dict[str, Any]:
    return {
        "at": _instant(note.at),
        "text": note.text,
        "exercise": of.exercise if of else None,
        "set": of.number if of else None,
    }


def _set_json(one: PerformedSet) -> dict[str, Any]:
    return {
        "at": _instant(one.at),
        "workout": one.workout,
        "exercise": one.exercise,
        "set": one.number,
        "reps": one.reps,
        "hold_seconds": one.hold_s,
        "load_kg": None if one.load is None else one.load.grams / 1000,
        "rpe": None if one.rpe is None else float(one.rpe.value),
        "kind": one.kind.value,
        "note": one.note,
        "source": one.source,
    }


_HEADER = ("time", "workout", "exercise", "set", "done", "load", "remarks")
_RIGHT = {"set", "done", "load"}  # numbers end under one another


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = (
        cell.rjust(width) if heading in _RIGHT else cell.ljust(width)
        for heading, cell, width in zip(_HEADER, row, widths, strict=True)
    )
    return "  ".join(cells).rstrip()


def _load(one: PerformedSet, unit: Unit, written: Callable[[Load, Unit], str]) -> str:
    if one.load is None:
        return ""
    return written(one.load, unit) if one.load else "bodyweight"


def _row(one: PerformedSet, load: str, notes: Sequence[str]) -> tuple[str, ...]:
    done = (
        f"{one.hold_s} s" if one.hold_s is not None else "" if one.reps is None else f"{one.reps}"
    )
    remarks = (
        "" if one.kind is SetKind.WORKING else one.kind.value,
        f"RPE {one.rpe.value:f}" if one.rpe else "",
        one.effort or "",
        "it hurt" if one.pain else "",
        *(one_line(note) for note in (one.note, *notes)),  # an imported one may hold anything
    )
    return (
        f"{one.at:%H:%M}",
        f"{one.routine} {one.workout}".strip(),
        one.exercise if one.variation is None else f"{one.exercise} ({one.variation})",
        str(one.number),
        done,
        load,
        ", ".join(remark for remark in remarks if remark),
    )
