"""One side after the other: left, a spoken switch, right, and one set in the log."""

from __future__ import annotations

import pytest

from voicecoach.session.effects import Speak
from voicecoach.session.events import RecordFailed, SessionInterrupted, SessionOpened
from voicecoach.session.facts import SessionStarted, SetResult, SideDone
from voicecoach.session.machine import step
from voicecoach.session.phases import AskingReps, AwaitingReady, CountingDown, Working
from voicecoach.session.resume import resume
from voicecoach.session.state import Side
from voicecoach.training.prescription import CountMode
from voicecoach.units import Load

SWITCH_MS = 7000
"""From the end of the left side to the first repetition of the right."""


@pytest.fixture
def by_side(gym, make_block, exercises):
    """Opens a session of one exercise done side by side."""

    return lambda exercise="split-squat", **options: gym(make_block(exercises[exercise], **options))


def test_the_left_side_leads_and_the_right_follows_by_itself(by_side) -> None:
    g = by_side(count=CountMode.PACED, reps=(3, 3))
    assert "Three reps. Left side first." in g.last
    g.begin_set()
    g.pass_ms(9000)
    assert g.last == "Switch sides."
    assert g.reps() == []
    g.pass_ms(SWITCH_MS)
    assert isinstance(g.state.phase, Working)
    assert g.state.side is Side.RIGHT
    g.pass_ms(9000)
    assert g.reps() == [3]
    assert g.state.standing[0].fact.source == "paced"
    assert g.last.startswith("Three reps. Rest three minutes.")


def test_the_countdown_to_the_other_side_leaves_time_to_turn(by_side) -> None:
    g = by_side(count=CountMode.PACED, reps=(1, 1))
    g.begin_set()
    g.pass_ms(3000)
    at = g.now_ms
    assert [beat for beat in g.beats() if beat[0] > at] == [
        (at + 4000, "Three"),
        (at + 5000, "Two"),
        (at + 6000, "One"),
        (at + 7000, "Go!"),
    ]


def test_with_a_free_count_one_question_is_for_both_sides(by_side) -> None:
    g = by_side()
    g.begin_set()
    g.say("done")
    assert g.last == "Switch sides."
    g.pass_ms(SWITCH_MS)
    g.say("done")
    assert g.last == "How many?"
    g.say("eight")
    assert g.reps() == [8]


def test_a_number_for_each_side_needs_no_question(by_side) -> None:
    g = by_side()
    g.begin_set()
    g.say("done eight")
    assert g.last == "Eight reps. Switch sides."
    g.pass_ms(SWITCH_MS)
    g.say("done eight")
    assert g.reps() == [8]
    assert g.state.standing[0].result.note == ""


def test_the_weaker_side_counts_and_both_are_noted(by_side) -> None:
    g = by_side()
    g.begin_set()
    g.say("done eight")
    g.pass_ms(SWITCH_MS)
    g.say("done seven")
    result = g.state.standing[0].result
    assert (result.reps, result.note) == (7, "left 8, right 7")
    assert g.last.startswith("Seven reps. The weaker side counts.")
    g.say("no, eight")
    result = g.state.standing[0].result
    assert (result.reps, result.note) == (8, "")


def test_counting_aloud_begins_anew_on_the_other_side(by_side) -> None:
    g = by_side(count=CountMode.ALOUD, reps=(3, 3))
    g.begin_set()
    g.say("one", "two", "three", "done")
    g.pass_ms(SWITCH_MS)
    g.say("one", "two", "done")
    assert g.reps() == [2]
    assert g.state.standing[0].fact.source == "aloud"


def test_a_side_that_was_not_counted_is_asked_for(by_side) -> None:
    g = by_side(count=CountMode.PACED, reps=(3, 3))
    g.begin_set()
    g.say("done")  # before the first repetition
    g.pass_ms(SWITCH_MS + 9000)
    assert isinstance(g.state.phase, AskingReps)
    g.say("three")
    assert g.reps() == [3]


def test_a_hold_is_timed_on_each_side(by_side) -> None:
    g = by_side("side-plank", hold=20)
    assert "Hold for twenty seconds. Left side first." in g.last
    g.begin_set()
    g.pass_ms(20_000 + SWITCH_MS + 12_300)
    g.say("done")
    result = g.state.standing[0].result
    assert (result.hold_s, result.note) == (12, "left 20, right 12")
    assert g.state.standing[0].fact.source == "timer"


def test_a_load_named_with_one_side_holds_for_the_set(by_side) -> None:
    g = by_side(load=Load.kg(10))
    g.begin_set()
    g.say("done eight at twelve kilos")
    g.pass_ms(SWITCH_MS)
    g.say("done eight")
    assert g.state.standing[0].result.load == Load.kg(12)


def test_a_set_can_be_told_without_being_led(by_side) -> None:
    g = by_side()
    g.say("eight reps")
    assert g.reps() == [8]


