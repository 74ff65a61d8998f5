"""A log of every schema there ever was opens, with all that was in it."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from voicecoach.session.resume import resume
from voicecoach.store.database import migrations
from voicecoach.store.log import TrainingLog
from voicecoach.store.rescue import damage
from voicecoach.units import Load, Rpe

DATA = Path(__file__).parents[1] / "data"
LOGS = sorted(DATA.glob("log-v*.sqlite3"))


def version_of(log: Path) -> int:
    return int(log.stem.removeprefix("log-v"))


def test_there_is_a_log_of_every_schema_before_this_one() -> None:
    assert [version_of(log) for log in LOGS] == list(range(1, migrations()[-1].version))


@pytest.mark.parametrize("kept", LOGS, ids=lambda log: log.stem)
def test_an_old_log_is_read_and_gone_on_with(kept: Path, tmp_path: Path) -> None:
    path = tmp_path / "training.sqlite3"
    shutil.copyfile(kept, path)
    with TrainingLog.open(path) as log:
        done = [(s.exercise, s.reps, s.hold_s, s.load, s.rpe) for s in log.performed_sets()]
        (belt,) = [s for s in log.performed_sets() if s.note]
        (monday,) = log.completed_workouts("full-back")
        left = log.unfinished_session()
        assert log.injury_answer() is False
        assert left is not None
        state = resume(left.id, left.started_at, left.facts)
        log.append(left.id, [])
    assert done == [
        ("deadlift", 6, None, Load.kg(100), Rpe(Decimal("8.5"))),
        ("deadlift", 6, None, Load.kg(100), None),
        ("back-extension-hold", None, 20, None, None),
        ("deadlift", 5, None, Load(102_500), None),
    ]
    assert (belt.note, belt.variation, f"{belt.at:%H:%M%z}") == (
        "belt",
        "conventional",
        "18:02+0100",
    )
    assert (monday.workout, f"{monday.at:%Y-%m-%d}") == ("A", "2026-01-05")
    assert state.position == (0, 1)
    assert damage(path) == ()
    # What it was before lies beside it.
    before = tmp_path / f"training.v{version_of(kept)}.sqlite3"
    assert damage(before) == ()
