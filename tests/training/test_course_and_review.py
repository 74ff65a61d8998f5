"""Where training leads: courses, streaks, weekly volume, and the review of eight weeks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.training.course import Direction, Measure, course_of, courses_of
from voicecoach.training.exercise import Exercise
from voicecoach.training.hard_sets import HardSet, monday
from voicecoach.training.review import Advised, Step, review
from voicecoach.training.streaks import streaks
from voicecoach.training.volume import Dose, SetCount, dose, muscle_volumes, weeks_until
from voicecoach.units import Load

MONDAY = date(2026, 1, 5)
TODAY = MONDAY + timedelta(weeks=8, days=-1)  # a Sunday


def done(week: int, amount: int, kg: str = "60", name: str = "squat", **fields: int) -> HardSet:
    return HardSet(
        day=MONDAY + timedelta(weeks=week),
        session=f"week-{week}",
        exercise=name,
        variation=None,
        reps=None if fields else amount,
        hold_s=fields.get("hold_s"),
        load=Load.kg(kg),
    )


def on_body(week: int, reps: int, kg: str, body_kg: int | None = None) -> HardSet:
    """Return a set of pull-ups; where `body_kg` is not given nobody was weighed."""
    body = None if body_kg is None else Load.kg(body_kg)
    return replace(done(week, reps, kg), exercise="pull-up", body=body)


def test_a_course_has_one_point_a_session() -> None:
    course = course_of([done(0, 5), done(0, 6), done(0, 4), done(1, 6, "65")])
    assert course is not None
    assert course.measure is Measure.ESTIMATE
    first, second = course.points
    assert (first.sets, first.best.reps, first.volume_g) == (3, 6, 15 * 60_000)
    assert (first.value, second.value) == (72_000, 78_000)  # Epley: w (1 + r / 30)
    assert course.top == second
    assert course.since(second.day) == (second,)


@pytest.mark.parametrize(
    ("sets", "measure", "values"),
    [
        ([done(0, 5, "0"), done(1, 7, "0")], Measure.REPS, [5, 7]),
        ([done(0, 0, "0", hold_s=20), done(1, 0, "10", hold_s=15)], Measure.HOLD, [20, 15]),
        ([on_body(0, 8, "0"), on_body(1, 9, "0"), on_body(2, 5, "10")], Measure.REPS, [8, 9, 5]),
        ([on_body(0, 8, "10"), on_body(1, 5, "15")], Measure.LOAD, [10_000, 15_000]),
        ([on_body(0, 6, "0", 80), on_body(1, 6, "10", 80)], Measure.ESTIMATE, [96_000, 108_000]),
        # Once most sets are loaded, those of old without a load say nothing.
        ([done(0, 9, "0"), done(1, 5, "10"), done(2, 3, "15")], Measure.ESTIMATE, [11_667, 16_500]),
    ],
)
def test_an_exercise_is_judged_by_what_most_of_its_sets_have(
    sets: list[HardSet], measure: Measure, values: list[int]
) -> None:
    course = course_of(sets)
    assert course is not None
    assert course.measure is measure
    assert [point.value for point in course.points] == values


def test_no_sets_have_no_course() -> None:
    assert course_of([]) is None
    assert courses_of([]) == {}


@pytest.mark.parametrize(
    ("weeks", "current", "longest"),
    [
        ([], 0, 0),
        ([7], 1, 1),
        ([5, 6, 7], 3, 3),
        ([5, 6], 2, 2),  # this week is not over
        ([4, 5], 0, 2),
        ([0, 1, 2, 3, 6, 7], 2, 4),
        ([7, 9], 1, 1),  # a day to come says nothing
    ],
)
def test_a_streak_is_weeks_in_a_row(weeks: list[int], current: int, longest: int) -> None:
    found = streaks([MONDAY + timedelta(weeks=week) for week in weeks], TODAY)
    assert (found.current_weeks, found.longest_weeks) == (current, longest)


def test_the_first_of_the_longest_streaks_is_dated() -> None:
    found = streaks([MONDAY, MONDAY + timedelta(days=2), MONDAY + timedelta(weeks=2)], TODAY)
    assert found.longest_until == date(2026, 1, 11)
    assert found.days == 3


@given(st.sets(st.integers(0, 400)))
def test_no_streak_is_longer_than_the_longest(numbers: set[int]) -> None:
    days = [MONDAY + timedelta(days=number) for number in numbers]
    found = streaks(days, MONDAY + timedelta(days=400))
    assert 0 <= found.current_weeks <= found.longest_weeks <= len({monday(day) for day in days})


SQUAT = Exercise(id="squat", name="squat", primary=("quads", "glutes"), secondary=("back",))
ROW = Exercise(id="row", name="row", primary=("back",), secondary=("biceps",))
EXERCISES = {"squat": SQUAT, "row": ROW}
MUSCLES = ("back", "quads", "glutes", "biceps", "calves")


def test_a_set_that_only_helps_counts_half() -> None:
    weeks = (MONDAY, MONDAY + timedelta(weeks=1))
    counts = [SetCount(MONDAY, "squat", 6), SetCount(weeks[1], "row", 5), SetCount(MONDAY, "?", 9)]
    by_muscle = {one.muscle: one for one in muscle_volumes(counts, weeks, MUSCLES, EXERCISES.get)}
    assert tuple(by_muscle) == MUSCLES
    assert by_muscle["back"].weekly == (3.0, 5.0)
    assert by_muscle["back"].average == 4.0
    assert by_muscle["biceps"].weekly == (0.0, 2.5)
    assert [name for name, one in by_muscle.items() if one.aimed_at] == ["back", "quads", "glutes"]
    assert by_muscle["calves"].dose is Dose.NONE


@pytest.mark.parametrize(
    ("sets", "judged"),
    [(0, Dose.NONE), (9.5, Dose.BELOW), (10, Dose.WITHIN), (20, Dose.WITHIN), (20.5, Dose.ABOVE)],
)
def test_ten_to_twenty_hard_sets_a_week_are_within_what_practice_advises(
    sets: float, judged: Dose
) -> None:
    assert dose(sets) is judged


def test_only_whole_weeks_are_averaged() -> None:
    saturday = date(2026, 1, 31)
    assert weeks_until(saturday, 2) == (date(2026, 1, 12), date(2026, 1, 19))
    assert weeks_until(saturday + timedelta(days=1), 2) == (date(2026, 1, 19), date(2026, 1, 26))


def eight_weeks(amounts: list[int], name: str) -> list[HardSet]:
    return [done(week, reps, name=name) for week, reps in enumerate(amounts) if reps]


def test_the_review_tells_what_grew_stalled_fell_and_was_left_out() -> None:
    sets = [
        *eight_weeks([5, 5, 6, 6, 7, 7, 8, 8], "grows"),
        *eight_weeks([5, 5, 5, 5, 5, 5, 5, 5], "stalls"),
        *eight_weeks([8, 8, 8, 7, 7, 6, 6, 6], "falls"),
        *eight_weeks([5, 5, 5, 6, 0, 0, 0, 0], "left-out"),
    ]
    found = review(courses_of(sets).values(), {one.day for one in sets}, (), TODAY)
    assert (found.since, found.until) == (MONDAY, TODAY)
    assert (found.sessions, found.weeks_trained) == (8, 8)
    by_name = {verdict.exercise: verdict for verdict in found.verdicts}
    assert list(by_name) == ["falls", "grows", "stalls", "left-out"]
    assert by_name["grows"].direction is Direction.GREW
    assert by_name["grows"].percent == pytest.approx(100 * (76 / 72 - 1))  # eight reps after six
    assert by_name["stalls"].percent == 0
    assert by_name["left-out"].direction is Direction.NEW
    assert found.next == (
        Advised(step=Step.TAKE_UP, subject="left-out"),
        Advised(step=Step.CHANGE_STIMULUS, subject="stalls"),
        Advised(step=Step.RECOVER, subject="falls"),
    )


def test_where_all_grows_the_review_says_to_go_on() -> None:
    sets = eight_weeks([5, 5, 6, 6, 7, 7, 8, 8], "grows")
    found = review(courses_of(sets).values(), {one.day for one in sets}, (), TODAY)
    assert found.next == (Advised(step=Step.KEEP_GOING),)


def test_weeks_without_training_come_first() -> None:
    sets = eight_weeks([5, 5, 6, 0, 7, 7, 8, 8], "grows")
    found = review(courses_of(sets).values(), {one.day for one in sets}, (), TODAY)
    assert found.next[0] == Advised(step=Step.TRAIN_WEEKLY)


def test_a_review_of_too_little_says_nothing() -> None:
    sets = eight_weeks([0, 0, 0, 0, 0, 5, 6, 7], "new")
    found = review(courses_of(sets).values(), {one.day for one in sets}, (), TODAY)
    assert (found.weeks_trained, found.next) == (3, ())


def test_a_muscle_that_training_is_for_is_held_against_the_advised_range() -> None:
    sets = eight_weeks([5, 5, 6, 6, 7, 7, 8, 8], "squat")
    weeks = weeks_until(TODAY, 8)
    counts = [SetCount(week, "squat", 12) for week in weeks] + [
        SetCount(week, "row", 16) for week in weeks
    ]
    volumes = muscle_volumes(counts, weeks, MUSCLES, EXERCISES.get)
    found = review(courses_of(sets).values(), {one.day for one in sets}, volumes, TODAY)
    assert found.next == (Advised(step=Step.FEWER_SETS, subject="back"),)
