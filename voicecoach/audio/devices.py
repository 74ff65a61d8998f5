"""Microphones and speakers by name.

PortAudio numbers devices anew at every start and whenever one comes or goes,
so they are remembered by name. Its list is taken when it starts and stays as
it is: see `rescan`.

On a Linux desktop a sound server stands between: PortAudio has one door to
it, and does not know the earbuds behind. They are asked of the server, and
opened through that door.
"""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass, replace
from enum import Enum
from importlib.util import find_spec, module_from_spec
from pathlib import Path
from typing import Any

from voicecoach.audio.sound_server import ServerDevice, server_devices
from voicecoach.errors import DeviceError, shown

MODULE = "sounddevice"
"""What speaks with PortAudio."""

ALSA_CONFIG = "ALSA_CONFIG_PATH"
"""Where ALSA is told to look for its configuration, in place of where it does otherwise."""

DOOR = "pulse"
"""What ALSA, and so PortAudio, calls the way to the sound server."""

SERVER = "PulseAudio"
"""What is named as the host of the server's devices; PipeWire answers to it too."""

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
    route: str | None = None  # what the sound server calls it, where it is one of its devices
    wireless: bool = False  # the sound server says that it is Bluetooth

    @property
    def bluetooth(self) -> bool:
        """Whether it is Bluetooth, by its name too: an open microphone spoils the speaker there."""
        return self.wireless or bool(BLUETOOTH.search(self.name))

    def suits(self, direction: Direction) -> bool:
        """Whether it has a channel that way."""
        return (self.inputs if direction is Direction.INPUT else self.outputs) > 0

    def is_default(self, direction: Direction) -> bool:
        """Whether the system takes it when none is named."""
        return self.default_input if direction is Direction.INPUT else self.default_output


def portaudio() -> Any:
    """Return the sounddevice module. Raises DeviceError where it, or sound itself, does not work.

    It is imported here and nowhere else, and late: it starts PortAudio, which
    probes every device. What that raises is defined in the module itself, so
    that the module is held while it is carried out.
    """
    if MODULE in sys.modules:
        return sys.modules[MODULE]
    spec = find_spec(MODULE)
    if spec is None or spec.loader is None:
        msg = "the sounddevice package is not installed"
        raise DeviceError(msg, remedy="pip install sounddevice")
    _look_for_configuration()
    sounddevice = module_from_spec(spec)
    try:
        spec.loader.exec_module(sounddevice)
    except OSError as error:
        msg = f"the PortAudio library cannot be loaded: {error}"
        raise DeviceError(
            msg,
            remedy="install it: sudo apt-get install libportaudio2; or go without sound: "
            "voicecoach start --text",
        ) from error
    except sounddevice.PortAudioError as error:
        raise _unstarted(error) from error
    sys.modules[MODULE] = sounddevice
    return sounddevice


def _look_for_configuration() -> None:
    """Raise DeviceError where ALSA is led to no configuration: PortAudio aborts the process then.

    ALSA passes over what is not there of the files that are named, a colon or
    a space between them, as long as it finds one.
    """
    named = os.environ.get(ALSA_CONFIG)
    if sys.platform != "linux" or not named:
        return
    files = [Path(name).expanduser() for name in re.split("[: ]", named) if name]
    if not any(file.is_file() and os.access(file, os.R_OK) for file in files):
        msg = f"no configuration of sound can be read at {shown(named)}"
        raise DeviceError(
            msg,
            place=ALSA_CONFIG,
            remedy="name a file that is there, or unset it; or go without sound: "
            "voicecoach start --text",
        )


def _unstarted(error: Exception) -> DeviceError:
    return DeviceError(
        f"sound cannot be started: {error.args[0]}",
        remedy="mend its configuration, on Linux ~/.asoundrc or /etc/asound.conf, and look again "
        "with: voicecoach doctor; or go without sound: voicecoach start --text",
    )


def list_devices() -> tuple[Device, ...]:
    """Return the sound devices there are: the sound server's, and PortAudio's in its order.

    Raises DeviceError.
    """
    sounddevice = portaudio()
    hosts = sounddevice.query_hostapis()
    inputs, outputs = sounddevice.default.device
    listed = tuple(
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
    door = next((device for device in listed if device.name == DOOR), None)
    return listed if door is None else _with_served(listed, door, server_devices())


def _with_served(
    listed: tuple[Device, ...], door: Device, served: tuple[ServerDevice, ...]
) -> tuple[Device, ...]:
    """Return the server's devices, opened through `door`, and the `listed` ones after them."""
    ours = tuple(
        replace(
            door,
            name=one.title,
            host=SERVER,
            inputs=0 if one.plays else one.channels,
            outputs=one.channels if one.plays else 0,
            rate=one.rate,
            default_input=one.default and not one.plays,
            default_output=one.default and one.plays,
            route=one.name,
            wireless=one.wireless,
        )
        for one in served
    )
    # Whoever asks the system for its usual microphone would get that of the earbuds.
    spoilt = any(device.wireless and device.default_input for device in ours)
    doors = {DOOR, "default", "pipewire"}
    others = (
        replace(device, wireless=spoilt) if device.name in doors else device for device in listed
    )
    return (*ours, *others)


def rescan() -> None:
    """Look for devices anew. Every open stream dies of it: close them first. Raises DeviceError."""
    sounddevice = portaudio()
    # PortAudio has no other way, and sounddevice no public name for this one.
    sounddevice._terminate()  # noqa: SLF001
    try:
        sounddevice._initialize()  # noqa: SLF001
    except sounddevice.PortAudioError as error:
        raise _unstarted(error) from error


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


def found_again(devices: tuple[Device, ...], device: Device, direction: Direction) -> Device:
    """Return the one of `devices` that is `device`, numbered anew. Raises DeviceError."""
    if device.route is not None:
        known = [one for one in devices if one.route == device.route and one.suits(direction)]
        if known:
            return known[0]
    return choose(devices, direction, device.name)


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
