import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from voicecoach.cli.main import main

GOLDEN = Path(__file__).with_name("golden")

MINE = """\
name = "Mine"
about = "Mine alone."
unit = "lb"

[[workout]]
name = "Day"

[[workout.block]]
exercise = "deadlift"
sets = 5
reps = "5+"
load = "225lb"
tempo = "2-0-X-0"
count = "paced"
progress = { rule = "linear", step = "5lb" }
"""
BROKEN = MINE.replace('"deadlift"', '"deadlfit"').replace("sets = 5", "sets = 0")


TWO_DAYS = """
name = "Two days"
""" + "".join(
    f"""
[[workout]]
name = "{name}"
[[workout.block]]
exercise = "pull-up"
sets = 1
reps = 5
vary = ["narrow", "wide"]
"""
    for name in "AB"
)


@pytest.fixture
def coach(tmp_path, monkeypatch):
    """Run the command line in a directory of its own, which also holds the configuration."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "routines").mkdir()
    base = ["--config-dir", str(tmp_path), "--data-dir", str(tmp_path / "data")]
    return lambda *words: CliRunner().invoke(main, [*base, *words])


def test_the_list_says_what_each_routine_is_for(coach, tmp_path):
    (tmp_path / "routines" / "mine.toml").write_text(MINE)
    (tmp_path / "routines" / "broken.toml").write_text(BROKEN)
    lines = coach("routine", "list").stdout.splitlines()
    about = dict(line.split(maxsplit=1) for line in lines)
    assert about["mine"] == "Mine alone."
    assert about["broken"] == "2 mistakes; see `voicecoach routine check broken`"
    assert "full-back" in about


def test_the_list_in_json(coach, tmp_path):
    (tmp_path / "routines" / "mine.toml").write_text(MINE)
    listed = json.loads(coach("routine", "list", "--json").stdout)
    assert listed["schema"] == "voicecoach.routines/1"
    mine = next(one for one in listed["routines"] if one["id"] == "mine")
    assert mine == {
        "id": "mine",
        "name": "Mine",
        "about": "Mine alone.",
        "unit": "lb",
        "workouts": ["Day"],
        "own": True,
        "mistakes": 0,
    }


@pytest.mark.parametrize("name", ["full-back", "first-chin-up"])
def test_a_routine_is_shown_as_in_the_golden_page(coach, name):
    page = coach("routine", "show", name).stdout
    assert page == (GOLDEN / f"routine-show-{name}.txt").read_text(encoding="utf-8")


MIXED = """\
name = "Mixed"

[[workout]]
name = "A"

[[workout.block]]
exercise = "bench-press"
reps = 5
load = "80kg"
warmup = "auto"
drops = "2 by 25%"

[[workout.block]]
exercise = "pull-up"
reps = "6-10"
superset = "a"
change = "10s"

[[workout.block]]
exercise = "one-arm-dumbbell-row"
reps = "8-12"
warmup = ["50% x8"]
superset = "A"
rest = "90s"

[[workout.block]]
exercise = "burpee"
sets = 10
reps = 10
emom = "60s"

[[workout.block]]
exercise = "plank"
sets = 2
hold = "20-40s"
each_side = true

