"""moonshine: an English transformer of 27 million parameters, decoded within a grammar.

Its two graphs lie in the wheel of `moonshine-voice`; onnxruntime runs them.
A network of the coach's own reads the encoder's frames as phonemes, and
mostly that is enough. Where it leaves a doubt the sound is heard a second
time, slower; where there still is one a beam search writes the likeliest
texts that the grammar allows. What they say is weighed against what the model
writes when nothing is said, and with the phonemes (`fusion.py`).
docs/hearing.md tells what each of this is worth.
"""

from __future__ import annotations

import importlib.util
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soxr

from voicecoach.audio.ports import HEARING_RATE, Hypothesis, Pcm
from voicecoach.audio.recognisers.automaton import TokenAutomaton
from voicecoach.audio.recognisers.decoder import Floats, Graphs, Listening
from voicecoach.audio.recognisers.fusion import Sounded, Soundings, by_sound, fused, joined
from voicecoach.audio.recognisers.odds import probability
from voicecoach.audio.recognisers.own_voice import OwnVoice
from voicecoach.audio.recognisers.pronunciation import dictionary_file
from voicecoach.audio.recognisers.tokens import END, REMEDY, SPACE, Tokeniser
from voicecoach.errors import RecogniserError
from voicecoach.language.grammar import Grammar

Words = tuple[str, ...]

