"""As many rounds as can be in a time (AMRAP): straight on, and the time is called."""

from __future__ import annotations

import pytest

from voicecoach.session.events import RecordFailed, SessionInterrupted, SessionOpened
from voicecoach.session.facts import RoundsEnded, SessionStarted
from voicecoach.session.machine import deadline, step
from voicecoach.session.phases import (
    AskingReps,
    AwaitingReady,
    CountingDown,
    Ended,
    Resting,
    Working,
)
from voicecoach.session.resume import resume
from voicecoach.training.prescription import CountMode, Warmup, WarmupStep
from voicecoach.units import Load

COUNTDOWN_MS = 3400
LIMIT_S = 240


@pytest.fixture
def amrap(gym, make_block, exercises):
    """Rounds of pull-ups and chin-ups for four minutes, then a bench press; the clock runs."""
    g = gym(
        make_block(exercises["pull-up"], sets=50, reps=(5, 5), superset="A", amrap_s=LIMIT_S),
        make_block(
            exercises["chin-up"], sets=50, reps=(8, 8), superset="A", amrap_s=LIMIT_S, rest_s=90
        ),
        make_block(exercises["bench-press"], load=Load.kg(60), sets=1),
    )
    g.begin_set()
    return g


def test_how_long_the_rounds_go_on_is_told_first(gym, make_block, exercises) -> None:
    g = gym(make_block(exercises["pull-up"], sets=50, reps=(5, 5), amrap_s=480))
    assert "As many rounds as you can in eight minutes. Pull-up, set one. Five reps." in g.last


def test_a_set_is_taken_as_told_and_the_next_begins_at_once(amrap) -> None:
    amrap.pass_ms(15_000)
    amrap.say("done")
    assert amrap.last == "Five reps. Then chin-up. Eight reps."
    assert isinstance(amrap.state.phase, Working)
    assert amrap.reps() == [5]
    assert amrap.state.standing[0].fact.source == "prescribed"
    amrap.say("done seven")
    assert amrap.last == "Seven reps. Then pull-up. Five reps."
    amrap.say("no, eight")
    assert amrap.reps() == [5, 8]


def test_half_time_the_last_minute_and_the_end_are_called(amrap) -> None:
    amrap.pass_ms(119_000)
    assert "Half way." not in amrap.said
    amrap.pass_ms(1000)
    assert amrap.last == "Half way."
    amrap.pass_ms(60_000)
    assert amrap.last == "One minute left."
    amrap.pass_ms(60_000)
    assert amrap.last == "Time. How many?"
    amrap.say("three")
    assert (
        amrap.last == "Three reps. One set. Rest ninety seconds. Then bench press at sixty kilos."
    )
    assert isinstance(amrap.state.phase, Resting)


def test_done_when_the_time_was_called_asks_again_how_many(amrap) -> None:
    amrap.pass_ms(LIMIT_S * 1000)
    amrap.say("done")
    assert amrap.last == "How many reps did you get?"


def test_nothing_done_of_the_last_set_leaves_it_out(amrap) -> None:
    amrap.say("done")
    amrap.pass_ms(LIMIT_S * 1000)
    amrap.say("zero")
    assert amrap.reps() == [5]
    assert "One set. Rest ninety seconds." in amrap.last


def test_what_was_done_is_told_in_rounds(amrap) -> None:
    for _ in range(5):
        amrap.pass_ms(20_000)
        amrap.say("done")
    amrap.pass_ms(LIMIT_S * 1000)
    amrap.say("skip set")
    assert amrap.last.startswith("Set skipped. Two rounds and one set. Rest ninety seconds.")
    assert amrap.reps() == [5, 8, 5, 8, 5]


def test_two_minutes_have_no_call_of_the_last_one(gym, make_block, exercises) -> None:
    g = gym(make_block(exercises["pull-up"], sets=50, reps=(5, 5), amrap_s=120))
    g.begin_set()
    g.pass_ms(120_000)
    assert [line for line in g.said if "left" in line or "Half" in line] == ["Half way."]


def test_counted_reps_are_kept_when_the_time_is_over(gym, make_block, exercises) -> None:
    g = gym(
        make_block(exercises["pull-up"], sets=50, reps=(9, 9), amrap_s=60, count=CountMode.PACED)
    )
    g.begin_set()
    g.pass_ms(60_000)
    assert g.reps() == [9, 8]
    assert "Time." in g.said[-1]
    assert isinstance(g.state.phase, Ended)


def test_a_hold_is_counted_down_to_and_kept_as_long_as_it_was(gym, make_block, exercises) -> None:
    g = gym(make_block(exercises["plank"], hold=40, sets=50, amrap_s=60))
    g.begin_set()
    g.pass_ms(40_000)
    assert isinstance(g.state.phase, CountingDown)
    g.pass_ms(20_000)
    assert [s.result.hold_s for s in g.state.standing] == [40, 14]


