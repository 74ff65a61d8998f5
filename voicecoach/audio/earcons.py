"""Earcons: short tones that each say one thing, made of sines at any rate.

All are softer than speech. Those that rise mean go on, those that fall mean
stop, and only the one for an error is low.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from voicecoach.audio.clips import SPEECH_LUFS, levelled
from voicecoach.audio.ports import Clip

ATTACK_MS = 4.0
RELEASE_MS = 12.0
OVERTONE = 0.25  # of the octave, so that small earbuds carry the low notes too


@dataclass(frozen=True, slots=True)
class Note:
    """A tone from `start_ms` on, dying away to a twentieth over `ms`; it may glide in pitch."""

    start_ms: int
    ms: int
    hertz: float
    to_hertz: float | None = None


@dataclass(frozen=True, slots=True)
class Sound:
    """The notes of an earcon, and how much softer than speech it is, in LU."""

    notes: tuple[Note, ...]
    below_speech: float


C5, D5, E5, G5, C6, E6, G6 = 523.25, 587.33, 659.26, 783.99, 1046.50, 1318.51, 1567.98
G3 = 196.0

SOUNDS: Mapping[str, Sound] = {
    "heard": Sound((Note(0, 60, C6),), 10),
    "go": Sound((Note(0, 220, C5, C6),), 3),
    "rest-over": Sound((Note(0, 160, G5), Note(140, 160, G5), Note(280, 320, C6)), 4),
    "reminder": Sound((Note(0, 240, D5),), 12),
    "paused": Sound((Note(0, 140, G5), Note(120, 260, C5)), 6),
    "resumed": Sound((Note(0, 140, C5), Note(120, 260, G5)), 6),
    "error": Sound((Note(0, 150, G3), Note(180, 220, G3)), 6),
    # In the place of words, where the coach is to make tones only.
    "tick": Sound((Note(0, 70, G5),), 6),
    "said": Sound((Note(0, 90, E5), Note(70, 120, G5)), 8),
    "question": Sound((Note(0, 110, G5), Note(100, 90, C5), Note(180, 200, C6)), 6),
    "finished": Sound(
        (Note(0, 180, C5), Note(120, 180, E5), Note(240, 180, G5), Note(360, 560, C6)), 5
    ),
    "record": Sound(
        (Note(0, 140, G5), Note(90, 140, C6), Note(180, 140, E6), Note(270, 480, G6)), 6
    ),
}


@cache
def earcon(name: str, rate: int) -> Clip:
    """Return the earcon called `name` at `rate` samples a second, always the same.

    Raises KeyError for a name that is not in SOUNDS.
    """
    sound = SOUNDS[name]
    length = max(note.start_ms + note.ms for note in sound.notes)
    wave = np.zeros(round(length * rate / 1000))
    for note in sound.notes:
        first = round(note.start_ms * rate / 1000)
        tone = _tone(note, rate)
        wave[first : first + len(tone)] += tone[: len(wave) - first]
    pcm = np.rint(wave / np.abs(wave).max() * 16384).astype(np.int16)
    return levelled(Clip(pcm, rate), SPEECH_LUFS - sound.below_speech)


def _tone(note: Note, rate: int) -> npt.NDArray[np.float64]:
    samples = round(note.ms * rate / 1000)
    at = np.arange(samples) / samples
    glide = (note.to_hertz or note.hertz) / note.hertz
    phase = 2 * np.pi * np.cumsum(note.hertz * glide**at) / rate
    wave = np.sin(phase) + OVERTONE * np.sin(2 * phase)
    ms = at * note.ms
    edges = np.minimum(ms / ATTACK_MS, (note.ms - ms) / RELEASE_MS)
    tone: npt.NDArray[np.float64] = wave * 20.0**-at * np.clip(edges, 0, 1)
    return tone
