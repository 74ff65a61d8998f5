"""The database file: opened with care, brought up to date, copied, and its faults put in words."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from voicecoach.errors import LogError

APPLICATION_ID = int.from_bytes(b"vcog")
"""In the header of every training log, so that no other SQLite file is taken for one."""

BUSY_TIMEOUT_MS = 5000
"""How long a writer waits for another before it gives up."""

OLDEST_SQLITE = (3, 37, 0)  # strict tables

_SWITCHES = 20  # how often the switch to WAL may be lost to another process


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """The statements that lead from schema `version - 1` to `version`."""

    version: int
    statements: tuple[str, ...]


@cache
def migrations() -> tuple[Migration, ...]:
    """Return the migrations in the package, from the first schema to this one."""
    folder = resources.files("voicecoach.store") / "migrations"
    scripts = sorted((e for e in folder.iterdir() if e.name.endswith(".sql")), key=lambda e: e.name)
    return tuple(
        Migration(
            version=int(script.name.split("_")[0]),
            statements=statements(script.read_text(encoding="utf-8")),
        )
        for script in scripts
    )


def statements(script: str) -> tuple[str, ...]:
    """Split an SQL script into statements; each must end its line.

    `executescript` would commit behind the transaction's back.

    Raises:
        ValueError: the last statement is not complete.
    """
    found = []
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            found.append(pending.strip())
            pending = ""
    if any(line.strip() and not line.lstrip().startswith("--") for line in pending.splitlines()):
        msg = f"the script ends in the middle of a statement: {pending.strip()[:60]!r}"
        raise ValueError(msg)
    return tuple(found)


def open_database(
    path: Path,
    *,
    steps: Sequence[Migration] | None = None,
    busy_timeout_ms: int = BUSY_TIMEOUT_MS,
) -> sqlite3.Connection:
    """Open the training log at `path`, made if it is not there, at the newest schema.

    The connection commits nothing by itself: see `transaction`. It writes
    through to the disk at each commit. `steps` stand in for the package's own
    migrations.

    Raises:
        LogError: a file that is no training log or a newer one (both are left
            untouched), one that is damaged, in use or cannot be written.
    """
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        msg = f"SQLite {sqlite3.sqlite_version} is too old"
        raise LogError(msg, remedy="use a Python built with SQLite 3.37 or later")
    _make_private(path)
    with faults_in_words(path):
        connection = sqlite3.connect(path, timeout=busy_timeout_ms / 1000, isolation_level=None)
        try:
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA fullfsync = ON")  # macOS: through the drive's cache as well
            _migrate(connection, path, migrations() if steps is None else steps)
            _write_ahead(connection)
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA recursive_triggers = ON")  # REPLACE meets them as DELETE
        except BaseException:
            connection.close()
            raise
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Hold the write lock; commit on leaving, or undo everything if an exception passes."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # SQLite has undone it already where the disk failed.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def read_only(path: Path) -> sqlite3.Connection:
    """Open the SQLite file at `path` to read it as it is: not made, migrated or written.

    Raises:
        sqlite3.OperationalError: it cannot be opened.
    """
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)


def copy_database(source: Path, target: Path) -> None:
    """Copy the log at `source`, as it is at this instant, to `target`, whole or not at all.

    Others may write to the source meanwhile. A file at `target` is replaced.

    Raises:
        LogError: either file cannot be used.
    """
    unfinished = target.with_name(f".{target.name}.part")
    _discard(unfinished)
    _make_private(unfinished)
    try:
        with (
            faults_in_words(source),
            closing(read_only(source)) as reader,
            closing(sqlite3.connect(unfinished, isolation_level=None)) as writer,
        ):
            reader.backup(writer)
            # One file, that can be moved about: not one that needs its WAL beside it.
            writer.execute("PRAGMA journal_mode = DELETE").fetchone()
        with unfinished.open("rb+") as copy:
            os.fsync(copy.fileno())
        unfinished.replace(target)
    except OSError as error:
        raise _unusable(target, error) from error
    finally:
        _discard(unfinished)


@contextmanager
def faults_in_words(path: Path) -> Iterator[None]:
    """Turn SQLite's errors about the log at `path` into LogError."""
    try:
        yield
    except (sqlite3.Error, sqlite3.Warning) as error:
        # The low byte is the kind of fault, the rest its particulars.
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        problem, remedy = _FAULTS.get(
            code,
            (
                f"the log refuses: {error}",
                "nothing was written; report this as a fault of voicecoach",
            ),
        )
        raise LogError(problem, place=str(path), remedy=remedy) from error


