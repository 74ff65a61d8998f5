"""Measuring a speaker and a microphone together: level, leak, delay, and how their clocks run.

A chirp is played and listened for. Both devices count samples by a clock of
their own; how far each has come is noted against the computer's, and a line
through those notes tells its rate, and when a sample was.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from voicecoach.audio.clips import faded, levelled, resampled
from voicecoach.audio.devices import Device
from voicecoach.audio.live import SounddeviceMicrophone, SounddeviceSpeaker
from voicecoach.audio.ports import HEARING_RATE, Clip, Pcm

QUIET_S = 1.5
"""How long the room is listened to before the chirp."""

CHIRP_S = 0.25
CHIRP_HERTZ = (400.0, 4000.0)
AFTER_S = 2.0
LOOK_S = 0.01

HEARD_ABOVE = 4.0
"""How far the chirp must stand out of all else in the correlation to count as heard."""

MOST_DELAY_S = 1.5
SETTLING_S = 0.5  # devices begin with a gulp; what they count then says little of their clocks

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundCheck:
    """What was measured. Levels in dBFS, drift in parts per million against the computer's clock.

    `leak_db` is how much softer than it was played the chirp came back, and
    `round_trip_ms` how long it took, both None where it was not heard.
    """

    noise_dbfs: float  # -inf where the microphone gave nothing at all
    leak_db: float | None
    round_trip_ms: float | None
    output_ms: float  # as the device states it
    speaker_drift_ppm: float
    microphone_drift_ppm: float
    underflows: int
    overflows: int


@dataclass(frozen=True, slots=True)
class Clock:
    """A device's clock: seconds of the computer at its sample 0, and samples a second."""

    start_s: float
    rate: float

    @classmethod
    def through(cls, seconds: Floats, samples: Floats) -> Clock:
        """Return the clock that fits notes of `samples` counted by `seconds`, shape (n,) each."""
        rate, at_zero = np.polyfit(seconds - seconds[0], samples, 1)
        return cls(float(seconds[0] - at_zero / rate), float(rate))

    def at(self, sample: float) -> float:
        """Return when `sample` was."""
        return self.start_s + sample / self.rate

    def drift_ppm(self, nominal: int) -> float:
        """Return how much faster than `nominal` it runs."""
        return (self.rate / nominal - 1) * 1e6


def check_sound(speaker: Device, microphone: Device) -> SoundCheck:
    """Play a chirp on `speaker` and listen to it with `microphone`. Raises DeviceError."""
    played: list[tuple[float, int]] = []
    taken: list[tuple[float, int]] = []
    blocks: list[Pcm] = []
    with SounddeviceSpeaker(speaker) as out, SounddeviceMicrophone(microphone) as ear:
        mixer = out.mixer
        begun, count = time.monotonic(), 0
        chirp_at: int | None = None
        while time.monotonic() < begun + QUIET_S + CHIRP_S + AFTER_S:
            block = ear.read(LOOK_S)
            now = time.monotonic()
            if block is not None:
                blocks.append(block)
                count += len(block)
                taken.append((now, count))
            played.append((now, mixer.position))
            if chirp_at is None and now > begun + QUIET_S:
                chirp_at = mixer.position + mixer.samples(100)
                mixer.schedule("chirp", resampled(chirp(), mixer.rate), chirp_at)
        output_ms, underflows, overflows = out.latency_ms, out.underflows, ear.overflows
    heard = np.concatenate(blocks) if blocks else np.zeros(0, np.int16)
    speaker_clock = _clock(played, begun + SETTLING_S, mixer.rate)
    ear_clock = _clock(taken, begun + SETTLING_S, HEARING_RATE)
    quiet = heard[round(SETTLING_S * HEARING_RATE) : round(QUIET_S * HEARING_RATE)]
    found = find_chirp(heard)
    round_trip_ms = None
    if found is not None and chirp_at is not None:
        round_trip_ms = (ear_clock.at(found[0]) - speaker_clock.at(chirp_at)) * 1000
        if not 0 <= round_trip_ms <= MOST_DELAY_S * 1000:
            found = round_trip_ms = None
    return SoundCheck(
        noise_dbfs=level_dbfs(quiet),
        leak_db=None if found is None else found[1],
        round_trip_ms=round_trip_ms,
        output_ms=output_ms,
        speaker_drift_ppm=speaker_clock.drift_ppm(mixer.rate),
        microphone_drift_ppm=ear_clock.drift_ppm(HEARING_RATE),
        underflows=underflows,
        overflows=overflows,
    )


def chirp() -> Clip:
    """Return the sound that is listened for, at 16 kHz and the loudness of speech."""
    at = np.arange(round(CHIRP_S * HEARING_RATE)) / HEARING_RATE
    low, high = CHIRP_HERTZ
    phase = 2 * np.pi * (low * at + (high - low) / (2 * CHIRP_S) * at**2)
    wave = np.rint(16384 * np.sin(phase)).astype(np.int16)
    return levelled(faded(Clip(wave, HEARING_RATE), in_ms=10, out_ms=10))


def find_chirp(heard: Pcm) -> tuple[int, float] | None:
    """Return at which sample of `heard` the chirp begins, and its level in dB against as played.

    None where nothing stands out.
    """
    wanted = chirp().pcm.astype(np.float64)
    if len(heard) < len(wanted):
        return None
    size = 1 << (len(heard) + len(wanted)).bit_length()
    spectrum = np.fft.rfft(heard.astype(np.float64), size) * np.conj(np.fft.rfft(wanted, size))
    products = np.abs(np.fft.irfft(spectrum, size)[: len(heard) - len(wanted) + 1])
    best = int(products.argmax())
    share = float(products[best]) / float((wanted**2).sum())
    away = np.abs(np.arange(len(products)) - best) > len(wanted) // 2
    others = float(products[away].max(initial=0.0))
    if share <= 0 or products[best] < HEARD_ABOVE * others:
        return None
    return best, 20 * math.log10(share)


def level_dbfs(pcm: Pcm) -> float:
    """Return the level of `pcm` in dB under full scale; -inf for nothing but zeros."""
    power = float((pcm.astype(np.float64) ** 2).mean()) if len(pcm) else 0.0
    return 10 * math.log10(power / 32768**2) if power > 1 else -math.inf


def _clock(notes: list[tuple[float, int]], after_s: float, nominal: int) -> Clock:
    """Return the clock of the notes made after an instant; the nominal one where there are few."""
    late = np.array([note for note in notes if note[0] > after_s], dtype=np.float64)
    if len(late) < 10 or late[-1, 1] == late[0, 1]:
        return Clock(notes[0][0] if notes else after_s, float(nominal))
    return Clock.through(late[:, 0], late[:, 1])
