"""Hypotheses are accepted, asked about, or ignored."""

from __future__ import annotations

from dataclasses import replace

import pytest

from voicecoach.language.decide import Accepted, Ambiguous, Hypothesis, Ignored, decide
from voicecoach.language.intents import IntentName
from voicecoach.language.vocabulary import Expectation, Vocabulary

REPS = frozenset({IntentName.NUMBER, IntentName.FINISH})


def heard(text: str, score: float = -0.1, confidence: float = 0.9) -> Hypothesis:
    return Hypothesis(tuple(text.split()), score, confidence)


def vocabulary(low: int, high: int) -> Vocabulary:
    return Vocabulary(intents=REPS, expects=Expectation(reps=(low, high)))


def test_a_clear_word_is_accepted() -> None:
    decision = decide([heard("eight")], vocabulary(6, 10))
    assert isinstance(decision, Accepted)
    assert decision.intent.reps == 8


def test_an_unsure_word_is_ignored() -> None:
    assert isinstance(decide([heard("eight", confidence=0.2)], vocabulary(6, 10)), Ignored)


def test_nothing_heard_is_ignored() -> None:
    assert isinstance(decide([], vocabulary(6, 10)), Ignored)


def test_words_outside_the_vocabulary_are_ignored() -> None:
    assert isinstance(decide([heard("large cappuccino")], vocabulary(6, 10)), Ignored)


def test_the_target_tells_thirteen_from_thirty() -> None:
    hypotheses = [heard("thirty", -0.20), heard("thirteen", -0.22)]
    decision = decide(hypotheses, vocabulary(8, 12))
    assert isinstance(decision, Accepted)
    assert decision.intent.reps == 13


def test_thirteen_or_thirty_is_asked_where_both_are_plausible() -> None:
    hypotheses = [heard("thirty", -0.20), heard("thirteen", -0.21)]
    decision = decide(hypotheses, vocabulary(13, 30))
    assert isinstance(decision, Ambiguous)
    assert [intent.reps for intent in decision.intents] == [30, 13]


def test_two_different_acts_of_which_either_may_be_meant_are_not_guessed() -> None:
    legal = Vocabulary(intents=frozenset({IntentName.REPS, IntentName.HURTS}))
    torn = [heard("it hurts", -0.1), heard("eight reps", -0.2)]
    assert isinstance(decide(torn, legal), Ignored)
    clear = [heard("it hurts", -0.1), heard("eight reps", -3.2)]
    assert isinstance(decide(clear, legal), Accepted)


OVER_THE_COACH = Vocabulary(
    intents=frozenset({IntentName.STOP, IntentName.READY, IntentName.SOFTER}),
    expects=Expectation(answers=frozenset({IntentName.READY}), urgent=frozenset({IntentName.STOP})),
)


def test_a_half_heard_stop_over_the_coach_is_obeyed() -> None:
    half = [heard("stop", confidence=0.35)]
    assert isinstance(decide(half, OVER_THE_COACH), Accepted)
    at_rest = replace(OVER_THE_COACH, expects=Expectation())
    assert isinstance(decide(half, at_rest), Ignored)
    assert isinstance(decide([heard("stop", confidence=0.2)], OVER_THE_COACH), Ignored)


@pytest.mark.parametrize("rival", ["softer", "start"])
def test_stop_over_the_coach_is_nothing_else_that_sounds_a_little_nearer(rival: str) -> None:
    decision = decide([heard(rival, -0.1), heard("stop", -1.0)], OVER_THE_COACH)
    assert isinstance(decision, Accepted)
    assert decision.intent.name is IntentName.STOP


def test_an_answer_wins_over_what_answers_nothing() -> None:
    hypotheses = [heard("finish workout", -0.1), heard("eight", -0.2)]
    asked = Expectation(answers=frozenset({IntentName.NUMBER}))
    decision = decide(hypotheses, Vocabulary(intents=REPS, expects=asked))
    assert isinstance(decision, Accepted)
    assert decision.intent.name is IntentName.NUMBER


def test_what_ends_the_workout_needs_more_certainty() -> None:
    unsure = [heard("finish workout", confidence=0.6)]
    assert isinstance(decide(unsure, vocabulary(8, 12)), Ignored)
    sure = [heard("finish workout", confidence=0.9)]
    assert isinstance(decide(sure, vocabulary(8, 12)), Accepted)


def test_the_next_number_of_a_count_is_expected() -> None:
    counting = Vocabulary(intents=frozenset({IntentName.COUNT}), expects=Expectation(count=4))
    decision = decide([heard("five", -0.20), heard("four", -0.25)], counting)
    assert isinstance(decision, Accepted)
    assert decision.intent.reps == 4


def test_an_answer_to_the_question_needs_less_certainty() -> None:
    unsure = [heard("eight", confidence=0.57)]
    asked = Expectation(answers=frozenset({IntentName.NUMBER}), reps=(6, 10))
    assert isinstance(decide(unsure, Vocabulary(intents=REPS, expects=asked)), Accepted)
    assert isinstance(decide(unsure, vocabulary(6, 10)), Ignored)
