"""Reading out: sentences in the coach's voice on the speaker, with nobody to answer."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path

from voicecoach.audio.devices import Device, Direction, choose, list_devices
from voicecoach.audio.live import SounddeviceSpeaker
from voicecoach.audio.mixer import Mixer
from voicecoach.audio.ports import Voice
from voicecoach.audio.voices.repertoire import Repertoire
from voicecoach.audio.wavfile import WavWriter
from voicecoach.errors import DeviceError
from voicecoach.language.prompts import Prompt
from voicecoach.runtime.mouth import Delivery, then_silence
from voicecoach.units import Unit

PAUSE_MS = 450
"""Between two sentences: long enough to picture the one before."""

LOOK_S = 0.02

FILE_RATE = 24_000
"""Samples a second of a file."""

LOST_AFTER_MS = 2_000
"""A speaker that has not asked for sound for so long is gone."""


def find_speaker(name: str | None = None) -> Device:
    """Return the speaker of that name, or the one a session would take. Raises DeviceError."""
    return choose(list_devices(), Direction.OUTPUT, name)


def read_out(
    device: Device,
    voice_at: Callable[[int], Voice],
    prompts: Iterable[Prompt],
    *,
    delivery: Delivery = Delivery(),  # noqa: B008  # frozen
) -> None:
    """Say `prompts` one after the other, to the end.

    Each is rendered while the one before it sounds. Raises DeviceError and VoiceError.
    """
    speaker = SounddeviceSpeaker(device)
    mixer = speaker.mixer
    with speaker:
        _say(mixer, voice_at, prompts, delivery)
        while not mixer.is_idle:
            if speaker.ms_since_callback > LOST_AFTER_MS:
                msg = f"{device.name} has gone silent"
                raise DeviceError(msg, remedy="plug it in again, and once more")
            time.sleep(LOOK_S)
        time.sleep(speaker.latency_ms / 1000 + LOOK_S)


def write_out(
    path: Path,
    voice_at: Callable[[int], Voice],
    prompts: Iterable[Prompt],
    *,
    delivery: Delivery = Delivery(),  # noqa: B008  # frozen
) -> None:
    """Write what `read_out` would play to a WAV file. Raises VoiceError and SoundFileError."""
    mixer = Mixer(FILE_RATE)
    _say(mixer, voice_at, prompts, delivery)
    with WavWriter(path, FILE_RATE) as wav:
        while (turn := mixer.next_turn()) is not None:
            wav.write(mixer.render(turn - mixer.position))
            mixer.events()


def _say(
    mixer: Mixer,
    voice_at: Callable[[int], Voice],
    prompts: Iterable[Prompt],
    delivery: Delivery,
) -> None:
    repertoire = Repertoire(voice_at(delivery.words_a_minute), mixer.rate)
    mixer.set_gain(delivery.volume_db)
    for number, sentence in enumerate(prompts, 1):
        clip = repertoire.phrase(sentence.text(Unit.KG))
        mixer.say(f"sentence {number}", then_silence(clip, PAUSE_MS))
