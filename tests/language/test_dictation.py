"""Free speech: notes, and names that nobody foresaw."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.language.dictation import LONGEST_NOTE, note_in, plain_note, told_in
from voicecoach.language.likeness import closest, likeness, sound_of
from voicecoach.training.told import Told
from voicecoach.units import Load, Unit


@pytest.mark.parametrize(
    ("text", "noted"),
    [
        ("note: left shoulder tight", "left shoulder tight"),
        ("Note, left shoulder tight.", "left shoulder tight"),
        ("Notes left shoulder tight,", "left shoulder tight"),
        ("take a note: 3 sets felt easy!", "3 sets felt easy!"),
        ("note\tone\n line", "one line"),
        ("notable progress", None),
        ("a good note", None),
        ("note", None),
        ("", None),
    ],
)
def test_what_follows_the_word_is_the_note(text: str, noted: str | None) -> None:
    assert note_in(text) == noted


@given(st.text())
def test_a_note_is_one_line_and_not_endless(text: str) -> None:
    noted = plain_note(text)
    assert len(noted) <= LONGEST_NOTE
    assert "\n" not in noted
    assert noted.isprintable()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("larsen press eight reps at sixty", ("larsen press", (8,), Load.kg(60))),
        ("Larsen press, three sets of eight.", ("larsen press", (8, 8, 8), None)),
        ("Larsen press, 8 reps at 60 kilos.", ("Larsen press", (8,), Load.kg(60))),
        ("pinch block thirty seconds", ("pinch block", (30,), None)),
        ("one arm shrug, ten reps", ("one arm shrug", (10,), None)),
        ("larsen press 5 @ 80kg rpe 11", None),
        ("larsen press 5x5 80 kg", None),
        ("hollow rock 1:30", None),
        ("can I have a coffee with milk", None),
        ("eight reps", None),
        ("", None),
    ],
)
def test_sets_of_an_unknown_exercise_are_told_apart_from_talk(text: str, told) -> None:
    found = told_in(text, Unit.KG)
    if told is None:
        assert found is None
    else:
        assert isinstance(found, Told)
        assert (found.exercise, found.amounts, found.load) == told


NAMES = ("bench press", "leg press", "deadlift", "skull crushers", "lat pulldown", "hip thrust")


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("ben's press", "bench press"),
        ("benchpres", "bench press"),
        ("dead left", "deadlift"),
        ("skull crashers", "skull crushers"),
        ("lat pull town", "lat pulldown"),
        ("hip trust", "hip thrust"),
        ("coffee", None),
        ("", None),
    ],
)
def test_the_nearest_name_by_spelling_or_sound_is_guessed(heard: str, meant: str | None) -> None:
    assert closest(heard, NAMES) == meant


def test_letters_that_sound_alike_count_alike() -> None:
    assert sound_of("press") == sound_of("bress")
    assert likeness("squat", "skwat") > likeness("squat", "squad row")
