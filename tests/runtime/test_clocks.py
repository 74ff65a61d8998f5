"""Clocks that are set back, that change in autumn, and sessions that pass midnight."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from voicecoach.runtime.opening import Request, open_session, resumed, unfinished
from voicecoach.runtime.paths import Paths
from voicecoach.session.facts import SessionFinished, SetLogged, SetResult
from voicecoach.store.log import TrainingLog
from voicecoach.training.prescription import SetKind
from voicecoach.units import Load

SUMMER, WINTER = timezone(timedelta(hours=2)), timezone(timedelta(hours=1))
ROUTINE = """
name = "Small"
[[workout]]
name = "A"
[[workout.block]]
exercise = "deadlift"
sets = 2
reps = "4-6"
load = "100kg"
progress = { rule = "double", step = "2.5kg" }
"""


@pytest.fixture
def log(paths: Paths) -> Iterator[TrainingLog]:
    with TrainingLog.open(paths.log) as opened:
        yield opened


@pytest.fixture
def request_(tmp_path: Path) -> Request:
    (tmp_path / "small.toml").write_text(ROUTINE, encoding="utf-8")
    return Request(routine="small.toml", base=tmp_path)


def train(
    log: TrainingLog,
    paths: Paths,
    request: Request,
    start: datetime,
    *minutes: int,
    ends: bool = True,
) -> str:
    """Do sets of six, each so many minutes after the start."""
    session = open_session(request, paths, log, start).session_id
    for number, minute in enumerate(minutes, 1):
        done = SetLogged(
            at_ms=60_000 * minute,
            set_id=f"{session}/{number}",
            block=0,
            number=number,
            exercise="deadlift",
            variation=None,
            kind=SetKind.WORKING,
            low=4,
            high=6,
            result=SetResult(reps=6, load=Load.kg(100)),
            source="voice",
        )
        log.append(session, [done])
    if ends:
        log.append(session, [SessionFinished(at_ms=60_000 * minutes[-1], completed=True)])
    return session


def load_of_next(log: TrainingLog, paths: Paths, request: Request, now: datetime) -> Load | None:
    return open_session(request, paths, log, now).plan.blocks[0].sets[-1].load


def test_a_clock_set_back_an_hour_hides_nothing_that_was_done(
    log: TrainingLog, paths: Paths, request_: Request
) -> None:
    train(log, paths, request_, datetime(2026, 1, 5, 18, tzinfo=WINTER), 5, 10)
    earlier = datetime(2026, 1, 5, 17, 5, tzinfo=WINTER)
    assert load_of_next(log, paths, request_, earlier) == Load.kg("102.5")


def test_a_session_left_before_the_clock_was_set_back_goes_on(
    log: TrainingLog, paths: Paths, request_: Request
) -> None:
    start = datetime(2026, 1, 5, 18, tzinfo=WINTER)
    train(log, paths, request_, start, 5, ends=False)
    left = unfinished(log, start - timedelta(minutes=40))
    assert left is not None
    assert resumed(left, log).position == (0, 1)


def test_the_night_the_clocks_change_the_sets_keep_their_order(
    log: TrainingLog, paths: Paths, request_: Request
) -> None:
    train(log, paths, request_, datetime(2026, 10, 25, 2, 50, tzinfo=SUMMER), 5, 15)
    # By the clock on the wall this session begins before the other, yet it is later.
    train(log, paths, request_, datetime(2026, 10, 25, 2, 20, tzinfo=WINTER), 5, 10)
    instants = [one.at for one in log.performed_sets()]
    assert instants == sorted(instants)
    assert len(log.completed_workouts("small")) == 2
    assert {one.at.date().isoformat() for one in log.performed_sets()} == {"2026-10-25"}


def test_a_session_that_passes_midnight_is_one_workout_on_two_days(
    log: TrainingLog, paths: Paths, request_: Request
) -> None:
    start = datetime(2026, 1, 5, 23, 50, tzinfo=WINTER)
    train(log, paths, request_, start, 5, ends=False)
    left = unfinished(log, start + timedelta(minutes=12))
    assert left is not None
    train(log, paths, request_, start + timedelta(days=2), 5, 15)
    days = [one.at.date().isoformat() for one in log.performed_sets()]
    assert days == ["2026-01-05", "2026-01-07", "2026-01-08"]
    (whole,) = log.completed_workouts("small")
    assert whole.at == start + timedelta(days=2)
    assert load_of_next(log, paths, request_, start + timedelta(days=4)) == Load.kg("102.5")
