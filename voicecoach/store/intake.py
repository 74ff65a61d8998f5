"""Imported workouts into the log: what is there already is found, the rest is appended in bulk."""

from __future__ import annotations

import sqlite3
from collections import Counter, OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from voicecoach.session.facts import (
    BodyweightLogged,
    Fact,
    SessionFinished,
    SessionImported,
    SetLogged,
)
from voicecoach.store.encoding import encode_fact
from voicecoach.store.exchange.rows import ImportedSet, ImportedWorkout
from voicecoach.store.reading import local_time, utc_text

MOST_AT_ONCE = 5000
"""Sets that are held until they are written: those of a workout, and of the next ones."""

MOST_WORKOUTS = 5000
"""Workouts whose sets are remembered: twenty years of them, whatever order the file is in."""

USUAL_KIB = 2000
ROOMY_KIB = 64_000
"""Of the log's pages that are held: the ids of sets lie anywhere in its indices."""

MILLISECOND = timedelta(milliseconds=1)

ALIKE_G = 5
"""Grams by which a load may differ that went through another unit and two decimals."""


class Placed(NamedTuple):
    """A set of a file, and the exercise of the log that it is of."""

    told: ImportedSet
    exercise: str
    variation: str | None


@dataclass(slots=True)
class Tally:
    """What an import came to so far."""

    added: int = 0
    there: int = 0  # sets the log had already
    workouts: int = 0  # that something was added to
    first: datetime | None = None
    last: datetime | None = None


@dataclass(slots=True)
class _Workout:
    """What the log holds of a workout, and what of it the file has told."""

    key: int | None  # None: not in the log yet
    started_at: datetime
    facts: int = 0  # how many it has
    ids: set[str] = field(default_factory=set)
    numbers: Counter[str] = field(default_factory=Counter)  # of the last set, by exercise
    elsewhere: list[tuple[object, ...]] = field(default_factory=list)  # in other sessions, still
    told: Counter[str] = field(default_factory=Counter)  # how often the file told of such a set
    counted: bool = False


