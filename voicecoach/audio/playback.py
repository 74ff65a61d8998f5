"""A clip under way, and the ramps that turn it up and down without a click."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from voicecoach.audio.ports import Pcm

UNITY = 1 << 16
"""The gain that leaves a sample as it is. Gains are whole numbers, so that a
ramp taken in two pieces is the same to the bit as one taken in one."""


class Ramp:
    """A gain that stays, or moves to a target in a straight line."""

    def __init__(self, gain: int = UNITY) -> None:
        self.target = gain
        self._start = gain
        self._length = 0
        self._elapsed = 0

    @property
    def left(self) -> int:
        """Samples until the target is reached."""
        return self._length - self._elapsed

    def to(self, target: int, samples: int) -> None:
        """Move to `target` within the next `samples` samples, of which the last has it."""
        if target == self.target:
            return
        self._start = self._at(self._elapsed)
        self.target = target
        self._length = max(1, samples)
        self._elapsed = 0

    def take(self, samples: int) -> npt.NDArray[np.int64]:
        """Return the gains of the next `samples` samples; a single one where all are alike."""
        if not self.left:
            return np.array([self.target], np.int64)
        step = np.minimum(self._elapsed + 1 + np.arange(samples, dtype=np.int64), self._length)
        self.skip(samples)
        return self._start + (self.target - self._start) * step // self._length

    def skip(self, samples: int) -> None:
        """Pass over `samples` samples."""
        self._elapsed = min(self._elapsed + samples, self._length)

    def _at(self, elapsed: int) -> int:
        if not self._length:
            return self.target
        return self._start + (self.target - self._start) * elapsed // self._length


class Playback:
    """A clip under way: how far it is, and the fade that may end it early."""

    def __init__(self, pcm: Pcm) -> None:
        self._pcm = pcm
        self._fade = Ramp()
        self.played = 0

    @property
    def length(self) -> int:
        """Samples of the whole clip."""
        return len(self._pcm)

    @property
    def left(self) -> int:
        """Samples until it ends by itself or by its fade."""
        rest = len(self._pcm) - self.played
        return min(rest, self._fade.left) if self.cut else rest

    @property
    def cut(self) -> bool:
        """Whether it is being ended before its time."""
        return self._fade.target == 0

    def fade_out(self, samples: int) -> None:
        """End within `samples` samples; a fade under way is not prolonged."""
        self._fade.to(0, samples)

    def take(self, samples: int) -> npt.NDArray[np.int64]:
        """Return its next `samples` samples, at most `left`, times UNITY."""
        block = self._pcm[self.played : self.played + samples].astype(np.int64)
        self.played += samples
        return block * self._fade.take(samples)
