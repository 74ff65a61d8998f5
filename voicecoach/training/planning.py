"""From a routine and the log to the workout of the day, and from that to the next time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from difflib import get_close_matches

from voicecoach.errors import PlanError
from voicecoach.training import strength
from voicecoach.training.advice import Advice
from voicecoach.training.exercise import Exercise, Implement, Variation
from voicecoach.training.loading import Equipment, nearest_loadable
from voicecoach.training.past import Past, Session
from voicecoach.training.performance import CompletedWorkout, PerformedSet
from voicecoach.training.prescription import (
    BlockPrescription,
    HoldTarget,
    RepTarget,
    Rung,
    SetKind,
    SetPrescription,
    Standing,
    WorkoutPrescription,
)
from voicecoach.training.progression import (
    Trained,
    advise,
    best_max,
    counts,
    has_mastered,
    misses_after,
    misses_in,
)
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
    """What the log says, as far as planning looks at it, in the order of time."""

    sets: tuple[PerformedSet, ...] = ()
    completed: tuple[CompletedWorkout, ...] = ()

    @classmethod
    def until(
        cls, now: datetime, sets: Iterable[PerformedSet], completed: Iterable[CompletedWorkout]
    ) -> Log:
        """Return what happened before `now`, in whatever order it is given."""
        return cls(
            sets=tuple(
                sorted((s for s in sets if s.at <= now), key=lambda s: (s.at, s.session, s.number))
            ),
            completed=tuple(
                sorted((c for c in completed if c.at <= now), key=lambda c: (c.at, c.session))
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
        blocks=tuple(planner.prescribed(block) for block in chosen.blocks),
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
        self._past = Past(routine.id, log.sets, log.completed)

    def prescribed(self, block: Block) -> BlockPrescription:
        """Return `block` with exercise, variation, target and load settled."""
        block = self._rung(block)
        exercise, variation = self._turn(block)
        standing, advice = self._judge(block, exercise, variation)
        load = self._load(block, exercise, variation, standing, advice)
        target = advice.target if advice else _first(block)
        asks = load is None and exercise.implement_for(variation).is_loaded
        prescription = BlockPrescription(
            exercise=exercise,
            variation=variation,
            sets=(SetPrescription(target=target, load=load),) * block.sets,
            count=block.count,
            tempo=block.tempo,
            rest_s=block.rest_s,
            asks_load=asks,
            asks_rpe=isinstance(block.load, RpeLoad),
            instead=tuple(self._lookup(other) for other in block.instead if other != exercise.id),
            all_cues=self._past.times_trained(exercise) < FAMILIAR_SESSIONS,
            progress=block.progress,
            standing=standing,
            superset=block.superset,
            change_s=block.change_s,
            interval_s=block.interval_s,
            by_side=block.by_side,
            warmup=block.warmup,
            drops=block.drops,
        )
        return laid_out(prescription, self._equipment)

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
            has_mastered(self._trained(rung, exercise, variation, sets, standing))
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

    # What the log says of it

    def _judge(
        self, block: Block, exercise: Exercise, variation: Variation | None
    ) -> tuple[Standing, Advice | None]:
        """Return where the athlete stands, and what the last session says of today."""
        named = self._named.one_rep_maxes.get(exercise.id)
        standing = Standing(
            one_rep_max=named or best_max(self._past.recent(exercise, variation)),
            percent=block.load.percent if isinstance(block.load, PercentLoad) else None,
            rpe=block.load.rpe if isinstance(block.load, RpeLoad) else None,
            hold=block.hold,
            next_rung=self._next_rung(block),
        )
        sessions = self._past.sessions(block, exercise, variation)
        latest = next(sessions, None)
        if latest is None:
            return standing, None
        misses = misses_in(
            self._trained(block, exercise, variation, sets, standing) for sets in sessions
        )
        before = replace(standing, misses=misses)
        last = self._trained(block, exercise, variation, latest, before)
        return replace(standing, misses=misses_after(last)), advise(last)

    def _next_rung(self, block: Block) -> Rung | None:
        if not block.then:
            return None
        exercise, variation = self._turn(block.then[0])
        return Rung(exercise.id, variation.id if variation else None, _first(block.then[0]))

    def _trained(
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
            equipment=self._equipment,
            sets=tuple(sets),
        )

    # How heavy

    def _load(
        self,
        block: Block,
        exercise: Exercise,
        variation: Variation | None,
        standing: Standing,
        advice: Advice | None,
    ) -> Load | None:
        """Return the load of the block's sets: None for no load, or for one to be asked for."""
        if exercise.id in self._named.loads:
            return self._named.loads[exercise.id]
        implement = exercise.implement_for(variation)
        by_max = self._by_max(block, standing)
        max_is_named = by_max is not None and exercise.id in self._named.one_rep_maxes
        if advice is not None and advice.load is not None and not max_is_named:
            return advice.load
        if by_max is not None:
            return nearest_loadable(by_max, implement, self._equipment)
        written = _written(block, implement)
        wanted = written if written is not None else self._last_load(exercise, variation)
        return None if wanted is None else nearest_loadable(wanted, implement, self._equipment)

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
        recent = self._past.recent(exercise, variation)
        last = [one.load for one in recent if one.session == recent[0].session]
        return max((load for load in last if load is not None), default=None)


