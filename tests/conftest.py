"""For the whole suite: no network, a sound server without a sound card, and simple ears."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
import pytest
from hypothesis import settings

from voicecoach.audio.ports import Clip, Hypothesis, Pcm, Recogniser, VoiceActivity
from voicecoach.language.grammar import Grammar

# A busy machine is slow; that says nothing about the coach.
settings.register_profile("voicecoach", deadline=None)
settings.load_profile("voicecoach")

HERE = {"127.0.0.1", "::1", "localhost"}


def _no_network(event: str, arguments: tuple[object, ...]) -> None:
    """Fail whatever reaches for another machine: a coach needs none."""
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event in {"socket.connect", "socket.sendto"} and isinstance(arguments[1], tuple):
        host = arguments[1][0]  # any other address is a path: of this machine
    else:
        return
    if host not in HERE:
        msg = f"the network is cut off in tests, and {host!r} was asked for"
        raise RuntimeError(msg)


sys.addaudithook(_no_network)


class Loudness:
    """Voice activity for tests: what is loud is speech."""

    frame = 512

    def probability(self, frame: Pcm) -> float:
        return float(np.abs(frame).max() > LOUD)

    def reset(self) -> None:
        pass


LOUD = 200


@pytest.fixture(scope="session")
def loudness() -> VoiceActivity:
    """Voice activity that takes all but the softest sound for speech."""
    return Loudness()


class Oracle:
    """A recogniser that hears the same in everything, within whatever grammar."""

    name = "oracle"
    description = "an oracle"

    def __init__(self, *heard: Hypothesis) -> None:
        self._heard = heard

    def begin(self, grammar: Grammar) -> None:
        pass

    def feed(self, pcm: Pcm) -> None:
        pass

    def finish(self) -> tuple[Hypothesis, ...]:
        return self._heard


@pytest.fixture(scope="session")
def oracle() -> Callable[..., Recogniser]:
    """A maker of recognisers that hear the hypotheses they are given, whatever is said."""
    return Oracle


PULSE_RATE = 48_000
PULSE_PLUGIN = "libasound_module_pcm_pulse.so"


class Recording:
    """What a sink plays, from before `__enter__` returns until `__exit__`."""

    def __init__(self, environment: dict[str, str], sink: str) -> None:
        command = ["parec", f"--device={sink}.monitor", "--format=s16le", "--channels=1"]
        self._parec = subprocess.Popen(
            [*command, f"--rate={PULSE_RATE}", "--latency-msec=10"],
            env=environment,
            stdout=subprocess.PIPE,
        )
        self._bytes = bytearray()
        self._grown = threading.Condition()
        self._reader = threading.Thread(target=self._read)

    def _read(self) -> None:
        assert self._parec.stdout is not None
        while data := os.read(self._parec.stdout.fileno(), 1 << 16):
            with self._grown:
                self._bytes += data
                self._grown.notify_all()

    @property
    def pcm(self) -> Pcm:
        """The sound so far: mono, at PULSE_RATE."""
        whole = len(self._bytes) // 2 * 2
        return np.frombuffer(bytes(self._bytes[:whole]), "<i2")

    def wait_until(self, heard: Callable[[Pcm], bool], timeout_s: float = 30.0) -> Pcm:
        """Return the sound so far as soon as `heard` of it is true; fail where it stays false."""
        with self._grown:
            done = self._grown.wait_for(lambda: heard(self.pcm), timeout_s)
        assert done, f"not heard within {timeout_s} s"
        return self.pcm

    def __enter__(self) -> Self:
        self._reader.start()
        self.wait_until(lambda pcm: len(pcm) > 0)
        return self

    def __exit__(self, *_: object) -> None:
        self._parec.terminate()
        self._parec.wait()
        self._reader.join()
        if self._parec.stdout is not None:
            self._parec.stdout.close()


@dataclass(frozen=True)
class PulseAudio:
    """A private sound server with sinks that lead nowhere.

    A process run in `environment` finds these sound devices through PortAudio:
    a speaker called `earbuds` and a microphone called `room`, which are also
    the defaults, and another speaker called `laptop`. What a speaker plays is
    had by `record()`; what `play` plays comes out of the microphone.
    """

    environment: dict[str, str]

    def record(self, sink: str = "earbuds") -> Recording:
        """Return a recording of `sink`, to be used as a context."""
        return Recording(self.environment, sink)

    def unplug(self, sink: str) -> None:
        """Take `sink` away, and end whatever plays on it."""
        modules = self._pactl("list", "short", "modules").splitlines()
        (number,) = (one.split()[0] for one in modules if f"sink_name={sink} " in f"{one} ")
        self._pactl("unload-module", number)

    def plug_in(self, sink: str, title: str = "") -> None:
        """Bring `sink` back, or another that people call `title`."""
        called = [f"sink_properties=device.description={title}"] if title else []
        self._pactl("load-module", *NULL_SINK.format(sink).split(), *called)

    def make_usual(self, sink: str) -> None:
        """Make `sink` the one that programs play on where they name none."""
        self._pactl("set-default-sink", sink)

    @contextmanager
    def leaking(self, sink: str = "earbuds") -> Iterator[None]:
        """Let what `sink` plays come out of the microphone, as from a loudspeaker in the room."""
        route = f"module-loopback source={sink}.monitor sink=room latency_msec=30"
        number = self._pactl("load-module", *route.split()).strip()
        try:
            yield
        finally:
            self._pactl("unload-module", number)

    def _pactl(self, *command: str) -> str:
        done = subprocess.run(
            ["pactl", *command],
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
            timeout=60,
        )
        return done.stdout

    def play(self, clip: Clip, sink: str = "room") -> None:
        """Play `clip` into `sink`; return when it has been played."""
        subprocess.run(
            [
                "pacat",
                "--playback",
                f"--device={sink}",
                "--format=s16le",
                "--channels=1",
                f"--rate={clip.rate}",
            ],
            input=clip.pcm.astype("<i2").tobytes(),
            env=self.environment,
            check=True,
            timeout=60 + clip.ms / 1000,
        )


# Without norewinds a null sink renders two seconds at a time until it is asked for less.
NULL_SINK = f"module-null-sink sink_name={{}} rate={PULSE_RATE} norewinds=1"

ALSA_DEVICES = """
pcm.laptop { type pulse server "SERVER" device "laptop" hint { show on description "Laptop" } }
pcm.earbuds { type pulse server "SERVER" device "earbuds" hint { show on description "Earbuds" } }
pcm.room { type pulse server "SERVER" device "room.monitor" hint { show on description "Room" } }
pcm.!default {
  type asym
  playback.pcm "earbuds"
  capture.pcm "room"
}
"""


def _missing() -> str:
    """Return what the sound server lacks here, or nothing."""
    if not Path("/usr/share/alsa/alsa.conf").exists():
        return "needs ALSA"
    programs = [name for name in ("pulseaudio", "parec", "pacat") if shutil.which(name) is None]
    plugins = [*Path("/usr/lib").glob(f"*/alsa-lib/{PULSE_PLUGIN}")]
    plugins += Path("/usr/lib").glob(f"alsa-lib/{PULSE_PLUGIN}")
    if programs or not plugins:
        return "needs: apt-get install pulseaudio pulseaudio-utils libasound2-plugins"
    return ""


@pytest.fixture(scope="session")
def pulse_audio() -> Iterator[PulseAudio]:
    """A running PulseAudio, or a skip where it cannot be had."""
    if missing := _missing():
        pytest.skip(missing)
    with sound_server() as server:
        yield server


@contextmanager
def sound_server() -> Iterator[PulseAudio]:
    """Run a PulseAudio of one's own."""
    # Not tmp_path: the path of a socket must be short.
    with tempfile.TemporaryDirectory(prefix="pulse-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        server = f"unix:{folder / 'native'}"
        devices = folder / "asound.conf"
        devices.write_text(ALSA_DEVICES.replace("SERVER", server))
        private = dict.fromkeys(
            ("HOME", "XDG_RUNTIME_DIR", "PULSE_RUNTIME_PATH", "PULSE_STATE_PATH"), name
        )
        unwanted = {"DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "PULSE_SERVER"}
        kept = {key: value for key, value in os.environ.items() if key not in unwanted}
        daemon = ["pulseaudio", "-n", "--exit-idle-time=-1", f"--log-target=file:{folder / 'log'}"]
        for module in (
            f"module-native-protocol-unix socket={folder / 'native'} auth-anonymous=1",
            *(NULL_SINK.format(sink) for sink in ("earbuds", "room", "laptop")),
        ):
            daemon += ["-L", module]
        # As a daemon it returns when it is ready to be used.
        started = subprocess.run(
            [*daemon, "--daemonize=yes"], env=kept | private, check=False, timeout=60
        )
        if started.returncode:
            pytest.fail(f"pulseaudio does not start:\n{(folder / 'log').read_text()}")
        try:
            yield PulseAudio(
                kept
                | {
                    "PULSE_SERVER": server,
                    "ALSA_CONFIG_PATH": f"/usr/share/alsa/alsa.conf:{devices}",
                }
            )
        finally:
            subprocess.run(["pulseaudio", "--kill"], env=kept | private, check=False, timeout=60)
