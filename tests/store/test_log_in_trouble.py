"""A full disk, a lock, a log that cannot be written: it is told, and the retry counts once."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from voicecoach.errors import LogError
from voicecoach.session.facts import SetLogged
from voicecoach.store.database import open_database
from voicecoach.store.log import TrainingLog
from voicecoach.training.prescription import WorkoutPrescription

SetMaker = Callable[..., SetLogged]


@pytest.fixture
def connection(log_file: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_database(log_file, busy_timeout_ms=20)) as opened:
        yield opened


@pytest.fixture
def training(
    connection: sqlite3.Connection, log_file: Path, plan: WorkoutPrescription, evening: datetime
) -> TrainingLog:
    log = TrainingLog(connection, log_file)
    log.begin_session("monday", evening, plan)
    log.append("monday", [])
    return log


def ids(log: TrainingLog) -> list[str]:
    return [one.id for one in log.performed_sets()]


def test_on_a_full_disk_the_set_is_refused_and_taken_once_there_is_room(
    training: TrainingLog, connection: sqlite3.Connection, a_set: SetMaker
) -> None:
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages}")
    refused = None
    for taken in range(10_000):
        try:
            training.append("monday", [a_set(f"monday/{taken}", number=taken + 1)])
        except LogError as error:
            refused = error
            break
    assert refused is not None
    assert refused.problem == "the disk is full"
    assert ids(training) == [f"monday/{n}" for n in range(taken)]
    connection.execute("PRAGMA max_page_count = 1000000")
    training.append("monday", [a_set(f"monday/{taken}", number=taken + 1)])
    assert ids(training) == [f"monday/{n}" for n in range(taken + 1)]


def test_while_another_writes_the_set_is_refused_and_taken_afterwards(
    training: TrainingLog, log_file: Path, a_set: SetMaker
) -> None:
    first = [a_set("monday/1")]
    with closing(sqlite3.connect(log_file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LogError, match="in use by another voicecoach"):
            training.append("monday", first)
        assert ids(training) == []
        other.execute("ROLLBACK")
    training.append("monday", first)
    training.append("monday", [a_set("monday/2", number=2)])
    assert ids(training) == ["monday/1", "monday/2"]


def test_a_log_that_may_only_be_read_says_so_and_can_be_read(
    training: TrainingLog, connection: sqlite3.Connection, a_set: SetMaker
) -> None:
    training.append("monday", [a_set("monday/1")])
    connection.execute("PRAGMA query_only = ON")
    with pytest.raises(LogError, match="cannot be written"):
        training.append("monday", [a_set("monday/2", number=2)])
    assert ids(training) == ["monday/1"]
