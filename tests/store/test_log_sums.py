"""What years of training come to: hard sets, tallies, days, and sets kept beside their facts."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.session.facts import Fact, SetAmended, SetLogged, SetResult, SetVoided
from voicecoach.store.database import migrations, open_database
from voicecoach.store.log import TrainingLog
from voicecoach.store.sums import DayTally, ExerciseTally
from voicecoach.training.hard_sets import HardSet, hard_sets
from voicecoach.training.prescription import SetKind, WorkoutPrescription
from voicecoach.units import Load, Unit

SetMaker = Callable[..., SetLogged]
MONDAY = date(2026, 1, 5)


@pytest.fixture
def fortnight(
    log: TrainingLog, plan: WorkoutPrescription, evening: datetime, a_set: SetMaker
) -> TrainingLog:
    """Three sessions: a warm-up, two sets, and one of those things that do not count in each."""
    spoilt = (
        {"result": SetResult(reps=9, load=Load.kg(200), pain=True)},
        {"kind": SetKind.DROP},
        {"result": SetResult()},
    )
    for number, (days, fields) in enumerate(zip((0, 2, 7), spoilt, strict=True)):
        session = f"s{number}"
        log.begin_session(session, evening + timedelta(days=days), plan)
        hold = SetResult(hold_s=20, load=Load(0))
        log.append(
            session,
            [
                a_set("1", at_ms=1, kind=SetKind.WARMUP),
                a_set("2", at_ms=2, variation="sumo"),
                a_set("3", at_ms=3, exercise="plank", result=hold, kind=SetKind.FAILURE),
                a_set("4", at_ms=4, **fields),
            ],
        )
    return log


def test_hard_sets_are_read_without_those_that_do_not_count(fortnight: TrainingLog) -> None:
    first, second, *rest = fortnight.hard_sets()
    assert first == HardSet(MONDAY, first.session, "deadlift", "sumo", 5, None, Load.kg(100))
    assert second == HardSet(MONDAY, first.session, "plank", None, None, 20, Load(0))
    assert len(rest) == 4
    assert len({one.session for one in (first, *rest)}) == 3


def test_hard_sets_are_narrowed_down(fortnight: TrainingLog) -> None:
    wednesday = MONDAY + timedelta(days=2)
    assert {one.exercise for one in fortnight.hard_sets(exercise="plank")} == {"plank"}
    assert len(fortnight.hard_sets(since=wednesday)) == 4
    assert len(fortnight.hard_sets(until=wednesday)) == 4
    assert len(fortnight.hard_sets(since=wednesday, until=wednesday, exercise="plank")) == 1
    assert len(fortnight.hard_sets(without="s1")) == 4
    assert len(fortnight.hard_sets(without="unknown")) == 6


def test_the_store_counts_the_sets_that_training_counts(fortnight: TrainingLog) -> None:
    def bare(sets: list[HardSet]) -> list[HardSet]:
        return [replace(one, session="") for one in sets]

    assert bare(fortnight.hard_sets()) == bare(list(hard_sets(fortnight.performed_sets())))


def test_days_and_exercises_are_tallied(fortnight: TrainingLog) -> None:
    assert fortnight.day_tallies(until=MONDAY) == [
        DayTally(MONDAY, "deadlift", 1, 500_000),
        DayTally(MONDAY, "plank", 1, 0),
    ]
    assert len(fortnight.day_tallies()) == 6
    last = MONDAY + timedelta(days=7)
    assert fortnight.exercise_tallies() == [
        ExerciseTally("deadlift", 3, 3, 1_500_000, MONDAY, last),
        ExerciseTally("plank", 3, 3, 0, MONDAY, last),
    ]
    assert fortnight.exercise_tallies(since=last)[0].days == 1


def test_the_unit_is_that_of_the_latest_session(
    log: TrainingLog, plan: WorkoutPrescription, evening: datetime
) -> None:
    assert log.latest_unit() is None
    pounds = WorkoutPrescription(routine="r", name="R", workout="A", unit=Unit.LB, blocks=())
    log.begin_session("pounds", evening, pounds)
    log.begin_session("kilos", evening - timedelta(days=1), plan)
    assert log.latest_unit() is Unit.LB


SETS = ("1", "2", "3")
a_result = st.builds(
    SetResult,
    reps=st.none() | st.integers(0, 20),
    load=st.none() | st.builds(Load, st.integers(0, 200_000)),
    pain=st.booleans(),
    note=st.sampled_from(["", "left shoulder tight"]),
)
mendings = st.lists(
    st.tuples(st.sampled_from(SETS), st.none() | a_result),  # None: undone
    max_size=8,
)


def standing_and_folded(log_file: Path) -> tuple[list[object], list[object]]:
    with closing(sqlite3.connect(log_file)) as connection:
        kept = connection.execute("SELECT * FROM standing_set ORDER BY seq").fetchall()
        folded = connection.execute("SELECT * FROM set_from_facts ORDER BY seq").fetchall()
    return kept, folded


@given(mendings=mendings)
@settings(max_examples=25)
def test_sets_stand_as_their_facts_have_it(
    mendings: list[tuple[str, SetResult | None]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    log_file = tmp_path_factory.mktemp("log") / "log.sqlite3"
    plan = WorkoutPrescription(routine="r", name="R", workout="A", blocks=())
    voided: set[str] = set()
    facts: list[Fact] = [_logged(set_id) for set_id in SETS]
    for set_id, result in mendings:
        if set_id in voided:
            continue
        if result is None:
            voided.add(set_id)
            facts.append(SetVoided(at_ms=9, set_id=set_id))
        else:
            facts.append(SetAmended(at_ms=9, set_id=set_id, result=result))
    with TrainingLog.open(log_file) as log:
        log.begin_session("s", datetime(2026, 1, 5, 23, 59).astimezone(), plan)
        log.append("s", facts)
    kept, folded = standing_and_folded(log_file)
    assert kept == folded
    assert len(kept) == len(SETS) - len(voided)


def _logged(set_id: str) -> SetLogged:
    return SetLogged(
        at_ms=1,
        set_id=set_id,
        block=0,
        number=1,
        exercise="squat",
        variation=None,
        kind=SetKind.WORKING,
        low=None,
        high=None,
        result=SetResult(reps=5),
        source="typed",
    )


def test_a_log_of_the_first_schema_gets_its_standing_sets(
    log_file: Path, plan: WorkoutPrescription, evening: datetime, a_set: SetMaker
) -> None:
    with closing(open_database(log_file, steps=migrations()[:1])) as connection:
        log = TrainingLog(connection, log_file)
        log.begin_session("monday", evening, plan)
        log.append("monday", [a_set("1"), a_set("2"), a_set("3")])
        log.append("monday", [SetAmended(at_ms=9, set_id="2", result=SetResult(reps=8))])
        log.append("monday", [SetVoided(at_ms=9, set_id="3")])
    with TrainingLog.open(log_file) as log:
        assert [one.reps for one in log.performed_sets()] == [5, 8]
    kept, folded = standing_and_folded(log_file)
    assert kept == folded
