"""How quantities are written in routines and on the command line: `4-6`, `85%`, `2min30s`.

Each reader takes a value as TOML gives it, text or a number, and raises
UnitError with the forms it knows where the value is none of them.
"""

from __future__ import annotations

import re
from decimal import Decimal

from voicecoach.errors import UnitError, shown
from voicecoach.training.prescription import Drops, HoldRange, RepTarget, Warmup, WarmupStep
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
MOST_WEEKS = 104
MOST_LOAD = Load.kg(1000)
MOST_PERCENT = 120  # partial lifts and supramaximal holds, not typing errors
SHORTEST_INTERVAL_S, LONGEST_INTERVAL_S = 10, 600
SHORTEST_AMRAP_S = 60
MOST_ROUNDS = 50  # of an AMRAP: more than anyone does in an hour
MOST_WARMUPS = 8
MOST_WARMUP_REPS = 20
MOST_WARMUP_PERCENT = 95
MOST_DROPS = 5
LEAST_DROP_PERCENT, MOST_DROP_PERCENT = 5, 50

_NUMBER = r"\d{1,5}(?:\.\d{1,2})?"
_REPS = re.compile(r"(\d{1,5})(?:\s*-\s*(\d{1,5})|(\+))?")
_LOAD = re.compile(rf"({_NUMBER})\s*(kgs?|kilos?|lbs?|pounds?)", re.IGNORECASE)
_PERCENT = re.compile(rf"({_NUMBER})\s*%")
_RPE = re.compile(rf"rpe\s*({_NUMBER})", re.IGNORECASE)
_BODYWEIGHT = re.compile(r"bodyweight(?:\s*\+\s*(.+))?", re.IGNORECASE)
_DURATION = re.compile(
    r"(?=.)(?:(\d{1,5})\s*min(?:ute)?s?)?\s*(?:(\d{1,5})\s*s(?:ec(?:ond)?s?)?)?", re.IGNORECASE
)
_WEEKS = re.compile(r"(\d{1,3})(?:\s*weeks?)?")
_STEP_SECONDS = re.compile(r"(\d{1,5})\s*s")
_WARMUP = re.compile(
    rf"(?:bar|({_NUMBER})\s*%|({_NUMBER}\s*(?:kg|lbs?)))\s*[x×]\s*(\d{{1,3}})", re.IGNORECASE
)
_DROPS = re.compile(rf"(\d{{1,2}})(?:\s+by\s+({_NUMBER})\s*%)?(\s+each)?", re.IGNORECASE)
_HOLD = re.compile(r"(?:(\d{1,5})\s*-\s*)?(\d{1,5})\s*s")

REPS_FORMS = 'write 5, "4-6", or "5+" for as many as you can'
LOAD_FORMS = 'write "85%", "100kg", "225lb", "RPE 8", "bodyweight" or "bodyweight+10kg"'
WEEKS_FORMS = 'write 8 or "8 weeks"'
DURATION_FORMS = 'write "90s", "3min" or "2min30s"'
HOLD_FORMS = 'write "20s" or "15-30s"'
INTERVAL_FORMS = 'write "60s" or "90s": from the start of a set to the start of the next'
AMRAP_FORMS = 'write "8min": for how long the rounds go on'
WARMUP_FORMS = 'write "auto", or as ["bar x10", "40% x5", "60kg x3"]'
DROPS_FORMS = 'write 2, "2 by 20%", or "2 by 20% each" for drops after every set'
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
    load = Load.of(Decimal(match[1]), Unit.KG if match[2][0] in "kK" else Unit.LB)
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


def weeks_of(value: object) -> int:
    """Read a number of weeks: `8`, `"8 weeks"`."""
    weeks = int(_match(_WEEKS, value, WEEKS_FORMS)[1])
    if not 1 <= weeks <= MOST_WEEKS:
        msg = f"{shown(value)} is not within 1 and {MOST_WEEKS} weeks"
        raise UnitError(msg, remedy=WEEKS_FORMS)
    return weeks


def hold_of(value: object) -> HoldRange:
    """Read the seconds of a hold: `"20s"`, or `"15-30s"` to grow within."""
    match = _match(_HOLD, value, HOLD_FORMS)
    high = int(match[2])
    low = int(match[1] or high)
    if not 1 <= low <= high <= MOST_SECONDS:
        msg = f"{shown(value)} is not a range within 1 and {MOST_SECONDS} seconds"
        raise UnitError(msg, remedy=HOLD_FORMS)
    return HoldRange(low, high)


