"""`voicecoach history amend|delete`: a set of the log mended afterwards, by new facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import TypeVar

import click

from voicecoach.cli.log_reading import exercise_id
from voicecoach.errors import LogError, VoicecoachError, shown
from voicecoach.report.sets import sets_table
from voicecoach.runtime.opening import library_of
from voicecoach.runtime.paths import Paths
from voicecoach.session.facts import SetAmended, SetResult, SetVoided
from voicecoach.store.log import TrainingLog
from voicecoach.training.notation import duration_of, load_of
from voicecoach.training.performance import PerformedSet
from voicecoach.units import Load, Rpe, Unit

T = TypeVar("T")
Command = TypeVar("Command", bound=Callable[..., None])

BODYWEIGHT = "bodyweight"
MOST_REPS = 10_000


def named_set(command: Command) -> Command:
    """Give a command the arguments that name one set of the log, as `history` prints it."""
    for decorate in (
        click.option(
            "--at",
            "clock",
            metavar="HH:MM[:SS]",
            help="Which, where a day has two of them.",
        ),
        click.option(
            "--on",
            "day",
            type=click.DateTime(formats=["%Y-%m-%d"]),
            help="The day, as 2026-01-05; the last one the exercise was trained unless given.",
        ),
        click.argument("number", type=click.IntRange(min=1), metavar="SET"),
        click.argument("exercise", metavar="EXERCISE"),
    ):
        command = decorate(command)
    return command


@click.command("amend")
@named_set
@click.option("--reps", type=click.IntRange(0, MOST_REPS), help="Repetitions that were done.")
@click.option("--hold", metavar="TIME", help="Time that was held, as 45s.")
@click.option("--load", metavar="LOAD", help="As 82.5kg, 185lb, or bodyweight.")
@click.option("--rpe", metavar="RPE", help="5 to 10, in halves; empty takes it away.")
@click.option("--note", help="A note; empty takes it away.")
@click.option("--pain/--no-pain", default=None, help="Whether it hurt.")
@click.pass_obj
def amend(
    paths: Paths,
    exercise: str,
    number: int,
    day: datetime | None,
    clock: str | None,
    reps: int | None,
    hold: str | None,
    load: str | None,
    rpe: str | None,
    note: str | None,
    pain: bool | None,
) -> None:
    """Mend a set: `history amend deadlift 2 --reps 6`.

    EXERCISE and SET are as `history` prints them. What was known before
    stays in the log; what stands is what is given here.
    """
    if (reps, hold, load, rpe, note, pain) == (None,) * 6:
        msg = "nothing to mend: give --reps, --hold, --load, --rpe, --note or --pain"
        raise click.UsageError(msg)
    if reps is not None and hold is not None:
        msg = "a set has repetitions or a time held, not both"
        raise click.UsageError(msg)
    with _log_of(paths) as log:
        before = _the_set(log, paths, exercise, number, day, clock)
        result = SetResult(
            reps=before.reps if hold is None and reps is None else reps,
            hold_s=before.hold_s if hold is None and reps is None else _given(hold, duration_of),
            load=before.load if load is None else _load(load),
            rpe=before.rpe if rpe is None else _rpe(rpe),
            effort=before.effort,
            pain=before.pain if pain is None else pain,
            note=before.note if note is None else note.strip(),
        )
        log.append(
            before.session,
            [SetAmended(at_ms=_now_ms(log, before), set_id=before.id, result=result)],
        )
        unit = log.unit_of(before.session) or Unit.KG
    after = replace(
        before,
        reps=result.reps,
        hold_s=result.hold_s,
        load=result.load,
        rpe=result.rpe,
        pain=result.pain,
        note=result.note,
    )
    click.echo(f"{before.at:%Y-%m-%d %H:%M}, as it was and as it stands:")
    click.echo(sets_table((before, after), unit))


@click.command("delete")
@named_set
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def delete(
    paths: Paths,
    exercise: str,
    number: int,
    day: datetime | None,
    clock: str | None,
    yes: bool,
) -> None:
    """Delete a set, as if it had never been: `history delete deadlift 3`.

    It counts for nothing any more. That it was logged stays in the log.
    """
    with _log_of(paths) as log:
        found = _the_set(log, paths, exercise, number, day, clock)
        click.echo(f"{found.at:%Y-%m-%d %H:%M}")
        click.echo(sets_table((found,), log.unit_of(found.session) or Unit.KG))
        if not yes:
            click.confirm("Delete it?", abort=True)
        log.append(found.session, [SetVoided(at_ms=_now_ms(log, found), set_id=found.id)])
    click.echo("Deleted.")


MENDING = (amend, delete)


def _log_of(paths: Paths) -> TrainingLog:
    if not paths.log.exists():  # to look must not make one
        msg = "the log is empty"
        raise LogError(msg, place=str(paths.log), remedy="train or import first")
    return TrainingLog.open(paths.log)


def _the_set(
    log: TrainingLog,
    paths: Paths,
    exercise: str,
    number: int,
    day: datetime | None,
    clock: str | None,
) -> PerformedSet:
    """Return the one set that is named. Raises LogError where there is none, or more than one."""
    exercise = exercise_id(paths, exercise)
    on = day.date() if day else _last_day(log, paths, exercise)
    of_day = log.performed_sets(exercise=exercise, since=on, until=on)
    found = [
        one
        for one in of_day
        if one.number == number and clock in (None, f"{one.at:%H:%M}", f"{one.at:%H:%M:%S}")
    ]
    if not found:
        there = ", ".join(f"{one.number} at {one.at:%H:%M}" for one in of_day) or "none"
        msg = f"there is no set {number} of {shown(exercise)} on {on}"
        msg += f" at {clock}" if clock else ""
        raise LogError(msg, place=str(paths.log), remedy=f"its sets that day: {there}")
    if len(found) > 1:
        minutes = [f"{one.at:%H:%M}" for one in found]
        apart = len({*minutes}) == len(found)
        times = minutes if apart else [f"{one.at:%H:%M:%S}" for one in found]
        listed = ", ".join(times)
        msg = f"{on} has {len(found)} sets numbered {number} of {shown(exercise)}, at {listed}"
        raise LogError(msg, place=str(paths.log), remedy=f"say which: --at {times[0]}")
    return found[0]


def _last_day(log: TrainingLog, paths: Paths, exercise: str) -> date:
    latest = log.performed_sets(exercise=exercise, limit=1)
    if not latest:
        library_of(paths).exercise(exercise)  # a slip of the keys is told as one
        msg = f"there is no set of {shown(exercise)} in the log"
        raise LogError(msg, place=str(paths.log), remedy="see `voicecoach history`")
    return latest[0].at.date()


def _now_ms(log: TrainingLog, one: PerformedSet) -> int:
    """Return this instant in the time of the set's session; never before the set."""
    started_at = log.started_at(one.session)
    now = datetime.now(tz=started_at.tzinfo)
    return int((max(now, one.at) - started_at).total_seconds() * 1000)


def _given(value: str | None, read: Callable[[object], T]) -> T | None:
    return None if value is None else _as_usage(read, value)


def _as_usage(read: Callable[[object], T], value: str) -> T:
    """Read a value of an option; what cannot be read is an error of usage."""
    try:
        return read(value)
    except VoicecoachError as error:
        raise click.UsageError(str(error)) from error


def _load(text: str) -> Load:
    return Load(0) if text.strip().lower() == BODYWEIGHT else _as_usage(load_of, text)


def _rpe(text: str) -> Rpe | None:
    if not text.strip():
        return None
    try:
        return Rpe(Decimal(text))
    except (VoicecoachError, InvalidOperation) as error:
        msg = f"an RPE of {shown(text)} is not on the scale: give 5 to 10, in halves"
        raise click.UsageError(msg) from error
