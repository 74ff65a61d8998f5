"""What a last set that felt hard changes of what a rule advises."""

from __future__ import annotations

from dataclasses import replace

from voicecoach.training.advice import Advice, Reason
from voicecoach.training.loading import next_above, next_below
from voicecoach.training.prescription import HoldTarget
from voicecoach.training.progression.trained import Trained, amount_of
from voicecoach.units import Load

HARD_STEP = Load.lb(5)
"""What a last set that felt hard takes off where a set fell short."""

HARD_ALL_SHORT_STEP = Load.lb(10)
"""What it takes off where every set did."""


def heeded(advice: Advice, trained: Trained) -> Advice:
    """Return `advice`, no heavier or longer where the last set felt hard, and lighter after a miss.

    The mirror of a set that felt easy: 5 to 10 pounds. What success has
    earned is held back for once, never taken away.
    """
    before = trained.load
    if not trained.felt_hard or advice.reason in (Reason.RUNG_MASTERED, Reason.READY_FOR_LOAD):
        return advice
    if isinstance(advice.target, HoldTarget):
        if advice.target.seconds <= trained.high:
            return advice
        figures = replace(advice.figures, weakest=trained.weakest)
        return trained.advice(Reason.FELT_HARD, figures, trained.kept)
    if before is None or advice.load is None:
        return advice
    if not trained.fell_short:
        if advice.load <= before:
            return advice
        figures = replace(advice.figures, reached=trained.at_top, weakest=trained.weakest)
        return trained.advice(Reason.FELT_HARD, figures, min(advice.load, _no_less(trained)))
    if trained.is_unloaded or advice.load < before:
        return advice
    step = HARD_ALL_SHORT_STEP if _all_fell_short(trained) else HARD_STEP
    wanted = trained.nearest(Load(max(0, before.grams - step.grams)))
    below = next_below(before, trained.implement, trained.equipment)
    figures = replace(advice.figures, weakest=trained.weakest)
    return trained.advice(Reason.TOO_HARD, figures, min(wanted, below))


def _no_less(trained: Trained) -> Load:
    """Return the lightest load that can be made and is not below the one lifted."""
    before = trained.load or Load(0)
    kept = trained.nearest(before)
    if kept >= before:
        return kept
    return next_above(before, trained.implement, trained.equipment)


def _all_fell_short(trained: Trained) -> bool:
    return all(amount_of(one) < trained.low for one in trained.at_load)
