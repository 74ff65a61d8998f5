"""From a routine and the log to the workout of the day, and from that to the next time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from difflib import get_close_matches
from itertools import groupby

from voicecoach.errors import PlanError
from voicecoach.training import strength
from voicecoach.training.advice import Advice
from voicecoach.training.exercise import Exercise, Implement, Variation
from voicecoach.training.loading import Equipment, nearest_loadable
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
from voicecoach.units import Load

Lookup = Callable[[str], Exercise]
"""Gives the exercise of an id, or raises LibraryError."""

FAMILIAR_SESSIONS = 2
"""After so many sessions of an exercise one cue is enough."""

RECENT_SESSIONS = 5
"""The one-rep maximum is estimated from so many sessions, the last ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """What the log says, as far as planning looks at it: all of it before `now`."""

    sets: tuple[PerformedSet, ...] = ()
    completed: tuple[CompletedWorkout, ...] = ()

    @classmethod
    def until(
        cls, now: datetime, sets: Iterable[PerformedSet], completed: Iterable[CompletedWorkout]
    ) -> Log:
        """Return what happened before `now`, in order."""
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
    """What the athlete named beforehand, by exercise; it wins over all that is worked out."""

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
    holds only what happened before: `Log.until`.

    Raises:
        PlanError: the routine has no such workout.
        LibraryError: it names an exercise that is not there.
    """
    chosen = _workout(routine, workout, log)
    planner = _Planner(lookup, log, named or Named(), equipment or Equipment.usual(routine.unit))
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


def next_time(plan: WorkoutPrescription, performed: Sequence[PerformedSet]) -> tuple[Advice, ...]:
    """Return what to do next time, for each exercise of `plan` that `performed` trained."""
    equipment = plan.equipment or Equipment.usual(plan.unit)
    advice = []
    for block in plan.blocks:
        sets = [one for one in performed if one.exercise == block.exercise.id and counts(one)]
        if sets:
            advice.append(advise(_trained(block, sets, equipment)))
    return tuple(one for one in advice if one is not None)


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
    """Return the name of the workout whose turn it is: the one after the last completed."""
    order = routine.order
    if not order:
        msg = f"routine {routine.id} has no workout"
        raise PlanError(msg, remedy="write [[workout]] and [[workout.block]]")
    for one in reversed(completed):
        if one.workout in order:
            return order[(order.index(one.workout) + 1) % len(order)]
    return order[0]


@dataclass(frozen=True, slots=True)
class _Planner:
    """Settles the blocks of one workout."""

    lookup: Lookup
    log: Log
    named: Named
    equipment: Equipment

    def prescribed(self, block: Block) -> BlockPrescription:
        """Return `block` with exercise, variation, target and load settled."""
        block = self._rung(block)
        exercise, variation = self._turn(block)
        implement = (variation and variation.implement) or exercise.implement
        before = self._sessions(exercise.id, variation)
        if not before and implement is exercise.implement:
            # A new variation begins where the exercise stands.
            before = self._sessions(exercise.id, None)
        standing = self._standing(block, exercise, before)
        advice = self._advice(block, exercise, variation, before, standing)
        target = advice.target if advice and _same_exercise(advice, exercise) else _first(block)
        load, asks = self._load(block, exercise, implement, standing, advice)
        one = SetPrescription(target=target, load=load)
        return BlockPrescription(
            exercise=exercise,
            variation=variation,
            sets=(one,) * block.sets,
            count=block.count,
            tempo=block.tempo,
            rest_s=block.rest_s,
            asks_load=asks,
            asks_rpe=isinstance(block.load, RpeLoad),
            instead=tuple(self.lookup(other) for other in block.instead),
            all_cues=len(self._sessions(exercise.id, None)) < FAMILIAR_SESSIONS,
            progress=block.progress,
            standing=standing,
        )

    def _rung(self, block: Block) -> Block:
        """Return the highest rung of a ladder that has been reached, as a block of its own."""
        rungs = (block, *block.then)
        for number, rung in enumerate(rungs):
            above = rungs[number + 1 :]
            if not above or not self._mastered(rung):
                return replace(rung, then=above)
        return block

    def _mastered(self, rung: Block) -> bool:
        exercise, variation = self._turn(rung)
        sessions = self._sessions(exercise.id, variation)
        standing = Standing(hold=rung.hold)
        return any(
            has_mastered(self._judged(rung, exercise, sets, standing, target=_last(rung)))
            for sets in sessions
        )

    def _turn(self, block: Block) -> tuple[Exercise, Variation | None]:
        """Return the exercise and variation whose turn it is, one a session."""
        exercise = self.lookup(block.exercise)
        if not block.vary:
            return exercise, None
        own = {one.id for one in exercise.variations}
        turn = {(block.exercise, name) if name in own else (name, None) for name in block.vary}
        sessions = {one.session for one in self.log.sets if (one.exercise, one.variation) in turn}
        name = block.vary[len(sessions) % len(block.vary)]
        if name in own:
            return exercise, exercise.variation(name)
        return self.lookup(name), None

    def _sessions(
        self, exercise: str, variation: Variation | None
    ) -> tuple[tuple[PerformedSet, ...], ...]:
        """Return what counted of an exercise, session by session, the last one last."""
        sets = [
            one
            for one in self.log.sets
            if one.exercise == exercise
            and counts(one)
            and (variation is None or one.variation == variation.id)
        ]
        return tuple(tuple(group) for _, group in groupby(sets, key=lambda one: one.session))

    def _standing(
        self, block: Block, exercise: Exercise, before: Sequence[tuple[PerformedSet, ...]]
    ) -> Standing:
        recent = [one for sets in before[-RECENT_SESSIONS:] for one in sets]
        standing = Standing(
            one_rep_max=self.named.one_rep_maxes.get(exercise.id) or best_max(recent),
            percent=block.load.percent if isinstance(block.load, PercentLoad) else None,
            rpe=block.load.rpe if isinstance(block.load, RpeLoad) else None,
            hold=block.hold,
            next_rung=self._next_rung(block),
        )
        for sets in before:
            judged = self._judged(block, exercise, sets, standing)
            standing = replace(standing, misses=misses_after(judged))
        return standing

    def _next_rung(self, block: Block) -> Rung | None:
        if not block.then:
            return None
        exercise, variation = self._turn(block.then[0])
        return Rung(exercise.id, variation.id if variation else None, _first(block.then[0]))

    def _advice(
        self,
        block: Block,
        exercise: Exercise,
        variation: Variation | None,
        before: Sequence[tuple[PerformedSet, ...]],
        standing: Standing,
    ) -> Advice | None:
        if not before:
            return None
        earlier = self._standing(block, exercise, before[:-1])
        # The maximum is that of today: what the last session showed counts already.
        earlier = replace(earlier, one_rep_max=standing.one_rep_max)
        return advise(self._judged(block, exercise, before[-1], earlier, variation=variation))

    def _judged(
        self,
        block: Block,
        exercise: Exercise,
        sets: Sequence[PerformedSet],
        standing: Standing,
        *,
        variation: Variation | None = None,
        target: RepTarget | HoldTarget | None = None,
    ) -> Trained:
        """Return one session of the past as a rule looks at it."""
        return Trained(
            exercise=exercise.id,
            variation=variation.id if variation else None,
            implement=(variation and variation.implement) or exercise.implement,
            lower_body=exercise.lower_body,
            prescribed=block.sets,
            target=target or _aimed(block, sets[-1]),
            progress=block.progress,
            standing=standing,
            equipment=self.equipment,
            sets=tuple(sets),
        )

    def _load(
        self,
        block: Block,
        exercise: Exercise,
        implement: Implement,
        standing: Standing,
        advice: Advice | None,
    ) -> tuple[Load | None, bool]:
        """Return the load of the block's sets, and whether it must be asked for."""
        named = self.named.loads.get(exercise.id)
        if named is not None:
            return named, False
        if advice is not None and advice.load is not None and _same_exercise(advice, exercise):
            return advice.load, False
        match block.load:
            case FixedLoad(load):
                return load, False
            case BodyweightLoad(added):
                return added, False
            case PercentLoad(percent) if standing.one_rep_max is not None:
                wanted = strength.part_of(standing.one_rep_max, percent)
                return nearest_loadable(wanted, implement, self.equipment), False
            case RpeLoad(rpe) if standing.one_rep_max is not None and block.reps is not None:
                wanted = strength.load_for(standing.one_rep_max, block.reps.high, rpe)
                return nearest_loadable(wanted, implement, self.equipment), False
            case _:
                return None, implement is not Implement.BODYWEIGHT


