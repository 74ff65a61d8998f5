"""Every minute on the minute: sets begin by the clock, and lateness is said."""

from __future__ import annotations

import pytest

from voicecoach.session.phases import AwaitingReady, CountingDown, Resting, Working
from voicecoach.training.prescription import CountMode, Warmup, WarmupStep
from voicecoach.units import Load

COUNTDOWN_MS = 3400


@pytest.fixture
def emom(gym, make_block, exercises):
    """Four sets of pull-ups, one each minute; the clock begins at COUNTDOWN_MS."""
    g = gym(make_block(exercises["pull-up"], sets=4, reps=(5, 5), interval_s=60, rest_s=90))
    g.begin_set()
    return g


def starts(g) -> int:
    """The instant at which the set that is under way began, from the clock's beginning."""
    assert isinstance(g.state.phase, Working)
    return g.state.phase.started_ms - COUNTDOWN_MS


def test_the_interval_is_told_first(gym, make_block, exercises) -> None:
    g = gym(make_block(exercises["pull-up"], interval_s=60))
    assert "Sets begin one minute apart." in g.last


def test_the_rest_is_what_remains_of_the_minute(emom) -> None:
    emom.pass_ms(20_000)
    emom.say("done five")
    assert emom.last == "Five reps. Rest forty seconds. Then set two of four."
    emom.pass_ms(40_000)
    assert starts(emom) == 60_000


def test_the_countdown_leads_into_the_work_without_a_word_of_the_athlete(emom) -> None:
    emom.pass_ms(20_000)
    emom.say("done five")
    emom.pass_ms(39_000)
    assert emom.beats()[-4:] == [
        (COUNTDOWN_MS + 57_000, "Three"),
        (COUNTDOWN_MS + 58_000, "Two"),
        (COUNTDOWN_MS + 59_000, "One"),
        (COUNTDOWN_MS + 60_000, "Go!"),
    ]


def test_who_is_late_hears_it_and_begins_at_once(emom) -> None:
    emom.pass_ms(68_000)
    emom.say("done five")
    assert emom.last == "Five reps. Eight seconds late. Straight on."
    assert isinstance(emom.state.phase, CountingDown)
    emom.pass_ms(6000)
    assert starts(emom) == 74_000
    emom.pass_ms(10_000)
    emom.say("done five")
    emom.pass_ms(40_000)
    assert starts(emom) == 120_000  # the clock is what it was


def test_whoever_misses_whole_minutes_goes_on_in_the_one_that_runs(emom) -> None:
    emom.pass_ms(150_000)
    emom.say("done five")
    assert "Ninety seconds late." in emom.last
    emom.pass_ms(6000)
    emom.say("done five")
    emom.pass_ms(30_000)
    assert starts(emom) == 180_000


def test_a_minute_about_to_begin_leaves_no_rest(emom) -> None:
    emom.pass_ms(58_000)
    emom.say("done five")
    assert emom.last == "Five reps. Straight on."


def test_a_set_longer_than_its_minute_is_asked_after(emom) -> None:
    emom.pass_ms(60_000)
    assert emom.last == "Say done when you are."


def test_done_in_the_minute_may_be_told_early(emom) -> None:
    emom.pass_ms(20_000)
    emom.say("done five", "ready")
    emom.pass_ms(COUNTDOWN_MS)
    assert starts(emom) == 23_400
    emom.pass_ms(10_000)
    emom.say("done five")
    emom.pass_ms(120_000 - 33_400)
    assert starts(emom) == 120_000


def test_a_pause_moves_the_clock(emom) -> None:
    emom.pass_ms(20_000)
    emom.say("done five")
    emom.pass_ms(10_000)
    emom.say("pause")
    emom.pass_ms(100_000)
    emom.say("resume")
    emom.pass_ms(30_000)
    assert starts(emom) == 160_000
    emom.say("done five")
    emom.pass_ms(60_000)
    assert starts(emom) == 220_000


