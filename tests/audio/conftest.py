"""What the tests of sound share: somebody who says things."""

from __future__ import annotations

import subprocess
import wave
from collections.abc import Callable

import numpy as np
import pytest
import soxr

from voicecoach.audio.ports import HEARING_RATE, Pcm


@pytest.fixture(scope="session")
def say(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Pcm]:
    """Return what espeak-ng says, at 16 kHz: `say(text)`, in another `voice` or at other `wpm`."""
    path = tmp_path_factory.mktemp("said") / "said.wav"

    def render(text: str, voice: str = "en-us", wpm: int = 175) -> Pcm:
        command = ["espeak-ng", "-v", voice, "-s", str(wpm), "-w", str(path), text]
        subprocess.run(command, check=True, timeout=20)
        with wave.open(str(path)) as sound:
            rate = sound.getframerate()
            pcm = np.frombuffer(sound.readframes(sound.getnframes()), dtype=np.int16)
        return np.asarray(soxr.resample(pcm, rate, HEARING_RATE), dtype=np.int16)

    return render
