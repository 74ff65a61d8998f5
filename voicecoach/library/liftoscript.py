"""Liftosaur's Liftoscript, read as far as a routine here can say the same.

Weeks and days, exercises with sets, reps, loads, exertion and rest, timed
sets, warm-up sets, drop sets, supersets, and the progressions `lp` and `dp`
are taken over. Scripts, templates and repeats over weeks are not; each is
told with its line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from voicecoach.errors import LibraryError, VoicecoachError
from voicecoach.language.numbers import spoken
from voicecoach.library.block_tables import never_lighter
from voicecoach.library.blocks import block_of_line, exercise_called
from voicecoach.library.exercises import Library
from voicecoach.library.liftoscript_sets import (
    SetGroup,
    has_sets,
    read_group,
    read_warmup,
    with_drops,
)
from voicecoach.training.exercise import Exercise
from voicecoach.training.order import rounds
from voicecoach.training.prescription import Warmup
from voicecoach.training.routine import Block
from voicecoach.units import Unit

MOST_LINES = 2_000
LONGEST_LINE = 1_000
LONGEST_NAME = 40

_SCRIPT = re.compile(r"\{~.*?~\}", re.DOTALL)
_STEP = re.compile(r"\d{1,3}(?:\.\d{1,2})?(?:kg|lb)")
_LABEL = re.compile(r"^\w+:\s*(?=\S)")
_REPEAT = re.compile(r"\s*\[([^\]]*)\]\s*$")


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A part of a program that a routine here cannot say: left out, or taken but for something."""

    line: int
    text: str
    reason: str
    in_part: bool = False

    def __str__(self) -> str:
        came = "taken in part" if self.in_part else "left out"
        return f"{came}: line {self.line}: {self.text!r} {self.reason}"


@dataclass(frozen=True, slots=True)
class Program:
    """A program as workouts, each a name and its blocks, and what of it could not be said."""

    workouts: tuple[tuple[str, tuple[Block, ...]], ...]
    unit: Unit
    unsaid: tuple[Unsaid, ...]


