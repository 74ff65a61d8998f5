"""Decoys, and words that sound the same."""

from __future__ import annotations

import pytest

from voicecoach.audio.recognisers.decoys import DECOYS, unlike
from voicecoach.audio.recognisers.network import network_of
from voicecoach.audio.recognisers.pronunciation import Pronunciations, dictionary_file
from voicecoach.language.parser import everything


@pytest.fixture(scope="module")
def sounds() -> Pronunciations:
    return Pronunciations(dictionary_file())


def test_no_decoy_is_there_twice() -> None:
    assert len(set(DECOYS)) == len(DECOYS)


def test_a_decoy_never_sounds_like_what_may_be_said(sounds: Pronunciations) -> None:
    left = unlike(DECOYS, ("two", "four", "no", "done"), sounds)
    assert {"to", "for", "know"}.isdisjoint(left)
    assert {"shop", "dirty", "coffee"} <= set(left)


def test_most_decoys_are_left_where_everything_is_legal(sounds: Pronunciations) -> None:
    said = network_of(everything().grammar).words()
    left = unlike(DECOYS, said, sounds)
    assert said.isdisjoint(left)
    assert len(left) > 150


def test_a_word_that_is_legal_is_no_decoy_even_without_a_dictionary() -> None:
    assert unlike(("coffee", "stop"), ("stop",), Pronunciations(None)) == ("coffee",)


def test_words_that_sound_the_same_are_listened_for_as_one(sounds: Pronunciations) -> None:
    stands = sounds.one_of_each_sound(["to", "two", "too", "done", "weight", "wait"])
    assert stands["to"] == stands["two"] == stands["too"] != "to"
    assert stands["weight"] == stands["wait"]
    assert stands["done"] == "done"


def test_a_word_without_a_pronunciation_stands_for_itself(sounds: Pronunciations) -> None:
    assert sounds.one_of_each_sound(["xyzzyx", "two"]) == {"xyzzyx": "xyzzyx", "two": "two"}
