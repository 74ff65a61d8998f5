"""Words that a dictionary lacks, said by those it has."""

from __future__ import annotations

import pytest

from voicecoach.audio.recognisers.lexicon import spelling, spellings
from voicecoach.audio.recognisers.pronunciation import Pronunciations, dictionary_file
from voicecoach.library.exercises import Library
from voicecoach.training.exercise import as_spoken

DICTIONARY = {"r", "p", "e", "dead", "lift", "lifts", "chin", "ups", "hyper", "extension", "squat"}


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("squat", "squat"),
        ("rpe", "r p e"),
        ("deadlift", "dead lift"),
        ("deadlifts", "dead lifts"),
        ("chinups", "chin ups"),
        ("hyperextension", "hyper extension"),
    ],
)
def test_a_word_is_said_as_the_dictionary_can(word: str, said: str) -> None:
    assert spelling(word, DICTIONARY.__contains__) == tuple(said.split())


@pytest.mark.parametrize("word", ["burpee", "per", "upsquat!", "rir", ""])
def test_a_word_that_nothing_sounds_like_has_no_spelling(word: str) -> None:
    assert spelling(word, DICTIONARY.__contains__) is None


def test_the_evenest_cut_is_taken() -> None:
    assert spelling("backrow", {"ba", "ckrow", "back", "row"}.__contains__) == ("back", "row")


def test_words_without_a_spelling_are_named() -> None:
    found, lacking = spellings(["squat", "zercher", "rpe", "jm"], DICTIONARY.__contains__)
    assert found == {"squat": ("squat",), "rpe": ("r", "p", "e")}
    assert lacking == ("jm", "zercher")


def spoken_words() -> set[str]:
    """Return every word that an exercise of the built-in library is called by."""
    names = {
        name
        for one in Library()
        for name in (one.name, one.plural, *one.aliases, *(each.name for each in one.variations))
    }
    return {word for name in names for word in as_spoken(name).split()}


def test_it_is_known_how_every_exercise_of_the_library_is_pronounced() -> None:
    words = spoken_words()
    assert len(words) > 200
    assert words == set(Pronunciations(dictionary_file()).of(words))


@pytest.mark.parametrize(
    ("word", "phones"),
    [
        ("ohp", "OW EY CH P IY"),
        ("rdl", "AA R D IY EH L"),
        ("deads", "D EH D Z"),
        ("pendlay", "P EH N D L EY"),
    ],
)
def test_a_word_of_the_gym_is_said_as_it_is_there(word: str, phones: str) -> None:
    (said,) = Pronunciations(dictionary_file()).of([word])[word]
    assert " ".join(said) == phones
