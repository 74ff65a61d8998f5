"""One exercise of one session, as a rule of progression looks at it.

Warm-ups and sets that hurt never count, so a rule never sees them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from voicecoach.training.advice import Advice, Figures, Reason
from voicecoach.training.exercise import Implement
from voicecoach.training.loading import Equipment, at_most, minus_percent, nearest_loadable
from voicecoach.training.performance import PerformedSet
from voicecoach.training.prescription import (
    HoldTarget,
    ProgressRule,
    RepTarget,
    SetKind,
    Standing,
)
from voicecoach.units import Load, Unit

USUAL_STEP = {Unit.KG: (Load.kg("2.5"), Load.kg(5)), Unit.LB: (Load.lb(5), Load.lb(10))}
"""Where a routine names no step: for the upper and for the lower body."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """One exercise of one session.

    `sets` are those that count, in order, at least one of them. `standing` is
    where the athlete stood before.
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
        """Whether the athlete called the last set at the load easy, and none fell short."""
        return self.at_load[-1].effort == "easy" and not self.fell_short

    @property
    def felt_hard(self) -> bool:
        """Whether the athlete called the last set at the load hard."""
        return self.at_load[-1].effort == "hard"

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

    @property
    def fell_short(self) -> bool:
        """Whether a set at the full load had fewer reps or seconds than are enough."""
        return self.weakest < self.low

    @property
    def succeeded(self) -> bool:
        """Whether every set that was prescribed had reps or seconds enough, at the full load."""
        return self.is_whole and not self.fell_short

    @property
    def in_all(self) -> int:
        """The reps or seconds of the prescribed sets at the full load, together."""
        return sum(amount_of(one) for one in self.at_load[: self.prescribed])

    @property
    def step(self) -> Load:
        """What is added at a time."""
        usual = USUAL_STEP[self.equipment.unit][self.lower_body]
        return self.progress.step_load or usual

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

    def sets_missing(self, figures: Figures) -> Advice:
        """Return advice to do the same again, as too few sets counted."""
        figures = replace(figures, prescribed=self.prescribed)
        return self.advice(Reason.SETS_MISSING, figures, self.kept)

    @property
    def kept(self) -> Load | None:
        """The load again, as near to it as can be made."""
        return None if self.load is None else self.nearest(self.load)

    def nearest(self, load: Load) -> Load:
        """Return the load nearest to `load` that can be made."""
        return nearest_loadable(load, self.implement, self.equipment)

    def lighter(self, load: Load, percent: int) -> Load:
        """Return `load` less `percent`, rounded down to what can be made, or the lightest."""
        wanted = minus_percent(load, percent, self.equipment.unit)
        return at_most(wanted, self.implement, self.equipment)


def counts(performed: PerformedSet) -> bool:
    """Tell whether a set counts for progress: a working set with a number, without pain."""
    amount = performed.reps if performed.hold_s is None else performed.hold_s
    return performed.kind is SetKind.WORKING and not performed.pain and amount is not None


def amount_of(performed: PerformedSet) -> int:
    """Return the reps, or the seconds held, of a set that counts."""
    return (performed.hold_s if performed.reps is None else performed.reps) or 0
