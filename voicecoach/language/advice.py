"""Advice in one sentence: what to do next time, and why."""

from __future__ import annotations

from voicecoach.language.numbers import spoken, spoken_duration
from voicecoach.language.prompts import bare_load, counted, load_in_words
from voicecoach.training.advice import Advice, Figures, Reason
from voicecoach.training.prescription import Away, HoldTarget
from voicecoach.units import Load, Unit

ORDINALS = {2: "second", 3: "third"}

OF_THE_MAXIMUM = frozenset(
    {Reason.PERCENT_OF_MAX, Reason.MAX_RAISED, Reason.MAX_LOWERED, Reason.RETEST_DUE}
)
"""Reasons for which the load is a share of the maximum."""

EASY_WEEK = 4
"""Of a wave of 5/3/1, the last."""


def advice_sentence(advice: Advice, name: str, unit: Unit, *, mastered: str = "") -> str:
    """Return `advice` for the exercise called `name` as the coach says it, loads in `unit`.

    Without a name the sentence is about the exercise just done. `mastered` is
    the spoken name of the exercise left behind, where the advice is to climb
    on to the one called `name`.
    """
    if advice.reason is Reason.RUNG_MASTERED:
        return _climbed(advice, name, mastered)
    because = _because(advice, unit)
    subject = f"{name}: " if name else ""
    return _sentence(f"{subject}{because}, so next time {_so(advice, unit)}")


def away_sentence(away: Away) -> str:
    """Return why an exercise begins lighter today: after how long without it, and by how much."""
    weeks = away.days // 7
    span = counted(weeks, "week") if weeks >= 4 else counted(away.days, "day")
    return _sentence(f"{span} without it, so today {spoken(away.percent)} percent lighter")


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _climbed(advice: Advice, name: str, mastered: str) -> str:
    left = f"you have mastered the {mastered or _plain(advice.figures.mastered or '')}"
    return _sentence(f"{left}, so next time comes the {name or _plain(advice.exercise)}")


def _plain(exercise: str) -> str:
    return exercise.replace("-", " ")


def _because(advice: Advice, unit: Unit) -> str:
    figures = advice.figures
    reached = f"{_all(figures.sets, 'set')} reached {spoken(figures.aim)}"
    if figures.reached is not None and figures.reached < figures.sets:
        reached = "the last set felt easy"
    match advice.reason:
        case Reason.TOP_REACHED | Reason.READY_FOR_LOAD | Reason.TARGET_REACHED | Reason.FELT_EASY:
            return reached
        case Reason.TOP_REACHED_EASILY:
            return f"{reached} and the last felt easy"
        case Reason.HEAVIEST_REACHED:
            return f"{reached} and nothing heavier can be loaded"
        case Reason.TOP_NOT_REACHED:
            if not figures.reached:
                return f"no set reached {spoken(figures.aim)}"
            share = f"only {spoken(figures.reached)} of {counted(figures.sets, 'set')}"
            return f"{share} reached {spoken(figures.aim)}"
        case Reason.SETS_MISSING:
            return (
                f"only {spoken(figures.sets)} of {counted(figures.prescribed or 0, 'set')} counted"
            )
        case Reason.TARGET_MISSED:
            misses = figures.misses or 1
            again = "" if misses < 2 else f" for the {ORDINALS.get(misses, 'third')} time"
            return f"a set fell short of {spoken(figures.aim)}{again}"
        case Reason.THIRD_MISS:
            percent = spoken(figures.percent or 0)
            return (
                f"a set fell short of {spoken(figures.aim)} for the third time in a row"
                f" and {percent} percent comes off"
            )
        case Reason.STALLED:
            nth = ORDINALS.get(figures.stalls or 0, "third")
            off = f"{spoken(figures.percent or 0)} percent comes off"
            return f"not a rep more came for the {nth} time in a row and {off}"
        case Reason.FELT_HARD:
            return "the last set felt hard"
        case Reason.TOO_HARD:
            return f"a set ended at {spoken(figures.weakest or 0)} and the last one felt hard"
        case Reason.PERCENT_OF_MAX | Reason.EXERTION | Reason.WAVE_TRIED:
            return _best_single(figures, unit)
        case Reason.MAX_RAISED:
            best = f"your best single at about {_about(figures.one_rep_max, unit)}"
            return f"{reached}, which puts {best}"
        case Reason.MAX_LOWERED:
            best = f"a best single of about {_about(figures.one_rep_max, unit)}"
            return f"a third miss in a row shows {best}"
        case Reason.RETEST_DUE:
            return f"your best single was tested {counted(figures.weeks or 0, 'week')} ago"
        case Reason.WAVE_NEXT | Reason.WAVE_EASY:
            done = f"{spoken(figures.reached or 0)} at {_load(figures.before, unit)}"
            verb = "shows" if figures.reached == 1 else "show"
            return f"{done} {verb} a best single of about {_about(figures.one_rep_max, unit)}"
        case Reason.WAVE_RAISED:
            added = load_in_words(figures.added, unit) if figures.added else "nothing"
            return f"the wave is over and {added} go on the training max"
        case Reason.WAVE_LOWERED:
            off = f"{spoken(figures.percent or 0)} percent comes off the training max"
            return f"a set ended at {spoken(figures.weakest or 0)} and {off}"
        case Reason.HOLD_REACHED:
            return f"{_all(figures.sets, 'hold')} lasted {spoken_duration(figures.aim)}"
        case Reason.HOLD_SHORT:
            return f"a hold ended at {spoken_duration(figures.weakest or 0)}"
        case Reason.HOLD_STALLED:
            short = spoken_duration(figures.weakest or 0)
            return f"a hold ended at {short}, the third time in a row one fell short"
        case Reason.HOLD_AT_TOP:
            lasted = f"lasted {spoken_duration(figures.aim)}"
            return f"{_all(figures.sets, 'hold')} {lasted}, the longest asked for"
        case Reason.RUNG_MASTERED:
            raise AssertionError(advice.reason)  # has a sentence of its own, above


