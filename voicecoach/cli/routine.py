"""`voicecoach routine`: the routines there are, what is wrong with one, and those of one's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from voicecoach.cli.completing import routine_names
from voicecoach.cli.exercise import as_json_option, finding_as_json, library_of, to_json
from voicecoach.cli.routine_editing import EDITING, shelf_of
from voicecoach.errors import Finding, RoutineError
from voicecoach.library.equipment import read_equipment
from voicecoach.library.exercises import Library
from voicecoach.library.routines import CheckedRoutine, RoutineFile, Routines
from voicecoach.training import notation
from voicecoach.training.order import rounds
from voicecoach.training.outline import estimated_seconds, muscle_work
from voicecoach.training.performance import CompletedWorkout
from voicecoach.training.planning import Log, plan
from voicecoach.training.prescription import CountMode, ProgressRule, WorkoutPrescription
from voicecoach.training.routine import Block, LoadRule, PercentLoad, Routine
from voicecoach.units import Unit, plain

if TYPE_CHECKING:
    from voicecoach.runtime.paths import Paths

LIST_SCHEMA = "voicecoach.routines/1"
SHOW_SCHEMA = "voicecoach.routine/1"
CHECK_SCHEMA = "voicecoach.routine-check/1"


@click.group()
def routine() -> None:
    """List, show, check and make routines."""


for command in EDITING:
    routine.add_command(command)


@routine.command("list")
@as_json_option
@click.pass_obj
def list_routines(paths: Paths, as_json: bool) -> None:
    """List every routine, your own among them."""
    routines = routines_of(paths)
    checked = [(file, routines.check(file.id)) for file in routines.files()]
    if as_json:
        items = [_in_short(file, one) for file, one in checked]
        click.echo(to_json({"schema": LIST_SCHEMA, "routines": items}))
        return
    width = max(len(file.id) for file, _ in checked)
    for file, one in checked:
        about = one.routine.about or one.routine.name
        if one.findings:
            about = f"{_mistakes(one.findings)}; see `voicecoach routine check {file.id}`"
        click.echo(f"{file.id:<{width}}  {about}")


@routine.command("show")
@click.argument("name", required=False, shell_complete=routine_names)
@as_json_option
@click.pass_obj
def show_routine(paths: Paths, name: str | None, as_json: bool) -> None:
    """Show the workouts of a routine.

    NAME is a routine's name, or a path that ends in .toml; the one in use
    unless you say.
    """
    name = name or shelf_of(paths).in_use()
    if name is None:
        msg = "no routine is in use: name one, or take one with `voicecoach routine use NAME`"
        raise click.UsageError(msg)
    found = routines_of(paths).load(name, base=Path.cwd())
    library = library_of(paths)
    due = _due(found, library, paths)
    if as_json:
        shown = _in_full(found, library) | {"next": _next(due.plan)}
        click.echo(to_json({"schema": SHOW_SCHEMA, "routine": shown}))
    else:
        click.echo("\n".join(_page(found, library, due)))


@routine.command("check")
@click.argument("name", required=False, shell_complete=routine_names)
@as_json_option
@click.pass_obj
def check_routine(paths: Paths, name: str | None, as_json: bool) -> None:
    """Find every mistake in a routine, each with its line and a remedy.

    NAME is a routine's name, or a path that ends in .toml; without it every
    routine of your own is checked.
    """
    routines = routines_of(paths)
    names = [file.id for file in routines.files() if file.own] if name is None else [name]
    checked = [routines.check(one, base=Path.cwd()) for one in names]
    findings = tuple(finding for one in checked for finding in one.findings)
    if as_json:
        answer = {
            "schema": CHECK_SCHEMA,
            "routine": None if name is None else checked[0].routine.id,
            "routines": [one.routine.id for one in checked],
            "findings": [finding_as_json(one) for one in findings],
        }
        click.echo(to_json(answer))
    else:
        for one in checked:
            if not one.findings:
                click.echo(f"{one.routine.id}: no mistakes")
        for finding in findings:
            click.echo(str(finding), err=True)
        if not checked:
            click.echo("You have no routines of your own. Make one: voicecoach routine new NAME")
    if findings:
        them = "it" if len(findings) == 1 else "them"
        raise RoutineError(
            _mistakes(findings),
            place=", ".join(dict.fromkeys(one.file for one in findings)),
            remedy=f"mend {them} and check again",
            findings=findings,
        )


def routines_of(paths: Paths) -> Routines:
    """Return the routines: built in, and the lifter's own."""
    return Routines(library_of(paths), paths.config / "routines")


def _mistakes(findings: tuple[Finding, ...]) -> str:
    return "1 mistake" if len(findings) == 1 else f"{len(findings)} mistakes"


