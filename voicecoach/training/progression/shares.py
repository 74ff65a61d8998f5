"""Rules that take a share of the maximum: by percent, or by exertion."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_CEILING

from voicecoach.training import strength
from voicecoach.training.advice import Advice, Reason
from voicecoach.training.maximum import MISSES_TO_LOWER, Maximum, maximum_after, tests_maximum
from voicecoach.training.prescription import Standing
from voicecoach.training.progression.trained import Trained
from voicecoach.units import Load


def percent(trained: Trained) -> Advice | None:
    """A share of the one-rep maximum, which good sets raise and three misses in a row lower.

    Where the routine wants the maximum tested every so often, the advice says
    when that is due.
    """
    share = trained.standing.percent
    before = maximum_before(trained.standing)
    after = maximum_after_session(trained)
    if after.load is None or share is None:
        return None
    figures = replace(trained.figures(trained.high), percent=share, one_rep_max=after.load)
    load = trained.nearest(strength.part_of(after.load, share))
    if after.percent is not None:
        return trained.advice(Reason.MAX_RAISED, replace(figures, aim=trained.low), load)
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
    if as_aimed and trained.succeeded and trained.kept:
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


def maximum_after_session(trained: Trained) -> Maximum:
    """Return the maximum a session leaves: what it shows, or what its first load is a share of."""
    before = maximum_before(trained.standing)
    after = maximum_after(before, trained.sets)
    return raised_first(after, trained) if before.load is None else after


def raised_first(first: Maximum, trained: Trained) -> Maximum:
    """Return the first maximum there is, raised where its share is less than what went well.

    A formula takes a few reps for all that could be done: three at 60 kg show
    66, of which 85 percent are 55. Yet 60 was lifted as the work of the day,
    for which 85 percent were asked, so the maximum is taken for 71.
    """
    share = trained.standing.percent
    if share is None or first.load is None or not trained.load or not trained.succeeded:
        return first
    if trained.nearest(strength.part_of(first.load, share)) >= trained.load:
        return first
    grams = (trained.load.grams * 100 / share).to_integral_value(ROUND_CEILING)
    return replace(first, load=Load(int(grams)), shown_by=trained.at_load[0], percent=share)


def _lowered(before: Maximum, after: Maximum) -> bool:
    return before.load is not None and after.load is not None and after.load < before.load
