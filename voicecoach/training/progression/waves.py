"""J. Wendler's 5/3/1: waves of four weeks around a training maximum.

The training maximum is nine tenths of the one-rep maximum. Three weeks rise,
each to a last set of as many reps as possible; the fourth is easy. Then the
training maximum goes up by a step, five pounds for the upper body and ten for
the lower, however many reps the last sets had. Where a last set falls short
of its reps a tenth comes off, and the wave begins anew (5/3/1, 2009).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_DOWN, Decimal

from voicecoach.training import strength
from voicecoach.training.advice import Advice, Figures, Reason
from voicecoach.training.exercise import Implement
from voicecoach.training.loading import Equipment, nearest_loadable, plus
from voicecoach.training.maximum import best_max
from voicecoach.training.performance import PerformedSet
from voicecoach.training.prescription import RepTarget, SetPrescription, Wave
from voicecoach.training.progression.trained import Trained, amount_of
from voicecoach.units import Load, Unit

SETS = 3
FIRST_WEEK, EASY_WEEK = 1, 4
TRAINING_MAX_PERCENT = Decimal(90)
RESET_PERCENT = 10

SHARES = {1: (65, 75, 85), 2: (70, 80, 90), 3: (75, 85, 95), 4: (40, 50, 60)}
"""Percent of the training maximum, by week, for the first set, the second and the third."""

REPS = {
    1: (RepTarget(5, 5), RepTarget(5, 5), RepTarget(5, 5, to_failure=True)),
    2: (RepTarget(3, 3), RepTarget(3, 3), RepTarget(3, 3, to_failure=True)),
    3: (RepTarget(5, 5), RepTarget(3, 3), RepTarget(1, 1, to_failure=True)),
    4: (RepTarget(5, 5), RepTarget(5, 5), RepTarget(5, 5)),
}

TARGETS = frozenset((one.low, one.high) for sets in REPS.values() for one in sets)
"""The fewest and the most reps that a set of the rule can have been for."""

GRID = {Unit.KG: Decimal("2.5"), Unit.LB: Decimal(5)}
"""What a training maximum is rounded to."""

EASY_RATIO = Decimal("1.4")
"""From the first set to the last the load grows by half in the easy week, by a third in others."""


def wave(trained: Trained) -> Advice | None:
    """The next week of the wave; after the easy one a step more, after a miss a tenth less."""
    now = wave_of(trained)
    if now is None:
        return None
    top = trained.sets[-1]
    figures = replace(
        trained.figures(trained.low),
        reached=amount_of(top),
        one_rep_max=best_max(trained.sets),
        before=trained.load or None,
        training_max=now.training_max,
    )
    if now.week and not _is_done(trained, now):
        missing = replace(figures, prescribed=trained.prescribed, reached=None, week=now.week)
        return _advice(trained, Reason.SETS_MISSING, replace(missing, sets=len(trained.sets)), now)
    after = wave_after(trained)
    assert after is not None  # noqa: S101  # as `now` is not
    figures = replace(figures, training_max=after.training_max, week=after.week)
    if not now.week:
        return _advice(trained, Reason.WAVE_TRIED, figures, after)
    if after.training_max < now.training_max:
        weakest = min(amount_of(one) for one in _short(trained))
        figures = replace(figures, weakest=weakest, percent=Decimal(RESET_PERCENT))
        return _advice(trained, Reason.WAVE_LOWERED, figures, after)
    if now.week == EASY_WEEK:
        figures = replace(figures, added=trained.step)
        return _advice(trained, Reason.WAVE_RAISED, figures, after)
    figures = replace(figures, percent=Decimal(SHARES[after.week][-1]))
    reason = Reason.WAVE_EASY if after.week == EASY_WEEK else Reason.WAVE_NEXT
    return _advice(trained, reason, figures, after)


def wave_after(trained: Trained) -> Wave | None:
    """Return where the lift stands after a session; None where no load says so yet."""
    unit = trained.equipment.unit
    now = wave_of(trained)
    if now is None or (now.week and not _is_done(trained, now)):
        return now
    if not now.week:
        return Wave(FIRST_WEEK, now.training_max)
    if now.week != EASY_WEEK and _short(trained):
        return Wave(FIRST_WEEK, lowered(now.training_max, RESET_PERCENT, unit))
    if now.week == EASY_WEEK:
        return Wave(FIRST_WEEK, plus(now.training_max, trained.step, unit))
    return Wave(now.week + 1, now.training_max)


def training_max_of(maximum: Load, unit: Unit) -> Load:
    """Return the training maximum to begin with, for someone who lifts `maximum` once."""
    return _on_grid(strength.part_of(maximum, TRAINING_MAX_PERCENT), unit)


def lowered(training_max: Load, percent: int, unit: Unit) -> Load:
    """Return a training maximum less so many percent."""
    return _on_grid(strength.part_of(training_max, Decimal(100 - percent)), unit)


def wave_sets(
    wave: Wave | None, implement: Implement, equipment: Equipment
) -> tuple[SetPrescription, ...]:
    """Return the three sets of a week; without loads, where no maximum is known."""
    if wave is None or wave.week not in SHARES:
        return tuple(SetPrescription(target=target) for target in REPS[FIRST_WEEK])
    return tuple(
        SetPrescription(
            target=target,
            load=nearest_loadable(
                strength.part_of(wave.training_max, Decimal(share)), implement, equipment
            ),
        )
        for target, share in zip(REPS[wave.week], SHARES[wave.week], strict=True)
    )


def wave_of(trained: Trained) -> Wave | None:
    """Return the week and the training maximum that a session was done by.

    It is the one that was due where its loads are those lifted, else one of
    which they are; else the lifter chose others, and the one that was due
    stands if it is near, or the one that fits best. Loads that are all alike
    are a trial. None where there is no load.
    """
    sets, due, unit = trained.sets, trained.standing.wave, trained.equipment.unit
    loads = [one.load for one in sets if one.load]
    if not loads:
        return None
    if due is not None and _asked(sets) <= _lows(due.week) and _worst(trained, due) == 0:
        return due
    if len(sets) > 1 and len(set(loads)) == 1:
        maximum = best_max(sets)
        return None if maximum is None else Wave(0, training_max_of(maximum, unit))
    week = _week_of(sets)
    if due is not None and due.week == EASY_WEEK and week == FIRST_WEEK:
        week = min((FIRST_WEEK, EASY_WEEK), key=lambda n: _total(trained, replace(due, week=n)))
    best = min(
        _near(trained, week),
        key=lambda one: (_total(trained, one), _from_due(one, due), one.training_max),
    )
    grid = Load.of(GRID[unit], unit).grams
    as_due = due and replace(due, week=week)
    if as_due and _total(trained, best) > 0 and _worst(trained, as_due) <= grid:
        return as_due
    return best


def _near(trained: Trained, week: int) -> list[Wave]:
    """Return the training maxima that the loads of a session may come from."""
    unit, shares = trained.equipment.unit, SHARES[week]
    shown = [
        one.load.to(unit) * 100 / share
        for one, share in zip(trained.sets, shares, strict=False)
        if one.load
    ]
    lowest, highest = int(min(shown) / GRID[unit]) - 2, int(max(shown) / GRID[unit]) + 3
    return [
        Wave(week, Load.of(GRID[unit] * steps, unit)) for steps in range(max(lowest, 0), highest)
    ]


def _from_due(wave: Wave, due: Wave | None) -> int:
    return abs(wave.training_max.grams - due.training_max.grams) if due else 0


def _advice(trained: Trained, reason: Reason, figures: Figures, after: Wave) -> Advice:
    """Return advice for the last set of the week to come."""
    top = wave_sets(after, trained.implement, trained.equipment)[-1]
    return replace(trained.advice(reason, figures, top.load), target=top.target)


def _asked(sets: Sequence[PerformedSet]) -> set[int]:
    """Return the reps that sets were to reach at least, as far as that is known."""
    return {one.low for one in sets if one.low is not None}


def _lows(week: int) -> set[int]:
    return {one.low for one in REPS.get(week, ())}


def _week_of(sets: Sequence[PerformedSet]) -> int:
    """Return the week by what was asked for; the first and the easy one by how the loads grow."""
    asked = _asked(sets)
    if 3 in asked:
        return 3 if asked & {1, 5} else 2
    if 1 in asked:
        return 3
    loads = [one.load.grams for one in sets if one.load]
    return EASY_WEEK if Decimal(loads[-1]) / loads[0] > EASY_RATIO else FIRST_WEEK


def _is_done(trained: Trained, now: Wave) -> bool:
    """Tell whether the week's last set was done, and so the week."""
    return len(trained.sets) >= SETS and trained.sets[-1].low in (None, REPS[now.week][-1].low)


def _short(trained: Trained) -> list[PerformedSet]:
    """Return the sets that had fewer reps than they were to reach."""
    return [one for one in trained.sets if one.low is not None and amount_of(one) < one.low]


def _off(trained: Trained, wave: Wave) -> list[int]:
    """Return how far each load lifted is from that of a wave, in grams."""
    made = wave_sets(wave, trained.implement, trained.equipment)
    return [
        abs(one.load.grams - asked.load.grams)
        for one, asked in zip(trained.sets, made, strict=False)
        if one.load and asked.load
    ]


def _worst(trained: Trained, wave: Wave) -> int:
    return max(_off(trained, wave), default=0)


def _total(trained: Trained, wave: Wave) -> int:
    return sum(_off(trained, wave))


def _on_grid(load: Load, unit: Unit) -> Load:
    steps = (load.to(unit) / GRID[unit]).quantize(Decimal(1), ROUND_HALF_DOWN)
    return Load.of(steps * GRID[unit], unit)
