"""Free speech: a note after the word "note", a set with a name that nobody foresaw."""

from __future__ import annotations

import re
from dataclasses import replace

from voicecoach.errors import UnitError
from voicecoach.language.intents import Intent
from voicecoach.language.intents import IntentName as I
from voicecoach.language.numbers import value_of
from voicecoach.language.parser import BELOW_ZERO, parse, typed_words
from voicecoach.language.vocabulary import Vocabulary
from voicecoach.training.told import Told, parse_told
from voicecoach.units import Unit

LONGEST_NOTE = 300
LONGEST_NAME = 5  # words

NOTE_OPENINGS = ("Note", "Note,")
"""How a spoken note is written to begin."""

_NOTE = re.compile(
    r"\W*(?:(?:make|take)\s+an?\s+)?notes?\b[\s:;,.\-]*(.+)", re.IGNORECASE | re.DOTALL
)
_AMOUNTS = frozenset({I.NUMBER, I.REPS, I.SETS, I.DURATION, I.WEIGHT})
_MEASURES = frozenset({"sets", "set", "reps", "rep", "seconds", "minutes", "at", "rpe"})
_FILLERS = frozenset({"log", "for", "of", "the", "a", "and", "did", "i"})


def note_in(text: str) -> str | None:
    """Return what is to be noted where `text` begins with the word "note", else None."""
    match = _NOTE.fullmatch(text)
    return (plain_note(match[1]) or None) if match else None


def plain_note(text: str) -> str:
    """Return a note on one line, without the mark that an ear puts at its end, and not endless."""
    kept = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(kept.split())[:LONGEST_NOTE].rstrip(" .,;:").lstrip()


def told_in(text: str, unit: Unit) -> Told | None:
    """Return the sets that `text` tells of an exercise, by whatever name; None where it tells none.

    Digits are read as they stand, numbers in words by the phrasings.
    """
    try:
        return parse_told(text, unit)
    except UnitError:
        return _told_in_words(text, unit)


def _told_in_words(text: str, unit: Unit) -> Told | None:
    if not text.replace("\u2019", "'").isascii():
        return None  # letters that no phrase has would be passed over
    words = typed_words(text)
    if BELOW_ZERO in words:
        return None  # it would be taken for a part of the name
    amounts = Vocabulary(intents=_AMOUNTS, unit=unit)
    for at in range(1, min(len(words), LONGEST_NAME + 2)):
        if at > 1 and _is_no_name(words[at - 1]):
            return None  # the name ended before it, and what follows is no set
        name = tuple(word for word in words[:at] if word not in _FILLERS)
        readings = parse(words[at:], amounts)
        if name and readings:
            return _told(" ".join(name), readings[0])
    return None


def _is_no_name(word: str) -> bool:
    """Tell whether `word` cannot stand within a name; a number begins one, as "one arm row"."""
    return word in _MEASURES or value_of((word,)) is not None


def _told(name: str, intent: Intent) -> Told:
    amount = intent.seconds if intent.seconds is not None else intent.reps
    told = Told(exercise=name, held=intent.seconds is not None, load=intent.load)
    return told if amount is None else replace(told, amounts=(amount,) * (intent.sets or 1))
