"""Cuts a minute out of the demo. Called by scripts/sample."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import soundfile

FROM_S, TO_S = 38, 98  # the first set, its mending, and the count-in of the second
FADE_S = 0.5
TARGET = Path(__file__).resolve().parents[1] / "docs" / "listen.ogg"


def main() -> None:
    """Write the sample, and say how long and how large it is."""
    with tempfile.TemporaryDirectory(prefix="voicecoach-") as folder:
        whole = Path(folder, "demo.wav")
        program = str(Path(sys.executable).with_name("voicecoach"))
        command = [program, "demo", "--no-play", "--out", str(whole)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        sound, rate = soundfile.read(whole, dtype="float32")
    both = sound[FROM_S * rate : TO_S * rate].sum(axis=1)
    both /= max(1.0, float(np.abs(both).max()))
    ramp = np.linspace(0, 1, round(FADE_S * rate), dtype="float32")
    both[: len(ramp)] *= ramp
    both[-len(ramp) :] *= ramp[::-1]
    soundfile.write(TARGET, both, rate, format="OGG", subtype="VORBIS")
    print(f"{TARGET}: {len(both) / rate:.0f} s, {TARGET.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
