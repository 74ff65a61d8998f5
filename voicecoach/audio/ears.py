"""The ears: 16 kHz samples in, utterances with their hypotheses and their times out.

Nothing here is a thread or a clock: `feed` does all its work before it
returns, and what it returns depends on the samples alone, not on the blocks
they come in. The live inference thread and the rehearsal use it alike.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

import numpy as np

from voicecoach.audio.endpointing import Endpointer, Endpointing, Moment
from voicecoach.audio.leak import Leak, highs_of
from voicecoach.audio.ports import (
    HEARING_RATE,
    FreeEar,
    LimitedEar,
    Pcm,
    PersonalEar,
    Recogniser,
    VoiceActivity,
)
from voicecoach.audio.recognisers.network import Words, network_of
from voicecoach.audio.recognisers.odds import leaning
from voicecoach.audio.utterance import Before, Speech, Utterance, dbfs, power_of
from voicecoach.language.grammar import Grammar
from voicecoach.language.intents import AT_ONCE

RISE_DB = 5.0
"""Louder by this than all that has leaked of the coach's voice is another voice, over it."""

FALL_DB = 16.0
"""And what is so much softer than that voice is not of it: within a word, only its last hiss is."""

OVER_FRAMES = 2
"""Frames kept from before a voice over the coach's: its first consonant, and little leak."""

CUT_OFF = 0.4
"""Confidence from which a phrase that is whole ends the utterance at the short silence."""

CLEAR = 0.9
"""Confidence with which what was said is whole: half a phrase is never as clear."""


