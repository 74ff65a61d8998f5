"""How quantities are written in routines and on the command line: `4-6`, `85%`, `2min30s`.

Each reader takes a value as TOML gives it, text or a number, and raises
UnitError with the forms it knows where the value is none of them.
"""

from __future__ import annotations

import re
from decimal import Decimal

from voicecoach.errors import UnitError, shown
from voicecoach.training.prescription import HoldRange, RepTarget
from voicecoach.training.routine import (
    BodyweightLoad,
    FixedLoad,
    LoadRule,
    PercentLoad,
    RpeLoad,
)
from voicecoach.units import Load, Rpe, Unit, plain

MOST_REPS = 100  # what the coach can count and hear
MOST_SECONDS = 3600
MOST_LOAD = Load.kg(1000)
MOST_PERCENT = 120  # partial lifts and supramaximal holds, not typing errors

_NUMBER = r"\d{1,5}(?:\.\d{1,2})?"
_REPS = re.compile(r"(\d{1,5})(?:\s*-\s*(\d{1,5})|(\+))?")
_LOAD = re.compile(rf"({_NUMBER})\s*(kg|lb|lbs)", re.IGNORECASE)
_PERCENT = re.compile(rf"({_NUMBER})\s*%")
_RPE = re.compile(rf"rpe\s*({_NUMBER})", re.IGNORECASE)
_BODYWEIGHT = re.compile(r"bodyweight(?:\s*\+\s*(.+))?", re.IGNORECASE)
_DURATION = re.compile(r"(?=.)(?:(\d{1,5})\s*min)?\s*(?:(\d{1,5})\s*s)?")
_STEP_SECONDS = re.compile(r"(\d{1,5})\s*s")
_HOLD = re.compile(r"(?:(\d{1,5})\s*-\s*)?(\d{1,5})\s*s")

REPS_FORMS = 'write 5, "4-6", or "5+" for as many as you can'
LOAD_FORMS = 'write "85%", "100kg", "225lb", "RPE 8", "bodyweight" or "bodyweight+10kg"'
DURATION_FORMS = 'write "90s", "3min" or "2min30s"'
HOLD_FORMS = 'write "20s" or "15-30s"'
STEP_FORMS = 'write "2.5kg" or "5lb", or "5s" for a hold'


def reps_of(value: object) -> RepTarget:
    """Read repetitions: `5`, `"4-6"`, or `"5+"` for five and then as many as possible."""
    match = _match(_REPS, value, REPS_FORMS)
    low = int(match[1])
    high = int(match[2] or low)
    if not 1 <= low <= high <= MOST_REPS:
        msg = f"{shown(value)} is not a range within 1 and {MOST_REPS}"
        raise UnitError(msg, remedy=REPS_FORMS)
    return RepTarget(low, high, to_failure=bool(match[3]))


def load_of(value: object) -> Load:
    """Read a load with its unit: `"100kg"`, `"225 lb"`."""
    match = _match(_LOAD, value, 'write "100kg" or "225lb"')
    load = Load.of(Decimal(match[1]), Unit(match[2].lower().removesuffix("s")))
    if load > MOST_LOAD:
        msg = f"{shown(value)} is more than anyone lifts"
        raise UnitError(msg, remedy=f"give at most {MOST_LOAD.written(Unit.KG)}")
    return load


def load_rule_of(value: object) -> LoadRule:
    """Read how a block is loaded: a share of the maximum, a load, an exertion, the body."""
    text = _text(value, LOAD_FORMS)
    if match := _PERCENT.fullmatch(text):
        percent = Decimal(match[1])
        if not 1 <= percent <= MOST_PERCENT:
            msg = f"{shown(value)} of the one-rep maximum is not within 1% and {MOST_PERCENT}%"
            raise UnitError(msg, remedy="heavy work is 85% to 90%")
        return PercentLoad(percent)
    if match := _RPE.fullmatch(text):
        return RpeLoad(Rpe(Decimal(match[1])))
    if match := _BODYWEIGHT.fullmatch(text):
        return BodyweightLoad(load_of(match[1])) if match[1] else BodyweightLoad()
    _match(_LOAD, value, LOAD_FORMS)
    return FixedLoad(load_of(value))


