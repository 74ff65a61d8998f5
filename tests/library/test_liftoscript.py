"""Liftosaur's programs, read as far as a routine can say the same."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.library.exercises import Library
from voicecoach.library.liftoscript import Program, read_liftoscript
from voicecoach.training.prescription import (
    Drops,
    HoldRange,
    ProgressRule,
    RepTarget,
    Warmup,
    WarmupStep,
)
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
        ("Squat / 3x5 / warmup: 2x5 45lb, 1x3 80%", "'2x5 45lb' is done once: warm-up sets rise"),
        ("Squat / 3x5 / warmup: 1x5 45lb, many", "'many' is no warm-up set"),
        ("Squat / 3x5 / warmup: 1x5 99%", "warms nobody up"),
        ("Squat / 3x5 / superset:", "'superset:' cannot be said"),
        ("Squat / 3x5 / update: custom()", "'update: custom()' cannot be said"),
        ("Squat / 3x8-12+", "asks for 8 at least"),
        ("Squat / 3x5 60s|30s", "is taken without its time"),
        ("Squat / 3x5 / progress: lp(5%)", "'progress: lp(5%)' cannot be said"),
        ("Squat / 3x5 / progress: lp(5lb, 3, 0, 10lb, 3)", "for its increase alone"),
        ("Squat / 3x5 / progress: custom() {~ x = 1\n ~}", "'progress: custom() {"),
        ("Squat[1-4] / 3x5", "is taken for one week, and not for 1-4"),
        ("Squat / 3x5 / 4x6", "is a second way to do the sets"),
    ],
)
def test_what_cannot_be_said_is_told_with_its_line(line: str, told: str) -> None:
    program = read(f"## A\n{line}\n")
    (unsaid,) = program.unsaid
    assert told in str(unsaid)
    assert unsaid.line == 2
    assert [one.exercise for one in program.workouts[0][1]] == ["squat"]


def test_warm_up_sets_come_before_the_first_working_sets() -> None:
    program = read(
        "## A\nSquat / 1x5 65%, 1x5+ 85% / warmup: 1x5 45lb, 1x3 80%\n"
        "Bench Press / 3x5 / warmup: none\n"
    )
    assert program.unsaid == ()
    first, second, bench = program.workouts[0][1]
    assert first.warmup == Warmup(
        (WarmupStep(reps=5, load=Load.lb(45)), WarmupStep(reps=3, percent=Decimal(80)))
    )
    assert (second.warmup, bench.warmup) == (None, None)


def test_exercises_of_a_superset_are_brought_together_and_the_last_rest_ends_the_round() -> None:
    program = read(
        "## A\nBench Press / 3x8 15s / superset: chest day 1\nSquat / 3x5\n"
        "Seated Cable Row / 3x8 180s / superset: chest day 1\n"
    )
    assert program.unsaid == ()
    blocks = program.workouts[0][1]
    assert [(one.exercise, one.superset, one.change_s) for one in blocks] == [
        ("bench-press", "CHEST DAY 1", 15),
        ("seated-cable-row", "CHEST DAY 1", 0),
        ("squat", "", 0),
    ]
    assert blocks[1].rest_s == 180


def test_an_exercise_whose_sets_differ_takes_no_turns() -> None:
    program = read("## A\nSquat / 1x5 65%, 1x5 75% / superset: A\nLeg Press / 3x8 / superset: A\n")
    assert [str(one) for one in program.unsaid] == [
        "taken in part: line 2: 'squat' takes no turns with others, for its sets differ"
    ]
    assert [one.superset for one in program.workouts[0][1]] == ["", "", "A"]


@pytest.mark.parametrize(
    ("line", "drops", "rest_s"),
    [
        ("Squat / 3x8 80kg 90s, 1x8+ 64kg (Drop)", Drops(count=1), 90),
        (
            "Squat / 1x8 80kg 0s, 1x8+ 64kg 0s, 1x8+ 50kg 90s",
            Drops(count=2, percent=Decimal(21)),
            90,
        ),
        ("Squat / 3x8 80% 120s, 1x1+ 60% (drop set)", Drops(count=1, percent=Decimal(25)), 120),
    ],
)
def test_lighter_sets_without_rest_are_drops(line: str, drops: Drops, rest_s: int) -> None:
    program = read(f"## A\n{line}\n")
    assert program.unsaid == ()
    ((_, (block,)),) = program.workouts
    assert (block.drops, block.rest_s) == (drops, rest_s)


@pytest.mark.parametrize(
    ("line", "told", "blocks"),
    [
        ("Squat / 1x8 80kg 0s, 1x6 64kg", "drops to as many reps as can be, not 6", 1),
        ("Squat / 1x8 80kg 0s, 2x8+ 64kg", "drops are each lighter by a like share", 2),
        ("Squat / 1x8 80kg 0s, 1x8+ 20kg", "drops are each lighter by a like share", 2),
        ("Squat / 1x8 80kg 0s, 1x8+ 60% (drop)", "drops are each lighter by a like share", 2),
    ],
)
def test_drops_that_a_routine_cannot_say_are_told(line: str, told: str, blocks: int) -> None:
    program = read(f"## A\n{line}\n")
    assert [told in str(one) for one in program.unsaid] == [True]
    assert len(program.workouts[0][1]) == blocks


def test_a_heavier_set_after_one_without_rest_is_no_drop() -> None:
    assert len(read("## A\nSquat / 1x8 60kg 0s, 1x8 80kg\n").workouts[0][1]) == 2


def test_timed_sets_are_holds_or_begin_by_the_clock() -> None:
    ((_, (plank, swings)),) = read(
        "## A\nPlank / 3x1 60s|30s / 0lb\nKettlebell Swing / 5x5 16kg 45s|15s auto\n"
    ).workouts
    assert (plank.sets, plank.hold, plank.rest_s) == (3, HoldRange(60, 60), 30)
    assert (swings.sets, swings.interval_s) == (5, 60)


def test_warm_up_sets_of_what_has_no_load_are_told() -> None:
    program = read("## A\nPull Up / 3x8 / warmup: 1x5 45lb\n")
    assert [
        "is taken without lighter sets: pull-up has none" in str(o) for o in program.unsaid
    ] == [True]
    assert program.workouts[0][1][0].warmup is None


def test_a_plus_that_asks_for_load_or_exertion_is_no_part_of_it() -> None:
    assert only("Squat / 3x5 100kg+").load == FixedLoad(Load.kg(100))
    assert only("Squat / 3x5 / @8+").load == RpeLoad(Rpe(Decimal(8)))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Sqat / 3x5", "did you mean squat?"),
        ("Squat / heavy", "has no sets"),
        ("Plank / 3x5", "is no block here: plank is held"),
        ("Squat / 3x5 3000kg", "left out: line 2"),
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
        st.sampled_from(
            [
                "# Week 1",
                "## A",
                "Squat / 3x5",
                "/",
                "x / {~ ~}",
                "a: b / 1x1, ,",
                "Squat / 1x8 80kg 0s, 1x8+ 64kg / superset: A",
                "Plank / 3x1 9s|? auto",
            ]
        )
    ).map("\n".join)
)
def test_no_text_makes_the_reader_stumble(text: str) -> None:
    program = read(text)
    assert all(blocks for _, blocks in program.workouts)
