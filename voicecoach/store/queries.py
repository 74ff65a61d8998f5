"""What can be asked of the log: sets as they stand, sessions, workouts completed, and the rest."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from voicecoach.store.entries import EntryReader
from voicecoach.store.reading import day_text, load_of, local_time
from voicecoach.store.sums import SumReader
from voicecoach.training.performance import CompletedWorkout, PerformedSet
from voicecoach.training.prescription import SetKind
from voicecoach.units import Rpe, Unit

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

_kind = {kind.value: kind for kind in SetKind}


class SessionEntry(NamedTuple):
    """A session without its sets: when it was, and what it was called."""

    id: str
    started_at: datetime  # aware, by the lifter's clock
    routine: str
    workout: str
    unit: Unit  # of its loads, as they were spoken or written
    note: str
    duration_s: int | None  # None where nothing tells it
    finished_ms: int | None  # session time of its end; None where it was not ended
    completed: bool


class LogReader(SumReader, EntryReader):
    """The questions one connection to the log answers.

    Each raises LogError where the log cannot be read.
    """

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
        # The index knows UTC, at most a day off: it narrows, the local day decides.
        if since is not None:
            conditions.append("at >= ? AND day >= ?")
            values += [day_text(since, days=-1), day_text(since)]
        if until is not None:
            conditions.append("at < ? AND day <= ?")
            values += [day_text(until, days=2), day_text(until)]
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

    def latest_unit(self) -> Unit | None:
        """Return the unit loads were last spoken or written in, or None where nothing tells."""
        rows = self._rows(
            "SELECT coalesce(json_extract(body, '$.plan.unit'), json_extract(body, '$.unit')) "
            # Crossed, so that SQLite walks back from the last session and no further.
            "FROM session CROSS JOIN fact ON fact.session = session.key AND fact.number = 1 "
            "ORDER BY started_at DESC, key DESC LIMIT 1"
        )
        return Unit(rows[0][0]) if rows and rows[0][0] else None

    def unit_of(self, session: str) -> Unit | None:
        """Return the unit a session's loads were spoken or written in, or None if none is known."""
        rows = self._rows(
            "SELECT coalesce(json_extract(body, '$.plan.unit'), json_extract(body, '$.unit')) "
            "FROM fact WHERE kind IN ('SessionStarted', 'SessionImported', 'LogbookOpened') "
            "AND session = (SELECT key FROM session WHERE id = ?)",
            session,
        )
        return Unit(rows[0][0]) if rows else None

    def sessions(self) -> list[SessionEntry]:
        """Return every session, the oldest first, whether it has a set or none."""
        rows = self._rows(
            """
            SELECT session.id, started_at, utc_offset_s, routine, workout,
                coalesce(json_extract(began.body, '$.plan.unit'),
                    json_extract(began.body, '$.unit'), 'kg'),
                coalesce(json_extract(began.body, '$.note'), ''),
                json_extract(began.body, '$.duration_s'),
                finished.at_ms, json_extract(finished.body, '$.completed')
            FROM session
            LEFT JOIN fact AS began ON began.session = session.key AND began.number = 1
            LEFT JOIN fact AS finished
                ON finished.session = session.key AND finished.kind = 'SessionFinished'
            ORDER BY started_at, session.key"""
        )
        return [
            SessionEntry(
                id=session,
                started_at=local_time(started_at, offset),
                routine=routine,
                workout=workout,
                unit=Unit(unit),
                note=note,
                duration_s=duration_s if finished_ms is None else finished_ms // 1000,
                finished_ms=finished_ms,
                completed=bool(completed),
            )
            for (
                session, started_at, offset, routine, workout, unit, note, duration_s,
                finished_ms, completed,
            ) in rows
        ]  # fmt: skip


@lru_cache(maxsize=32)
def _rpe(text: str) -> Rpe:
    return Rpe(Decimal(text))


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
            load=None if load_g is None else load_of(load_g),
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
