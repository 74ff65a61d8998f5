"""What the log says of one exercise: the sessions that progress goes on from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import groupby, pairwise, starmap

from voicecoach.training.away import days_between
from voicecoach.training.exercise import Exercise, Variation
from voicecoach.training.performance import CompletedWorkout, PerformedSet
from voicecoach.training.prescription import RepTarget
from voicecoach.training.progression import waves
from voicecoach.training.progression.trained import counts
from voicecoach.training.routine import Block

Session = Sequence[PerformedSet]
"""The sets of one exercise in one session that count, in order."""


class Past:
    """The sets and the completed workouts of the log, looked at for one routine.

    Both are in the order of time. Of the sets all routines' are wanted.
    """

    def __init__(
        self,
        routine: str,
        sets: Sequence[PerformedSet],
        completed: Sequence[CompletedWorkout],
    ) -> None:
        self._routine = routine
        self._completed = {one.session for one in completed if one.routine == routine}
        self._sets: dict[str, list[PerformedSet]] = {}
        for one in sets:
            self._sets.setdefault(one.exercise, []).append(one)

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
        form = _form(exercise, variation.id if variation else None)
        return self._latest_first(
            exercise,
            lambda one: (
                one.routine == self._routine
                and _form(exercise, one.variation) == form
                and _aims_alike(block, one)
            ),
        )

    def recent(self, exercise: Exercise, variation: Variation | None) -> Session:
        """Return the sets of the last session that tells of a form's strength; none for none."""
        wanted = self._telling(exercise, variation)
        return next(self._latest_first(exercise, wanted), ())

    def of_strength(
        self, exercise: Exercise, variation: Variation | None, *, until: datetime | None = None
    ) -> Iterator[tuple[Session, int]]:
        """Yield every session of an exercise, the first one first, for following its maximum.

        Each is the sets that count and tell of this form's strength, perhaps
        none, and the days since the exercise was trained before. Only what
        lies before the session at `until` where it is given, of which there
        is no more than that it begins.
        """
        wanted = self._telling(exercise, variation)
        before: datetime | None = None
        for _, group in groupby(self._sets.get(exercise.id, ()), key=lambda one: one.session):
            sets = tuple(group)
            days = 0 if before is None else days_between(before, sets[0].at)
            if until is not None and sets[0].at >= until:
                yield (), days
                return
            yield tuple(one for one in sets if counts(one) and wanted(one)), days
            before = sets[-1].at

    def last_trained(self, exercise: Exercise) -> datetime | None:
        """Return when an exercise was last trained, in whatever form and routine."""
        sets = self._sets.get(exercise.id)
        return sets[-1].at if sets else None

    def days_away(self, exercise: Exercise, since: datetime, until: datetime) -> int:
        """Return the most days in a row between two sessions in which it was not trained at all."""
        times = [one.at for one in self._sets.get(exercise.id, ()) if since <= one.at <= until]
        return max(starmap(days_between, pairwise([since, *times, until])))

    def _telling(
        self, exercise: Exercise, variation: Variation | None
    ) -> Callable[[PerformedSet], bool]:
        """Return what tells whether a set tells of a form's strength, whatever it was for.

        Sets of the same variation do where there are any, else those of its
        kin: a sumo deadlift begins where the conventional one stands.
        """
        form = _form(exercise, variation.id if variation else None)
        sets = self._sets.get(exercise.id, ())
        if any(counts(one) and _form(exercise, one.variation) == form for one in sets):
            return lambda one: _form(exercise, one.variation) == form
        implement = exercise.implement_for(variation)
        kin = {one.id for one in exercise.variations if exercise.implement_for(one) is implement}
        return lambda one: _form(exercise, one.variation) in kin

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


def _form(exercise: Exercise, variation_id: str | None) -> str | None:
    """Return the variation that was meant: without a word it is the ordinary one."""
    if variation_id is None and exercise.variations:
        return exercise.variations[0].id
    return variation_id


def _aims_alike(block: Block, performed: PerformedSet) -> bool:
    """Tell whether a set of the past was for what the block is for; one of no target is."""
    if block.hold is not None:
        return performed.hold_s is not None
    if block.progress.in_waves:
        return RepTarget(performed.low or 5, performed.high or 5) in waves.TARGETS
    if block.reps is None or performed.reps is None:
        return False
    aim = (block.reps.low, block.reps.high)
    return performed.low is None or (performed.low, performed.high) == aim