def _so(advice: Advice, unit: Unit) -> str:
    """Return what is to be done next time."""
    load = advice.load or None
    if advice.reason is Reason.READY_FOR_LOAD:
        added = advice.figures.added
        return "try for more reps" + (f", or add {load_in_words(added, unit)}" if added else "")
    if isinstance(advice.target, HoldTarget):
        seconds = advice.target.seconds
        at = f" at {_load(load, unit)}" if load else ""
        return f"{spoken_duration(seconds)}{at}{_again(seconds == advice.figures.aim)}"
    if not load:
        return "the body alone" if advice.figures.before else "the same again"
    figures = advice.figures
    if figures.week is not None:
        again = _again(advice.reason is Reason.SETS_MISSING)
        return f"comes {_week(figures.week)}{again}, up to {_load(load, unit)}"
    if advice.reason in OF_THE_MAXIMUM:
        share = f"{spoken(figures.percent or 0)} percent of it, {_load(load, unit)}"
        return f"test it anew, or take {share}" if advice.reason is Reason.RETEST_DUE else share
    if figures.before is None:
        return f"add {load_in_words(load, unit)}"  # to the body
    at = f", at R P E {spoken(figures.rpe.value)}" if figures.rpe else ""
    return f"{_load(load, unit)}{_again(load == figures.before)}{at}"


def _week(week: int) -> str:
    return "the easy week" if week == EASY_WEEK else f"week {spoken(week)}"


def _best_single(figures: Figures, unit: Unit) -> str:
    return f"your best single is about {_about(figures.one_rep_max, unit)}"


def _again(same: bool) -> str:
    return " again" if same else ""


def _all(count: int, noun: str) -> str:
    if count == 1:
        return f"the {noun}"
    return f"both {noun}s" if count == 2 else f"all {counted(count, noun)}"


def _about(maximum: Load | None, unit: Unit) -> str:
    """Return an estimate in words: it is no better than whole units."""
    return spoken(round(maximum.to(unit))) if maximum else "nothing"


def _load(load: Load | None, unit: Unit) -> str:
    return bare_load(load, unit) if load else "nothing"
