"""A whole session on real devices, from the first question to the log.

`voicecoach start` runs in a process of its own on a private sound server. The
test is the athlete: it reads the transcript, listens to what the earbuds play,
and speaks into the room with another voice. All is real: PortAudio, the voice,
the recogniser, the log, and time.
"""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from ctypes.util import find_library
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import numpy as np
import pytest

from voicecoach.audio.manner import COUNTING_WORDS_A_MINUTE, Manner
from voicecoach.audio.ports import Clip, Pcm
from voicecoach.audio.voices.choice import choose_voice
from voicecoach.audio.voices.pyttsx3 import Pyttsx3Voice
from voicecoach.audio.voices.repertoire import Repertoire
from voicecoach.language.prompts import Say
from voicecoach.session.counting import number_prompt
from voicecoach.units import Unit

if TYPE_CHECKING:
    from tests.conftest import PulseAudio, Recording

pytestmark = [
    pytest.mark.skipif(
        find_library("portaudio") is None, reason="needs: apt-get install libportaudio2"
    ),
    pytest.mark.skipif(
        shutil.which("espeak-ng") is None, reason="needs: apt-get install espeak-ng"
    ),
]

RATE = 48_000  # of what the sound server records
ALIKE = 0.9  # the correlation from which on two sounds are one
PITCH = RATE // 50  # samples of a period of the deepest voice
PATIENCE_S = 150.0
ATTEMPTS = 5
ANSWER_S = 6.0

EXERCISE = """
id = "towel-row"
name = "towel row"
kind = "reps"
implement = "bodyweight"
first_phase = "concentric"
primary = ["latissimus-dorsi"]

[cues]
execute = ["Pull your elbows past your ribs."]
"""

ROUTINE = """
name = "Small"

[[workout]]
name = "A"

[[workout.block]]
exercise = "towel-row"
sets = 1
reps = "4-6"
load = "bodyweight"
count = "free"
rest = "1min"
"""

VOICECOACH = (sys.executable, "-c", "from voicecoach.cli.main import run; run()")
# A long buffer: how busy the machine is shall not be heard in the count.
DEVICES = ("--mic", "room", "--speaker", "earbuds", "--buffer", "300")


def likeness(sound: Pcm, clip: Clip) -> tuple[int, float]:
    """Where in `sound` the clip is likeliest to begin, and their correlation there, up to 1."""
    heard, wanted = sound.astype(float), clip.pcm.astype(float)
    size = 1 << (len(heard) + len(wanted)).bit_length()
    spectrum = np.fft.rfft(heard, size) * np.conj(np.fft.rfft(wanted, size))
    products = np.fft.irfft(spectrum, size)[: len(heard) - len(wanted) + 1]
    energy = np.concatenate([[0.0], np.cumsum(heard**2)])
    local = energy[len(wanted) :] - energy[: -len(wanted)]
    # What is far softer than the clip is not the clip, whatever its shape.
    whole = float((wanted**2).sum())
    alike = products / np.sqrt(np.maximum(local, whole / 100) * whole)
    best = int(alike.argmax())
    return best, float(alike[best])


class Session:
    """A live session, as the athlete has it."""

    def __init__(
        self, process: subprocess.Popen[str], pulse: PulseAudio, recording: Recording
    ) -> None:
        self.process = process
        self.lines: list[str] = []
        self._pulse = pulse
        self._recording = recording
        brisk = Manner(words_a_minute=COUNTING_WORDS_A_MINUTE)
        self._coach = Repertoire(
            choose_voice(None, Manner()), RATE, brisk=choose_voice(None, brisk)
        )
        self._athlete = Repertoire(Pyttsx3Voice("en-gb"), RATE)
        self._listened = 0  # samples of the recording in which nothing more is looked for
        self._over = False  # whether all that will ever be printed was read
        self._printed = threading.Condition()
        assert process.stdout is not None
        self._reader = threading.Thread(target=self._read, args=(process.stdout,))
        self._reader.start()

    def _read(self, stdout: IO[str]) -> None:
        for line in stdout:
            with self._printed:
                self.lines.append(line.rstrip("\n"))
                self._printed.notify_all()
        with self._printed:
            self._over = True
            self._printed.notify_all()

    def reads(self, text: str) -> str:
        """Return the line that says `text`, once it is printed."""

        def found() -> str:
            return next((line for line in self.lines if text in line), "")

        with self._printed:
            self._printed.wait_for(lambda: found() or self._over, PATIENCE_S)
        assert found(), f"{text!r} is not in:\n" + "\n".join(self.lines)
        return found()

    def phrase(self, text: str) -> Clip:
        """Return `text` as the coach speaks it."""
        return self._coach.phrase(text)

    def word(self, number: int) -> Clip:
        """Return a number of a count as the coach speaks it."""
        return self._coach.word(number_prompt(number).text(Unit.KG))

    def hears(self, clip: Clip) -> int:
        """Return where in the recording `clip` begins, once the earbuds have played all of it."""
        begun: list[int] = []

        def played(pcm: Pcm) -> bool:
            # A quarter of a second at a time: whoever looks too often hears nothing.
            if len(pcm) < self._listened + len(clip.pcm) + RATE // 4:
                return False
            at, alike = likeness(pcm[self._listened :], clip)
            ends = self._listened + at + len(clip.pcm)
            if alike <= ALIKE:
                self._listened = len(pcm) - len(clip.pcm)
            elif ends + PITCH <= len(pcm):  # else it may be likelier yet a period of the voice on
                begun.append(self._listened + at)
                self._listened = ends
            return bool(begun)

        self._recording.wait_until(played, PATIENCE_S)
        return begun[0]

    def heard(self, clip: Clip) -> bool:
        """Return whether `clip` was played at any time so far."""
        _, alike = likeness(self._recording.pcm, clip)
        return alike > ALIKE

    def says(self, text: str) -> None:
        """Say `text` into the room, and again where the coach took nothing of it, as one does."""
        before = self._understood()
        for _ in range(ATTEMPTS):
            self._pulse.play(self._athlete.phrase(text))
            with self._printed:
                if self._printed.wait_for(lambda: self._understood() > before, ANSWER_S):
                    return
        msg = f"{text!r} was not understood:\n" + "\n".join(self.lines)
        raise AssertionError(msg)

    def _understood(self) -> int:
        return sum("  You:" in line for line in self.lines)

    def ends(self) -> int:
        """Return the exit code, once the session is over."""
        code = self.process.wait(PATIENCE_S)
        self._reader.join()
        return code


