"""Recording the words: asked for aloud one by one, each said again where nothing good was heard."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

import numpy as np

from voicecoach.audio.ports import Pcm
from voicecoach.audio.soundcheck import level_dbfs
from voicecoach.audio.utterance import Utterance
from voicecoach.errors import CalibrationError, DeviceError
from voicecoach.language.decide import Accepted
from voicecoach.runtime.bench.moments import Moment
from voicecoach.runtime.enrolment.takes import Take, moment_for
from voicecoach.runtime.hearing import Keep, decided

WORDS = (
    "ready", "thirteen", "stop", "fifty", "undo", "no seven",
    "pause", "thirty", "done", "fifteen", "repeat", "eight reps at sixty kilos",
)  # fmt: skip
"""What is said, so that no two that are easily confused follow each other.

Done, stop, undo, pause, repeat and ready are short, so that a little noise
hides them, and are what a workout cannot do without; thirteen and thirty,
fifteen and fifty are the pairs that are confused the most; the last is a set
as it is told, and "no, seven" how one is mended.
"""

ROUNDS = 2
"""Times that each is said: what is learnt from one is tried on the other."""

QUIET_S = 2.0
ANSWER_S = 6.0
"""How long a word is waited for."""

ATTEMPTS = 3
"""Times that one word is asked for in a round before it is passed over."""

PASSED_OVER = 3
"""Words passed over after which there is no use in going on."""

NOISY_DBFS = -45.0
"""A room that is louder hides soft consonants."""

FULL = 32_700
"""A sample beyond it is cut off, or nearly."""

CLIPPED_SHARE = 0.002
"""Of an utterance's samples beyond FULL, from which on it is distorted."""

SOFT_DBFS = -48.0
CLEAR_DB = 12.0
"""How much louder than the room a voice must be to be learnt from."""


class Line(Enum):
    """What the coach says while it records."""

    OPENING = (
        "I will ask you for twelve words, twice each. Say them as you do when you train."
        " First be quiet for a moment."
    )
    NOISY = "It is loud here. Go where it is quieter, or bring the microphone nearer. Once more."
    STILL_NOISY = "It is still loud. We try all the same."
    SECOND = "And all of them once more."
    SAY = "Say: {text}."
    AGAIN = "Once more: {text}."
    NOTHING = "I heard nothing."
    SOFT = "That was too soft. Speak up, or come nearer."
    LOUD = "That was too loud for the microphone. Hold it further off."
    NOISE = "The room was as loud as you."
    OTHER = "I heard something else."
    PASSED_OVER = "Then we leave it out."
    THANKS = "Thank you. I work it out now."


class Flaw(Enum):
    """Why an utterance is not learnt from; the value is what the coach says of it."""

    NOTHING = Line.NOTHING
    SOFT = Line.SOFT
    LOUD = Line.LOUD
    NOISE = Line.NOISE
    OTHER = Line.OTHER


class Booth(Protocol):
    """Where the words are said: a speaker and a microphone, or what stands for them."""

    def say(self, text: str) -> None:
        """Say `text` to its end. Raises DeviceError and VoiceError."""

    def room(self, seconds: float) -> Pcm:
        """Return what the microphone hears for so long. Raises DeviceError."""

    def listen(self, moment: Moment, seconds: float) -> Utterance | None:
        """Return what is said next; None where nothing is in time. Raises DeviceError."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What was recorded, in a room of that level, and the words that were passed over."""

    takes: tuple[Take, ...]
    utterances: tuple[Utterance, ...]
    """The same as the ears have them, one a take."""
    noise_dbfs: float
    passed_over: tuple[str, ...]


