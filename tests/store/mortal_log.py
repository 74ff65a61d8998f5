"""What the crash tests run in a process of its own: a log that dies before a given statement.

`mortal_log.py sessions FOLDER` leads a short session over and over, each in a
forked child that is killed one statement later than the one before, until a
child lives to its end. `migration FOLDER LOG` does so with a migration of a
copy of LOG, `intake FOLDER LOG` with an import into one. `endless LOG`
appends steps and reports each until it is killed.
"""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from voicecoach.session.facts import Fact, SetAmended, SetLogged, SetResult, SetVoided
from voicecoach.store.database import Migration, migrations, open_database
from voicecoach.store.exchange.rows import ImportedSet, ImportedWorkout
from voicecoach.store.log import TrainingLog
from voicecoach.training.prescription import SetKind, WorkoutPrescription
from voicecoach.units import Load, Unit

PLAN = WorkoutPrescription(routine="full-back", name="Full back", workout="A", blocks=())
STEPS = 6
ADDS_A_TABLE = Migration(
    version=migrations()[-1].version + 1,
    statements=("CREATE TABLE shoe (name TEXT) STRICT", "INSERT INTO shoe VALUES ('flat')"),
)

IMPORTED = [
    ImportedSet(
        line=reps,
        workout=ImportedWorkout(app="strong", key=str(day), title="Push", unit=Unit.KG),
        at=datetime(2026, 1, day, 18, tzinfo=UTC),
        exercise="bench-press",
        kind=SetKind.WORKING,
        result=SetResult(reps=reps, load=Load.kg(80)),
    )
    for day in (5, 7)
    for reps in (5, 6, 7)
]


def step(number: int) -> list[Fact]:
    """Return the facts of the session's step: a set, some mended, some voided at once."""
    at_ms, set_id = 1000 * number, str(number)
    logged = SetLogged(
        at_ms=at_ms,
        set_id=set_id,
        block=0,
        number=1,
        exercise="deadlift",
        variation=None,
        kind=SetKind.WORKING,
        low=4,
        high=6,
        result=SetResult(reps=number),
        source="voice",
    )
    amended = SetAmended(at_ms=at_ms, set_id=set_id, result=SetResult(reps=99))
    voided = SetVoided(at_ms=at_ms, set_id=set_id)
    return [logged, *([amended] if number % 2 else []), *([voided] if number % 3 == 2 else [])]


class MortalConnection(sqlite3.Connection):
    """A connection that kills its process before the statement after the last of its life."""

    left = sys.maxsize

    @classmethod
    def _live(cls) -> None:
        cls.left -= 1
        if cls.left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def execute(self, *arguments: Any) -> sqlite3.Cursor:
        self._live()
        return super().execute(*arguments)

    def executemany(self, statement: str, rows: Iterable[Any], /) -> sqlite3.Cursor:
        cursor = self.cursor()
        for row in rows:
            self._live()
            cursor.execute(statement, row)
        return cursor

    def backup(self, target: sqlite3.Connection, **_: Any) -> None:
        super().backup(target, pages=1, progress=lambda *_: self._live())


def lead(path: Path, report: int, steps: int) -> None:
    with TrainingLog.open(path) as log:
        log.begin_session("s", datetime(2026, 1, 5, tzinfo=UTC), PLAN)
        os.write(report, b"begun\n")
        for number in range(steps):
            log.append("s", step(number))
            os.write(report, f"committed {number}\n".encode())


def die_everywhere(folder: Path, work: Callable[[Path], None]) -> None:
    """Do `work` in one child after the other, each with one statement more to live."""
    connect = sqlite3.connect
    sqlite3.connect = lambda *args, **named: connect(*args, **named, factory=MortalConnection)
    for life in range(10_000):
        place = folder / f"{life:04}"
        place.mkdir(parents=True)
        child = os.fork()
        if not child:
            MortalConnection.left = life
            work(place)
            os._exit(0)
        ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if ended == 0:
            return
        if ended != -signal.SIGKILL:
            sys.exit(f"life {life} ended by itself: {ended}")


def session(place: Path) -> None:
    lead(place / "log.sqlite3", os.open(place / "report", os.O_WRONLY | os.O_CREAT), STEPS)


def main(what: str, place: Path, *logs: Path) -> None:
    if what == "endless":
        lead(place, sys.stdout.fileno(), 10_000)
    elif what == "sessions":
        die_everywhere(place, session)
    elif what == "intake":

        def take_in(place: Path) -> None:
            with TrainingLog.open(shutil.copy(logs[0], place / "log.sqlite3")) as log:
                with log.intake(keep=True) as intake:
                    for one in IMPORTED:
                        intake.add(one, one.exercise, None)
                (place / "report").touch()

        die_everywhere(place, take_in)
    elif what == "migration":

        def migrate(place: Path) -> None:
            log = shutil.copy(logs[0], place / "log.sqlite3")
            open_database(log, steps=(*migrations(), ADDS_A_TABLE)).close()

        die_everywhere(place, migrate)


if __name__ == "__main__":
    main(sys.argv[1], *map(Path, sys.argv[2:]))
