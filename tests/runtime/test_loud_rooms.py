"""A workout in a loud room: music 10 dB under the lifter, and the coach leaking, real engines."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from voicecoach.audio.ports import HEARING_RATE
from voicecoach.audio.wavfile import WavWriter
from voicecoach.runtime import engines
from voicecoach.runtime.bench.bystanders import music
from voicecoach.runtime.paths import Paths
from voicecoach.runtime.rehearsal import as_json, rehearse
from voicecoach.runtime.scenario import Line, Noise, Scenario

ROUTINE = """
name = "Loud"

[[workout]]
name = "A"

[[workout.block]]
exercise = "deadlift"
sets = 2
reps = "4-6"
load = "100kg"
rest = "5s"
"""

SAYS = (
    Line(when="injury?", text="no"),
    Line(when="ready?", text="ready"),
    Line(when="working", after_ms=1500, text="done"),
    Line(when="reps?", text="five"),
    Line(when="resting", number=1, text="no, six"),
)


@pytest.fixture(scope="module")
def gym(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Half a minute of music, in a file."""
    file = tmp_path_factory.mktemp("gym") / "music.wav"
    sound = music(30.0, np.random.default_rng(20260105))
    with WavWriter(file, HEARING_RATE) as wav:
        wav.write(np.clip(np.rint(sound * 32767), -32768, 32767).astype(np.int16))
    return file


@pytest.mark.parametrize(
    ("voice", "snr_db", "echo_db"),
    [
        ("en-us", 10.0, None),
        ("en-gb", None, -20.0),
        ("en-gb", 10.0, -20.0),
        ("en-us", 10.0, -20.0),
    ],
)
def test_every_set_is_logged_as_it_was_said(
    tmp_path: Path,
    paths: Paths,
    moonshine,
    gym: Path,
    voice: str,
    snr_db: float | None,
    echo_db: float | None,
) -> None:
    (tmp_path / "loud.toml").write_text(ROUTINE, encoding="utf-8")
    quiet = Scenario(file=tmp_path / "scenario.toml", routine="loud.toml", says=SAYS)
    rehearsal = rehearse(
        replace(quiet, noise=Noise(gym, snr_db) if snr_db else None, echo_db=echo_db),
        paths,
        recogniser=moonshine,
        coach_voice=engines.coach_voice(paths),
        athlete_voice=engines.athlete_voice(paths, voice),
    )
    sets = [(one["set"], one["reps"], one["load_kg"]) for one in as_json(rehearsal)["sets"]]
    assert sets == [(1, 6, 100.0), (2, 5, 100.0)]
    assert rehearsal.state.position is None
