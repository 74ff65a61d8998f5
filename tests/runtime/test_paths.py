"""Where the coach keeps its things."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import platformdirs
import pytest

from voicecoach.errors import ConfigError
from voicecoach.runtime.paths import Paths, usable


@pytest.fixture
def nowhere(tmp_path: Path) -> Path:
    return tmp_path / "site-packages"


def test_the_system_says_where_things_are_kept(nowhere: Path) -> None:
    paths = Paths.of(environ={}, checkout=nowhere)
    assert paths.data == platformdirs.user_data_path("voicecoach", appauthor=False)
    assert paths.config == platformdirs.user_config_path("voicecoach", appauthor=False)
    assert paths.cache == platformdirs.user_cache_path("voicecoach", appauthor=False)
    assert paths.model_dirs == (paths.data / "models",)
    assert paths.log.parent == paths.data


def test_the_environment_goes_before_the_system(tmp_path: Path) -> None:
    environ = {
        f"VOICECOACH_{name}_DIR": str(tmp_path / name.lower())
        for name in ("DATA", "CONFIG", "CACHE", "MODELS")
    }
    paths = Paths.of(environ=environ)
    assert paths == Paths(
        data=tmp_path / "data",
        config=tmp_path / "config",
        cache=tmp_path / "cache",
        model_dirs=(tmp_path / "models",),
    )


def test_an_option_goes_before_the_environment(tmp_path: Path) -> None:
    environ = {
        f"VOICECOACH_{name}_DIR": "/elsewhere" for name in ("DATA", "CONFIG", "CACHE", "MODELS")
    }
    named = Paths.of(
        data=tmp_path / "d",
        config=tmp_path / "c",
        cache=tmp_path / "k",
        models=tmp_path / "m",
        environ=environ,
    )
    assert (named.data, named.config, named.cache, named.models) == (
        tmp_path / "d",
        tmp_path / "c",
        tmp_path / "k",
        tmp_path / "m",
    )


def test_a_variable_without_a_value_counts_for_nothing(nowhere: Path) -> None:
    assert Paths.of(environ={"VOICECOACH_DATA_DIR": ""}, checkout=nowhere) == Paths.of(
        environ={}, checkout=nowhere
    )


def test_a_named_directory_is_taken_from_where_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    paths = Paths.of(data=Path("here"), environ={"VOICECOACH_CACHE_DIR": "~/there"})
    assert paths.data == tmp_path / "here"
    assert paths.cache == tmp_path / "home" / "there"


def test_models_of_a_checkout_are_found_and_installed_there(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "manifest.toml").touch()
    paths = Paths.of(data=tmp_path / "data", environ={}, checkout=tmp_path)
    assert paths.model_dirs == (tmp_path / "models", tmp_path / "data" / "models")
    assert paths.models == tmp_path / "models"


def test_a_directory_is_made_for_its_owner_only(tmp_path: Path) -> None:
    made = usable(tmp_path / "deep" / "data")
    assert stat.S_IMODE(made.stat().st_mode) == 0o700
    assert usable(made) == made
    assert list(made.iterdir()) == []


def test_a_file_in_the_way_is_named_with_the_remedy(tmp_path: Path) -> None:
    in_the_way = tmp_path / "data"
    in_the_way.touch()
    with pytest.raises(ConfigError) as caught:
        usable(in_the_way)
    assert str(caught.value).startswith(f"{in_the_way}: the directory cannot be used")
    assert "name another" in caught.value.remedy


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere"
)
def test_a_directory_nobody_may_write_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(ConfigError):
        usable(tmp_path)
