"""What a row of another app's file becomes: a set in a workout, or a finding with its line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from voicecoach.session.facts import SetResult
from voicecoach.training.prescription import SetKind
from voicecoach.units import Load, Unit

SOURCE = "import"
"""The source of a set that another app's file tells of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedWorkout:
    """A workout as a file tells of it.

    `key` is what the file tells workouts apart by; two files of the same app
    give the same workout the same key. `id`, `routine`, `finished_s` and
    `completed` are told by our own files only.
    """

    app: str
    key: str
    title: str
    unit: Unit
    note: str = ""
    duration_s: int | None = None
    bodyweight: Load | None = None
    id: str = ""
    routine: str = ""
    started_at: datetime | None = None  # aware; None: with its first set
    finished_ms: int | None = None
    completed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedSet:
    """A set as a file tells of it.

    `exercise` is the name as it is written. What stands below `result` is
    told by our own files only.
    """

    line: int
    workout: ImportedWorkout
    at: datetime  # aware
    exercise: str
    kind: SetKind = SetKind.WORKING
    result: SetResult
    id: str = ""
    number: int | None = None
    variation: str | None = None
    low: int | None = None
    high: int | None = None
    source: str = SOURCE


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFinding:
    """What is to be said of a line: why it is left out, or what of it is."""

    line: int
    problem: str
    left_out: bool = True

    def __str__(self) -> str:
        return f"line {self.line}: {self.problem}"


class UnreadableRow(ValueError):  # noqa: N818  # a row that cannot be read is no error of the program
    """A row that tells of no set; its text is the reason."""


class NoSet(Exception):  # noqa: N818  # nor is a row that is none
    """A row that is meant to be no set: a rest timer, a set that was not done."""