def _trained(
    block: BlockPrescription, sets: Sequence[PerformedSet], equipment: Equipment
) -> Trained:
    variation = block.variation
    return Trained(
        exercise=block.exercise.id,
        variation=variation.id if variation else None,
        implement=(variation and variation.implement) or block.exercise.implement,
        lower_body=block.exercise.lower_body,
        prescribed=len([one for one in block.sets if one.kind is SetKind.WORKING]),
        target=block.sets[-1].target,
        progress=block.progress,
        standing=block.standing,
        equipment=equipment,
        sets=tuple(sets),
    )


def _first(block: Block) -> RepTarget | HoldTarget:
    """Return the target a block begins with: the range of reps, or the shortest hold."""
    if block.hold is not None:
        return HoldTarget(block.hold.low)
    return block.reps or RepTarget(1, 1)


def _last(block: Block) -> RepTarget | HoldTarget:
    """Return the target a block ends with: the range of reps, or the longest hold."""
    return HoldTarget(block.hold.high) if block.hold is not None else _first(block)


def _aimed(block: Block, performed: PerformedSet) -> RepTarget | HoldTarget:
    """Return what a set of the past was to reach: as the log has it, else as the routine has it."""
    if performed.low is None or performed.high is None:
        return _first(block)
    if performed.hold_s is not None:
        return HoldTarget(performed.high)
    return RepTarget(performed.low, performed.high)


def _same_exercise(advice: Advice, exercise: Exercise) -> bool:
    return advice.exercise == exercise.id