def test_both_sides_are_done_in_their_turn(gym, make_block, exercises) -> None:
    g = gym(make_block(exercises["split-squat"], sets=50, reps=(5, 5), amrap_s=60))
    g.begin_set()
    g.say("done")
    g.pass_ms(7000)
    g.say("done")
    assert g.last == "Five reps. Left side first."
    g.pass_ms(60_000)
    assert g.reps() == [5]
    assert "Time. One set." in g.last


def test_a_pause_moves_the_clock(amrap) -> None:
    amrap.pass_ms(100_000)
    amrap.say("pause")
    amrap.pass_ms(300_000)
    amrap.say("resume")
    amrap.pass_ms(19_000)
    assert "Half way." not in amrap.said
    amrap.pass_ms(1000)
    assert amrap.last == "Half way."


def test_how_long_is_left_is_of_the_rounds(amrap) -> None:
    amrap.pass_ms(100_000)
    amrap.say("how long left")
    assert "Two minutes twenty" in amrap.last


def test_a_skipped_set_leads_straight_to_the_next(amrap) -> None:
    amrap.say("skip set")
    assert amrap.last == "Set skipped. Then chin-up. Eight reps."
    assert isinstance(amrap.state.phase, Working)
    amrap.say("skip exercise")
    assert amrap.state.block.exercise.id == "pull-up"
    assert isinstance(amrap.state.phase, Working)


def test_undo_in_the_rounds_stands_before_that_set_while_the_clock_runs(amrap) -> None:
    amrap.pass_ms(20_000)
    amrap.say("done", "undo")
    assert isinstance(amrap.state.phase, AwaitingReady)
    amrap.say("four")
    assert amrap.reps() == [4]
    assert isinstance(amrap.state.phase, Working)


def test_undo_after_the_time_gives_back_the_last_set_alone(amrap) -> None:
    amrap.say("done")
    amrap.pass_ms(LIMIT_S * 1000)
    amrap.say("three", "undo")
    assert amrap.last.startswith("Taken back: chin-up, set one.")
    amrap.say("four")
    assert amrap.reps() == [5, 4]
    assert amrap.last.endswith("Rest ninety seconds. Then bench press at sixty kilos.")
    assert sum(isinstance(fact, RoundsEnded) for fact in amrap.facts) == 1


def test_a_skip_in_the_rounds_can_still_be_taken_back_after_them(amrap) -> None:
    amrap.say("skip set")
    amrap.pass_ms(LIMIT_S * 1000)
    amrap.say("skip set", "undo")
    assert amrap.state.position == (1, 0)
    amrap.say("undo")
    assert amrap.state.position == (0, 0)


def test_pain_offers_to_leave_the_exercise_out_and_the_others_go_on(amrap) -> None:
    amrap.say("it hurts", "yes")
    assert amrap.state.block.exercise.id == "chin-up"
    assert isinstance(amrap.state.phase, Working)


def test_a_question_at_the_end_of_the_time_is_answered_first(amrap) -> None:
    amrap.pass_ms(230_000)
    amrap.say("finish workout")
    amrap.pass_ms(9000)
    amrap.pass_ms(9000)
    amrap.say("no")
    amrap.pass_ms(1)
    assert isinstance(amrap.state.phase, AskingReps)


def test_warm_ups_come_before_the_clock(gym, make_block, exercises) -> None:
    steps = Warmup((WarmupStep(reps=5, load=Load.kg(20)),))
    g = gym(
        make_block(exercises["bench-press"], load=Load.kg(60), sets=50, amrap_s=120, warmup=steps)
    )
    assert "rounds" not in g.last
    assert "warm-up set" in g.last
    g.begin_set()
    g.say("done", "skip rest")
    assert "As many rounds as you can in two minutes." in g.last


def test_an_end_that_cannot_be_written_is_tried_again_after_the_next_set(amrap) -> None:
    amrap.say("done", "undo")
    amrap.pass_ms(LIMIT_S * 1000 - 1)
    amrap.now_ms += 1
    amrap.take(RecordFailed(amrap.now_ms, (RoundsEnded(at_ms=amrap.now_ms, block=0),)))
    assert amrap.last == "I could not save that."
    due = deadline(amrap.state)
    assert due is None or due > amrap.now_ms
    amrap.say("five")
    assert amrap.last == "Five reps. One set. Rest ninety seconds. Then bench press at sixty kilos."


def test_rounds_that_broke_off_are_over(amrap) -> None:
    started = SessionStarted(at_ms=0, plan=amrap.state.plan)
    amrap.say("done", "done")
    amrap.take(SessionInterrupted(amrap.now_ms))
    state = resume("session", amrap.state.started_at, [started, *amrap.facts])
    amrap.state, effects = step(state, SessionOpened(0))
    said = " ".join(p.text(state.unit) for e in effects for p in getattr(e, "prompts", ()))
    assert "One round." in said
    assert amrap.state.position == (2, 0)
