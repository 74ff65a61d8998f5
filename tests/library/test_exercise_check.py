"""What is wrong with exercises of one's own, each by itself and all together."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from voicecoach.cli.main import main
from voicecoach.library.exercise_check import check_exercises
from voicecoach.library.exercises import Library


def check(directory: Path, **files: str) -> list[str]:
    """Write exercises, and return what is found in them, without the directory."""
    for name, text in files.items():
        exercise_id = name.replace("_", "-")
        head = f'id = "{exercise_id}"\nname = "{exercise_id}"\n'
        (directory / f"{exercise_id}.toml").write_text(head + text, encoding="utf-8")
    found = check_exercises(Library(directory))
    return [str(one).removeprefix(f"{directory}/") for one in found]


def test_the_built_in_exercises_have_no_mistake() -> None:
    assert check_exercises(Library()) == ()


def test_good_exercises_pass(tmp_path: Path) -> None:
    assert (
        check(tmp_path, sled='[cues]\nexecute = ["Push hard."]\n', drag='easier = ["sled"]') == []
    )


def test_each_mistake_of_each_file_is_found(tmp_path: Path) -> None:
    found = check(tmp_path, sled='kind = "rep"\ncolour = 1\n', drag='primary = ["rhomboid"]\n')
    assert [one.partition(";")[0] for one in found] == [
        "drag.toml:3: 'rhomboid' is no muscle",
        "sled.toml:3: kind = 'rep' is not known",
        "sled.toml:4: colour is not a key that is known here",
    ]
    assert "did you mean rhomboids?" in found[0]


def test_a_cue_that_cannot_be_said_is_found(tmp_path: Path) -> None:
    (found,) = check(tmp_path, sled='[cues]\nexecute = ["Push.", "Pull 5x!"]\n')
    assert found.startswith("sled.toml:4: the cue 'Pull 5x!' is not a sentence of plain words")


def test_a_name_that_cannot_be_said_is_found(tmp_path: Path) -> None:
    (found,) = check(tmp_path, sled='aliases = ["sled push", "sled/push"]')
    assert found.startswith("sled.toml:3: the name 'sled/push' is not a name of plain words")


def test_a_name_that_two_exercises_answer_to_is_found_once(tmp_path: Path) -> None:
    assert check(tmp_path, sled='aliases = ["bench"]', drag='aliases = ["sled"]') == [
        "drag.toml:3: 'sled' is also a name of sled; call one of them otherwise",
        "sled.toml:3: 'bench' is also a name of bench-press; call one of them otherwise",
    ]


@pytest.mark.parametrize("pull", ['harder = ["drag"]', 'easier = ["sled"]\nharder = ["drag"]'])
def test_a_ladder_that_leads_back_to_its_foot_is_found_once(tmp_path: Path, pull: str) -> None:
    (found,) = check(tmp_path, drag='harder = ["sled"]', sled='harder = ["pull"]', pull=pull)
    assert found.startswith(
        "drag.toml:3: the ladder leads back to its foot: drag, sled, pull, drag; take one"
    )


def test_an_exercise_harder_than_itself_is_found(tmp_path: Path) -> None:
    (found,) = check(tmp_path, sled='harder = ["sled"]')
    assert "sled, sled" in found


def test_the_command_prints_them_all_and_has_their_exit_code(tmp_path: Path) -> None:
    (tmp_path / "exercises").mkdir()
    base = ["--config-dir", str(tmp_path), "exercise", "check"]
    assert CliRunner().invoke(main, base).stdout == "no mistakes\n"
    check(tmp_path / "exercises", sled='kind = "rep"\ncolour = 1\n')
    refused = CliRunner().invoke(main, base)
    assert refused.exit_code == 22
    assert len(refused.stderr.splitlines()) == 3
    assert refused.stderr.splitlines()[-1].endswith("2 mistakes; mend them and check again")
    in_json = CliRunner().invoke(main, [*base, "--json"])
    checked = json.loads(in_json.stdout)
    assert (in_json.exit_code, checked["schema"]) == (22, "voicecoach.exercise-check/1")
    assert [(one["line"], one["key"]) for one in checked["findings"]] == [
        (3, "kind"),
        (4, "colour"),
    ]
    check(tmp_path / "exercises", sled="colour = 1\n")
    last = CliRunner().invoke(main, base).stderr.splitlines()[-1]
    assert last.endswith("1 mistake; mend it and check again")


def test_an_exercise_with_a_mistake_does_not_hide_the_others(tmp_path: Path) -> None:
    (tmp_path / "exercises").mkdir()
    check(tmp_path / "exercises", sled='kind = "rep"\n', drag='aliases = ["hauling"]\n')
    base = ["--config-dir", str(tmp_path), "exercise"]
    for words in (["list"], ["search", "hauling"]):
        printed = CliRunner().invoke(main, [*base, *words])
        assert printed.exit_code == 0
        assert "drag" in printed.stdout
        assert printed.stderr.startswith(f"left out: {tmp_path / 'exercises' / 'sled.toml'}:3: ")
        assert len(printed.stderr.splitlines()) == 1
    taken = CliRunner().invoke(main, [*base, "add", "sled", "--cue", "Push with short steps."])
    assert taken.exit_code
    assert "is there already" in taken.stderr
