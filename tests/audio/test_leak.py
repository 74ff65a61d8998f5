"""What leaks of the coach's own voice, and the soft beginning of another over it."""

from __future__ import annotations

import numpy as np
import pytest

from voicecoach.audio.leak import LATELY, LEAK_FRAMES, LEAK_KNOWN, Leak, highs_of
from voicecoach.audio.utterance import SILENT_DBFS, dbfs, power_of

VOWEL, HISS = (-40.0, -55.0), (-46.0, -50.0)
"""Levels of the coach's frames as they leak: of all, and of the highs."""

ITS_S = (-42.0, -38.0)
"""Another's "s": no louder than a vowel of the coach's, but in its highs."""


def heard(*frames: tuple[float, float], spoken: bool = True) -> Leak:
    leak = Leak()
    for level, highs in frames:
        leak.heard(level, highs, spoken=spoken)
    return leak


def test_the_leak_is_known_after_some_speech_of_the_coach() -> None:
    assert not heard(*[VOWEL] * (LEAK_KNOWN + LATELY - 1)).known
    assert heard(*[VOWEL] * (LEAK_KNOWN + LATELY)).known
    assert not heard(*[VOWEL] * 100, spoken=False).known


def test_a_lifter_who_speaks_while_the_coach_is_in_their_ears_is_no_leak() -> None:
    leak = Leak()
    for spoken in [*[False] * 100, *[True] * 40]:
        leak.heard(*VOWEL, spoken=spoken)
    assert not leak.known
    for _ in range(40):
        leak.heard(*VOWEL, spoken=True)
    assert leak.known


def test_the_pauses_of_a_count_say_nothing_of_a_leak() -> None:
    leak = Leak()
    for spoken in [*[True] * 30, *[False] * 200]:
        leak.heard(*VOWEL, spoken=spoken, sounded=spoken)
    assert leak.known


def test_the_consonant_before_a_louder_vowel_is_of_the_voice_that_follows() -> None:
    leak = heard(*[VOWEL, HISS] * 20, ITS_S, ITS_S, VOWEL)
    assert leak.foreign() == 3


def test_what_the_coach_said_just_before_is_not() -> None:
    assert heard(*[VOWEL, HISS] * 20).foreign() == 0


def test_the_beginning_of_another_voice_never_counts_as_leak() -> None:
    leak = heard(*[VOWEL, HISS] * 20, *[ITS_S] * LATELY)
    assert leak.foreign() == LATELY
    leak.heard(*VOWEL, spoken=True)
    assert not leak.holds(*ITS_S)
    assert leak.loudest == VOWEL[0]


def test_a_voice_that_grew_softer_is_forgotten_after_some_seconds() -> None:
    softer = (VOWEL[0] - 10, VOWEL[1] - 10)
    assert heard(*[VOWEL] * 30, *[softer] * (LEAK_FRAMES + LATELY)).loudest == softer[0]


@pytest.mark.parametrize(("period", "hissing"), [(160, False), (4, True)])
def test_the_highs_tell_an_s_from_a_vowel_as_loud(period: int, hissing: bool) -> None:
    wave = 3000 * np.sin(2 * np.pi * np.arange(512) / period)
    frame = wave.astype(np.int16)
    assert (dbfs(highs_of(frame)) > dbfs(power_of(frame)) - 10) is hissing


def test_digital_silence_has_a_level() -> None:
    assert dbfs(power_of(np.zeros(512, np.int16))) == SILENT_DBFS
