"""The eight-week review: what grew, what stalled, what was left out, and what to do next.

Eight weeks is when a change of strength can be told from a good or bad day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from voicecoach.training.course import Course, Direction, Measure, Point, direction
from voicecoach.training.volume import Dose, MuscleVolume

REVIEW_WEEKS = 8
LEFT_OUT_AFTER = timedelta(weeks=3)
"""An exercise not done for so long has been left out."""

FEWEST_WEEKS = 4
"""Of training, before anything is said of it."""


class Step(Enum):
    """What to do next; the value is its code in JSON."""

    TRAIN_WEEKLY = "train-weekly"  # whole weeks went by without training
    TAKE_UP = "take-up"  # left out: do it again, or something in its place
    CHANGE_STIMULUS = "change-stimulus"  # it stalls: other reps, or another variation
    RECOVER = "recover"  # it falls: fewer sets for a week, then build up
    MORE_SETS = "more-sets"  # a muscle gets less than advised
    FEWER_SETS = "fewer-sets"  # a muscle gets more than advised
    KEEP_GOING = "keep-going"  # none of these


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What became of an exercise in the period.

    `early` and `late` are its best sessions in the first and the last third,
    None where there was none.
    """

    exercise: str
    measure: Measure
    sessions: int
    early: Point | None
    late: Point | None
    left_out: bool  # nothing of it lately

    @property
    def direction(self) -> Direction:
        """Where the exercise went."""
        return direction(self.early, self.late)

    @property
    def percent(self) -> float | None:
        """The change from early to late in percent, None where either is missing."""
        if self.early is None or self.late is None:
            return None
        return 100 * (self.late.value - self.early.value) / self.early.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Advised:
    """A step with what it is about: an exercise, a muscle, or nothing."""

    step: Step
    subject: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Weeks of training looked back on, from the day `since` to the day `until`."""

    since: date
    until: date
    sessions: int
    weeks_trained: int
    weeks: int
    verdicts: tuple[Verdict, ...]  # the most trained first
    next: tuple[Advised, ...]


def review(
    courses: Iterable[Course],
    days: Iterable[date],
    volumes: Sequence[MuscleVolume],
    today: date,
    *,
    weeks: int = REVIEW_WEEKS,
) -> Review:
    """Return the review of the `weeks` weeks up to `today`.

    `days` are those trained, `volumes` the muscles' sets in the whole weeks of the period.
    """
    since = today - timedelta(weeks=weeks) + timedelta(days=1)
    trained = {day for day in days if since <= day <= today}
    weeks_trained = len({(day - since).days // 7 for day in trained})
    verdicts = sorted(
        filter(None, (_verdict(course, since, today) for course in courses)),
        key=lambda verdict: (-verdict.sessions, verdict.exercise),
    )
    steps: list[Advised] = []
    if weeks_trained >= FEWEST_WEEKS:
        if weeks_trained < weeks:
            steps.append(Advised(step=Step.TRAIN_WEEKLY))
        order = list(Step)
        steps += sorted(_steps(verdicts, volumes), key=lambda one: order.index(one.step))
        steps = steps or [Advised(step=Step.KEEP_GOING)]
    return Review(
        since=since,
        until=today,
        sessions=len(trained),
        weeks_trained=weeks_trained,
        weeks=weeks,
        verdicts=tuple(verdicts),
        next=tuple(steps),
    )


def _verdict(course: Course, since: date, until: date) -> Verdict | None:
    points = tuple(point for point in course.points if since <= point.day <= until)
    if not points:
        return None
    third = timedelta(days=max(1, ((until - since).days + 1) // 3))
    return Verdict(
        exercise=course.exercise,
        measure=course.measure,
        sessions=len(points),
        early=_best(point for point in points if point.day < since + third),
        late=_best(point for point in points if point.day > until - third),
        left_out=until - points[-1].day >= LEFT_OUT_AFTER,
    )


def _best(points: Iterable[Point]) -> Point | None:
    return max(points, key=lambda point: point.value, default=None)


_STEPS = {Direction.STALLED: Step.CHANGE_STIMULUS, Direction.FELL: Step.RECOVER}
_DOSES = {Dose.BELOW: Step.MORE_SETS, Dose.ABOVE: Step.FEWER_SETS}


def _steps(verdicts: Sequence[Verdict], volumes: Sequence[MuscleVolume]) -> Iterator[Advised]:
    """Yield what to do of exercises and of muscles that training is for; others may stay small."""
    for verdict in verdicts:
        step = Step.TAKE_UP if verdict.left_out else _STEPS.get(verdict.direction)
        if step:
            yield Advised(step=step, subject=verdict.exercise)
    for volume in volumes:
        step = _DOSES.get(volume.dose) if volume.aimed_at else None
        if step:
            yield Advised(step=step, subject=volume.muscle)
