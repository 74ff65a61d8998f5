"""An exercise read out: all that a lifter should hear of it, in a sensible order."""

from __future__ import annotations

from voicecoach.library.exercises import Library
from voicecoach.session.describing import description
from voicecoach.training.exercise import Exercise
from voicecoach.units import Unit


def sentences(exercise: Exercise) -> list[str]:
    muscles = Library().muscles
    primary = [muscles[one].name for one in exercise.primary]
    secondary = [muscles[one].name for one in exercise.secondary]
    return [p.text(Unit.KG) for p in description(exercise, primary, secondary)]


def test_name_muscles_cues_and_cautions_are_read_in_this_order() -> None:
    deadlift = Library().exercise("deadlift")
    said = sentences(deadlift)
    assert said[:2] == ["Deadlift.", "It works the trapezius, latissimus dorsi and erector spinae."]
    assert said[2].startswith("It also works the gluteus maximus, ")
    assert said.index("Push the floor away, and keep the bar against your legs.") > 2
    assert said[-1 - len(deadlift.cautions) :] == ["Take care.", *deadlift.cautions]


def test_an_exercise_of_which_little_is_known_is_named() -> None:
    assert sentences(Exercise(id="towel-row", name="towel row")) == ["Towel row."]


def test_every_exercise_of_the_library_can_be_read_out() -> None:
    for exercise in Library():
        for sentence in sentences(exercise):
            assert sentence.endswith((".", "!", "?")), (exercise.id, sentence)
            assert "{" not in sentence
