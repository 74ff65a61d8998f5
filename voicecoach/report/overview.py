"""Everything a look at a training log shows, worked out once: what pages and charts draw."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from voicecoach.training.course import Course, courses_of
from voicecoach.training.exercise import Exercise
from voicecoach.training.hard_sets import Form, HardSet, last_weighed, monday, of_exercise
from voicecoach.training.muscle import Muscle
from voicecoach.training.records import Bests, Record, bests_by_form, records_in
from voicecoach.training.review import REVIEW_WEEKS, Review, review
from voicecoach.training.streaks import Streaks, streaks
from voicecoach.training.volume import Lookup, MuscleVolume, SetCount, muscle_volumes, weeks_until
from voicecoach.units import Load, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """A training log as it is seen on a day.

    `courses` has the exercise trained last first. `volumes` are of the whole
    weeks that begin on `weeks`, eight at most. `days` says how many hard sets
    were done on each day trained. `weights` are what the lifter weighed, the
    last of each day, in the order of time.
    """

    today: date
    unit: Unit
    exercises: Mapping[str, Exercise]  # those the library knows, by id
    muscles: Mapping[str, Muscle]
    courses: tuple[Course, ...]
    bests: Mapping[Form, Bests]
    records: tuple[Record, ...]  # every one that was broken, the oldest first
    weeks: tuple[date, ...]
    volumes: tuple[MuscleVolume, ...]
    days: Mapping[date, int]
    streaks: Streaks
    review: Review
    sets: int
    volume_g: int
    weights: tuple[tuple[date, Load], ...] = ()

    def name(self, exercise_id: str) -> str:
        """Return what an exercise is called: imported ones bear their name as their id."""
        exercise = self.exercises.get(exercise_id)
        return exercise.name if exercise else exercise_id

    def sessions_with_records(self, exercise_id: str) -> frozenset[str]:
        """Return the sessions in which a record of an exercise was broken."""
        found = (one.set for one in self.records if one.set.exercise == exercise_id)
        return frozenset(one.session for one in found)

    def form_name(self, form: Form) -> str:
        """Return what an exercise in one of its forms is called; the ordinary one bears its own."""
        exercise_id, variation_id = form
        exercise = self.exercises.get(exercise_id)
        if variation_id is None or (exercise and exercise.ordinary_variation == variation_id):
            return self.name(exercise_id)
        variation = exercise.variation(variation_id) if exercise else None
        return variation.name if variation else f"{self.name(exercise_id)} ({variation_id})"


def overview_of(
    sets: Sequence[HardSet],
    lookup: Lookup,
    muscles: Mapping[str, Muscle],
    today: date,
    unit: Unit,
    *,
    weights: Sequence[tuple[date, Load]] = (),
    weeks: int = REVIEW_WEEKS,
) -> Overview:
    """Return the overview of hard sets in the order of time, as seen on `today`.

    `weights` are what the lifter weighed, and when. Sets of later days are
    left out: a clock was wrong.
    """
    found = ((name, lookup(name)) for name in dict.fromkeys(one.exercise for one in sets))
    exercises = {name: exercise for name, exercise in found if exercise}
    weighed = last_weighed(weights)
    known = tuple(
        of_exercise(one, exercises[one.exercise], weighed) if one.exercise in exercises else one
        for one in sets
        if one.day <= today
    )
    courses = sorted(
        courses_of(known).values(),
        key=lambda course: (course.points[-1].day, len(course.points)),
        reverse=True,
    )
    days = Counter(one.day for one in known)
    looked_at = weeks_looked_at(days, today, weeks)
    volumes = muscle_volumes(set_counts(known), looked_at, muscles, exercises.get)
    return Overview(
        today=today,
        unit=unit,
        exercises=exercises,
        muscles=muscles,
        courses=tuple(courses),
        bests=bests_by_form(known),
        records=records_in(known),
        weeks=looked_at,
        volumes=volumes,
        days=days,
        streaks=streaks(days, today),
        review=review(courses, days, volumes, today, weeks=weeks),
        sets=len(known),
        volume_g=sum(one.volume_g for one in known),
        weights=tuple({day: (day, weight) for day, weight in weights if day <= today}.values()),
    )


def weeks_looked_at(days: Iterable[date], today: date, count: int) -> tuple[date, ...]:
    """Return the Mondays of the last whole weeks since training began, this week's without any."""
    first = min((monday(day) for day in days), default=today)
    return tuple(week for week in weeks_until(today, count) if week >= first) or (monday(today),)


def set_counts(sets: Iterable[HardSet]) -> list[SetCount]:
    """Return how many sets of each exercise were done in each week."""
    counts = Counter((monday(one.day), one.exercise) for one in sets)
    return [SetCount(week, exercise, count) for (week, exercise), count in counts.items()]
