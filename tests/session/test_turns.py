"""Supersets and circuits: exercises take turns, and rest comes after the round."""

from __future__ import annotations

import pytest

from voicecoach.session.facts import ExerciseSkipped, SessionFinished, SessionStarted
from voicecoach.session.phases import AskingRpe, AwaitingReady, Resting
from voicecoach.session.resume import resume
from voicecoach.training.prescription import Drops
from voicecoach.units import Load


@pytest.fixture
def pair(gym, make_block, exercises):
    """Two rounds of pull-ups and bench press, then a plank."""
    return gym(
        make_block(exercises["pull-up"], superset="A", rest_s=30),
        make_block(exercises["bench-press"], superset="A", rest_s=90, load=Load.kg(60)),
        make_block(exercises["plank"], hold=20, sets=1),
    )


def places(g) -> list[tuple[str, int]]:
    return [(logged.fact.exercise, logged.fact.number) for logged in g.state.standing]


def test_the_exercises_take_turns_set_by_set(pair) -> None:
    for reps in ("five", "six", "five", "six"):
        pair.do_set(reps)
        if isinstance(pair.state.phase, Resting):
            pair.say("skip rest")
    assert places(pair) == [
        ("pull-up", 1),
        ("bench-press", 1),
        ("pull-up", 2),
        ("bench-press", 2),
    ]
    assert pair.state.block.exercise.id == "plank"


def test_the_superset_is_told_once(pair) -> None:
    assert pair.said[0].count("Superset: pull-up and bench press.") == 1
    pair.do_set("five")
    pair.do_set("six")
    assert not any("Superset" in line for line in pair.said[1:])


def test_three_exercises_that_take_turns_are_a_circuit(gym, make_block, exercises) -> None:
    g = gym(
        *(make_block(exercises[e], superset="A") for e in ("pull-up", "chin-up", "split-squat"))
    )
    assert "Circuit: pull-up, chin-up and split squat." in g.last


def test_the_next_exercise_is_announced_at_once_and_rest_is_after_the_round(pair) -> None:
    pair.do_set("five")
    assert isinstance(pair.state.phase, AwaitingReady)
    assert pair.last.startswith("Five reps. Bench press, set one of two.")
    pair.do_set("six")
    assert pair.last == "Six at sixty. Rest ninety seconds. Then pull-up."


def test_a_change_over_may_take_a_while(gym, make_block, exercises) -> None:
    g = gym(
        make_block(exercises["pull-up"], superset="A", change_s=15),
        make_block(exercises["chin-up"], superset="A"),
    )
    g.do_set("five")
    assert g.last == "Five reps. Rest fifteen seconds. Then chin-up."


def test_the_exercise_with_more_sets_goes_on_alone(gym, make_block, exercises) -> None:
    g = gym(
        make_block(exercises["pull-up"], superset="A", sets=1),
        make_block(exercises["chin-up"], superset="A", sets=3, rest_s=60),
    )
    g.do_set("five")
    for _ in range(2):
        g.do_set("five")
        assert g.last.startswith("Five reps. Rest one minute.")
        g.say("skip rest")
    g.do_set("five")
    assert places(g) == [("pull-up", 1), *(("chin-up", n) for n in (1, 2, 3))]
    assert g.facts[-1] == SessionFinished(at_ms=g.now_ms, completed=True)


def test_undo_goes_back_to_the_exercise_before(pair) -> None:
    pair.do_set("five")
    pair.do_set("six")
    pair.say("undo")
    assert pair.last.startswith("Taken back: bench press, set one.")
    pair.say("undo")
    assert pair.last.startswith("Taken back: pull-up, set one.")


def test_a_skipped_exercise_leaves_the_other_its_rounds(pair) -> None:
    pair.do_set("five")
    pair.say("skip exercise")
    assert "Bench press skipped. Pull-up, set two of two." in pair.last
    pair.do_set("five")
    assert "Rest ninety seconds. Then plank." in pair.last


def test_pain_offers_to_leave_out_the_exercise_that_hurt(pair) -> None:
    pair.begin_set()
    pair.say("it hurts")
    assert pair.last.endswith("Shall we leave out the pull-up?")
    pair.say("yes")
    assert pair.facts[-1] == ExerciseSkipped(at_ms=pair.now_ms, block=0, reason="pain")
    assert "Pull-up skipped. Bench press, set one of two." in pair.last


def test_an_unfinished_superset_goes_on_where_it_was(pair) -> None:
    plan = pair.state.plan
    for reps in ("five", "six"):
        pair.do_set(reps)
    pair.say("ready")
    pair.pass_ms(3400)
    pair.say("done five")
    again = resume(
        "session", pair.state.started_at, [SessionStarted(at_ms=0, plan=plan), *pair.facts]
    )
    assert again.position == pair.state.position == (1, 1)


def test_exertion_is_asked_for_without_a_rest_too(gym, make_block, exercises) -> None:
    g = gym(
        make_block(exercises["pull-up"], superset="A", asks_rpe=True),
        make_block(exercises["chin-up"], superset="A"),
    )
    g.do_set("five")
    assert isinstance(g.state.phase, AskingRpe)
    g.pass_ms(4000)
    g.say("eight")
    assert g.last.startswith("R P E eight. Chin-up, set one of two.")


def test_what_is_left_names_both_exercises(pair) -> None:
    pair.do_set("five")
    pair.say("how many left")
    assert pair.last == "Two sets of bench press. Then pull-up and plank."


def test_drops_belong_to_their_set(gym, make_block, exercises) -> None:
    drops = Drops(count=1, after_each=True)
    g = gym(
        make_block(exercises["bench-press"], superset="A", load=Load.kg(60), drops=drops),
        make_block(exercises["chin-up"], superset="A"),
    )
    g.do_set("five")
    assert "Bench press, drop set." in g.last
    g.do_set("four")
    assert "Chin-up, set one of two." in g.last
