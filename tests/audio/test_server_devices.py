"""Earbuds behind a sound server: found by the name people know, and really played on."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections.abc import Iterator
from ctypes.util import find_library
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from voicecoach.audio.devices import Device, Direction, choose

if TYPE_CHECKING:
    from tests.conftest import PulseAudio

RUN = "from voicecoach.cli.main import run; run()"

needs_server = pytest.mark.skipif(
    importlib.util.find_spec("pulsectl") is None or find_library("portaudio") is None,
    reason="needs: pip install voicecoach[earbuds]; apt-get install libportaudio2",
)


@pytest.fixture
def desktop(pulse_audio: PulseAudio, tmp_path: Path) -> Iterator[dict[str, str]]:
    """A desktop as they come: PortAudio knows the sound server, and the server the earbuds."""
    pulse_audio.plug_in("bluez_output.00_11", "AirPods")
    try:
        yield pulse_audio.environment | {
            "VOICECOACH_CACHE_DIR": str(tmp_path / "cache"),
            "VOICECOACH_CONFIG_DIR": str(tmp_path / "config"),
        }
    finally:
        pulse_audio.unplug("bluez_output.00_11")


def voicecoach(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", RUN, *words],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@needs_server
def test_earbuds_are_listed_by_the_name_people_know(desktop: dict[str, str]) -> None:
    listed = json.loads(voicecoach(desktop, "devices", "--json").stdout)["devices"]
    (airpods,) = [device for device in listed if device["name"] == "AirPods"]
    assert airpods["bluetooth"]
    assert (airpods["inputs"], airpods["outputs"] > 0, airpods["host"]) == (0, True, "PulseAudio")


@needs_server
def test_the_coach_is_heard_on_the_earbuds_and_nowhere_else(
    desktop: dict[str, str], pulse_audio: PulseAudio
) -> None:
    with (
        pulse_audio.record("bluez_output.00_11") as airpods,
        pulse_audio.record("laptop") as laptop,
        pulse_audio.record("earbuds") as others,
    ):
        said = voicecoach(
            desktop, "voices", "say", "Say ready.", "--voice", "system", "--speaker", "airpods"
        )
        assert said.returncode == 0, said.stderr
        airpods.wait_until(lambda pcm: bool(np.abs(pcm.astype(int)).max(initial=0) > 3000))
        for silent in (laptop, others):
            assert np.abs(silent.pcm.astype(int)).max(initial=0) < 100


def device(name: str, *, usual: bool, wireless: bool) -> Device:
    return Device(
        index=0, name=name, host="PulseAudio", inputs=1, outputs=0, rate=48_000,
        default_input=usual, default_output=False, route=name, wireless=wireless,
    )  # fmt: skip


def test_the_microphone_of_earbuds_is_passed_over_even_where_it_is_the_usual_one() -> None:
    earbuds = device("WH-1000", usual=True, wireless=True)
    laptop = device("Built-in Audio", usual=False, wireless=False)
    assert choose((earbuds, laptop), Direction.INPUT) is laptop
    assert choose((earbuds, laptop), Direction.INPUT, "wh-") is earbuds
    assert choose((earbuds,), Direction.INPUT) is earbuds
