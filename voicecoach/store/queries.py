"""What can be asked of the log: sets as they stand, workouts completed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from voicecoach.store.database import faults_in_words
from voicecoach.training.performance import CompletedWorkout, PerformedSet
from voicecoach.training.prescription import SetKind
from voicecoach.units import Load, Rpe, Unit

_SET_COLUMNS = """id, at, utc_offset_s, session, routine, workout, exercise, variation, number,
    kind, reps, hold_s, load_g, rpe, low, high, effort, pain, note, source"""

_COMPLETED = """FROM completed_workout WHERE routine = ?
    ORDER BY started_at DESC, session_key DESC LIMIT ?"""

# The groups are found first, in the index; one set that was not voided keeps a group.
_TRAINED_VARIATIONS = f"""
    SELECT session, exercise, variation FROM (
        SELECT DISTINCT session, exercise, variation FROM fact
        WHERE kind = 'SetLogged' AND variation IS NOT NULL
            AND session IN (SELECT session_key {_COMPLETED})
    ) AS trained
    WHERE EXISTS (
        SELECT 1 FROM fact AS logged
        WHERE logged.session = trained.session AND logged.exercise = trained.exercise
            AND logged.variation = trained.variation AND logged.kind = 'SetLogged'
            AND NOT EXISTS (
                SELECT 1 FROM fact AS voided
                WHERE voided.session = logged.session AND voided.set_id = logged.set_id
                    AND voided.kind = 'SetVoided'
            )
    )
    ORDER BY session, exercise, variation"""  # noqa: S608 - fixed text

_LOCAL_DAY = "date(at, utc_offset_s || ' seconds')"

# Few distinct values, each met thousands of times in a long log.
_load = lru_cache(maxsize=1024)(Load)
_kind = {kind.value: kind for kind in SetKind}


class LogReader:
    """The questions one connection to the log answers.

    Each raises LogError where the log cannot be read.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path

    def performed_sets(
        self,
        *,
        exercise: str | None = None,
        since: date | None = None,
        until: date | None = None,
        routine: str | None = None,
        limit: int | None = None,
    ) -> tuple[PerformedSet, ...]:
        """Return sets as they stand, the oldest first.

        `exercise` and `routine` are ids. `since` and `until` are the first and
        last day, both included, by the clock where the set was done. `limit`
        keeps the latest.
        """
        conditions = []
        values: list[object] = []
        if exercise is not None:
            conditions.append("exercise = ?")
            values.append(exercise)
        if routine is not None:
            # The plus keeps SQLite to the order of time, so that a limit ends the search.
            conditions.append("+session_key IN (SELECT key FROM session WHERE routine = ?)")
            values.append(routine)
        # The index knows UTC, at most a day off: it narrows, the local date decides.
        if since is not None:
            conditions.append(f"at >= ? AND {_LOCAL_DAY} >= ?")
            values += [_day_text(since, days=-1), _day_text(since)]
        if until is not None:
            conditions.append(f"at < ? AND {_LOCAL_DAY} <= ?")
            values += [_day_text(until, days=2), _day_text(until)]
        where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
        rows = self._rows(
            f"SELECT {_SET_COLUMNS} FROM performed_set {where} "  # noqa: S608 - every value is bound
            "ORDER BY at DESC, session_key DESC, seq DESC LIMIT ?",
            *values,
            -1 if limit is None else limit,
        )
        rows.reverse()
        return _performed(rows)

    def sets_of(self, session: str) -> tuple[PerformedSet, ...]:
        """Return the sets of a session as they stand, in the order they were done."""
        return _performed(
            self._rows(
                f"SELECT {_SET_COLUMNS} FROM performed_set "  # noqa: S608 - fixed text, bound value
                "WHERE session_key = (SELECT key FROM session WHERE id = ?) ORDER BY at, seq",
                session,
            )
        )

    def completed_workouts(
        self, routine: str, *, limit: int | None = None
    ) -> tuple[CompletedWorkout, ...]:
        """Return the workouts of a routine led to their end, the oldest first.

        `at` is the session's start. A session without a set counts for
        nothing. `limit` keeps the latest.
        """
        latest = -1 if limit is None else limit
        rows = self._rows(
            f"SELECT session_key, session, started_at, utc_offset_s, workout {_COMPLETED}",
            routine,
            latest,
        )
        variations: dict[int, list[tuple[str, str]]] = {}
        for key, exercise, variation in self._rows(_TRAINED_VARIATIONS, routine, latest):
            variations.setdefault(key, []).append((exercise, variation))
        return tuple(
            CompletedWorkout(
                session=session,
                at=local_time(started_at, offset),
                routine=routine,
                workout=workout,
                variations=tuple(variations.get(key, ())),
            )
            for key, session, started_at, offset, workout in reversed(rows)
        )

    def unit_of(self, session: str) -> Unit | None:
        """Return the unit a session's loads were spoken or written in, or None if none is known."""
        rows = self._rows(
            "SELECT coalesce(json_extract(body, '$.plan.unit'), json_extract(body, '$.unit')) "
            "FROM fact WHERE kind IN ('SessionStarted', 'SessionImported') "
            "AND session = (SELECT key FROM session WHERE id = ?)",
            session,
        )
        return Unit(rows[0][0]) if rows else None

    def injury_answer(self) -> bool | None:
        """Return the latest answer to the question about back injuries, or None."""
        rows = self._rows(
            "SELECT json_extract(body, '$.injured') FROM fact "
            "WHERE kind = 'InjuryAnswered' ORDER BY at DESC, seq DESC LIMIT 1"
        )
        return bool(rows[0][0]) if rows else None

    def _rows(self, query: str, *values: object) -> list[Any]:
        with faults_in_words(self.path):
            return self._connection.execute(query, values).fetchall()


def utc_text(instant: datetime) -> str:
    """Return an aware instant as the log holds it: UTC, to the millisecond, sorting as it reads."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def local_time(text: str, offset_s: int) -> datetime:
    """Return the instant the log holds as `text`, by the clock `offset_s` ahead of UTC."""
    return datetime.fromisoformat(text).astimezone(_zone(offset_s))


@lru_cache(maxsize=128)
def _zone(offset_s: int) -> timezone:
    return timezone(timedelta(seconds=offset_s))


@lru_cache(maxsize=32)
def _rpe(text: str) -> Rpe:
    return Rpe(Decimal(text))


def _day_text(day: date, *, days: int = 0) -> str:
    """Return the day `days` later as text, which sorts among the log's instants."""
    ordinal = day.toordinal() + days
    return date.fromordinal(
        min(max(ordinal, date.min.toordinal()), date.max.toordinal())
    ).isoformat()


def _performed(rows: Iterable[tuple[Any, ...]]) -> tuple[PerformedSet, ...]:
    return tuple(
        PerformedSet(
            id=set_id,
            at=local_time(at, offset),
            session=session,
            routine=routine,
            workout=workout,
            exercise=exercise,
            variation=variation,
            number=number,
            kind=_kind[kind],
            reps=reps,
            hold_s=hold_s,
            load=None if load_g is None else _load(load_g),
            rpe=None if rpe is None else _rpe(rpe),
            low=low,
            high=high,
            effort=effort,
            pain=bool(pain),
            note=note or "",
            source=source,
        )
        for (
            set_id, at, offset, session, routine, workout, exercise, variation, number,
            kind, reps, hold_s, load_g, rpe, low, high, effort, pain, note, source,
        ) in rows
    )  # fmt: skip
