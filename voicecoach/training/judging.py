"""What the log says of a block: where the athlete stands, and what follows for today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum
from itertools import islice

from voicecoach.errors import PlanError
from voicecoach.training.advice import Advice
from voicecoach.training.away import days_between, percent_off, time_away
from voicecoach.training.exercise import Exercise, Variation
from voicecoach.training.loading import Equipment
from voicecoach.training.maximum import Maximum, after_time_away
from voicecoach.training.past import Past, Session
from voicecoach.training.performance import PerformedSet
from voicecoach.training.prescription import (
    Away,
    HoldTarget,
    RepTarget,
    Rung,
    Standing,
    Wave,
)
from voicecoach.training.progression import waves
from voicecoach.training.progression.rules import advise, standing_after
from voicecoach.training.progression.shares import raised_first
from voicecoach.training.progression.trained import Trained
from voicecoach.training.routine import Block, PercentLoad, RpeLoad
from voicecoach.units import Load

MOST_SESSIONS = 40
"""Of a block, the latest: what is older has no say in a streak or a wave."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What follows from the log for one block.

    `sessions` are those of the block, the first one first; `advice` is what
    the last of them says of today. `standing` is where the athlete stands
    now, `maximum` the one-rep maximum where loads go by it, `away` the time
    away until now where it was long.
    """

    standing: Standing
    maximum: Maximum
    sessions: tuple[Trained, ...] = ()
    advice: Advice | None = None
    away: Away | None = None


class LoadSource(Enum):
    """Where the load of a block comes from."""

    NONE = "none"  # nothing is lifted beyond the body
    ASKED = "asked"  # nothing is known: the athlete will be asked
    NAMED = "named"  # the athlete named it beforehand
    ADVICE = "advice"  # the rule, of the last session
    MAXIMUM = "maximum"  # a share of the one-rep maximum
    WAVE = "wave"  # shares of a training maximum
    WRITTEN = "written"  # the routine names it
    LAST = "last"  # it is the last one there was


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """Judges blocks by a past; `named` are maxima that win over what sets show."""

    past: Past
    equipment: Equipment
    now: datetime | None = None
    named: Mapping[str, Load] = field(default_factory=dict)

    def judge(
        self,
        block: Block,
        exercise: Exercise,
        variation: Variation | None,
        next_rung: Rung | None = None,
    ) -> Judgement:
        """Return what the log says of a block in its form of today."""
        latest = islice(self.past.sessions(block, exercise, variation), MOST_SESSIONS)
        sessions = tuple(reversed(tuple(latest)))
        standing = Standing(
            percent=block.load.percent if isinstance(block.load, PercentLoad) else None,
            rpe=block.load.rpe if isinstance(block.load, RpeLoad) else None,
            hold=block.hold,
            next_rung=next_rung,
        )
        trained: list[Trained] = []
        for sets in sessions:
            if trained:
                days = self.past.days_away(exercise, trained[-1].sets[-1].at, sets[0].at)
                standing = _rested(standing, days, self.equipment)
            if block.progress.rule == "percent" and sets is sessions[-1]:
                known = self._maximum(block, exercise, variation, until=sets[0].at)
                standing = _by_maximum(standing, known)
            trained.append(self.trained(block, exercise, variation, sets, standing))
            standing = standing_after(trained[-1])
        # It is followed through all there is, so only where a load follows from it.
        goes_by_it = isinstance(block.load, PercentLoad | RpeLoad) or block.progress.in_waves
        maximum = self._maximum(block, exercise, variation) if goes_by_it else Maximum()
        pause = self._away(exercise, self.past.last_trained(exercise))
        if pause is not None:  # earlier ones the maximum knows of
            maximum = after_time_away(maximum, pause.days)
        away = self._away(exercise, self.past.last_in_form(exercise, variation))
        if away is not None:
            standing = _rested(standing, away.days, self.equipment)
        return Judgement(
            standing=self._today(block, exercise, standing, maximum),
            maximum=maximum,
            sessions=tuple(trained),
            advice=advise(trained[-1]) if trained else None,
            away=away,
        )

    def trained(
        self,
        block: Block,
        exercise: Exercise,
        variation: Variation | None,
        sets: Session,
        standing: Standing,
    ) -> Trained:
        """Return one session of the past as a rule looks at it."""
        return Trained(
            exercise=exercise.id,
            variation=variation.id if variation else None,
            implement=exercise.implement_for(variation),
            lower_body=exercise.lower_body,
            prescribed=block.sets,
            target=_aimed(block, sets[-1]),
            progress=block.progress,
            standing=standing,
            equipment=self.equipment,
            sets=tuple(sets),
        )

    def _maximum(
        self,
        block: Block,
        exercise: Exercise,
        variation: Variation | None,
        until: datetime | None = None,
    ) -> Maximum:
        """Return the maximum that the loads of a block go by, as of the start of a session."""
        percent = block.load.percent if isinstance(block.load, PercentLoad) else None

        def raised(first: Maximum, sets: Session) -> Maximum:
            standing = Standing(percent=percent)
            return raised_first(first, self.trained(block, exercise, variation, sets, standing))

        return self.past.maximum(block, exercise, variation, raised=raised, until=until)

    def _away(self, exercise: Exercise, since: datetime | None) -> Away | None:
        """Return the longest time away since an instant, where it means to begin lighter."""
        if since is None or self.now is None:
            return None
        return time_away(self.past.days_away(exercise, since, self.now))

    def _today(
        self, block: Block, exercise: Exercise, standing: Standing, maximum: Maximum
    ) -> Standing:
        """Return where the athlete stands today, by the maximum that was named or shown."""
        named = self.named.get(exercise.id)
        if block.progress.rule == "percent":
            standing = _by_maximum(standing, maximum)
        standing = replace(standing, one_rep_max=named or maximum.load)
        if block.progress.in_waves:
            standing = replace(standing, wave=self._wave(standing, named))
        weeks = block.progress.retest_weeks
        if weeks and self.now is not None and maximum.tested is not None:
            days = 7 * weeks - days_between(maximum.tested, self.now)
            standing = replace(standing, retest_days=days)
        return standing

    def _wave(self, standing: Standing, named: Load | None) -> Wave | None:
        """Return the week due, of a training maximum begun with where there is none yet."""
        known, unit = standing.wave, self.equipment.unit
        maximum = named or standing.one_rep_max
        if (known is None or named) and maximum:
            week = known.week if known else waves.FIRST_WEEK
            return Wave(week, waves.training_max_of(maximum, unit))
        return known


def _rested(standing: Standing, days: int, equipment: Equipment) -> Standing:
    """Return where the athlete stands after so many days away: streaks are over, waves lower."""
    percent = percent_off(days)
    if not percent:
        return standing
    wave = standing.wave and Wave(
        waves.FIRST_WEEK, waves.lowered(standing.wave.training_max, percent, equipment.unit)
    )
    return replace(standing, misses=0, missed_max=None, stall=None, wave=wave)


def _by_maximum(standing: Standing, maximum: Maximum) -> Standing:
    return replace(
        standing,
        one_rep_max=maximum.load,
        misses=maximum.misses,
        missed_max=maximum.missed,
        full_max=maximum.full,
    )


def first_target(block: Block) -> RepTarget | HoldTarget:
    """Return the target a block begins with: the range of reps, or the shortest hold.

    Raises:
        PlanError: the block has neither.
    """
    if block.hold is not None:
        return HoldTarget(block.hold.low)
    if block.reps is None:
        msg = f"the block of {block.exercise} has neither reps nor a hold"
        raise PlanError(msg, remedy='write reps = "4-6"')
    return block.reps


def _aimed(block: Block, performed: PerformedSet) -> RepTarget | HoldTarget:
    """Return what a set of the past was to reach.

    A hold as it was prescribed, within the range; in a wave its own reps.
    """
    if block.progress.in_waves and performed.low:
        return RepTarget(performed.low, performed.low)
    if block.hold is None or performed.high is None:
        return first_target(block)
    return HoldTarget(min(max(performed.high, block.hold.low), block.hold.high))
