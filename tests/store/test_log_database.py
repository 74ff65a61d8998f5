"""The log's file is brought up to date whole, copied first, and never mistaken for another."""

from __future__ import annotations

import multiprocessing
import sqlite3
import stat
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from voicecoach.errors import LogError
from voicecoach.store.database import (
    APPLICATION_ID,
    Migration,
    copy_database,
    migrations,
    open_database,
    statements,
)
from voicecoach.store.log import TrainingLog
from voicecoach.training.prescription import WorkoutPrescription

NEXT = migrations()[-1].version + 1
ADDS_A_TABLE = Migration(
    version=NEXT,
    statements=("CREATE TABLE shoe (name TEXT) STRICT", "INSERT INTO shoe VALUES ('flat')"),
)
BOOM = Migration(
    version=NEXT,
    statements=(*ADDS_A_TABLE.statements, "INSERT INTO boom VALUES (1)"),
)


@pytest.fixture
def filled(log_file: Path, plan: WorkoutPrescription) -> Path:
    """A log of today's schema with a session in it."""
    with TrainingLog.open(log_file) as log:
        log.begin_session("monday", datetime(2026, 1, 5, 18, tzinfo=UTC), plan)
    return log_file


def schema_of(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(
            "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name"
        ).fetchall()


def numbers_of(path: Path) -> tuple[int, int]:
    with closing(sqlite3.connect(path)) as connection:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
    return application, version


def test_a_log_that_is_not_there_is_made_with_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "one" / "two" / "training.sqlite3"
    open_database(path).close()
    assert numbers_of(path) == (APPLICATION_ID, migrations()[-1].version)


def test_migrations_are_numbered_without_a_gap() -> None:
    assert [step.version for step in migrations()] == list(range(1, NEXT))


def test_every_commit_goes_through_to_the_disk(log_file: Path) -> None:
    with closing(open_database(log_file)) as connection:
        settings = {
            name: connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "fullfsync")
        }
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "fullfsync": 1}


def test_a_migration_copies_the_log_and_leads_it_on(filled: Path) -> None:
    before = schema_of(filled)
    open_database(filled, steps=(*migrations(), ADDS_A_TABLE)).close()
    assert numbers_of(filled) == (APPLICATION_ID, NEXT)
    copy = filled.with_name(f"training.v{NEXT - 1}.sqlite3")
    assert numbers_of(copy) == (APPLICATION_ID, NEXT - 1)
    assert schema_of(copy) == before
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with TrainingLog.open(copy) as log:
        assert log.unfinished_session() is not None


def test_a_new_log_is_not_copied(log_file: Path) -> None:
    open_database(log_file, steps=(*migrations(), ADDS_A_TABLE)).close()
    assert [path.name for path in log_file.parent.iterdir()] == [log_file.name]


def test_a_migration_that_fails_leaves_the_log_as_it_was(filled: Path) -> None:
    before = schema_of(filled)
    with pytest.raises(LogError, match="boom"):
        open_database(filled, steps=(*migrations(), BOOM))
    assert schema_of(filled) == before
    assert numbers_of(filled) == (APPLICATION_ID, NEXT - 1)
    with TrainingLog.open(filled) as log:
        assert log.unfinished_session() is not None


def test_of_two_migrations_the_first_stays_when_the_second_fails(filled: Path) -> None:
    second = replace(BOOM, version=NEXT + 1)
    with pytest.raises(LogError):
        open_database(filled, steps=(*migrations(), ADDS_A_TABLE, second))
    assert numbers_of(filled) == (APPLICATION_ID, NEXT)
    with closing(open_database(filled, steps=(*migrations(), ADDS_A_TABLE))) as connection:
        assert connection.execute("SELECT count(*) FROM shoe").fetchone() == (1,)


def test_a_newer_log_is_refused_by_name_and_untouched(filled: Path) -> None:
    open_database(filled, steps=(*migrations(), ADDS_A_TABLE)).close()
    before = filled.read_bytes()
    with pytest.raises(LogError) as caught:
        TrainingLog.open(filled)
    assert str(filled) in str(caught.value)
    assert f"schema {NEXT}" in caught.value.problem
    assert f"knows {NEXT - 1}" in caught.value.problem
    assert "update voicecoach" in caught.value.remedy
    assert filled.read_bytes() == before


