"""All that is wrong with the lifter's own exercises: each by itself, and all together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from voicecoach.errors import Finding, LibraryError, shown
from voicecoach.library.document import Document
from voicecoach.library.exercises import Library
from voicecoach.library.sayable import fault_of_name, faults_of
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
    called = _by_name(readable.values())
    harder = _harder(readable.values())
    for exercise in readable.values():
        if library.is_own(exercise.id):
            findings += _unsayable(exercise, library)
            findings += _name_clashes(exercise, called, library)
            findings += _cycle(exercise, harder, library)
    return tuple(findings)


def raise_for(findings: tuple[Finding, ...]) -> None:
    """Raise LibraryError where there is a finding."""
    if findings:
        one = len(findings) == 1
        msg = "1 mistake" if one else f"{len(findings)} mistakes"
        remedy = f"mend {'it' if one else 'them'} and check again"
        raise LibraryError(msg, place=findings[0].file, remedy=remedy)


def _unsayable(exercise: Exercise, library: Library) -> Iterator[Finding]:
    for path, name in _written_names(exercise):
        if fault := fault_of_name(name):
            problem = f"the name {shown(name)} {fault}"
            yield _finding(exercise, library, path, name, problem, "write it as it is said")
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


def _written_names(exercise: Exercise) -> Iterator[tuple[KeyPath, str]]:
    """Yield each name of an exercise with its place in the file."""
    yield ("name",), exercise.name
    if exercise.plural:
        yield ("plural",), exercise.plural
    for index, alias in enumerate(exercise.aliases):
        yield ("aliases", index), alias


def _by_name(exercises: Iterable[Exercise]) -> Mapping[str, tuple[Exercise, ...]]:
    """Return the exercises that answer to each name, in the order given."""
    called: dict[str, tuple[Exercise, ...]] = {}
    for exercise in exercises:
        for name in exercise.spoken_names:
            called[name] = (*called.get(name, ()), exercise)
    return called


def _name_clashes(
    exercise: Exercise, called: Mapping[str, tuple[Exercise, ...]], library: Library
) -> Iterator[Finding]:
    shared = ((other, name) for name in exercise.spoken_names for other in called[name])
    for other, name in sorted(shared, key=lambda pair: (pair[0].id, pair[1])):
        if other.id == exercise.id or (library.is_own(other.id) and other.id < exercise.id):
            continue  # a pair of one's own is told once
        problem = f"{shown(name)} is also a name of {other.id}"
        path, remedy = _place_of(name, exercise), "call one of them otherwise"
        yield _finding(exercise, library, path, name, problem, remedy)


def _place_of(name: str, exercise: Exercise) -> KeyPath:
    """Return where an exercise says that it is called `name`: an alias before the others."""
    places = [path for path, written in _written_names(exercise) if as_spoken(written) == name]
    return places[-1]


def _harder(exercises: Iterable[Exercise]) -> Mapping[str, tuple[str, ...]]:
    """Return the ids of the exercises that are a step harder, whichever of the two says so."""
    harder: dict[str, tuple[str, ...]] = {}
    for exercise in exercises:
        harder[exercise.id] = (*harder.get(exercise.id, ()), *exercise.harder)
        for easier in exercise.easier:
            harder[easier] = (*harder.get(easier, ()), exercise.id)
    return harder


def _cycle(
    exercise: Exercise, harder_than: Mapping[str, tuple[str, ...]], library: Library
) -> Iterator[Finding]:
    """Find the way of harder neighbours from `exercise` back to itself, if there is one."""
    before: dict[str, str] = {}
    waiting = [exercise.id]
    while waiting:
        at = waiting.pop(0)
        for harder in harder_than.get(at, ()):
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


def _finding(
    exercise: Exercise, library: Library, path: KeyPath, value: str, problem: str, remedy: str
) -> Finding:
    document = Document(library.file_of(exercise.id))
    document.find(path, value, problem, remedy)
    return document.findings[-1]
