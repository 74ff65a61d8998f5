"""What happens to a session, each with its instant in milliseconds of session time."""

from __future__ import annotations

from dataclasses import dataclass

from voicecoach.language.intents import Intent
from voicecoach.session.facts import Fact


@dataclass(frozen=True, slots=True)
class SessionOpened:
    """The devices are ready; the coach may begin."""

    at_ms: int


@dataclass(frozen=True, slots=True)
class IntentHeard:
    """The athlete said something clear; `source` is voice, typed, button or device.

    A device that was lost and found again pauses and resumes as the athlete would.
    `begun_as` is what its beginning was taken for a moment before, where that
    was acted on as if it had been all.
    """

    at_ms: int
    intent: Intent
    source: str = "voice"
    begun_as: Intent | None = None


@dataclass(frozen=True, slots=True)
class ReadingsHeard:
    """The athlete said one of two things, both plausible; the likelier first."""

    at_ms: int
    readings: tuple[Intent, Intent]
    source: str = "voice"


@dataclass(frozen=True, slots=True)
class NothingUnderstood:
    """The athlete spoke, or typed, and it made no sense.

    `certain` where the words were surely meant for the coach, as when typed.
    """

    at_ms: int
    certain: bool = False


@dataclass(frozen=True, slots=True)
class Dictated:
    """The athlete said or typed something that no phrase fits, where anything may be said.

    `text` is as it was written down or typed; empty where the ear cannot
    write freely. `guess` is what it comes nearest to of what could be meant.
    """

    at_ms: int
    text: str
    source: str = "voice"
    guess: Intent | None = None


@dataclass(frozen=True, slots=True)
class SpeechEnded:
    """An utterance of the coach ended, or was cut off."""

    at_ms: int
    utterance: int
    interrupted: bool = False


@dataclass(frozen=True, slots=True)
class DeadlineReached:
    """The instant that `deadline(state)` named has come."""

    at_ms: int


@dataclass(frozen=True, slots=True)
class RecordFailed:
    """Facts could not be committed; the step that made them did not happen."""

    at_ms: int
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class SessionInterrupted:
    """The athlete left: Ctrl-C, the end of typed input, or a device that is gone."""

    at_ms: int


Event = (
    SessionOpened
    | IntentHeard
    | ReadingsHeard
    | NothingUnderstood
    | Dictated
    | SpeechEnded
    | DeadlineReached
    | RecordFailed
    | SessionInterrupted
)
