"""Routines: the lifter's own and the built-in ones, read with every mistake found at once."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from voicecoach.errors import Finding, RoutineError, shown
from voicecoach.library.block_tables import check_turns, read_block
from voicecoach.library.document import Document, Table, suggestion
from voicecoach.library.exercises import DATA, Library
from voicecoach.training import notation
from voicecoach.training.routine import Routine, Workout
from voicecoach.units import Unit

MOST_WORKOUTS = 50
MOST_BLOCKS = 50
MOST_WEEKS = 104
NAME = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
LONGEST_NAME = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutineFile:
    """Where a routine is kept."""

    id: str
    file: Path
    own: bool  # the lifter's, not built in
    rivals: tuple[Path, ...] = ()  # other files of the lifter's under the same id


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
                before = found.get(routine_id)
                rivals = (*before.rivals, before.file) if before and before.own else ()
                found[routine_id] = RoutineFile(id=routine_id, file=file, own=own, rivals=rivals)
        return tuple(found[key] for key in sorted(found))

    def load(self, name_or_path: str, *, base: Path = Path()) -> Routine:
        """Return a routine by its name, or by a path that ends in `.toml`.

        A relative path is taken from `base`.

        Raises:
            RoutineError: there is none, or it has mistakes; `findings` holds them all.
        """
        checked = self.check(name_or_path, base=base)
        if checked.findings:
            listed = "`voicecoach routine check` lists them all"
            raise RoutineError.of(checked.findings, listed=listed)
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
        checked = read_routine(found.file, found.id, self._library)
        rivals = tuple(_rivalry(found, rival) for rival in found.rivals)
        return replace(checked, findings=(*rivals, *checked.findings))

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


def _rivalry(found: RoutineFile, rival: Path) -> Finding:
    problem = f"{rival.name} and {found.file.name} are both the routine {found.id}"
    remedy = "rename one of them, or remove it"
    return Finding(
        file=str(found.file), line=None, key="", value="", problem=problem, remedy=remedy
    )


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
    tables = table.tables("block", most=MOST_BLOCKS)
    workout = Workout(
        name=table.text("name", required=True),
        warmup_s=table.read("warmup", notation.duration_of, 0),
        warmup_advice=table.text("warmup_advice"),
        blocks=tuple(read_block(one, library) for one in tables),
    )
    check_turns(tables, workout.blocks)
    if not table.value("block"):
        table.find(None, f"workout {workout.name!r} has no block", "write [[workout.block]]")
    table.end()
    return workout