@pytest.fixture
def directories(tmp_path: Path) -> dict[str, str]:
    """Directories of a machine on which nobody has trained yet."""
    return {
        f"VOICECOACH_{kind}_DIR": str(tmp_path / kind.lower())
        for kind in ("DATA", "CONFIG", "CACHE", "MODELS")
    }


@pytest.fixture
def session(
    pulse_audio: PulseAudio, tmp_path: Path, directories: dict[str, str]
) -> Iterator[Session]:
    """A first session that has just been started, of an exercise and a routine of one's own."""
    exercises = tmp_path / "config" / "exercises"
    exercises.mkdir(parents=True)
    (exercises / "towel-row.toml").write_text(EXERCISE, encoding="utf-8")
    routine = tmp_path / "small.toml"
    routine.write_text(ROUTINE, encoding="utf-8")
    with (
        pulse_audio.record("earbuds") as recording,
        subprocess.Popen(
            [*VOICECOACH, "start", str(routine), "--no-warmup", *DEVICES],
            env=pulse_audio.environment | directories,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as process,
    ):
        begun = Session(process, pulse_audio, recording)
        try:
            yield begun
        finally:
            process.kill()
            begun.ends()


def history(pulse: PulseAudio, directories: dict[str, str]) -> list[dict[str, Any]]:
    done = subprocess.run(
        [*VOICECOACH, "history", "--json"],
        env=pulse.environment | directories,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    sets: list[dict[str, Any]] = json.loads(done.stdout)["sets"]
    return sets


def test_a_spoken_workout_is_led_heard_counted_and_logged(
    session: Session, pulse_audio: PulseAudio, directories: dict[str, str]
) -> None:
    session.reads("have you ever injured your back?")
    session.hears(session.phrase(Say.ASK_INJURY.value))
    session.says("no")
    session.reads("Towel row. ")
    session.hears(session.phrase(Say.SAY_READY.value))
    session.says("ready")
    counted = [session.hears(session.word(number)) for number in (3, 2, 1)]
    session.reads("Three, two, one, lift")
    session.says("done")
    session.reads("How many?")
    session.hears(session.phrase(Say.HOW_MANY.value))
    session.says("five reps")
    session.reads("Five reps. Workout finished: one set")
    session.reads("Good work.")  # to its end, then it is over
    session.hears(session.phrase("Good work."))
    assert session.ends() == 0

    [logged] = history(pulse_audio, directories)
    assert (logged["exercise"], logged["set"], logged["reps"]) == ("towel-row", 1, 5)
    assert logged["source"] == "voice"
    apart_ms = np.diff(counted) * 1000 / RATE
    # A second apart, as far as a busy machine keeps up; test_live_devices is exact about it.
    np.testing.assert_allclose(apart_ms, 1000, atol=400)


def test_earbuds_taken_away_in_mid_set_come_back_and_every_set_is_there_once(
    session: Session, pulse_audio: PulseAudio, directories: dict[str, str]
) -> None:
    session.reads("have you ever injured your back?")
    session.hears(session.phrase(Say.ASK_INJURY.value))
    session.says("no")
    session.reads("Towel row. ")
    session.hears(session.phrase(Say.SAY_READY.value))
    session.says("ready")
    session.reads("Three, two, one, lift")
    lost = session.phrase(Say.SPEAKER_LOST.value)
    pulse_audio.make_usual("laptop")
    with pulse_audio.record("laptop") as laptop:
        pulse_audio.unplug("earbuds")
        try:
            session.reads("earbuds has gone silent. Waiting for it to come back.")
            laptop.wait_until(
                lambda pcm: len(pcm) > len(lost.pcm) and likeness(pcm, lost)[1] > ALIKE, PATIENCE_S
            )
        finally:
            pulse_audio.plug_in("earbuds")
    session.reads("earbuds is back.")
    session.reads("Coach:   Going on.")
    session.says("done")
    session.reads("How many?")
    session.says("five reps")
    session.reads("Five reps. Workout finished: one set")
    assert session.ends() == 0
    [logged] = history(pulse_audio, directories)
    assert (logged["exercise"], logged["set"], logged["reps"]) == ("towel-row", 1, 5)


def test_stop_silences_the_coach_and_ctrl_c_ends_the_session(session: Session) -> None:
    question = session.phrase(Say.ASK_INJURY.value)
    session.reads("have you ever injured your back?")
    session.hears(session.phrase("Small, workout A."))
    session.says("stop")
    session.reads("You:     stop")
    session.process.send_signal(signal.SIGINT)
    assert session.ends() == 130
    assert session.heard(Clip(question.pcm[:RATE], RATE))
    assert not session.heard(Clip(question.pcm[-RATE:], RATE))
