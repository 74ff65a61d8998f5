"""Advice in one sentence: what to do next time, and why."""

from __future__ import annotations

from voicecoach.language.numbers import spoken, spoken_duration
from voicecoach.training.advice import Advice, Reason
from voicecoach.training.prescription import HoldTarget, RepTarget
from voicecoach.units import Load, Unit

ORDINALS = {1: "first", 2: "second", 3: "third"}


def advice_sentence(advice: Advice, name: str, unit: Unit, *, mastered: str = "") -> str:
    """Return `advice` for the exercise called `name` as the coach says it, loads in `unit`.

    `mastered` is the spoken name of the exercise left behind, where the
    advice is to climb on to another.
    """
    because = _because(advice, unit, mastered)
    return f"{name[:1].upper()}{name[1:]}: {because}, so {_so(advice, unit)}."


def _because(advice: Advice, unit: Unit, mastered: str) -> str:
    figures = advice.figures
    sets = _all_sets(figures.sets)
    match advice.reason:
        case Reason.TOP_REACHED | Reason.READY_FOR_LOAD | Reason.TARGET_REACHED:
            return f"{sets} reached {spoken(figures.aim)}"
        case Reason.TOP_REACHED_EASILY:
            return f"{sets} reached {spoken(figures.aim)} and the last felt easy"
        case Reason.FELT_EASY:
            return "the last set felt easy"
        case Reason.HEAVIEST_REACHED:
            return f"{sets} reached {spoken(figures.aim)} and nothing heavier can be loaded"
        case Reason.TOP_NOT_REACHED:
            reached = figures.reached or 0
            share = "none" if not reached else spoken(reached)
            return f"{share} of {_sets(figures.sets)} reached {spoken(figures.aim)}"
        case Reason.SETS_MISSING:
            return f"{spoken(figures.sets)} of {_sets(figures.prescribed or 0)} counted"
        case Reason.TARGET_MISSED:
            misses = figures.misses or 1
            return f"a set fell short of {spoken(figures.aim)}{_times(misses)}"
        case Reason.THIRD_MISS:
            percent = spoken(figures.percent or 0)
            times = ORDINALS.get(figures.misses or 3, "third")
            return f"a set fell short for the {times} time in a row, {percent} percent come off"
        case Reason.PERCENT_OF_MAX:
            maximum = _load(figures.one_rep_max, unit)
            percent = spoken(figures.percent or 0)
            return f"your best single is reckoned at {maximum}, and you work at {percent} percent"
        case Reason.EXERTION:
            maximum = _load(figures.one_rep_max, unit)
            wanted = spoken(figures.rpe.value) if figures.rpe else ""
            return f"your best single is reckoned at {maximum}, and R P E {wanted} is wanted"
        case Reason.HOLD_REACHED:
            return f"{sets} held {spoken_duration(figures.aim)}"
        case Reason.HOLD_SHORT:
            return f"a hold ended at {spoken_duration(figures.weakest or 0)}"
        case Reason.HOLD_AT_TOP:
            return f"{sets} held {spoken_duration(figures.aim)}, the longest asked for"
        case Reason.RUNG_MASTERED:
            return f"you have mastered the {mastered or 'last exercise'}"


def _so(advice: Advice, unit: Unit) -> str:
    """Return what is to be done next time."""
    if advice.reason is Reason.READY_FOR_LOAD:
        added = advice.figures.added
        extra = f", or hang {_load(added, unit)} from a belt" if added else ""
        return f"next time aim higher{extra}"
    load = advice.load
    if advice.reason is Reason.RUNG_MASTERED:
        return "next time comes this one"
    if load is not None and load.grams:
        again = load == advice.figures.before
        return f"next time {_load(load, unit)}{' again' if again else ''}"
    match advice.target:
        case HoldTarget(seconds):
            again = seconds == advice.figures.aim
            return f"next time {spoken_duration(seconds)}{' again' if again else ''}"
        case RepTarget():
            return "next time the same again"


def _all_sets(count: int) -> str:
    if count == 1:
        return "the set"
    return "both sets" if count == 2 else f"all {_sets(count)}"


def _sets(count: int) -> str:
    return f"{spoken(count)} set{'' if count == 1 else 's'}"


def _times(misses: int) -> str:
    return "" if misses < 2 else f" for the {ORDINALS.get(misses, 'third')} time"


def _load(load: Load | None, unit: Unit) -> str:
    return spoken(load.to(unit)) if load is not None else "nothing"
