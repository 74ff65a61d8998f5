"""All that is wrong with the lifter's own exercises: each by itself, and all together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from voicecoach.errors import Finding, LibraryError, shown
from voicecoach.library.document import Document
from voicecoach.library.exercises import Library
from voicecoach.library.sayable import faults_of
from voicecoach.library.tomlplaces import KeyPath
from voicecoach.training.exercise import Exercise, as_spoken


def check_exercises(library: Library) -> tuple[Finding, ...]:
    """Return every mistake in the exercises of the user's directory, file by file.

    Beside what cannot be read these are cues that cannot be said, names that
    another exercise answers to, and ladders that lead back to where they
    began.
    """
    findings: list[Finding] = []
    readable: dict[str, Exercise] = {}
    for exercise_id in library.ids:
        found = library.findings(exercise_id)
        findings += found
        if not found:
            readable[exercise_id] = library.exercise(exercise_id)
    own = [one for one in readable.values() if library.is_own(one.id)]
    for exercise in own:
        findings += _unsayable(exercise, library)
        findings += _name_clashes(exercise, readable, library)
        findings += _cycle(exercise, readable, library)
    return tuple(findings)


def raise_for(findings: tuple[Finding, ...]) -> None:
    """Raise LibraryError where there is a finding."""
    if findings:
        msg = "1 mistake" if len(findings) == 1 else f"{len(findings)} mistakes"
        raise LibraryError(msg, place=findings[0].file, remedy="mend them and check again")


def _unsayable(exercise: Exercise, library: Library) -> Iterator[Finding]:
    for key, cues in (
        ("setup", exercise.cues.setup),
        ("execute", exercise.cues.execute),
        ("breathe", exercise.cues.breathe),
    ):
        for index, cue in enumerate(cues):
            for fault in faults_of(cue)[:1]:
                problem = f"the cue {shown(cue)} {fault}"
                remedy = 'write as "Push the floor away."'
                path = ("cues", key, index)
                yield _finding(exercise, library, path, cue, problem, remedy)


def _name_clashes(
    exercise: Exercise, others: Mapping[str, Exercise], library: Library
) -> Iterator[Finding]:
    for other in others.values():
        if other.id == exercise.id or (library.is_own(other.id) and other.id < exercise.id):
            continue  # a pair of one's own is told once
        for name in sorted({*exercise.spoken_names} & {*other.spoken_names}):
            problem = f"{shown(name)} is also a name of {other.id}"
            path, remedy = _place_of(name, exercise), "call one of them otherwise"
            yield _finding(exercise, library, path, name, problem, remedy)


def _place_of(name: str, exercise: Exercise) -> KeyPath:
    """Return where an exercise says that it is called `name`."""
    for index, alias in enumerate(exercise.aliases):
        if as_spoken(alias) == name:
            return ("aliases", index)
    return ("plural",) if as_spoken(exercise.plural) == name else ("name",)


def _cycle(
    exercise: Exercise, others: Mapping[str, Exercise], library: Library
) -> Iterator[Finding]:
    """Find the way of harder neighbours from `exercise` back to itself, if there is one."""
    before: dict[str, str] = {}
    waiting = [exercise.id]
    while waiting:
        at = waiting.pop(0)
        for harder in _harder_than(at, others):
            if harder == exercise.id:
                way = [at]
                while way[0] != exercise.id:
                    way.insert(0, before[way[0]])
                if min(way) == exercise.id or not library.is_own(min(way)):
                    ladder = ", ".join([*way, exercise.id])
                    problem = f"the ladder leads back to its foot: {ladder}"
                    remedy = "take one of these neighbours out"
                    path = ("harder" if exercise.harder else "easier",)
                    yield _finding(exercise, library, path, ladder, problem, remedy)
                return
            if harder not in before:
                before[harder] = at
                waiting.append(harder)


def _harder_than(exercise_id: str, others: Mapping[str, Exercise]) -> Iterator[str]:
    if exercise_id in others:
        yield from others[exercise_id].harder
    yield from (other.id for other in others.values() if exercise_id in other.easier)


def _finding(
    exercise: Exercise, library: Library, path: KeyPath, value: str, problem: str, remedy: str
) -> Finding:
    document = Document(library.file_of(exercise.id))
    document.find(path, value, problem, remedy)
    return document.findings[-1]