class Ears:
    """Listens for what the grammar of the moment allows.

    `may_continue(grammar, words)` tells whether the speaker may not have
    finished when `words` and then a short silence were heard; by default,
    where a longer phrase begins with them. Where more does come, within a
    second, and both together are such a phrase, it is heard as one. `clock`
    gives seconds and only measures the cost of inference. In place of a
    recogniser the ears take what loads it, which is called by whatever needs
    it first.
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
        self._mendable: Callable[[Words], bool] = _never
        self._speech: Speech | None = None
        self._before: Before | None = None
        self._history: deque[Pcm] = deque(maxlen=self._endpointer.pre_roll)
        self._pending: Pcm = np.empty(0, dtype=np.int16)
        self._position = 0  # of the end of the last whole frame
        self._over_voice = False
        self._sounded: Callable[[int, int], bool] = _never
        self._is_over = False  # whether the last frame was louder than the leak
        self._leak = Leak()

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

    def listen(
        self,
        grammar: Grammar | None,
        *,
        over_voice: bool = False,
        sounded: Callable[[int, int], bool] | None = None,
        mendable: Callable[[Words], bool] | None = None,
    ) -> None:
        """Say what may be said from now on; None makes the ears deaf from the next utterance on.

        `mendable` tells of what phrases it does no harm to act too soon.

        With `over_voice` the coach itself is speaking: a voice that comes over
        what leaks of that is told from it by its level. `sounded` tells whether
        it was heard at one sample and at a later one; what begins and ends so
        and is no louder than the leak is not decoded.

        An utterance in progress is recognised within the grammar given last,
        so that one must hold what was legal when it began as well.
        """
        self._grammar = grammar
        self._mendable = mendable or _never
        self._over_voice = over_voice
        self._sounded = sounded or _never
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
            silence = [np.zeros(frame, dtype=np.int16)] * min(
                samples // frame, self._endpointer.pre_roll
            )
            self._history.clear()
            self._history.extend(silence)  # a word heard without what was before is heard badly
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
        power = power_of(frame)
        level = dbfs(power)
        audible = level >= self._endpointer.settings.floor_dbfs
        probability = self._activity.probability(frame) if audible else 0.0
        if self._over_voice or (self._speech is not None and self._speech.may_be_own):
            probability = self._over_leak(level, dbfs(highs_of(frame)), probability)
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
            speech.activity.append(probability)
        return self._outcome(speech, moment)

    def _begin(self, grammar: Grammar) -> None:
        start = self._position - self._activity.frame
        self._speech = Speech(
            grammar=grammar,
            start_sample=start,
            end_sample=self._position,
            frames=list(self._history),
            over=self._is_over,
            may_be_own=self._over_voice and not self._is_over,
            before=self._before_now(),
        )
        self._recogniser.begin(grammar)
        for frame in self._history:
            self._recogniser.feed(frame)

    def _before_now(self) -> Before | None:
        """Return the utterance before, if it is not too long ago; the coach goes on from none."""
        before = self._before
        if before is None or (self._over_voice and not self._is_over):
            return None
        since_ms = 1000 * (self._position - before.end_sample) // HEARING_RATE
        return before if since_ms <= self._endpointer.settings.joins_ms else None

    def _over_leak(self, level: float, highs: float, probability: float) -> float:
        """Return how probable it is that somebody else than the coach speaks in a frame.

        Where one begins to, louder than all that has leaked of the coach, what
        was heard before is left off; but who spoke before the coach did is
        heard on.
        """
        speech = self._speech
        if speech is not None and speech.over:
            own = level < dbfs(max(speech.powers)) - FALL_DB or self._leak.holds(level, highs)
            return 0.0 if own else probability
        self._is_over = self._leak.known and level > self._leak.loudest + RISE_DB
        spoken = probability >= self._endpointer.settings.offset
        if speech is not None and not speech.may_be_own:
            speech.over = self._is_over
        elif not self._is_over:
            if self._over_voice:
                sounded = self._sounded(self._position, self._position)
                self._leak.heard(level, highs, spoken=spoken, sounded=sounded)
        elif speech is not None and self._grammar is not None:
            self._endpointer.end()
            self._speech = None
            its_own = max(OVER_FRAMES, self._leak.foreign() + 1)
            while len(self._history) > its_own:
                self._history.popleft()
        return probability

    def _begin_again(self, speech: Speech) -> None:
        """Recognise anew all that was heard of the utterance."""
        self._recogniser.begin(speech.grammar)
        self._recogniser.feed(np.concatenate(speech.frames))
        speech.heard = None

    def _decode(self, speech: Speech) -> None:
        begun = self._clock()
        speech.decoded_sample = self._position
        if self._is_the_coachs(speech):
            speech.heard, speech.enough_ms = (), self._endpointer.settings.end_ms
            return
        ear = self._recogniser
        if not self._goes_on_from_before(speech):
            speech.heard = leaning(ear.finish(), speech.lean)
        as_anybody = ear.as_anybody() if isinstance(ear, PersonalEar) else None
        speech.as_anybody = None if as_anybody is None else leaning(as_anybody, speech.lean)
        speech.enough_ms = self._enough_ms(speech)
        speech.decode_ms = 1000 * (self._clock() - begun)

    def _is_the_coachs(self, speech: Speech) -> bool:
        """Tell whether nothing stood out from what leaks of the coach while it sounded."""
        alike = speech.may_be_own and self._leak.known
        return alike and self._sounded(speech.start_sample, speech.end_sample)

    def _goes_on_from_before(self, speech: Speech) -> bool:
        """Hear `speech` as the rest of what was said before; tell whether that is what it is."""
        before = speech.before
        if before is None:
            return False
        self._recogniser.begin(before.grammar)
        self._recogniser.feed(np.concatenate(before.frames + speech.frames))
        heard = leaning(self._recogniser.finish(), speech.lean)
        clear = bool(heard) and heard[0].confidence >= CLEAR
        speech.joined = clear and before.goes_on_to(heard[0].words)
        if speech.joined:
            speech.heard = heard
        else:
            self._begin_again(speech)
        return speech.joined

    def _outcome(self, speech: Speech, moment: Moment | None) -> Utterance | None:
        if moment is Moment.DISMISSED:
            self._speech = None
            return None
        if speech.heard and self._endpointer.silence_ms >= speech.enough_ms:
            self._endpointer.end()
            moment = Moment.ENDED
        if moment is not Moment.ENDED:
            return None
        self._speech = None
        return self._decided(speech)

    def _enough_ms(self, speech: Speech) -> int:
        """Return the silence after which an utterance is over, by its likeliest hypothesis.

        One that is hardly heard is no reason to cut somebody off: it may be a note.
        """
        settings = self._endpointer.settings
        for likeliest in (speech.heard or ())[:1]:
            if likeliest.confidence < CUT_OFF:
                break
            clear = likeliest.confidence >= CLEAR
            if not self._may_continue(speech.heard_within, likeliest.words):
                # Half a phrase may sound like a whole one: "no" of "no seven" like "note".
                return settings.whole_ms if clear else settings.mendable_ms
            if clear:
                mendable = self._mendable(likeliest.words)
                return settings.mendable_ms if mendable else settings.clear_ms
        return settings.end_ms

    def _decided(self, speech: Speech) -> Utterance:
        if speech.heard is None:
            self._decode(speech)
        if speech.heard:
            self._before = self._kept(speech)
        # The pre-roll of the next utterance must not hold the end of this one.
        since = (self._position - speech.end_sample) // self._activity.frame
        while len(self._history) > since:
            self._history.popleft()
        return speech.utterance(self._position)

    def _kept(self, speech: Speech) -> Before | None:
        """Return what is kept of an utterance that is over, for what may be the rest of it."""
        for likeliest in (speech.heard or ())[:1]:
            clear = likeliest.confidence >= CLEAR
            open_ = network_of(speech.heard_within).goes_on_after(likeliest.words)
            if likeliest.confidence >= CUT_OFF and (open_ or not clear):
                silent = (self._position - speech.end_sample) // self._activity.frame
                spoken = speech.sound[: len(speech.sound) - silent]
                return Before(
                    grammar=speech.heard_within,
                    words=likeliest.words,
                    clear=clear,
                    end_sample=speech.end_sample,
                    frames=spoken,
                )
        return None


def _goes_on(grammar: Grammar, words: Words) -> bool:
    return words not in AT_ONCE and network_of(grammar).goes_on_after(words)


def _never(*_: object) -> bool:
    return False
