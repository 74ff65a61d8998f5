"""Supersets, sets by the clock, warm-ups, drops and sides as a routine writes them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from voicecoach.library.blocks import block_of_line, block_toml
from voicecoach.library.exercises import Library
from voicecoach.library.routines import Routines
from voicecoach.training.prescription import Drops, Warmup, WarmupStep
from voicecoach.training.routine import Block
from voicecoach.units import Load, Unit

LIBRARY = Library()


def block(*lines: str, exercise: str = "squat", target: str = "reps = 5") -> str:
    return "\n".join(["[[workout.block]]", f'exercise = "{exercise}"', target, *lines, ""])


def rounds(*lines: str, exercise: str = "squat", target: str = "reps = 8") -> str:
    """A block of rounds for eight minutes."""
    return block(*lines, 'amrap = "8min"', exercise=exercise, target=target)


@pytest.fixture
def read(tmp_path):
    """Read a workout of those blocks: its blocks, and the findings by their line and key."""

    def read_blocks(*blocks: str) -> tuple[tuple[Block, ...], list[tuple[str, str, str]]]:
        text = 'name = "Mine"\n[[workout]]\nname = "A"\n' + "".join(blocks)
        (tmp_path / "mine.toml").write_text(text)
        checked = Routines(LIBRARY).check("mine.toml", base=tmp_path)
        lines = text.splitlines()
        findings = [(lines[f.line - 1], f.problem, f.remedy) for f in checked.findings if f.line]
        assert len(findings) == len(checked.findings)
        return checked.routine.workouts[0].blocks, findings

    return read_blocks


def test_each_scheme_is_read_as_it_is_written(read) -> None:
    (one,), findings = read(
        block(
            'warmup = ["bar x10", "60kg x3"]',
            'drops = "2 by 25% each"',
            "each_side = true",
            'superset = "push"',
            'change = "15s"',
        )
    )
    assert findings == []
    steps = (WarmupStep(reps=10, percent=Decimal(0)), WarmupStep(reps=3, load=Load.kg(60)))
    assert one.warmup == Warmup(steps)
    assert one.drops == Drops(count=2, percent=Decimal(25), after_each=True)
    assert (one.by_side, one.superset, one.change_s) == (True, "PUSH", 15)


def test_a_superset_goes_by_its_letter_however_it_is_written(read) -> None:
    blocks, findings = read(
        block('superset = "a"'), block('superset = "A"', exercise="bench-press")
    )
    assert findings == []
    assert {one.superset for one in blocks} == {"A"}


def test_an_exercise_may_wait_for_its_partner(read) -> None:
    _, findings = read(block('superset = "A"'))
    assert findings == []


def test_the_rungs_of_a_ladder_take_turns_as_the_ladder_does(read) -> None:
    (ladder,), findings = read(
        block(
            'superset = "A"',
            'progress = { rule = "ladder" }',
            "[[workout.block.then]]",
            'exercise = "pull-up"',
            "reps = 3",
        )
    )
    assert findings == []
    assert ladder.then[0].superset == "A"


@pytest.mark.parametrize(
    ("blocks", "line", "problem"),
    [
        ([block('warmup = "maybe"')], 'warmup = "maybe"', "cannot be read"),
        ([block('warmup = ["40% x5", "5 x5"]')], 'warmup = ["40% x5", "5 x5"]', "'5 x5'"),
        ([block("drops = 12")], "drops = 12", "12 is not"),
        ([block('drops = "2 by half"')], 'drops = "2 by half"', "'2 by half'"),
        ([block('emom = "1s"')], 'emom = "1s"', "not within"),
        ([block('emom = "60s"', "drops = 1")], "drops = 1", "no time to drop"),
        ([block('change = "10s"')], 'change = "10s"', "take turns"),
        (
            [block('superset = "A"', 'emom = "60s"', 'change = "10s"')],
            'change = "10s"',
            "need no change",
        ),
        ([block('amrap = "20s"')], 'amrap = "20s"', "too short"),
        ([rounds("sets = 3")], "sets = 3", "until the time is over"),
        ([rounds('emom = "60s"')], 'emom = "60s"', "or one after the other"),
        ([rounds("drops = 1")], "drops = 1", "not dropped from"),
        ([rounds('superset = "A"', 'change = "10s"')], 'change = "10s"', "go straight on"),
        (
            [rounds('progress = { rule = "double" }')],
            'progress = { rule = "double" }',
            "stay as they are",
        ),
        ([rounds(target='reps = "8-12"')], 'reps = "8-12"', "the same each time"),
        (
            [rounds(target='hold = "20-40s"', exercise="plank")],
            'hold = "20-40s"',
            "the same each time",
        ),
        (
            [block('superset = "A"'), rounds('superset = "A"')],
            'amrap = "8min"',
            "for different times",
        ),
        ([block('each_side = "yes"')], 'each_side = "yes"', "neither true nor false"),
        ([block("superset = 1")], "superset = 1", "not a text"),
        ([block("drops = 1", exercise="pull-up")], "drops = 1", "pull-up has none"),
        ([block('warmup = "auto"', exercise="pull-up")], 'warmup = "auto"', "pull-up has none"),
        (
            [block('warmup = "auto"', exercise="plank", target='hold = "20s"')],
            'warmup = "auto"',
            "plank is held",
        ),
        (
            [block('superset = "A"'), block(), block('superset = "A" # again')],
            'superset = "A" # again',
            "interrupted",
        ),
        (
            [block('superset = "A"'), block('superset = "A"', 'emom = "60s"')],
            'emom = "60s"',
            "only some",
        ),
        ([block('warm_up = "auto"')], 'warm_up = "auto"', "not a key"),
    ],
)
def test_a_mistake_is_found_on_its_line_with_a_remedy(read, blocks, line, problem) -> None:
    _, findings = read(*blocks)
    assert [found[0] for found in findings] == [line]
    assert problem in findings[0][1]
    assert findings[0][2]


def test_added_weight_can_be_warmed_up_to_and_dropped(read) -> None:
    added = block('load = "bodyweight+20kg"', 'warmup = "auto"', "drops = 1", exercise="pull-up")
    varied = block('vary = ["weighted"]', 'warmup = "auto"', exercise="pull-up")
    _, findings = read(added, varied)
    assert findings == []


@pytest.mark.parametrize(
    "line",
    [
        "bench 5x5 @ 80kg warmup auto drops 2",
        "squat 3x5 warmup bar x10, 40% x5, 60kg x3 drops 1 by 12.5% each",
        "curl 3x8-12 each side superset b change 10s",
        "split squat 3x8 both sides superset A",
        "burpee 10x10 emom 60s",
        "burpee x10 amrap 8min superset A",
        "plank x20s amrap 3min",
    ],
)
def test_a_line_says_the_same_as_the_file_made_of_it(read, line: str) -> None:
    said = block_of_line(line, LIBRARY)
    (written,), findings = read(block_toml(said, Unit.KG))
    assert findings == []
    assert written == said
