"""The coach's own voice, listened to by an ear that no vocabulary helps."""

from __future__ import annotations

import importlib.util

import pytest

from voicecoach.audio.manner import COUNTING_WORDS_A_MINUTE, Manner
from voicecoach.audio.recognisers.moonshine import model_folder
from voicecoach.audio.voices.choice import choose_voice
from voicecoach.audio.voices.repertoire import Repertoire
from voicecoach.language.likeness import edits_between
from voicecoach.runtime.bench.listening import (
    FreeEar,
    count_texts,
    example_texts,
    plain_words,
    share_right,
    understood,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rest three minutes.", "rest 3 minutes"),
        ("One hundred and two point five.", "100 and 2.5"),
        ("What weight?", "what wait"),
        ("Half way.", "Halfway!"),
    ],
)
def test_what_sounds_alike_counts_as_understood(one: str, other: str) -> None:
    assert plain_words(one) == plain_words(other)


@pytest.mark.parametrize(
    ("wanted", "found", "wrong"),
    [("say ready", "say ready", 0), ("say ready", "say", 1), ("lift", "", 1), ("two", "to do", 2)],
)
def test_a_word_missing_added_or_changed_is_one_error(wanted: str, found: str, wrong: int) -> None:
    assert edits_between(wanted.split(), found.split()) == wrong


def test_every_prompt_is_tried() -> None:
    texts = example_texts()
    assert "Four to six reps at one hundred and two point five kilos." in texts
    assert "Good work." in texts
    assert not any("{" in text for text in texts)


@pytest.mark.skipif(model_folder() is None, reason="needs the wheel of moonshine-voice")
@pytest.mark.skipif(
    importlib.util.find_spec("hibari") is None, reason="needs: pip install voicecoach[natural]"
)
def test_a_listener_understands_the_count_and_the_prompts() -> None:
    """A sixth of them; scripts/listen tries all."""
    counts, texts = count_texts()[::6], example_texts()[::6]
    brisk = choose_voice("natural", Manner(words_a_minute=COUNTING_WORDS_A_MINUTE))
    coach = Repertoire(choose_voice("natural", Manner()), 24_000, brisk=brisk)
    ear = FreeEar()
    written = understood(
        ear,
        [(text, coach.word(text)) for text in counts]
        + [(text, coach.phrase(text)) for text in texts],
    )
    assert share_right(written) >= 0.95, [one for one in written if one.right < one.words]
