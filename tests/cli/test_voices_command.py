"""`voicecoach voices`, on an engine with three voices, and on the real one."""

from __future__ import annotations

import importlib.util
import json
import shutil
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from voicecoach.audio.wavfile import read_clip
from voicecoach.cli.main import main

ENGINE = """
class Voice:
    def __init__(self, id, name, languages):
        self.id, self.name, self.languages = id, name, languages

class Engine:
    def connect(self, *_): pass
    def getProperty(self, _): return VOICES

VOICES = [
    Voice("gmw/en-us", "English (America)", ["en-us"]),
    Voice("gmw/en", "English (Great Britain)", ["en_GB"]),
    Voice("roa/eo", "Esperanto", ["eo"]),
]

def init(driver): return Engine()
"""

PLATFORM = "def default_engine_by_sys_platform(): return 'three voices'"


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An engine of our own in the place of the system's, as the child process finds it."""
    path = tmp_path / "pyttsx3" / "__init__.py"
    path.parent.mkdir()
    path.write_text(ENGINE, encoding="utf-8")
    path.with_name("engine.py").write_text(PLATFORM, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setitem(sys.modules, "hibari", None)  # as where it is not installed
    return path


def voices(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["voices", *arguments])


def listed(*arguments: str) -> list[str]:
    result = voices(*arguments, "--json")
    assert result.exit_code == 0, result.output
    answer = json.loads(result.stdout)
    assert answer["schema"] == "voicecoach.voices/1"
    return [voice["id"] for voice in answer["voices"]]


@pytest.mark.usefixtures("engine")
def test_each_voice_is_listed_with_its_id_name_and_language() -> None:
    shown = voices("--all").stdout.splitlines()
    assert any(
        "gmw/en-us" in line and "English (America)" in line and "en-us" in line for line in shown
    )
    assert sum(line.endswith("  eo") for line in shown) == 1


@pytest.mark.usefixtures("engine")
def test_voices_of_other_languages_are_counted_and_not_listed() -> None:
    shown = voices().stdout
    assert "English (Great Britain)" in shown
    assert "Esperanto" not in shown
    assert shown.endswith("1 voice of other languages: --all lists them too.\n")
    assert "other languages" not in voices("--language", "eo").stdout


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize(
    ("language", "ids"),
    [
        ("en", ["gmw/en-us", "gmw/en"]),
        ("EN-gb", ["gmw/en"]),
        ("en_US", ["gmw/en-us"]),
        ("e", []),
        ("eo", ["roa/eo"]),
    ],
)
def test_a_language_is_asked_for_with_or_without_its_country(language: str, ids: list[str]) -> None:
    assert listed("--language", language) == ids


@pytest.mark.usefixtures("engine")
def test_a_language_that_nobody_speaks_is_named() -> None:
    result = voices("--language", "tlh")
    assert result.exit_code == 0
    assert result.stdout == "The system has no voice that speaks 'tlh'.\n"


@pytest.mark.usefixtures("engine")
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system chooses")
def test_the_voice_that_is_taken_unasked_is_marked() -> None:
    marked = [line for line in voices().stdout.splitlines() if line.startswith("* ")]
    assert "English (America)" in marked[0]
    assert "voicecoach start --voice" in marked[1]
    assert len(marked) == 2


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("name", ["eo", "Esperanto"])
def test_the_voice_that_is_set_is_marked(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOICECOACH_VOICE", name)
    marked = [line for line in voices().stdout.splitlines() if line.startswith("* ")]
    assert "roa/eo" in marked[0]


def test_an_engine_that_is_not_there_is_one_line_and_its_exit_code(engine: Path) -> None:
    engine.write_text("def init(driver): raise OSError('libespeak-ng.so.1: no such file')", "utf-8")
    result = voices()
    assert result.exit_code == 27
    assert not result.stdout
    assert "cannot be started: libespeak-ng.so.1: no such file" in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="needs: apt-get install espeak-ng")
def test_the_voices_of_this_system_are_listed() -> None:
    assert {"gmw/en", "gmw/en-us"} <= set(listed("--language", "en"))
    assert len(listed()) > len(listed("--language", "en"))


needs_natural = pytest.mark.skipif(
    importlib.util.find_spec("hibari") is None, reason="needs: pip install voicecoach[natural]"
)


@needs_natural
def test_the_natural_voice_comes_first_and_is_taken_unasked(engine: Path, monkeypatch) -> None:
    monkeypatch.delitem(sys.modules, "hibari")
    answer = json.loads(voices("--json").stdout)
    first = answer["voices"][0]
    assert (first["id"], first["engine"], first["default"]) == ("heart", "natural", True)
    assert sum(voice["default"] for voice in answer["voices"]) == 1
    engine.write_text("def init(driver): raise OSError('no such file')", "utf-8")
    alone = voices("--json")
    assert [voice["id"] for voice in json.loads(alone.stdout)["voices"]] == ["heart"]
    assert "cannot be started" in alone.stderr


@needs_natural
def test_a_voice_can_be_heard_before_it_is_chosen(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("calm.wav", "quick.wav")]
    for file, rate in zip(files, ("120", "240"), strict=True):
        words = ["say", "Say", "ready.", "--voice", "natural", "--rate", rate, "--out", str(file)]
        said = CliRunner().invoke(main, ["--cache-dir", str(tmp_path), "voices", *words])
        assert said.exit_code == 0, said.output
    calm, quick = map(read_clip, files)
    assert calm.ms > 1.4 * quick.ms


def test_a_voice_that_is_not_there_is_one_line_and_its_exit_code(tmp_path: Path) -> None:
    out = str(tmp_path / "out.wav")
    said = voices("say", "hello", "--voice", "nonesuch", "--out", out)
    assert said.exit_code == 27
    assert "there is no voice called 'nonesuch'" in said.stderr
    assert not Path(out).exists()
