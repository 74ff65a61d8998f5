"""What a grammar's phrases make of the phonemes that were read: a beam search over prefixes."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from voicecoach.audio.recognisers.network import Network, Words
from voicecoach.audio.recognisers.phonemes import BLANK, NUMBER, Floats
from voicecoach.audio.recognisers.pronunciation import Phones

_BEAM = 40
_MARGIN = 14.0  # nats behind the likeliest prefix at which one is given up
_IMPROBABLE = -10.0  # of a phoneme in a frame: no prefix goes on with it


@dataclass(eq=False, slots=True)
class _Sound:
    """A node of a prefix tree of phonemes; `ends` are the words it completes, with their target.

    `node` is the network's node that the tree begins at; None within the tree.
    """

    node: int | None = None
    onward: dict[int, _Sound] = field(default_factory=dict)
    ends: list[tuple[str, int]] = field(default_factory=list)


class PhoneAutomaton:
    """What may be sounded, phoneme by phoneme, for the phrases of one network.

    States are small integers, 0 the start. It is made as far as a search
    walks through it. Phrases with a word that has no pronunciation are left
    out.
    """

    start = 0

    def __init__(self, network: Network, pronunciations: Mapping[str, Sequence[Phones]]) -> None:
        self._network = network
        self._pronunciations = pronunciations
        self._roots: dict[int, _Sound] = {}
        self._numbers: dict[frozenset[_Sound], int] = {}
        self._sounds: list[frozenset[_Sound]] = []
        self._onward: list[dict[int, int] | None] = []
        self._final: list[bool] = []
        self._state(frozenset([self._root(network.start)]))

    @cached_property
    def complete(self) -> bool:
        """Tell whether every word of the network has a pronunciation."""
        return self._pronunciations.keys() >= set(self._network.words())

    def onward(self, state: int) -> Mapping[int, int]:
        """Return the phonemes that may follow `state`, each with the state it leads to."""
        known = self._onward[state]
        if known is None:
            reached: dict[int, set[_Sound]] = {}
            for sound in self._sounds[state]:
                for phone, following in sound.onward.items():
                    sounds = reached.setdefault(phone, set())
                    sounds.add(following)
                    sounds.update(self._root(target) for _, target in following.ends)
            known = self._onward[state] = {
                phone: self._state(frozenset(sounds)) for phone, sounds in reached.items()
            }
        return known

    def may_end(self, state: int) -> bool:
        """Tell whether a phrase may end in `state`."""
        return self._final[state]

    def words(self, phones: Sequence[int]) -> Words | None:
        """Return a phrase that sounds like `phones`; None where the grammar has none."""
        reached: dict[_Sound, Words] = {self._root(self._network.start): ()}
        found: Words | None = None
        for phone in phones:
            onward: dict[_Sound, Words] = {}
            found = None
            for sound, said in reached.items():
                following = sound.onward.get(phone)
                if following is None:
                    continue
                onward.setdefault(following, said)
                for word, target in following.ends:
                    onward.setdefault(self._root(target), (*said, word))
                    if found is None and self._network.may_end(target):
                        found = (*said, word)
            reached = onward
        return found

    def _state(self, sounds: frozenset[_Sound]) -> int:
        number = self._numbers.get(sounds)
        if number is None:
            number = self._numbers[sounds] = len(self._sounds)
            self._sounds.append(sounds)
            self._onward.append(None)
            nodes = [sound.node for sound in sounds if sound.node is not None]
            self._final.append(any(map(self._network.may_end, nodes)))
        return number

    def _root(self, node: int) -> _Sound:
        """Return the tree of all words that may come at `node` of the network."""
        root = self._roots.get(node)
        if root is None:
            root = self._roots[node] = _Sound(node)
            for word, target in self._network.words_from(node):
                for phones in self._pronunciations.get(word, ()):
                    sound = root
                    for phone in phones:
                        sound = sound.onward.setdefault(NUMBER[phone], _Sound())
                    sound.ends.append((word, target))
        return root


@dataclass(eq=False, slots=True)
class _Prefix:
    """The beginning of a phrase, with the log probability of all ways to sound it so far.

    Those that end in silence and those that end in its last phoneme are kept
    apart: only after silence is the same phoneme again another one.
    """

    phones: tuple[int, ...]
    state: int
    silent: float = -math.inf
    sounding: float = -math.inf
    total: float = -math.inf
    onward: dict[int, _Prefix] = field(default_factory=dict)


def phrases(likely: Floats, automaton: PhoneAutomaton, *, beam: int = _BEAM) -> dict[Words, float]:
    """Return the likeliest phrases of the automaton, each with its log probability in nats.

    `likely` is what `PhonemeNetwork.read` returns.
    """
    live = [_Prefix((), automaton.start, silent=0.0, total=0.0)]
    for frame in likely.tolist():
        live = _heard(live, frame, automaton)
        live.sort(key=_total, reverse=True)
        least = live[0].total - _MARGIN
        live = [prefix for prefix in live[:beam] if prefix.total > least]
    found: dict[Words, float] = {}
    for prefix in live:
        if automaton.may_end(prefix.state):
            words = automaton.words(prefix.phones)
            if words:
                found[words] = _either(found.get(words, -math.inf), prefix.total)
    return found


def _heard(live: list[_Prefix], frame: list[float], automaton: PhoneAutomaton) -> list[_Prefix]:
    """Return the prefixes there are after one more frame."""
    silence = frame[BLANK]
    probable = [
        (phone, heard) for phone, heard in enumerate(frame) if phone and heard > _IMPROBABLE
    ]
    reached: dict[_Prefix, float] = {}  # by their last phoneme, from a shorter prefix
    stayed: list[tuple[_Prefix, float, float]] = []
    for prefix in live:
        last = prefix.phones[-1] if prefix.phones else BLANK
        still = prefix.sounding + frame[last] if last else -math.inf
        stayed.append((prefix, prefix.total + silence, still))
        onward = automaton.onward(prefix.state)
        for phone, heard in probable:
            state = onward.get(phone)
            if state is None:
                continue
            longer = prefix.onward.get(phone)
            if longer is None:
                longer = prefix.onward[phone] = _Prefix((*prefix.phones, phone), state)
            reached[longer] = (prefix.silent if phone == last else prefix.total) + heard
    following = []
    for prefix, silent, still in stayed:
        prefix.silent = silent
        prefix.sounding = _either(still, reached.pop(prefix, -math.inf))
        prefix.total = _either(silent, prefix.sounding)
        following.append(prefix)
    for prefix, sounding in reached.items():
        prefix.silent, prefix.sounding, prefix.total = -math.inf, sounding, sounding
        following.append(prefix)
    return following


def _total(prefix: _Prefix) -> float:
    return prefix.total


def _either(one: float, other: float) -> float:
    """Return the logarithm of the sum of two probabilities given by their logarithms."""
    if one < other:
        one, other = other, one
    return one if other == -math.inf else one + math.log1p(math.exp(other - one))
