"""What fits one lifter's voice: how it differs from others', and how it says some words."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zlib import crc32

import numpy as np

from voicecoach.audio.ports import Hypothesis
from voicecoach.audio.recognisers.odds import leaning
from voicecoach.audio.recognisers.phonemes import WEIGHTS, Floats
from voicecoach.audio.recognisers.pronunciation import Phones

FRAME_NUMBERS = 288
"""Numbers in a frame of moonshine's encoder."""

MOST_SHIFT = 1.0
"""How far any number of a frame may be moved, in deviations of that number over all voices."""

MOST_LEAN = 0.5
"""How many log odds a confidence may gain or lose: what is told from talk stays told from it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnVoice:
    """What `voicecoach calibrate` found of a voice.

    `network` names the phoneme network that it was found with: for another
    the numbers mean nothing. `shift` is added to each frame, in the network's
    own units of deviation; empty for none. `pronunciations` are said beside
    those of the dictionary. `lean` is added to the log odds of a confidence.
    """

    network: str
    shift: tuple[float, ...] = ()
    pronunciations: tuple[tuple[str, Phones], ...] = ()
    lean: float = 0.0

    @property
    def shift_rms(self) -> float:
        """How far a frame is moved: the mean over its numbers, in deviations; 0 for no shift."""
        return math.sqrt(sum(number**2 for number in self.shift) / FRAME_NUMBERS)

    def moved(self, frames: Floats) -> Floats:
        """Return the encoder's `frames`, shape (n, 288), as the voices have them that are known."""
        if not self.shift:
            return frames
        moved: Floats = frames + np.array(self.shift, np.float32) * deviation()
        return moved

    def also(self, known: Mapping[str, tuple[Phones, ...]]) -> Mapping[str, tuple[Phones, ...]]:
        """Return pronunciations of words with the lifter's own after those that are `known`."""
        found = dict(known)
        for word, phones in self.pronunciations:
            if word in found and phones not in found[word]:
                found[word] = (*found[word], phones)
        return found

    def leaning(self, hypotheses: Iterable[Hypothesis]) -> tuple[Hypothesis, ...]:
        """Return `hypotheses` with their confidence as it is of this voice."""
        return leaning(hypotheses, self.lean)


@cache
def deviation(file: Path = WEIGHTS) -> Floats:
    """Return how far each number of a frame is from its mean over all voices, shape (288,)."""
    with np.load(file) as weights:
        spread: Floats = weights["deviation"].astype(np.float32)
    return spread


@cache
def network_name(file: Path = WEIGHTS) -> str:
    """Return a name of the phoneme network's weights: others have another."""
    return f"{crc32(file.read_bytes()):08x}"
