"""The phases of a session: what the coach is doing, or waiting for."""

from __future__ import annotations

from dataclasses import dataclass

from voicecoach.language.intents import Intent


@dataclass(frozen=True, slots=True)
class Wait:
    """Waiting for an answer.

    `since_ms` is None while the question is still being said; `reminders` is
    how often the athlete has been reminded of it.
    """

    since_ms: int | None = None
    reminders: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """Numbers on a beat: number n sounds at `origin_ms` + n × `step_ms`, up to `last`."""

    origin_ms: int
    step_ms: int
    last: int

    def at(self, number: int) -> int:
        """Return the instant of `number`."""
        return self.origin_ms + number * self.step_ms


@dataclass(frozen=True, slots=True)
class NotOpened:
    """Before anything was said."""


@dataclass(frozen=True, slots=True)
class AskingInjury:
    """First use: earlier back injuries are asked about."""

    wait: Wait = Wait()


@dataclass(frozen=True, slots=True)
class WarmingUp:
    """The general warm-up, until a set instant."""

    until_ms: int


@dataclass(frozen=True, slots=True)
class AskingLoad:
    """The load of the coming block is asked for."""

    wait: Wait = Wait()


@dataclass(frozen=True, slots=True)
class AwaitingReady:
    """The set is announced; the athlete begins it, or tells it where it was taken back."""

    wait: Wait = Wait()
    retold: bool = False


@dataclass(frozen=True, slots=True)
class CountingDown:
    """Three, two, one; the work starts at `start_ms` with `counted` repetitions behind it."""

    start_ms: int
    counted: int = 0


@dataclass(frozen=True, slots=True)
class Working:
    """The set is being done.

    `counted` is the repetitions or seconds counted so far; `grid` is None
    where the athlete leads; `touched_ms` is when the athlete was last heard.
    """

    started_ms: int
    counted: int = 0
    grid: Grid | None = None
    touched_ms: int = 0
    reminders: int = 0


@dataclass(frozen=True, slots=True)
class AskingReps:
    """The set is over; how much it was is asked."""

    wait: Wait = Wait()
    pain: bool = False


@dataclass(frozen=True, slots=True)
class AskingRpe:
    """How hard the set was is asked; the rest runs already."""

    rest_until_ms: int
    wait: Wait = Wait()


@dataclass(frozen=True, slots=True)
class Resting:
    """Rest until an instant; `called` once its end was announced."""

    until_ms: int
    called: bool = False
    wait: Wait = Wait()


@dataclass(frozen=True, slots=True)
class OfferingSkip:
    """After pain: shall what is left of the exercise of `block` be left out?"""

    block: int
    wait: Wait = Wait()


@dataclass(frozen=True, slots=True)
class Choosing:
    """Two readings were plausible; which one is asked, within the phase it belongs to."""

    readings: tuple[Intent, Intent]
    within: Phase
    wait: Wait = Wait()


@dataclass(frozen=True, slots=True)
class ConfirmingFinish:
    """Finishing early is confirmed first."""

    within: Phase
    wait: Wait = Wait()


@dataclass(frozen=True, slots=True)
class TakingNote:
    """Whatever is said next is a note."""

    within: Phase
    wait: Wait = Wait()


@dataclass(frozen=True, slots=True)
class Paused:
    """All is held since an instant."""

    since_ms: int
    within: Phase


@dataclass(frozen=True, slots=True)
class Ended:
    """Nothing more happens."""


Phase = (
    NotOpened
    | AskingInjury
    | WarmingUp
    | AskingLoad
    | AwaitingReady
    | CountingDown
    | Working
    | AskingReps
    | AskingRpe
    | Resting
    | OfferingSkip
    | Choosing
    | ConfirmingFinish
    | TakingNote
    | Paused
    | Ended
)

WAITING = (
    AskingInjury
    | AskingLoad
    | AwaitingReady
    | AskingReps
    | AskingRpe
    | Resting
    | OfferingSkip
    | Choosing
    | ConfirmingFinish
    | TakingNote
)
"""The phases that hold a Wait."""
