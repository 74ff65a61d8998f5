"""What the coach says is whole, pronounceable, and says what it means."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from voicecoach.language.prompts import OTHER_WORDS, Say, counted, listed, prompt
from voicecoach.units import Load, Unit

VALUES = {
    "load": Load.kg("102.5"), "load_unit": Load.kg("102.5"), "span": 130, "number": 2, "sets": 3,
    "low": 4, "reps": 5, "rpe": Decimal(8), "first": 13, "second": 30,
}  # fmt: skip


@pytest.mark.parametrize("say", Say, ids=lambda say: say.name)
@pytest.mark.parametrize("unit", Unit)
def test_every_sentence_can_be_spoken(say: Say, unit: Unit) -> None:
    names = re.findall(r"{(\w+)}", say.value)
    text = prompt(say, **{name: VALUES.get(name, "the deadlift") for name in names}).text(unit)
    assert re.fullmatch(r"[A-Z][A-Za-z ,.:'?!-]*", text), text


def test_no_two_sentences_are_the_same() -> None:
    assert len(Say.__members__) == len(Say)


def test_a_confirmation_repeats_every_value() -> None:
    said = prompt(Say.ECHO_AT, reps=5, load=Load.kg("102.5")).text(Unit.KG)
    assert said == "Five at one hundred and two point five."


def test_a_load_is_said_in_the_lifters_unit() -> None:
    said = prompt(Say.LOAD_SET, exercise="deadlift", load_unit=Load.lb(225)).text(Unit.LB)
    assert said == "Deadlift at two hundred and twenty five pounds."


def test_one_is_not_spoken_as_many() -> None:
    assert counted(1, "set") == "one set"
    assert counted(3, "set") == "three sets"
    assert prompt(Say.ECHO_LOAD, load_unit=Load.kg(1)).text(Unit.KG) == "At one kilo."


def test_names_are_listed_as_people_do() -> None:
    assert listed(("deadlift",)) == "deadlift"
    assert listed(("deadlift", "pull-up", "row")) == "deadlift, pull-up and row"


def test_other_words_are_no_longer_than_the_usual_ones_and_say_as_little_anew() -> None:
    for say, others in OTHER_WORDS.items():
        assert "{" not in say.value
        for other in others:
            assert len(other.split()) <= len(say.value.split()) + 1, other
            assert len(set(prompt(say).wordings(Unit.KG))) == 1 + len(others)


def test_the_wording_goes_round_and_makes_no_other_prompt_of_it() -> None:
    said = [replace(prompt(Say.WELL_DONE), wording=n) for n in range(4)]
    texts = [one.text(Unit.KG) for one in said]
    assert len(set(texts[:3])) == 3
    assert texts[3] == texts[0] == Say.WELL_DONE.value
    assert set(said) == {prompt(Say.WELL_DONE)}
    assert replace(prompt(Say.HOW_MANY), wording=7).text(Unit.KG) == Say.HOW_MANY.value
