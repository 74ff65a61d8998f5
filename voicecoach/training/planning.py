"""From a routine and the log to the workout of the day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from difflib import get_close_matches

from voicecoach.errors import PlanError
from voicecoach.training import strength
from voicecoach.training.exercise import Exercise, Implement, Variation
from voicecoach.training.judging import Judge, Judgement, LoadSource, first_target
from voicecoach.training.loading import Equipment, at_most, minus_percent, nearest_loadable
from voicecoach.training.maximum import MeasuredMax
from voicecoach.training.past import Past
from voicecoach.training.performance import CompletedWorkout, PerformedSet
from voicecoach.training.prescription import (
    BlockPrescription,
    HoldTarget,
    Rung,
    SetPrescription,
    Standing,
    WorkoutPrescription,
)
from voicecoach.training.progression import waves
from voicecoach.training.progression.holds import has_mastered
from voicecoach.training.routine import (
    Block,
    BodyweightLoad,
    FixedLoad,
    PercentLoad,
    Routine,
    RpeLoad,
    Workout,
)
from voicecoach.training.sets import laid_out
from voicecoach.units import Load

Lookup = Callable[[str], Exercise]
"""Gives the exercise of an id, or raises LibraryError."""

FAMILIAR_SESSIONS = 2
"""After so many sessions of an exercise one cue is enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """What the log says, as far as planning looks at it, in the order of time.

    Without `now` no time has passed since the last set. `tests` are maxima
    that were tested on purpose.
    """

    sets: tuple[PerformedSet, ...] = ()
    completed: tuple[CompletedWorkout, ...] = ()
    now: datetime | None = None
    tests: tuple[MeasuredMax, ...] = ()

    @classmethod
    def until(
        cls,
        now: datetime,
        sets: Iterable[PerformedSet],
        completed: Iterable[CompletedWorkout],
        tests: Iterable[MeasuredMax] = (),
    ) -> Log:
        """Return what happened before `now`, in whatever order it is given."""
        return cls(
            sets=tuple(
                sorted(
                    (one for one in sets if one.at <= now),
                    key=lambda one: (one.at, one.session, one.number, one.id),
                )
            ),
            completed=tuple(
                sorted((c for c in completed if c.at <= now), key=lambda c: (c.at, c.session))
            ),
            now=now,
            tests=tuple(
                sorted((t for t in tests if t.at <= now), key=lambda t: (t.at, t.exercise))
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What the athlete named beforehand, by exercise; it wins over all that is worked out.

    A load is taken as it is named, whatever the equipment: it lies there.
    """

    loads: Mapping[str, Load] = field(default_factory=dict)
    one_rep_maxes: Mapping[str, Load] = field(default_factory=dict)


def plan(
    routine: Routine,
    workout: str | None,
    lookup: Lookup,
    log: Log,
    *,
    named: Named | None = None,
    equipment: Equipment | None = None,
) -> WorkoutPrescription:
    """Return the workout to lead, its loads and targets settled from the log.

    Without `workout` the next one in the routine's order is taken. `log`
    holds only what happened before: `Log.until`. Without `equipment` it is
    the usual, in the routine's unit.

    Raises:
        PlanError: the routine has no such workout.
        LibraryError: it names an exercise that is not there.
    """
    chosen = _workout(routine, workout, log)
    planner = _Planner(
        routine, lookup, log, named or Named(), equipment or Equipment.usual(routine.unit)
    )
    return WorkoutPrescription(
        routine=routine.id,
        name=routine.name,
        workout=chosen.name,
        unit=routine.unit,
        warmup_s=chosen.warmup_s,
        warmup_advice=chosen.warmup_advice,
        blocks=tuple(planner.prescribed(block).prescription for block in chosen.blocks),
        equipment=equipment,
    )


def _workout(routine: Routine, name: str | None, log: Log) -> Workout:
    if name is None:
        name = next_workout(routine, log.completed)
    found = routine.workout(name)
    if found is None:
        names = [one.name for one in routine.workouts]
        near = get_close_matches(name, names, n=1)
        remedy = f"did you mean {near[0]}?" if near else f"it has {', '.join(names)}"
        msg = f"routine {routine.id} has no workout {name!r}"
        raise PlanError(msg, remedy=remedy)
    return found


def next_workout(routine: Routine, completed: Sequence[CompletedWorkout]) -> str:
    """Return the name of the workout whose turn it is: the one after the last completed.

    `completed` is in the order of time; a workout that the routine no longer
    has is passed over, so a day that was left out or renamed breaks nothing.

    Raises:
        PlanError: the routine has no workout.
    """
    order = routine.order
    if not order:
        msg = f"routine {routine.id} has no workout"
        raise PlanError(msg, remedy="write [[workout]] and [[workout.block]]")
    for one in reversed(completed):
        if one.routine == routine.id and one.workout in order:
            return order[(order.index(one.workout) + 1) % len(order)]
    return order[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedBlock:
    """A block as it will be led, and what it came from."""

    block: Block  # the rung of the ladder that is trained
    judgement: Judgement
    source: LoadSource
    prescription: BlockPrescription


def judged_blocks(
    routine: Routine,
    lookup: Lookup,
    log: Log,
    *,
    named: Named | None = None,
    equipment: Equipment | None = None,
) -> tuple[tuple[Workout, tuple[JudgedBlock, ...]], ...]:
    """Return every workout of a routine with its blocks as `plan` would settle them today."""
    planner = _Planner(
        routine, lookup, log, named or Named(), equipment or Equipment.usual(routine.unit)
    )
    return tuple(
        (one, tuple(planner.prescribed(block) for block in one.blocks)) for one in routine.workouts
    )


@dataclass(frozen=True, slots=True)
class _Settled:
    """The working sets of a block, where their load comes from, and whether they are easier."""

    sets: tuple[SetPrescription, ...]
    source: LoadSource
    is_easier: bool = False

    @property
    def load(self) -> Load | None:
        return self.sets[0].load


class _Planner:
    """Settles the blocks of one workout."""

    def __init__(
        self,
        routine: Routine,
        lookup: Lookup,
        log: Log,
        named: Named,
        equipment: Equipment,
    ) -> None:
        self._lookup = lookup
        self._named = named
        self._equipment = equipment
        self._past = Past(
            routine.id,
            log.sets,
            log.completed,
            tests=log.tests,
            rotation=len(routine.order),
        )
        self._judge = Judge(
            past=self._past, equipment=equipment, now=log.now, named=named.one_rep_maxes
        )

    def prescribed(self, block: Block) -> JudgedBlock:
        """Return `block` with exercise, variation, targets and loads settled, and why so."""
        block = self._rung(block)
        exercise, variation = self._turn(block)
        judged = self._judge.judge(block, exercise, variation, self._next_rung(block))
        settled = self._settled(block, exercise, variation, judged)
        is_loaded = exercise.implement_for(variation).is_loaded
        prescription = BlockPrescription(
            exercise=exercise,
            variation=variation,
            sets=settled.sets,
            count=block.count,
            tempo=block.tempo,
            rest_s=block.rest_s,
            asks_load=is_loaded and settled.load is None,
            asks_rpe=isinstance(block.load, RpeLoad),
            instead=tuple(self._lookup(other) for other in block.instead if other != exercise.id),
            all_cues=self._past.times_trained(exercise) < FAMILIAR_SESSIONS,
            progress=block.progress,
            standing=judged.standing,
            away=judged.away if settled.is_easier else None,
            superset=block.superset,
            change_s=block.change_s,
            interval_s=block.interval_s,
            amrap_s=block.amrap_s,
            by_side=block.by_side,
            warmup=block.warmup,
            drops=block.drops,
        )
        source = settled.source
        if settled.load is None:
            source = LoadSource.ASKED if is_loaded else LoadSource.NONE
        return JudgedBlock(
            block=block,
            judgement=judged,
            source=source,
            prescription=laid_out(prescription, self._equipment),
        )

    # What is trained

    def _rung(self, block: Block) -> Block:
        """Return the highest rung of a ladder that has been reached, as a block of its own."""
        rungs = (block, *block.then)
        for number, rung in enumerate(rungs[:-1]):
            if not self._mastered(rung):
                return replace(rung, then=rungs[number + 1 :])
        return replace(rungs[-1], then=())

    def _mastered(self, rung: Block) -> bool:
        exercise, variation = self._turn(rung)
        standing = Standing(hold=rung.hold)
        return any(
            has_mastered(self._judge.trained(rung, exercise, variation, sets, standing))
            for sets in self._past.sessions(rung, exercise, variation)
        )

    def _turn(self, block: Block) -> tuple[Exercise, Variation | None]:
        """Return the exercise and the variation whose turn it is."""
        exercise = self._lookup(block.exercise)
        name = self._past.turn(block, exercise)
        if name is None:
            return exercise, None
        variation = exercise.variation(name)
        return (exercise, variation) if variation else (self._lookup(name), None)

    def _next_rung(self, block: Block) -> Rung | None:
        if not block.then:
            return None
        exercise, variation = self._turn(block.then[0])
        return Rung(
            exercise.id,
            variation.id if variation else None,
            first_target(block.then[0]),
            exercise.called(variation),
        )

    # How much, and how heavy

    def _settled(
        self, block: Block, exercise: Exercise, variation: Variation | None, judged: Judgement
    ) -> _Settled:
        """Return the working sets of a block."""
        implement, away = exercise.implement_for(variation), judged.away
        if block.progress.in_waves:
            sets = waves.wave_sets(judged.standing.wave, implement, self._equipment)
            if exercise.id not in self._named.loads:
                easier = away is not None and judged.standing.wave is not None
                return _Settled(sets, LoadSource.WAVE, easier)
            named = self._named.loads[exercise.id]
            return _Settled(tuple(replace(one, load=named) for one in sets), LoadSource.NAMED)
        load, source = self._load(block, exercise, variation, judged)
        target = judged.advice.target if judged.advice else first_target(block)
        easier = False
        if away is not None and source is LoadSource.MAXIMUM:
            easier = True  # the maximum knows of it
        elif away is not None and source is not LoadSource.NAMED:
            usual = (load, target)
            if load is not None:
                lighter = minus_percent(load, away.percent, self._equipment.unit)
                load = min(load, at_most(lighter, implement, self._equipment))
            if isinstance(target, HoldTarget) and block.hold is not None:
                shorter = target.seconds * (100 - away.percent) // 100
                target = HoldTarget(max(shorter, block.hold.low))
            easier = (load, target) != usual
        sets = (SetPrescription(target=target, load=load),) * block.sets
        return _Settled(sets, source, easier)

    def _load(
        self, block: Block, exercise: Exercise, variation: Variation | None, judged: Judgement
    ) -> tuple[Load | None, LoadSource]:
        """Return the load of the block's sets, None for none or an unknown one, and its source."""
        if exercise.id in self._named.loads:
            return self._named.loads[exercise.id], LoadSource.NAMED
        implement = exercise.implement_for(variation)
        by_max, advice = self._by_max(block, judged.standing), judged.advice
        # What was named, or shown elsewhere since, is news to the advice.
        is_news = by_max is not None and (
            exercise.id in self._named.one_rep_maxes
            or (
                block.progress.rule == "percent"
                and advice is not None
                and advice.figures.one_rep_max != judged.standing.one_rep_max
            )
        )
        if advice is not None and advice.load is not None and not is_news:
            return advice.load, LoadSource.ADVICE
        if by_max is not None:
            return nearest_loadable(by_max, implement, self._equipment), LoadSource.MAXIMUM
        wanted, source = _written(block, implement), LoadSource.WRITTEN
        if wanted is None:
            wanted, source = self._last_load(exercise, variation), LoadSource.LAST
        if wanted is None:
            return None, LoadSource.ASKED
        return nearest_loadable(wanted, implement, self._equipment), source

    def _by_max(self, block: Block, standing: Standing) -> Load | None:
        """Return the load that follows from the one-rep maximum, where the routine asks for it."""
        maximum = standing.one_rep_max
        if maximum is None:
            return None
        match block.load:
            case PercentLoad(percent):
                return strength.part_of(maximum, percent)
            case RpeLoad(rpe) if block.reps is not None:
                return strength.load_for(maximum, block.reps.high, rpe)
            case _:
                return None

    def _last_load(self, exercise: Exercise, variation: Variation | None) -> Load | None:
        last = self._past.recent(exercise, variation)
        return max((one.load for one in last if one.load is not None), default=None)


def _written(block: Block, implement: Implement) -> Load | None:
    """Return the load that the routine itself names."""
    match block.load:
        case FixedLoad(load):
            return load
        case BodyweightLoad(added) if added.grams or not implement.is_loaded:
            return added
        case _:
            return None
