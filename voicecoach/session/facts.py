"""Facts: what happened, in the order it happened, never changed afterwards.

The log is made of these. What a set is now follows from all facts about it:
logged, amended, voided. `at_ms` is the instant in session time; the store
adds the session's wall-clock start to place it in the day.
"""

from __future__ import annotations

from dataclasses import dataclass

from voicecoach.training.prescription import SetKind, WorkoutPrescription
from voicecoach.units import Load, Rpe, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class SetResult:
    """The part of a set that can be mended later: every field as it now stands."""

    reps: int | None = None
    hold_s: int | None = None
    load: Load | None = None
    rpe: Rpe | None = None
    effort: str | None = None  # "easy" | "hard"
    pain: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionStarted:
    """A session began; the whole plan is kept, so that a resume follows it and no later edit."""

    at_ms: int
    plan: WorkoutPrescription


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionImported:
    """A session was taken in from a file: it has no plan and cannot be resumed.

    It stands first in its session, where a coached one has `SessionStarted`.
    """

    at_ms: int
    app: str  # what wrote the file: "strong", "hevy", …
    unit: Unit  # the one the file's loads were written in
    note: str = ""
    duration_s: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LogbookOpened:
    """Sets were told outside a routine: what `SessionStarted` is to a coached session."""

    at_ms: int
    unit: Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLogged:
    """A set was done."""

    at_ms: int
    set_id: str
    block: int  # index in the plan, from 0
    number: int  # of the set within its exercise, from 1
    exercise: str
    variation: str | None
    kind: SetKind
    low: int | None
    high: int | None
    result: SetResult
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SideDone:
    """The first side of a set was done, or mended: the last one told of it holds.

    It is no set until the other side is done, and without reps where nobody
    said or counted them.
    """

    at_ms: int
    block: int
    number: int
    result: SetResult
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SideTakenBack:
    """The side that was done was undone."""

    at_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAmended:
    """A set was mended; `result` replaces what was known."""

    at_ms: int
    set_id: str
    result: SetResult


@dataclass(frozen=True, slots=True, kw_only=True)
class SetVoided:
    """A set was undone, as if it never was."""

    at_ms: int
    set_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetSkipped:
    """A set was passed over, and with a working set the drops after it."""

    at_ms: int
    block: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseSkipped:
    """The rest of an exercise was passed over."""

    at_ms: int
    block: int
    reason: str = ""  # "pain" | ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundsEnded:
    """The time of an AMRAP was over, and what was not reached of it passed over."""

    at_ms: int
    block: int  # the first that takes part


@dataclass(frozen=True, slots=True, kw_only=True)
class SkipUndone:
    """The last skip that still stood was taken back."""

    at_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseChosen:
    """Another exercise was taken in a block's place."""

    at_ms: int
    block: int
    exercise: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadChosen:
    """The load of a block's sets from here on was named by the athlete."""

    at_ms: int
    block: int
    load: Load


@dataclass(frozen=True, slots=True, kw_only=True)
class InjuryAnswered:
    """The athlete answered the question about earlier back injuries."""

    at_ms: int
    injured: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyweightLogged:
    """The athlete said what they weigh."""

    at_ms: int
    entry_id: str
    weight: Load


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteTaken:
    """The athlete said something to be remembered: of a set, or of the day."""

    at_ms: int
    entry_id: str
    text: str
    set_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MaxTested:
    """The heaviest load lifted once, in a test made for it."""

    at_ms: int
    exercise: str
    variation: str | None
    load: Load


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryVoided:
    """A bodyweight or a note was undone, as if it never was."""

    at_ms: int
    entry_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AliasTaught:
    """The athlete calls an exercise by a name of their own."""

    at_ms: int
    name: str  # lower-case words, as they are said
    exercise: str
    variation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EquipmentTold:
    """The athlete said what there is to train with: all of it, so nothing else is at hand."""

    at_ms: int
    at_hand: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutineChosen:
    """The athlete took a routine for the one in use."""

    at_ms: int
    routine: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionFinished:
    """A session ended; `completed` where it was led through the plan to its end."""

    at_ms: int
    completed: bool


Fact = (
    SessionStarted
    | SessionImported
    | SetLogged
    | SideDone
    | SideTakenBack
    | SetAmended
    | SetVoided
    | SetSkipped
    | ExerciseSkipped
    | RoundsEnded
    | SkipUndone
    | ExerciseChosen
    | LoadChosen
    | InjuryAnswered
    | LogbookOpened
    | BodyweightLogged
    | NoteTaken
    | MaxTested
    | EntryVoided
    | AliasTaught
    | EquipmentTold
    | RoutineChosen
    | SessionFinished
)
