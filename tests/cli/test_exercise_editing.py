"""Exercises of one's own, added and imported as it is typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from voicecoach.cli.main import main
from voicecoach.library.exercises import Library
from voicecoach.training.exercise import ExerciseKind, Implement

Coach = Callable[..., Result]


@pytest.fixture
def coach(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Coach:
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(main, ["--config-dir", str(tmp_path), *words])


def test_an_exercise_is_added_found_and_put_into_a_routine(coach: Coach, tmp_path: Path) -> None:
    added = coach(
        "exercise", "add", "Sled Push", "--muscle", "quads", "--helps", "calves",
        "--implement", "plate", "--alias", "prowler", "--cue", "Drive with short steps.",
    )  # fmt: skip
    assert added.exit_code == 0, added.output
    assert added.stdout.startswith("sled-push is in ")
    exercise = Library(tmp_path / "exercises").exercise("sled-push")
    assert (exercise.kind, exercise.implement) == (ExerciseKind.REPS, Implement.PLATE)
    assert exercise.lower_body
    assert coach("exercise", "search", "prowler").stdout.startswith("sled-push")
    assert coach("exercise", "add", "tyre flip").exit_code == 0
    assert "works:" not in coach("exercise", "show", "tyre flip").stdout
    assert coach("routine", "add", "mine", "prowler 3x10").exit_code == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("Bench",), "is there already, as bench-press"),
        (("Sled", "--muscle", "quodriceps"), "did you mean quadriceps?"),
        (("Sled", "--cue", "Stop there."), "says 'stop', which the coach listens for"),
        (("🏋️",), "is not a name of plain words"),
        (("../sled",), "'../sled' is not a name of plain words"),
        (("$(reboot)",), "is not a name of plain words"),
        (("Sled", "--alias", "s/l/e/d"), "the alias 's/l/e/d' is not a name of plain words"),
        (("n" * 10_000,), "has 10,000 letters, and 60 at most"),
        (("深蹲",), "cannot be one"),
    ],
)
def test_a_slip_is_one_line_and_writes_nothing(
    coach: Coach, tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    refused = coach("exercise", "add", *words)
    assert refused.exit_code == 22
    assert told in refused.stderr
    assert refused.stderr.count("\n") == 1
    assert not (tmp_path / "exercises").exists()


def test_a_catalogue_is_taken_in_and_what_is_left_out_is_named(
    coach: Coach, tmp_path: Path
) -> None:
    items = [
        {"name": "Zercher Squat", "equipment": "barbell", "instructions": ["Sit down deep."]},
        {"name": "Iron Cross", "instructions": []},
        {"name": "Deadlift", "instructions": ["Stand up tall."]},
        {"name": "Trap Bar Deadlift", "instructions": ["Stand up tall."]},
    ]
    (tmp_path / "all.json").write_text(json.dumps(items))
    tried = coach("exercise", "import", "all.json", "--dry-run")
    assert tried.stdout == "would be taken in: 1, left out: 3\n"
    assert not (tmp_path / "exercises").exists()
    done = coach("exercise", "import", "all.json")
    assert done.stdout == "taken in: 1, left out: 3\n"
    assert done.stderr == (
        "left out: Iron Cross has no instructions\n"
        "left out: deadlift is there already, as deadlift\n"
        "left out: trap bar deadlift is there already, as deadlift (hex-bar)\n"
    )
    assert "Sit down deep." in coach("exercise", "show", "zercher squat").stdout


def test_a_file_that_is_no_catalogue_has_its_exit_code(coach: Coach, tmp_path: Path) -> None:
    (tmp_path / "all.json").write_text("{")
    refused = coach("exercise", "import", "all.json")
    assert refused.exit_code == 22
    assert refused.stderr.startswith("voicecoach: all.json: is not JSON: ")
