"""A block of a routine in one line."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.errors import VoicecoachError
from voicecoach.training.prescription import (
    CountMode,
    Drops,
    HoldRange,
    ProgressRule,
    RepTarget,
    Tempo,
    Warmup,
    WarmupStep,
)
from voicecoach.training.routine import BodyweightLoad, FixedLoad, PercentLoad, RpeLoad
from voicecoach.training.shorthand import Shorthand, parse_shorthand
from voicecoach.units import Load, Rpe


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "deadlift 3x4-6 @ 85% rest 3min tempo 2-0-1-0",
            Shorthand(
                exercise="deadlift",
                sets=3,
                target=RepTarget(4, 6),
                load=PercentLoad(Decimal(85)),
                rest_s=180,
                tempo=Tempo.parse("2-0-1-0"),
            ),
        ),
        (
            "bench press 3 sets of 8 to 10 reps at 60 kilos rest 2 minutes 30 seconds",
            Shorthand(
                exercise="bench press",
                sets=3,
                target=RepTarget(8, 10),
                load=FixedLoad(Load.kg(60)),
                rest_s=150,
            ),
        ),
        (
            "push-ups 3 x max",
            Shorthand(exercise="push-ups", sets=3, target=RepTarget(1, 1, to_failure=True)),
        ),
        ("plank 3x60 seconds", Shorthand(exercise="plank", sets=3, target=HoldRange(60, 60))),
        ("squat", Shorthand(exercise="squat")),
        ("Bench press", Shorthand(exercise="Bench press")),
        ("squat 5 x 5", Shorthand(exercise="squat", sets=5, target=RepTarget(5, 5))),
        (
            "squat 5×5+@100kg",
            Shorthand(
                exercise="squat",
                sets=5,
                target=RepTarget(5, 5, to_failure=True),
                load=FixedLoad(Load.kg(100)),
            ),
        ),
        (
            "plank 3x15-30s rest 90s",
            Shorthand(exercise="plank", sets=3, target=HoldRange(15, 30), rest_s=90),
        ),
        (
            "pull up 3x4-6 @ bodyweight + 10kg vary wide, narrow instead chin up",
            Shorthand(
                exercise="pull up",
                sets=3,
                target=RepTarget(4, 6),
                load=BodyweightLoad(Load.kg(10)),
                vary=("wide", "narrow"),
                instead=("chin up",),
            ),
        ),
        (
            "row REST 2min30s COUNT Paced @ RPE 8",
            Shorthand(
                exercise="row",
                rest_s=150,
                count=CountMode.PACED,
                load=RpeLoad(Rpe(Decimal(8))),
            ),
        ),
        (
            "squat 3x5 progress linear by 2.5kg",
            Shorthand(
                exercise="squat",
                sets=3,
                target=RepTarget(5, 5),
                progress=ProgressRule(rule="linear", step_load=Load.kg("2.5")),
            ),
        ),
        (
            "bench 5x5 @ 80kg warmup auto drops 2 by 25% each",
            Shorthand(
                exercise="bench",
                sets=5,
                target=RepTarget(5, 5),
                load=FixedLoad(Load.kg(80)),
                warmup=Warmup(),
                drops=Drops(count=2, percent=Decimal(25), after_each=True),
            ),
        ),
        (
            "lunge 3x8 each side superset a change 15s warmup 50% x8, 75% x4",
            Shorthand(
                exercise="lunge",
                sets=3,
                target=RepTarget(8, 8),
                by_side=True,
                superset="A",
                change_s=15,
                warmup=Warmup(
                    (
                        WarmupStep(reps=8, percent=Decimal(50)),
                        WarmupStep(reps=4, percent=Decimal(75)),
                    )
                ),
            ),
        ),
        (
            "burpee 10x10 both sides emom 90s",
            Shorthand(
                exercise="burpee",
                sets=10,
                target=RepTarget(10, 10),
                by_side=False,
                interval_s=90,
            ),
        ),
        (
            "burpee x10 amrap 8min",
            Shorthand(exercise="burpee", target=RepTarget(10, 10), amrap_s=480),
        ),
        (
            "plank progress hold 5s",
            Shorthand(exercise="plank", progress=ProgressRule(rule="hold", step_s=5)),
        ),
    ],
)
def test_a_line_is_read(line: str, said: Shorthand) -> None:
    assert parse_shorthand(line) == said


@pytest.mark.parametrize(
    "line",
    [
        "",
        "   ",
        "3x5",
        "@ 85%",
        "squat 3x5 @",
        "squat 3x5 @ heavy",
        "squat 3x5 @ 80% @ 90%",
        "squat 0x5",
        "squat 100x5",
        "squat 3x0",
        "squat 3x6-4",
        "squat 3x5 please",
        "squat 3x5 rest long",
        "squat 3x5 tempo fast",
        "squat 3x5 count loud",
        "squat 3x5 progress upward",
        "squat 3x5 progress double 0kg",
        "squat 3x30-15s",
        "squat 3x5 warmup",
        "squat 3x5 warmup 40%",
        "squat 3x5 drops many",
        "squat 3x5 emom 2s",
        "squat 3x5 superset",
        "squat x5",
        "squat 3x5 amrap 8min",
        "squat x5 amrap long",
        "squat 3x5 each side both sides",
        "squat\x00 3x5",
        "squat " * 100,
    ],
)
def test_what_cannot_be_read_is_refused_with_the_form(line: str) -> None:
    with pytest.raises(VoicecoachError) as refused:
        parse_shorthand(line)
    assert refused.value.remedy
    assert str(refused.value).isprintable()
    assert len(str(refused.value)) < 300


@given(line=st.text(max_size=60) | st.lists(
    st.sampled_from(["squat", "3x5", "@", "85%", "rest", "2min", "tempo", "vary", ",", "x"])
).map(" ".join))  # fmt: skip
def test_no_line_makes_the_reader_stumble(line: str) -> None:
    try:
        said = parse_shorthand(line)
    except VoicecoachError:
        return
    assert said.exercise
