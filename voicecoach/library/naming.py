"""What an exercise is called elsewhere, matched to the library: `Bench Press (Barbell)`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from functools import cached_property

from voicecoach.errors import LibraryError, shown
from voicecoach.library.exercises import Library
from voicecoach.library.wording import id_of, plain_letters, spoken_name
from voicecoach.training.exercise import Exercise, Implement

Target = tuple[str, str | None]
"""The id of an exercise, and of a variation or None."""


class Sureness(Enum):
    """How sure it is that a name means an exercise; the value is how it is told."""

    SAID = "as you said"  # by the lifter, now or before
    SURE = "sure"  # the same words, in any order, with or without what carries the load
    LIKELY = "likely"  # the same but for typing errors, or words that change nothing
    NONE = "own name"  # kept apart, under a name of its own


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What a name was taken for."""

    name: str  # as it is written elsewhere
    exercise: str  # the id it is logged under
    variation: str | None = None
    sureness: Sureness
    nearest: str = ""  # the exercise it is nearest to, where it is kept apart

    @property
    def written(self) -> str:
        """The exercise and its variation as a file of names holds them: `deadlift (sumo)`."""
        return written_target((self.exercise, self.variation))


class Naming:
    """Matches names to exercises; `remembered` are those that the lifter settled.

    Two exercises that are taken for one cannot be parted again, so a name
    that only resembles one stays apart: `Pull Up (Assisted)` is no pull-up.
    """

    def __init__(self, library: Library, remembered: Mapping[str, Target] | None = None) -> None:
        self._library = library
        self._settled = dict(remembered or {})
        self._remembered = {_folded(name): target for name, target in self._settled.items()}

    def match(self, name: str) -> Match:
        """Return what `name` means; where it means none, the id of its own it is kept under."""
        if target := self._remembered.get(_folded(name)):
            return _matched(name, target, Sureness.SAID)
        if target := self._exact.get(_folded(name)):
            return _matched(name, target, Sureness.SURE)
        words = _words(name)
        if target := self._by_words.get(_key(words)):
            return _matched(name, target, Sureness.SURE)
        for attempt in self._attempts(words):
            if target := self._by_words.get(_key(attempt)):
                return _matched(name, target, Sureness.LIKELY)
        return Match(
            name=name,
            exercise=own_id(name),
            sureness=Sureness.NONE,
            nearest=self._nearest(words),
        )

    def written(self, exercise: str, variation: str | None = None) -> str:
        """Return a name that `match` brings back to the exercise, as other apps write it."""
        target = (exercise, variation)
        for name in self._ways_to_write(target):
            match = self.match(name)
            if (match.exercise, match.variation) == target:
                return name
        return written_target(target)

    def _ways_to_write(self, target: Target) -> Iterator[str]:
        yield from (name for name, settled in self._settled.items() if settled == target)
        exercise_id, variation_id = target
        if exercise_id not in self._library:
            yield _capitals(exercise_id.replace("-", " "))
            return
        exercise = self._library.exercise(exercise_id)
        variation = exercise.variation(variation_id) if variation_id else None
        if variation_id and variation is None:
            return
        name = _capitals(variation.name if variation else exercise.name)
        implement = exercise.implement_for(variation)
        if implement in _SUFFIXED and implement.value not in name.lower():
            yield f"{name} ({implement.value.capitalize()})"
        yield name

    @cached_property
    def _exact(self) -> Mapping[str, Target]:
        """Every exercise and variation by its id, as this program writes it itself."""
        found: dict[str, Target] = {}
        for exercise in self._library:
            for target in _targets(exercise):
                found[_folded(written_target(target))] = target
        return found

    @cached_property
    def _by_words(self) -> Mapping[str, Target]:
        """Every way to name an exercise, its words in order of the alphabet.

        A name goes before an alias, and both before a name to which the word
        for what carries the load is added.
        """
        levels: tuple[dict[str, set[Target]], ...] = ({}, {}, {})
        for exercise in self._library:
            for target, level, name in _names(exercise):
                words = _words(name)
                levels[level].setdefault(_key(words), set()).add(target)
                variation = exercise.variation(target[1]) if target[1] else None
                carrier = _CARRIERS.get(exercise.implement_for(variation), "")
                if carrier and carrier not in words:
                    levels[2].setdefault(_key((*words, carrier)), set()).add(target)
        found: dict[str, Target] = {}
        for names in levels:
            for key, targets in names.items():
                if len(targets) == 1:  # what may be two is neither
                    found.setdefault(key, *targets)
        return found

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        return frozenset(word for key in self._by_words for word in key.split()) | _MODIFIERS

    def _attempts(self, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        """Yield other ways to read a name: idle words left out, typing errors mended."""
        busy = tuple(word for word in words if word not in _IDLE)
        if busy != words:
            yield busy
        mended = tuple(self._mended(word) for word in busy)
        if mended != busy:
            yield mended

    def _mended(self, word: str) -> str:
        """Return the word that was meant: only one that nobody uses can be a typing error."""
        if len(word) < 4 or word in self._vocabulary:
            return word
        near = get_close_matches(word, self._vocabulary, n=1, cutoff=0.8)
        return near[0] if near else word

    def _nearest(self, words: tuple[str, ...]) -> str:
        """Return the exercise that shares most words with a name, or nothing."""
        wanted = set(words)
        best, share = "", 0.0
        for key, target in self._by_words.items():
            there = set(key.split())
            alike = len(wanted & there) / len(wanted | there)
            if alike > share:
                best, share = written_target(target), alike
        return best if share >= 0.4 else ""


def own_id(name: str) -> str:
    """Return the id under which an exercise that is not in the library is logged."""
    return id_of(name) or "-".join(re.findall(r"\w+", name.lower())) or "unnamed"


def exercise_called(name: str) -> Exercise:
    """Return an exercise of the lifter's own that is logged as names like this one are.

    Raises:
        LibraryError: the name cannot be said.
    """
    said = spoken_name(name)
    if not said:
        msg = f"{shown(name)} cannot be said"
        raise LibraryError(msg, remedy="add it with `voicecoach exercise add` under another name")
    words = _words(name)
    carriers = (implement for implement, word in _CARRIERS.items() if word in words)
    implement = next(carriers, Implement.BODYWEIGHT)
    return Exercise(id=own_id(name), name=said, implement=implement, source="own")


def written_target(target: Target) -> str:
    """Return an exercise and its variation as text: `deadlift (sumo)`."""
    exercise, variation = target
    return exercise if variation is None else f"{exercise} ({variation})"


def read_target(text: str) -> Target:
    """Return what `written_target` wrote."""
    match = re.fullmatch(r"(.+?)\s*\(([^()]+)\)", text.strip())
    return (match[1], match[2].strip()) if match else (text.strip(), None)


_CARRIERS = {
    Implement.BARBELL: "barbell",
    Implement.DUMBBELL: "dumbbell",
    Implement.KETTLEBELL: "kettlebell",
    Implement.MACHINE: "machine",
    Implement.CABLE: "cable",
    Implement.BODYWEIGHT: "bodyweight",
    Implement.BAND: "band",
}
_SUFFIXED = (
    Implement.BARBELL,
    Implement.DUMBBELL,
    Implement.KETTLEBELL,
    Implement.MACHINE,
    Implement.CABLE,
)

_IDLE = frozenset(
    {"standard", "regular", "normal", "conventional", "traditional", "olympic", "flat", "exercise"}
)
"""Words that tell nothing: what they name is the ordinary form."""

_MODIFIERS = frozenset(
    {"assisted", "decline", "incline", "seated", "standing", "kneeling", "smith", "weighted"}
    | {"reverse", "wide", "close", "narrow", "neutral", "deficit", "paused", "banded", "lying"}
    | {"alternating", "single", "iso", "lateral", "front", "rear", "high", "low", "hammer"}
)
"""Words that make another exercise of one: none of them is a typing error."""

_SPELLINGS = {
    "db": "dumbbell", "dumbell": "dumbbell", "bb": "barbell", "kb": "kettlebell",
    "bw": "bodyweight", "flye": "fly", "flie": "fly", "one": "single", "1": "single",
    "armed": "arm", "legged": "leg", "abductor": "abduction", "adductor": "adduction",
}  # fmt: skip

_JOINED = {
    ("push", "up"): "pushup", ("press", "up"): "pushup", ("pull", "up"): "pullup",
    ("chin", "up"): "chinup", ("sit", "up"): "situp", ("step", "up"): "stepup",
    ("get", "up"): "getup", ("pull", "down"): "pulldown", ("push", "down"): "pushdown",
    ("pull", "over"): "pullover", ("kick", "back"): "kickback", ("dead", "lift"): "deadlift",
    ("skull", "crusher"): "skullcrusher", ("body", "weight"): "bodyweight",
    ("cross", "over"): "crossover", ("wood", "chopper"): "woodchop", ("wood", "chop"): "woodchop",
    ("dumb", "bell"): "dumbbell", ("bar", "bell"): "barbell", ("kettle", "bell"): "kettlebell",
    ("t", "bar"): "tbar", ("trap", "bar"): "hexbar", ("hex", "bar"): "hexbar",
}  # fmt: skip

_SMALL = frozenset({"the", "a", "an", "with", "w", "and", "of", "on", "to", "in", "for"})


def _matched(name: str, target: Target, sureness: Sureness) -> Match:
    return Match(name=name, exercise=target[0], variation=target[1], sureness=sureness)


def _targets(exercise: Exercise) -> Iterator[Target]:
    yield exercise.id, None
    yield from ((exercise.id, variation.id) for variation in exercise.variations)


def _names(exercise: Exercise) -> Iterator[tuple[Target, int, str]]:
    """Yield each name of an exercise with the level it is looked for at."""
    own = (exercise.id, None)
    yield own, 0, exercise.name
    yield from ((own, 1, alias) for alias in (exercise.plural, *exercise.aliases) if alias)
    for variation in exercise.variations:
        target = (exercise.id, variation.id)
        yield from ((target, 1, name) for name in (variation.name, *variation.aliases))


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _key(words: tuple[str, ...]) -> str:
    return " ".join(sorted(words))


def _words(name: str) -> tuple[str, ...]:
    """Return the words of a name as they are compared: singular, one spelling each."""
    letters = plain_letters(name).lower().replace("'", "")
    words = [_SPELLINGS.get(one, one) for one in map(_singular, re.findall(r"[^\W_]+", letters))]
    joined: list[str] = []
    for word in words:
        if joined and (pair := _JOINED.get((joined[-1], word))):
            joined[-1] = pair
        elif word not in _SMALL:
            joined.append(word)
    return tuple(dict.fromkeys(joined))


def _singular(word: str) -> str:
    if len(word) < 4 or not word.endswith("s") or word.endswith("ss"):
        return word
    return word[:-2] if word.endswith(("ches", "shes", "sses")) else word[:-1]


def _capitals(name: str) -> str:
    return " ".join(word[:1].upper() + word[1:] for word in name.split())
