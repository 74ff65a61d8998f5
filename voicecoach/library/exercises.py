"""The exercises and muscles a coach knows: those built in, and the user's own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher, get_close_matches
from functools import cached_property
from pathlib import Path

from voicecoach.errors import Finding, LibraryError, shown
from voicecoach.library.document import Document, Table, suggestion
from voicecoach.training.exercise import (
    Cues,
    Exercise,
    ExerciseKind,
    Implement,
    Phase,
    Variation,
    as_spoken,
)
from voicecoach.training.muscle import Muscle

DATA = Path(__file__).with_name("data")
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
CHANGES = ("grip", "stance", "implement", "support", "load")
MOST_VARIATIONS = 20
SEE_LIST = "see `voicecoach exercise list`"
ALIKE = 0.75  # of a name's letters, for a search that forgives typing errors
ALIKE_WORD = 0.8  # of a single word's
LONGEST_SEARCH = 100


class Library:
    """Every exercise by id, each read from its file when it is first asked for.

    `directory` holds the user's own, one TOML file an exercise; one with the
    id of a built-in exercise takes its place.
    """

    def __init__(self, directory: Path | None = None) -> None:
        self._directory = directory
        self._read: dict[str, Exercise] = {}

    @cached_property
    def _files(self) -> Mapping[str, Path]:
        built_in = {file.stem: file for file in (DATA / "exercises").glob("*.toml")}
        own = self._directory.glob("*.toml") if self._directory else ()
        return built_in | {file.stem: file for file in own}

    @cached_property
    def muscles(self) -> Mapping[str, Muscle]:
        """Every muscle by id, in the order of the file: the back first."""
        document = Document(DATA / "muscles.toml")
        muscles = {key: _muscle(key, document.root.table(key)) for key in document.root}
        _raise_for(document)
        return muscles

    @property
    def ids(self) -> tuple[str, ...]:
        """The id of every exercise, sorted."""
        return tuple(sorted(self._files))

    def __contains__(self, exercise_id: object) -> bool:
        return exercise_id in self._files

    def __iter__(self) -> Iterator[Exercise]:
        """Yield every exercise by id, reading all of them; one with mistakes is passed over."""
        for exercise_id in self.ids:
            try:
                exercise = self.exercise(exercise_id)
            except LibraryError:
                continue
            yield exercise

    def unreadable(self) -> tuple[LibraryError, ...]:
        """Return the first mistake of every exercise that cannot be read, by id."""
        errors: list[LibraryError] = []
        for exercise_id in self.ids:
            try:
                self.exercise(exercise_id)
            except LibraryError as error:
                errors.append(error)
        return tuple(errors)

    def exercise(self, exercise_id: str) -> Exercise:
        """Return the exercise of that id.

        Raises:
            LibraryError: there is none, with the nearest id; or its file has mistakes.
        """
        if exercise_id not in self._files:
            msg = f"there is no exercise {shown(exercise_id)}"
            remedy = suggestion(exercise_id, self.ids, SEE_LIST)
            raise LibraryError(msg, remedy=remedy)
        if exercise_id not in self._read:
            document = Document(self._files[exercise_id])
            _raise_for(document)  # it could not be read at all
            exercise = self._exercise(document.root, exercise_id)
            _raise_for(document)
            self._read[exercise_id] = exercise
        return self._read[exercise_id]

    def findings(self, exercise_id: str) -> tuple[Finding, ...]:
        """Return every mistake in the file of that exercise, each with its line."""
        document = Document(self._files[exercise_id])
        if not document.findings:
            self._exercise(document.root, exercise_id)
        return tuple(sorted(document.findings, key=lambda one: one.line or 0))

    def file_of(self, exercise_id: str) -> Path:
        """Return where an exercise is kept. KeyError where there is none."""
        return self._files[exercise_id]

    def is_own(self, exercise_id: str) -> bool:
        """Tell whether an exercise comes from the user's directory."""
        file = self._files.get(exercise_id)
        return file is not None and file.parent == self._directory

    def search(self, text: str) -> tuple[Exercise, ...]:
        """Return the exercises that `text` may mean, the likeliest first.

        It is looked for in names, aliases, variations, muscles and equipment;
        where nothing holds it, with each word mended to the nearest that is
        known, and at last among names that are spelt much alike.
        """
        wanted = as_spoken(text)
        if not wanted:
            return ()
        found = self._holding(wanted)
        if not found and len(wanted) <= LONGEST_SEARCH:
            known = sorted({word for exercise in self for word in self._everything(exercise)})
            found = self._holding(" ".join(_mended(word, known) for word in wanted.split()))
        if not found:
            alike = ((_alikeness(exercise, wanted), exercise) for exercise in self)
            found = [(-ratio, exercise) for ratio, exercise in alike if ratio >= ALIKE]
        return tuple(exercise for _, exercise in sorted(found, key=lambda pair: _order(*pair)))

    def _holding(self, wanted: str) -> list[tuple[float, Exercise]]:
        """Return the exercises that `wanted` is somewhere in, each with its rank."""
        ranked = ((self._rank(exercise, wanted), exercise) for exercise in self)
        return [(rank, exercise) for rank, exercise in ranked if rank is not None]

    def _rank(self, exercise: Exercise, wanted: str) -> float | None:
        """Return how near `wanted` is to an exercise, 0 the nearest; None where it is not in it."""
        names = exercise.spoken_names
        words = set(wanted.split())
        tests = (
            wanted in names,
            any(name.startswith(wanted) for name in names),
            any(words <= set(name.split()) for name in names),
            any(words <= set(name.split()) for name in _variation_names(exercise)),
            any(words <= set(name.split()) for name in self._muscle_names(exercise.primary)),
            any(words <= set(as_spoken(thing).split()) for thing in exercise.equipment),
            any(words <= set(name.split()) for name in self._muscle_names(exercise.secondary)),
            words <= self._everything(exercise),  # "dumbbell chest", each word from elsewhere
        )
        return next((float(rank) for rank, holds in enumerate(tests) if holds), None)

    def _everything(self, exercise: Exercise) -> set[str]:
        """Return every word by which an exercise can be found."""
        names = (
            *exercise.spoken_names,
            *_variation_names(exercise),
            *self._muscle_names((*exercise.primary, *exercise.secondary)),
            *map(as_spoken, exercise.equipment),
        )
        return set(" ".join(names).split())

    def _muscle_names(self, ids: tuple[str, ...]) -> Iterator[str]:
        for muscle_id in ids:
            muscle = self.muscles[muscle_id]
            yield from (as_spoken(name) for name in (muscle.name, *muscle.aliases))

    def _exercise(self, table: Table, file_id: str) -> Exercise:
        exercise_id = table.text("id", required=True)
        if exercise_id and (exercise_id != file_id or not ID.fullmatch(exercise_id)):
            table.find(
                "id",
                f"id = {shown(exercise_id)} is not the name of its file, {file_id}.toml",
                "name both alike, in small letters, digits and hyphens",
            )
        cues = table.table("cues")
        exercise = Exercise(
            id=file_id,
            name=table.text("name", required=True),
            plural=table.text("plural"),
            aliases=table.texts("aliases"),
            kind=table.choice("kind", ExerciseKind, ExerciseKind.REPS),
            implement=table.choice("implement", Implement, Implement.BODYWEIGHT),
            first_phase=table.choice("first_phase", Phase, Phase.ECCENTRIC),
            primary=self._known_muscles(table, "primary"),
            secondary=self._known_muscles(table, "secondary"),
            equipment=table.texts("equipment"),
            cues=Cues(
                setup=cues.texts("setup"),
                execute=cues.texts("execute"),
                breathe=cues.texts("breathe"),
            ),
            activation=table.text("activation"),
            faults=table.texts("faults"),
            cautions=table.texts("cautions"),
            load_advice=table.text("load_advice"),
            variations=_variations(table),
            easier=self._neighbours(table, "easier"),
            harder=self._neighbours(table, "harder"),
            lower_body=table.flag("lower_body"),
            source=table.text("source"),
        )
        cues.end()
        table.end()
        return exercise

    def _known_muscles(self, table: Table, key: str) -> tuple[str, ...]:
        return table.known(key, self.muscles, "muscle", f"there are {', '.join(self.muscles)}")

    def _neighbours(self, table: Table, key: str) -> tuple[str, ...]:
        return table.known(key, self._files, "exercise", SEE_LIST)


