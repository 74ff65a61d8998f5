"""What the tests of commands share: directories of their own, and a real terminal."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from voicecoach.runtime.paths import Paths

PATIENCE_S = 60


# A suite that runs in the background was told to ignore Ctrl-C, and whatever it starts with it.
RUN = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from voicecoach.cli.main import run
run()
"""


class Terminal:
    """A command at a terminal of its own, with directories of its own in `folder`."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self._master, slave = pty.openpty()
        environment = os.environ | {
            f"VOICECOACH_{kind}_DIR": str(folder / kind.lower())
            for kind in ("DATA", "CONFIG", "CACHE", "MODELS")
        }
        self.process = subprocess.Popen(
            [sys.executable, "-c", RUN, *arguments],
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

    def ends_with(self) -> int:
        """Wait for the end of the command, and return its exit code."""
        return self.process.wait(PATIENCE_S)

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._master)


OpenTerminal = Callable[..., Terminal]


@pytest.fixture
def at_terminal(tmp_path: Path) -> Iterator[OpenTerminal]:
    """A maker of terminals, each with the command that is given; skips where none can be made."""
    with ExitStack() as stack:

        def run(*arguments: object) -> Terminal:
            try:
                terminal = Terminal(tmp_path, *map(str, arguments))
            except OSError as error:
                pytest.skip(f"no terminal can be made here: {error}")
            stack.callback(terminal.close)
            return terminal

        yield run


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """Directories of their own for one test."""
    return Paths.of(
        data=tmp_path / "data",
        config=tmp_path / "config",
        cache=tmp_path / "cache",
        models=tmp_path / "models",
    )
