"""Liftosaur's Liftoscript, read as far as a routine here can say the same.

Weeks and days, exercises with sets, reps, loads, exertion and rest, and the
progressions `lp` and `dp` are taken over. Scripts, supersets, warm-up sets,
templates and repeats over weeks are not; each is told with its line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from voicecoach.errors import LibraryError, VoicecoachError
from voicecoach.language.numbers import spoken
from voicecoach.library.blocks import block_of_line, exercise_called
from voicecoach.library.exercises import Library
from voicecoach.training.routine import Block
from voicecoach.units import Unit

MOST_LINES = 2_000
LONGEST_LINE = 1_000

_SCRIPT = re.compile(r"\{~.*?~\}", re.DOTALL)
_SETS = re.compile(r"(\d{1,3})x(\d{1,3}(?:-\d{1,3})?\+?)(?=\s|$)")
_REST = re.compile(r"(?<=\s)(\d{1,4})s(?=\s|$)")
_LOAD = re.compile(r"(?<=\s)(\d{1,4}(?:\.\d{1,2})?(?:kg|lb|%))(?=\s|$)")
_RPE = re.compile(r"(?<=\s)@(\d{1,2}(?:\.5)?)(?=\s|$)")
_STEP = re.compile(r"\d{1,3}(?:\.\d{1,2})?(?:kg|lb)")
_LABEL = re.compile(r"^\w+:\s*(?=\S)")
_REPEAT = re.compile(r"\s*\[[^\]]*\]\s*$")


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A part of a program that a routine here cannot say."""

    line: int
    text: str
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.text!r} {self.reason}"


@dataclass(frozen=True, slots=True)
class Program:
    """A program as workouts, each a name and its blocks, and what was left out of it."""

    workouts: tuple[tuple[str, tuple[Block, ...]], ...]
    unit: Unit
    unsaid: tuple[Unsaid, ...]


def read_liftoscript(text: str, library: Library) -> Program:
    """Read a program; nothing raises, what cannot be read is left out and told."""
    return _Reader(text, library).program()


class _Reader:
    def __init__(self, text: str, library: Library) -> None:
        # A script may run over many lines: its newlines are kept, so that lines keep their numbers.
        self._lines = _SCRIPT.sub(lambda m: "{~~}" + "\n" * m[0].count("\n"), text).split("\n")
        self._library = library
        self._unit = Unit.LB if text.count("lb") > text.count("kg") else Unit.KG
        self._weeks = sum(line.startswith("# ") for line in self._lines)
        self._week = 0
        self._unsaid: list[Unsaid] = []
        self._workouts: list[tuple[str, list[Block]]] = []

    def program(self) -> Program:
        for number, line in enumerate(self._lines[:MOST_LINES], 1):
            self._line(number, line.split("//")[0].strip()[:LONGEST_LINE])
        if len(self._lines) > MOST_LINES:
            self._leave(MOST_LINES + 1, "", f"and all below: {MOST_LINES} lines at most are read")
        found = tuple((name, tuple(blocks)) for name, blocks in self._workouts if blocks)
        return Program(found, self._unit, tuple(self._unsaid))

    def _leave(self, number: int, text: str, reason: str) -> None:
        self._unsaid.append(Unsaid(number, text[:60], reason))

    def _line(self, number: int, line: str) -> None:
        if line.startswith("## "):
            self._workouts.append((self._day(line.removeprefix("## ").strip()), []))
        elif line.startswith("# "):
            self._week += 1
        elif "/" in line:
            if not self._workouts:
                self._workouts.append((self._day("Day 1"), []))
            self._exercise(number, line)
        elif line and line.strip("{}~ "):
            self._leave(number, line, "is no exercise with sets")

    def _day(self, name: str) -> str:
        """Return the name of a day, with its week where there is more than one."""
        said = " ".join(re.findall(r"\w+", name)) or "Day"
        return f"{said} week {spoken(self._week)}" if self._weeks > 1 else said

    def _exercise(self, number: int, line: str) -> None:
        name, *parts = (part.strip() for part in line.split("/"))
        name = _LABEL.sub("", name)
        if _REPEAT.search(name):
            self._leave(number, name, "repeats over weeks: it is taken for this week alone")
            name = _REPEAT.sub("", name)
        exercise = self._called(number, name)
        if exercise is None:
            return
        sets = [part for part in parts if ":" not in part and _SETS.search(part)]
        progress = self._progress(number, [part for part in parts if part not in sets])
        if not sets:
            self._leave(number, line, "has no sets, as 3x8")
            return
        # What stands in a part of its own, as `/ 60kg 90s /`, is meant for every set.
        common = " ".join(part for part in parts if ":" not in part and not _SETS.search(part))
        for group in sets[0].split(","):
            self._block(number, exercise, f" {group.strip()} {common}", progress)
        for other in sets[1:]:
            self._leave(number, other, "is a second way to do the sets")

    def _called(self, number: int, name: str) -> str | None:
        """Return the id of an exercise that is written as `Bench Press, Barbell`."""
        plain, _, equipment = (part.strip() for part in name.partition(","))
        tries = (f"{equipment} {plain}", plain) if equipment else (plain,)
        for one in tries:
            try:
                return exercise_called(one, self._library).id
            except LibraryError as error:
                reason = error.remedy
        self._leave(number, name, f"is not an exercise that is known; {reason}")
        return None

    def _progress(self, number: int, parts: list[str]) -> str:
        """Return the progression in our words; what cannot be said of `parts` is told."""
        progress = ""
        for part in parts:
            key, colon, value = (piece.strip() for piece in part.partition(":"))
            call = re.fullmatch(r"(lp|dp)\(([^)]*)\)", value)
            first, *others = (a.strip() for a in call[2].split(",")) if call else ("",)
            if key == "progress" and call and _STEP.fullmatch(first):
                progress = f"progress {'linear' if call[1] == 'lp' else 'double'} {first}"
                if call[1] == "lp" and others:
                    self._leave(number, value, "is taken for its increase alone")
            elif colon:
                self._leave(number, part, "cannot be said in a routine here")
        return progress

    def _block(self, number: int, exercise: str, text: str, progress: str) -> None:
        sets = _SETS.search(text)
        if sets is None:
            self._leave(number, text.strip(), "has no sets, as 3x8")
            return
        load, rpe, rest = _LOAD.search(text), _RPE.search(text), _REST.search(text)
        line = f"{exercise} {sets[1]}x{sets[2]}"
        if load:
            line += f" @ {load[1]}"
        elif rpe:
            line += f" @ RPE {rpe[1]}"
        line += f" rest {rest[1]}s" if rest else ""
        try:
            self._workouts[-1][1].append(block_of_line(f"{line} {progress}", self._library))
        except VoicecoachError as error:
            self._leave(number, text.strip(), f"is left out: {error.problem}")
