import json

import pytest
from click.testing import CliRunner

from voicecoach.cli.main import main

MINE = 'id = "plank"\nname = "plank"\nkind = "hold"\nprimary = ["abdominals"]\n'


@pytest.fixture
def coach(tmp_path):
    """Run the command line with a configuration directory of its own."""
    return lambda *words: CliRunner().invoke(main, ["--config-dir", str(tmp_path), *words])


@pytest.fixture
def own(tmp_path):
    """An exercise of one's own."""
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises" / "plank.toml").write_text(MINE)


def test_the_list_names_every_exercise_with_its_muscles(coach):
    result = coach("exercise", "list")
    assert result.exit_code == 0
    assert "seated-cable-row              rhomboids, trapezius, latissimus dorsi\n" in result.stdout
    assert len(result.stdout.splitlines()) >= 11


@pytest.mark.usefixtures("own")
def test_the_list_holds_one_s_own(coach):
    listed = json.loads(coach("exercise", "list", "--json").stdout)
    assert listed["schema"] == "voicecoach.exercises/1"
    own = {one["id"]: one["own"] for one in listed["exercises"]}
    assert own["plank"] is True
    assert own["deadlift"] is False


def test_an_exercise_in_json_holds_all_that_is_known_of_it(coach):
    shown = json.loads(coach("exercise", "show", "deadlift", "--json").stdout)
    assert shown["schema"] == "voicecoach.exercise/1"
    exercise = shown["exercise"]
    assert (exercise["id"], exercise["kind"], exercise["first_phase"]) == (
        "deadlift",
        "reps",
        "concentric",
    )
    assert [one["id"] for one in exercise["variations"]] == ["conventional", "sumo", "hex-bar"]
    assert exercise["variations"][2]["implement"] == "hex-bar"
    assert set(exercise) == {
        "id", "name", "plural", "aliases", "kind", "implement", "first_phase", "lower_body",
        "primary", "secondary", "equipment", "cues", "activation", "faults", "cautions",
        "load_advice", "variations", "easier", "harder", "source", "own",
    }  # fmt: skip


def test_an_exercise_is_shown_with_cues_muscles_and_neighbours(coach):
    page = coach("exercise", "show", "chin-up").stdout
    assert page.startswith("Chin-up  (chin-up)\n")
    for line in (
        "works: latissimus dorsi, trapezius",
        "needs: pull-up bar",
        "  Pull until your chin clears the bar.",
        "  Feel your lats draw your elbows to your ribs.",
        "easier: negative-chin-up, lat-pulldown, inverted-row",
        "harder: pull-up",
    ):
        assert line in page.splitlines()


def test_an_exercise_is_shown_by_the_name_people_give_it(coach):
    assert (
        coach("exercise", "show", "Dead lift").stdout
        == coach("exercise", "show", "deadlift").stdout
    )


def test_search_takes_words_and_forgives_a_slip(coach):
    assert coach("exercise", "search", "cable", "row").stdout.split()[0] == "seated-cable-row"
    assert coach("exercise", "search", "deadlfit").stdout.split()[0] == "deadlift"


def test_search_in_json_is_a_list_even_when_empty(coach):
    result = coach("exercise", "search", "zumba", "--json")
    assert (result.exit_code, json.loads(result.stdout)["exercises"]) == (0, [])


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("show", "deadlfit"), "there is no exercise 'deadlfit'; did you mean deadlift?"),
        (("show", "../deadlift"), "there is no exercise '../deadlift'; did you mean deadlift?"),
        (("search", "zumba"), "nothing is called 'zumba'; see `voicecoach exercise list`"),
    ],
)
def test_what_is_unknown_is_one_line_on_stderr(coach, words, line):
    result = coach("exercise", *words)
    assert (result.exit_code, result.stdout) == (22, "")
    assert result.stderr == f"voicecoach: {line}\n"
