"""Endpointing: where an utterance begins and ends, from the probability of speech.

Pure: it sees a probability and a level a frame, and counts frames. It says
when to look at what was heard; whether an utterance is over at its first
short silence depends on what it says, which others know.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from voicecoach.audio.ports import HEARING_RATE


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpointing:
    """The settings of an endpointer; times are rounded to whole frames, up."""

    onset: float = 0.5
    """Probability at which speech begins."""

    offset: float = 0.35
    """Probability below which speech in progress stops: lower, so that it does not flutter."""

    floor_dbfs: float = -72.0
    """Level under which nothing is speech. At -62 a microphone set 24 dB too low lost a word in
    eight, and one set 32 dB too low heard nothing at all."""

    pre_roll_ms: int = 400
    """Kept from before the onset: a soft first consonant is over when the onset is noticed."""

    shortest_ms: int = 64
    """Less speech than this is a click or a clank."""

    longest_ms: int = 8000
    """An utterance is cut here: no command is as long."""

    pause_ms: int = 64
    """Silence after which an utterance is looked at, so that inference lies inside the wait."""

    whole_ms: int = 96
    """Silence after which it is over, if nothing may follow."""

    mendable_ms: int = 192
    """Silence after which it is over if what was said is clear and whole, and more that follows
    can still mend it: "eight" of "eight reps"."""

    clear_ms: int = 288
    """The same where nothing can mend it. Longer than the gaps of those who do go on."""

    end_ms: int = 352
    """Silence after which an utterance is over in any case: longer than the gaps in
    "eight reps at sixty" said slowly."""

    joins_ms: int = 1000
    """Silence within which speech may still be the rest of an utterance that was over."""


class Moment(Enum):
    """What a frame was to the utterance."""

    BEGUN = "begun"
    """Speech began; the pre-roll belongs to it."""

    PAUSED = "paused"
    """The short silence: the utterance may be over."""

    RESUMED = "resumed"
    """Speech after the short silence: it was not over."""

    ENDED = "ended"
    """The long silence, or the utterance was cut at its longest."""

    DISMISSED = "dismissed"
    """It was too short to be speech."""


class Endpointer:
    """Follows one stream, frame by frame."""

    def __init__(self, frame: int, settings: Endpointing | None = None) -> None:
        self.settings = settings or Endpointing()
        self._frame = frame
        self.pre_roll = self._frames(self.settings.pre_roll_ms)
        self._shortest = self._frames(self.settings.shortest_ms)
        self._longest = self._frames(self.settings.longest_ms)
        self._pause = self._frames(self.settings.pause_ms)
        self._end = max(self._frames(self.settings.end_ms), self._pause)
        self.spoke = False
        """Whether the last frame held speech."""
        self._length = 0  # frames since the onset
        self._spoken = 0  # those of them with speech
        self._silence = 0  # those since the last with speech

    def _frames(self, ms: int) -> int:
        return -(-ms * HEARING_RATE // (1000 * self._frame))

    @property
    def speaking(self) -> bool:
        """Whether an utterance is in progress."""
        return self._length > 0

    @property
    def silence_ms(self) -> int:
        """How long nothing was said, of the utterance in progress."""
        return 1000 * self._silence * self._frame // HEARING_RATE

    def hear(self, probability: float, level_dbfs: float) -> Moment | None:
        """Take the next frame; return what it was to the utterance, None where nothing new.

        From PAUSED on the caller may call `end()`. ENDED and DISMISSED have ended it already.
        """
        settings = self.settings
        threshold = settings.offset if self.speaking else settings.onset
        self.spoke = probability >= threshold and level_dbfs >= settings.floor_dbfs
        if self.spoke:
            return self._speech()
        return self._no_speech() if self.speaking else None

    def _speech(self) -> Moment | None:
        begun, paused = not self.speaking, self._silence >= self._pause
        self._length += 1
        self._spoken += 1
        self._silence = 0
        if begun:
            return Moment.BEGUN
        if self._length >= self._longest:
            self.end()
            return Moment.ENDED
        return Moment.RESUMED if paused else None

    def _no_speech(self) -> Moment | None:
        self._length += 1
        self._silence += 1
        if self._silence == self._pause and self._spoken < self._shortest:
            self.end()
            return Moment.DISMISSED
        if self._silence == self._pause < self._end:
            return Moment.PAUSED
        if self._silence >= self._end:
            self.end()
            return Moment.ENDED
        return None

    def end(self) -> None:
        """End the utterance, if one is in progress, and wait for the next."""
        self._length = self._spoken = self._silence = 0
