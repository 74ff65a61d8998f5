"""`voicecoach doctor`: what it finds on a sound server, and where there is nothing."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from ctypes.util import find_library
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from voicecoach.audio.soundcheck import SoundCheck
from voicecoach.errors import DeviceError, LogError
from voicecoach.runtime.doctor import Health, findings_of, is_call_profile
from voicecoach.store.log import TrainingLog

if TYPE_CHECKING:
    from tests.conftest import PulseAudio

RUN = "from voicecoach.cli.main import run; run()"

NOTHING = """
class default:
    device = (-1, -1)

def query_hostapis(): return ()
def query_devices(): return ()
def get_portaudio_version(): return 0, "none"
"""


def examined(
    folder: Path, environment: dict[str, str], *arguments: str, exit_code: int | None = None
) -> dict[str, Any]:
    """Return what the doctor finds, who exits with 0 only where nothing is a problem."""
    directories = {
        f"VOICECOACH_{kind}_DIR": str(folder / kind.lower())
        for kind in ("DATA", "CONFIG", "CACHE", "MODELS")
    }
    done = subprocess.run(
        [sys.executable, "-c", RUN, "doctor", "--json", *arguments],
        env=environment | directories,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    answer = json.loads(done.stdout)
    assert answer["schema"] == "voicecoach.doctor/1"
    checks = {check["what"]: check for check in answer["checks"]}
    problems = [what for what, check in checks.items() if check["health"] == "problem"]
    assert bool(done.returncode) is bool(problems), problems
    assert exit_code in (None, done.returncode)
    return checks


@pytest.mark.skipif(
    find_library("portaudio") is None, reason="needs: apt-get install libportaudio2"
)
def test_a_coach_that_hears_itself_is_told_to_take_earbuds(
    pulse_audio: PulseAudio, tmp_path: Path
) -> None:
    with pulse_audio.leaking():
        checks = examined(
            tmp_path, pulse_audio.environment, "--mic", "room", "--speaker", "earbuds"
        )
    for what in (
        "versions",
        "settings",
        "disk",
        "log",
        "voice",
        "recogniser",
        "speaker",
        "microphone",
    ):
        assert checks[what]["health"] == "ok", checks[what]
    assert checks["leak"]["health"] == "warning"
    assert checks["leak"]["figures"]["leak_db"] == pytest.approx(0, abs=3)
    assert "earbuds" in checks["leak"]["remedy"]
    assert 10 < checks["latency"]["figures"]["round_trip_ms"] < 1000
    assert checks["latency"]["figures"]["output_ms"] > 1


def test_without_devices_each_is_named_with_its_remedy(tmp_path: Path) -> None:
    (tmp_path / "sounddevice.py").write_text(NOTHING, encoding="utf-8")
    path = os.environ.get("PYTHONPATH", "")
    environment = os.environ | {"PYTHONPATH": f"{tmp_path}{os.pathsep}{path}"}
    log = tmp_path / "data" / "training.sqlite3"
    TrainingLog.open(log).close()
    content = bytearray(log.read_bytes())
    content[4096:8192] = b"\xff" * 4096
    log.write_bytes(content)
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "config.toml").write_text('rate = "fast"\n', encoding="utf-8")
    checks = examined(
        tmp_path, environment, exit_code=LogError.exit_code
    )  # the first that is broken
    for what in ("speaker", "microphone"):
        assert checks[what]["health"] == "problem"
        assert checks[what]["finding"] == f"there is no {what}"
        assert "--text" in checks[what]["remedy"]
    assert checks["settings"]["health"] == "warning"
    assert "config.toml:1" in checks["settings"]["finding"]
    assert checks["log"]["health"] == "problem"
    assert "--rescue" in checks["log"]["remedy"]
    assert "level" not in checks


def test_a_missing_microphone_is_the_exit_code_and_a_wrong_setting_is_none(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "config.toml").write_text('rate = "fast"\n', encoding="utf-8")
    (tmp_path / "sounddevice.py").write_text(NOTHING, encoding="utf-8")
    path = os.environ.get("PYTHONPATH", "")
    environment = os.environ | {"PYTHONPATH": f"{tmp_path}{os.pathsep}{path}"}
    checks = examined(tmp_path, environment, exit_code=DeviceError.exit_code)
    assert checks["settings"]["health"] == "warning"
    assert checks["microphone"]["health"] == "problem"


def sound(**changed: float | None) -> SoundCheck:
    usual: dict[str, Any] = {
        "noise_dbfs": -60.0,
        "leak_db": None,
        "round_trip_ms": None,
        "output_ms": 40.0,
        "speaker_drift_ppm": 20.0,
        "microphone_drift_ppm": -15.0,
        "underflows": 0,
        "overflows": 0,
    }
    return SoundCheck(**(usual | changed))


def ailing(check: SoundCheck) -> dict[str, str]:
    found = findings_of(check, "room")
    return {one.what: one.remedy for one in found if one.health is not Health.WELL}


def test_a_quiet_room_and_steady_clocks_need_no_remedy() -> None:
    assert ailing(sound()) == {}
    assert ailing(sound(leak_db=-45.0, round_trip_ms=80.0)) == {}


@pytest.mark.parametrize(
    ("changed", "what", "remedy"),
    [
        ({"noise_dbfs": -math.inf}, "level", "muted"),
        ({"noise_dbfs": -30.0}, "level", "nearer"),
        ({"leak_db": -12.0, "round_trip_ms": 60.0}, "leak", "use earbuds"),
        ({"round_trip_ms": 650.0, "leak_db": -40.0}, "latency", "wired"),
        ({"underflows": 3}, "latency", "buffer"),
        ({"speaker_drift_ppm": 4000.0}, "clocks", "busy"),
    ],
)
def test_what_ails_has_its_remedy(changed: dict[str, float | None], what: str, remedy: str) -> None:
    (found,) = ailing(sound(**changed)).items()
    assert found[0] == what
    assert remedy in found[1]


@pytest.mark.parametrize(
    ("profile", "calls"),
    [
        ("a2dp-sink", False),
        ("a2dp_sink_aac", False),
        ("headset-head-unit-msbc", True),
        ("handsfree_head_unit", True),
        ("off", False),
    ],
)
def test_a_profile_for_calls_is_told_from_one_for_music(profile: str, calls: bool) -> None:
    assert is_call_profile(profile) is calls
