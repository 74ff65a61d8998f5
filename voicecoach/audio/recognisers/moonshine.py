"""moonshine: an English transformer of 27 million parameters, decoded within a grammar.

Its two graphs lie in the wheel of `moonshine-voice`; onnxruntime runs them.
A beam search writes the likeliest texts that the grammar allows.
"""

from __future__ import annotations

import importlib.util
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from voicecoach.audio.ports import HEARING_RATE, Hypothesis, Pcm
from voicecoach.audio.recognisers.automaton import TokenAutomaton
from voicecoach.audio.recognisers.decoder import Floats, Graphs, Listening
from voicecoach.audio.recognisers.tokens import END, REMEDY, Tokeniser
from voicecoach.errors import RecogniserError
from voicecoach.language.grammar import Grammar

_FILES = ("encoder_model.ort", "decoder_model_merged.ort", "tokenizer.bin")
_LONGEST = 28  # tokens of a text
_KEPT_GRAMMARS = 24  # automata kept; a session has about as many states
_HYPOTHESES = 8
_MARGIN = 6.0  # nats behind the likeliest text at which one is given up


def model_folder() -> Path | None:
    """Return where the wheel keeps the English tiny model, or None where it is not installed.

    The package itself is not imported: that loads a native library of its own.
    """
    spec = importlib.util.find_spec("moonshine_voice")
    for place in (spec.submodule_search_locations or ()) if spec else ():
        folder = Path(place) / "assets" / "tiny-en"
        if all((folder / name).is_file() for name in _FILES):
            return folder
    return None


@dataclass(slots=True)
class _Text:
    """A text being written: its tokens, the automaton's state, its log probability.

    `row` is its row in the decoder's last batch. Of a text that is written
    freely the state has no meaning.
    """

    tokens: tuple[int, ...]
    state: int
    log_probability: float
    row: int = 0

    @property
    def ended(self) -> bool:
        return self.tokens[-1:] == (END,)

    @property
    def score(self) -> float:
        """Log probability a token."""
        return self.log_probability / max(1, len(self.tokens))

    def onward(self, token: int, state: int, log_probability: float) -> _Text:
        """Return this text with one more token."""
        return _Text((*self.tokens, token), state, self.log_probability + log_probability, self.row)


class MoonshineRecogniser:
    """Recognises an utterance within a grammar. Raises RecogniserError without the model."""

    name = "moonshine"
    description = "moonshine tiny"

    def __init__(self, folder: Path | None = None, *, beam: int = 12) -> None:
        folder = folder or model_folder()
        if folder is None:
            msg = "moonshine's English model is not installed"
            raise RecogniserError(msg, remedy=REMEDY)
        self._beam = beam
        self._tokeniser = Tokeniser.read(folder / "tokenizer.bin")
        self._graphs = Graphs(folder / "encoder_model.ort", folder / "decoder_model_merged.ort")
        self._automata: dict[Grammar, TokenAutomaton] = {}
        self._automaton: TokenAutomaton | None = None
        self._blocks: list[Pcm] = []

    def begin(self, grammar: Grammar) -> None:
        """Start an utterance within `grammar`."""
        automaton = self._automata.pop(grammar, None)
        if automaton is None:
            automaton = TokenAutomaton(grammar, self._tokeniser)
            while len(self._automata) >= _KEPT_GRAMMARS:
                del self._automata[next(iter(self._automata))]
        self._automata[grammar] = automaton  # the latest used is last
        self._automaton = automaton
        self._blocks = []

    def feed(self, pcm: Pcm) -> None:
        """Take the next samples of the utterance."""
        self._blocks.append(pcm)

    def finish(self) -> tuple[Hypothesis, ...]:
        """Decode the utterance."""
        if self._automaton is None or not self._blocks:
            return ()
        samples = np.concatenate(self._blocks).astype(np.float32) / np.float32(32768)
        self._blocks = []
        finished, free = self._search(self._graphs.listen(_padded(samples)), self._automaton)
        likeliest: dict[tuple[str, ...], float] = {}
        for text in finished:
            words = self._automaton.words(text.tokens)
            if words and text.score > likeliest.get(words, -math.inf):
                likeliest[words] = text.score
        ranked = sorted(likeliest.items(), key=lambda said: -said[1])[:_HYPOTHESES]
        return tuple(
            Hypothesis(words, score, _confidence(score - free.score)) for words, score in ranked
        )

    def _search(self, listening: Listening, automaton: TokenAutomaton) -> tuple[list[_Text], _Text]:
        """Return the texts that the grammar allows, and the one written freely."""
        live = [_Text((), automaton.start, 0.0)]
        free = _Text((), automaton.start, 0.0)
        finished: list[_Text] = []
        scores = listening.begin()
        for _ in range(_LONGEST):
            live, ended = self._onward(live, scores, automaton)
            finished += ended
            likeliest = max((text.log_probability for text in live + finished), default=0.0)
            live = [text for text in live if text.log_probability > likeliest - _MARGIN]
            if not free.ended:
                row = scores[free.row]
                free = free.onward(int(row.argmax()), free.state, float(row.max()))
            if not live:
                break
            writing = live if free.ended else [*live, free]
            scores = listening.go_on(
                np.array([text.row for text in writing]),
                np.array([text.tokens[-1] for text in writing]),
            )
            for row_now, text in enumerate(writing):
                text.row = row_now
        return finished, free

    def _onward(
        self, live: list[_Text], scores: Floats, automaton: TokenAutomaton
    ) -> tuple[list[_Text], list[_Text]]:
        """Return the likeliest texts a token longer, and those of them that are finished."""
        choices: list[tuple[float, int, int]] = []
        for at, text in enumerate(live):
            allowed = automaton.allowed(text.state)
            likely = text.log_probability + scores[text.row, allowed]
            choices += zip(likely.tolist(), [at] * len(allowed), allowed.tolist(), strict=True)
        choices.sort(reverse=True)
        onward = [
            live[at].onward(
                token,
                automaton.after(live[at].state, token),
                float(scores[live[at].row, token]),
            )
            for _, at, token in choices[: self._beam]
        ]
        return [text for text in onward if not text.ended], [text for text in onward if text.ended]


def _padded(samples: Floats) -> Floats:
    short = HEARING_RATE - len(samples)
    return np.concatenate([samples, np.zeros(short, np.float32)]) if short > 0 else samples


def _confidence(margin: float) -> float:
    """Return how sure it is that a text was said that scores `margin` over the free one."""
    return 1 / (1 + math.exp(-(3 + 4 * margin)))
