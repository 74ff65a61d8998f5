"""What is said beside the sets: bodyweights, notes, and names of the lifter's own."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from voicecoach.errors import LogError
from voicecoach.session.facts import (
    AliasTaught,
    BodyweightLogged,
    EntryVoided,
    NoteTaken,
    SessionFinished,
)
from voicecoach.store.log import TrainingLog
from voicecoach.units import Load, Unit


@pytest.fixture
def logbook(log: TrainingLog, evening: datetime) -> TrainingLog:
    log.begin_logbook("book", evening, Unit.LB)
    return log


def weighed(entry_id: str, kg: str, at_ms: int = 1000) -> BodyweightLogged:
    return BodyweightLogged(at_ms=at_ms, entry_id=entry_id, weight=Load.kg(kg))


def test_a_bodyweight_is_told_with_its_day_and_one_undone_is_not(
    logbook: TrainingLog, evening: datetime
) -> None:
    logbook.append("book", [weighed("book/1", "82.5"), weighed("book/2", "825")])
    logbook.append("book", [EntryVoided(at_ms=2000, entry_id="book/2")])
    (told,) = logbook.bodyweights()
    assert told.weight == Load.kg("82.5")
    assert told.at == evening + timedelta(seconds=1)
    assert told.at.utcoffset() == evening.utcoffset()


def test_bodyweights_are_told_of_a_span_of_days(log: TrainingLog, evening: datetime) -> None:
    for number in range(3):
        log.begin_logbook(f"book{number}", evening + timedelta(days=number), Unit.KG)
        log.append(f"book{number}", [weighed(f"book{number}/1", f"8{number}")])
    day = date(2026, 1, 6)
    assert [one.weight for one in log.bodyweights(since=day)] == [Load.kg(81), Load.kg(82)]
    assert [one.weight for one in log.bodyweights(until=day)] == [Load.kg(80), Load.kg(81)]
    assert [one.weight for one in log.bodyweights(since=day, until=day)] == [Load.kg(81)]


def test_a_day_is_that_of_the_lifters_clock(log: TrainingLog, evening: datetime) -> None:
    past_midnight = evening.replace(hour=0, minute=30)  # by UTC it is still the day before
    log.begin_logbook("book", past_midnight, Unit.KG)
    log.append("book", [weighed("book/1", "80")])
    assert log.bodyweights(since=past_midnight.date())
    assert not log.bodyweights(until=past_midnight.date() - timedelta(days=1))


def test_notes_are_of_a_set_or_of_the_day(logbook: TrainingLog) -> None:
    logbook.append(
        "book",
        [
            NoteTaken(at_ms=1, entry_id="book/1", text="left shoulder tight", set_id="book/set"),
            NoteTaken(at_ms=2, entry_id="book/2", text="slept badly"),
        ],
    )
    assert [(one.text, one.session, one.set_id) for one in logbook.notes()] == [
        ("left shoulder tight", "book", "book/set"),
        ("slept badly", "book", None),
    ]


def test_an_entry_is_undone_once(logbook: TrainingLog) -> None:
    logbook.append("book", [weighed("book/1", "80"), EntryVoided(at_ms=1, entry_id="book/1")])
    with pytest.raises(LogError):
        logbook.append("book", [EntryVoided(at_ms=2, entry_id="book/1")])


def test_of_a_name_taught_twice_the_later_meaning_holds(logbook: TrainingLog) -> None:
    assert logbook.aliases() == {}
    for exercise, variation in (("bench-press", None), ("deadlift", "sumo")):
        logbook.append(
            "book",
            [AliasTaught(at_ms=1, name="the big one", exercise=exercise, variation=variation)],
        )
    assert logbook.aliases() == {"the big one": ("deadlift", "sumo")}


def test_a_logbook_knows_its_unit_and_is_never_resumed(logbook: TrainingLog) -> None:
    assert logbook.unit_of("book") is Unit.LB
    assert logbook.unfinished_session() is None


def test_its_sets_are_sets_like_any_other(logbook: TrainingLog, a_set) -> None:
    logbook.append("book", [a_set("book/1"), SessionFinished(at_ms=9, completed=False)])
    (one,) = logbook.performed_sets(exercise="deadlift")
    assert (one.routine, one.workout, one.reps) == ("", "", 5)
    assert logbook.completed_workouts("") == ()
