"""Rules that take a share of the maximum: by percent, or by exertion."""

from __future__ import annotations

from dataclasses import replace

from voicecoach.training import strength
from voicecoach.training.advice import Advice, Reason
from voicecoach.training.maximum import MISSES_TO_LOWER, Maximum, maximum_after, tests_maximum
from voicecoach.training.prescription import Standing
from voicecoach.training.progression.trained import Trained


def percent(trained: Trained) -> Advice | None:
    """A share of the one-rep maximum, which good sets raise and three misses in a row lower.

    Where the routine wants the maximum tested every so often, the advice says
    when that is due.
    """
    share = trained.standing.percent
    before = maximum_before(trained.standing)
    after = maximum_after(before, trained.sets)
    if after.load is None or share is None:
        return None
    figures = replace(trained.figures(trained.high), percent=share, one_rep_max=after.load)
    load = trained.nearest(strength.part_of(after.load, share))
    if before.misses + 1 >= MISSES_TO_LOWER and trained.fell_short and _lowered(before, after):
        figures = replace(figures, misses=before.misses + 1)
        return trained.advice(Reason.MAX_LOWERED, figures, load)
    due = trained.standing.retest_days
    tested = any(tests_maximum(one, before.load) for one in trained.sets)
    if due is not None and due <= 0 and not tested:
        weeks = (trained.progress.retest_weeks or 0) - due // 7
        return trained.advice(Reason.RETEST_DUE, replace(figures, weeks=weeks), load)
    return trained.advice(Reason.PERCENT_OF_MAX, figures, load)


def rpe(trained: Trained) -> Advice | None:
    """The load that brings the top of the range to the exertion aimed at.

    No lighter than the last, where every set reached its reps without more
    exertion than was aimed at.
    """
    aimed = trained.standing.rpe
    shown = [
        strength.max_from(one.load, one.reps, one.rpe)
        for one in trained.sets
        if one.load and one.reps and one.rpe
    ]
    if aimed is None or not shown:
        return None
    maximum = max(shown)
    load = trained.nearest(strength.load_for(maximum, trained.high, aimed))
    as_aimed = all(one.rpe is None or one.rpe <= aimed for one in trained.at_load)
    if as_aimed and trained.is_whole and not trained.fell_short and trained.kept:
        load = max(load, trained.kept)
    figures = replace(trained.figures(trained.high), one_rep_max=maximum, rpe=aimed)
    return trained.advice(Reason.EXERTION, figures, load)


def maximum_before(standing: Standing) -> Maximum:
    """Return the maximum a session began with."""
    return Maximum(
        load=standing.one_rep_max,
        misses=standing.misses,
        missed=standing.missed_max,
        full=standing.full_max,
    )


def _lowered(before: Maximum, after: Maximum) -> bool:
    return before.load is not None and after.load is not None and after.load < before.load
