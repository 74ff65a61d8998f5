"""Every sentence of the library that is said aloud can be said, and commands nothing by itself."""

import re
from collections.abc import Iterator
from itertools import product

import pytest

from voicecoach.language.intents import PHRASINGS
from voicecoach.language.template import Alternatives, Node, Sequence, Slot, Word
from voicecoach.library.exercises import Library
from voicecoach.library.routines import Routines
from voicecoach.session.vocabulary import HANDFUL

LIBRARY = Library()
EXERCISES = {exercise.id: exercise for exercise in LIBRARY}
MOST_WORDS = 12


def phrases(node: Node) -> Iterator[str]:
    """Yield every phrase that a template without slots allows."""
    match node:
        case Word(text):
            yield text
        case Sequence(parts):
            for chosen in product(*(tuple(phrases(part)) for part in parts)):
                yield " ".join(part for part in chosen if part)
        case Alternatives(choices):
            for choice in choices:
                yield from phrases(choice)
        case Slot():
            raise AssertionError(node)


HEARD_WHILE_SPEAKING = {
    *(one for each in PHRASINGS if each.name in HANDFUL for one in phrases(each.tree)),
    # These begin or end a set: said while the ear is just opening they could be taken for it.
    "done", "ready", "go", "next", "skip",
}  # fmt: skip
"""What the coach reacts to while it speaks: said by itself, it would hear itself."""

SENTENCE = re.compile(r"[A-Z][a-z']*(?:,? [A-Za-z][a-z']*)*\.")
"""Words, commas and a full stop: nothing that a voice must guess how to read."""


def cues_of(exercise):
    yield from exercise.cues
    if exercise.activation:
        yield exercise.activation
    for variation in exercise.variations:
        yield from variation.cues


def said_of(exercise):
    yield from cues_of(exercise)
    yield from exercise.faults
    yield from exercise.cautions
    yield from filter(None, (exercise.load_advice, *(v.works for v in exercise.variations)))


def faults_in(sentence):
    """Return what is wrong with a sentence as one to be said aloud."""
    found = []
    if not SENTENCE.fullmatch(sentence):
        found.append("is not plain words, commas and a full stop")
    said = " ".join(re.findall(r"[a-z']+", sentence.lower()))
    commands = (one for one in HEARD_WHILE_SPEAKING if f" {one} " in f" {said} ")
    return [*found, *(f"says {command!r}" for command in commands)]


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
def test_all_that_is_said_of_an_exercise_can_be_said(exercise):
    faults = {sentence: faults_in(sentence) for sentence in said_of(exercise)}
    assert {sentence: found for sentence, found in faults.items() if found} == {}


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
def test_a_cue_has_twelve_words_at_most(exercise):
    assert [cue for cue in cues_of(exercise) if len(cue.split()) > MOST_WORDS] == []


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
def test_an_exercise_says_how_to_set_up_how_to_move_and_how_to_breathe(exercise):
    cues = exercise.cues_for(None)
    assert cues.setup
    assert cues.execute
    assert cues.breathe
    assert exercise.activation
    assert exercise.faults
    assert 3 <= len(tuple(cues)) <= 8


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
def test_no_cue_is_said_twice(exercise):
    for variation in (None, *exercise.variations):
        cues = tuple(exercise.cues_for(variation))
        assert len(set(cues)) == len(cues)


def test_a_warm_up_commands_nothing():
    routines = Routines(LIBRARY)
    for file in routines.files():
        for workout in routines.load(file.id).workouts:
            assert faults_in(workout.warmup_advice) == []


def test_the_words_for_stopping_and_pace_are_among_those_kept_clear_of():
    assert {"stop", "pause", "hold on", "slow down", "it hurts"} <= HEARD_WHILE_SPEAKING


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
def test_a_fault_has_twelve_words_at_most(exercise):
    assert [fault for fault in exercise.faults if len(fault.split()) > MOST_WORDS] == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Pull 5x.",
        "Pull up & hold.",
        "Ready your grip.",
        "Go down.",
        "Say when it hurts.",
        "Hold on tight.",
        "pull.",
    ],
)
def test_the_linter_finds_what_must_not_be_said(sentence):
    assert faults_in(sentence)
