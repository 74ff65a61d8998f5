"""What can be said is understood, and nothing else is."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.language.intents import PHRASINGS, Intent, IntentName
from voicecoach.language.parser import everything, parse, typed_words
from voicecoach.language.template import Alternatives, Node, Sequence, Slot, Word, parse_template
from voicecoach.language.vocabulary import Vocabulary
from voicecoach.units import Load, Rpe, Unit

EXERCISES = (("squat", "squat"), ("bench press", "bench-press"), ("chin up", "chin-up"))
CHOICES = (
    ("the second one", "upper-lower"),
    ("dumbbells", "dumbbells"),
    ("a pull up bar", "pull-up bar"),
)
ALL = everything(exercises=EXERCISES, choices=CHOICES)


def read(line: str, vocabulary: Vocabulary = ALL) -> tuple[Intent, ...]:
    return parse(typed_words(line), vocabulary)


def sample(node: Node, chance: random.Random) -> list[str]:
    """Return one random phrase of a tree."""
    match node:
        case Word(text):
            return [text]
        case Slot(name):
            return sample(ALL.grammar.filling(name).tree, chance)
        case Sequence(parts):
            return [word for part in parts for word in sample(part, chance)]
        case Alternatives(choices):
            return sample(chance.choice(choices), chance)


@pytest.mark.parametrize("phrasing", PHRASINGS, ids=lambda p: p.name.value)
@given(seed=st.integers(0, 2**32))
def test_whatever_a_phrasing_allows_is_understood_as_its_intent(phrasing, seed: int) -> None:
    words = tuple(sample(phrasing.tree, random.Random(seed)))
    vocabulary = Vocabulary(
        intents=frozenset({phrasing.name}), exercises=EXERCISES, choices=CHOICES
    )
    readings = parse(words, vocabulary)
    assert readings
    assert all(reading.name is phrasing.name for reading in readings)


@pytest.mark.parametrize("phrasing", PHRASINGS, ids=lambda p: p.name.value)
def test_the_examples_of_the_help_are_understood(phrasing) -> None:
    for example in phrasing.example.split(", or: "):
        line = example.split(", ")[0] if phrasing.name is IntentName.COUNT else example
        line = line.replace("chin-ups", "chin-up")
        vocabulary = Vocabulary(
            intents=frozenset({phrasing.name}), exercises=EXERCISES, choices=CHOICES
        )
        assert read(line, vocabulary), line


def test_every_intent_can_be_said() -> None:
    assert {phrasing.name for phrasing in PHRASINGS} == set(IntentName)


@pytest.mark.parametrize(
    ("line", "intent"),
    [
        ("8 @ 62.5kg", Intent(name=IntentName.REPS, reps=8, load=Load.kg("62.5"))),
        ("eight reps at sixty kilos", Intent(name=IntentName.REPS, reps=8, load=Load.kg(60))),
        ("15 reps at 50 pounds", Intent(name=IntentName.REPS, reps=15, load=Load.lb(50))),
        ("No, seven!", Intent(name=IntentName.AMEND, reps=7)),
        ("done 8", Intent(name=IntentName.DONE, reps=8)),
        ("RPE 8.5", Intent(name=IntentName.RPE, rpe=Rpe(Decimal("8.5")))),
        ("What’s next?", Intent(name=IntentName.WHATS_NEXT)),
        ("add 30 seconds", Intent(name=IntentName.ADD_TIME, seconds=30)),
        ("log squat 5 reps at 120", Intent(
            name=IntentName.LOG, reps=5, load=Load.kg(120), exercise="squat")),
        ("chin-up instead", Intent(name=IntentName.SWITCH, exercise="chin-up")),
    ],
)  # fmt: skip
def test_lines_as_people_write_them(line: str, intent: Intent) -> None:
    assert read(line)[0] == intent


@pytest.mark.parametrize(
    "line",
    ["", "banana", "done done", "eight eight", "rpe 12", "a large cappuccino please",
     "1e400", "9" * 50, "no seven eight", "-8", "8 @ -60kg", "\x00", "🏋️"],
)  # fmt: skip
def test_what_makes_no_sense_is_no_intent(line: str) -> None:
    assert read(line) == ()


@given(st.text(max_size=200))
def test_no_line_breaks_the_parser(line: str) -> None:
    for intent in read(line):
        assert intent.reps is None or 0 <= intent.reps <= 100


def test_a_load_without_a_unit_is_in_the_routines_unit() -> None:
    pounds = everything(Unit.LB)
    assert read("eight at one hundred", pounds)[0].load == Load.lb(100)


def test_only_legal_intents_are_read() -> None:
    only_yes = Vocabulary(intents=frozenset({IntentName.YES}))
    assert read("undo", only_yes) == ()
    assert read("yes", only_yes)


@pytest.mark.parametrize("template", ["done [with", "done)", "(a|b", "8", "{reps"])
def test_a_broken_template_is_refused(template: str) -> None:
    with pytest.raises(ValueError, match=r"template|closed"):
        parse_template(template)
