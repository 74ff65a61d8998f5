"""Imported sets in the log: once each, whole or not at all, and kept as what they were."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from voicecoach.errors import LogError
from voicecoach.session.facts import (
    SessionImported,
    SetAmended,
    SetLogged,
    SetResult,
    SetVoided,
)
from voicecoach.store.exchange.rows import ImportedSet, ImportedWorkout
from voicecoach.store.intake import Tally
from voicecoach.store.log import TrainingLog
from voicecoach.training.prescription import SetKind, WorkoutPrescription
from voicecoach.units import Load, Unit

BERLIN = timezone(timedelta(hours=2))
EVENING = datetime(2026, 7, 6, 17, 59, 12, tzinfo=BERLIN)
PUSH = ImportedWorkout(
    app="strong", key="monday", title="Push", unit=Unit.LB, note="slept badly", duration_s=3600
)


def told(
    exercise: str = "Bench Press",
    reps: int = 5,
    load: Load | None = None,
    *,
    workout: ImportedWorkout = PUSH,
    at: datetime = EVENING,
    kind: SetKind = SetKind.WORKING,
    note: str = "",
) -> ImportedSet:
    result = SetResult(reps=reps, load=Load.lb(225) if load is None else load, note=note)
    return ImportedSet(line=1, workout=workout, at=at, exercise=exercise, kind=kind, result=result)


def take(log: TrainingLog, *sets: ImportedSet, keep: bool = True) -> Tally:
    with log.intake(keep=keep) as intake:
        for one in sets:
            intake.add(one, one.exercise.lower().replace(" ", "-"), None)
    return intake.tally


def test_a_workout_is_taken_in_with_all_its_sets(log: TrainingLog) -> None:
    tally = take(log, told(kind=SetKind.WARMUP), told(reps=6, note="tight"), told("Squat", 8))
    assert (tally.added, tally.there, tally.workouts) == (3, 0, 1)
    assert (tally.first, tally.last) == (EVENING, EVENING)
    first, second, third = log.performed_sets()
    assert [one.number for one in (first, second, third)] == [1, 2, 1]
    assert (first.kind, second.kind) == (SetKind.WARMUP, SetKind.WORKING)
    assert (second.reps, second.load, second.note) == (6, Load.lb(225), "tight")
    assert (second.workout, second.routine, second.source) == ("Push", "", "import")
    assert second.at == EVENING
    assert second.at.utcoffset() == timedelta(hours=2)
    (session,) = log.sessions()
    assert (session.unit, session.note, session.duration_s) == (Unit.LB, "slept badly", 3600)
    assert log.unit_of(session.id) is Unit.LB
    assert log.latest_unit() is Unit.LB
    assert isinstance(log.facts(session.id)[0], SessionImported)


def test_the_bodyweight_of_a_workout_is_taken_in_once(log: TrainingLog) -> None:
    weighed = replace(PUSH, bodyweight=Load.kg("83.5"))
    for _ in range(2):
        take(log, told(workout=weighed))
    assert [(one.at, one.weight) for one in log.bodyweights()] == [(EVENING, Load.kg("83.5"))]


def test_an_imported_session_is_nothing_to_resume(log: TrainingLog) -> None:
    take(log, told())
    assert log.unfinished_session() is None


def test_taking_in_twice_adds_nothing(log: TrainingLog) -> None:
    sets = [told(), told(), told(reps=6)]  # two equal sets of a workout are two
    assert take(log, *sets).added == 3
    again = take(log, *sets)
    assert (again.added, again.there, again.workouts) == (0, 3, 0)


def test_a_later_export_adds_what_is_new_in_it(log: TrainingLog) -> None:
    take(log, told(), told(reps=6))
    later = take(log, told(note="written later"), told(), told(reps=6), told("Squat"))
    assert (later.added, later.there) == (2, 2)
    numbers = [(one.exercise, one.number) for one in log.performed_sets()]
    assert sorted(numbers) == [
        ("bench-press", 1),
        ("bench-press", 2),
        ("bench-press", 3),
        ("squat", 1),
    ]


def test_an_imported_set_that_was_deleted_stays_deleted(log: TrainingLog) -> None:
    take(log, told())
    (only,) = log.performed_sets()
    log.append(only.session, [SetVoided(at_ms=0, set_id=only.id)])
    assert take(log, told()).there == 1
    assert log.performed_sets() == ()


def test_an_imported_set_that_was_mended_is_still_known(log: TrainingLog) -> None:
    take(log, told())
    (only,) = log.performed_sets()
    log.append(only.session, [SetAmended(at_ms=0, set_id=only.id, result=SetResult(reps=9))])
    assert take(log, told()).there == 1
    assert [one.reps for one in log.performed_sets()] == [9]


def test_workouts_may_lie_about_in_the_file_in_any_order(log: TrainingLog) -> None:
    pull = replace(PUSH, key="friday", title="Pull")
    sets = [told(), told("Row", workout=pull), told(), told("Row", workout=pull)]
    assert take(log, *sets).added == 4
    assert take(log, *reversed(sets)).there == 4
    assert len(log.sessions()) == 2


def test_a_workout_that_comes_once_more_after_thousands_of_others_goes_on(log: TrainingLog) -> None:
    others = [
        told(workout=replace(PUSH, key=str(number)), at=EVENING + timedelta(days=number))
        for number in range(5001)
    ]
    take(log, *others)  # so that of these nothing is written once more
    back = told("Squat", workout=replace(PUSH, key="new"))
    tally = take(log, told(workout=back.workout), *others, back)
    assert (tally.added, tally.there) == (2, 5001)


def test_sets_with_an_instant_of_their_own_are_put_in_order(log: TrainingLog) -> None:
    later = EVENING + timedelta(minutes=5)
    take(log, told(reps=6, at=later), told(reps=5))
    first, second = log.performed_sets()
    assert [(one.reps, one.number, one.at) for one in (first, second)] == [
        (5, 1, EVENING),
        (6, 2, later),
    ]


def test_what_the_coach_logged_itself_is_not_taken_in_again(
    log: TrainingLog, plan: WorkoutPrescription
) -> None:
    log.begin_session("monday", EVENING, plan)
    for number in (1, 2):
        log.append(
            "monday",
            [
                SetLogged(
                    at_ms=number * 60_000,
                    set_id=str(number),
                    block=0,
                    number=number,
                    exercise="bench-press",
                    variation=None,
                    kind=SetKind.WORKING,
                    low=4,
                    high=6,
                    result=SetResult(reps=5, load=Load.kg(100)),
                    source="voice",
                )
            ],
        )
    # By way of pounds, to two decimals, and to the minute.
    gone_round = [told(load=Load.lb("220.46"), at=EVENING.replace(second=0)) for _ in range(3)]
    tally = take(log, *gone_round)
    assert (tally.added, tally.there) == (1, 2)
    again = take(log, *gone_round)
    assert (again.added, again.there) == (0, 3)


def test_two_workouts_of_one_app_may_begin_in_the_same_minute(log: TrainingLog) -> None:
    take(log, told())
    other = replace(PUSH, key="monday again")
    assert take(log, told(workout=other)).added == 1


def test_a_dry_run_counts_and_keeps_nothing(log: TrainingLog) -> None:
    take(log, told())
    tally = take(log, told(), told("Squat"), keep=False)
    assert (tally.added, tally.there) == (1, 1)
    assert len(log.performed_sets()) == 1


@pytest.mark.parametrize("failure", [KeyboardInterrupt, LogError("the disk is full")])
def test_what_breaks_off_leaves_nothing_behind(
    log: TrainingLog, failure: type[BaseException] | BaseException
) -> None:
    before = structure(log.path)
    with pytest.raises((KeyboardInterrupt, LogError)):
        break_off(log, failure)
    assert log.performed_sets() == ()
    assert log.sessions() == []
    assert structure(log.path) == before


def break_off(log: TrainingLog, failure: type[BaseException] | BaseException) -> None:
    with log.intake() as intake:
        for number in range(6000):
            intake.add(told(reps=number % 20), f"exercise-{number}", None)
        raise failure


def structure(path: Path) -> list[object]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(
            "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name"
        ).fetchall()


def test_the_log_is_as_safe_after_an_import_as_before(log: TrainingLog) -> None:
    before = structure(log.path)
    take(log, told())
    assert structure(log.path) == before
    with closing(sqlite3.connect(log.path)) as connection:
        with pytest.raises(sqlite3.IntegrityError, match="never changed"):
            connection.execute("UPDATE fact SET number = 7")
        rows = "SELECT * FROM {} ORDER BY seq"
        standing = connection.execute(rows.format("standing_set")).fetchall()
        assert standing == connection.execute(rows.format("set_from_facts")).fetchall()


any_set = st.builds(
    told,
    exercise=st.sampled_from(["Squat", "Row"]),
    reps=st.integers(0, 3),
    load=st.sampled_from([Load(0), Load.kg(50)]),
    workout=st.sampled_from([PUSH, replace(PUSH, key="b"), replace(PUSH, app="hevy", key="c")]),
    at=st.sampled_from([EVENING, EVENING + timedelta(days=1)]),
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(any_set, max_size=12), st.randoms(use_true_random=False))
def test_in_whatever_order_and_however_often_a_set_is_in_the_log_once(
    tmp_path_factory: pytest.TempPathFactory, sets: list[ImportedSet], chance: object
) -> None:
    by_app = [one for one in sets if one.workout.app == "strong"]
    with TrainingLog.open(tmp_path_factory.mktemp("log") / "log.sqlite3") as log:
        assert take(log, *by_app).added == len(by_app)
        shuffled = list(by_app)
        chance.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random
        assert take(log, *shuffled).there == len(by_app)
        assert len(log.performed_sets()) == len(by_app)
