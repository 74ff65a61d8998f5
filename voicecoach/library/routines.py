"""Routines: the lifter's own and the built-in ones, read with every mistake found at once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from voicecoach.errors import Finding, LibraryError, PlanError, RoutineError, UnitError, shown
from voicecoach.library.document import Document, Table, suggestion
from voicecoach.library.exercises import DATA, SEE_LIST, Library
from voicecoach.training import notation
from voicecoach.training.exercise import Exercise, ExerciseKind
from voicecoach.training.prescription import CountMode, HoldRange, ProgressRule, Tempo
from voicecoach.training.progression.rules import RULES
from voicecoach.training.routine import (
    Block,
    LoadRule,
    PercentLoad,
    Routine,
    RpeLoad,
    Workout,
)
from voicecoach.units import Load, Unit

MOST_WORKOUTS = 50
MOST_BLOCKS = 50
MOST_SETS = 50
MOST_RUNGS = 20
MOST_WEEKS = 104
NAME = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
LONGEST_NAME = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutineFile:
    """Where a routine is kept."""

    id: str
    file: Path
    own: bool  # the lifter's, not built in


@dataclass(frozen=True, slots=True)
class CheckedRoutine:
    """A routine as far as it could be read, and all that is wrong with it."""

    routine: Routine
    findings: tuple[Finding, ...]


class Routines:
    """The routines in the lifter's `directory` and the built-in ones behind it."""

    def __init__(self, library: Library, directory: Path | None = None) -> None:
        self._library = library
        self._directory = directory

    def files(self) -> tuple[RoutineFile, ...]:
        """Return every routine there is, sorted by id; the lifter's own hides a built-in one."""
        found: dict[str, RoutineFile] = {}
        for directory in (DATA / "routines", self._directory):
            for file in sorted(directory.glob("*.toml")) if directory else ():
                try:
                    routine_id = routine_id_of(file.stem)
                except RoutineError:
                    continue  # a file that nobody could ask for by its name
                own = directory is self._directory
                found[routine_id] = RoutineFile(id=routine_id, file=file, own=own)
        return tuple(found[key] for key in sorted(found))

    def load(self, name_or_path: str, *, base: Path = Path()) -> Routine:
        """Return a routine by its name, or by a path that ends in `.toml`.

        A relative path is taken from `base`.

        Raises:
            RoutineError: there is none, or it has mistakes; `findings` holds them all.
        """
        checked = self.check(name_or_path, base=base)
        if checked.findings:
            first, *others = checked.findings
            more = f" (and {len(others)} more)" if others else ""
            msg = f"{first.problem}{more}"
            remedy = first.remedy
            if others:
                remedy += "; `voicecoach routine check` lists them all"
            raise RoutineError(msg, place=first.place, remedy=remedy, findings=checked.findings)
        return checked.routine

    def check(self, name_or_path: str, *, base: Path = Path()) -> CheckedRoutine:
        """Return a routine as far as it can be read, with every mistake in it.

        Raises:
            RoutineError: there is no routine of that name.
        """
        if name_or_path.endswith(".toml"):
            file = base / name_or_path
            return read_routine(file, file.stem, self._library, file_name=name_or_path)
        found = self.file_of(name_or_path)
        return read_routine(found.file, found.id, self._library)

    def file_of(self, name: str) -> RoutineFile:
        """Return where the routine of that name is kept, case and spaces aside.

        Raises:
            RoutineError: it is no name of a routine, or there is none of that name.
        """
        routine_id = routine_id_of(name)
        files = {file.id: file for file in self.files()}
        if routine_id not in files:
            msg = f"there is no routine {shown(name)}"
            remedy = suggestion(routine_id, files, f"there are {', '.join(files)}")
            raise RoutineError(msg, remedy=remedy)
        return files[routine_id]


def routine_id_of(name: str) -> str:
    """Return the id that a routine of that name is kept under: "Full back" is `full-back`.

    Raises:
        RoutineError: the name holds more than letters, digits, hyphens and
            spaces, or is empty or too long, and so might lead out of the
            routines' directory.
    """
    routine_id = "-".join(name.lower().replace("_", " ").split())
    if not NAME.fullmatch(routine_id) or len(routine_id) > LONGEST_NAME:
        msg = f"{shown(name)} cannot be the name of a routine"
        remedy = (
            f"use up to {LONGEST_NAME} letters, digits and hyphens, or a path that ends in .toml"
        )
        raise RoutineError(msg, remedy=remedy)
    return routine_id