def test_another_program_s_database_is_refused_and_untouched(log_file: Path) -> None:
    log_file.parent.mkdir()
    with closing(sqlite3.connect(log_file)) as other:
        other.execute("CREATE TABLE bookmarks (url TEXT)")
    before = log_file.read_bytes()
    with pytest.raises(LogError, match="not a training log"):
        TrainingLog.open(log_file)
    assert log_file.read_bytes() == before


@pytest.mark.parametrize("content", [b"name,reps\ndeadlift,5\n" * 99, b"\0" * 5000, b"SQLite"])
def test_a_file_that_is_no_database_is_refused_and_untouched(
    log_file: Path, content: bytes
) -> None:
    log_file.parent.mkdir()
    log_file.write_bytes(content)
    with pytest.raises(LogError, match="not a training log"):
        TrainingLog.open(log_file)
    assert log_file.read_bytes() == content


def test_an_empty_file_becomes_a_log(log_file: Path) -> None:
    log_file.parent.mkdir()
    log_file.touch()
    with TrainingLog.open(log_file) as log:
        assert log.performed_sets() == ()


def test_a_folder_in_the_log_s_place_is_named(log_file: Path) -> None:
    log_file.mkdir(parents=True)
    with pytest.raises(LogError) as caught:
        TrainingLog.open(log_file)
    assert caught.value.place == str(log_file)


def test_a_file_in_the_folder_s_place_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    with pytest.raises(LogError, match="data directory"):
        TrainingLog.open(tmp_path / "data" / "training.sqlite3")


def test_a_damaged_log_is_called_damaged(filled: Path) -> None:
    with filled.open("rb+") as file:
        file.seek(4096)
        file.write(b"\xff" * (filled.stat().st_size - 4096))
    with pytest.raises(LogError, match="damaged"), TrainingLog.open(filled) as log:
        log.performed_sets()


def test_a_copy_is_whole_while_the_log_is_written(filled: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.sqlite3"
    target.write_text("an older copy")
    with closing(open_database(filled)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute(
            "INSERT INTO session (id, started_at, utc_offset_s, routine, workout, source) "
            "VALUES ('uncommitted', '2026-01-01T00:00:00.000Z', 0, '', '', '')"
        )
        copy_database(filled, target)
        writer.execute("ROLLBACK")
    with closing(sqlite3.connect(target)) as copy:
        assert copy.execute("SELECT id FROM session").fetchall() == [("monday",)]
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.sqlite3", "data"]


def test_a_copy_that_cannot_be_made_leaves_nothing_in_its_place(tmp_path: Path) -> None:
    not_a_log = tmp_path / "notes.txt"
    not_a_log.write_text("bought new shoes\n" * 100)
    target = tmp_path / "copy.sqlite3"
    with pytest.raises(LogError, match="not a training log"):
        copy_database(not_a_log, target)
    with pytest.raises(LogError, match="cannot be opened"):
        copy_database(tmp_path / "nothing", target)
    assert list(tmp_path.iterdir()) == [not_a_log]


def test_scripts_are_split_where_statements_end_and_triggers_stay_whole() -> None:
    script = """-- a comment; with a semicolon
CREATE TABLE a (b TEXT DEFAULT ';');
CREATE TRIGGER c AFTER INSERT ON a BEGIN
    SELECT 1;
    SELECT 2;
END;
-- the end
"""
    first, second = statements(script)
    assert "CREATE TABLE a" in first
    assert second.endswith("END;")


def test_a_script_cut_short_is_not_run() -> None:
    with pytest.raises(ValueError, match="middle of a statement"):
        statements("CREATE TABLE a (b TEXT);\nCREATE TABLE c (")


def test_many_coaches_may_make_the_same_log_at_once(log_file: Path) -> None:
    spawning = multiprocessing.get_context("spawn")
    with spawning.Pool(4) as pool:
        assert pool.map(_opened, [log_file] * 8) == ["ok"] * 8
    assert numbers_of(log_file) == (APPLICATION_ID, NEXT - 1)


def _opened(path: Path) -> str:
    open_database(path).close()
    return "ok"