def _variations(table: Table) -> tuple[Variation, ...]:
    variations = tuple(_variation(one) for one in table.tables("variation", most=MOST_VARIATIONS))
    for name, count in Counter(one.id for one in variations if one.id).items():
        if count > 1:
            problem = f"{count} variations have the id {shown(name)}"
            table.find("variation", problem, "give each its own")
    return variations


def _variation(table: Table) -> Variation:
    changes = table.text("changes", required=True)
    if changes and changes not in CHANGES:
        remedy = suggestion(changes, CHANGES, f"write one of {', '.join(CHANGES)}")
        table.find("changes", f"changes = {shown(changes)} is not known", remedy)
    own_implement = "implement" in table
    implement = table.choice("implement", Implement, Implement.BODYWEIGHT)
    variation = Variation(
        id=table.text("id", required=True),
        name=table.text("name", required=True),
        aliases=table.texts("aliases"),
        changes=changes,
        implement=implement if own_implement else None,
        equipment=table.texts("equipment"),
        cues=table.texts("cues"),
        works=table.text("works"),
    )
    table.end()
    return variation


def _muscle(muscle_id: str, table: Table) -> Muscle:
    muscle = Muscle(
        id=muscle_id,
        name=table.text("name", required=True),
        aliases=table.texts("aliases"),
        region=table.text("region", required=True),
        main=table.flag("main"),
        where=table.text("where", required=True),
        does=table.text("does", required=True),
    )
    table.end()
    return muscle


def _raise_for(document: Document) -> None:
    """Raise the first mistake in a file of the library."""
    if document.findings:
        raise LibraryError.of(document.findings)


def _variation_names(exercise: Exercise) -> Iterator[str]:
    for variation in exercise.variations:
        yield from (as_spoken(name) for name in (variation.name, *variation.aliases))


def _alikeness(exercise: Exercise, wanted: str) -> float:
    """Return how alike `wanted` and the nearest name of an exercise are spelt, 0 to 1."""
    names = (*exercise.spoken_names, *_variation_names(exercise))
    return max(SequenceMatcher(None, wanted, name).ratio() for name in names)


def _mended(word: str, known: Sequence[str]) -> str:
    """Return the known word that `word` was meant to be, or `word` itself."""
    near = get_close_matches(word, known, n=1, cutoff=ALIKE_WORD)
    return near[0] if near else word


def _order(rank: float, exercise: Exercise) -> tuple[float, str]:
    return rank, exercise.name
