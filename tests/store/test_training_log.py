"""The log takes facts whole steps at a time, keeps them, and gives them back."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from voicecoach.errors import LogError
from voicecoach.session.facts import (
    Fact,
    InjuryAnswered,
    SessionFinished,
    SessionStarted,
    SetAmended,
    SetLogged,
    SetResult,
    SetVoided,
)
from voicecoach.store.database import open_database
from voicecoach.store.log import TrainingLog
from voicecoach.training.prescription import WorkoutPrescription
from voicecoach.units import Load

SetMaker = Callable[..., SetLogged]


def test_a_session_comes_back_as_its_facts_in_order(
    log: TrainingLog, plan: WorkoutPrescription, evening: datetime, a_set: SetMaker
) -> None:
    log.begin_session("monday", evening, plan)
    log.append("monday", [a_set("1"), InjuryAnswered(at_ms=61_000, injured=False)])
    log.append("monday", [SetVoided(at_ms=65_000, set_id="1")])
    assert log.facts("monday") == (
        SessionStarted(at_ms=0, plan=plan),
        a_set("1"),
        InjuryAnswered(at_ms=61_000, injured=False),
        SetVoided(at_ms=65_000, set_id="1"),
    )


def test_a_step_without_facts_writes_nothing(
    log: TrainingLog, plan: WorkoutPrescription, evening: datetime
) -> None:
    log.begin_session("monday", evening, plan)
    log.append("monday", [])
    assert log.facts("monday") == (SessionStarted(at_ms=0, plan=plan),)


def test_facts_of_one_step_are_kept_together_or_not_at_all(
    log: TrainingLog, plan: WorkoutPrescription, evening: datetime, a_set: SetMaker
) -> None:
    log.begin_session("monday", evening, plan)
    before = log.facts("monday")
    with pytest.raises(LogError, match="no such set"):
        log.append("monday", [a_set("1"), SetVoided(at_ms=65_000, set_id="never logged")])
    assert log.facts("monday") == before
    log.append("monday", [a_set("1")])
    assert log.facts("monday") == (*before, a_set("1"))


def test_the_same_step_told_twice_after_a_failure_is_there_once(
    log_file: Path, plan: WorkoutPrescription, evening: datetime, a_set: SetMaker
) -> None:
    step = [a_set("1"), InjuryAnswered(at_ms=61_000, injured=False)]
    with (
        closing(open_database(log_file)) as connection,
        closing(_ForgetsToSayThatItCommitted(connection)) as forgetful,
    ):
        log = TrainingLog(forgetful, log_file)  # type: ignore[arg-type]
        log.begin_session("monday", evening, plan)
        forgetful.forgets = True
        with pytest.raises(LogError, match="disk fails"):
            log.append("monday", step)
        log.append("monday", step)
        log.append("monday", [SessionFinished(at_ms=70_000, completed=True)])
        assert log.facts("monday")[1:] == (*step, SessionFinished(at_ms=70_000, completed=True))


class _ForgetsToSayThatItCommitted:
    """A connection on a disk that once reports a failure after the commit was safe."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.forgets = False

    def __getattr__(self, name: str) -> object:
        return getattr(self._connection, name)

    def execute(self, statement: str, *values: object) -> sqlite3.Cursor:
        cursor = self._connection.execute(statement, *values)
        if statement == "COMMIT" and self.forgets:
            self.forgets = False
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode = sqlite3.SQLITE_IOERR
            raise error
        return cursor

    def close(self) -> None:
        self._connection.close()


def test_two_coaches_cannot_write_one_session(
    log_file: Path, plan: WorkoutPrescription, evening: datetime, a_set: SetMaker
) -> None:
    with TrainingLog.open(log_file) as first, TrainingLog.open(log_file) as second:
        first.begin_session("monday", evening, plan)
        first.append("monday", [a_set("1")])
        second.append("monday", [a_set("2")])
        with pytest.raises(LogError, match="another voicecoach"):
            first.append("monday", [a_set("3")])
        assert [performed.id for performed in second.sets_of("monday")] == ["1", "2"]


def test_two_sessions_are_written_side_by_side(
    log_file: Path, plan: WorkoutPrescription, evening: datetime, a_set: SetMaker
) -> None:
    with TrainingLog.open(log_file) as first, TrainingLog.open(log_file) as second:
        first.begin_session("mine", evening, plan)
        second.begin_session("yours", evening, plan)
        for number in range(3):
            first.append("mine", [a_set(f"m{number}")])
            second.append("yours", [a_set(f"y{number}")])
        assert len(first.sets_of("mine")) == len(first.sets_of("yours")) == 3


