"""Measures a live session over sinks that lead nowhere. Called by scripts/live.

`voicecoach start` runs in a process of its own; the athlete is this script,
which speaks into its microphone and records what its earbuds play. All sound
passes through PortAudio and a real sound server, in real time.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.conftest import PULSE_RATE, PulseAudio, Recording, sound_server
from voicecoach.audio.earcons import earcon
from voicecoach.audio.manner import COUNTING_WORDS_A_MINUTE, Manner
from voicecoach.audio.ports import Pcm
from voicecoach.audio.voices.choice import choose_voice
from voicecoach.audio.voices.pyttsx3 import Pyttsx3Voice
from voicecoach.audio.voices.repertoire import Repertoire
from voicecoach.session.counting import number_prompt
from voicecoach.session.effects import Earcon
from voicecoach.units import Unit

ROUTINE = """
name = "Bench"
[[workout]]
name = "A"
[[workout.block]]
exercise = "bodyweight-squat"
sets = 1
reps = {reps}
load = "bodyweight"
tempo = "0-0-1-0"
count = "paced"
rest = "1min"
"""

VOICECOACH = (sys.executable, "-c", "from voicecoach.cli.main import run; run()")
SILENT = 40  # of 32768: what dithers, and no more
STEP = PULSE_RATE // 1000  # a millisecond
WARMING_S = 25.0
PATIENCE_S = 90.0
TICKS = os.sysconf("SC_CLK_TCK")


def row(what: str, figure: str, wanted: str) -> None:
    """Print a figure beside the one to reach."""
    print(f"{what:48} {figure:>28}   {wanted}")


class Coach:
    """The session under measurement: what it prints, with when, and what it costs."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self.begun = time.monotonic()
        self.process = subprocess.Popen(
            [*VOICECOACH, *command],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.lines: list[tuple[float, str]] = []
        self._printed = threading.Condition()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        self._reader.join()

    def _read(self) -> None:
        for line in self.process.stdout or ():
            with self._printed:
                self.lines.append((time.monotonic(), line.rstrip()))
                self._printed.notify_all()

    def reads(self, pattern: str, after: int = 0, timeout_s: float = PATIENCE_S) -> float | None:
        """Return when a line that holds `pattern` was printed, of those from `after` on."""

        def found() -> float | None:
            new = self.lines[after:]
            return next((at for at, line in new if re.search(pattern, line)), None)

        with self._printed:
            self._printed.wait_for(lambda: found() is not None, timeout_s)
        return found()

    def cpu_s(self) -> float:
        """Return the processor's time it has had, its children's that have ended included."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return sum(int(field) for field in fields[11:15]) / TICKS

    def peak_mb(self) -> float:
        """Return the most memory it has held at once."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        peak = re.search(r"VmHWM:\s+(\d+) kB", status)
        return int(peak[1]) / 1000 if peak else 0.0


class Tape:
    """What the earbuds play, each sample with when it was played."""

    def __init__(self, recording: Recording) -> None:
        self._recording = recording
        self._start = float("inf")  # of the recording; chunks come late, but never early
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while not self._over.wait(0.003):
            heard = len(self._recording.pcm) / PULSE_RATE
            self._start = min(self._start, time.monotonic() - heard)

    def close(self) -> None:
        """Watch no more."""
        self._over.set()
        self._thread.join()

    @property
    def pcm(self) -> Pcm:
        """The sound so far."""
        return self._recording.pcm

    def time_of(self, sample: int) -> float:
        """Return when a sample was played."""
        return self._start + sample / PULSE_RATE

    def first_sound(self) -> float:
        """Return when there was sound for the first time."""
        self._recording.wait_until(lambda pcm: bool(_loud(pcm).any()), PATIENCE_S)
        return self.time_of(int(_loud(self.pcm).argmax()) * STEP)

    def wait_for_silence(self, seconds: float = 1.0) -> float:
        """Wait until it has been silent for some time; return since when."""

        def silent(pcm: Pcm) -> bool:
            loud = _loud(pcm[-round(seconds * PULSE_RATE) :])
            return len(loud) * STEP >= 0.9 * seconds * PULSE_RATE and not loud.any()

        self._recording.wait_until(silent, PATIENCE_S)
        loud = _loud(self.pcm)
        return self.time_of((int(np.flatnonzero(loud)[-1]) + 1) * STEP)


def _loud(pcm: Pcm) -> npt.NDArray[np.bool_]:
    blocks = pcm[: len(pcm) // STEP * STEP].reshape(-1, STEP)
    return np.abs(blocks.astype(int)).max(axis=1) > SILENT


def say(coach: Coach, pulse: PulseAudio, athlete: Repertoire, text: str) -> float:
    """Say `text` until it was taken; return when the coach printed that."""
    so_far = len(coach.lines)
    for _ in range(8):
        pulse.play(athlete.phrase(text))
        taken = coach.reads(f"You: +{text}", so_far, 4.0)
        if taken is not None:
            return taken
    print("\n".join(line for _, line in coach.lines), file=sys.stderr)
    sys.exit(f"{text!r} was not understood")


def best_match(heard: Pcm, sound: Pcm) -> int:
    """Return where in `heard` the `sound` is likeliest to begin."""
    size = 1 << (len(heard) + len(sound)).bit_length()
    spectrum = np.fft.rfft(heard.astype(float), size)
    products = np.fft.irfft(spectrum * np.conj(np.fft.rfft(sound.astype(float), size)), size)
    return int(products[: len(heard) - len(sound) + 1].argmax())


def beats_in(pcm: Pcm, words: list[Pcm]) -> list[int]:
    """Return where each of `words`, about a second apart, begins in `pcm`."""
    found: list[int] = []
    for word in words:
        first = found[-1] + PULSE_RATE // 2 if found else 0
        heard = pcm[first : first + PULSE_RATE + len(word)] if found else pcm
        found.append(first + best_match(heard, word))
    return found


def measure(pulse: PulseAudio, folder: Path, reps: int) -> None:
    """Lead one session from its first word to the end of a count, and print what it showed."""
    routine = folder / "bench.toml"
    routine.write_text(ROUTINE.format(reps=reps), encoding="utf-8")
    environment = pulse.environment | {
        f"VOICECOACH_{kind}_DIR": str(folder / kind.lower())
        for kind in ("DATA", "CONFIG", "CACHE", "MODELS")
    }
    environment["PYTHONDONTWRITEBYTECODE"] = ""  # an installed coach is compiled, and once
    athlete = Repertoire(Pyttsx3Voice("en-gb"), PULSE_RATE)
    athlete.prepare(("no", "stop", "resume", "ready"))
    command = ["start", str(routine), "--no-warmup", "--new", "--mic=room", "--speaker=earbuds"]
    with Coach(command, environment) as coach:  # so that the next finds its speech rendered
        coach.reads("Coach:")
        time.sleep(WARMING_S)
    with pulse.record("earbuds") as recording, Coach(command, environment) as coach:
        tape = Tape(recording)
        first_s = tape.first_sound() - coach.begun
        say(coach, pulse, athlete, "no")
        stopped = say(coach, pulse, athlete, "stop")
        tape.wait_for_silence()
        # The tone of a pause begins with the very sample from which speech is cut off.
        tone = earcon(Earcon.PAUSED.value, PULSE_RATE).pcm
        silence_ms = (tape.time_of(best_match(tape.pcm, tone)) - stopped) * 1000
        say(coach, pulse, athlete, "resume")
        tape.wait_for_silence(2.0)
        say(coach, pulse, athlete, "ready")
        coach.reads("Three, two, one")
        counting, cpu_s, mark = time.monotonic(), coach.cpu_s(), len(tape.pcm)
        time.sleep(reps + 2.0)
        share = (coach.cpu_s() - cpu_s) / (time.monotonic() - counting)
        peak_mb, pcm = coach.peak_mb(), tape.pcm[mark - PULSE_RATE // 2 :]
        tape.close()
    manner = Manner(words_a_minute=COUNTING_WORDS_A_MINUTE)
    brisk = Repertoire(choose_voice(None, manner), PULSE_RATE)
    words = [brisk.word(number_prompt(n).text(Unit.KG)).pcm for n in range(1, reps + 1)]
    at_ms = np.array(beats_in(pcm, words)) / PULSE_RATE * 1000
    off_ms = at_ms - at_ms[0] - 1000 * np.arange(reps)
    apart_ms = np.diff(at_ms) - 1000
    row("first word after start, warm cache", f"{first_s:.2f} s", "1.0 s")
    row('"stop" recognised to silence', f"{silence_ms:.0f} ms", "50 ms")
    row(f"{reps} counts, a beat off the one before", f"{np.abs(apart_ms).max():.2f} ms", "5 ms")
    row("drift from the first count to the last", f"{off_ms[-1]:+.2f} ms", "0 ms")
    row("processor while counting, of one core", f"{share:.1%}", "10 %")
    row("memory, at most", f"{peak_mb:.0f} MB", "250 MB")


def main() -> None:
    """Measure, on a sound server of our own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reps", type=int, default=60, help="counts, a second apart; up to 100")
    options = parser.parse_args()
    row("what", "measured", "to reach")
    with sound_server() as pulse, tempfile.TemporaryDirectory() as folder:
        measure(pulse, Path(folder), min(100, max(2, options.reps)))


if __name__ == "__main__":
    main()
