"""Two ears for one utterance: one listens while it is said, the other verifies what it heard.

Ears of different kinds make different mistakes. What both put first was said;
where they differ either may be right, and the coach asks, or lets it pass.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from voicecoach.audio.ports import FreeEar, Hypothesis, LimitedEar, Pcm, PersonalEar, Recogniser
from voicecoach.audio.recognisers.network import Words
from voicecoach.audio.recognisers.odds import probability
from voicecoach.language.grammar import Grammar

_KEPT_GRAMMARS = 24  # a session has about as many states
_HYPOTHESES = 8

_SHARE = 0.7  # of each ear's log odds: they hear the same noise, so each tells less than alone
_TORN = 0.5  # what is left of them where the ears differ: then more is asked about
_UNHEARD = 2.0  # nats behind its last phrase at which one lies that an ear did not hear
_SUREST = 3.0  # log odds: neither ear alone may outweigh the other
_SURENESS = 0.6  # share of each ear's log odds that what it heard was said at all


class VerifiedRecogniser:
    """Recognises an utterance by what `first` and `second` make of it.

    Where the first hears nothing that may be said the second is not asked:
    what only it would hear is not enough to act on. A word that one of them
    does not know the other hears alone.
    """

    def __init__(self, first: Recogniser, second: Recogniser) -> None:
        self._first, self._second = _Ear(first), _Ear(second)
        self._asked = False  # whether the second ear was, about the last utterance
        self.name = f"{first.name}+{second.name}"
        self.description = f"{first.description}, verified by {second.description}"

    def lacks(self, grammar: Grammar) -> Words:
        """Return the words of `grammar` that neither ear can recognise, sorted."""
        return tuple(sorted(self._first.lacks(grammar) & self._second.lacks(grammar)))

    def begin(self, grammar: Grammar) -> None:
        """Start an utterance within `grammar`."""
        self._first.begin(grammar)
        self._second.begin(grammar)

    def feed(self, pcm: Pcm) -> None:
        """Take the next samples of the utterance: vosk decodes them now, the others at its end."""
        self._first.feed(pcm)
        self._second.feed(pcm)

    def finish(self) -> tuple[Hypothesis, ...]:
        """End the utterance, and weigh together what was heard of it."""
        first = self._first.finish()
        self._asked = bool(first.hypotheses or first.unknown)
        return weighed(first, self._second.finish()) if self._asked else ()

    def as_anybody(self) -> tuple[Hypothesis, ...] | None:
        """Return what would have been heard last had anybody said it; None without own voice."""
        if not self._asked:
            return None
        first, second = self._first.as_anybody(), self._second.as_anybody()
        if first is None and second is None:
            return None
        return weighed(first or self._first.heard, second or self._second.heard)

    def write_down(self, openings: tuple[str, ...] = ()) -> str:
        """Return what was said in the utterance that was finished last, whatever it was.

        The ear that verifies is asked first: moonshine writes better than a small vosk model.
        """
        self._second.finish()  # or it has not heard yet what the first heard nothing in
        for ear in (self._second.recogniser, self._first.recogniser):
            if isinstance(ear, FreeEar):
                return ear.write_down(openings)
        return ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one ear made of an utterance, the likeliest first, and the words it does not know."""

    hypotheses: tuple[Hypothesis, ...]
    unknown: frozenset[str] = frozenset()

    @property
    def first(self) -> Words | None:
        """The likeliest phrase."""
        return self.hypotheses[0].words if self.hypotheses else None

    def knows(self, words: Words | None) -> bool:
        """Tell whether the ear could have heard `words`."""
        return words is not None and self.unknown.isdisjoint(words)

    def of(self, words: Words) -> tuple[float, float]:
        """Return the log odds of `words` against the likeliest phrase, and of their being said."""
        for one in self.hypotheses:
            if one.words == words:
                return one.score - self.hypotheses[0].score, _log_odds(one.confidence)
        if not self.hypotheses:
            return 0.0, -_SUREST
        return self.hypotheses[-1].score - self.hypotheses[0].score - _UNHEARD, -_SUREST


def weighed(first: Reading, second: Reading) -> tuple[Hypothesis, ...]:
    """Return the phrases of either reading, the likeliest first.

    A phrase that one ear does not know counts as the other heard it.
    """
    agreed = first.first == second.first or not (
        first.knows(second.first) and second.knows(first.first)
    )
    found = []
    for words in dict.fromkeys(one.words for one in (*first.hypotheses, *second.hypotheses)):
        heard = [reading.of(words) for reading in (first, second) if reading.knows(words)]
        score = _SHARE * sum(odds for odds, _ in heard)
        sure = _SURENESS * sum(said for _, said in heard) * 2 / len(heard)
        found.append(Hypothesis(words, score if agreed else _TORN * score, probability(sure)))
    found.sort(key=lambda one: -one.score)
    return tuple(found[:_HYPOTHESES])


def _log_odds(confidence: float) -> float:
    if not 0 < confidence < 1:
        return _SUREST if confidence else -_SUREST
    return max(-_SUREST, min(_SUREST, math.log(confidence / (1 - confidence))))


class _Ear:
    """One of the two, held to what it knows of a grammar."""

    def __init__(self, recogniser: Recogniser) -> None:
        self.recogniser = recogniser
        self._known = lru_cache(maxsize=_KEPT_GRAMMARS)(self._known_part)
        self._unknown: frozenset[str] = frozenset()
        self._listens = False
        self.heard = Reading(())

    def lacks(self, grammar: Grammar) -> frozenset[str]:
        return self._known(grammar)[1]

    def begin(self, grammar: Grammar) -> None:
        known, self._unknown = self._known(grammar)
        self._listens = known is not None
        if known is not None:
            self.recogniser.begin(known)

    def feed(self, pcm: Pcm) -> None:
        if self._listens:
            self.recogniser.feed(pcm)

    def finish(self) -> Reading:
        self.heard = Reading(self.recogniser.finish() if self._listens else (), self._unknown)
        return self.heard

    def as_anybody(self) -> Reading | None:
        ear = self.recogniser
        heard = ear.as_anybody() if self._listens and isinstance(ear, PersonalEar) else None
        return None if heard is None else Reading(heard, self._unknown)

    def _known_part(self, grammar: Grammar) -> tuple[Grammar | None, frozenset[str]]:
        """Return what of `grammar` can be heard, and the words that cannot."""
        ear = self.recogniser
        lacking = frozenset(ear.lacks(grammar)) if isinstance(ear, LimitedEar) else frozenset()
        return (grammar.without(lacking) if lacking else grammar), lacking
