"""Measures the coach: start-up, a rehearsed workout, counts, hearing. Called by scripts/bench."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from ten_years import LAST_DAY, make_log

from voicecoach.audio.recognisers.choice import choose_recogniser
from voicecoach.cli.log_reading import overview
from voicecoach.report.page import page
from voicecoach.runtime import engines
from voicecoach.runtime.paths import Paths
from voicecoach.runtime.rehearsal import Rehearsal, as_json, rehearse
from voicecoach.runtime.scenario import read_scenario
from voicecoach.store.log import TrainingLog

SCENARIO = """
routine = "full-back"
workout = "A"
[loads]
deadlift = "100kg"
dumbbell-row = "30kg"
[[says]]
when = "injury?"
text = "no"
[[says]]
when = "ready?"
after_ms = 30000
text = "ready"
[[says]]
when = "working"
after_ms = 30000
text = "done"
[[says]]
when = "reps?"
text = "five"
"""

RUNS = 9


def row(what: str, figure: str, wanted: str) -> None:
    """Print a figure beside the one to reach."""
    print(f"{what:48} {figure:>28}   {wanted}")


def seconds(*command: str) -> float:
    """Return the wall time of a command."""
    begun = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begun


def start_up() -> None:
    """Compare the help with an import of click, turn by turn."""
    program = str(Path(sys.executable).with_name("voicecoach"))
    pairs = [
        (seconds(program, "--help"), seconds(sys.executable, "-c", "import click"))
        for _ in range(RUNS)
    ]
    ratio = statistics.median(ours / theirs for ours, theirs in pairs)
    row("voicecoach --help, against import click", f"{ratio:.2f} ×", "1.5 ×")


def rehearsed(folder: Path, paths: Paths) -> tuple[Rehearsal, float, float]:
    """Rehearse a workout twice: with nothing rendered before, and with a warm cache."""
    file = folder / "scenario.toml"
    file.write_text(SCENARIO, encoding="utf-8")
    script = read_scenario(file)
    ear = choose_recogniser(paths.model_dirs, "moonshine")
    speeds = []
    for _ in ("cold", "warm"):
        outcome = rehearse(
            script,
            paths,
            recogniser=ear,
            coach_voice=engines.coach_voice(paths),
            athlete_voice=engines.athlete_voice(paths, script.athlete_voice),
            out=folder / "session.wav",
        )
        speeds.append(outcome.virtual_seconds / outcome.wall_seconds)
    return outcome, speeds[0], speeds[1]


def workout() -> None:
    """Rehearse a workout and print what it shows."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = Paths.of(data=folder, config=folder, cache=folder / "cache")
        outcome, cold, warm = rehearsed(folder, paths)
    minutes = outcome.virtual_seconds / 60
    row(f"{minutes:.0f} min of workout, nothing rendered", f"{cold:.0f} × real time", "30 ×")
    row(f"{minutes:.0f} min of workout, warm cache", f"{warm:.0f} × real time", "45 ×")
    account = as_json(outcome)
    off = max(abs(beat["played_sample"] - beat["due_sample"]) for beat in account["beats"])
    row(f"{len(account['beats'])} counts, the furthest off its beat", f"{off} samples", "0 samples")
    latencies = sorted(heard["latency_ms"] for heard in account["heard"])
    middle, high = statistics.median(latencies), latencies[int(0.95 * len(latencies))]
    row("end of speech to reaction, median", f"{middle:.0f} ms", "250 ms")
    row("end of speech to reaction, 95th percentile", f"{high:.0f} ms", "400 ms")
    understood = sum(heard["accepted"] for heard in account["heard"])
    row("utterances accepted", f"{understood} of {len(account['heard'])}", "all")
    right = sum(one["reps"] == 5 for one in account["sets"])
    row("sets logged as they were said", f"{right} of 12", "12")


def median_ms(ask: Callable[[], object], runs: int = RUNS) -> float:
    """Return the median of the processor's time for a question that is asked several times."""
    times = []
    for _ in range(runs):
        begun = time.process_time()
        ask()
        times.append(1000 * (time.process_time() - begun))
    return statistics.median(times)


def ten_years() -> None:
    """Ask everything that is ever asked of a log of a hundred thousand sets, and draw its page."""
    with tempfile.TemporaryDirectory() as name:
        paths = Paths.of(data=Path(name), config=Path(name))
        make_log(paths.log)
        weeks = LAST_DAY - timedelta(weeks=8)
        with TrainingLog.open(paths.log) as log:
            questions: dict[str, Callable[[], object]] = {
                "the latest 200 sets": lambda: log.performed_sets(limit=200),
                "all sets of eight weeks": lambda: log.performed_sets(since=weeks),
                "the last 1,000 of an exercise": lambda: log.performed_sets(
                    exercise="bench-press", limit=1000
                ),
                "all hard sets of an exercise": lambda: log.hard_sets(exercise="bench-press"),
                "the heaviest sets of an exercise": lambda: log.form_tallies(
                    "bench-press", ordinary=None
                ),
                "sums by day, ten years": log.day_tallies,
                "sums by exercise, ten years": log.exercise_tallies,
                "workouts of a routine, completed": lambda: log.completed_workouts(
                    "upper-lower", limit=100
                ),
            }
            for what, ask in questions.items():
                row(f"100,000 sets: {what}", f"{median_ms(ask):.0f} ms", "50 ms")
        took_s = median_ms(lambda: page(overview(paths, None)), runs=1) / 1000
        row("100,000 sets: the report as a page", f"{took_s:.1f} s", "5 s")


if __name__ == "__main__":
    row("what", "measured", "to reach")
    ten_years()
    start_up()
    workout()
