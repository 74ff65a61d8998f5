"""`voicecoach history`: the sets in the log, by day."""

from __future__ import annotations

import json
from datetime import datetime

import click

from voicecoach.cli.completing import exercise_names
from voicecoach.cli.history_days import Days, days_of
from voicecoach.cli.history_mending import MENDING
from voicecoach.cli.history_sums import KINDS, summed
from voicecoach.cli.log_reading import exercise_id, log_of, unit_option
from voicecoach.runtime.paths import Paths
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
        found = Days()
        units: dict[str, Unit] = {}
        latest = Unit(unit) if unit else Unit.KG
        if log:
            found = days_of(log, exercise=exercise, since=first, until=last, limit=shown)
            if not as_json:
                sessions = {one.session for one in found.sets}
                units = {s: Unit(unit) if unit else log.unit_of(s) or Unit.KG for s in sessions}
                latest = Unit(unit) if unit else log.latest_unit() or Unit.KG
    if exercise and not found.sets:
        _assert_known(exercise, paths)
    if as_json:
        click.echo(json.dumps({"schema": SCHEMA} | found.as_json(), indent=2))
    elif found.sets or found.notes or found.bodyweights:
        found.show(units, latest, converted=unit is not None)
        if shown == len(found.sets) and shown != limit:
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
