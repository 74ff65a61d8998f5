"""A whole session, spoken and heard, in virtual time, with the real engines."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import pytest

from voicecoach.audio.manner import COUNTING_WORDS_A_MINUTE, WORDS_A_MINUTE
from voicecoach.audio.voices.repertoire import Repertoire
from voicecoach.audio.wavfile import read_clip
from voicecoach.runtime import engines
from voicecoach.runtime.paths import Paths
from voicecoach.runtime.rehearsal import Rehearsal, as_json, rehearse
from voicecoach.runtime.rehearsal_stage import RATE
from voicecoach.runtime.scenario import read_scenario
from voicecoach.session.counting import number_prompt
from voicecoach.units import Unit

FULL_BACK = """
routine = "full-back"
workout = "A"
start = 2026-01-05T18:00:00
data = "fresh"
athlete_voice = "en-gb"

[[says]]
when = "injury?"
text = "no"

[[says]]
when = "load?"
exercise = "deadlift"
text = "one hundred kilos"

[[says]]
when = "load?"
exercise = "dumbbell-row"
text = "thirty kilos"

[[says]]
when = "warming-up"
text = "ready"

[[says]]
when = "ready?"
text = "ready"

[[says]]
when = "working"
after_ms = 9000
text = "done"

[[says]]
when = "reps?"
text = "five"

[[says]]
when = "resting"
exercise = "deadlift"
set = 1
text = "no, seven"

[[says]]
when = "resting"
exercise = "deadlift"
set = 2
text = "undo"

[[says]]
when = "resting"
exercise = "pull-up"
set = 1
after_ms = 5000
text = "how long left"
"""

COUNTED = """
name = "Counted"

[[workout]]
name = "A"

[[workout.block]]
exercise = "back-extension"
sets = 2
reps = "6"
load = "bodyweight"
tempo = "1-0-1-0"
count = "paced"
rest = "20s"

[[workout.block]]
exercise = "back-extension-hold"
sets = 1
hold = "20s"
"""

COUNTED_SCENARIO = """
routine = "counted.toml"

[[says]]
when = "injury?"
text = "no"

[[says]]
when = "ready?"
text = "ready"