def read_routine(
    file: Path, routine_id: str, library: Library, *, file_name: str = ""
) -> CheckedRoutine:
    """Read one routine file; nothing raises, every mistake becomes a finding."""
    document = Document(file, file_name=file_name)
    if document.findings:  # it could not be read at all
        empty = Routine(id=routine_id, name=routine_id, workouts=())
        return CheckedRoutine(empty, tuple(document.findings))
    routine = _routine(document.root, routine_id, library)
    findings = sorted(document.findings, key=lambda finding: finding.line or 0)
    return CheckedRoutine(routine, tuple(findings))


def _routine(table: Table, routine_id: str, library: Library) -> Routine:
    workouts = tuple(_workout(one, library) for one in table.tables("workout", most=MOST_WORKOUTS))
    if not table.value("workout"):
        key = "workout" if "workout" in table else None
        table.find(key, "there is no workout", "write [[workout]] and [[workout.block]]")
    names = Counter(workout.name.lower() for workout in workouts if workout.name)
    for name, count in names.items():
        if count > 1:
            table.find("workout", f"{count} workouts are named {name!r}", "name each differently")
    routine = Routine(
        id=routine_id,
        name=table.text("name", required=True),
        workouts=workouts,
        rotate=_rotation(table, [workout.name for workout in workouts]),
        unit=table.choice("unit", Unit, Unit.KG),
        about=table.text("about"),
        advice=table.texts("advice"),
        review_weeks=table.integer("review_weeks", low=1, high=MOST_WEEKS, default=None),
    )
    table.end()
    return routine


def _rotation(table: Table, names: list[str]) -> tuple[str, ...]:
    rotate = table.known("rotate", names, "workout", "name the workouts below")
    for name, count in Counter(rotate).items():
        if count > 1:
            table.find(
                "rotate",
                f"rotate names workout {name!r} {count} times",
                "name each once: after the last comes the first again",
            )
    return rotate


def _workout(table: Table, library: Library) -> Workout:
    workout = Workout(
        name=table.text("name", required=True),
        warmup_s=table.read("warmup", notation.duration_of, 0),
        warmup_advice=table.text("warmup_advice"),
        blocks=tuple(_block(one, library) for one in table.tables("block", most=MOST_BLOCKS)),
    )
    if not table.value("block"):
        table.find(None, f"workout {workout.name!r} has no block", "write [[workout.block]]")
    table.end()
    return workout


def _block(table: Table, library: Library, below: Block | None = None) -> Block:
    """Read a block, or a rung of the ladder that begins with the block `below`."""
    exercise = _exercise(table, library)
    reps = table.read("reps", notation.reps_of, None)
    hold = table.read("hold", notation.hold_of, None)
    _check_target(table, exercise)
    load = table.read("load", notation.load_rule_of, None)
    progress = _progress(table, hold, load) if below is None else below.progress
    block = Block(
        exercise=exercise.id if exercise else "",
        sets=table.integer("sets", low=1, high=MOST_SETS, default=below.sets if below else 3),
        reps=reps,
        hold=hold,
        load=load,
        tempo=table.read("tempo", _tempo_of, None),
        count=table.choice("count", CountMode, CountMode.FREE),
        rest_s=table.read("rest", notation.duration_of, below.rest_s if below else 120),
        vary=_variations(table, library, exercise),
        instead=_instead(table, library, exercise),
        progress=progress,
    )
    if below is None:
        block = _with_rungs(table, library, block)
    table.end()
    return block


def _with_rungs(table: Table, library: Library, block: Block) -> Block:
    rungs = tuple(_block(rung, library, block) for rung in table.tables("then", most=MOST_RUNGS))
    if rungs and block.progress.rule != "ladder":
        table.find("then", "only a ladder has rungs", 'write progress = { rule = "ladder" }')
    return replace(block, then=rungs)


def _exercise(table: Table, library: Library) -> Exercise | None:
    name = table.text("exercise", required=True)
    if not name:
        return None
    try:
        return library.exercise(name)
    except LibraryError as error:
        where = f"{error.place}: " if error.place else ""
        table.find("exercise", f"{where}{error.problem}", error.remedy)
        return None


