"""The ports: what the coach needs of sound, apart from the devices that give it.

Speech is 16-bit mono PCM, one numpy array of int16, at a rate that is always
named. Recognisers and voice activity work at 16 kHz; the speaker at its
device's own rate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from voicecoach.language.decide import Hypothesis as Hypothesis  # noqa: PLC0414 - part of the port
from voicecoach.language.grammar import Grammar

Pcm = npt.NDArray[np.int16]
"""Mono samples, shape (n,)."""

HEARING_RATE = 16_000
"""Samples a second of everything that is listened to."""


@dataclass(frozen=True, slots=True)
class Clip:
    """A sound with its rate in samples a second."""

    pcm: Pcm
    rate: int

    @property
    def ms(self) -> int:
        """Length in whole milliseconds, rounded up."""
        return -(-1000 * len(self.pcm) // self.rate)


class Voice(Protocol):
    """Turns text into speech."""

    @property
    def name(self) -> str:
        """Engine and voice, with what else changes the sound: a key for caching."""

    def render(self, text: str) -> Clip:
        """Return `text` spoken, at the voice's own rate. Raises VoiceError."""

    def render_all(self, texts: Sequence[str]) -> tuple[Clip, ...]:
        """Return each of `texts` spoken, in order; many at once cost less than one by one."""


class Recogniser(Protocol):
    """Turns one endpointed utterance into hypotheses, within a grammar."""

    @property
    def name(self) -> str:
        """The engine: vosk, moonshine or pocketsphinx."""

    @property
    def description(self) -> str:
        """The engine and its model, as a session names them: "moonshine tiny"."""

    def begin(self, grammar: Grammar) -> None:
        """Start an utterance that may say what `grammar` holds."""

    def feed(self, pcm: Pcm) -> None:
        """Take the next 16 kHz samples of the utterance; blocks may be of any length."""

    def finish(self) -> tuple[Hypothesis, ...]:
        """End the utterance: up to eight hypotheses, the likeliest first; none for no speech."""


@runtime_checkable
class FreeEar(Protocol):
    """What a recogniser that can write without a grammar has besides."""

    def write_down(self, openings: tuple[str, ...] = ()) -> str:
        """Return what was said in the utterance that was finished last, as it is written.

        `openings` are what it probably begins with, if an engine can use that.
        """


@runtime_checkable
class LimitedEar(Protocol):
    """What a recogniser has besides that knows only the words of its dictionary."""

    def lacks(self, grammar: Grammar) -> tuple[str, ...]:
        """Return the words of `grammar` that it cannot recognise."""


@runtime_checkable
class PersonalEar(Protocol):
    """What a recogniser has besides that may know the voice it listens to."""

    def as_anybody(self) -> tuple[Hypothesis, ...] | None:
        """Return the hypotheses of the utterance that was finished last, had anybody said it.

        None where no voice is known, so that they are the same.
        """


class VoiceActivity(Protocol):
    """Tells speech from the rest, frame by frame."""

    frame: int  # samples in one frame at 16 kHz

    def probability(self, frame: Pcm) -> float:
        """Return how probable speech is in the next frame, 0 to 1; frames must follow on."""

    def reset(self) -> None:
        """Forget the frames so far."""
