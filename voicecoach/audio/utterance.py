"""Utterances: what was said, and how it sounded; the one in progress, and what it goes on from."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from voicecoach.audio.ports import HEARING_RATE, Hypothesis, Pcm
from voicecoach.language.grammar import Grammar

Words = tuple[str, ...]

SILENT_DBFS = -100.0
"""The level given to digital silence."""

# Fitted with the confidence of the phoneme network (`recognisers/fusion.py`): of commands at 5 dB
# a sixth more stand above all but two in a hundred pieces of talk and noise, than without it.
_WORTH_OF_ACTIVITY = 10.8  # log odds, where speech is certain in place of impossible
_USUAL_ACTIVITY = 0.93  # of commands in a quiet room


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """Something was said; positions are in samples since the ears were opened."""

    hypotheses: tuple[Hypothesis, ...]
    """The likeliest first; empty where the recogniser found no speech."""

    grammar: Grammar
    """What it was recognised within."""

    start_sample: int
    """Where speech was first noticed; in one that is joined, the rest of it."""

    speech_end_sample: int
    """Where it was last noticed."""

    decoded_sample: int
    """How far the ears had listened when they began to decode."""

    decided_sample: int
    """How far they had listened when they knew that the utterance was over."""

    decode_ms: float
    """Wall time of the inference."""

    level_dbfs: float
    """RMS of the frames with speech."""

    over: bool = False
    """Whether it is a voice that came over the coach's own, louder than what leaks of that."""

    joined: bool = False
    """Whether it goes on from the utterance before, which it holds and replaces."""

    pcm: Pcm = field(compare=False, repr=False)  # arrays have no truth of their own
    """Its sound, with what was kept from before its onset."""

    as_anybody: tuple[Hypothesis, ...] | None = None
    """The hypotheses had anybody said it; None where the recogniser knows no voice."""

    @property
    def latency_ms(self) -> float:
        """From the end of speech until the hypotheses are there, in an ear that keeps up."""
        per_ms = HEARING_RATE / 1000
        decoded = (self.decoded_sample - self.speech_end_sample) / per_ms + self.decode_ms
        return max((self.decided_sample - self.speech_end_sample) / per_ms, decoded)


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """An utterance that was over, where what comes next may be the rest of it."""

    grammar: Grammar
    words: Words
    clear: bool
    """Whether `words` are surely what was said."""

    end_sample: int
    frames: list[Pcm]
    """Its sound to the end of its speech."""

    def goes_on_to(self, words: Words) -> bool:
        """Tell whether `words`, heard in both together, are more than what it was taken for."""
        begins = words[: len(self.words)] == self.words
        return len(words) > len(self.words) and (begins or not self.clear)


@dataclass(slots=True, kw_only=True)
class Speech:
    """The utterance in progress."""

    grammar: Grammar
    start_sample: int
    end_sample: int
    frames: list[Pcm]
    powers: list[float] = field(default_factory=list)
    """Of the frames with speech."""

    activity: list[float] = field(default_factory=list)
    """How probable speech is in each of them."""

    over: bool = False
    """Whether it is a voice over the coach's own."""

    may_be_own: bool = False
    """Whether the coach was speaking when it began, and nothing louder has been heard in it."""

    before: Before | None = None
    """What it may be the rest of."""

    joined: bool = False
    """Whether it is."""

    heard: tuple[Hypothesis, ...] | None = None
    as_anybody: tuple[Hypothesis, ...] | None = None
    enough_ms: int = 0
    """The silence after which it is over, by what was heard."""

    decoded_sample: int = 0
    decode_ms: float = 0.0

    @property
    def heard_within(self) -> Grammar:
        """The grammar that it was recognised within."""
        return self.before.grammar if self.before is not None and self.joined else self.grammar

    @property
    def sound(self) -> list[Pcm]:
        """Its frames, after those of what it goes on from."""
        before = self.before.frames if self.before is not None and self.joined else []
        return before + self.frames

    @property
    def lean(self) -> float:
        """What its sound adds to the log odds that it was speech at all, whatever it said."""
        surely = sum(self.activity) / max(1, len(self.activity))
        return _WORTH_OF_ACTIVITY * (surely - _USUAL_ACTIVITY)

    def utterance(self, decided_sample: int) -> Utterance:
        """Return what it was, known to be over at `decided_sample`."""
        return Utterance(
            hypotheses=self.heard or (),
            grammar=self.heard_within,
            start_sample=self.start_sample,
            speech_end_sample=self.end_sample,
            decoded_sample=self.decoded_sample,
            decided_sample=decided_sample,
            decode_ms=self.decode_ms,
            level_dbfs=dbfs(sum(self.powers) / max(1, len(self.powers))),
            over=self.over,
            joined=self.joined,
            as_anybody=self.as_anybody,
            pcm=np.concatenate(self.sound),
        )


def power_of(frame: Pcm) -> float:
    """Return the mean square of a frame about its mean, 1 at full scale."""
    return float(np.var(frame.astype(np.float32))) / 32768**2


def dbfs(power: float) -> float:
    """Return a mean square in decibels under full scale."""
    return 10 * math.log10(max(power, 10 ** (SILENT_DBFS / 10)))