[[says]]
when = "rep:4"
set = 2
after_ms = 100
text = "done"
"""


def play(folder: Path, paths: Paths, moonshine, scenario: str, *, out: Path | None = None):
    file = folder / "scenario.toml"
    file.write_text(scenario, encoding="utf-8")
    script = read_scenario(file)
    return rehearse(
        script,
        paths,
        recogniser=moonshine,
        coach_voice=engines.coach_voice(paths),
        athlete_voice=engines.athlete_voice(paths, script.athlete_voice),
        out=out,
    )


@pytest.fixture(scope="module")
def full_back(tmp_path_factory: pytest.TempPathFactory, speech_cache: Path, moonshine) -> Rehearsal:
    folder = tmp_path_factory.mktemp("full-back")
    paths = Paths(data=folder, config=folder, cache=speech_cache, model_dirs=())
    return play(folder, paths, moonshine, FULL_BACK)


def test_what_was_said_is_what_was_logged(full_back: Rehearsal) -> None:
    sets = [(s["exercise"], s["set"], s["reps"], s["load_kg"]) for s in as_json(full_back)["sets"]]
    expected = [
        (exercise, number, 5, load)
        for exercise, load in [
            ("deadlift", 100.0), ("pull-up", 0.0), ("dumbbell-row", 30.0), ("back-extension", 0.0),
        ]
        for number in (1, 2, 3)
    ]  # fmt: skip
    expected[0] = ("deadlift", 1, 7, 100.0)
    assert sorted(sets) == sorted(expected)


def test_undo_was_heard_and_the_set_done_again(full_back: Rehearsal) -> None:
    assert any("Taken back: conventional deadlift, set two." in s.text for s in full_back.said)


def test_the_workout_is_led_to_its_end_and_advised(full_back: Rehearsal) -> None:
    outcome = as_json(full_back)
    assert outcome["completed"]
    assert {one["exercise"] for one in outcome["next"]} == {
        "deadlift", "pull-up", "dumbbell-row", "back-extension",
    }  # fmt: skip
    assert all(one["reason"].endswith(".") for one in outcome["next"])
    assert "Workout finished: twelve sets" in full_back.said[-1].text


def test_the_json_has_the_fields_of_its_schema(full_back: Rehearsal, tmp_path: Path) -> None:
    outcome = as_json(full_back)
    assert outcome["schema"] == "voicecoach.rehearsal/1"
    assert outcome["recogniser"] == "moonshine"
    voice_at = engines.coach_voice(Paths.of(cache=tmp_path))
    assert outcome["voice"] == voice_at(WORDS_A_MINUTE).name
    assert set(outcome["sets"][0]) >= {
        "exercise", "set", "reps", "hold_seconds", "load_kg", "rpe", "source",
    }  # fmt: skip
    assert set(outcome["heard"][0]) == {
        "at_s", "speech_end_s", "text", "intent", "slots", "confidence", "accepted", "latency_ms",
    }  # fmt: skip
    assert set(outcome["spoken"][0]) == {"at_s", "text", "interrupted"}
    assert set(outcome["beats"][0]) >= {
        "exercise", "set", "number", "due_sample", "played_sample",
    }  # fmt: skip
    assert set(outcome["next"][0]) >= {"exercise", "load_kg", "reps", "reason"}


def test_every_set_is_confirmed_aloud_after_it_was_logged(full_back: Rehearsal) -> None:
    echoes = [s.text for s in full_back.said if s.text.startswith(("Five", "Seven"))]
    assert len(echoes) >= 13  # twelve sets, one mended; one undone and done again


@pytest.fixture(scope="module")
def counted(
    tmp_path_factory: pytest.TempPathFactory, speech_cache: Path, moonshine
) -> tuple[Rehearsal, Path, Paths]:
    folder = tmp_path_factory.mktemp("counted")
    (folder / "counted.toml").write_text(COUNTED, encoding="utf-8")
    paths = Paths(data=folder, config=folder, cache=speech_cache, model_dirs=())
    out = folder / "session.wav"
    return play(folder, paths, moonshine, COUNTED_SCENARIO, out=out), out, paths


def test_a_paced_set_counts_to_its_end_or_to_done(counted) -> None:
    rehearsal, _, _ = counted
    assert [(s.reps, s.hold_s, s.source) for s in rehearsal.sets] == [
        (6, None, "paced"),
        (4, None, "paced"),
        (None, 20, "timer"),
    ]


def test_every_count_begins_on_its_sample(counted) -> None:
    """Found by correlation with the rendered word, not read from the mixer's own account."""
    rehearsal, wav, paths = counted
    with wave.open(str(wav)) as file:
        assert (file.getnchannels(), file.getframerate()) == (2, RATE)
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2").reshape(-1, 2)
    coach = samples[:, 0].astype(np.float64)
    repertoire = Repertoire(engines.coach_voice(paths)(COUNTING_WORDS_A_MINUTE), RATE)
    beats = as_json(rehearsal)["beats"]
    assert len(beats) > 25
    slack = RATE // 20
    for beat in beats:
        word = _word(beat["number"], repertoire).astype(np.float64)
        start = beat["due_sample"] - slack
        window = coach[start : start + len(word) + 2 * slack]
        found = start + int(np.argmax(np.correlate(window, word, "valid")))
        assert abs(found - beat["due_sample"]) <= 1, beat
        assert beat["played_sample"] == beat["due_sample"]


def _word(number: int, repertoire: Repertoire) -> np.ndarray:
    return repertoire.word(number_prompt(number).text(Unit.KG)).pcm


def test_the_microphones_side_holds_the_athlete(counted) -> None:
    rehearsal, wav, _ = counted
    mixed = read_clip(wav)
    assert mixed.ms / 1000 == pytest.approx(rehearsal.virtual_seconds, abs=0.05)


def test_the_log_of_one_rehearsal_can_be_the_start_of_the_next(
    tmp_path: Path, paths: Paths, moonshine
) -> None:
    routine = COUNTED.partition('[[workout.block]]\nexercise = "back-extension-hold"')[0]
    (tmp_path / "counted.toml").write_text(routine.replace("sets = 2", "sets = 1"), "utf-8")
    scenario = read_scenario_text(tmp_path, COUNTED_SCENARIO)
    common = {
        "recogniser": moonshine,
        "coach_voice": engines.coach_voice(paths),
        "athlete_voice": engines.athlete_voice(paths, "en-gb"),
    }
    log = tmp_path / "kept.sqlite3"
    rehearse(scenario, paths, log_path=log, **common)
    again = read_scenario_text(tmp_path, 'data = "kept.sqlite3"\n' + COUNTED_SCENARIO)
    second = rehearse(again, paths, **common)
    assert not any("injured" in said.text for said in second.said)
    assert log.stat().st_size


def read_scenario_text(folder: Path, text: str):
    file = folder / "scenario.toml"
    file.write_text(text, encoding="utf-8")
    return read_scenario(file)
