"""Two readings of one utterance, written and sounded, weighed together.

moonshine's decoder writes what was said as text, with habits of language; the
phoneme network hears its sounds, and no language at all. Where they agree
they are right; where they do not, either may be.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from voicecoach.audio.ports import Hypothesis
from voicecoach.audio.recognisers.network import Words, network_of
from voicecoach.audio.recognisers.own_voice import OwnVoice
from voicecoach.audio.recognisers.phonemes import Floats, freely, phoneme_network
from voicecoach.audio.recognisers.pronunciation import Pronunciations
from voicecoach.audio.recognisers.soundings import PhoneAutomaton, phrases
from voicecoach.language.grammar import Grammar

_KEPT_GRAMMARS = 24  # a session has about as many states
_HYPOTHESES = 8

# Fitted on the development corpus, split by voices; docs/hearing.md has the figures.
_SOUNDED, _WRITTEN = 0.4, 0.28  # log odds to a nat of either reading
_TORN = 0.5  # what is left of them where the readings differ: then more is asked about
_UNHEARD = 14.0  # nats behind the best at which a phrase lies that was not sounded at all
_UNWRITTEN = 2.0  # nats behind the last at which one lies that was not written
_LEAST_SOUNDED, _LEAST_WRITTEN = -40.0, -16.0


@dataclass(frozen=True, slots=True)
class Sounded:
    """What an utterance sounded like: phrases in nats, against `free`, the likeliest sounds."""

    phrases: Mapping[Words, float]
    free: float
    frames: int
    length: Callable[[Words], int]
    """Of a phrase, in phonemes."""


class Soundings:
    """Reads frames within grammars. `dictionary` is pocketsphinx's.

    With `own_voice` it reads them as that voice's.
    """

    def __init__(self, dictionary: Path, own_voice: OwnVoice | None = None) -> None:
        self._pronunciations = Pronunciations(dictionary)
        self._own_voice = own_voice
        self._network = phoneme_network()
        self._automata: dict[Grammar, PhoneAutomaton] = {}

    def begin(self, grammar: Grammar) -> None:
        """Make ready to read within `grammar`."""
        automaton = self._automata.pop(grammar, None)
        if automaton is None:
            network = network_of(grammar)
            pronounced = self._pronunciations.of(network.words())
            if self._own_voice is not None:
                pronounced = self._own_voice.also(pronounced)
            automaton = PhoneAutomaton(network, pronounced)
            while len(self._automata) >= _KEPT_GRAMMARS:
                del self._automata[next(iter(self._automata))]
        self._automata[grammar] = automaton  # the latest used is last

    def read(self, frames: Floats, grammar: Grammar) -> Sounded:
        """Return what the encoder's frames, shape (n, 288), sounded like within `grammar`."""
        if self._own_voice is not None:
            frames = self._own_voice.moved(frames)
        likely = self._network.read(frames)
        found = phrases(likely, self._automata[grammar])
        return Sounded(found, freely(likely), len(likely), self._length)

    def _length(self, words: Words) -> int:
        pronounced = self._pronunciations.of(words)
        return sum(len(pronounced[word][0]) if word in pronounced else 4 for word in words)


def fused(written: Mapping[Words, float], sounded: Sounded) -> tuple[Hypothesis, ...]:
    """Return the phrases of either reading, the likeliest first.

    `written` are nats of evidence: what the decoder writes, less its habit.
    """
    unsounded = max(sounded.phrases.values(), default=sounded.free) - _UNHEARD - sounded.free
    unwritten = min(written.values(), default=_LEAST_WRITTEN) - _UNWRITTEN
    agreed = _first(written) == _first(sounded.phrases)
    found = []
    for words in dict.fromkeys([*written, *sounded.phrases]):
        heard = sounded.phrases.get(words)
        sound = unsounded if heard is None else heard - sounded.free
        text = written.get(words, unwritten)
        sound, text = max(sound, _LEAST_SOUNDED), max(text, _LEAST_WRITTEN)
        score = (1.0 if agreed else _TORN) * (_SOUNDED * sound + _WRITTEN * text)
        confidence = _confidence(sound, text, sounded.length(words), sounded.frames)
        found.append(Hypothesis(words, score, confidence))
    found.sort(key=lambda one: -one.score)
    return tuple(found[:_HYPOTHESES])


def _first(reading: Mapping[Words, float]) -> Words | None:
    return max(reading, key=reading.__getitem__, default=None)


def _confidence(sound: float, text: float, length: int, frames: int) -> float:
    """Return how sure it is that a phrase of `length` phonemes was said in so many frames.

    A logistic regression over commands in eight synthetic voices and three
    people's digits, clean and at 10 dB of four noises, coffee orders by fifty
    people, and noise alone.
    """
    odds = 2.14 + 0.14 * sound / math.sqrt(max(4, length)) + 0.77 * sound / math.sqrt(frames)
    odds += 0.08 * text + 0.94 * text / max(3, length) + 0.02 * length
    return 1 / (1 + math.exp(-min(50.0, max(-50.0, odds))))