def test_a_second_writer_is_told_that_the_log_is_in_use(
    log_file: Path, plan: WorkoutPrescription, evening: datetime
) -> None:
    with (
        TrainingLog.open(log_file, busy_timeout_ms=1) as waiting,
        closing(sqlite3.connect(log_file, isolation_level=None)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LogError) as caught:
            waiting.begin_session("monday", evening, plan)
        assert "in use" in caught.value.problem
        assert caught.value.place == str(log_file)
        other.execute("ROLLBACK")
        waiting.begin_session("monday", evening, plan)


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE fact SET body = '{\"at_ms\":0}'",
        "UPDATE fact SET at = '2000-01-01'",
        "DELETE FROM fact",
        "DELETE FROM session",
        "UPDATE session SET workout = 'B'",
        "REPLACE INTO fact (session, number, kind, at, body) SELECT 1, 1, kind, at, body FROM fact",
        "REPLACE INTO session SELECT * FROM session",
    ],
)
def test_no_statement_changes_what_happened(
    log_file: Path,
    plan: WorkoutPrescription,
    evening: datetime,
    tampering: str,
) -> None:
    with TrainingLog.open(log_file) as log:
        log.begin_session("monday", evening, plan)
        before = log.facts("monday")
        with (
            closing(open_database(log_file)) as connection,
            pytest.raises(sqlite3.IntegrityError, match="never"),
        ):
            connection.execute(tampering)
        assert log.facts("monday") == before


@pytest.mark.parametrize(
    ("step", "why"),
    [
        ([SetVoided(at_ms=2, set_id="1"), SetVoided(at_ms=3, set_id="1")], "voided"),
        (
            [SetVoided(at_ms=2, set_id="1"), SetAmended(at_ms=3, set_id="1", result=SetResult())],
            "voided",
        ),
        ([SetAmended(at_ms=3, set_id="2", result=SetResult(reps=1))], "no such set"),
        ([SessionFinished(at_ms=2, completed=True)] * 2, "refuses"),
        ([InjuryAnswered(at_ms=-1, injured=False)], "refuses"),
    ],
)
def test_facts_that_contradict_the_log_are_refused(
    log: TrainingLog, plan: WorkoutPrescription, a_set: SetMaker, step: list[Fact], why: str
) -> None:
    log.begin_session("monday", datetime(2026, 1, 5, tzinfo=UTC), plan)
    log.append("monday", [a_set("1")])
    before = log.facts("monday")
    with pytest.raises(LogError, match=why):
        log.append("monday", step)
    assert log.facts("monday") == before


def test_a_set_is_logged_once(
    log: TrainingLog, plan: WorkoutPrescription, evening: datetime, a_set: SetMaker
) -> None:
    log.begin_session("monday", evening, plan)
    log.append("monday", [a_set("1")])
    with pytest.raises(LogError):
        log.append("monday", [a_set("1", at_ms=99_000)])


@pytest.mark.parametrize(
    "result",
    [SetResult(reps=-1), SetResult(hold_s=-1), SetResult(reps=2**63)],
    ids=["negative reps", "negative seconds", "more than SQLite counts to"],
)
def test_numbers_that_cannot_be_are_refused(
    log: TrainingLog,
    plan: WorkoutPrescription,
    evening: datetime,
    a_set: SetMaker,
    result: SetResult,
) -> None:
    log.begin_session("monday", evening, plan)
    with pytest.raises(LogError):
        log.append("monday", [a_set("1", result=result)])
    assert log.sets_of("monday") == ()


def test_a_session_must_be_begun_and_only_once(
    log: TrainingLog, plan: WorkoutPrescription, evening: datetime, a_set: SetMaker
) -> None:
    with pytest.raises(LogError, match="no session 'monday'"):
        log.append("monday", [a_set("1")])
    with pytest.raises(LogError, match="no session 'monday'"):
        log.facts("monday")
    log.begin_session("monday", evening, plan)
    with pytest.raises(LogError, match="already"):
        log.begin_session("monday", evening, plan)


