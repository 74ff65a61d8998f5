"""What can be said aloud: names, and cues, which are never what the coach listens for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import product

from voicecoach.language.intents import PHRASINGS
from voicecoach.language.template import Alternatives, Node, Sequence, Slot, Word
from voicecoach.session.vocabulary import HANDFUL

MOST_WORDS = 12
SENTENCE = re.compile(r"[A-Z][a-z']*(?:,? [A-Za-z][a-z']*)*\.")
"""Words, commas and a full stop: nothing that a voice must guess how to read."""

NAME = re.compile(r"[^\W_]+(?:[ '\u2019-]+[^\W_]+)*")
"""Words and numbers, with hyphens and apostrophes between them."""

LONGEST_NAME = 60

BEGIN_AND_END = frozenset({"done", "ready", "go", "next", "skip"})
"""Beside what is heard while the coach speaks: what begins or ends a set just after it."""


def faults_of(sentence: str) -> tuple[str, ...]:
    """Return what is wrong with `sentence` as a cue; nothing where it can be said."""
    found = []
    count = len(sentence.split())
    if count > MOST_WORDS:
        found.append(f"has {count} words, and {MOST_WORDS} at most can be listened to")
    if not SENTENCE.fullmatch(sentence):
        found.append("is not a sentence of plain words that ends with a full stop")
    words = " ".join(re.findall(r"[a-z']+", sentence.lower()))
    held = (one for one in heard() if f" {one} " in f" {words} ")
    return (*found, *(f"says {one!r}, which the coach listens for" for one in held))


def fault_of_name(name: str) -> str:
    """Return what is wrong with `name` as one that is said aloud, or nothing."""
    if len(name) > LONGEST_NAME:
        return f"has {len(name):,} letters, and {LONGEST_NAME} at most can be listened to"
    return "" if NAME.fullmatch(name) else "is not a name of plain words"


@cache
def heard() -> tuple[str, ...]:
    """Return every phrase that a cue must not hold, sorted."""
    commands = {
        phrase
        for each in PHRASINGS
        if each.name in HANDFUL
        for phrase in _phrases(each.tree)
    }  # fmt: skip
    return tuple(sorted(commands | BEGIN_AND_END))


def _phrases(node: Node) -> Iterator[str]:
    """Yield every phrase that a template allows; one with a slot has none of its own."""
    match node:
        case Word(text):
            yield text
        case Sequence(parts):
            for chosen in product(*(tuple(_phrases(part)) for part in parts)):
                yield " ".join(part for part in chosen if part)
        case Alternatives(choices):
            for choice in choices:
                yield from _phrases(choice)
        case Slot():
            return
