"""Who goes on speaking after a pause is heard out, and what was made of the beginning replaced."""

from __future__ import annotations

import numpy as np

from voicecoach.audio.ears import Ears
from voicecoach.audio.ports import HEARING_RATE, Hypothesis, Pcm, VoiceActivity
from voicecoach.language.grammar import Grammar
from voicecoach.language.intents import Intent
from voicecoach.language.intents import IntentName as I
from voicecoach.language.vocabulary import Vocabulary
from voicecoach.runtime.bench.hearing import Outcome, judge
from voicecoach.runtime.hearing import Hearing, OwnWords
from voicecoach.session.events import Event, IntentHeard
from voicecoach.units import Load

WORD = np.tile(np.array([9000, -9000], np.int16), HEARING_RATE // 5)
PAUSE = np.zeros(HEARING_RATE // 2, np.int16)
ANSWER = Vocabulary(
    intents=frozenset({I.NUMBER, I.REPS, I.STOP}), mendable=frozenset({I.NUMBER, I.REPS})
)
RESTING = Vocabulary(intents=frozenset({I.STOP, I.AMEND}))

EIGHT = Intent(name=I.NUMBER, reps=8)
EIGHT_AT_SIXTY = Intent(name=I.REPS, reps=8, load=Load.kg(60))


class Counting:
    """Hears "eight" in one sound, and a whole set in two."""

    name = description = "counting"

    def begin(self, grammar: Grammar) -> None:
        self.blocks: list[Pcm] = []

    def feed(self, pcm: Pcm) -> None:
        self.blocks.append(pcm)

    def finish(self) -> tuple[Hypothesis, ...]:
        loud = (np.abs(np.concatenate(self.blocks)) > 1000).astype(int)
        sounds = np.count_nonzero(np.diff(loud, prepend=0) == 1)
        text = "eight" if sounds == 1 else "eight reps at sixty"
        return (Hypothesis(tuple(text.split()), 0.0, 0.95),)


def hear(activity: VoiceActivity, own_words: OwnWords | None = None) -> tuple[Hearing, list[Event]]:
    hearing = Hearing(Ears(Counting(), activity), own_words=own_words)
    hearing.listen(ANSWER)
    events = hearing.feed(np.concatenate([PAUSE, WORD, PAUSE]))
    hearing.listen(RESTING)
    return hearing, events + hearing.feed(np.concatenate([WORD, PAUSE]))


def test_the_rest_of_a_set_is_understood_as_it_was_legal_when_the_set_began(loudness) -> None:
    hearing, (first, second) = hear(loudness)
    assert isinstance(first, IntentHeard)
    assert isinstance(second, IntentHeard)
    assert (first.intent, first.begun_as) == (EIGHT, None)
    assert (second.intent, second.begun_as) == (EIGHT_AT_SIXTY, EIGHT)
    assert [heard.joined for heard in hearing.heard] == [False, True]


def test_the_number_is_there_before_its_load_is_said(loudness) -> None:
    hearing, _ = hear(loudness)
    assert hearing.heard[0].at_ms - hearing.heard[0].speech_end_ms < 200


def test_the_coach_saying_the_set_back_is_not_the_rest_of_it(loudness) -> None:
    spoken = frozenset(["eight", "reps", "at", "sixty", "rest", "three", "minutes"])
    _, events = hear(loudness, lambda _from_ms, to_ms: spoken if to_ms > 1200 else frozenset())
    assert len(events) == 1


def test_what_was_put_right_is_not_held_against_the_ears(loudness) -> None:
    hearing, _ = hear(loudness)
    assert judge(EIGHT_AT_SIXTY, hearing.heard) is Outcome.UNDERSTOOD
    assert judge(EIGHT, hearing.heard) is Outcome.WRONG
