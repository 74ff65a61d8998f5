from __future__ import annotations

import numpy as np
import pytest

from voicecoach.audio.clips import SPEECH_LUFS, loudness
from voicecoach.audio.earcons import SOUNDS, earcon
from voicecoach.session.effects import Earcon

RATES = [16_000, 22_050, 44_100, 48_000]


@pytest.mark.parametrize("meaning", Earcon)
def test_everything_the_coach_may_sound_has_a_sound(meaning: Earcon) -> None:
    assert earcon(meaning.value, 48_000).ms > 0


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("name", SOUNDS)
def test_an_earcon_is_short_softer_than_speech_and_without_clicks(name: str, rate: int) -> None:
    clip = earcon(name, rate)
    level = np.abs(clip.pcm.astype(int))
    assert clip.rate == rate
    assert clip.ms <= 1000
    assert -40 < loudness(clip) < SPEECH_LUFS - 2
    assert level.max() < 10_000
    assert level[0] < 100
    assert level[-1] < 100


def pitch(clip_part: np.ndarray, rate: int) -> float:
    spectrum = np.abs(np.fft.rfft(clip_part * np.hanning(len(clip_part)), 1 << 16))
    return float(spectrum.argmax()) * rate / (1 << 16)


@pytest.mark.parametrize(
    ("name", "rises"), [("go", True), ("resumed", True), ("rest-over", True), ("paused", False)]
)
def test_what_goes_on_rises_and_what_stops_falls(name: str, rises: bool) -> None:
    pcm = earcon(name, 48_000).pcm
    quarter = len(pcm) // 4
    assert (pitch(pcm[-quarter:], 48_000) > 1.2 * pitch(pcm[:quarter], 48_000)) is rises


def test_an_earcon_is_the_same_every_time() -> None:
    first = earcon("go", 44_100).pcm
    earcon.cache_clear()
    np.testing.assert_array_equal(earcon("go", 44_100).pcm, first)


def test_the_reminder_is_the_quietest() -> None:
    loud = {name: loudness(earcon(name, 48_000)) for name in SOUNDS}
    assert min(loud, key=loud.__getitem__) == "reminder"


def test_an_unknown_earcon_is_an_error_of_the_caller() -> None:
    with pytest.raises(KeyError):
        earcon("fanfare", 48_000)
