"""How the next load or target follows from the last sets: one small function a rule.

A rule judges what counted of the last session of an exercise. Warm-ups and
sets that hurt never count, so a rule never sees them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from voicecoach.training import strength
from voicecoach.training.advice import Advice, Figures, Reason
from voicecoach.training.exercise import Implement
from voicecoach.training.loading import (
    Equipment,
    at_most,
    minus_percent,
    nearest_loadable,
    next_above,
    plus,
)
from voicecoach.training.performance import PerformedSet
from voicecoach.training.prescription import (
    HoldTarget,
    ProgressRule,
    RepTarget,
    SetKind,
    Standing,
)
from voicecoach.units import Load, Unit

EASY_STEP = Load.lb(5)
"""What a last set that felt easy adds at least."""

EASY_AT_TOP_STEP = Load.lb(10)
"""What it adds at least when every set reached the top besides."""

USUAL_STEP = {Unit.KG: (Load.kg("2.5"), Load.kg(5)), Unit.LB: (Load.lb(5), Load.lb(10))}
"""Where a routine names no step: for the upper and for the lower body."""

USUAL_STEP_S = 5
MISSES_TO_RESET = 3
RESET_PERCENT = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """One exercise of one session, as a rule looks at it.

    `sets` are those that count, in order, at least one of them.
    """

    exercise: str
    variation: str | None
    implement: Implement
    lower_body: bool
    prescribed: int
    target: RepTarget | HoldTarget
    progress: ProgressRule
    standing: Standing
    equipment: Equipment
    sets: tuple[PerformedSet, ...]

    @property
    def load(self) -> Load | None:
        """The heaviest load that counted: what the exercise was trained with."""
        return max((one.load for one in self.sets if one.load is not None), default=None)

    @property
    def at_load(self) -> tuple[PerformedSet, ...]:
        """The sets at that load; lighter ones do not speak for it."""
        load = self.load
        if load is None or not load.grams:
            return self.sets
        return tuple(one for one in self.sets if one.load == load)

    @property
    def is_unloaded(self) -> bool:
        """Whether nothing was lifted beyond the body, or nobody named it."""
        return self.load is None or not self.load.grams

    @property
    def felt_easy(self) -> bool:
        """Whether the athlete called the last set easy, and no set fell short."""
        return self.sets[-1].effort == "easy" and self.weakest >= self.low

    @property
    def low(self) -> int:
        """The reps or seconds that are enough."""
        return self.target.seconds if isinstance(self.target, HoldTarget) else self.target.low

    @property
    def high(self) -> int:
        """The reps or seconds to grow to before anything gets heavier."""
        return self.target.seconds if isinstance(self.target, HoldTarget) else self.target.high

    @property
    def weakest(self) -> int:
        """The fewest reps or seconds of a set at the full load."""
        return min(amount_of(one) for one in self.at_load)

    @property
    def at_top(self) -> int:
        """How many sets at the full load came to the top."""
        return sum(amount_of(one) >= self.high for one in self.at_load)

    @property
    def is_whole(self) -> bool:
        """Whether as many sets counted at the full load as were prescribed."""
        return len(self.at_load) >= self.prescribed

    def figures(self, aim: int) -> Figures:
        """Return the figures that every reason carries, and the load lifted."""
        before = None if self.is_unloaded else self.load
        return Figures(sets=len(self.at_load), aim=aim, before=before)

    def advice(self, reason: Reason, figures: Figures, load: Load | None) -> Advice:
        """Return advice to train this exercise again with the same target."""
        return Advice(
            exercise=self.exercise,
            variation=self.variation,
            target=self.target,
            load=load,
            reason=reason,
            figures=figures,
        )


def counts(performed: PerformedSet) -> bool:
    """Tell whether a set counts for progress: a working set with a number, without pain."""
    amount = performed.reps if performed.hold_s is None else performed.hold_s
    return performed.kind is SetKind.WORKING and not performed.pain and amount is not None


def amount_of(performed: PerformedSet) -> int:
    """Return the reps, or the seconds held, of a set that counts."""
    return (performed.hold_s if performed.reps is None else performed.reps) or 0


def advise(trained: Trained) -> Advice | None:
    """Return what to do next time, by the rule of `trained`; None where it has nothing to say."""
    return RULES[trained.progress.rule].advise(trained)


def misses_after(trained: Trained) -> int:
    """Return how many sessions in a row have missed their target, this one included.

    The third leads to a lighter load, from which the count begins anew. A
    session cut short, in which no set fell short, says nothing either way.
    """
    if _fell_short(trained):
        return (trained.standing.misses + 1) % MISSES_TO_RESET
    return 0 if trained.is_whole else trained.standing.misses


def misses_in(sessions: Iterable[Trained]) -> int:
    """Return the same of `sessions`, the latest first; those before a success are not looked at."""
    missed = 0
    for trained in sessions:
        if _fell_short(trained):
            missed += 1
        elif trained.is_whole:
            break
    return missed % MISSES_TO_RESET


def best_max(sets: Iterable[PerformedSet]) -> Load | None:
    """Return the greatest one-rep maximum that any of `sets` shows, or None."""
    shown = (
        strength.estimated_max(one.load, one.reps)
        for one in sets
        if counts(one) and one.load and one.load.grams and one.reps
    )
    return max(shown, default=None)


# The rules


def _none(_: Trained) -> None:
    return None


def _double(trained: Trained) -> Advice | None:
    """First more reps, to the top of the range with every set; then more load."""
    at_top = trained.is_whole and trained.weakest >= trained.high
    figures = trained.figures(trained.high)
    if at_top or trained.felt_easy:
        return _heavier(trained, figures, at_top=at_top)
    if not trained.is_whole:
        return _sets_missing(trained, figures)
    figures = replace(figures, reached=trained.at_top, weakest=trained.weakest)
    return trained.advice(Reason.TOP_NOT_REACHED, figures, _kept(trained))


def _heavier(trained: Trained, figures: Figures, *, at_top: bool) -> Advice | None:
    step = _step(trained)
    reason = Reason.TOP_REACHED
    if trained.felt_easy:
        step = max(step, EASY_AT_TOP_STEP if at_top else EASY_STEP)
        reason = Reason.TOP_REACHED_EASILY if at_top else Reason.FELT_EASY
    if not at_top:
        figures = replace(figures, reached=trained.at_top)
    return _raised(trained, figures, step, reason)


def _linear(trained: Trained) -> Advice | None:
    """More load after every success; the third miss in a row takes a tenth off."""
    figures = trained.figures(trained.low)
    if not _fell_short(trained):
        if not trained.is_whole:
            return _sets_missing(trained, figures)
        step = max(_step(trained), EASY_STEP) if trained.felt_easy else _step(trained)
        return _raised(trained, figures, step, Reason.TARGET_REACHED)
    misses = trained.standing.misses + 1
    figures = replace(figures, misses=misses)
    if misses < MISSES_TO_RESET or trained.load is None or trained.is_unloaded:
        return trained.advice(Reason.TARGET_MISSED, figures, _kept(trained))
    lighter = minus_percent(trained.load, RESET_PERCENT, trained.equipment.unit)
    figures = replace(figures, percent=Decimal(RESET_PERCENT))
    load = at_most(lighter, trained.implement, trained.equipment)
    return trained.advice(Reason.THIRD_MISS, figures, load)


def _percent(trained: Trained) -> Advice | None:
    """A share of the one-rep maximum, which good sets raise."""
    known = (trained.standing.one_rep_max, best_max(trained.sets))
    maximum = max((one for one in known if one is not None), default=None)
    percent = trained.standing.percent
    if maximum is None or percent is None:
        return None
    load = _nearest(trained, strength.part_of(maximum, percent))
    figures = replace(trained.figures(trained.high), percent=percent, one_rep_max=maximum)
    return trained.advice(Reason.PERCENT_OF_MAX, figures, load)


def _rpe(trained: Trained) -> Advice | None:
    """The load that brings the top of the range to the exertion aimed at."""
    aimed = trained.standing.rpe
    shown = [
        strength.max_from(one.load, one.reps, one.rpe)
        for one in trained.sets
        if one.load and one.load.grams and one.reps and one.rpe
    ]
    if aimed is None or not shown:
        return None
    maximum = max(shown)
    load = _nearest(trained, strength.load_for(maximum, trained.high, aimed))
    figures = replace(trained.figures(trained.high), one_rep_max=maximum, rpe=aimed)
    return trained.advice(Reason.EXERTION, figures, load)


def _hold(trained: Trained) -> Advice | None:
    """Longer by a step once every set was held for the target, to the end of the range."""
    figures = trained.figures(trained.high)
    if not trained.is_whole:
        return _sets_missing(trained, figures)
    if trained.weakest < trained.high:
        figures = replace(figures, weakest=trained.weakest)
        return trained.advice(Reason.HOLD_SHORT, figures, _kept(trained))
    longest = trained.standing.hold.high if trained.standing.hold else trained.high
    if trained.high >= longest:
        return trained.advice(Reason.HOLD_AT_TOP, figures, _kept(trained))
    longer = min(trained.high + (trained.progress.step_s or USUAL_STEP_S), longest)
    advice = trained.advice(Reason.HOLD_REACHED, figures, _kept(trained))
    return replace(advice, target=HoldTarget(longer))


def _ladder(trained: Trained) -> Advice | None:
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
    return _hold(trained) if isinstance(trained.target, HoldTarget) else _double(trained)


def has_mastered(trained: Trained) -> bool:
    """Tell whether every set reached the top of what this exercise is trained to."""
    top = trained.standing.hold.high if trained.standing.hold else trained.high
    return trained.is_whole and trained.weakest >= top


# What the rules share


def _fell_short(trained: Trained) -> bool:
    return trained.weakest < trained.low


def _sets_missing(trained: Trained, figures: Figures) -> Advice:
    figures = replace(figures, prescribed=trained.prescribed)
    return trained.advice(Reason.SETS_MISSING, figures, _kept(trained))


def _step(trained: Trained) -> Load:
    usual = USUAL_STEP[trained.equipment.unit][trained.lower_body]
    return trained.progress.step_load or usual


def _raised(trained: Trained, figures: Figures, step: Load, reason: Reason) -> Advice | None:
    """Return advice to lift `step` more, or the nearest to it that is more at all."""
    before = trained.load
    if trained.implement is Implement.BODYWEIGHT and trained.is_unloaded:
        added = next_above(Load(0), Implement.PLATE, trained.equipment)
        added = max(added, nearest_loadable(step, Implement.PLATE, trained.equipment))
        figures = replace(figures, added=added)
        return trained.advice(Reason.READY_FOR_LOAD, figures, before)
    if before is None:
        return None  # it was trained with a load that nobody named
    wanted = plus(before, step, trained.equipment.unit)
    after = max(
        nearest_loadable(wanted, trained.implement, trained.equipment),
        next_above(before, trained.implement, trained.equipment),
    )
    if after <= before:
        return trained.advice(Reason.HEAVIEST_REACHED, figures, before)
    return trained.advice(reason, figures, after)


def _kept(trained: Trained) -> Load | None:
    """Return the load again, as near to it as can be made."""
    return None if trained.load is None else _nearest(trained, trained.load)


def _nearest(trained: Trained, load: Load) -> Load:
    return nearest_loadable(load, trained.implement, trained.equipment)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule of progression: its function, and what it can judge."""

    advise: Callable[[Trained], Advice | None]
    reps: bool = False
    holds: bool = False


RULES: dict[str, Rule] = {
    "none": Rule(advise=_none, reps=True, holds=True),
    "double": Rule(advise=_double, reps=True),
    "linear": Rule(advise=_linear, reps=True),
    "percent": Rule(advise=_percent, reps=True),
    "rpe": Rule(advise=_rpe, reps=True),
    "hold": Rule(advise=_hold, holds=True),
    "ladder": Rule(advise=_ladder, reps=True, holds=True),
}
"""Every rule by the name a routine gives it."""
