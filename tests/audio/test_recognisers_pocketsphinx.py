"""pocketsphinx within a grammar, on speech rendered by espeak-ng."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import pytest

from voicecoach.audio.ports import Hypothesis, Pcm
from voicecoach.audio.recognisers.pocketsphinx import PocketsphinxRecogniser
from voicecoach.errors import RecogniserError
from voicecoach.language.grammar import Grammar, number_slots
from voicecoach.language.template import Alternatives, Word, parse_template

Say = Callable[..., Pcm]


def grammar(*templates: str) -> Grammar:
    return Grammar(Alternatives(tuple(map(parse_template, templates))), number_slots())


RESTING = grammar(
    "(no|make it) {reps}", "rpe {rpe}", "ready", "done [{reps}]", "skip rest", "how long left"
)


@pytest.fixture(scope="module")
def recogniser() -> PocketsphinxRecogniser:
    return PocketsphinxRecogniser()


@pytest.fixture(scope="module")
def say(say: Say) -> Say:
    """Somebody who takes their time."""
    return partial(say, wpm=140)


def hear(
    recogniser: PocketsphinxRecogniser, pcm: Pcm, within: Grammar, block: int = 1600
) -> tuple[Hypothesis, ...]:
    recogniser.begin(within)
    for at in range(0, len(pcm), block):
        recogniser.feed(pcm[at : at + block])
    return recogniser.finish()


@pytest.mark.parametrize(
    "text", ["ready", "no seven", "make it twelve", "how long left", "skip rest"]
)
def test_what_is_said_is_heard(recogniser: PocketsphinxRecogniser, say: Say, text: str) -> None:
    assert " ".join(hear(recogniser, say(text), RESTING)[0].words) == text


def test_rpe_is_heard_by_its_letters(recogniser: PocketsphinxRecogniser, say: Say) -> None:
    assert hear(recogniser, say("r p e nine"), RESTING)[0].words == ("rpe", "nine")


def test_hypotheses_are_phrases_of_the_grammar_and_the_likeliest_comes_first(
    recogniser: PocketsphinxRecogniser, say: Say
) -> None:
    found = hear(recogniser, say("done fifteen"), RESTING)
    assert 2 <= len(found) <= 8
    assert len({hypothesis.words for hypothesis in found}) == len(found)
    assert [h.score for h in found] == sorted((h.score for h in found), reverse=True)
    assert all(0 <= hypothesis.confidence <= 1 for hypothesis in found)
    assert all(h.words[0] in ("no", "make", "rpe", "ready", "done", "skip", "how") for h in found)


def test_a_command_is_surer_than_talk_about_something_else(
    recogniser: PocketsphinxRecogniser, say: Say
) -> None:
    command = hear(recogniser, say("ready"), RESTING)
    talk = hear(recogniser, say("i would like a large coffee with oat milk and sugar"), RESTING)
    assert command[0].confidence > 0.4
    assert not talk or talk[0].confidence < 0.1


def test_in_noise_it_is_less_sure_of_the_same_words(
    recogniser: PocketsphinxRecogniser, say: Say
) -> None:
    pcm = np.pad(say("ready"), 4000)
    noise = np.random.default_rng(2).normal(0, 250, len(pcm))
    clean, noisy = (hear(recogniser, one, RESTING) for one in (pcm, (pcm + noise).astype(np.int16)))
    assert clean[0].words == ("ready",)
    assert not noisy or noisy[0].confidence < clean[0].confidence


def test_the_same_sound_is_always_heard_the_same(
    recogniser: PocketsphinxRecogniser, say: Say
) -> None:
    pcm = say("make it twelve")
    first = hear(recogniser, pcm, RESTING)
    hear(recogniser, say("ready"), grammar("ready", "stop"))
    assert hear(recogniser, pcm, RESTING, block=511) == first


def test_a_word_of_known_parts_is_pronounced_by_them(
    recogniser: PocketsphinxRecogniser, say: Say
) -> None:
    within = grammar("deadlift", "kettlebell swing", "dumbbell row")
    assert recogniser.lacks(within) == ()
    assert hear(recogniser, say("deadlift"), within)[0].words == ("deadlift",)


def test_words_without_a_pronunciation_are_refused_by_name(
    recogniser: PocketsphinxRecogniser,
) -> None:
    within = Grammar(Alternatives((Word("ready"), Word("xyzzyx"), Word("qwrtz"))), ())
    assert recogniser.lacks(within) == ("qwrtz", "xyzzyx")
    with pytest.raises(RecogniserError, match="'qwrtz', 'xyzzyx'"):
        recogniser.begin(within)


def test_silence_and_nothing_at_all_are_nothing_heard(recogniser: PocketsphinxRecogniser) -> None:
    assert hear(recogniser, np.zeros(0, dtype=np.int16), RESTING) == ()
    silent = hear(recogniser, np.zeros(8000, dtype=np.int16), RESTING)
    assert not silent or silent[0].confidence < 0.5
