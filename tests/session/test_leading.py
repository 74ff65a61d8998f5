"""The coach leads: announcing, counting, logging, resting, finishing."""

from __future__ import annotations

import pytest

from voicecoach.session.effects import Count, Earcon, EndSession, Play, Record, Speak
from voicecoach.session.facts import InjuryAnswered, SessionFinished, SetLogged
from voicecoach.session.phases import (
    AskingReps,
    AwaitingReady,
    CountingDown,
    Ended,
    Resting,
    Working,
)
from voicecoach.training.prescription import Away, CountMode, SetKind, Warmup
from voicecoach.units import Load


def test_a_set_goes_from_ready_to_the_log(gym) -> None:
    g = gym()
    assert "Deadlift, set one of two. Four to six reps at one hundred kilos." in g.last
    assert g.last.endswith("Say ready.")
    g.do_set("five")
    assert g.last == "Five at one hundred. Rest three minutes."
    logged = g.facts[-1]
    assert isinstance(logged, SetLogged)
    assert (logged.result.reps, logged.result.load, logged.source) == (5, Load.kg(100), "voice")


def test_from_the_third_set_on_nobody_is_told_to_say_ready(gym, make_block) -> None:
    g = gym(make_block(load=Load.kg(100), sets=4))
    announced = []
    for _ in range(4):
        announced.append(g.last)
        g.do_set("five")
        g.say("skip rest")
    assert [text.endswith("Say ready.") for text in announced] == [True, True, False, False]


def test_an_only_set_has_no_number(gym, make_block) -> None:
    g = gym(make_block(sets=1, load=Load.kg(100)))
    assert "A. Deadlift. Four to six reps at one hundred kilos." in g.last


def test_the_load_that_comes_is_named_in_the_rest_where_the_plates_must_change(
    gym, make_block, exercises
) -> None:
    g = gym(
        make_block(load=Load.kg(100)),
        make_block(exercises["bench-press"], load=Load.kg(60), sets=1),
        make_block(exercises["pull-up"], sets=1),
    )
    g.do_set("five")
    assert g.last == "Five at one hundred. Rest three minutes."
    g.say("skip rest")
    g.do_set("five")
    assert g.last == "Five at one hundred. Rest three minutes. Then bench press at sixty kilos."
    g.say("skip rest")
    g.do_set("five")
    assert g.last == "Five at sixty. Rest three minutes. Then pull-up."


def test_ready_in_the_rest_begins_the_next_set_of_the_exercise(gym) -> None:
    g = gym()
    g.do_set("five")
    g.say("ready")
    assert isinstance(g.state.phase, CountingDown)


@pytest.mark.parametrize("asks_rpe", [False, True])
def test_ready_in_the_rest_before_another_exercise_has_it_told_first(
    gym, make_block, exercises, asks_rpe: bool
) -> None:
    g = gym(
        make_block(load=Load.kg(100), sets=1, asks_rpe=asks_rpe), make_block(exercises["pull-up"])
    )
    g.do_set("five")
    g.say("ready")
    assert isinstance(g.state.phase, AwaitingReady)
    assert g.last.startswith("Pull-up, set one of two. Four to six reps.")
    assert all(cue in g.last for cue in exercises["pull-up"].cues)
    g.say("ready")
    assert isinstance(g.state.phase, CountingDown)
    g.pass_ms(3400)
    g.say("done", "five", "ready")
    assert isinstance(g.state.phase, CountingDown)


def test_ready_in_the_rest_before_the_first_working_set_has_it_told_first(gym, make_block) -> None:
    g = gym(make_block(load=Load.kg(100), warmup=Warmup()))
    assert g.state.prescription.kind is SetKind.WARMUP
    while g.state.prescription.kind is SetKind.WARMUP:
        g.do_set("five")
    g.say("ready")
    assert isinstance(g.state.phase, AwaitingReady)
    assert "set one of two" in g.last


