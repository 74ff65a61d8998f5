"""What the log says of one exercise: the sessions that progress goes on from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from voicecoach.training.exercise import Exercise, Variation
from voicecoach.training.performance import CompletedWorkout, PerformedSet
from voicecoach.training.progression import counts
from voicecoach.training.routine import Block

RECENT_SESSIONS = 5
"""The one-rep maximum is estimated from so many sessions, the last ones."""

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
    ) -> list[Session]:
        """Return the sessions that progress goes on from, the last one last.

        They are of this routine, form of the exercise and range of reps: what
        a lifter does for ten elsewhere says nothing of the next five.
        """
        form = _form(exercise, variation.id if variation else None)
        sets = (
            one
            for one in self._sets.get(exercise.id, ())
            if one.routine == self._routine
            and counts(one)
            and _form(exercise, one.variation) == form
            and _aims_alike(block, one)
        )
        return _by_session(sets)

    def recent(self, exercise: Exercise, variation: Variation | None) -> Session:
        """Return the sets of the last sessions with the same implement, whatever they were for.

        Those of the same variation where there are any, else those of its
        kin: a sumo deadlift begins where the conventional one stands.
        """
        implement = exercise.implement_for(variation)
        form = _form(exercise, variation.id if variation else None)
        kin = [
            one
            for one in self._sets.get(exercise.id, ())
            if counts(one)
            and exercise.implement_for(exercise.variation(one.variation or "")) is implement
        ]
        own = [one for one in kin if _form(exercise, one.variation) == form]
        sessions = _by_session(own or kin)[-RECENT_SESSIONS:]
        return [one for sets in sessions for one in sets]


def _by_session(sets: Iterable[PerformedSet]) -> list[Session]:
    return [tuple(group) for _, group in groupby(sets, key=lambda one: one.session)]


def _form(exercise: Exercise, variation_id: str | None) -> str | None:
    """Return the variation that was meant: without a word it is the ordinary one."""
    if variation_id is None and exercise.variations:
        return exercise.variations[0].id
    return variation_id


def _aims_alike(block: Block, performed: PerformedSet) -> bool:
    """Tell whether a set of the past was for what the block is for; one of no target is."""
    if block.hold is not None:
        return performed.hold_s is not None
    if block.reps is None or performed.reps is None:
        return False
    aim = (block.reps.low, block.reps.high)
    return performed.low is None or (performed.low, performed.high) == aim
