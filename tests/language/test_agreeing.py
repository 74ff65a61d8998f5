"""Ears that know the voice understand more, and never overrule those that know none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.language.agreeing import agreed
from voicecoach.language.decide import Accepted, Ambiguous, Decision, Hypothesis, Ignored, decide
from voicecoach.language.intents import Intent, IntentName
from voicecoach.language.vocabulary import Expectation, Vocabulary

RESTING = Vocabulary(
    intents=frozenset({IntentName.NUMBER, IntentName.STOP, IntentName.PAUSE, IntentName.UNDO}),
    expects=Expectation(answers=frozenset({IntentName.NUMBER}), reps=(8, 12)),
)
PHRASES = ("two", "three", "thirteen", "thirty", "stop", "pause", "undo", "nonsense")

HEARD = st.lists(
    st.builds(
        Hypothesis,
        st.sampled_from(PHRASES).map(lambda phrase: (phrase,)),
        st.floats(-8, 0),
        st.floats(0, 1),
    ),
    max_size=5,
    unique_by=lambda one: one.words,
).map(lambda found: tuple(sorted(found, key=lambda one: -one.score)))


def number(reps: int) -> Intent:
    return Intent(name=IntentName.NUMBER, reps=reps)


STOP = Intent(name=IntentName.STOP)
TWO, THREE = Accepted(number(2), ("two",), 0.9), Accepted(number(3), ("three",), 0.9)
STOPPED = Accepted(STOP, ("stop",), 0.9)
TORN = Ambiguous((number(2), number(3)), ("two",), 0.7)
NOTHING = Ignored((), 0.0)


@given(HEARD, HEARD)
def test_nothing_is_accepted_that_anybody_would_have_been_heard_to_say_otherwise(
    anybody: tuple[Hypothesis, ...], own: tuple[Hypothesis, ...]
) -> None:
    plain = decide(anybody, RESTING)
    both = agreed(plain, decide(own, RESTING), RESTING)
    if isinstance(plain, Accepted) and isinstance(both, Accepted):
        assert both.intent == plain.intent
    if isinstance(plain, Accepted) and isinstance(both, Ambiguous):
        assert plain.intent in both.intents
    if isinstance(plain, Ambiguous) and isinstance(both, Accepted):
        assert both.intent in plain.intents


@given(HEARD)
def test_what_both_hear_alike_stays_as_it_is(heard: tuple[Hypothesis, ...]) -> None:
    decision = decide(heard, RESTING)
    assert agreed(decision, decision, RESTING) == decision


@pytest.mark.parametrize(
    ("anybody", "own", "both"),
    [
        (TWO, THREE, Ambiguous((number(3), number(2)), ("three",), 0.9)),
        (TWO, STOPPED, Ignored(("stop",), 0.9)),
        (TWO, NOTHING, TWO),
        (TWO, TORN, TORN),
        (STOPPED, TORN, STOPPED),
        (NOTHING, THREE, THREE),
        (NOTHING, TORN, TORN),
        (TORN, THREE, THREE),
        (TORN, STOPPED, TORN),
        (TORN, NOTHING, TORN),
        (Ignored(("two",), 0.5), THREE, Ambiguous((number(3), number(2)), ("three",), 0.9)),
        (Ignored(("two",), 0.1), THREE, THREE),
        (Ignored(("three",), 0.5), THREE, THREE),
        (Ignored(("stop",), 0.5), THREE, Ignored(("stop",), 0.5)),
        (Ignored(("nonsense",), 0.5), THREE, THREE),
    ],
)
def test_two_ears_that_differ_ask_or_leave_it(
    anybody: Decision, own: Decision, both: Decision
) -> None:
    assert agreed(anybody, own, RESTING) == both
