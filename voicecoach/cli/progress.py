"""`voicecoach progress`: why the next load is what it is."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from voicecoach.cli.completing import exercise_names, routine_names
from voicecoach.cli.exercise import as_json_option, to_json

if TYPE_CHECKING:
    from voicecoach.runtime.paths import Paths


@click.command()
@click.option(
    "--why",
    metavar="EXERCISE",
    required=True,
    shell_complete=exercise_names,
    help="The chain of reasoning from the next load back to the sets, as deadlift.",
)
@click.option(
    "--routine",
    metavar="NAME",
    shell_complete=routine_names,
    help="In this routine; the one in use by default.",
)
@as_json_option
@click.pass_obj
def progress(paths: Paths, why: str, routine: str | None, as_json: bool) -> None:
    """Tell why the next load is what it is."""
    show_why(paths, why, routine, as_json=as_json)


def show_why(paths: Paths, exercise: str, routine: str | None, *, as_json: bool) -> None:
    """Print why a routine trains an exercise as it does."""
    from voicecoach.cli.routine_editing import shelf_of  # noqa: PLC0415  # slow
    from voicecoach.report.reasons import why_json, why_text  # noqa: PLC0415  # as above
    from voicecoach.runtime.reasons import reasons_for  # noqa: PLC0415  # as above

    name = routine or shelf_of(paths).in_use() or "full-back"
    found, reasonings = reasons_for(paths, name, exercise, datetime.now().astimezone())
    if as_json:
        click.echo(to_json(why_json(found.id, reasonings, found.unit)))
        return
    click.echo("\n\n".join(why_text(one, found.unit) for one in reasonings))
