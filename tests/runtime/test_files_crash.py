"""Killed before any change of a file, what the lifter has is whole: the old or the new."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from voicecoach.library.exercises import Library
from voicecoach.library.routines import Routines
from voicecoach.library.shelf import RoutineShelf
from voicecoach.runtime.enrolment.profile_file import named_profile
from voicecoach.runtime.models import Soundness, all_installed_models, verify
from voicecoach.training.prescription import RepTarget

CHILD = Path(__file__).with_name("mortal_files.py")

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot fork")


def reps_of(place: Path, routine: str) -> int:
    (workout,) = Routines(Library(), place / "routines").load(routine).workouts
    (block,) = workout.blocks
    assert isinstance(block.reps, RepTarget)
    return block.reps.low


def edited(place: Path) -> object:
    return reps_of(place, "mine")


def copied(place: Path) -> object:
    names = {file.id for file in Routines(Library(), place / "routines").files() if file.own}
    assert names <= {"mine", "other"}
    return {reps_of(place, name) for name in names} == {5} and "other" in names


def used(place: Path) -> object:
    return RoutineShelf(Library(), place / "routines").in_use()


def configured(place: Path) -> object:
    return tomllib.loads((place / "config.toml").read_text(encoding="utf-8"))["rate"]


def fitted(place: Path) -> object:
    return named_profile(place / "voice.toml").voice.lean


def installed(place: Path) -> object:
    (model,) = all_installed_models([place / "models"])
    assert verify(model).soundness is Soundness.WHOLE
    return (model.path / "am" / "final.mdl").stat().st_size


@pytest.mark.parametrize(
    ("work", "found", "before", "after"),
    [
        ("edit", edited, 5, 6),
        ("copy", copied, False, True),
        ("use", used, None, "mine"),
        ("config", configured, 150, 170),
        ("voice", fitted, 0.25, 0.5),
        ("model", installed, 1000, 2000),
    ],
)
def test_whatever_is_written_is_there_whole_or_as_it_was(
    tmp_path: Path, work: str, found: Callable[[Path], object], before: object, after: object
) -> None:
    died = subprocess.run(
        [sys.executable, CHILD, work, tmp_path], check=True, capture_output=True, timeout=240
    )
    places = sorted(tmp_path.iterdir())
    assert len(places) == int(died.stdout) + 1
    states = [found(place) for place in places]
    assert len(places) > 2
    assert set(states) == {before, after}
    assert states == sorted(states, key=lambda state: state == after), "the old, then the new"
    assert (states[0], states[-1]) == (before, after)
