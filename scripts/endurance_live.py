"""Trains live for a long time over sinks that lead nowhere. Called by scripts/endurance."""

from __future__ import annotations

import re
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from live import Coach, sound_server  # the same session, led for longer

from tests.conftest import PULSE_RATE
from voicecoach.audio.voices.pyttsx3 import Pyttsx3Voice
from voicecoach.audio.voices.repertoire import Repertoire

WARM_S = 600
MOST_GROWTH = 0.05
SAMPLE_S = 60

ROUTINE = """
name = "Long"
[[workout]]
name = "A"
[[workout.block]]
exercise = "bodyweight-squat"
sets = {sets}
reps = 60
load = "bodyweight"
tempo = "0-0-1-0"
count = "paced"
rest = "30s"
"""

SET_S = 80  # sixty counts and less than what follows: rather too many sets than too few


def memory_mb(coach: Coach) -> float:
    """Return what of the session lies in memory."""
    pages = int(Path(f"/proc/{coach.process.pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6


def main(minutes: float) -> int:
    """Train for so many minutes; return 1 where memory grew."""
    samples: list[tuple[float, float]] = []
    with sound_server() as pulse, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        routine = folder / "long.toml"
        sets = max(1, round(minutes * 60 / SET_S))
        routine.write_text(ROUTINE.format(sets=sets), encoding="utf-8")
        environment = pulse.environment | {
            f"VOICECOACH_{kind}_DIR": str(folder / kind.lower())
            for kind in ("DATA", "CONFIG", "CACHE", "MODELS")
        }
        athlete = Repertoire(Pyttsx3Voice("en-gb"), PULSE_RATE)
        athlete.prepare(("no", "ready"))
        command = ["start", str(routine), "--no-warmup", "--mic=room", "--speaker=earbuds"]
        with Coach(command, environment) as coach:
            answered, due, cpu = 0, 0.0, 0.0
            while coach.process.poll() is None and time.monotonic() < coach.begun + 60 * minutes:
                at_s = time.monotonic() - coach.begun
                if at_s >= due:
                    cpu = coach.cpu_s() / max(at_s, 1.0)
                    samples.append((at_s, memory_mb(coach)))
                    print(f"{at_s / 60:6.1f} min {samples[-1][1]:8.1f} MB", flush=True)
                    due = at_s + SAMPLE_S
                lines = [line for _, line in coach.lines]
                asks = [n for n, line in enumerate(lines) if re.search("yes or no|Say ready", line)]
                begun = [n for n, line in enumerate(lines) if "Three, two, one" in line]
                if asks and asks[-1] > max([*begun, -1]) and at_s > answered + 8:
                    answered = round(at_s)
                    pulse.play(athlete.phrase("no" if "yes or no" in lines[asks[-1]] else "ready"))
                time.sleep(0.5)
            done = sum("reps. Rest" in line or "Sixty" in line for _, line in coach.lines)
            gaps = [line for _, line in coach.lines if "gap" in line]
    warm = [memory for at_s, memory in samples if at_s >= WARM_S] or [samples[-1][1]]
    growth = warm[-1] / warm[0] - 1
    print(f"{done} sets in {minutes:.0f} min, {cpu:.1%} of one core")
    print(f"told of gaps in the sound: {gaps or 'none'}")
    print(f"memory after the first ten minutes: {growth:+.1%}   (5 % at most)")
    return int(growth > MOST_GROWTH)


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1])))
