"""Routines of one's own, made and changed as it is typed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from voicecoach.cli.main import main
from voicecoach.library.exercises import Library
from voicecoach.library.routines import Routines
from voicecoach.training.prescription import HoldRange, RepTarget

Coach = Callable[..., Result]


@pytest.fixture
def coach(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Coach:
    """Run the command line with a configuration of its own, `answers` typed to what it asks."""
    monkeypatch.chdir(tmp_path)
    base = ["--config-dir", str(tmp_path), "--data-dir", str(tmp_path / "data")]
    return lambda *words, answers="": CliRunner().invoke(main, [*base, *words], input=answers)


@pytest.fixture
def routines(tmp_path: Path) -> Routines:
    return Routines(Library(), tmp_path / "routines")


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Set an editor that runs one line of Python on `text`, the file's content."""

    def set_editor(line: str) -> None:
        script = tmp_path / "editor.py"
        script.write_text(
            "import sys, pathlib\n"
            "file = pathlib.Path(sys.argv[1])\n"
            f"text = file.read_text(encoding='utf-8')\n{line}\n"
            "file.write_text(text, encoding='utf-8')\n"
        )
        monkeypatch.setenv("VISUAL", f"{sys.executable} {script}")

    return set_editor


def test_one_line_makes_a_routine_that_can_be_trained(coach: Coach, routines: Routines) -> None:
    made = coach("routine", "add", "mine", "deadlift 3x4-6 @ 85% rest 3min tempo 2-0-1-0")
    assert made.exit_code == 0
    assert made.stdout.startswith("mine is in ")
    (block,) = routines.load("mine").workouts[0].blocks
    assert (block.exercise, block.sets, block.reps, block.rest_s) == (
        "deadlift",
        3,
        RepTarget(4, 6),
        180,
    )
    assert coach("routine", "check", "mine").exit_code == 0


def test_blocks_are_added_one_after_the_other(coach: Coach, routines: Routines) -> None:
    for line in ("squat 5x5", "bench 5x5", "plank 3x20-60s"):
        assert coach("routine", "add", "mine", line).exit_code == 0
    blocks = routines.load("mine").workouts[0].blocks
    assert [block.exercise for block in blocks] == ["squat", "bench-press", "plank"]


def test_a_slip_in_a_line_is_one_line_and_leaves_nothing_behind(
    coach: Coach, tmp_path: Path
) -> None:
    refused = coach("routine", "add", "mine", "deadlfit 3x5")
    assert refused.exit_code == 22
    assert refused.stderr == (
        "voicecoach: there is no exercise 'deadlfit'; did you mean deadlift?\n"
    )
    assert not (tmp_path / "routines").exists()


def test_the_wizard_asks_for_workouts_and_blocks(coach: Coach, routines: Routines) -> None:
    answers = ["lb", "2", "Legs", "sqat 5x5", "squat 5x5", "", "", "", "plank", ""]
    made = coach("routine", "new", "My Plan", answers="\n".join(answers) + "\n")
    assert made.exit_code == 0, made.output
    assert "did you mean squat?" in made.stderr
    assert "at least one block" in made.stderr
    assert made.stdout.startswith("my-plan is in ")
    routine = routines.load("my plan")
    assert (routine.unit.value, routine.order) == ("lb", ("Legs", "B"))
    assert [one.blocks[0].exercise for one in routine.workouts] == ["squat", "plank"]


def test_a_routine_is_made_without_a_question(coach: Coach, routines: Routines) -> None:
    made = coach("routine", "new", "quick", "--block", "squat 3x5", "--block", "dead hang 3x30s")
    assert made.exit_code == 0
    first, second = routines.load("quick").workouts[0].blocks
    assert (first.reps, second.hold) == (RepTarget(5, 5), HoldRange(30, 30))


def test_a_wizard_left_half_way_makes_nothing(coach: Coach, tmp_path: Path) -> None:
    assert coach("routine", "new", "mine", answers="kg\n1\nA\nsquat\n").exit_code == 1
    assert not (tmp_path / "routines").exists()


def test_an_edit_is_kept_when_it_has_no_mistake(
    coach: Coach, routines: Routines, editor: Callable[[str], None]
) -> None:
    coach("routine", "add", "mine", "squat 5x5")
    editor("text = text.replace('sets = 5', 'sets = 4  # fewer')")
    assert coach("routine", "edit", "mine").stdout == "mine is changed\n"
    assert routines.load("mine").workouts[0].blocks[0].sets == 4
    assert "# fewer" in coach("routine", "export", "mine").stdout


def test_an_edit_with_a_mistake_is_told_and_dropped(
    coach: Coach, routines: Routines, editor: Callable[[str], None]
) -> None:
    coach("routine", "add", "mine", "squat 5x5")
    editor("text = text.replace('sets = 5', 'sets = -5')")
    dropped = coach("routine", "edit", "mine", answers="n\n")
    assert dropped.exit_code == 21
    assert "sets = -5 is not a whole number" in dropped.stderr
    assert "mine stays as it was" in dropped.stderr
    assert routines.load("mine").workouts[0].blocks[0].sets == 5


