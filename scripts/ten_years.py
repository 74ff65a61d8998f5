"""Makes a training log of ten years, the same each time: what the bench asks its questions of.

    python scripts/ten_years.py DIRECTORY [SETS]

A lifter trains an upper and a lower day in turn, four times a week, gets
stronger and stalls, goes on holiday, is ill, mends a set now and then and
undoes another.
"""

from __future__ import annotations

import math
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from itertools import count, cycle
from pathlib import Path

from voicecoach.session.facts import (
    Fact,
    SessionFinished,
    SetAmended,
    SetLogged,
    SetResult,
    SetVoided,
)
from voicecoach.store.database import open_database
from voicecoach.store.log import TrainingLog
from voicecoach.training.prescription import SetKind, WorkoutPrescription
from voicecoach.units import Load, Rpe

LAST_DAY = date(2026, 11, 20)
YEARS = 10
SETS = 100_000
TRAINING_DAYS = (0, 1, 3, 5)  # Monday, Tuesday, Thursday, Saturday


@dataclass(frozen=True)
class Lift:
    """An exercise as this lifter does it: loads in kilograms at the start and after ten years."""

    exercise: str
    first_kg: float = 0
    last_kg: float = 0
    reps: tuple[int, int] = (5, 8)
    hold: bool = False
    variations: tuple[str | None, ...] = (None,)


UPPER = (
    Lift("bench-press", 50, 110),
    Lift("pull-up", 0, 30, variations=("shoulder-width", "wide")),
    Lift("overhead-press", 30, 70),
    Lift("dumbbell-row", 15, 45, (8, 12)),
    Lift("dumbbell-curl", 8, 22, (8, 15)),
)
LOWER = (
    Lift("deadlift", 70, 200, (4, 6), variations=("conventional", "sumo")),
    Lift("squat", 60, 160),
    Lift("romanian-deadlift", 50, 130, (6, 10)),
    Lift("standing-calf-raise", 40, 110, (10, 15)),
    Lift("back-extension-hold", hold=True, reps=(20, 90)),
)


def make_log(path: Path, sets: int = SETS, years: int = YEARS) -> None:
    """Write a log of `sets` sets over `years` to `path`, which must not be there yet."""
    chance = random.Random(10)  # noqa: S311  # the same log each time
    days = list(_days(chance, years))
    per_session = [sets * (n + 1) // len(days) - sets * n // len(days) for n in range(len(days))]
    connection = open_database(path)
    connection.execute("PRAGMA synchronous = OFF")  # made anew if it is lost
    with TrainingLog(connection, path) as log:
        for day, lifts, wanted, number in zip(
            days, cycle((("upper", UPPER), ("lower", LOWER))), per_session, count(1), strict=False
        ):
            name, exercises = lifts
            _write_session(log, chance, day, name, exercises, wanted, number, len(days))


def _days(chance: random.Random, years: int) -> Iterator[date]:
    """Yield the days trained: not on holiday, seldom ill, now and then too busy."""
    first = LAST_DAY - timedelta(days=int(365.25 * years))
    away_until = first
    for number in range((LAST_DAY - first).days + 1):
        day = first + timedelta(days=number)
        if day.weekday() not in TRAINING_DAYS or day < away_until:
            continue
        if (day.month, day.day) > (8, 1) and (day.month, day.day) < (8, 15):
            continue
        if chance.random() < 0.008:
            away_until = day + timedelta(days=chance.choice((7, 10, 21)))
        elif chance.random() < 0.95:
            yield day


def _write_session(
    log: TrainingLog,
    chance: random.Random,
    day: date,
    workout: str,
    lifts: tuple[Lift, ...],
    wanted: int,
    number: int,
    sessions: int,
) -> None:
    offset = timezone(timedelta(hours=2 if 4 <= day.month <= 10 else 1))
    start = datetime.combine(day, time(18, chance.randrange(60)), offset)
    session = f"made-{number:05}"
    plan = WorkoutPrescription(
        routine="upper-lower", name="Upper lower", workout=workout, blocks=()
    )
    log.begin_session(session, start, plan)
    share = number / sessions
    facts: list[Fact] = []
    for index in range(wanted):
        place = index * len(lifts) // wanted
        lift = lifts[place]
        in_exercise = index - -(-place * wanted // len(lifts)) + 1
        at_ms = 60_000 + index * 150_000
        result, kind = _result(chance, lift, share, in_exercise)
        set_id = f"{session}/{index + 1}"
        facts.append(
            SetLogged(
                at_ms=at_ms,
                set_id=set_id,
                block=place,
                number=in_exercise,
                exercise=lift.exercise,
                variation=lift.variations[number // 2 % len(lift.variations)],
                kind=kind,
                low=lift.reps[0],
                high=lift.reps[1],
                result=result,
                source="voice",
            )
        )
        slip = chance.random()
        if slip < 0.03:
            facts.append(SetAmended(at_ms=at_ms + 9_000, set_id=set_id, result=result))
        elif slip < 0.035:
            facts.append(SetVoided(at_ms=at_ms + 9_000, set_id=set_id))
    facts.append(SessionFinished(at_ms=60_000 + wanted * 150_000, completed=True))
    log.append(session, facts)


def _result(
    chance: random.Random, lift: Lift, share: float, in_exercise: int
) -> tuple[SetResult, SetKind]:
    """Return a set: stronger with the years, in waves, tired towards the end."""
    strength = math.sqrt(share) + 0.03 * math.sin(40 * share)
    kind = SetKind.WARMUP if in_exercise <= 2 and lift.last_kg > 40 else SetKind.WORKING
    tired = min(3, in_exercise // 3)
    low, high = lift.reps
    if lift.hold:
        held = low + (high - low) * strength - 3 * tired + chance.randrange(-2, 3)
        return SetResult(hold_s=max(5, round(held)), load=Load(0)), SetKind.WORKING
    kg = lift.first_kg + (lift.last_kg - lift.first_kg) * strength
    if kind is SetKind.WARMUP:
        kg *= 0.3 + 0.2 * in_exercise
    load = Load.kg(max(0, round(kg / 2.5)) * Decimal("2.5"))
    reps = max(1, chance.randint(low, high) - tired)
    rpe = Rpe(Decimal(chance.choice((7, 8, 9)))) if chance.random() < 0.3 else None
    pain = chance.random() < 0.004
    return SetResult(reps=reps, load=load, rpe=rpe, pain=pain), kind


if __name__ == "__main__":
    directory = Path(sys.argv[1])
    make_log(directory / "training.sqlite3", int(sys.argv[2]) if len(sys.argv) > 2 else SETS)
