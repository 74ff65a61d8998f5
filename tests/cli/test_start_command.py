"""`voicecoach start --text`: the same session, typed and printed."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from voicecoach.cli.main import main
from voicecoach.errors import LogError
from voicecoach.store.backup import contents
from voicecoach.store.holding import held

ROUTINE = """
name = "Small"

[[workout]]
name = "A"

[[workout.block]]
exercise = "deadlift"
sets = 2
reps = "4-6"
load = "100kg"
rest = "3min"
progress = { rule = "double", step = "5lb" }
"""


@pytest.fixture
def coach(tmp_path: Path):
    """Run a command with directories of its own."""
    (tmp_path / "small.toml").write_text(ROUTINE, encoding="utf-8")

    def run(*arguments: str, typed: str = "") -> Result:
        directories = [
            part
            for kind in ("data", "config", "cache", "models")
            for part in (f"--{kind}-dir", str(tmp_path / kind))
        ]
        return CliRunner().invoke(main, [*directories, *arguments], input=typed)

    run.small = str(tmp_path / "small.toml")  # type: ignore[attr-defined]
    return run


def history(coach) -> list[dict[str, object]]:
    return json.loads(coach("history", "--json").stdout)["sets"]


def test_a_typed_workout_is_logged(coach) -> None:
    result = coach("start", coach.small, "--text", typed="no\nready\ndone\nfive\nready\ndone 6\n")
    assert result.exit_code == 0, result.output
    assert "Coach: Five at one hundred. Rest three minutes." in result.output
    assert "Workout finished: two sets" in result.output
    fields = ("exercise", "set", "reps", "load_kg", "source")
    assert [tuple(one[field] for field in fields) for one in history(coach)] == [
        ("deadlift", 1, 5, 100.0, "typed"),
        ("deadlift", 2, 6, 100.0, "typed"),
    ]  # fmt: skip


def test_without_a_routine_one_is_chosen_kept_and_begun_in_one_go(coach) -> None:
    first = coach("start", "--text", typed="dumbbells and a bench\nthe second one\nno\nquit\n")
    assert first.exit_code == 0, first.output
    assert "The second: Bodyweight basics." in first.output
    assert "Coach: Bodyweight basics, workout Basics." in first.output
    again = coach("start", "--text", typed="quit\n")
    assert again.output.startswith("Coach: Bodyweight basics, workout Basics.")
    assert "routine" not in again.output


def test_none_of_the_routines_leaves_all_as_it_was(coach) -> None:
    declined = coach("start", "--text", typed="a gym\nnone of them\n")
    assert (declined.exit_code, declined.stderr) == (0, "")
    assert declined.output.endswith("Coach: Then another time.\n")
    assert history(coach) == []
    again = coach("start", "--text", typed="")
    assert "What can you train with?" not in again.output  # that was kept
    assert "The first: Upper lower." in again.output


def test_what_comes_next_and_why_is_told_and_done_next_time(coach) -> None:
    lines = "no\nready\ndone 6\nready\ndone 6\n"
    first = coach("start", coach.small, "--text", typed=lines)
    assert "so next time one hundred and two point five." in first.output
    second = coach("start", coach.small, "--text", typed="quit\n")
    assert "Four to six reps at one hundred and two point five kilos." in second.output


def test_a_session_that_was_left_goes_on_where_it_was(coach) -> None:
    coach("start", coach.small, "--text", typed="no\nready\ndone 5\nquit\n")
    again = coach("start", "--text", typed="ready\ndone 6\n")
    assert "We were at deadlift, set two of two." in again.output
    assert [s["reps"] for s in history(coach)] == [5, 6]


def test_the_side_that_was_kept_is_shown_where_the_other_never_came(coach, tmp_path: Path) -> None:
    (tmp_path / "sides.toml").write_text(
        ROUTINE.replace('"deadlift"', '"bulgarian-split-squat"'), encoding="utf-8"
    )
    lines = "no\nready\ndone eight\nquit\n"
    first = coach("start", str(tmp_path / "sides.toml"), "--text", typed=lines)
    assert "bulgarian-split-squat  1    8 reps  60kg  left side only" in first.output
    assert history(coach) == []


def test_new_begins_another_and_keeps_the_first(coach) -> None:
    coach("start", coach.small, "--text", typed="no\nready\ndone 5\nquit\n")
    again = coach("start", coach.small, "--text", "--new", typed="ready\ndone 4\nquit\n")
    assert "set one of two" in again.output
    assert [s["reps"] for s in history(coach)] == [5, 4]


def test_a_line_that_nobody_understands_gets_a_short_reply(coach) -> None:
    result = coach("start", coach.small, "--text", typed="no\nflibbertigibbet\nready\ndone 5\n")
    assert "Coach: I did not get that." in result.output
    assert len(history(coach)) == 1


def test_loads_can_be_named_on_the_command_line(coach) -> None:
    result = coach("start", coach.small, "--text", "--load", "Dead lift=225lb", typed="no\nquit\n")
    assert "at two hundred and twenty five pounds" in result.output


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("start", "nonsense", "--text"), 21, "there is no routine 'nonsense'"),
        (("start", "full-bak", "--text"), 21, "did you mean full-back?"),
        (("start", "--text", "--load", "deadlfit=100kg"), 22, "did you mean deadlift?"),
        (("start", "--text", "--load", "deadlift"), 2, "deadlift=100kg"),
        (("start", "full-back", "--text", "--workout", "Z"), 31, "has no workout 'Z'"),
        (("start", "--text", "--nonsense"), 2, "No such option"),
        (("rehearse", "nowhere.toml"), 23, "there is no such file"),
        (("nonsense",), 2, "No such command"),
    ],
)
def test_bad_input_is_one_line_and_its_exit_code(coach, arguments, code: int, said: str) -> None:
    result = coach(*arguments)
    assert result.exit_code == code, result.output
    assert said in result.stderr
    assert not result.stdout
    if code > 2:
        assert len(result.stderr.strip().splitlines()) == 1


def test_a_routine_with_a_mistake_leaves_the_log_as_it_was(coach, tmp_path: Path) -> None:
    coach("start", coach.small, "--text", typed="no\nready\ndone 5\nready\ndone 5\n")
    before = history(coach)
    (tmp_path / "bad.toml").write_text(ROUTINE.replace('"4-6"', "-3"), encoding="utf-8")
    result = coach("start", str(tmp_path / "bad.toml"), "--text")
    assert result.exit_code == 21
    assert "bad.toml:10: " in result.stderr
    assert history(coach) == before


def test_the_help_names_every_command_and_imports_none() -> None:
    script = (
        "import sys; from voicecoach.cli.main import main, COMMANDS\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'numpy', 'sounddevice', 'rich', 'sqlite3', 'platformdirs', 'onnxruntime'}\n"
        "sys.exit(bool(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, "the help imports what only commands need"
    for name in ("start", "demo", "rehearse", "history", "models"):
        assert name in done.stdout


def test_every_command_has_a_help_of_its_own() -> None:
    runner = CliRunner()
    for name in main.list_commands(None):  # type: ignore[arg-type]
        result = runner.invoke(main, [name, "--help"])
        assert result.exit_code == 0, result.output
        assert len(result.output.splitlines()) > 4


def test_a_second_session_is_told_who_holds_the_log(coach, tmp_path: Path) -> None:
    now = datetime(2026, 1, 5, 18, 2, tzinfo=UTC)
    with held(tmp_path / "data" / "training.sqlite3", "voicecoach start", now):
        result = coach("start", coach.small, "--text", typed="no\nready\n")
    assert result.exit_code == LogError.exit_code
    assert "the log is held by voicecoach start, process" in result.output
    assert history(coach) == []


def test_each_day_of_training_leaves_one_copy_of_the_log(coach, tmp_path: Path) -> None:
    for lines in ("no\nready\ndone 5\nquit\n", "ready\ndone 6\n"):
        coach("start", coach.small, "--text", typed=lines)
    (copy,) = (tmp_path / "data" / "backups").iterdir()
    assert contents(copy).sets == 1


def test_a_session_noted_down_is_repeated_word_for_word(coach, tmp_path: Path) -> None:
    journal = str(tmp_path / "journal.jsonl")
    coach("start", coach.small, "--text", "--debug", journal, typed="no\nready\ndone 5\nundo\n")
    replayed = coach("rehearse", "--replay", journal)
    assert replayed.exit_code == 0, replayed.output
    assert "Coach: Five at one hundred. Rest three minutes." in replayed.output
    assert "the coach did what it did then" in replayed.output


def test_a_rehearsal_is_of_a_scenario_or_of_a_journal(coach) -> None:
    assert coach("rehearse").exit_code == 2
    assert coach("rehearse", "a.toml", "--replay", "b.jsonl").exit_code == 2


def test_a_record_is_known_from_the_sessions_before_and_after_a_break(coach) -> None:
    begin = ("start", coach.small, "--text")
    for reps in ("four", "five", "four"):
        lines = f"no\nready\ndone {reps}\nready\ndone {reps}\n"
        assert "A record" not in coach(*begin, typed=lines).output
    first = coach(*begin, typed="ready\ndone 5\nready\n")
    assert "A record" not in first.output
    again = coach(*begin, typed="ready\ndone 6\n")
    assert "Coach: Six at one hundred. Your strongest set yet." in again.output
