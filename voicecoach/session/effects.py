"""What the coach wants done, as data. The driver carries it out, in order."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from voicecoach.language.prompts import Prompt
from voicecoach.session.facts import Fact


class Earcon(Enum):
    """A short sound that says one thing."""

    HEARD = "heard"
    GO = "go"
    REST_OVER = "rest-over"
    REMINDER = "reminder"
    PAUSED = "paused"
    RESUMED = "resumed"
    ERROR = "error"
    FINISHED = "finished"


class BeatKind(Enum):
    """What a counted number counts."""

    COUNTDOWN = "countdown"
    REP = "rep"
    SECOND = "second"


@dataclass(frozen=True, slots=True)
class Beat:
    """A word that begins at an exact instant of session time."""

    at_ms: int
    prompt: Prompt
    kind: BeatKind
    number: int | None  # None where the word is not a number


@dataclass(frozen=True, slots=True)
class Record:
    """Commit a fact before anything after it in the same step is said."""

    fact: Fact


@dataclass(frozen=True, slots=True)
class Speak:
    """Say sentences, one after the other, after what is being said.

    `utterance` numbers it within the session; SpeechEnded names it. What is
    interruptible gives way to counts and to the athlete.
    """

    utterance: int
    prompts: tuple[Prompt, ...]
    interruptible: bool = True


@dataclass(frozen=True, slots=True)
class Count:
    """Sound words on a beat grid, each on its sample, for set `number` of an exercise."""

    beats: tuple[Beat, ...]
    exercise: str = ""
    number: int = 0  # of the set, from 1


@dataclass(frozen=True, slots=True)
class StopCounting:
    """Drop the beats that have not begun; with `at_once`, silence the one that sounds too."""

    at_once: bool = False


@dataclass(frozen=True, slots=True)
class StopSpeaking:
    """Be silent at once, and drop what waits to be said."""


@dataclass(frozen=True, slots=True)
class Play:
    """Sound an earcon."""

    earcon: Earcon


@dataclass(frozen=True, slots=True)
class AdjustVolume:
    """Make the coach louder or softer by `decibels`."""

    decibels: float


@dataclass(frozen=True, slots=True)
class AdjustRate:
    """Make the coach speak faster or slower by `percent` of what it now speaks at."""

    percent: int


@dataclass(frozen=True, slots=True)
class EndSession:
    """The session is over; what is being said may be said to its end."""


Effect = (
    Record
    | Speak
    | Count
    | StopCounting
    | StopSpeaking
    | Play
    | AdjustVolume
    | AdjustRate
    | EndSession
)
