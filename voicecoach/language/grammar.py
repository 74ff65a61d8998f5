"""The phrases that are legal at one moment, in the form recognisers steer by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from voicecoach.language import numbers
from voicecoach.language.template import Alternatives, Node, Sequence, Slot, Word, sequence
from voicecoach.units import plain


@dataclass(frozen=True, slots=True)
class Written:
    """A filling of a slot as a recogniser may write it: `62.5`, and the words it stands for."""

    digits: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SlotValues:
    """How one slot may be filled: a tree of words, and the same values in digits."""

    name: str
    tree: Node
    written: tuple[Written, ...] = ()

    def without(self, words: frozenset[str]) -> SlotValues | None:
        """Return the values that are said in none of `words`; None where there are none."""
        tree = _without(self.tree, words, frozenset())
        if tree is None:
            return None
        left = tuple(one for one in self.written if words.isdisjoint(one.words))
        return SlotValues(self.name, tree, left)


@dataclass(frozen=True, slots=True)
class Grammar:
    """All phrases that may be said now: a tree whose slots `slots` fill.

    Hashable, so that an adapter may cache what it compiles from it.
    """

    root: Node
    slots: tuple[SlotValues, ...]

    def filling(self, name: str) -> SlotValues:
        """Return how the slot of that name may be filled. KeyError where there is none."""
        for slot in self.slots:
            if slot.name == name:
                return slot
        raise KeyError(name)

    def without(self, words: frozenset[str]) -> Grammar | None:
        """Return the phrases that have none of `words`; None where no phrase is left."""
        left = tuple(slot for each in self.slots if (slot := each.without(words)) is not None)
        root = _without(self.root, words, frozenset(slot.name for slot in left))
        return None if root is None else Grammar(root, left)


def _without(tree: Node, words: frozenset[str], slots: frozenset[str]) -> Node | None:
    """Return what is left of `tree` without `words`, and with none but these slots."""
    match tree:
        case Word(text):
            return None if text in words else tree
        case Slot(name):
            return tree if name in slots else None
        case Sequence(parts):
            left = [_without(part, words, slots) for part in parts]
            said = tuple(part for part in left if part is not None)
            return Sequence(said) if len(said) == len(parts) else None
        case Alternatives(choices):
            left = [_without(choice, words, slots) for choice in choices]
            said = tuple(choice for choice in left if choice is not None)
            return Alternatives(said) if said else None


def _numbered(name: str, form: str, values: tuple[Decimal, ...]) -> SlotValues:
    written = tuple(
        Written(f"{plain(value):f}", tuple(numbers.spoken(value).split())) for value in values
    )
    return SlotValues(name, numbers.number_tree(form), written)


def _range(start: str, stop: str, step: str) -> tuple[Decimal, ...]:
    first, last, by = Decimal(start), Decimal(stop), Decimal(step)
    return tuple(first + by * n for n in range(int((last - first) / by) + 1))


@cache
def number_slots() -> tuple[SlotValues, ...]:
    """Return the fillings of every slot that holds a number."""
    quarters = tuple(sorted({*_range("0.25", "100", "0.25"), *_range("100", "400", "0.5")}))
    return (
        _numbered("reps", numbers.COUNT, _range("0", "100", "1")),
        _numbered("sets", numbers.SETS, _range("1", "20", "1")),
        _numbered("load", numbers.LOAD, quarters),
        SlotValues("digits", numbers.number_tree(numbers.DIGIT_BY_DIGIT), tuple(_written_digits())),
        _numbered("rpe", numbers.EXERTION, _range("5", "10", "0.5")),
        SlotValues("seconds", numbers.number_tree(numbers.DURATION), tuple(_written_durations())),
    )


def _written_digits() -> Iterator[Written]:
    """Yield numbers said digit by digit, as written with a space and without."""
    for value in range(10, 100):
        words = tuple(numbers.digits_of(value).split())
        yield Written(" ".join(str(value)), words)
        yield Written(str(value), words)


def _written_durations() -> Iterator[Written]:
    """Yield the durations that people name, as written and as spoken."""
    for seconds in range(5, 100, 5):
        yield Written(f"{seconds} seconds", (*numbers.spoken(seconds).split(), "seconds"))
    for minutes in range(1, 11):
        noun = "minute" if minutes == 1 else "minutes"
        yield Written(f"{minutes} {noun}", (numbers.spoken(minutes), noun))
        for rest in (15, 30, 45):
            words = (numbers.spoken(minutes), noun, *numbers.spoken(rest).split())
            yield Written(f"{minutes} {noun} {rest}", words)


def named_slot(name: str, phrases: tuple[str, ...]) -> SlotValues:
    """Return a slot that is filled by one of `phrases`, such as the names of exercises."""
    return SlotValues(
        name,
        Alternatives(tuple(sequence([Word(word) for word in phrase.split()]) for phrase in phrases))
        if phrases
        else Sequence(()),
    )