def record(booth: Booth, show: Callable[[str], None]) -> Recorded:
    """Ask for every word and return what was said; `show` prints how each went.

    Raises:
        DeviceError: the microphone gives nothing, or a device is lost.
        CalibrationError: too little was heard to learn from.
    """
    noise_dbfs = _room(booth, show)
    kept: list[tuple[Take, Utterance]] = []
    passed_over: list[str] = []
    for turn in range(ROUNDS):
        if turn:
            booth.say(Line.SECOND.value)
        for text in WORDS:
            take = _asked_for(text, booth, noise_dbfs, show)
            if take is not None:
                kept.append(take)
                continue
            booth.say(Line.PASSED_OVER.value)
            passed_over.append(text)
            if len(passed_over) >= PASSED_OVER:
                msg = f"{len(passed_over)} words were not heard"
                remedy = "see that the microphone is right with `voicecoach doctor`, and try again"
                raise CalibrationError(msg, remedy=remedy)
    booth.say(Line.THANKS.value)
    return Recorded(
        takes=tuple(take for take, _ in kept),
        utterances=tuple(utterance for _, utterance in kept),
        noise_dbfs=noise_dbfs,
        passed_over=tuple(passed_over),
    )


def lines() -> Iterator[str]:
    """Yield all that is said, so that it can be rendered ahead."""
    for line in Line:
        if "{text}" not in line.value:
            yield line.value
    for text in WORDS:
        yield Line.SAY.value.format(text=text)
        yield Line.AGAIN.value.format(text=text)


def _room(booth: Booth, show: Callable[[str], None]) -> float:
    """Return the level of the room, having asked for quiet."""
    booth.say(Line.OPENING.value)
    level = level_dbfs(booth.room(QUIET_S))
    if level > NOISY_DBFS:
        show(f"the room is at {level:.0f} dBFS")
        booth.say(Line.NOISY.value)
        level = level_dbfs(booth.room(QUIET_S))
        if level > NOISY_DBFS:
            booth.say(Line.STILL_NOISY.value)
    if level == -math.inf:
        msg = "the microphone gives nothing at all"
        raise DeviceError(
            msg, remedy="is it muted? or name another: voicecoach calibrate --mic NAME"
        )
    show(f"the room is at {level:.0f} dBFS")
    return level


def _asked_for(
    text: str, booth: Booth, noise_dbfs: float, show: Callable[[str], None]
) -> tuple[Take, Utterance] | None:
    """Return a word as it was said; None where it was not heard well in all attempts."""
    moment = moment_for(text)
    line, others = Line.SAY, 0
    for _ in range(ATTEMPTS):
        booth.say(line.value.format(text=text))
        utterance = booth.listen(moment, ANSWER_S)
        flaw = flaw_of(utterance, moment, noise_dbfs)
        if flaw is Flaw.OTHER and others:
            flaw = None  # heard so twice it is no slip of the tongue, but how it is said
        if flaw is None and utterance is not None:
            show(f"{text}: {utterance.level_dbfs:.0f} dBFS")
            return Take(text=text, moment=moment, pcm=utterance.pcm), utterance
        assert flaw is not None  # noqa: S101  # nothing heard is a flaw
        others += flaw is Flaw.OTHER
        show(f"{text}: {flaw.name.lower()}")
        booth.say(flaw.value.value)
        line = Line.AGAIN
    return None


def flaw_of(utterance: Utterance | None, moment: Moment, noise_dbfs: float) -> Flaw | None:
    """Return what is wrong with `utterance` as a take of what is meant at `moment`."""
    if utterance is None:
        return Flaw.NOTHING
    beyond = np.abs(utterance.pcm.astype(np.int32)) >= FULL
    if beyond.mean() > CLIPPED_SHARE:
        return Flaw.LOUD
    if utterance.level_dbfs < SOFT_DBFS:
        return Flaw.SOFT
    if utterance.level_dbfs < noise_dbfs + CLEAR_DB:
        return Flaw.NOISE
    decision = decided(utterance, moment.vocabulary)
    if isinstance(decision, Accepted) and decision.intent != moment.intent:
        return Flaw.OTHER
    return None


def keep_all(recorded: Recorded, keep: Keep) -> None:
    """Give `keep` every utterance with what was asked for, whatever it was taken for."""
    for take, utterance in zip(recorded.takes, recorded.utterances, strict=True):
        intent = take.moment.intent
        assert intent is not None  # noqa: S101  # all of WORDS mean something
        keep(utterance, Accepted(intent, take.words, 1.0), take.moment.vocabulary)
