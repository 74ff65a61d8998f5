"""`voicecoach start --text` at a real terminal, in real time, with a real Ctrl-C."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import time
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

PATIENCE_S = 60


class Terminal:
    """A command at a terminal of its own."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self._master, slave = pty.openpty()
        environment = os.environ | {
            f"VOICECOACH_{kind}_DIR": str(folder / kind.lower())
            for kind in ("DATA", "CONFIG", "CACHE", "MODELS")
        }
        self.process = subprocess.Popen(
            [sys.executable, "-c", "from voicecoach.cli.main import run; run()", *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environment,
            start_new_session=True,
        )
        os.close(slave)
        self.seen = ""

    def wait_for(self, text: str) -> None:
        """Read until `text` has been printed since the last wait."""
        give_up = time.monotonic() + PATIENCE_S
        while text not in self.seen:
            ready, _, _ = select.select([self._master], [], [], give_up - time.monotonic())
            assert ready, f"{text!r} was not printed; this was: {self.seen!r}"
            try:
                self.seen += os.read(self._master, 4096).decode(errors="replace")
            except OSError as error:  # the other end is closed
                raise AssertionError(self.seen) from error
        self.seen = self.seen.partition(text)[2]

    def type(self, line: str) -> None:
        os.write(self._master, f"{line}\n".encode())

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._master)


@pytest.fixture
def terminal(tmp_path: Path):
    (tmp_path / "small.toml").write_text(ROUTINE, encoding="utf-8")
    try:
        terminal = Terminal(tmp_path, "start", str(tmp_path / "small.toml"), "--text")
    except OSError as error:
        pytest.skip(f"no terminal can be made here: {error}")
    yield terminal
    terminal.close()


def test_ctrl_c_ends_the_session_and_keeps_what_was_confirmed(
    terminal: Terminal, tmp_path: Path
) -> None:
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
    assert terminal.process.wait(PATIENCE_S) == 130
    with TrainingLog.open(tmp_path / "data" / "training.sqlite3") as log:
        assert [one.reps for one in log.performed_sets()] == [5]
        assert log.unfinished_session() is not None
