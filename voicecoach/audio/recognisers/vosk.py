"""vosk: a Kaldi model that the user has installed, held to a grammar.

vosk's "grammar" is a bigram model of the phrases it is given, and sound that
fits none of them is forced into some. So what it hears is read back through
the grammar, and words that nobody says to the coach compete with those of the
grammar: where they win, nothing was said to it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import vosk

from voicecoach.audio.ports import HEARING_RATE, Hypothesis, Pcm
from voicecoach.audio.recognisers.decoys import DECOYS, unlike
from voicecoach.audio.recognisers.lexicon import spellings
from voicecoach.audio.recognisers.network import Words, network_of
from voicecoach.audio.recognisers.pronunciation import Pronunciations, dictionary_file
from voicecoach.errors import ModelError, RecogniserError, shown
from voicecoach.language.grammar import Grammar

_UNKNOWN = ("[unk]", "<unk>", "<UNK>")
"""What models call speech that is none of their words; each has one of these."""

_KEPT_DECODERS = 24  # a session has about as many states
_HYPOTHESES = 8
_ALTERNATIVES = 24  # asked of vosk: some say what the grammar does not
_BLOCK = HEARING_RATE // 5  # samples; vosk's speaker adaptation sees whole blocks only


@dataclass(frozen=True, slots=True)
class _Decoder:
    """vosk's recogniser for one grammar, and how it spells the grammar's words."""

    engine: Any
    grammar: Grammar
    spelt: Mapping[str, Words]


class VoskRecogniser:
    """Recognises an utterance within a grammar.

    `folder` holds the model, which recognisers of one process share. Raises
    ModelError where it cannot be loaded.
    """

    name = "vosk"

    def __init__(self, folder: Path, *, decoys: tuple[str, ...] = DECOYS) -> None:
        self._folder = folder
        self._model = _model(folder.resolve())
        self._decoys = tuple(filter(self._knows, decoys))
        self._unknown = tuple(filter(self._knows, _UNKNOWN))[:1]
        self._sounds = Pronunciations(dictionary_file())
        self._decoder_of = lru_cache(maxsize=_KEPT_DECODERS)(self._make_decoder)
        self._decoder: _Decoder | None = None
        self._waiting: Pcm = np.empty(0, dtype=np.int16)
        self._heard = False
        self._said: list[Pcm] = []

    @property
    def description(self) -> str:
        """The engine and its model."""
        return f"vosk with {self._folder.name}"

    def lacks(self, grammar: Grammar) -> Words:
        """Return the words of `grammar` that the model cannot recognise, in order."""
        return spellings(network_of(grammar).words(), self._knows)[1]

    def begin(self, grammar: Grammar) -> None:
        """Start an utterance within `grammar`.

        Raises RecogniserError where the model lacks words of it: vosk itself
        would leave them out and never hear them.
        """
        decoder = self._decoder_of(grammar)
        if self._decoder is not None and self._heard:
            # Reset() would keep the sound of an utterance that was left off,
            # and the next word would be heard as its continuation.
            self._decoder.engine.FinalResult()
        self._decoder = decoder
        self._waiting = self._waiting[:0]
        self._said = []
        self._heard = False

    def feed(self, pcm: Pcm) -> None:
        """Take the next samples of the utterance."""
        if self._decoder is None:
            return
        self._said.append(pcm)
        samples = np.concatenate([self._waiting, pcm])
        whole = len(samples) - len(samples) % _BLOCK
        for at in range(0, whole, _BLOCK):
            self._accept(self._decoder, samples[at : at + _BLOCK])
        self._waiting = samples[whole:]

    def finish(self) -> tuple[Hypothesis, ...]:
        """End the utterance."""
        decoder, self._decoder = self._decoder, None
        if decoder is None:
            return ()
        if len(self._waiting):
            self._accept(decoder, self._waiting)
        if not self._heard:
            return ()
        return _hypotheses(json.loads(decoder.engine.FinalResult()), decoder)

    def write_down(self, openings: tuple[str, ...] = ()) -> str:  # noqa: ARG002  # it cannot be told
        """Return what was said in the utterance that was finished last, whatever it was."""
        if not self._said:
            return ""
        # One of its own for each: without a grammar it costs nothing to make.
        engine = vosk.KaldiRecognizer(self._model, HEARING_RATE)
        engine.AcceptWaveform(np.concatenate(self._said).astype("<i2", copy=False).tobytes())
        text = str(json.loads(engine.FinalResult())["text"])
        return " ".join(word for word in text.split() if word not in _UNKNOWN)

    def _accept(self, decoder: _Decoder, samples: Pcm) -> None:
        decoder.engine.AcceptWaveform(samples.astype("<i2", copy=False).tobytes())
        self._heard = True

    def _knows(self, word: str) -> bool:
        return bool(self._model.vosk_model_find_word(word) >= 0)

    def _make_decoder(self, grammar: Grammar) -> _Decoder:
        network = network_of(grammar)
        spelt, lacking = spellings(network.words(), self._knows)
        if lacking:
            msg = f"the model lacks {', '.join(map(shown, lacking))}"
            remedy = "say it in words that the model has, or install a larger model"
            raise RecogniserError(msg, place=self._folder.name, remedy=remedy)
        # "two", "to" and "too" would each take a share of what is said of either.
        alike = self._sounds.one_of_each_sound(part for parts in spelt.values() for part in parts)
        spelt = {word: tuple(alike[part] for part in parts) for word, parts in spelt.items()}
        said = {part for parts in spelt.values() for part in parts}
        phrases = [
            " ".join(part for word in phrase for part in spelt[word])
            for phrase in network.covering_phrases()
        ]
        phrases += unlike(self._decoys, said, self._sounds)
        for unknown in self._unknown:
            phrases += [unknown, f"{unknown} {unknown}"]
        # A recogniser per grammar: to change the grammar of one that is
        # decoding ends the process.
        engine = vosk.KaldiRecognizer(
            self._model, HEARING_RATE, json.dumps(phrases, ensure_ascii=False)
        )
        engine.SetMaxAlternatives(_ALTERNATIVES)
        return _Decoder(engine, grammar, spelt)


@cache
def _model(folder: Path) -> Any:
    """Load a model, once. vosk is always given its folder: by name it would fetch one."""
    vosk.SetLogLevel(-1)
    try:
        return vosk.Model(str(folder))
    except Exception as error:  # vosk raises no narrower class
        msg = "the vosk model cannot be loaded"
        raise ModelError(
            msg, place=str(folder), remedy=f"voicecoach models verify {folder.name}"
        ) from error


def _hypotheses(result: Any, decoder: _Decoder) -> tuple[Hypothesis, ...]:
    """Read vosk's alternatives back through the grammar; those that it cannot say are rivals."""
    network = network_of(decoder.grammar)
    said: dict[Words, float] = {}
    rivals: list[float] = []
    for alternative in result["alternatives"]:
        words = network.read(tuple(alternative["text"].split()), decoder.spelt)
        likelihood = float(alternative["confidence"])  # so it is called; it is logarithmic
        if words:
            said[words] = max(likelihood, said.get(words, -math.inf))
        else:
            rivals.append(likelihood)
    ranked = sorted(said.items(), key=lambda item: -item[1])[:_HYPOTHESES]
    # vosk dithers at random: the likelihoods of an utterance move together by
    # two nats from one time to the next, their differences hardly.
    return tuple(
        Hypothesis(words, likelihood - ranked[0][1], _confidence(likelihood, rivals))
        for words, likelihood in ranked
    )


def _confidence(likelihood: float, rivals: list[float]) -> float:
    """Return the share of a phrase against all that is not of the grammar."""
    return 1 / (1 + sum(math.exp(min(50.0, rival - likelihood)) for rival in rivals))
