"""What a chirp in the room tells: when it came back, how loud, and how clocks run."""

from __future__ import annotations

import math

import numpy as np
import pytest

from voicecoach.audio.clips import SPEECH_LUFS, loudness
from voicecoach.audio.ports import HEARING_RATE, Pcm
from voicecoach.audio.soundcheck import Clock, chirp, find_chirp, level_dbfs


def room(delay: int, gain_db: float, noise: float = 30.0) -> Pcm:
    """Three seconds of noise of that amplitude, the chirp in it `delay` samples from the start."""
    heard = np.random.default_rng(3).normal(0, noise, 3 * HEARING_RATE)
    wave = chirp().pcm * 10 ** (gain_db / 20)
    heard[delay : delay + len(wave)] += wave
    return np.rint(heard).astype(np.int16)


@pytest.mark.parametrize("gain_db", [0.0, -20.0, -35.0])
@pytest.mark.parametrize("delay", [0, 12_345, 2 * HEARING_RATE])
def test_the_chirp_is_found_where_it_is_and_as_loud_as_it_is(delay: int, gain_db: float) -> None:
    found = find_chirp(room(delay, gain_db))
    assert found is not None
    assert abs(found[0] - delay) <= 1
    assert found[1] == pytest.approx(gain_db, abs=0.5)


@pytest.mark.parametrize(
    "heard",
    [
        np.zeros(HEARING_RATE, np.int16),
        np.zeros(0, np.int16),
        room(0, -200.0),
        np.tile(np.array([8000, -8000], np.int16), HEARING_RATE),
    ],
    ids=["zeros", "nothing", "noise", "a tone"],
)
def test_no_chirp_is_found_where_there_is_none(heard: Pcm) -> None:
    assert find_chirp(heard) is None


def test_the_chirp_is_as_loud_as_speech() -> None:
    assert loudness(chirp()) == pytest.approx(SPEECH_LUFS, abs=0.5)


def test_levels_are_told_under_full_scale() -> None:
    square = np.tile(np.array([3277, -3277], np.int16), 1000)
    assert level_dbfs(square) == pytest.approx(-20, abs=0.01)
    assert level_dbfs(np.zeros(100, np.int16)) == -math.inf
    assert level_dbfs(np.zeros(0, np.int16)) == -math.inf


def test_a_clock_is_known_by_what_it_has_counted() -> None:
    seconds = 1000.0 + np.arange(400) * 0.01
    jitter = np.random.default_rng(5).normal(0, 0.0005, 400)
    samples = (seconds - 999.5 + jitter) * 48_000 * (1 + 200e-6)
    clock = Clock.through(seconds, samples)
    assert clock.drift_ppm(48_000) == pytest.approx(200, abs=100)
    assert clock.at(0) == pytest.approx(999.5, abs=0.001)
