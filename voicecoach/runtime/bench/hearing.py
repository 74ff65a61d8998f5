"""Measuring the ears: each recording is heard as a session would hear it, and judged."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from voicecoach.audio.activity import SileroActivity
from voicecoach.audio.ears import Ears
from voicecoach.audio.ports import HEARING_RATE, Hypothesis, Pcm, PersonalEar, Recogniser
from voicecoach.errors import CorpusError
from voicecoach.language.decide import Accepted, Ambiguous, Decision, Ignored
from voicecoach.language.grammar import Grammar
from voicecoach.language.intents import Intent
from voicecoach.language.intents import IntentName as I
from voicecoach.runtime.bench.corpus import Corpus, Floats, Recording, sample, scene, sound
from voicecoach.runtime.bench.moments import Legal, Moment, moment_of, overheard, with_unit
from voicecoach.runtime.hearing import Heard, Hearing

BLOCK = HEARING_RATE * 32 // 1000
"""Samples fed at a time, as a microphone gives them."""

DESTRUCTIVE = frozenset(
    {I.DONE, I.NUMBER, I.REPS, I.COUNT, I.AMEND, I.UNDO, I.WEIGHT, I.LOAD, I.LOG, I.SWITCH}
    | {I.SKIP, I.SKIP_SET, I.SKIP_EXERCISE, I.FINISH, I.HURTS, I.YES}
)
"""What changes the log or ends something, where it was not said."""

Snr = float | None
"""Decibels of speech over noise; None for a quiet room."""


class Outcome(Enum):
    """What became of a command."""

    UNDERSTOOD = "understood"
    WRONG = "wrong"
    """Something else was accepted, alone or as well."""
    ASKED = "asked"
    """It was one of two that the coach asked about."""
    MISSED = "missed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One recording as one recogniser heard it."""

    recogniser: str
    recording: Recording
    snr_db: Snr
    noise: str
    moment: Moment
    heard: tuple[Heard, ...]
    outcome: Outcome | None  # None for what is not for the coach
    latency_ms: float | None  # from the end of speech to the reaction; None where there was none
    seconds: float  # of sound
    cpu_s: float

    @property
    def accepted(self) -> tuple[Intent, ...]:
        """What was acted on."""
        return tuple(
            heard.decision.intent for heard in self.heard if isinstance(heard.decision, Accepted)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to hear, and how."""

    legal: Legal = Legal.AUTO
    snrs: tuple[Snr, ...] = (None, 10.0, 5.0)
    noises: tuple[Path, ...] = ()
    """In place of the corpus's own; each recording gets one of them in turn."""
    voices: frozenset[str] = frozenset()
    """Only these; empty for all."""
    limit: int | None = None
    """Commands at each level of noise; of the chatter a quarter as many."""


class Bench:
    """The recordings of a corpus that a plan asks for. Raises CorpusError where there are none."""

    def __init__(self, corpus: Corpus, plan: Plan) -> None:
        self._corpus, self._plan = corpus, plan
        self._noises = plan.noises or tuple(corpus.folder / noise.path for noise in corpus.noises)
        if not self._noises and any(snr is not None for snr in plan.snrs):
            msg = "there is no noise in the corpus"
            raise CorpusError(msg, place=str(corpus.folder), remedy="name one: --noise FILE")
        commands = [one for one in corpus.commands if not plan.voices or one.voice in plan.voices]
        if plan.voices and not commands:
            known = ", ".join(sorted({one.voice for one in corpus.commands}))
            msg = f"nobody is called {', '.join(sorted(plan.voices))}"
            raise CorpusError(msg, place=str(corpus.folder), remedy=f"choose of {known}")
        self.senseless: list[Recording] = []
        """Commands whose text says nothing to the coach; they are left out."""
        self.commands: list[tuple[Recording, Moment]] = []
        for one in sample(commands, plan.limit):
            moment = moment_of(one.text, plan.legal)
            if moment is None:
                self.senseless.append(one)
            else:
                self.commands.append((one, moment))
        few = None if plan.limit is None else -(-plan.limit // 4)
        self.chatter = () if plan.voices else sample(corpus.chatter, few)
        self.alone = () if plan.voices else corpus.noises

    def __len__(self) -> int:
        """How many recordings one recogniser is to hear."""
        each = len(self.commands) + len(self.chatter)
        return each * len(self._plan.snrs) + len(self.alone)

    def run(self, recogniser: Recogniser) -> Iterator[Trial]:
        """Hear all of it; yield each recording as it was heard."""
        nobody = overheard(self._plan.legal)
        for recording in self.alone:
            yield self._hear(recogniser, recording, nobody, None)
        for snr in self._plan.snrs:
            for recording, moment in self.commands:
                yield self._hear(recogniser, recording, moment, snr)
            for recording in self.chatter:
                yield self._hear(recogniser, recording, nobody, snr)

    def _hear(
        self, recogniser: Recogniser, recording: Recording, moment: Moment, snr: Snr
    ) -> Trial:
        speech = sound(self._corpus.folder / recording.path)
        name, noise = self._noise(recording, snr)
        room = scene(speech, noise, snr, recording.number)
        ear = WithUnit(recogniser, moment.unit) if moment.unit else recogniser
        hearing = Hearing(Ears(ear, SileroActivity()))
        hearing.listen(moment.vocabulary)
        begun = time.process_time()
        _listen(hearing, room.pcm)
        cpu_s = time.process_time() - begun
        heard = tuple(hearing.heard)
        judged = None if moment.intent is None else judge(moment.intent, heard)
        return Trial(
            recogniser=recogniser.name,
            recording=recording,
            snr_db=snr,
            noise=name,
            moment=moment,
            heard=heard,
            outcome=judged,
            latency_ms=_latency_ms(heard, room.end_sample) if judged else None,
            seconds=len(room.pcm) / HEARING_RATE,
            cpu_s=cpu_s,
        )

    def _noise(self, recording: Recording, snr: Snr) -> tuple[str, Floats | None]:
        if snr is None or not self._noises:
            return "", None
        path = self._noises[recording.number // 7 % len(self._noises)]
        return path.stem, sound(path)


def _listen(hearing: Hearing, pcm: Pcm) -> None:
    for at in range(0, len(pcm), BLOCK):
        hearing.feed(pcm[at : at + BLOCK])


def judge(meant: Intent, heard: Sequence[Heard]) -> Outcome:
    """Return what became of `meant`, said once, given all that was heard meanwhile.

    What was taken for whole and went on counts as the whole.
    """
    decisions: list[Decision] = []
    for one in heard:
        if one.joined and not isinstance(one.decision, Ignored):
            decisions.pop()
        decisions.append(one.decision)
    return outcome_of(meant, decisions)


def outcome_of(meant: Intent | None, decisions: Sequence[Decision]) -> Outcome:
    """Return what became of `meant`, said once, given all that was decided meanwhile."""
    accepted = [one.intent for one in decisions if isinstance(one, Accepted)]
    if any(intent != meant for intent in accepted):
        return Outcome.WRONG
    if accepted:
        return Outcome.UNDERSTOOD
    if any(isinstance(one, Ambiguous) and meant in one.intents for one in decisions):
        return Outcome.ASKED
    return Outcome.MISSED


def _latency_ms(heard: Sequence[Heard], end_sample: int) -> float | None:
    """Return the time from the end of the recording's speech to the first reaction to it."""
    for one in heard:
        if isinstance(one.decision, Accepted | Ambiguous):
            return one.speech_end_ms + one.latency_ms - end_sample * 1000 / HEARING_RATE
    return None


class WithUnit:
    """A recogniser that knows a unit which only the corpus says, and keeps it to itself."""

    def __init__(self, recogniser: Recogniser, unit: str) -> None:
        self._recogniser, self._unit = recogniser, unit
        self.name, self.description = recogniser.name, recogniser.description
        self.feed: Callable[[Pcm], None] = recogniser.feed

    def begin(self, grammar: Grammar) -> None:
        """Start an utterance."""
        self._recogniser.begin(with_unit(grammar, self._unit))

    def finish(self) -> tuple[Hypothesis, ...]:
        """End it."""
        return self._without_unit(self._recogniser.finish())

    def as_anybody(self) -> tuple[Hypothesis, ...] | None:
        """Return what the recogniser would have heard from anybody."""
        ear = self._recogniser
        heard = ear.as_anybody() if isinstance(ear, PersonalEar) else None
        return None if heard is None else self._without_unit(heard)

    def _without_unit(self, heard: tuple[Hypothesis, ...]) -> tuple[Hypothesis, ...]:
        return tuple(
            Hypothesis(
                one.words[:-1] if one.words[-1:] == (self._unit,) else one.words,
                one.score,
                one.confidence,
            )
            for one in heard
        )