def test_after_a_pause_there_is_a_countdown_however_little_is_left(emom) -> None:
    emom.pass_ms(20_000)
    emom.say("done five")
    emom.pass_ms(38_500)
    emom.say("pause")
    emom.pass_ms(60_000)
    emom.say("resume")
    assert emom.last.endswith("Straight on.")
    assert isinstance(emom.state.phase, CountingDown)


def test_warm_ups_come_before_the_clock(gym, make_block, exercises) -> None:
    steps = Warmup((WarmupStep(reps=5, load=Load.kg(20)),))
    press = make_block(exercises["bench-press"], load=Load.kg(60), interval_s=60, warmup=steps)
    g = gym(press)
    assert "Sets begin" not in g.last
    g.begin_set()
    g.say("done", "skip rest")
    assert "Sets begin one minute apart. Bench press, set one of two." in g.last


def test_a_longer_rest_moves_the_clock(emom) -> None:
    emom.pass_ms(20_000)
    emom.say("done five", "add thirty seconds")
    assert emom.last == "Thirty seconds more. Rest one minute ten. Then set two of four."
    emom.pass_ms(70_000)
    assert starts(emom) == 90_000
    emom.say("done five")
    emom.pass_ms(60_000)
    assert starts(emom) == 150_000


def test_undo_goes_back_to_the_minute_of_that_set(emom) -> None:
    emom.pass_ms(20_000)
    emom.say("done five")
    emom.say("undo", "six")
    assert emom.reps() == [6]
    emom.pass_ms(40_000)
    assert starts(emom) == 60_000


def test_a_set_passed_over_is_a_minute_of_rest(emom) -> None:
    emom.pass_ms(20_000)
    emom.say("done five", "skip set")
    assert emom.last == "Set skipped. Rest one minute forty. Then set three of four."
    emom.pass_ms(100_000)
    assert starts(emom) == 120_000


def test_pain_waits_for_the_athlete(emom) -> None:
    emom.pass_ms(20_000)
    emom.say("it hurts", "no")
    assert isinstance(emom.state.phase, AwaitingReady)


def test_after_the_last_set_there_is_an_ordinary_rest(gym, make_block, exercises) -> None:
    g = gym(
        make_block(exercises["pull-up"], sets=1, interval_s=60, rest_s=90),
        make_block(exercises["chin-up"]),
    )
    g.do_set("five")
    assert g.last == "Five reps. Rest ninety seconds. Then chin-up."
    g.pass_ms(90_000)
    assert isinstance(g.state.phase, AwaitingReady)


def test_exercises_may_take_turns_by_the_clock(gym, make_block, exercises) -> None:
    g = gym(
        make_block(exercises["pull-up"], superset="A", interval_s=60, reps=(5, 5)),
        make_block(exercises["chin-up"], superset="A", interval_s=90, reps=(8, 8)),
    )
    assert "Superset: pull-up and chin-up. Sets begin one minute apart." in g.last
    g.begin_set()
    g.say("done five")
    assert g.last == "Five reps. Rest one minute. Then chin-up. Eight reps."
    g.pass_ms(60_000)
    g.say("done eight")
    g.pass_ms(90_000)
    assert starts(g) == 150_000
    assert g.state.block.exercise.id == "pull-up"


def test_paced_sets_need_no_word_at_all(gym, make_block, exercises) -> None:
    g = gym(
        make_block(exercises["pull-up"], sets=3, reps=(4, 4), interval_s=30, count=CountMode.PACED)
    )
    g.begin_set()
    g.pass_ms(80_000)
    assert g.reps() == [4, 4, 4]


def test_the_last_seconds_of_a_rest_can_still_be_mended(emom) -> None:
    emom.pass_ms(50_000)
    emom.say("done five")
    emom.pass_ms(8000)
    emom.say("no, six")
    assert isinstance(emom.state.phase, Resting)
    emom.pass_ms(2000)
    assert starts(emom) == 60_000
    assert emom.reps() == [6]
