"""Two readings of one utterance, sounded and written, alone and weighed together.

The phoneme network hears the sounds of what was said, and no language at all;
moonshine's decoder writes it as text, with habits of language. The first is
right mostly, and soon; where it leaves a doubt the second is heard as well.
Where they agree they are right; where they do not, either may be.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from voicecoach.audio.ports import Hypothesis
from voicecoach.audio.recognisers.network import Words, network_of
from voicecoach.audio.recognisers.odds import probability
from voicecoach.audio.recognisers.own_voice import OwnVoice
from voicecoach.audio.recognisers.phonemes import Floats, freely, likeliest, phoneme_network
from voicecoach.audio.recognisers.pronunciation import Pronunciations
from voicecoach.audio.recognisers.soundings import PhoneAutomaton, phrases
from voicecoach.language.grammar import Grammar
from voicecoach.language.likeness import edits_between

_KEPT_GRAMMARS = 24  # a session has about as many states
_HYPOTHESES = 8

# Fitted on the development corpus, on voices that the network had not learnt from, with talk and
# noise for nobody as ten times as many as they are; docs/hearing.md has the figures.
_SOUNDED = 0.58  # log odds to a nat of the sounds, where they are all there is
_SOUNDED_WITH_TEXT, _WRITTEN = 0.3, 0.315  # the same of either reading, where there are both
_TORN = 0.7  # what is left of them where the readings differ: then more is asked about
_UNHEARD = 14.0  # nats behind the best at which a phrase lies that was not sounded at all
_MISSED_ONCE = 3.0  # nats behind the last at which one lies that was sounded in one hearing only
_UNWRITTEN = 2.0  # nats behind the last at which one lies that was not written
_LEAST_SOUNDED, _LEAST_WRITTEN = -40.0, -16.0
_LONG = 10  # phonemes: up to so many each makes a phrase surer, for noise sounds like short words


@dataclass(frozen=True, slots=True)
class Sounded:
    """What an utterance sounded like: phrases in nats, against `free`, the likeliest sounds.

    `free` is the less the more the sounds are blurred, by noise above all.
    """

    phrases: Mapping[Words, float]
    free: float
    frames: float
    length: Callable[[Words], int]
    """Of a phrase, in phonemes."""

    def of(self, words: Words) -> float:
        """Return how far `words` lie behind the likeliest sounds, in nats."""
        heard = self.phrases.get(words)
        if heard is None:
            heard = max(self.phrases.values(), default=self.free) - _UNHEARD
        return max(heard - self.free, _LEAST_SOUNDED)


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
        found = self._automata.pop(grammar, None)
        if found is None:
            network = network_of(grammar)
            pronounced = self._pronunciations.of(network.words())
            if self._own_voice is not None:
                pronounced = self._own_voice.also(pronounced)
            found = PhoneAutomaton(network, pronounced)
            while len(self._automata) >= _KEPT_GRAMMARS:
                del self._automata[next(iter(self._automata))]
        self._automata[grammar] = found  # the latest used is last

    def knows_all_of(self, grammar: Grammar) -> bool:
        """Tell whether every word of `grammar`, which was begun, has a pronunciation."""
        return self._automata[grammar].complete

    def read(self, frames: Floats, grammar: Grammar) -> Sounded:
        """Return what the encoder's frames, shape (n, 288), sounded like within `grammar`."""
        likely = self._likely(frames)
        found = phrases(likely, self._automata[grammar])
        return Sounded(found, freely(likely), len(likely), self._length)

    def begins(self, frames: Floats, word: str) -> bool:
        """Tell whether the likeliest sounds begin like `word`, but for one phoneme."""
        heard = likeliest(self._likely(frames))
        return any(
            edits_between(phones, heard[:length]) <= 1
            for phones in self._pronunciations.of([word]).get(word, ())
            for length in range(len(phones) - 1, len(phones) + 2)
        )

    def _likely(self, frames: Floats) -> Floats:
        if self._own_voice is not None:
            frames = self._own_voice.moved(frames)
        return self._network.read(frames)

    def _length(self, words: Words) -> int:
        pronounced = self._pronunciations.of(words)
        return sum(len(pronounced[word][0]) if word in pronounced else 4 for word in words)


def joined(first: Sounded, second: Sounded) -> Sounded:
    """Return the mean of two hearings of one utterance."""
    behind = [min(one.phrases.values(), default=one.free) - _MISSED_ONCE for one in (first, second)]
    return Sounded(
        {
            words: (first.phrases.get(words, behind[0]) + second.phrases.get(words, behind[1])) / 2
            for words in dict.fromkeys([*first.phrases, *second.phrases])
        },
        (first.free + second.free) / 2,
        (first.frames + second.frames) / 2,
        first.length,
    )


def by_sound(sounded: Sounded) -> tuple[Hypothesis, ...]:
    """Return the phrases that were sounded, the likeliest first.

    The confidence is a logistic regression over commands in synthetic voices
    and people's digits, clean and in noise, and over talk and noises, each in
    the grammar of a moment; so it is in `fused`.
    """
    found = []
    for words in sounded.phrases:
        sound = sounded.of(words)
        length = sounded.length(words)
        odds = 3.24 + 0.5 * sound / math.sqrt(max(4, length))
        odds += 0.017 * length + 0.163 * min(_LONG, length)
        odds += 1.76 * sound / math.sqrt(sounded.frames) + 21 * sounded.free / sounded.frames
        found.append(Hypothesis(words, _SOUNDED * sound, probability(odds)))
    return _likeliest(found)


def fused(written: Mapping[Words, float], sounded: Sounded) -> tuple[Hypothesis, ...]:
    """Return the phrases of either reading, the likeliest first.

    `written` are nats of evidence: what the decoder writes, less its habit.
    """
    unwritten = min(written.values(), default=_LEAST_WRITTEN) - _UNWRITTEN
    agreed = _first(written) == _first(sounded.phrases)
    found = []
    for words in dict.fromkeys([*written, *sounded.phrases]):
        sound = sounded.of(words)
        text = max(written.get(words, unwritten), _LEAST_WRITTEN)
        score = (1.0 if agreed else _TORN) * (_SOUNDED_WITH_TEXT * sound + _WRITTEN * text)
        length = sounded.length(words)
        odds = 3.1 + 0.87 * sound / math.sqrt(max(4, length))
        odds += -0.031 * length + 0.173 * min(_LONG, length)
        odds += 0.91 * sound / math.sqrt(sounded.frames) + 6.5 * sounded.free / sounded.frames
        odds += 0.364 * text - 0.82 * text / max(3, length) + 0.12 * agreed
        found.append(Hypothesis(words, score, probability(odds)))
    return _likeliest(found)


def _likeliest(found: list[Hypothesis]) -> tuple[Hypothesis, ...]:
    return tuple(sorted(found, key=lambda one: -one.score)[:_HYPOTHESES])


def _first(reading: Mapping[Words, float]) -> Words | None:
    return max(reading, key=reading.__getitem__, default=None)
