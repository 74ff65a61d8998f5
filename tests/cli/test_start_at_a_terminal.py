"""`voicecoach start --text` at a real terminal, in real time, with a real Ctrl-C."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from voicecoach.store.log import TrainingLog

ROUTINE = """
name = "Small"

[[workout]]
name = "A"

[[workout.block]]
exercise = "pull-up"
sets = 2
reps = "4-6"
load = "bodyweight"
rest = "3min"
"""


@pytest.fixture
def terminal(at_terminal, tmp_path: Path):
    routine = tmp_path / "small.toml"
    routine.write_text(ROUTINE, encoding="utf-8")
    return at_terminal("start", routine, "--text")


def test_ctrl_c_ends_the_session_and_keeps_what_was_confirmed(terminal, tmp_path: Path) -> None:
    terminal.wait_for("Say yes or no.")
    terminal.type("no")
    terminal.wait_for("Say ready.")
    terminal.type("ready")
    for word in ("Three", "Two", "One"):
        terminal.wait_for(word)
    terminal.wait_for("(rising tone)")
    terminal.type("done 5")
    terminal.wait_for("Five reps. Rest three minutes.")
    terminal.process.send_signal(signal.SIGINT)
    assert terminal.ends_with() == 130
    with TrainingLog.open(tmp_path / "data" / "training.sqlite3") as log:
        assert [one.reps for one in log.performed_sets()] == [5]
        assert log.unfinished_session() is not None
