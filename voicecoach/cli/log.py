"""`voicecoach log`: sets told outside a routine, aloud or typed."""

from __future__ import annotations

import sys
from datetime import date, datetime, timedelta
from typing import Any

import click

from voicecoach.cli.settings import settings_for
from voicecoach.cli.talk_options import find_talk, record_option, talk_options
from voicecoach.errors import UnitError, shown
from voicecoach.report.sets import sets_table
from voicecoach.runtime.config import UNIT, Origin
from voicecoach.runtime.interrupts import Interrupts
from voicecoach.runtime.journal import Journal
from voicecoach.runtime.noting import LogbookLog, open_logbook, take_lines
from voicecoach.runtime.paths import Paths
from voicecoach.session.facts import BodyweightLogged, NoteTaken, SessionFinished
from voicecoach.session.listening import LOGGING
from voicecoach.session.logbook import Logbook, ToldEntry
from voicecoach.store.holding import held
from voicecoach.store.log import TrainingLog
from voicecoach.units import Unit

INTERRUPTED = 130
NOON = timedelta(hours=12)


@click.group(invoke_without_command=True)
@record_option
@talk_options
@click.pass_context
def log(context: click.Context, /, **options: Any) -> None:
    """Tell the coach what you did, outside a routine.

    It listens for "bench press eight reps at eighty kilos", "same again", "two
    more sets", "r p e eight", "no, seven", "undo", "bodyweight eighty two
    point five", "note: left shoulder tight", "what did I do last", and ends at
    "done". Each is kept first, then said back. A name it does not know it asks
    about once and remembers.

    With `add` a line is typed in place of all that.
    """
    if context.invoked_subcommand is not None:
        return
    paths: Paths = context.obj
    talk = find_talk(paths, **options)
    now = datetime.now().astimezone()
    with (
        held(paths.log, "voicecoach log", now),
        TrainingLog.open(paths.log) as training_log,
        Interrupts() as interrupts,
    ):
        state = open_logbook(paths, training_log, now, _unit(paths, training_log))
        kept = LogbookLog(training_log, now, state.unit)
        with Journal(paths.crashes) as journal:
            ended = talk.lead(journal.watching(LOGGING, state), state, kept, interrupts)
        _show(training_log, ended)
    if interrupts.taken:
        sys.exit(INTERRUPTED)


@log.command()
@click.argument("lines", nargs=-1, required=True, metavar="LINE...")
@click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]),
    help="When it was, 2026-01-05 or 2026-01-05T18:30; now by default.",
)
@click.option("--yes", is_flag=True, help="Believe whatever is told, without asking.")
@click.pass_obj
def add(paths: Paths, lines: tuple[str, ...], day: datetime | None, yes: bool) -> None:
    """Log sets typed as "bench press 3x8 @ 80kg".

    Several LINES, or one with semicolons, log several exercises: "squat 5, 5,
    4 @ 100kg rpe 8; plank 2x60s; bodyweight 82.5; note: slept badly". All of
    it goes in, or nothing.
    """
    told = [part.strip() for line in lines for part in line.split(";") if part.strip()]
    if not told:
        msg = "there is nothing to log"
        raise click.UsageError(msg)
    now = datetime.now().astimezone()
    at = now if day is None else _instant(day, now)
    with TrainingLog.open(
        paths.log
    ) as training_log:  # a session of its own: no other is in its way
        state = open_logbook(paths, training_log, at, _unit(paths, training_log))
        state, facts = take_lines(state, told, _answering(yes=yes))
        kept = LogbookLog(training_log, at, state.unit)
        kept.append(state.session_id, [*facts, SessionFinished(at_ms=0, completed=False)])
        _show(training_log, state)


def _unit(paths: Paths, training_log: TrainingLog) -> Unit:
    """Return the unit of loads without one: as it was set, else as it was last."""
    settings = settings_for(paths)
    if settings.origins[UNIT.name] is Origin.DEFAULT:
        return training_log.latest_unit() or settings[UNIT]
    return settings[UNIT]


def _instant(day: datetime, now: datetime) -> datetime:
    """Return when it was by the clock here; a day alone is its noon, or now where it is today."""
    if day == datetime.combine(day.date(), datetime.min.time()):
        day = now.replace(tzinfo=None) if day.date() == now.date() else day + NOON
    at = day.astimezone()
    if at.date() > now.date() or at.date() < date(1970, 1, 1):
        msg = f"{at:%Y-%m-%d} is not a day that you have trained on"
        raise UnitError(msg, remedy="give today or a day before it")
    return at


def _answering(*, yes: bool) -> Any:
    """Return what answers the coach's questions: whoever sits at the terminal, or --yes."""

    def ask(question: str) -> str:
        if yes and question.endswith("Is that right?"):
            return "yes"
        if not sys.stdin.isatty():
            msg = f"the coach asks: {shown(question)}"
            raise UnitError(msg, remedy="say it in full, or with --yes if it is right")
        return str(click.prompt(question))

    return ask


def _show(training_log: TrainingLog, ended: Logbook) -> None:
    """Print what was logged."""
    if ended.sets:
        click.echo(sets_table(training_log.sets_of(ended.session_id), ended.unit))
    for entry in ended.standing:
        if isinstance(entry, ToldEntry):
            click.echo(_entry(entry, ended.unit))


def _entry(entry: ToldEntry, unit: Unit) -> str:
    match entry.fact:
        case BodyweightLogged(weight=weight):
            return f"bodyweight {weight.told(unit)}"
        case NoteTaken(text=text):
            return f"note: {text}"
