"""`voicecoach strength` and `voicecoach equipment`, as they are typed."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from voicecoach.cli.equipment import equipment
from voicecoach.cli.strength import strength
from voicecoach.errors import ConfigError, UnitError
from voicecoach.runtime.paths import Paths


def typed(paths: Paths, *words: str) -> Result:
    group = equipment if words[0] == "equipment" else strength
    return CliRunner().invoke(group, [*words[1:]], obj=paths)


def lines(result: Result) -> list[str]:
    assert result.exit_code == 0, result.output
    return [" ".join(line.split()) for line in result.stdout.splitlines()]


def test_every_formula_gives_its_maximum_in_the_unit_that_was_typed(paths: Paths) -> None:
    shown = lines(typed(paths, "strength", "e1rm", "225lb", "5"))
    assert shown[0] == "5 x 225lb show a one-rep maximum of about"
    assert {"Epley 262.5lb", "Brzycki 253.1lb", "Mayhew 267.8lb", "Lander 255.8lb"} < set(shown)
    assert "226.5lb x 5 86.3 %" in shown


def test_exertion_tells_more_than_reps_alone(paths: Paths) -> None:
    answer = json.loads(
        typed(paths, "strength", "e1rm", "100kg", "5", "--rpe", "8", "--json").stdout
    )
    assert answer["schema"] == "voicecoach.e1rm/1"
    assert answer["by_rpe_kg"] == 123.305
    assert answer["by_formula_kg"]["epley"] == 116.667
    assert answer["rep_maxes"][6] == {"reps": 7, "share": 0.811, "load_kg": 100.0}


@pytest.mark.parametrize(
    "words",
    [("-100", "5"), ("100kg", "0"), ("heavy", "5"), ("100kg", "5", "--rpe", "11"),
     ("100kg", "5", "--rpe", "hard"), ("2000kg", "5")],
)  # fmt: skip
def test_what_cannot_be_reckoned_with_is_a_mistake_of_usage(
    paths: Paths, words: tuple[str, ...]
) -> None:
    assert typed(paths, "strength", "e1rm", *words).exit_code == 2


def test_plates_are_told_for_each_side_with_the_fewest_changes(paths: Paths) -> None:
    assert lines(typed(paths, "strength", "plates", "20kg", "60kg", "80kg")) == [
        "20kg the bar alone",
        "60kg 20 each side",
        "80kg 20 + 10 each side",
    ]


def test_a_load_that_cannot_be_made_is_refused_or_the_nearest_taken(paths: Paths) -> None:
    result = typed(paths, "strength", "plates", "101kg")
    assert isinstance(result.exception, UnitError)
    assert lines(typed(paths, "strength", "plates", "101kg", "--nearest")) == [
        "100kg 25 + 15 each side"
    ]


def test_a_warm_up_is_made_of_what_the_lifter_owns(paths: Paths) -> None:
    typed(paths, "equipment", "set", "bar", "15", "--unit", "kg")
    typed(paths, "equipment", "set", "plates", "2x20", "10", "5", "2.5", "1.25")
    assert lines(typed(paths, "strength", "warmup", "90kg")) == [
        "10 x 15kg the bar alone",
        "5 x 35kg 10 each side",
        "3 x 55kg 20 each side",
        "2 x 70kg 20 + 5 + 2.5 each side",
        "then 90kg 20 + 5 + 2.5 + 10 each side",
    ]
    answer = json.loads(typed(paths, "strength", "warmup", "90kg", "--json").stdout)
    assert answer["sets"][1] == {"load_kg": 35.0, "reps": 5, "side": [10.0]}


def test_a_light_dumbbell_needs_no_warm_up(paths: Paths) -> None:
    shown = lines(typed(paths, "strength", "warmup", "10kg", "--implement", "dumbbell"))
    assert shown == ["10kg is light enough to begin with."]


def test_what_is_owned_is_shown_until_it_is_as_usual_again(paths: Paths) -> None:
    assert lines(typed(paths, "equipment", "show"))[0] == "Loads in kg, the usual, until you say:"
    typed(paths, "equipment", "set", "bar", "35", "--unit", "lb")
    typed(paths, "equipment", "set", "at-hand", "barbell", "pull-up bar")
    shown = lines(typed(paths, "equipment", "show"))
    assert "bar 35" in shown
    assert "plates 9 x 45, 35, 25, 2 x 10, 5, 2.5 (pairs)" in shown
    assert shown[-1] == "At hand: barbell, pull-up bar"
    typed(paths, "equipment", "unset", "bar")
    answer = json.loads(typed(paths, "equipment", "show", "--json").stdout)
    assert answer["schema"] == "voicecoach.equipment/1"
    assert (answer["equipment"]["weights"]["unit"], answer["equipment"]["weights"]["bar"]) == (
        "lb",
        45.0,
    )


def test_a_weight_without_a_unit_is_not_guessed(paths: Paths) -> None:
    result = typed(paths, "equipment", "set", "bar", "20")
    assert isinstance(result.exception, ConfigError)
    assert not paths.equipment.exists()
    assert typed(paths, "equipment", "set", "bar", "20", "25").exit_code == 2


def test_a_load_without_its_unit_is_of_the_unit_that_is_set(paths: Paths) -> None:
    assert typed(paths, "strength", "plates", "60").stdout == "    60kg  20 each side\n"
    paths.settings.parent.mkdir(parents=True, exist_ok=True)
    paths.settings.write_text('unit = "lb"\n', encoding="utf-8")
    assert typed(paths, "strength", "plates", "135").stdout == "   135lb  45 each side\n"
