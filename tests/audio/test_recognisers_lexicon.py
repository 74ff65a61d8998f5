"""Words that a dictionary lacks, said by those it has."""

from __future__ import annotations

import pytest

from voicecoach.audio.recognisers.lexicon import spelling, spellings

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
