"""The sound card: a speaker that plays what a mixer renders, a microphone that is listened to.

They are two devices with a clock each, hence two streams. The callbacks,
which PortAudio calls in threads of its own, only copy.
"""

from __future__ import annotations

import os
import queue
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self

import numpy as np
import soxr

from voicecoach.audio.devices import Device, Direction, portaudio
from voicecoach.audio.mixer import Mixer
from voicecoach.audio.ports import HEARING_RATE, Pcm
from voicecoach.errors import DeviceError

SPEAKER_LATENCY_S = 0.04
"""The length asked of the device's buffer. "Stop" has 50 ms to become silence, so it cannot be
longer; a machine too busy to fill it in time leaves gaps, which are counted."""

MICROPHONE_BLOCK_MS = 10


class SounddeviceSpeaker:
    """Plays a mixer on a device, from `start` to `stop`.

    The mixer runs at the device's own rate, and its position is the number
    of samples the device has taken: the clock of the session. Where a device
    is lost, give its mixer to the speaker that takes its place; that one is
    then opened at the mixer's rate.
    """

    def __init__(
        self,
        device: Device,
        mixer: Mixer | None = None,
        *,
        latency_s: float = SPEAKER_LATENCY_S,
    ) -> None:
        self.device = device
        self._latency_s = latency_s
        self.mixer = mixer or Mixer(device.rate)
        self.underflows = 0
        """Blocks that came too late and left a gap."""
        self._called = 0.0
        self._stream: Any = None

    def start(self) -> None:
        """Open the device and play. Raises DeviceError."""
        # Both ears where there are two: some systems do not spread one channel.
        self._stream = _open(
            self.device,
            Direction.OUTPUT,
            self._render,
            channels=(min(2, self.device.outputs), 1),
            rate=self.mixer.rate,
            latency=self._latency_s,
        )
        self._called = time.monotonic()

    def stop(self) -> None:
        """Close the device; what its buffer holds is dropped."""
        _close(self._stream)
        self._stream = None

    @property
    def latency_ms(self) -> float:
        """Milliseconds from the mixer to the device's output, as the device states it."""
        return float(self._stream.latency) * 1000 if self._stream else 0.0

    @property
    def ms_since_callback(self) -> float:
        """Milliseconds since the device last asked for sound: over a few hundred, it is lost."""
        return (time.monotonic() - self._called) * 1000

    def _render(self, out: Any, frames: int, _time: Any, status: Any) -> None:
        out[:] = self.mixer.render(frames)[:, np.newaxis]
        self._called = time.monotonic()
        if status.output_underflow:
            self.underflows += 1

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


class SounddeviceMicrophone:
    """Listens to a device at its own rate and gives 16 kHz, from `start` to `stop`.

    Resampling delays the sound by some 20 ms, at most 40.
    """

    def __init__(self, device: Device) -> None:
        self.device = device
        self.overflows = 0
        """Times that sound was lost before it was taken."""
        self._called = 0.0
        self._stream: Any = None
        self._blocks: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._resampler = soxr.ResampleStream(device.rate, HEARING_RATE, 1, dtype="int16")

    def start(self) -> None:
        """Open the device and listen. Raises DeviceError."""
        self._stream = _open(
            self.device,
            Direction.INPUT,
            self._take,
            channels=(1, min(2, self.device.inputs)),
            rate=self.device.rate,
            latency="low",
            blocksize=self.device.rate * MICROPHONE_BLOCK_MS // 1000,
        )
        self._called = time.monotonic()

    def stop(self) -> None:
        """Close the device."""
        _close(self._stream)
        self._stream = None

    def read(self, timeout_s: float) -> Pcm | None:
        """Return the next samples at 16 kHz, or None where none came within `timeout_s`."""
        try:
            block = self._blocks.get(timeout=timeout_s)
        except queue.Empty:
            return None
        mono = block[:, 0] if block.shape[1] == 1 else block.mean(axis=1).astype(np.int16)
        pcm: Pcm = self._resampler.resample_chunk(np.ascontiguousarray(mono))
        return pcm

    @property
    def ms_since_callback(self) -> float:
        """Milliseconds since the device last gave sound: over a few hundred, it is lost."""
        return (time.monotonic() - self._called) * 1000

    def _take(self, block: Any, _frames: int, _time: Any, status: Any) -> None:
        self._blocks.put(block.copy())
        self._called = time.monotonic()
        if status.input_overflow:
            self.overflows += 1

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def _open(
    device: Device,
    direction: Direction,
    callback: Callable[[Any, int, Any, Any], None],
    *,
    channels: tuple[int, ...],
    rate: int,
    latency: float | str,
    blocksize: int = 0,
) -> Any:
    """Return a stream that runs, with the first number of `channels` that the device accepts."""
    sounddevice = portaudio()
    kind = sounddevice.InputStream if direction is Direction.INPUT else sounddevice.OutputStream
    problem: Exception | None = None
    for count in dict.fromkeys(channels):
        stream = None
        try:
            with _routed(device, direction):
                stream = kind(
                    device=device.index,
                    channels=count,
                    samplerate=rate,
                    dtype="int16",
                    latency=latency,
                    blocksize=blocksize,
                    callback=callback,
                )
                stream.start()
        except sounddevice.PortAudioError as error:
            _close(stream)
            problem = error
        else:
            return stream
    msg = f"the {direction.value} {device.name!r} cannot be opened: {problem}"
    raise DeviceError(
        msg, remedy="close what else uses it, or name another: voicecoach devices"
    ) from problem


@contextmanager
def _routed(device: Device, direction: Direction) -> Iterator[None]:
    """While entered, a stream that is opened goes to the device of the sound server.

    The server's library reads the way from the environment when it connects.
    """
    if device.route is None:
        yield
        return
    variable = "PULSE_SOURCE" if direction is Direction.INPUT else "PULSE_SINK"
    before = os.environ.get(variable)
    os.environ[variable] = device.route
    try:
        yield
    finally:
        if before is None:
            del os.environ[variable]
        else:
            os.environ[variable] = before


def _close(stream: Any) -> None:
    """Close `stream`, whatever has become of its device."""
    if stream is not None:
        stream.close(ignore_errors=True)
