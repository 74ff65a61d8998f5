"""`voicecoach log`, typed: at the coach's prompt and in one line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from voicecoach.cli.main import main
from voicecoach.store.log import TrainingLog


@pytest.fixture
def coach(tmp_path: Path):
    """Run a command with directories of its own."""

    def run(*arguments: str, typed: str = "") -> Result:
        directories = [
            part
            for kind in ("data", "config", "cache", "models")
            for part in (f"--{kind}-dir", str(tmp_path / kind))
        ]
        return CliRunner().invoke(main, [*directories, *arguments], input=typed)

    return run


def history(coach) -> list[dict[str, Any]]:
    return json.loads(coach("history", "--json").stdout)["sets"]


def log_of(folder: Path) -> TrainingLog:
    return TrainingLog.open(folder / "data" / "training.sqlite3")


def test_told_line_by_line_it_is_logged_and_said_back(coach, tmp_path: Path) -> None:
    told = "bench press eight reps at eighty kilos\ntwo more sets\nno, seven\nnote: tight\ndone\n"
    result = coach("log", "--text", typed=told)
    assert result.exit_code == 0, result.output
    assert "Coach: Bench press. Eight at eighty.\n" in result.output
    assert result.output.endswith("note: tight\n")
    assert [(s["exercise"], s["reps"], s["load_kg"], s["source"]) for s in history(coach)] == [
        ("bench-press", 8, 80.0, "typed"),
        ("bench-press", 7, 80.0, "typed"),
        ("bench-press", 7, 80.0, "typed"),
    ]
    with log_of(tmp_path) as log:
        assert [note.text for note in log.notes()] == ["tight"]


def test_an_alias_is_known_the_next_time(coach) -> None:
    first = coach("log", "--text", typed="benchpres 8 at 80\nyes\ndone\n")
    assert "Did you say bench press?" in first.output
    again = coach("log", "add", "benchpres 8 @ 82.5kg")
    assert again.exit_code == 0, again.output
    assert history(coach)[-1]["load_kg"] == 82.5


def test_the_last_time_is_that_of_the_log(coach) -> None:
    coach("log", "add", "bench press 8, 7 @ 80kg")
    result = coach("log", "--text", typed="what did I do last\ndone\n")
    assert "Coach: Bench press, today. Eight at eighty. Seven at eighty." in result.output


def test_a_set_is_shown_in_the_unit_it_was_said_in(coach) -> None:
    spoken = coach("log", "--text", typed="squat five reps at 225 pounds\ndone\n")
    assert "Coach: Squat. Five at two hundred and twenty five pounds." in spoken.output
    assert "squat     1    5 reps  225lb" in spoken.output
    coach("log", "add", "bench press 8 @ 80kg")
    shown = coach("history").output
    assert " 225lb" in shown
    assert " 80kg" in shown
    assert " 102.1kg" in coach("history", "--unit", "kg").output


def test_several_exercises_are_typed_in_one_go_and_on_their_day(coach, tmp_path: Path) -> None:
    result = coach(
        "log", "add", "bench press 3x8 @ 80kg; plank 2x60s", "bodyweight 82.5", "note: slept badly",
        "--date", "2026-01-05T18:30",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    logged = history(coach)
    assert [(s["exercise"], s["reps"], s["hold_seconds"]) for s in logged] == [
        *[("bench-press", 8, None)] * 3,
        *[("plank", None, 60)] * 2,
    ]
    assert all(one["at"].startswith("2026-01-05T18:30") for one in logged)
    with log_of(tmp_path) as log:
        assert [one.weight.grams for one in log.bodyweights()] == [82_500]
        assert log.unfinished_session() is None


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("squat 5 @ 100kg", "squat 300 @ 100kg"), 30, "Is that right?"),
        (("squat 5 @ 100kg", "squat 5 @ 1000kg"), 30, "Is that right?"),
        (("squat 5 @ 100kg", "benchpres 8"), 30, "Did you say bench press?"),
        (("squat 5 @ 100kg", "bench press"), 30, "How many reps"),
        (("squat 5 @ 100kg", "squat 5 @ -20kg"), 30, "'squat 5 @ -20kg' makes no sense here"),
        (("squat 5 @ 100kg", "hello"), 30, "'hello' makes no sense here"),
        (("squat 5 @ 100kg", "squat 3xé"), 30, ""),
        (("squat 5", "--date", "2999-01-01"), 30, "not a day that you have trained on"),
        (("squat 5", "--date", "yesterday"), 2, "does not match the formats"),
        ((" ; ",), 2, "nothing to log"),
        ((), 2, "Missing argument"),
    ],
)
def test_what_makes_no_sense_is_one_line_and_nothing_goes_in(
    coach, arguments: tuple[str, ...], code: int, said: str
) -> None:
    result = coach("log", "add", *arguments)
    assert result.exit_code == code, result.output
    assert said in result.stderr
    assert not result.stdout
    assert history(coach) == []


def test_what_is_hard_to_believe_goes_in_with_yes(coach) -> None:
    assert coach("log", "add", "--yes", "leg press 8 @ 600kg").exit_code == 0
    assert history(coach)[0]["load_kg"] == 600.0


def test_a_logbook_left_at_once_leaves_no_session(coach, tmp_path: Path) -> None:
    assert coach("log", "--text", typed="").exit_code == 0
    with log_of(tmp_path) as log:
        assert log.performed_sets() == ()


def test_a_logbook_does_not_keep_a_session_from_being_resumed(coach) -> None:
    coach("start", "full-back", "--text", "--no-warmup", typed="no\n100\nready\ndone 5\nquit\n")
    coach("log", "--text", typed="squat 5 at 100\nquit\n")
    again = coach("start", "--text", typed="quit\n")
    assert "Going on with the Full back session you left" in again.output
