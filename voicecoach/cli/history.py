"""`voicecoach history`: the sets in the log, by day."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

import click

from voicecoach.cli.completing import exercise_names
from voicecoach.cli.history_mending import MENDING
from voicecoach.cli.history_sums import KINDS, summed
from voicecoach.cli.log_reading import exercise_id, log_of, unit_option
from voicecoach.runtime.paths import Paths
from voicecoach.training.performance import PerformedSet
from voicecoach.training.prescription import SetKind
from voicecoach.units import Unit

SCHEMA = "voicecoach.history/1"

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group(invoke_without_command=True)
@click.option(
    "--exercise",
    metavar="NAME",
    shell_complete=exercise_names,
    help="Only this exercise, as deadlift.",
)
@click.option("--since", type=DAY, help="The first day, as 2026-01-05.")
@click.option("--until", type=DAY, help="The last day.")
@click.option(
    "--by",
    type=click.Choice(KINDS),
    help="Sum up hard sets: a line a day, a week or an exercise.",
)
@click.option("--limit", type=click.IntRange(min=1), help="Only this many, the latest.")
@unit_option
@click.option("--json", "as_json", is_flag=True, help=f"Print {SCHEMA} on stdout.")
@click.pass_context
def history(
    ctx: click.Context,
    exercise: str | None,
    since: datetime | None,
    until: datetime | None,
    by: str | None,
    limit: int | None,
    unit: str | None,
    as_json: bool,
) -> None:
    """Show the sets in the log, by day; mend one of them.

    Without --since, --until or --limit the latest two hundred are shown;
    --json always gives all that were asked for.
    """
    if ctx.invoked_subcommand:
        return
    paths: Paths = ctx.obj
    if since and until and since > until:
        msg = f"the first day, {since:%Y-%m-%d}, is after the last, {until:%Y-%m-%d}"
        raise click.UsageError(msg)
    exercise = exercise_id(paths, exercise) if exercise else None
    first, last = since.date() if since else None, until.date() if until else None
    with log_of(paths) as log:
        if by:
            spoken = Unit(unit) if unit else (log and log.latest_unit()) or Unit.KG
            sums = summed(log, by, exercise=exercise, since=first, until=last, limit=limit)
            if exercise and not sums.rows:
                _assert_known(exercise, paths)
            click.echo(sums.as_json() if as_json else sums.as_text(spoken))
            return
        shown = limit if limit or first or last or as_json else SHOWN
        sets: tuple[PerformedSet, ...] = ()
        units: dict[str, Unit] = {}
        if log:
            sets = log.performed_sets(exercise=exercise, since=first, until=last, limit=shown)
            if not as_json:
                sessions = {one.session for one in sets}
                units = {s: Unit(unit) if unit else log.unit_of(s) or Unit.KG for s in sessions}
    if exercise and not sets:
        _assert_known(exercise, paths)
    if as_json:
        click.echo(
            json.dumps({"schema": SCHEMA, "sets": [_as_json(one) for one in sets]}, indent=2)
        )
    elif sets:
        _print(sets, units)
        if shown == len(sets) and shown != limit:
            click.echo(f"These are the latest {shown}; --limit or --since shows earlier ones.")
    else:
        filtered = exercise or since or until
        click.echo("No such set in the log." if filtered else NOTHING_YET)


SHOWN = 200
"""Sets where nobody says how many: ten years of them are no page to read."""

for _command in MENDING:
    history.add_command(_command)


NOTHING_YET = "The log is empty. Train a first time with: voicecoach start"


def _assert_known(exercise: str, paths: Paths) -> None:
    """Tell a slip of the keys from an exercise not done yet. Raises LibraryError."""
    from voicecoach.runtime.opening import library_of  # noqa: PLC0415 - seldom needed

    library_of(paths).exercise(exercise)


def _as_json(one: PerformedSet) -> dict[str, Any]:
    return {
        "at": one.at.isoformat(timespec="seconds"),
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


def _print(sets: Sequence[PerformedSet], units: dict[str, Unit]) -> None:
    rows = [_row(one, units[one.session]) for one in sets]
    widths = [max(map(len, column)) for column in zip(_HEADER, *rows, strict=True)]
    for day, of_day in groupby(zip(sets, rows, strict=True), key=lambda pair: pair[0].at.date()):
        click.secho(f"{day:%A} {day.day} {day:%B %Y}", bold=True)
        click.secho(_line(_HEADER, widths), dim=True)
        for _, row in of_day:
            click.echo(_line(row, widths))
        click.echo()


_HEADER = ("time", "workout", "exercise", "set", "done", "load", "remarks")
_RIGHT = {"set", "done", "load"}  # numbers end under one another


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = (
        cell.rjust(width) if heading in _RIGHT else cell.ljust(width)
        for heading, cell, width in zip(_HEADER, row, widths, strict=True)
    )
    return "  ".join(cells).rstrip()


def _row(one: PerformedSet, unit: Unit) -> tuple[str, ...]:
    done = (
        f"{one.hold_s} s" if one.hold_s is not None else "" if one.reps is None else f"{one.reps}"
    )
    load = "" if one.load is None else one.load.written(unit) if one.load.grams else "bodyweight"
    remarks = (
        "" if one.kind is SetKind.WORKING else one.kind.value,
        f"RPE {one.rpe.value:f}" if one.rpe else "",
        one.effort or "",
        "it hurt" if one.pain else "",
        # Imported notes may hold anything, a terminal's commands too.
        "".join(character if character.isprintable() else " " for character in one.note),
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
