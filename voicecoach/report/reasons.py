"""Why an exercise is trained as it is, for people and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime
from decimal import Decimal
from enum import Enum
from itertools import groupby
from typing import Any

from voicecoach.language.advice import advice_sentence
from voicecoach.training import notation
from voicecoach.training.advice import Advice, Figures
from voicecoach.training.judging import LoadSource
from voicecoach.training.maximum import Maximum, shown_max
from voicecoach.training.performance import PerformedSet
from voicecoach.training.prescription import HoldTarget, SetPrescription
from voicecoach.training.reasoning import EarlierSession, Reasoning, Verdict, WeighedSet
from voicecoach.units import Load, Rpe, Unit

SCHEMA = "voicecoach.why/1"
FORMULA = "epley"

VERDICTS = {
    Verdict.COUNTED: "counts",
    Verdict.LIGHTER: "lighter than the heaviest, which is judged",
    Verdict.WARMUP: "warm-up, never counts",
    Verdict.DROP: "drop set, never counts",
    Verdict.FAILURE: "set to failure, never counts",
    Verdict.PAIN: "it hurt, so it does not count",
    Verdict.OPEN: "no number was said",
    Verdict.VOIDED: "undone, as if it never was",
    Verdict.OTHER_ROUTINE: "of another routine",
    Verdict.OTHER_FORM: "another variation",
    Verdict.OTHER_AIM: "for another range of reps",
}

SOURCES = {
    LoadSource.NONE: "no load: the body alone",
    LoadSource.ASKED: "nothing is known yet, so the coach will ask for the load",
    LoadSource.NAMED: "the load you named",
    LoadSource.ADVICE: "the load that the rule gives",
    LoadSource.MAXIMUM: "a share of your one-rep maximum",
    LoadSource.WAVE: "shares of your training max",
    LoadSource.WRITTEN: "the load that the routine names",
    LoadSource.LAST: "the load you used last",
}


def why_text(reasoning: Reasoning, unit: Unit) -> str:
    """Return the chain of reasoning as lines for a terminal, loads in `unit`."""
    return "\n".join(_lines(reasoning, unit))


def _lines(one: Reasoning, unit: Unit) -> Iterator[str]:
    name = one.exercise.called(one.variation)
    yield f"{name[:1].upper()}{name[1:]}, workout {one.workout}: {_planned(one.sets, unit)}"
    if one.advice is not None:
        sentence = advice_sentence(one.advice, "", unit)
        yield f"  the coach says  {sentence}  ({one.advice.reason.value})"
    step = _step(one, unit)
    yield f"  rule            {one.rule.rule}{f', by {step}' if step else ''}: {one.about}"
    yield f"  load            {SOURCES[one.source]}"
    if one.away is not None:
        yield (
            f"  time away       {one.away.days} days without this exercise take"
            f" {one.away.percent} % off"
        )
    if one.wave is not None:
        yield f"  training max    {one.wave.training_max.told(unit)}, week {one.wave.week} of 4"
    yield from _maximum_lines(one, unit)
    if one.weighed:
        yield f"  it follows from {_day(one.weighed[0].performed.at)}"
        yield from (f"    {_weighed(each, unit)}" for each in one.weighed)
    else:
        yield "  no session of this routine tells of it yet"
    for day, sets in groupby(one.passed_over, key=lambda each: each.performed.at.date()):
        yield f"  not looked at   {day:%A} {day.day} {day:%B %Y}"
        yield from (f"    {_weighed(each, unit)}" for each in sets)
    if one.earlier:
        yield "  before that"
        yield from (f"    {_session(each, unit)}" for each in one.earlier)


def _maximum_lines(one: Reasoning, unit: Unit) -> Iterator[str]:
    if one.named_max is not None:
        yield f"  maximum         {one.named_max.told(unit)}, as you named it"
        return
    maximum = one.maximum
    if maximum is None or maximum.load is None:
        return
    yield f"  maximum         about {maximum.load.to(unit):.1f}{unit.value}{_shown(maximum, unit)}"
    if maximum.full is not None:
        yield f"{'':18}{maximum.full.to(unit):.1f}{unit.value} before; good sessions win it back"


def _shown(maximum: Maximum, unit: Unit) -> str:
    shown_by = maximum.shown_by
    if maximum.is_measured and maximum.tested is not None:
        return f", as it was tested on {maximum.tested:%Y-%m-%d}"
    if shown_by is None:
        return " after time away" if maximum.full else ", lowered by misses since it was shown"
    if maximum.percent is not None:
        formula = f"of which it is {maximum.percent:f} %"
        return f", from {_done(shown_by, unit)} on {shown_by.at:%Y-%m-%d}, {formula}"
    formula = "as it was lifted" if shown_by.reps == 1 else "by Epley"
    return f" {formula}, from {_done(shown_by, unit)} on {shown_by.at:%Y-%m-%d}"


def _planned(sets: tuple[SetPrescription, ...], unit: Unit) -> str:
    """Return the working sets in short: `3 x 4-6 at 100kg`."""
    parts = []
    for one, group in groupby(sets):
        load = f" at {one.load.told(unit)}" if one.load else ""
        match one.target:
            case HoldTarget(seconds):
                what = f"{seconds}s"
            case reps:
                what = notation.written_reps(reps)
        parts.append(f"{len(list(group))} x {what}{load}")
    return ", ".join(parts)


def _step(one: Reasoning, unit: Unit) -> str:
    if one.rule.step_s is not None:
        return f"{one.rule.step_s}s"
    return one.rule.step_load.told(unit) if one.rule.step_load else ""


def _weighed(one: WeighedSet, unit: Unit) -> str:
    performed = one.performed
    marks = [VERDICTS[one.verdict]]
    if one.verdict.counts and performed.effort:
        marks.append(f"felt {performed.effort}")
    if one.verdict.counts and performed.rpe:
        marks.append(f"RPE {performed.rpe.value:f}")
    return f"set {performed.number:<2}  {_done(performed, unit):<14}  {', '.join(marks)}"


def _done(performed: PerformedSet, unit: Unit) -> str:
    amount = f"{performed.hold_s}s" if performed.hold_s is not None else f"{performed.reps}"
    if performed.reps is None and performed.hold_s is None:
        amount = "?"
    return f"{amount} x {performed.load.told(unit)}" if performed.load else amount


def _session(one: EarlierSession, unit: Unit) -> str:
    load = f" at {one.load.told(unit)}" if one.load else ""
    short = "  fell short" if one.fell_short else ""
    return f"{one.at:%Y-%m-%d}  {', '.join(map(str, one.amounts))}{load}{short}"


def _day(at: datetime) -> str:
    return f"{at:%A} {at.day} {at:%B %Y}"


def why_json(routine: str, reasonings: tuple[Reasoning, ...], unit: Unit) -> dict[str, Any]:
    """Return chains of reasoning as their JSON, schema `voicecoach.why/1`; loads in kilograms."""
    return {
        "schema": SCHEMA,
        "routine": routine,
        "reasonings": [_as_json(one, unit) for one in reasonings],
    }


def _as_json(one: Reasoning, unit: Unit) -> dict[str, Any]:
    return {
        "workout": one.workout,
        "exercise": one.exercise.id,
        "variation": one.variation.id if one.variation else None,
        "sets": [_planned_json(each) for each in one.sets],
        "load_from": one.source.value,
        "rule": {
            "name": one.rule.rule,
            "about": one.about,
            "step_kg": _kg(one.rule.step_load),
            "step_s": one.rule.step_s,
            "retest_weeks": one.rule.retest_weeks,
        },
        "advice": one.advice and _advice_json(one.advice, unit),
        "judged": [_weighed_json(each) for each in one.weighed],
        "not_looked_at": [_weighed_json(each) for each in one.passed_over],
        "earlier": [
            {
                "at": each.at.isoformat(timespec="seconds"),
                "load_kg": _kg(each.load),
                "amounts": list(each.amounts),
                "fell_short": each.fell_short,
            }
            for each in one.earlier
        ],
        "maximum": _maximum_json(one),
        "wave": one.wave and {"week": one.wave.week, "training_max_kg": _kg(one.wave.training_max)},
        "away": one.away and {"days": one.away.days, "percent": one.away.percent},
    }


def _planned_json(one: SetPrescription) -> dict[str, Any]:
    match one.target:
        case HoldTarget(seconds):
            aim: dict[str, Any] = {"reps": None, "hold_seconds": seconds}
        case reps:
            aim = {"reps": notation.written_reps(reps), "hold_seconds": None}
    return aim | {"load_kg": _kg(one.load)}


def _advice_json(advice: Advice, unit: Unit) -> dict[str, Any]:
    figures = {
        field.name: _plain(getattr(advice.figures, field.name))
        for field in fields(Figures)
        if getattr(advice.figures, field.name) is not None
    }
    return {
        "reason": advice.reason.value,
        "sentence": advice_sentence(advice, "", unit),
        "figures": figures,
    }


def _plain(value: object) -> object:
    """Return a figure as JSON has it: loads in kilograms."""
    match value:
        case Load():
            return _kg(value)
        case Rpe():
            return float(value.value)
        case Decimal():
            return float(value)
        case Enum():
            return value.value
        case _:
            return value


def _weighed_json(one: WeighedSet) -> dict[str, Any]:
    performed = one.performed
    return {
        "id": performed.id,
        "at": performed.at.isoformat(timespec="seconds"),
        "set": performed.number,
        "reps": performed.reps,
        "hold_seconds": performed.hold_s,
        "load_kg": _kg(performed.load),
        "counts": one.verdict.counts,
        "verdict": one.verdict.value,
    }


def _maximum_json(one: Reasoning) -> dict[str, Any] | None:
    if one.named_max is not None:
        return {"load_kg": _kg(one.named_max), "from": "named", "formula": None, "set": None}
    if one.maximum is None:
        return None
    shown_by = one.maximum.shown_by
    return {
        "load_kg": _kg(one.maximum.load),
        "from": _origin(one.maximum),
        "formula": FORMULA if shown_by and one.maximum.percent is None else None,
        "percent": _plain(one.maximum.percent),
        "before_time_away_kg": _kg(one.maximum.full),
        "set": shown_by
        and {
            "id": shown_by.id,
            "at": shown_by.at.isoformat(timespec="seconds"),
            "reps": shown_by.reps,
            "load_kg": _kg(shown_by.load),
            "shows_kg": _kg(shown_max(shown_by)),
        },
    }


def _origin(maximum: Maximum) -> str:
    if maximum.is_measured:
        return "test"
    return "set" if maximum.shown_by else "lowered"


def _kg(load: Load | None) -> float | None:
    return None if load is None else load.grams / 1000
