"""People talk in a gym; nothing of it is for the coach."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from voicecoach.audio.activity import SileroActivity
from voicecoach.audio.clips import resampled
from voicecoach.audio.ears import Ears
from voicecoach.audio.ports import HEARING_RATE
from voicecoach.audio.wavfile import read_clip
from voicecoach.language.decide import Accepted
from voicecoach.runtime.bench.hearing import BLOCK, DESTRUCTIVE
from voicecoach.runtime.bench.moments import Legal, overheard
from voicecoach.runtime.hearing import Hearing

TALK = (
    "are you using this bench",
    "he benched a hundred and forty last week",
    "can I work in with you",
    "I did legs yesterday and I can hardly walk",
    "could you turn the music down a bit",
    "we should get going in ten minutes",
    "no way, really",
    "let me just finish this and then we can talk",
)


def test_talk_over_music_in_the_rest_changes_nothing(tmp_path: Path, moonshine) -> None:
    espeak = shutil.which("espeak-ng")
    if espeak is None:
        pytest.skip("needs espeak-ng")
    parts = []
    for number, sentence in enumerate(TALK):
        file, voice = tmp_path / f"{number}.wav", ("en-us+f2", "en-gb+m3", "en-gb-scotland")
        subprocess.run([espeak, "-v", voice[number % 3], "-w", str(file), sentence], check=True)
        parts += [resampled(read_clip(file), HEARING_RATE).pcm, np.zeros(HEARING_RATE, np.int16)]
    talk = np.concatenate(parts).astype(np.float64)
    seconds = np.arange(len(talk)) / HEARING_RATE
    beat = np.exp(-((seconds % 0.47) * 9)) * np.sin(2 * np.pi * 62 * seconds)
    chord = sum(np.sin(2 * np.pi * tone * seconds) for tone in (220, 277.2, 329.6))
    music = 900 * beat + 120 * chord * (seconds % 1.88 < 0.94)
    hearing = Hearing(Ears(moonshine, SileroActivity()))
    hearing.listen(overheard(Legal.AUTO).vocabulary)
    pcm = np.clip(talk * 0.5 + music, -32768, 32767).astype(np.int16)
    for at in range(0, len(pcm), BLOCK):
        hearing.feed(pcm[at : at + BLOCK])
    assert len(hearing.heard) >= len(TALK) / 2
    taken = [one.decision for one in hearing.heard if isinstance(one.decision, Accepted)]
    assert [one for one in taken if one.intent.name in DESTRUCTIVE] == []
    assert len(taken) <= 1