def _in_short(file: RoutineFile, checked: CheckedRoutine) -> dict[str, Any]:
    """Return a routine as a list holds it."""
    return {
        "id": file.id,
        "name": checked.routine.name,
        "about": checked.routine.about,
        "unit": checked.routine.unit.value,
        "workouts": list(checked.routine.order),
        "own": file.own,
        "mistakes": len(checked.findings),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Due:
    """What comes next of a routine, and what came last."""

    plan: WorkoutPrescription
    last: CompletedWorkout | None


def _due(routine: Routine, library: Library, paths: Paths) -> _Due:
    """Return whose turn it is, from the log as it stands."""
    now = datetime.now().astimezone()
    past = Log(now=now)
    if paths.log.exists():  # to look must not make one
        from voicecoach.store.log import TrainingLog  # noqa: PLC0415 - only where there is a log

        with TrainingLog.open(paths.log) as log:
            completed = log.completed_workouts(routine.id)
            sets = log.performed_sets()
            # A clock that was set back must not hide what was done.
            past = Log.until(max([now, *(one.at for one in sets)]), sets, completed)
    last = past.completed[-1] if past.completed else None
    owned = read_equipment(paths.equipment).equipment
    return _Due(plan=plan(routine, None, library.exercise, past, equipment=owned), last=last)


def _next(due: WorkoutPrescription) -> dict[str, Any]:
    return {
        "workout": due.workout,
        "blocks": [
            {
                "exercise": block.exercise.id,
                "variation": block.variation.id if block.variation else None,
                "load_kg": load.grams / 1000 if (load := block.working.load) is not None else None,
            }
            for block in due.blocks
        ],
    }


def _in_full(routine: Routine, library: Library) -> dict[str, Any]:
    """Return all that a routine says, and what follows from it."""
    work = muscle_work(routine, library.exercise, library.muscles)
    return {
        "id": routine.id,
        "name": routine.name,
        "about": routine.about,
        "unit": routine.unit.value,
        "rotate": list(routine.order),
        "review_weeks": routine.review_weeks,
        "advice": list(routine.advice),
        "muscles": {
            "primary": list(work.primary),
            "secondary": list(work.secondary),
            "left_out": list(work.left_out),
        },
        "workouts": [
            {
                "name": workout.name,
                "estimated_s": estimated_seconds(workout, library.exercise),
                "warmup_s": workout.warmup_s,
                "warmup_advice": workout.warmup_advice,
                "blocks": [_block(block, routine.unit, library) for block in workout.blocks],
            }
            for workout in routine.workouts
        ],
    }


def _block(block: Block, unit: Unit, library: Library) -> dict[str, Any]:
    """Return a block with its quantities as a routine writes them."""
    warmup = block.warmup
    return {
        "exercise": block.exercise,
        "sets": block.sets if block.amrap_s is None else None,
        "reps": notation.written_reps(block.reps)
        if block.reps and not block.progress.in_waves
        else None,
        "hold": notation.written_hold(block.hold) if block.hold else None,
        "load": notation.written_load_rule(block.load, unit) if block.load else None,
        "tempo": block.tempo.written if block.tempo else None,
        "count": block.count.value,
        "rest_s": block.rest_s,
        "vary": list(block.vary),
        "instead": list(block.instead),
        "progress": {
            "rule": block.progress.rule,
            "step": _step(block.progress, unit),
            "retest_weeks": block.progress.retest_weeks,
        },
        "then": [_block(rung, unit, library) for rung in block.then],
        "superset": block.superset or None,
        "change_s": block.change_s,
        "emom_s": block.interval_s,
        "amrap_s": block.amrap_s,
        "each_side": block.each_side(library.exercise(block.exercise)),
        "warmup": None if warmup is None else list(notation.written_warmup(warmup, unit)) or "auto",
        "drops": None if block.drops is None else notation.written_drops(block.drops),
    }


def _step(progress: ProgressRule, unit: Unit) -> str | None:
    if progress.step_s is not None:
        return f"{progress.step_s}s"
    return progress.step_load.told(unit) if progress.step_load else None


def _page(routine: Routine, library: Library, due: _Due) -> list[str]:
    """Return what `routine show` prints, line by line."""
    work = muscle_work(routine, library.exercise, library.muscles)
    lines = [f"{routine.name}  ({routine.id}, loads in {routine.unit.value})"]
    if routine.about:
        lines.append(routine.about)
    if len(routine.order) > 1:
        lines.append(f"in turn: {', '.join(routine.order)}")
    lines.append(_next_line(due))
    lines.append(f"works: {_muscles(work.primary, library)}")
    if work.left_out:
        lines.append(f"leaves out: {_muscles(work.left_out, library)}")
    for workout in routine.workouts:
        minutes = max(1, round(estimated_seconds(workout, library.exercise) / 60))
        lines += ["", f"Workout {workout.name}, about {minutes} min"]
        if workout.warmup_s:
            advice = f"  {workout.warmup_advice}" if workout.warmup_advice else ""
            lines.append(f"  warm-up {notation.written_duration(workout.warmup_s)}{advice}")
        for group in rounds(workout.blocks):
            lines += _group_lines([workout.blocks[n] for n in group], routine.unit, library)
    if routine.advice:
        lines += ["", "Good to know", *(f"  {sentence}" for sentence in routine.advice)]
    return lines


def _next_line(due: _Due) -> str:
    """Return whose turn it is and why: `next: B, with the sumo deadlift (last was A)`."""
    turns = [block.variation.name for block in due.plan.blocks if block.variation]
    turning = f", with {', '.join(turns)}" if turns else ""
    last = f"  (last was {due.last.workout}, on {due.last.at:%Y-%m-%d})" if due.last else ""
    return f"next: {due.plan.workout}{turning}{last}"


def _muscles(ids: tuple[str, ...], library: Library) -> str:
    return ", ".join(library.muscles[one].name for one in ids)


def _group_lines(blocks: list[Block], unit: Unit, library: Library) -> list[str]:
    """Return the lines of blocks that take turns, or of a lone one."""
    if len(blocks) == 1:
        lines = _block_lines(blocks[0], unit, library, _rest(blocks[0]))
        return [f"  {line}" for line in lines]
    what = "superset" if len(blocks) == 2 else "circuit"
    rest = notation.written_duration(blocks[-1].rest_s)
    by_time = blocks[0].interval_s is not None or blocks[0].amrap_s is not None
    when = "in the end" if by_time else "after the round"
    lines = [f"  {what} {blocks[0].superset}{_rounds(blocks[0])}, rest {rest} {when}"]
    for number, block in enumerate(blocks, 1):
        change = ""
        if block.change_s and number < len(blocks):
            change = f", change {notation.written_duration(block.change_s)}"
        after = _by_clock(block) or change
        lines += [f"    {line}" for line in _block_lines(block, unit, library, after)]
    return lines


def _rest(block: Block) -> str:
    by_clock = _by_clock(block) or _rounds(block)
    rest = f", rest {notation.written_duration(block.rest_s)}"
    return f"{by_clock}{rest} in the end" if by_clock else rest


def _by_clock(block: Block) -> str:
    every = block.interval_s
    return "" if every is None else f", one every {notation.written_duration(every)}"


def _rounds(block: Block) -> str:
    limit = block.amrap_s
    return "" if limit is None else f", over and over for {notation.written_duration(limit)}"


def _block_lines(block: Block, unit: Unit, library: Library, after: str) -> list[str]:
    """Return the lines of a block; `after` is what comes after each of its sets."""
    lines = [f"{block.exercise}: {_work(block, unit, library)}{after}"]
    if block.warmup is not None:
        steps = notation.written_warmup(block.warmup, unit)
        lines.append(f"  warm-up: {', '.join(steps) or 'rising to the working load'}")
    if block.drops is not None:
        each = "each set" if block.drops.after_each else "the last set"
        by = f"{plain(block.drops.percent):f}% lighter"
        lines.append(f"  drops: {block.drops.count} after {each}, {by} each time")
    if block.vary:
        lines.append(f"  in turn: {', '.join(block.vary)}")
    if block.instead:
        lines.append(f"  or: {', '.join(block.instead)}")
    if block.progress.rule != "none":
        step = _step(block.progress, unit)
        lines.append(f"  progress: {block.progress.rule}{f', by {step}' if step else ''}")
    for rung in block.then:
        form = f" ({', '.join(rung.vary)})" if rung.vary else ""
        lines.append(f"  then {rung.exercise}{form}: {_work(rung, unit, library)}{_rest(rung)}")
    return lines


def _work(block: Block, unit: Unit, library: Library) -> str:
    """Return what is done, and how: `3 x 4-6 each side at 85%, tempo 2-0-1-0`."""
    if block.progress.in_waves:
        return "sets of five, three and one, in waves of four weeks"
    target = notation.written_reps(block.reps) if block.reps else ""
    target = notation.written_hold(block.hold) if block.hold else target
    tempo = f", tempo {block.tempo.written}" if block.tempo else ""
    counted = "" if block.count is CountMode.FREE else f", counted {block.count.value}"
    sides = " each side" if block.each_side(library.exercise(block.exercise)) else ""
    how_often = "" if block.amrap_s is not None else f"{block.sets} x "
    return f"{how_often}{target}{sides}{_load(block.load, unit)}{tempo}{counted}"


def _load(rule: LoadRule | None, unit: Unit) -> str:
    if rule is None:
        return ""
    of_max = " of the most you lift once" if isinstance(rule, PercentLoad) else ""
    return f" at {notation.written_load_rule(rule, unit)}{of_max}"
