"""Rules of holds and of exercises that lead to one another."""

from __future__ import annotations

from dataclasses import replace

from voicecoach.training.advice import Advice, Reason
from voicecoach.training.prescription import HoldTarget
from voicecoach.training.progression.reps import double
from voicecoach.training.progression.streaks import MISSES_TO_RESET
from voicecoach.training.progression.trained import Trained

USUAL_STEP_S = 5


def hold(trained: Trained) -> Advice | None:
    """Longer by a step once every set was held for the target, to the end of the range.

    Where a set fell short for the third time in a row, the target goes back a step.
    """
    figures = trained.figures(trained.high)
    if trained.fell_short:
        misses = trained.standing.misses + 1
        figures = replace(figures, weakest=trained.weakest, misses=misses)
        shorter = max(trained.high - _step_s(trained), _shortest(trained))
        if misses < MISSES_TO_RESET or shorter >= trained.high:
            return trained.advice(Reason.HOLD_SHORT, figures, trained.kept)
        advice = trained.advice(Reason.HOLD_STALLED, figures, trained.kept)
        return replace(advice, target=HoldTarget(shorter))
    if not trained.is_whole:
        return trained.sets_missing(figures)
    longest = trained.standing.hold.high if trained.standing.hold else trained.high
    if trained.high >= longest:
        return trained.advice(Reason.HOLD_AT_TOP, figures, trained.kept)
    longer = min(trained.high + _step_s(trained), longest)
    advice = trained.advice(Reason.HOLD_REACHED, figures, trained.kept)
    return replace(advice, target=HoldTarget(longer))


def ladder(trained: Trained) -> Advice | None:
    """Master a rung, then take the next; within a rung, longer or more."""
    rung = trained.standing.next_rung
    if rung is not None and has_mastered(trained):
        return Advice(
            exercise=rung.exercise,
            variation=rung.variation,
            target=rung.target,
            load=None,
            reason=Reason.RUNG_MASTERED,
            figures=replace(trained.figures(trained.high), mastered=trained.exercise),
        )
    return hold(trained) if isinstance(trained.target, HoldTarget) else double(trained)


def has_mastered(trained: Trained) -> bool:
    """Tell whether every set reached the top of what this exercise is trained to."""
    top = trained.standing.hold.high if trained.standing.hold else trained.high
    return trained.is_whole and trained.weakest >= top


def _step_s(trained: Trained) -> int:
    return trained.progress.step_s or USUAL_STEP_S


def _shortest(trained: Trained) -> int:
    return trained.standing.hold.low if trained.standing.hold else trained.high
