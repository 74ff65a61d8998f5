"""The training log: facts in, committed before `append` returns."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple, Self

from voicecoach.errors import LogError
from voicecoach.session.facts import Fact, LogbookOpened, SessionStarted
from voicecoach.store.database import (
    BUSY_TIMEOUT_MS,
    faults_in_words,
    open_database,
    transaction,
)
from voicecoach.store.encoding import decode_fact, encode_fact
from voicecoach.store.queries import LogReader
from voicecoach.store.reading import local_time, utc_text
from voicecoach.training.prescription import WorkoutPrescription
from voicecoach.units import Unit

if TYPE_CHECKING:
    from voicecoach.store.intake import Intake
    from voicecoach.store.merging import Merged


class UnfinishedSession(NamedTuple):
    """A session that began and was never ended: what a resume folds."""

    id: str
    started_at: datetime  # aware
    facts: tuple[Fact, ...]


class TrainingLog(LogReader):
    """One connection to the log, for one thread; a context manager that closes it."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        super().__init__(connection, path)
        self._next_number: dict[str, int] = {}  # by session: what the next fact is numbered

    @classmethod
    def open(cls, path: Path, *, busy_timeout_ms: int = BUSY_TIMEOUT_MS) -> Self:
        """Open the log at `path`; it and its folder are made if they are not there.

        An older log is copied beside itself, then brought up to date.

        Raises:
            LogError: not a training log, a newer one, damaged, in use, or not
                to be written.
        """
        return cls(open_database(path, busy_timeout_ms=busy_timeout_ms), path)

    def close(self) -> None:
        """Close the connection; closing twice does nothing."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def begin_session(
        self,
        session_id: str,
        started_at: datetime,
        plan: WorkoutPrescription,
        *,
        source: str = "coach",
    ) -> None:
        """Commit that a session began: its first fact, `SessionStarted` at 0 ms, holds the plan.

        `started_at` is aware, and is where `at_ms` counts from, whole
        milliseconds kept; its offset from UTC is kept for reading the clock.

        Raises:
            LogError: the id is taken, or the log cannot be written.
            ValueError: `started_at` is naive.
        """
        start = SessionStarted(at_ms=0, plan=plan)
        self._begin(session_id, started_at, (plan.routine, plan.workout, source), start)

    def begin_logbook(
        self,
        session_id: str,
        started_at: datetime,
        unit: Unit,
        facts: Sequence[Fact] = (),
        *,
        source: str = "logbook",
    ) -> None:
        """Commit that sets are told outside a routine, and `facts`, the first of them.

        It is a session without a plan and cannot be resumed. Raises as `begin_session` does.
        """
        opened = LogbookOpened(at_ms=0, unit=unit)
        self._begin(session_id, started_at, ("", "", source), opened, *facts)

    def _begin(
        self, session_id: str, started_at: datetime, about: tuple[str, str, str], *facts: Fact
    ) -> None:
        """Commit a session of a routine, a workout and a source with its first facts."""
        offset = started_at.utcoffset()
        if offset is None:
            msg = f"the start of a session needs its offset from UTC: {started_at}"
            raise ValueError(msg)
        encoded = [encode_fact(fact) for fact in facts]
        with faults_in_words(self.path), transaction(self._connection):
            if self._find(session_id) is not None:
                msg = f"there is a session {session_id!r} already"
                raise LogError(msg, place=str(self.path), remedy="give a new session a new id")
            (key,) = self._connection.execute(
                """
                INSERT INTO session (id, started_at, utc_offset_s, routine, workout, source)
                VALUES (?, ?, ?, ?, ?, ?) RETURNING key
                """,
                (
                    session_id,
                    utc_text(started_at),
                    int(offset.total_seconds()),
                    *about,
                ),
            ).fetchone()
            self._insert(key, started_at, 1, facts, encoded)

    def append(self, session_id: str, facts: Sequence[Fact]) -> None:
        """Commit the facts of one step, all or none, before returning.

        Where it failed it may be called again with the same facts: whatever
        became of the first attempt, they are then in the log once.

        Raises:
            LogError: nothing was written, and why: the session is unknown, the
                facts do not fit the log, or it cannot be written.
        """
        encoded = [encode_fact(fact) for fact in facts]
        if not encoded:
            return
        with faults_in_words(self.path), transaction(self._connection):
            key, started_at = self._session(session_id)
            first = self._next_number.get(session_id) or self._last_number(key) + 1
            self._next_number[session_id] = first
            there = self._connection.execute(
                "SELECT kind, body FROM fact WHERE session = ? AND number >= ? ORDER BY number",
                (key, first),
            ).fetchall()
            if there and there != encoded:
                msg = f"session {session_id!r} is written by another voicecoach"
                raise LogError(msg, place=str(self.path), remedy="end the other one and resume")
            if not there:
                self._insert(key, started_at, first, facts, encoded)
        self._next_number[session_id] = first + len(encoded)

    @contextmanager
    def intake(self, *, keep: bool = True) -> Iterator[Intake]:
        """Yield what takes in imported sets, all in one transaction.

        They are committed on leaving, or undone where an exception passes.
        Without `keep` they are undone in any case, and only counted.

        Raises:
            LogError: the log cannot be written.
        """
        from voicecoach.store.intake import taking_in  # noqa: PLC0415  # whoever trains needs it not

        with faults_in_words(self.path), taking_in(self._connection, keep=keep) as intake:
            yield intake

    def merge(self, source: Path, *, keep: bool = True) -> Merged:
        """Take in another log of ours, in one transaction; without `keep` only count.

        Raises:
            LogError, ExchangeError: nothing was taken in, and why.
        """
        from voicecoach.store.merging import merge  # noqa: PLC0415  # whoever trains needs it not

        return merge(source, self._connection, self.path, keep=keep)

    def facts(self, session_id: str) -> tuple[Fact, ...]:
        """Return the facts of a session in the order they were appended.

        Raises:
            LogError: the session is unknown, or a fact cannot be read: it was
                written by a newer voicecoach.
        """
        key, _ = self._session(session_id)
        rows = self._rows("SELECT kind, body FROM fact WHERE session = ? ORDER BY number", key)
        return tuple(decode_fact(kind, body) for kind, body in rows)

    def started_at(self, session_id: str) -> datetime:
        """Return when a session began, by UTC: where its `at_ms` count from.

        Raises:
            LogError: the session is unknown.
        """
        return self._session(session_id)[1]

    def unfinished_session(self) -> UnfinishedSession | None:
        """Return the latest session that began and was never ended, or None.

        How old is too old to resume is for the caller to say.
        """
        rows = self._rows(
            """
            SELECT id, started_at, utc_offset_s FROM session
            WHERE EXISTS (
                SELECT 1 FROM fact WHERE fact.session = key AND fact.kind = 'SessionStarted'
            ) AND NOT EXISTS (
                SELECT 1 FROM fact WHERE fact.session = key AND fact.kind = 'SessionFinished'
            )
            ORDER BY started_at DESC, key DESC LIMIT 1
            """
        )
        if not rows:
            return None
        session_id, started_at, offset = rows[0]
        return UnfinishedSession(
            id=session_id,
            started_at=local_time(started_at, offset),
            facts=self.facts(session_id),
        )

    def _insert(
        self,
        key: int,
        started_at: datetime,
        first: int,
        facts: Sequence[Fact],
        encoded: Sequence[tuple[str, str]],
    ) -> None:
        self._connection.executemany(
            "INSERT INTO fact (session, number, kind, at, body) VALUES (?, ?, ?, ?, ?)",
            [
                (key, number, kind, utc_text(started_at + timedelta(milliseconds=fact.at_ms)), body)
                for number, fact, (kind, body) in zip(count(first), facts, encoded, strict=False)
            ],
        )

    def _session(self, session_id: str) -> tuple[int, datetime]:
        found = self._find(session_id)
        if found is None:
            msg = f"there is no session {session_id!r}"
            raise LogError(msg, place=str(self.path), remedy="begin it first")
        return found

    def _find(self, session_id: str) -> tuple[int, datetime] | None:
        rows = self._rows("SELECT key, started_at FROM session WHERE id = ?", session_id)
        return (rows[0][0], datetime.fromisoformat(rows[0][1])) if rows else None

    def _last_number(self, key: int) -> int:
        """Return the number of the session's last fact, 0 where it has none."""
        rows = self._rows("SELECT coalesce(max(number), 0) FROM fact WHERE session = ?", key)
        return int(rows[0][0])
