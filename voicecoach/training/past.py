"""What the log says of one exercise: the sessions that progress goes on from."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import groupby, pairwise, starmap

from voicecoach.training.away import days_between
from voicecoach.training.exercise import Exercise, Variation
from voicecoach.training.maximum import (
    Maximum,
    MeasuredMax,
    RaisedFirst,
    SessionOfStrength,
    maximum_of,
)
from voicecoach.training.performance import CompletedWorkout, PerformedSet
from voicecoach.training.progression import waves
from voicecoach.training.progression.trained import counts
from voicecoach.training.routine import Block

Session = Sequence[PerformedSet]
"""The sets of one exercise in one session that count, in order."""


class Past:
    """The sets and the completed workouts of the log, looked at for one routine.

    All are in the order of time. Of the sets all routines' are wanted.
    `rotation` is how many workouts the routine has in turn.
    """

    def __init__(
        self,
        routine: str,
        sets: Sequence[PerformedSet],
        completed: Sequence[CompletedWorkout],
        *,
        tests: Sequence[MeasuredMax] = (),
        rotation: int = 1,
    ) -> None:
        self._routine = routine
        self._tests = tests
        self._rotation = rotation
        self._workout_times = [one.at for one in completed if one.routine == routine]
        self._completed = {one.session for one in completed if one.routine == routine}
        self._sets: dict[str, list[PerformedSet]] = {}
        for one in sets:
            self._sets.setdefault(one.exercise, []).append(one)
        self._times = {name: [one.at for one in done] for name, done in self._sets.items()}

    def times_trained(self, exercise: Exercise) -> int:
        """Return in how many sessions an exercise was trained, whatever the variation."""
        return len({one.session for one in self._sets.get(exercise.id, ())})

    def turn(self, block: Block, exercise: Exercise) -> str | None:
        """Return the name in the block's `vary` whose turn it is, one a completed workout.

        `exercise` is the block's own. A workout counts where the exercise, or
        one that may stand in for it, was trained. None where nothing varies.
        """
        if not block.vary:
            return None
        own = {variation.id for variation in exercise.variations}
        family = {exercise.id, *block.instead, *(name for name in block.vary if name not in own)}
        trained = {one.session for name in family for one in self._sets.get(name, ())}
        return block.vary[len(trained & self._completed) % len(block.vary)]

    def sessions(
        self, block: Block, exercise: Exercise, variation: Variation | None
    ) -> Iterator[Session]:
        """Yield the sessions that progress goes on from, the last one first.

        They are of this routine, form of the exercise and range of reps: what
        a lifter does for ten elsewhere says nothing of the next five.
        """
        return self._latest_first(exercise, self._of_block(block, exercise, variation))

    def _of_block(
        self, block: Block, exercise: Exercise, variation: Variation | None
    ) -> Callable[[PerformedSet], bool]:
        """Return what tells whether a set was done for a block in a form of its exercise."""
        form = form_of(exercise, variation.id if variation else None)
        return lambda one: (
            one.routine == self._routine
            and form_of(exercise, one.variation) == form
            and _aims_alike(block, one)
        )

    def recent(self, exercise: Exercise, variation: Variation | None) -> Session:
        """Return the sets of the last session that tells of a form's strength; none for none."""
        wanted = self._telling(exercise, variation)
        return next(self._latest_first(exercise, wanted), ())

    def maximum(
        self,
        block: Block,
        exercise: Exercise,
        variation: Variation | None,
        *,
        raised: RaisedFirst,
        until: datetime | None = None,
    ) -> Maximum:
        """Return the one-rep maximum in a form of an exercise, that the loads of a block go by.

        `raised` is told the sets of the block that the first maximum came of.
        With `until`, the start of a session, it is the one that session began with.
        """
        form = form_of(exercise, variation.id if variation else None)
        tests = (
            one
            for one in self._tests
            if one.exercise == exercise.id
            and form_of(exercise, one.variation) == form
            and (until is None or one.at < until)
        )
        return maximum_of(self._of_strength(block, exercise, variation, until), tests, raised)

    def _of_strength(
        self,
        block: Block,
        exercise: Exercise,
        variation: Variation | None,
        until: datetime | None,
    ) -> Iterator[SessionOfStrength]:
        """Yield every session of an exercise, the first one first, up to the start of one."""
        wanted = self._telling(exercise, variation)
        own = self._of_block(block, exercise, variation)
        before: datetime | None = None
        for _, group in groupby(self._sets.get(exercise.id, ()), key=lambda one: one.session):
            sets = tuple(group)
            at = sets[0].at
            days = 0 if before is None else self._away(before, at)
            if until is not None and at >= until:
                yield SessionOfStrength(at=at, sets=(), days_away=days)
                return
            telling = tuple(one for one in sets if counts(one) and wanted(one))
            of_block = tuple(one for one in telling if own(one))
            yield SessionOfStrength(at=at, sets=telling, days_away=days, of_block=of_block)
            before = sets[-1].at

    def last_trained(self, exercise: Exercise) -> datetime | None:
        """Return when an exercise was last trained, in whatever form and routine."""
        sets = self._sets.get(exercise.id)
        return sets[-1].at if sets else None

    def last_in_form(self, exercise: Exercise, variation: Variation | None) -> datetime | None:
        """Return when an exercise was last trained in a form, or at all where it never was."""
        form = form_of(exercise, variation.id if variation else None)
        sets = reversed(self._sets.get(exercise.id, ()))
        last = next((one.at for one in sets if form_of(exercise, one.variation) == form), None)
        return last or self.last_trained(exercise)

    def days_away(self, exercise: Exercise, since: datetime, until: datetime) -> int:
        """Return the most days in a row between two instants without an exercise.

        Days in which the routine went on, and its turn had simply not come
        again, are no time away from it.
        """
        times = _between(self._times.get(exercise.id, []), since, until)
        return max(starmap(self._away, pairwise([since, *times, until])))

    def _away(self, earlier: datetime, later: datetime) -> int:
        """Return the days between two sessions of an exercise, or the longest pause of them."""
        workouts = _between(self._workout_times, earlier, later)
        if len(workouts) < self._rotation:
            return max(starmap(days_between, pairwise([earlier, *workouts, later])))
        return days_between(earlier, later)

    def _telling(
        self, exercise: Exercise, variation: Variation | None
    ) -> Callable[[PerformedSet], bool]:
        """Return what tells whether a set tells of a form's strength, whatever it was for.

        Sets of the same variation do where there are any, else those of its
        kin: a sumo deadlift begins where the conventional one stands.
        """
        form = form_of(exercise, variation.id if variation else None)
        sets = self._sets.get(exercise.id, ())
        if any(counts(one) and form_of(exercise, one.variation) == form for one in sets):
            return lambda one: form_of(exercise, one.variation) == form
        implement = exercise.implement_for(variation)
        kin = {one.id for one in exercise.variations if exercise.implement_for(one) is implement}
        return lambda one: form_of(exercise, one.variation) in kin

    def _latest_first(
        self, exercise: Exercise, wanted: Callable[[PerformedSet], bool]
    ) -> Iterator[Session]:
        """Yield the sets of an exercise that count and are wanted, session by session.

        Lazily: a log of ten years is not walked through for the last session.
        """
        sets = (
            one for one in reversed(self._sets.get(exercise.id, ())) if counts(one) and wanted(one)
        )
        for _, group in groupby(sets, key=lambda one: one.session):
            yield tuple(reversed(tuple(group)))


def _between(times: list[datetime], earlier: datetime, later: datetime) -> list[datetime]:
    """Return those of `times`, which ascend, that lie between two others."""
    return times[bisect_right(times, earlier) : bisect_left(times, later)]


def form_of(exercise: Exercise, variation_id: str | None) -> str | None:
    """Return the variation that was meant: without a word it is the ordinary one."""
    if variation_id is None and exercise.variations:
        return exercise.variations[0].id
    return variation_id


def _aims_alike(block: Block, performed: PerformedSet) -> bool:
    """Tell whether a set of the past was for what the block is for; one of no target is."""
    if block.hold is not None:
        return performed.hold_s is not None
    if block.progress.in_waves:
        return performed.low is None or (performed.low, performed.high) in waves.TARGETS
    if block.reps is None or performed.reps is None:
        return False
    aim = (block.reps.low, block.reps.high)
    return performed.low is None or (performed.low, performed.high) == aim
