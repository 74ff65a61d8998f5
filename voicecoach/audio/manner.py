"""How the coach speaks: its pace, its pitch, its temper."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

WORDS_A_MINUTE = 165

SLOWEST, FASTEST = 110, 260
"""Words a minute that can still be followed in a gym."""

COUNTING_WORDS_A_MINUTE = 190
"""Numbers of a count are never spoken slower: each must be over before the next, a second on."""

LOWEST, HIGHEST = -6, 6
"""Semitones by which a voice may be moved and still sounds like one."""


class Style(Enum):
    """The coach's temper."""

    CALM = "calm"
    ENERGETIC = "energetic"


@dataclass(frozen=True, slots=True)
class Temper:
    """What a style does to a voice: how much faster, how much higher, how much livelier.

    `spread` is what the ups and downs of its pitch are multiplied by.
    """

    pace: float
    semitones: float
    spread: float


TEMPERS = {Style.CALM: Temper(1.0, 0.0, 1.0), Style.ENERGETIC: Temper(1.06, 1.0, 1.35)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a voice speaks, whatever its engine."""

    words_a_minute: int = WORDS_A_MINUTE
    semitones: int = 0
    style: Style = Style.CALM

    @property
    def key(self) -> str:
        """All of it, for a cache."""
        return f"{self.words_a_minute}/{self.semitones:+d}/{self.style.value}"

    @property
    def pace(self) -> float:
        """Words a minute, the style's share included."""
        return self.words_a_minute * TEMPERS[self.style].pace

    @property
    def pitch(self) -> float:
        """What the pitch is multiplied by, the style's share included."""
        return float(2 ** ((self.semitones + TEMPERS[self.style].semitones) / 12))

    @property
    def spread(self) -> float:
        """What the ups and downs of the pitch are multiplied by."""
        return TEMPERS[self.style].spread
