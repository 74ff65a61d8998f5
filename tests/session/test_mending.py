"""What was logged can be mended, skipped, undone and marked."""

from __future__ import annotations

import pytest

from voicecoach.session.effects import StopCounting
from voicecoach.session.events import RecordFailed
from voicecoach.session.facts import ExerciseSkipped, SetAmended, SetSkipped, SetVoided, SkipUndone
from voicecoach.session.phases import (
    AskingReps,
    AwaitingReady,
    ConfirmingFinish,
    Ended,
    OfferingSkip,
    Paused,
    Resting,
    Working,
)
from voicecoach.training.prescription import CountMode
from voicecoach.units import Load


@pytest.mark.parametrize("words", ["no seven", "make it seven", "log that as seven", "seven reps"])
def test_the_last_set_is_mended_in_the_rest(gym, words: str) -> None:
    g = gym()
    g.do_set("five")
    g.say(words)
    assert g.reps() == [7]
    assert g.last == "Seven at one hundred."
    assert isinstance(g.facts[-1], SetAmended)


def test_the_last_set_is_mended_while_the_next_one_is_done(gym) -> None:
    g = gym()
    g.do_set("five")
    g.begin_set()
    g.say("no, six")
    assert g.reps() == [6]
    assert isinstance(g.state.phase, Working)


def test_the_load_of_the_last_set_is_mended(gym) -> None:
    g = gym()
    g.do_set("five")
    g.say("no, ninety kilos")
    assert g.state.standing[0].result.load == Load.kg(90)


def test_undo_voids_the_set_and_stands_before_it_again(gym) -> None:
    g = gym()
    g.do_set("five")
    g.say("undo")
    assert isinstance(g.facts[-1], SetVoided)
    assert g.state.position == (0, 0)
    assert g.last.startswith("Taken back: deadlift, set one.")


def test_after_undo_the_reps_can_simply_be_told(gym) -> None:
    g = gym()
    g.do_set("five")
    g.say("undo", "four")
    assert g.reps() == [4]
    assert isinstance(g.state.phase, Resting)


def test_undo_reaches_back_set_by_set(gym, make_block) -> None:
    g = gym(make_block(sets=3, load=Load.kg(100)))
    g.do_set("six")
    g.say("skip rest")
    g.do_set("five")
    g.say("undo", "undo")
    assert g.reps() == []
    assert g.state.position == (0, 0)
    g.say("undo")
    assert g.last == "There is no set to change yet."


def test_undo_takes_back_a_skip(gym, make_block, exercises) -> None:
    g = gym(make_block(load=Load.kg(100)), make_block(exercises["pull-up"]))
    g.say("skip exercise")
    assert isinstance(g.facts[-1], ExerciseSkipped)
    assert g.state.position == (1, 0)
    g.say("undo")
    assert isinstance(g.facts[-1], SkipUndone)
    assert g.state.position == (0, 0)


def test_undo_takes_back_whatever_came_last(gym, make_block) -> None:
    g = gym(make_block(sets=4, load=Load.kg(100)))
    g.do_set("six")
    g.say("skip rest", "skip set")
    assert isinstance(g.facts[-1], SetSkipped)
    g.do_set("four")
    g.say("undo")
    assert g.reps() == [6]
    g.say("undo")
    assert g.state.skipped == frozenset()
    g.say("undo")
    assert g.reps() == []


def test_nothing_to_mend_is_said_so(gym) -> None:
    g = gym()
    g.say("undo")
    assert g.facts == []


def test_a_pause_holds_the_rest(gym) -> None:
    g = gym()
    g.do_set("five")
    g.pass_ms(60_000)
    g.say("pause")
    assert isinstance(g.state.phase, Paused)
    g.pass_ms(600_000)
    g.say("resume", "how long left")
    assert g.last == "Two minutes."


def test_a_pause_in_a_paced_set_goes_on_at_the_next_number(gym, make_block) -> None:
    g = gym(make_block(load=Load.kg(60), count=CountMode.PACED))
    g.begin_set()
    g.pass_ms(6100)
    g.say("stop")
    before = len(g.beats())
    g.pass_ms(30_000)
    g.say("resume")
    g.pass_ms(3400)
    resumed = [word for _, word in g.beats()[before:]]
    assert resumed == ["Three", "Two", "One", "Lift!", "Three", "Four", "Five", "Six"]
    g.pass_ms(12_000)
    assert g.reps() == [6]


def test_stop_silences_the_number_that_sounds(gym, make_block) -> None:
    g = gym(make_block(load=Load.kg(60), count=CountMode.PACED))
    g.begin_set()
    g.pass_ms(6100)
    g.say("stop")
    assert StopCounting(at_once=True) in g.effects


