"""`voicecoach exercise show --speak`: on a sound server, and without a speaker."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from ctypes.util import find_library
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

if TYPE_CHECKING:
    from tests.conftest import PulseAudio

RUN = "from voicecoach.cli.main import run; run()"

EXERCISE = """
id = "towel-row"
name = "towel row"
cautions = ["Test the towel first."]

[cues]
execute = ["Pull your elbows past your ribs."]
"""

NOTHING = """
class default:
    device = (-1, -1)

def query_hostapis(): return ()
def query_devices(): return ()
"""


def show(
    folder: Path, environment: dict[str, str], *arguments: str
) -> subprocess.CompletedProcess[str]:
    own = folder / "config" / "exercises"
    own.mkdir(parents=True, exist_ok=True)
    (own / "towel-row.toml").write_text(EXERCISE, encoding="utf-8")
    directories = {
        f"VOICECOACH_{kind}_DIR": str(folder / kind.lower()) for kind in ("CONFIG", "CACHE")
    }
    return subprocess.run(
        [sys.executable, "-c", RUN, "exercise", "show", "towel-row", *arguments],
        env=environment | directories,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.skipif(
    find_library("portaudio") is None, reason="needs: apt-get install libportaudio2"
)
@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="needs: apt-get install espeak-ng")
def test_the_page_is_printed_and_heard(pulse_audio: PulseAudio, tmp_path: Path) -> None:
    with pulse_audio.record() as recording:
        done = show(tmp_path, pulse_audio.environment, "--speak", "--speaker", "earbuds")
        assert done.returncode == 0, done.stderr
        assert done.stdout == show(tmp_path, pulse_audio.environment).stdout
        heard = recording.pcm
    sounding = np.abs(heard.reshape(-1)[: len(heard) // 480 * 480].reshape(-1, 480)).max(axis=1)
    assert 1.5 < (sounding > 300).sum() / 100 < 12  # seconds of four short sentences


def test_without_a_speaker_it_is_one_line_and_its_exit_code(tmp_path: Path) -> None:
    (tmp_path / "sounddevice.py").write_text(NOTHING, encoding="utf-8")
    environment = os.environ | {
        "PYTHONPATH": f"{tmp_path}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"
    }
    done = show(tmp_path, environment, "--speak")
    assert done.returncode == 26
    assert not done.stdout
    assert done.stderr.startswith("voicecoach: ")
    assert "speaker" in done.stderr
    assert len(done.stderr.splitlines()) == 1
