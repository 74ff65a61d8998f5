"""Spoken numbers are the same number both ways."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.language.grammar import number_slots
from voicecoach.language.numbers import (
    COUNT,
    DURATION,
    EXERTION,
    LOAD,
    duration_of,
    number_tree,
    spoken,
    spoken_duration,
    value_of,
    value_of_digits,
)
from voicecoach.language.template import Alternatives, Node, Sequence, Slot, Word


def phrases(node: Node) -> list[tuple[str, ...]]:
    """Return every phrase of a tree without slots."""
    match node:
        case Word(text):
            return [(text,)]
        case Alternatives(choices):
            return [phrase for choice in choices for phrase in phrases(choice)]
        case Sequence(parts):
            whole: list[tuple[str, ...]] = [()]
            for part in parts:
                whole = [before + after for before in whole for after in phrases(part)]
            return whole
        case Slot(name):
            raise AssertionError(name)


@pytest.mark.parametrize("form", [COUNT, EXERTION, LOAD])
def test_every_phrase_of_a_number_has_a_value(form: str) -> None:
    unread = [p for p in dict.fromkeys(phrases(number_tree(form))) if value_of(p) is None]
    assert unread == []


def test_every_phrase_of_a_duration_has_seconds() -> None:
    unread = [p for p in dict.fromkeys(phrases(number_tree(DURATION))) if not duration_of(p)]
    assert unread == []


@given(st.integers(0, 999_99))
def test_what_the_coach_says_is_read_as_the_same_number(hundredths: int) -> None:
    value = Decimal(hundredths) / 100
    assert value_of(tuple(spoken(value).split())) == value


def test_what_the_coach_says_may_be_said_to_it() -> None:
    counts, loads = set(phrases(number_tree(COUNT))), set(phrases(number_tree(LOAD)))
    for number in range(101):
        assert tuple(spoken(number).split()) in counts
    for slot in number_slots():
        if slot.name == "load":
            assert all(
                written.words in loads for written in slot.written if "." not in written.digits
            )


def test_digits_and_words_of_a_filling_are_one_value() -> None:
    for slot in number_slots():
        if slot.name != "seconds":
            for written in slot.written:
                digits = Decimal(written.digits.replace(" ", ""))
                assert digits in (value_of(written.words), value_of_digits(written.words))


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("one hundred and two point five", "102.5"),
        ("one oh five", "105"),
        ("two twenty five", "225"),
        ("one forty", "140"),
        ("a hundred and a half", "100.5"),
        ("sixty two and a half", "62.5"),
        ("one point two five", "1.25"),
        ("twenty point zero five", "20.05"),
        ("two hundred twenty", "220"),
    ],
)
def test_loads_as_lifters_say_them(words: str, value: str) -> None:
    assert value_of(tuple(words.split())) == Decimal(value)


@pytest.mark.parametrize("words", ["", "and", "hundred", "sixty sixty", "point five", "one point"])
def test_what_is_no_number_has_no_value(words: str) -> None:
    assert value_of(tuple(words.split())) is None


@pytest.mark.parametrize(
    ("words", "seconds"),
    [
        ("thirty seconds", 30),
        ("one minute thirty", 90),
        ("a minute and a half", 90),
        ("half a minute", 30),
        ("two and a half minutes", 150),
        ("two minutes forty five seconds", 165),
        ("ninety seconds", 90),
        ("ten minutes", 600),
    ],
)
def test_durations_as_people_say_them(words: str, seconds: int) -> None:
    assert duration_of(tuple(words.split())) == seconds


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1, "one second"), (45, "forty five seconds"), (90, "ninety seconds"), (60, "one minute"),
     (130, "two minutes ten"), (3600, "sixty minutes")],
)  # fmt: skip
def test_durations_as_the_coach_says_them(seconds: int, words: str) -> None:
    assert spoken_duration(seconds) == words
