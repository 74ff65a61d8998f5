"""The demonstration: where its scenario lies, and how it is played along with its transcript."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path

from voicecoach.audio.clips import resampled
from voicecoach.audio.devices import Device, Direction, choose, list_devices
from voicecoach.audio.live import SounddeviceSpeaker
from voicecoach.audio.wavfile import read_clip
from voicecoach.errors import DeviceError

SCENARIO = Path(__file__).with_name("demo") / "demo.toml"

LOOK_S = 0.05


def find_speaker(wanted: str | None = None) -> Device | None:
    """Return the speaker to play on; None where there is none, or no sound system at all."""
    try:
        return choose(list_devices(), Direction.OUTPUT, wanted)
    except DeviceError:
        return None


def play(
    device: Device, sound: Path, lines: Iterable[tuple[int, str]], show: Callable[[str], None]
) -> None:
    """Play `sound`, showing each of `lines` at its instant in ms. Raises DeviceError."""
    speaker = SounddeviceSpeaker(device)
    mixer = speaker.mixer
    mixer.say("demo", resampled(read_clip(sound), mixer.rate))
    with speaker:
        for at_ms, line in lines:
            while mixer.position * 1000 < at_ms * mixer.rate and not mixer.is_idle:
                time.sleep(LOOK_S)
            show(line)
        while not mixer.is_idle:
            time.sleep(LOOK_S)
