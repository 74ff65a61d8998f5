"""Rehearses a very long session and watches its memory. Called by scripts/endurance."""

from __future__ import annotations

import gc
import sys
import tempfile
from pathlib import Path

from voicecoach.runtime import engines
from voicecoach.runtime.paths import Paths
from voicecoach.runtime.rehearsal import rehearse
from voicecoach.runtime.scenario import read_scenario

WARM_S = 600  # after ten minutes every engine has been used
MOST_GROWTH = 0.05

ROUTINE = """
name = "Long"
[[workout]]
name = "A"
"""

# Ten minutes a block, two sets, counted by the coach, the athlete and nobody in turn.
BLOCK = """
[[workout.block]]
exercise = "{exercise}"
sets = 2
reps = "8"
load = "60kg"
rest = "4min"
tempo = "2-0-1-0"
count = "{count}"
"""

SCENARIO = """
routine = "long.toml"
athlete_voice = "en-us"
[[says]]
when = "injury?"
text = "no"
[[says]]
when = "ready?"
after_ms = 20000
text = "ready"
[[says]]
when = "working"
after_ms = 25000
text = "done"
[[says]]
when = "reps?"
text = "eight"
[[says]]
when = "resting"
after_ms = 60000
text = "how long left"
"""


def resident_mb() -> float:
    """Return what of this process lies in memory."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6


def main(hours: float) -> int:
    """Rehearse for so many hours of virtual time; return 1 where memory grew."""
    blocks = round(hours * 6)
    names = ("squat", "deadlift", "bench-press")
    counts = ("paced", "free", "aloud")
    samples: list[tuple[float, float]] = []

    def sample(at_ms: int, _: str) -> None:
        if not samples or at_ms / 1000 - samples[-1][0] >= WARM_S:
            samples.append((at_ms / 1000, resident_mb()))
            print(f"{samples[-1][0] / 60:6.0f} min {samples[-1][1]:8.1f} MB", flush=True)

    with tempfile.TemporaryDirectory(prefix="voicecoach-") as name:
        folder = Path(name)
        text = ROUTINE + "".join(
            BLOCK.format(exercise=names[n % 3], count=counts[n % 3]) for n in range(blocks)
        )
        (folder / "long.toml").write_text(text, encoding="utf-8")
        (folder / "scenario.toml").write_text(SCENARIO, encoding="utf-8")
        paths = Paths.of(data=folder / "data", config=folder / "config")
        script = read_scenario(folder / "scenario.toml")
        outcome = rehearse(
            script,
            paths,
            recogniser=engines.recogniser(paths, None),
            coach_voice=engines.coach_voice(paths),
            athlete_voice=engines.athlete_voice(paths, script.athlete_voice),
            show=sample,
        )
    off = [s.played_sample - s.due_sample for s in outcome.sounded]
    warm = [memory for at_s, memory in samples if at_s >= WARM_S]
    growth = warm[-1] / warm[0] - 1
    print(f"{outcome.virtual_seconds / 3600:.2f} h in {outcome.wall_seconds:.0f} s, ", end="")
    print(
        f"{len(outcome.sets)} sets, {len(off)} counts, the worst {max(map(abs, off))} samples off"
    )
    print(f"memory after the first ten minutes: {growth:+.1%}   (5 % at most)")
    return int(growth > MOST_GROWTH)


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1])))
