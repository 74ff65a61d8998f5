"""The guided test of a one-rep maximum: its safety, its lifts, and what it notes."""

from __future__ import annotations

from typing import Any

import pytest

from voicecoach.library.exercises import Library
from voicecoach.session.events import SessionInterrupted
from voicecoach.session.facts import MaxTested, SessionFinished, SetLogged, SetVoided
from voicecoach.session.max_test import LIFT_MS, TESTING, MaxTest
from voicecoach.training.loading import Equipment
from voicecoach.training.prescription import SetKind
from voicecoach.units import Load, Unit

SQUAT = Library().exercise("squat")


@pytest.fixture
def begun(chat):
    """Begin a test with 120 kg expected, unless told otherwise."""

    def begin(expected: str | None = "120") -> Any:
        state = MaxTest(
            session_id="test",
            exercise=SQUAT,
            equipment=Equipment.usual(Unit.KG),
            expected=None if expected is None else Load.kg(expected),
        )
        return chat(TESTING, state)

    return begin


def warm_up(test) -> None:
    """Answer what is asked, and do the warm-up sets."""
    test.say("no", "yes")
    while test.state.warmup is not None:
        test.say("ready", "done")
        test.pass_ms(test.state.until_ms - test.now_ms)


def attempt(test, report: str) -> None:
    test.say("ready", report)
    if not test.state.ended:
        test.pass_ms(test.state.until_ms - test.now_ms)


def attempts(test) -> list[tuple[str, bool]]:
    return [(f"{one.fact.result.load.grams / 1000:g}", one.made) for one in test.state.attempts]


def test_an_injury_or_pain_ends_it_before_it_begins(begun) -> None:
    test = begun()
    assert test.said[0].startswith("We test what you can lift once: squat. Have you an injury")
    assert "Ask a doctor or physiotherapist first." in test.say("yes")
    assert test.state.ended
    assert test.facts == []


def test_a_beginner_is_told_to_train_on(begun) -> None:
    test = begun()
    assert test.say("no", "no").startswith("Then train on")
    assert test.state.ended
    assert test.facts == []


def test_safety_is_told_before_the_first_lift(begun) -> None:
    said = begun().say("no", "yes")
    assert "Have a spotter with you, or set the safety bars." in said
    assert "At any pain, stop" in said


def test_what_nobody_knows_is_asked(begun) -> None:
    test = begun(None)
    assert test.say("no", "yes") == "What do you think you can lift once?"
    assert "Warm up:" in test.say("one hundred and twenty")
    assert test.state.next_load == Load.kg("107.5")


def test_the_warm_up_grows_and_stays_below_the_first_attempt(begun) -> None:
    test = begun()
    warm_up(test)
    loads = [lift.fact.result.load for lift in test.state.standing]
    assert loads == sorted(loads)
    assert 3 <= len(loads) <= 6
    assert loads[-1] < test.state.next_load
    assert all(lift.fact.kind is SetKind.WARMUP for lift in test.state.standing)
    assert "Attempt one: one at one hundred and seven point five kilos." in test.said[-1]


def test_each_load_follows_from_the_attempt_before_and_a_miss_ends_it(begun) -> None:
    test = begun()
    warm_up(test)
    for report in ("easy", "made it", "hard", "missed"):
        attempt(test, report)
    assert attempts(test) == [("107.5", True), ("115", True), ("120", True), ("122.5", False)]
    assert test.said[-1] == (
        "Missed. We stop here. Your one-rep maximum is one hundred and twenty kilos. Well done."
    )
    assert test.facts[-2] == MaxTested(
        at_ms=test.now_ms, exercise="squat", variation=None, load=Load.kg(120)
    )
    assert isinstance(test.facts[-1], SessionFinished)
    missed = [fact for fact in test.facts if isinstance(fact, SetLogged)][-1]
    assert (missed.kind, missed.result.reps, missed.result.note) == (SetKind.FAILURE, 0, "missed")


def test_five_attempts_are_enough(begun) -> None:
    test = begun()
    warm_up(test)
    for _ in range(5):
        attempt(test, "easy")
    assert len(test.state.attempts) == 5
    assert "Five attempts are enough." in test.said[-1]
    assert test.state.ended


def test_every_attempt_is_heavier_than_the_one_before(begun) -> None:
    for report in ("hard", "made it", "easy"):
        test = begun("22.5")  # where a step of the plates is more than the rule's own
        warm_up(test)
        for _ in range(5):
            attempt(test, report)
        loads = [lift.fact.result.load for lift in test.state.attempts]
        assert loads == sorted(set(loads))


def test_rests_are_long_and_longer_beyond_what_was_expected(begun) -> None:
    test = begun()
    warm_up(test)
    assert test.say("ready", "easy").endswith("Rest three minutes.")
    assert test.say("how long left") == "Three minutes."
    assert test.say("skip rest").startswith("Attempt two")
    test.say("ready", "easy")
    assert test.said[-1].endswith("Rest four minutes.")


def test_pain_ends_it_and_keeps_what_was_made(begun) -> None:
    test = begun()
    warm_up(test)
    attempt(test, "made it")
    test.say("ready")
    assert "Ask a doctor" in test.say("it hurts")
    assert test.state.ended
    assert any(isinstance(fact, MaxTested) for fact in test.facts)


def test_a_miss_at_once_notes_no_maximum(begun) -> None:
    test = begun()
    warm_up(test)
    attempt(test, "missed")
    assert "nothing is noted" in test.said[-1]
    assert not any(isinstance(fact, MaxTested) for fact in test.facts)


def test_a_report_that_was_misheard_is_taken_back(begun) -> None:
    test = begun()
    warm_up(test)
    test.say("ready", "easy")
    assert test.say("undo").startswith("Did you make it?")
    assert isinstance(test.facts[-1], SetVoided)
    test.say("hard")
    assert attempts(test) == [("107.5", True)]
    assert test.state.next_load == Load.kg(110)


def test_nobody_is_spoken_to_while_they_lift(begun) -> None:
    test = begun()
    warm_up(test)
    test.say("ready")
    said = len(test.said)
    test.pass_ms(LIFT_MS - 1)
    assert len(test.said) == said
    test.pass_ms(1)
    assert test.said[-1] == "Did you make it? Say made it, easy, hard, or missed."


def test_a_load_that_nobody_lifts_is_asked_for_again(begun) -> None:
    test = begun(None)
    test.say("no", "yes")
    assert test.say("nine hundred").startswith("I did not get that. What do you think")
    assert test.state.expected is None


def test_leaving_keeps_the_best_that_was_made(begun) -> None:
    test = begun()
    warm_up(test)
    attempt(test, "made it")
    test.take(SessionInterrupted(test.now_ms))
    assert [type(fact) for fact in test.facts[-2:]] == [MaxTested, SessionFinished]


def test_a_lift_that_could_not_be_kept_is_not_confirmed(begun) -> None:
    test = begun()
    test.say("no", "yes", "ready")
    test.fails = {SetLogged}
    assert test.say("done") == "I could not save that. Say it once more."
    assert test.state.lifts == ()
