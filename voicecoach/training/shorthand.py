"""A block of a routine in one line: `deadlift 3x4-6 @ 85% rest 3min tempo 2-0-1-0`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from voicecoach.errors import PlanError, UnitError, shown
from voicecoach.training import notation
from voicecoach.training.prescription import (
    CountMode,
    Drops,
    HoldRange,
    ProgressRule,
    RepTarget,
    Tempo,
    Warmup,
)
from voicecoach.training.progression.rules import RULES
from voicecoach.training.routine import LoadRule
from voicecoach.units import Load

FORM = 'write as "deadlift 3x4-6 @ 85% rest 3min tempo 2-0-1-0"'
LONGEST = 500
MOST_SETS = 50

_SETS = re.compile(r"\s(?:(\d{1,3})\s*[x×]\s*|[x×](?=\d))(\S+)", re.IGNORECASE)
_KEYWORDS = "@|rest|tempo|count|vary|instead|progress|warmup|drops|superset|change|emom|amrap"
_CLAUSE = re.compile(rf"(?:\s|^)({_KEYWORDS})(?=\s|$)", re.IGNORECASE)
_AS_SAID = tuple(
    (re.compile(said, re.IGNORECASE), written)
    for said, written in (
        (r"(\d) sets? (?:of|x) ?", r"\1x"),
        (r"(\d) ?[x×] ?(?:max|amrap)(?=\s|$)", r"\1x1+"),
        (r"(\d) to (?=\d)", r"\1-"),
        (r"(\d) ?reps?(?=\s|$)", r"\1"),
        (r"(\d) ?(?:seconds?|secs?|s)(?=\s|$)", r"\1s"),
        (r" at (?=\d|rpe|body)", " @ "),
    )
)
"""Ways to say a part of a block aloud, and how it is written."""

_SIDES = re.compile(r"\s(each side|both sides)(?=\s|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shorthand:
    """What a line says; what it does not say is None or empty."""

    exercise: str  # as it was written: an id or a name
    sets: int | None = None
    target: RepTarget | HoldRange | None = None
    load: LoadRule | None = None
    rest_s: int | None = None
    tempo: Tempo | None = None
    count: CountMode | None = None
    vary: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()
    progress: ProgressRule | None = None
    by_side: bool | None = None
    warmup: Warmup | None = None
    drops: Drops | None = None
    superset: str = ""
    change_s: int = 0
    interval_s: int | None = None
    amrap_s: int | None = None


def parse_shorthand(line: str) -> Shorthand:
    """Read a block in one line.

    First comes the exercise, then sets and reps (or seconds) as `3x4-6` or
    `3x15-30s`, then in any order `@ LOAD`, `rest TIME`, `tempo 2-0-1-0`,
    `count paced|free|aloud`, `vary A, B`, `instead A, B`,
    `progress RULE [STEP]`, `warmup auto`, `drops 2`, `superset A`,
    `change TIME`, `emom TIME`, `amrap TIME`, and `each side` or `both sides`.
    Only the exercise must be there; with `amrap` the reps are written `x10`.
    What is usual to say reads as well: `3 sets of 8 at 60 kilos`, `3 x max`.

    Raises:
        UnitError: a part cannot be read, is there twice or is not known.
    """
    text = " ".join(line.replace("@", " @ ").split())
    for said, written in _AS_SAID:
        text = said.sub(written, text)
    if not text or len(text) > LONGEST or not text.isprintable():
        msg = f"{shown(line)} is no block"
        raise UnitError(msg, remedy=FORM)
    sides = _SIDES.findall(text)
    if len(sides) > 1:
        msg = f"{sides[1]!r} comes after {sides[0]!r}"
        raise UnitError(msg, remedy="say once how the sides work")
    head, clauses = _clauses(_SIDES.sub("", text))
    exercise, sets, target = _head(head)
    if ("amrap" in clauses) is not (sets is None) and target is not None:
        problem = "rounds go on until the time is over" if sets else "how many sets is not said"
        msg = f"{problem} in {shown(line)}"
        raise UnitError(msg, remedy='write "x10 amrap 8min"' if sets else FORM)
    progress = clauses.pop("progress", None)
    count = clauses.pop("count", None)
    return Shorthand(
        exercise=exercise,
        sets=sets,
        target=target,
        load=notation.load_rule_of(clauses["@"]) if "@" in clauses else None,
        rest_s=notation.duration_of(clauses["rest"]) if "rest" in clauses else None,
        tempo=_tempo(clauses["tempo"]) if "tempo" in clauses else None,
        count=None if count is None else _count(count),
        vary=_names(clauses.get("vary", "")),
        instead=_names(clauses.get("instead", "")),
        progress=None if progress is None else _progress(progress),
        by_side=sides[0].lower() == "each side" if sides else None,
        warmup=notation.warmup_of(clauses["warmup"]) if "warmup" in clauses else None,
        drops=notation.drops_of(clauses["drops"]) if "drops" in clauses else None,
        superset=clauses.get("superset", "").upper(),
        change_s=notation.duration_of(clauses.get("change", "0s")),
        interval_s=notation.interval_of(clauses["emom"]) if "emom" in clauses else None,
        amrap_s=notation.amrap_of(clauses["amrap"]) if "amrap" in clauses else None,
    )


def _clauses(text: str) -> tuple[str, dict[str, str]]:
    """Return what stands before the first keyword, and what follows each keyword."""
    found = list(_CLAUSE.finditer(text))
    starts = [match.start() for match in found] + [len(text)]
    clauses: dict[str, str] = {}
    for match, end in zip(found, starts[1:], strict=True):
        keyword, value = match[1].lower(), text[match.end() : end].strip()
        if keyword in clauses or not value:
            what = "there twice" if value else "there with nothing after it"
            msg = f"{keyword!r} is {what} in {shown(text)}"
            raise UnitError(msg, remedy=FORM)
        clauses[keyword] = value
    return text[: starts[0]], clauses


def _head(head: str) -> tuple[str, int | None, RepTarget | HoldRange | None]:
    match = _SETS.search(f" {head}")
    if match is None:
        return _exercise(head), None, None
    before, after = f" {head}"[: match.start()], f" {head}"[match.end() :]
    if after.strip():
        msg = f"{shown(after.strip())} cannot be read"
        raise UnitError(msg, remedy=FORM)
    sets = int(match[1]) if match[1] else None
    if sets is not None and not 1 <= sets <= MOST_SETS:
        msg = f"{sets} sets are not within 1 and {MOST_SETS}"
        raise UnitError(msg, remedy=FORM)
    wanted = match[2]
    target = notation.hold_of(wanted) if wanted.endswith("s") else notation.reps_of(wanted)
    return _exercise(before), sets, target


def _exercise(text: str) -> str:
    if not text.strip():
        msg = "the exercise is missing"
        raise UnitError(msg, remedy=FORM)
    return text.strip()


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _tempo(text: str) -> Tempo:
    try:
        return Tempo.parse(text)
    except PlanError as error:
        raise UnitError(error.problem, remedy=error.remedy) from error


def _count(text: str) -> CountMode:
    try:
        return CountMode(text.lower())
    except ValueError:
        msg = f"count {shown(text)} is not known"
        raise UnitError(msg, remedy="write paced, free or aloud") from None


def _progress(text: str) -> ProgressRule:
    rule, _, step = text.partition(" ")
    if rule.lower() not in RULES:
        msg = f"there is no rule {shown(rule)}"
        raise UnitError(msg, remedy=f"write one of {', '.join(RULES)}")
    size = notation.step_of(step.removeprefix("by ")) if step else None
    return ProgressRule(
        rule=rule.lower(),
        step_load=size if isinstance(size, Load) else None,
        step_s=size if isinstance(size, int) else None,
    )
