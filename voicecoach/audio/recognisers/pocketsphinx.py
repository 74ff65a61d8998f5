"""pocketsphinx: a small hidden Markov model of English, decoded within a grammar.

The ear for systems without a wheel of the better ones. Everything it needs
is inside its own wheel.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import islice
from typing import Any

import numpy as np
from pocketsphinx import Decoder

from voicecoach.audio.ports import HEARING_RATE, Hypothesis, Pcm
from voicecoach.audio.recognisers.lexicon import spellings
from voicecoach.audio.recognisers.network import Network, Words, network_of
from voicecoach.audio.recognisers.odds import probability
from voicecoach.errors import RecogniserError, shown
from voicecoach.language.grammar import Grammar

_KEPT_GRAMMARS = 24  # searches kept; a session has about as many states
_HYPOTHESES = 8
_ALTERNATIVES = 30  # of the engine's, many of them the same words
_SECOND = 1.0  # log odds of the best reading over any other
_TEMPER = 0.02  # more of them to a nat that one lies behind
_NEAREST, _FARTHEST = -20.0, 80.0  # nats beyond which nothing more is told by them
_SHIFT = 1024  # the engine shifts its log probabilities by ten bits

_WORST_FIT = -12.0  # nats a frame; a word that fits worse tells nothing more
_CLEAREST_DB = 50.0
_LEVEL_FRAME = HEARING_RATE // 50  # samples

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
        pcm = np.concatenate(self._blocks)
        decoder.process_raw(_dithered(pcm), full_utt=True)
        decoder.end_utt()
        self._blocks = []
        best = decoder.hyp()
        if best is None:
            return ()
        network = network_of(self._grammar)
        sure = _confidence(*_fit(decoder.seg()), _clearance_db(pcm))
        found = [
            Hypothesis(words, score, sure)
            for words, score in self._readings(_words(best.hypstr)).items()
            if words and network.says(words)
        ]
        found.sort(key=lambda one: -one.score)
        return tuple(found[:_HYPOTHESES])

    def _readings(self, best: Words) -> dict[Words, float]:
        """Return the engine's best reading and others, each with its log odds against the best.

        The engine weighs the others in another way, by which the best is not
        always the first, but is less often right: .59 against .66. So of
        these weights only the differences are used, and they tell little.
        """
        weighed: dict[Words, float] = {}
        for reading in islice(self._decoder.nbest(), _ALTERNATIVES):
            if reading is not None:
                weighed.setdefault(_words(reading.hypstr), _nats(reading.best_score))
        own = weighed.pop(best, max(weighed.values(), default=0.0))
        return {best: 0.0} | {
            words: -_SECOND - _TEMPER * max(_NEAREST, min(_FARTHEST, own - nats))
            for words, nats in weighed.items()
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


def _fit(segments: Iterable[Any]) -> tuple[float, float]:
    """Return how well the best reading fits: nats a frame of its words, and of the worst of them.

    The silence around them fits always.
    """
    words = [
        (segment.end_frame - segment.start_frame + 1, _nats(segment.ascore))
        for segment in segments
        if segment.word[0] not in "<+[("
    ]
    if not words:
        return _WORST_FIT, _WORST_FIT
    frames = sum(length for length, _ in words)
    worst = min(nats / length for length, nats in words)
    return sum(nats for _, nats in words) / frames, max(_WORST_FIT, worst)


def _clearance_db(pcm: Pcm) -> float:
    """Return how far what is loud stands over what is soft, as heard in frames of 20 ms."""
    whole = len(pcm) // _LEVEL_FRAME * _LEVEL_FRAME
    if not whole:
        return 0.0
    powers = (pcm[:whole].astype(np.float64).reshape(-1, _LEVEL_FRAME) ** 2).mean(axis=1)
    soft, loud = np.percentile(10 * np.log10(powers + 1e-3), (10, 90))
    return float(min(_CLEAREST_DB, loud - soft))


def _confidence(words: float, worst: float, clearance_db: float) -> float:
    """Return how sure a reading is that fits so well, in so clear a sound.

    A logistic regression over 165 commands in eight synthetic voices, 32 of
    people, clean and at 10 dB of four noises, coffee orders and noise alone,
    whose figures are in docs/hearing.md.
    """
    odds = 5.76 + 0.63 * words + 0.51 * worst + 0.034 * clearance_db
    return probability(odds)
