"""Every built-in routine is rehearsed to its end by an athlete who does as told.

The driver, the stage, the mixer, voice activity and the log are the real
ones; so is the athlete's voice. Only the coach's voice hums, and the
recogniser knows the sounds instead of decoding them: scripts/rehearse_all does
the same with both, for every day of every routine.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from voicecoach.audio.ports import Clip, Hypothesis, Pcm, Voice
from voicecoach.language.grammar import Grammar
from voicecoach.library.exercises import Library
from voicecoach.library.routines import Routines
from voicecoach.runtime import engines
from voicecoach.runtime.athlete import at_speech_level
from voicecoach.runtime.paths import Paths
from voicecoach.runtime.rehearsal import rehearse
from voicecoach.runtime.rehearsal_stage import RATE
from voicecoach.runtime.scenario import Scenario
from voicecoach.training.order import places

ROUTINES = Routines(Library())


class HummingCoach:
    """A coach's voice that hums a tenth of a second a word: nobody listens to it here."""

    name = "humming"

    def render(self, text: str) -> Clip:
        return Clip(np.full(RATE // 10 * len(text.split()), 1000, np.int16), RATE)

    def render_all(self, texts: Sequence[str]) -> tuple[Clip, ...]:
        return tuple(self.render(text) for text in texts)


class Ear:
    """Knows everything that a voice has said by its sound."""

    name = description = "recited"

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self._known: dict[str, Pcm] = {}
        self._heard: list[Pcm] = []

    # A voice that is listened to

    def render(self, text: str) -> Clip:
        return self.render_all((text,))[0]

    def render_all(self, texts: Sequence[str]) -> tuple[Clip, ...]:
        clips = self._voice.render_all(texts)
        for text, clip in zip(texts, clips, strict=True):
            self._known[text] = at_speech_level(clip).pcm
        return clips

    # A recogniser of what it said

    def begin(self, grammar: Grammar) -> None:
        self._heard = []

    def feed(self, pcm: Pcm) -> None:
        self._heard.append(pcm)

    def finish(self) -> tuple[Hypothesis, ...]:
        heard = np.concatenate(self._heard)
        said = [text for text, pcm in self._known.items() if _holds(heard, pcm)]
        return tuple(Hypothesis(tuple(text.split()), 0.0, confidence=1.0) for text in said)


def _holds(heard: Pcm, known: Pcm) -> bool:
    """Tell whether the middle of a known sound is in what was heard, sample by sample."""
    middle = known[len(known) // 2 :][:64]
    begins = np.flatnonzero(heard[: -len(middle)] == middle[0])
    return any(np.array_equal(heard[at : at + len(middle)], middle) for at in begins)


@pytest.fixture(scope="module")
def ear(speech_cache: Path) -> Ear:
    paths = Paths(data=speech_cache, config=speech_cache, cache=speech_cache, model_dirs=())
    return Ear(engines.athlete_voice(paths, "en-gb"))


@pytest.mark.parametrize("routine", [file.id for file in ROUTINES.files()])
def test_a_built_in_routine_is_rehearsed_to_its_end(tmp_path: Path, ear: Ear, routine: str) -> None:
    paths = Paths(data=tmp_path, config=tmp_path, cache=tmp_path, model_dirs=())
    rehearsal = rehearse(
        Scenario(file=tmp_path / "scenario.toml", routine=routine),
        paths,
        recogniser=ear,
        coach_voice=lambda _: HummingCoach(),
        athlete_voice=ear,
    )
    plan = rehearsal.state.plan
    assert rehearsal.state.position is None
    assert [logged.place for logged in rehearsal.state.standing] == list(places(plan))
    assert len(rehearsal.sets) == len(rehearsal.state.standing)
    assert all(one.reps or one.hold_s for one in rehearsal.sets)
