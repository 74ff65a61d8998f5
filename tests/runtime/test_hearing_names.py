"""Names a recogniser has no words for are left out; what no phrase fits is written down."""

from __future__ import annotations

import numpy as np
import pytest

from voicecoach.audio.ears import Ears
from voicecoach.audio.ports import HEARING_RATE, Hypothesis, Pcm, VoiceActivity
from voicecoach.language.grammar import Grammar
from voicecoach.language.intents import Intent
from voicecoach.language.intents import IntentName as I
from voicecoach.language.template import words_of
from voicecoach.language.vocabulary import Dictation, Vocabulary
from voicecoach.runtime.hearing import Hearing
from voicecoach.session.events import Dictated, Event, NothingUnderstood

SPOKEN = np.tile(np.array([9000, -9000], np.int16), HEARING_RATE // 4)
QUIET = np.tile(np.array([3, -3], np.int16), HEARING_RATE // 2)
NAMED = (("squat", "squat"), ("pendlay row", "pendlay-row"))


class Ear:
    """Hears what it is told to; its dictionary lacks a word, and it writes as it is told to."""

    name = description = "test"

    def __init__(self, *hypotheses: Hypothesis, written: str = "") -> None:
        self.hypotheses = hypotheses
        self.written = written
        self.openings: tuple[str, ...] | None = None
        self.grammars: list[Grammar] = []

    def begin(self, grammar: Grammar) -> None:
        self.grammars.append(grammar)

    def feed(self, pcm: Pcm) -> None:
        pass

    def finish(self) -> tuple[Hypothesis, ...]:
        return self.hypotheses

    def lacks(self, grammar: Grammar) -> tuple[str, ...]:
        return ("pendlay",)

    def write_down(self, openings: tuple[str, ...] = ()) -> str:
        self.openings = openings
        return self.written


def hear(ear: Ear, vocabulary: Vocabulary, activity: VoiceActivity) -> list[Event]:
    hearing = Hearing(Ears(ear, activity))
    hearing.listen(vocabulary)
    return hearing.feed(np.concatenate([QUIET, SPOKEN, QUIET, QUIET]))


def test_a_name_with_a_word_that_is_not_known_is_left_out_and_the_others_stay(loudness) -> None:
    ear = Ear()
    hear(ear, Vocabulary(intents=frozenset({I.LOG}), exercises=NAMED), loudness)
    said = set(words_of(ear.grammars[0].filling("exercise").tree))
    assert said == {"squat"}


@pytest.mark.parametrize(
    ("dictation", "openings"), [(Dictation.BESIDE, ("Note", "Note,")), (Dictation.ALL, ())]
)
def test_what_no_phrase_fits_is_written_down_where_it_may_be_a_note(
    dictation, openings, loudness
) -> None:
    ear = Ear(Hypothesis(("stop",), 0.0, 0.1), written="Note, slept badly.")
    (event,) = hear(ear, Vocabulary(intents=frozenset({I.STOP}), dictation=dictation), loudness)
    assert isinstance(event, Dictated)
    assert (event.text, event.guess, event.source) == ("Note, slept badly.", None, "voice")
    assert ear.openings == openings


def test_elsewhere_nothing_is_written_down(loudness) -> None:
    ear = Ear(written="Did you see the game?")
    (event,) = hear(ear, Vocabulary(intents=frozenset({I.STOP})), loudness)
    assert isinstance(event, NothingUnderstood)
    assert ear.openings is None


def test_what_was_half_heard_goes_with_it_as_a_guess(loudness) -> None:
    ear = Ear(Hypothesis(("squat", "five"), 0.0, 0.4))
    vocabulary = Vocabulary(intents=frozenset({I.LOG}), exercises=NAMED, dictation=Dictation.BESIDE)
    (event,) = hear(ear, vocabulary, loudness)
    assert isinstance(event, Dictated)
    assert event.guess == Intent(name=I.LOG, exercise="squat", reps=5)
