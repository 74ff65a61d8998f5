"""The lifter's own exercises as files: made by hand, or taken in from a catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from voicecoach.errors import LibraryError, shown
from voicecoach.library.catalogue import Catalogue, LeftOut
from voicecoach.library.document import suggestion
from voicecoach.library.exercises import ID, Library
from voicecoach.library.naming import Naming, Sureness
from voicecoach.library.sayable import fault_of_name, faults_of
from voicecoach.library.writing import listed, quoted, write_whole
from voicecoach.training.exercise import Exercise


class OwnExercises:
    """The directory of a lifter's exercises, beside which the built-in ones stand."""

    def __init__(self, library: Library, directory: Path) -> None:
        self._library = library
        self._directory = directory

    def add(self, exercise: Exercise) -> Path:
        """Write an exercise, and return its file.

        Raises:
            LibraryError: its id or a name of it is taken or cannot be one, a
                muscle is not known, or an alias or a cue cannot be said.
        """
        taken = self._taken()
        if reason := _refusal(exercise, taken):
            msg = f"{shown(exercise.name)} {reason}"
            raise LibraryError(msg, remedy="take another name")
        for alias in exercise.aliases:
            if fault := fault_of_name(alias):
                msg = f"the alias {shown(alias)} {fault}"
                raise LibraryError(msg, remedy="write it as it is said")
        for muscle in (*exercise.primary, *exercise.secondary):
            if muscle not in self._library.muscles:
                msg = f"there is no muscle {shown(muscle)}"
                known = self._library.muscles
                raise LibraryError(msg, remedy=suggestion(muscle, known, ", ".join(known)))
        for cue in exercise.cues:
            if faults := faults_of(cue):
                msg = f"the cue {shown(cue)} {faults[0]}"
                raise LibraryError(msg, remedy='write as "Push the floor away."')
        return self._write(exercise, durable=True)

    def take_in(
        self, catalogue: Catalogue, *, write: bool = True
    ) -> tuple[tuple[Exercise, ...], tuple[LeftOut, ...]]:
        """Write what a catalogue holds; return what was taken in, and what was left out and why.

        What is there already stays as it is, so that taking in twice adds
        nothing; so does what is there by another name, lest one exercise get
        two logs. Without `write` it is only said what would be.

        Raises:
            LibraryError: the directory cannot be written.
        """
        taken = self._taken()
        naming = Naming(self._library)
        added: list[Exercise] = []
        left_out = list(catalogue.left_out)
        for exercise in catalogue.exercises:
            if reason := _refusal(exercise, taken) or _other_name(exercise, naming):
                left_out.append(LeftOut(exercise.name, reason))
                continue
            if write:
                self._write(exercise, durable=False)
            added.append(exercise)
            taken |= dict.fromkeys(_names(exercise), exercise.id)
        return tuple(added), tuple(left_out)

    def _taken(self) -> dict[str, str]:
        """Return every name that an exercise answers to, with its id."""
        names = {name: one.id for one in self._library for name in _names(one)}
        return {one: one for one in self._library.ids} | names  # an id is taken, read or not

    def _write(self, exercise: Exercise, *, durable: bool) -> Path:
        file = self._directory / f"{exercise.id}.toml"
        write_whole(file, exercise_toml(exercise), LibraryError, durable=durable)
        return file


def _names(exercise: Exercise) -> Iterator[str]:
    yield exercise.id
    yield from exercise.spoken_names


def _refusal(exercise: Exercise, taken: dict[str, str]) -> str:
    """Return why an exercise cannot be added, or nothing."""
    if fault := fault_of_name(exercise.name):
        return fault
    if not ID.fullmatch(exercise.id):
        return f"gives the id {shown(exercise.id)}, which cannot be one"
    there = next((taken[name] for name in _names(exercise) if name in taken), None)
    return f"is there already, as {there}" if there else ""


def _other_name(exercise: Exercise, naming: Naming) -> str:
    """Return which exercise another name of it is, or nothing: `barbell deadlift`."""
    match = naming.match(exercise.name)
    return f"is there already, as {match.written}" if match.sureness is Sureness.SURE else ""


def exercise_toml(exercise: Exercise) -> str:
    """Return an exercise as its file holds it; variations and neighbours are left to be added."""
    lines = [f"id = {quoted(exercise.id)}", f"name = {quoted(exercise.name)}"]
    if exercise.plural:
        lines.append(f"plural = {quoted(exercise.plural)}")
    if exercise.aliases:
        lines.append(f"aliases = {listed(exercise.aliases)}")
    lines += [
        f"kind = {quoted(exercise.kind.value)}",
        f"implement = {quoted(exercise.implement.value)}",
        f"first_phase = {quoted(exercise.first_phase.value)}",
    ]
    if exercise.lower_body:
        lines.append("lower_body = true")
    for key, texts in (
        ("primary", exercise.primary),
        ("secondary", exercise.secondary),
        ("equipment", exercise.equipment),
    ):
        if texts:
            lines.append(f"{key} = {listed(texts)}")
    if exercise.source:
        lines.append(f"source = {quoted(exercise.source)}")
    lines += ["", "[cues]"]
    for key, texts in (
        ("setup", exercise.cues.setup),
        ("execute", exercise.cues.execute),
        ("breathe", exercise.cues.breathe),
    ):
        if texts:
            lines += [f"{key} = [", *(f"    {quoted(text)}," for text in texts), "]"]
    return "\n".join(lines) + "\n"
