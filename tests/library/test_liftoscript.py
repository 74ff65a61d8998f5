"""Liftosaur's programs, read as far as a routine can say the same."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.library.exercises import Library
from voicecoach.library.liftoscript import Program, read_liftoscript
from voicecoach.training.prescription import ProgressRule, RepTarget
from voicecoach.training.routine import Block, FixedLoad, PercentLoad, RpeLoad
from voicecoach.units import Load, Rpe, Unit

LIBRARY = Library()


def read(text: str) -> Program:
    return read_liftoscript(text, LIBRARY)


def only(text: str) -> Block:
    program = read(f"## Day 1\n{text}\n")
    ((_, (block,)),) = program.workouts
    return block


def test_days_become_workouts_of_blocks() -> None:
    program = read(
        "# Week 1\n## Push\nBench Press, Barbell / 3x5 / 60kg 120s\n"
        "// a remark\n## Legs\nSquat / 5x5 100kg\nLeg Press / 3x8-12\n"
    )
    assert [(name, [one.exercise for one in blocks]) for name, blocks in program.workouts] == [
        ("Push", ["bench-press"]),
        ("Legs", ["squat", "leg-press"]),
    ]
    assert program.unit is Unit.KG
    assert program.unsaid == ()
    bench = program.workouts[0][1][0]
    assert (bench.load, bench.rest_s) == (FixedLoad(Load.kg(60)), 120)


def test_the_days_of_several_weeks_are_told_apart() -> None:
    day = "## Day 1\nSquat / 3x5\n"
    names = [name for name, _ in read(f"# Week 1\n{day}# Week 2\n{day}").workouts]
    assert names == ["Day 1 week one", "Day 1 week two"]


@pytest.mark.parametrize(
    ("line", "reps", "load"),
    [
        ("Squat / 3x5 80%", RepTarget(5, 5), PercentLoad(Decimal(80))),
        ("Squat / 3x8-12 @8", RepTarget(8, 12), RpeLoad(Rpe(Decimal(8)))),
        ("Squat / 1x5+ 225lb", RepTarget(5, 5, to_failure=True), FixedLoad(Load.lb(225))),
        ("main: Squat / 3x5 62.5kg", RepTarget(5, 5), FixedLoad(Load.kg("62.5"))),
    ],
)
def test_sets_reps_and_loads_are_taken_over(
    line: str, reps: RepTarget, load: PercentLoad | RpeLoad | FixedLoad
) -> None:
    block = only(line)
    assert (block.reps, block.load) == (reps, load)


def test_sets_that_differ_become_blocks_of_their_own() -> None:
    ((_, blocks),) = read("## A\nSquat / 1x5 65%, 1x5 75%, 1x5+ 85%\n").workouts
    assert [one.load for one in blocks] == [PercentLoad(Decimal(p)) for p in (65, 75, 85)]


@pytest.mark.parametrize(
    ("progress", "rule"),
    [
        ("lp(5lb)", ProgressRule(rule="linear", step_load=Load.lb(5))),
        ("dp(2.5kg, 8, 12)", ProgressRule(rule="double", step_load=Load.kg("2.5"))),
    ],
)
def test_progressions_are_taken_over(progress: str, rule: ProgressRule) -> None:
    assert only(f"Squat / 3x8-12 / progress: {progress}").progress == rule


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Squat / 3x5 / warmup: 1x5 45lb", "'warmup: 1x5 45lb' cannot be said"),
        ("Squat / 3x5 / superset: A", "'superset: A' cannot be said"),
        ("Squat / 3x5 / progress: lp(5%)", "'progress: lp(5%)' cannot be said"),
        ("Squat / 3x5 / progress: lp(5lb, 3, 0, 10lb, 3)", "for its increase alone"),
        ("Squat / 3x5 / progress: custom() {~ x = 1\n ~}", "'progress: custom() {"),
        ("Squat[1-4] / 3x5", "repeats over weeks"),
        ("Squat / 3x5 / 4x6", "is a second way to do the sets"),
    ],
)
def test_what_cannot_be_said_is_told_with_its_line(line: str, told: str) -> None:
    program = read(f"## A\n{line}\n")
    (unsaid,) = program.unsaid
    assert told in str(unsaid)
    assert unsaid.line == 2
    assert [one.exercise for one in program.workouts[0][1]] == ["squat"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Sqat / 3x5", "did you mean squat?"),
        ("Squat / heavy", "has no sets"),
        ("Plank / 3x5", "is left out: plank is held"),
        ("Squat / 3x5 3000kg", "is left out"),
        ("what is this", "is no exercise with sets"),
    ],
)
def test_an_exercise_that_cannot_be_read_is_left_out_alone(line: str, told: str) -> None:
    program = read(f"## A\n{line}\nBench Press / 3x5\n")
    assert [told in str(one) for one in program.unsaid] == [True]
    assert [one.exercise for one in program.workouts[0][1]] == ["bench-press"]


@given(
    text=st.text(max_size=200)
    | st.lists(
        st.sampled_from(["# Week 1", "## A", "Squat / 3x5", "/", "x / {~ ~}", "a: b / 1x1, ,"])
    ).map("\n".join)
)
def test_no_text_makes_the_reader_stumble(text: str) -> None:
    program = read(text)
    assert all(blocks for _, blocks in program.workouts)
