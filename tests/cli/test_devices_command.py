"""`voicecoach devices`, on a sound server, without a device, and without PortAudio.

PortAudio looks for devices when it starts, so each test is a process of its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from ctypes.util import find_library
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import PulseAudio

needs_portaudio = pytest.mark.skipif(
    find_library("portaudio") is None, reason="needs: apt-get install libportaudio2"
)

RUN = "from voicecoach.cli.main import run; run()"
WITHOUT_PORTAUDIO = f"import ctypes.util; ctypes.util.find_library = lambda name: None; {RUN}"


def devices(
    environment: dict[str, str], *arguments: str, program: str = RUN
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program, "devices", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


NOTHING = """
class default:
    device = (-1, -1)

def query_hostapis(): return ()
def query_devices(): return ()
"""


@pytest.fixture
def no_device(tmp_path: Path) -> dict[str, str]:
    """An environment in which PortAudio, in the place of the real one, finds nothing."""
    (tmp_path / "sounddevice.py").write_text(NOTHING, encoding="utf-8")
    return os.environ | {"PYTHONPATH": str(tmp_path)}


@needs_portaudio
def test_each_device_is_listed_under_what_it_is(pulse_audio: PulseAudio) -> None:
    done = devices(pulse_audio.environment)
    assert done.returncode == 0, done.stderr
    microphones, _, speakers = done.stdout.partition("Speakers\n")
    assert microphones.startswith("Microphones\n")
    assert "  room " in microphones
    assert "* default " in microphones
    assert "  earbuds " in speakers
    # Where the sound server can be asked, its usual device is known by its own name.
    assert any(f"* {usual} " in speakers for usual in ("default", "Null Output"))
    assert "voicecoach start --mic NAME --speaker NAME" in speakers


@needs_portaudio
def test_programs_are_told_which_would_be_taken(pulse_audio: PulseAudio) -> None:
    answer = json.loads(devices(pulse_audio.environment, "--json").stdout)
    assert answer["schema"] == "voicecoach.devices/1"
    by_name = {device["name"]: device for device in reversed(answer["devices"])}
    assert {"default", "earbuds", "room"} <= set(by_name)
    assert by_name["default"]["default_microphone"]
    (usual,) = [device for device in answer["devices"] if device["default_speaker"]]
    assert usual["name"] in {"default", "Null Output"}
    assert sum(device["default_speaker"] for device in answer["devices"]) == 1
    assert by_name["earbuds"]["outputs"] > 0


def test_where_there_is_no_device_the_list_is_empty_and_says_so(
    no_device: dict[str, str],
) -> None:
    said = devices(no_device)
    assert (said.returncode, said.stdout) == (
        0,
        "There is no microphone.\n\nThere is no speaker.\n\n",
    )
    listed = devices(no_device, "--json")
    assert (listed.returncode, json.loads(listed.stdout)["devices"]) == (0, [])


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere PortAudio is inside the wheel")
def test_without_portaudio_it_is_one_line_and_its_exit_code() -> None:
    done = devices(dict(os.environ), "--json", program=WITHOUT_PORTAUDIO)
    assert done.returncode == 26
    assert not done.stdout
    assert "PortAudio library cannot be loaded" in done.stderr
    assert "apt-get install libportaudio2" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="no other system has ALSA")
@pytest.mark.parametrize("named", ["{}/nothing.conf", "{}", "{}/one.conf:{}/other.conf", ":"])
def test_a_missing_sound_configuration_is_one_line_and_its_exit_code(
    tmp_path: Path, named: str
) -> None:
    done = devices(os.environ | {"ALSA_CONFIG_PATH": named.replace("{}", str(tmp_path))})
    assert (done.returncode, done.stdout) == (26, "")
    (told,) = done.stderr.splitlines()
    assert told.startswith("voicecoach: ALSA_CONFIG_PATH: no configuration of sound can be read")


@needs_portaudio
@pytest.mark.skipif(sys.platform != "linux", reason="no other system has ALSA")
def test_a_broken_sound_configuration_is_one_line_and_its_exit_code(tmp_path: Path) -> None:
    broken = tmp_path / "asound.conf"
    broken.write_text("pcm.!default { type nonsense\n", encoding="utf-8")
    done = devices(os.environ | {"ALSA_CONFIG_PATH": str(broken)})
    assert done.returncode == 26
    assert not done.stdout
    told = [line for line in done.stderr.splitlines() if line.startswith("voicecoach: ")]
    assert len(told) == 1
    assert "voicecoach: sound cannot be started" in told[0]
    assert "voicecoach doctor" in told[0]
    assert "Traceback" not in done.stderr