def test_an_edit_can_be_mended_at_once(
    coach: Coach, routines: Routines, editor: Callable[[str], None]
) -> None:
    coach("routine", "add", "mine", "squat 5x5")
    editor("text = text.replace('-', '') if '-5' in text else text.replace('= 5', '= -5', 1)")
    assert coach("routine", "edit", "mine", answers="y\n").exit_code == 0
    assert routines.load("mine").workouts[0].blocks[0].sets == 5


@pytest.mark.parametrize(
    "line",
    ["import os; os.unlink(file); raise SystemExit", "file.write_bytes(b'\\xff'); sys.exit()"],
)
def test_what_an_editor_leaves_unreadable_is_one_line_and_changes_nothing(
    coach: Coach, routines: Routines, editor: Callable[[str], None], line: str
) -> None:
    coach("routine", "add", "mine", "squat 5x5")
    editor(line)
    refused = coach("routine", "edit", "mine")
    assert refused.exit_code == 21
    assert refused.stderr.count("\n") == 1
    assert routines.load("mine").workouts[0].blocks[0].sets == 5


def test_an_editor_that_is_not_there_is_one_line_and_changes_nothing(
    coach: Coach, routines: Routines, monkeypatch: pytest.MonkeyPatch
) -> None:
    coach("routine", "add", "mine", "squat 5x5")
    monkeypatch.setenv("VISUAL", "no-such-editor")
    refused = coach("routine", "edit", "mine")
    assert refused.exit_code == 29
    assert refused.stderr.startswith("voicecoach: the editor no-such-editor: ")
    assert refused.stderr.count("\n") == 1
    assert routines.load("mine").workouts[0].blocks[0].sets == 5


def test_a_copy_can_be_changed_and_removed(coach: Coach, tmp_path: Path) -> None:
    assert coach("routine", "copy", "full-back", "my-back").exit_code == 0
    assert coach("routine", "add", "my-back", "plank", "--workout", "A").exit_code == 0
    kept = coach("routine", "remove", "my-back", answers="n\n")
    assert kept.exit_code == 1
    assert coach("routine", "remove", "my-back", "--yes").stdout == "my-back is removed\n"
    assert list((tmp_path / "routines").iterdir()) == []


def test_a_built_in_routine_is_copied_before_it_is_changed(coach: Coach) -> None:
    for words in (("add", "full-back", "squat"), ("edit", "full-back"), ("remove", "full-back")):
        refused = coach("routine", *words)
        assert refused.exit_code == 21
        assert "copy it first: voicecoach routine copy full-back my-full-back" in refused.stderr


def test_the_routine_in_use_is_trained_unasked(coach: Coach) -> None:
    assert coach("routine", "use", "lower-back").stdout == "lower-back is in use\n"
    started = coach("start", "--text", answers="no\n")
    assert "Lower back, workout Extensions." in started.stdout


def test_a_routine_goes_out_and_comes_in_again(
    coach: Coach, routines: Routines, tmp_path: Path
) -> None:
    assert coach("routine", "export", "full-body", "--out", "out.toml").exit_code == 0
    assert coach("routine", "import", "out.toml", "--name", "mine").exit_code == 0
    assert routines.load("mine").workouts == routines.load("full-body").workouts
    again = coach("routine", "export", "full-body", "--out", "out.toml")
    assert again.exit_code == 21
    assert "is there already" in again.stderr
    assert (tmp_path / "out.toml").read_text() == coach("routine", "export", "mine").stdout


@pytest.mark.parametrize("source", ["missing.toml", ".", "zeros.toml"])
def test_a_file_that_is_no_routine_is_refused_in_one_line(
    coach: Coach, tmp_path: Path, source: str
) -> None:
    with (tmp_path / "zeros.toml").open("wb") as zeros:
        zeros.truncate(50_000_000)
    refused = coach("routine", "import", source, "--name", "mine")
    assert refused.exit_code == 21
    assert refused.stderr.count("\n") == 1
    assert not (tmp_path / "routines").exists()


def test_a_program_of_liftosaur_comes_in_and_what_it_loses_is_named(
    coach: Coach, routines: Routines, tmp_path: Path
) -> None:
    (tmp_path / "strong.txt").write_text(
        "## A\nSquat[1-4] / 3x5 60lb 0s, 1x8+ 48lb / progress: lp(5lb) / warmup: 1x5 45lb\n"
        "Bench Press / 3x8 30s / superset: A\nLeg Press / 3x8 / update: custom()\n"
        "Seated Cable Row / 3x8 120s / superset: A\n"
    )
    done = coach("routine", "import", "strong.txt")
    assert done.exit_code == 0, done.output
    assert done.stderr == (
        "taken in part: line 2: 'Squat[1-4]' is taken for one week, and not for 1-4\n"
        "left out: line 4: 'update: custom()' cannot be said in a routine here\n"
    )
    assert routines.load("strong").unit.value == "lb"
    checked = coach("routine", "check", "strong")
    assert checked.exit_code == 0, checked.output
    (tmp_path / "none.txt").write_text("nothing\n")
    assert coach("routine", "import", "none.txt").exit_code == 21
