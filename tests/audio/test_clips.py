from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.audio.clips import (
    SPEECH_LUFS,
    faded,
    levelled,
    loudness,
    resampled,
    spoken,
    trimmed,
    word,
)
from voicecoach.audio.ports import Clip

RATE = 48_000


def sine(hertz: float, dbfs: float, ms: int, rate: int = RATE) -> Clip:
    at = np.arange(rate * ms // 1000) / rate
    amplitude = 32_768 * 10 ** (dbfs / 20)
    return Clip(np.rint(amplitude * np.sin(2 * np.pi * hertz * at)).astype(np.int16), rate)


def surrounded(clip: Clip, before: int, after: int) -> Clip:
    noise = np.random.default_rng(1).integers(-3, 4, before + after).astype(np.int16)
    return Clip(np.concatenate([noise[:before], clip.pcm, noise[before:]]), clip.rate)


@pytest.mark.parametrize(("hertz", "dbfs", "lufs"), [(997, 0, -3.01), (997, -23, -26.01)])
@pytest.mark.parametrize("rate", [22_050, 44_100, 48_000])
def test_loudness_is_that_of_the_standard(
    hertz: float, dbfs: float, lufs: float, rate: int
) -> None:
    # BS.1770: a 997 Hz sine at full scale in one channel reads -3.01 LUFS.
    assert loudness(sine(hertz, dbfs - 0.001, 2000, rate)) == pytest.approx(lufs, abs=0.1)


def test_deep_sounds_count_for_less_and_sharp_ones_for_more() -> None:
    assert loudness(sine(40, -20, 1000)) < loudness(sine(997, -20, 1000)) - 3
    assert loudness(sine(4000, -20, 1000)) > loudness(sine(997, -20, 1000)) + 2


def test_pauses_do_not_make_speech_softer() -> None:
    talk = sine(500, -20, 2000)
    paused = Clip(np.concatenate([talk.pcm, np.zeros(3 * RATE, np.int16)]), RATE)
    assert loudness(paused) == pytest.approx(loudness(talk), abs=1.0)


def test_silence_has_no_loudness_and_stays_silent() -> None:
    silence = Clip(np.zeros(1000, np.int16), RATE)
    assert loudness(silence) == -math.inf
    assert loudness(Clip(np.zeros(0, np.int16), RATE)) == -math.inf
    assert not levelled(silence).pcm.any()
    assert not len(trimmed(silence).pcm)
    assert not len(spoken(silence).pcm)


@given(
    dbfs=st.floats(-45, -1), hertz=st.floats(150, 5000), ms=st.integers(60, 900), rate=st.just(RATE)
)
def test_everything_comes_out_at_one_loudness(
    dbfs: float, hertz: float, ms: int, rate: int
) -> None:
    assert loudness(levelled(sine(hertz, dbfs, ms, rate))) == pytest.approx(SPEECH_LUFS, abs=0.5)


def test_a_clip_of_one_sharp_peak_is_left_softer_and_not_clipped() -> None:
    pcm = np.zeros(RATE, np.int16)
    pcm[100] = 20_000
    out = levelled(Clip(pcm, RATE))
    assert loudness(out) < SPEECH_LUFS
    assert np.abs(out.pcm.astype(int)).max() < 32_000


def test_silence_around_a_sound_is_cut_to_a_few_milliseconds() -> None:
    tone = sine(300, -12, 400)
    out = trimmed(surrounded(tone, 9000, 20_000), lead_ms=5, tail_ms=30)
    assert out.ms == pytest.approx(435, abs=3)
    assert out.pcm[0] == 0
    assert abs(int(out.pcm[-1])) <= 3


def test_a_silence_within_a_phrase_is_kept() -> None:
    tone = sine(300, -12, 200).pcm
    phrase = Clip(np.concatenate([tone, np.zeros(RATE, np.int16), tone]), RATE)
    assert trimmed(phrase).ms >= 1400


@given(st.integers(0, 30_000), st.integers(0, 30_000))
def test_a_number_of_a_count_sounds_within_a_millisecond(before: int, after: int) -> None:
    out = word(surrounded(sine(440, -12, 300), before, after))
    level = np.abs(out.pcm.astype(int))
    assert np.flatnonzero(level > level.max() * 0.02)[0] <= RATE // 1000
    assert 295 <= out.ms <= 312


@pytest.mark.parametrize("rate", [16_000, 22_050, 44_100])
def test_resampling_keeps_the_pitch_the_loudness_and_the_onset(rate: int) -> None:
    clip = Clip(np.concatenate([np.zeros(RATE // 10, np.int16), sine(997, -12, 900).pcm]), RATE)
    out = resampled(clip, rate)
    assert out.rate == rate
    assert out.ms == clip.ms
    assert loudness(out) == pytest.approx(loudness(clip), abs=0.1)
    onset = np.flatnonzero(np.abs(out.pcm.astype(int)) > 2000)[0] / rate
    assert onset == pytest.approx(0.1, abs=0.001)


def test_a_clip_at_the_right_rate_is_not_touched() -> None:
    clip = sine(300, -3, 100)
    assert resampled(clip, RATE).pcm is clip.pcm


def test_fades_may_be_longer_than_the_clip() -> None:
    out = faded(sine(300, -3, 10), in_ms=50, out_ms=50)
    assert len(out.pcm) == RATE // 100
    assert abs(int(out.pcm[-1])) < 100


def test_a_peak_is_held_down_where_it_would_clip() -> None:
    soft = sine(500, -26, 2000).pcm.astype(float)
    soft[RATE : RATE + 96] += 24_000 * np.hanning(96)  # a click of the tongue
    quiet = Clip(np.rint(soft).astype(np.int16), RATE)
    assert 10 ** ((SPEECH_LUFS - loudness(quiet)) / 20) * np.abs(quiet.pcm).max() > 40_000
    out = levelled(quiet)
    assert loudness(out) == pytest.approx(SPEECH_LUFS, abs=0.2)
    assert np.abs(out.pcm.astype(int)).max() < 32_000
    near = slice(RATE + RATE // 50, RATE + RATE // 50 + 4800)  # 20 ms on it is as loud as before
    assert np.abs(out.pcm[near]).max() == pytest.approx(np.abs(out.pcm[:4800]).max(), rel=0.05)
