"""Two ears for one utterance: what they agree on, what they do not, and what only one knows."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.audio.ports import Hypothesis, Pcm
from voicecoach.audio.recognisers.choice import choose_recogniser
from voicecoach.audio.recognisers.verified import Reading, VerifiedRecogniser, weighed
from voicecoach.language.decide import ACCEPT, Accepted, Ambiguous, Ignored, decide
from voicecoach.language.grammar import Grammar, named_slot, number_slots
from voicecoach.language.intents import IntentName
from voicecoach.language.template import Alternatives, parse_template
from voicecoach.language.vocabulary import Vocabulary

REPS = Vocabulary(intents=frozenset({IntentName.NUMBER, IntentName.FINISH, IntentName.DONE}))
SOUND = np.ones(1600, dtype=np.int16)


def grammar(*templates: str, exercises: tuple[str, ...] = ()) -> Grammar:
    trees = tuple(map(parse_template, templates))
    return Grammar(Alternatives(trees), (*number_slots(), named_slot("exercise", exercises)))


def hypotheses(*heard: tuple[str, float, float]) -> tuple[Hypothesis, ...]:
    return tuple(Hypothesis(tuple(text.split()), score, sure) for text, score, sure in heard)


def reading(*heard: tuple[str, float, float], unknown: str = "") -> Reading:
    return Reading(hypotheses(*heard), frozenset(unknown.split()))


class ScriptedEar:
    """Hears what it is given, whatever is said, but for the words that it does not know."""

    def __init__(
        self, name: str, *heard: tuple[str, float, float], unknown: tuple[str, ...] = ()
    ) -> None:
        self.name = name
        self.description = f"a scripted {name}"
        self.begun: list[Grammar] = []
        self.asked = 0
        self._heard, self._unknown = hypotheses(*heard), unknown
        self._samples = 0

    def lacks(self, grammar: Grammar) -> tuple[str, ...]:  # always the same
        return self._unknown

    def begin(self, grammar: Grammar) -> None:
        self.begun.append(grammar)
        self._samples = 0

    def feed(self, pcm: Pcm) -> None:
        self._samples += len(pcm)

    def finish(self) -> tuple[Hypothesis, ...]:
        self.asked += 1
        heard, self._samples = (self._heard if self._samples else ()), 0
        return heard


class WritingEar(ScriptedEar):
    """One that writes down how much sound it had when it was asked last."""

    written = ""

    def finish(self) -> tuple[Hypothesis, ...]:
        if self._samples:
            self.written = f"{self._samples} samples"
        return super().finish()

    def write_down(self, openings: tuple[str, ...] = ()) -> str:  # as in the port
        return self.written


def hear(recogniser: VerifiedRecogniser, within: Grammar) -> tuple[Hypothesis, ...]:
    recogniser.begin(within)
    recogniser.feed(SOUND)
    return recogniser.finish()


NUMBERS = grammar("{reps}", "done")


def test_what_both_ears_heard_is_surer_than_what_either_did() -> None:
    found = weighed(reading(("eight", 0.0, 0.8)), reading(("eight", 0.0, 0.8)))
    assert [one.words for one in found] == [("eight",)]
    assert found[0].confidence > 0.8


def test_one_sure_ear_alone_is_not_believed() -> None:
    for one, other in (
        (reading(("eight", 0.0, 1.0)), reading()),
        (reading(("eight", 0.0, 1.0)), reading(("done", 0.0, 0.9))),
        (reading(("eight", 0.0, 1.0)), reading(("eight", 0.0, 0.03))),
    ):
        for first, second in ((one, other), (other, one)):
            assert isinstance(decide(weighed(first, second), REPS), Ignored)


def test_two_numbers_that_either_may_be_right_are_asked_about() -> None:
    first = reading(("thirteen", 0.0, 0.9), ("thirty", -1.0, 0.9))
    second = reading(("thirty", 0.0, 0.9), ("thirteen", -1.5, 0.8))
    decision = decide(weighed(first, second), REPS)
    assert isinstance(decision, Ambiguous)
    assert {intent.reps for intent in decision.intents} == {13, 30}


def test_of_two_acts_that_either_may_be_right_none_is_done() -> None:
    first = reading(("done", 0.0, 0.9), ("nine", -1.0, 0.9))
    second = reading(("nine", 0.0, 0.9), ("done", -1.0, 0.9))
    assert isinstance(decide(weighed(first, second), REPS), Ignored)


def test_the_surer_ear_decides_where_the_other_wavers() -> None:
    first = reading(("fifty", 0.0, 0.9), ("fifteen", -0.2, 0.9))
    second = reading(("fifteen", 0.0, 0.95), ("fifty", -8.0, 0.5))
    decision = decide(weighed(first, second), REPS)
    assert isinstance(decision, Accepted)
    assert decision.intent.reps == 15


def test_a_phrase_that_one_ear_has_no_words_for_is_heard_by_the_other_alone() -> None:
    first = reading(("squat", 0.0, 0.3), unknown="kettlebell")
    second = reading(("kettlebell swing", 0.0, 0.9), ("squat", -4.0, 0.2))
    found = weighed(first, second)
    assert found[0].words == ("kettlebell", "swing")
    assert found[0].confidence > ACCEPT


NAMED = st.sampled_from(["eight", "nine", "done", "thirteen", "thirty"])
HEARD = st.lists(
    st.tuples(NAMED, st.floats(-20, 0), st.floats(0, 1)), max_size=5, unique_by=lambda one: one[0]
).map(lambda heard: reading(*sorted(heard, key=lambda one: -one[1])))


@given(first=HEARD, second=HEARD)
def test_the_likeliest_comes_first_and_neither_ear_counts_for_more(
    first: Reading, second: Reading
) -> None:
    found = weighed(first, second)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert {one.words for one in found} == {
        one.words for one in (*first.hypotheses, *second.hypotheses)
    }
    assert all(0 <= one.confidence <= 1 for one in found)
    turned = {one.words: one for one in weighed(second, first)}
    for one in found:
        assert one.score == pytest.approx(turned[one.words].score)
        assert one.confidence == pytest.approx(turned[one.words].confidence)


@given(heard=HEARD)
def test_nothing_is_acted_on_that_only_one_ear_heard(heard: Reading) -> None:
    assert all(one.confidence < ACCEPT for one in weighed(heard, reading()))


def test_the_second_ear_is_spared_where_the_first_heard_nothing() -> None:
    second = ScriptedEar("second", ("eight", 0.0, 0.9))
    assert hear(VerifiedRecogniser(ScriptedEar("first"), second), NUMBERS) == ()
    assert second.asked == 0


def test_what_the_first_ear_heard_nothing_in_can_still_be_written_down() -> None:
    second = WritingEar("second")
    recogniser = VerifiedRecogniser(ScriptedEar("first"), second)
    hear(recogniser, NUMBERS)
    assert recogniser.write_down() == "1600 samples"


def test_the_ear_that_can_write_writes() -> None:
    recogniser = VerifiedRecogniser(
        WritingEar("first", ("eight", 0.0, 0.9)), ScriptedEar("second", ("eight", 0.0, 0.9))
    )
    hear(recogniser, NUMBERS)
    assert recogniser.write_down() == "1600 samples"
    assert VerifiedRecogniser(ScriptedEar("a"), ScriptedEar("b")).write_down() == ""


class PersonalScript(ScriptedEar):
    """One that knows a voice, and would have heard something else of anybody."""

    def __init__(self, anybody: tuple[str, float, float], *heard: tuple[str, float, float]) -> None:
        super().__init__("personal", *heard)
        self._anybody = hypotheses(anybody)

    def as_anybody(self) -> tuple[Hypothesis, ...] | None:
        return self._anybody


def test_an_ear_that_knows_the_voice_verifies_as_anybodys_too() -> None:
    first, second = ("eight", 0.0, 0.9), PersonalScript(("nine", 0.0, 0.8), ("eight", 0.0, 0.8))
    recogniser = VerifiedRecogniser(ScriptedEar("first", first), second)
    assert hear(recogniser, NUMBERS) == weighed(reading(first), reading(("eight", 0.0, 0.8)))
    assert recogniser.as_anybody() == weighed(reading(first), reading(("nine", 0.0, 0.8)))


def test_where_no_voice_is_known_or_nothing_was_verified_anybody_is_heard_alike() -> None:
    plain = VerifiedRecogniser(ScriptedEar("a", ("eight", 0.0, 0.9)), ScriptedEar("b"))
    hear(plain, NUMBERS)
    assert plain.as_anybody() is None
    spared = VerifiedRecogniser(
        ScriptedEar("a"), PersonalScript(("nine", 0.0, 0.8), ("eight", 0.0, 0.8))
    )
    hear(spared, NUMBERS)
    assert spared.as_anybody() is None


def test_each_ear_is_held_to_the_words_it_knows() -> None:
    first = ScriptedEar("first", unknown=("kettlebell",))
    second = ScriptedEar("second", unknown=("pirouette",))
    recogniser = VerifiedRecogniser(first, second)
    within = grammar("next is {exercise}", exercises=("kettlebell swing", "pirouette"))
    assert recogniser.lacks(within) == ()
    recogniser.begin(within)
    assert first.begun == [within.without(frozenset({"kettlebell"}))]
    assert second.begun == [within.without(frozenset({"pirouette"}))]


def test_words_that_neither_ear_knows_are_named() -> None:
    ears = (ScriptedEar(name, unknown=("pirouette", name)) for name in ("first", "second"))
    assert VerifiedRecogniser(*ears).lacks(NUMBERS) == ("pirouette",)


def test_an_ear_that_knows_no_phrase_at_all_is_left_out() -> None:
    first = ScriptedEar("first", ("stop", 0.0, 0.9), unknown=("halt",))
    second = ScriptedEar("second", ("halt", 0.0, 0.9))
    found = hear(VerifiedRecogniser(first, second), grammar("halt"))
    assert first.begun == []
    assert found[0].words == ("halt",)
    assert found[0].confidence > ACCEPT


Say = Callable[[str], Pcm]


@pytest.fixture(scope="module")
def both() -> VerifiedRecogniser:
    recogniser = choose_recogniser([], "moonshine+pocketsphinx")
    assert isinstance(recogniser, VerifiedRecogniser)
    return recogniser


RESTING = grammar("{reps} reps", "(no|make it) {reps}", "ready", "skip rest", "how long left")


@pytest.mark.parametrize("text", ["make it twelve", "how long left", "skip rest"])
def test_real_ears_agree_on_what_is_said(both: VerifiedRecogniser, say: Say, text: str) -> None:
    both.begin(RESTING)
    pcm = say(text)
    for at in range(0, len(pcm), 1600):
        both.feed(pcm[at : at + 1600])
    found = both.finish()
    assert " ".join(found[0].words) == text
    assert found[0].confidence > ACCEPT


def test_real_ears_let_talk_about_something_else_pass(both: VerifiedRecogniser, say: Say) -> None:
    both.begin(RESTING)
    both.feed(say("i would like a large coffee with oat milk"))
    assert all(one.confidence < ACCEPT for one in both.finish())
    assert "coffee" in both.write_down()
