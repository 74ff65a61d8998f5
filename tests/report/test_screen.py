"""The screen of a session: what stands on it, and that it fits every terminal."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from voicecoach.language.intents import Intent, IntentName
from voicecoach.language.prompts import Say, prompt
from voicecoach.report.big_digits import ROWS, big
from voicecoach.report.glance import Glance, Mood, Overheard, glance_at, span
from voicecoach.report.screen import ASCII, glyphs_for, screen
from voicecoach.session.machine import vocabulary
from voicecoach.session.phases import (
    AskingReps,
    AskingRpe,
    AwaitingReady,
    Choosing,
    CountingDown,
    Ended,
    Grid,
    Paused,
    Phase,
    Resting,
    WarmingUp,
    Working,
)
from voicecoach.session.resume import begin
from voicecoach.session.state import State
from voicecoach.training.exercise import Exercise
from voicecoach.training.prescription import (
    BlockPrescription,
    CountMode,
    HoldTarget,
    RepTarget,
    SetPrescription,
    WorkoutPrescription,
)
from voicecoach.units import Load

GOLDEN = Path(__file__).with_name("golden")


def state(
    phase: Phase,
    target: RepTarget | HoldTarget = RepTarget(4, 6),  # noqa: B008  # frozen
    count: CountMode = CountMode.FREE,
) -> State:
    """A session of three sets of deadlifts, or of what else has that target."""
    sets = (SetPrescription(target=target, load=Load.kg(100)),) * 3
    deadlift = Exercise(id="deadlift", name="deadlift")
    block = BlockPrescription(exercise=deadlift, sets=sets, count=count)
    plan = WorkoutPrescription(routine="back", name="Full back", workout="A", blocks=(block,))
    opened = begin("one", datetime(2026, 1, 5, 18, tzinfo=UTC), plan, ask_injury=False)
    said = (prompt(Say.ECHO_AT, reps=5, load=Load.kg(100)), prompt(Say.REST, span=180))
    return replace(opened, phase=phase, last_said=said)


def glance(shown: State, now_ms: int = 754_000, since_ms: int = 704_000, **more) -> Glance:
    return glance_at(shown, vocabulary(shown), now_ms, since_ms=since_ms, **more)


RESTING = Resting(until_ms=704_000 + 180_000)
HEARD = Overheard("five", 0.954, understood=True)


@pytest.mark.parametrize(
    ("name", "columns", "rows"), [("80x24", 80, 24), ("120x40", 120, 40), ("20x10", 20, 10)]
)
def test_a_rest_looks_as_it_did(name: str, columns: int, rows: int) -> None:
    lines = ("  0:49  Coach:   Five at one hundred.", "  0:54  You:     no six  [95%]")
    drawn = screen(glance(state(RESTING), heard=HEARD, lines=lines), columns, rows)
    text = "\n".join(line.rstrip() for line in drawn.plain.split("\n")) + "\n"
    assert text == (GOLDEN / f"screen-{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("phase", "figure", "caption", "left"),
    [
        (WarmingUp(until_ms=1_004_000), "4:10", "warm up", 250 / 300),
        (AwaitingReady(), "4-6", "say ready", None),
        (CountingDown(start_ms=756_100), "3", "get ready", None),
        (Working(started_ms=731_000), "0:23", "say done", None),
        (Working(started_ms=0, counted=3, grid=Grid(0, 3000, 6)), "3", "of 4–6 reps", 0.5),
        (AskingReps(), "?", "how many?", None),
        (AskingRpe(rest_until_ms=884_000), "2:10", "how hard was it, from 5 to 10?", 130 / 180),
        (RESTING, "2:10", "rest", 130 / 180),
        (Paused(since_ms=0, within=RESTING), "", "paused; say resume", None),
        (Ended(), "", "finished", None),
    ],
)
def test_each_moment_has_its_figure(
    phase: Phase, figure: str, caption: str, left: float | None
) -> None:
    shown = glance(state(phase))
    assert (shown.figure, shown.caption) == (figure, caption)
    assert shown.left == (None if left is None else pytest.approx(left))


def test_a_hold_shows_its_seconds_and_what_is_left_of_them() -> None:
    working = Working(started_ms=0, counted=12, grid=Grid(0, 1000, 30))
    shown = glance(state(working, HoldTarget(30)))
    assert (shown.figure, shown.caption, shown.left) == ("12", "seconds of 30", pytest.approx(0.6))
    assert shown.target == "30 s, 100kg"


def test_what_answers_the_coach_stands_first_among_what_can_be_said() -> None:
    assert glance(state(AskingReps())).can_say[0] in {"eight", "eight reps at sixty kilos"}
    assert glance(state(Paused(since_ms=0, within=RESTING))).can_say[0] == "resume"
    assert glance(state(Ended())).can_say == ()


def test_while_two_readings_are_asked_about_the_moment_around_them_stays() -> None:
    thirteen, thirty = (Intent(name=IntentName.REPS, reps=reps) for reps in (13, 30))
    shown = glance(state(Choosing(readings=(thirteen, thirty), within=RESTING)))
    assert (shown.figure, shown.mood) == ("2:10", Mood.ANSWER)


@settings(max_examples=60)
@given(
    columns=st.integers(1, 200),
    rows=st.integers(1, 70),
    words=st.text(max_size=300),
    figure=st.sampled_from(["", "?", "12", "1:02:03", "4-6", "long"]),
    left=st.none() | st.floats(0, 1),
)
def test_no_terminal_is_too_small_and_no_text_too_long(
    columns: int, rows: int, words: str, figure: str, left: float | None
) -> None:
    line = " ".join(words.split())
    shown = Glance(
        title=line, clock="1:00", exercise=line, place=line, target=line, figure=figure,
        caption=line, left=left, coach=line, heard=Overheard(line, 0.5, understood=False),
        can_say=(line, "ready"), notice=line, lines=(line,) * 5,
    )  # fmt: skip
    lines = screen(shown, columns, rows).split("\n", allow_blank=True)
    assert len(lines) == rows
    assert all(cell_len(drawn.plain) <= columns for drawn in lines)


def test_nothing_moves_from_one_second_to_the_next() -> None:
    shown = state(RESTING)
    before, after = (
        screen(glance(shown, now_ms), 80, 24).plain.split("\n") for now_ms in (874_000, 875_000)
    )
    changed = [
        row for row, lines in enumerate(zip(before, after, strict=True)) if len(set(lines)) > 1
    ]
    figure_and_bar = range(4, 4 + ROWS + 2)
    assert set(changed) - {0} <= set(figure_and_bar)


def test_a_terminal_without_blocks_gets_plain_signs() -> None:
    assert glyphs_for("utf-8") is not ASCII
    assert glyphs_for("latin-1") is ASCII
    assert glyphs_for(None) is ASCII
    drawn = screen(glance(state(RESTING), heard=HEARD), 80, 24, ASCII).plain
    assert drawn.isascii()
    assert "######" in drawn
    assert "|" in drawn


def test_digits_are_drawn_as_large_as_they_are_asked_for() -> None:
    once, twice = big("12:05"), big("12:05", 2)
    assert once is not None
    assert twice is not None
    assert (len(once), len(twice)) == (ROWS, 2 * ROWS)
    assert len(twice[0]) == 2 * len(once[0])
    assert {len(line) for line in once} == {len(once[0])}
    assert big("twelve") is None


@pytest.mark.parametrize(("seconds", "text"), [(0, "0:00"), (65, "1:05"), (3723, "1:02:03")])
def test_spans_are_written_as_on_a_clock(seconds: int, text: str) -> None:
    assert span(seconds) == text