_FILES = ("encoder_model.ort", "decoder_model_merged.ort", "tokenizer.bin")
_LONGEST = 28  # tokens of a text
_KEPT_GRAMMARS = 24  # automata kept; a session has about as many states
_HYPOTHESES = 8
_MARGIN = 6.0  # nats behind the likeliest text at which one is given up
_WEIGHED = 12  # texts that are weighed against habit
_HABIT = 0.3  # the share of a text's habit that is taken off
_KEPT_HABITS = 4096  # texts
_TEMPER = 0.65  # log odds to a nat: the network is surer than it is right
_SILENCE_AFTER = HEARING_RATE // 10
_SLOWER = 1.1  # the second hearing takes so much longer
_OPENING_BEHIND = 4.0  # nats: of notes 13 in 15 come nearer, of talk and commands none
_FREE_TOKENS, _TOKENS_A_SECOND = 6, 6.5  # more than this are a loop, not speech
_CLEAR_ONCE = 0.9, 0.73  # share and confidence with which one hearing is enough
_CLEAR_TWICE = 0.8, 0.61  # with which the decoder is not asked
_HISS = np.random.default_rng(1).normal(0, 0.003, HEARING_RATE).astype(np.float32)
"""A second in which nothing is said."""


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

    `row` is its row in the decoder's last batch.
    """

    tokens: tuple[int, ...]
    state: int
    log_probability: float
    row: int = 0

    @property
    def ended(self) -> bool:
        return self.tokens[-1:] == (END,)

    def onward(self, token: int, state: int, log_probability: float) -> _Text:
        """Return this text with one more token."""
        return _Text((*self.tokens, token), state, self.log_probability + log_probability, self.row)


class MoonshineRecogniser:
    """Recognises an utterance within a grammar. Raises RecogniserError without the model.

    With `own_voice` it hears everything twice, as that voice's and as anybody's.
    """

    name = "moonshine"

    def __init__(
        self, folder: Path | None = None, *, beam: int = 16, own_voice: OwnVoice | None = None
    ) -> None:
        folder = folder or model_folder()
        if folder is None:
            msg = "moonshine's English model is not installed"
            raise RecogniserError(msg, remedy=REMEDY)
        self._beam = beam
        self._tokeniser = Tokeniser.read(folder / "tokenizer.bin")
        self._graphs = Graphs(folder / "encoder_model.ort", folder / "decoder_model_merged.ort")
        self._hiss = self._graphs.listen(_HISS)
        self._known_habits: dict[tuple[int, ...], float] = {}
        self._automata: dict[Grammar, TokenAutomaton] = {}
        self._automaton: TokenAutomaton | None = None
        self._grammar: Grammar | None = None
        self._dictionary = dictionary_file()
        self._soundings: list[Soundings] = []  # of anybody's voice, then of the own
        self.attune(own_voice)
        self._as_anybody: tuple[Hypothesis, ...] | None = None
        self._blocks: list[Pcm] = []
        self._last: Listening | None = None  # what was heard of the last utterance
        self._last_s = 0.0  # how long it was

    def attune(self, own_voice: OwnVoice | None) -> None:
        """Listen from the next utterance on to that voice; None for anybody's."""
        self._own_voice = own_voice
        self.description = "moonshine tiny" + (", fitted to a voice" if own_voice else "")
        if self._dictionary is not None:
            voices = (None,) if own_voice is None else (None, own_voice)
            self._soundings = [Soundings(self._dictionary, voice) for voice in voices]

    def begin(self, grammar: Grammar) -> None:
        """Start an utterance within `grammar`."""
        automaton = self._automata.pop(grammar, None)
        if automaton is None:
            automaton = TokenAutomaton(grammar, self._tokeniser)
            while len(self._automata) >= _KEPT_GRAMMARS:
                del self._automata[next(iter(self._automata))]
        self._automata[grammar] = automaton  # the latest used is last
        self._automaton, self._grammar = automaton, grammar
        for soundings in self._soundings:
            soundings.begin(grammar)
        self._blocks = []

    def feed(self, pcm: Pcm) -> None:
        """Take the next samples of the utterance."""
        self._blocks.append(pcm)

    def finish(self) -> tuple[Hypothesis, ...]:
        """Decode the utterance."""
        self._as_anybody = None
        if self._automaton is None or self._grammar is None or not self._blocks:
            return ()
        samples = _samples(self._blocks)
        self._blocks = []
        self._last = self._graphs.listen(_padded(samples))
        self._last_s = len(samples) / HEARING_RATE
        found = self._heard(self._last, samples, self._automaton, self._grammar)
        if self._own_voice is None:
            return found[0]
        self._as_anybody = found[0]
        return self._own_voice.leaning(found[-1])

    def _heard(
        self, listening: Listening, samples: Floats, automaton: TokenAutomaton, grammar: Grammar
    ) -> list[tuple[Hypothesis, ...]]:
        """Return what each voice's reading makes of it, heard as often as it takes."""
        sounded = [one.read(listening.frames, grammar) for one in self._soundings]
        soundable = all(one.knows_all_of(grammar) for one in self._soundings)
        found = [by_sound(one) for one in sounded]
        if soundable and _clear(found, _CLEAR_ONCE):
            return found
        again = self._graphs.listen(_padded(_slowed(samples)))
        slower = [one.read(again.frames, grammar) for one in self._soundings]
        sounded = [joined(*both) for both in zip(sounded, slower, strict=True)]
        found = [by_sound(one) for one in sounded]
        if soundable and _clear(found, _CLEAR_TWICE):
            return found
        texts = self._search(listening, automaton)
        if texts:
            for text, said in zip(texts, again.weigh([one.tokens for one in texts]), strict=True):
                text.log_probability = (text.log_probability + said) / 2
        return self._weigh(texts, automaton, sounded)

    def as_anybody(self) -> tuple[Hypothesis, ...] | None:
        """Return what would have been heard last had anybody said it; None without own voice."""
        return self._as_anybody

    def frames_of(self, pcm: Pcm) -> Floats:
        """Return what the encoder makes of an utterance, shape (n, 288)."""
        return self._graphs.listen(_padded(_samples([pcm]))).frames.copy()

    def write_down(self, openings: tuple[str, ...] = ()) -> str:
        """Return what was said in the utterance that was finished last, whatever it was.

        A text that begins with one of `openings` is taken for what was said
        where it is nearly as likely as the likeliest. Noise is taken for words
        too, so what is kept of it needs a reason to be.
        """
        if self._last is None:
            return ""
        said, likely = self._freely(self._last, ())
        words = {opening: opening.strip(",").lower() for opening in openings}
        sounded = {word for word in set(words.values()) if self._sounds_begun(self._last, word)}
        begun = [
            self._freely(self._last, self._tokeniser.encode(SPACE + opening))
            for opening, word in words.items()
            if word in sounded
        ]
        text, nearest = max(begun, key=lambda one: one[1], default=("", -math.inf))
        return text if nearest > likely - _OPENING_BEHIND else said

    def _sounds_begun(self, listening: Listening, word: str) -> bool:
        """Tell whether what was heard begins like `word`; true where no sounds are read."""
        return all(one.begins(listening.frames, word) for one in self._soundings)

    def _freely(self, listening: Listening, opening: tuple[int, ...]) -> tuple[str, float]:
        """Return the likeliest text, token by token, that begins with `opening`; and how likely."""
        tokens: list[int] = []
        said = 0.0
        scores = listening.begin()
        most = _FREE_TOKENS + round(_TOKENS_A_SECOND * self._last_s)
        for place in range(most):
            token = opening[place] if place < len(opening) else int(scores[0].argmax())
            said += float(scores[0, token])
            if token == END:
                break
            tokens.append(token)
            scores = listening.go_on(np.array([0]), np.array([token]))
        return self._tokeniser.decode(tuple(tokens)), said

    def _weigh(
        self, texts: list[_Text], automaton: TokenAutomaton, sounded: list[Sounded]
    ) -> list[tuple[Hypothesis, ...]]:
        """Return what the texts say with each reading of the sounds, or alone where there is none.

        The ways to write the same words add up.
        """
        evidence: dict[Words, float] = {}
        shortest: dict[Words, int] = {}
        for text, habit in zip(texts, self._habits(texts), strict=True):
            words = automaton.words(text.tokens)
            if words:
                said = text.log_probability - _HABIT * habit
                evidence[words] = float(np.logaddexp(evidence.get(words, -math.inf), said))
                shortest[words] = min(shortest.get(words, _LONGEST), len(text.tokens))
        ranked = sorted(evidence.items(), key=lambda item: -item[1])[:_HYPOTHESES]
        if sounded:
            return [fused(dict(ranked), one) for one in sounded]
        alone = (
            Hypothesis(words, _TEMPER * said, _confidence(said, shortest[words]))
            for words, said in ranked
        )
        return [tuple(alone)]

    def _habits(self, texts: list[_Text]) -> list[float]:
        """Return how probable each text is where nothing is said.

        Some ("let's go", "that's it") are written into any noise; a share of
        that is no evidence of their having been said.
        """
        new = [text.tokens for text in texts if text.tokens not in self._known_habits]
        if len(self._known_habits) + len(new) > _KEPT_HABITS:
            self._known_habits.clear()
            new = [text.tokens for text in texts]
        if new:
            self._known_habits.update(zip(new, self._hiss.weigh(new), strict=True))
        return [self._known_habits[text.tokens] for text in texts]

    def _search(self, listening: Listening, automaton: TokenAutomaton) -> list[_Text]:
        """Return the likeliest texts that the grammar allows, the likeliest first."""
        live = [_Text((), automaton.start, 0.0)]
        finished: list[_Text] = []
        scores = listening.begin()
        for _ in range(_LONGEST):
            live, ended = self._onward(live, scores, automaton)
            finished += ended
            likeliest = max((text.log_probability for text in live + finished), default=0.0)
            live = [text for text in live if text.log_probability > likeliest - _MARGIN]
            if not live:
                break
            scores = listening.go_on(
                np.array([text.row for text in live]),
                np.array([text.tokens[-1] for text in live]),
            )
            for row, text in enumerate(live):
                text.row = row
        return sorted(finished, key=lambda text: -text.log_probability)[:_WEIGHED]

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


