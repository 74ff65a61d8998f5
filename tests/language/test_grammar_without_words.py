"""A grammar without words that an ear does not know."""

from __future__ import annotations

from voicecoach.audio.recognisers.network import network_of
from voicecoach.language.grammar import Grammar, named_slot, number_slots
from voicecoach.language.template import Alternatives, parse_template


def grammar(*templates: str, exercises: tuple[str, ...] = ()) -> Grammar:
    trees = tuple(map(parse_template, templates))
    return Grammar(Alternatives(trees), (*number_slots(), named_slot("exercise", exercises)))


SETS = grammar(
    "{reps} reps [at {load}]",
    "(no|make it) {reps}",
    "next is {exercise}",
    exercises=("squat", "kettlebell swing"),
)


def says(within: Grammar, text: str) -> bool:
    return network_of(within).says(text.split())


def without(*words: str) -> Grammar:
    left = SETS.without(frozenset(words))
    assert left is not None
    return left


def test_only_the_names_with_an_unknown_word_go() -> None:
    left = without("kettlebell")
    assert says(left, "next is squat")
    assert not says(left, "next is kettlebell swing")


def test_a_phrase_goes_with_the_word_that_it_needs() -> None:
    left = without("make")
    assert says(left, "no eight")
    assert not says(left, "make it eight")
    assert not says(left, "it eight")


def test_what_is_optional_goes_alone() -> None:
    left = without("at")
    assert says(left, "eight reps")
    assert not says(left, "eight reps at sixty")


def test_a_number_without_its_word_is_neither_said_nor_written() -> None:
    left = without("sixty")
    assert says(left, "eight reps at fifty")
    assert not says(left, "sixty reps")
    assert all("sixty" not in one.words for slot in left.slots for one in slot.written)


def test_a_slot_that_nothing_can_fill_takes_its_phrases_along() -> None:
    left = without("kettlebell", "squat")
    assert says(left, "no eight")
    assert not network_of(left).goes_on_after(("next", "is"))


def test_without_nothing_it_is_the_same() -> None:
    assert without() == SETS


def test_where_no_phrase_is_left_there_is_no_grammar() -> None:
    assert grammar("stop", "pause now").without(frozenset({"stop", "now"})) is None