def test_faster_shortens_the_beat_and_keeps_the_count(gym, make_block) -> None:
    g = gym(make_block(load=Load.kg(60), count=CountMode.PACED))
    g.begin_set()
    g.pass_ms(3100)
    g.say("faster")
    after = [at for at, word in g.beats() if word == "Two"][-1]
    assert after == 3400 + 3000 + 2727
    g.pass_ms(20_000)
    assert g.reps() == [6]


def test_pain_ends_the_set_marks_it_and_offers_to_leave_the_exercise(
    gym, make_block, exercises
) -> None:
    g = gym(make_block(load=Load.kg(100)), make_block(exercises["pull-up"]))
    g.begin_set()
    g.say("it hurts")
    assert isinstance(g.state.phase, OfferingSkip)
    assert g.state.standing[0].result.pain
    assert g.state.standing[0].result.reps is None
    assert "doctor or physiotherapist" in g.last
    g.say("yes")
    assert g.facts[-1] == ExerciseSkipped(at_ms=g.now_ms, block=0, reason="pain")
    assert "Pull-up, set one" in g.last


def test_pain_in_the_last_set_of_an_exercise_leaves_the_next_one_alone(
    gym, make_block, exercises
) -> None:
    g = gym(make_block(load=Load.kg(100), sets=1), make_block(exercises["pull-up"]))
    g.begin_set()
    g.say("it hurts")
    assert isinstance(g.state.phase, Resting)
    assert "leave out" not in g.last
    assert g.state.position == (1, 0)


def test_pain_before_a_set_is_no_mark_on_one_that_was_not_done(gym, make_block) -> None:
    g = gym(make_block(load=Load.kg(100)))
    g.say("it hurts")
    assert "marked" not in g.last
    assert "doctor or physiotherapist" in g.last
    assert g.last.endswith("Shall we leave out the deadlift?")


def test_the_doctor_is_named_once(gym, make_block) -> None:
    g = gym(make_block(sets=3, load=Load.kg(100)))
    g.begin_set()
    g.say("it hurts", "no")
    g.begin_set()
    g.say("it hurts")
    assert " ".join(g.said).count("physiotherapist") == 1


def test_finish_is_confirmed_first(gym) -> None:
    g = gym()
    g.do_set("five")
    g.say("finish workout")
    assert isinstance(g.state.phase, ConfirmingFinish)
    g.say("no")
    assert isinstance(g.state.phase, Resting)
    g.say("finish workout", "yes")
    assert isinstance(g.state.phase, Ended)
    assert not g.facts[-1].completed


def test_a_failed_commit_is_never_confirmed(gym) -> None:
    g = gym()
    g.begin_set()
    before = g.state
    g.say("done five")
    fact = g.facts[-1]
    said = len(g.said)
    g.state = before  # the driver drops a step whose facts were not committed
    g.take(RecordFailed(g.now_ms, (fact,)))
    assert g.reps() == []
    assert g.said[said:] == ["I could not save that. Say the number again."]
    assert isinstance(g.state.phase, AskingReps)
    g.say("five")
    assert g.reps() == [5]


def test_too_easy_is_noted_with_the_set(gym) -> None:
    g = gym()
    g.do_set("six")
    g.say("too easy")
    assert g.state.standing[0].result.effort == "easy"


def test_skip_in_the_rest_skips_the_rest_and_not_a_set(gym) -> None:
    g = gym()
    g.do_set("five")
    g.say("skip")
    assert g.state.position == (0, 1)
    assert isinstance(g.state.phase, AwaitingReady)


def test_a_weight_named_before_the_set_is_taken(gym) -> None:
    g = gym()
    g.say("weight one hundred and five")
    assert g.last == "Deadlift at one hundred and five kilos."
    g.do_set("five")
    assert g.state.standing[0].result.load == Load.kg(105)


@pytest.mark.parametrize("line", ["actually seven", "sorry, seven reps", "actually it was seven"])
def test_who_corrects_themselves_politely_is_understood(gym, line: str) -> None:
    g = gym()
    g.do_set("five")
    g.say(line)
    assert g.reps() == [7]
    assert g.last == "Seven at one hundred."


def test_the_same_again_is_as_many_as_the_set_before(gym) -> None:
    g = gym()
    g.begin_set()
    g.say("done", "same again")
    assert g.reps() == []  # of what?
    g.say("five", "skip rest")
    g.begin_set()
    g.say("done", "the same")
    assert g.reps() == [5, 5]
