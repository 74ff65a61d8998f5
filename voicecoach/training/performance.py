"""What was performed: sets as they stand in the log after all mending."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from voicecoach.training.prescription import SetKind
from voicecoach.units import Load, Rpe


@dataclass(frozen=True, slots=True, kw_only=True)
class PerformedSet:
    """One set that was done.

    `reps` is None for a hold, `hold_s` is None for repetitions. `load` is the
    added load: None where none was named, zero grams for bodyweight alone.
    `low` and `high` are what was prescribed (reps, or seconds twice for a
    hold), so that progression can judge the set without the routine.
    """

    id: str
    at: datetime  # aware
    session: str
    routine: str
    workout: str
    exercise: str
    variation: str | None
    number: int  # of the set within its exercise and session, from 1
    kind: SetKind = SetKind.WORKING
    reps: int | None = None
    hold_s: int | None = None
    load: Load | None = None
    rpe: Rpe | None = None
    low: int | None = None
    high: int | None = None
    effort: str | None = None  # "easy" | "hard", as the athlete said of it
    pain: bool = False
    note: str = ""
    source: str = ""  # voice | typed | paced | aloud | timer | import


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletedWorkout:
    """A workout of a routine that was led to its end."""

    session: str
    at: datetime  # aware
    routine: str
    workout: str
    variations: tuple[tuple[str, str], ...] = ()  # (exercise id, variation id) as trained
