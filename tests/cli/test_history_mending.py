"""`voicecoach history amend|delete`, as they are typed."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from click.testing import CliRunner, Result

from voicecoach.cli.history import history
from voicecoach.errors import LibraryError, LogError
from voicecoach.runtime.paths import Paths
from voicecoach.session.facts import SetAmended, SetLogged, SetResult, SetVoided
from voicecoach.store.log import TrainingLog
from voicecoach.training.performance import PerformedSet
from voicecoach.training.prescription import SetKind, WorkoutPrescription
from voicecoach.units import Load

MONDAY = datetime(2026, 1, 5, 18, 0, tzinfo=timezone(timedelta(hours=1)))


@pytest.fixture
def trained(paths: Paths) -> Paths:
    """A log of two sets of deadlifts on a Monday, and of one on Friday."""
    with TrainingLog.open(paths.log) as log:
        for session, days, numbers in (("monday", 0, (1, 2)), ("friday", 4, (1,))):
            plan = WorkoutPrescription(
                routine="full-back", name="Full back", workout="A", blocks=()
            )
            log.begin_session(session, MONDAY + timedelta(days=days), plan)
            for number in numbers:
                log.append(session, [a_set(session, number)])
    return paths


def a_set(session: str, number: int) -> SetLogged:
    return SetLogged(
        at_ms=number * 60_000,
        set_id=f"{session}-{number}",
        block=0,
        number=number,
        exercise="deadlift",
        variation=None,
        kind=SetKind.WORKING,
        low=4,
        high=6,
        result=SetResult(reps=5, load=Load.kg(100), note="left side tight"),
        source="voice",
    )


def run(paths: Paths, *arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(history, arguments, obj=paths, input=typed)


def standing(paths: Paths) -> dict[str, PerformedSet]:
    with TrainingLog.open(paths.log) as log:
        return {one.id: one for one in log.performed_sets()}


def test_a_set_is_mended_and_the_rest_of_it_stays(trained: Paths) -> None:
    said = run(trained, "amend", "deadlift", "2", "--on", "2026-01-05", "--reps", "6")
    assert said.exit_code == 0, said.output
    mended = standing(trained)["monday-2"]
    assert (mended.reps, mended.load, mended.note) == (6, Load.kg(100), "left side tight")
    assert "5 reps" in said.stdout
    assert "6 reps" in said.stdout


def test_without_a_day_the_last_one_is_meant(trained: Paths) -> None:
    run(trained, "amend", "dead lift", "1", "--load", "225lb", "--rpe", "8.5", "--pain")
    mended = standing(trained)["friday-1"]
    assert (mended.load, mended.pain) == (Load.lb(225), True)
    assert standing(trained)["monday-1"].load == Load.kg(100)


def test_a_time_held_takes_the_place_of_repetitions(trained: Paths) -> None:
    run(trained, "amend", "deadlift", "1", "--hold", "45s", "--load", "bodyweight", "--note", "")
    mended = standing(trained)["friday-1"]
    assert (mended.reps, mended.hold_s, mended.load, mended.note) == (None, 45, Load(0), "")


def test_what_was_known_before_stays_in_the_log(trained: Paths) -> None:
    run(trained, "amend", "deadlift", "1", "--reps", "6")
    run(trained, "delete", "deadlift", "1", "--yes")
    with TrainingLog.open(trained.log) as log:
        kinds = [type(fact) for fact in log.facts("friday")[1:]]
    assert kinds == [SetLogged, SetAmended, SetVoided]


def test_a_set_is_deleted_only_after_a_yes(trained: Paths) -> None:
    refused = run(trained, "delete", "deadlift", "1", typed="n\n")
    assert refused.exit_code == 1
    assert "friday-1" in standing(trained)
    run(trained, "delete", "deadlift", "1", typed="y\n")
    assert sorted(standing(trained)) == ["monday-1", "monday-2"]


def test_a_deleted_set_is_no_longer_there_to_mend(trained: Paths) -> None:
    run(trained, "delete", "deadlift", "2", "--on", "2026-01-05", "--yes")
    again = run(trained, "amend", "deadlift", "2", "--on", "2026-01-05", "--reps", "6")
    assert isinstance(again.exception, LogError)
    assert "its sets that day: 1 at 18:01" in again.exception.remedy


def test_of_two_sets_with_one_number_the_time_decides(trained: Paths) -> None:
    with TrainingLog.open(trained.log) as log:
        plan = WorkoutPrescription(routine="full-back", name="Full back", workout="B", blocks=())
        log.begin_session("late", MONDAY + timedelta(days=4, hours=2), plan)
        log.append("late", [a_set("late", 1)])
    unclear = run(trained, "delete", "deadlift", "1", "--yes")
    assert isinstance(unclear.exception, LogError)
    assert "18:01, 20:01" in unclear.exception.problem
    run(trained, "delete", "deadlift", "1", "--at", "20:01", "--yes")
    assert sorted(standing(trained)) == ["friday-1", "monday-1", "monday-2"]


def test_of_two_sets_in_one_minute_the_second_decides(trained: Paths) -> None:
    with TrainingLog.open(trained.log) as log:
        plan = WorkoutPrescription(routine="full-back", name="Full back", workout="B", blocks=())
        log.begin_session("again", MONDAY + timedelta(days=4, seconds=20), plan)
        log.append("again", [a_set("again", 1)])
    unclear = run(trained, "delete", "deadlift", "1", "--at", "18:01", "--yes")
    assert isinstance(unclear.exception, LogError)
    assert "18:01:00, 18:01:20" in unclear.exception.problem
    run(trained, "delete", "deadlift", "1", "--at", "18:01:20", "--yes")
    assert sorted(standing(trained)) == ["friday-1", "monday-1", "monday-2"]


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--reps", "-1"),
        ("--reps", "6", "--hold", "20s"),
        ("--load", "82.5"),
        ("--load", "heavy"),
        ("--rpe", "11"),
        ("--rpe", "nan"),
        ("--hold", "long"),
        ("--on", "yesterday", "--reps", "6"),
    ],
)
def test_a_slip_is_a_usage_error_and_changes_nothing(
    trained: Paths, arguments: tuple[str, ...]
) -> None:
    before = standing(trained)
    slip = run(trained, "amend", "deadlift", "1", *arguments)
    assert slip.exit_code == 2, slip.output
    assert standing(trained) == before


def test_a_slip_in_the_exercise_is_told_with_the_nearest_name(trained: Paths) -> None:
    slip = run(trained, "delete", "deadlit", "1")
    assert isinstance(slip.exception, LibraryError)
    assert "deadlift" in slip.exception.remedy


def test_an_exercise_never_trained_has_no_set_to_mend(trained: Paths) -> None:
    assert isinstance(run(trained, "delete", "pull-up", "1").exception, LogError)


def test_to_mend_an_empty_log_makes_none(paths: Paths) -> None:
    assert isinstance(run(paths, "delete", "deadlift", "1").exception, LogError)
    assert not paths.data.exists()
