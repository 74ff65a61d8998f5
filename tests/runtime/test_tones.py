"""A coach that makes tones only: every sentence and every count has one, and no voice is used."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from voicecoach.audio.earcons import earcon
from voicecoach.audio.mixer import Mixer
from voicecoach.audio.ports import Clip
from voicecoach.errors import VoiceError
from voicecoach.language.prompts import Prompt, Say, prompt
from voicecoach.runtime.mouth import Delivery, Mouth
from voicecoach.session.counting import countdown
from voicecoach.session.effects import Count, Speak
from voicecoach.session.events import SpeechEnded
from voicecoach.units import Unit

RATE = 24_000


class Hoarse:
    """A voice that cannot speak."""

    name = "hoarse"

    def render(self, text: str) -> Clip:
        raise VoiceError(text)

    def render_all(self, texts: Sequence[str]) -> tuple[Clip, ...]:
        return tuple(self.render(text) for text in texts)


@pytest.fixture
def mixer() -> Mixer:
    return Mixer(RATE)


@pytest.fixture
def mouth(mixer: Mixer) -> Mouth:
    return Mouth(mixer, lambda _: Hoarse(), Unit.KG, delivery=Delivery(tones_only=True))


@pytest.mark.parametrize(
    ("prompts", "tone"),
    [
        ((prompt(Say.ECHO, reps=5), prompt(Say.HOW_MANY)), "question"),
        ((prompt(Say.ANNOUNCE, place="squat, set one"), prompt(Say.SAY_READY)), "question"),
        ((prompt(Say.ANNOUNCE, place="squat, set three"), prompt(Say.AS_MANY)), "question"),
        ((prompt(Say.ECHO, reps=5),), "said"),
        ((prompt(Say.SORRY), prompt(Say.HOW_MANY)), "error"),
    ],
)
def test_a_tone_tells_whether_the_coach_asks_tells_or_is_at_a_loss(
    prompts: tuple[Prompt, ...], tone: str, mouth: Mouth, mixer: Mixer
) -> None:
    wanted = earcon(tone, RATE).pcm
    mouth.foresee(prompts)
    mouth.perform(Speak(1, prompts))
    np.testing.assert_array_equal(mixer.render(len(wanted)), wanted)
    assert mouth.events() == [SpeechEnded(-(-len(wanted) * 1000 // RATE), 1)]
    assert mouth.said[1].text == " ".join(one.text(Unit.KG) for one in prompts)


def test_a_count_ticks_on_its_beats(mouth: Mouth, mixer: Mixer) -> None:
    mouth.perform(Count(countdown(500), "squat", 1))
    pcm = mixer.render(3 * RATE)
    mouth.events()
    assert [one.played_sample for one in mouth.sounded] == [RATE // 2, 3 * RATE // 2, 5 * RATE // 2]
    tick = earcon("tick", RATE).pcm
    for beat in mouth.sounded:
        start = beat.played_sample
        np.testing.assert_array_equal(pcm[start : start + len(tick)], tick)
