"""The error tree: what went wrong, where, what to do about it, and the exit code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

SHOWN = 60
"""Characters of a value that a message quotes."""


def shown(value: object) -> str:
    """Return `value` as a message quotes it: on one line, control characters escaped, not long."""
    text = repr(value)
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


class VoicecoachError(Exception):
    """A problem a person can mend.

    `problem` names the value; `place` is the file, line or key it came from;
    `remedy` is the next step. `str()` of the error is all three on one line.
    Each class has an exit code of its own, 20 and up.
    """

    exit_code: ClassVar[int] = 20

    def __init__(self, problem: str, *, place: str = "", remedy: str = "") -> None:
        self.problem = problem
        self.place = place
        self.remedy = remedy
        line = f"{place}: {problem}" if place else problem
        super().__init__(f"{line}; {remedy}" if remedy else line)

    @classmethod
    def of(cls, findings: Sequence[Finding], *, listed: str = "") -> Self:
        """Return the first of `findings`, one at least, as an error that says how many more.

        `listed` says where all of them are to be had.
        """
        first, *others = findings
        more = f" (and {len(others)} more)" if others else ""
        remedy = f"{first.remedy}; {listed}" if others and listed else first.remedy
        return cls(f"{first.problem}{more}", place=first.place, remedy=remedy)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One mistake in a file that a person wrote."""

    file: str
    line: int | None
    key: str  # dotted: "workout[0].block[2].exercise"; empty where it is the whole file
    value: str  # as it is written, shortened; empty where something is missing
    problem: str
    remedy: str

    @property
    def place(self) -> str:
        """File and line."""
        return self.file if self.line is None else f"{self.file}:{self.line}"

    def __str__(self) -> str:
        line = f"{self.place}: {self.problem}"
        return f"{line}; {self.remedy}" if self.remedy else line


class RoutineError(VoicecoachError):
    """A routine that cannot be read or carried out; `findings` are all its mistakes."""

    exit_code = 21

    def __init__(
        self, problem: str, *, place: str = "", remedy: str = "", findings: tuple[Finding, ...] = ()
    ) -> None:
        super().__init__(problem, place=place, remedy=remedy)
        self.findings = findings

    @classmethod
    def of(cls, findings: Sequence[Finding], *, listed: str = "") -> Self:
        """Return the first of `findings` as an error that says how many more, and holds all."""
        error = super().of(findings, listed=listed)
        error.findings = tuple(findings)
        return error


class LibraryError(VoicecoachError):
    """An exercise that is unknown, or whose data cannot be read."""

    exit_code = 22


class ScenarioError(VoicecoachError):
    """A rehearsal scenario that cannot be read or carried out."""

    exit_code = 23


class LogError(VoicecoachError):
    """The training log cannot be opened, read or written."""

    exit_code = 24


class ModelError(VoicecoachError):
    """A recogniser's model is missing, damaged or cannot be fetched."""

    exit_code = 25


class DeviceError(VoicecoachError):
    """A microphone or speaker is missing, busy or lost."""

    exit_code = 26


class VoiceError(VoicecoachError):
    """The voice cannot be rendered."""

    exit_code = 27


class RecogniserError(VoicecoachError):
    """No recogniser can be started, or one refuses its vocabulary."""

    exit_code = 28


class ConfigError(VoicecoachError):
    """A setting or a directory that cannot be used."""

    exit_code = 29


class UnitError(VoicecoachError):
    """A quantity that is outside its scale."""

    exit_code = 30


class PlanError(VoicecoachError):
    """A workout that cannot be planned from its routine and the log."""

    exit_code = 31


class SoundFileError(VoicecoachError):
    """A sound file that cannot be read or written."""

    exit_code = 32


class ExchangeError(VoicecoachError):
    """A file of another app, or of another log, that cannot be taken in or written."""

    exit_code = 33


class CorpusError(VoicecoachError):
    """A corpus of recordings, or a bench's saved report, that cannot be used."""

    exit_code = 34


class CalibrationError(VoicecoachError):
    """What fits the lifter's voice cannot be found out, read or kept."""

    exit_code = 35
