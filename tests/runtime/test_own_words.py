"""What the coach says itself is no command, though the microphone hears it."""

from __future__ import annotations

import gc
import weakref
from dataclasses import replace

import numpy as np
import pytest

from voicecoach.audio.activity import SileroActivity
from voicecoach.audio.ears import Ears
from voicecoach.audio.mixer import Mixer
from voicecoach.audio.ports import HEARING_RATE, Clip, Hypothesis, Pcm, VoiceActivity
from voicecoach.audio.utterance import Utterance
from voicecoach.language.decide import Accepted, Ignored
from voicecoach.language.grammar import Grammar
from voicecoach.language.intents import IntentName
from voicecoach.language.prompts import Say, prompt
from voicecoach.language.vocabulary import Expectation, Vocabulary
from voicecoach.runtime import engines
from voicecoach.runtime.athlete import at_speech_level
from voicecoach.runtime.hearing import Hearing, decided
from voicecoach.runtime.mouth import Mouth
from voicecoach.runtime.paths import Paths
from voicecoach.runtime.rehearsal_stage import RATE, RehearsalStage, Surroundings
from voicecoach.session.effects import Speak
from voicecoach.session.events import NothingUnderstood
from voicecoach.units import Unit

EVERYTHING_SHORT = Vocabulary(
    intents=frozenset(
        {IntentName.READY, IntentName.STOP, IntentName.SKIP_REST, IntentName.NEXT, IntentName.REPS}
    )
)


class Always:
    """A recogniser that hears one phrase in every sound."""

    name = description = "always"

    def __init__(self, text: str, confidence: float = 0.95) -> None:
        self._words = tuple(text.split())
        self._confidence = confidence

    def begin(self, grammar: Grammar) -> None:
        pass

    def feed(self, pcm: Pcm) -> None:
        pass

    def finish(self) -> tuple[Hypothesis, ...]:
        return (Hypothesis(self._words, 0.0, self._confidence),)


class Tone:
    """A voice that says everything in half a second."""

    name = "tone"

    def render(self, text: str) -> Clip:
        return Clip(np.full(12_000, 4000, np.int16), 24_000)

    def render_all(self, texts) -> tuple[Clip, ...]:
        return tuple(map(self.render, texts))


URGENT = Expectation(urgent=frozenset({IntentName.STOP}))

ANNOUNCED = {"four", "to", "six", "reps", "at", "one", "hundred", "kilos"}


