"""The network of words that engines are steered by."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.audio.recognisers.network import network_of
from voicecoach.language.grammar import Grammar, number_slots
from voicecoach.language.parser import everything
from voicecoach.language.template import Alternatives, parse_template


def grammar(*templates: str) -> Grammar:
    return Grammar(Alternatives(tuple(map(parse_template, templates))), number_slots())


SMALL = grammar("done [{reps} [reps]]", "no [{reps}]", "rpe {rpe}", "stop")
WHOLE = everything(exercises=(("deadlift", "deadlift"), ("chin ups", "chin-up"))).grammar
COVERING = tuple(network_of(WHOLE).covering_phrases())
PAIRS = {pair for said in COVERING for pair in zip(("", *said), (*said, ""), strict=True)}


@st.composite
def phrases(draw: st.DrawFn, within: Grammar) -> tuple[str, ...]:
    """Walk the network at random to an end."""
    network = network_of(within)
    node, said = network.start, []
    while not (said and network.may_end(node) and draw(st.booleans())):
        onward = network.words_from(node)
        if not onward:
            break
        word, node = draw(st.sampled_from(onward))
        said.append(word)
    return tuple(said)


@given(phrases(WHOLE))
def test_every_two_words_that_may_follow_are_in_some_covering_phrase(
    phrase: tuple[str, ...],
) -> None:
    assert set(zip(("", *phrase), (*phrase, ""), strict=True)) <= PAIRS


def test_covering_phrases_may_be_said_and_are_few() -> None:
    network = network_of(WHOLE)
    assert all(network.says(phrase) for phrase in COVERING)
    assert len(COVERING) < 3000


@given(phrases(WHOLE))
def test_a_phrase_is_read_back_from_its_spelling(phrase: tuple[str, ...]) -> None:
    network = network_of(WHOLE)
    spelt = {word: (word[:2], word[2:]) for word in network.words()}
    heard = tuple(part for word in phrase for part in spelt[word])
    assert network.read(heard, spelt) == phrase


@pytest.mark.parametrize(
    ("heard", "read"),
    [
        ("r p e eight", "rpe eight"),
        ("done", "done"),
        ("done thirty five reps", "done thirty five reps"),
        ("r p", None),
        ("rpe eight", None),
        ("stop stop", None),
        ("", None),
    ],
)
def test_what_the_grammar_lacks_is_not_read(heard: str, read: str | None) -> None:
    network = network_of(SMALL)
    spelt = {word: (word,) for word in network.words()} | {"rpe": ("r", "p", "e")}
    expected = None if read is None else tuple(read.split())
    assert network.read(tuple(heard.split()), spelt) == expected
