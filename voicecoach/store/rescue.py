"""A damaged log: what is wrong with it, and what can still be read of it."""

from __future__ import annotations

import shutil
import sqlite3
import struct
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from voicecoach.errors import LogError
from voicecoach.store.database import (
    copy_database,
    faults_in_words,
    migrations,
    open_database,
    read_only,
    schema_version,
)
from voicecoach.store.encoding import decode_fact

PAGE_SIZE = 4096
"""SQLite's own, which no log departs from."""

_DERIVED = "standing_set"  # follows from the facts that were read, and is made of them anew
_TABLE_LEAF = 13  # how a page begins that holds rows of a table
_COMPLAINTS = 20  # of SQLite, kept for the account; one page lost can bring thousands


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Facts that are lost of one session; `session` is "" where that is lost too."""

    session: str
    started_at: str  # UTC, as the log writes it; "" where unknown
    facts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rescue:
    """What came out of a damaged log.

    `gaps` are the facts that are known to be lost, from what the indexes
    still say; where those are damaged as well, more may be.
    """

    sessions: int
    facts: int
    gaps: tuple[Gap, ...]
    rebuilt: int  # sessions whose own row was lost, told from their facts


def damage(path: Path) -> tuple[str, ...]:
    """Return what is wrong with the log at `path`, in SQLite's words; empty where it is whole.

    Reads all of it: the pages, the indexes against the rows, and every fact.

    Raises:
        LogError: there is no such file, or it is in use.
    """
    if not path.is_file():
        msg = "there is no log here"
        raise LogError(msg, place=str(path), remedy="name the file of a training log")
    try:
        with closing(_warily(path)) as connection:
            schema_version(connection, path, migrations()[-1].version)
            found = [row[0] for row in connection.execute(f"PRAGMA integrity_check({_COMPLAINTS})")]
            if found == ["ok"]:
                found = [row[0] for row in connection.execute("PRAGMA foreign_key_check")]
            return tuple(found) or _unreadable_facts(connection)
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError) and error.sqlite_errorcode in _NOT_DAMAGE:
            with faults_in_words(path):
                raise
        return (str(error),)


_NOT_DAMAGE = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY}


def rescue(path: Path, target: Path) -> Rescue:
    """Write what can be read of the damaged log at `path` to a new log at `target`.

    The damaged file is only read, with its write-ahead journal where it has
    one; `target` is replaced, whole or not at all.

    Raises:
        LogError: nothing can be read of it, or `target` cannot be written.
    """
    with tempfile.TemporaryDirectory(prefix="voicecoach-rescue-") as folder:
        # A copy: to open a log may change it, and its journal is taken in.
        patient = Path(folder, "damaged.sqlite3")
        for side in ("", "-wal"):
            beside = path.with_name(path.name + side)
            if beside.is_file():
                shutil.copyfile(beside, patient.with_name(patient.name + side))
        _take_in_journal(patient)
        version = _version_of(patient)
        fresh = Path(folder, "rescued.sqlite3")
        steps = tuple(step for step in migrations() if step.version <= version)
        open_database(fresh, steps=steps).close()
        if not _has_readable_schema(patient):
            _graft_schema(patient, fresh)
        if not _has_readable_schema(patient):
            raise _hopeless(path)
        rescued = _carry_over(patient, fresh, path)
        open_database(fresh).close()  # brings it up to date
        copy_database(fresh, target)
    return rescued


def _carry_over(patient: Path, fresh: Path, path: Path) -> Rescue:
    with closing(_warily(patient)) as damaged, closing(_as_it_is(fresh)) as new:
        new.execute("PRAGMA foreign_keys = OFF")  # a fact may come before its session is rebuilt
        new.execute("BEGIN")
        tables = new.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' "
            "ESCAPE '\\' ORDER BY rowid"
        ).fetchall()
        for (table,) in tables:
            if table != _DERIVED:
                _copy_table(patient, damaged, new, table)
        rebuilt = _rebuild_sessions(new)
        if (_DERIVED,) in tables:
            new.execute(f"DELETE FROM {_DERIVED}")  # noqa: S608 - a fixed name
            new.execute(f"INSERT INTO {_DERIVED} SELECT * FROM set_from_facts")  # noqa: S608 - likewise
        new.execute("COMMIT")
        sessions, facts = (
            new.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - fixed names
            for table in ("session", "fact")
        )
        if not facts:
            raise _hopeless(path)
        return Rescue(sessions=sessions, facts=facts, gaps=_gaps(damaged, new), rebuilt=rebuilt)


def _hopeless(path: Path) -> LogError:
    return LogError(
        "nothing can be read of the damaged log",
        place=str(path),
        remedy="restore a backup, if there is one: voicecoach restore",
    )


def _as_it_is(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)


def _warily(path: Path) -> sqlite3.Connection:
    connection = read_only(path)
    connection.execute("PRAGMA cell_size_check = ON")  # find damage rather than follow it
    return connection


def _unreadable_facts(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return a complaint for each fact that cannot be decoded."""
    complaints = []
    for seq, kind, body in connection.execute("SELECT seq, kind, body FROM fact ORDER BY seq"):
        try:
            decode_fact(kind, body)
        except LogError as error:
            complaints.append(f"fact {seq}: {error.problem}")
            if len(complaints) == _COMPLAINTS:
                break
    return tuple(complaints)


