"""`voicecoach backup` and `voicecoach restore`, as they are typed."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from voicecoach.cli.backup import backup, restore
from voicecoach.errors import LogError
from voicecoach.runtime.paths import Paths
from voicecoach.session.facts import SetLogged, SetResult
from voicecoach.store.log import TrainingLog
from voicecoach.training.prescription import SetKind, WorkoutPrescription

PLAN = WorkoutPrescription(routine="full-back", name="Full back", workout="A", blocks=())


@pytest.fixture
def trained(paths: Paths) -> Paths:
    with TrainingLog.open(paths.log) as log:
        log.begin_session("monday", datetime(2026, 1, 5, 18, tzinfo=UTC), PLAN)
    train(paths, 3)
    return paths


def train(paths: Paths, sets: int) -> None:
    with TrainingLog.open(paths.log) as log:
        before = len(log.sets_of("monday"))
        for number in range(before + 1, before + sets + 1):
            log.append(
                "monday",
                [
                    SetLogged(
                        at_ms=60_000 * number,
                        set_id=f"monday/{number}",
                        block=0,
                        number=number,
                        exercise="deadlift",
                        variation=None,
                        kind=SetKind.WORKING,
                        low=5,
                        high=5,
                        result=SetResult(reps=5),
                        source="voice",
                    )
                ],
            )


def sets_in(paths: Paths) -> int:
    with TrainingLog.open(paths.log) as log:
        return len(log.performed_sets())


def typed(command: object, paths: Paths, *arguments: str, answer: str = "") -> Result:
    return CliRunner().invoke(command, arguments, obj=paths, input=answer)  # type: ignore[arg-type]


def spoil(log: Path, page: int) -> None:
    content = bytearray(log.read_bytes())
    place = slice(page * 4096, (page + 1) * 4096)
    content[place] = bytes(255 - byte for byte in content[place])
    log.write_bytes(content)


def test_a_backup_is_made_listed_and_put_back(trained: Paths) -> None:
    made = typed(backup, trained)
    assert made.exit_code == 0, made.output
    assert "3 sets in 1 session, 2026-01-05 to 2026-01-05 copied to" in made.stdout
    (listed,) = json.loads(typed(backup, trained, "--json").stdout)["backups"]
    assert (listed["sessions"], listed["sets"]) == (1, 3)
    train(trained, 1)
    put_back = typed(restore, trained, "--yes")
    assert put_back.exit_code == 0, put_back.output
    assert sets_in(trained) == 3


def test_a_restore_is_asked_about_and_the_log_as_it_was_is_kept(trained: Paths) -> None:
    typed(backup, trained)
    train(trained, 1)
    refused = typed(restore, trained, answer="n\n")
    assert refused.exit_code == 1
    assert sets_in(trained) == 4
    assert typed(restore, trained, answer="y\n").exit_code == 0
    (kept,) = trained.backups.glob("replaced-*.sqlite3")
    with TrainingLog.open(kept) as log:
        assert len(log.performed_sets()) == 4


def test_a_damaged_log_is_read_as_far_as_it_goes_and_the_loss_is_told(trained: Paths) -> None:
    spoil(trained.log, 2)
    rescued = typed(restore, trained, "--rescue", "--yes")
    assert rescued.exit_code == 0, rescued.output
    assert "is damaged: database disk image is malformed" in rescued.stdout
    assert "Read: 3 sets in 1 session" in rescued.stdout
    assert sets_in(trained) == 3
    assert len(list(trained.backups.glob("replaced-*.sqlite3"))) == 1


def test_of_a_whole_log_nothing_is_rescued(trained: Paths) -> None:
    before = trained.log.read_bytes()
    told = typed(restore, trained, "--rescue", "--yes")
    assert "is whole: 3 sets in 1 session" in told.stdout
    assert trained.log.read_bytes() == before


def test_a_damaged_backup_is_refused_with_the_way_out(trained: Paths, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    assert typed(backup, trained, str(copy)).exit_code == 0
    spoil(copy, 2)
    refused = typed(restore, trained, str(copy), "--yes")
    assert isinstance(refused.exception, LogError)
    assert f"voicecoach restore --rescue {copy}" in str(refused.exception)
    assert sets_in(trained) == 3


def test_without_a_log_or_a_backup_there_is_one_clear_line(paths: Paths) -> None:
    assert "there is no log to copy" in str(typed(backup, paths).exception)
    assert "there is no backup" in str(typed(restore, paths).exception)
    assert "There is no backup yet" in typed(backup, paths, "--list").stdout
