"""Backups of the log: whole copies, checked before they are kept and before they are put back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from voicecoach.errors import LogError
from voicecoach.store.database import copy_database, faults_in_words, open_database, read_only
from voicecoach.store.rescue import damage

KEPT = 10
"""How many backups stay of those that are made by themselves."""


def backup_name(now: datetime) -> str:
    """Return the file name of a backup made now; backups sort by their names."""
    return f"training-{now:%Y-%m-%dT%H%M%S}.sqlite3"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What is in a log: sets as they stand, and when the first and the last session began."""

    sessions: int
    sets: int
    first: str  # UTC, as the log writes it; "" where there is no session
    last: str


def back_up(log: Path, target: Path) -> Contents:
    """Copy the log to `target`, checked from the first page to the last.

    A session may go on meanwhile; the copy is of one instant.

    Raises:
        LogError: there is no log, it is damaged, or the copy cannot be written.
    """
    if not log.is_file():
        msg = "there is no log to copy"
        raise LogError(msg, place=str(log), remedy="train first, or name its directory")
    if target.absolute() == log.absolute():
        msg = "a log is not copied onto itself"
        raise LogError(msg, place=str(target), remedy="name another file")
    copy_database(log, target)
    found = damage(target)
    if found:
        msg = f"the log is damaged: {found[0]}"
        remedy = "read what can be read of it with: voicecoach restore --rescue"
        raise LogError(msg, place=str(log), remedy=remedy)
    return contents(target)


def roll(log: Path, folder: Path, now: datetime) -> Path | None:
    """Keep a copy of the log in `folder`, one a day; the oldest beyond KEPT go.

    Returns the copy, or None where today's is there already.

    Raises:
        LogError: the log is damaged (older copies stay), or it cannot be copied.
    """
    if any(folder.glob(f"training-{now:%Y-%m-%d}T*.sqlite3")):
        return None
    target = folder / backup_name(now)
    try:
        back_up(log, target)
    except LogError:
        target.unlink(missing_ok=True)
        raise
    for old in backups(folder)[:-KEPT]:
        old.unlink(missing_ok=True)
    return target


def backups(folder: Path) -> list[Path]:
    """Return the backups in `folder`, the oldest first."""
    return sorted(folder.glob("training-*.sqlite3"))


def whole(copy: Path) -> Contents:
    """Return what is in a backup that is whole, from the first page to the last.

    Raises:
        LogError: it is no log, or damaged.
    """
    found = damage(copy)
    if found:
        msg = f"the backup is damaged: {found[0]}"
        raise LogError(msg, place=str(copy), remedy=f"try: voicecoach restore --rescue {copy}")
    return contents(copy)


def restore_from(copy: Path, log: Path) -> Contents:
    """Put a backup in the log's place; another voicecoach that has it open sees it at once.

    The caller has found the backup `whole`, and kept a copy of the log as it was.

    Raises:
        LogError: the backup is newer than this voicecoach, or the log is in use.
    """
    if _is_hopeless(log):
        # Nothing to write into: SQLite would follow the damage.
        for side in ("", "-wal", "-shm"):
            log.with_name(log.name + side).unlink(missing_ok=True)
    open_database(log).close()
    with (
        faults_in_words(log),
        closing(read_only(copy)) as reader,
        closing(sqlite3.connect(log, isolation_level=None)) as writer,
    ):
        reader.backup(writer)
    open_database(log).close()  # brings an older one up to date
    return contents(log)


def _is_hopeless(log: Path) -> bool:
    """Return whether there is a file at `log` that is damaged, or no log at all."""
    if not log.is_file():
        return False
    try:
        return bool(damage(log))
    except LogError as error:
        if isinstance(error.__cause__, sqlite3.Error):
            raise  # in use: wait
        return True


def contents(log: Path) -> Contents:
    """Return what is in a log, any schema's. Raises LogError where it cannot be read."""
    with faults_in_words(log), closing(read_only(log)) as connection:
        sessions, first, last = connection.execute(
            "SELECT count(*), coalesce(min(started_at), ''), coalesce(max(started_at), '') "
            "FROM session"
        ).fetchone()
        (sets,) = connection.execute("SELECT count(*) FROM performed_set").fetchone()
    return Contents(sessions=sessions, sets=sets, first=first, last=last)