def test_the_side_just_done_is_mended_while_the_other_works(by_side) -> None:
    g = by_side()
    g.begin_set()
    g.say("done eight")
    g.pass_ms(SWITCH_MS)
    g.say("no, six")
    assert g.last == "Six reps."
    g.say("done eight")
    assert g.state.standing[0].result.note == "left 6, right 8"


def test_undo_in_the_middle_takes_the_left_side_back(by_side) -> None:
    g = by_side()
    g.begin_set()
    g.say("done")
    g.pass_ms(SWITCH_MS)
    g.say("undo")
    assert g.last.startswith("Taken back: the left side.")
    assert g.state.side is Side.LEFT
    g.begin_set()
    assert isinstance(g.state.phase, Working)
    assert g.state.side is Side.LEFT


def test_a_pause_at_the_switch_counts_down_again(by_side) -> None:
    g = by_side(count=CountMode.PACED, reps=(2, 2))
    g.begin_set()
    g.pass_ms(6000)
    g.say("pause")
    g.pass_ms(60_000)
    g.say("resume")
    assert isinstance(g.state.phase, CountingDown)
    g.pass_ms(3400 + 6000)
    assert g.reps() == [2]


def test_pain_on_a_side_ends_the_set_and_is_noted_with_it(by_side) -> None:
    g = by_side(count=CountMode.PACED, reps=(5, 5))
    g.begin_set()
    g.pass_ms(15_000 + SWITCH_MS + 6500)
    g.say("it hurts")
    result = g.state.standing[0].result
    assert (result.reps, result.pain, result.note) == (2, True, "pain on the right side")


def test_pain_at_the_switch_offers_to_leave_the_exercise_out(by_side) -> None:
    g = by_side()
    g.begin_set()
    g.say("done")
    g.say("it hurts", "no")
    assert isinstance(g.state.phase, AwaitingReady)
    assert "Right side." in g.last


def test_skipping_between_the_sides_leaves_nothing_behind(by_side) -> None:
    g = by_side()
    g.begin_set()
    g.say("done")
    g.pass_ms(SWITCH_MS)
    g.say("skip set")
    assert g.reps() == []
    assert g.state.side is Side.LEFT
    assert "set two of two" in g.last


def resumed(g):
    """The session as its facts alone have it, opened anew."""
    started = SessionStarted(at_ms=0, plan=g.state.plan)
    state = resume("session", g.state.started_at, [started, *g.facts])
    return step(state, SessionOpened(0))


def test_a_session_that_broke_off_between_the_sides_goes_on_with_the_right(by_side) -> None:
    g = by_side()
    g.begin_set()
    g.say("done eight")
    g.pass_ms(SWITCH_MS)
    g.say("no, seven")
    g.take(SessionInterrupted(g.now_ms))
    g.state, effects = resumed(g)
    (said,) = [effect.prompts for effect in effects if isinstance(effect, Speak)]
    assert "Right side." in [prompt.text(g.state.unit) for prompt in said]
    g.begin_set()
    g.say("done eight")
    assert g.state.standing[0].result.note == "left 7, right 8"


def test_a_side_that_was_taken_back_is_done_again_after_a_break(by_side) -> None:
    g = by_side()
    g.begin_set()
    g.say("done eight")
    g.pass_ms(SWITCH_MS)
    g.say("undo")
    assert resumed(g)[0].side is Side.LEFT


def test_an_exercise_taken_instead_begins_with_the_left_side(by_side, exercises) -> None:
    g = by_side(instead=(exercises["side-plank"],))
    g.begin_set()
    g.say("done eight", "pause", "resume")
    g.say("it hurts", "no", "side plank instead")
    assert g.state.block.exercise.id == "side-plank"
    assert g.state.side is Side.LEFT
    assert resumed(g)[0].side is Side.LEFT


def test_the_sides_are_switched_though_the_log_cannot_be_written(by_side) -> None:
    g = by_side(count=CountMode.PACED, reps=(2, 2))
    g.begin_set()
    side = SideDone(at_ms=0, block=0, number=1, result=SetResult(reps=2), source="paced")
    g.take(RecordFailed(g.now_ms, (side,)))
    assert g.last.endswith("Switch sides.")
    assert g.state.side is Side.RIGHT
    g.take(RecordFailed(g.now_ms, (side,)))  # a mending of it that failed
    assert "Switch sides." not in g.last


def test_a_block_may_say_that_the_sides_alternate(by_side) -> None:
    g = by_side(by_side=False)
    assert "side" not in g.last
    g.do_set("eight")
    assert g.reps() == [8]


def test_a_block_may_say_that_each_side_works_by_itself(by_side) -> None:
    g = by_side("plank", hold=20, by_side=True)
    assert "Left side first." in g.last
