"""From words to intents: the inverse of the phrasings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from voicecoach.language import numbers
from voicecoach.language.grammar import Grammar
from voicecoach.language.intents import PHRASINGS, Intent, IntentName
from voicecoach.language.template import Alternatives, Node, Sequence, Slot, Word
from voicecoach.language.vocabulary import UNIT_WORDS, Vocabulary
from voicecoach.units import Load, Rpe, Unit

Words = tuple[str, ...]
Captures = tuple[tuple[str, Words], ...]


def parse(words: Words, vocabulary: Vocabulary) -> tuple[Intent, ...]:
    """Return every legal reading of `words`, in the order of the phrasings; none is no reading."""
    grammar = vocabulary.grammar
    readings: dict[Intent, None] = {}
    for phrasing in PHRASINGS:
        if phrasing.name not in vocabulary.intents:
            continue
        for end, captures in _match(phrasing.tree, words, 0, grammar):
            if end == len(words):
                intent = _intent(phrasing.name, captures, vocabulary)
                if intent is not None:
                    readings[intent] = None
    return tuple(readings)


def _match(node: Node, words: Words, at: int, grammar: Grammar) -> Iterator[tuple[int, Captures]]:
    """Yield each place where `node`, begun at `at`, may end, with the slots it took."""
    match node:
        case Word(text):
            if at < len(words) and words[at] == text:
                yield at + 1, ()
        case Alternatives(choices):
            for choice in choices:
                yield from _match(choice, words, at, grammar)
        case Sequence(parts):
            yield from _match_parts(parts, words, at, grammar)
        case Slot(name):
            try:
                tree = grammar.filling(name).tree
            except KeyError:
                return
            for end in dict.fromkeys(end for end, _ in _match(tree, words, at, grammar)):
                yield end, ((name, words[at:end]),)


def _match_parts(
    parts: tuple[Node, ...], words: Words, at: int, grammar: Grammar
) -> Iterator[tuple[int, Captures]]:
    if not parts:
        yield at, ()
        return
    for middle, before in _match(parts[0], words, at, grammar):
        for end, after in _match_parts(parts[1:], words, middle, grammar):
            yield end, before + after


def _intent(name: IntentName, captures: Captures, vocabulary: Vocabulary) -> Intent | None:
    """Return the intent of these slots, or None where one is out of its range."""
    said = dict(captures)
    unit = UNIT_WORDS[said["unit"][0]] if "unit" in said else vocabulary.unit
    reps = load = seconds = rpe = sets = exercise = None
    choices = tuple(_chosen(captures, vocabulary))
    if "reps" in said:
        value = numbers.value_of(said["reps"])
        if value is None:
            return None
        reps = int(value)
    if "digits" in said:
        reps = numbers.value_of_digits(said["digits"])
    if "sets" in said:
        value = numbers.value_of(said["sets"])
        if value is None:
            return None
        sets = int(value)
    if "load" in said:
        value = numbers.value_of(said["load"])
        if value is None:
            return None
        load = Load.of(value, unit)
    if "seconds" in said:
        seconds = numbers.duration_of(said["seconds"])
        if not seconds:
            return None
    if "rpe" in said:
        value = numbers.value_of(said["rpe"])
        if value is None or value > 10:
            return None
        rpe = Rpe(value)
    if "exercise" in said:
        exercise = dict(vocabulary.exercises).get(" ".join(said["exercise"]))
    return Intent(
        name=name,
        reps=reps,
        load=load,
        seconds=seconds,
        rpe=rpe,
        sets=sets,
        exercise=exercise,
        choices=choices,
    )


def _chosen(captures: Captures, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield what each choice that was said stands for."""
    meanings = dict(vocabulary.choices)
    for slot, words in captures:
        if slot == "choice":
            yield meanings[" ".join(words)]


BELOW_ZERO = "minus"
"""What is read before a typed number less than nothing: no phrase has the word."""

_MINUS = re.compile(r"(?<![\w-])-(?=\d)")
"""A hyphen that makes a number less than nothing, unlike that of `pull-up` or `8-10`."""

_TIMES = re.compile(r"(\d+)\s*[x\u00d7]\s*(?=\d)")
_TYPED = re.compile(r"\d+(?:[.,]\d+)?|[a-z']+|@")
_TYPED_WORDS = {
    "kg": "kilos",
    "kgs": "kilos",
    "kilogram": "kilograms",
    "lb": "pounds",
    "lbs": "pounds",
    "sec": "seconds",
    "secs": "seconds",
    "s": "seconds",
    "min": "minutes",
    "mins": "minutes",
    "y": "yes",
    "n": "no",
    "x": "reps",
    "@": "at",
    "whats": "what's",
    "im": "i'm",
}


def typed_words(line: str) -> Words:
    """Return a typed `line` as it would be spoken: `8 @ 60kg` is "eight at sixty kilos"."""
    text = _MINUS.sub(f" {BELOW_ZERO} ", line.lower())
    text = text.replace("\u2019", "'").replace("r p e", "rpe").replace("-", " ")
    text = _TIMES.sub(r"\1 sets of ", text)
    words: list[str] = []
    for token in _TYPED.findall(text):
        if token[0].isdigit():
            words += _digits_spoken(token)
        else:
            words.append(_TYPED_WORDS.get(token, token))
    return tuple(words)


def _digits_spoken(token: str) -> list[str]:
    try:
        value = Decimal(token.replace(",", "."))
    except InvalidOperation:
        return []
    # Beyond the scale there is no phrase to match; the number itself says so.
    return numbers.spoken(value).split() if value < 10_000 else [token]


def everything(
    unit: Unit = Unit.KG,
    exercises: tuple[tuple[str, str], ...] = (),
    choices: tuple[tuple[str, str], ...] = (),
) -> Vocabulary:
    """Return the vocabulary in which all intents are legal at once.

    But for those that a moment makes of a number: one counted aloud, or said
    digit by digit.
    """
    every = frozenset(IntentName) - {IntentName.COUNT, IntentName.DIGITS}
    return Vocabulary(intents=every, unit=unit, exercises=exercises, choices=choices)