def _written(block: Block, implement: Implement) -> Load | None:
    """Return the load that the routine itself names."""
    match block.load:
        case FixedLoad(load):
            return load
        case BodyweightLoad(added) if added.grams or not implement.is_loaded:
            return added
        case _:
            return None


def _first(block: Block) -> RepTarget | HoldTarget:
    """Return the target a block begins with: the range of reps, or the shortest hold."""
    if block.hold is not None:
        return HoldTarget(block.hold.low)
    if block.reps is None:
        msg = f"the block of {block.exercise} has neither reps nor a hold"
        raise PlanError(msg, remedy='write reps = "4-6"')
    return block.reps


def _aimed(block: Block, performed: PerformedSet) -> RepTarget | HoldTarget:
    """Return what a set of the past was to reach; a hold as it was prescribed, within the range."""
    if block.hold is None or performed.high is None:
        return _first(block)
    return HoldTarget(min(max(performed.high, block.hold.low), block.hold.high))


def next_time(plan: WorkoutPrescription, performed: Sequence[PerformedSet]) -> tuple[Advice, ...]:
    """Return what to do next time, for each exercise of `plan` that `performed` trained.

    `performed` are the sets of this session. An exercise of which nothing
    counts, or whose rule has nothing to say, is left out.
    """
    advice: list[Advice | None] = []
    for block in plan.blocks:
        for exercise in (block.exercise, *block.instead):
            sets = [one for one in performed if one.exercise == exercise.id and _of(block, one)]
            if sets:
                advice.append(advise(_done(block, exercise, sets, plan.at_hand)))
    # Two blocks alike in all share their sets, and so their advice.
    return tuple(dict.fromkeys(one for one in advice if one is not None))


def _of(block: BlockPrescription, performed: PerformedSet) -> bool:
    """Tell whether a set counts and was for what `block` asked."""
    target = block.working.target
    if not counts(performed):
        return False
    if isinstance(target, HoldTarget):
        return performed.hold_s is not None
    aim = (target.low, target.high)
    return performed.reps is not None and (
        performed.low is None or (performed.low, performed.high) == aim
    )


def _done(
    block: BlockPrescription,
    exercise: Exercise,
    sets: Session,
    equipment: Equipment,
) -> Trained:
    """Return an exercise of this session as a rule looks at it."""
    variation = exercise.variation(sets[-1].variation or "")
    standing = block.standing
    if exercise.id != block.exercise.id:  # the log was not asked about the one taken instead
        standing = replace(standing, misses=0, one_rep_max=None)
    return Trained(
        exercise=exercise.id,
        variation=variation.id if variation else None,
        implement=exercise.implement_for(variation),
        lower_body=exercise.lower_body,
        prescribed=block.count_of(SetKind.WORKING),
        target=block.working.target,
        progress=block.progress,
        standing=standing,
        equipment=equipment,
        sets=tuple(sets),
    )
