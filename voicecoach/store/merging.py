"""Another log of ours taken in: the sessions that this one lacks, fact by fact."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from voicecoach.errors import ExchangeError, LogError
from voicecoach.store.database import copy_database, faults_in_words, open_database
from voicecoach.store.encoding import decode_fact

MAGIC = b"SQLite format 3\0"

_SESSIONS = "SELECT key, id, started_at, utc_offset_s, routine, workout, source FROM session"
_FACTS = "SELECT number, kind, at, body FROM fact WHERE session = ? ORDER BY number"


@dataclass(slots=True)
class Merged:
    """What taking in a log came to."""

    sessions: int = 0  # that are new, or go on further than here
    added: int = 0  # sets
    there: int = 0  # sets of sessions that were here already
    differing: tuple[str, ...] = ()  # sessions that went on otherwise here; left as they are here


def is_database(file: Path) -> bool:
    """Tell whether a file is one of SQLite's."""
    try:
        with file.open("rb") as stream:
            return stream.read(len(MAGIC)) == MAGIC
    except OSError:
        return False  # whoever opens it next says why


def merge(source: Path, connection: sqlite3.Connection, log: Path, *, keep: bool) -> Merged:
    """Take the log at `source` into the one of `connection`, in one transaction.

    The source is copied first and stays untouched, whatever schema it has.

    Raises:
        LogError, ExchangeError: nothing was taken in, and why.
    """
    if not source.is_file():
        msg = "there is no such file"
        raise ExchangeError(msg, place=str(source), remedy="name a log that was exported")
    with tempfile.TemporaryDirectory(prefix="voicecoach-") as folder:
        copy = Path(folder) / source.name
        copy_database(source, copy)
        with closing(_opened(copy, source)) as other, faults_in_words(log):
            connection.execute("BEGIN IMMEDIATE")
            try:
                merged = _merge(other, connection)
                connection.execute("COMMIT" if keep else "ROLLBACK")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
    return merged


def _opened(copy: Path, source: Path) -> sqlite3.Connection:
    """Open the copy of a log; what is wrong with it is told of the log itself."""
    try:
        return open_database(copy)
    except LogError as error:
        raise ExchangeError(
            error.problem,
            place=str(source),
            remedy="give a log that `voicecoach export sqlite` wrote, or another app's CSV",
        ) from error


def _merge(other: sqlite3.Connection, connection: sqlite3.Connection) -> Merged:
    merged = Merged()
    for their_key, session_id, *about in other.execute(f"{_SESSIONS} ORDER BY started_at, key"):
        theirs = other.execute(_FACTS, (their_key,)).fetchall()
        sets = sum(kind == "SetLogged" for _, kind, _, _ in theirs)
        found = connection.execute("SELECT key FROM session WHERE id = ?", (session_id,)).fetchone()
        if found is None:
            (key,) = connection.execute(
                """
                INSERT INTO session (id, started_at, utc_offset_s, routine, workout, source)
                VALUES (?, ?, ?, ?, ?, ?) RETURNING key
                """,
                (session_id, *about),
            ).fetchone()
            ours = []
        else:
            (key,) = found
            ours = connection.execute(_FACTS, (key,)).fetchall()
        common = min(len(ours), len(theirs))
        if ours[:common] != theirs[:common]:
            merged.differing += (session_id,)
            continue
        new = theirs[common:]
        for _, kind, _, body in new:
            decode_fact(kind, body)  # what cannot be read must not get in
        connection.executemany(
            "INSERT INTO fact (session, number, kind, at, body) VALUES (?, ?, ?, ?, ?)",
            [(key, *fact) for fact in new],
        )
        added = sum(kind == "SetLogged" for _, kind, _, _ in new)
        merged.sessions += bool(new)
        merged.added += added
        merged.there += sets - added
    return merged
