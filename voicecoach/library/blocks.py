"""Blocks from one line, with sensible defaults, and blocks as TOML."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from voicecoach.errors import LibraryError, UnitError, shown
from voicecoach.library.block_tables import WAVE_REPS
from voicecoach.library.document import suggestion
from voicecoach.library.exercises import SEE_LIST, Library
from voicecoach.library.writing import listed, quoted
from voicecoach.training import notation
from voicecoach.training.exercise import Exercise, as_spoken
from voicecoach.training.prescription import CountMode, HoldRange, ProgressRule, RepTarget
from voicecoach.training.routine import Block, BodyweightLoad, LoadRule, PercentLoad, RpeLoad
from voicecoach.training.shorthand import Shorthand, parse_shorthand
from voicecoach.units import Unit

USUAL_SETS = 3
USUAL_REPS = RepTarget(8, 12)
USUAL_HOLD = HoldRange(20, 40)
HEAVY_REPS = 6  # up to so many, the rest is longer
REST_S = {"heavy": 180, "loaded": 120, "light": 90}


def exercise_called(name: str, library: Library) -> Exercise:
    """Return the exercise of that id or spoken name.

    Raises:
        LibraryError: there is none, with the nearest; or its file has mistakes.
    """
    if name in library:
        return library.exercise(name)
    wanted = as_spoken(name)
    by_name = {spoken: one.id for one in library for spoken in one.spoken_names}
    if wanted in by_name:
        return library.exercise(by_name[wanted])
    remedy = suggestion(wanted, (*by_name, *library.ids), SEE_LIST)
    msg = f"there is no exercise {shown(name)}"
    raise LibraryError(msg, remedy=remedy)


def block_of_line(line: str, library: Library) -> Block:
    """Return the block that one line describes; what it leaves out is as is usual.

    Raises:
        UnitError: a part of the line cannot be read, or does not fit the exercise.
        LibraryError: an exercise that is not there.
    """
    said = parse_shorthand(line)
    exercise = exercise_called(said.exercise, library)
    holds = exercise.kind.is_hold
    if said.progress is not None and said.progress.in_waves:
        _check_waves(said, exercise)
        said = replace(said, sets=3, target=WAVE_REPS)
    target = said.target or (USUAL_HOLD if holds else USUAL_REPS)
    if isinstance(target, HoldRange) is not holds:
        what = 'held: write "3x20-40s"' if holds else 'repeated: write "3x8-12"'
        msg = f"{exercise.name} is {what.partition(':')[0]}"
        raise UnitError(msg, remedy=what.partition(": ")[2])
    load = said.load
    if load is None and not exercise.implement.is_loaded and not holds:
        load = BodyweightLoad()
    return Block(
        exercise=exercise.id,
        sets=said.sets or (notation.MOST_ROUNDS if said.amrap_s else USUAL_SETS),
        reps=target if isinstance(target, RepTarget) else None,
        hold=target if isinstance(target, HoldRange) else None,
        load=load,
        tempo=said.tempo,
        count=said.count or (CountMode.PACED if said.tempo else CountMode.FREE),
        rest_s=_rest(target, exercise) if said.rest_s is None else said.rest_s,
        vary=tuple(_variation(name, exercise, library) for name in said.vary),
        instead=tuple(exercise_called(name, library).id for name in said.instead),
        progress=said.progress or _progress(said, load, holds=holds),
        by_side=said.by_side,
        warmup=said.warmup,
        drops=said.drops,
        superset=said.superset,
        change_s=said.change_s,
        interval_s=said.interval_s,
        amrap_s=said.amrap_s,
    )


def _check_waves(said: Shorthand, exercise: Exercise) -> None:
    """See that a line leaves to 5/3/1 what that rule says."""
    if said.sets is not None or said.load is not None:
        msg = "rule '531' says itself how often and how heavy"
        raise UnitError(msg, remedy=f'write "{exercise.id} progress 531"')
    if exercise.kind.is_hold or not exercise.implement.is_loaded:
        msg = f"rule '531' needs a load, and {exercise.name} has none"
        raise UnitError(msg, remedy='write "progress double"')


def _rest(target: RepTarget | HoldRange, exercise: Exercise) -> int:
    if isinstance(target, HoldRange) or not exercise.implement.is_loaded:
        return REST_S["light"]
    return REST_S["heavy" if target.high <= HEAVY_REPS else "loaded"]


def _progress(said: Shorthand, load: LoadRule | None, *, holds: bool) -> ProgressRule:
    if said.amrap_s is not None:
        return ProgressRule()
    if holds:
        return ProgressRule(rule="hold")
    if isinstance(load, RpeLoad):
        return ProgressRule(rule="rpe")
    fixed = isinstance(said.target, RepTarget) and said.target.low == said.target.high
    if isinstance(load, PercentLoad) and fixed:
        return ProgressRule(rule="percent")
    return ProgressRule(rule="linear" if fixed else "double")


def _variation(name: str, exercise: Exercise, library: Library) -> str:
    """Return the id of a variation of `exercise`, or of an exercise that takes turns with it."""
    wanted = as_spoken(name)
    for one in exercise.variations:
        names = (one.id, one.name, *one.aliases)
        if wanted in {as_spoken(each) for each in names}:
            return one.id
    try:
        return exercise_called(name, library).id
    except LibraryError as error:
        ids = [one.id for one in exercise.variations]
        msg = f"{shown(name)} is no variation of {exercise.name}"
        remedy = suggestion(wanted, ids, f"it has {', '.join(ids)}" if ids else SEE_LIST)
        raise LibraryError(msg, remedy=remedy) from error


def block_toml(block: Block, unit: Unit, *, header: str = "workout.block") -> str:
    """Return a block as it is written in a routine, loads in `unit` where they are round in it."""
    lines = [f"[[{header}]]", f"exercise = {quoted(block.exercise)}"]
    if not block.progress.in_waves and block.amrap_s is None:
        lines.append(f"sets = {block.sets}")
    if block.reps is not None and not block.progress.in_waves:
        plain = block.reps.low == block.reps.high and not block.reps.to_failure
        reps = notation.written_reps(block.reps)
        lines.append(f"reps = {reps if plain else quoted(reps)}")
    if block.hold is not None:
        lines.append(f"hold = {quoted(notation.written_hold(block.hold))}")
    if block.load is not None:
        lines.append(f"load = {quoted(notation.written_load_rule(block.load, unit))}")
    if block.tempo is not None:
        lines.append(f"tempo = {quoted(block.tempo.written)}")
    if block.count is not CountMode.FREE:
        lines.append(f"count = {quoted(block.count.value)}")
    lines.append(f"rest = {quoted(notation.written_duration(block.rest_s))}")
    lines += [f"{key} = {listed(names)}" for key, names in _lists(block) if names]
    lines += _lighter_sets(block, unit)
    if header == "workout.block":  # a rung progresses, and takes turns, as its ladder does
        lines += _turns(block)
        lines.append(f"progress = {_progress_toml(block.progress, unit)}")
    text = "\n".join(lines) + "\n"
    for rung in block.then:
        text += "\n" + block_toml(rung, unit, header="workout.block.then")
    return text


def _lighter_sets(block: Block, unit: Unit) -> Iterable[str]:
    if block.by_side is not None:
        yield f"each_side = {str(block.by_side).lower()}"
    if block.warmup is not None:
        steps = notation.written_warmup(block.warmup, unit)
        yield f"warmup = {listed(steps) if steps else quoted('auto')}"
    if block.drops is not None:
        drops = notation.written_drops(block.drops)
        yield f"drops = {drops if drops.isdigit() else quoted(drops)}"


def _turns(block: Block) -> Iterable[str]:
    if block.superset:
        yield f"superset = {quoted(block.superset)}"
    if block.change_s:
        yield f"change = {quoted(notation.written_duration(block.change_s))}"
    if block.interval_s is not None:
        yield f"emom = {quoted(notation.written_duration(block.interval_s))}"
    if block.amrap_s is not None:
        yield f"amrap = {quoted(notation.written_duration(block.amrap_s))}"


def _lists(block: Block) -> Iterable[tuple[str, tuple[str, ...]]]:
    return (("vary", block.vary), ("instead", block.instead))


def _progress_toml(progress: ProgressRule, unit: Unit) -> str:
    step = ""
    if progress.step_s is not None:
        step = f', step = "{progress.step_s}s"'
    elif progress.step_load is not None:
        step = f", step = {quoted(progress.step_load.told(unit))}"
    retest = f', retest = "{progress.retest_weeks} weeks"' if progress.retest_weeks else ""
    return f"{{ rule = {quoted(progress.rule)}{step}{retest} }}"
