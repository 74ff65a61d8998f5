"""`voicecoach config`, typed."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from voicecoach.cli.main import main
from voicecoach.runtime.config import SETTINGS

Coach = Callable[..., Result]


@pytest.fixture
def coach(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Coach:
    """Run the command line with a configuration and a home of its own."""
    monkeypatch.setenv("HOME", str(tmp_path))
    for setting in SETTINGS.values():
        monkeypatch.delenv(setting.variable, raising=False)
    base = ["--config-dir", str(tmp_path / "config"), "--data-dir", str(tmp_path / "data")]
    return lambda *words, answers="": CliRunner().invoke(main, [*base, *words], input=answers)


def test_what_is_set_is_what_is_got_and_taken_back(coach: Coach) -> None:
    assert coach("config", "get", "volume").stdout == "0\n"
    assert coach("config", "set", "volume", "-6").stdout == "volume is -6\n"
    assert coach("config", "get", "volume").stdout == "-6\n"
    assert coach("config", "unset", "volume").stdout == "volume is 0\n"
    assert coach("config", "get", "volume").stdout == "0\n"
    assert coach("config", "get", "mic").stdout == "\n"


def test_the_list_tells_each_value_and_where_it_comes_from(
    coach: Coach, monkeypatch: pytest.MonkeyPatch
) -> None:
    coach("config", "set", "speaker", "airpods")
    monkeypatch.setenv("VOICECOACH_RATE", "150")
    answer = json.loads(coach("config", "list", "--json").stdout)
    assert answer["schema"] == "voicecoach.config/1"
    rows = {row["name"]: (row["value"], row["origin"]) for row in answer["settings"]}
    assert rows["speaker"] == ("airpods", "file")
    assert rows["rate"] == (150, "environment")
    assert rows["unit"] == ("kg", "default")
    listed = coach("config", "list").stdout
    assert "airpods" in listed
    assert "(file)" in listed


def test_a_wrong_value_is_one_line_and_changes_nothing(coach: Coach, tmp_path: Path) -> None:
    refused = coach("config", "set", "rate", "fast")
    assert refused.exit_code == 29
    assert refused.stderr == (
        "voicecoach: rate: 'fast' is not a whole number from 110 to 260; "
        "write a number from 110 to 260\n"
    )
    assert not (tmp_path / "config").exists()
    assert coach("config", "get", "rats").exit_code == 29


def test_a_variable_that_wins_over_the_file_is_pointed_out(
    coach: Coach, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VOICECOACH_RATE", "150")
    assert "VOICECOACH_RATE is set too, and wins" in coach("config", "set", "rate", "170").stderr


def test_a_slip_in_the_file_is_told_and_training_goes_on(coach: Coach, tmp_path: Path) -> None:
    file = tmp_path / "config" / "config.toml"
    file.parent.mkdir()
    file.write_text('rate = "fast"\nunit = "lb"\n', encoding="utf-8")
    made = coach("routine", "new", "mine", "--block", "squat 3x5")
    assert made.exit_code == 0, made.output
    assert f"{file}:1: rate: 'fast' is not a whole number" in made.stderr
    assert 'unit = "lb"' in coach("routine", "export", "mine").stdout


def test_an_edit_with_a_mistake_is_not_kept(
    coach: Coach, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "editor.py"
    monkeypatch.setenv("VISUAL", f"{shlex.quote(sys.executable)} {script}")
    write = "import sys, pathlib; pathlib.Path(sys.argv[1]).write_text({!r})"
    script.write_text(write.format("rate = 500\n"))
    refused = coach("config", "edit", answers="n\n")
    assert refused.exit_code == 29
    assert "config.toml:1: rate: 500 is not a whole number" in refused.stderr
    assert not (tmp_path / "config" / "config.toml").exists()
    script.write_text(write.format("# mine\nrate = 200\n"))
    assert coach("config", "edit").exit_code == 0
    assert coach("config", "get", "rate").stdout == "200\n"
    assert coach("config", "edit").stdout == "The settings are unchanged.\n"
    path = coach("config", "path").stdout.strip()
    assert Path(path).read_text(encoding="utf-8") == "# mine\nrate = 200\n"


def completed(*words: str, folder: Path) -> list[str]:
    """What bash is offered for the last of `words`, through the script that is installed."""
    script = CliRunner().invoke(main, ["config", "completion", "bash", "--print"]).stdout
    program = folder / "voicecoach"
    run = "from voicecoach.cli.main import run; run()"
    program.write_text(f"#!/bin/sh\nexec {shlex.quote(sys.executable)} -c '{run}' \"$@\"\n")
    program.chmod(0o755)
    line = " ".join(map(shlex.quote, ("voicecoach", *words)))
    typed = "\n".join(
        (
            f"PATH={shlex.quote(str(folder))}:$PATH",
            script,
            f"COMP_WORDS=({line}) COMP_CWORD={len(words)}",
            "_voicecoach_completion voicecoach",
            'printf "%s\\n" "${COMPREPLY[@]}"',
        )
    )
    done = subprocess.run(
        ["bash", "--norc", "-c", typed], capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout.split()


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("rou",), ["routine"]),
        (("start", "full-ba"), ["full-back"]),
        (("exercise", "show", "dead"), ["dead-bug", "dead-hang", "deadlift"]),
        (("config", "set", "recogniser", "mo"), ["moonshine"]),
        (("start", "--recogniser", "v"), ["vosk", "vosk+moonshine", "vosk+pocketsphinx"]),
    ],
    ids=" ".join,
)
def test_a_shell_completes_what_is_typed(
    words: tuple[str, ...], offered: list[str], tmp_path: Path
) -> None:
    assert completed(*words, folder=tmp_path) == offered


def test_completion_is_installed_once(
    coach: Coach, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".bashrc").write_text("alias ll='ls -l'")
    monkeypatch.setenv("SHELL", "/bin/bash")
    for _ in ("first", "second"):
        assert coach("config", "completion").exit_code == 0
    script = tmp_path / "config" / "completion.bash"
    assert (tmp_path / ".bashrc").read_text() == (
        f'alias ll=\'ls -l\'\n\n# completion of voicecoach\n[ -f "{script}" ] && . "{script}"\n'
    )
    assert "_VOICECOACH_COMPLETE=bash_complete" in script.read_text()


def test_a_shell_that_is_not_known_is_asked_for(
    coach: Coach, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHELL", "/bin/tcsh")
    refused = coach("config", "completion")
    assert refused.exit_code == 29
    assert "the shell tcsh is not known; name one of bash, zsh, fish" in refused.stderr
