"""Sets that are not straight sets, spoken and heard in virtual time with the real engines."""

from __future__ import annotations

from pathlib import Path

import pytest

from voicecoach.runtime import engines
from voicecoach.runtime.paths import Paths
from voicecoach.runtime.rehearsal import Rehearsal, as_json, rehearse
from voicecoach.runtime.scenario import Scenario

MIXED = """
name = "Mixed"

[[workout]]
name = "A"

[[workout.block]]
exercise = "bench-press"
sets = 1
reps = 3
load = "60kg"
warmup = ["bar x2"]
drops = 1
rest = "5s"

[[workout.block]]
exercise = "chin-up"
sets = 1
reps = 3
superset = "A"

[[workout.block]]
exercise = "split-squat"
sets = 1
reps = 3
count = "paced"
tempo = "1-0-1-0"
superset = "A"
rest = "5s"

[[workout.block]]
exercise = "burpee"
sets = 2
reps = 2
emom = "30s"
rest = "5s"

[[workout.block]]
exercise = "push-up"
reps = 3
amrap = "60s"
superset = "B"

[[workout.block]]
exercise = "bodyweight-squat"
reps = 8
amrap = "60s"
superset = "B"
rest = "5s"

[[workout.block]]
exercise = "side-plank"
sets = 1
hold = "5s"
"""


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory, speech_cache: Path, moonshine) -> Rehearsal:
    folder = tmp_path_factory.mktemp("mixed")
    (folder / "mixed.toml").write_text(MIXED, encoding="utf-8")
    paths = Paths(data=folder, config=folder, cache=speech_cache, model_dirs=())
    return rehearse(
        Scenario(file=folder / "scenario.toml", routine="mixed.toml"),
        paths,
        recogniser=moonshine,
        coach_voice=lambda _: engines.athlete_voice(paths, "en-us"),
        athlete_voice=engines.athlete_voice(paths, "en-gb"),
    )


def test_every_set_is_in_the_log_with_its_kind(mixed: Rehearsal) -> None:
    sets = [
        (s["exercise"], s["kind"], s["reps"] or s["hold_seconds"], s["load_kg"])
        for s in as_json(mixed)["sets"]
    ]
    assert sets == [
        ("bench-press", "warmup", 2, 20.0),
        ("bench-press", "working", 3, 60.0),
        ("bench-press", "drop", 3, 47.5),
        ("chin-up", "working", 3, 0.0),
        ("split-squat", "working", 3, 0.0),
        ("burpee", "working", 2, 0.0),
        ("burpee", "working", 2, 0.0),
        ("push-up", "working", 3, 0.0),
        ("bodyweight-squat", "working", 8, 0.0),
        ("push-up", "working", 3, 0.0),
        ("bodyweight-squat", "working", 8, 0.0),
        ("side-plank", "working", 5, 0.0),
    ]


def test_a_set_by_the_clock_begins_on_its_sample(mixed: Rehearsal) -> None:
    rate = as_json(mixed)["sample_rate"]
    ones = [  # the last of each countdown: to the end of a rest, to each set
        beat["due_sample"]
        for beat in as_json(mixed)["beats"]
        if beat["exercise"] == "burpee" and beat["number"] == 1
    ]
    assert ones[-1] - ones[-2] == 30 * rate


def test_rounds_go_straight_on_until_the_time_is_called(mixed: Rehearsal) -> None:
    said = {one.text: one for one in mixed.said}
    begun = next(text for text in said if "As many rounds as you can in one minute." in text)
    half = said["Half way."].at_sample - said["Time. How many?"].at_sample
    assert "Superset: push-up and bodyweight squat." in begun
    assert half == -30 * as_json(mixed)["sample_rate"]
    assert "Eight reps. Two rounds. Rest five seconds. Then side plank." in said


def test_the_sides_are_switched_aloud_and_nothing_but_working_sets_is_judged(
    mixed: Rehearsal,
) -> None:
    said = " ".join(one.text for one in mixed.said)
    assert said.count("Switch sides.") == 2
    assert said.count("Superset: chin-up and split squat.") == 1
    assert "Workout finished: eleven sets" in mixed.said[-1].text