def test_a_session_begins_at_an_instant_and_not_at_any_clock_s_six(
    log: TrainingLog, plan: WorkoutPrescription
) -> None:
    with pytest.raises(ValueError, match="offset"):
        log.begin_session("monday", datetime(2026, 1, 5, 18, 0), plan)  # noqa: DTZ001


def test_the_unfinished_session_is_the_latest_without_an_end(
    log: TrainingLog, plan: WorkoutPrescription, evening: datetime, a_set: SetMaker
) -> None:
    assert log.unfinished_session() is None
    log.begin_session("old", evening - timedelta(days=9), plan)
    log.begin_session("done", evening + timedelta(hours=2), plan)
    log.append("done", [SessionFinished(at_ms=1, completed=False)])
    log.begin_session("open", evening, plan)
    log.append("open", [a_set("1")])
    unfinished = log.unfinished_session()
    assert unfinished is not None
    session_id, started_at, facts = unfinished
    assert session_id == "open"
    assert started_at == evening
    assert started_at.utcoffset() == timedelta(hours=1)
    assert facts == (SessionStarted(at_ms=0, plan=plan), a_set("1"))
    log.append("open", [SessionFinished(at_ms=70_000, completed=False)])
    left = log.unfinished_session()
    assert left is not None
    assert left.id == "old"


def test_the_injury_is_asked_about_until_it_is_answered(
    log: TrainingLog, plan: WorkoutPrescription, evening: datetime
) -> None:
    assert log.injury_answer() is None
    log.begin_session("later", evening + timedelta(days=7), plan)
    log.append("later", [InjuryAnswered(at_ms=5, injured=True)])
    log.begin_session("earlier", evening, plan)
    log.append("earlier", [InjuryAnswered(at_ms=5, injured=False)])
    assert log.injury_answer() is True


def test_a_log_closed_and_opened_goes_on_where_it_was(
    log_file: Path, plan: WorkoutPrescription, evening: datetime, a_set: SetMaker
) -> None:
    with TrainingLog.open(log_file) as log:
        log.begin_session("monday", evening, plan)
        log.append("monday", [a_set("1")])
    with TrainingLog.open(log_file) as log:
        log.append("monday", [SetAmended(at_ms=61_000, set_id="1", result=SetResult(reps=6))])
        (performed,) = log.sets_of("monday")
    assert performed.reps == 6


def test_the_log_is_for_its_owner_only(log_file: Path, log: TrainingLog) -> None:
    assert log.path == log_file
    for file in log_file.parent.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
    assert stat.S_IMODE(log_file.parent.stat().st_mode) == 0o700


def test_instants_are_kept_in_utc_and_read_on_the_clock_of_their_place(
    log: TrainingLog, plan: WorkoutPrescription, evening: datetime, a_set: SetMaker, log_file: Path
) -> None:
    log.begin_session("monday", evening, plan)
    log.append("monday", [a_set("1", at_ms=1_500)])
    (performed,) = log.sets_of("monday")
    assert performed.at.isoformat() == "2026-01-05T18:00:01.500000+01:00"
    with closing(sqlite3.connect(log_file)) as plain:
        kept = plain.execute("SELECT at FROM fact WHERE kind = 'SetLogged'").fetchone()
    assert kept == ("2026-01-05T17:00:01.500Z",)


def test_a_fact_of_a_newer_coach_is_not_read_as_something_else(
    log: TrainingLog, plan: WorkoutPrescription, log_file: Path
) -> None:
    log.begin_session("monday", datetime(2026, 1, 5, tzinfo=UTC), plan)
    with closing(sqlite3.connect(log_file)) as plain:
        plain.execute(
            "INSERT INTO fact (session, number, kind, at, body) "
            "VALUES (1, 2, 'SetSung', '2026-01-05T00:00:00.000Z', '{\"at_ms\":1}')"
        )
        plain.commit()
    with pytest.raises(LogError, match="SetSung"):
        log.facts("monday")


def test_a_note_may_hold_any_character(
    log: TrainingLog, plan: WorkoutPrescription, evening: datetime, a_set: SetMaker
) -> None:
    note = "élan \"quoted\" 'single' \x01 \u2028 \U0001f3cb \\u0041"
    log.begin_session("monday", evening, plan)
    log.append("monday", [a_set("1", result=SetResult(reps=1, load=Load(0), note=note))])
    (performed,) = log.sets_of("monday")
    assert performed.note == note
    assert performed.load == Load(0)
