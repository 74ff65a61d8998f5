"""What rehearsals share: one cache of rendered speech, and one recogniser."""

from __future__ import annotations

from pathlib import Path

import pytest

from voicecoach.audio.recognisers.choice import choose_recogniser
from voicecoach.runtime.paths import Paths


@pytest.fixture(scope="session")
def speech_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which rendered speech is kept for the whole run."""
    return tmp_path_factory.mktemp("speech")


@pytest.fixture
def paths(tmp_path: Path, speech_cache: Path) -> Paths:
    """Directories of their own for one test, speech aside."""
    return Paths(
        data=tmp_path / "data",
        config=tmp_path / "config",
        cache=speech_cache,
        model_dirs=(tmp_path / "models",),
    )


@pytest.fixture(scope="session")
def moonshine():
    """The bundled recogniser."""
    return choose_recogniser((), "moonshine")
