"""The lifter's own routines as files: made, added to, copied, removed, one of them in use.

A file is checked before it takes its place, and takes it at once and whole:
what goes wrong leaves everything as it was. Comments are kept.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

from voicecoach.errors import Finding, RoutineError, shown
from voicecoach.library.blocks import block_toml
from voicecoach.library.document import suggestion
from voicecoach.library.exercises import Library
from voicecoach.library.routines import RoutineFile, Routines, read_routine, routine_id_of
from voicecoach.library.tomlplaces import places
from voicecoach.library.writing import quoted, write_whole
from voicecoach.training.routine import Block, Routine
from voicecoach.units import Unit

IN_USE = "in-use"
"""The file, beside the routines, that names the one `start` takes unasked."""


class RoutineShelf:
    """The directory of a lifter's routines, behind which the built-in ones stand."""

    def __init__(self, library: Library, directory: Path) -> None:
        self._library = library
        self._directory = directory
        self._routines = Routines(library, directory)

    def new(
        self, name: str, workouts: Sequence[tuple[str, Sequence[Block]]], unit: Unit = Unit.KG
    ) -> RoutineFile:
        """Make a routine of workouts, each a name and its blocks.

        Raises:
            RoutineError: the name cannot be one, is taken, or a block does not fit.
        """
        routine_id = self._free_id(name)
        name = name.strip()
        lines = [f"name = {quoted(name[:1].upper() + name[1:])}", f"unit = {quoted(unit.value)}"]
        if len(workouts) > 1:
            lines.append(f"rotate = [{', '.join(quoted(title) for title, _ in workouts)}]")
        parts = ["\n".join(lines) + "\n"]
        for title, blocks in workouts:
            parts.append(f"[[workout]]\nname = {quoted(title)}\n")
            parts += [block_toml(block, unit) for block in blocks]
        return self.put(routine_id, "\n".join(parts))

    def add(self, name: str, block: Block, *, workout: str | None = None) -> RoutineFile:
        """Add a block to the end of a workout, the last one where none is named.

        A workout that is not there yet is made, and so is the routine.

        Raises:
            RoutineError: the routine is built in, has mistakes, or the block does not fit it.
        """
        routine_id = routine_id_of(name)
        if routine_id not in {file.id for file in self._routines.files()}:
            return self.new(name, [(workout or "A", [block])])
        file = self.own(routine_id)
        routine = self._routines.load(routine_id)
        text = file.file.read_text(encoding="utf-8-sig")
        return self.put(routine_id, _with_block(text, routine, block, workout))

    def copy(self, source: str, name: str) -> RoutineFile:
        """Copy a routine, comments and all, under another name.

        Raises:
            RoutineError: there is no such routine, or the name is taken or cannot be one.
        """
        import tomlkit  # noqa: PLC0415  # slow, and whoever trains has no need of it

        found = self._routines.file_of(source)
        self._routines.load(source)
        routine_id = self._free_id(name)
        document = tomlkit.parse(found.file.read_text(encoding="utf-8-sig"))
        document["name"] = name.strip()
        return self.put(routine_id, tomlkit.dumps(document))

    def take_in(self, source: Path, name: str | None = None) -> RoutineFile:
        """Take in a routine's file from elsewhere, byte for byte.

        Raises:
            RoutineError: it has mistakes, or the name is taken or cannot be one.
        """
        routine_id = self._free_id(name or source.stem)
        checked = read_routine(source, routine_id, self._library)
        if checked.findings:
            raise RoutineError.of(checked.findings)
        return self.put(routine_id, source.read_text(encoding="utf-8-sig"))

    def remove(self, name: str) -> RoutineFile:
        """Remove one of the lifter's routines.

        Raises:
            RoutineError: there is none of that name, it is built in, or the
                directory cannot be written.
        """
        file = self.own(name)
        try:
            file.file.unlink()
        except OSError as error:
            msg = f"cannot be removed: {error.strerror or error}"
            remedy = "give yourself the right to write its directory"
            raise RoutineError(msg, place=str(file.file), remedy=remedy) from error
        if self.in_use() == file.id:
            (self._directory / IN_USE).unlink(missing_ok=True)
        return file

    def use(self, name: str) -> RoutineFile:
        """Take a routine for the one in use. Raises RoutineError where it cannot be used."""
        file = self._routines.file_of(name)
        self._routines.load(name)
        write_whole(self._directory / IN_USE, f"{file.id}\n", RoutineError)
        return file

    def in_use(self) -> str | None:
        """Return the id of the routine in use, None where none was chosen or it has gone."""
        try:
            chosen = (self._directory / IN_USE).read_text(encoding="utf-8").strip()
            return self._routines.file_of(chosen).id
        except (OSError, UnicodeDecodeError, RoutineError):
            return None

    def own(self, name: str) -> RoutineFile:
        """Return where one of the lifter's routines is kept.

        Raises:
            RoutineError: there is none of that name, or it is built in.
        """
        file = self._routines.file_of(name)
        if not file.own:
            msg = f"{file.id} is built in and stays as it is"
            remedy = f"copy it first: voicecoach routine copy {file.id} my-{file.id}"
            raise RoutineError(msg, remedy=remedy)
        return file

    def put(self, routine_id: str, text: str) -> RoutineFile:
        """Put `text` in place as the routine of that id, if it has no mistake.

        Raises:
            RoutineError: it has mistakes, `findings` holds them; or it cannot be written.
        """
        file = self._directory / f"{routine_id}.toml"
        findings = self.check_text(routine_id, text)
        if findings:
            raise RoutineError.of(findings)
        write_whole(file, text, RoutineError)
        return RoutineFile(id=routine_id, file=file, own=True)

    def check_text(self, routine_id: str, text: str) -> tuple[Finding, ...]:
        """Return what is wrong with `text` as the routine of that id."""
        with tempfile.TemporaryDirectory(prefix="voicecoach-") as directory:
            trial = Path(directory) / f"{routine_id}.toml"
            trial.write_text(text, encoding="utf-8", newline="\n")
            return read_routine(
                trial, routine_id, self._library, file_name=f"{routine_id}.toml"
            ).findings

    def _free_id(self, name: str) -> str:
        routine_id = routine_id_of(name)
        if routine_id in {file.id for file in self._routines.files()}:
            msg = f"there is a routine {routine_id} already"
            raise RoutineError(msg, remedy="take another name, or remove it first")
        return routine_id