def test_after_time_away_the_coach_says_why_it_begins_lighter(gym, make_block) -> None:
    g = gym(make_block(load=Load.kg(85), away=Away(days=21, percent=15)))
    assert "Twenty one days without it, so today fifteen percent lighter." in g.last
    g.do_set("five")
    assert "percent" not in " ".join(g.said[1:])
    long_ago = gym(make_block(load=Load.kg(50), away=Away(days=100, percent=50)))
    assert "Fourteen weeks without it, so today fifty percent lighter." in long_ago.last


def test_the_fact_is_recorded_before_it_is_confirmed(gym) -> None:
    g = gym()
    g.do_set("five")
    kinds = [type(e) for e in g.effects]
    said = [e for e in g.effects if isinstance(e, Speak)]
    confirmation = next(
        e for e in said if "Rest" in " ".join(p.text(g.state.plan.unit) for p in e.prompts)
    )
    assert g.effects.index(confirmation) > kinds.index(Record)


def test_three_two_one_lift_is_on_the_beat(gym) -> None:
    g = gym()
    g.say("ready")
    assert g.beats() == [(400, "Three"), (1400, "Two"), (2400, "One"), (3400, "Lift!")]
    g.pass_ms(3400)
    assert isinstance(g.state.phase, Working)
    assert Play(Earcon.GO) in g.effects


def test_done_with_a_number_needs_no_question(gym) -> None:
    g = gym()
    g.begin_set()
    g.say("done eight")
    assert g.reps() == [8]
    assert "How many?" not in g.said


def test_reps_with_a_load_log_that_load(gym) -> None:
    g = gym()
    g.begin_set()
    g.say("five reps at ninety kilos")
    assert g.state.standing[0].result.load == Load.kg(90)


def test_a_paced_set_counts_each_rep_and_logs_the_last(gym, make_block) -> None:
    g = gym(make_block(load=Load.kg(60), count=CountMode.PACED, reps=(3, 3)))
    g.begin_set()
    counted = g.beats()[4:]
    assert counted == [(6400, "One"), (9400, "Two"), (12400, "Three")]
    g.pass_ms(9000)
    assert g.reps() == [3]
    assert g.state.standing[0].fact.source == "paced"


def test_done_ends_a_paced_set_at_the_count(gym, make_block) -> None:
    g = gym(make_block(load=Load.kg(60), count=CountMode.PACED))
    g.begin_set()
    g.pass_ms(6500)
    g.say("done")
    assert g.reps() == [2]


def test_done_before_the_first_count_asks(gym, make_block) -> None:
    g = gym(make_block(load=Load.kg(60), count=CountMode.PACED))
    g.begin_set()
    g.pass_ms(500)
    g.say("done")
    assert isinstance(g.state.phase, AskingReps)


def test_counting_aloud_is_followed(gym, make_block) -> None:
    g = gym(make_block(load=Load.kg(60), count=CountMode.ALOUD))
    g.begin_set()
    for word in ("one", "two", "three"):
        g.pass_ms(2000)
        g.say(word)
    assert "Two to go." not in g.said
    g.say("four")
    assert g.last == "Two to go."
    g.say("five")
    assert g.last == "Last one."
    g.say("six", "done")
    assert g.reps() == [6]
    assert g.state.standing[0].fact.source == "aloud"


def test_a_hold_is_called_at_sensible_marks_and_ends_by_itself(gym, make_block, exercises) -> None:
    g = gym(make_block(exercises["plank"], hold=30, sets=1))
    g.begin_set()
    assert [word for _, word in g.beats()[4:]] == [
        "Ten", "Half way.", "Twenty", "Twenty six", "Twenty seven",
        "Twenty eight", "Twenty nine", "Thirty",
    ]  # fmt: skip
    g.pass_ms(30_000)
    assert g.state.standing[0].result.hold_s == 30
    assert isinstance(g.state.phase, Ended)


def test_done_ends_a_hold_at_the_seconds_held(gym, make_block, exercises) -> None:
    g = gym(make_block(exercises["plank"], hold=30))
    g.begin_set()
    g.pass_ms(12_700)
    g.say("done")
    assert g.state.standing[0].result.hold_s == 12
    assert g.last.startswith("Twelve seconds held.")


