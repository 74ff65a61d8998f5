"""Sets told in one line: `bench press 3x8 @ 80kg`, as they are typed or written down.

What was done, not what is planned: there are no ranges here, and the
repetitions of each set may differ.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from voicecoach.errors import UnitError, shown
from voicecoach.units import Load, Rpe, Unit

FORM = 'write as "bench press 3x8 @ 80kg", "squat 5, 5, 4 @ 100kg rpe 8" or "plank 2x60s"'
LONGEST = 500
MOST_SETS = 20
MOST_DIGITS = 6  # of a number; what it comes to is asked about elsewhere


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Sets of one exercise as they were told; what was not said is None.

    `exercise` is the name as it was written. `amounts` has repetitions, or
    seconds with `held`, a set each; none where none was said.
    """

    exercise: str
    amounts: tuple[int, ...] = ()
    held: bool = False
    load: Load | None = None
    rpe: Rpe | None = None


_NUMBER = rf"\d{{1,{MOST_DIGITS}}}"
_LINE = re.compile(
    rf"""
    (?:log\s+)?
    (?P<exercise>[^\W\d_](?:[\w'’\-/ ]*?[^\W\d_])??)
    [\s:,]+
    (?:(?P<sets>\d{{1,3}})\s*(?:x|×|sets?\s+of)\s*)?
    (?P<amounts>{_NUMBER}(?:\s*,\s*{_NUMBER})*)
    \s*(?P<unit>reps?|times|seconds?|secs?|s|minutes?|mins?)?
    (?:\s*(?:@|at|with)\s*(?P<load>.+?))?
    (?:\s*,?\s*rpe\s*(?P<rpe>\d{{1,2}}(?:[.,]\d)?))?
    [\s.]*
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LOAD = re.compile(
    r"(?:body\s?weight|bw)?\s*\+?\s*(?:(\d{1,6}(?:[.,]\d{1,3})?)\s*(kgs?|kilos?|kilograms?|lbs?|pounds?)?)?",
    re.IGNORECASE,
)


def parse_told(line: str, unit: Unit) -> Told:
    """Read sets of one exercise; a load without a unit is in `unit`.

    Raises:
        UnitError: a part cannot be read.
    """
    text = " ".join(line.split())
    match = _LINE.fullmatch(text) if len(text) <= LONGEST else None
    if match is None:
        msg = f"{shown(line)} is no set"
        raise UnitError(msg, remedy=FORM)
    amounts = tuple(int(amount) for amount in match["amounts"].split(","))
    sets = int(match["sets"] or 1)
    if not 1 <= sets <= MOST_SETS or len(amounts) > MOST_SETS or (sets > 1 and len(amounts) > 1):
        msg = f"{shown(line)} is not within 1 and {MOST_SETS} sets"
        raise UnitError(msg, remedy=FORM)
    measure = (match["unit"] or "").lower()
    if measure.startswith("m"):
        amounts = tuple(60 * amount for amount in amounts)
    return Told(
        exercise=match["exercise"].strip(),
        amounts=amounts * sets,
        held=measure.startswith(("s", "m")),
        load=None if match["load"] is None else _load(match["load"], unit),
        rpe=None if match["rpe"] is None else Rpe(Decimal(match["rpe"].replace(",", "."))),
    )


def _load(text: str, unit: Unit) -> Load:
    match = _LOAD.fullmatch(text.strip())
    if match is None or not text.strip("+ "):
        msg = f"{shown(text)} is no load"
        raise UnitError(msg, remedy="write 80kg, 175lb, bodyweight or bodyweight+10kg")
    if match[1] is None:
        return Load(0)
    named = (match[2] or "").lower()
    stamped = Unit.KG if named.startswith("k") else Unit.LB if named else unit
    return Load.of(Decimal(match[1].replace(",", ".")), stamped)
