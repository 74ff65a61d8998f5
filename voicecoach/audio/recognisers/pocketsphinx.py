"""pocketsphinx: a small hidden Markov model of English, decoded within a grammar.

The ear for systems without a wheel of the better ones. Everything it needs
is inside its own wheel.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from itertools import islice

import numpy as np
from pocketsphinx import Decoder

from voicecoach.audio.ports import Hypothesis, Pcm
from voicecoach.audio.recognisers.lexicon import spellings
from voicecoach.audio.recognisers.network import Network, Words, network_of
from voicecoach.errors import RecogniserError, shown
from voicecoach.language.grammar import Grammar

_KEPT_GRAMMARS = 24  # searches kept; a session has about as many states
_HYPOTHESES = 8
_ALTERNATIVES = 30  # of the engine's, many of them the same words
_LEAST_BEHIND = 20.0  # nats between the best reading and any other
_TEMPER = 8.0  # log odds to a nat a frame
_SHIFT = 1024  # the engine shifts its log probabilities by ten bits

_VARIANT = re.compile(r"\(\d+\)$")  # of a pronunciation: "the(2)"


class PocketsphinxRecogniser:
    """Recognises an utterance within a grammar.

    Of the engine's settings, measured on eight synthetic voices saying 130
    phrases: without its second pass (`bestpath`) it understands .86 instead
    of .69; and only where each frame is held against all sounds
    (`compallsen`), not only against those being searched, are its scores
    comparable between utterances. That costs 60 ms an utterance more.
    """

    name = "pocketsphinx"
    description = "pocketsphinx en-us"

    def __init__(self) -> None:
        self._decoder = Decoder(
            lm=None, loglevel="FATAL", cmn="batch", wip=0.2, bestpath=False, compallsen=True
        )
        self._searches: dict[Grammar, str] = {}
        self._made = 0
        self._grammar: Grammar | None = None
        self._blocks: list[Pcm] = []

    def lacks(self, grammar: Grammar) -> Words:
        """Return the words of `grammar` that it cannot pronounce, sorted."""
        return spellings(network_of(grammar).words(), self._knows)[1]

    def begin(self, grammar: Grammar) -> None:
        """Start an utterance within `grammar`. Raises RecogniserError for words it lacks."""
        search = self._searches.pop(grammar, None)
        if search is None:
            search = self._compile(grammar)
            while len(self._searches) >= _KEPT_GRAMMARS:
                oldest = next(iter(self._searches))
                self._decoder.remove_search(self._searches.pop(oldest))
        self._searches[grammar] = search  # the latest used is last
        self._grammar = grammar
        self._blocks = []

    def feed(self, pcm: Pcm) -> None:
        """Take the next samples of the utterance."""
        self._blocks.append(pcm)

    def finish(self) -> tuple[Hypothesis, ...]:
        """Decode the utterance.

        Only now: the engine takes the mean from the sound, and that of the
        whole utterance is better than that of its beginning.
        """
        if self._grammar is None or not self._blocks:
            return ()
        decoder = self._decoder
        decoder.activate_search(self._searches[self._grammar])
        decoder.reinit_feat()  # or the mean of the utterance before is taken for this one's
        decoder.start_utt()
        decoder.process_raw(_dithered(np.concatenate(self._blocks)), full_utt=True)
        decoder.end_utt()
        self._blocks = []
        best = decoder.hyp()
        if best is None:
            return ()
        readings = self._readings(_words(best.hypstr))
        likelihood, frames = _nats(best.best_score), decoder.n_frames()
        network = network_of(self._grammar)
        found = []
        for words, behind in sorted(readings.items(), key=lambda reading: reading[1]):
            if words and network.says(words):
                score = (likelihood - behind) / frames
                found.append(Hypothesis(words, _TEMPER * score, _confidence(score)))
        return tuple(found[:_HYPOTHESES])

    def _readings(self, best: Words) -> dict[Words, float]:
        """Return the engine's best reading and others, each with its nats behind the best.

        The engine weighs the others in another way, by which the best is not
        always the first, but is less often right: .59 against .66. So of
        these weights only the differences are used, and none is for nothing.
        """
        weighed: dict[Words, float] = {}
        for reading in islice(self._decoder.nbest(), _ALTERNATIVES):
            if reading is not None:
                weighed.setdefault(_words(reading.hypstr), _nats(reading.best_score))
        own = weighed.pop(best, max(weighed.values(), default=0.0))
        return {best: 0.0} | {
            words: max(_LEAST_BEHIND, own - nats) for words, nats in weighed.items()
        }

    def _knows(self, word: str) -> bool:
        return self._decoder.lookup_word(word) is not None

    def _compile(self, grammar: Grammar) -> str:
        """Make the search of `grammar`; return its name."""
        network = network_of(grammar)
        spelt, lacking = spellings(network.words(), self._knows)
        if lacking:
            msg = f"pocketsphinx cannot pronounce {', '.join(map(shown, lacking))}"
            raise RecogniserError(msg, remedy="say it in other words, or use another recogniser")
        for word, parts in spelt.items():
            if parts != (word,):
                self._decoder.add_word(word, " ".join(map(self._decoder.lookup_word, parts)), True)
        self._made += 1
        name = f"grammar {self._made}"
        last, arcs = _transitions(network)
        self._decoder.add_fsg(name, self._decoder.create_fsg(name, 0, last, arcs))
        return name


def _transitions(
    network: Network,
) -> tuple[int, list[tuple[int, int, float, str] | tuple[int, int, float]]]:
    """Return `network` made deterministic: its last state, and its arcs for the engine.

    Parallel paths with the same words would be searched side by side.
    """
    numbers = {frozenset({network.start}): 0}
    arcs: list[tuple[int, int, float, str]] = []
    final: list[int] = []
    for state in (waiting := list(numbers)):
        onward: defaultdict[str, set[int]] = defaultdict(set)
        for node in state:
            for word, target in network.words_from(node):
                onward[word].add(target)
        for word, targets in onward.items():
            following = frozenset(targets)
            if following not in numbers:
                numbers[following] = len(numbers)
                waiting.append(following)
            arcs.append((numbers[state], numbers[following], 1 / len(onward), word))
        if any(network.may_end(node) for node in state):
            final.append(numbers[state])
    last = len(numbers)
    return last, [*arcs, *((state, last, 1.0) for state in final)]


def _words(text: str | None) -> Words:
    """Return the words of the engine's text, without its marks of noise and of variants."""
    words = (_VARIANT.sub("", word) for word in (text or "").split())
    return tuple(word for word in words if word[0] not in "<+[")


def _nats(score: float) -> float:
    return _SHIFT * math.log(score) if score > 0 else -math.inf


def _dithered(pcm: Pcm) -> bytes:
    """Return `pcm` with a noise of one step, as bytes: in digital silence the engine is lost.

    Its own dither goes on from one utterance to the next, and would hear the
    same sound twice in two ways.
    """
    noise = np.random.default_rng(0).integers(-1, 2, len(pcm))
    dithered: bytes = np.clip(pcm + noise, -32768, 32767).astype("<i2").tobytes()
    return dithered


def _confidence(score: float) -> float:
    """Return how sure a reading is of so many nats a frame.

    Measured on what the endpointer cut out of the corpus: commands that were
    understood have -4.0 in a quiet room (one in twenty under -5.9), -4.4 at
    10 dB of four noises (-5.0); coffee orders -8.7 (one in twenty over -7.0).
    """
    return 1 / (1 + math.exp(-2.2 * max(score + 6.4, -20.0)))
