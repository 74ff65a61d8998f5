"""Backups: whole, checked, and put back without loss."""

from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from voicecoach.errors import LogError
from voicecoach.store.backup import KEPT, back_up, backups, contents, restore_from, roll, whole
from voicecoach.store.log import TrainingLog
from voicecoach.training.prescription import WorkoutPrescription

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)


@pytest.fixture
def trained(log: TrainingLog, plan: WorkoutPrescription, a_set) -> TrainingLog:
    log.begin_session("monday", NOON, plan)
    log.append("monday", [a_set("monday/1"), a_set("monday/2", number=2)])
    return log


def test_a_backup_holds_what_the_log_held_at_that_instant(
    trained: TrainingLog, tmp_path: Path, a_set
) -> None:
    copy = tmp_path / "copy.sqlite3"
    held = back_up(trained.path, copy)
    trained.append("monday", [a_set("monday/3", number=3)])
    assert (held.sessions, held.sets) == (1, 2)
    assert contents(copy) == held
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600


def test_a_restored_log_is_the_backup_and_nothing_else(
    trained: TrainingLog, tmp_path: Path, a_set
) -> None:
    copy = tmp_path / "copy.sqlite3"
    back_up(trained.path, copy)
    trained.append("monday", [a_set("monday/3", number=3)])
    restore_from(copy, trained.path)
    # Whoever has the log open sees it at once, and cannot write into what is no more.
    assert [one.id for one in trained.performed_sets()] == ["monday/1", "monday/2"]
    with TrainingLog.open(trained.path) as again:
        assert len(again.performed_sets()) == 2


def test_a_backup_takes_the_place_of_a_log_that_is_beyond_help(
    trained: TrainingLog, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.sqlite3"
    back_up(trained.path, copy)
    trained.close()
    trained.path.write_bytes(b"\xff" * 9000)
    restore_from(copy, trained.path)
    with TrainingLog.open(trained.path) as log:
        assert len(log.performed_sets()) == 2


def test_a_damaged_backup_is_known_before_the_log_is_touched(
    trained: TrainingLog, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.sqlite3"
    back_up(trained.path, copy)
    content = bytearray(copy.read_bytes())
    content[-4096:] = b"\xff" * 4096
    copy.write_bytes(content)
    with pytest.raises(LogError, match="damaged"):
        whole(copy)
    assert len(trained.performed_sets()) == 2


def test_a_damaged_log_is_not_copied_over_good_backups(
    trained: TrainingLog, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    good = roll(trained.path, folder, NOON)
    trained.close()
    content = bytearray(trained.path.read_bytes())
    content[-4096:] = b"\xff" * 4096
    trained.path.write_bytes(content)
    with pytest.raises(LogError, match="damaged"):
        roll(trained.path, folder, NOON + timedelta(days=1))
    assert backups(folder) == [good]


def test_one_copy_a_day_is_kept_and_the_oldest_go(trained: TrainingLog, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    for day in range(KEPT + 3):
        now = NOON + timedelta(days=day)
        assert roll(trained.path, folder, now) is not None
        assert roll(trained.path, folder, now + timedelta(hours=1)) is None
    kept = [path.name[9:19] for path in backups(folder)]
    assert kept == [f"{NOON + timedelta(days=day):%Y-%m-%d}" for day in range(3, KEPT + 3)]


def test_a_log_is_not_copied_onto_itself(trained: TrainingLog) -> None:
    with pytest.raises(LogError, match="onto itself"):
        back_up(trained.path, trained.path)


def test_where_there_is_no_log_nothing_is_copied(tmp_path: Path) -> None:
    with pytest.raises(LogError, match="no log"):
        back_up(tmp_path / "nothing.sqlite3", tmp_path / "copy.sqlite3")
    assert list(tmp_path.iterdir()) == []
