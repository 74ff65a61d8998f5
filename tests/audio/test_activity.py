"""Silero behind the port: what is speech and what is not."""

from __future__ import annotations

import subprocess
import wave
from pathlib import Path

import numpy as np
import pytest
import soxr

from voicecoach.audio.activity import SileroActivity
from voicecoach.audio.ports import HEARING_RATE, Pcm
from voicecoach.audio.wavfile import read_clip


def spoken(text: str, folder: Path) -> Pcm:
    path = folder / "said.wav"
    subprocess.run(["espeak-ng", "-v", "en-us", "-w", str(path), text], check=True, timeout=20)
    with wave.open(str(path)) as sound:
        rate = sound.getframerate()
        pcm = np.frombuffer(sound.readframes(sound.getnframes()), dtype=np.int16)
    return np.asarray(soxr.resample(pcm, rate, HEARING_RATE), dtype=np.int16)


def probabilities(activity: SileroActivity, pcm: Pcm) -> list[float]:
    starts = range(0, len(pcm) - activity.frame + 1, activity.frame)
    return [activity.probability(pcm[at : at + activity.frame]) for at in starts]


def test_speech_is_noticed(tmp_path: Path) -> None:
    assert max(probabilities(SileroActivity(), spoken("eight reps", tmp_path))) > 0.9


def _tone(hertz: float) -> Pcm:
    time = np.arange(HEARING_RATE) / HEARING_RATE
    return (8000 * np.sin(2 * np.pi * hertz * time)).astype(np.int16)


@pytest.mark.parametrize(
    "pcm",
    [
        np.zeros(HEARING_RATE, dtype=np.int16),
        np.full(HEARING_RATE, 8000, dtype=np.int16),
        _tone(50),
        _tone(1000),
        (3000 * np.random.default_rng(1).standard_normal(HEARING_RATE)).astype(np.int16),
    ],
    ids=["silence", "direct current", "mains hum", "a beep", "hiss"],
)
def test_what_is_not_speech_is_not_taken_for_it(pcm: Pcm) -> None:
    assert max(probabilities(SileroActivity(), pcm)) < 0.3


def test_a_reset_detector_hears_as_a_new_one(tmp_path: Path) -> None:
    pcm = spoken("done", tmp_path)
    activity = SileroActivity()
    first = probabilities(activity, pcm)
    activity.reset()
    assert probabilities(activity, pcm) == first


GYM = Path(__file__).resolve().parents[2].parent / "shared" / "speech" / "noise" / "gym.flac"


@pytest.mark.skipif(not GYM.is_file(), reason="needs the gym noise of the corpus")
def test_half_a_minute_of_gym_does_not_make_it_deaf(tmp_path: Path) -> None:
    gym = read_clip(GYM).pcm.astype(np.float64)
    gym *= 500 / np.sqrt((gym**2).mean())
    activity = SileroActivity()
    heard = []
    for text in ("done", "ready", "eight", "undo", "six", "pause"):
        probabilities(activity, gym[: 30 * HEARING_RATE].astype(np.int16))
        word = spoken(text, tmp_path).astype(np.float64)
        word *= 1600 / np.sqrt((word**2).mean())
        mixed = np.clip(word + gym[: len(word)], -32768, 32767).astype(np.int16)
        heard.append(max(probabilities(activity, mixed)) > 0.5)
    assert all(heard)