[[workout.block]]
exercise = "push-up"
reps = 10
amrap = "8min"
"""


def test_sets_that_are_not_straight_are_shown_as_in_the_golden_page(coach, tmp_path):
    (tmp_path / "mixed.toml").write_text(MIXED)
    page = coach("routine", "show", "mixed.toml").stdout
    assert page == (GOLDEN / "routine-show-mixed.txt").read_text(encoding="utf-8")
    printed = json.loads(coach("routine", "show", "mixed.toml", "--json").stdout)
    (workout,) = printed["routine"]["workouts"]
    keys = ("superset", "change_s", "emom_s", "amrap_s", "each_side", "warmup", "drops", "rest_s")
    assert [[block[key] for key in keys] for block in workout["blocks"]] == [
        [None, 0, None, None, False, "auto", "2 by 25%", 120],
        ["A", 10, None, None, False, None, None, 120],
        ["A", 0, None, None, True, ["50% x8"], None, 90],
        [None, 0, 60, None, False, None, None, 120],
        [None, 0, None, None, True, None, None, 120],
        [None, 0, None, 480, False, None, None, 120],
    ]
    assert workout["blocks"][-1]["sets"] is None
    assert printed["routine"]["next"]["blocks"][0]["load_kg"] == 80  # of the working sets


def test_a_routine_in_json_writes_quantities_as_its_file_does(coach, tmp_path):
    (tmp_path / "mine.toml").write_text(MINE)
    shown = json.loads(coach("routine", "show", "mine.toml", "--json").stdout)
    assert shown["schema"] == "voicecoach.routine/1"
    (workout,) = shown["routine"]["workouts"]
    assert workout["blocks"] == [
        {
            "exercise": "deadlift",
            "sets": 5,
            "reps": "5+",
            "hold": None,
            "load": "225lb",
            "tempo": "2-0-X-0",
            "count": "paced",
            "rest_s": 120,
            "vary": [],
            "instead": [],
            "progress": {"rule": "linear", "step": "5lb", "retest_weeks": None},
            "then": [],
            "superset": None,
            "change_s": 0,
            "emom_s": None,
            "amrap_s": None,
            "each_side": False,
            "warmup": None,
            "drops": None,
        }
    ]


def test_the_routine_in_use_is_shown_unless_another_is_named(coach):
    refused = coach("routine", "show")
    assert refused.exit_code == 2
    assert "no routine is in use" in refused.stderr
    coach("routine", "use", "lower-back")
    assert coach("routine", "show").stdout == coach("routine", "show", "lower-back").stdout


def test_a_good_routine_passes(coach):
    result = coach("routine", "check", "full-back")
    assert (result.exit_code, result.stdout) == (0, "full-back: no mistakes\n")


def test_a_check_prints_every_mistake_with_its_line_and_remedy(coach, tmp_path):
    (tmp_path / "mine.toml").write_text(BROKEN)
    result = coach("routine", "check", "mine.toml")
    assert result.exit_code == 21
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        "mine.toml:9: there is no exercise 'deadlfit'; did you mean deadlift?",
        "mine.toml:10: sets = 0 is not a whole number from 1 to 50; write a number from 1 to 50",
        "voicecoach: mine.toml: 2 mistakes; mend them and check again",
    ]


def test_a_single_mistake_is_told_as_one(coach, tmp_path):
    (tmp_path / "mine.toml").write_text(MINE.replace("sets = 5", "sets = 0"))
    told = coach("routine", "check", "mine.toml").stderr.splitlines()
    assert told[-1] == "voicecoach: mine.toml: 1 mistake; mend it and check again"


def test_without_a_name_every_routine_of_ones_own_is_checked(coach, tmp_path):
    none = coach("routine", "check")
    assert (none.exit_code, none.stdout.partition(".")[0]) == (
        0,
        "You have no routines of your own",
    )
    for name, text in (("mine", MINE), ("broken", BROKEN), ("other", BROKEN)):
        (tmp_path / "routines" / f"{name}.toml").write_text(text)
    told = coach("routine", "check")
    assert (told.exit_code, told.stdout) == (21, "mine: no mistakes\n")
    *found, last = told.stderr.splitlines()
    broken, other = (str(tmp_path / "routines" / f"{name}.toml") for name in ("broken", "other"))
    assert [line.rpartition(".toml:")[0] for line in found] == [broken[:-5]] * 2 + [other[:-5]] * 2
    assert last == f"voicecoach: {broken}, {other}: 4 mistakes; mend them and check again"
    answer = json.loads(coach("routine", "check", "--json").stdout)
    assert (answer["routine"], answer["routines"]) == (None, ["broken", "mine", "other"])
    assert len(answer["findings"]) == 4


def test_a_check_in_json_lists_them_too(coach, tmp_path):
    (tmp_path / "mine.toml").write_text(BROKEN)
    result = coach("routine", "check", "mine.toml", "--json")
    checked = json.loads(result.stdout)
    assert result.exit_code == 21
    assert checked["schema"] == "voicecoach.routine-check/1"
    assert checked["findings"][0] == {
        "file": "mine.toml",
        "line": 9,
        "key": "workout[0].block[0].exercise",
        "value": "'deadlfit'",
        "problem": "there is no exercise 'deadlfit'",
        "remedy": "did you mean deadlift?",
    }


def test_a_broken_routine_is_not_shown_but_told_in_one_line(coach, tmp_path):
    (tmp_path / "mine.toml").write_text(BROKEN)
    result = coach("routine", "show", "mine.toml")
    assert (result.exit_code, result.stdout) == (21, "")
    assert result.stderr == (
        "voicecoach: mine.toml:9: there is no exercise 'deadlfit' (and 1 more); "
        "did you mean deadlift?; `voicecoach routine check` lists them all\n"
    )


@pytest.mark.parametrize("name", ["zumba", "../mine", "nothing.toml", "routines.toml"])
def test_a_routine_that_is_not_there_is_one_line_on_stderr(coach, name):
    for command in ("show", "check"):
        result = coach("routine", command, name)
        assert result.exit_code == 21
        assert result.stdout == ""
        assert name in result.stderr


def test_a_routine_in_json_says_how_long_it_takes_what_it_works_and_what_comes_next(coach):
    shown = json.loads(coach("routine", "show", "lower-back", "--json").stdout)["routine"]
    assert shown["workouts"][0]["estimated_s"] == 1117
    assert shown["muscles"] == {
        "primary": ["erector-spinae"],
        "secondary": ["gluteus-maximus", "hamstrings"],
        "left_out": ["trapezius", "rhomboids", "latissimus-dorsi"],
    }
    assert shown["next"] == {
        "workout": "Extensions",
        "blocks": [
            {"exercise": "back-extension", "variation": None, "load_kg": 0.0},
            {"exercise": "back-extension-hold", "variation": None, "load_kg": None},
        ],
    }


def test_a_completed_workout_turns_what_comes_next(coach, tmp_path):
    (tmp_path / "routines" / "two.toml").write_text(TWO_DAYS)
    answers = "no\nready\ndone\n5\n"
    base = ["--config-dir", str(tmp_path), "--data-dir", str(tmp_path / "data")]
    trained = CliRunner().invoke(main, [*base, "start", "two", "--text"], input=answers)
    assert trained.exit_code == 0, trained.output
    page = coach("routine", "show", "two").stdout
    assert re.search(
        r"^next: B, with wide pull-up  \(last was A, on \d{4}-\d\d-\d\d\)$", page, re.MULTILINE
    )


@pytest.mark.parametrize(
    ("words", "golden"),
    [
        (("routine", "list"), "routine-list"),
        (("routine", "show", "first-chin-up"), "routine-show-first-chin-up"),
        (("exercise", "search", "chin-up"), "exercise-search"),
    ],
)
def test_json_is_as_in_the_golden_file(coach, words, golden):
    printed = coach(*words, "--json").stdout
    assert printed == (GOLDEN / f"{golden}.json").read_text(encoding="utf-8")