def _take_in_journal(patient: Path) -> None:
    """Write what lies in the write-ahead journal to the file: then its pages are all there is."""
    try:
        with closing(_as_it_is(patient)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.DatabaseError:
        return  # what it holds is as lost as the header


def _version_of(patient: Path) -> int:
    """Return the schema's version as far as it can be told: the newest where the header is lost."""
    newest = migrations()[-1].version
    try:
        with closing(_warily(patient)) as connection:
            (found,) = connection.execute("PRAGMA user_version").fetchone()
    except sqlite3.DatabaseError:
        return newest
    return found if 0 < found <= newest else newest


def _has_readable_schema(patient: Path) -> bool:
    try:
        with closing(_warily(patient)) as connection:
            names = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema")}
    except sqlite3.DatabaseError:
        return False
    return {"session", "fact"} <= names


def _graft_schema(patient: Path, fresh: Path) -> None:
    """Put the schema's pages of a new log in place of the patient's.

    The same statements laid both files out, so the tables of one begin on the
    pages of the other, unless the log was migrated with much in it: then
    nothing will be found there, and the account says so.
    """
    with closing(_warily(fresh)) as connection:
        roots = {row[0] for row in connection.execute("SELECT rootpage FROM sqlite_schema")}
    lost = bytearray(patient.read_bytes())
    new = fresh.read_bytes()
    for page in {*range(1, len(new) // PAGE_SIZE + 1)} - roots - _free_pages(new):
        place = slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE)
        lost[place] = new[place]
    # The header's count of pages is the new log's, and so is its list of free pages.
    lost[28:32] = (len(lost) // PAGE_SIZE).to_bytes(4, "big")
    lost[32:40] = bytes(8)
    patient.write_bytes(lost)


def _free_pages(database: bytes) -> set[int]:
    """Return the pages that hold nothing: trunks, the first named in the header, and leaves."""
    free: set[int] = set()
    trunk = int.from_bytes(database[32:36], "big")
    while trunk and trunk not in free:
        start = (trunk - 1) * PAGE_SIZE
        following, leaves = struct.unpack_from(">II", database, start)
        free |= {trunk, *struct.unpack_from(f">{leaves}I", database, start + 8)}
        trunk = following
    return free


def _copy_table(
    patient: Path, damaged: sqlite3.Connection, new: sqlite3.Connection, table: str
) -> None:
    """Copy every row that can be read and that the new log takes."""
    columns = [
        row[1]
        for row in new.execute(f"PRAGMA table_xinfo({table})")
        if row[6] == 0  # not worked out from others
    ]
    insert = (
        f"INSERT INTO {table} (rowid, {', '.join(columns)}) "  # noqa: S608 - names of our own schema
        f"VALUES (?{', ?' * len(columns)})"
    )
    for row in _readable_rows(patient, damaged, table, columns):
        try:
            new.execute(insert, row)
        except sqlite3.DatabaseError:
            continue  # no row of this table, or one whose other half is lost: a gap


def _readable_rows(
    patient: Path, damaged: sqlite3.Connection, table: str, columns: Sequence[str]
) -> list[tuple[int, ...]]:
    """Return the rows of a table in order, those that lie beyond damage too.

    They are read from the front until it breaks off, from the back likewise,
    one by one in between, and at last page by page.
    """
    select = f"SELECT rowid, {', '.join(columns)} FROM {table} NOT INDEXED"  # noqa: S608 - as above
    walk = _UntilDamage(damaged, f"{select} ORDER BY rowid")
    found = {row[0]: row for row in walk}
    if walk.whole:
        return list(found.values())
    back = {row[0]: row for row in _UntilDamage(damaged, f"{select} ORDER BY rowid DESC")}
    first, last = max(found, default=0) + 1, min(back, default=0) - 1
    for rowid in range(first, last + 1):
        found.update(
            (row[0], row) for row in _UntilDamage(damaged, f"{select} WHERE rowid = {rowid}")
        )
    (root,) = damaged.execute(
        "SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)
    ).fetchone()
    # Those of other tables may bear the same number; the new log takes what it can.
    strays = _rows_page_by_page(patient, root, select)
    return sorted([*(found | back).values(), *strays], key=lambda row: row[0])


def _rows_page_by_page(patient: Path, root: int, select: str) -> Iterator[tuple[int, ...]]:
    """Yield the rows of all leaves, though nothing leads to them any more.

    Each leaf is put in the place of the table's root in turn: what a leaf
    holds does not depend on where it lies. Leaves of other tables give rows
    that the new log will refuse.
    """
    pages = patient.read_bytes()
    with tempfile.TemporaryDirectory(prefix="voicecoach-rescue-") as folder:
        copy = Path(folder, "leaf.sqlite3")
        copy.write_bytes(pages)
        for start in range(PAGE_SIZE, len(pages) - PAGE_SIZE + 1, PAGE_SIZE):
            if pages[start] != _TABLE_LEAF:
                continue
            with copy.open("rb+") as file:
                file.seek((root - 1) * PAGE_SIZE)
                file.write(pages[start : start + PAGE_SIZE])
            with closing(_warily(copy)) as connection:
                yield from _UntilDamage(connection, select)


class _UntilDamage:
    """The rows of a query, as many as come before damage.

    `whole` says whether there was none, once they are taken.
    """

    def __init__(self, damaged: sqlite3.Connection, query: str) -> None:
        self._damaged = damaged
        self._query = query
        self.whole = False

    def __iter__(self) -> Iterator[tuple[int, ...]]:
        try:
            yield from self._damaged.execute(self._query)
        except sqlite3.DatabaseError:
            return
        self.whole = True


def _rebuild_sessions(new: sqlite3.Connection) -> int:
    """Give facts whose session is lost one made of what they say; return how many were made."""
    lost = new.execute(
        """
        SELECT session, min(at), max(json_extract(body, '$.plan.routine')),
            max(json_extract(body, '$.plan.workout'))
        FROM fact WHERE session NOT IN (SELECT key FROM session) GROUP BY session
        """
    ).fetchall()
    new.executemany(
        "INSERT INTO session (key, id, started_at, utc_offset_s, routine, workout, source) "
        "VALUES (?, ?, ?, 0, ?, ?, 'rescued')",
        [
            (key, f"rescued-{key}", at, routine or "", workout or "")
            for key, at, routine, workout in lost
        ],
    )
    return len(lost)


def _gaps(damaged: sqlite3.Connection, new: sqlite3.Connection) -> tuple[Gap, ...]:
    """Return what the damaged log still knows of facts that the new one lacks."""
    kept = set(new.execute("SELECT session, number FROM fact"))
    known = set(kept)
    # The index that keeps facts from being written twice has an entry for every one of them.
    known |= set(_UntilDamage(damaged, "SELECT session, number FROM fact ORDER BY session, number"))
    for session, highest in new.execute("SELECT session, max(number) FROM fact GROUP BY session"):
        known.update((session, number) for number in range(1, highest + 1))
    lost: dict[int, int] = {}
    for session, _ in known - kept:
        lost[session] = lost.get(session, 0) + 1
    names = {
        key: (name, at) for key, name, at in new.execute("SELECT key, id, started_at FROM session")
    }
    return tuple(
        Gap(
            session=names.get(session, ("", ""))[0],
            started_at=names.get(session, ("", ""))[1],
            facts=count,
        )
        for session, count in sorted(lost.items())
    )
