"""The course of an exercise: one point a session, and whether it rises."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import groupby

from voicecoach.training.hard_sets import HardSet

STALLED_PERCENT = 2
"""Less than this much up or down in a period is standing still: a day's form is worth more."""


class Measure(Enum):
    """What an exercise is judged by."""

    ESTIMATE = "e1rm"  # grams
    LOAD = "load"  # grams of the heaviest set
    REPS = "reps"  # repetitions of the best set
    HOLD = "hold"  # seconds of the longest hold


class Direction(Enum):
    """Where a course leads."""

    GREW = "grew"
    STALLED = "stalled"
    FELL = "fell"
    NEW = "new"  # too few sessions to tell


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One session of an exercise.

    `value` is in what the course is measured by: grams, repetitions or seconds.
    """

    day: date
    session: str
    sets: int
    best: HardSet
    value: int
    volume_g: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The sessions of an exercise in the order of time, at least one."""

    exercise: str
    measure: Measure
    points: tuple[Point, ...]

    @property
    def with_body(self) -> bool:
        """Whether the body is part of what is lifted."""
        return bool(self.points[-1].best.body)

    @property
    def top(self) -> Point:
        """The first session with the highest value."""
        return max(self.points, key=lambda point: point.value)

    def since(self, day: date) -> tuple[Point, ...]:
        """Return the sessions from `day` on."""
        return tuple(point for point in self.points if point.day >= day)


def course_of(sets: Sequence[HardSet]) -> Course | None:
    """Return the course of one exercise's sets in the order of time, None without any.

    An exercise is judged by what most of its latest sets have: a hold by its
    seconds, sets with a load by the estimated one-rep maximum, or by the load
    where the body is lifted besides and was never weighed, and sets without
    by their repetitions. Sessions with nothing of it are left out.
    """
    measure = _measure(sets[-_LATEST:])
    points = []
    for session, group in groupby(sets, key=lambda one: one.session):
        of_session = tuple(group)
        best = max(of_session, key=lambda one: value_of(one, measure))
        value = value_of(best, measure)
        if value:
            points.append(
                Point(
                    day=best.day,
                    session=session,
                    sets=len(of_session),
                    best=best,
                    value=value,
                    volume_g=sum(one.volume_g for one in of_session),
                )
            )
    if not points:
        return None
    return Course(exercise=sets[-1].exercise, measure=measure, points=tuple(points))


_LATEST = 30


def courses_of(sets: Iterable[HardSet]) -> dict[str, Course]:
    """Return the course of every exercise, of sets in the order of time."""
    by_exercise: dict[str, list[HardSet]] = {}
    for one in sets:
        by_exercise.setdefault(one.exercise, []).append(one)
    courses = ((name, course_of(found)) for name, found in by_exercise.items())
    return {name: course for name, course in courses if course}


def value_of(one: HardSet, measure: Measure) -> int:
    """Return what a set is worth by `measure`: grams, repetitions or seconds; 0 for nothing."""
    match measure:
        case Measure.ESTIMATE:
            estimate = one.estimate
            return estimate.grams if estimate else 0
        case Measure.LOAD:
            return one.load.grams if one.load else 0
        case Measure.REPS:
            return one.reps or 0
        case Measure.HOLD:
            return one.hold_s or 0


def direction(early: Point | None, late: Point | None) -> Direction:
    """Return where a course leads from one session to a later one."""
    if early is None or late is None:
        return Direction.NEW
    if late.value * 100 >= early.value * (100 + STALLED_PERCENT):
        return Direction.GREW
    if late.value * 100 <= early.value * (100 - STALLED_PERCENT):
        return Direction.FELL
    return Direction.STALLED


def _measure(sets: Sequence[HardSet]) -> Measure:
    if 2 * sum(one.hold_s is not None for one in sets) >= len(sets):
        return Measure.HOLD
    loaded = [one for one in sets if one.load]
    if 2 * len(loaded) < len(sets):
        return Measure.REPS
    estimated = sum(one.estimate is not None for one in loaded)
    return Measure.ESTIMATE if 2 * estimated >= len(loaded) else Measure.LOAD
