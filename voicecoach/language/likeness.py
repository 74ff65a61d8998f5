"""Names that sound or are spelt alike: what was meant by one that nobody knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

ALIKE = 0.66
"""Of the letters, or of the sounds: from here on it is worth asking whether it was meant."""

_SOUNDS = (
    ("ph", "f"), ("ght", "t"), ("gh", ""), ("ck", "k"), ("kn", "n"), ("wr", "r"), ("wh", "w"),
    ("tch", "x"), ("ch", "x"), ("sh", "x"), ("th", "t"), ("qu", "kw"), ("x", "ks"), ("c", "k"),
    ("q", "k"), ("z", "s"), ("d", "t"), ("b", "p"), ("g", "k"), ("v", "f"), ("j", "x"),
)  # fmt: skip
"""Spellings of English, each with one letter for what sounds about the same."""


def closest(heard: str, names: Iterable[str]) -> str | None:
    """Return the one of `names` that `heard` comes nearest to; None where none is near."""
    best, most = None, ALIKE
    for name in names:
        alike = likeness(heard, name)
        if alike > most:
            best, most = name, alike
    return best


def likeness(one: str, other: str) -> float:
    """Return how alike two names are, 0 to 1: by spelling, or by sound and a little by spelling."""
    one, other = _letters(one), _letters(other)
    spelt = _ratio(one, other)
    return max(spelt, (spelt + 2 * _ratio(sound_of(one), sound_of(other))) / 3)


def edits_between(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many words, or sounds, are missing, added or changed from one to the other."""
    row = list(range(len(other) + 1))
    for number, part in enumerate(one, 1):
        above, row = row, [number]
        for at, known in enumerate(other, 1):
            row.append(min(above[at] + 1, row[at - 1] + 1, above[at - 1] + (part != known)))
    return row[-1]


def sound_of(name: str) -> str:
    """Return the consonants that are heard in a name, alike ones by one letter."""
    sound = _letters(name).replace(" ", "")
    for written, heard in _SOUNDS:
        sound = sound.replace(written, heard)
    first, rest = sound[:1], re.sub("[aeiouyhw]", "", sound[1:])
    return re.sub(r"(.)\1+", r"\1", first + rest)


def _letters(name: str) -> str:
    return re.sub("[^a-z ]", "", name.lower().replace("-", " "))


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() if one and other else 0.0