def test_a_rest_is_called_and_counted_to_its_end(gym) -> None:
    g = gym()
    g.do_set("five")
    begun = g.now_ms
    g.pass_ms(170_000)
    assert g.last == "Ten seconds."
    assert g.beats()[-3:] == [
        (begun + 177_000, "Three"),
        (begun + 178_000, "Two"),
        (begun + 179_000, "One"),
    ]
    g.pass_ms(10_000)
    assert isinstance(g.state.phase, AwaitingReady)
    assert "set two of two" in g.last


def test_a_rest_too_short_to_call_is_only_counted(gym, make_block) -> None:
    g = gym(make_block(load=Load.kg(50), rest_s=8))
    g.do_set("five")
    g.pass_ms(8000)
    assert "Ten seconds." not in g.said
    assert [word for _, word in g.beats()[-3:]] == ["Three", "Two", "One"]


def test_ready_cuts_a_rest_short(gym) -> None:
    g = gym()
    g.do_set("five")
    g.say("ready")
    g.pass_ms(3400)
    assert isinstance(g.state.phase, Working)


def test_silence_is_asked_about_once_and_then_only_hinted_at(gym) -> None:
    g = gym()
    g.begin_set()
    g.say("done")
    questions = len(g.said)
    g.pass_ms(120_000)
    assert g.said[questions:] == ["How many reps did you get?"]
    tones = [e for e in g.effects if e == Play(Earcon.REMINDER)]
    assert len(tones) == 5
    assert g.reps() == []


def test_an_athlete_who_left_is_waited_for_and_the_session_kept(gym) -> None:
    g = gym()
    g.pass_ms(3 * 3_600_000)
    assert isinstance(g.state.phase, Ended)
    assert "kept everything" in g.last
    assert not any(isinstance(fact, SessionFinished) for fact in g.facts)


def test_an_unknown_load_is_asked_for_and_used(gym, make_block) -> None:
    g = gym(make_block(asks_load=True))
    assert g.last.endswith("What weight for the deadlift?")
    g.say("one hundred and two point five")
    assert g.last.startswith("Deadlift, set one of two. Four to six reps at one hundred and two")
    assert g.last.count("one hundred and two point five kilos") == 1
    g.do_set("five")
    assert g.state.standing[0].result.load == Load.kg("102.5")


def test_an_unknown_load_is_asked_for_as_the_rest_before_it_begins(
    gym, make_block, exercises
) -> None:
    g = gym(
        make_block(load=Load.kg(100), sets=1), make_block(exercises["bench-press"], asks_load=True)
    )
    g.do_set("five")
    assert g.last == "Five at one hundred. Rest three minutes. Then bench press. What weight?"
    g.say("no, six", "eighty")
    assert g.reps() == [6]
    assert g.last == "Bench press at eighty kilos."
    g.pass_ms(180_000)
    assert "Bench press, set one of two. Four to six reps at eighty kilos." in g.last


def test_an_unknown_load_that_nobody_names_does_not_hold_up_the_rest(
    gym, make_block, exercises
) -> None:
    g = gym(
        make_block(load=Load.kg(100), sets=1), make_block(exercises["bench-press"], asks_load=True)
    )
    g.do_set("five")
    g.pass_ms(181_000)
    assert g.last == "What weight for the bench press?"


def test_where_a_warm_up_comes_first_its_load_is_told_with_the_one_named(
    gym, make_block, exercises
) -> None:
    bench = make_block(exercises["bench-press"], asks_load=True, warmup=Warmup())
    g = gym(make_block(load=Load.kg(100), sets=1), bench)
    g.do_set("five")
    g.say("eighty kilos")
    assert g.last == "Bench press at eighty kilos. Then twenty kilos."


