"""Two plausible readings: which one is asked, in words that cannot be misheard again."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from voicecoach.language.decide import Accepted, Hypothesis, decide
from voicecoach.language.intents import Intent, IntentName
from voicecoach.session.events import IntentHeard, ReadingsHeard
from voicecoach.session.machine import vocabulary
from voicecoach.session.phases import AskingReps, Choosing, Resting
from voicecoach.units import Load, Rpe, Unit

THIRTEEN = Intent(name=IntentName.NUMBER, reps=13)
THIRTY = replace(THIRTEEN, reps=30)
EIGHT_AT_SIXTY = Intent(name=IntentName.REPS, reps=8, load=Load.of(60, Unit.KG))
EIGHT_AT_SIXTEEN = replace(EIGHT_AT_SIXTY, load=Load.of(16, Unit.KG))


def asked(gym, first: Intent, second: Intent):
    g = gym()
    g.begin_set()
    g.say("done")
    g.take(ReadingsHeard(g.now_ms, (first, second)))
    return g


def test_a_teen_and_its_ten_are_asked_by_their_digits(gym) -> None:
    g = asked(gym, THIRTEEN, THIRTY)
    assert isinstance(g.state.phase, Choosing)
    assert g.last == "Thirteen, one three, or thirty, three zero?"
    g.say("three zero")
    assert g.reps() == [30]


def test_the_answer_may_be_the_number_itself(gym) -> None:
    g = asked(gym, THIRTEEN, THIRTY)
    g.say("thirteen")
    assert g.reps() == [13]


def test_numbers_that_do_not_sound_alike_are_asked_as_they_are(gym) -> None:
    g = asked(gym, replace(THIRTEEN, reps=8), replace(THIRTEEN, reps=9))
    assert g.last == "Eight, or nine?"
    g.say("nine")
    assert g.reps() == [9]


def test_the_load_is_asked_where_the_load_is_in_doubt(gym) -> None:
    g = asked(gym, EIGHT_AT_SIXTEEN, EIGHT_AT_SIXTY)
    assert g.last == "Sixteen, or sixty?"
    assert IntentName.LOAD in vocabulary(g.state).intents
    assert IntentName.NUMBER not in vocabulary(g.state).intents
    g.say("sixty")
    assert g.reps() == [8]
    assert g.state.standing[0].result.load == Load.of(60, Unit.KG)


def test_an_exertion_in_doubt_is_asked(gym) -> None:
    g = gym()
    g.begin_set()
    g.say("done", "five")
    nine = Intent(name=IntentName.RPE, rpe=Rpe(Decimal(9)))
    g.take(ReadingsHeard(g.now_ms, (nine, replace(nine, rpe=Rpe(Decimal(5))))))
    assert g.last == "Nine, or five?"
    assert isinstance(g.state.phase, Choosing)
    g.say("rpe nine")
    assert isinstance(g.state.phase, Resting)


def test_readings_that_differ_in_more_than_a_number_are_not_asked_about(gym) -> None:
    g = asked(gym, EIGHT_AT_SIXTY, replace(EIGHT_AT_SIXTEEN, reps=3))
    assert isinstance(g.state.phase, AskingReps)
    assert g.reps() == []
    assert "I did not get that." in g.last


def test_neither_of_the_two_is_a_possible_answer(gym) -> None:
    g = asked(gym, THIRTEEN, THIRTY)
    g.say("no")
    assert g.last == "Say the number again."
    assert isinstance(g.state.phase, AskingReps)
    g.say("fifteen")
    assert g.reps() == [15]


def test_a_third_number_mends_at_once(gym) -> None:
    g = asked(gym, THIRTEEN, THIRTY)
    g.say("no, fifteen")
    assert g.reps() == [15]


def test_what_is_not_understood_twice_is_taken_for_the_likelier_and_said_back(gym) -> None:
    g = asked(gym, THIRTEEN, THIRTY)
    g.take(ReadingsHeard(g.now_ms, (THIRTY, THIRTEEN)))
    assert g.reps() == [30]
    assert "Thirty at one hundred." in g.last


def test_a_new_doubt_is_asked_about_by_digits(gym) -> None:
    g = asked(gym, replace(THIRTEEN, reps=8), replace(THIRTEEN, reps=9))
    g.take(ReadingsHeard(g.now_ms, (replace(THIRTEEN, reps=5), replace(THIRTEEN, reps=9))))
    assert g.last == "Five, five, or nine, nine?"
    g.take(IntentHeard(g.now_ms, replace(THIRTEEN, reps=5)))
    assert g.reps() == [5]


def test_the_number_that_was_refused_is_not_offered_again(gym, make_block) -> None:
    g = gym(make_block(reps=(13, 30)))
    g.begin_set()
    g.say("done", "thirteen")
    heard = [
        Hypothesis(("no", "thirteen"), -0.1, 0.9),
        Hypothesis(("no", "thirty"), -0.2, 0.9),
    ]
    decision = decide(heard, vocabulary(g.state))
    assert isinstance(decision, Accepted)
    assert decision.intent.reps == 30


def test_what_was_asked_about_is_likelier_than_anything_else(gym) -> None:
    g = asked(gym, THIRTEEN, THIRTY)
    forty = Hypothesis(("forty",), -0.1, 0.9)
    thirty = Hypothesis(("thirty",), -0.3, 0.9)
    decision = decide([forty, thirty], vocabulary(g.state))
    assert isinstance(decision, Accepted)
    assert decision.intent.reps == 30