def duration_of(value: object) -> int:
    """Read a span of time in whole seconds: `"90s"`, `"3min"`, `"2min30s"`."""
    match = _match(_DURATION, value, DURATION_FORMS)
    seconds = 60 * int(match[1] or 0) + int(match[2] or 0)
    if seconds > MOST_SECONDS:
        msg = f"{shown(value)} is more than an hour"
        raise UnitError(msg, remedy=DURATION_FORMS)
    return seconds


def hold_of(value: object) -> HoldRange:
    """Read the seconds of a hold: `"20s"`, or `"15-30s"` to grow within."""
    match = _match(_HOLD, value, HOLD_FORMS)
    high = int(match[2])
    low = int(match[1] or high)
    if not 1 <= low <= high <= MOST_SECONDS:
        msg = f"{shown(value)} is not a range within 1 and {MOST_SECONDS} seconds"
        raise UnitError(msg, remedy=HOLD_FORMS)
    return HoldRange(low, high)


def step_of(value: object) -> Load | int:
    """Read the step of a progression: a load, or whole seconds."""
    if _LOAD.fullmatch(_text(value, STEP_FORMS)):
        step = load_of(value)
        if step.grams:
            return step
    else:
        seconds = int(_match(_STEP_SECONDS, value, STEP_FORMS)[1])
        if 1 <= seconds <= MOST_SECONDS:
            return seconds
    msg = f"{shown(value)} is no step to take"
    raise UnitError(msg, remedy=STEP_FORMS)


def _match(pattern: re.Pattern[str], value: object, forms: str) -> re.Match[str]:
    match = pattern.fullmatch(_text(value, forms))
    if match is None:
        msg = f"{shown(value)} cannot be read"
        raise UnitError(msg, remedy=forms)
    return match


def _text(value: object, forms: str) -> str:
    """Return a TOML value as text; whole numbers are read as they are written."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    msg = f"{shown(value)} is neither a text nor a whole number"
    raise UnitError(msg, remedy=forms)


def written_reps(target: RepTarget) -> str:
    """Return repetitions as `reps_of` reads them."""
    if target.to_failure:
        return f"{target.low}+"
    return f"{target.low}" if target.low == target.high else f"{target.low}-{target.high}"


def written_hold(hold: HoldRange) -> str:
    """Return the seconds of a hold as `hold_of` reads them."""
    return f"{hold.low}s" if hold.low == hold.high else f"{hold.low}-{hold.high}s"


def written_duration(seconds: int) -> str:
    """Return a span of time as `duration_of` reads it."""
    minutes, rest = divmod(seconds, 60)
    if seconds < 120 and rest:
        return f"{seconds}s"
    return (f"{minutes}min" if minutes else "") + (f"{rest}s" if rest or not minutes else "")


def written_load(load: Load, unit: Unit) -> str:
    """Return a load in `unit`, or in the other one where only there it is a round number.

    Five pounds in a routine of kilograms stay five pounds.
    """
    other = Unit.LB if unit is Unit.KG else Unit.KG
    return load.written(unit if _is_round(load, unit) or not _is_round(load, other) else other)


def _is_round(load: Load, unit: Unit) -> bool:
    value = load.to(unit)
    return value * 4 % 1 == 0 and Load.of(value, unit) == load


def written_load_rule(rule: LoadRule, unit: Unit) -> str:
    """Return how a block is loaded as `load_rule_of` reads it, loads in `unit`."""
    match rule:
        case PercentLoad(percent):
            return f"{plain(percent):f}%"
        case FixedLoad(load):
            return written_load(load, unit)
        case RpeLoad(rpe):
            return f"RPE {plain(rpe.value):f}"
        case BodyweightLoad(added):
            return f"bodyweight+{written_load(added, unit)}" if added.grams else "bodyweight"
