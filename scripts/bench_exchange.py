"""Measures import and export: a made file of 100 000 rows, taken in and written again.

    python scripts/bench_exchange.py [ROWS]

Called by scripts/bench. Each command runs as a process of its own, so that
its memory can be told.
"""

from __future__ import annotations

import compileall
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import voicecoach

ROWS = 100_000
EXERCISES = (
    "Bench Press (Barbell)",
    "Squat (Barbell)",
    "Deadlift (Barbell)",
    "Pull Up",
    "Lat Pulldown (Cable)",
    "Cable Kickback (Somebody's Own)",
)
HEADER = (
    "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,"
    "Notes,Workout Notes,RPE\n"
)
IN_A_WORKOUT = len(EXERCISES) * 4


def strong_rows(rows: int) -> Iterator[str]:
    """Yield rows as Strong writes them, the same each time: 24 sets a workout, every third day."""
    chance = random.Random(1)  # noqa: S311  # chance that keeps no secret
    start = datetime(1990, 1, 1, 18, 0, 7)  # noqa: DTZ001  # by the lifter's clock, as Strong has it
    for number in range(rows):
        workout, place = divmod(number, IN_A_WORKOUT)
        exercise, order = divmod(place, 4)
        day = start + timedelta(days=workout % 12_000, seconds=61 * (workout // 12_000))
        yield (
            f'{day},"Push, day",1h 5m,{EXERCISES[exercise]},{order or "W"},'
            f"{chance.randint(8, 60) * 2.5},{chance.randint(3, 12)}.0,0,0.0,"
            f'"","",{chance.choice(("", "8", "7.5"))}\n'
        )


def measured(environment: dict[str, str], *arguments: str) -> tuple[float, float]:
    """Run `voicecoach` and return its wall time in seconds and the most memory of any so far."""
    program = str(Path(sys.executable).with_name("voicecoach"))
    begun = time.perf_counter()
    subprocess.run([program, *arguments], env=environment, stdout=subprocess.DEVNULL, check=True)
    wall = time.perf_counter() - begun
    return wall, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def row(what: str, figure: str, wanted: str) -> None:
    """Print a figure beside the one to reach."""
    print(f"{what:48} {figure:>28}   {wanted}")


def exchange(rows: int) -> None:
    """Print how long taking in and writing take, and how much memory."""
    compileall.compile_dir(Path(voicecoach.__file__).parent, quiet=1)  # as it is where installed
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = os.environ | {
            "VOICECOACH_DATA_DIR": str(folder / "data"),
            "VOICECOACH_CONFIG_DIR": str(folder / "config"),
        }
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        file = folder / "strong.csv"
        with file.open("w", encoding="utf-8") as stream:
            stream.write(HEADER)
            stream.writelines(strong_rows(rows))
        taken, memory = measured(environment, "import", str(file), "--unit", "kg")
        row(f"import of {rows:,} rows", f"{taken:.1f} s", "10 s")
        again, _ = measured(environment, "import", str(file), "--unit", "kg")
        row("the same once more, nothing added", f"{again:.1f} s", "10 s")
        row("most memory of an import", f"{memory:.0f} MB", "whatever the file's size")
        for form in ("csv", "json", "strong"):
            out, _ = measured(environment, "export", form, "--out", str(folder / f"out.{form}"))
            row(f"export of them as {form}", f"{out:.1f} s", "")


if __name__ == "__main__":
    exchange(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
