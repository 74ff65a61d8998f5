from __future__ import annotations

import subprocess
import sys

import pytest

from voicecoach.audio.devices import Device, Direction, choose
from voicecoach.errors import DeviceError


def device(
    name: str,
    *,
    host: str = "Core",
    inputs: int = 0,
    outputs: int = 0,
    default: Direction | None = None,
) -> Device:
    return Device(
        index=0,
        name=name,
        host=host,
        inputs=inputs,
        outputs=outputs,
        rate=48_000,
        default_input=default is Direction.INPUT,
        default_output=default is Direction.OUTPUT,
    )


DEVICES = (
    device("Monitor", outputs=2),
    device("Jo's AirPods", inputs=1, default=Direction.INPUT),
    device("Jo's AirPods", outputs=2, default=Direction.OUTPUT),
    device("Built-in Microphone", inputs=2),
    device("Clip Microphone", inputs=1),
)


def test_unless_told_otherwise_the_coach_speaks_into_the_earbuds() -> None:
    assert choose(DEVICES, Direction.OUTPUT).name == "Jo's AirPods"


def test_and_leaves_their_microphone_shut_for_the_sake_of_their_sound() -> None:
    assert choose(DEVICES, Direction.INPUT).name == "Built-in Microphone"


def test_the_microphone_of_the_earbuds_is_opened_when_asked_for() -> None:
    chosen = choose(DEVICES, Direction.INPUT, "airpods")
    assert (chosen.name, chosen.inputs) == ("Jo's AirPods", 1)


def test_or_when_there_is_no_other() -> None:
    assert choose(DEVICES[:3], Direction.INPUT).bluetooth


def test_a_part_of_a_name_is_enough_when_it_is_one_devices() -> None:
    assert choose(DEVICES, Direction.INPUT, "BUILT").name == "Built-in Microphone"
    with pytest.raises(DeviceError, match="Built-in Microphone, Clip Microphone"):
        choose(DEVICES, Direction.INPUT, "microphone")


def test_a_whole_name_wins_over_a_part_of_another() -> None:
    devices = (device("Headset (2)", outputs=2), device("Headset", outputs=2))
    assert choose(devices, Direction.OUTPUT, "headset").name == "Headset"


def test_a_device_listed_by_several_hosts_is_taken_from_the_defaults_host() -> None:
    devices = (
        device("Speakers", host="MME", outputs=2),
        device("Speakers", host="WASAPI", outputs=2),
        device("Monitor", host="WASAPI", outputs=2, default=Direction.OUTPUT),
    )
    assert choose(devices, Direction.OUTPUT, "speakers").host == "WASAPI"


def test_an_unknown_name_is_refused_with_those_that_suit() -> None:
    with pytest.raises(DeviceError) as refusal:
        choose(DEVICES, Direction.OUTPUT, "Built-in Microphone")
    assert refusal.value.problem == "there is no speaker called 'Built-in Microphone'"
    assert "Monitor, Jo's AirPods;" in refusal.value.remedy


@pytest.mark.parametrize("direction", Direction)
def test_without_a_device_the_coach_offers_text(direction: Direction) -> None:
    other = device("?", inputs=int(direction is Direction.OUTPUT), default=None)
    with pytest.raises(DeviceError, match=f"there is no {direction.value}") as refusal:
        choose((other,), direction)
    assert "voicecoach start --text" in refusal.value.remedy


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere PortAudio is inside the wheel")
def test_a_missing_portaudio_is_named_with_the_remedy() -> None:
    program = (
        "import ctypes.util; ctypes.util.find_library = lambda name: None\n"
        "from voicecoach.audio.devices import list_devices; list_devices()"
    )
    child = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60
    )
    complaint = child.stderr.splitlines()[-1]
    assert "DeviceError: the PortAudio library cannot be loaded" in complaint
    assert "apt-get install libportaudio2" in complaint


def test_naming_devices_does_not_start_portaudio() -> None:
    program = (
        "import sys, voicecoach.audio.live\n"
        "assert 'sounddevice' not in sys.modules and '_sounddevice' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)
