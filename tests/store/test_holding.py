"""One session at a time trains with a log."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from voicecoach.errors import LogError
from voicecoach.store.holding import held

EVENING = datetime(2026, 1, 5, 18, 2, tzinfo=UTC)

HOLDS = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from voicecoach.store.holding import held
with held(Path(sys.argv[1]), "voicecoach start", datetime(2026, 1, 5, 18, 2, tzinfo=UTC)):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_the_second_session_is_told_of_the_first(log_file: Path) -> None:
    with (
        held(log_file, "voicecoach start", EVENING),
        pytest.raises(LogError) as refused,
        held(log_file, "voicecoach log", EVENING),
    ):
        pass
    assert f"voicecoach start, process {os.getpid()}, since 2026-01-05T18:02" in str(refused.value)


def test_a_session_that_ended_is_in_nobody_s_way(log_file: Path) -> None:
    for _ in range(2):
        with held(log_file, "voicecoach start", EVENING):
            pass
    assert not log_file.with_suffix(".holder").exists()


def test_a_session_that_failed_is_in_nobody_s_way(log_file: Path) -> None:
    with pytest.raises(ZeroDivisionError), held(log_file, "voicecoach start", EVENING):
        _ = 1 / 0
    with held(log_file, "voicecoach start", EVENING):
        pass


def test_a_session_that_was_killed_is_in_nobody_s_way(log_file: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS, log_file],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(LogError, match=f"process {other.pid}"), held(log_file, "", EVENING):
            pass
        other.kill()
        other.wait()
    with held(log_file, "voicecoach start", EVENING):
        pass


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    log = tmp_path / "file" / "training.sqlite3"
    log.parent.mkdir()
    log.with_suffix(".lock").mkdir()
    with pytest.raises(LogError, match="cannot be held"), held(log, "", EVENING):
        pass