_FAULTS = {
    sqlite3.SQLITE_BUSY: (
        "the log is in use by another voicecoach",
        "let it finish, or end it, and try again",
    ),
    sqlite3.SQLITE_READONLY: (
        "the log cannot be written",
        "give yourself the right to write the file and its folder",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "the log cannot be opened",
        "give yourself the right to read and write the file and its folder",
    ),
    sqlite3.SQLITE_FULL: ("the disk is full", "make room and try again"),
    sqlite3.SQLITE_IOERR: ("the disk fails to read or write", "see to the disk and try again"),
    sqlite3.SQLITE_NOTADB: (
        "this file is not a training log",
        "move it away, or name another data directory",
    ),
    sqlite3.SQLITE_CORRUPT: (
        "the log is damaged",
        "read what can be read of it with: voicecoach restore --rescue",
    ),
}


def _make_private(path: Path) -> None:
    """Make the file and its folder, both for the owner only, if they are not there."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise _unusable(path, error) from error


def _discard(path: Path) -> None:
    """Remove a database and all that SQLite keeps beside it and would mend another one with."""
    for side in ("", "-journal", "-wal", "-shm"):
        try:
            path.with_name(path.name + side).unlink(missing_ok=True)
        except OSError as error:
            raise _unusable(path, error) from error


def _unusable(path: Path, error: OSError) -> LogError:
    reason = error.strerror or str(error)
    return LogError(
        f"the log cannot be used: {reason}",
        place=str(path),
        remedy="name a data directory you can write to",
    )


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Switch the log to a write-ahead journal, once for all its life.

    SQLite does not wait for the lock that this takes. So it is waited for
    here, by asking for it in a way that does.
    """
    for _ in range(_SWITCHES):
        try:
            connection.execute("PRAGMA journal_mode = WAL").fetchone()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
        else:
            return
    connection.execute("PRAGMA journal_mode = WAL").fetchone()


def _migrate(connection: sqlite3.Connection, path: Path, steps: Sequence[Migration]) -> None:
    newest = steps[-1].version
    # One look at one instant: another process may be making the log.
    connection.execute("BEGIN")
    found = schema_version(connection, path, newest)
    connection.execute("COMMIT")
    if found == newest:
        return
    worth_a_copy = found > 0
    for step in steps:
        # The lock first: another process may be at the same work.
        with transaction(connection):
            version = schema_version(connection, path, newest)
            if step.version <= version:
                continue
            if worth_a_copy:
                # A reader sees what was committed, and the lock keeps it so.
                copy_database(path, path.with_name(f"{path.stem}.v{version}{path.suffix}"))
                worth_a_copy = False
            for statement in step.statements:
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {step.version}")


def schema_version(connection: sqlite3.Connection, path: Path, newest: int) -> int:
    """Return the schema's version, 0 for an empty file; refuse what is not ours to touch.

    Raises:
        LogError: no training log, or one newer than `newest`.
        sqlite3.DatabaseError: damaged.
    """
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (entries,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if (application, version, entries) == (0, 0, 0):
        return 0
    if application != APPLICATION_ID:
        problem, remedy = _FAULTS[sqlite3.SQLITE_NOTADB]
        raise LogError(problem, place=str(path), remedy=remedy)
    if version > newest:
        msg = f"the log has schema {version}, this voicecoach knows {newest} at most"
        raise LogError(msg, place=str(path), remedy="update voicecoach; the log is untouched")
    return int(version)
