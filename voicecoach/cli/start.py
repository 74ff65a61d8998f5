"""`voicecoach start`: train, led by voice or by typed lines."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from voicecoach.cli.completing import routine_names
from voicecoach.cli.settings import settings_for
from voicecoach.cli.talk_options import find_talk, record_option, talk_options
from voicecoach.errors import LogError, UnitError
from voicecoach.library.blocks import exercise_called
from voicecoach.library.shelf import RoutineShelf
from voicecoach.runtime.config import UNIT
from voicecoach.runtime.interrupts import Interrupts
from voicecoach.runtime.journal import Journal
from voicecoach.runtime.opening import (
    Request,
    library_of,
    open_session,
    resumed,
    routines_of,
    unfinished,
)
from voicecoach.runtime.paths import Paths
from voicecoach.session.coaching import COACHING
from voicecoach.session.facts import SessionFinished
from voicecoach.session.sides import half_done
from voicecoach.session.state import State
from voicecoach.session.summary import advice
from voicecoach.store.holding import held
from voicecoach.store.log import TrainingLog
from voicecoach.training.notation import load_of
from voicecoach.units import Load

if TYPE_CHECKING:
    from voicecoach.runtime.talking import Talk

INTERRUPTED = 130


def exercise_load(text: str) -> tuple[str, Load]:
    """Return the exercise and the load of `deadlift=100kg`."""
    exercise, equals, load = text.partition("=")
    if not equals or not exercise.strip():
        msg = f"{text!r} is not of the form deadlift=100kg"
        raise click.BadParameter(msg)
    try:
        return exercise.strip(), load_of(load.strip())
    except UnitError as error:
        msg = f"{text!r}: {error.problem}; {error.remedy}"
        raise click.BadParameter(msg) from error


@click.command()
@click.argument("routine", required=False, shell_complete=routine_names)
@click.option("--workout", help="Train this workout, whosever turn it is.")
@click.option(
    "--load",
    "loads",
    type=exercise_load,
    metavar="EXERCISE=LOAD",
    multiple=True,
    help="Train an exercise with this load: deadlift=100kg.",
)
@click.option(
    "--1rm",
    "maxes",
    type=exercise_load,
    metavar="EXERCISE=LOAD",
    multiple=True,
    help="The most you can lift once: deadlift=120kg.",
)
@click.option("--no-warmup", is_flag=True, help="Begin with the first exercise.")
@click.option("--new", is_flag=True, help="Begin anew where a session was left unfinished.")
@click.option(
    "--debug",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Note down all that happens, without sound: see `voicecoach rehearse --replay`.",
)
@record_option
@talk_options
@click.pass_obj
def start(
    paths: Paths,
    /,
    routine: str | None,
    workout: str | None,
    loads: tuple[tuple[str, Load], ...],
    maxes: tuple[tuple[str, Load], ...],
    no_warmup: bool,
    new: bool,
    debug: Path | None,
    **options: Any,
) -> None:
    """Train ROUTINE, led by the coach.

    By default it is the one in use (see `voicecoach routine use`). Where none
    is, the coach offers three that fit what you have to train with.

    ROUTINE is a name, or a path that ends in .toml. Ctrl-C ends the session;
    whatever was confirmed is kept, and the next start goes on from there.
    Devices, voice and the like are taken from `voicecoach config` where no
    option names them.
    """
    library = library_of(paths)  # a slip is told before anything is asked
    named_loads = {exercise_called(name, library).id: load for name, load in loads}
    named_maxes = {exercise_called(name, library).id: load for name, load in maxes}
    talk = find_talk(paths, **options)
    now = datetime.now().astimezone()
    with (
        held(paths.log, "voicecoach start", now),
        TrainingLog.open(paths.log) as log,
        Interrupts() as interrupts,
    ):
        named = routine is not None
        routine = routine or _in_use(paths, log, talk, interrupts, anew=new)
        if routine is None or interrupts.taken:
            sys.exit(INTERRUPTED if interrupts.taken else 0)
        request = Request(
            routine=routine,
            workout=workout,
            base=Path.cwd(),
            loads=named_loads,
            one_rep_maxes=named_maxes,
            warm_up=not no_warmup,
        )
        state = _open(request, paths, log, new=new, named=named)
        with Journal(paths.crashes, file=debug) as journal:
            coaching = journal.watching(COACHING, state)
            ended = talk.lead(coaching, state, log, interrupts, offset_ms=_elapsed_ms(state))
        _sum_up(ended, log)
        _keep_a_copy(paths, now)
    if interrupts.taken:
        sys.exit(INTERRUPTED)


def _in_use(
    paths: Paths, log: TrainingLog, talk: Talk, interrupts: Interrupts, *, anew: bool
) -> str | None:
    """Return the routine in use; where there is none let the lifter choose, None for no choice."""
    in_use = RoutineShelf(library_of(paths), paths.config / "routines").in_use()
    if in_use is None and not anew:
        left = unfinished(log, datetime.now().astimezone())
        in_use = None if left is None else resumed(left, log).plan.routine
    if in_use:
        return in_use
    from voicecoach.runtime.settling import choose_routine  # noqa: PLC0415  # needed but once

    return choose_routine(talk, paths, interrupts, settings_for(paths)[UNIT])


def _sum_up(ended: State, log: TrainingLog) -> None:
    """Print the sets of the session, and what comes next and why."""
    from voicecoach.report.sets import sets_table  # noqa: PLC0415  # not for the first word

    click.echo()
    half = half_done(ended)
    done = (*log.sets_of(ended.session_id), *((half,) if half else ()))
    click.echo(sets_table(done, ended.unit))
    for _, reason in advice(ended):
        click.echo(reason)


def _keep_a_copy(paths: Paths, now: datetime) -> None:
    """Copy the log once a day; where that fails the session stands all the same."""
    from voicecoach.store.backup import roll  # noqa: PLC0415  # not for the first word

    try:
        roll(paths.log, paths.backups, now)
    except LogError as error:
        click.echo(f"voicecoach: no copy of the log was made: {error}", err=True)


def _open(request: Request, paths: Paths, log: TrainingLog, *, new: bool, named: bool) -> State:
    """Return the state a session opens in: a new one's, or that of the one left unfinished."""
    now = datetime.now().astimezone()
    left = unfinished(log, now)
    if left is None:
        return open_session(request, paths, log, now)
    state = resumed(left, log)
    if new or (
        named
        and state.plan.routine != routines_of(paths).load(request.routine, base=request.base).id
    ):
        opened = open_session(request, paths, log, now)  # if this fails, the other is still there
        since_ms = int((now - left.started_at).total_seconds() * 1000)
        log.append(left.id, [SessionFinished(at_ms=since_ms, completed=False)])
        return opened
    click.echo(f"Going on with the {state.plan.name} session you left; --new begins another.")
    return state


def _elapsed_ms(state: State) -> int:
    """Return how long ago the session began: none for a new one."""
    since = datetime.now().astimezone() - state.started_at
    return int(since.total_seconds() * 1000) if state.resumed else 0
