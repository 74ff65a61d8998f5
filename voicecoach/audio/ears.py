"""The ears: 16 kHz samples in, utterances with their hypotheses and their times out.

Nothing here is a thread or a clock: `feed` does all its work before it
returns, and what it returns depends on the samples alone, not on the blocks
they come in. The live inference thread and the rehearsal use it alike.
"""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from voicecoach.audio.endpointing import Endpointer, Endpointing, Moment
from voicecoach.audio.ports import (
    HEARING_RATE,
    FreeEar,
    Hypothesis,
    LimitedEar,
    Pcm,
    PersonalEar,
    Recogniser,
    VoiceActivity,
)
from voicecoach.audio.recognisers.network import network_of
from voicecoach.language.grammar import Grammar
from voicecoach.language.intents import AT_ONCE

Words = tuple[str, ...]

RISE_DB = 5.0
"""Louder by this than all that has leaked of the coach's voice is another voice, over it."""

FALL_DB = 16.0
"""And what is so much softer than that voice is not of it: within a word, only its last hiss is."""

LEAK_FRAMES = 100
"""How long the level of the leak is kept in mind: three seconds."""

LEAK_KNOWN = 12
"""Frames of it from which its level is known."""

OVER_FRAMES = 2
"""Frames kept from before a voice over the coach's: its first consonant, and little leak."""

CUT_OFF = 0.4
"""Confidence from which a phrase that is whole ends the utterance at the short silence."""

CLEAR = 0.9
"""Confidence with which what was said is whole: half a phrase is never as clear."""

SILENT_DBFS = -100.0
"""The level given to digital silence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """Something was said; positions are in samples since the ears were opened."""

    hypotheses: tuple[Hypothesis, ...]
    """The likeliest first; empty where the recogniser found no speech."""

    grammar: Grammar
    """What it was recognised within."""

    start_sample: int
    """Where speech was first noticed."""

    speech_end_sample: int
    """Where it was last noticed."""

    decoded_sample: int
    """How far the ears had listened when they began to decode."""

    decided_sample: int
    """How far they had listened when they knew that the utterance was over."""

    decode_ms: float
    """Wall time of the inference."""

    level_dbfs: float
    """RMS of the frames with speech."""

    pcm: Pcm = field(compare=False, repr=False)  # arrays have no truth of their own
    """Its sound, with what was kept from before its onset."""

    as_anybody: tuple[Hypothesis, ...] | None = None
    """The hypotheses had anybody said it; None where the recogniser knows no voice."""

    @property
    def latency_ms(self) -> float:
        """From the end of speech until the hypotheses are there, in an ear that keeps up."""
        per_ms = HEARING_RATE / 1000
        decoded = (self.decoded_sample - self.speech_end_sample) / per_ms + self.decode_ms
        return max((self.decided_sample - self.speech_end_sample) / per_ms, decoded)


@dataclass(slots=True)
class _Speech:
    """The utterance in progress."""

    grammar: Grammar
    start_sample: int
    end_sample: int
    frames: list[Pcm]
    powers: list[float] = field(default_factory=list)
    """Of the frames with speech."""

    over: bool = False
    """Whether it is a voice over the coach's own."""

    heard: tuple[Hypothesis, ...] | None = None
    as_anybody: tuple[Hypothesis, ...] | None = None
    decoded_sample: int = 0
    decode_ms: float = 0.0