def heard(
    text: str, own: frozenset[str], activity: VoiceActivity, confidence: float = 0.95
) -> Accepted | Ignored:
    spans: list[tuple[int, int]] = []

    def own_words(from_ms: int, to_ms: int) -> frozenset[str]:
        spans.append((from_ms, to_ms))
        return own

    hearing = Hearing(Ears(Always(text, confidence), activity), own_words=own_words)
    hearing.listen(EVERYTHING_SHORT)
    second = np.zeros(HEARING_RATE, np.int16)
    sound = np.full(HEARING_RATE // 2, 3000, np.int16)
    sound[::2] *= -1
    hearing.feed(np.concatenate([second, sound, second]))
    (one,) = hearing.heard
    assert all(600 < begin < 800 and 1400 < end < 1600 for begin, end in spans)
    assert isinstance(one.decision, Accepted | Ignored)
    return one.decision


@pytest.mark.parametrize(
    ("text", "own", "taken"),
    [
        ("ready", {"say", "ready"}, False),
        ("ready", {"push", "the", "floor", "away"}, True),
        ("i'm ready", {"say", "ready"}, True),
        ("skip rest", {"rest", "three", "minutes"}, True),
        ("stop", {"stop", "at", "the", "knee"}, True),
        ("forty six reps at one hundred kilos", ANNOUNCED, False),
        ("eight reps at one hundred kilos", ANNOUNCED, True),
    ],
)
def test_a_word_of_the_coachs_own_is_no_command_while_it_sounds(
    text: str, own: set[str], taken: bool, loudness
) -> None:
    assert isinstance(heard(text, frozenset(own), loudness), Accepted if taken else Ignored)


@pytest.mark.parametrize(
    ("text", "confidence", "own", "taken"),
    [
        ("next", 0.8, {"ten", "seconds"}, False),
        ("next", 0.95, {"ten", "seconds"}, True),
        ("next", 0.8, set(), True),
        ("ready", 0.8, {"ten", "seconds"}, True),
    ],
)
def test_what_moves_the_workout_on_must_be_certain_while_the_coach_speaks(
    text: str, confidence: float, own: set[str], taken: bool, loudness
) -> None:
    """It may be the rest of something else, cut short by the coach's own words."""
    decision = heard(text, frozenset(own), loudness, confidence)
    assert isinstance(decision, Accepted if taken else Ignored)


@pytest.mark.parametrize(("over", "taken"), [(True, True), (False, False)])
def test_a_half_heard_stop_is_obeyed_only_where_it_is_not_the_coach(
    over: bool, taken: bool
) -> None:
    """Louder than all that leaks of the coach, it is somebody else's."""
    utterance = Utterance(
        hypotheses=(Hypothesis(("stop",), 0.0, 0.4),),
        grammar=EVERYTHING_SHORT.grammar,
        start_sample=0,
        speech_end_sample=8000,
        decoded_sample=9000,
        decided_sample=10_000,
        decode_ms=50.0,
        level_dbfs=-30.0,
        over=over,
        pcm=np.zeros(10_000, np.int16),
    )
    decision = decided(utterance, replace(EVERYTHING_SHORT, expects=URGENT))
    assert isinstance(decision, Accepted if taken else Ignored)


def test_the_mouth_knows_which_words_sound_when() -> None:
    mixer = Mixer(24_000)
    mouth = Mouth(mixer, lambda _: Tone(), Unit.KG, offset_ms=1000)
    mouth.perform(Speak(1, (prompt(Say.WHEN_READY), prompt(Say.LAST_ONE))))
    mixer.render(24_000 // 10)
    mouth.events()
    first, second = {"say", "ready", "when", "you", "are"}, {"last", "one"}
    assert mouth.own_words(1000, 1050) == first
    assert mouth.own_words(0, 900) == frozenset()
    mixer.render(24_000 * 3)
    mouth.events()
    ended = mouth.now_ms()
    assert mouth.own_words(1000, ended) == first | second
    assert mouth.own_words(1000, 1100) == first
    assert mouth.own_words(ended - 100, ended) == frozenset()


CUES = tuple(
    prompt(Say.VERBATIM, text=text)
    for text in (
        "Four to six reps at one hundred kilos.",
        "Bar over mid foot, feet hip width, overhand grip outside your legs.",
        "Bend your knees and hips, arms straight.",
    )
)


class OneWord:
    """An athlete who says one thing, so many milliseconds into what the coach says."""

    def __init__(self, clip: Clip | None, after_ms: int) -> None:
        self._pcm = np.zeros(0, np.int16) if clip is None else at_speech_level(clip).pcm
        self._start = after_ms * HEARING_RATE // 1000
        self._at = 0

    def next_start(self) -> int | None:
        return self._start if self._at < self._start + len(self._pcm) else None

    def said(self, position: int, samples: int) -> Pcm:
        out = np.zeros(samples, np.int16)
        first, self._at = max(position, self._start), position + samples
        part = self._pcm[max(0, first - self._start) : max(0, self._at - self._start)]
        out[first - position : first - position + len(part)] = part
        return out


@pytest.mark.parametrize(
    ("word", "after_ms", "accepted"),
    [
        ("ready", 4000, [IntentName.READY]),
        ("stop", 800, [IntentName.STOP]),
        ("stop", 3100, [IntentName.STOP]),
        ("", 0, []),
    ],
)
def test_ready_and_stop_are_heard_over_the_cues_and_the_coach_never_obeys_itself(
    paths: Paths, moonshine, word: str, after_ms: int, accepted: list[IntentName]
) -> None:
    mixer = Mixer(RATE)
    mouth = Mouth(mixer, engines.coach_voice(paths), Unit.KG)
    hearing = Hearing(Ears(moonshine, SileroActivity()), own_words=mouth.own_words)
    other = engines.athlete_voice(paths, "en-gb").render(word) if word else None
    stage = RehearsalStage(
        mixer, mouth, hearing, OneWord(other, after_ms), surroundings=Surroundings(echo_gain=0.1)
    )
    hearing.listen(replace(EVERYTHING_SHORT, expects=URGENT, over_voice=True))
    mouth.perform(Speak(1, (*CUES, prompt(Say.WHEN_READY))))
    events = []
    while (event := stage.wait(6000)) is not None:
        events.append(event)
    heard = [one.decision for one in hearing.heard]
    assert [one.intent.name for one in heard if isinstance(one, Accepted)] == accepted
    # It never takes its own words for an answer that it did not understand.
    assert not any(isinstance(one, NothingUnderstood) for one in events)


def test_ears_are_gone_with_what_listened_through_them(loudness) -> None:
    ears = Ears(Always("stop"), loudness)
    hearing = Hearing(ears)
    hearing.listen(EVERYTHING_SHORT)
    gone = weakref.ref(ears)
    gc.disable()  # a detector of speech is too much memory to wait for the collector
    try:
        del ears, hearing
        assert gone() is None
    finally:
        gc.enable()