def _samples(blocks: list[Pcm]) -> Floats:
    """Return the sound of `blocks`, full scale 1."""
    samples: Floats = np.concatenate(blocks).astype(np.float32) / np.float32(32768)
    return samples


def _padded(samples: Floats) -> Floats:
    """Return the sound with a little silence after it, for a second at least.

    It comes cut short after its last sound, where the encoder may read
    something else: "no, s..." as "note".
    """
    short = max(_SILENCE_AFTER, HEARING_RATE - len(samples))
    return np.concatenate([samples, np.zeros(short, np.float32)])


def _slowed(samples: Floats) -> Floats:
    """Return the sound slower and lower: other frames, of which other errors are made."""
    slowed: Floats = soxr.resample(samples, HEARING_RATE, HEARING_RATE * _SLOWER)
    return slowed


def _clear(found: list[tuple[Hypothesis, ...]], enough: tuple[float, float]) -> bool:
    """Tell whether each reading's first hypothesis stands clear of the others and of noise."""
    return bool(found) and all(one and _stands_clear(one, *enough) for one in found)


def _stands_clear(found: tuple[Hypothesis, ...], share: float, confidence: float) -> bool:
    """Tell whether the first hypothesis has that share of the likelihood, and is so sure.

    One and many are no others: "kilo" or "kilos" is all the same.
    """
    first = _without_plurals(found[0])
    rivals = [one for one in found if _without_plurals(one) != first]
    total = 1 + sum(math.exp(rival.score - found[0].score) for rival in rivals)
    return total * share < 1 and found[0].confidence > confidence


def _without_plurals(hypothesis: Hypothesis) -> Words:
    return tuple(word.removesuffix("s") for word in hypothesis.words)


def _confidence(evidence: float, tokens: int) -> float:
    """Return how sure it is that a text was said.

    The constants are a logistic regression over 500 commands in eight
    synthetic voices, clean and at 10 dB of four noises, and coffee orders by
    fifty people, in the grammar of the rest: of what was right, nine in ten
    reach 0.8, and no order 0.1. How far the text lies behind the one that is
    written freely adds nothing.
    """
    return probability(2.5 + 0.5 * evidence - 0.28 * tokens)
