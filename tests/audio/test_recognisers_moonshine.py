"""moonshine within a grammar, on speech rendered by espeak-ng."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from voicecoach.audio.ports import HEARING_RATE, Pcm
from voicecoach.audio.recognisers.moonshine import MoonshineRecogniser
from voicecoach.language.decide import ANSWER
from voicecoach.language.grammar import Grammar, number_slots
from voicecoach.language.template import Alternatives, parse_template

Say = Callable[[str], Pcm]


def grammar(*templates: str) -> Grammar:
    return Grammar(Alternatives(tuple(map(parse_template, templates))), number_slots())


RESTING = grammar(
    "{reps} [reps] [at {load} [kilos|pounds]]",
    "(no|make it) {reps}",
    "rpe {rpe}",
    "ready",
    "done",
    "skip rest",
    "how long left",
    "what's next",
    "it hurts",
)


@pytest.fixture(scope="module")
def recogniser() -> MoonshineRecogniser:
    return MoonshineRecogniser()


def heard(recogniser: MoonshineRecogniser, pcm: Pcm, within: Grammar) -> list[str]:
    recogniser.begin(within)
    recogniser.feed(pcm)
    return [" ".join(hypothesis.words) for hypothesis in recogniser.finish()]


@pytest.mark.parametrize(
    "text",
    [
        "done",
        "ready",
        "eight",
        "no nine",
        "make it twelve",
        "how long left",
        "what's next",
        "it hurts",
        "thirteen reps at thirty kilos",
        "eight reps at sixty two point five kilos",
    ],
)
def test_what_is_said_is_heard(recogniser: MoonshineRecogniser, say: Say, text: str) -> None:
    assert heard(recogniser, say(text), RESTING)[0] == text


def test_only_what_may_be_said_is_heard(recogniser: MoonshineRecogniser, say: Say) -> None:
    within = grammar("yes", "no")
    assert set(heard(recogniser, say("eight reps at sixty kilos"), within)) <= {"yes", "no"}


def test_hypotheses_differ_and_the_likeliest_comes_first(
    recogniser: MoonshineRecogniser, say: Say
) -> None:
    recogniser.begin(RESTING)
    recogniser.feed(say("fourteen reps"))
    found = recogniser.finish()
    assert 2 <= len(found) <= 8
    assert len({hypothesis.words for hypothesis in found}) == len(found)
    assert [h.score for h in found] == sorted((h.score for h in found), reverse=True)
    assert all(0 <= hypothesis.confidence <= 1 for hypothesis in found)


def test_a_command_is_surer_than_talk_about_something_else(
    recogniser: MoonshineRecogniser, say: Say
) -> None:
    def confidence(text: str) -> float:
        recogniser.begin(RESTING)
        recogniser.feed(say(text))
        return recogniser.finish()[0].confidence

    assert confidence("how long left") > 0.8
    assert confidence("i would like a large coffee with oat milk") < 0.2


@pytest.mark.parametrize("seed", range(4))
def test_noise_is_not_taken_for_an_answer(recogniser: MoonshineRecogniser, seed: int) -> None:
    noise = np.random.default_rng(seed).normal(0, 2000, HEARING_RATE).astype(np.int16)
    recogniser.begin(RESTING)
    recogniser.feed(noise)
    assert all(hypothesis.confidence < ANSWER for hypothesis in recogniser.finish())


def test_a_word_counts_with_all_the_ways_to_write_it(
    recogniser: MoonshineRecogniser, say: Say
) -> None:
    recogniser.begin(RESTING)
    recogniser.feed(say("no nine"))
    found = recogniser.finish()
    assert found[0].words == ("no", "nine")
    # "no one" is the likelier single text.
    assert all(found[0].score > other.score + 0.5 for other in found[1:])


def test_the_blocks_of_an_utterance_change_nothing(
    recogniser: MoonshineRecogniser, say: Say
) -> None:
    pcm = say("make it twelve")
    recogniser.begin(RESTING)
    recogniser.feed(pcm)
    whole = recogniser.finish()
    recogniser.begin(RESTING)
    for at in range(0, len(pcm), 160):
        recogniser.feed(pcm[at : at + 160])
    assert recogniser.finish() == whole


def test_nothing_fed_is_nothing_heard(recogniser: MoonshineRecogniser) -> None:
    recogniser.begin(RESTING)
    assert recogniser.finish() == ()


def test_what_no_phrase_fits_can_be_written_down(recogniser: MoonshineRecogniser, say: Say) -> None:
    heard(recogniser, say("can I have a coffee with milk"), RESTING)
    assert "Can I have a coffee" in recogniser.write_down()


def test_an_opening_that_is_expected_is_heard_where_it_is_nearly_as_likely(
    recogniser: MoonshineRecogniser, say: Say
) -> None:
    heard(recogniser, say("note left shoulder tight"), RESTING)
    assert recogniser.write_down(("Note", "Note,")).startswith("Note")
    heard(recogniser, say("what time is it"), RESTING)
    assert not recogniser.write_down(("Note", "Note,")).startswith("Note")


def test_before_anything_was_said_nothing_is_written() -> None:
    assert MoonshineRecogniser().write_down() == ""
