"""The live adapters on real devices: PortAudio over ALSA over a private PulseAudio.

PortAudio must start in the server's environment, so each test runs the
adapter in a child process.
"""

from __future__ import annotations

import json
import subprocess
import sys
from ctypes.util import find_library
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from voicecoach.audio.clips import resampled
from voicecoach.audio.ports import HEARING_RATE, Clip, Pcm

if TYPE_CHECKING:
    from tests.conftest import PulseAudio

pytestmark = pytest.mark.skipif(
    find_library("portaudio") is None, reason="needs: apt-get install libportaudio2"
)

SERVER_RATE = 48_000


def chirp(rate: int, ms: int = 80) -> Clip:
    """A sweep: found by correlation to the sample, and not mistaken for another moment."""
    at = np.arange(rate * ms // 1000) / rate
    sweep = np.sin(2 * np.pi * (500 * at + (3000 - 500) / (2 * ms / 1000) * at**2))
    return Clip((12_000 * sweep * np.hanning(len(at))).astype(np.int16), rate)


def where(pcm: Pcm, clip: Clip, at_least: float = 0.7) -> list[int]:
    """The samples of `pcm` on which `clip` begins, by normalised correlation."""
    sound, wanted = pcm.astype(float), clip.pcm.astype(float)
    if len(sound) < len(wanted):
        return []
    size = 1 << (len(sound) + len(wanted)).bit_length()
    spectrum = np.fft.rfft(sound, size) * np.conj(np.fft.rfft(wanted, size))
    products = np.fft.irfft(spectrum, size)[: len(sound) - len(wanted) + 1]
    energy = np.concatenate([[0.0], np.cumsum(sound**2)])
    local = energy[len(wanted) :] - energy[: -len(wanted)]
    likeness = products / np.sqrt(np.maximum(local, 1.0) * (wanted**2).sum())
    found = []
    while likeness.max() > at_least:
        best = int(likeness.argmax())
        found.append(best)
        likeness[max(0, best - len(wanted)) : best + len(wanted)] = 0
    return sorted(found)


def run(pulse: PulseAudio, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env=pulse.environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def answer(pulse: PulseAudio, program: str, *arguments: str) -> Any:
    done = run(pulse, program, *arguments)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


LIST = """
import json
from voicecoach.audio.devices import Direction, choose, list_devices
devices = list_devices()
print(json.dumps({
    "speaker": choose(devices, Direction.OUTPUT).name,
    "earbuds": choose(devices, Direction.OUTPUT, "EARB").name,
    "room": choose(devices, Direction.INPUT, "room").name,
    "inputs": [device.name for device in devices if device.suits(Direction.INPUT)],
}))
"""


def test_devices_are_found_by_name(pulse_audio: PulseAudio) -> None:
    found = answer(pulse_audio, LIST)
    assert found["speaker"] in {"default", "Null Output"}  # the latter where the server tells it
    assert found["earbuds"] == "earbuds"
    assert found["room"] == "room"


COUNT = """
import json, sys, threading
import numpy as np
from voicecoach.audio.devices import Direction, choose, list_devices
from voicecoach.audio.live import SounddeviceSpeaker
from voicecoach.audio.mixer import ClipEnded, ClipStarted
from voicecoach.audio.ports import Clip

pcm = np.frombuffer(bytes.fromhex(sys.stdin.readline()), "<i2")
speaker = SounddeviceSpeaker(choose(list_devices(), Direction.OUTPUT, "earbuds"), latency_s=0.3)
mixer = speaker.mixer
clip = Clip(pcm, mixer.rate)
begins, ended = [], 0
with speaker:
    first = mixer.position + mixer.samples(300)
    for beat in range(8):
        mixer.schedule(str(beat), clip, first + beat * mixer.samples(250))
    while ended < 8:
        for event in mixer.events():
            begins += [(event.due, event.at)] if isinstance(event, ClipStarted) else []
            ended += isinstance(event, ClipEnded)
        threading.Event().wait(0.01)
    print(json.dumps({
        "rate": mixer.rate, "begins": begins, "latency_ms": speaker.latency_ms,
        "ms_since_callback": speaker.ms_since_callback,
    }), flush=True)
    sys.stdin.readline()  # until the listener has heard the last of it
"""


def test_counts_leave_the_speaker_at_the_spacing_they_were_scheduled_at(
    pulse_audio: PulseAudio,
) -> None:
    # A long buffer: how busy the machine is shall not matter here.
    heard = chirp(SERVER_RATE)
    with (
        pulse_audio.record("earbuds") as recording,
        subprocess.Popen(
            [sys.executable, "-c", COUNT],
            env=pulse_audio.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as child,
    ):
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(chirp(44_100).pcm.tobytes().hex() + "\n")
        child.stdin.flush()
        report = json.loads(child.stdout.readline())
        so_far = len(recording.pcm)
        pcm = recording.wait_until(lambda pcm: len(pcm) > so_far + SERVER_RATE // 2)
        child.stdin.close()
    assert report["rate"] == 44_100
    assert report["begins"] == [[due, due] for due, _ in report["begins"]]
    assert report["latency_ms"] == pytest.approx(300, abs=50)
    assert report["ms_since_callback"] < 1000
    begins = np.array(where(pcm, heard)) * 1000 / SERVER_RATE
    np.testing.assert_allclose(begins - begins[0], 250 * np.arange(8), atol=5)


LISTEN = """
import sys
from voicecoach.audio.devices import Direction, choose, list_devices
from voicecoach.audio.live import SounddeviceMicrophone

microphone = SounddeviceMicrophone(choose(list_devices(), Direction.INPUT, "room"))
with microphone:
    for _ in range(6000):
        pcm = microphone.read(5.0)
        assert pcm is not None
        sys.stdout.buffer.write(pcm.astype("<i2").tobytes())
        sys.stdout.buffer.flush()
"""


def test_what_is_said_in_the_room_reaches_the_microphone(pulse_audio: PulseAudio) -> None:
    said = chirp(SERVER_RATE, ms=300)
    wanted = resampled(said, HEARING_RATE)
    with subprocess.Popen(
        [sys.executable, "-c", LISTEN], env=pulse_audio.environment, stdout=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        received = bytearray(child.stdout.read(3200))  # it listens
        pulse_audio.play(said)
        pulse_audio.play(said)
        found: list[int] = []
        while len(found) < 2 and len(received) < 2 * 20 * HEARING_RATE:
            block = child.stdout.read(3200)
            assert block, "the microphone gave up"
            received += block
            found = where(np.frombuffer(bytes(received), "<i2"), wanted)
        child.kill()
    assert len(found) == 2


UNKNOWN = """
from voicecoach.audio.devices import Direction, choose, list_devices
choose(list_devices(), Direction.INPUT, "studio")
"""


def test_an_unknown_device_is_refused_with_those_there_are(pulse_audio: PulseAudio) -> None:
    complaint = run(pulse_audio, UNKNOWN).stderr
    assert "there is no microphone called 'studio'" in complaint
    assert "room" in complaint
