"""The best sets before a session, as the log has them: what a record has to beat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from voicecoach.store.log import TrainingLog
from voicecoach.training.exercise import Exercise
from voicecoach.training.hard_sets import last_weighed, lifts_body, of_exercise
from voicecoach.training.records import FormBests, bests_after, bests_by_form
from voicecoach.units import Load


def bests_before(
    log: TrainingLog, exercises: Iterable[Exercise], *, without: str | None = None
) -> Iterator[FormBests]:
    """Yield the bests of every form of `exercises` that was done.

    Sets of the session `without` are left out. Raises LogError.
    """
    weights = [(one.at.date(), one.weight) for one in log.bodyweights()]
    weighed = last_weighed(weights)
    for exercise in exercises:
        if weights and lifts_body(exercise):
            # What was lifted changes with the body: each set is looked at.
            sets = log.hard_sets(exercise=exercise.id, without=without)
            found = bests_by_form(of_exercise(one, exercise, weighed) for one in sets)
            for (_, variation), bests in found.items():
                yield FormBests(exercise.id, variation, bests)
            continue
        ordinary = exercise.ordinary_variation
        for form in log.form_tallies(exercise.id, ordinary=ordinary, without=without):
            heaviest = (of_exercise(one, exercise) for one in form.heaviest)
            bests = bests_after(form.sessions, heaviest)
            yield FormBests(exercise.id, form.variation, bests)


def body_of(log: TrainingLog) -> Load | None:
    """Return what the lifter weighed last, None where nobody knows. Raises LogError."""
    weights = log.bodyweights()
    return weights[-1].weight if weights else None