def _check_target(table: Table, exercise: Exercise | None) -> None:
    """See that the block has reps or a hold, whichever its exercise is measured by."""
    if "reps" in table and "hold" in table:
        table.find("hold", "a block has either reps or a hold, not both", "take one of them out")
    elif "reps" not in table and "hold" not in table:
        table.find(None, "the block has neither reps nor a hold", 'write reps = "4-6"')
    elif exercise is not None:
        holds = exercise.kind is ExerciseKind.HOLD
        if holds and "reps" in table:
            table.find("reps", f"{exercise.id} is held, not repeated", 'write hold = "15-30s"')
        if not holds and "hold" in table:
            table.find("hold", f"{exercise.id} is repeated, not held", 'write reps = "4-6"')


def _progress(table: Table, hold: HoldRange | None, load: LoadRule | None) -> ProgressRule:
    """Read how a block progresses; without a word a hold grows and the rest stays as it is."""
    inner = table.table("progress")
    name = inner.text("rule", default="hold" if hold else "none")
    rule = RULES.get(name)
    if rule is None:
        remedy = suggestion(name, RULES, f"write one of {', '.join(RULES)}")
        inner.find("rule", f"there is no rule {shown(name)}", remedy)
        name = "none"
    elif not (rule.holds if hold else rule.reps):
        what = "a hold" if hold else "repetitions"
        inner.find("rule", f"rule {name!r} does not judge {what}", "take another rule")
    elif name == "percent" and not isinstance(load, PercentLoad):
        inner.find("rule", "rule 'percent' needs a load in percent", 'write load = "85%"')
    elif name == "rpe" and not isinstance(load, RpeLoad):
        inner.find("rule", "rule 'rpe' needs a load by exertion", 'write load = "RPE 8"')
    step = inner.read("step", notation.step_of, None)
    if isinstance(step, Load) and hold is not None:
        inner.find("step", "a hold grows by seconds", 'write step = "5s"')
    if isinstance(step, int) and hold is None and name != "ladder":
        inner.find("step", "repetitions progress by a load", 'write step = "2.5kg"')
    inner.end()
    return ProgressRule(
        rule=name,
        step_load=step if isinstance(step, Load) else None,
        step_s=step if isinstance(step, int) else None,
    )


def _variations(table: Table, library: Library, exercise: Exercise | None) -> tuple[str, ...]:
    """Read the variations to take in turn: of the exercise itself, or exercises near to it."""
    if exercise is None:
        return table.texts("vary")
    own = tuple(variation.id for variation in exercise.variations)
    otherwise = f"it has {', '.join(own)}" if own else f"{exercise.id} has none; {SEE_LIST}"
    names = (*own, *library.ids)
    vary = table.known("vary", names, f"variation of {exercise.id}", otherwise)
    others = [name for name in vary if name not in own]
    _check_alike(table, "vary", exercise, others, library)
    return vary


def _instead(table: Table, library: Library, exercise: Exercise | None) -> tuple[str, ...]:
    instead = table.known("instead", library.ids, "exercise", SEE_LIST)
    if exercise is not None:
        _check_alike(table, "instead", exercise, instead, library)
    return instead


def _check_alike(
    table: Table, key: str, exercise: Exercise, others: Sequence[str], library: Library
) -> None:
    """See that what may take an exercise's place is measured as it is: by reps or by seconds."""
    holds = exercise.kind is ExerciseKind.HOLD
    for name in others:
        try:
            fits = (library.exercise(name).kind is ExerciseKind.HOLD) is holds
        except LibraryError as error:
            table.find(key, str(error), "mend that exercise")
            continue
        if not fits:
            what = "held" if holds else "repeated"
            table.find(key, f"{name} cannot be {what} as {exercise.id} is", "give it its own block")


def _tempo_of(value: object) -> Tempo:
    if not isinstance(value, str):
        msg = f"{shown(value)} is no tempo"
        raise UnitError(msg, remedy='write "2-0-1-0": lower, pause, lift, pause')
    try:
        return Tempo.parse(value)
    except PlanError as error:
        raise UnitError(error.problem, remedy=error.remedy) from error