class Ears:
    """Listens for what the grammar of the moment allows.

    `may_continue(grammar, words)` tells whether the speaker may not have
    finished when `words` and then a short silence were heard; by default,
    where a longer phrase begins with them. `clock` gives seconds and only
    measures the cost of inference. In place of a recogniser the ears take what
    loads it, which is called by whatever needs it first.
    """

    def __init__(
        self,
        recogniser: Recogniser | Callable[[], Recogniser],
        activity: VoiceActivity,
        *,
        endpointing: Endpointing | None = None,
        may_continue: Callable[[Grammar, Words], bool] | None = None,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._ear = recogniser
        self._activity = activity
        self._endpointer = Endpointer(activity.frame, endpointing)
        self._may_continue = may_continue or _goes_on
        self._clock = clock
        self._grammar: Grammar | None = None
        self._speech: _Speech | None = None
        self._history: deque[Pcm] = deque(maxlen=self._endpointer.pre_roll)
        self._pending: Pcm = np.empty(0, dtype=np.int16)
        self._position = 0  # of the end of the last whole frame
        self._over_voice = False
        self._is_over = False  # whether the last frame was louder than the leak
        self._leak: deque[float] = deque(maxlen=LEAK_FRAMES)  # its levels, where it is speech

    @property
    def _recogniser(self) -> Recogniser:
        return self.make_ready()

    def make_ready(self) -> Recogniser:
        """Return the recogniser, loaded by now. Raises RecogniserError, and ModelError."""
        if callable(self._ear):
            self._ear = self._ear()
        return self._ear

    @property
    def position(self) -> int:
        """Samples fed and skipped so far."""
        return self._position + len(self._pending)

    @property
    def quiet(self) -> bool:
        """Whether no utterance is in progress."""
        return self._speech is None

    def listen(self, grammar: Grammar | None, *, over_voice: bool = False) -> None:
        """Say what may be said from now on; None makes the ears deaf from the next utterance on.

        With `over_voice` the coach itself is speaking: a voice that comes over
        what leaks of that is told from it by its level.

        An utterance in progress is recognised within the grammar given last,
        so that one must hold what was legal when it began as well.
        """
        self._grammar = grammar
        self._over_voice = over_voice
        self._is_over &= over_voice
        speech = self._speech
        if speech is not None and grammar is not None and grammar != speech.grammar:
            speech.grammar = grammar
            self._begin_again(speech)

    def feed(self, pcm: Pcm) -> list[Utterance]:
        """Take the next samples, as many as there are; return the utterances that are over."""
        samples = np.concatenate([self._pending, pcm]) if len(self._pending) else pcm
        frame = self._activity.frame
        utterances: list[Utterance] = []
        at = 0
        for at in range(frame, len(samples) + 1, frame):
            utterance = self._frame(samples[at - frame : at])
            if utterance is not None:
                utterances.append(utterance)
        self._pending = samples[at:].copy()
        return utterances

    def skip(self, samples: int) -> list[Utterance]:
        """Pass over `samples` of digital silence; only what an utterance needs is looked at."""
        utterances: list[Utterance] = []
        frame = self._activity.frame
        while samples and (self._pending.size or not self.quiet):
            part = min(samples, frame - len(self._pending))
            utterances += self.feed(np.zeros(part, dtype=np.int16))
            samples -= part
        if samples:
            self._position += samples
            self._history.clear()
            self._activity.reset()
        return utterances

    def lacks(self, grammar: Grammar) -> Words:
        """Return the words of `grammar` that the recogniser does not know."""
        ear = self._recogniser
        return ear.lacks(grammar) if isinstance(ear, LimitedEar) else ()

    def write_down(self, openings: tuple[str, ...] = ()) -> str:
        """Return what was said last, whatever it was; empty where the recogniser cannot tell.

        `openings` are what it probably begins with.
        """
        ear = self._recogniser
        return ear.write_down(openings) if isinstance(ear, FreeEar) else ""

    def flush(self) -> list[Utterance]:
        """End the utterance in progress, if any: there is no more sound."""
        speech, self._speech = self._speech, None
        self._endpointer.end()
        return [] if speech is None else [self._decided(speech)]

    def _frame(self, frame: Pcm) -> Utterance | None:
        self._position += len(frame)
        if self._grammar is None and self._speech is None:
            self._history.append(frame)
            return None
        power = _power(frame)
        level = _dbfs(power)
        audible = level >= self._endpointer.settings.floor_dbfs
        probability = self._activity.probability(frame) if audible else 0.0
        if self._over_voice:
            probability = self._over_leak(level, probability)
        moment = self._endpointer.hear(probability, level)
        if moment is Moment.BEGUN and self._grammar is not None:
            self._begin(self._grammar)
        self._history.append(frame)
        speech = self._speech
        if speech is None:
            return None
        speech.frames.append(frame)
        if moment in (Moment.PAUSED, Moment.ENDED) and speech.heard is None:
            self._recogniser.feed(frame)
            self._decode(speech)
        elif moment is Moment.RESUMED:
            self._begin_again(speech)
        elif speech.heard is None:
            self._recogniser.feed(frame)
        if self._endpointer.spoke:
            speech.end_sample = self._position
            speech.powers.append(power)
        return self._outcome(speech, moment)

    def _begin(self, grammar: Grammar) -> None:
        start = self._position - self._activity.frame
        self._speech = _Speech(
            grammar, start, self._position, list(self._history), over=self._is_over
        )
        self._recogniser.begin(grammar)
        for frame in self._history:
            self._recogniser.feed(frame)

    def _over_leak(self, level: float, probability: float) -> float:
        """Return how probable it is that somebody else than the coach speaks in a frame.

        Where one begins to, louder than all that has leaked of the coach, what
        was heard before is left off.
        """
        speech = self._speech
        if speech is not None and speech.over:
            return probability if level >= _dbfs(max(speech.powers)) - FALL_DB else 0.0
        known = len(self._leak) >= LEAK_KNOWN
        self._is_over = known and level > max(self._leak) + RISE_DB
        if not self._is_over:
            if probability >= self._endpointer.settings.offset:
                self._leak.append(level)
        elif speech is not None and self._grammar is not None:
            self._endpointer.end()
            self._speech = None
            while len(self._history) > OVER_FRAMES:
                self._history.popleft()
        return probability

    def _begin_again(self, speech: _Speech) -> None:
        """Recognise anew all that was heard of the utterance."""
        self._recogniser.begin(speech.grammar)
        self._recogniser.feed(np.concatenate(speech.frames))
        speech.heard = None

    def _decode(self, speech: _Speech) -> None:
        begun = self._clock()
        ear = self._recogniser
        speech.heard = ear.finish()
        speech.as_anybody = ear.as_anybody() if isinstance(ear, PersonalEar) else None
        speech.decode_ms = 1000 * (self._clock() - begun)
        speech.decoded_sample = self._position

    def _outcome(self, speech: _Speech, moment: Moment | None) -> Utterance | None:
        if moment is Moment.DISMISSED:
            self._speech = None
            return None
        if speech.heard and (
            (moment is Moment.PAUSED and not self._open(speech))
            or (moment is Moment.LINGERED and speech.heard[0].confidence >= CLEAR)
        ):
            self._endpointer.end()
            moment = Moment.ENDED
        if moment is not Moment.ENDED:
            return None
        self._speech = None
        return self._decided(speech)

    def _open(self, speech: _Speech) -> bool:
        """Tell whether the likeliest hypothesis may be the beginning of more, or of something else.

        One that is hardly heard is no reason to cut somebody off: it may be a note.
        """
        return any(
            hypothesis.confidence < CUT_OFF or self._may_continue(speech.grammar, hypothesis.words)
            for hypothesis in (speech.heard or ())[:1]
        )

    def _decided(self, speech: _Speech) -> Utterance:
        if speech.heard is None:
            self._decode(speech)
        # The pre-roll of the next utterance must not hold the end of this one.
        since = (self._position - speech.end_sample) // self._activity.frame
        while len(self._history) > since:
            self._history.popleft()
        return Utterance(
            hypotheses=speech.heard or (),
            grammar=speech.grammar,
            start_sample=speech.start_sample,
            speech_end_sample=speech.end_sample,
            decoded_sample=speech.decoded_sample,
            decided_sample=self._position,
            decode_ms=speech.decode_ms,
            level_dbfs=_dbfs(sum(speech.powers) / max(1, len(speech.powers))),
            pcm=np.concatenate(speech.frames),
            as_anybody=speech.as_anybody,
        )


def _goes_on(grammar: Grammar, words: Words) -> bool:
    return words not in AT_ONCE and network_of(grammar).goes_on_after(words)


def _power(frame: Pcm) -> float:
    """Return the mean square of a frame about its mean, 1 at full scale."""
    return float(np.var(frame.astype(np.float32))) / 32768**2


def _dbfs(power: float) -> float:
    return 10 * math.log10(max(power, 10 ** (SILENT_DBFS / 10)))
