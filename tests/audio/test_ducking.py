"""Music beside the coach, on a sound server: softer while told to, and always given back."""

from __future__ import annotations

import importlib.util
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from voicecoach.audio.ducking_child import SOFTER

if TYPE_CHECKING:
    from tests.conftest import PulseAudio

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("pulsectl") is None, reason="needs: pip install voicecoach[earbuds]"
)

COACH = """
import sys
from voicecoach.audio.ducking import Ducking
ducking = Ducking()
for line in sys.stdin:
    ducking.duck(line == "duck\\n")
ducking.close()
"""

PATIENCE_S = 30.0


class Music:
    """A program that plays, as the sound server sees it."""

    def __init__(self, server: Any, process: subprocess.Popen[bytes]) -> None:
        self._server = server
        self._process = process

    @property
    def volume(self) -> float | None:
        return next(
            (
                round(stream.volume.value_flat, 2)
                for stream in self._server.sink_input_list()
                if stream.proplist.get("application.process.id") == str(self._process.pid)
            ),
            None,
        )

    def turn_to(self, volume: float) -> None:
        for stream in self._server.sink_input_list():
            if stream.proplist.get("application.process.id") == str(self._process.pid):
                self._server.volume_set_all_chans(stream, volume)

    def becomes(self, volume: float) -> bool:
        """Return whether its volume is `volume` before long."""
        give_up = time.monotonic() + PATIENCE_S
        while self.volume != pytest.approx(volume, abs=0.02) and time.monotonic() < give_up:
            self._server.event_mask_set("sink_input")
            self._server.event_callback_set(lambda _: None)
            self._server.event_listen(timeout=0.1)
        return self.volume == pytest.approx(volume, abs=0.02)


@pytest.fixture
def music(pulse_audio: PulseAudio, monkeypatch: pytest.MonkeyPatch) -> Iterator[Music]:
    """Music at four fifths of full volume, until the test is over."""
    import pulsectl  # noqa: PLC0415  # where it is missing the tests are skipped

    for name, value in pulse_audio.environment.items():
        monkeypatch.setenv(name, value)
    with (
        pulsectl.Pulse("test") as server,
        subprocess.Popen(
            ["pacat", "--playback", "--device=laptop", "--latency-msec=50", "/dev/zero"],
            env=pulse_audio.environment,
        ) as process,
    ):
        playing = Music(server, process)
        try:
            assert playing.becomes(1.0)
            playing.turn_to(0.8)
            yield playing
        finally:
            process.kill()


@pytest.fixture
def coach(pulse_audio: PulseAudio) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", COACH],
        env=pulse_audio.environment,
        stdin=subprocess.PIPE,
        text=True,
        bufsize=1,
    ) as process:
        yield process
        process.kill()


def tell(coach: subprocess.Popen[str], line: str) -> None:
    assert coach.stdin is not None
    coach.stdin.write(f"{line}\n")


def test_music_is_softer_while_the_coach_speaks(music: Music, coach: subprocess.Popen[str]) -> None:
    tell(coach, "duck")
    assert music.becomes(0.8 * SOFTER)
    tell(coach, "release")
    assert music.becomes(0.8)


def test_music_comes_back_when_the_coach_is_killed(
    music: Music, coach: subprocess.Popen[str]
) -> None:
    tell(coach, "duck")
    assert music.becomes(0.8 * SOFTER)
    os.kill(coach.pid, signal.SIGKILL)
    assert music.becomes(0.8)


def test_what_the_lifter_turned_meanwhile_is_left_alone(
    music: Music, coach: subprocess.Popen[str]
) -> None:
    tell(coach, "duck")
    assert music.becomes(0.8 * SOFTER)
    music.turn_to(0.5)
    tell(coach, "release")
    tell(coach, "duck")
    assert music.becomes(0.5 * SOFTER)
    tell(coach, "release")
    assert music.becomes(0.5)