def _with_block(text: str, routine: Routine, block: Block, workout: str | None) -> str:
    """Return the text of a routine with a block put at the end of the workout of that name.

    Every other line stays as it is; a workout that is not there is made at the end.
    """
    names = [one.name.lower() for one in routine.workouts]
    new = block_toml(block, routine.unit)
    if workout is None or workout.lower() in names:
        place = len(names) - 1 if workout is None else names.index(workout.lower())
        return _inserted(text, routine, new, before=place + 1)
    if routine.rotate:
        msg = f"routine {routine.id} has no workout {shown(workout)}"
        remedy = suggestion(
            workout,
            [one.name for one in routine.workouts],
            "put its name into rotate first: voicecoach routine edit",
        )
        raise RoutineError(msg, remedy=remedy)
    return _inserted(
        text, routine, f"[[workout]]\nname = {quoted(workout)}\n\n{new}", before=len(names)
    )


def _inserted(text: str, routine: Routine, new: str, *, before: int) -> str:
    """Return `text` with `new` before the workout of that index, or at the end.

    A comment right above a workout belongs to it, so `new` goes above the comment.
    """
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    found = places(text)
    if not lines[found[("workout", 0)] - 1].lstrip().startswith("[["):
        msg = f"routine {routine.id} is written too tightly to add to"
        raise RoutineError(msg, remedy="write each as [[workout]] and [[workout.block]]")
    at = len(lines)
    if before < len(routine.workouts):
        at = found[("workout", before)] - 1
        while at and lines[at - 1].lstrip().startswith("#"):
            at -= 1
    head, tail = "".join(lines[:at]).rstrip("\n"), "".join(lines[at:])
    return f"{head}\n\n{new}" + (f"\n{tail}" if tail else "")
