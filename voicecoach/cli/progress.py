"""`voicecoach progress`: where training leads, in charts, and why the next load is what it is."""

from __future__ import annotations

import shutil
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from voicecoach.cli.completing import exercise_names, routine_names
from voicecoach.cli.exercise import as_json_option, to_json
from voicecoach.cli.log_reading import exercise_id, overview, unit_option
from voicecoach.errors import ConfigError, PlanError, shown

if TYPE_CHECKING:
    from voicecoach.report.overview import Overview
    from voicecoach.runtime.paths import Paths
    from voicecoach.training.course import Course, Point

WIDEST = 110  # of a chart: beyond it the eye loses the line
PICTURES = (".svg", ".png")


@click.command()
@click.argument("exercise", required=False, shell_complete=exercise_names)
@click.option(
    "--since",
    type=click.DateTime(formats=["%Y-%m-%d"]),
    help="Chart from this day on, as 2026-01-05.",
)
@click.option(
    "--plot",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.png|svg",
    help="Write the chart to a file instead.",
)
@unit_option
@click.option(
    "--why",
    metavar="EXERCISE",
    shell_complete=exercise_names,
    help="The chain of reasoning from the next load back to the sets, as deadlift.",
)
@click.option(
    "--routine",
    metavar="NAME",
    shell_complete=routine_names,
    help="With --why: in this routine; by default the one in use, or that trained it last.",
)
@as_json_option
@click.pass_obj
def progress(
    paths: Paths,
    exercise: str | None,
    since: datetime | None,
    file: Path | None,
    unit: str | None,
    why: str | None,
    routine: str | None,
    as_json: bool,
) -> None:
    """Show where training leads: all of it in short, or one EXERCISE as a chart.

    The chart is of the estimated one-rep maximum, of the most repetitions
    where nothing is lifted but the body, or of the longest hold.
    """
    if why:
        if exercise or since or file or unit:
            msg = "--why goes with --routine and --json alone"
            raise click.UsageError(msg)
        show_why(paths, why, routine, as_json=as_json)
        return
    if (since or file) and not exercise:
        msg = "name the exercise to chart, as: progress deadlift"
        raise click.UsageError(msg)
    if file and file.suffix.lower() not in PICTURES:
        msg = f"{file} ends neither in .png nor in .svg"
        raise click.UsageError(msg)
    exercise = exercise_id(paths, exercise) if exercise else None
    found = overview(paths, unit, exercise=exercise)
    if as_json:
        from voicecoach.report.figures import progress_json  # noqa: PLC0415  # slow

        click.echo(to_json(progress_json(found, exercise)))
    elif exercise:
        _show_exercise(found, since, file)
    elif found.courses:
        from voicecoach.report.progress import overview_text  # noqa: PLC0415  # slow
        from voicecoach.report.terminal import glyphs_for  # noqa: PLC0415  # as above

        click.echo(overview_text(found, _width(), glyphs_for(sys.stdout.encoding)))
    else:
        click.echo("No hard set in the log yet.")


def _show_exercise(found: Overview, since: datetime | None, file: Path | None) -> None:
    course = found.courses[0] if found.courses else None
    points = course.since(since.date()) if course and since else course.points if course else ()
    if course is None or not points:
        click.echo("No hard set of it in the log.")
    elif file:
        _draw(course, found, points, file)
    else:
        from voicecoach.report.progress import exercise_text  # noqa: PLC0415  # slow
        from voicecoach.report.terminal import glyphs_for  # noqa: PLC0415  # as above

        glyphs = glyphs_for(sys.stdout.encoding)
        click.echo(exercise_text(course, found, points, _width(), glyphs))


def _draw(course: Course, found: Overview, points: tuple[Point, ...], file: Path) -> None:
    """Write the chart of an exercise to a file. Raises ConfigError."""
    from voicecoach.library.writing import write_whole  # noqa: PLC0415  # slow
    from voicecoach.report.chart import drawn  # noqa: PLC0415  # as above
    from voicecoach.report.picture import picture, png  # noqa: PLC0415  # as above
    from voicecoach.report.wording import course_said, course_title  # noqa: PLC0415  # as above

    chosen = drawn(course, found.sessions_with_records(course.exercise), found.unit, points)
    drawing = picture(chosen, course_title(course, found), course_said(course, points, found.unit))
    content = png(drawing) if file.suffix.lower() == ".png" else drawing
    write_whole(file, content, ConfigError, durable=False)
    click.echo(str(file))


def _width() -> int:
    return max(40, min(WIDEST, shutil.get_terminal_size().columns))


def show_why(paths: Paths, exercise: str, routine: str | None, *, as_json: bool) -> None:
    """Print why a routine trains an exercise as it does."""
    from voicecoach.cli.routine_editing import shelf_of  # noqa: PLC0415  # slow
    from voicecoach.report.reasons import why_json, why_text  # noqa: PLC0415  # as above
    from voicecoach.runtime.reasons import latest_routine, reasons_for  # noqa: PLC0415  # as above

    now = datetime.now().astimezone()
    in_use = shelf_of(paths).in_use()
    name = routine or in_use or "full-back"
    try:
        found, reasonings = reasons_for(paths, name, exercise, now)
    except PlanError:
        latest = None if routine else latest_routine(paths, exercise_id(paths, exercise))
        if latest is None and not (routine or in_use):
            msg = f"no routine is in use, and none that there is has trained {shown(exercise)}"
            remedy = "name one with --routine, or take one: voicecoach routine use NAME"
            raise PlanError(msg, remedy=remedy) from None
        if latest is None:
            raise
        found, reasonings = reasons_for(paths, latest, exercise, now)
    if as_json:
        click.echo(to_json(why_json(found.id, reasonings, found.unit)))
        return
    click.echo("\n\n".join(why_text(one, found.unit) for one in reasonings))