def interval_of(value: object) -> int:
    """Read the seconds from the start of a set to the start of the next: `"60s"`."""
    seconds = duration_of(value)
    if not SHORTEST_INTERVAL_S <= seconds <= LONGEST_INTERVAL_S:
        limits = f"{SHORTEST_INTERVAL_S} seconds and {LONGEST_INTERVAL_S // 60} minutes"
        msg = f"{shown(value)} is not within {limits}"
        raise UnitError(msg, remedy=INTERVAL_FORMS)
    return seconds


def amrap_of(value: object) -> int:
    """Read the seconds that rounds go on for: `"8min"`."""
    seconds = duration_of(value)
    if seconds < SHORTEST_AMRAP_S:
        msg = f"{shown(value)} is too short for rounds: a minute is the least"
        raise UnitError(msg, remedy=AMRAP_FORMS)
    return seconds


def warmup_of(value: object) -> Warmup:
    """Read warm-up sets: `"auto"`, or `["bar x10", "40% x5"]`, percent of the working load."""
    if isinstance(value, str) and value.strip().lower() == "auto":
        return Warmup()
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, list) or not 1 <= len(parts) <= MOST_WARMUPS:
        msg = f"{shown(value)} is not a list of 1 to {MOST_WARMUPS} warm-up sets"
        raise UnitError(msg, remedy=WARMUP_FORMS)
    return Warmup(tuple(_warmup_step(part) for part in parts))


def _warmup_step(value: object) -> WarmupStep:
    match = _match(_WARMUP, value, WARMUP_FORMS)
    reps, percent = int(match[3]), Decimal(match[1] or 0)  # the bar is as little as can be
    if not 1 <= reps <= MOST_WARMUP_REPS or percent > MOST_WARMUP_PERCENT:
        limits = f"{MOST_WARMUP_PERCENT}% of the working load or {MOST_WARMUP_REPS} reps"
        msg = f"{shown(value)} warms nobody up: it is none, or more than {limits}"
        raise UnitError(msg, remedy=WARMUP_FORMS)
    if match[2]:
        return WarmupStep(reps=reps, load=load_of(match[2]))
    return WarmupStep(reps=reps, percent=percent)


def drops_of(value: object) -> Drops:
    """Read drop sets: `2` after the last set, each a fifth lighter, or `"2 by 25% each"`."""
    match = _match(_DROPS, value, DROPS_FORMS)
    count, percent = int(match[1]), Decimal(match[2]) if match[2] else Drops(count=1).percent
    if not 1 <= count <= MOST_DROPS or not LEAST_DROP_PERCENT <= percent <= MOST_DROP_PERCENT:
        limits = f"{MOST_DROPS} drops by {LEAST_DROP_PERCENT}% to {MOST_DROP_PERCENT}%"
        msg = f"{shown(value)} is not 1 to {limits}"
        raise UnitError(msg, remedy=DROPS_FORMS)
    return Drops(count=count, percent=percent, after_each=bool(match[3]))


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


def written_load_rule(rule: LoadRule, unit: Unit) -> str:
    """Return how a block is loaded as `load_rule_of` reads it, loads in `unit`."""
    match rule:
        case PercentLoad(percent):
            return f"{plain(percent):f}%"
        case FixedLoad(load):
            return load.told(unit)
        case RpeLoad(rpe):
            return f"RPE {plain(rpe.value):f}"
        case BodyweightLoad(added):
            return f"bodyweight+{added.told(unit)}" if added.grams else "bodyweight"


def written_warmup(warmup: Warmup, unit: Unit) -> tuple[str, ...]:
    """Return each warm-up set as `warmup_of` reads it; none where they are as is usual."""
    return tuple(f"{_written_share(step, unit)} x{step.reps}" for step in warmup.steps)


def _written_share(step: WarmupStep, unit: Unit) -> str:
    if step.load is not None:
        return step.load.told(unit)
    return f"{plain(step.percent):f}%" if step.percent else "bar"


def written_drops(drops: Drops) -> str:
    """Return drop sets as `drops_of` reads them."""
    usual = drops.percent == Drops(count=1).percent
    by = "" if usual else f" by {plain(drops.percent):f}%"
    return f"{drops.count}{by}{' each' if drops.after_each else ''}"
