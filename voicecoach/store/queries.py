"""What can be asked of the log: sets as they stand, workouts completed, and sums over years."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from voicecoach.store.database import faults_in_words
from voicecoach.training.hard_sets import HardSet
from voicecoach.training.maximum import MeasuredMax
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

# As the partial indexes have it, word for word: else SQLite does not take them.
_HARD = "kind IN ('working', 'failure') AND NOT pain AND (reps > 0 OR hold_s > 0)"

# Few distinct values, each met thousands of times in a long log.
_load = lru_cache(maxsize=1024)(Load)
_day = lru_cache(maxsize=8192)(date.fromisoformat)
_kind = {kind.value: kind for kind in SetKind}


class DayTally(NamedTuple):
    """The hard sets of an exercise on a day, and their load times repetitions."""

    day: date
    exercise: str
    sets: int
    volume_g: int


class ExerciseTally(NamedTuple):
    """On how many days an exercise was trained, its hard sets, their volume, and when."""

    exercise: str
    days: int
    sets: int
    volume_g: int
    first: date
    last: date


class Bodyweight(NamedTuple):
    """What the lifter weighed once."""

    at: datetime  # aware, by the lifter's clock
    weight: Load


class Note(NamedTuple):
    """What the lifter wanted remembered, of a set or of the day."""

    at: datetime  # aware, by the lifter's clock
    text: str
    session: str
    set_id: str | None


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
        # The index knows UTC, at most a day off: it narrows, the local day decides.
        if since is not None:
            conditions.append("at >= ? AND day >= ?")
            values += [_day_text(since, days=-1), _day_text(since)]
        if until is not None:
            conditions.append("at < ? AND day <= ?")
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

    def hard_sets(
        self,
        *,
        exercise: str | None = None,
        since: date | None = None,
        until: date | None = None,
        without: str | None = None,
    ) -> list[HardSet]:
        """Return hard sets in the order of time; those of the session `without` are left out.

        `since` and `until` are days as for `performed_sets`.
        """
        conditions = [_HARD]
        values: list[object] = []
        for condition, value in (
            ("exercise = ?", exercise),
            ("day >= ?", since and since.isoformat()),
            ("day <= ?", until and until.isoformat()),
            ("session IS NOT (SELECT key FROM session WHERE id = ?)", without),
        ):
            if value is not None:
                conditions.append(condition)
                values.append(value)
        rows = self._rows(
            "SELECT day, session, exercise, variation, reps, hold_s, load_g FROM standing_set "  # noqa: S608 - every value is bound
            f"WHERE {' AND '.join(conditions)} ORDER BY day, session, seq",
            *values,
        )
        return [
            HardSet(
                _day(day),
                str(session),
                exercise_id,
                variation,
                None if hold_s is not None else reps,
                hold_s,
                None if load_g is None else _load(load_g),
            )
            for day, session, exercise_id, variation, reps, hold_s, load_g in rows
        ]

    def day_tallies(
        self, *, since: date | None = None, until: date | None = None
    ) -> list[DayTally]:
        """Return what was done of each exercise on each day, the oldest first."""
        rows = self._rows(
            "SELECT day, exercise, count(*), coalesce(sum(reps * load_g), 0) FROM standing_set "  # noqa: S608 - fixed text
            f"WHERE {_HARD} AND day >= ? AND day <= ? GROUP BY day, exercise",
            (since or date.min).isoformat(),
            (until or date.max).isoformat(),
        )
        return [DayTally(_day(day), exercise, sets, volume) for day, exercise, sets, volume in rows]

    def exercise_tallies(
        self, *, since: date | None = None, until: date | None = None
    ) -> list[ExerciseTally]:
        """Return how often each exercise was trained, the one trained last first."""
        rows = self._rows(
            f"""
            SELECT exercise, count(*), sum(sets), sum(volume), min(day), max(day) FROM (
                SELECT
                    exercise, day, count(*) AS sets, coalesce(sum(reps * load_g), 0) AS volume
                FROM standing_set
                WHERE {_HARD} AND day >= ? AND day <= ? GROUP BY exercise, day
            ) GROUP BY exercise ORDER BY max(day) DESC, exercise""",  # noqa: S608 - fixed text
            (since or date.min).isoformat(),
            (until or date.max).isoformat(),
        )
        return [
            ExerciseTally(exercise, days, sets, volume, _day(first), _day(last))
            for exercise, days, sets, volume, first, last in rows
        ]

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

    def bodyweights(
        self, *, since: date | None = None, until: date | None = None
    ) -> tuple[Bodyweight, ...]:
        """Return what the lifter weighed, the oldest first; days as in `performed_sets`."""
        rows = self._entries("BodyweightLogged", "weight_g", since, until)
        return tuple(Bodyweight(local_time(at, offset), _load(grams)) for at, offset, grams in rows)

    def notes(self, *, since: date | None = None, until: date | None = None) -> tuple[Note, ...]:
        """Return what the lifter noted, the oldest first; days as in `performed_sets`."""
        rows = self._entries("NoteTaken", "text, session, set_id", since, until)
        return tuple(Note(local_time(at, offset), *rest) for at, offset, *rest in rows)

    def _entries(
        self, kind: str, columns: str, since: date | None, until: date | None
    ) -> list[Any]:
        return self._rows(
            # The kind is text and no parameter: so the index over it is found.
            f"SELECT at, utc_offset_s, {columns} FROM standing_entry "  # noqa: S608 - fixed text, bound values
            f"WHERE kind = '{kind}' AND at >= ? AND at < ? AND day BETWEEN ? AND ? "
            "ORDER BY at, seq",
            _day_text(since or date.min, days=-1),
            _day_text(until or date.max, days=2),
            _day_text(since or date.min),
            _day_text(until or date.max),
        )

    def tested_maxes(self) -> tuple[MeasuredMax, ...]:
        """Return the maxima that were tested on purpose, the oldest first."""
        rows = self._rows(
            "SELECT exercise, variation, fact.at, utc_offset_s, json_extract(body, '$.load') "
            "FROM fact JOIN session ON session.key = fact.session "
            "WHERE kind = 'MaxTested' ORDER BY fact.at, seq"
        )
        return tuple(
            MeasuredMax(
                exercise=exercise,
                variation=variation,
                at=local_time(at, offset),
                load=_load(grams),
            )
            for exercise, variation, at, offset, grams in rows
        )

    def aliases(self) -> dict[str, tuple[str, str | None]]:
        """Return the lifter's own names for exercises: each with the exercise and its variation.

        Of a name taught twice the later meaning holds.
        """
        rows = self._rows(
            "SELECT json_extract(body, '$.name'), exercise, variation FROM fact "
            "WHERE kind = 'AliasTaught' ORDER BY at, seq"
        )
        return {name: (exercise, variation) for name, exercise, variation in rows}

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