def test_a_load_that_nobody_names_is_never_invented(gym, make_block) -> None:
    g = gym(make_block(asks_load=True))
    g.pass_ms(60_000)
    assert "Then name the weight with your reps." in " ".join(g.said)
    g.do_set("five")
    assert g.state.standing[0].result.load is None


def test_a_load_that_was_left_open_may_still_be_named_alone_before_the_set(gym, make_block) -> None:
    g = gym(make_block(asks_load=True))
    g.say("skip", "sixty")
    assert g.last == "Deadlift at sixty kilos."
    g.do_set("five")
    assert g.last.startswith("Five at sixty.")


def test_a_load_that_was_left_open_is_asked_for_once_when_its_first_set_is_kept(
    gym, make_block
) -> None:
    g = gym(make_block(asks_load=True, sets=3))
    g.say("skip")
    g.do_set("five")
    assert g.last == "Five reps. Rest three minutes. What weight was it?"
    g.say("eighty")
    assert g.last == "Five at eighty."
    assert g.state.standing[0].result.load == Load.kg(80)
    g.pass_ms(180_000)
    assert "Four to six reps at eighty kilos." in g.last
    open_still = gym(make_block(asks_load=True, sets=3))
    open_still.say("skip")
    open_still.do_set("five")
    open_still.pass_ms(180_000)
    open_still.do_set("five")
    assert open_still.last == "Five reps. Rest three minutes."


def test_first_use_asks_about_the_back_and_keeps_the_answer(gym) -> None:
    g = gym(ask_injury=True)
    assert "injured your back" in g.last
    g.say("yes")
    assert g.facts == [InjuryAnswered(at_ms=0, injured=True)]
    assert any("doctor or physiotherapist" in line for line in g.said)


def test_the_warm_up_ends_by_itself_or_at_ready(gym) -> None:
    g = gym(warmup_s=300)
    g.say("how long left")
    assert g.last == "Five minutes."
    g.pass_ms(300_000)
    assert "Warm-up over." in g.last
    early = gym(warmup_s=300)
    early.say("ready")
    assert isinstance(early.state.phase, AwaitingReady)


def test_the_last_set_closes_the_session(gym) -> None:
    g = gym()
    g.do_set("six")
    g.say("skip rest")
    g.do_set("six")
    assert g.facts[-1] == SessionFinished(at_ms=g.now_ms, completed=True)
    assert "Workout finished: two sets" in g.last
    assert isinstance(g.effects[-1], EndSession)


def test_the_first_set_has_all_cues_and_a_later_one_has_one(gym) -> None:
    g = gym()
    assert "Feet under the bar. Push the floor away." in g.said[0]
    g.do_set("five")
    g.say("skip rest")
    assert "Push the floor away." in g.last
    assert "Feet under the bar." not in g.last


@pytest.mark.parametrize("words", ["chin-ups instead", "switch to chin-up"])
def test_another_exercise_can_be_taken_where_the_routine_offers_it(
    gym, make_block, exercises, words: str
) -> None:
    g = gym(make_block(exercises["pull-up"], instead=(exercises["chin-up"],)))
    assert "Or say chin-up instead." in g.last
    g.say(words)
    assert "Chin-up it is." in g.last
    g.do_set("five")
    assert g.state.standing[0].fact.exercise == "chin-up"


def test_rpe_is_asked_where_the_routine_wants_it_and_the_rest_runs_on(gym, make_block) -> None:
    g = gym(make_block(load=Load.kg(100), asks_rpe=True))
    g.do_set("five")
    assert g.last == "Five at one hundred. How hard was it, from five to ten?"
    g.pass_ms(5000)
    g.say("eight")
    assert isinstance(g.state.phase, Resting)
    assert g.last == "R P E eight. Rest two minutes fifty five."
    assert float(g.state.standing[0].result.rpe.value) == 8


def test_counts_name_the_set_they_belong_to(gym) -> None:
    g = gym()
    g.do_set("five")
    g.say("ready")
    counts = [(e.exercise, e.number) for e in g.effects if isinstance(e, Count)]
    assert counts == [("deadlift", 1), ("deadlift", 2)]
