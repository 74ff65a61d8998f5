"""What the log answers: sets as they stand now, workouts that were completed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.session.facts import (
    SessionFinished,
    SetAmended,
    SetLogged,
    SetResult,
    SetVoided,
)
from voicecoach.store.log import TrainingLog
from voicecoach.training.performance import CompletedWorkout, PerformedSet
from voicecoach.training.prescription import SetKind, WorkoutPrescription
from voicecoach.units import Load, Rpe

SetMaker = Callable[..., SetLogged]


def ids(sets: tuple[PerformedSet, ...]) -> list[str]:
    return [performed.id for performed in sets]


def test_a_set_comes_back_with_all_that_was_said_of_it(
    log: TrainingLog, plan: WorkoutPrescription, evening: datetime, a_set: SetMaker
) -> None:
    result = SetResult(
        reps=5,
        load=Load.kg("102.5"),
        rpe=Rpe(Decimal("8.5")),
        effort="hard",
        pain=True,
        note="left shoulder tight",
    )
    log.begin_session("monday", evening, plan)
    log.append(
        "monday", [a_set("1", variation="sumo", number=2, kind=SetKind.WARMUP, result=result)]
    )
    assert log.performed_sets() == (
        PerformedSet(
            id="1",
            at=evening + timedelta(minutes=1),
            session="monday",
            routine="full-back",
            workout="A",
            exercise="deadlift",
            variation="sumo",
            number=2,
            kind=SetKind.WARMUP,
            reps=5,
            load=Load.kg("102.5"),
            rpe=Rpe(Decimal("8.5")),
            low=4,
            high=6,
            effort="hard",
            pain=True,
            note="left shoulder tight",
            source="voice",
        ),
    )


def test_the_last_amendment_of_a_set_stands(
    log: TrainingLog, plan: WorkoutPrescription, evening: datetime, a_set: SetMaker
) -> None:
    log.begin_session("monday", evening, plan)
    log.append("monday", [a_set("1"), a_set("2", at_ms=90_000)])
    log.append("monday", [SetAmended(at_ms=95_000, set_id="1", result=SetResult(reps=7))])
    log.append("monday", [SetAmended(at_ms=96_000, set_id="1", result=SetResult(reps=6))])
    first, second = log.sets_of("monday")
    assert (first.reps, first.load, first.at) == (6, None, evening + timedelta(minutes=1))
    assert (second.reps, second.load) == (5, Load.kg(100))


def test_a_voided_set_is_gone_from_history(
    log: TrainingLog, plan: WorkoutPrescription, evening: datetime, a_set: SetMaker
) -> None:
    log.begin_session("monday", evening, plan)
    log.append("monday", [a_set("1"), a_set("2", at_ms=90_000)])
    log.append("monday", [SetAmended(at_ms=95_000, set_id="1", result=SetResult(reps=7))])
    log.append("monday", [SetVoided(at_ms=96_000, set_id="1")])
    assert ids(log.performed_sets()) == ids(log.sets_of("monday")) == ["2"]


def test_the_same_set_id_in_two_sessions_is_two_sets(
    log: TrainingLog, plan: WorkoutPrescription, evening: datetime, a_set: SetMaker
) -> None:
    for session, days in (("monday", 0), ("friday", 4)):
        log.begin_session(session, evening + timedelta(days=days), plan)
        log.append(session, [a_set("1")])
    log.append("monday", [SetVoided(at_ms=96_000, set_id="1")])
    (left,) = log.performed_sets()
    assert left.session == "friday"


@pytest.fixture
def three_weeks(
    log: TrainingLog, plan: WorkoutPrescription, evening: datetime, a_set: SetMaker
) -> TrainingLog:
    """Six sessions of two sets each, two a week, the workouts alternating and one routine else."""
    for index in range(6):
        day = evening + timedelta(days=7 * (index // 2) + 3 * (index % 2))
        workout = replace(
            plan, workout="AB"[index % 2], routine="holiday" if index == 5 else plan.routine
        )
        log.begin_session(f"s{index}", day, workout)
        log.append(
            f"s{index}", [a_set(f"{index}d", at_ms=1, variation=("sumo" if index else None))]
        )
        log.append(f"s{index}", [a_set(f"{index}r", at_ms=2, exercise="pull-up")])
        log.append(f"s{index}", [SessionFinished(at_ms=3, completed=index != 3)])
    return log


def test_sets_are_found_by_exercise_the_oldest_first(three_weeks: TrainingLog) -> None:
    found = three_weeks.performed_sets(exercise="deadlift")
    assert ids(found) == ["0d", "1d", "2d", "3d", "4d", "5d"]
    assert three_weeks.performed_sets(exercise="juggling") == ()


def test_a_limit_keeps_the_latest(three_weeks: TrainingLog) -> None:
    assert ids(three_weeks.performed_sets(limit=3)) == ["4r", "5d", "5r"]
    assert ids(three_weeks.performed_sets(exercise="pull-up", limit=2)) == ["4r", "5r"]
    assert three_weeks.performed_sets(limit=0) == ()


def test_sets_are_found_by_routine(three_weeks: TrainingLog) -> None:
    assert ids(three_weeks.performed_sets(routine="holiday")) == ["5d", "5r"]
    assert ids(three_weeks.performed_sets(routine="full-back", limit=1)) == ["4r"]
    assert ids(three_weeks.performed_sets(routine="full-back", exercise="pull-up", limit=1)) == [
        "4r"
    ]


def test_sets_are_found_by_day_the_first_and_last_included(three_weeks: TrainingLog) -> None:
    monday, friday = date(2026, 1, 12), date(2026, 1, 15)
    assert ids(three_weeks.performed_sets(since=monday, until=monday)) == ["2d", "2r"]
    assert ids(three_weeks.performed_sets(since=monday, until=friday)) == ["2d", "2r", "3d", "3r"]
    assert ids(three_weeks.performed_sets(since=friday, limit=1)) == ["5r"]
    assert ids(three_weeks.performed_sets(until=monday - timedelta(days=7))) == ["0d", "0r"]
    assert len(three_weeks.performed_sets(since=date.min, until=date.max)) == 12


@given(
    offset_h=st.integers(-23, 23),
    minute=st.integers(0, 24 * 60 - 1),
    shift=st.integers(-2, 2),
)
@settings(max_examples=25, deadline=None)
def test_a_day_is_the_one_on_the_wall_where_the_set_was_done(
    offset_h: int, minute: int, shift: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    there = timezone(timedelta(hours=offset_h))
    at = datetime(2026, 3, 1, tzinfo=there) + timedelta(minutes=minute)
    plan = WorkoutPrescription(routine="r", name="R", workout="A", blocks=())
    logged = SetLogged(
        at_ms=0,
        set_id="1",
        block=0,
        number=1,
        exercise="deadlift",
        variation=None,
        kind=SetKind.WORKING,
        low=None,
        high=None,
        result=SetResult(reps=1),
        source="typed",
    )
    asked = date(2026, 3, 1) + timedelta(days=shift)
    with TrainingLog.open(tmp_path_factory.mktemp("log") / "log.sqlite3") as log:
        log.begin_session("s", at, plan)
        log.append("s", [logged])
        (performed,) = log.performed_sets()
        assert performed.at == at
        assert performed.at.date() == date(2026, 3, 1)
        assert bool(log.performed_sets(since=asked, until=asked)) == (shift == 0)
        assert bool(log.performed_sets(since=asked)) == (shift <= 0)
        assert bool(log.performed_sets(until=asked)) == (shift >= 0)


def test_sets_stand_in_the_order_they_were_done_though_logged_later(
    log: TrainingLog, plan: WorkoutPrescription, evening: datetime, a_set: SetMaker
) -> None:
    log.begin_session("new", evening, plan)
    log.append("new", [a_set("new")])
    log.begin_session("imported", evening - timedelta(days=365), plan, source="import")
    log.append("imported", [a_set("old")])
    assert ids(log.performed_sets()) == ["old", "new"]
    assert ids(log.performed_sets(limit=1)) == ["new"]


def test_sets_of_one_instant_stand_in_the_order_they_were_logged(
    log: TrainingLog, plan: WorkoutPrescription, evening: datetime, a_set: SetMaker
) -> None:
    log.begin_session("monday", evening, plan)
    log.append("monday", [a_set(set_id) for set_id in "zaq"])
    assert ids(log.performed_sets()) == ids(log.sets_of("monday")) == ["z", "a", "q"]


def test_completed_workouts_are_those_led_to_their_end(three_weeks: TrainingLog) -> None:
    workouts = three_weeks.completed_workouts("full-back")
    assert [(workout.session, workout.workout) for workout in workouts] == [
        ("s0", "A"),
        ("s1", "B"),
        ("s2", "A"),
        ("s4", "A"),
    ]
    assert workouts[1] == CompletedWorkout(
        session="s1",
        at=datetime(2026, 1, 8, 17, tzinfo=UTC),
        routine="full-back",
        workout="B",
        variations=(("deadlift", "sumo"),),
    )
    assert workouts[0].variations == ()
    assert [w.session for w in three_weeks.completed_workouts("full-back", limit=2)] == ["s2", "s4"]
    assert three_weeks.completed_workouts("no such routine") == ()


def test_a_workout_without_a_standing_set_was_not_trained(
    log: TrainingLog, plan: WorkoutPrescription, evening: datetime, a_set: SetMaker
) -> None:
    log.begin_session("empty", evening, plan)
    log.append("empty", [SessionFinished(at_ms=1, completed=True)])
    log.begin_session("undone", evening, plan)
    log.append("undone", [a_set("1"), SetVoided(at_ms=70_000, set_id="1")])
    log.append("undone", [SessionFinished(at_ms=71_000, completed=True)])
    assert log.completed_workouts("full-back") == ()


def test_a_variation_counts_as_trained_while_one_of_its_sets_stands(
    log: TrainingLog, plan: WorkoutPrescription, evening: datetime, a_set: SetMaker
) -> None:
    log.begin_session("monday", evening, plan)
    log.append("monday", [a_set("1", variation="sumo"), a_set("2", variation="sumo")])
    log.append("monday", [a_set("3", variation="hex-bar"), a_set("4", exercise="pull-up")])
    log.append("monday", [SetVoided(at_ms=70_000, set_id=gone) for gone in ("1", "3")])
    log.append("monday", [SessionFinished(at_ms=71_000, completed=True)])
    (workout,) = log.completed_workouts("full-back")
    assert workout.variations == (("deadlift", "sumo"),)


MENDINGS = st.lists(
    st.tuples(st.sampled_from(["log", "amend", "void"]), st.integers(0, 5), st.integers(0, 20)),
    max_size=30,
)


@given(MENDINGS)
@settings(max_examples=30, deadline=None)
def test_history_is_the_fold_of_the_facts(
    tmp_path_factory: pytest.TempPathFactory, mendings: list[tuple[str, int, int]]
) -> None:
    plan = WorkoutPrescription(routine="r", name="R", workout="A", blocks=())
    standing: dict[str, int] = {}
    used: set[str] = set()
    with TrainingLog.open(tmp_path_factory.mktemp("log") / "log.sqlite3") as log:
        log.begin_session("s", datetime(2026, 1, 5, tzinfo=UTC), plan)
        for at_ms, (what, which, reps) in enumerate(mendings):
            set_id = str(which)
            if what == "log" and set_id not in used:
                logged = SetLogged(
                    at_ms=at_ms,
                    set_id=set_id,
                    block=0,
                    number=1,
                    exercise="deadlift",
                    variation=None,
                    kind=SetKind.WORKING,
                    low=None,
                    high=None,
                    result=SetResult(reps=reps),
                    source="typed",
                )
                log.append("s", [logged])
                standing[set_id] = reps
                used.add(set_id)
            elif what == "amend" and set_id in standing:
                log.append(
                    "s", [SetAmended(at_ms=at_ms, set_id=set_id, result=SetResult(reps=reps))]
                )
                standing[set_id] = reps
            elif what == "void" and set_id in standing:
                log.append("s", [SetVoided(at_ms=at_ms, set_id=set_id)])
                del standing[set_id]
        assert [(performed.id, performed.reps) for performed in log.performed_sets()] == [
            *standing.items()
        ]
