"""Rules of reps and load: double progression, linear progression, and the body first."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from voicecoach.training.advice import Advice, Figures, Reason
from voicecoach.training.exercise import Implement
from voicecoach.training.loading import nearest_loadable, next_above, plus
from voicecoach.training.progression.streaks import MISSES_TO_RESET, STALLS_TO_RESET, stall_after
from voicecoach.training.progression.trained import Trained
from voicecoach.units import Load

EASY_STEP = Load.lb(5)
"""What a last set that felt easy adds at least."""

EASY_AT_TOP_STEP = Load.lb(10)
"""What it adds at least when every set reached the top besides."""

RESET_PERCENT = 10
"""What comes off at the third miss or stall in a row.

M. Rippetoe, Starting Strength, and StrongLifts 5x5 alike.
"""


def double(trained: Trained) -> Advice | None:
    """First more reps, to the top of the range with every set; then more load.

    Where three sessions in a row at one load bring not a rep more, a tenth
    comes off. What the rule `bodyweight` does besides is to hang the first
    plate on a body that has become light.
    """
    at_top = trained.is_whole and trained.weakest >= trained.high
    figures = trained.figures(trained.high)
    if at_top or trained.felt_easy:
        return _heavier(trained, figures, at_top=at_top)
    if not trained.is_whole:
        return trained.sets_missing(figures)
    figures = replace(figures, reached=trained.at_top, weakest=trained.weakest)
    stall = stall_after(trained)
    if stall is not None and stall.sessions >= STALLS_TO_RESET and not trained.is_unloaded:
        figures = replace(figures, stalls=stall.sessions)
        return _reset(trained, Reason.STALLED, figures)
    return trained.advice(Reason.TOP_NOT_REACHED, figures, trained.kept)


def linear(trained: Trained) -> Advice | None:
    """More load after every success; the third miss in a row takes a tenth off."""
    figures = trained.figures(trained.low)
    if not trained.fell_short:
        if not trained.is_whole:
            return trained.sets_missing(figures)
        step = max(trained.step, EASY_STEP) if trained.felt_easy else trained.step
        return _raised(trained, figures, step, Reason.TARGET_REACHED)
    misses = trained.standing.misses + 1
    figures = replace(figures, misses=misses)
    if misses < MISSES_TO_RESET or trained.is_unloaded:
        return trained.advice(Reason.TARGET_MISSED, figures, trained.kept)
    return _reset(trained, Reason.THIRD_MISS, figures)


def _heavier(trained: Trained, figures: Figures, *, at_top: bool) -> Advice | None:
    step = trained.step
    reason = Reason.TOP_REACHED
    if trained.felt_easy:
        step = max(step, EASY_AT_TOP_STEP if at_top else EASY_STEP)
        reason = Reason.TOP_REACHED_EASILY if at_top else Reason.FELT_EASY
    if not at_top:
        figures = replace(figures, reached=trained.at_top)
    return _raised(trained, figures, step, reason)


def _raised(trained: Trained, figures: Figures, step: Load, reason: Reason) -> Advice | None:
    """Return advice to lift `step` more, or the nearest to it that is more at all."""
    before = trained.load
    if trained.implement is Implement.BODYWEIGHT and trained.is_unloaded:
        return _first_plate(trained, figures, step, reason)
    if before is None:
        return None  # it was trained with a load that nobody named
    wanted = plus(before, step, trained.equipment.unit)
    after = max(trained.nearest(wanted), next_above(before, trained.implement, trained.equipment))
    if after <= before:
        return trained.advice(Reason.HEAVIEST_REACHED, figures, before)
    return trained.advice(reason, figures, after)


def _first_plate(trained: Trained, figures: Figures, step: Load, reason: Reason) -> Advice:
    """Return advice for a body that has become light: add a plate, or be told that one could."""
    added = next_above(Load(0), Implement.PLATE, trained.equipment)
    added = max(added, nearest_loadable(step, Implement.PLATE, trained.equipment))
    if trained.progress.rule == "bodyweight" and added:
        return trained.advice(reason, figures, added)
    return trained.advice(Reason.READY_FOR_LOAD, replace(figures, added=added), trained.load)


def _reset(trained: Trained, reason: Reason, figures: Figures) -> Advice:
    figures = replace(figures, percent=Decimal(RESET_PERCENT))
    return trained.advice(reason, figures, trained.lighter(trained.load or Load(0), RESET_PERCENT))