class Intake:
    """Takes sets into the log of one connection, within a transaction that is the caller's.

    A set is known by what the file says of it: importing a file twice, or a
    later one that holds the same workouts, adds only what is new. Two equal
    sets of a workout are two. A set that was imported and deleted stays
    deleted.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._workouts: OrderedDict[str, _Workout] = OrderedDict()
        self._of: ImportedWorkout | None = None  # whose sets are waiting
        self._waiting: list[Placed] = []
        self._rows: list[tuple[int, int, str, str, str]] = []
        self.tally = Tally()

    def add(self, told: ImportedSet, exercise: str, variation: str | None) -> None:
        """Take in a set; it is written with the others of its workout."""
        if self._of is not told.workout or len(self._waiting) >= MOST_AT_ONCE:
            self._place()
            self._of = told.workout
        self._waiting.append(Placed(told, exercise, variation))

    def finish(self) -> None:
        """Write what is still waiting."""
        self._place()
        self._write()

    def _place(self) -> None:
        """Turn the sets that wait into facts, those that the log has not got."""
        workout, self._of = self._of, None
        waiting, self._waiting = self._waiting, []
        if workout is None:
            return
        waiting.sort(key=lambda one: one.told.at)  # equal instants keep the order of the file
        session_id = workout.id or f"import-{_digest(workout.app, workout.key)}"
        known = self._known(session_id, workout, waiting[0].told.at)
        new = [
            (set_id, one)
            for one in waiting
            if (set_id := self._new_id(session_id, one, known)) is not None
        ]
        if not new:
            return
        facts: list[Fact] = []
        if (key := known.key) is None:
            key = known.key = self._begin(session_id, workout, known)
            facts += _beginning(session_id, workout)
        facts += [_fact(set_id, one, known) for set_id, one in new]
        if known.facts == 0 and workout.finished_ms is not None:
            at_ms = workout.finished_ms
            facts.append(SessionFinished(at_ms=at_ms, completed=workout.completed))
        self._append(key, known, facts)
        self._count(known, waiting)

    def _new_id(self, session_id: str, one: Placed, known: _Workout) -> str | None:
        """Return the id of a set, None where the log has it already."""
        told = one.told
        if told.id:
            set_id = told.id
        else:
            result = told.result
            grams = None if result.load is None else result.load.grams
            content = _content(told.exercise, told.kind.value, result.reps, result.hold_s, grams)
            known.told[content] = times = known.told[content] + 1
            set_id = f"import-{_digest(session_id, content, str(times))}"
        if set_id in known.ids or _take_out(known.elsewhere, one):
            self.tally.there += 1
            return None
        known.ids.add(set_id)
        return set_id

    def _known(self, session_id: str, workout: ImportedWorkout, first: datetime) -> _Workout:
        """Return what is known of a workout, from the log where it is met for the first time."""
        if (known := self._workouts.get(session_id)) is not None:
            self._workouts.move_to_end(session_id)
            return known
        found = self._connection.execute(
            "SELECT key, started_at, utc_offset_s FROM session WHERE id = ?", (session_id,)
        ).fetchone()
        if found is None:
            known = _Workout(None, min(workout.started_at or first, first))
        else:
            key, started_at, offset = found
            known = self._in_log(key, local_time(started_at, offset))
        known.elsewhere = self._elsewhere(workout.app, known)
        self._workouts[session_id] = known
        if len(self._workouts) > MOST_WORKOUTS:
            self._write()  # should it come once more, it is looked up in the log
            self._workouts.popitem(last=False)
        return known

    def _in_log(self, key: int, started_at: datetime) -> _Workout:
        rows = self._connection.execute(
            "SELECT set_id, exercise, set_number FROM fact "
            "WHERE session = ? AND kind = 'SetLogged'",
            (key,),
        ).fetchall()
        (facts,) = self._connection.execute(
            "SELECT max(number) FROM fact WHERE session = ?", (key,)
        ).fetchone()
        numbers: Counter[str] = Counter()
        for _, exercise, number in rows:
            numbers[exercise] = max(numbers[exercise], number)
        ids = {set_id for set_id, _, _ in rows}
        return _Workout(key, started_at, facts, ids, numbers)

    def _elsewhere(self, app: str, known: _Workout) -> list[tuple[object, ...]]:
        """Return the sets of other sessions in the log that began in the same minute.

        They are the same workout on its way through another app, or out of
        this log and back: by the same clock, or at the same instant. Those of
        the same app have a key of their own.
        """
        day = timedelta(days=1)
        started_at = known.started_at
        return self._connection.execute(
            """
            SELECT exercise, kind, reps, hold_s, load_g FROM performed_set
            WHERE session_key IN (
                SELECT session.key FROM session
                JOIN fact ON fact.session = session.key AND fact.number = 1
                WHERE started_at > ? AND started_at < ?
                    AND (
                        substr(started_at, 1, 16) = ?
                        OR strftime('%Y-%m-%dT%H:%M', started_at, utc_offset_s || ' seconds') = ?
                    )
                    AND json_extract(fact.body, '$.app') IS NOT ?
                    AND session.key IS NOT ?
            )""",
            (
                utc_text(started_at - day),
                utc_text(started_at + day),
                utc_text(started_at)[:16],
                f"{started_at:%Y-%m-%dT%H:%M}",
                app,
                known.key,
            ),
        ).fetchall()

    def _begin(self, session_id: str, workout: ImportedWorkout, known: _Workout) -> int:
        offset = known.started_at.utcoffset() or timedelta()
        (key,) = self._connection.execute(
            """
            INSERT INTO session (id, started_at, utc_offset_s, routine, workout, source)
            VALUES (?, ?, ?, ?, ?, 'import') RETURNING key
            """,
            (
                session_id,
                utc_text(known.started_at),
                int(offset.total_seconds()),
                workout.routine,
                workout.title,
            ),
        ).fetchone()
        return int(key)

    def _append(self, key: int, known: _Workout, facts: Sequence[Fact]) -> None:
        begun = utc_text(known.started_at)
        for fact in facts:
            kind, body = encode_fact(fact)
            later = timedelta(milliseconds=fact.at_ms)
            at = utc_text(known.started_at + later) if later else begun
            known.facts += 1
            self._rows.append((key, known.facts, kind, at, body))
            self.tally.added += isinstance(fact, SetLogged)
        if len(self._rows) >= MOST_AT_ONCE:
            self._write()

    def _write(self) -> None:
        if self._rows:
            self._connection.executemany(
                "INSERT INTO fact (session, number, kind, at, body) VALUES (?, ?, ?, ?, ?)",
                self._rows,
            )
            self._rows.clear()

    def _count(self, known: _Workout, placed: Sequence[Placed]) -> None:
        tally = self.tally
        tally.workouts += not known.counted
        known.counted = True
        first, last = placed[0].told.at, placed[-1].told.at
        tally.first = min(tally.first or first, first)
        tally.last = max(tally.last or last, last)


@contextmanager
def taking_in(connection: sqlite3.Connection, *, keep: bool) -> Iterator[Intake]:
    """Yield an intake; at the end all it took in is committed or, without `keep`, undone."""
    connection.execute(f"PRAGMA cache_size = {-ROOMY_KIB}")
    connection.execute("BEGIN IMMEDIATE")
    try:
        with _in_bulk(connection):
            intake = Intake(connection)
            yield intake
            intake.finish()
        connection.execute("COMMIT" if keep else "ROLLBACK")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    finally:
        connection.execute(f"PRAGMA cache_size = {-USUAL_KIB}")


@contextmanager
def _in_bulk(connection: sqlite3.Connection) -> Iterator[None]:
    """Append facts without what follows each of them, and do that for all of them at the end.

    Within a transaction: where it is undone, so is this. Only for sets that
    are logged, not for any that is mended.
    """
    triggers = connection.execute(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'fact'"
    ).fetchall()
    (last,) = connection.execute("SELECT coalesce(max(seq), 0) FROM fact").fetchone()
    for name, _ in triggers:
        connection.execute(f'DROP TRIGGER "{name}"')
    yield
    connection.execute(
        "INSERT INTO standing_set SELECT * FROM set_from_facts WHERE seq > ?", (last,)
    )
    for _, sql in triggers:
        connection.execute(sql)


def _beginning(session_id: str, workout: ImportedWorkout) -> Iterator[Fact]:
    yield SessionImported(
        at_ms=0,
        app=workout.app,
        unit=workout.unit,
        note=workout.note,
        duration_s=workout.duration_s,
    )
    if workout.bodyweight:
        entry_id = f"import-{_digest(session_id, 'bodyweight')}"
        yield BodyweightLogged(at_ms=0, entry_id=entry_id, weight=workout.bodyweight)


def _fact(set_id: str, one: Placed, known: _Workout) -> SetLogged:
    told = one.told
    last = known.numbers[one.exercise]
    number = told.number or last + 1
    known.numbers[one.exercise] = max(last, number)
    since = told.at - known.started_at
    return SetLogged(
        at_ms=max(since // MILLISECOND, 0),
        set_id=set_id,
        block=0,
        number=number,
        exercise=one.exercise,
        variation=one.variation,
        kind=told.kind,
        low=told.low,
        high=told.high,
        result=told.result,
        source=told.source,
    )


@lru_cache(maxsize=8192)  # years of training are the same few sets, over and over
def _content(*told: str | int | None) -> str:
    """Return what tells a set from the others of its workout; a note may be added later.

    `told` are its exercise, kind, repetitions, seconds and grams.
    """
    return blake2b(repr(told).encode(), digest_size=16).hexdigest()


def _take_out(elsewhere: list[tuple[object, ...]], one: Placed) -> bool:
    """Tell whether a set is among those of another session, and take it from them."""
    result = one.told.result
    grams = result.load.grams if result.load else 0
    wanted = (one.exercise, one.told.kind.value, result.reps, result.hold_s)
    for index, (*there, load_g) in enumerate(elsewhere):
        if tuple(there) == wanted and abs(int(str(load_g or 0)) - grams) <= ALIKE_G:
            del elsewhere[index]
            return True
    return False


def _digest(*parts: str) -> str:
    return blake2b("\x1f".join(parts).encode(), digest_size=8).hexdigest()
