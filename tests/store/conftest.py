"""Facts and plans that the tests of the log share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from voicecoach.session.facts import SetLogged, SetResult
from voicecoach.store.log import TrainingLog
from voicecoach.training.exercise import Exercise
from voicecoach.training.prescription import (
    BlockPrescription,
    RepTarget,
    SetKind,
    SetPrescription,
    WorkoutPrescription,
)
from voicecoach.units import Load

BERLIN_WINTER = timezone(timedelta(hours=1))


@pytest.fixture
def evening() -> datetime:
    return datetime(2026, 1, 5, 18, 0, tzinfo=BERLIN_WINTER)


@pytest.fixture
def plan() -> WorkoutPrescription:
    return WorkoutPrescription(
        routine="full-back",
        name="Full back",
        workout="A",
        blocks=(
            BlockPrescription(
                exercise=Exercise(id="deadlift", name="deadlift"),
                sets=(SetPrescription(target=RepTarget(4, 6), load=Load.kg(100)),) * 3,
            ),
        ),
    )


@pytest.fixture
def log_file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "training.sqlite3"


@pytest.fixture
def log(log_file: Path) -> Iterator[TrainingLog]:
    with TrainingLog.open(log_file) as opened:
        yield opened


SetMaker = Callable[..., SetLogged]


@pytest.fixture
def a_set() -> SetMaker:
    def make(
        set_id: str,
        *,
        at_ms: int = 60_000,
        exercise: str = "deadlift",
        variation: str | None = None,
        number: int = 1,
        kind: SetKind = SetKind.WORKING,
        result: SetResult | None = None,
    ) -> SetLogged:
        return SetLogged(
            at_ms=at_ms,
            set_id=set_id,
            block=0,
            number=number,
            exercise=exercise,
            variation=variation,
            kind=kind,
            low=4,
            high=6,
            result=result or SetResult(reps=5, load=Load.kg(100)),
            source="voice",
        )

    return make
