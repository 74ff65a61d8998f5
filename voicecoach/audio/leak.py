"""What leaks of the coach's own voice into the microphone: its levels, and what is above them."""

from __future__ import annotations

from collections import deque

import numpy as np

from voicecoach.audio.ports import Pcm

LEAK_FRAMES = 100
"""How long the levels of the leak are kept in mind: three seconds of speech."""

LEAK_KNOWN = 12
"""Frames of it from which its level is known."""

SOUNDED_FRAMES = 300
"""Frames in which the coach sounded that are kept in mind: ten seconds."""

LEAKING = 0.3
"""Share of them with speech from which it leaks at all. Of a leak it is half and more; in earbuds
there is only what the lifter says just then."""

LATELY = 8
"""Frames that may be the beginning of another voice: its first consonant is no louder than the
leak. 256 ms, as long as the "st" of "stop"."""


class Leak:
    """The levels of the leak, frame by frame: of all of it, and of its highs, where an "s" is."""

    def __init__(self) -> None:
        self._levels: deque[tuple[float, float]] = deque(maxlen=LEAK_FRAMES)
        self._lately: deque[tuple[float, float, bool]] = deque()  # with whether it is speech
        self._spoken: deque[bool] = deque(maxlen=SOUNDED_FRAMES)

    @property
    def known(self) -> bool:
        """Whether enough of it was heard to tell another voice from it."""
        leaking = sum(self._spoken) >= LEAKING * len(self._spoken)
        return leaking and len(self._levels) >= LEAK_KNOWN

    @property
    def loudest(self) -> float:
        """The highest level that is certainly of it, in dBFS; there must be one."""
        return max(level for level, _ in self._levels)

    @property
    def _hissing(self) -> float:
        return max(highs for _, highs in self._levels)

    def heard(self, level: float, highs: float, *, spoken: bool, sounded: bool = True) -> None:
        """Take the next frame no louder than the leak: it is of it, unless a voice follows.

        `sounded` tells whether the coach did just then.
        """
        if sounded:
            self._spoken.append(spoken)
        self._lately.append((level, highs, spoken))
        while len(self._lately) > LATELY:
            before, hissing, speech = self._lately.popleft()
            if speech:
                self._levels.append((before, hissing))

    def holds(self, level: float, highs: float) -> bool:
        """Tell whether a frame is no louder than what has leaked, in its highs neither."""
        return level <= self.loudest and highs <= self._hissing

    def foreign(self) -> int:
        """Return how many of the latest frames are of the voice that follows them; forget them."""
        lately, self._lately = self._lately, deque()
        for at, (level, highs, _) in enumerate(lately):
            if not self.holds(level, highs):
                return len(lately) - at
        return 0


def highs_of(frame: Pcm) -> float:
    """Return the mean square of a frame's differences, in which what hisses is loud."""
    return float(np.mean(np.diff(frame.astype(np.float32)) ** 2)) / 32768**2