def read_liftoscript(text: str, library: Library) -> Program:
    """Read a program; nothing raises, what cannot be read is left out and told."""
    return _Reader(text, library).program()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Terms:
    """What an exercise says of all its sets."""

    progress: str = ""  # in the words of a routine
    superset: str = ""
    warmup: Warmup | None = None


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
        found = tuple((name, _in_turns(blocks)) for name, blocks in self._workouts if blocks)
        return Program(found, self._unit, tuple(self._unsaid))

    def _leave(self, number: int, text: str, reason: str) -> None:
        self._unsaid.append(Unsaid(number, text[:60], reason))

    def _take_in_part(self, number: int, text: str, reason: str) -> None:
        self._unsaid.append(Unsaid(number, text[:60], reason, in_part=True))

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
        repeat = _REPEAT.search(name)
        if repeat:
            weeks = "one week" if self._weeks < 2 else f"week {self._week} alone"
            self._take_in_part(number, name, f"is taken for {weeks}, and not for {repeat[1]}")
            name = _REPEAT.sub("", name)
        exercise = self._called(number, name)
        if exercise is None:
            return
        ways = [part for part in parts if has_sets(part)]
        terms = self._terms(number, [part for part in parts if ":" in part])
        if not ways:
            self._leave(number, line, "has no sets, as 3x8")
            return
        # What stands in a part of its own, as `/ 60kg 90s /`, is meant for every set.
        common = " ".join(part for part in parts if ":" not in part and part not in ways)
        groups = []
        for text in ways[0].split(","):
            group = read_group(text, common)
            if group is None:
                self._leave(number, text.strip(), "has no sets, as 3x8")
            else:
                groups.append(group)
        self._blocks(number, exercise, with_drops(groups), terms)
        for other in ways[1:]:
            self._leave(number, other, "is a second way to do the sets")

    def _blocks(
        self, number: int, exercise: Exercise, groups: tuple[SetGroup, ...], terms: _Terms
    ) -> None:
        """Add a block for each group; warm-up sets come before the first of them."""
        if terms.superset and len(groups) > 1:
            self._take_in_part(
                number, exercise.id, "takes no turns with others, for its sets differ"
            )
            terms = replace(terms, superset="")
        for group in groups:
            block = self._block(number, exercise, group, terms)
            if block is not None:
                self._workouts[-1][1].append(block)
                terms = replace(terms, warmup=None)

    def _called(self, number: int, name: str) -> Exercise | None:
        """Return the exercise that is written as `Bench Press, Barbell`."""
        plain, _, equipment = (part.strip() for part in name.partition(","))
        tries = (f"{equipment} {plain}", plain) if equipment else (plain,)
        for one in tries:
            try:
                return exercise_called(one, self._library)
            except LibraryError as error:
                reason = error.remedy
        self._leave(number, name, f"is not an exercise that is known; {reason}")
        return None

    def _terms(self, number: int, parts: list[str]) -> _Terms:
        """Read what is said with a key, as `superset: A`; what cannot be said here is told."""
        terms = _Terms()
        for part in parts:
            key, _, value = (piece.strip() for piece in part.partition(":"))
            call = re.fullmatch(r"(lp|dp)\(([^)]*)\)", value)
            first, *others = (a.strip() for a in call[2].split(",")) if call else ("",)
            if key == "progress" and call and _STEP.fullmatch(first):
                rule = "linear" if call[1] == "lp" else "double"
                terms = replace(terms, progress=f"progress {rule} {first}")
                if call[1] == "lp" and others:
                    self._take_in_part(number, value, "is taken for its increase alone")
            elif key == "warmup":
                warmup, loses = read_warmup(value)
                terms = replace(terms, warmup=warmup)
                tell = self._leave if warmup is None else self._take_in_part
                for reason in loses:
                    tell(number, part, reason)
            elif key == "superset" and (name := " ".join(re.findall(r"\w+", value))):
                terms = replace(terms, superset=name[:LONGEST_NAME].upper())
            else:
                self._leave(number, part, "cannot be said in a routine here")
        return terms

    def _block(
        self, number: int, exercise: Exercise, group: SetGroup, terms: _Terms
    ) -> Block | None:
        for reason in group.loses:
            self._take_in_part(number, group.text, reason)
        held = exercise.kind.is_hold and group.timed_s is not None
        line = f"{exercise.id} {group.count}x{f'{group.timed_s}s' if held else group.reps}"
        line += f" @ {group.load}" if group.load else ""
        line += f" rest {group.rest_s}s" if group.rest_s is not None else ""
        if group.timed_s is not None and not held:
            if group.auto and not terms.superset:
                line += f" emom {group.interval_s}s"
            else:
                self._take_in_part(number, group.text, "is taken without its time")
        try:
            block = block_of_line(f"{line} {terms.progress}", self._library)
        except VoicecoachError as error:
            self._leave(number, group.text, f"is no block here: {error.problem}")
            return None
        block = replace(block, superset=terms.superset, warmup=terms.warmup, drops=group.drops)
        if terms.superset and group.rest_s:
            block = replace(block, change_s=group.rest_s)
        never = never_lighter(block, exercise)
        if never and (block.warmup or block.drops):
            self._take_in_part(number, group.text, f"is taken without lighter sets: {never}")
            block = replace(block, warmup=None, drops=None)
        return block


def _in_turns(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks of a day with those of one superset next to one another.

    Liftosaur goes on to the next of a superset wherever it stands. The rest
    of each but the last is the way to the next one.
    """
    first = {block.superset: n for n, block in reversed(list(enumerate(blocks)))}
    order = sorted(
        range(len(blocks)), key=lambda n: first[blocks[n].superset] if blocks[n].superset else n
    )
    ordered = [blocks[n] for n in order]
    last = {group[-1] for group in rounds(ordered)}
    return tuple(
        replace(block, change_s=0) if n in last else block for n, block in enumerate(ordered)
    )
