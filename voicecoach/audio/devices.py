"""Microphones and speakers by name.

PortAudio numbers devices anew at every start and whenever one comes or goes,
so they are remembered by name. Its list is taken when it starts and stays as
it is: see `rescan`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Any

from voicecoach.errors import DeviceError

BLUETOOTH = re.compile(
    r"bluetooth|bluez|hands.?free|airpods|\bbuds\b|earbuds|\btws\b", re.IGNORECASE
)


class Direction(Enum):
    """Which way sound goes; the value is how people call such a device."""

    INPUT = "microphone"
    OUTPUT = "speaker"


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A sound device as PortAudio lists it.

    `rate` is its own, in samples a second; `inputs` and `outputs` are its
    channels each way.
    """

    index: int
    name: str
    host: str
    inputs: int
    outputs: int
    rate: int
    default_input: bool
    default_output: bool

    @property
    def bluetooth(self) -> bool:
        """Whether its name tells of Bluetooth: there, an open microphone spoils the speaker."""
        return bool(BLUETOOTH.search(self.name))

    def suits(self, direction: Direction) -> bool:
        """Whether it has a channel that way."""
        return (self.inputs if direction is Direction.INPUT else self.outputs) > 0

    def is_default(self, direction: Direction) -> bool:
        """Whether the system takes it when none is named."""
        return self.default_input if direction is Direction.INPUT else self.default_output


def portaudio() -> Any:
    """Return the sounddevice module. Raises DeviceError where it or its library is missing.

    It is imported here and nowhere else, and late: it starts PortAudio, which
    probes every device.
    """
    try:
        import sounddevice  # noqa: PLC0415 - see above
    except ImportError as error:
        msg = "the sounddevice package is not installed"
        raise DeviceError(msg, remedy="pip install sounddevice") from error
    except OSError as error:
        msg = f"the PortAudio library cannot be loaded: {error}"
        raise DeviceError(
            msg,
            remedy="install it: sudo apt-get install libportaudio2; or go without sound: "
            "voicecoach start --text",
        ) from error
    return sounddevice


def list_devices() -> tuple[Device, ...]:
    """Return the sound devices there are, in PortAudio's order. Raises DeviceError."""
    sounddevice = portaudio()
    hosts = sounddevice.query_hostapis()
    inputs, outputs = sounddevice.default.device
    return tuple(
        Device(
            index=found["index"],
            name=found["name"],
            host=hosts[found["hostapi"]]["name"],
            inputs=found["max_input_channels"],
            outputs=found["max_output_channels"],
            rate=round(found["default_samplerate"]),
            default_input=found["index"] == inputs,
            default_output=found["index"] == outputs,
        )
        for found in sounddevice.query_devices()
    )


def rescan() -> None:
    """Look for devices anew. Every open stream dies of it: close them first."""
    sounddevice = portaudio()
    # PortAudio has no other way, and sounddevice no public name for this one.
    sounddevice._terminate()  # noqa: SLF001
    sounddevice._initialize()  # noqa: SLF001


def choose(devices: tuple[Device, ...], direction: Direction, wanted: str | None = None) -> Device:
    """Return the device called `wanted`, or the one to take where none is named.

    `wanted` is a name or a part of one; case does not matter, and a whole
    name wins. With none named it is the system's default, save that a
    Bluetooth microphone is passed over for another: to open it would drop
    the earbuds to the sound of a telephone. Raises DeviceError.
    """
    suited = [device for device in devices if device.suits(direction)]
    # A device may be listed once for each host; the default device's host comes first.
    host = next((device.host for device in suited if device.is_default(direction)), None)
    suited.sort(key=lambda device: device.host != host)
    if not suited:
        msg = f"there is no {direction.value}"
        raise DeviceError(
            msg, remedy="plug one in, or type and read instead: voicecoach start --text"
        )
    return _default(suited, direction) if wanted is None else _named(suited, direction, wanted)


def _default(suited: list[Device], direction: Direction) -> Device:
    ranked = sorted(suited, key=lambda device: not device.is_default(direction))
    if direction is Direction.INPUT:
        ranked.sort(key=lambda device: device.bluetooth)
    return ranked[0]


def _named(suited: list[Device], direction: Direction, wanted: str) -> Device:
    name = wanted.strip().casefold()
    whole = [device for device in suited if device.name.casefold() == name]
    part = [device for device in suited if name in device.name.casefold()]
    found = whole or part
    names = list(dict.fromkeys(device.name for device in found))
    if len(names) == 1:
        return found[0]
    if names:
        msg = f"{wanted!r} may be any of {', '.join(names)}"
        raise DeviceError(msg, remedy=f"give more of the {direction.value}'s name")
    there = ", ".join(dict.fromkeys(device.name for device in suited))
    msg = f"there is no {direction.value} called {wanted!r}"
    raise DeviceError(msg, remedy=f"take one of {there}; voicecoach devices lists all")
