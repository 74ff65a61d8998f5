"""What others say, play and drop is not for the coach: a session that waits stays as it is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from voicecoach.audio.ports import HEARING_RATE, Clip
from voicecoach.language.decide import Accepted
from voicecoach.runtime import engines
from voicecoach.runtime.bench import bystanders
from voicecoach.runtime.bench.bystanders import (
    MUSIC,
    NOISE,
    TALK,
    Piece,
    clanks,
    in_a_room,
    music,
    sentences,
    spoken,
    talk,
)
from voicecoach.runtime.bench.overhearing import Overhearing, overhear
from voicecoach.runtime.paths import Paths
from voicecoach.session.facts import SetLogged

SECONDS = 6.0


def level_db(sound: np.ndarray) -> float:
    return 20 * float(np.log10(np.sqrt((sound**2).mean())))


def waiting(moment: str, folder: Path, paths: Paths, recogniser, *pieces: Piece) -> Overhearing:
    return overhear(
        moment,
        pieces,
        folder,
        recogniser=recogniser,
        coach_voice=engines.coach_voice(paths),
        athlete_voice=engines.athlete_voice(paths, "en-gb"),
    )


@pytest.mark.parametrize("moment", ["ready?", "working", "reps?", "resting"])
def test_a_coach_that_waits_does_not_take_others_for_its_lifter(
    moment: str, tmp_path: Path, paths: Paths, moonshine
) -> None:
    rng = np.random.default_rng(len(moment))
    said = spoken([engines.athlete_voice(paths, "en-us")], 6, rng)
    heard = waiting(
        moment,
        tmp_path,
        paths,
        moonshine,
        in_a_room(TALK, talk(iter(said), SECONDS, rng), rng),
        in_a_room(NOISE, clanks(SECONDS / 2, rng), rng),
        in_a_room(MUSIC, music(SECONDS / 2, rng), rng),
    )
    assert heard.heard
    assert (heard.accepted, heard.facts, heard.ended) == ((), (), 0)


def test_it_would_be_noticed_if_one_of_them_were_obeyed(
    tmp_path: Path, paths: Paths, moonshine
) -> None:
    """A bare number, said as clearly as the lifter says it: nobody can tell it from theirs."""
    rng = np.random.default_rng(3)
    (number,) = engines.athlete_voice(paths, "en-us").render_all(("eight",))
    piece = in_a_room(TALK, talk(iter([number]), 6.0, rng), rng)
    obeyed = waiting("reps?", tmp_path, paths, moonshine, piece)
    (taken,) = obeyed.accepted
    assert isinstance(taken.decision, Accepted)
    assert (taken.kind, taken.phase) == (TALK, "AskingReps")
    assert [type(fact) for fact in obeyed.facts] == [SetLogged]


def test_everything_that_is_made_up_can_be_said() -> None:
    made = sentences(3 * len(bystanders.SENTENCES), np.random.default_rng(1))
    assert not any(mark in sentence for sentence in made for mark in "{}")
    assert len(set(made)) > len(bystanders.SENTENCES)


def test_talk_goes_on_as_long_as_was_asked_and_no_louder_than_the_lifter() -> None:
    rng = np.random.default_rng(4)
    hum = Clip((9000 * np.sin(np.arange(HEARING_RATE) / 9)).astype(np.int16), HEARING_RATE)
    sound = talk(iter([hum] * 20), 20.0, rng)
    assert len(sound) == 20 * HEARING_RATE
    loud = sound[np.abs(sound) > 0.001]
    assert -40 < level_db(loud) <= -25
    assert 4 < len(loud) / HEARING_RATE < 19  # with pauses between


@pytest.mark.parametrize("made", [music, clanks])
def test_music_and_noise_lie_ten_decibels_under_the_lifter(made) -> None:
    sound = made(5.0, np.random.default_rng(5))
    assert len(sound) == 5 * HEARING_RATE
    assert level_db(sound) == pytest.approx(-36, abs=0.1)
