"""Sessions need no network: they run where there is none."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

RUN = "from voicecoach.cli.main import run; run()"

SCENARIO = """
routine = "small.toml"
[[says]]
when = "injury?"
text = "no"
[[says]]
when = "ready?"
text = "ready"
[[says]]
when = "working"
after_ms = 2000
text = "done"
[[says]]
when = "reps?"
text = "five"
"""

ROUTINE = """
name = "Small"
[[workout]]
name = "A"
[[workout.block]]
exercise = "deadlift"
sets = 1
reps = "5"
load = "100kg"
"""


def cut_off(*command: str) -> list[str]:
    """Return the command that runs `command` where there is no network, not even a loopback."""
    unshare = shutil.which("unshare")
    if unshare is None:
        pytest.skip("unshare is not installed")
    apart = [unshare, "--net", "--map-root-user"]
    if subprocess.run([*apart, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this system lets nobody cut off the network")
    return [*apart, *command]


def test_a_workout_is_rehearsed_with_voice_and_ears_where_there_is_no_network(
    tmp_path: Path,
) -> None:
    (tmp_path / "small.toml").write_text(ROUTINE, encoding="utf-8")
    (tmp_path / "scenario.toml").write_text(SCENARIO, encoding="utf-8")
    rehearsed = subprocess.run(
        cut_off(sys.executable, "-c", RUN, "rehearse", str(tmp_path / "scenario.toml")),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert rehearsed.returncode == 0, rehearsed.stderr
    assert "deadlift" in rehearsed.stdout


def test_whatever_asks_for_another_machine_fails_in_these_tests() -> None:
    with pytest.raises(RuntimeError, match="cut off"):
        socket.create_connection(("192.0.2.1", 443), timeout=1)
    with pytest.raises(RuntimeError, match="cut off"):
        socket.getaddrinfo("example.org", 443)
