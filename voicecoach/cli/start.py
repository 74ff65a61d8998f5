"""`voicecoach start`: train, led by voice or by typed lines."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import click

from voicecoach.cli.routine_editing import shelf_of
from voicecoach.errors import DeviceError, UnitError, VoicecoachError
from voicecoach.report.sets import sets_table
from voicecoach.runtime.driver import Driver, Log
from voicecoach.runtime.interrupts import Interrupts
from voicecoach.runtime.opening import Request, open_session, resumed, routines_of, unfinished
from voicecoach.runtime.paths import Paths
from voicecoach.runtime.text_stage import PipedLines, TerminalLines, TextStage
from voicecoach.session.facts import SessionFinished
from voicecoach.session.state import State
from voicecoach.store.log import TrainingLog
from voicecoach.training.notation import load_of
from voicecoach.units import Load

DEFAULT_ROUTINE = "full-back"
INTERRUPTED = 130

Lead = Callable[[State, Log, Interrupts], State]
"""Leads a session to its end, by voice or typed."""


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
@click.argument("routine", required=False)
@click.option("--workout", help="Train this workout, whosever turn it is.")
@click.option("--text", is_flag=True, help="Type and read in place of speaking and hearing.")
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
@click.option("--mic", "microphone", help="The microphone, by name or a part of it.")
@click.option("--speaker", help="The speaker or earbuds, by name or a part of it.")
@click.option("--recogniser", help="vosk, moonshine or pocketsphinx; the best there is by default.")
@click.option("--voice", help="The coach's voice; see `voicecoach voices`.")
@click.option(
    "--buffer",
    "buffer_ms",
    type=click.IntRange(10, 1000),
    metavar="MS",
    help="Sound made ahead, 40 by default: more where a busy computer leaves gaps in it.",
)
@click.pass_obj
def start(
    paths: Paths,
    /,
    routine: str | None,
    workout: str | None,
    text: bool,
    loads: tuple[tuple[str, Load], ...],
    maxes: tuple[tuple[str, Load], ...],
    no_warmup: bool,
    new: bool,
    buffer_ms: int | None,
    **wishes: str | None,
) -> None:
    """Train ROUTINE, led by the coach.

    By default it is the one in use (see `voicecoach routine use`), else full-back.

    ROUTINE is a name, or a path that ends in .toml. Ctrl-C ends the session;
    whatever was confirmed is kept, and the next start goes on from there.
    """
    request = Request(
        routine=routine or shelf_of(paths).in_use() or DEFAULT_ROUTINE,
        workout=workout,
        base=Path.cwd(),
        loads=dict(loads),
        one_rep_maxes=dict(maxes),
        warm_up=not no_warmup,
    )
    lead: Lead = _typed
    if not text:
        try:
            lead = _spoken(paths, buffer_ms, wishes)
        except DeviceError as error:
            _offer_text(error)
    with TrainingLog.open(paths.log) as log:
        state = _open(request, paths, log, new=new, named=routine is not None)
        with Interrupts() as interrupts:
            ended = lead(state, log, interrupts)
        click.echo()
        click.echo(sets_table(log.sets_of(state.session_id), ended.plan.unit))
    if interrupts.taken:
        sys.exit(INTERRUPTED)


def _open(request: Request, paths: Paths, log: TrainingLog, *, new: bool, named: bool) -> State:
    """Return the state a session opens in: a new one's, or that of the one left unfinished."""
    now = datetime.now().astimezone()
    left = unfinished(log, now)
    if left is None:
        return open_session(request, paths, log, now)
    state = resumed(left)
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


def _offer_text(error: VoicecoachError) -> None:
    """Offer to type where there is no sound; without a terminal to ask at, say so and end."""
    if not sys.stdin.isatty():
        raise error
    click.echo(f"voicecoach: {error.problem}", err=True)
    if not click.confirm("Type and read instead?", default=True):
        raise click.Abort


def _elapsed_ms(state: State) -> int:
    """Return how long ago the session began: none for a new one."""
    since = datetime.now().astimezone() - state.started_at
    return int(since.total_seconds() * 1000) if state.resumed else 0


def _typed(state: State, log: Log, interrupts: Interrupts) -> State:
    offset_ms = _elapsed_ms(state)
    source = iter(sys.stdin.readline, "")
    lines = (
        TerminalLines(source, offset_ms=offset_ms)
        if sys.stdin.isatty()
        else PipedLines(source, offset_ms=offset_ms)
    )
    stage = TextStage(lines, click.echo, state.plan.unit)
    return Driver(stage, log, interrupts=interrupts).run(state)


def _spoken(paths: Paths, buffer_ms: int | None, wishes: dict[str, str | None]) -> Lead:
    """Find devices and engines; return what leads a session on them. Raises DeviceError."""
    # Slow to import, and of no use to a session that is typed.
    from voicecoach.runtime.live_session import Wishes, find_rig, lead  # noqa: PLC0415

    rig = find_rig(paths, Wishes(buffer_ms=buffer_ms, **wishes))
    click.echo(rig.description)
    return lambda state, log, interrupts: lead(
        rig,
        state,
        log,
        interrupts,
        offset_ms=_elapsed_ms(state),
        show=lambda _, line: click.echo(line),
    )
