"""The settings: which origin wins, what is refused, and what stays in the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.errors import ConfigError
from voicecoach.runtime import config, config_file
from voicecoach.runtime.config import SETTINGS, Origin, setting_called, settings_of
from voicecoach.units import Unit


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings" / "config.toml"


def written(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_the_strongest_origin_that_has_a_value_wins(file: Path) -> None:
    written(file, "rate = 120\n")
    environment = {"VOICECOACH_RATE": "130"}
    cases = [
        ({"rate": 140}, environment, 140, Origin.OPTION),
        ({"rate": None}, environment, 130, Origin.ENVIRONMENT),
        ({}, {"VOICECOACH_RATE": ""}, 120, Origin.FILE),
    ]
    for options, environ, value, origin in cases:
        found = settings_of(file, options, environ)
        assert (found[config.RATE], found.origins["rate"]) == (value, origin)
    none = settings_of(file.with_name("none.toml"), environ={})
    assert (none[config.RATE], none.origins["rate"]) == (165, Origin.DEFAULT)


def test_an_empty_text_leaves_the_choice_to_the_coach(file: Path) -> None:
    found = settings_of(written(file, 'mic = ""\n'), environ={})
    assert found[config.MIC] is None


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('rate = "fast"', "config.toml:1: rate: 'fast' is not a whole number from 110 to 260"),
        ("rate = true", "config.toml:1: rate: True is not a whole number"),
        ("\nrate = 900", "config.toml:2: rate: 900 is not a whole number"),
        ("mic = 3", "config.toml:1: mic: 3 is not a text; put it in quotes"),
        ('unit = "stone"', "config.toml:1: unit: 'stone' is not known; write one of kg, lb"),
        ('recogniser = "moonshin"', "did you mean moonshine?"),
        ("rats = 1", "config.toml:1: rats is not a key that is known here; did you mean rate?"),
        ("rate = = 1", "config.toml:1: not TOML"),
    ],
)
def test_a_slip_is_found_with_its_line_and_keeps_nobody_from_training(
    file: Path, text: str, problem: str
) -> None:
    found = settings_of(written(file, text + "\n"), environ={})
    (finding,) = found.findings
    assert problem in str(finding)
    assert (found[config.RATE], found[config.UNIT]) == (165, Unit.KG)


def test_a_slip_in_the_environment_is_named_by_its_variable(file: Path) -> None:
    found = settings_of(file, environ={"VOICECOACH_UNIT": "stone"})
    assert str(found.findings[0]).startswith("VOICECOACH_UNIT: 'stone' is not known")


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=lambda one: one.name)
def test_every_default_can_be_written_and_read_back(file: Path, setting) -> None:
    config_file.put(file, setting, setting.default)
    found = settings_of(file, environ={})
    assert found.findings == ()
    assert found[setting] == setting.default


def test_the_file_that_nobody_has_touched_sets_nothing(file: Path) -> None:
    found = settings_of(written(file, config_file.blank()), environ={})
    assert found.findings == ()
    assert set(found.origins.values()) == {Origin.DEFAULT}


def test_a_setting_takes_the_place_of_its_comment(file: Path) -> None:
    config_file.put(file, config.RATE, 180)
    text = file.read_text(encoding="utf-8")
    assert "# how fast the coach speaks (110 to 260 words a minute)\nrate = 180\n" in text
    assert text == config_file.blank().replace("# rate = 165", "rate = 180")


def test_what_the_lifter_wrote_beside_a_setting_stays(file: Path) -> None:
    written(file, "# mine\nrate = 120  # slow and clear\n\n[other]  # kept\nx = 1\n")
    config_file.put(file, config.RATE, 150)
    config_file.put(file, config.UNIT, Unit.LB)
    assert file.read_text(encoding="utf-8") == (
        '# mine\nrate = 150  # slow and clear\n\nunit = "lb"\n[other]  # kept\nx = 1\n'
    )
    assert config_file.take_out(file, config.RATE)
    assert not config_file.take_out(file, config.RATE)
    assert settings_of(file, environ={})[config.UNIT] is Unit.LB


@settings(max_examples=25)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=40))
def test_any_name_of_a_device_survives_the_file(tmp_path_factory, name: str) -> None:
    file = tmp_path_factory.mktemp("config") / "config.toml"
    for _ in ("added", "changed"):
        config_file.put(file, config.MIC, name)
        assert settings_of(file, environ={})[config.MIC] == (name or None)


def test_a_file_that_is_no_toml_is_left_alone(file: Path) -> None:
    written(file, "rate = = 1\n")
    with pytest.raises(ConfigError, match=r"config.toml:1: not TOML.*voicecoach config edit"):
        config_file.put(file, config.RATE, 150)
    assert file.read_text(encoding="utf-8") == "rate = = 1\n"


def test_an_unknown_setting_is_told_its_nearest() -> None:
    assert setting_called("Rate") is config.RATE
    with pytest.raises(ConfigError, match="there is no setting 'speeker'; did you mean speaker"):
        setting_called("speeker")
