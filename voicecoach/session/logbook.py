"""The logbook: sets told outside a routine, where it stands.

What is told is committed and said back. `telling.py` says what becomes of
each thing told, `listening.py` makes a conversation of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from voicecoach.language.intents import Intent
from voicecoach.session.dialogue import Dialogue
from voicecoach.session.facts import BodyweightLogged, NoteTaken, SetLogged, SetResult
from voicecoach.training.exercise import Exercise, ExerciseKind, Implement, as_spoken
from voicecoach.training.hard_sets import lifts_body
from voicecoach.training.records import FormBests
from voicecoach.units import Load, Rpe


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """An exercise in one of its variations, as the logbook knows it."""

    exercise: str
    variation: str | None
    name: str  # as the coach says it
    held: bool  # measured in seconds
    bodyweight: bool  # needs no load
    with_body: bool = False  # the body is part of what is lifted, and a load comes on top


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything that can be named: forms by their key, and the key of each spoken name."""

    forms: Mapping[str, Form]
    names: Mapping[str, str]

    @classmethod
    def of(
        cls,
        exercises: Iterable[Exercise],
        aliases: Mapping[str, tuple[str, str | None]] | None = None,
    ) -> Catalogue:
        """Return what can be named of `exercises`, by the lifter's own `aliases` as well."""
        forms: dict[str, Form] = {}
        names: dict[str, str] = {}
        for exercise in exercises:
            forms[exercise.id] = _form(exercise, None)
            for name in exercise.spoken_names:
                names.setdefault(_words(name), exercise.id)
            for variation in exercise.variations:
                key = key_of(exercise.id, variation.id)
                forms[key] = _form(exercise, variation.id)
                for name in (variation.name, *variation.aliases):
                    names.setdefault(_words(name), key)
        for name, (exercise_id, variation_id) in (aliases or {}).items():
            key = key_of(exercise_id, variation_id)
            if key in forms:  # an exercise of one's own may have been removed
                names[name] = key
        return cls(forms, {name: key for name, key in names.items() if name})


def key_of(exercise: str, variation: str | None) -> str:
    """Return the key of an exercise in a variation: `deadlift/sumo`."""
    return exercise if variation is None else f"{exercise}/{variation}"


def _form(exercise: Exercise, variation_id: str | None) -> Form:
    variation = exercise.variation(variation_id) if variation_id else None
    return Form(
        exercise=exercise.id,
        variation=variation_id,
        name=variation.name if variation else exercise.name,
        held=exercise.kind is ExerciseKind.HOLD,
        bodyweight=exercise.implement_for(variation) is Implement.BODYWEIGHT,
        with_body=lifts_body(exercise),
    )


def _words(name: str) -> str:
    """Return a name in the letters that can be said."""
    letters = "".join(c if c.isascii() and (c.isalpha() or c == "'") else " " for c in name)
    return as_spoken(letters)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Sets on their way into the log; what is not known yet is None or empty.

    `heard` is the name that was said, where nobody knows it.
    """

    key: str | None = None
    heard: str = ""
    amounts: tuple[int, ...] = ()
    seconds: bool = False
    load: Load | None = None
    rpe: Rpe | None = None


@dataclass(frozen=True, slots=True)
class GuessingName:
    """Was it this exercise that was meant?"""

    draft: Draft
    key: str


@dataclass(frozen=True, slots=True)
class AskingName:
    """Which exercise was it?"""

    draft: Draft


@dataclass(frozen=True, slots=True)
class AskingAmount:
    """How many repetitions, or seconds?"""

    draft: Draft


@dataclass(frozen=True, slots=True)
class AskingWhether:
    """So much is hard to believe: was it really so?"""

    draft: Draft | BodyweightLogged


@dataclass(frozen=True, slots=True)
class AskingWhich:
    """Two readings were plausible: which one was it?"""

    readings: tuple[Intent, Intent]


@dataclass(frozen=True, slots=True)
class TakingNote:
    """Whatever is said next is the note."""


Pending = GuessingName | AskingName | AskingAmount | AskingWhether | AskingWhich | TakingNote


@dataclass(frozen=True, slots=True)
class ToldSet:
    """A set in the logbook, as it stands after mending; `telling` numbers what was told at once."""

    fact: SetLogged
    result: SetResult
    telling: int
    voided: bool = False

    @property
    def key(self) -> str:
        """The form it was done in."""
        return key_of(self.fact.exercise, self.fact.variation)


@dataclass(frozen=True, slots=True)
class ToldEntry:
    """A bodyweight or a note in the logbook."""

    fact: BodyweightLogged | NoteTaken
    telling: int
    voided: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LastTime:
    """The sets of an exercise when it was last done, and how many days ago that was."""

    key: str
    days_ago: int
    sets: tuple[SetResult, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Logbook(Dialogue):
    """Where the logbook stands. `current` is the form spoken of last."""

    catalogue: Catalogue
    last_times: tuple[LastTime, ...] = ()  # before this logbook, the latest first
    entries: tuple[ToldSet | ToldEntry, ...] = ()
    current: str | None = None
    pending: Pending | None = None
    tellings: int = 0
    taught: tuple[tuple[str, str], ...] = field(default=())  # names learnt in this logbook
    bests: tuple[FormBests, ...] = ()  # before this logbook; ordinary forms by no variation
    body: Load | None = None  # as the lifter was last weighed before this logbook

    @property
    def standing(self) -> tuple[ToldSet | ToldEntry, ...]:
        """What was told and not undone, in order."""
        return tuple(entry for entry in self.entries if not entry.voided)

    @property
    def sets(self) -> tuple[ToldSet, ...]:
        """The sets that stand, in order."""
        return tuple(entry for entry in self.standing if isinstance(entry, ToldSet))

    @property
    def names(self) -> tuple[tuple[str, str], ...]:
        """Every spoken name with the key of its form, those just learnt among them."""
        return tuple((dict(self.catalogue.names) | dict(self.taught)).items())

    def form(self, key: str) -> Form:
        """Return the form of that key."""
        return self.catalogue.forms[key]
