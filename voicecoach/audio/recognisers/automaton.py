"""A grammar as an automaton over tokens: what a decoder may write next.

The grammar's tree becomes a network of words, and each word the tokens of
every way it is written: capitalised at the start and after a stop, glued on
by a hyphen ("thirty-five"), letter by letter ("R. P. E."), a number in
digits. The automaton is made deterministic as far as decoding walks through
it and no further, so a grammar of a million phrases costs a few hundred
states.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

import numpy as np
import numpy.typing as npt

from voicecoach.audio.recognisers.network import network_of
from voicecoach.audio.recognisers.tokens import END, SPACE, Tokeniser
from voicecoach.language.grammar import Grammar, SlotValues

Words = tuple[str, ...]


class After(Enum):
    """What was written before a word, which decides how the word is written."""

    SPACE = "space"  # lower case
    COMMA = "comma"  # lower case
    STOP = "stop"  # capitalised, as is the first word of all
    HYPHEN = "hyphen"  # lower case, glued on


_MARKS = {",": After.COMMA, ".": After.STOP, "?": After.STOP, "!": After.STOP, "-": After.HYPHEN}
_LAST = ("...",)  # written only at the end


@dataclass(eq=False, slots=True)
class _Spelling:
    """A node of a prefix tree of tokens; `ends` are the words it completes and what follows."""

    children: dict[int, _Spelling] = field(default_factory=dict)
    ends: list[tuple[Words, int | None]] = field(default_factory=list)

    def add(self, tokens: Iterable[int], words: Words, target: int | None) -> None:
        """Add a way to write `words`; a target of None is the one the tree is entered with."""
        node = self
        for token in tokens:
            node = node.children.setdefault(token, _Spelling())
        node.ends.append((words, target))


@dataclass(frozen=True, slots=True)
class _Between:
    """A place between two words of the network."""

    node: int
    after: After


@dataclass(frozen=True, slots=True)
class _Within:
    """A place within a word; `target` is where it leads when its spelling does not say."""

    spelling: _Spelling
    target: int


@dataclass(frozen=True, slots=True)
class _Ended:
    """The place after the end of the text."""


_Place = _Between | _Within | _Ended
_Arcs = Mapping[int, tuple[tuple[_Place, Words], ...]]


class TokenAutomaton:
    """What may be written, token by token, for one grammar.

    States are small integers, 0 the start. `allowed(state)` are the tokens
    that may come next, `after(state, token)` the state they lead to, and
    `words(tokens)` what a finished text says.
    """

    start = 0

    def __init__(self, grammar: Grammar, tokeniser: Tokeniser) -> None:
        self._tokeniser = tokeniser
        self._network = network_of(grammar)
        self._digits = {slot.name: self._digits_of(slot) for slot in grammar.slots}
        self._arcs: dict[_Place, _Arcs] = {}
        self._numbers: dict[frozenset[_Place], int] = {}
        self._places: list[frozenset[_Place]] = []
        self._onward: list[Mapping[int, frozenset[_Place]]] = []
        self._allowed: list[npt.NDArray[np.int64]] = []
        self._begin: _Place = _Between(self._network.start, After.STOP)
        self._state(frozenset([self._begin]))

    def allowed(self, state: int) -> npt.NDArray[np.int64]:
        """Return the tokens that may follow `state`; none after the end of the text."""
        return self._allowed[state]

    def after(self, state: int, token: int) -> int:
        """Return the state that an allowed `token` leads to."""
        return self._state(self._onward[state][token])

    def words(self, tokens: Iterable[int]) -> Words | None:
        """Return the words of a text, numbers in words; None where the grammar lacks it.

        Of several readings the first in the grammar's order is taken; they
        differ at most in which slot a number belongs to, not in the words.
        """
        reached: dict[_Place, Words] = {self._begin: ()}
        for token in tokens:
            onward: dict[_Place, Words] = {}
            for place, said in reached.items():
                for following, words in self._arcs_of(place).get(token, ()):
                    onward.setdefault(following, said + words)
            reached = onward
        return reached.get(_Ended())

    def _state(self, places: frozenset[_Place]) -> int:
        number = self._numbers.get(places)
        if number is not None:
            return number
        onward: dict[int, set[_Place]] = {}
        for place in places:
            for token, following in self._arcs_of(place).items():
                onward.setdefault(token, set()).update(to for to, _ in following)
        number = self._numbers[places] = len(self._places)
        self._places.append(places)
        self._onward.append({token: frozenset(to) for token, to in onward.items()})
        self._allowed.append(np.array(sorted(onward), dtype=np.int64))
        return number

    def _arcs_of(self, place: _Place) -> _Arcs:
        arcs = self._arcs.get(place)
        if arcs is None:
            match place:
                case _Between():
                    arcs = self._arcs_between(place)
                case _Within():
                    arcs = self._arcs_within(place.spelling, place.target)
                case _Ended():
                    arcs = {}
            self._arcs[place] = arcs
        return arcs

    def _arcs_within(self, spelling: _Spelling, target: int) -> _Arcs:
        arcs: dict[int, tuple[tuple[_Place, Words], ...]] = {}
        for token, child in spelling.children.items():
            following: list[tuple[_Place, Words]] = [
                (_Between(target if to is None else to, After.SPACE), words)
                for words, to in child.ends
            ]
            if child.children:
                following.append((_Within(child, target), ()))
            arcs[token] = tuple(following)
        return arcs

    def _arcs_between(self, place: _Between) -> _Arcs:
        final = self._network.may_end(place.node)
        words = self._network.words_from(place.node)
        slots = self._network.slots_from(place.node)
        arcs: dict[int, tuple[tuple[_Place, Words], ...]] = {}
        spelling = _Spelling()
        for word, target in words:
            for text in _written(word, place.after):
                spelling.add(self._tokeniser.encode(text), (word,), target)
        arcs.update(self._arcs_within(spelling, -1))
        if place.after is not After.HYPHEN:
            for name, target in slots:
                for token, following in self._arcs_within(self._digits[name], target).items():
                    arcs[token] = arcs.get(token, ()) + following
        if place.after is After.SPACE:
            for mark, after in _MARKS.items():
                if words if after is After.HYPHEN else (words or final):
                    marked = (_Between(place.node, after), ())
                    arcs[self._tokeniser.encode(mark)[0]] = (marked,)
            if final:
                for mark in _LAST:
                    arcs[self._tokeniser.encode(mark)[0]] = (
                        (_Between(self._network.end, After.STOP), ()),
                    )
        if final and place.node != self._network.start and place.after is not After.HYPHEN:
            arcs[END] = ((_Ended(), ()),)
        return arcs

    def _digits_of(self, slot: SlotValues) -> _Spelling:
        spelling = _Spelling()
        for written in slot.written:
            text = SPACE + written.digits.replace(" ", SPACE)
            spelling.add(self._tokeniser.encode(text), written.words, None)
        return spelling


def _written(word: str, after: After) -> Iterator[str]:
    """Yield the ways moonshine writes `word`, a space as `▁`."""
    if after is After.HYPHEN:
        yield word
        return
    capital = word[:1].upper() + word[1:]
    yield SPACE + (capital if after is After.STOP or word == "i" else word)
    if len(word) == 1 and word not in ("a", "i") and after is not After.STOP:
        yield SPACE + capital  # a letter by its name
    if word in _LETTERS:
        yield SPACE + word.upper()
        yield SPACE + SPACE.join(word.upper())
        yield SPACE + SPACE.join(f"{letter}." for letter in word.upper())


_LETTERS = frozenset({"rpe", "rir", "amrap"})
"""Words that are, or may be, said letter by letter."""
